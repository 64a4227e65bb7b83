"""The form of a report’s results: shown, saved row by row or as a whole, and handed in."""

import re
from collections.abc import Collection
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tracker.access.requests import PersonRequest, ids_among, wants_part
from tracker.common.errors import Refused
from tracker.progress.models import ReportingPeriod, ReportRevision
from tracker.progress.services.entry_rows import read_entry_rows
from tracker.progress.services.results import Saved, save_results
from tracker.region.models import Mission

from .. import services
from ..carrying import carry_over
from ..finding import find_report
from ..forming import beside_of, grid_of
from ..forms import ReportGrid, rows_in
from ..keeping import keeps_typing
from .saving import drop_restored, keep_unsaved, say_saved
from .shared import clock_of, may_enter, page_of
from .showing import MISSING, show_report
from .submitting import submit_saved

SUBMIT = "submit"
_UNFOLD = re.compile(r"unfold-(\d{1,18})", re.ASCII)
_EVIDENCE = re.compile(r"evidence-(\d{1,18})", re.ASCII)
_SAME = re.compile(r"same(?:-(\d{1,18}))?", re.ASCII)


@keeps_typing(services.RESULTS)
@login_required
@require_http_methods(["GET", "POST"])
def report(request: PersonRequest, period: str, mission: str) -> HttpResponse:
    """The form of one report; a save keeps all that fits and gives the rest back as it was typed."""
    if request.method == "GET":
        of, by, revision = find_report(request, period, mission)
        if wants_part(request):
            return _show_opened(request, of, by, revision)
        return show_report(request, of, by, revision, typing=services.read_typing(page_of(request, of, by)))
    if request.POST.get("then") == "discard":
        of, by, _revision = find_report(request, period, mission)
        services.drop_typing(page_of(request, of, by))
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
    context = {"row": row, "may_enter": may_enter(request, of, by, revision)}
    return render(request, "reporting/cells.html", context)


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
        typing, refused, status = keep_unsaved(request, page_of(request, of, by), refusal)
        if wants_part(request):
            return render(request, "reporting/locked.html", {"refused": refused, "fits": typing.fits})
        _of, _by, revision = find_report(request, of.code, by.code)
        return show_report(request, of, by, revision, typing=typing, refused=refused, status=status)
    if saved is None:
        assert revision is not None
        return submit_saved(request, of, by, revision)
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
    grid.look_beside(beside_of(of, by, revision, rows))
    return render(
        request,
        "reporting/saved.html",
        {
            "grid": grid,
            "period": of,
            "mission": by,
            "at": clock_of(by),
            "may_enter": True,
        },
    )


def _after_saving(
    request: PersonRequest, of: ReportingPeriod, by: Mission, grid: ReportGrid, saved: Saved
) -> HttpResponse:
    """The page after a save of the whole form, or where the person asked to go with it."""
    then = request.POST.get("then", "")
    drop_restored(request, page_of(request, of, by))
    count = len(saved.saved)
    said = say_saved(
        ngettext("%(count)s result saved.", "%(count)s results saved.", count) % {"count": count},
        count=count,
        readings=[each for row in grid.rows if row.indicator.pk in saved.saved for each in row.readings],
        wrong=len(grid.wrong),
    )
    if grid.wrong:
        fresh = grid_of(of, by, saved.revision)
        fresh.keep_wrong(grid)
        return show_report(request, of, by, saved.revision, grid=fresh, refused=said, status=422)
    if then == SUBMIT:
        return submit_saved(request, of, by, saved.revision)
    if count or not then:
        messages.success(request, said)
    if (wanted := _EVIDENCE.fullmatch(then)) and (to := _evidence_of(of, by, grid, int(wanted[1]))):
        return redirect(to)
    asked = {"all": {}, MISSING: {"show": MISSING}}.get(then)
    if asked is None:
        asked = {"show": MISSING} if request.GET.get("show") == MISSING else {}
    anchor = ""
    if not then and not asked:
        # Back to where the person was, or near: to the last row that they wrote in.
        written = [row.key for row in grid.rows if row.indicator.pk in saved.saved]
        anchor = "".join(f"#{key}" for key in written[-1:])
    if unfolded := _UNFOLD.fullmatch(then):
        asked = {**asked, "unfold": unfolded[1]}
        anchor = f"#i{unfolded[1]}"
    return redirect(
        reverse("report", args=[of.code, by.code]) + (f"?{urlencode(asked)}" if asked else "") + anchor
    )


def _evidence_of(of: ReportingPeriod, by: Mission, grid: ReportGrid, pk: int) -> str:
    """Where evidence of an indicator of the form is added; empty where it is none of them."""
    codes = (row.indicator.code for row in grid.rows if row.indicator.pk == pk)
    at = reverse("report-evidence", args=[of.code, by.code])
    return next((f"{at}?{urlencode({'indicator': code})}#add-title" for code in codes), "")


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
