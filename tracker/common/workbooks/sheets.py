"""A sheet as the rest of the program sees it, the limits it must keep, and the error that refuses a file."""

from dataclasses import dataclass, field

from .cells import Cell


class WorkbookError(ValueError):
    """The file as a whole cannot be read. Its text tells the person what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a file may be before it is refused unread.

    `file_bytes` as uploaded; `unpacked_bytes` after unzipping; `rows` down to the last one that is used;
    `columns` across to the last one that is used; `cells` in the rectangle of both, empty ones included.
    """

    file_bytes: int = 30 * 1024 * 1024
    unpacked_bytes: int = 400 * 1024 * 1024
    rows: int = 250_000
    columns: int = 1_000
    cells: int = 6_000_000


DEFAULT = Limits()


@dataclass(slots=True)
class Row:
    """One row that holds something. `number` is the row of the sheet as the person sees it, from 1."""

    number: int
    cells: dict[str, Cell]


@dataclass(slots=True)
class Sheet:
    """The rows of one sheet under its header.

    `headers` are the normalised names of the columns that are read, in the order of the sheet; `titles` gives
    each as the person wrote it and `letters` its column letter (A, B …). `unknown_columns` are headings, as
    written, that the caller did not name; their cells are left out. `hxl` gives the HXL tags, if there is a
    row of them. `encoding` and `delimiter` say how a CSV file was read. `warnings` are sentences for the
    person.
    """

    name: str
    headers: list[str]
    rows: list[Row]
    unknown_columns: list[str]
    warnings: list[str] = field(default_factory=list)
    header_row: int = 1
    titles: dict[str, str] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)
    hxl: dict[str, str] = field(default_factory=dict)
    encoding: str | None = None
    delimiter: str | None = None
