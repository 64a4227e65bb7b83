"""Loading countries and missions."""

import zoneinfo
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tracker.batches.models import ImportBatch
from tracker.batches.plans import Lookup, Plan, compare, fill_row, refuse_repeats
from tracker.region.choices import MissionKind
from tracker.region.models import Country, Mission
from tracker.region.services import COUNTRY_FIELDS, save_countries, save_missions


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
    plan = Plan(writes=[])
    held = {each["iso2"]: each for each in Country.objects.values(*COUNTRY_FIELDS)}
    of_iso3 = {each["iso3"]: code for code, each in held.items()}
    rows = refuse_repeats(
        plan=plan, rows=rows, key=lambda row: row.iso2, column="iso2", value=lambda row: row.iso2
    )
    for row in rows:
        if not (len(row.iso2) == 2 and row.iso2.isascii() and row.iso2.isalpha() and row.iso2.isupper()):
            plan.refuse(
                row=row.row,
                column="iso2",
                value=row.iso2,
                message=_("Give two capital letters (ISO 3166-1)."),
            )
            continue
        if not (len(row.iso3) == 3 and row.iso3.isascii() and row.iso3.isalpha() and row.iso3.isupper()):
            plan.refuse(
                row=row.row,
                column="iso3",
                value=row.iso3,
                message=_("Give three capital letters (ISO 3166-1)."),
            )
            continue
        if of_iso3.setdefault(row.iso3, row.iso2) != row.iso2:
            plan.refuse(
                row=row.row,
                column="iso3",
                value=row.iso3,
                message=_("%(country)s has this code already. Correct one of them.")
                % {"country": of_iso3[row.iso3]},
            )
            continue
        old = held.get(row.iso2)
        new = fill_row(row, COUNTRY_FIELDS, given=given, old=old, defaults={"source_name": row.name})
        change = compare(row=row.row, key=(row.iso2,), new=new, old=old)
        plan.changes.append(change)
        if change.cells:
            plan.writes.append(new)
    return plan


def apply_countries(*, plan: Plan, batch: ImportBatch, user: object) -> None:
    """Write the planned countries."""
    save_countries(rows=plan.writes)


def plan_missions(
    *, rows: Sequence[MissionRow], given: frozenset[str], options: Mapping[str, Any], user: object
) -> Plan:
    """Compare a sheet of missions with what is there, by code."""
    plan = Plan(writes=[])
    fields = ("code", "name", "kind", "country", "covered_by", "time_zone", "source")
    countries = dict(Country.objects.values_list("iso2", "id"))
    known = Lookup(countries, unknown=_("There is no country or area with the code “%(code)s”."))
    held = {
        each["code"]: {
            **each,
            "country": each["country__iso2"],
            "covered_by": each["covered_by__code"],
        }
        for each in Mission.objects.values(
            "code", "name", "kind", "country__iso2", "covered_by__code", "time_zone", "source"
        )
    }
    rows = refuse_repeats(
        plan=plan, rows=rows, key=lambda row: row.code, column="code", value=lambda row: row.code
    )
    covering = Lookup(
        {code: code for code in {*held, *(row.code for row in rows)}},
        unknown=_("There is no mission with the code “%(code)s”."),
    )
    zones = zoneinfo.available_timezones()
    for row in rows:
        errors = len(plan.errors)
        old = held.get(row.code)
        new = fill_row(row, fields, given=given, old=old, empty={"country": None, "covered_by": None})
        if len(row.code) > 3:
            plan.refuse(
                row=row.row, column="code", value=row.code, message=_("A code has at most 3 letters.")
            )
        regional = new["kind"] == MissionKind.REGIONAL_OFFICE
        if regional == bool(new["country"]):
            plan.refuse(
                row=row.row,
                column="country",
                value=new["country"],
                message=_("A regional office has no country; leave the cell empty.")
                if regional
                else _("A country mission needs its country. Give the two-letter code."),
            )
        elif new["country"]:
            known.find(new["country"], plan=plan, row=row.row, column="country")
        if new["covered_by"] == row.code:
            plan.refuse(
                row=row.row,
                column="covered_by",
                value=row.code,
                message=_("A mission cannot be covered by itself. Leave the cell empty."),
            )
        elif new["covered_by"]:
            covering.find(new["covered_by"], plan=plan, row=row.row, column="covered_by")
        if new["time_zone"] not in zones:
            plan.refuse(
                row=row.row,
                column="time_zone",
                value=new["time_zone"],
                message=_("There is no such time zone. Write it like Europe/Vienna or Asia/Bishkek."),
            )
        if len(plan.errors) > errors:
            continue
        change = compare(row=row.row, key=(row.code,), new=new, old=old)
        plan.changes.append(change)
        if change.cells:
            plan.writes.append({**new, "country": countries[new["country"]] if new["country"] else None})
    return plan


def apply_missions(*, plan: Plan, batch: ImportBatch, user: object) -> None:
    """Write the planned missions."""
    save_missions(rows=plan.writes)
