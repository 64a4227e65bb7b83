"""What each role finds on its first page: what is open for a reporter, what awaits an officer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from tracker.access.models import Membership, User
from tracker.access.policies import rights_of
from tracker.framework.models import Strategy
from tracker.progress.choices import RevisionStatus
from tracker.progress.models import ReportingPeriod, ReportRevision, ReviewEvent
from tracker.progress.policies import own_work
from tracker.progress.services.due_reports import (
    Ahead,
    DueReport,
    done_lately,
    due_reports,
    next_windows,
    to_do_first,
)
from tracker.progress.services.locks import whom_to_ask
from tracker.region.models import Mission

LATEST_SHOWN = 6
DONE_SHOWN = 4


@dataclass(frozen=True)
class OwnReports:
    """The reports of a person's missions: those that can be written now, in the order in which to do them; the windows
    that come next; those whose time has passed, which stay until they are handed in, and ``whom`` to ask; and what
    became of those that were handed in lately.

    ``idle`` are missions from which nothing falls due; ``covered`` those that report through another of theirs;
    ``stands_in_for`` the memberships of absent colleagues.
    """

    to_do: list[DueReport]
    ahead: list[Ahead]
    closed: list[DueReport]
    done: list[DueReport]
    idle: list[Mission]
    covered: list[Mission]
    stands_in_for: list[Membership]
    whom: str


def own_reports(user: User, *, missions: Iterable[Mission], periods: Sequence[ReportingPeriod]) -> OwnReports:
    """What a person's own missions, which are among these, have to do in the periods of a strategy, which they have at
    hand: at most eleven statements.
    """
    rights = rights_of(user)
    own = [mission for mission in missions if mission.pk in rights.missions]
    rows = due_reports(missions=own, periods=periods, rights=rights)
    closed = [row for row in rows if row.is_left]
    asked = {row.mission for row in rows}
    return OwnReports(
        to_do=to_do_first(rows),
        ahead=next_windows(rows),
        closed=closed,
        done=done_lately(rows)[:DONE_SHOWN],
        idle=[mission for mission in own if mission not in asked],
        covered=[mission for mission in own if mission.covered_by_id in rights.missions],
        stands_in_for=_absent_colleagues(user) if rights.stands_in else [],
        whom=whom_to_ask() if closed and not rights.is_officer else "",
    )


def _absent_colleagues(user: User) -> list[Membership]:
    acted_on = Membership.objects.acted_on_by(user, on=timezone.localdate()).exclude(user=user)
    return list(acted_on.filter(mission__isnull=False).select_related("user", "mission"))


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
