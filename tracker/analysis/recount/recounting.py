"""All figures of a strategy, by the engine and by the rules over its history, and where the two differ."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from tracker.common.snapshots import one_snapshot
from tracker.framework.models import Strategy

from ..cell_rules import mission_cells, region_cells
from ..cells import FoundCells, cells_over
from ..engine import standings_over
from ..rules.questions import Question
from ..rules.regions import region_standing
from ..rules.standing import standing
from ..terms import RegionStanding
from .altered import AlteredRows, find_altered
from .comparing import REGION, Difference, Recounted, compare, compare_cells, figures_of
from .remembered import Memory, Remembered, read_memory, remember

Progress = Callable[[int, int], None]
"""Told how many indicators are done, of how many."""


@dataclass(frozen=True, slots=True)
class Disputed:
    """An indicator with the figures on which engine and recount differ, and the results that the recount has in
    them: their ids.
    """

    indicator_id: int
    code: str
    differences: Sequence[Difference]
    results: Sequence[int]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a recount found: how many figures were compared, where the two differ, and which rows are not what
    their history says.
    """

    periods: Sequence[int]
    figures: int
    disputed: Sequence[Disputed]
    altered: AlteredRows

    @property
    def differences(self) -> int:
        return sum(len(each.differences) for each in self.disputed)

    @property
    def is_clean(self) -> bool:
        return not self.disputed and not self.altered.total


def recount(
    *, strategy: Strategy, periods: Collection[int] | None = None, progress: Progress | None = None
) -> Outcome:
    """Work out every approved figure of a strategy as of these periods (None: all of its history), of missions,
    subregions and the region, and compare: in one snapshot, whatever is approved meanwhile.
    """
    with one_snapshot():
        memory = read_memory(strategy.pk)
        asked = memory.periods if periods is None else sorted(periods)
        figures, done, disputed = 0, 0, []
        for chunk in remember(memory):
            for count, found in _recount_chunk(strategy, memory, chunk, asked):
                figures += count
                if found is not None:
                    disputed.append(found)
            done += len(chunk)
            if progress is not None:
                progress(done, len(memory.indicators))
        return Outcome(asked, figures, disputed, find_altered())


def _recount_chunk(
    strategy: Strategy, memory: Memory, chunk: Sequence[Remembered], periods: Sequence[int]
) -> Iterator[tuple[int, Disputed | None]]:
    """Of each indicator, how many figures were compared and what differs."""
    ids = [each.indicator_id for each in chunk]
    found = standings_over(strategy=strategy, periods=periods, indicators=ids, with_subregions=True)
    cells = cells_over(strategy=strategy, periods=periods, indicators=ids)
    for each in chunk:
        figures = 0
        differences: list[Difference] = []
        by_judged: dict[int | None, Recounted] = {}
        for period in periods:
            question = Question(
                indicator=each.rules,
                as_of=period,
                strategy_start=memory.starts_on,
                thresholds=memory.thresholds,
            )
            judged = question.judged_at
            is_new = judged not in by_judged
            recounted = (
                by_judged.setdefault(judged, _recounted(question, memory, each))
                if is_new
                else by_judged[judged]
            )
            figures += figures_of(recounted)
            if each.indicator_id not in found[period]:
                differences.append(Difference(period, REGION, "stands", False, True))
                continue
            differences += compare(period, found[period][each.indicator_id], recounted)
            differences += compare_cells(
                period, cells[period].get(each.indicator_id, FoundCells()), recounted
            )
        yield figures, _disputed(each, differences)


def _recounted(question: Question, memory: Memory, each: Remembered) -> Recounted:
    stands = standing(question, each.missions, each.regional)
    subregions: dict[str, RegionStanding] = {}
    for subregion in sorted(set(memory.subregions.values())):
        own = {code: one for code, one in stands.missions.items() if memory.subregions.get(code) == subregion}
        if own:
            subregions[subregion] = region_standing(question, own, None)
    cells = {code: mission_cells(question, each.missions[code], one) for code, one in stands.missions.items()}
    return Recounted(
        judged_at=stands.judged_at,
        missions=stands.missions,
        subregions=subregions,
        region=stands.region,
        cells=cells,
        region_cells=region_cells(question, stands.missions, cells),
    )


def _disputed(each: Remembered, differences: Sequence[Difference]) -> Disputed | None:
    if not differences:
        return None
    last = max(one.period for one in differences)
    missions = {one.place for one in differences} & each.missions.keys() or each.missions.keys()
    results = [
        pk for (code, period), pk in sorted(each.result_ids.items()) if code in missions and period <= last
    ]
    return Disputed(each.indicator_id, each.code, differences, results)
