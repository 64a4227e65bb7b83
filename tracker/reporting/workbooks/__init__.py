"""A report as a workbook: taken away, filled in anywhere, and laid over the report again.

``layout`` names its sheets and columns, ``writing`` makes it, ``reading`` reads what was filled in, and ``looking``
compares that with the report and takes it over: by the forms of the pages, so that it obeys what typing obeys.
"""
