"""The countries and areas as a list, with how many offices and activities each has."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from tracker.activities.models import Activity, ActivityCountry
from tracker.region.choices import Subregion
from tracker.region.models import Country, Mission, Office


@dataclass(frozen=True)
class SubregionReason:
    """Why these countries are one subregion: this tracker's own grouping."""

    title: str
    countries: str
    reason: str


def activities_of(country: Country | None, mission: Mission | None) -> QuerySet[Activity]:
    """The activities of a mission, and those of others that name its country."""
    is_its = Q(mission=mission) if mission is not None else Q(pk__in=())
    if country is not None:
        named = Activity.objects.filter(activitycountry_links__country=country)
        is_its |= Q(pk__in=named.order_by().values("pk"))
    return Activity.objects.filter(is_its)


def list_countries() -> QuerySet[Country]:
    """Every country and area with ``office_count`` and ``activity_count`` (its mission's, and those that name it;
    as on the map, see ``count_activities``).
    """
    offices = Office.objects.filter(country=OuterRef("pk")).order_by().values("country")
    counted = Activity.objects.counted()
    own = counted.filter(mission__country=OuterRef("pk")).order_by().values("mission__country")
    # An activity of its own mission that names the country is counted once, with the mission's.
    naming = (
        ActivityCountry.objects.filter(country=OuterRef("pk"), activity__in=counted)
        .exclude(activity__mission__country=OuterRef("pk"))
        .order_by()
        .values("country")
    )
    return Country.objects.annotate(
        office_count=_count(offices),
        activity_count=_count(own) + _count(naming),
    ).order_by("name")


def _count(groups: QuerySet[Any, Any]) -> Coalesce:
    """How many rows the one group of a subquery has; 0 where there is no group."""
    return Coalesce(Subquery(groups.annotate(n=Count("pk")).values("n")), 0, output_field=IntegerField())


def explain_subregions(countries: Iterable[Country]) -> list[SubregionReason]:
    """The subregions in their order, with their countries and areas, and the reason."""
    held = sorted(countries, key=lambda country: country.name)
    found = []
    for subregion in Subregion:
        own = [country for country in held if country.subregion == subregion]
        if own:
            names = ", ".join(country.name for country in own)
            found.append(SubregionReason(str(subregion.label), names, own[0].subregion_basis))
    return found
