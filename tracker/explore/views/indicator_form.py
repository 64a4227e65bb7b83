"""One indicator made or changed in a form, by the service that a sheet of indicators goes through."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tracker.access.guards import planners_only
from tracker.access.requests import PersonRequest
from tracker.batches.services import ByHand, look_by_hand, save_by_hand
from tracker.common.errors import Stale
from tracker.framework.models import Breakdown, Indicator, Objective, Strategy
from tracker.framework.resources.strategy import INDICATORS
from tracker.framework.services.indicators import has_results, on_sheet, read_indicators

from ..forms.indicators import (
    COLUMNS,
    IndicatorForm,
    begin_from,
    fingerprint,
    locked_words,
    objective_of,
    replaced_by,
)
from .missing import found_or_near


@planners_only
@require_http_methods(["GET", "HEAD", "POST"])
def indicator_new(request: PersonRequest) -> HttpResponse:
    """A form for another indicator of the current strategy."""
    strategy = Strategy.objects.current()
    if strategy is None:
        return render(request, "explore/empty.html", {"strategy": None})
    form = _form(request, strategy, None)
    if request.method != "POST":
        problem = ""
        form.initial["objective"] = objective_of(request.GET)
        if code := replaced_by(request.GET):
            if held := _held(strategy, code):
                form.initial.update(begin_from(held))
            else:
                problem = _("There is no indicator “%(code)s” to be replaced: the form is empty.") % {
                    "code": code
                }
        return _show(request, strategy, form, problem=problem)
    return _record(request, strategy, form, None)


@planners_only
@require_http_methods(["GET", "HEAD", "POST"])
def indicator_edit(request: PersonRequest, code: str) -> HttpResponse:
    """The form of an indicator that there is."""
    found = found_or_near(
        Indicator.objects.of_current_strategy().select_related("objective__priority", "strategy"),
        code,
        kind="indicator",
        title="name",
    )
    form = _form(request, found.strategy, found)
    if request.method != "POST":
        return _show(request, found.strategy, form, found)
    return _record(request, found.strategy, form, found)


def _form(request: PersonRequest, strategy: Strategy, found: Indicator | None) -> IndicatorForm:
    return IndicatorForm(
        request.POST if request.method == "POST" else None,
        objectives=Objective.objects.filter(strategy=strategy).order_by("priority__order", "order"),
        breakdowns=Breakdown.objects.filter(strategy=strategy).order_by("name"),
        held=_held(strategy, found.code) if found else None,
        is_reported=found is not None and has_results(found),
    )


def _held(strategy: Strategy, code: str) -> dict[str, Any] | None:
    """What a sheet says of an indicator, if there is one with this code."""
    held = read_indicators(strategy.pk).get(code)
    return None if held is None else on_sheet(held)


def _show(
    request: PersonRequest,
    strategy: Strategy,
    form: IndicatorForm,
    found: Indicator | None = None,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    return render(
        request,
        "explore/indicator_form.html",
        {
            "strategy": strategy,
            "indicator": found,
            "form": form,
            "problem": problem,
            "locked": locked_words(found) if found and form.locked else "",
        },
        status=status,
    )


def _record(
    request: PersonRequest, strategy: Strategy, form: IndicatorForm, found: Indicator | None
) -> HttpResponse:
    """Save what the form says; the page again with what was typed where it cannot be saved."""
    if not form.is_valid():
        return _show(request, strategy, form, found, status=422)
    row = form.row()
    asked = ByHand(INDICATORS, lambda: [row], COLUMNS, {"strategy": strategy.code})
    looked = look_by_hand(asked=asked, user=request.user)
    if looked.plan.errors:
        form.blame(looked.plan.errors)
        return _show(request, strategy, form, found, status=422)
    if not looked.changes_something:
        messages.success(request, _("It stands like this already."))
        return redirect("indicator", code=row.code)
    held = _held(strategy, row.code)
    if found is None and held is not None:
        form.add_error("code", _("There is an indicator with this code. Give the new one a code of its own."))
        return _show(request, strategy, form, found, status=422)
    if held is not None and form.cleaned_data["shown"] != fingerprint(held):
        form.renew(shown=fingerprint(held))
        form.add_error(
            None,
            _(
                "Somebody changed this indicator meanwhile. What you typed is still there: compare it with the "
                "indicator’s page, and save again if yours is to stand."
            ),
        )
        return _show(request, strategy, form, found, status=409)
    try:
        save_by_hand(asked=asked, digest=looked.digest, user=request.user)
    except Stale as refusal:
        form.add_error(None, str(refusal))
        return _show(request, strategy, form, found, status=409)
    messages.success(
        request, _("Saved.") if found else _("The indicator is there. Assign it to missions next.")
    )
    return redirect("indicator", code=row.code)
