"""May this report be written now, by this person? If not: which lock, and whom to ask."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.access.choices import Role
from tracker.access.models import User
from tracker.access.policies import people_with, rights_of
from tracker.common.errors import NotAllowed, Refused
from tracker.region.models import Mission

from .. import policies
from ..models import Extension, ReportingPeriod, ReportRevision
from ..rules import Lock, Window, lock_of
from ..wording import say_lock, say_whom

PROGRESS = "progress"
"""The area of reports and their results: writers of a row share it, an import has it alone."""


def day_of(mission: Mission, moment: datetime) -> date:
    """The day of a moment by the mission's own clock."""
    return timezone.localdate(moment, timezone=ZoneInfo(mission.time_zone))


def today_of(mission: Mission) -> date:
    """Today by the mission's own clock."""
    return day_of(mission, timezone.now())


def lock_on(*, mission: Mission, period: ReportingPeriod, revision: ReportRevision | None) -> Lock | None:
    """Which lock a mission's report for a period meets now: one statement, so for many see ``due.read_states``."""
    return lock_with(
        extended_until=extended_until(mission=mission, period=period),
        period=period,
        revision=revision,
        today=today_of(mission),
    )


def lock_with(
    *, extended_until: date | None, period: ReportingPeriod, revision: ReportRevision | None, today: date
) -> Lock | None:
    """The same where the last day of the mission's extension (None: it has none) is known already."""
    return lock_of(
        window=Window(period.opens_on, period.due_on, period.closes_on),
        status=revision.status if revision else None,
        answer_by=revision.answer_by if revision else None,
        today=today,
        is_opened=revision is not None and revision.opened_at is not None,
        extended_until=extended_until,
    )


def extended_until(*, mission: Mission, period: ReportingPeriod) -> date | None:
    """The last day of the extension that a mission has for a period, passed or not; None without one."""
    held = Extension.objects.in_force().filter(mission=mission, period=period)
    return held.values_list("until", flat=True).first()


def whom_to_ask() -> str:
    """Who opens, returns and reopens, for a sentence: the officers by name; one statement."""
    officers = people_with(Role.OFFICER, Role.HEAD)
    return say_whom(officers, contact=settings.CONTACT_EMAIL)


def explain_lock(lock: Lock, *, period: ReportingPeriod, extended_until: date | None) -> str:
    """Which lock was met, and whom to ask by name: one statement."""
    return say_lock(lock, period=period, whom=whom_to_ask(), extended_until=extended_until)


def refuse_unless_writable(revision: ReportRevision, *, user: User) -> None:
    """Raise where this person cannot write in this report now, saying which lock was met."""
    mission, period = revision.report.mission, revision.report.period
    if not policies.can_enter(rights_of(user), mission=mission, revision=revision):
        raise NotAllowed(_("Only the people of %(mission)s enter its results.") % {"mission": mission})
    today = today_of(mission)
    # What is open anyway is not asked for an extension.
    if not lock_with(extended_until=None, period=period, revision=revision, today=today):
        return
    until = extended_until(mission=mission, period=period)
    if lock := lock_with(extended_until=until, period=period, revision=revision, today=today):
        raise Refused(explain_lock(lock, period=period, extended_until=until))
