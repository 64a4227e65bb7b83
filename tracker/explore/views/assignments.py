"""The grid of assignments: read by everybody with a role; officers and administrators assign, end, correct and take
back in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tracker.access.guards import readers_only
from tracker.access.policies import can_plan, rights_of
from tracker.access.requests import PersonRequest
from tracker.batches.downloads import send_sheet
from tracker.batches.services import ByHand, look_by_hand, save_by_hand
from tracker.common.errors import Refused, Stale
from tracker.framework.models import Indicator, StrategicPriority, Strategy
from tracker.progress.choices import AssigningStep
from tracker.progress.resources import ASSIGNMENTS
from tracker.progress.services import assigning
from tracker.progress.services.assigning import Choice, Pair
from tracker.progress.services.taking_back import look_at_taking_back, take_back
from tracker.region.models import Mission

from ..exports import assignments_sheet
from ..forms.assigning import AssigningForm, GridForm, read_pairs
from ..reading.assignments import Grid, State, Ticked, read_grid, read_missions, read_spans
from ..wording.assignments import (
    say_change,
    say_done,
    say_errors,
    say_leant_on,
    say_nothing_changes,
    say_nothing_ticked,
    say_taken_back,
)
from .shared import query_without

FEW = 4
"""So many missions have room for words; more have marks and years."""


@dataclass
class _Page:
    """What a request is about: the strategy, the missions and the part of the grid that is shown."""

    strategy: Strategy
    missions: Sequence[Mission]
    form: GridForm

    def grid(self, ticked: Ticked | None = None) -> Grid:
        return read_grid(self.strategy, self.form.shown, today=timezone.localdate(), ticked=ticked)


@readers_only
@require_http_methods(["GET", "HEAD", "POST"])
def assignments(request: PersonRequest) -> HttpResponseBase:
    """Indicators by missions: which are assigned, since when and until when; and the steps of changing that."""
    strategy = Strategy.objects.current()
    if strategy is None:
        return render(request, "explore/empty.html", {"strategy": None})
    rights = rights_of(request.user)
    missions = read_missions()
    own = [] if rights.regional else [mission for mission in missions if mission.pk in rights.missions]
    priorities = StrategicPriority.objects.filter(strategy=strategy)
    form = GridForm(request.GET, priorities=priorities, missions=missions, own=own)
    page = _Page(strategy, missions, form)
    if request.method == "POST":
        if not can_plan(request.user):
            raise PermissionDenied(_("Officers and administrators say which mission reports on what."))
        return _answer(request, page)
    grid = page.grid()
    if answer := send_sheet(
        request,
        lambda tagged: assignments_sheet(grid, tagged=tagged),
        name="assignments",
        user=request.user,
    ):
        return answer
    return _show(request, page, grid=grid)


def _answer(request: PersonRequest, page: _Page) -> HttpResponse:
    """A step of changing: look at what was ticked, save what was looked at, or go back to the grid with it."""
    then = request.POST.get("then", "")
    # The ticks of what is not on the page stand on their own; the boxes of rows and columns are kept as such.
    grid = page.grid()
    places = _places(page)
    pairs = read_pairs(
        request.POST,
        indicators=places,
        missions=[mission.code for mission in page.missions],
        listed=[row.indicator.code for row in grid.listed],
    )
    acting = AssigningForm(request.POST, strategy=page.strategy, today=timezone.localdate())
    if then == "back":
        return _show(request, page, ticked=_as_cells(pairs), acting=acting)
    if then == "show":
        return _show(request, page, ticked=_as_ticked(request), acting=acting)
    problems = [] if pairs else [say_nothing_ticked(_as_ticked(request), one_mission=len(grid.missions) == 1)]
    if not acting.is_valid() or problems:
        return _show(request, page, ticked=_as_ticked(request), acting=acting, problems=problems, status=422)
    choice = acting.choice(pairs)
    if choice.step == AssigningStep.TAKE_BACK:
        answer = _take_back if then == "save" else _look_at_taking_back
    else:
        answer = _save if then == "save" else _look
    return answer(request, page, choice, acting)


def _as_hand(page: _Page, choice: Choice) -> ByHand:
    return ByHand(
        kind=ASSIGNMENTS,
        make_rows=lambda: assigning.make_rows(strategy=page.strategy, choice=choice),
        given=assigning.GIVEN,
        options={"strategy": page.strategy.code},
    )


def _look(
    request: PersonRequest, page: _Page, choice: Choice, acting: AssigningForm, *, stale: str = ""
) -> HttpResponse:
    """What would happen, to be confirmed; the grid again where nothing can, or would."""
    looked = look_by_hand(asked=_as_hand(page, choice), user=request.user)
    problems = say_errors(looked)
    if not problems and not looked.changes_something:
        problems = [say_nothing_changes(choice)]
    if problems:
        found = [stale, *problems] if stale else problems
        ticked = _as_cells(choice.pairs)
        return _show(request, page, ticked=ticked, acting=acting, problems=found, status=422)
    outlook = assigning.foresee(
        strategy=page.strategy, choice=choice, plan=looked.plan, today=timezone.localdate()
    )
    names = {mission.code: mission.name for mission in page.missions}
    return render(
        request,
        "explore/assignments_confirm.html",
        {
            "strategy": page.strategy,
            "choice_made": choice,
            "step": choice.step.value,
            "outlook": outlook,
            "by_mission": [(names[code], count) for code, count in outlook.by_mission.items()],
            "changes": [say_change(change) for change in looked.plan.changes],
            "digest": looked.digest,
            "cells": " ".join(f"{code}:{mission}" for code, mission in choice.pairs),
            "stale": stale,
            "kept": request.GET.urlencode(),
        },
        status=409 if stale else 200,
    )


def _save(request: PersonRequest, page: _Page, choice: Choice, acting: AssigningForm) -> HttpResponse:
    asked = _as_hand(page, choice)
    try:
        saved = save_by_hand(asked=asked, digest=request.POST.get("digest", ""), user=request.user)
    except Stale as refusal:
        return _look(request, page, choice, acting, stale=str(refusal))
    if saved.changes_something:
        outlook = assigning.foresee(
            strategy=page.strategy, choice=choice, plan=saved.plan, today=timezone.localdate()
        )
        messages.success(request, say_done(choice, outlook))
    else:
        messages.success(request, _("These were saved already: the grid shows how they stand."))
    return _to_grid(request)


# -- Taking back ---------------------------------------------------------------------------------------
def _look_at_taking_back(
    request: PersonRequest, page: _Page, choice: Choice, acting: AssigningForm, *, stale: str = ""
) -> HttpResponse:
    """Which assignments would be taken back, to be confirmed; the grid again where something leans on one."""
    found = look_at_taking_back(strategy=page.strategy, pairs=choice.pairs)
    problems = say_leant_on(found.leant_on)
    if not problems and not found.assignments:
        problems = [_("Nothing would be taken back: none of these is assigned.")]
    if problems:
        ticked = _as_cells(choice.pairs)
        problems = [stale, *problems] if stale else problems
        return _show(request, page, ticked=ticked, acting=acting, problems=problems, status=422)
    return render(
        request,
        "explore/assignments_take_back.html",
        {
            "strategy": page.strategy,
            "choice_made": choice,
            "found": found,
            "digest": found.digest,
            "cells": " ".join(f"{code}:{mission}" for code, mission in choice.pairs),
            "stale": stale,
            "kept": request.GET.urlencode(),
        },
        status=409 if stale else 200,
    )


def _take_back(request: PersonRequest, page: _Page, choice: Choice, acting: AssigningForm) -> HttpResponse:
    try:
        found = take_back(
            strategy=page.strategy,
            pairs=choice.pairs,
            digest=request.POST.get("digest", ""),
            reason=choice.reason,
            user=request.user,
        )
    except Refused as refusal:
        return _look_at_taking_back(request, page, choice, acting, stale=str(refusal))
    messages.success(request, say_taken_back(len(found.assignments)))
    return _to_grid(request)


def _to_grid(request: PersonRequest) -> HttpResponse:
    kept = request.GET.urlencode()
    return redirect(f"{request.path}?{kept}" if kept else request.path)


def _show(
    request: PersonRequest,
    page: _Page,
    *,
    grid: Grid | None = None,
    ticked: Ticked | None = None,
    acting: AssigningForm | None = None,
    problems: Sequence[str] = (),
    status: int = 200,
) -> HttpResponse:
    """The grid, with everything ticked and typed as it was."""
    ticked = ticked or Ticked()
    grid = grid or page.grid(ticked)
    may_plan = can_plan(request.user)
    on_page = {cell.pair for row in grid.rows for cell in row.cells}
    codes = {row.indicator.code for row in grid.rows}
    if may_plan and acting is None:
        acting = AssigningForm(strategy=page.strategy, today=timezone.localdate())
    return render(
        request,
        "explore/assignments.html",
        {
            "strategy": page.strategy,
            "form": page.form,
            "grid": grid,
            "single": len(grid.missions) == 1,
            "few": len(grid.missions) <= FEW,
            "filters": [(words, query_without(request, name, "page")) for name, words in page.form.active()],
            "kept": query_without(request, "page"),
            "may_plan": may_plan,
            "spans": read_spans(grid.listed[0].indicator, grid.missions) if len(grid.listed) == 1 else [],
            "acting": acting,
            "problems": [*problems],
            "ticked": ticked,
            "elsewhere": sorted(ticked.cells - on_page),
            "rows_elsewhere": sorted(ticked.rows - codes),
            "states": [(state, grid.counts.get(state, 0)) for state in State],
            "is_own": not rights_of(request.user).regional and page.form.shown.missions != page.missions,
        },
        status=status,
    )


def _places(page: _Page) -> dict[str, int]:
    """The place of every indicator of the strategy in its order, by code."""
    codes = Indicator.objects.filter(strategy=page.strategy).in_order().values_list("code", flat=True)
    return {code: place for place, code in enumerate(codes)}


def _as_ticked(request: PersonRequest) -> Ticked:
    """The boxes as they were ticked."""
    return Ticked(
        cells=frozenset(word for value in request.POST.getlist("cell") for word in value.split()),
        rows=frozenset(word for value in request.POST.getlist("row") for word in value.split()),
        columns=frozenset(request.POST.getlist("column")),
        all_rows=request.POST.get("rows") == "all",
    )


def _as_cells(pairs: Sequence[Pair]) -> Ticked:
    return Ticked(cells=frozenset(f"{code}:{mission}" for code, mission in pairs))
