"""The region and people, as their own sheets say them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from tracker.access.models import Membership, User
from tracker.batches.row_plans import read_held
from tracker.batches.selections import Selection, Taken
from tracker.framework.exports import plain_rows
from tracker.region import services
from tracker.region.models import Convention, Country, KeyFigure, Mission, Office, Ratification

from .services import region_facts as facts
from .services import regions


def read_countries(*, selection: Selection, user: object) -> Taken:
    """The countries and areas, by code; of the missions chosen, if any are."""
    return _read(_chosen_countries(selection), services.COUNTRY_FIELDS, key=["iso2"])


def read_country_facts(*, selection: Selection, user: object) -> Taken:
    """What the documents say of the countries and areas, by code; of the missions chosen, if any are."""
    return _read(_chosen_countries(selection), facts.FACT_NAMES, key=["iso2"], paths=facts.FACT_PATHS)


def read_missions(*, selection: Selection, user: object) -> Taken:
    """The missions, by code."""
    found = Mission.objects.order_by("code")
    if selection.missions:
        found = found.filter(code__in=selection.missions)
    return _read(found, regions.MISSION_NAMES, key=["code"], paths=regions.MISSION_PATHS)


def read_offices(*, selection: Selection, user: object) -> Taken:
    """The offices, by code; of the missions chosen, if any are."""
    found = Office.objects.order_by("code")
    if selection.missions:
        found = found.filter(mission__code__in=selection.missions)
    return _read(found, services.OFFICE_FIELDS, key=["code"], paths=facts.OFFICE_PATHS)


def read_conventions(*, selection: Selection, user: object) -> Taken:
    """The conventions, in their order."""
    return _read(Convention.objects.order_by("order", "code"), services.CONVENTION_FIELDS, key=["code"])


def read_ratifications(*, selection: Selection, user: object) -> Taken:
    """What is recorded of ratifications, by convention and country; of the missions chosen, if any are."""
    found = Ratification.objects.order_by("convention__order", "convention__code", "country__iso2")
    if selection.missions:
        found = found.filter(country__mission__code__in=selection.missions)
    key = ["convention", "country"]
    return _read(found, services.RATIFICATION_FIELDS, key=key, paths=facts.RATIFICATION_PATHS)


def read_key_figures(*, selection: Selection, user: object) -> Taken:
    """The key figures, in their order; of the missions chosen, if any are."""
    found = KeyFigure.objects.order_by("order", "code")
    if selection.missions:
        found = found.filter(country__mission__code__in=selection.missions)
    return _read(found, services.KEY_FIGURE_FIELDS, key=["code"], paths=facts.KEY_FIGURE_PATHS)


def _chosen_countries(selection: Selection) -> QuerySet[Country]:
    found = Country.objects.order_by("iso2")
    return found.filter(mission__code__in=selection.missions) if selection.missions else found


def _read(
    things: QuerySet[Any],
    names: Sequence[str],
    *,
    key: Sequence[str],
    paths: Mapping[str, str] | None = None,
) -> Taken:
    return Taken(plain_rows(read_held(things, names, key=key, paths=paths).values()))


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
