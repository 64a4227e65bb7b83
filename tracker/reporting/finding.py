"""The report that an address speaks of."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from tracker.access.policies import rights_of
from tracker.access.requests import PersonRequest
from tracker.progress import policies
from tracker.progress.models import ReportingPeriod
from tracker.progress.services.due import latest_revisions
from tracker.region.models import Mission


def find_report(request: PersonRequest, period: str, mission: str) -> tuple[ReportingPeriod, Mission, Any]:
    """Period, mission and latest revision (None: not begun) of the report a page is about, or 404: another
    mission's report does not exist for a stranger.
    """
    of = get_object_or_404(
        ReportingPeriod.objects.of_current_strategy().select_related("strategy"), code=period
    )
    by = get_object_or_404(Mission, code=mission)
    revision = latest_revisions(missions=[by], periods=[of]).get((by.pk, of.pk))
    if revision is not None:
        revision.report.period, revision.report.mission = of, by
    if not policies.can_read_report(rights_of(request.user), mission=by, revision=revision):
        raise Http404
    return of, by, revision
