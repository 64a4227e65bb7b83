"""Spreadsheets in and out, with no word of what they are about.

`reading.read_rows` turns an XLSX, XLS, ODS or CSV file into columns of plain cells that remember their rows
(what it is asked and what it gives is in `sheets`); `numbers` turns what people type into numbers, dates and
yes or no; `writing` makes XLSX and CSV files from the descriptions in `specs`.

On the way in: `containers` tells what a file is; `xlsx`, `xls`, `ods` and `csvfiles` open it as `grids` of raw
values; `headers` finds the columns; `taking` and `merging` make cells of what stands below.

On the way out: `templates` makes the workbooks that people fill in (with `instructions`, `validations`, and a
`stamps` property that says what they are), `ods_writing` OpenDocument, `archives` the files of a ZIP archive, and
`markup` a person's own workbook with what is to be corrected.
"""
