"""The first page: what waits for this person, and where the region stands."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tracker.access.policies import rights_of
from tracker.access.requests import PersonRequest
from tracker.analysis.charts import status_finding
from tracker.progress.models import ReportingPeriod

from ..reading.charts import status_chart
from ..reading.choices import Choice
from ..reading.framework import (
    count_rows,
    read_rows,
    rows_to_worry_about,
)
from ..reading.home import desk_of, own_reports
from ..reading.recounts import read_recounts
from ..reading.region_map import read_ground
from .region_map import region_map
from .shared import as_of, strategy_and_periods

MOST_WORRIES = 10


@login_required
@require_GET
def home(request: PersonRequest) -> HttpResponse:
    """What waits for this person, by role, and where the region stands."""
    rights = rights_of(request.user)
    if not rights.sees_region:
        return render(request, "explore/no_role.html")
    strategy, periods = strategy_and_periods()
    if strategy is None:
        return render(request, "explore/empty.html", {"strategy": None})
    ground = read_ground()
    context: dict[str, Any] = {"strategy": strategy, "choice": None}
    if rights.missions:
        # Before the first window has opened there are periods too.
        every = periods.every if periods else list(ReportingPeriod.objects.filter(strategy=strategy))
        for period in every:
            period.strategy = strategy
        context["own"] = own_reports(request.user, missions=ground.missions, periods=every)
    if rights.is_officer:
        context["desk"] = desk_of(strategy, request.user)
    if rights.is_administrator:
        context["recounts"] = read_recounts(strategy)
    if periods:
        choice = Choice(periods.usual)
        rows = read_rows(strategy, choice)
        table = count_rows(rows)
        context |= as_of(request, strategy, periods, choice)
        context |= {"table": table, "finding": status_finding(table.counts)}
        context["worries"] = rows_to_worry_about(rows, most=MOST_WORRIES)
        missions = [mission for mission in ground.missions if mission.pk in rights.missions]
        context["own_missions"] = sorted(missions, key=lambda mission: mission.name)
        if "desk" not in context and "own" not in context:
            context["chart"] = status_chart(table, choice)
    # Officers look for what is missing in the quarter that runs, everybody else for what is done where.
    usual = "completeness" if rights.is_officer else "activities"
    context |= region_map(request, strategy, periods, usual=usual, ground=ground)
    return render(request, "explore/home.html", context)
