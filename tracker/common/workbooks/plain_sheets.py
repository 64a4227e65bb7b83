"""The visible sheets of an uploaded file as plain values: what a marked copy is made from."""

from collections.abc import Collection

from .cells import CellReader
from .containers import Kind
from .csvfiles import open_csv
from .grids import Book, Grid
from .marks import PlainSheet
from .ods import open_ods
from .sheets import Limits, Reading
from .xls import open_xls
from .xlsx import open_xlsx


def read_plain_sheets(
    *,
    data: bytes,
    filename: str,
    kind: Kind,
    parts: dict[str, bytes],
    columns: Collection[str] | None,
    reading: Reading,
    limits: Limits,
) -> list[PlainSheet]:
    """Read the sheets of a file whose kind is known; `parts` are what is unpacked of XLSX and ODS.

    `columns` and `reading` tell how CSV was read, as for its rows. Raises WorkbookError, as that does.
    """
    book: Book
    if kind is Kind.CSV:
        book = open_csv(data=data, filename=filename, columns=columns, reading=reading, limits=limits)
    elif kind is Kind.XLS:
        book = open_xls(data=data, filename=filename, limits=limits)
    elif kind is Kind.ODS:
        book = open_ods(parts=parts, filename=filename, limits=limits)
    else:
        book = open_xlsx(parts=parts, filename=filename, limits=limits)
    reader = CellReader(characters=limits.characters)
    return [_make_plain(book.open(choice.name), reader) for choice in book.choices]


def _make_plain(grid: Grid, reader: CellReader) -> PlainSheet:
    columns = [reader.read(values) for values in grid.columns]
    return PlainSheet(
        name=grid.name,
        rows=list(zip(*columns, strict=True)),
        percents=grid.percents(range(1, len(columns) + 1)),
        hidden_columns=frozenset(grid.hidden_columns),
        merged=tuple((area.top, area.left, area.bottom, area.right) for area in grid.merged),
        since_1904=grid.since_1904,
    )
