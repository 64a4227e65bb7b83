"""What merged cells mean: in columns that say what a row is about, the same for each row; elsewhere, an error.

Nothing is multiplied silently, and nothing that lies unseen under a merged cell is read.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .cells import Cell, CellError
from .grids import Area
from .letters import column_letters
from .spans import name_spans


class Overlapping(ValueError):
    """Merged areas overlap, which no spreadsheet program allows."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged area that touches columns that are read: their names, and the positions of its rows."""

    area: Area
    names: Sequence[str]
    first: int
    last: int
    # Whether the cell that is seen, the one at the top left, is in a column that is read.
    is_read: bool


def find_merged(areas: Collection[Area], *, below: int, rows: int, indexes: dict[str, int]) -> list[Merged]:
    """Find the areas that matter among the data: `rows` rows that follow the row `below`.

    `indexes` says where each column that is read stands in the sheet (from 0). Raises Overlapping.
    """
    places = sorted((index + 1, name) for name, index in indexes.items())
    numbers = [number for number, _name in places]
    found = []
    cells = 0
    for area in sorted(areas):
        names = places[bisect_left(numbers, area.left) : bisect_right(numbers, area.right)]
        if not names or area.top <= below or area.top > below + rows:
            continue
        first, last = area.top - below - 1, min(area.bottom - below, rows)
        cells += len(names) * (last - first)
        if cells > rows * len(places):
            raise Overlapping
        found.append(Merged(area, [name for _number, name in names], first, last, names[0][0] == area.left))
    return found


def clear_covered(merged: Sequence[Merged], columns: dict[str, list[Cell]]) -> set[int]:
    """Empty the cells that lie unseen under others; return the positions of their rows."""
    unseen = set()
    for each in merged:
        for name in each.names:
            cells = columns[name]
            begin = each.first + (each.is_read and name == each.names[0])
            for position in range(begin, each.last):
                if cells[position] is not None:
                    cells[position] = None
                    unseen.add(position)
    return unseen


def settle_merged(
    merged: Sequence[Merged], columns: dict[str, list[Cell]], *, keys: Collection[str], held: Sequence[bool]
) -> dict[str, list[int]]:
    """Give the cells that are seen their meaning, in place.

    In a column of `keys` a cell that is merged over several rows counts for each of them that holds anything
    (`held`, by position). In any other, one that is merged over rows, or over several columns that are read,
    becomes an error. Returns the rows that a cell was counted for, by column.
    """
    spread: dict[str, list[int]] = {}
    for each in merged:
        if not each.is_read:
            continue
        name, area = each.names[0], each.area
        cells = columns[name]
        cell = cells[each.first]
        if cell is None:
            continue
        if name not in keys:
            if area.bottom > area.top or len(each.names) > 1:
                cells[each.first] = _refuse(area, cell)
        elif area.bottom > area.top:
            counted = [position for position in range(each.first, each.last) if held[position]]
            for position in counted:
                cells[position] = cell
            if len(counted) > 1:
                spread.setdefault(name, []).extend(area.top + position - each.first for position in counted)
    return spread


def say_spread(spread: dict[str, list[int]]) -> list[str]:
    """Say for which rows a merged cell was counted."""
    return [
        _("In “%(column)s”, cells merged over several rows count for each of them: rows %(rows)s.")
        % {"column": name, "rows": name_spans(rows)}
        for name, rows in spread.items()
    ]


def _refuse(area: Area, cell: Cell) -> CellError:
    """Give the error for a merged cell whose value belongs to one row, or one column, of several."""
    if area.bottom > area.top:
        sentence = _(
            "The cell is merged over rows %(first)d–%(last)d; unmerge it and say the value once where it belongs."
        ) % {"first": area.top, "last": area.bottom}
    else:
        sentence = _(
            "The cell is merged over columns %(first)s–%(last)s; unmerge it and say the value once where it "
            "belongs."
        ) % {"first": column_letters(area.left), "last": column_letters(area.right)}
    return CellError(str(cell), sentence)
