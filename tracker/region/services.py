"""Writing the region: countries and areas with what the documents say of them, missions, offices; conventions and
who ratified them; key figures.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import Model

from tracker.common.bulk import columns_of, run, staged, upsert

from .choices import OfficeKind
from .models import Convention, Country, KeyFigure, Mission, Office, Ratification

COUNTRY_FIELDS = (
    "iso2",
    "iso3",
    "name",
    "source_name",
    "subregion",
    "subregion_basis",
    "note",
    "source",
)
FACT_FIELDS = (
    "name_2015_2020",
    "name_mi2017",
    "name_mi2019",
    "iom_status",
    "iom_status_note",
    "gcm_vote",
    "unsdcf",
    "migration_network",
    "coordinates",
    "eastern_partnership_panel",
    "western_balkan_initiative",
    "almaty_process",
    "in_convention_table",
    "tile_row",
    "tile_column",
    "facts_source",
    "facts_note",
)
MISSION_FIELDS = ("code", "name", "kind", "country", "time_zone", "source")
OFFICE_FIELDS = ("code", "country", "city", "kind", "mission", "city_as_printed", "note", "source")
CONVENTION_FIELDS = ("code", "year", "title", "note", "source", "order")
RATIFICATION_FIELDS = ("convention", "country", "status", "date", "note", "source")
KEY_FIGURE_FIELDS = (
    "code",
    "title",
    "value",
    "value_text",
    "unit",
    "qualifier",
    "geography",
    "country",
    "year",
    "year_text",
    "document",
    "note",
    "doubt",
    "source",
    "order",
)

Rows = Collection[Mapping[str, Any]]


def save_countries(*, rows: Rows) -> int:
    """Insert or update countries by code, each with all ``COUNTRY_FIELDS``; says how many were written."""
    return _save(Country, COUNTRY_FIELDS, unique=["iso2"], rows=rows)


def save_country_facts(*, rows: Rows) -> int:
    """Write what the documents say of countries that are there: ``iso2`` and all ``FACT_FIELDS``.

    A country that is not there is not made. Says how many were written.
    """
    if not rows:
        return 0
    fields = ("iso2", *FACT_FIELDS)
    columns = columns_of(Country, fields)
    set_to = ", ".join(f"{name} = said.{name}" for name in FACT_FIELDS)
    with staged(columns=columns, rows=_tuples(fields, rows)) as source:
        return run(f"UPDATE tracker_country c SET {set_to} FROM {source} said WHERE c.iso2 = said.iso2")


def save_missions(*, rows: Rows) -> int:
    """Insert or update missions by their code.

    Each row has ``MISSION_FIELDS`` (``country`` is an id or None) and ``covered_by``, the code of the mission
    whose people report for it, or None. Says how many were written.
    """
    written = _save(Mission, MISSION_FIELDS, unique=["code"], rows=rows)
    # A second step, because a mission may be covered by one that stands further down in the same file.
    codes = [row["code"] for row in rows]
    covering = [row["covered_by"] for row in rows]
    run(
        "UPDATE tracker_mission m SET covered_by_id = c.id "
        "FROM unnest(%s::text[], %s::text[]) AS given(code, covering) "
        "LEFT JOIN tracker_mission c ON c.code = given.covering "
        "WHERE m.code = given.code AND m.covered_by_id IS DISTINCT FROM c.id",
        [codes, covering],
    )
    return written


def save_offices(*, rows: Rows) -> int:
    """Insert or update offices by code, each with all ``OFFICE_FIELDS`` (``country`` and ``mission`` are ids)."""
    # Who is a main office no more comes first: the database takes one main office in a country, row by row.
    return _save(
        Office,
        OFFICE_FIELDS,
        unique=["code"],
        rows=sorted(rows, key=lambda row: row["kind"] == OfficeKind.MAIN),
    )


def save_conventions(*, rows: Rows) -> int:
    """Insert or update conventions by code, each with all ``CONVENTION_FIELDS``."""
    return _save(Convention, CONVENTION_FIELDS, unique=["code"], rows=rows)


def save_ratifications(*, rows: Rows) -> int:
    """Insert or update where countries stand toward conventions, each row with all ``RATIFICATION_FIELDS``
    (``convention`` and ``country`` are ids).
    """
    return _save(Ratification, RATIFICATION_FIELDS, unique=["convention", "country"], rows=rows)


def save_key_figures(*, rows: Rows) -> int:
    """Insert or update key figures by code, each with all ``KEY_FIGURE_FIELDS`` (``country`` is an id or None)."""
    return _save(KeyFigure, KEY_FIGURE_FIELDS, unique=["code"], rows=rows)


def _save(model: type[Model], fields: Sequence[str], *, unique: Sequence[str], rows: Rows) -> int:
    return upsert(model=model, fields=fields, unique=unique, rows=_tuples(fields, rows))


def _tuples(fields: Sequence[str], rows: Rows) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in fields) for row in rows]
