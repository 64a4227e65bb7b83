"""Writes XLSX and CSV files: real numbers and dates, no formulas, the same bytes for the same input.

    write_workbook([SheetSpec(name="Targets", columns=[Column("mission", "Mission"),
                    Column("value", "Target", kind="percent")], rows=[{"mission": "KG", "value": 40}])])

In a `percent` column 40 means 40 %, as it does when the file is read again. Text stays text: what begins with
= is never run, neither in XLSX nor, behind an apostrophe that the reader takes away, in CSV. Templates that
people fill in are in `templates`, OpenDocument in `ods_writing`.
"""

import codecs
import csv
import io
import re
from collections.abc import Generator, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from .csvfiles import guard_formula
from .specs import Column, Entry, Kind, SheetSpec, pick_values
from .unwritable import replace_unwritable
from .xlsx_sheets import name_sheet, place_sheet
from .xlsx_styles import Styles

__all__ = ["Column", "Entry", "Kind", "SheetSpec", "stream_csv", "write_csv", "write_workbook"]

# Files carry the time they were made; unless one is given, it is this, so that equal input is equal bytes.
CREATED = datetime(2000, 1, 1)
# A decimal that could be read as thousands: 1.234.
_LIKE_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")
# How many rows of a CSV file are put together before they are handed on.
_ROWS_AT_ONCE = 2_000


def write_workbook(
    sheets: Iterable[SheetSpec], *, title: str = "", author: str = "", created: datetime = CREATED
) -> bytes:
    """Give the bytes of an XLSX workbook. Rows are streamed, so that large sheets need little memory."""
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"constant_memory": True})
    workbook.set_properties({"title": title, "author": author, "created": created})
    styles = Styles(workbook)
    names: set[str] = set()
    for sheet in sheets:
        place_sheet(workbook.add_worksheet(name_sheet(str(sheet.name), names)), sheet, styles)
    if not names:
        raise ValueError("A workbook needs at least one sheet.")
    workbook.close()
    return buffer.getvalue()


def write_csv(sheet: SheetSpec, *, delimiter: str = ",", encoding: str = "utf-8-sig") -> bytes:
    """Give the bytes of a CSV file: ISO dates, decimal points, yes and no, no thousands separators."""
    return b"".join(stream_csv(sheet, delimiter=delimiter, encoding=encoding))


def stream_csv(sheet: SheetSpec, *, delimiter: str = ",", encoding: str = "utf-8-sig") -> Generator[bytes]:
    """Give the same bytes piece by piece, for files that are too large to be held in memory."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    # It writes the mark of an encoding once, at the beginning.
    encoder = codecs.getincrementalencoder(encoding)()
    writer.writerow([guard_formula(column.heading) for column in sheet.columns])
    if sheet.is_tagged:
        writer.writerow([column.hxl for column in sheet.columns])
    for number, row in enumerate(sheet.rows):
        writer.writerow([_spell(value) for value in pick_values(row, sheet.columns)])
        if number % _ROWS_AT_ONCE == 0:
            yield encoder.encode(text.getvalue())
            text.seek(0)
            text.truncate()
    yield encoder.encode(text.getvalue(), final=True)


def _spell(value: Any) -> str:
    """Write a value for CSV."""
    if value.__class__ is Entry:
        value = value.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float, Decimal)):
        number = Decimal(str(value))
        if not number.is_finite():
            raise ValueError(f"{value} cannot be written as a number.")
        spelled = format(number, "f")
        # One more decimal leaves no doubt that the point is no thousands separator.
        return spelled + "0" if _LIKE_THOUSANDS.fullmatch(spelled) else spelled
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return guard_formula(replace_unwritable(str(value)))
