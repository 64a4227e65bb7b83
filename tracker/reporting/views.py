"""The mission's workspace: what is due, and the form of one report."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tracker.access.policies import rights_of
from tracker.access.requests import PersonRequest
from tracker.batches.downloads import send_sheet
from tracker.common.errors import NotAllowed, Refused
from tracker.progress import policies
from tracker.progress.models import ReportingPeriod, ReportRevision
from tracker.progress.services import reports, results
from tracker.progress.services.locks import lock_on, today_of
from tracker.progress.wording import say_counts, say_dates, say_lock
from tracker.region.models import Mission

from . import services
from .exports import due_sheet
from .forms import ReportGrid
from .keeping import keeps_typing
from .opening import find_report
from .parts import read_tabs
from .workspace import due_reports, missions_for, read_form

MISSING = "missing"
NAMED = 10
"""How many missing results a refusal leads to by name."""
LONGEST_SHOWN = 60
"""Characters of a rubbish address that are repeated to the person."""


@login_required
@require_GET
def workspace(request: PersonRequest) -> HttpResponseBase:
    """What is due from my missions, what was returned and why, what was approved; as a file too."""
    rights = rights_of(request.user)
    if not (rights.is_reporter or rights.is_officer):
        raise PermissionDenied(_("Reports are entered by the missions’ reporters."))
    missions = missions_for(rights)
    periods = ReportingPeriod.objects.of_current_strategy().ended(on=timezone.localdate()).order_by("-number")
    chosen = request.GET.get("mission", "")
    shown = [m for m in missions if m.code == chosen] or (missions if rights.is_reporter else missions[:1])
    rows = due_reports(missions=shown, periods=periods, rights=rights)
    if answer := send_sheet(request, lambda _tagged: due_sheet(rows), name="reporting", user=request.user):
        return answer
    return render(
        request,
        "reporting/workspace.html",
        {
            "missions": missions,
            "shown": shown,
            "unknown": "" if any(m.code == chosen for m in missions) else chosen[:LONGEST_SHOWN],
            "shown_as": request.GET.urlencode(),
            "to_do": sorted((r for r in rows if r.is_open), key=lambda r: r.deadline),
            "closed": [r for r in rows if r.has_closed],
            "handed_in": [r for r in rows if r.is_handed_in],
        },
    )


@keeps_typing(services.RESULTS)
@login_required
@require_http_methods(["GET", "POST"])
def report(request: PersonRequest, period: str, mission: str) -> HttpResponse:
    """The form of one report; a save keeps all that fits and gives the rest back as it was typed."""
    of, by, revision = find_report(request, period, mission)
    if request.method == "GET":
        typing = services.read_typing(_page(request, of, by))
        return _show(request, of, by, revision, typing=typing)
    if request.POST.get("then") == "discard":
        services.drop_typing(_page(request, of, by))
        return redirect("report", period=of.code, mission=by.code)
    return _save(request, of, by, revision)


def _grid(of: ReportingPeriod, by: Mission, revision: ReportRevision | None) -> ReportGrid:
    form = read_form(mission=by, period=of, revision=revision)
    return ReportGrid(indicators=form.indicators, results=form.results, previous=form.previous)


def _page(request: PersonRequest, of: ReportingPeriod, by: Mission) -> services.FormPage:
    return services.FormPage(request.user.pk, of.code, by.code)


def _save(
    request: PersonRequest, of: ReportingPeriod, by: Mission, revision: ReportRevision | None
) -> HttpResponse:
    grid = _grid(of, by, revision)
    grid.read(request.POST)
    then = request.POST.get("then", "")
    if then == "submit" and revision is not None and not grid.typed and not grid.wrong:
        # Also what a double click asks for the second time: it meets a report that is submitted.
        return _submit(request, of, by, revision)
    try:
        saved = results.save_results(mission=by, period=of, user=request.user, typed=grid.typed)
    except Refused as refusal:
        # A lock was met: the page comes back with everything that was typed, now and when it is opened again.
        typing = services.typing_in(request.POST)
        services.keep_typing(page=_page(request, of, by), typing=typing)
        status = 403 if isinstance(refusal, NotAllowed) else 409
        _of, _by, revision = find_report(request, of.code, by.code)
        refused = _("Nothing was saved. %(why)s") % {"why": refusal}
        return _show(request, of, by, revision, typing=typing, refused=refused, status=status)
    if "restored" in request.POST:
        services.drop_typing(_page(request, of, by))
    grid.mark(findings=saved.findings, overlaps=saved.overlaps, conflicts=saved.conflicts)
    count = len(saved.saved)
    said = ngettext("%(count)s result saved.", "%(count)s results saved.", count) % {"count": count}
    if readings := [said for pk in saved.saved for said in grid.readings.get(pk, ())]:
        said += " " + _("Read: %(readings)s.") % {"readings": ", ".join(readings)}
    if grid.wrong:
        wrong = len(grid.wrong)
        left = ngettext(
            "%(count)s needs your attention and is not saved yet.",
            "%(count)s need your attention and are not saved yet.",
            wrong,
        ) % {"count": wrong}
        said = f"{said} {left}" if count else left
        fresh = _grid(of, by, saved.revision)
        fresh.keep_wrong(grid)
        return _show(request, of, by, saved.revision, grid=fresh, refused=said, status=422)
    if then == "submit":
        return _submit(request, of, by, saved.revision)
    if count or not then:
        messages.success(request, said if count else _("Nothing was changed, so nothing was saved."))
    show = {"all": "", MISSING: MISSING}.get(then, request.GET.get("show", ""))
    return redirect(
        reverse("report", args=[of.code, by.code]) + (f"?show={MISSING}" if show == MISSING else "")
    )


def _submit(
    request: PersonRequest, of: ReportingPeriod, by: Mission, revision: ReportRevision
) -> HttpResponse:
    """Hand the report, saved a moment ago, to the officers."""
    try:
        reports.submit_report(revision=revision, user=request.user)
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except Refused as refusal:
        _of, _by, latest = find_report(request, of.code, by.code)
        grid, why = _grid(of, by, latest), str(refusal)
        names_missing = bool(grid.missing) and lock_on(mission=by, period=of, revision=latest) is None
        if names_missing:
            why = ngettext(
                "%(count)s result that is due is neither given nor explained.",
                "%(count)s results that are due are neither given nor explained.",
                len(grid.missing),
            ) % {"count": len(grid.missing)}
        return _show(
            request,
            of,
            by,
            latest,
            grid=grid,
            refused=_("Saved, and not submitted: %(why)s") % {"why": why},
            names_missing=names_missing,
            status=422,
        )
    messages.success(
        request, _("Submitted. An M&E officer will review it; you can recall it until one has opened it.")
    )
    return redirect("report", period=of.code, mission=by.code)


def _show(
    request: PersonRequest,
    of: ReportingPeriod,
    by: Mission,
    revision: ReportRevision | None,
    *,
    grid: ReportGrid | None = None,
    typing: services.Typing | None = None,
    refused: str = "",
    names_missing: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The page. ``typing`` could not be saved: it is back in its boxes, or beside what is stored under a lock;
    ``refused`` says why nothing, or not everything, was done, ``names_missing`` that it was for what is missing.
    """
    rights = rights_of(request.user)
    lock = lock_on(mission=by, period=of, revision=revision)
    may_enter = lock is None and policies.can_enter(rights, mission=by, revision=revision)
    if grid is None:
        grid = _grid(of, by, revision)
    if typing is not None:
        (grid.restore if may_enter else grid.leave)(typing.fields)
        if not grid.is_typed:
            # All of it is saved by now, from another page.
            services.drop_typing(_page(request, of, by))
    missing, counts = grid.missing, grid.counts
    is_part = bool(missing) and request.GET.get("show") == MISSING
    if is_part:
        grid.show_missing()
    return render(
        request,
        "reporting/report.html",
        {
            "period": of,
            "mission": by,
            "revision": revision,
            "grid": grid,
            "counted": say_counts(counts),
            "tabs": read_tabs(mission=by, period=of, revision=revision, counts=counts),
            "missing": len(missing),
            "named": missing[:NAMED] if names_missing else [],
            "unnamed": len(missing) - NAMED,
            "is_part": is_part,
            "lock": say_lock(lock, period=of) if lock and not refused else "",
            "dates": say_dates(period=of, revision=revision, today=today_of(by)),
            "refused": refused,
            "typing": typing if grid.is_typed else None,
            "page": services.sign_page(_page(request, of, by)),
            "may_enter": may_enter,
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
