"""The report that an address speaks of."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from tracker.access.policies import rights_of
from tracker.access.requests import PersonRequest
from tracker.progress import policies
from tracker.progress.models import ReportingPeriod, ReportRevision
from tracker.progress.services.entry_rows import hold_report, read_report
from tracker.region.models import Mission

Found = tuple[ReportingPeriod, Mission, ReportRevision | None]


def find_report(request: PersonRequest, period: str, mission: str, *, hold: bool = False) -> Found:
    """Period, mission and latest revision (None: not begun) of the report a page is about, or 404: another
    mission's report does not exist for a stranger. One statement, or three before it is begun; ``hold`` it to write
    in it.
    """
    revision = (hold_report if hold else read_report)(mission=mission, period=period)
    if revision is not None:
        of, by = revision.report.period, revision.report.mission
    else:
        of = get_object_or_404(
            ReportingPeriod.objects.of_current_strategy().select_related("strategy"), code=period
        )
        by = get_object_or_404(Mission, code=mission)
    if not policies.can_read_report(rights_of(request.user), mission=by, revision=revision):
        raise Http404
    return of, by, revision
