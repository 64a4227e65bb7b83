"""Reads OpenDocument spreadsheets, in one walk through their XML.

ODS writes equal rows and cells once, with a count; a value stands in an attribute, text in paragraphs, errors
and percentages in the type of the cell.
"""

import re
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from .cells import CellError, is_error_text
from .containers import refuse_damaged, refuse_encrypted
from .grids import Area, Grid, LaidOutBook, check_extent, check_merged, check_sheets, columns_of
from .sheets import Limits, WorkbookError
from .xmlwalk import Attributes, walk

_URN = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0 "
_OFFICE, _TABLE, _TEXT, _STYLE = (_URN.format(name) for name in ("office", "table", "text", "style"))
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
_CELLS = (_TABLE + "table-cell", _TABLE + "covered-table-cell")
# What stands inside a paragraph without being part of its text.
_ASIDES = (_OFFICE + "annotation", _URN.format("drawing") + "frame", _TEXT + "note")
_DURATION = re.compile(r"(-?)PT(\d{1,6})H(\d{1,2})M(\d{1,2})(?:[.,]\d{1,9})?S", re.ASCII)
_MANY = 2**24


def open_ods(*, parts: dict[str, bytes], filename: str, limits: Limits) -> LaidOutBook:
    """Read the visible sheets of an unpacked document. Raises WorkbookError."""
    if b"encryption-data" in parts.get("meta-inf/manifest.xml", b""):
        raise refuse_encrypted(filename)
    reader = _Reader(filename, limits)
    try:
        walk(parts["content.xml"], start=reader.start, end=reader.end, text=reader.text)
    except WorkbookError:
        raise
    except ValueError:
        raise refuse_damaged(filename) from None
    warnings = []
    if any(name.startswith(("basic/", "scripts/")) for name in parts):
        warnings.append(_("The macros in this workbook were ignored."))
    return LaidOutBook(reader.grids, warnings)


class _Reader:
    """Collects sheets from the elements of content.xml, as the walk meets them.

    The numbers named depth say at which depth the open sheet, cell, paragraph or aside stands; 0 is none.
    What a cell holds besides its own paragraphs (notes, shapes, tables) is not read.
    """

    def __init__(self, filename: str, limits: Limits) -> None:
        self.grids: list[Grid] = []
        self._filename = filename
        self._limits = limits
        self._path: list[str] = []
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._sheets = 0
        self._sheet = _Sheet({}, filename, limits)
        self._sheet_depth = self._cell_depth = self._paragraph_depth = self._aside_depth = 0

    def start(self, name: str, attributes: Attributes) -> None:
        """Meet a start tag."""
        path = self._path
        path.append(name)
        if self._cell_depth:
            self._start_in_cell(name, attributes)
        elif self._sheet_depth:
            if name in _CELLS:
                self._cell_depth = len(path)
                self._sheet.start_cell(attributes)
            elif name == _TABLE + "table-row":
                self._sheet.start_row(attributes)
            elif name == _TABLE + "table-column":
                self._sheet.add_columns(attributes)
        elif name == _TABLE + "table" and path[-2:-1] == [_OFFICE + "spreadsheet"]:
            self._sheets += 1
            check_sheets(self._sheets, self._filename, self._limits)
            self._sheet_depth = len(path)
            self._sheet = _Sheet(attributes, self._filename, self._limits)
        elif name == _STYLE + "style":
            self._style = attributes.get(_STYLE + "name", "")
        elif name == _STYLE + "table-properties" and attributes.get(_TABLE + "display") == "false":
            self._hidden_styles.add(self._style)

    def _start_in_cell(self, name: str, attributes: Attributes) -> None:
        depth = len(self._path)
        if not self._paragraph_depth:
            if name == _TEXT + "p" and depth == self._cell_depth + 1:
                self._paragraph_depth = depth
                self._sheet.start_paragraph()
        elif not self._aside_depth:
            if name in _ASIDES:
                self._aside_depth = depth
            elif name == _TEXT + "s":
                self._sheet.add_text(" " * min(_count(attributes, _TEXT + "c"), 100))
            elif name == _TEXT + "tab":
                self._sheet.add_text("\t")
            elif name == _TEXT + "line-break":
                self._sheet.add_text("\n")

    def text(self, text: str) -> None:
        """Meet text."""
        if self._paragraph_depth and not self._aside_depth:
            self._sheet.add_text(text)

    def end(self, name: str) -> None:
        """Meet an end tag."""
        depth = len(self._path)
        self._path.pop()
        if self._cell_depth:
            if depth == self._aside_depth:
                self._aside_depth = 0
            elif depth == self._paragraph_depth:
                self._paragraph_depth = 0
            elif depth == self._cell_depth:
                self._cell_depth = 0
                self._sheet.end_cell()
        elif depth == self._sheet_depth:
            self._sheet_depth = 0
            if self._sheet.style not in self._hidden_styles:
                self.grids.append(self._sheet.lay_out())
        elif self._sheet_depth and name == _TABLE + "table-row":
            self._sheet.end_row()


class _Sheet:
    """One table while it is being read: rows and cells count from 1, with their repetitions."""

    def __init__(self, attributes: Attributes, filename: str, limits: Limits) -> None:
        self.style = attributes.get(_TABLE + "style-name", "")
        self._name = attributes.get(_TABLE + "name", "")
        self._filename = filename
        self._limits = limits
        self._rows: list[tuple[int, int, list[Any]]] = []
        self._percents: dict[int, set[int]] = {}
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._merged: list[Area] = []
        self._width = 0
        self._next_row = self._next_column = self._next_described = self._repeated = 1
        # The open row and cell.
        self._row: list[Any] = []
        self._row_percents: list[range] = []
        self._cell: Attributes = {}
        self._text: list[str] = []
        self._characters = 0

    def add_columns(self, attributes: Attributes) -> None:
        """Note whether some columns are hidden; they are described before the rows."""
        first = self._next_described
        self._next_described += _count(attributes, _TABLE + "number-columns-repeated")
        if attributes.get(_TABLE + "visibility", "visible") != "visible":
            last = min(self._next_described - 1, self._limits.columns)
            self._hidden_columns.update(range(first, last + 1))

    def start_row(self, attributes: Attributes) -> None:
        self._repeated = _count(attributes, _TABLE + "number-rows-repeated")
        self._row, self._row_percents, self._next_column = [], [], 1
        if attributes.get(_TABLE + "visibility", "visible") != "visible":
            last = min(self._next_row + self._repeated - 1, self._limits.rows)
            self._hidden_rows.update(range(self._next_row, last + 1))

    def end_row(self) -> None:
        """Keep the row if it holds anything; empty ones only count."""
        first = self._next_row
        self._next_row += self._repeated
        if not self._row:
            return
        self._width = max(self._width, len(self._row))
        check_extent(self._next_row - 1, self._width, self._filename, self._limits)
        self._rows.append((first, self._repeated, self._row))
        for columns in self._row_percents:
            for column in columns:
                self._percents.setdefault(column, set()).update(range(first, self._next_row))

    def start_cell(self, attributes: Attributes) -> None:
        self._cell, self._text, self._characters = attributes, [], 0

    def start_paragraph(self) -> None:
        if self._text:
            self._text.append("\n")

    def add_text(self, text: str) -> None:
        # Beyond what a cell can hold it is refused anyway, and need not grow.
        if self._characters <= self._limits.characters:
            self._text.append(text)
            self._characters += len(text)

    def end_cell(self) -> None:
        """Put the value into the row, as often as the cell is repeated."""
        first = self._next_column
        self._next_column += _count(self._cell, _TABLE + "number-columns-repeated")
        self._note_merged(first)
        value = self._read_value()
        if value is None:
            return
        last_row = self._next_row + self._repeated - 1
        check_extent(last_row, self._next_column - 1, self._filename, self._limits)
        self._row.extend([None] * (first - 1 - len(self._row)))
        self._row.extend([value] * (self._next_column - first))
        if self._cell.get(_OFFICE + "value-type") == "percentage":
            self._row_percents.append(range(first, self._next_column))

    def _note_merged(self, column: int) -> None:
        down = _count(self._cell, _TABLE + "number-rows-spanned")
        across = _count(self._cell, _TABLE + "number-columns-spanned")
        if down > 1 or across > 1:
            row = self._next_row
            self._merged.append(Area(row, column, row + down - 1, column + across - 1))
            check_merged(len(self._merged), self._filename, self._limits)

    def _read_value(self) -> Any:
        """Give the value of the open cell, None where it is empty. Raises ValueError."""
        kind = self._cell.get(_OFFICE + "value-type")
        shown = "".join(self._text)
        if self._cell.get(_CALC + "value-type") == "error" or (kind != "string" and is_error_text(shown)):
            return CellError(shown or "#N/A")
        if kind in ("float", "currency", "percentage"):
            return float(self._cell.get(_OFFICE + "value", ""))
        if kind == "boolean":
            return self._cell.get(_OFFICE + "boolean-value") == "true"
        if kind == "date":
            return _read_date(self._cell.get(_OFFICE + "date-value", "")) or shown
        if kind == "time":
            match = _DURATION.fullmatch(self._cell.get(_OFFICE + "time-value", ""))
            return f"{match[1]}{int(match[2])}:{match[3]:>02}:{match[4]:>02}" if match else shown
        if kind is None and _TABLE + "formula" in self._cell:
            return CellError("")
        return self._cell.get(_OFFICE + "string-value") or shown or None

    def lay_out(self) -> Grid:
        """Give the sheet as a grid, with every repeated row in its places."""
        height = self._rows[-1][0] + self._rows[-1][1] - 1 if self._rows else 0
        rows: list[list[Any]] = [[]] * height
        for first, repeated, row in self._rows:
            rows[first - 1 : first - 1 + repeated] = [row] * repeated
        percents = self._percents
        return Grid(
            self._name,
            columns_of(rows),
            percents=lambda columns: {column: percents.get(column, set()) for column in columns},
            hidden_rows=self._hidden_rows,
            hidden_columns=self._hidden_columns,
            merged=self._merged,
        )


def _read_date(written: str) -> date | None:
    """Give the date, with its time of day if it has one; None where it is none."""
    try:
        if len(written) == 10:
            return date.fromisoformat(written)
        return datetime.fromisoformat(written).replace(tzinfo=None)
    except ValueError:
        return None


def _count(attributes: Attributes, name: str) -> int:
    """Give a number of repetitions, 1 where none is given; beyond any limit they are all the same."""
    written = attributes.get(name, "1")
    return max(1, int(written)) if len(written) < 8 else _MANY
