"""Spreadsheets in and out, with no word of what they are about.

`reading.read_rows` turns an XLSX, XLS, ODS or CSV file into columns of plain cells that remember their rows
(what it is asked and what it gives is in `sheets`); `numbers` turns what people type into numbers, dates and
yes or no; `writing` makes XLSX and CSV files.

On the way in: `containers` tells what a file is; `xlsx`, `xls`, `ods` and `csvfiles` open it as `grids` of raw
values; `headers` finds the columns; `taking` and `merging` make cells of what stands below.
"""
