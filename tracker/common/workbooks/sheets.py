"""What is asked of a reading, and what comes of it: options, limits, the columns of a sheet, and refusals."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from .cells import Cell
from .decimalmarks import DecimalMark
from .numbers import Mark

# With several sheets a row is known by its sheet's place × this + its number; no sheet has so many rows.
KEY_STEP = 2**24
ALL_SHEETS = "*"


class WorkbookError(ValueError):
    """The file as a whole cannot be read as asked. Its text tells the person what is wrong and what to do.

    Where the file could be opened, `sheets` are those a person can choose, and `top` has the first rows of the
    sheet in question, (row number, its cells as text), to choose the header row from.
    """

    sheets: "tuple[SheetChoice, ...]" = ()
    top: tuple[tuple[int, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a file may be before it is refused, mostly unread."""

    # As uploaded; an old Excel file as uploaded; any file after unzipping.
    file_bytes: int = 30 * 1024 * 1024
    xls_bytes: int = 20 * 1024 * 1024
    unpacked_bytes: int = 400 * 1024 * 1024
    # Sheets of a workbook; rows and columns down and across to the last that is used; cells in the rectangle of
    # both, empty ones included.
    sheets: int = 100
    rows: int = 250_000
    columns: int = 1_000
    cells: int = 6_000_000
    # Areas of merged cells, cells that show an error, and what the texts of all cells come to, in one sheet.
    merged: int = 100_000
    errors: int = 200_000
    text_bytes: int = 200 * 1024 * 1024
    # In the name of a sheet, where the rows of several are read: each says in which sheet it stands.
    sheet_name: int = 100
    # In one cell: a longer text is an error of that cell.
    characters: int = 32_767
    # What the process that reads an old Excel file may take, of computing and of memory.
    xls_seconds: int = 20
    xls_memory: int = 1024 * 1024 * 1024


DEFAULT = Limits()


@dataclass(frozen=True, slots=True)
class Reading:
    """How a person wants a file to be read; what is None is found out.

    `sheet`: the name of one, or "*" for all visible sheets with the same columns. `encoding` (one of
    `encodings.ENCODINGS`) and `delimiter` are for CSV files. `decimal_mark` ("." or ",") decides for numbers
    written as text. `header_row` counts from 1. `mapping` says what a heading, as written, means: the name of a
    known column, or "" to leave its column out on purpose.
    """

    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    decimal_mark: Mark | None = None
    header_row: int | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Give what was chosen, as JSON can keep it; `Reading(**kept)` is the same reading again."""
        chosen = asdict(self)
        return {each.name: chosen[each.name] for each in fields(self) if chosen[each.name] not in (None, {})}


AS_FOUND = Reading()


@dataclass(frozen=True, slots=True)
class SheetChoice:
    """A visible sheet that holds something: its name, and its last row that does."""

    name: str
    rows: int


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One of the sheets that were read: where its header is, and the letter of each column that was read."""

    name: str
    header_row: int
    letters: dict[str, str]


@dataclass(slots=True)
class Row:
    """One row that holds something. `number` is its key: for a single sheet, the row as the person sees it."""

    number: int
    cells: dict[str, Cell]


@dataclass(slots=True)
class Sheet:
    """What stands under the header of a sheet, column by column.

    `columns` gives the cells of each column that is read, `numbers` the key of the row that each of them is
    in; `place_of` turns a key into sheet and row. `headers` are the names of the columns in the order of the
    sheet; `titles` gives each as the person wrote it and `letters` its column letter (A, B …).
    `unknown_columns` are headings, as written, that the caller did not name, `ignored_columns` those that the
    person wants left out; the cells of both are. `hxl` gives the HXL tags, if there is a row of them.
    `encoding` and `delimiter` say how a CSV file was read, `mark` how decimals are written in it. `sheets` are
    those that can be chosen, `parts` those that were read. `warnings` are sentences for the person.
    """

    name: str
    headers: list[str]
    numbers: list[int]
    columns: dict[str, list[Cell]]
    unknown_columns: list[str]
    ignored_columns: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    header_row: int = 1
    titles: dict[str, str] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)
    hxl: dict[str, str] = field(default_factory=dict)
    encoding: str | None = None
    delimiter: str | None = None
    mark: DecimalMark = field(default_factory=DecimalMark)
    sheets: list[SheetChoice] = field(default_factory=list)
    parts: list[SheetPart] = field(default_factory=list)

    @property
    def decimal_mark(self) -> Mark | None:
        """The decimal mark of numbers written as text, None where nothing tells."""
        return self.mark.mark

    @property
    def rows(self) -> list[Row]:
        """The same cells row by row, for files that are small."""
        cells = zip(*self.columns.values(), strict=True) if self.columns else ((),) * len(self.numbers)
        return [
            Row(number, dict(zip(self.columns, values, strict=True)))
            for number, values in zip(self.numbers, cells, strict=True)
        ]

    def place_of(self, key: int) -> tuple[str, int]:
        """Give the sheet ("" where only one was read) and the row, as the person sees it, of a row's key."""
        position, row = divmod(key, KEY_STEP)
        return (self.parts[position].name if len(self.parts) > 1 else "", row)

    def letter_of(self, key: int, column: str) -> str:
        """Give the letter of a column in the sheet where the row is: sheets may order their columns apart."""
        return self.parts[key // KEY_STEP].letters[column]
