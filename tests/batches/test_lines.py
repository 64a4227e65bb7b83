"""The lines of a batch: what people are shown of each row, searched, paged, kept and let go of."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import stage
from tests.batches.sheets import check, csv_of, load, look, save, xlsx_of_sheets
from tracker.batches.choices import LineOutcome, Outcome
from tracker.batches.lines import render
from tracker.batches.models import ImportBatch, ImportLine
from tracker.batches.plans import Change, Plan, RowError
from tracker.batches.services import prune_lines, recheck_batch
from tracker.batches.services.lines import store_lines
from tracker.imports.registry import KINDS

HEADER = "indicator,mission,baseline_value,baseline_date,baseline_source"


@pytest.fixture
def indicator(strategy, missions):
    for number in (1, 2, 3):
        indicator = stage.make_indicator(f"SP1-O1-I{number}")
        stage.assign(indicator, missions["KG"], missions["TJ"])
    return indicator


def shown(batch: ImportBatch) -> list[tuple]:
    return [
        (line.outcome, line.row, line.key, line.cells, line.columns, line.value)
        for line in batch.lines.in_order()
    ]


def test_errors_come_first_then_changes_and_unchanged_rows_are_only_counted(indicator) -> None:
    load("baselines", csv_of(HEADER, "SP1-O1-I1,KG,12,2019-12-31,Matrix", "SP1-O1-I2,KG,5,,"))
    batch = check(
        "baselines",
        csv_of(
            HEADER,
            "SP1-O1-I1,KG,13,2019-12-31,Matrix",
            "SP1-O1-I1,XX,1,,",
            "SP1-O1-I3,KG,1.50,,“Annex”",
            "SP1-O1-I2,KG,5,,",
            "SP1-O1-I3,TJ,x,31.13.2020,",
        ),
    ).batch
    assert shown(batch) == [
        ("error", 3, "", [], ["mission"], "XX"),
        ("error", 4, "", [], ["baseline_value"], "1.5"),
        ("error", 6, "", [], ["baseline_value"], "x"),
        ("error", 6, "", [], ["baseline_date"], "31.13.2020"),
        ("changed", 2, "SP1-O1-I1 / KG", [["baseline_value", "12", "13"]], ["baseline_value"], ""),
    ]
    assert (batch.new, batch.changed, batch.unchanged, batch.errors, batch.bad_rows) == (0, 1, 1, 4, 3)


def test_a_line_says_old_and_new_as_the_sheet_would(indicator) -> None:
    load("baselines", csv_of(HEADER, "SP1-O1-I1,KG,12,2019-12-31,Matrix"))
    batch = check(
        "baselines", csv_of(HEADER, "SP1-O1-I1,KG,0,2020-12-31,", 'SP1-O1-I2,TJ,7,,Say “no”\\ "so"')
    ).batch
    first, second = batch.lines.in_order()
    assert (first.outcome, first.row, first.key) == ("changed", 2, "SP1-O1-I1 / KG")
    assert [(cell.name, cell.old, cell.new, cell.had_value) for cell in first.shown_cells] == [
        ("baseline_value", "12", "0", True),
        ("baseline_date", "2019-12-31", "2020-12-31", True),
        ("baseline_source", "Matrix", "", True),
    ]
    assert second.cells == [
        ["baseline_value", None, "7"],
        ["baseline_source", None, 'Say “no”\\ "so"'],
    ]


HARD = 'tab\there, line\nbreak, \\N, back\\slash, "quotes", {braces}, Ýазык ქართ, \u00a0, \u2028, \x01 \x00'


def test_whatever_a_cell_says_is_kept_as_it_is(db) -> None:
    batch = ImportBatch.objects.create(kind="x", filename="x", sha256="0" * 64, status="waiting")
    plan = Plan(
        changes=[
            Change(
                2,
                Outcome.CHANGED,
                (HARD, "KG"),
                {HARD: (HARD, "\\N"), "b": (True, 1), "c": (1, Decimal("1.50"))},
            ),
            Change(3, Outcome.NEW, ("x",), {"list": (None, ["a", HARD]), "empty": (None, "")}),
        ],
        errors=[RowError(None, None, None, HARD), RowError(7, HARD, HARD, "\\."), RowError(8, "c", "", "x")],
        left_out=[RowError(9, None, None, "why")],
    )
    store_lines(batch_id=batch.pk, rendered=render(plan=plan, batch_id=batch.pk))
    kept = HARD.replace("\x00", "")
    lines = [
        (line.outcome, line.row, line.key, line.cells, line.columns, line.value, line.message)
        for line in batch.lines.in_order()
    ]
    assert lines == [
        ("error", None, "", [], [], "", kept),
        ("error", 7, "", [], [kept], kept, "\\."),
        ("error", 8, "", [], ["c"], "", "x"),
        (
            "changed", 2, f"{kept} / KG", [[kept, kept, "\\N"], ["b", "yes", "1"], ["c", "1", "1.5"]],
            [kept, "b", "c"], "", "",
        ),
        ("new", 3, "x", [["list", None, f"a; {kept}"], ["empty", None, ""]], ["list", "empty"], "", ""),
        ("left_out", 9, "", [], [], "", "why"),
    ]  # fmt: skip


def test_two_plans_have_one_digest_where_they_were_shown_the_same() -> None:
    def digest(**said) -> str:
        change = Change(2, Outcome.CHANGED, ("a",), {"value": (Decimal("1"), Decimal("2"))})
        plan = Plan(
            changes=[change, Change(3, Outcome.UNCHANGED, ("b",))], errors=[RowError(4, "c", "d", "e")]
        )
        for name, value in said.items():
            if name == "error":
                plan.errors[0] = value
            elif name == "more":
                plan.changes.append(value)
            else:
                setattr(change, name, value)
        return render(plan=plan, batch_id=1).digest

    plain = digest()
    assert digest(cells={"value": (Decimal("1.0"), Decimal("2.00"))}) == plain
    others = [
        digest(row=5),
        digest(outcome=Outcome.NEW),
        digest(key=("ab",)),
        digest(cells={"value": (Decimal("1"), Decimal("3"))}),
        digest(cells={"value": (None, Decimal("2"))}),
        digest(cells={"other": (Decimal("1"), Decimal("2"))}),
        digest(error=RowError(4, "c", "d", "f")),
        digest(error=RowError(None, "c", "d", "e")),
        digest(more=Change(9, Outcome.UNCHANGED, ("c",))),
    ]
    assert len({plain, *others}) == 1 + len(others)


def test_lines_are_found_by_outcome_column_and_text(indicator) -> None:
    load("baselines", csv_of(HEADER, "SP1-O1-I1,KG,12,2019-12-31,Matrix"))
    batch = check(
        "baselines",
        csv_of(
            HEADER,
            "SP1-O1-I1,KG,13,2019-12-31,Matrix",
            "SP1-O1-I2,KG,4,2019-12-31,The “50 %” note",
            'SP1-O1-I2,TJ,4,,"say ""yes"""',
            "SP1-O1-I3,KG,minus,,",
            "SP1-O1-I3,XX,4,,",
        ),
    ).batch

    def rows(lines) -> list[int]:
        return [line.row for line in lines.in_order()]

    lines = batch.lines
    assert rows(lines.errors()) == [5, 6]
    assert rows(lines.changes()) == [2, 3, 4]
    assert rows(lines.of_outcome(LineOutcome.NEW)) == [3, 4]
    assert rows(lines.in_column("baseline_value")) == [5, 2, 3, 4]
    assert rows(lines.in_column("baseline_date")) == [3]
    assert rows(lines.in_column("mission")) == [6]
    assert rows(lines.saying("minus")) == [5]
    assert rows(lines.saying("  sp1-o1-i2 / kg ")) == [3]
    assert rows(lines.saying("THERE IS NO MISSION")) == [6]
    assert rows(lines.saying("50 %")) == [3]
    assert rows(lines.saying('say "yes"')) == [4]
    assert rows(lines.saying("13")) == [2]
    assert rows(lines.saying("6")) == [6]  # the row of that number
    assert rows(lines.saying("_____")) == []
    assert rows(lines.saying("nowhere")) == []
    assert len(rows(lines.saying("   "))) == 5


def test_an_error_names_its_sheet_where_there_are_several(indicator) -> None:
    data = xlsx_of_sheets(
        {
            "2020": [HEADER.split(",")[:3], ["SP1-O1-I1", "KG", 1], ["SP1-O1-I1", "TJ", "x"]],
            "2021": [HEADER.split(",")[:3], ["SP1-O1-I2", "KG", 1], ["SP1-O1-I1", "KG", 2]],
        }
    )
    checked = check("baselines", data, filename="b.xlsx", reading={"sheet": "*"})
    assert [
        (line.outcome, line.sheet, line.row, line.message[:45]) for line in checked.batch.lines.in_order()
    ] == [
        ("error", "2020", 3, "“x” is not a number. Write digits only, for e"),
        ("error", "2021", 3, "Row 2 of sheet “2020” already has this. Delet"),
        ("new", "2020", 2, ""),
        ("new", "2021", 2, ""),
    ]
    assert [checked.row_of(error.row) for error in checked.plan.errors] == [3, 3]
    assert [part["name"] for part in checked.batch.read_as["parts"]] == ["2020", "2021"]


def _pages(batch: ImportBatch) -> int:
    """What a page of lines takes."""
    with CaptureQueriesContext(connection) as queries:
        found = batch.lines.changes().in_column("baseline_value").saying("SP1")
        assert len(list(found.in_order()[:50])) == min(found.count(), 50)
    return len(queries)


def test_a_page_of_lines_takes_as_many_statements_for_many_lines_as_for_few(indicator, missions) -> None:
    few = check("baselines", csv_of(HEADER, "SP1-O1-I1,KG,1,,"))
    for number in range(4, 104):
        stage.make_indicator(f"SP1-O1-I{number}")
    many = check(
        "baselines", csv_of(HEADER, *(f"SP1-O1-I{n},{m},1,," for n in range(4, 104) for m in ("KG", "TJ")))
    )
    assert many.batch.new == 200
    assert _pages(few.batch) == _pages(many.batch) == 2


def test_lines_are_replaced_when_a_file_is_checked_again(indicator) -> None:
    batch = check("baselines", csv_of(HEADER, "SP1-O1-I1,KG,1,,", "SP1-O1-I2,KG,1,,")).batch
    assert batch.lines.count() == 2
    load("baselines", csv_of(HEADER, "SP1-O1-I1,KG,1,,"))
    again = recheck_batch(batch=batch, kind=KINDS["baselines"], user=None)
    assert (again.new, again.unchanged) == (1, 1)
    assert [line.key for line in again.lines.all()] == ["SP1-O1-I2 / KG"]


def test_a_dry_run_keeps_no_lines(indicator) -> None:
    look("baselines", csv_of(HEADER, "SP1-O1-I1,KG,1,,"))
    assert not ImportLine.objects.exists()


def test_lines_of_what_nobody_saved_go_after_a_month_and_come_back_by_checking_again(indicator, cast) -> None:
    rows = [f"SP1-O1-I{n},KG,{n},," for n in (1, 2, 3)]
    saved = save("baselines", csv_of(HEADER, rows[0]), user=cast.officer)
    old = check("baselines", csv_of(HEADER, rows[1]), user=cast.officer).batch
    wrong = check("baselines", csv_of(HEADER, "SP1-O1-I9,KG,1,,"), user=cast.officer).batch
    month_ago = timezone.now() - timedelta(days=31)
    ImportBatch.objects.update(checked_at=month_ago)
    fresh = check("baselines", csv_of(HEADER, rows[2]), user=cast.officer).batch
    assert prune_lines() == 2
    assert prune_lines() == 0
    assert set(ImportLine.objects.values_list("batch", flat=True)) == {saved.pk, fresh.pk}
    kept = {batch.pk: batch.has_lines for batch in ImportBatch.objects.all()}
    assert kept == {saved.pk: True, old.pk: False, wrong.pk: False, fresh.pk: True}
    assert old.file.read() == csv_of(HEADER, rows[1])
    again = recheck_batch(batch=old, kind=KINDS["baselines"], user=cast.officer)
    assert (again.has_lines, again.lines.count(), again.plan_digest) == (True, 1, old.plan_digest)
