"""What the pages of one report have in common: whose page it is, its clock, and whether it can be written on now."""

from zoneinfo import ZoneInfo

from django.utils import timezone

from tracker.access.policies import rights_of
from tracker.access.requests import PersonRequest
from tracker.progress import policies
from tracker.progress.models import ReportingPeriod, ReportRevision
from tracker.progress.services.locks import lock_on
from tracker.region.models import Mission

from .. import services


def page_of(
    request: PersonRequest, of: ReportingPeriod, by: Mission, part: str = services.RESULTS
) -> services.FormPage:
    """The form of a part of a report, as this person is shown it."""
    return services.FormPage(request.user.pk, of.code, by.code, part)


def clock_of(by: Mission) -> str:
    """The time of day as hh:mm by the mission's own clock, which is the person's."""
    return f"{timezone.localtime(timezone=ZoneInfo(by.time_zone)):%H:%M}"


def may_enter(
    request: PersonRequest, of: ReportingPeriod, by: Mission, revision: ReportRevision | None
) -> bool:
    """Whether this person may write in the report, and no lock is in the way."""
    return lock_on(mission=by, period=of, revision=revision) is None and policies.can_enter(
        rights_of(request.user), mission=by, revision=revision
    )
