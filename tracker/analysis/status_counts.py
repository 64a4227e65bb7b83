"""How many indicators have which status: of an objective, a priority, a pillar, a mission, a subregion, by level.

Counts, not an invented average. Retired indicators are left out, proposed ones too unless asked for.
"""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from tracker.framework.choices import IndicatorStatus
from tracker.framework.models import Indicator, Strategy
from tracker.progress.models import ReportingPeriod

from .engine import standings
from .statuses import count_statuses


@dataclass(frozen=True)
class Spread:
    """How many indicators have which status, kept by level (output, outcome, impact, context)."""

    by_level: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, level: str, status: str) -> None:
        self.by_level[level, status] += 1

    def counts(self, level: str | None = None) -> dict[str, int]:
        """By status in the usual order, only those that occur; of one level, or of all."""
        return count_statuses(
            status
            for (of_level, status), count in self.by_level.items()
            for _ in range(count)
            if level in (None, of_level)
        )

    @property
    def total(self) -> int:
        return self.by_level.total()


@dataclass(frozen=True)
class StatusCounts:
    """The indicators of a strategy by status. Objectives, priorities and pillars go by id, missions and subregions
    by code; a mission's are those assigned to it. What has no indicator is left out.
    """

    region: Spread = field(default_factory=Spread)
    objectives: dict[int, Spread] = field(default_factory=lambda: defaultdict(Spread))
    priorities: dict[int, Spread] = field(default_factory=lambda: defaultdict(Spread))
    pillars: dict[int, Spread] = field(default_factory=lambda: defaultdict(Spread))
    missions: dict[str, Spread] = field(default_factory=lambda: defaultdict(Spread))
    subregions: dict[str, Spread] = field(default_factory=lambda: defaultdict(Spread))


def count_by_status(
    *,
    strategy: Strategy,
    as_of: ReportingPeriod | int,
    with_proposed: bool = False,
    missions: Collection[int] | None = None,
    provisional: bool = False,
    known_on: datetime | None = None,
) -> StatusCounts:
    """The statuses as of a period, asked as `engine.standings` is: two statements."""
    wanted = [IndicatorStatus.ACTIVE, *([IndicatorStatus.PROPOSED] if with_proposed else [])]
    counted = Indicator.objects.filter(strategy=strategy, status__in=wanted).values_list(
        "pk", "level", "objective_id", "objective__priority_id", "objective__priority__pillar_id"
    )
    places = {pk: (level, objective, priority, pillar) for pk, level, objective, priority, pillar in counted}
    counts = StatusCounts()
    found = standings(
        strategy=strategy,
        as_of=as_of,
        indicators=list(places),
        missions=missions,
        with_subregions=True,
        provisional=provisional,
        known_on=known_on,
    )
    for pk, stands in found.items():
        level, objective, priority, pillar = places[pk]
        for spread in (
            counts.region,
            counts.objectives[objective],
            counts.priorities[priority],
            counts.pillars[pillar],
        ):
            spread.add(level, stands.region.status)
        for code, mission in stands.missions.items():
            counts.missions[code].add(level, mission.status)
        for code, subregion in stands.subregions.items():
            counts.subregions[code].add(level, subregion.status)
    return counts
