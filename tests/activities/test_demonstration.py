"""The demonstration's invented activities: the same everywhere, marked, and of things that there are."""

import csv
from pathlib import Path

from django.conf import settings

from tests.activities.conftest import Scene
from tracker.activities.models import Activity
from tracker.activities.services.demonstration import lay_activities
from tracker.management.demo.activities import MARK, plan_activities

FIXTURES = Path(settings.BASE_DIR) / "fixtures"


def codes_of(name: str, *columns: str) -> set[str]:
    with (FIXTURES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return {":".join(row[column] for column in columns) for row in csv.DictReader(file)}


def missions() -> dict[str, str]:
    return {code: "" if code == "ROV" else code for code in codes_of("missions", "code")}


def test_each_mission_has_some_and_they_are_the_same_twice() -> None:
    rows = plan_activities(missions())
    assert rows == plan_activities(missions())
    assert len(rows) == len({row["code"] for row in rows}) == 4 * 21
    assert {row["source"] for row in rows} == {MARK}
    assert all(row["code"].startswith(f"DEMO-{row['mission']}-") for row in rows)
    assert {row["status"] for row in rows} == {"ongoing", "completed", "cancelled"}
    assert all(2020 <= row["start"].year <= 2024 and row["start"] < row["end"] for row in rows)


def test_they_name_only_what_the_fixtures_hold() -> None:
    rows = plan_activities(missions())
    for column, known in (
        ("objectives", codes_of("objectives", "code")),
        ("tags", codes_of("tags", "code")),
        ("reference_goals", codes_of("reference_goals", "framework", "code")),
        ("countries", codes_of("countries", "iso2")),
    ):
        assert {code for row in rows for code in row[column]} <= known, column


def test_they_are_kept_with_what_the_installation_has(scene: Scene) -> None:
    rows = plan_activities({"KG": "KG", "ROV": ""})
    assert lay_activities(strategy=scene.strategy, rows=rows) == 8
    kept = Activity.objects.get(code="DEMO-KG-1")
    assert (kept.source, kept.status, kept.mission.code) == (MARK, rows[0]["status"], "KG")
    assert [office.code for office in kept.offices.all()] == ["KG-BISHKEK"]
    # The small region has none of the strategy's objectives but two of its own.
    assert kept.objectives.count() == 0
    assert Activity.objects.filter(mission__code="ROV", countries__isnull=True).count() == 4
