"""The framework and one of its objectives, as the region or a mission stands."""

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from tracker.access.guards import readers_only
from tracker.access.policies import rights_of
from tracker.access.requests import PersonRequest
from tracker.batches.downloads import send_sheet
from tracker.framework.models import Objective, StrategicPriority

from ..exports import framework_sheet
from ..forms import ChoiceForm, FrameworkForm
from ..reading.choices import missions_judged
from ..reading.framework import (
    count_rows,
    group_rows,
    read_rows,
    select_rows,
)
from ..reading.periods import read_periods
from .missing import found_or_near
from .shared import as_of, query_without, strategy_and_periods


@readers_only
@require_GET
def framework(request: PersonRequest) -> HttpResponseBase:
    """Every indicator under its priority and objective, as the region or one mission stands; what is listed as a
    file too.
    """
    rights = rights_of(request.user)
    strategy, periods = strategy_and_periods()
    if strategy is None or periods is None:
        return render(request, "explore/empty.html", {"strategy": strategy})
    form = FrameworkForm(
        request.GET,
        periods=periods,
        missions=missions_judged(rights),
        rights=rights,
        priorities=StrategicPriority.objects.filter(strategy=strategy),
    )
    rows = read_rows(strategy, form.choice)
    shown = select_rows(rows, priority=form.given_priority, status=form.given_status, text=form.given_text)
    if answer := send_sheet(
        request,
        lambda tagged: framework_sheet(shown, form.choice, tagged=tagged),
        name="framework",
        user=request.user,
    ):
        return answer
    return render(
        request,
        "explore/framework.html",
        {
            **as_of(request, strategy, periods, form.choice),
            "form": form,
            "table": count_rows(rows, with_proposed=form.counts_proposed),
            "groups": group_rows(shown),
            "shown": len(shown),
            "shown_as": request.GET.urlencode(),
            "listed": len(rows),
            "filters": [(words, query_without(request, name)) for name, words in form.active()],
        },
    )


@readers_only
@require_GET
def objective(request: PersonRequest, code: str) -> HttpResponseBase:
    """What the strategy commits to here, and how its indicators stand."""
    rights = rights_of(request.user)
    found = found_or_near(
        Objective.objects.filter(strategy__is_current=True).select_related("priority__pillar", "strategy"),
        code,
        kind="objective",
        title="title",
    )
    strategy = found.strategy
    periods = read_periods(strategy, today=timezone.localdate())
    context: dict[str, Any] = {"strategy": strategy, "objective": found, "rows": []}
    if periods:
        form = ChoiceForm(request.GET, periods=periods, missions=missions_judged(rights), rights=rights)
        context |= as_of(request, strategy, periods, form.choice)
        rows = read_rows(strategy, form.choice, of=found)
        context |= {"form": form, "rows": rows, "shown_as": request.GET.urlencode()}
        if answer := send_sheet(
            request,
            lambda tagged: framework_sheet(rows, form.choice, tagged=tagged),
            name=f"objective-{found.code}",
            user=request.user,
        ):
            return answer
    return render(request, "explore/objective.html", context)
