"""Telling people of reports: of the steps of a report's life as they are taken, of its days as they come."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from tracker.access.choices import Role
from tracker.access.models import User
from tracker.access.policies import people_of, people_with
from tracker.notices.choices import OF_OFFICERS, NoticeKind
from tracker.notices.services import News, tell_all
from tracker.region.models import Mission

from ..choices import WRITABLE, Transition
from ..models import Extension, IndicatorAssignment, ReportingPeriod, ReportRevision
from ..rules import TOLD_FOR, Lock, Reminder, Window, deadline_of, lock_of, reminder_of
from .due import extensions_in_force
from .locks import day_of

# The steps that people are told of. Nobody is told of a report that is begun or recalled, nor of approved history,
# of which a file may bring hundreds.
_KINDS = {
    Transition.SUBMIT: NoticeKind.SUBMITTED,
    Transition.RETURN: NoticeKind.RETURNED,
    Transition.APPROVE: NoticeKind.APPROVED,
    Transition.REOPEN: NoticeKind.REOPENED,
    Transition.DROP: NoticeKind.DROPPED,
    Transition.WITHDRAW: NoticeKind.WITHDRAWN,
    Transition.ASK: NoticeKind.CORRECTION_ASKED,
    Transition.DECLINE: NoticeKind.CORRECTION_DECLINED,
}

# Held while people are told of the days of reports: two beats at once would work the same out twice.
_TELLING_LOCK = 7_310_003


# -- Steps ---------------------------------------------------------------------------------------------
def tell_of_step(
    transition: Transition,
    revisions: Collection[ReportRevision],
    *,
    user: User,
    comment: str = "",
    answer_by: date | None = None,
) -> int:
    """Tell the missions' people of a step that was just taken, or the officers of what was submitted; how many
    notices. In the transaction of the step, in as many statements for many reports as for one.

    ``revisions`` come with their report, mission and period (``reports.read_revisions``); who took the step is not
    told of it.
    """
    kind = _KINDS.get(transition)
    if kind is None:
        return 0
    if kind in OF_OFFICERS:
        officers = people_with(Role.OFFICER, Role.HEAD)
        people = {revision.report.mission_id: officers for revision in revisions}
    else:
        people = people_of({revision.report.mission_id for revision in revisions})
    return tell_all(
        News(
            kind=kind,
            people=people.get(revision.report.mission_id, []),
            params={
                **name_report(revision.report.mission, revision.report.period),
                "by": str(user),
                "comment": comment,
                "until": answer_by.isoformat() if answer_by else None,
            },
            url=_page_for_officers(revision) if kind in OF_OFFICERS else page_of(revision),
            by=user,
        )
        for revision in revisions
    )


def tell_of_extension(extension: Extension, *, user: User) -> int:
    """Tell a mission's people that its report was given more time; how many notices. In the granting transaction."""
    mission, period = extension.mission, extension.period
    return tell_all(
        [
            News(
                kind=NoticeKind.EXTENSION_GRANTED,
                people=people_of([mission.pk]).get(mission.pk, []),
                params={
                    **name_report(mission, period),
                    "by": str(user),
                    "until": extension.until.isoformat(),
                    "comment": extension.reason,
                },
                url=reverse("report", args=[period.code, mission.code]),
                by=user,
            )
        ]
    )


def name_report(mission: Mission, period: ReportingPeriod) -> dict[str, str]:
    """The params by which every notice of a report names it."""
    return {"mission": mission.name, "period": period.code}


def page_of(revision: ReportRevision) -> str:
    """Where the mission reads and writes its report."""
    return reverse("report", args=[revision.report.period.code, revision.report.mission.code])


def _page_for_officers(revision: ReportRevision) -> str:
    return reverse("review-report", args=[revision.pk])


# -- Days ----------------------------------------------------------------------------------------------
class _Asked(NamedTuple):
    """A report that a mission owes or was asked for again, as it stands; ``revision`` None: not begun."""

    mission: Mission
    period: ReportingPeriod
    revision: ReportRevision | None
    extended_until: date | None


@transaction.atomic
def tell_of_deadlines(*, now: datetime | None = None) -> int:
    """Tell missions that a window has opened, that a report falls due within a week, that it is overdue; how many
    notices.

    Each by its own clock, of reports that are not handed in, and once: a window once, a day by which to hand in
    once as soon and once as overdue. After days without a worker they are told where things stand now. What was
    more than two weeks ago is told to nobody. Statements do not grow with the reports.
    """
    now = now or timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TELLING_LOCK])
    asked = _reports_asked_for(now)
    people = people_of({each.mission.pk for each in asked}, on=timezone.localdate(now)) if asked else {}
    news = (_news_of(each, people.get(each.mission.pk, []), now) for each in asked)
    return tell_all(each for each in news if each is not None)


def _reports_asked_for(now: datetime) -> list[_Asked]:
    """The reports of which there may be something to tell, handed in or not."""
    # The day is tomorrow already in one mission while it is yesterday in another.
    first, last = (timezone.localdate(now) + timedelta(days=days) for days in (-1, 1))
    first -= TOLD_FOR
    asked_again = ReportRevision.objects.filter(
        report__period=OuterRef("pk"), status__in=WRITABLE, answer_by__gte=first
    )
    extended = Extension.objects.in_force().filter(period=OuterRef("pk"), until__gte=first)
    periods = list(
        ReportingPeriod.objects.of_current_strategy()
        .filter(Q(opens_on__lte=last, due_on__gte=first) | Exists(asked_again) | Exists(extended))
        .select_related("strategy")
        .order_by("number")
    )
    if not periods:
        return []
    revisions = {
        (revision.report.mission_id, revision.report.period_id): revision
        for revision in ReportRevision.objects.filter(report__period__in=periods)
        .latest_of_each()
        .select_related("report")
    }
    owed = IndicatorAssignment.objects.count_due(periods)
    missions = list(Mission.objects.order_by("code"))
    extensions = extensions_in_force(missions=missions, periods=periods)
    return [
        _Asked(
            mission,
            period,
            revisions.get((mission.pk, period.pk)),
            held.until if (held := extensions.get((mission.pk, period.pk))) else None,
        )
        for period in periods
        for mission in missions
        if (mission.pk, period.pk) in owed or (mission.pk, period.pk) in revisions
    ]


def _news_of(asked: _Asked, people: Collection[User], now: datetime) -> News | None:
    """What there is to tell these people of a report today."""
    mission, period, revision, until = asked
    today = day_of(mission, now)
    status, answer_by = (revision.status, revision.answer_by) if revision else (None, None)
    window = Window(period.opens_on, period.due_on, period.closes_on)
    reminder = reminder_of(
        window=window, status=status, answer_by=answer_by, today=today, extended_until=until
    )
    if reminder is None:
        return None
    lock = lock_of(window=window, status=status, answer_by=answer_by, today=today, extended_until=until)
    due = deadline_of(due_on=period.due_on, status=status, answer_by=answer_by, extended_until=until)
    key = f"{period.strategy.code} {period.code} {mission.code}"
    return News(
        kind=NoticeKind(reminder.value),
        people=people,
        params={
            **name_report(mission, period),
            "due": due.isoformat(),
            "closes": period.closes_on.isoformat(),
            "is_answer": answer_by is not None,
            "is_closed": lock in (Lock.CLOSED, Lock.ANSWER_PASSED, Lock.EXTENSION_PASSED),
        },
        url=reverse("report", args=[period.code, mission.code]),
        # A day that was moved, or asked for anew, is told anew.
        key=key if reminder is Reminder.WINDOW_OPENED else f"{key} {due}",
    )
