"""The page of a report’s results, as it is shown after whatever somebody did on it."""

from django.http import HttpResponse
from django.shortcuts import render

from tracker.access.policies import rights_of
from tracker.access.requests import PersonRequest, ids_among
from tracker.progress import policies
from tracker.progress.models import ReportingPeriod, ReportRevision
from tracker.progress.services.amounts import mark_of_language, say_how_to_type
from tracker.region.models import Mission

from .. import services
from ..drawn import draw, draw_as_stored
from ..forming import grid_of
from ..forms import ReportGrid
from ..opening import state_of, tabs_of
from .shared import page_of

MISSING = "missing"


def show_report(
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
    state = state_of(request, of, by, revision, refused=refused)
    unfolded = ids_among([request.GET.get("unfold", "")])
    is_part = request.GET.get("show") == MISSING
    if grid is None and (typing is not None or unfolded or is_part):
        grid = grid_of(of, by, revision)
    if grid is None:
        drawn = draw_as_stored(of, by, revision, may_enter=state["may_enter"])
    else:
        if typing is not None:
            (grid.restore if state["may_enter"] else grid.leave)(typing.fields)
            if not grid.is_typed:
                # All of it is saved by now, from another page.
                services.drop_typing(page_of(request, of, by))
        grid.unfold(unfolded)
        drawn = draw(grid, may_enter=state["may_enter"], only_missing=is_part)
    missing = drawn.counts.missing
    is_typed = grid is not None and grid.is_typed
    return render(
        request,
        "reporting/report.html",
        {
            **state,
            **tabs_of(of, by, revision, drawn.counts),
            "drawn": drawn,
            "questions": drawn.questions,
            "wrong": grid.wrong if grid else [],
            "missing": missing,
            "named": drawn.missing if names_missing else [],
            "unnamed": missing - len(drawn.missing),
            "is_part": bool(missing) and is_part,
            "is_typed": is_typed,
            "typing": typing if is_typed else None,
            "mark_of_decimals": mark_of_language(),
            "how_to_type": say_how_to_type(mark_of_language()),
            "page": services.sign_page(page_of(request, of, by)),
            "may_submit": state["may_enter"] and _may_submit(request, by, revision),
        },
        status=status,
    )


def _may_submit(request: PersonRequest, by: Mission, revision: ReportRevision | None) -> bool:
    rights = rights_of(request.user)
    if revision is None:
        return by.pk in rights.missions
    return policies.can_submit(rights, mission=by, revision=revision)
