"""Writes XLSX and CSV files: real numbers and dates, no formulas, the same bytes for the same input.

    write_workbook([SheetSpec(name="Targets", columns=[Column("mission", "Mission"),
                    Column("value", "Target", kind="percent")], rows=[{"mission": "KG", "value": 40}])])

In a `percent` column 40 means 40 %, as it does when the file is read again. Text stays text: what begins with
= is never run, neither in XLSX nor, behind an apostrophe that the reader takes away, in CSV.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from .csvfiles import guard_formula

Kind = Literal["text", "number", "percent", "date", "datetime"]

_FORMATS: dict[Kind, str] = {
    "text": "General",
    "number": "General",
    "percent": "0.0%",
    "date": "d mmm yyyy",
    "datetime": "d mmm yyyy hh:mm",
}
_WIDTHS: dict[Kind, float] = {"text": 24, "number": 14, "percent": 12, "date": 13, "datetime": 19}
# XLSX files carry the time they were made; unless one is given, it is this, so that equal input is equal
# bytes.
_CREATED = datetime(2000, 1, 1)
_MOST_ROWS = 1_048_576
_MOST_CHARACTERS = 32_767
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
# Half of a surrogate pair on its own is no character and cannot be written.
_LONE_SURROGATES = re.compile(r"[\ud800-\udfff]")
# A decimal that could be read as thousands: 1.234.
_LIKE_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `key` finds the value in a row, `title` is its heading (the key unless given).

    `width` is in characters, `number_format` is Excel's, `kind` decides both unless given. `hxl` is a HXL
    tag; where any column has one, a row of tags follows the header.
    """

    key: str
    title: str = ""
    width: float | None = None
    number_format: str | None = None
    kind: Kind = "text"
    hxl: str = ""

    def __post_init__(self) -> None:
        if self.kind == "percent" and self.number_format and "%" not in self.number_format:
            raise ValueError(f"The number format of the percent column {self.key} has no %.")


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """One sheet: its columns, and rows as mappings by key or as sequences in the order of the columns.

    Values are None (an empty cell), str, int, float, Decimal, bool, date or datetime; anything else is
    written as its text. `notes` are lines above the header, with an empty row after them (XLSX only).
    """

    name: str
    columns: Sequence[Column]
    rows: Iterable[Mapping[str, Any] | Sequence[Any]]
    notes: Sequence[str] = ()


def write_workbook(
    sheets: Iterable[SheetSpec], *, title: str = "", author: str = "", created: datetime = _CREATED
) -> bytes:
    """Give the bytes of an XLSX workbook. Rows are streamed, so that large sheets need little memory."""
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"constant_memory": True})
    workbook.set_properties({"title": title, "author": author, "created": created})
    styles = _Styles(workbook)
    names: set[str] = set()
    for sheet in sheets:
        _write_sheet(workbook.add_worksheet(_name_sheet(sheet.name, names)), sheet, styles)
    if not names:
        raise ValueError("A workbook needs at least one sheet.")
    workbook.close()
    return buffer.getvalue()


def write_csv(sheet: SheetSpec, *, delimiter: str = ",", encoding: str = "utf-8-sig") -> bytes:
    """Give the bytes of a CSV file: ISO dates, decimal points, yes and no, no thousands separators."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([guard_formula(str(column.title or column.key)) for column in sheet.columns])
    if any(column.hxl for column in sheet.columns):
        writer.writerow([column.hxl for column in sheet.columns])
    for row in sheet.rows:
        writer.writerow([_spell(value) for value in _pick(row, sheet.columns)])
    return text.getvalue().encode(encoding)


class _Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        self._workbook = workbook
        self._by_format: dict[str, Format] = {}
        self.header = workbook.add_format(
            {"bold": True, "bg_color": "#DCE6F1", "bottom": 1, "valign": "top", "text_wrap": True}
        )
        self.hxl = workbook.add_format({"italic": True, "font_color": "#595959"})
        self.note = workbook.add_format({"italic": True})

    def get(self, number_format: str) -> Format:
        """Give the cell format of a number format."""
        if number_format not in self._by_format:
            self._by_format[number_format] = self._workbook.add_format({"num_format": number_format})
        return self._by_format[number_format]


def _write_sheet(worksheet: Worksheet, sheet: SheetSpec, styles: _Styles) -> None:
    for index, column in enumerate(sheet.columns):
        worksheet.set_column(index, index, column.width or _WIDTHS[column.kind])
    top = 0
    for note in sheet.notes:
        worksheet.write_string(top, 0, _fit(str(note)), styles.note)
        top += 1
    header = top + 1 if sheet.notes else 0
    for index, column in enumerate(sheet.columns):
        worksheet.write_string(header, index, _fit(str(column.title or column.key)), styles.header)
    line = header
    if any(column.hxl for column in sheet.columns):
        line += 1
        for index, column in enumerate(sheet.columns):
            worksheet.write_string(line, index, column.hxl, styles.hxl)
    worksheet.freeze_panes(header + 1, 0)
    formats = [styles.get(column.number_format or _FORMATS[column.kind]) for column in sheet.columns]
    dates = [styles.get(_FORMATS["date"]) if column.kind == "text" else None for column in sheet.columns]
    times = [
        styles.get(_FORMATS["datetime"]) if column.kind in ("text", "date") else None
        for column in sheet.columns
    ]
    percents = [column.kind == "percent" for column in sheet.columns]
    for row in sheet.rows:
        line += 1
        if line >= _MOST_ROWS:
            raise ValueError(f"The sheet {sheet.name} has more rows than a workbook can hold.")
        for index, value in enumerate(_pick(row, sheet.columns)):
            if value is None or value == "":
                continue
            if isinstance(value, str):
                worksheet.write_string(line, index, _fit(value))
            elif isinstance(value, bool):
                worksheet.write_boolean(line, index, value)
            elif isinstance(value, (int, float, Decimal)):
                number = Decimal(str(value)).scaleb(-2) if percents[index] else value
                worksheet.write_number(line, index, float(number), formats[index])
            elif isinstance(value, datetime):
                moment = value.replace(tzinfo=None)
                worksheet.write_datetime(line, index, moment, times[index] or formats[index])
            elif isinstance(value, date):
                worksheet.write_datetime(line, index, value, dates[index] or formats[index])
            else:
                worksheet.write_string(line, index, _fit(str(value)))
    if sheet.columns:
        worksheet.autofilter(header, 0, max(line, header), len(sheet.columns) - 1)


def _pick(row: Mapping[str, Any] | Sequence[Any], columns: Sequence[Column]) -> list[Any]:
    """Give the values of a row in the order of the columns; a mapping may lack some."""
    if isinstance(row, Mapping):
        return [row.get(column.key) for column in columns]
    if len(row) != len(columns):
        raise ValueError(f"A row has {len(row)} values for {len(columns)} columns.")
    return list(row)


def _fit(text: str) -> str:
    """Keep text to what a cell of a workbook can hold; a longer one is cut and ends in an ellipsis."""
    text = _LONE_SURROGATES.sub("\ufffd", text)
    return text if len(text) <= _MOST_CHARACTERS else text[: _MOST_CHARACTERS - 1] + "…"


def _spell(value: Any) -> str:
    """Write a value for CSV."""
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
    return guard_formula(_LONE_SURROGATES.sub("\ufffd", str(value)))


def _name_sheet(name: str, taken: set[str]) -> str:
    """Give a name that workbooks allow (31 characters, none of []:*?/\\) and that is not taken yet."""
    allowed = _NOT_IN_NAMES.sub(" ", str(name)).strip().strip("'").strip()[:31].rstrip("'") or "Sheet"
    if allowed.casefold() == "history":
        allowed = "History_"
    chosen, number = allowed, 1
    while chosen.casefold() in taken:
        number += 1
        ending = f" ({number})"
        chosen = allowed[: 31 - len(ending)] + ending
    taken.add(chosen.casefold())
    return chosen
