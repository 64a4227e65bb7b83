"""The mission's workspace: what is due, and the form of one report."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tracker.access.policies import rights_of
from tracker.access.requests import PersonRequest
from tracker.common.errors import NotAllowed, Refused
from tracker.progress import policies
from tracker.progress.models import ReportingPeriod, ReportRevision
from tracker.progress.services import reports, results
from tracker.progress.services.locks import lock_on
from tracker.progress.wording import say_lock
from tracker.region.models import Mission

from .forms import ReportGrid
from .workspace import due_reports, latest_revisions, missions_for, read_form


@login_required
@require_GET
def workspace(request: PersonRequest) -> HttpResponse:
    """What is due from my missions, what was returned and why, what was approved."""
    rights = rights_of(request.user)
    if not (rights.is_reporter or rights.is_officer):
        raise PermissionDenied(_("Reports are entered by the missions’ reporters."))
    missions = missions_for(rights)
    periods = ReportingPeriod.objects.of_current_strategy().ended(on=timezone.localdate()).order_by("-number")
    chosen = request.GET.get("mission", "")
    shown = [m for m in missions if m.code == chosen] or (missions if rights.is_reporter else missions[:1])
    rows = due_reports(missions=shown, periods=periods)
    return render(
        request,
        "reporting/workspace.html",
        {
            "missions": missions,
            "shown": shown,
            "to_do": [r for r in rows if r.lock is None],
            "others": [r for r in rows if r.lock is not None],
        },
    )


def _find(request: PersonRequest, period: str, mission: str) -> tuple[ReportingPeriod, Mission, Any]:
    """The report a page is about, or 404: another mission's report does not exist for a stranger."""
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


@login_required
@require_http_methods(["GET", "POST"])
def report(request: PersonRequest, period: str, mission: str) -> HttpResponse:
    """The form of one report; a save keeps all that fits and gives the rest back as it was typed."""
    of, by, revision = _find(request, period, mission)
    if request.method == "POST":
        return _save(request, of, by, revision)
    return _show(request, of, by, revision, _grid(of, by, revision))


def _grid(of: ReportingPeriod, by: Mission, revision: ReportRevision | None, data: Any = None) -> ReportGrid:
    form = read_form(mission=by, period=of, revision=revision)
    return ReportGrid(indicators=form.indicators, results=form.results, previous=form.previous, data=data)


def _save(
    request: PersonRequest, of: ReportingPeriod, by: Mission, revision: ReportRevision | None
) -> HttpResponse:
    grid = _grid(of, by, revision, request.POST)
    try:
        saved = results.save_results(mission=by, period=of, user=request.user, typed=grid.typed)
    except Refused as refusal:
        # A lock was met: the page comes back with everything that was typed.
        messages.error(request, str(refusal))
        status = 403 if isinstance(refusal, NotAllowed) else 409
        _of, _by, revision = _find(request, of.code, by.code)
        return _show(request, of, by, revision, grid, unsaved=True, status=status)
    grid.mark(findings=saved.findings, overlaps=saved.overlaps, conflicts=saved.conflicts)
    count = len(saved.saved)
    said = ngettext("%(count)s result saved.", "%(count)s results saved.", count) % {"count": count}
    if not grid.wrong:
        if request.POST.get("then") == "submit":
            return _submit(request, saved.revision)
        messages.success(request, said if count else _("Nothing was changed, so nothing was saved."))
        return redirect("report", period=of.code, mission=by.code)
    fresh = read_form(mission=by, period=of, revision=saved.revision)
    for row in grid.rows:
        row.result = fresh.results.get(row.indicator.pk)
        if not row.errors and row.result:
            row.version = row.result.version
    wrong = len(grid.wrong)
    messages.warning(
        request,
        said
        + " "
        + ngettext(
            "%(count)s needs your attention and is not saved yet.",
            "%(count)s need your attention and are not saved yet.",
            wrong,
        )
        % {"count": wrong},
    )
    return _show(request, of, by, saved.revision, grid, status=422)


def _submit(request: PersonRequest, revision: ReportRevision) -> HttpResponse:
    """Hand the report, saved a moment ago, to the officers."""
    try:
        reports.submit_report(revision=revision, user=request.user)
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except Refused as refusal:
        messages.error(request, _("Saved, and not submitted: %(why)s") % {"why": refusal})
    else:
        messages.success(
            request, _("Submitted. An M&E officer will review it; you can recall it until one has opened it.")
        )
    period, mission = revision.report.period, revision.report.mission
    return redirect("report", period=period.code, mission=mission.code)


def _show(
    request: PersonRequest,
    of: ReportingPeriod,
    by: Mission,
    revision: ReportRevision | None,
    grid: ReportGrid,
    *,
    unsaved: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The page; ``unsaved``: what was typed met a lock, and is shown beside what is stored."""
    rights = rights_of(request.user)
    lock = lock_on(mission=by, period=of, revision=revision)
    may_enter = lock is None and policies.can_enter(rights, mission=by, revision=revision)
    return render(
        request,
        "reporting/report.html",
        {
            "period": of,
            "mission": by,
            "revision": revision,
            "grid": grid,
            "lock": say_lock(lock, period=of) if lock else "",
            "may_enter": may_enter,
            "unsaved": unsaved,
            "may_submit": may_enter
            and (
                policies.can_submit(rights, mission=by, revision=revision)
                if revision is not None
                else by.pk in rights.missions
            ),
            "may_recall": revision is not None
            and policies.can_recall(request.user, rights, revision=revision),
            "on_behalf": by.pk not in rights.missions,
            "events": revision.review_events.select_related("actor") if revision else [],
        },
        status=status,
    )


@login_required
@require_POST
def recall(request: PersonRequest, period: str, mission: str) -> HttpResponse:
    """Take a submitted report back."""
    of, by, revision = _find(request, period, mission)
    try:
        if revision is not None:
            reports.recall_report(revision=revision, user=request.user)
            messages.success(request, _("Recalled: the report is a draft again."))
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("report", period=of.code, mission=by.code)
