"""Reads a workbook: XLSX, XLS, ODS or CSV bytes in, columns of plain cells with their row numbers out.

    sheet = read_rows(data=upload.read(), filename=upload.name, columns=("mission", "value"),
                      percent_columns=("value",), reading=Reading(sheet="Data"))

Nothing here knows what the columns mean. A file that cannot be read as a whole raises WorkbookError, whose
text is a sentence for the person; what is wrong with one cell is a CellError in its place, or left to the
caller, who can name row and column.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..collecting import without_collecting
from .cells import Cell, CellError, CellReader
from .containers import Kind, find_kind, refuse_damaged, unpack
from .csvfiles import open_csv
from .decimalmarks import find_decimal_mark
from .grids import Book, Grid, check_extent
from .headers import Header, Known, find_header, normalise
from .letters import column_letters
from .merging import Overlapping
from .numbers import PERCENT_SIGNS, Mark, NumberError, parse_decimal
from .ods import open_ods
from .sheets import (
    ALL_SHEETS,
    AS_FOUND,
    DEFAULT,
    KEY_STEP,
    Limits,
    Reading,
    Row,
    Sheet,
    SheetPart,
    WorkbookError,
)
from .taking import Meanings, Taken, pick, read_top, take
from .xls import open_xls
from .xlsx import open_xlsx

__all__ = [
    "ALL_SHEETS",
    "AS_FOUND",
    "DEFAULT",
    "Cell",
    "CellError",
    "Limits",
    "Reading",
    "Row",
    "Sheet",
    "WorkbookError",
    "normalise",
    "read_rows",
]

# A sheet of instructions may stand first and name a column in passing; the data name more.
_SURE_MATCHES = 2


def read_rows(
    *,
    data: bytes,
    filename: str,
    columns: Collection[str] | None = None,
    expected: Collection[str] | None = None,
    percent_columns: Collection[str] = (),
    number_columns: Collection[str] = (),
    date_columns: Collection[str] = (),
    key_columns: Collection[str] = (),
    tags: Mapping[str, str] | None = None,
    reading: Reading = AS_FOUND,
    limits: Limits = DEFAULT,
) -> Sheet:
    """Read the first sheet that holds known columns, or the sheets that `reading` names.

    `columns` are the names the caller knows: only they are read, under exactly these names, and other
    headings are reported in `unknown_columns`; None reads every column under its normalised name. `expected` are
    those that a sentence lists where none is found; all of them, unless given. `tags` gives
    the HXL tags of columns that have one, which name them where their headings do not. In `percent_columns` a
    number is what the person sees: a cell shown as 40 % is 40, and so is the text "40 %". `number_columns` tell
    the decimal mark of the file; `date_columns` hold days, which some workbooks count from 1904. A cell of
    `key_columns` that is merged over several rows counts for each of them. Blank rows are skipped.
    Raises WorkbookError.
    """
    meanings = Meanings(percent_columns, number_columns, date_columns, key_columns)
    known = Known(columns, tags or {}, reading, columns if expected is None else expected)
    job = _Job(filename, known, CellReader(characters=limits.characters))
    if reading.decimal_mark not in (None, ".", ","):
        raise WorkbookError(
            _("“%(mark)s” is no decimal mark. Choose a point or a comma.") % {"mark": reading.decimal_mark}
        )
    with without_collecting():
        book = _open(data, filename, columns, reading, limits)
        try:
            found = job.choose(book, limits)
            taken = [
                take(grid=each.grid, header=each.header, meanings=meanings, reader=job.reader)
                for each in found
            ]
            sheet = _join(found, taken, filename)
        except WorkbookError as error:
            error.sheets = tuple(book.choices)
            raise
        except Overlapping:
            raise refuse_damaged(filename) from None
        sheet.sheets = list(book.choices)
        sheet.encoding, sheet.delimiter = book.encoding, book.delimiter
        sheet.warnings[:0] = [*book.warnings, *_say_unread(found, book, reading.sheet)]
        _read_texts(sheet, meanings, reading.decimal_mark)
    return sheet


def _open(
    data: bytes, filename: str, columns: Collection[str] | None, reading: Reading, limits: Limits
) -> Book:
    kind = find_kind(data=data, filename=filename, limits=limits)
    if kind is Kind.CSV:
        return open_csv(data=data, filename=filename, columns=columns, reading=reading, limits=limits)
    if kind is Kind.XLS:
        return open_xls(data=data, filename=filename, limits=limits)
    parts = unpack(data=data, filename=filename, limits=limits)
    if kind is Kind.ODS:
        return open_ods(parts=parts, filename=filename, limits=limits)
    return open_xlsx(parts=parts, filename=filename, limits=limits)


@dataclass(slots=True)
class _Found:
    """A sheet whose header was found."""

    grid: Grid
    header: Header


@dataclass(frozen=True, slots=True)
class _Job:
    """What is to be read, while a file is being read."""

    filename: str
    known: Known
    reader: CellReader

    def choose(self, book: Book, limits: Limits) -> list[_Found]:
        """Open the sheets that are wanted. Raises WorkbookError."""
        names = [choice.name for choice in book.choices]
        if not names:
            raise WorkbookError(
                _(
                    "%(file)s has no data: its visible sheets are empty. Fill in the first sheet and upload it "
                    "again."
                )
                % {"file": self.filename}
            )
        wanted = self.known.reading.sheet
        if wanted == ALL_SHEETS:
            return self._choose_all(book, names, limits)
        if wanted is None:
            return [self._choose_first(book, names)]
        if wanted not in names:
            there = _quote([name for name in names if name])
            raise WorkbookError(
                _("%(file)s has no visible sheet “%(sheet)s” that holds anything. There are: %(sheets)s.")
                % {"file": self.filename, "sheet": wanted, "sheets": there or _("none with a name")}
            )
        return [self._find(book.open(wanted))]

    def _find(self, grid: Grid) -> _Found:
        top = read_top(grid, self.reader, row=self.known.reading.header_row or 0)
        try:
            header = find_header(rows=top, merged=grid.merged, known=self.known, filename=self.filename)
        except WorkbookError as error:
            error.top = tuple(
                (number, tuple("" if cell is None else str(cell) for cell in row))
                for number, row in enumerate(top, start=1)
                if any(cell is not None for cell in row)
            )
            raise
        return _Found(grid, header)

    def _choose_first(self, book: Book, names: list[str]) -> _Found:
        """Give the first sheet with at least two known columns, else the first that holds anything."""
        unsure: _Found | None = None
        error: WorkbookError | None = None
        for name in names:
            grid = book.open(name)
            try:
                found = self._find(grid)
            except WorkbookError as refused:
                error = error or refused
                continue
            if self._is_sure(found):
                return found
            unsure = unsure or found
        if unsure is not None:
            return unsure
        assert error is not None
        raise error

    def _choose_all(self, book: Book, names: list[str], limits: Limits) -> list[_Found]:
        """Give the sheets with the same columns as the first that has at least two known ones."""
        error: WorkbookError | None = None
        found: list[_Found] = []
        rows = 0
        for name in names:
            if len(name) > limits.sheet_name:
                raise WorkbookError(
                    _(
                        "%(file)s has a sheet whose name is longer than %(most)d characters (“%(start)s…”). Shorten "
                        "it, or choose one sheet."
                    )
                    % {"file": self.filename, "most": limits.sheet_name, "start": name[:30]}
                )
            grid = book.open(name)
            rows += grid.height
            check_extent(rows, len(grid.columns), self.filename, limits)
            try:
                found.append(self._find(grid))
            except WorkbookError as refused:
                error = error or refused
        if not found:
            assert error is not None
            raise error
        template = next(filter(self._is_sure, found), found[0])
        return [each for each in found if set(each.header.names) == set(template.header.names)]

    def _is_sure(self, found: _Found) -> bool:
        columns = self.known.columns
        return columns is None or len(found.header.columns) >= min(_SURE_MATCHES, len(columns))


def _join(found: list[_Found], taken: list[Taken], filename: str) -> Sheet:
    """Make one sheet of those that were read; the first gives the titles and letters."""
    header = found[0].header
    several = len(found) > 1
    sheet = Sheet(
        name=found[0].grid.name,
        headers=header.names,
        numbers=taken[0].numbers,
        columns=taken[0].columns,
        unknown_columns=_gather(title for each in found for _index, title in each.header.unknown),
        ignored_columns=_gather(title for each in found for _index, title in each.header.ignored),
        header_row=header.row + 1,
        titles={name: title for _index, name, title in header.columns},
        hxl=header.hxl,
    )
    for position, (each, part) in enumerate(zip(found, taken, strict=True)):
        letters = {name: column_letters(index + 1) for index, name, _title in each.header.columns}
        sheet.parts.append(SheetPart(each.grid.name, each.header.row + 1, letters))
        if position:
            sheet.numbers += [position * KEY_STEP + number for number in part.numbers]
            for name, cells in part.columns.items():
                sheet.columns[name] += cells
        sheet.warnings += [
            _("Sheet “%(sheet)s”: %(warning)s") % {"sheet": each.grid.name, "warning": warning}
            if several
            else warning
            for warning in part.warnings
        ]
    sheet.letters = sheet.parts[0].letters
    if not sheet.numbers:
        raise WorkbookError(
            _("%(file)s has no rows below its header (row %(row)d). Fill in at least one row.")
            % {"file": filename, "row": sheet.header_row}
        )
    return sheet


def _gather(titles: Iterable[str]) -> list[str]:
    """Give each title once, in the order in which they come."""
    return list(dict.fromkeys(titles))


def _say_unread(found: list[_Found], book: Book, wanted: str | None) -> list[str]:
    """Name the sheets that hold something and were not read, unless the person chose one sheet."""
    read = {each.grid.name for each in found}
    unread = [choice.name for choice in book.choices if choice.name not in read]
    if not unread or wanted not in (None, ALL_SHEETS):
        return []
    names = {"unread": _quote(unread), "read": _quote(read)}
    if wanted == ALL_SHEETS:
        return [
            ngettext(
                "The sheet %(unread)s was not read: its columns differ.",
                "The sheets %(unread)s were not read: their columns differ.",
                len(unread),
            )
            % names
        ]
    return [
        ngettext(
            "Only the sheet %(read)s was read; %(unread)s was not.",
            "Only the sheet %(read)s was read; %(unread)s were not.",
            len(unread),
        )
        % names
    ]


def _quote(names: Collection[str]) -> str:
    """Name sheets in a sentence; of very many, the first."""
    quoted = [f"“{name}”" for name in names]
    return ", ".join(quoted if len(quoted) < 10 else [*quoted[:8], "…"])


def _read_texts(sheet: Sheet, meanings: Meanings, given: Mark | None) -> None:
    """Find how decimals are written in the file, and read percentages that are written as text."""
    percents = pick(sheet.columns, meanings.percents)
    numbers = dict.fromkeys([*pick(sheet.columns, meanings.numbers), *percents])
    sheet.mark = find_decimal_mark((sheet.columns[name] for name in numbers), given=given)
    for name in percents:
        cells = sheet.columns[name]
        read: dict[Cell, Cell] = {}
        for cell in set(cells):
            if isinstance(cell, str) and cell.endswith(PERCENT_SIGNS):
                try:
                    read[cell] = parse_decimal(cell, locale_hint=sheet.decimal_mark)
                except NumberError:
                    continue  # left as text: the caller parses it again and reports row and column
        if read:
            sheet.columns[name] = [read.get(cell, cell) for cell in cells]
