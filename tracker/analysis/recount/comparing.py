"""Where the engine's figures of an indicator are not those of the recount."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from ..cells import FoundCells
from ..engine import FoundStanding
from ..terms import Amount, Coverage, MissionStanding, RegionStanding

NEAR = Decimal("1e-9")
"""The engine divides to forty decimals, the rules to fifty digits; figures are kept to six decimals."""

REGION = "REGION"


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure on which the two do not agree: of which mission (its code), subregion or the region."""

    period: int
    place: str
    figure: str
    engine: Any
    recount: Any


@dataclass(frozen=True, slots=True)
class Recounted:
    """An indicator as of a period by the rules, with its cells by breakdowns."""

    judged_at: int | None
    missions: Mapping[str, MissionStanding]
    subregions: Mapping[str, RegionStanding]
    region: RegionStanding
    cells: Mapping[str, Mapping[int, Amount]]
    region_cells: Mapping[int, Amount]

    def places(self) -> dict[str, MissionStanding | RegionStanding]:
        """All that stands."""
        return {**self.missions, **self.subregions, REGION: self.region}


def compare(period: int, found: FoundStanding, recounted: Recounted) -> Iterator[Difference]:
    """The standings of one indicator as of a period."""
    if found.judged_at != recounted.judged_at:
        yield Difference(period, REGION, "judged_at", found.judged_at, recounted.judged_at)
    theirs = {**found.missions, **found.subregions, REGION: found.region}
    ours = recounted.places()
    for place in sorted(theirs.keys() | ours.keys()):
        if place not in theirs or place not in ours:
            yield Difference(period, place, "stands", place in theirs, place in ours)
            continue
        for figure, engine, recount in _differing(theirs[place], ours[place]):
            yield Difference(period, place, figure, engine, recount)


def compare_cells(period: int, found: FoundCells, recounted: Recounted) -> Iterator[Difference]:
    """The cells of one indicator's values as of a period."""
    theirs: dict[str, Mapping[int, Amount]] = {**found.missions, REGION: found.region}
    ours = {**recounted.cells, REGION: recounted.region_cells}
    for place in sorted(theirs.keys() | ours.keys()):
        engine, recount = theirs.get(place, {}), ours.get(place, {})
        for cell in sorted(engine.keys() | recount.keys()):
            if cell not in engine or cell not in recount:
                yield Difference(period, place, f"cell {cell}", engine.get(cell), recount.get(cell))
                continue
            for part, one, other in _differing(engine[cell], recount[cell]):
                yield Difference(period, place, f"cell {cell} {part}", one, other)


def figures_of(recounted: Recounted) -> int:
    """How many figures are compared: every one that is there, of every place, and the cells."""
    cells = [recounted.region_cells, *recounted.cells.values()]
    standings = recounted.places().values()
    return sum(map(len, cells)) + sum(
        getattr(standing, field.name) is not None for standing in standings for field in fields(standing)
    )


def _differing(engine: Any, recount: Any) -> Iterator[tuple[str, Any, Any]]:
    for field in fields(recount):
        one, other = getattr(engine, field.name), getattr(recount, field.name)
        if isinstance(other, Coverage):
            yield from _differing(one, other)
        elif one != other and not _is_near(one, other):
            yield field.name, one, other


def _is_near(one: Any, other: Any) -> bool:
    if isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other):
        return all(a == b or _is_near(a, b) for a, b in zip(one, other, strict=True))
    return isinstance(one, Decimal) and isinstance(other, Decimal) and abs(one - other) <= NEAR
