"""What the fixtures say of the region, the outside frames, activities and funding, put straight into the tables:
plain code of the tests' own, which asks nothing of the import.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db.models import Model

from tracker.activities.models import (
    Activity,
    ActivityCountry,
    ActivityGoal,
    ActivityObjective,
    ActivityTag,
    FundingRequirement,
    FundingTotal,
    Tag,
)
from tracker.framework.models import Alignment, Objective, ReferenceFramework, ReferenceGoal
from tracker.region.models import Convention, Country, KeyFigure, Mission, Office

Row = dict[str, str]


def read_fixture(name: str) -> list[Row]:
    with Path(settings.BASE_DIR, "fixtures", f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def load_everything() -> None:
    """The strategy by its command, and whatever that did not bring."""
    call_command("load_strategy", verbosity=0)
    load_sources()


def load_sources() -> None:
    """Countries, missions and objectives are there; what is there of the others stays."""
    _country_facts()
    countries, missions = _by(Country, "iso2"), _by(Mission, "code")
    _fill(
        Office,
        (
            {
                **_take(row, "code", "city", "kind", "city_as_printed", "note", "source"),
                "country_id": countries.get(row["country"]),
                "mission_id": missions[row["mission"]],
            }
            for row in read_fixture("offices")
        ),
    )
    _fill(Convention, (row for row in read_fixture("conventions")))
    _fill(
        KeyFigure,
        (
            {
                **_take(
                    row, "code", "title", "value_text", "unit", "qualifier", "geography", "year_text",
                    "document", "note", "doubt", "source", "order",
                ),
                "value": row["value"] or None,
                "year": row["year"] or None,
                "country_id": countries.get(row["country"]),
            }
            for row in read_fixture("key_figures")
        ),
    )  # fmt: skip
    _references()
    _activities(countries, missions)
    _funding(missions)


def _by(model: type[Model], field: str, **chosen: Any) -> dict[str, int]:
    return dict(model._default_manager.filter(**chosen).values_list(field, "pk"))


def _take(row: Row, *names: str) -> dict[str, Any]:
    return {name: row[name] for name in names}


def _fill(model: type[Model], rows: Iterator[dict[str, Any]]) -> None:
    if not model._default_manager.exists():
        model._default_manager.bulk_create(model(**row) for row in rows)


def _country_facts() -> None:
    yes = ("eastern_partnership_panel", "western_balkan_initiative", "almaty_process", "in_convention_table")
    for row in read_fixture("country_facts"):
        facts: dict[str, Any] = {
            name: row[name] for name in row if name not in ("iso2", "source", "note", *yes)
        }
        facts |= {name: row[name] == "yes" for name in yes}
        Country.objects.filter(iso2=row["iso2"]).update(
            **facts, facts_source=row["source"], facts_note=row["note"]
        )


def _references() -> None:
    _fill(
        ReferenceFramework,
        ({**row, "year": row["year"] or None} for row in read_fixture("reference_frameworks")),
    )
    frames = _by(ReferenceFramework, "code")
    rows = read_fixture("reference_goals")
    _fill(
        ReferenceGoal,
        (
            {
                **_take(row, "code", "kind", "title", "detail", "title_basis", "source", "order"),
                "framework_id": frames[row["framework"]],
            }
            for row in rows
        ),
    )
    goals = _goals()
    for row in rows:
        if row["parent"]:
            ReferenceGoal.objects.filter(pk=goals[row["framework"], row["code"]]).update(
                parent_id=goals[row["framework"], row["parent"]]
            )
    objectives = _by(Objective, "code", strategy__is_current=True)
    _fill(
        Alignment,
        (
            {
                **_take(row, "basis", "reason", "source"),
                "objective_id": objectives[row["objective"]],
                "goal_id": goals[row["framework"], row["goal"]] if row["framework"] else None,
            }
            for row in read_fixture("alignments")
        ),
    )


def _goals() -> dict[tuple[str, str], int]:
    return {
        (frame, code): pk
        for frame, code, pk in ReferenceGoal.objects.values_list("framework__code", "code", "pk")
    }


def _activities(countries: dict[str, int], missions: dict[str, int]) -> None:
    _fill(Tag, (row for row in read_fixture("tags")))
    if Activity.objects.exists():
        return
    rows = read_fixture("activities")
    _fill(
        Activity,
        (
            {
                **_take(row, "code", "title", "status", "description", "tied_by", "tie_reason", "source"),
                "mission_id": missions[row["mission"]],
            }
            for row in rows
        ),
    )
    ids, tags, goals = _by(Activity, "code"), _by(Tag, "code"), _goals()
    objectives = _by(Objective, "code", strategy__is_current=True)
    known: list[tuple[type[Model], str, str, dict[Any, int]]] = [
        (ActivityObjective, "objectives", "objective_id", objectives),
        (ActivityTag, "tags", "tag_id", tags),
        (ActivityCountry, "countries", "country_id", countries),
        (ActivityGoal, "reference_goals", "goal_id", {f"{a}:{b}": pk for (a, b), pk in goals.items()}),
    ]
    for model, column, field, things in known:
        _fill(
            model,
            (
                {"activity_id": ids[row["code"]], field: things[code]}
                for row in rows
                for code in row[column].split(";")
                if code
            ),
        )


def _funding(missions: dict[str, int]) -> None:
    goals = {code: pk for (frame, code), pk in _goals().items() if frame == "MIGOF"}
    _fill(
        FundingRequirement,
        (
            {
                **_take(row, "year", "amount", "currency", "note", "source"),
                "amount_printed": row["amount_printed"] or None,
                "nothing_asked": row["nothing_asked"] == "yes",
                "mission_id": missions[row["mission"]],
                "goal_id": goals[row["goal"]],
            }
            for row in read_fixture("funding")
        ),
    )
    _fill(
        FundingTotal,
        (
            {
                **_take(row, "year", "amount", "amount_printed", "note", "source"),
                "mission_id": missions.get(row["mission"]),
                "goal_id": goals.get(row["goal"]),
            }
            for row in read_fixture("funding_totals")
        ),
    )
