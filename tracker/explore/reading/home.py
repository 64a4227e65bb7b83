"""What each role finds on its first page: what is open for a reporter, what awaits an officer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.db.models.functions import Coalesce

from tracker.access.models import User
from tracker.access.policies import Rights
from tracker.framework.models import Strategy
from tracker.progress.choices import RevisionStatus, Transition
from tracker.progress.models import IndicatorAssignment, ReportingPeriod, ReportRevision, ReviewEvent
from tracker.progress.policies import own_work
from tracker.progress.services.due import ReportState, read_states
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


@dataclass(frozen=True)
class OwnReports:
    """The reports that are with a person's missions: those that can be written now, what was returned first, then
    the soonest due; and those whose time has passed, the latest period first, which stay until they are handed in.
    """

    open: list[OpenReport]
    closed: list[ReportState]


def own_reports(strategy: Strategy, rights: Rights) -> OwnReports:
    """What a person's own missions have not handed in: six statements."""
    missions = list(Mission.objects.filter(pk__in=rights.missions))
    periods = list(ReportingPeriod.objects.filter(strategy=strategy).order_by("-number"))
    states = read_states(missions=missions, periods=periods)
    owed = IndicatorAssignment.objects.filter(mission__in=missions).count_due(periods)
    asked = [state for key, state in states.items() if state.revision is not None or key in owed]
    because = _return_comments(state.revision for state in asked if state.revision is not None)
    found = [
        OpenReport(
            mission=state.mission,
            period=state.period,
            revision=state.revision,
            until=state.deadline,
            days_left=(state.deadline - state.today).days,
            returned_because=because.get(state.revision.pk, "") if state.revision else "",
        )
        for state in asked
        if state.is_open
    ]
    closed = [state for state in asked if state.has_closed]
    return OwnReports(
        open=sorted(found, key=lambda r: (not r.is_returned, r.until, r.mission.name)),
        closed=sorted(closed, key=lambda s: (-s.period.number, s.mission.name)),
    )


def _return_comments(revisions: Iterable[ReportRevision]) -> dict[int, str]:
    returned = [r.pk for r in revisions if r.status == RevisionStatus.RETURNED]
    events = ReviewEvent.objects.filter(revision_id__in=returned, transition=Transition.RETURN)
    return dict(events.order_by("at", "pk").values_list("revision_id", "comment"))


@dataclass(frozen=True)
class Desk:
    """What awaits an officer: how many reports, how many of these somebody else has to approve (this person
    had a hand in them), how many corrections of approved ones are asked for, and the reports that moved last.
    """

    awaiting: int
    own: int
    asked: int
    latest: list[ReportRevision]


def desk_of(strategy: Strategy, user: User) -> Desk:
    """The officer's desk in brief: five statements."""
    of_strategy = ReportRevision.objects.filter(report__period__strategy=strategy)
    awaiting = list(of_strategy.awaiting_review().values_list("pk", flat=True))
    moved = (RevisionStatus.SUBMITTED, RevisionStatus.RETURNED, RevisionStatus.APPROVED)
    latest = (
        of_strategy.filter(status__in=moved)
        .annotate(moved_at=Coalesce("approved_at", "submitted_at"))
        .select_related("report__mission", "report__period")
        .order_by(F("moved_at").desc(nulls_last=True), "-pk")[:LATEST_SHOWN]
    )
    asked = ReviewEvent.objects.open_asks().filter(revision__report__period__strategy=strategy)
    return Desk(
        awaiting=len(awaiting),
        own=len(own_work(user, awaiting)),
        asked=asked.count(),
        latest=list(latest),
    )
