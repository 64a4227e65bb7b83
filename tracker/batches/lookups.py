"""What the codes of many sheets name: missions, countries and areas."""

from django.utils.translation import gettext as _

from tracker.region.models import Country, Mission

from .plans import Lookup


def find_missions() -> Lookup[int]:
    """The ids of missions by their codes."""
    return Lookup(
        dict(Mission.objects.order_by("code").values_list("code", "id")),
        unknown=_("There is no mission with the code “%(code)s”."),
    )


def find_countries() -> Lookup[int]:
    """The ids of countries and areas by their codes."""
    return Lookup(
        dict(Country.objects.order_by("iso2").values_list("iso2", "id")),
        unknown=_("There is no country or area with the code “%(code)s”."),
    )
