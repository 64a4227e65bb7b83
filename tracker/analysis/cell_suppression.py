"""Which cells of a sensitive indicator a person does not read, of the region's value and of its missions': pure.

By itself each value is hidden as a result is that leaves (`tracker.progress.suppression`). Side by side they give more
away: a mission's cell is what the other missions leave of the region's, and the region's is what the missions' come
to. So that of no cell just one of all these is left out.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from tracker.progress.suppression import hide_small

from .arithmetic import ZERO
from .terms import Amount

Cells = Mapping[int, Amount]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """The hidden cells by id: of the region's value, and of each mission's by its code."""

    region: frozenset[int] = frozenset()
    missions: dict[str, frozenset[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Value:
    """A value (of a percentage: its numerator and denominator, as far as they are known) and its cells."""

    total: Amount
    cells: Cells


def hide_cells(
    region: Value,
    missions: Mapping[str, Value],
    *,
    exclusive: Sequence[Collection[int]],
    below: int,
    added: Collection[str],
    read_whole: Collection[str],
) -> Hidden:
    """What is hidden from a person who reads the cells of these missions whole (``read_whole``).

    ``exclusive`` are the cells of each breakdown whose cells add up; ``added`` the missions whose cells are added to
    the region's, none where the region has one mission's.
    """
    others = {code: value for code, value in missions.items() if code not in read_whole}
    also: dict[str, set[int]] = {code: set() for code in others}
    in_region = [code for code in added if code in others]
    while True:
        hidden = {
            code: hide_small(value.total, value.cells, exclusive=exclusive, below=below, also=also[code])
            for code, value in others.items()
        }
        given_away = {
            cell
            for cell in region.cells
            if _gives_away([others[code].cells[cell] for code in in_region if cell in hidden[code]])
        }
        of_region = hide_small(region.total, region.cells, exclusive=exclusive, below=below, also=given_away)
        more = _missions_to_hide(of_region, {code: others[code].cells for code in in_region}, hidden)
        if not more:
            return Hidden(region=of_region, missions=hidden)
        for code, cell in more:
            also[code].add(cell)


def _gives_away(left_out: Sequence[Amount]) -> bool:
    """Whether what the others leave of the region's cell tells these: it is one, or all of them are 0."""
    return len(left_out) == 1 or (
        bool(left_out)
        and all(
            sum((part or ZERO for part in parts), ZERO) == ZERO
            for parts in zip(
                *((each.value, each.numerator, each.denominator) for each in left_out), strict=True
            )
        )
    )


def _missions_to_hide(
    of_region: Collection[int], missions: Mapping[str, Cells], hidden: Mapping[str, Collection[int]]
) -> list[tuple[str, int]]:
    """Of each cell that is hidden for the region and shown for every mission, the mission with the least of it."""
    found = []
    for cell in sorted(of_region):
        having = [code for code, cells in missions.items() if cell in cells]
        if having and not any(cell in hidden[code] for code in having):
            found.append((min(having, key=lambda code: (_size(missions[code][cell]), code)), cell))
    return found


def _size(amount: Amount) -> object:
    return next(
        (part for part in (amount.denominator, amount.value) if part is not None),
        ZERO,
    )
