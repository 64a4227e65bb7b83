"""The page of an indicator: its reference sheet, its standings, its plans and its course."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from tracker.access.guards import readers_only
from tracker.access.policies import can_plan, rights_of
from tracker.access.requests import PersonRequest
from tracker.analysis.engine import standings
from tracker.analysis.wording import coverage_sentences
from tracker.framework.models import Indicator

from ..forms import ChoiceForm
from ..reading.breakdowns import read_breakdowns
from ..reading.cells import read_cells
from ..reading.charts import region_chart
from ..reading.choices import Choice
from ..reading.flows import read_flow
from ..reading.histories import changes_of_indicator, may_see_changes
from ..reading.indicator import (
    MissionGroup,
    group_by_subregion,
    mission_rows,
    missions_by_code,
    rules_in_words,
)
from ..reading.periods import Periods, read_periods
from ..reading.plans import read_plans
from ..reading.references import read_ties_of
from ..reading.rows import figures_of
from .missing import found_or_near
from .region_map import indicator_map
from .shared import as_of


@readers_only
@require_GET
def indicator(request: PersonRequest, code: str) -> HttpResponse:
    """The reference sheet of an indicator, its standings, its plans, its course, and for officers and
    administrators its history.
    """
    rights = rights_of(request.user)
    found = found_or_near(
        Indicator.objects.of_current_strategy()
        .select_related("objective__priority", "strategy")
        .prefetch_related("breakdowns__cells", "replaces", "replaced_by"),
        code,
        kind="indicator",
        title="name",
    )
    strategy = found.strategy
    periods = read_periods(strategy, today=timezone.localdate())
    context: dict[str, Any] = {
        "strategy": strategy,
        "indicator": found,
        "rules": rules_in_words(found),
        "plans": read_plans(found),
        "breakdowns": read_breakdowns(found),
        "ties": read_ties_of(found.objective),
        "may_adopt": can_plan(request.user),
        "changes": changes_of_indicator(found) if may_see_changes(rights) else [],
    }
    if periods:
        form = ChoiceForm(request.GET, periods=periods, missions=(), rights=rights)
        context |= as_of(request, strategy, periods, form.choice)
        context |= {"form": form, **_indicator_standing(request, found, periods, form.choice)}
    return render(request, "explore/indicator.html", context)


def _indicator_standing(
    request: PersonRequest, found: Indicator, periods: Periods, choice: Choice
) -> dict[str, Any]:
    """How the region and the missions stand, whom the region's figures speak for, the map and the chart."""
    rights, strategy = rights_of(request.user), found.strategy
    stands = standings(
        strategy=strategy,
        as_of=choice.period,
        indicators=[found.pk],
        with_subregions=rights.compares_missions,
        provisional=choice.provisional,
    )[found.pk]
    missions = missions_by_code(found)
    rows = mission_rows(found, stands, missions, rights)
    names = {code: mission.name for code, mission in missions.items()}
    judged = [row for row in rows if row.is_judged]
    reported = rows if len(judged) < len(rows) else []
    # Subregions are for those who compare missions: of a few rows they would tell the others.
    is_compared = rights.compares_missions
    return {
        "region": figures_of(found, stands.region, judge=strategy, chosen=choice.period.number),
        "flow": read_flow(found, strategy, choice, missions, judged_at=stands.judged_at),
        "coverage": coverage_sentences(found, stands.region, names),
        "judged": judged,
        "groups": group_by_subregion(found, stands, judged) if is_compared else [MissionGroup(judged)],
        "reported": reported,
        "reported_groups": [MissionGroup(reported)],
        "cells": read_cells(found, strategy, choice, stands, missions, rights),
        **(indicator_map(request, found, stands, missions.values()) if rows else {}),
        "chart": region_chart(
            found, strategy, stands.region, periods=periods.every, provisional=choice.provisional
        ),
    }
