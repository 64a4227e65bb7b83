"""Countries and missions, as their own sheets say them."""

from tracker.batches.selections import Selection, Taken
from tracker.region.models import Country, Mission
from tracker.region.services import COUNTRY_FIELDS, MISSION_FIELDS


def read_countries(*, selection: Selection, user: object) -> Taken:
    """The countries and areas, by code; of the missions chosen, if any are."""
    found = Country.objects.order_by("iso2")
    if selection.missions:
        found = found.filter(mission__code__in=selection.missions)
    return Taken(found.values(*COUNTRY_FIELDS))


def read_missions(*, selection: Selection, user: object) -> Taken:
    """The missions, by code."""
    found = Mission.objects.order_by("code")
    if selection.missions:
        found = found.filter(code__in=selection.missions)
    above = {"country": "country__iso2", "covered_by": "covered_by__code"}
    own = [name for name in MISSION_FIELDS if name not in above]
    return Taken(
        {name: row[above.get(name, name)] for name in (*own, *above)}
        for row in found.values(*own, *above.values())
    )
