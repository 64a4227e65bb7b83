"""Handing a report in and taking it back, and saying that there is nothing to report."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from tracker.access.requests import PersonRequest
from tracker.common.errors import NotAllowed, Refused
from tracker.progress.models import ReportingPeriod, ReportRevision
from tracker.progress.services import reports
from tracker.progress.services.entry_rows import read_entry_rows
from tracker.progress.services.locks import lock_on
from tracker.region.models import Mission

from ..carrying import flows_without_figures, say_nothing_to_report
from ..finding import find_report
from ..forming import grid_of
from .shared import may_enter
from .showing import show_report


def submit_saved(
    request: PersonRequest, of: ReportingPeriod, by: Mission, revision: ReportRevision
) -> HttpResponse:
    """Hand the report, saved a moment ago, to the officers."""
    try:
        reports.submit_report(revision=revision, user=request.user)
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except Refused as refusal:
        _of, _by, now = find_report(request, of.code, by.code)
        grid, why = grid_of(of, by, now), str(refusal)
        names_missing = bool(grid.missing) and lock_on(mission=by, period=of, revision=now) is None
        if names_missing:
            why = ngettext(
                "%(count)s result that is due is neither given nor explained.",
                "%(count)s results that are due are neither given nor explained.",
                len(grid.missing),
            ) % {"count": len(grid.missing)}
        return show_report(
            request,
            of,
            by,
            now,
            grid=grid,
            refused=_("Saved, and not submitted: %(why)s") % {"why": why},
            names_missing=names_missing,
            status=422,
        )
    messages.success(
        request, _("Submitted. An M&E officer will review it; you can recall it until one has opened it.")
    )
    return redirect("report", period=of.code, mission=by.code)


@login_required
@require_POST
def recall(request: PersonRequest, period: str, mission: str) -> HttpResponse:
    """Take a submitted report back."""
    of, by, revision = find_report(request, period, mission)
    try:
        if revision is not None:
            reports.recall_report(revision=revision, user=request.user)
            messages.success(request, _("Recalled: the report is a draft again."))
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("report", period=of.code, mission=by.code)


@login_required
@require_http_methods(["GET", "POST"])
def nothing(request: PersonRequest, period: str, mission: str) -> HttpResponse:
    """Nothing to report: asks, and then writes 0 into every flow that has no figure."""
    of, by, revision = find_report(request, period, mission)
    refused = ""
    if not may_enter(request, of, by, revision):
        return redirect("report", period=of.code, mission=by.code)
    if request.method == "POST":
        try:
            written = say_nothing_to_report(mission=by, period=of, user=request.user)
        except Refused as refusal:
            refused = str(refusal)
        else:
            sentence = ngettext(
                "0 was written into %(count)s indicator.",
                "0 was written into %(count)s indicators.",
                len(written),
            )
            messages.success(request, sentence % {"count": len(written)})
            return redirect("report", period=of.code, mission=by.code)
    rows = read_entry_rows(mission=by, period=of, revision=revision)
    flows = flows_without_figures(rows)
    left = [row.indicator for pk, row in rows.items() if pk not in flows and not row.stored.is_explained]
    return render(
        request,
        "reporting/nothing.html",
        {
            "period": of,
            "mission": by,
            "flows": [row.indicator for row in flows.values()],
            "left": left,
            "refused": refused,
        },
        status=409 if refused else 200,
    )
