"""Loading what the documents say of the region: facts of countries, offices, conventions and who ratified them, key
figures.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tracker.batches.lookups import find_countries, find_missions
from tracker.batches.models import ImportBatch
from tracker.batches.plans import Lookup, Plan, is_empty
from tracker.batches.row_plans import Refuse, plan_rows, read_held
from tracker.region import services
from tracker.region.choices import (
    GlobalCompactVote,
    IomStatus,
    Listed,
    MigrationNetwork,
    OfficeKind,
    RatificationStatus,
)
from tracker.region.models import Convention, Country, KeyFigure, Office, Ratification

FACT_NAMES = ("iso2", *(name.removeprefix("facts_") for name in services.FACT_FIELDS))
FACT_PATHS = {"source": "facts_source", "note": "facts_note"}
OFFICE_PATHS = {"country": "country__iso2", "mission": "mission__code"}
RATIFICATION_PATHS = {"convention": "convention__code", "country": "country__iso2"}
KEY_FIGURE_PATHS = {"country": "country__iso2"}


@dataclass(frozen=True, slots=True)
class CountryFactsRow:
    """A row of the sheet ``country_facts``: ``iso2`` is of a country that is there."""

    row: int
    iso2: str
    name_2015_2020: str | None
    name_mi2017: str | None
    name_mi2019: str | None
    iom_status: str | None
    iom_status_note: str | None
    gcm_vote: str | None
    unsdcf: str | None
    migration_network: str | None
    coordinates: str | None
    eastern_partnership_panel: bool | None
    western_balkan_initiative: bool | None
    almaty_process: bool | None
    in_convention_table: bool | None
    tile_row: int | None
    tile_column: int | None
    source: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """A row of the sheet ``offices``: ``country`` and ``mission`` are codes."""

    row: int
    code: str
    country: str | None
    city: str | None
    kind: str
    mission: str
    city_as_printed: str | None
    note: str | None
    source: str


@dataclass(frozen=True, slots=True)
class ConventionRow:
    """A row of the sheet ``conventions``."""

    row: int
    code: str
    year: int
    title: str
    note: str | None
    source: str
    order: int | None


@dataclass(frozen=True, slots=True)
class RatificationRow:
    """A row of the sheet ``ratifications``: ``convention`` and ``country`` are codes."""

    row: int
    convention: str
    country: str
    status: str
    date: date | None
    note: str | None
    source: str


@dataclass(frozen=True, slots=True)
class KeyFigureRow:
    """A row of the sheet ``key_figures``: ``value``, or ``value_text`` where the source has words."""

    row: int
    code: str
    title: str
    value: Decimal | None
    value_text: str | None
    unit: str
    qualifier: str | None
    geography: str
    country: str | None
    year: int | None
    year_text: str | None
    document: str
    note: str | None
    doubt: str | None
    source: str
    order: int | None


def plan_country_facts(
    *, rows: Sequence[CountryFactsRow], given: frozenset[str], options: Mapping[str, Any], user: object
) -> Plan:
    """Compare a sheet of facts with what is held of the countries. A country that is not there is refused."""
    held = read_held(Country.objects.all(), FACT_NAMES, key=["iso2"], paths=FACT_PATHS)
    said = {row.iso2.casefold() for row in rows}
    tiles = {
        (each["tile_row"], each["tile_column"]): each["iso2"]
        for each in held.values()
        if each["tile_row"] is not None and each["iso2"].casefold() not in said
    }

    def check(new: Mapping[str, Any], refuse: Refuse) -> None:
        tile = (new["tile_row"], new["tile_column"])
        if tile == (None, None):
            return
        if None in tile:
            refuse(
                "tile_row" if tile[0] is None else "tile_column",
                _("A tile has a row and a column. Give both, or leave both cells empty."),
            )
        elif 0 in tile:
            refuse("tile_row" if tile[0] == 0 else "tile_column", _("Rows and columns count from 1."))
        elif (other := tiles.setdefault(tile, new["iso2"])) != new["iso2"]:
            refuse("tile_column", _("This tile is that of %(country)s. Choose another.") % {"country": other})

    return plan_rows(
        rows=rows,
        names=FACT_NAMES,
        key=["iso2"],
        held=held,
        given=given,
        references={
            "iso2": Lookup(
                {code: code for (code,) in held},
                unknown=_(
                    "There is no country or area with the code “%(code)s”, and this sheet makes none: load it "
                    "with the sheet of countries and areas first."
                ),
            )
        },
        empty={
            "iom_status": IomStatus.NOT_STATED,
            "gcm_vote": GlobalCompactVote.NOT_LISTED,
            "unsdcf": Listed.NOT_LISTED,
            "migration_network": MigrationNetwork.NOT_LISTED,
            "eastern_partnership_panel": False,
            "western_balkan_initiative": False,
            "almaty_process": False,
            "in_convention_table": False,
            "tile_row": None,
            "tile_column": None,
        },
        check=check,
    )


def apply_country_facts(*, plan: Plan, batch: ImportBatch, user: object) -> None:
    """Write the planned facts."""
    services.save_country_facts(
        rows=[{**row, "facts_source": row["source"], "facts_note": row["note"]} for row in plan.writes]
    )


def plan_offices(
    *, rows: Sequence[OfficeRow], given: frozenset[str], options: Mapping[str, Any], user: object
) -> Plan:
    """Compare a sheet of offices with what is there, by code."""
    held = read_held(Office.objects.all(), services.OFFICE_FIELDS, key=["code"], paths=OFFICE_PATHS)
    said = {row.code for row in rows}
    main = {
        each["country"]: each["code"]
        for each in held.values()
        if each["kind"] == OfficeKind.MAIN and each["code"] not in said
    }

    def check(new: Mapping[str, Any], refuse: Refuse) -> None:
        if new["kind"] == OfficeKind.REGIONAL:
            return
        if not new["country"]:
            refuse("country", _("Only the Regional Office has no country of the region. Give its code."))
        elif new["kind"] == OfficeKind.MAIN and main.setdefault(new["country"], new["code"]) != new["code"]:
            refuse(
                "kind",
                _("%(office)s is the main office there already. Make one of them a sub-office.")
                % {"office": main[new["country"]]},
            )

    return plan_rows(
        rows=rows,
        names=services.OFFICE_FIELDS,
        key=["code"],
        held=held,
        given=given,
        references={"country": find_countries(), "mission": find_missions()},
        empty={"country": None},
        check=check,
    )


def apply_offices(*, plan: Plan, batch: ImportBatch, user: object) -> None:
    """Write the planned offices."""
    services.save_offices(rows=plan.writes)


def plan_conventions(
    *, rows: Sequence[ConventionRow], given: frozenset[str], options: Mapping[str, Any], user: object
) -> Plan:
    """Compare a sheet of conventions with what is there, by code."""
    return plan_rows(
        rows=rows,
        names=services.CONVENTION_FIELDS,
        key=["code"],
        held=read_held(Convention.objects.all(), services.CONVENTION_FIELDS, key=["code"]),
        given=given,
        defaults={"order": 0},
    )


def apply_conventions(*, plan: Plan, batch: ImportBatch, user: object) -> None:
    """Write the planned conventions."""
    services.save_conventions(rows=plan.writes)


def plan_ratifications(
    *, rows: Sequence[RatificationRow], given: frozenset[str], options: Mapping[str, Any], user: object
) -> Plan:
    """Compare a sheet of ratifications with what is there, by convention and country."""

    def check(new: Mapping[str, Any], refuse: Refuse) -> None:
        if new["status"] == RatificationStatus.NOT_RATIFIED and new["date"]:
            refuse("date", _("What is not ratified has no date. Empty the cell, or correct the status."))

    conventions = Lookup(
        dict(Convention.objects.values_list("code", "id")),
        unknown=_("There is no convention with the code “%(code)s”."),
    )
    return plan_rows(
        rows=rows,
        names=services.RATIFICATION_FIELDS,
        key=["convention", "country"],
        held=read_held(
            Ratification.objects.all(),
            services.RATIFICATION_FIELDS,
            key=["convention", "country"],
            paths=RATIFICATION_PATHS,
        ),
        given=given,
        references={"convention": conventions, "country": find_countries()},
        empty={"date": None},
        check=check,
    )


def apply_ratifications(*, plan: Plan, batch: ImportBatch, user: object) -> None:
    """Write the planned ratifications."""
    services.save_ratifications(rows=plan.writes)


def plan_key_figures(
    *, rows: Sequence[KeyFigureRow], given: frozenset[str], options: Mapping[str, Any], user: object
) -> Plan:
    """Compare a sheet of key figures with what is there, by code."""

    def check(new: Mapping[str, Any], refuse: Refuse) -> None:
        if is_empty(new["value"]) == is_empty(new["value_text"]):
            refuse(
                "value",
                _("Give the figure, or its words in value_text where the source has words; one of the two."),
            )

    return plan_rows(
        rows=rows,
        names=services.KEY_FIGURE_FIELDS,
        key=["code"],
        held=read_held(
            KeyFigure.objects.all(), services.KEY_FIGURE_FIELDS, key=["code"], paths=KEY_FIGURE_PATHS
        ),
        given=given,
        references={"country": find_countries()},
        defaults={"order": 0},
        empty={"value": None, "country": None, "year": None},
        check=check,
    )


def apply_key_figures(*, plan: Plan, batch: ImportBatch, user: object) -> None:
    """Write the planned key figures."""
    services.save_key_figures(rows=plan.writes)
