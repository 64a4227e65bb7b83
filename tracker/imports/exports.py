"""Countries, missions and people, as their own sheets say them."""

from collections.abc import Iterator, Mapping
from typing import Any

from tracker.access.models import Membership, User
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


def read_people(*, selection: Selection, user: object) -> Taken:
    """The accounts, by address; of the missions chosen, whoever has or had a role there."""
    found = User.objects.order_by("email")
    if selection.missions:
        of_missions = Membership.objects.filter(mission__code__in=selection.missions)
        found = found.filter(pk__in=of_missions.values("user"))
    return Taken(
        {"email": email, "name": name, "active": "yes" if active else "no"}
        for email, name, active in found.values_list("email", "name", "is_active")
    )


def read_memberships(*, selection: Selection, user: object) -> Taken:
    """The memberships, those that have ended too, by person; of the missions chosen, if any are."""
    found = Membership.objects.order_by("user__email", "role", "mission__code", "starts_on", "pk")
    if selection.missions:
        found = found.filter(mission__code__in=selection.missions)
    names = {
        "email": "user__email",
        "role": "role",
        "mission": "mission__code",
        "starts_on": "starts_on",
        "ends_on": "ends_on",
        "stand_in": "stand_in__email",
        "stand_in_from": "stand_in_from",
        "stand_in_to": "stand_in_to",
    }

    def read() -> Iterator[Mapping[str, Any]]:
        for row in found.values_list(*names.values()):
            yield dict(zip(names, row, strict=True))

    return Taken(read())
