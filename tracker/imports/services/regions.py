"""Loading countries and missions."""

import zoneinfo
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from tracker.batches.lookups import find_countries
from tracker.batches.models import ImportBatch
from tracker.batches.plans import Lookup, Plan
from tracker.batches.row_plans import Refuse, plan_rows, read_held
from tracker.region.choices import MissionKind
from tracker.region.models import Country, Mission
from tracker.region.services import COUNTRY_FIELDS, save_countries, save_missions

MISSION_NAMES = ("code", "name", "kind", "country", "covered_by", "time_zone", "source")
MISSION_PATHS = {"country": "country__iso2", "covered_by": "covered_by__code"}


@dataclass(frozen=True, slots=True)
class CountryRow:
    """A row of the sheet ``countries``."""

    row: int
    iso2: str
    iso3: str
    name: str
    source_name: str | None
    subregion: str
    subregion_basis: str | None
    note: str | None
    source: str | None


@dataclass(frozen=True, slots=True)
class MissionRow:
    """A row of the sheet ``missions``: ``country`` and ``covered_by`` are codes."""

    row: int
    code: str
    name: str
    kind: str
    country: str | None
    covered_by: str | None
    time_zone: str
    source: str | None


def plan_countries(
    *, rows: Sequence[CountryRow], given: frozenset[str], options: Mapping[str, Any], user: object
) -> Plan:
    """Compare a sheet of countries with what is there, by ISO 3166 alpha-2."""
    held = read_held(Country.objects.all(), COUNTRY_FIELDS, key=["iso2"])
    of_iso3 = {each["iso3"]: each["iso2"] for each in held.values()}

    def check(new: Mapping[str, Any], refuse: Refuse) -> None:
        if not _is_code(new["iso2"], 2):
            refuse("iso2", _("Give two capital letters (ISO 3166-1)."))
        if not _is_code(new["iso3"], 3):
            refuse("iso3", _("Give three capital letters (ISO 3166-1)."))
        elif (other := of_iso3.setdefault(new["iso3"], new["iso2"])) != new["iso2"]:
            refuse(
                "iso3",
                _("%(country)s has this code already. Correct one of them.") % {"country": other},
            )

    named = [
        replace(row, source_name=row.name) if row.source_name is None and (row.iso2,) not in held else row
        for row in rows
    ]
    return plan_rows(
        rows=named,
        names=COUNTRY_FIELDS,
        key=["iso2"],
        held=held,
        given=given,
        defaults={"source_name": ""},
        check=check,
    )


def _is_code(said: str, length: int) -> bool:
    """So many capital letters."""
    return len(said) == length and said.isascii() and said.isalpha() and said.isupper()


def apply_countries(*, plan: Plan, batch: ImportBatch, user: object) -> None:
    """Write the planned countries."""
    save_countries(rows=plan.writes)


def plan_missions(
    *, rows: Sequence[MissionRow], given: frozenset[str], options: Mapping[str, Any], user: object
) -> Plan:
    """Compare a sheet of missions with what is there, by code."""
    held = read_held(Mission.objects.all(), MISSION_NAMES, key=["code"], paths=MISSION_PATHS)
    codes = {*(code for (code,) in held), *(row.code for row in rows)}
    zones = zoneinfo.available_timezones()

    def check(new: Mapping[str, Any], refuse: Refuse) -> None:
        if len(new["code"]) > 3:
            refuse("code", _("A code has at most 3 letters."))
        if new["kind"] == MissionKind.REGIONAL_OFFICE and new["country"]:
            refuse("country", _("A regional office has no country; leave the cell empty."))
        elif new["kind"] == MissionKind.COUNTRY and not new["country"]:
            refuse("country", _("A country mission needs its country. Give the two-letter code."))
        if new["covered_by"] == new["code"]:
            refuse("covered_by", _("A mission cannot be covered by itself. Leave the cell empty."))
        if new["time_zone"] not in zones:
            refuse("time_zone", _("There is no such time zone. Write it like Europe/Vienna or Asia/Bishkek."))

    return plan_rows(
        rows=rows,
        names=MISSION_NAMES,
        key=["code"],
        held=held,
        given=given,
        references={
            "country": find_countries(),
            "covered_by": Lookup(
                {code: code for code in codes},
                unknown=_("There is no mission with the code “%(code)s”."),
            ),
        },
        empty={"country": None, "covered_by": None},
        check=check,
    )


def apply_missions(*, plan: Plan, batch: ImportBatch, user: object) -> None:
    """Write the planned missions."""
    save_missions(rows=plan.writes)
