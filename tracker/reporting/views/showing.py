"""The page of a report’s results, as it is shown after whatever somebody did on it."""

from django.http import HttpResponse
from django.shortcuts import render

from tracker.access.policies import rights_of
from tracker.access.requests import PersonRequest, ids_among
from tracker.progress import policies
from tracker.progress.models import ReportingPeriod, ReportRevision
from tracker.region.models import Mission

from .. import services
from ..forming import grid_of
from ..forms import ReportGrid
from ..opening import head_of
from .shared import page_of

MISSING = "missing"
NAMED = 10
"""How many missing results a refusal leads to by name."""


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
    if grid is None:
        grid = grid_of(of, by, revision)
    head = head_of(request, of, by, revision, refused=refused, counts=grid.counts)
    if typing is not None:
        (grid.restore if head["may_enter"] else grid.leave)(typing.fields)
        if not grid.is_typed:
            # All of it is saved by now, from another page.
            services.drop_typing(page_of(request, of, by))
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
            "grid": grid,
            "missing": len(missing),
            "named": missing[:NAMED] if names_missing else [],
            "unnamed": len(missing) - NAMED,
            "is_part": is_part,
            "typing": typing if grid.is_typed else None,
            "page": services.sign_page(page_of(request, of, by)),
            "may_submit": head["may_enter"] and _may_submit(request, by, revision),
        },
        status=status,
    )


def _may_submit(request: PersonRequest, by: Mission, revision: ReportRevision | None) -> bool:
    rights = rights_of(request.user)
    if revision is None:
        return by.pk in rights.missions
    return policies.can_submit(rights, mission=by, revision=revision)
