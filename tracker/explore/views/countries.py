"""The region's countries and areas, the page of one of them with its mission, and the Regional Office's."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from tracker.access.guards import readers_only
from tracker.access.policies import Rights, rights_of
from tracker.access.requests import PersonRequest, wants_part
from tracker.activities.models import FundingRequirement
from tracker.region.choices import MissionKind
from tracker.region.models import Country, KeyFigure, Mission, Office

from ..filters.region import CountryFilter
from ..forms import ChoiceForm
from ..reading.choices import Choice, may_judge, may_see_provisional
from ..reading.conventions import read_matrix
from ..reading.countries import explain_subregions, list_countries
from ..reading.profiles import facts_of, names_of, read_activities, read_funding, read_parts
from ..reading.region_map import read_ground
from ..reading.spreads import read_spreads
from ..tables.region import CountryTable
from .lists import show_list
from .missing import found_or_near
from .region_map import region_map
from .shared import MOST_WRITTEN, as_of, query_without, strategy_and_periods


@readers_only
@require_GET
def countries(request: PersonRequest) -> HttpResponseBase:
    """The 20 countries and areas with what the documents say of them; each leads to its own page."""
    chosen = CountryFilter(request.GET, queryset=list_countries())

    def say_more() -> dict[str, Any]:
        everywhere = list(list_countries())
        strategy, periods = strategy_and_periods()
        ground = read_ground()
        drawn = (
            {}
            if strategy is None
            else region_map(request, strategy, periods, with_indicators=True, ground=ground)
        )
        if strategy and periods and rights_of(request.user).compares_missions:
            drawn["spreads"] = read_spreads(strategy, periods.usual, ground.missions)
        return {
            **drawn,
            "strategy": strategy,
            "listed": len(everywhere),
            "subregions": explain_subregions(everywhere),
            "regional_offices": Mission.objects.filter(kind=MissionKind.REGIONAL_OFFICE).order_by("name"),
            "sources": sorted({each.facts_source for each in everywhere if each.facts_source}, key=len)[-1:],
        }

    return show_list(request, CountryTable(chosen.qs), chosen, name="countries", context=say_more)


@readers_only
@require_GET
@vary_on_headers("HX-Request")
def country(request: PersonRequest, iso2: str) -> HttpResponse:
    """All that is known of a country or area, and what its mission does and reports."""
    countries = Country.objects.select_related("mission__covered_by")
    found = found_or_near(countries, iso2, kind="country", title="name", field="iso2")
    return _show_profile(request, found, getattr(found, "mission", None))


@readers_only
@require_GET
@vary_on_headers("HX-Request")
def mission(request: PersonRequest, code: str) -> HttpResponse:
    """The Regional Office; a country's mission has its page with the country."""
    found = found_or_near(Mission.objects.select_related("country"), code, kind="mission", title="name")
    if found.country is not None:
        return redirect("country", found.country.iso2)
    return _show_profile(request, None, found)


def _show_profile(request: PersonRequest, of: Country | None, own: Mission | None) -> HttpResponse:
    rights = rights_of(request.user)
    if wants_part(request):
        return render(request, "explore/profile_part.html", _measured(request, own, rights, ()))
    activities = read_activities(of, own)
    funding = read_funding(own) if own is not None else None
    context: dict[str, Any] = {
        "country": of,
        "mission": own,
        "name": of.name if of is not None else own,
        "offices": (Office.objects.filter(mission=own) if of is None else of.offices.all()).order_by(
            "kind", "city"
        ),
        "covers": own.covers.select_related("country").order_by("name") if own is not None else (),
        "activities": activities,
        "activity_count": sum(each.is_counted for each in activities),
        "own_activities": sum(each.is_counted and not each.is_historical for each in activities),
        "funding": funding,
        "funding_is_loaded": funding is not None or FundingRequirement.objects.exists(),
        **_measured(request, own, rights, activities),
    }
    if of is not None:
        context |= {
            "facts": facts_of(of),
            "names": names_of(of),
            "conventions": [standing for _convention, [standing] in read_matrix([of]).rows],
            "figures": KeyFigure.objects.filter(country=of).order_by("order", "code"),
        }
    return render(request, "explore/profile.html", context)


def _measured(request: PersonRequest, own: Mission | None, rights: Rights, activities: Any) -> dict[str, Any]:
    """Activities and indicators by priority, as of a period; how they stand for those who see that."""
    strategy, periods = strategy_and_periods()
    if strategy is None:
        return {"strategy": None, "parts": []}
    found: dict[str, Any] = {"strategy": strategy, "judged": own is not None and may_judge(rights, own)}
    choice = None
    if periods is not None and own is not None:
        form = ChoiceForm(request.GET, periods=periods, missions=(), rights=rights)
        asked = form.choice
        choice = Choice(asked.period, own, asked.provisional and may_see_provisional(rights, own))
        found |= {**as_of(request, strategy, periods, choice), "form": form}
    parts = read_parts(strategy, activities, choice)
    count = sum(len(part.rows) for part in parts)
    asked_part = request.GET.get("part", "")
    opened = next((part for part in parts if part.code and part.code == asked_part), None)
    if asked_part and opened is None and "form" in found:
        found["form"].problems.append(
            _("There is no priority “%(value)s”: none is opened.") % {"value": asked_part[:20]}
        )
    return {
        **found,
        "parts": parts,
        "opened": opened,
        "written": count <= MOST_WRITTEN,
        "kept_but_part": query_without(request, "part"),
        "indicators": count,
        "with_value": sum(part.with_value for part in parts),
        "no_periods": _("No period has ended yet: nothing can be judged.") if periods is None else "",
    }
