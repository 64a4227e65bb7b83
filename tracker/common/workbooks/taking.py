"""Takes what stands under the header of one sheet: cells by column, and the numbers of their rows."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import compress
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .cells import Cell, CellReader, Percent, make_plain
from .grids import Grid
from .headers import HEADER_WITHIN, Header, squeeze
from .letters import column_letters
from .merging import clear_covered, find_merged, say_spread, settle_merged
from .numbers import date_of_serial, is_serial
from .spans import name_spans


@dataclass(frozen=True, slots=True)
class Meanings:
    """What the caller knows of its columns, by their names as it writes them.

    `percents` hold percentages as the person sees them (40 for 40 %), `numbers` figures and `dates` days;
    `keys` say what a row is about.
    """

    percents: Collection[str] = ()
    numbers: Collection[str] = ()
    dates: Collection[str] = ()
    keys: Collection[str] = ()


@dataclass(slots=True)
class Taken:
    """The rows of one sheet: their numbers, and their cells by column."""

    numbers: list[int]
    columns: dict[str, list[Cell]]
    warnings: list[str] = field(default_factory=list)


def read_top(grid: Grid, reader: CellReader, *, most: int = HEADER_WITHIN, row: int = 0) -> list[list[Cell]]:
    """Give the rows where the header may be: down to the last of the first `most` that hold anything.

    With `row`, at least down to it and to the next that holds anything.
    """
    top = []
    filled = 0
    for number, raw in enumerate(zip(*grid.columns, strict=True), start=1):
        top.append(reader.read(raw))
        holds = any(cell is not None for cell in top[-1])
        filled += holds
        if filled >= most and (number > row and holds):
            break
    return top


def take(*, grid: Grid, header: Header, meanings: Meanings, reader: CellReader) -> Taken:
    """Read the cells of the header's columns. Raises Overlapping for merged cells that cannot be."""
    below = header.below
    indexes = {name: index for index, name, _title in header.columns}
    columns = {name: reader.read(grid.columns[index][below:]) for name, index in indexes.items()}
    height = max(grid.height - below, 0)
    merged = find_merged(grid.merged, below=below, rows=height, indexes=indexes)
    unseen = clear_covered(merged, columns)
    others = [grid.columns[index][below:] for index in header.indexes if index not in indexes.values()]
    held = _find_held(height, columns.values(), others)
    spread = settle_merged(merged, columns, keys=pick(indexes, meanings.keys), held=held)
    numbers = list(range(below + 1, below + height + 1))
    if not all(held):
        numbers = list(compress(numbers, held))
        columns = {name: list(compress(cells, held)) for name, cells in columns.items()}
    taken = Taken(numbers, columns)
    taken.warnings += say_spread(spread)
    if unseen:
        taken.warnings.append(
            _("Values that lie unseen under merged cells were not read: rows %(rows)s.")
            % {"rows": name_spans(position + below + 1 for position in unseen)}
        )
    taken.warnings += _say_hidden(grid, header, numbers)
    taken.warnings += _say_without_heading(grid, header)
    _read_percents(grid, taken, {name: indexes[name] for name in pick(indexes, meanings.percents)})
    if grid.since_1904:
        for name in pick(indexes, meanings.dates):
            taken.columns[name] = [_read_serial(cell) for cell in taken.columns[name]]
    return taken


def pick(names: Iterable[str], wanted: Collection[str]) -> list[str]:
    """Give those of the names that are wanted, however the caller spells them."""
    squeezed = {squeeze(name) for name in wanted}
    return [name for name in names if squeeze(name) in squeezed]


def _find_held(rows: int, columns: Iterable[Sequence[Cell]], others: Iterable[Sequence[Any]]) -> list[bool]:
    """Tell of each row whether it holds anything under any heading; `others` are raw columns that are not read."""
    empty: Sequence[int] = range(rows)
    for cells in columns:
        empty = [position for position in empty if cells[position] is None]
        if not empty:
            return [True] * rows
    for values in others:
        empty = [position for position in empty if _is_blank(values[position])]
    held = [True] * rows
    for position in empty:
        held[position] = False
    return held


def _is_blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _say_hidden(grid: Grid, header: Header, numbers: Sequence[int]) -> list[str]:
    warnings = []
    if grid.hidden_rows:
        hidden = set(grid.hidden_rows)
        rows = [number for number in numbers if number in hidden]
        if rows:
            warnings.append(
                ngettext(
                    "Row %(rows)s is hidden; it was read too.",
                    "Rows %(rows)s are hidden; they were read too.",
                    len(rows),
                )
                % {"rows": name_spans(rows)}
            )
    columns = [index + 1 for index, _name, _title in header.columns if index + 1 in grid.hidden_columns]
    if columns:
        warnings.append(
            ngettext(
                "Column %(columns)s is hidden; it was read too.",
                "Columns %(columns)s are hidden; they were read too.",
                len(columns),
            )
            % {"columns": name_spans(columns, write=column_letters)}
        )
    return warnings


def _say_without_heading(grid: Grid, header: Header) -> list[str]:
    """Name the first row that holds something in a column that has no heading."""
    headed = set(header.indexes)
    first = None
    for index, values in enumerate(grid.columns):
        if index in headed or set(values[header.below : first]) <= {"", None}:
            continue
        for position in range(header.below, first or len(values)):
            if not _is_blank(values[position]):
                first = position
                break
    if first is None:
        return []
    return [
        _(
            "Row %(row)d has a value in a column without a heading; such values were not read. "
            "Give the column a name, or delete the value."
        )
        % {"row": first + 1}
    ]


def _read_percents(grid: Grid, taken: Taken, indexes: dict[str, int]) -> None:
    """In percent columns, give the number that the person sees: 40 for 0.4 shown as 40 %."""
    shown = grid.percents([index + 1 for index in indexes.values()]) if indexes else {}
    for name, index in indexes.items():
        rows = shown.get(index + 1)
        if not rows:
            continue
        hundredfold: dict[Decimal, Decimal] = {}
        cells = taken.columns[name]
        for position, number in enumerate(taken.numbers):
            cell = cells[position]
            if number in rows and isinstance(cell, Decimal):
                if cell not in hundredfold:
                    hundredfold[cell] = Percent(make_plain(cell.scaleb(2)))
                cells[position] = hundredfold[cell]


def _read_serial(cell: Cell) -> Cell:
    """Give the day of a number that counts from 1904: later readers know the usual system alone."""
    if isinstance(cell, Decimal) and is_serial(cell, since_1904=True):
        return date_of_serial(int(cell), since_1904=True)
    return cell
