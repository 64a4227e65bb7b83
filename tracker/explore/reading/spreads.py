"""How many indicators have which status in every subregion and mission: for those who compare missions."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.analysis.kept import counts_of_all
from tracker.analysis.status_counts import Spread
from tracker.analysis.statuses import STATUS_ORDER, StatusStyle, style_of
from tracker.framework.models import Strategy
from tracker.progress.models import ReportingPeriod
from tracker.region.choices import Subregion
from tracker.region.models import Mission


@dataclass(frozen=True)
class SpreadRow:
    """The counts under the statuses of the table, in their order; ``code`` is a mission's, a group has none."""

    title: str
    counts: list[tuple[StatusStyle, int]]
    total: int
    code: str = ""


@dataclass(frozen=True)
class SpreadGroup:
    """Missions under their subregion, whose own indicators are counted as it stands itself: not the sum of its
    missions'. A subregion of one mission, and the Regional Office, have no row of their own (None).
    """

    subregion: SpreadRow | None
    missions: list[SpreadRow]


@dataclass(frozen=True)
class SpreadTable:
    """Active indicators by subregion, mission and status, as of a period."""

    period: ReportingPeriod
    statuses: list[StatusStyle]
    groups: list[SpreadGroup]


def read_spreads(strategy: Strategy, period: ReportingPeriod, missions: Sequence[Mission]) -> SpreadTable:
    """The table of these missions, which come with their countries, in their order: three statements at most."""
    found = counts_of_all(strategy=strategy, as_of=period)
    shown = [mission for mission in missions if mission.code in found.missions]
    spreads = [
        *(found.missions[mission.code] for mission in shown),
        *(
            found.subregions[subregion.value]
            for subregion in Subregion
            if subregion.value in found.subregions
        ),
    ]
    present = {status for spread in spreads for status in spread.counts()}
    statuses = [style_of(code) for code in STATUS_ORDER if code in present]

    def row(title: str, spread: Spread, code: str = "") -> SpreadRow:
        counts = spread.counts()
        return SpreadRow(
            title, [(style, counts.get(style.code, 0)) for style in statuses], spread.total, code
        )

    groups = []
    for place in (*(subregion.value for subregion in Subregion), ""):
        members = [
            row(mission.name, found.missions[mission.code], mission.code)
            for mission in shown
            if (mission.country.subregion if mission.country else "") == place
        ]
        own = found.subregions.get(place) if len(members) > 1 else None
        if members:
            groups.append(
                SpreadGroup(row(str(Subregion(place).label), own) if own and place else None, members)
            )
    return SpreadTable(period, statuses, groups)
