"""May this report be written now, by this person? If not: which lock, and whom to ask."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.access.models import User
from tracker.access.policies import rights_of
from tracker.common.errors import NotAllowed, Refused
from tracker.region.models import Mission

from .. import policies
from ..models import ReportingPeriod, ReportRevision
from ..rules import Lock, Window, lock_of
from ..wording import say_lock

PROGRESS = "progress"
"""The area of reports and their results: writers of a row share it, an import has it alone."""


def day_of(mission: Mission, moment: datetime) -> date:
    """The day of a moment by the mission's own clock."""
    return timezone.localdate(moment, timezone=ZoneInfo(mission.time_zone))


def today_of(mission: Mission) -> date:
    """Today by the mission's own clock."""
    return day_of(mission, timezone.now())


def lock_on(*, mission: Mission, period: ReportingPeriod, revision: ReportRevision | None) -> Lock | None:
    """Which lock a mission's report for a period meets now."""
    return lock_of(
        window=Window(period.opens_on, period.due_on, period.closes_on),
        status=revision.status if revision else None,
        answer_by=revision.answer_by if revision else None,
        today=today_of(mission),
        is_opened=revision is not None and revision.opened_at is not None,
    )


def refuse_unless_writable(revision: ReportRevision, *, user: User) -> None:
    """Raise where this person cannot write in this report now, saying which lock was met."""
    mission, period = revision.report.mission, revision.report.period
    if not policies.can_enter(rights_of(user), mission=mission, revision=revision):
        raise NotAllowed(_("Only the people of %(mission)s enter its results.") % {"mission": mission})
    if lock := lock_on(mission=mission, period=period, revision=revision):
        raise Refused(say_lock(lock, period=period))
