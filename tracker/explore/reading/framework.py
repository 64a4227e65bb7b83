"""The indicators of the framework as they stand: all of them, some of them, and how many have which status."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from django.db.models import Prefetch

from tracker.analysis.engine import standings
from tracker.analysis.kept import standings_of_all
from tracker.analysis.statuses import STATUS_ORDER, StatusStyle, style_of
from tracker.framework.choices import Level
from tracker.framework.models import Indicator, Objective, StrategicPriority, Strategy

from .choices import Choice
from .rows import IndicatorRow, rows_of

WORRYING = ("off_track", "at_risk")


@dataclass(frozen=True)
class CountRow:
    """How many indicators have each of the statuses of its table, in their order, and how many in all."""

    title: str
    cells: tuple[tuple[StatusStyle, int], ...]

    @property
    def total(self) -> int:
        return sum(count for _, count in self.cells)


@dataclass(frozen=True)
class PriorityCounts:
    """The counts of a priority, and the same split by level."""

    priority: StrategicPriority
    all: CountRow
    levels: tuple[CountRow, ...]


@dataclass(frozen=True)
class StatusTable:
    """Indicators by priority and status: counts, not an average.

    ``not_counted`` is how many proposed indicators are listed and left out of the counts.
    """

    statuses: tuple[StatusStyle, ...]
    priorities: tuple[PriorityCounts, ...]
    everything: CountRow
    levels: tuple[CountRow, ...]
    not_counted: int

    @property
    def counts(self) -> dict[str, int]:
        """How many of all have which status, by its code."""
        return {style.code: count for style, count in self.everything.cells}


def read_rows(strategy: Strategy, choice: Choice, *, of: Collection[int] | None = None) -> list[IndicatorRow]:
    """Every indicator of the strategy, or of some objectives (by id), as it stands, in order: four statements at
    most.
    """
    asked = Indicator.objects.filter(strategy=strategy).without_prose()
    if of is not None:
        asked = asked.filter(objective__in=of)
    # Hundreds of indicators share an objective: it is read once.
    objectives = Objective.objects.select_related("priority__pillar")
    indicators = list(asked.in_order().prefetch_related(Prefetch("objective", objectives)))
    mission = choice.mission
    # Of one objective the engine is as quick as what is kept of all of them, and needs nothing kept.
    if of is None or len(of) > 1:
        found = standings_of_all(
            strategy=strategy,
            as_of=choice.period,
            mission=None if mission is None else mission.pk,
            provisional=choice.provisional,
        )
    else:
        found = standings(
            strategy=strategy,
            as_of=choice.period,
            indicators=[indicator.pk for indicator in indicators],
            missions=None if mission is None else [mission.pk],
            with_missions=mission is not None,
            provisional=choice.provisional,
        )
    return rows_of(
        indicators,
        found,
        judge=strategy,
        chosen=choice.period.number,
        mission="" if mission is None else mission.code,
    )


def select_rows(
    rows: Iterable[IndicatorRow], *, priority: str = "", status: str = "", text: str = ""
) -> list[IndicatorRow]:
    """The rows of a priority, with a status, whose code, name, unit or objective holds every word of the text."""
    words = text.casefold().split()
    return [
        row
        for row in rows
        if (not priority or row.indicator.objective.priority.code == priority)
        and (not status or row.status == status)
        and all(word in _searched(row) for word in words)
    ]


def _searched(row: IndicatorRow) -> str:
    indicator = row.indicator
    return f"{indicator.code} {indicator.name} {indicator.unit} {indicator.objective.title}".casefold()


def rows_to_worry_about(rows: Iterable[IndicatorRow], *, most: int) -> list[IndicatorRow]:
    """The indicators that are off track, then those at risk, the slowest first."""
    worrying = [row for row in rows if row.status in WORRYING and not row.is_retired]

    def urgency(row: IndicatorRow) -> tuple[int, Decimal]:
        pace = row.standing.pace if row.standing.pace is not None else row.standing.attainment
        return WORRYING.index(row.status), Decimal(0) if pace is None else pace

    return sorted(worrying, key=urgency)[:most]


def count_rows(rows: Sequence[IndicatorRow], *, with_proposed: bool = False) -> StatusTable:
    """How many indicators of each priority have which status. Proposed ones are left out unless asked for,
    retired ones always.
    """

    counted = [row for row in rows if row.is_counted(with_proposed=with_proposed)]
    present = {row.status for row in counted}
    statuses = [style_of(code) for code in STATUS_ORDER if code in present]
    priorities = []
    for priority, members in groupby(rows, key=lambda row: row.indicator.objective.priority):
        of_priority = [row for row in members if row.is_counted(with_proposed=with_proposed)]
        priorities.append(
            PriorityCounts(
                priority, _count(priority.title, of_priority, statuses), _count_levels(of_priority, statuses)
            )
        )
    return StatusTable(
        statuses=tuple(statuses),
        priorities=tuple(priorities),
        everything=_count("", counted, statuses),
        levels=_count_levels(counted, statuses),
        not_counted=0 if with_proposed else sum(row.is_proposed for row in rows),
    )


def _count_levels(rows: Collection[IndicatorRow], statuses: list[StatusStyle]) -> tuple[CountRow, ...]:
    return tuple(
        _count(str(level.label), of_level, statuses)
        for level in Level
        if (of_level := [row for row in rows if row.indicator.level == level])
    )


def _count(title: str, rows: Collection[IndicatorRow], statuses: list[StatusStyle]) -> CountRow:
    return CountRow(
        title, tuple((style, sum(row.status == style.code for row in rows)) for style in statuses)
    )
