"""Funding: what was asked for by country and area and by goal, one year against the other."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tracker.access.guards import readers_only
from tracker.access.requests import PersonRequest
from tracker.activities.filters import FundingFilter
from tracker.activities.models import FundingRequirement, FundingTotal
from tracker.activities.tables import FundingTable
from tracker.activities.wording import name_place
from tracker.analysis.drawing import Chart
from tracker.analysis.funding_charts import funding_chart
from tracker.analysis.kept import chart_of
from tracker.framework.models import ReferenceGoal, Strategy
from tracker.region.choices import KOSOVO
from tracker.region.models import Mission

from ..reading.funding import Funding, Line, bars_of, say_most
from .lists import show_list
from .region_map import region_map


@readers_only
@require_GET
def funding(request: PersonRequest) -> HttpResponseBase:
    """What was asked for, narrowed by year, place and goal: sums, charts, and every amount with its source."""
    if "country" in request.GET:
        # A country is as good as its mission, for both have one code; the page has one address for it.
        query = request.GET.copy()
        [country] = query.pop("country")[-1:]
        query.setdefault("mission", str(country))
        return redirect(f"{request.path}?{query.urlencode()}")
    missions = list(Mission.objects.order_by("name"))
    goals = list(
        ReferenceGoal.objects.filter(funding_requirements__isnull=False).distinct().order_by("order", "code")
    )
    years = list(FundingRequirement.objects.order_by("year").values_list("year", flat=True).distinct())
    amounts = FundingRequirement.objects.select_related("mission", "goal").order_by(
        "mission__name", "goal__order", "year"
    )
    chosen = FundingFilter(request.GET, amounts, years=years, goals=goals, missions=missions)

    def say_more() -> dict[str, Any]:
        year, mission, goal = (chosen.chosen(name) for name in ("year", "mission", "goal"))
        found = Funding(
            amounts=chosen.qs,
            printed=FundingTotal.objects.select_related("mission", "goal"),
            years=[each for each in years if year in ("", str(each))],
            missions=missions,
            goals=[each for each in goals if goal in ("", each.code)],
            whole_rows=not goal,
            whole_columns=not mission,
        )
        place = next((name_place(each) for each in missions if each.code == mission), "")
        of_goal = next((str(each) for each in goals if each.code == goal), "")
        strategy = Strategy.objects.current()
        return {
            "strategy": strategy,
            **({} if strategy is None else _map_of(request, strategy, years)),
            "place": place,
            "mission_code": mission,
            "goal": of_goal,
            "funding": found,
            "years": found.years,
            "of_all": found.of_all(),
            "change": found.of_all().change,
            "matrices": found.matrices() if not mission and not goal else (),
            "checked": found.checked_totals(),
            "names_kosovo": mission == KOSOVO,
            "has_any": bool(years),
            "parts": list(_parts(found, latest=max(years, default=0), place=place, goal=of_goal)),
        }

    return show_list(request, FundingTable(chosen.qs), chosen, name="funding", context=say_more)


def _map_of(request: PersonRequest, strategy: Strategy, years: list[int]) -> dict[str, Any]:
    """The map of what was asked for, of the latest year unless another is asked for."""
    usual = f"funding-{max(years, default=0)}"
    return region_map(request, strategy, None, only="funding-", usual=usual)


def _parts(
    found: Funding, *, latest: int, place: str, goal: str
) -> Iterator[tuple[str, str, list[Line], Chart]]:
    """By place and by goal: a heading, the chart, and the table beside it; what is chosen is not split by itself."""
    scope = " · ".join(part for part in (place, goal) if part)
    if found.missions and not place:
        lines = found.by_place()
        chart = chart_of(
            funding_chart,
            title=say_most(lines, found.years),
            scope=goal or _("All goals, by country and area"),
            head=_("Country or area"),
            years=found.years,
            latest=latest,
            bars=bars_of(lines),
        )
        yield "mission", _("By country and area"), lines, chart
    if found.missions and not goal:
        lines = found.by_goal()
        chart = chart_of(
            funding_chart,
            title=say_most(lines, found.years, scope=place),
            scope=scope or _("All countries and areas, by goal of the Migration Governance Framework"),
            head=_("Goal"),
            years=found.years,
            latest=latest,
            bars=bars_of(lines, coded=True),
        )
        yield "goal", _("By goal"), lines, chart
