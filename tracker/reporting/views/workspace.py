"""The list of a person's reports: what is due, what came back and why, what was approved and what was said of it."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tracker.access.policies import Rights, rights_of
from tracker.access.requests import PersonRequest
from tracker.batches.downloads import send_sheet
from tracker.progress.models import ReportingPeriod
from tracker.progress.services.due_reports import due_reports, next_windows, to_do_first
from tracker.progress.services.locks import whom_to_ask
from tracker.region.models import Mission

from ..exports import due_sheet

LATEST = 8
"""Reports that are done and stand in the list as they are; what is older is folded."""
LONGEST_SHOWN = 60
"""Characters of a rubbish address that are repeated to the person."""


@login_required
@require_GET
def workspace(request: PersonRequest) -> HttpResponseBase:
    """What is due from my missions, and what became of what was handed in; as a file too."""
    rights = rights_of(request.user)
    if not (rights.is_reporter or rights.is_officer):
        raise PermissionDenied(_("Reports are entered by the missions’ reporters."))
    missions = _missions_for(rights)
    # Which windows have opened, each mission's own clock says.
    periods = ReportingPeriod.objects.of_current_strategy().select_related("strategy")
    chosen = request.GET.get("mission", "")
    shown = [m for m in missions if m.code == chosen] or (missions if rights.is_reporter else missions[:1])
    rows = due_reports(missions=shown, periods=periods, rights=rights)
    begun = [r for r in rows if not r.is_ahead]
    if answer := send_sheet(request, lambda _tagged: due_sheet(begun), name="reporting", user=request.user):
        return answer
    closed = [r for r in rows if r.is_left]
    done = [r for r in rows if r.is_done]
    return render(
        request,
        "reporting/workspace.html",
        {
            "missions": missions,
            "shown": shown,
            "unknown": "" if any(m.code == chosen for m in missions) else chosen[:LONGEST_SHOWN],
            "shown_as": request.GET.urlencode(),
            "to_do": to_do_first(rows),
            "ahead": next_windows(rows),
            "closed": closed,
            "whom": whom_to_ask() if closed and not rights.is_officer else "",
            # What waits for something stands where it is seen, however long ago it was.
            "done": done[:LATEST] + [r for r in done[LATEST:] if r.waits_for],
            "earlier": [r for r in done[LATEST:] if not r.waits_for],
        },
    )


def _missions_for(rights: Rights) -> list[Mission]:
    """Whose reports this person may enter: their own missions; for an officer, all (on their behalf)."""
    missions = Mission.objects.all() if rights.is_officer else Mission.objects.filter(pk__in=rights.missions)
    return list(missions.order_by("kind", "name"))
