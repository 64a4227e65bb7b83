"""What each role finds on its first page: what is open for a reporter, what awaits an officer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from tracker.access.models import User
from tracker.access.policies import Rights
from tracker.framework.models import Strategy
from tracker.progress.choices import OPEN, RevisionStatus, Transition
from tracker.progress.models import IndicatorAssignment, ReportingPeriod, ReportRevision, ReviewEvent
from tracker.progress.policies import own_work
from tracker.progress.services.locks import lock_on, today_of
from tracker.region.models import Mission

LATEST_SHOWN = 6


@dataclass(frozen=True)
class OpenReport:
    """A report that a person's mission can write now: not begun (no revision), a draft, or returned."""

    mission: Mission
    period: ReportingPeriod
    revision: ReportRevision | None
    until: date
    days_left: int
    returned_because: str = ""

    @property
    def is_overdue(self) -> bool:
        return self.days_left < 0

    @property
    def days_overdue(self) -> int:
        return -self.days_left

    @property
    def is_returned(self) -> bool:
        return self.revision is not None and self.revision.status == RevisionStatus.RETURNED


def open_reports(strategy: Strategy, rights: Rights, *, today: date) -> list[OpenReport]:
    """The reports of the person's own missions that are open for entry, what was returned first, then the
    soonest due: five statements.
    """
    missions = {mission.pk: mission for mission in Mission.objects.filter(pk__in=rights.missions)}
    # A day on either side: windows go by each mission's own clock.
    periods = {
        period.pk: period
        for period in ReportingPeriod.objects.filter(
            strategy=strategy,
            opens_on__lte=today + timedelta(days=1),
            closes_on__gte=today - timedelta(days=1),
        )
    }
    revisions = (
        ReportRevision.objects.filter(
            Q(report__period__in=periods) | Q(status__in=OPEN),
            report__mission__in=missions,
            report__period__strategy=strategy,
        )
        .exclude(status=RevisionStatus.DROPPED)
        .select_related("report__period")
        .order_by("report_id", "-number")
        .distinct("report_id")
    )
    latest = {(r.report.mission_id, r.report.period_id): r for r in revisions}
    periods |= {r.report.period_id: r.report.period for r in latest.values()}
    owing = IndicatorAssignment.objects.filter(mission__in=missions).count_due(list(periods.values()))
    wanted = latest.keys() | owing.keys()
    because = _return_comments(latest.values())
    found = []
    for mission_id, period_id in wanted:
        mission, period = missions[mission_id], periods[period_id]
        revision = latest.get((mission_id, period_id))
        if lock_on(mission=mission, period=period, revision=revision) is not None:
            continue
        until = revision.answer_by if revision and revision.answer_by else period.due_on
        found.append(
            OpenReport(
                mission=mission,
                period=period,
                revision=revision,
                until=until,
                days_left=(until - today_of(mission)).days,
                returned_because=because.get(revision.pk, "") if revision else "",
            )
        )
    return sorted(found, key=lambda r: (not r.is_returned, r.until, r.mission.name))


def _return_comments(revisions: Iterable[ReportRevision]) -> dict[int, str]:
    returned = [r.pk for r in revisions if r.status == RevisionStatus.RETURNED]
    events = ReviewEvent.objects.filter(revision_id__in=returned, transition=Transition.RETURN)
    return dict(events.order_by("at", "pk").values_list("revision_id", "comment"))


@dataclass(frozen=True)
class Desk:
    """What awaits an officer: how many reports, how many of these somebody else has to approve (this person
    had a hand in them), and the reports that moved last.
    """

    awaiting: int
    own: int
    latest: list[ReportRevision]


def desk_of(strategy: Strategy, user: User) -> Desk:
    """The officer's desk in brief: four statements."""
    of_strategy = ReportRevision.objects.filter(report__period__strategy=strategy)
    awaiting = list(of_strategy.awaiting_review().values_list("pk", flat=True))
    moved = (RevisionStatus.SUBMITTED, RevisionStatus.RETURNED, RevisionStatus.APPROVED)
    latest = (
        of_strategy.filter(status__in=moved)
        .annotate(moved_at=Coalesce("approved_at", "submitted_at"))
        .select_related("report__mission", "report__period")
        .order_by(F("moved_at").desc(nulls_last=True), "-pk")[:LATEST_SHOWN]
    )
    return Desk(awaiting=len(awaiting), own=len(own_work(user, awaiting)), latest=list(latest))
