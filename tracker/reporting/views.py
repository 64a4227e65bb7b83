"""The mission's workspace: what is due, and the form of one report."""

import re
from collections.abc import Collection, Mapping
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tracker.access.policies import rights_of
from tracker.access.requests import PersonRequest, ids_among, wants_part
from tracker.analysis.beside import Beside, read_beside
from tracker.batches.downloads import send_sheet
from tracker.common.errors import NotAllowed, Refused
from tracker.progress import policies
from tracker.progress.models import ReportingPeriod, ReportRevision
from tracker.progress.services import reports
from tracker.progress.services.entry_rows import EntryRow, read_entry_rows
from tracker.progress.services.locks import (
    lock_on,
    whom_to_ask,
)
from tracker.progress.services.results import Saved, save_results
from tracker.region.models import Mission

from . import services
from .carrying import carry_over, flows_without_figures, say_nothing_to_report
from .exports import due_sheet
from .finding import find_report
from .forms import ReportGrid, rows_in
from .keeping import keeps_typing
from .opening import head_of
from .workspace import due_reports, missions_for

MISSING = "missing"
NAMED = 10
"""How many missing results a refusal leads to by name."""
LONGEST_SHOWN = 60
"""Characters of a rubbish address that are repeated to the person."""
SUBMIT = "submit"
LABELS = {
    "previous": gettext_lazy("Last given"),
    "value": gettext_lazy("This period"),
    "not_applicable": gettext_lazy("Not applicable"),
    "so_far": gettext_lazy("To date"),
    "expected": gettext_lazy("Expected, target"),
    "comment": gettext_lazy("Comment"),
}
"""Heads of the grid's columns, which its cards repeat on a phone."""
_UNFOLD = re.compile(r"unfold-(\d{1,18})", re.ASCII)
_SAME = re.compile(r"same(?:-(\d{1,18}))?", re.ASCII)


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
    closed = [r for r in rows if r.has_closed]
    return render(
        request,
        "reporting/workspace.html",
        {
            "missions": missions,
            "shown": shown,
            "unknown": "" if any(m.code == chosen for m in missions) else chosen[:LONGEST_SHOWN],
            "shown_as": request.GET.urlencode(),
            "to_do": sorted((r for r in rows if r.is_open), key=lambda r: r.deadline),
            "closed": closed,
            "whom": whom_to_ask() if closed and not rights.is_officer else "",
            "handed_in": [r for r in rows if r.is_handed_in],
        },
    )


@keeps_typing(services.RESULTS)
@login_required
@require_http_methods(["GET", "POST"])
def report(request: PersonRequest, period: str, mission: str) -> HttpResponse:
    """The form of one report; a save keeps all that fits and gives the rest back as it was typed."""
    if request.method == "GET":
        of, by, revision = find_report(request, period, mission)
        if wants_part(request):
            return _show_opened(request, of, by, revision)
        return _show(request, of, by, revision, typing=services.read_typing(_page(request, of, by)))
    if request.POST.get("then") == "discard":
        of, by, _revision = find_report(request, period, mission)
        services.drop_typing(_page(request, of, by))
        return redirect("report", period=of.code, mission=by.code)
    return _save(request, period, mission)


def _show_opened(
    request: PersonRequest, of: ReportingPeriod, by: Mission, revision: ReportRevision | None
) -> HttpResponse:
    """What somebody opens of a row: its cells, or the definition of its indicator."""
    name = "define" if "define" in request.GET else "unfold"
    asked = ids_among([request.GET.get(name, "")])
    grid = ReportGrid(read_entry_rows(mission=by, period=of, revision=revision, only=asked))
    if not grid.rows:
        raise Http404
    [row] = grid.rows
    if name == "define":
        return render(request, "reporting/definition.html", {"indicator": row.indicator})
    row.unfold()
    context = {"row": row, "may_enter": _may_enter(request, of, by, revision)}
    return render(request, "reporting/cells.html", context)


def _may_enter(
    request: PersonRequest, of: ReportingPeriod, by: Mission, revision: ReportRevision | None
) -> bool:
    return lock_on(mission=by, period=of, revision=revision) is None and policies.can_enter(
        rights_of(request.user), mission=by, revision=revision
    )


def _page(request: PersonRequest, of: ReportingPeriod, by: Mission) -> services.FormPage:
    return services.FormPage(request.user.pk, of.code, by.code)


def _save(request: PersonRequest, period: str, mission: str) -> HttpResponse:
    """Save what was posted: of the whole form, or of the rows that a page saves by itself."""
    then = request.POST.get("then", "")
    same = _SAME.fullmatch(then)
    only = ids_among([same[1]]) if same and same[1] else None
    saved, carried = None, list[int]()
    try:
        with transaction.atomic():
            of, by, revision = find_report(request, period, mission, hold=True)
            grid = ReportGrid(
                read_entry_rows(mission=by, period=of, revision=revision, only=rows_in(request.POST))
            )
            grid.read(request.POST)
            # A submission with nothing to save is also what a double click asks for the second time: it meets a
            # report that is submitted.
            if then != SUBMIT or revision is None or grid.typed or grid.wrong:
                saved = save_results(
                    mission=by,
                    period=of,
                    user=request.user,
                    typed=grid.typed,
                    held=revision,
                    rows={row.indicator.pk: row.said for row in grid.rows},
                )
                if same and not grid.wrong and not saved.is_partial:
                    carried = carry_over(mission=by, period=of, user=request.user, only=only)
    except Refused as refusal:
        # A lock was met: what was typed comes back, now and when the page is opened again.
        typing = services.typing_in(request.POST, services.RESULTS)
        services.keep_typing(page=_page(request, of, by), typing=typing)
        refused = _("Nothing was saved. %(why)s") % {"why": refusal}
        if wants_part(request):
            return render(request, "reporting/locked.html", {"refused": refused, "fits": typing.fits})
        status = 403 if isinstance(refusal, NotAllowed) else 409
        _of, _by, revision = find_report(request, of.code, by.code)
        return _show(request, of, by, revision, typing=typing, refused=refused, status=status)
    if saved is None:
        assert revision is not None
        return _submit(request, of, by, revision)
    if wants_part(request) and carried:
        grid = ReportGrid(read_entry_rows(mission=by, period=of, revision=saved.revision, only=carried))
        grid.renew()
    else:
        grid.mark(saved)
    if wants_part(request):
        return _show_saved(request, of, by, grid, saved.revision)
    if same and not grid.wrong:
        return _show_carried(request, of, by, carried, only)
    return _after_saving(request, of, by, grid, saved)


def _show_saved(
    request: PersonRequest, of: ReportingPeriod, by: Mission, grid: ReportGrid, revision: ReportRevision
) -> HttpResponse:
    """What changed on a page that saves by itself: of each row sent, what is said of it and what it comes to."""
    rows = {row.indicator.pk: row.said for row in grid.rows}
    grid.look_beside(_beside(of, by, revision, rows))
    return render(
        request,
        "reporting/saved.html",
        {
            "grid": grid,
            "period": of,
            "mission": by,
            "labels": LABELS,
            # By the mission's own clock, which is the person's.
            "at": f"{timezone.localtime(timezone=ZoneInfo(by.time_zone)):%H:%M}",
            "may_enter": True,
        },
    )


def _after_saving(
    request: PersonRequest, of: ReportingPeriod, by: Mission, grid: ReportGrid, saved: Saved
) -> HttpResponse:
    """The page after a save of the whole form, or where the person asked to go with it."""
    then = request.POST.get("then", "")
    if "restored" in request.POST:
        services.drop_typing(_page(request, of, by))
    count = len(saved.saved)
    said = ngettext("%(count)s result saved.", "%(count)s results saved.", count) % {"count": count}
    if readings := [said for row in grid.rows if row.indicator.pk in saved.saved for said in row.readings]:
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
    if then == SUBMIT:
        return _submit(request, of, by, saved.revision)
    if count or not then:
        messages.success(request, said if count else _("Nothing was changed, so nothing was saved."))
    asked = {"all": {}, MISSING: {"show": MISSING}}.get(then)
    if asked is None:
        asked = {"show": MISSING} if request.GET.get("show") == MISSING else {}
    anchor = ""
    if unfolded := _UNFOLD.fullmatch(then):
        asked = {**asked, "unfold": unfolded[1]}
        anchor = f"#i{unfolded[1]}"
    return redirect(
        reverse("report", args=[of.code, by.code]) + (f"?{urlencode(asked)}" if asked else "") + anchor
    )


def _show_carried(
    request: PersonRequest,
    of: ReportingPeriod,
    by: Mission,
    done: Collection[int],
    only: Collection[int] | None,
) -> HttpResponse:
    """The page after levels were taken over from the period before: of one row, or of all that are missing."""
    if done:
        sentence = ngettext(
            "%(count)s level is said to be the same as last period.",
            "%(count)s levels are said to be the same as last period.",
            len(done),
        )
        messages.success(request, sentence % {"count": len(done)})
    else:
        messages.info(request, _("No level that is missing has a value in an earlier period."))
    anchor = "".join(f"#i{pk}" for pk in only or ())
    return redirect(reverse("report", args=[of.code, by.code]) + anchor)


def _grid(of: ReportingPeriod, by: Mission, revision: ReportRevision | None) -> ReportGrid:
    """The whole form as it is stored, with what stands beside it: four statements."""
    rows = read_entry_rows(mission=by, period=of, revision=revision)
    grid = ReportGrid(rows)
    grid.look_beside(_beside(of, by, revision, rows))
    return grid


def _beside(
    of: ReportingPeriod, by: Mission, revision: ReportRevision | None, rows: Mapping[int, EntryRow]
) -> dict[int, Beside]:
    return read_beside(
        mission=by,
        period=of,
        revision=revision,
        indicators=[row.indicator for row in rows.values()],
        entries={pk: row.stored for pk, row in rows.items()},
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
        _of, _by, now = find_report(request, of.code, by.code)
        grid, why = _grid(of, by, now), str(refusal)
        names_missing = bool(grid.missing) and lock_on(mission=by, period=of, revision=now) is None
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
    if grid is None:
        grid = _grid(of, by, revision)
    head = head_of(request, of, by, revision, refused=refused, counts=grid.counts)
    if typing is not None:
        (grid.restore if head["may_enter"] else grid.leave)(typing.fields)
        if not grid.is_typed:
            # All of it is saved by now, from another page.
            services.drop_typing(_page(request, of, by))
    grid.unfold(ids_among([request.GET.get("unfold", "")]))
    missing = grid.missing
    is_part = bool(missing) and request.GET.get("show") == MISSING
    counted = {
        "questions": grid.questions,
        "can_carry": sum(1 for row in grid.rows if row.can_be_carried),
    }
    if is_part:
        grid.show_missing()
    return render(
        request,
        "reporting/report.html",
        {
            **head,
            **counted,
            "labels": LABELS,
            "grid": grid,
            "missing": len(missing),
            "named": missing[:NAMED] if names_missing else [],
            "unnamed": len(missing) - NAMED,
            "is_part": is_part,
            "typing": typing if grid.is_typed else None,
            "page": services.sign_page(_page(request, of, by)),
            "may_submit": head["may_enter"] and _may_submit(request, by, revision),
        },
        status=status,
    )


def _may_submit(request: PersonRequest, by: Mission, revision: ReportRevision | None) -> bool:
    rights = rights_of(request.user)
    if revision is None:
        return by.pk in rights.missions
    return policies.can_submit(rights, mission=by, revision=revision)


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
    if not _may_enter(request, of, by, revision):
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
