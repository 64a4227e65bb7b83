"""Periods and their windows: re-dating one, extending the strategy by more, and more time for one mission."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tracker.access.guards import planners_only
from tracker.access.policies import rights_of
from tracker.access.requests import PersonRequest
from tracker.common.errors import NotAllowed, Refused, Stale
from tracker.common.formats import show_date, show_quarter
from tracker.framework.models import Strategy
from tracker.progress import policies
from tracker.progress.models import Extension, ReportingPeriod
from tracker.progress.rules import Window, answer_by
from tracker.progress.services import extensions
from tracker.progress.services.due import extensions_in_force, read_states
from tracker.progress.services.windows import (
    add_periods,
    may_count_anew,
    set_window,
    window_of,
)
from tracker.region.models import Mission

from ..forms.periods import ExtensionForm, WindowForm, spell_window
from ..reading.windows import (
    WindowEffects,
    foresee_window,
    read_extensions,
    read_mission_lines,
    read_period_lines,
    read_proposed,
)

View = Callable[..., HttpResponseBase]


@planners_only
@require_GET
def periods(request: PersonRequest) -> HttpResponse:
    """The periods of the strategy with their windows, and where the reports of each stand."""
    strategy = Strategy.objects.current()
    if strategy is None:
        return render(request, "explore/empty.html", {"strategy": None})
    lines = read_period_lines(strategy, today=timezone.localdate())
    return render(request, "explore/periods.html", {"strategy": strategy, "lines": lines})


# -- One window ---------------------------------------------------------------------------------------
@planners_only
@require_http_methods(["GET", "HEAD", "POST"])
def period(request: PersonRequest, code: str) -> HttpResponse:
    """A period and its reports, mission by mission; posting looks at other dates, and then sets them."""
    found = _period(code)
    may_anew = may_count_anew(found)
    if request.method != "POST":
        proposed = _propose(request.GET.get("propose", ""), found)
        form = WindowForm(period=found, may_count_anew=may_anew, proposed=proposed)
        return _show_period(request, found, form, is_open=proposed is not None)
    form = WindowForm(request.POST, period=found, may_count_anew=may_anew)
    if not form.is_valid():
        return _show_period(request, found, form, is_open=True, status=422)
    wanted, now = form.window(), window_of(found)
    if wanted == now and not (form.counts_anew and found.first_due_on):
        messages.info(request, _("These are the dates that the window has: nothing was changed."))
        return redirect("period", code=code)
    if form.cleaned_data["shown"] != spell_window(now):
        form.renew(shown=spell_window(now), answered="")
        form.add_error(
            None,
            _(
                "Somebody has re-dated this window meanwhile: it opens %(opens)s, is due %(due)s, closes %(closes)s."
            )
            % {
                name: show_date(day)
                for name, day in zip(("opens", "due", "closes"), vars(now).values(), strict=True)
            },
        )
        return _show_period(request, found, form, is_open=True, status=409)
    if form.cleaned_data["answered"] != form.digest():
        form.renew(answered=form.digest())
        return _show_period(request, found, form, is_open=True, is_asked=True)
    try:
        set_window(period=found, **vars(wanted), user=request.user, shown=now, counts_anew=form.counts_anew)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        status = 409 if isinstance(refusal, Stale) else 422
        return _show_period(request, _period(code), form, is_open=True, status=status)
    messages.success(
        request,
        _("The window of %(period)s opens %(opens)s, is due %(due)s and closes %(closes)s.")
        % {
            "period": show_quarter(code),
            "opens": show_date(found.opens_on),
            "due": show_date(found.due_on),
            "closes": show_date(found.closes_on),
        },
    )
    return redirect("period", code=code)


def _period(code: str) -> ReportingPeriod:
    return get_object_or_404(
        ReportingPeriod.objects.of_current_strategy().select_related("strategy"), code=code
    )


def _propose(step: str, period: ReportingPeriod) -> Window | None:
    """The dates by which a window opens or closes today, or opens again; None where that is no step for it."""
    now, today = window_of(period), timezone.localdate()
    if step == "open" and period.ends_on < today < now.opens_on:
        return replace(now, opens_on=today)
    if step == "close" and now.opens_on <= today < now.closes_on:
        return replace(now, due_on=min(now.due_on, today), closes_on=today)
    if step == "again" and now.closes_on < today:
        return replace(now, closes_on=answer_by(today))
    return None


def _show_period(
    request: PersonRequest,
    found: ReportingPeriod,
    form: WindowForm,
    *,
    is_open: bool,
    is_asked: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The page; ``is_asked``: with what the dates in the form would change, before they are saved."""
    lines = read_mission_lines(found)
    effects: WindowEffects | None = None
    if is_asked:
        effects = foresee_window(found, lines, wanted=form.window(), counts_anew=form.counts_anew)
    return render(
        request,
        "explore/period.html",
        {
            "strategy": found.strategy,
            "period": found,
            "lines": lines,
            "form": form,
            "effects": effects,
            "is_open": is_open,
            "may_extend": policies.can_extend(request.user),
            "steps": [step for step in ("open", "close", "again") if _propose(step, found)],
        },
        status=status,
    )


# -- More periods -------------------------------------------------------------------------------------
@planners_only
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: PersonRequest) -> HttpResponse:
    """The periods that would come next; posting adds them, the first so many."""
    strategy = Strategy.objects.current()
    if strategy is None:
        return render(request, "explore/empty.html", {"strategy": None})
    if request.method == "POST":
        try:
            added = add_periods(strategy=strategy, codes=request.POST.getlist("period"), user=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("periods-add")
        said = ngettext("%(count)s period added.", "%(count)s periods added.", len(added))
        messages.success(
            request, said % {"count": len(added)} if added else _("These periods were added already.")
        )
        return redirect("periods")
    proposed = read_proposed(strategy)
    return render(request, "explore/periods_add.html", {"strategy": strategy, "proposed": proposed})


# -- More time for one mission ------------------------------------------------------------------------
def _extenders_only(view: View) -> View:
    """Officers and heads; others who plan are told so (403)."""

    @planners_only
    @wraps(view)
    def guarded(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not policies.can_extend(request.user):
            raise PermissionDenied(_("Regional M&E officers grant extensions."))
        return view(request, *args, **kwargs)

    return guarded


@_extenders_only
@require_http_methods(["GET", "HEAD", "POST"])
def extension(request: PersonRequest, code: str, mission: str) -> HttpResponse:
    """The extensions that a mission has and had for a period; posting grants one."""
    of, by = _period(code), get_object_or_404(Mission, code=mission)
    if request.method != "POST":
        held = extensions_in_force(missions=[by], periods=[of]).get((by.pk, of.pk))
        usual = max(answer_by(timezone.localdate()), of.due_on + timedelta(days=1))
        initial = {"until": max(usual, held.until), "replaces": held.pk} if held else {"until": usual}
        return _show_extension(request, of, by, ExtensionForm(initial=initial))
    form = ExtensionForm(request.POST)
    if not form.is_valid():
        return _show_extension(request, of, by, form, status=422)
    try:
        granted = extensions.grant_extension(
            mission=by,
            period=of,
            until=form.cleaned_data["until"],
            reason=form.cleaned_data["reason"],
            user=request.user,
            replaces=form.cleaned_data["replaces"],
        )
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except Refused as refusal:
        # The page shows now what holds, so that what is sent again is over that.
        held = extensions_in_force(missions=[by], periods=[of]).get((by.pk, of.pk))
        form.renew(replaces=str(held.pk) if held else "")
        form.add_error(None, str(refusal))
        status = 409 if isinstance(refusal, Stale) else 422
        return _show_extension(request, of, by, form, status=status)
    messages.success(
        request,
        _("%(mission)s can write its report for %(period)s until %(until)s.")
        % {"mission": by, "period": show_quarter(code), "until": show_date(_last_day(of, granted))},
    )
    return redirect("extension", code=code, mission=mission)


def _last_day(period: ReportingPeriod, granted: Extension) -> date:
    """Until when the report is open: an extension may end before the window does."""
    return max(period.closes_on, granted.until)


def _show_extension(
    request: PersonRequest, of: ReportingPeriod, by: Mission, form: ExtensionForm, *, status: int = 200
) -> HttpResponse:
    state = read_states(missions=[by], periods=[of])[by.pk, of.pk]
    granted = read_extensions(by, of)
    return render(
        request,
        "explore/extension.html",
        {
            "strategy": of.strategy,
            "period": of,
            "mission": by,
            "state": state,
            "held": next((each for each in granted if each.withdrawn_at is None), None),
            "past": [each for each in granted if each.withdrawn_at is not None],
            "form": form,
            "may_read": policies.can_read_report(
                rights_of(request.user), mission=by, revision=state.revision
            ),
        },
        status=status,
    )


@_extenders_only
@require_POST
def extension_withdraw(request: PersonRequest, code: str, mission: str) -> HttpResponse:
    """Let the extension that a mission has hold no more."""
    held = Extension.objects.filter(period=_period(code), mission__code=mission)
    wanted = request.POST.get("extension", "")
    found = held.filter(pk=wanted).first() if wanted.isdecimal() and len(wanted) < 19 else None
    if found is None:
        raise Http404
    try:
        done = extensions.withdraw_extension(extension=found, user=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        said = _("Withdrawn: the window holds again.") if done else _("It was withdrawn already.")
        messages.success(request, said)
    return redirect("extension", code=code, mission=mission)
