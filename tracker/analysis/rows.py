"""The rows behind a figure: which results, baselines and targets made it, and what each has in it.

The parts of missions add up to the region's figure, and those of results to their mission's value: see
`contributions`.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from tracker.framework.models import Indicator, Strategy
from tracker.progress.models import Baseline, ReportingPeriod, Target

from .contributions import Figure, Part, region_parts, result_parts
from .engine import FoundStanding, standings
from .rules.questions import Question
from .rules_of import rules_of, thresholds_of
from .statements import asked_of, number_of, statement
from .terms import RegionStanding, Result

_ROWS = ("questions", "results", "values", "made_of", "rows")


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRow:
    """A result that its mission's value is made of: its id and period, what it says, and what it has in the value."""

    result_id: int
    period: int
    result: Result
    contributed: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """An indicator as it stands, and what made its figures. All goes by the mission's code; the region's own
    baseline and targets are at None. Targets are in the order of their dates."""

    standing: FoundStanding
    question: Question
    results: dict[str, list[ResultRow]] = field(default_factory=dict)
    baselines: dict[str | None, Baseline] = field(default_factory=dict)
    targets: dict[str | None, list[Target]] = field(default_factory=dict)

    def parts(self, figure: Figure, *, subregion: str | None = None) -> list[Part]:
        """What each mission has in a figure of the region, or of a subregion: they add up to it."""
        region = self.of(subregion)
        own = self.baselines.get(None) if subregion is None else None
        return region_parts(
            self.question,
            region,
            self.standing.missions,
            figure,
            has_own_baseline=own is not None and _level(own) is not None,
        )

    def of(self, subregion: str | None) -> RegionStanding:
        """How the region stands, or one of its subregions."""
        return self.standing.region if subregion is None else self.standing.subregions[subregion]


def rows_behind(
    *,
    strategy: Strategy,
    as_of: ReportingPeriod | int,
    indicators: Collection[int] | None = None,
    missions: Collection[int] | None = None,
    provisional: bool = False,
    known_on: datetime | None = None,
) -> dict[int, Behind]:
    """What made the figures of these indicators as of a period, by indicator id: five statements.

    Asked as `engine.standings` is; how the subregions stand comes with it.
    """
    found = standings(
        strategy=strategy,
        as_of=as_of,
        indicators=indicators,
        missions=missions,
        with_subregions=True,
        provisional=provisional,
        known_on=known_on,
    )
    asked = asked_of(strategy, [as_of], indicators, missions, provisional, known_on)
    indicators_by_id = Indicator.objects.in_bulk(list(found))
    behind = {
        pk: Behind(
            standing=stands,
            question=Question(
                indicator=rules_of(indicators_by_id[pk]),
                as_of=number_of(as_of),
                strategy_start=strategy.starts_on,
                thresholds=thresholds_of(strategy),
            ),
        )
        for pk, stands in found.items()
    }
    _add_results(behind, asked)
    for baseline in _held(Baseline.objects, asked, found):
        behind[baseline.indicator_id].baselines[baseline.mission and baseline.mission.code] = baseline
    for target in _held(Target.objects, asked, found).order_by("due_on"):
        of_mission = behind[target.indicator_id].targets
        of_mission.setdefault(target.mission and target.mission.code, []).append(target)
    return behind


def _add_results(behind: dict[int, Behind], asked: dict[str, Any]) -> None:
    made_of: dict[tuple[int, str], dict[int, tuple[int, Result]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(statement(*_ROWS), asked)
        for indicator, mission, pk, period, value, n, d, not_applicable, covers in cursor.fetchall():
            result = Result(
                value=value, numerator=n, denominator=d, not_applicable=not_applicable, covers=covers
            )
            made_of.setdefault((indicator, mission), {})[period] = (pk, result)
    for (indicator, mission), rows in made_of.items():
        one = behind[indicator]
        results = {period: result for period, (_pk, result) in rows.items()}
        contributed = result_parts(one.question.indicator, results)
        one.results[mission] = [
            ResultRow(result_id=pk, period=period, result=result, contributed=contributed.get(period))
            for period, (pk, result) in rows.items()
        ]


def _held(versions: Any, asked: dict[str, Any], indicators: Collection[int]) -> "QuerySet[Any]":
    """The versions that held at the moment that was asked about."""
    moment = asked["known_on"]
    if moment == "infinity":
        moment = datetime.max.replace(tzinfo=UTC)
    held = versions.filter(
        Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=moment),
        recorded_at__lte=moment,
        indicator__in=indicators,
    ).select_related("mission")
    if asked["missions"] is not None:
        held = held.filter(mission__in=asked["missions"])
    return held


def _level(baseline: Baseline) -> Decimal | None:
    if baseline.value is not None or not baseline.denominator:
        return baseline.value
    return (baseline.numerator or Decimal(0)) / baseline.denominator
