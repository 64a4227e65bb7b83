"""Spreadsheets in and out, with no word of what they are about.

`reading.read_rows` turns an XLSX, ODS or CSV file into plain rows that remember their sheet row numbers;
`numbers` turns what people type into numbers, dates and yes or no; `writing` makes XLSX and CSV files.
"""
