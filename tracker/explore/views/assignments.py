"""The grid of assignments: read by everybody with a role; officers and administrators assign and end in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tracker.access.guards import readers_only
from tracker.access.policies import can_plan, rights_of
from tracker.access.requests import PersonRequest
from tracker.batches.downloads import send_sheet
from tracker.batches.services import ByHand, Looked, look_by_hand, save_by_hand
from tracker.common.errors import Stale
from tracker.common.formats import show_date
from tracker.framework.models import Indicator, StrategicPriority, Strategy
from tracker.progress.choices import AssigningStep
from tracker.progress.resources import ASSIGNMENTS
from tracker.progress.services import assigning
from tracker.progress.services.assigning import Choice, Outlook, Pair
from tracker.region.models import Mission

from ..exports import assignments_sheet
from ..forms.assigning import AssigningForm, GridForm, read_pairs
from ..reading.assignments import Grid, State, Ticked, read_grid, read_missions, read_spans
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
    problems = [] if pairs else [_say_nothing_ticked(request, grid)]
    if not acting.is_valid() or problems:
        return _show(request, page, ticked=_as_ticked(request), acting=acting, problems=problems, status=422)
    choice = acting.choice(pairs)
    if then == "save":
        return _save(request, page, choice, acting)
    return _look(request, page, choice, acting)


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
    problems = _say_errors(looked, page)
    if not problems and not looked.changes_something:
        problems = [_say_nothing_changes(choice)]
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
            "ends": choice.step == AssigningStep.END,
            "outlook": outlook,
            "by_mission": [(names[code], count) for code, count in outlook.by_mission.items()],
            "changes": looked.plan.changes,
            "digest": looked.digest,
            "cells": " ".join(f"{code}:{mission}" for code, mission in choice.pairs),
            "stale": stale,
            "kept": request.GET.urlencode(),
            "names": names,
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
        messages.success(request, _say_done(choice, outlook))
    else:
        messages.success(request, _("These were saved already: the grid shows how they stand."))
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


# -- What is said --------------------------------------------------------------------------------------
def _say_nothing_ticked(request: PersonRequest, grid: Grid) -> str:
    if len(grid.missions) == 1:
        # Its column is always meant.
        return _("Nothing is ticked. Tick indicators, or all that are listed.")
    has_rows = request.POST.getlist("row") or request.POST.get("rows")
    if has_rows and not request.POST.getlist("column"):
        return _("Indicators are ticked, and no mission: tick the missions too, in the head of the grid.")
    if request.POST.getlist("column"):
        return _("Missions are ticked, and no indicator: tick the indicators too, or all that are listed.")
    return _("Nothing is ticked. Tick cells, or indicators and missions.")


def _say_nothing_changes(choice: Choice) -> str:
    if choice.step == AssigningStep.END:
        return _("Nothing would change: none of these is assigned after %(day)s.") % {
            "day": show_date(choice.on)
        }
    return _("Nothing would change: all of these are assigned, without an end.")


MOST_ERRORS = 12


def _say_errors(looked: Looked, page: _Page) -> list[str]:
    """What is wrong, each with the pair that it is about."""
    errors = looked.plan.errors
    if not errors:
        return []
    rows = {row.row: row for row in looked.rows}
    said = []
    for error in errors[:MOST_ERRORS]:
        row = rows.get(error.row or 0)
        said.append(f"{row.indicator}, {row.mission}: {error.message}" if row else str(error.message))
    if more := len(errors) - len(said):
        said.append(
            ngettext("… and %(count)s more like it.", "… and %(count)s more like these.", more)
            % {"count": more}
        )
    return said


def _say_done(choice: Choice, outlook: Outlook) -> str:
    day = {"day": show_date(choice.on)}
    if choice.step == AssigningStep.END:
        return ngettext(
            "%(count)s assignment ends on %(day)s.", "%(count)s assignments end on %(day)s.", outlook.ended
        ) % {"count": outlook.ended, **day}
    said = []
    if outlook.begun:
        said.append(
            ngettext(
                "%(count)s assignment begins on %(day)s.",
                "%(count)s assignments begin on %(day)s.",
                outlook.begun,
            )
            % {"count": outlook.begun, **day}
        )
    if outlook.resumed:
        said.append(
            ngettext(
                "%(count)s assignment goes on without an end.",
                "%(count)s assignments go on without an end.",
                outlook.resumed,
            )
            % {"count": outlook.resumed}
        )
    return " ".join(said)
