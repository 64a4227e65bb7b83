"""What people changed survives the next load of the fixtures; what nobody touched takes what the fixtures say."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from tests import stage
from tests.batches.sheets import csv_of, load, save, state_of_tables, undo
from tests.imports.test_exports_of_the_setup import out
from tracker.access.choices import Role
from tracker.access.models import User
from tracker.activities.models import Activity, FundingTotal
from tracker.batches.models import ImportBatch
from tracker.batches.services import Reloaded, reload_file
from tracker.common.records import delete_record, save_record
from tracker.framework.models import (
    Alignment,
    Breakdown,
    Cell,
    Indicator,
    Objective,
    ReferenceGoal,
    Strategy,
)
from tracker.imports.registry import KINDS, OF_THE_STRATEGY
from tracker.management.commands import load_strategy

FIXTURES = Path(settings.BASE_DIR) / "fixtures"

# Of every kind: a column, what somebody writes into its first row, and what the fixtures say next in all rows.
EDITS = {
    "countries": ("note", "Ours", "Theirs"),
    "missions": ("source", "Ours", "Theirs"),
    "country_facts": ("note", "Ours", "Theirs"),
    "offices": ("note", "Ours", "Theirs"),
    "conventions": ("note", "Ours", "Theirs"),
    "key_figures": ("note", "Ours", "Theirs"),
    "strategy": ("name", "Ours", "Theirs"),
    "pillars": ("name", "Ours", "Theirs"),
    "priorities": ("summary", "Ours", "Theirs"),
    "objectives": ("summary", "Ours", "Theirs"),
    "reference_frameworks": ("owner", "Ours", "Theirs"),
    "reference_goals": ("detail", "Ours", "Theirs"),
    "alignments": ("reason", "Ours", "Theirs"),
    "tags": ("name", "Ours", "Theirs"),
    "activities": ("tags", "border", "health"),
    "funding": ("note", "Ours", "Theirs"),
    "funding_totals": ("note", "Ours", "Theirs"),
    "breakdowns": ("cell_name", "Ours", "Theirs"),
    "indicators": ("note", "Ours", "Theirs"),
    "assignments": ("active_from", "2021-04-01", "2020-07-01"),
    "baselines": ("note", "Ours", "Theirs"),
}

Rows = list[dict[str, str]]


def rows_of(data: bytes) -> Rows:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def file_of(rows: Rows) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def fixture(kind: str) -> Rows:
    return rows_of((FIXTURES / f"{kind}.csv").read_bytes())


def reload(kind: str, rows: Rows) -> Reloaded:
    """Load the next edition of a kind's fixtures."""
    of = {"decimal_mark": "."}
    if OF_THE_STRATEGY.index(kind) > OF_THE_STRATEGY.index("strategy"):
        of["strategy"] = Strategy.objects.get().code
    return reload_file(kind=KINDS[kind], data=file_of(rows), filename=f"{kind}.csv", options=of)


def run(**options: Any) -> list[str]:
    """What load_strategy says."""
    printed = io.StringIO()
    call_command("load_strategy", stdout=printed, **options)
    return printed.getvalue().splitlines()


def held(kind: str, row: dict[str, str]) -> dict[str, str]:
    """The row that is held by the same key, as the kind's own export has it."""
    [found] = [
        each
        for each in rows_of(out(kind))
        if all(each[name].casefold() == row[name].casefold() for name in KINDS[kind].named_by)
    ]
    return found


@pytest.fixture
def administrator(db) -> User:
    return stage.make_person("Administrator", Role.ADMINISTRATOR)


def test_in_every_kind_an_edit_stays_and_the_fixtures_reach_the_other_rows(db, administrator) -> None:
    assert set(EDITS) == set(OF_THE_STRATEGY)
    run()
    for kind, (column, ours, theirs) in EDITS.items():
        first, *others = fixture(kind)
        load(kind, file_of([{**first, column: ours}]), user=administrator)
        # The same fixtures again change nothing, and say what stays.
        again = reload(kind, [first, *others])
        assert again.plan.counts()["changed"] == 0, kind
        assert {cell.column for cell in again.kept} == {column}, kind
        # The next ones reach every row that nobody touched.
        after = reload(kind, [{**row, column: theirs} for row in [first, *others]])
        assert not after.plan.errors, (kind, after.plan.errors[:2])
        assert not after.left_out, (kind, after.left_out[:2])
        assert held(kind, first)[column] == ours, kind
        for row in others[:2]:
            assert held(kind, row)[column] == theirs, kind
        # And once more they have nothing to write, although the edit is not what they say.
        state = state_of_tables()
        once_more = reload(kind, [{**row, column: theirs} for row in [first, *others]])
        assert state_of_tables() == state, kind
        assert [(cell.column, cell.key) for cell in once_more.kept] == [
            (column, tuple(first[name] for name in KINDS[kind].named_by))
        ], kind


@pytest.fixture
def loaded(db) -> None:
    run()


def test_an_edited_row_takes_what_the_fixtures_say_of_its_other_columns(loaded, administrator) -> None:
    indicator = Indicator.objects.get(code="SP1-O1-I1")
    indicator.name, indicator.note = "Our own name", "Our own note"
    save_record(record=indicator)
    first, *others = fixture("indicators")
    changed = {**first, "name": "Another name", "verification": "Another means"}
    kept = reload("indicators", [changed, *others]).kept
    indicator.refresh_from_db()
    assert (indicator.name, indicator.note, indicator.verification) == (
        "Our own name",
        "Our own note",
        "Another means",
    )
    assert sorted((cell.column, cell.held, cell.said) for cell in kept) == [
        ("name", "Our own name", "Another name"),
        ("note", "Our own note", first["note"]),
    ]


def test_an_edit_that_was_taken_back_is_the_fixtures_again(loaded, administrator) -> None:
    first, *others = fixture("tags")
    batch = save("tags", file_of([{**first, "name": "Ours"}]), user=administrator)
    undo(batch, user=administrator)
    assert reload("tags", [{**first, "name": "Theirs"}, *others]).kept == []
    assert held("tags", first)["name"] == "Theirs"


def test_what_was_taken_away_stays_away_and_what_hangs_on_it_is_left_out(loaded) -> None:
    tie = Alignment.objects.filter(objective__code="SP1-O1", goal__framework__code="MIGOF").first()
    assert tie is not None
    delete_record(record=tie)
    goal = ReferenceGoal.objects.get(framework__code="GCM", code="23")
    Alignment.objects.filter(goal=goal).delete()
    delete_record(record=goal)
    hanging = sum(1 for row in fixture("alignments") if (row["framework"], row["goal"]) == ("GCM", "23"))
    assert hanging > 0
    state = state_of_tables()
    brief, full = run(), run(verbosity=2)
    assert state_of_tables() == state
    assert "; rows: 0 new, 0 changed, " in brief[0]
    assert "2 rows that were taken away stay away." in brief
    assert brief[-1] == "With -v 2, load_strategy names each of them."
    assert "  reference_goals, GCM / 23" in full
    assert any(line.startswith("  alignments, SP1-O1 / MIGOF / ") for line in full)
    assert [line for line in full if "GCM has no goal with the code “23”" in line] != []
    assert sum("GCM has no goal" in line for line in full) == hanging


def test_a_row_that_came_with_an_update_and_somebody_had_made_already_stays_theirs(
    loaded, administrator
) -> None:
    load("tags", csv_of("code,name", "our-own,Ours"), user=administrator)
    rows = [*fixture("tags"), {"code": "our-own", "name": "Theirs"}, {"code": "theirs", "name": "Theirs"}]
    assert [cell.key for cell in reload("tags", rows).kept] == [("our-own",)]
    assert held("tags", rows[-2])["name"] == "Ours"
    assert held("tags", rows[-1])["name"] == "Theirs"


def test_a_renamed_breakdown_takes_new_cells_and_keeps_its_name(loaded) -> None:
    breakdown = Breakdown.objects.get(code="sex")
    breakdown.name = "Sex, as stated"
    save_record(record=breakdown)
    rows = fixture("breakdowns")
    new = {**next(row for row in rows if row["code"] == "sex"), "cell": "x", "cell_name": "Another"}
    after = reload("breakdowns", [new, *rows])
    assert after.left_out == []
    breakdown.refresh_from_db()
    assert breakdown.name == "Sex, as stated"
    assert Cell.objects.get(breakdown=breakdown, code="x").name == "Another"


def test_ties_of_an_activity_that_were_changed_stay(loaded, administrator) -> None:
    row = next(
        row for row in fixture("activities") if row["objectives"].count(";") == 0 and row["objectives"]
    )
    load("activities", file_of([{**row, "objectives": "SP2-O1"}]), user=administrator)
    run()
    activity = Activity.objects.get(code=row["code"])
    assert [each.code for each in activity.objectives.all()] == ["SP2-O1"]


def test_a_load_that_was_undone_is_not_done_again(loaded, administrator) -> None:
    batch = ImportBatch.objects.get(kind="funding_totals")
    undo(batch, user=administrator)
    rows = len(fixture("funding_totals"))
    assert f"{rows} rows that were taken away stay away." in run()
    assert not FundingTotal.objects.exists()


def test_where_the_store_has_lost_the_last_fixtures_what_is_there_stays(loaded, kept_files) -> None:
    batch = ImportBatch.objects.get(kind="tags")
    (kept_files / batch.file.name).unlink()
    first, *others = fixture("tags")
    assert reload("tags", [first, *others]).kept == []
    new = {"code": "new-one", "name": "New"}
    after = reload("tags", [{**first, "name": "Theirs"}, *others, new])
    assert [cell.key for cell in after.kept] == [(first["code"],)]
    assert held("tags", first)["name"] == first["name"]
    assert held("tags", new)["name"] == "New"


def test_at_first_a_bad_row_refuses_everything_and_later_it_is_left_out(
    db, monkeypatch, tmp_path: Path
) -> None:
    bad = [*fixture("alignments"), {**fixture("alignments")[0], "goal": "P99"}]
    for path in FIXTURES.glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    good_text = (tmp_path / "alignments.csv").read_bytes()
    (tmp_path / "alignments.csv").write_bytes(file_of(bad))
    monkeypatch.setattr(load_strategy, "FIXTURES", tmp_path)
    with pytest.raises(CommandError, match=r"alignments\.csv cannot be loaded; nothing was saved"):
        run()
    assert not Objective.objects.exists()
    (tmp_path / "alignments.csv").write_bytes(good_text)
    run()
    (tmp_path / "alignments.csv").write_bytes(file_of(bad))
    said = run()
    assert "1 row cannot be saved beside what was changed, and is left out:" in said
    assert any("P99" in line for line in said)


def test_a_strategy_that_was_taken_away_is_said_with_the_way_back(db, monkeypatch) -> None:
    monkeypatch.setattr(load_strategy, "OF_THE_STRATEGY", ("strategy",))
    monkeypatch.setattr(load_strategy, "open_periods", lambda strategy: 0)
    run()
    Strategy.objects.all().delete()
    with pytest.raises(CommandError, match=r"import_data strategy fixtures/strategy\.csv --commit"):
        run()
