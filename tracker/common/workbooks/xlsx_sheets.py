"""Puts the rows of a SheetSpec into a sheet of XlsxWriter, one after the other, from the top down."""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

from tracker.common.errors import Refused
from tracker.common.formats import show_number

from .csvfiles import guard_formula
from .specs import (
    Column,
    Entry,
    SheetSpec,
    find_zone_free,
    fit_text,
    is_too_exact,
    pick_values,
    scale_percent,
)
from .xlsx_styles import CellLook, Styles

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
# How high a line of 11 points is, and how many letters of usual text fit where one digit does.
LINE_HEIGHT, _LETTERS_TO_A_DIGIT = 15, 1.2
_MOST_LINES = 8
# Whose the notes on cells are; by it they are known again.
NOTE_AUTHOR, NOTE_WIDTH = "Tracker", 44
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_SERIAL_START = date(1899, 12, 30).toordinal()
# Spreadsheets hold a 29 February 1900 that never was; serial numbers are right after it.
_SERIALS_RIGHT_FROM = date(1900, 3, 1)


class TooManyRows(Refused):
    """A sheet has more rows than a workbook holds. Nothing is written."""

    def __init__(self, sheet: SheetSpec) -> None:
        super().__init__(
            _(
                "“%(sheet)s” has more rows than a workbook holds (%(most)s). Choose less of it, or take it as CSV."
            )
            % {"sheet": sheet.name, "most": show_number(MOST_ROWS)}
        )


# Told of every cell: row and column from 0, the column that the cell is like, the value.
Watch = Callable[[int, int, Column, Any], None]


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a sheet was put: rows from 0. `last` is the last row with data, or the one before `first`."""

    worksheet: Worksheet
    header: int
    first: int
    last: int


def place_sheet(worksheet: Worksheet, sheet: SheetSpec, styles: Styles) -> Placed:
    """Write an export: notes, header, tags and rows, to be read and counted with."""
    _place_top(worksheet, sheet, styles, lambda column: styles.header)
    looks = _Looks(sheet.columns, styles.find_look, styles.find_look)
    return _finish(_place_rows(worksheet, sheet, looks, None), sheet)


def place_form(worksheet: Worksheet, sheet: SheetSpec, styles: Styles, *, watch: Watch) -> Placed:
    """Write a sheet to be filled in: empty cells have their formats too, and what stands is seen to stand."""
    _place_top(worksheet, sheet, styles, styles.find_heading)
    looks = _Looks(
        sheet.columns,
        partial(styles.find_open_look, locked=sheet.locked),
        partial(styles.find_fixed_look, locked=sheet.locked),
    )
    return _finish(_place_rows(worksheet, sheet, looks, watch), sheet)


class _Looks:
    """The looks of the cells of a sheet: by column, and by what a single cell is like instead."""

    def __init__(
        self,
        columns: Sequence[Column],
        find_open: Callable[[Column], CellLook],
        find_fixed: Callable[[Column], CellLook],
    ) -> None:
        self._find_open, self._find_fixed = find_open, find_fixed
        self.open = [find_open(column) for column in columns]
        self.fixed = [find_fixed(column) if stands(column, "x") else None for column in columns]
        self._others: dict[tuple[Column, bool], CellLook] = {}

    def find(self, column: Column, value: Any) -> CellLook:
        """Give the look of a cell that is like another column than its own."""
        key = column, stands(column, value)
        if key not in self._others:
            self._others[key] = (self._find_fixed if key[1] else self._find_open)(column)
        return self._others[key]


def stands(column: Column, value: Any) -> bool:
    """Tell whether a value says what its row is about and is to be left as it is."""
    return (column.fixed or column.hidden) and value is not None and value != ""


def _place_top(
    worksheet: Worksheet, sheet: SheetSpec, styles: Styles, find_heading: Callable[[Column], Any]
) -> None:
    for index, column in enumerate(sheet.columns):
        options = {"hidden": True} if column.hidden else {}
        worksheet.set_column(index, index, column.usual_width, None, options)
    for line, note in enumerate(sheet.notes):
        write_text(worksheet, line, 0, str(note), styles.note)
    for index, column in enumerate(sheet.columns):
        write_text(worksheet, sheet.header_row, index, column.heading, find_heading(column))
    if sheet.is_tagged:
        for index, column in enumerate(sheet.columns):
            write_text(worksheet, sheet.first_row - 1, index, column.hxl, styles.tag)


def _place_rows(worksheet: Worksheet, sheet: SheetSpec, looks: _Looks, watch: Watch | None) -> Placed:
    """Write the rows. Empty cells are written where the look of their column is not theirs."""
    columns = sheet.columns
    line = sheet.first_row - 1
    serials = Serials()
    for row in sheet.rows:
        line += 1
        if line >= MOST_ROWS:
            raise TooManyRows(sheet)
        lines = sheet.lines
        for index, value in enumerate(pick_values(row, columns)):
            column = columns[index]
            if value.__class__ is Entry:
                value, column = value.value, value.like
                look = looks.find(column, value)
            else:
                look = (value is not None and looks.fixed[index]) or looks.open[index]
            if watch is not None:
                watch(line, index, column, value)
            if value is not None and value != "":
                write_value(worksheet, line, index, value, column, look, serials)
            elif column is not columns[index] or sheet.locked:
                worksheet.write_blank(line, index, None, look.empty)
            if watch is not None and value.__class__ is str and not column.hidden:
                lines = max(lines, count_lines(value, columns[index].usual_width))
        if lines > 1:
            # Not every program finds the height of wrapped text by itself.
            worksheet.set_row(line, LINE_HEIGHT * min(lines, _MOST_LINES))
    return Placed(worksheet=worksheet, header=sheet.header_row, first=sheet.first_row, last=line)


def write_value(
    worksheet: Worksheet,
    row: int,
    index: int,
    value: Any,
    column: Column,
    look: CellLook,
    serials: "Serials | None",
) -> None:
    """Write one value that is there: a number as a number, a date as a date, text as nothing but text.

    Without `serials` the workbook's own count of days is asked for every date.
    """
    if isinstance(value, str):
        write_text(worksheet, row, index, value, look.text, look.quoted)
    elif isinstance(value, bool):
        worksheet.write_boolean(row, index, value, look.text)
    elif isinstance(value, (int, float, Decimal)) and is_too_exact(value):
        exact = f"{Decimal(value):f}"
        write_text(
            worksheet, row, index, f"{exact} %" if column.kind == "percent" else exact, look.text, look.quoted
        )
    elif isinstance(value, (int, float, Decimal)):
        number = scale_percent(value) if column.kind == "percent" else float(value)
        worksheet.write_number(row, index, number, look.value)
    elif isinstance(value, datetime):
        worksheet.write_datetime(row, index, find_zone_free(value), look.moment)
    elif isinstance(value, date):
        if serials is None or value < _SERIALS_RIGHT_FROM:
            worksheet.write_datetime(row, index, value, look.date)
        else:
            worksheet.write_number(row, index, serials[value], look.date)
    else:
        write_text(worksheet, row, index, str(value), look.text, look.quoted)


def write_text(
    worksheet: Worksheet, row: int, index: int, text: str, look: Any = None, quoted: Any = None
) -> None:
    """Write text as a string, whatever it looks like: never a formula, a link or markup."""
    text = fit_text(text)
    if text.startswith("<r>") and text.endswith("</r>"):
        # XlsxWriter would put such text into the XML as it is; a zero-width space at its end is not read.
        text = fit_text(text[:-1]) + ">\u200b"
    if quoted is not None and not text[:1].isalnum() and guard_formula(text) != text:
        look = quoted
    worksheet.write_string(row, index, text, look)


def count_lines(text: str, width: float) -> int:
    """Estimate how many lines a text takes in a column so many digits wide."""
    if len(text) <= width and "\n" not in text:
        return 1
    room = max(1.0, width * _LETTERS_TO_A_DIGIT)
    return sum(max(1, math.ceil(len(line) / room)) for line in text.split("\n"))


class Serials(dict[date, int]):
    """The serial numbers of dates, each worked out once."""

    def __missing__(self, day: date) -> int:
        serial = self[day] = find_serial(day)
        return serial


def write_note(worksheet: Worksheet, row: int, index: int, text: str) -> None:
    """Attach a note to a cell, as large as its text needs."""
    height = 22 + 15 * count_lines(text, NOTE_WIDTH)
    options = {"author": NOTE_AUTHOR, "width": 300, "height": height, "font_name": "Calibri", "font_size": 10}
    worksheet.write_comment(row, index, text, options)


def find_serial(day: date) -> int:
    """Give the serial number by which spreadsheets hold a date from March 1900 on."""
    return day.toordinal() - _SERIAL_START


def _finish(placed: Placed, sheet: SheetSpec) -> Placed:
    """Freeze the header, put filters on it, and set the sheet up for printing on landscape A4.

    A row of tags belongs to the header: below the buttons of the filter it would be sorted with the data.
    """
    worksheet = placed.worksheet
    bottom = placed.first - 1
    worksheet.freeze_panes(placed.first, sheet.frozen)
    if sheet.columns:
        worksheet.autofilter(bottom, 0, max(placed.last, bottom), len(sheet.columns) - 1)
    set_up_print(worksheet, str(sheet.name))
    worksheet.repeat_rows(placed.header, bottom)
    return placed


def set_up_print(worksheet: Worksheet, name: str) -> None:
    """One page wide on landscape A4, with the sheet's name and the page number below."""
    worksheet.set_landscape()
    worksheet.set_paper(9)
    worksheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    worksheet.fit_to_pages(1, 0)
    pages = _("Page %(page)s of %(pages)s") % {"page": "&P", "pages": "&N"}
    worksheet.set_footer("&L&9" + name.replace("&", "&&")[:100] + "&R&9" + pages)


def name_sheet(name: str, taken: set[str]) -> str:
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
