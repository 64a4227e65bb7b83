"""The periods that a page offers: which one it shows unless asked for another, and how complete each is."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.framework.models import Strategy
from tracker.progress.models import IndicatorAssignment, ReportingPeriod, ReportRevision


@dataclass(frozen=True)
class Completeness:
    """Of the missions that owe a report for a period, which (ids) have one approved, and how many."""

    period: ReportingPeriod
    missions_approved: frozenset[int]
    due: int

    @property
    def approved(self) -> int:
        return len(self.missions_approved)

    @property
    def is_complete(self) -> bool:
        """Whether every report that is owed is approved; not where none is."""
        return 0 < self.due == self.approved


@dataclass(frozen=True)
class Periods:
    """``every`` period of a strategy, the earliest first; ``shown``, those whose window has opened, the latest
    first; ``usual`` is the one that pages show unless asked for another. ``running`` are those that are not
    finished: the window is open and reports are still to be approved; how complete they are, by code. ``known``
    says it of the usual one and of every open window too.
    """

    every: Sequence[ReportingPeriod]
    shown: Sequence[ReportingPeriod]
    usual: ReportingPeriod
    running: Mapping[str, Completeness]
    known: Mapping[str, Completeness]

    @property
    def ahead(self) -> Completeness | None:
        """The latest period and how complete it is, where it is running and not the usual one."""
        latest = self.shown[0]
        return None if latest == self.usual else self.running.get(latest.code)


def read_periods(strategy: Strategy, *, today: date) -> Periods | None:
    """The periods of a strategy; None before the first window has opened: at most four statements.

    Windows go by each mission's own clock; a page takes the day of the server, which is at most one off.
    """
    every = list(ReportingPeriod.objects.filter(strategy=strategy).order_by("number"))
    shown = [period for period in reversed(every) if period.opens_on <= today]
    if not shown:
        return None
    still_open = [period for period in shown if period.closes_on >= today]
    # The usual period is among these, or the first one after them: read with them, it costs nothing.
    closed = [period for period in shown if period.closes_on < today]
    known = read_completeness([*still_open, *closed[:1]])
    running = {p.code: known[p.code] for p in still_open if not known[p.code].is_complete}
    return Periods(every, shown, usual_period(shown, running), running, known)


def usual_period(shown: Sequence[ReportingPeriod], running: Collection[str]) -> ReportingPeriod:
    """Which period a page shows unless asked for another: the latest that is finished, because against half
    the reports of a running quarter everything looks off track.

    While nothing up to then was ever approved (the tracker's first quarter), the latest one at all.
    """
    finished = next((period for period in shown if period.code not in running), None)
    if finished is None:
        return shown[0]
    approved = ReportRevision.objects.approved().filter(
        report__period__strategy=finished.strategy_id, report__period__number__lte=finished.number
    )
    return finished if not running or approved.exists() else shown[0]


def read_completeness(periods: Collection[ReportingPeriod]) -> dict[str, Completeness]:
    """How complete the region's figures of these periods (of one strategy) are, by code: two statements."""
    if not periods:
        return {}
    owing: dict[int, set[int]] = {period.pk: set() for period in periods}
    for mission_id, period_id in IndicatorAssignment.objects.count_due(list(periods)):
        owing[period_id].add(mission_id)
    approved: dict[int, set[int]] = {period.pk: set() for period in periods}
    reports = ReportRevision.objects.approved().filter(report__period__in=periods)
    for period_id, mission_id in reports.values_list("report__period_id", "report__mission_id"):
        approved[period_id].add(mission_id)
    return {
        period.code: Completeness(
            period=period,
            missions_approved=frozenset(owing[period.pk] & approved[period.pk]),
            due=len(owing[period.pk]),
        )
        for period in periods
    }
