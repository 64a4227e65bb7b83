"""One baseline, one target: what it is and was; and for those who plan, recording it anew and withdrawing it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tracker.access.guards import planners_only, readers_only
from tracker.access.policies import can_plan
from tracker.access.requests import PersonRequest
from tracker.analysis.wording import regional_unit
from tracker.batches.services import ByHand, Looked, look_by_hand, save_by_hand
from tracker.common.errors import Refused, Stale
from tracker.framework.choices import Direction
from tracker.framework.models import Indicator
from tracker.progress.models import Baseline, IndicatorAssignment, Target
from tracker.progress.resources import BASELINES, TARGETS
from tracker.progress.services import revising
from tracker.progress.services.known import REGION
from tracker.region.models import Mission

from ..forms.plans import (
    BASELINE_COLUMNS,
    TARGET_COLUMNS,
    BaselineForm,
    PlanForm,
    TargetForm,
    WithdrawForm,
    typed_baseline,
    typed_target,
)
from ..reading.versions import (
    Versions,
    find_baseline,
    find_target,
    holding_baseline,
    holding_target,
    read_versions,
)
from ..wording.plans import asks_back, say_asked, say_overtaken
from .missing import found_or_near

Version = Baseline | Target


# -- One that there is --------------------------------------------------------------------------------
@readers_only
@require_http_methods(["GET", "HEAD", "POST"])
def baseline(request: PersonRequest, pk: int) -> HttpResponse:
    """A baseline and its versions; posting records another version."""
    return _version(request, find_baseline(pk))


@readers_only
@require_http_methods(["GET", "HEAD", "POST"])
def target(request: PersonRequest, pk: int) -> HttpResponse:
    """A target and its versions; posting records another version."""
    return _version(request, find_target(pk))


def _version(request: PersonRequest, shown: Version) -> HttpResponse:
    versions = read_versions(shown)
    if request.method != "POST":
        return _show_version(request, shown, versions)
    if not can_plan(request.user):
        raise PermissionDenied(_("Officers and administrators record baselines and targets."))
    form = _form_of(shown, versions, request)
    return _record(
        request,
        form,
        holding=versions.now.pk if versions.now else None,
        show=partial(_show_version, request, shown, versions),
    )


def _form_of(shown: Version, versions: Versions, request: PersonRequest) -> PlanForm:
    """The form for another version, which begins as what holds now (or held last)."""
    data = request.POST if request.method == "POST" else None
    last = versions.now or versions.rows[-1]
    held = shown if shown.pk == last.pk else type(shown).objects.select_related("indicator").get(pk=last.pk)
    common: dict[str, Any] = {
        "indicator": shown.indicator,
        "mission": shown.mission,
        "asks_why": revising.asks_for_reason(indicator=shown.indicator, mission=shown.mission),
    }
    pk = str(versions.now.pk) if versions.now else ""
    if isinstance(held, Target):
        return TargetForm(data, due=held.due_on, initial={**typed_target(held), "shown": pk}, **common)
    return BaselineForm(data, initial={**typed_baseline(held), "shown": pk}, **common)


def _show_version(
    request: PersonRequest,
    shown: Version,
    versions: Versions,
    *,
    form: PlanForm | None = None,
    withdrawing: WithdrawForm | None = None,
    looked: Looked | None = None,
    status: int = 200,
) -> HttpResponse:
    may_plan = can_plan(request.user)
    return render(
        request,
        "explore/version.html",
        {
            "strategy": shown.indicator.strategy,
            "indicator": shown.indicator,
            "mission": shown.mission,
            "is_target": isinstance(shown, Target),
            "unit": regional_unit(shown.indicator) if shown.mission is None else shown.indicator.unit,
            "versions": versions,
            "version": versions.shown,
            "here": "target" if isinstance(shown, Target) else "baseline",
            "may_plan": may_plan,
            "form": (form or _form_of(shown, versions, request)) if may_plan else None,
            "withdrawing": (withdrawing or WithdrawForm()) if may_plan and versions.now else None,
            "asked": say_asked(looked),
            "is_open": form is not None,
            "opens_withdrawing": withdrawing is not None,
        },
        status=status,
    )


@planners_only
@require_POST
def baseline_withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    """Let a baseline hold no more."""
    found = find_baseline(pk)
    return _withdraw(request, found, partial(revising.withdraw_baseline, baseline=found))


@planners_only
@require_POST
def target_withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    """Let a target hold no more."""
    found = find_target(pk)
    return _withdraw(request, found, partial(revising.withdraw_target, target=found))


def _withdraw(request: PersonRequest, found: Version, withdraw: Callable[..., bool]) -> HttpResponse:
    form = WithdrawForm(request.POST)
    status = 422
    if form.is_valid():
        try:
            done = withdraw(user=request.user, reason=form.cleaned_data["reason"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
            status = 409 if isinstance(refusal, Stale) else 422
        else:
            said = _("Withdrawn: it holds no more.") if done else _("It was withdrawn already.")
            messages.success(request, said)
            return redirect(request.path.removesuffix("withdraw/"))
    return _show_version(request, found, read_versions(found), withdrawing=form, status=status)


# -- A new one ----------------------------------------------------------------------------------------
@planners_only
@require_http_methods(["GET", "HEAD", "POST"])
def baseline_new(request: PersonRequest, code: str) -> HttpResponse:
    """A first baseline for a mission, or the region."""
    return _new(request, code, is_target=False)


@planners_only
@require_http_methods(["GET", "HEAD", "POST"])
def target_new(request: PersonRequest, code: str) -> HttpResponse:
    """Another target for a mission, or the region."""
    return _new(request, code, is_target=True)


def _new(request: PersonRequest, code: str, *, is_target: bool) -> HttpResponse:
    indicator = found_or_near(
        Indicator.objects.of_current_strategy().select_related("objective__priority", "strategy"),
        code,
        kind="indicator",
        title="name",
    )
    assigned = IndicatorAssignment.objects.in_force().filter(indicator=indicator).values("mission_id")
    missions = list(Mission.objects.filter(pk__in=assigned).order_by("kind", "name"))
    context: dict[str, Any] = {
        "strategy": indicator.strategy,
        "indicator": indicator,
        "is_target": is_target,
        "choices": [*((each.code, each.name) for each in missions), (REGION, _("The region"))],
        "is_monitored": is_target and indicator.direction == Direction.MONITOR,
    }
    wanted = request.GET.get("mission", "")
    mission = next((each for each in missions if each.code == wanted), None)
    if (mission is None and wanted != REGION) or context["is_monitored"]:
        problem = ""
        if wanted and not context["is_monitored"]:
            problem = _("“%(mission)s” is no mission that this indicator is assigned to. Choose one.")
        return render(
            request, "explore/plan_new.html", {**context, "problem": problem % {"mission": wanted[:40]}}
        )
    there = None if is_target else holding_baseline(indicator, mission)
    if there is not None and request.method != "POST":
        messages.info(request, _("There is a baseline already: this is it. Record it anew below."))
        return redirect("baseline", pk=there.pk)
    kind = TargetForm if is_target else BaselineForm
    form = kind(
        request.POST if request.method == "POST" else None,
        indicator=indicator,
        mission=mission,
        asks_why=revising.asks_for_reason(indicator=indicator, mission=mission),
    )
    context |= {"mission": mission, "chosen": True}

    def show(*, form: PlanForm, looked: Looked | None = None, status: int = 200) -> HttpResponse:
        asked = say_asked(looked)
        return render(
            request, "explore/plan_new.html", {**context, "form": form, "asked": asked}, status=status
        )

    if request.method != "POST":
        return show(form=form)
    return _record(request, form, holding=_holding, show=show)


# -- Recording, whichever it is -----------------------------------------------------------------------
def _record(
    request: PersonRequest,
    form: PlanForm,
    *,
    holding: Any,
    show: Callable[..., HttpResponse],
) -> HttpResponse:
    """Look at what the form says, ask what has to be asked, and save it; the page again with what was typed where it
    cannot be saved. ``holding`` is the version that holds now, or finds it.
    """
    if not form.is_valid():
        return show(form=form, status=422)
    asked = _as_hand(form)
    looked = look_by_hand(asked=asked, user=request.user)
    if looked.plan.errors:
        form.blame(looked.plan.errors)
        return show(form=form, status=422)
    if not looked.changes_something:
        messages.success(request, _("It stands like this already."))
        return redirect(_url_of(form))
    now = holding(form) if callable(holding) else holding
    shown = form.cleaned_data["shown"]
    if shown != str(now or ""):
        form.renew(shown=str(now or ""), answered="")
        form.add_error(None, say_overtaken(now))
        return show(form=form, status=409)
    if asks_back(looked) and form.cleaned_data["answered"] != looked.digest:
        form.renew(answered=looked.digest)
        return show(form=form, looked=looked)
    try:
        save_by_hand(asked=asked, digest=looked.digest, user=request.user)
    except Stale as refusal:
        form.add_error(None, str(refusal))
        return show(form=form, status=409)
    messages.success(request, _("Recorded. What held before stays below as a version."))
    return redirect(_url_of(form))


def _as_hand(form: PlanForm) -> ByHand:
    options = {
        "strategy": form.indicator.strategy.code,
        "reason": form.cleaned_data["reason"],
    }
    if isinstance(form, TargetForm):
        make = partial(revising.with_later_years, form.row(), indicator=form.indicator, mission=form.mission)
        return ByHand(TARGETS, make, TARGET_COLUMNS, options)
    assert isinstance(form, BaselineForm)
    row = form.row()
    return ByHand(BASELINES, lambda: [row], BASELINE_COLUMNS, options)


def _held(form: PlanForm) -> Version | None:
    """The version that holds of what the form is about."""
    if isinstance(form, TargetForm):
        return holding_target(form.indicator, form.mission, due_on=form.due)
    return holding_baseline(form.indicator, form.mission)


def _holding(form: PlanForm) -> int | None:
    held = _held(form)
    return held.pk if held else None


def _url_of(form: PlanForm) -> str:
    held = _held(form)
    assert held is not None
    return reverse("target" if isinstance(held, Target) else "baseline", args=[held.pk])
