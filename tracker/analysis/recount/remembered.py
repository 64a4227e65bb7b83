"""A strategy as its history has it: what the rules take, of one indicator after the other."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tracker.common.history import DELETED, last_events, last_rows
from tracker.framework.models import Indicator, Strategy
from tracker.progress.choices import RevisionStatus
from tracker.progress.models import (
    Baseline,
    CellValue,
    IndicatorAssignment,
    IndicatorResult,
    ProgressReport,
    ReportingPeriod,
    ReportRevision,
    Target,
)
from tracker.region.models import Country, Mission

from ..rules_of import rules_of, thresholds_of
from ..terms import Amount, IndicatorRules, MissionInput, RegionInput, Result, TargetPoint, Thresholds

_AMOUNT = ("value", "numerator", "denominator")
_CHUNK = 50
"""So many indicators at a time: their results and cells are held in memory."""


@dataclass(frozen=True, slots=True)
class Revision:
    """An approved revision that was not withdrawn."""

    mission: int
    period: int
    number: int


@dataclass(frozen=True, slots=True)
class Remembered:
    """An indicator with all that its figures are made of. Missions go by code; ``result_ids`` are of the results,
    by the mission's code and the period.
    """

    indicator_id: int
    code: str
    rules: IndicatorRules
    missions: Mapping[str, MissionInput]
    regional: RegionInput | None
    result_ids: Mapping[tuple[str, int], int]


@dataclass(slots=True)
class Memory:
    """What a strategy's history says, but for its results, which are read a chunk at a time. Assignments go by the
    indicator's id and the mission's; so do baselines and targets, the region's own at None.
    """

    starts_on: date
    thresholds: Thresholds
    indicators: dict[int, tuple[str, IndicatorRules]]
    missions: dict[int, str]
    subregions: dict[str, str]
    """By the mission's code; a mission of no country is in none."""
    periods: list[int]
    revisions: dict[int, Revision]
    assignments: dict[int, dict[int, dict[str, Any]]] = field(default_factory=lambda: defaultdict(dict))
    baselines: dict[tuple[int, int | None], dict[str, Any]] = field(default_factory=dict)
    targets: dict[tuple[int, int | None], list[TargetPoint]] = field(
        default_factory=lambda: defaultdict(list)
    )


def read_memory(strategy_id: int) -> Memory:
    """The plans and the revisions that count: ten statements."""
    strategy = last_events(Strategy, pgh_obj_id=strategy_id).get()
    indicators = {
        event.id: (event.code, rules_of(event))
        for event in last_events(Indicator, strategy_id=strategy_id)
        if event.pgh_label != DELETED
    }
    countries = dict(last_rows(Country, ["id", "subregion"]))
    missions = {pk: (code, country) for pk, code, country in last_rows(Mission, ["id", "code", "country_id"])}
    periods = dict(last_rows(ReportingPeriod, ["id", "number"], strategy_id=strategy_id))
    memory = Memory(
        starts_on=strategy.starts_on,
        thresholds=thresholds_of(strategy),
        indicators=indicators,
        missions={pk: code for pk, (code, _) in missions.items()},
        subregions={code: countries[country] for code, country in missions.values() if country is not None},
        periods=sorted(periods.values()),
        revisions=_read_revisions(periods),
    )
    of = {"indicator_id__in": list(indicators)}
    for indicator, mission, first, last in _holding(
        IndicatorAssignment, ("indicator_id", "mission_id", "active_from", "active_to"), of
    ):
        memory.assignments[indicator][mission] = {"active_from": first, "active_to": last}
    for indicator, mission, day, *amount in _holding(
        Baseline, ("indicator_id", "mission_id", "date", *_AMOUNT), of
    ):
        memory.baselines[indicator, mission] = {"baseline": _amount(amount), "baseline_date": day}
    for indicator, mission, due, level in _holding(
        Target, ("indicator_id", "mission_id", "due_on", "value"), of
    ):
        memory.targets[indicator, mission].append(TargetPoint(due, level))
    return memory


def remember(memory: Memory) -> Iterator[list[Remembered]]:
    """The indicators in the order of their ids, so many at a time; two statements each."""
    ids = sorted(memory.indicators)
    for start in range(0, len(ids), _CHUNK):
        yield _remember(memory, ids[start : start + _CHUNK])


def _remember(memory: Memory, indicators: Sequence[int]) -> list[Remembered]:
    counting = _read_counting(memory, indicators)
    cells = _read_cells([row[0] for row in counting.values()])
    results: dict[int, dict[str, dict[int, Result]]] = defaultdict(lambda: defaultdict(dict))
    ids: dict[int, dict[tuple[str, int], int]] = defaultdict(dict)
    for (indicator, mission, period), (pk, not_applicable, covers, *amount) in counting.items():
        code = memory.missions[mission]
        value, numerator, denominator = amount
        results[indicator][code][period] = Result(
            value=value,
            numerator=numerator,
            denominator=denominator,
            not_applicable=not_applicable,
            covers=covers,
            cells=cells.get(pk, {}),
        )
        ids[indicator][code, period] = pk
    found = []
    for indicator in indicators:
        code, rules = memory.indicators[indicator]
        found.append(
            Remembered(
                indicator_id=indicator,
                code=code,
                rules=rules,
                missions={
                    memory.missions[mission]: MissionInput(
                        **dates,
                        **memory.baselines.get((indicator, mission), {}),
                        targets=memory.targets.get((indicator, mission), ()),
                        results=results[indicator][memory.missions[mission]],
                    )
                    for mission, dates in memory.assignments[indicator].items()
                },
                regional=RegionInput(
                    **memory.baselines.get((indicator, None), {}),
                    targets=memory.targets.get((indicator, None), ()),
                ),
                result_ids=ids[indicator],
            )
        )
    return found


def _read_revisions(periods: Mapping[int, int]) -> dict[int, Revision]:
    reports = {
        pk: (mission, periods[period])
        for pk, mission, period in last_rows(
            ProgressReport, ["id", "mission_id", "period_id"], period_id__in=list(periods)
        )
    }
    columns = ["id", "report_id", "number", "status", "withdrawn_at"]
    return {
        pk: Revision(*reports[report], number)
        for pk, report, number, status, withdrawn_at in last_rows(ReportRevision, columns)
        if status == RevisionStatus.APPROVED and withdrawn_at is None and report in reports
    }


def _read_counting(memory: Memory, indicators: Sequence[int]) -> dict[tuple[int, int, int], tuple[Any, ...]]:
    """By indicator, mission and period the result that counts: of the latest revision that holds it not back."""
    latest: dict[tuple[int, int, int], tuple[int, tuple[Any, ...]]] = {}
    columns = ["indicator_id", "revision_id", "held_back", "id", "not_applicable", "covers", *_AMOUNT]
    for indicator, revision_id, held_back, *row in last_rows(
        IndicatorResult, columns, indicator_id__in=indicators
    ):
        revision = memory.revisions.get(revision_id)
        if revision is None or held_back:
            continue
        place = (indicator, revision.mission, revision.period)
        if place not in latest or latest[place][0] < revision.number:
            latest[place] = (revision.number, tuple(row))
    return {place: row for place, (_, row) in latest.items()}


def _read_cells(results: Sequence[int]) -> dict[int, dict[int, Amount]]:
    cells: dict[int, dict[int, Amount]] = defaultdict(dict)
    for result, cell, *amount in last_rows(
        CellValue, ["result_id", "cell_id", *_AMOUNT], result_id__in=results
    ):
        cells[result][cell] = _amount(amount)
    return cells


def _holding(model: Any, columns: Sequence[str], of: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    """Versions that were not withdrawn."""
    for withdrawn_at, *row in last_rows(model, ["withdrawn_at", *columns], **of):
        if withdrawn_at is None:
            yield tuple(row)


def _amount(columns: Iterable[Any]) -> Amount:
    value, numerator, denominator = columns
    return Amount(value=value, numerator=numerator, denominator=denominator)
