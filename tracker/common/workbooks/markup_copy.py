"""A marked copy of plain values, written by XlsxWriter: of CSV, ODS and XLS files, and of very large ones."""

import contextlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.exceptions import OverlappingRange
from xlsxwriter.worksheet import Worksheet

from .cells import Cell, CellError, is_error_text
from .letters import column_letters
from .marks import MOST_NOTES, Gathered, PlainSheet, introduce, join_messages
from .specs import Column
from .stamps import Stamp, write_stamp
from .writing import CREATED
from .xlsx_sheets import (
    LINE_HEIGHT,
    Serials,
    count_lines,
    name_sheet,
    set_up_print,
    write_note,
    write_text,
    write_value,
)
from .xlsx_styles import ACCENT, ERROR_FILL, ERROR_INK, ERROR_LINE, GREY_INK, INK, LINE, PALE, Styles

LIST_WIDTHS = (15, 26, 32, 84)
_ROWS_TO_MEASURE, _NARROWEST, _WIDEST = 200, 9, 46
# XLSX holds this many links in a sheet.
_MOST_LINKS = 65_530
_KINDS = {
    "text": Column("text"),
    "number": Column("number", kind="number"),
    "percent": Column("percent", kind="percent"),
    "date": Column("date", kind="date"),
    "datetime": Column("datetime", kind="datetime"),
}


def list_titles() -> tuple[str, str, str, str]:
    """Give the headings of the list of what to correct."""
    return _("Where"), _("Column heading"), _("What it holds"), _("What is wrong, and what to do")


def write_marked_copy(
    *,
    sheets: Sequence[PlainSheet],
    stamp: Stamp,
    gathered: Gathered,
    filename: str,
    notices: Sequence[str],
    header_row: int,
    excerpt: bool = False,
) -> bytes:
    """Give the bytes of an XLSX workbook: the list first, then every sheet with its marks.

    An `excerpt` has, of the sheets with marks, only the header (down to `header_row`, from 1) and the rows
    with marks, and in its first column says which rows they are.
    """
    if excerpt:
        sheets = [sheet for sheet in sheets if sheet.name in gathered.cells]
    buffer = io.BytesIO()
    since_1904 = any(sheet.since_1904 for sheet in sheets)
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True, "date_1904": since_1904})
    workbook.set_properties({"created": CREATED})
    styles = Styles(workbook)
    taken = {name_sheet(sheet.name, set()).casefold() for sheet in sheets}
    title = name_sheet(_("What to correct"), taken)
    first = workbook.add_worksheet(title)
    taken = {title.casefold()}
    placed: dict[str, _Copy] = {}
    room = MOST_NOTES
    for sheet in sheets:
        if sheet.name in stamp.ignored:
            continue
        worksheet = workbook.add_worksheet(name_sheet(sheet.name, taken))
        copy = placed[sheet.name] = _Copy(worksheet, sheet, gathered.cells.get(sheet.name, {}), styles)
        room -= copy.write(room=room, header_row=header_row, excerpt=excerpt)
    lines = introduce(gathered, filename, notices, excerpt=excerpt)
    _write_list(first, styles, gathered, placed, lines)
    set_up_print(first, title)
    write_stamp(workbook, replace(stamp, marks=title))
    workbook.close()
    return buffer.getvalue()


class _Copy:
    """One sheet of the copy. `rows` says where the rows of an excerpt (from 1) came to stand (from 0)."""

    def __init__(
        self,
        worksheet: Worksheet,
        sheet: PlainSheet,
        marks: Mapping[tuple[int, int], Sequence[str]],
        styles: Styles,
    ) -> None:
        self.worksheet = worksheet
        self._sheet = sheet
        self._marks: dict[int, dict[int, Sequence[str]]] = {}
        for (row, column), messages in marks.items():
            self._marks.setdefault(row, {})[column] = messages
        self._plain = {kind: styles.find_look(column) for kind, column in _KINDS.items()}
        red: dict[str, Any] = {
            "bg_color": ERROR_FILL,
            "font_color": ERROR_INK,
            "border": 1,
            "border_color": ERROR_LINE,
        }
        self._red = {kind: styles.find_look(column, **red) for kind, column in _KINDS.items()}
        self._empty = styles.make(**red)
        self._number = styles.make(font_color=GREY_INK, italic=True)
        self._header, self._merged = styles.header, styles.make(valign="top")
        self._serials = None if sheet.since_1904 else Serials()
        self.shift = 0
        self.rows: dict[int, int] = {}

    def write(self, *, room: int, header_row: int, excerpt: bool) -> int:
        """Write the rows, with notes for at most `room` cells; give how many there are."""
        last = max(len(self._sheet.rows), max(self._marks, default=0))
        numbers: Sequence[int] = range(1, last + 1)
        if excerpt:
            self.shift = 1
            numbers = sorted({*range(1, min(header_row, last) + 1), *self._marks})
        self._set_widths()
        if not excerpt:
            self._merge_cells()
        notes = 0
        for line, number in enumerate(numbers):
            if excerpt:
                self.rows[number] = line
                shown = _("Row") if number == header_row else number
                self.worksheet.write(line, 0, shown, self._number)
            notes += self._write_row(line, number, room - notes, is_header=number == header_row)
        self.worksheet.freeze_panes(header_row, 0)
        set_up_print(self.worksheet, self.worksheet.get_name())
        self.worksheet.repeat_rows(header_row - 1)
        return notes

    def _write_row(self, line: int, number: int, room: int, *, is_header: bool) -> int:
        """Write one row of the original; give how many notes it got."""
        values = self._sheet.rows[number - 1] if number <= len(self._sheet.rows) else []
        marks = self._marks.get(number, {})
        for index in range(max(len(values), max(marks, default=0))):
            value = values[index] if index < len(values) else None
            messages = marks.get(index + 1)
            if is_header and isinstance(value, str) and not messages:
                write_text(self.worksheet, line, index + self.shift, value, self._header)
            elif value is not None:
                kind = self._find_kind(value, number, index + 1)
                look = (self._red if messages else self._plain)[kind]
                shown = _show_error(value) if isinstance(value, CellError) else value
                if kind == "percent" and isinstance(shown, Decimal):
                    shown = shown.scaleb(2)
                write_value(
                    self.worksheet, line, index + self.shift, shown, _KINDS[kind], look, self._serials
                )
            elif messages:
                self.worksheet.write_blank(line, index + self.shift, None, self._empty)
        for column in sorted(marks)[: max(room, 0)]:
            write_note(self.worksheet, line, column - 1 + self.shift, join_messages(marks[column]))
        return min(len(marks), max(room, 0))

    def _find_kind(self, value: Cell, row: int, column: int) -> str:
        if isinstance(value, Decimal):
            return "percent" if row in self._sheet.percents.get(column, ()) else "number"
        if isinstance(value, datetime):
            return "datetime"
        return "date" if isinstance(value, date) else "text"

    def _merge_cells(self) -> None:
        """Merge what was merged, as far as the sheet reaches."""
        height, width = len(self._sheet.rows), max(map(len, self._sheet.rows), default=0)
        for top, left, bottom, right in self._sheet.merged:
            bottom, right = min(bottom, height), min(right, width)
            if bottom > top or right > left:
                with contextlib.suppress(OverlappingRange):
                    self.worksheet.merge_range(top - 1, left - 1, bottom - 1, right - 1, "", self._merged)

    def _set_widths(self) -> None:
        widths: dict[int, int] = {}
        for row in self._sheet.rows[:_ROWS_TO_MEASURE]:
            for index, value in enumerate(row):
                if value is not None:
                    widths[index] = max(widths.get(index, _NARROWEST), len(str(value)) + 3)
        for index, width in widths.items():
            options = {"hidden": True} if index + 1 in self._sheet.hidden_columns else {}
            place = index + self.shift
            self.worksheet.set_column(place, place, min(width, _WIDEST), None, options)


def _show_error(error: CellError) -> str:
    """Give how an error is written so that it is read as one again."""
    return error.code if is_error_text(error.code) else "#VALUE!"


def _write_list(
    worksheet: Worksheet,
    styles: Styles,
    gathered: Gathered,
    placed: Mapping[str, _Copy],
    lines: Sequence[str],
) -> None:
    """Write all that is to be corrected, with links to the cells."""
    for index, width in enumerate(LIST_WIDTHS):
        worksheet.set_column(index, index, width)
    worksheet.hide_gridlines(2)
    worksheet.set_row(0, 28)
    write_text(worksheet, 0, 0, worksheet.get_name(), styles.make(bold=True, font_size=16, font_color=ACCENT))
    for row, line in enumerate(lines, start=1):
        write_text(worksheet, row, 0, line, styles.make(font_color=INK))
    header = len(lines) + 2
    head = styles.make(bold=True, bg_color=PALE, font_color=INK, border=1, border_color=LINE)
    for index, heading in enumerate(list_titles()):
        write_text(worksheet, header, index, heading, head)
    cell = styles.make(text_wrap=True, valign="top", border=1, border_color=LINE, font_color=INK)
    link = styles.make(valign="top", border=1, border_color=LINE, font_color=ACCENT, underline=1)
    for row, listed in enumerate(gathered.listed, start=header + 1):
        copy = placed.get(listed.sheet) if listed.row else None
        texts = (listed.where, listed.heading, listed.holds, listed.message)
        worksheet.set_row(row, LINE_HEIGHT * find_lines(texts))
        if copy is not None and row - header <= _MOST_LINKS:
            place = (
                f"{column_letters(listed.column + copy.shift)}{copy.rows.get(listed.row, listed.row - 1) + 1}"
            )
            target = f"internal:{quote_sheet(copy.worksheet.get_name())}!{place}"
            worksheet.write_url(row, 0, target, link, listed.where)
        else:
            write_text(worksheet, row, 0, listed.where, cell)
        for index, text in enumerate(texts[1:], start=1):
            write_text(worksheet, row, index, text, cell)
    worksheet.freeze_panes(header + 1, 0)
    worksheet.autofilter(header, 0, header + len(gathered.listed), len(LIST_WIDTHS) - 1)
    worksheet.repeat_rows(header)


def find_lines(texts: Sequence[str]) -> int:
    """Estimate how many lines a row of the list takes."""
    return max(count_lines(text, width) for text, width in zip(texts, LIST_WIDTHS, strict=True))


def quote_sheet(name: str) -> str:
    """Give the name of a sheet as references have it."""
    return "'" + name.replace("'", "''") + "'"
