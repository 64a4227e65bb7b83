"""Writing the countries and areas, and the missions that report for them."""

from collections.abc import Collection, Mapping
from typing import Any

from tracker.common.bulk import run, upsert

from .models import Country, Mission

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
MISSION_FIELDS = ("code", "name", "kind", "country", "time_zone", "source")


def save_countries(*, rows: Collection[Mapping[str, Any]]) -> int:
    """Insert or update countries by code, each with all ``COUNTRY_FIELDS``; says how many were written."""
    return upsert(
        model=Country,
        fields=COUNTRY_FIELDS,
        unique=["iso2"],
        rows=[tuple(row[name] for name in COUNTRY_FIELDS) for row in rows],
    )


def save_missions(*, rows: Collection[Mapping[str, Any]]) -> int:
    """Insert or update missions by their code.

    Each row has ``MISSION_FIELDS`` (``country`` is an id or None) and ``covered_by``, the code of the mission
    whose people report for it, or None. Says how many were written.
    """
    written = upsert(
        model=Mission,
        fields=MISSION_FIELDS,
        unique=["code"],
        rows=[tuple(row[name] for name in MISSION_FIELDS) for row in rows],
    )
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
