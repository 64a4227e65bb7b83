"""Sheets of indicators and breakdowns: the rules that go together, and what stands once there are results."""

from decimal import Decimal

import pytest

from tests import stage
from tests.batches.sheets import counts, csv_of, csv_of_rows, load, look, messages, state_of_tables
from tracker.framework.models import Breakdown, Cell, Indicator

HEADER = [
    "code",
    "objective",
    "name",
    "unit",
    "measure",
    "direction",
    "period_rule",
    "mission_rule",
    "frequency",
]
PLAIN = ["SP1-O1-I1", "SP1-O1", "People helped", "persons", "number", "increase", "sum", "sum", "quarterly"]


def sheet(*changes: dict[str, str]) -> bytes:
    """One row per dictionary, each a plain indicator with other columns; I1, I2 … unless given."""
    extra = sorted({name for change in changes for name in change} - set(HEADER))
    rows = []
    for number, change in enumerate(changes, start=1):
        row = dict(zip(HEADER, PLAIN, strict=True)) | {"code": f"SP1-O1-I{number}"} | change
        rows.append([row.get(name, "") for name in [*HEADER, *extra]])
    return csv_of_rows([*HEADER, *extra], rows)


def test_an_indicator_without_optional_columns_takes_the_defaults(strategy) -> None:
    load("indicators", sheet({}, {"measure": "percentage", "period_rule": "latest"}))
    first, second = Indicator.objects.order_by("code")
    assert (first.status, first.level, first.counts, first.bounded) == ("active", "output", "items", True)
    assert (first.decimals, second.decimals) == (0, 1)


def test_the_second_load_is_unchanged_and_a_change_shows_both_values(strategy) -> None:
    load("indicators", sheet({"definition": "Whoever was helped."}))
    assert counts(load("indicators", sheet({"definition": "Whoever was helped."})))["unchanged"] == 1
    [change] = look("indicators", sheet({"definition": "Whoever was helped.", "unit": "people"})).plan.changes
    assert change.cells == {"unit": ("persons", "people")}


def test_stages_thresholds_breakdowns_and_replacements_are_read(strategy) -> None:
    load(
        "breakdowns",
        csv_of("code,name,exclusive,cell,cell_name", "sex,Sex,yes,female,Female", "sex,Sex,yes,male,Male"),
    )
    plan = load(
        "indicators",
        sheet(
            {"breakdowns": "sex"},
            {
                "measure": "stage",
                "stages": "Not started; Drafted; In force",
                "period_rule": "latest",
                "mission_rule": "count at least",
                "threshold": "Drafted",
                "replaces": "SP1-O1-I1",
            },
            {
                "measure": "yes/no".replace("/", "_"),
                "period_rule": "latest",
                "mission_rule": "count_at_least",
                "threshold": "yes",
            },
            {
                "measure": "percentage",
                "period_rule": "latest",
                "mission_rule": "count_at_least",
                "threshold": "40 %",
            },
        ),
    )
    assert [change.cells.get("threshold") for change in plan.changes] == [
        None, (None, "Drafted"), (None, "Yes"), (None, 40),
    ]  # fmt: skip
    one, two, three, four = Indicator.objects.order_by("code")
    assert [b.code for b in one.breakdowns.all()] == ["sex"]
    assert two.stages == ["Not started", "Drafted", "In force"]
    assert (two.threshold, three.threshold, four.threshold) == (1, 1, Decimal("0.4"))
    assert [old.code for old in two.replaces.all()] == ["SP1-O1-I1"]
    load("indicators", sheet({"breakdowns": ""}))
    assert not one.breakdowns.exists()


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"measure": "percentage", "period_rule": "maximum"}, "period_rule"),
        ({"measure": "percentage", "period_rule": "latest", "mission_rule": "average"}, "mission_rule"),
        ({"measure": "yes_no", "period_rule": "sum", "mission_rule": "count_reached"}, "period_rule"),
        ({"measure": "yes_no", "period_rule": "latest", "mission_rule": "sum"}, "mission_rule"),
        ({"direction": "decrease"}, "direction"),
        ({"period_rule": "latest", "mission_rule": "count_at_least"}, "threshold"),
        ({"threshold": "5"}, "threshold"),
        (
            {
                "period_rule": "latest",
                "mission_rule": "count_at_least",
                "threshold": "5",
                "direction": "decrease",
            },
            "mission_rule",
        ),
        ({"measure": "stage", "period_rule": "latest", "mission_rule": "count_reached"}, "stages"),
        ({"stages": "One; Two"}, "stages"),
        ({"measure": "colour"}, "measure"),
        ({"objective": "SP9-O9"}, "objective"),
        ({"breakdowns": "shoe_size"}, "breakdowns"),
        ({"replaces": "SP1-O1-I1"}, "replaces"),
    ],
)
def test_rules_that_do_not_go_together_are_refused_by_column(strategy, change, column) -> None:
    before = state_of_tables()
    checked = look("indicators", sheet(change))
    assert [(row, name) for row, name, _message in messages(checked)] == [(2, column)]
    assert state_of_tables() == before


def test_what_has_results_keeps_its_rules_unit_and_definition(strategy, missions, cast) -> None:
    load("indicators", sheet({"definition": "Whoever was helped."}))
    indicator = Indicator.objects.get()
    stage.assign(indicator, missions["KG"])
    stage.approve(missions["KG"], "2020-Q1", {indicator: 5}, reporter=cast.reporter, officer=cast.officer)
    checked = look("indicators", sheet({"definition": "Other.", "unit": "people", "name": "New name"}))
    assert [(row, column) for row, column, _message in messages(checked)] == [(2, "unit"), (2, "definition")]
    assert "replaces it" in messages(checked)[0][2]
    load("indicators", sheet({"name": "New name"}))
    indicator.refresh_from_db()
    assert (indicator.name, indicator.definition) == ("New name", "Whoever was helped.")


BREAKDOWNS = csv_of(
    "code,name,exclusive,cell,cell_name,order",
    "sex,Sex,yes,female,Female,1",
    "sex,Sex,yes,male,Male,2",
    "needs,Needs,no,food,Food,1",
)


def test_breakdowns_come_one_row_per_cell(strategy) -> None:
    assert counts(load("breakdowns", BREAKDOWNS)) == {"new": 3, "changed": 0, "unchanged": 0}
    assert [(b.code, b.exclusive) for b in Breakdown.objects.order_by("code")] == [
        ("needs", False),
        ("sex", True),
    ]
    assert counts(load("breakdowns", BREAKDOWNS)) == {"new": 0, "changed": 0, "unchanged": 3}
    load("breakdowns", csv_of("code,name,cell,cell_name", "sex,Sex,female,Women and girls"))
    assert Cell.objects.get(code="female").name == "Women and girls"
    assert Cell.objects.count() == 3


def test_rows_of_one_breakdown_must_agree(strategy) -> None:
    checked = look(
        "breakdowns",
        csv_of(
            "code,name,exclusive,cell,cell_name", "sex,Sex,yes,f,Female", "sex,Sex,no,m,Male", "a:b,X,yes,c,C"
        ),
    )
    assert [(row, column) for row, column, _message in messages(checked)] == [(3, "exclusive"), (4, "code")]


@pytest.fixture
def broken_down(strategy, missions, cast) -> Indicator:
    """An indicator by sex, with a figure for a cell of an approved report."""
    load("breakdowns", csv_of("code,name,exclusive,cell,cell_name", "sex,Sex,yes,f,F", "age,Age,yes,o,Old"))
    load("indicators", sheet({"breakdowns": "sex; age"}))
    indicator = Indicator.objects.get()
    stage.assign(indicator, missions["KG"])
    header = "indicator,mission,period,value,sex:f"
    load("history", csv_of(header, "SP1-O1-I1,KG,2021-Q4,12,7"), user=cast.administrator, source="Matrix")
    return indicator


def test_a_breakdown_that_results_hold_is_not_dropped_by_a_sheet(broken_down) -> None:
    [(row, column, message)] = messages(look("indicators", sheet({"breakdowns": "age"})))
    assert (row, column) == (2, "breakdowns")
    assert "broken down by sex, so it goes on asking for it" in message
    # Nobody has given a figure by age.
    load("indicators", sheet({"breakdowns": "sex"}))
    assert [ask.breakdown.code for ask in broken_down.asks.all()] == ["sex"]


def test_the_fixtures_keep_a_breakdown_that_results_hold(broken_down) -> None:
    load("indicators", sheet({"breakdowns": "age"}), keep_decisions=True)
    assert {ask.breakdown.code for ask in broken_down.asks.all()} == {"sex", "age"}


@pytest.mark.parametrize(
    "change",
    [{"allows_negative": "yes"}, {"bounded": "no"}, {"counts": "people"}, {"decimals": "2"}],
    ids=lambda change: next(iter(change)),
)
def test_what_entering_obeys_stands_once_there_are_results(broken_down, change) -> None:
    [(row, column, message)] = messages(look("indicators", sheet(change)))
    assert (row, column) == (2, next(iter(change)))
    assert "has results, so its rules, unit and definition stand" in message
    assert counts(load("indicators", sheet(change), keep_decisions=True))["changed"] == 0


def test_replacements_never_lead_in_a_circle(strategy) -> None:
    load("indicators", sheet({}, {"replaces": "SP1-O1-I1"}, {"replaces": "SP1-O1-I2"}))
    # Two are merged into one, one is split into two: no circle.
    load("indicators", sheet({}, {"replaces": "SP1-O1-I1"}, {"replaces": "SP1-O1-I1; SP1-O1-I2"}))
    [(row, column, message)] = messages(look("indicators", sheet({"replaces": "sp1-o1-i3"})))
    assert (row, column) == (2, "replaces")
    assert "in a circle: SP1-O1-I1 → SP1-O1-I3 → SP1-O1-I1." in message
    both = look("indicators", sheet({"replaces": "SP1-O1-I2"}, {"replaces": "SP1-O1-I1"}))
    assert [each[:2] for each in messages(both)] == [(2, "replaces"), (3, "replaces")]
    # In one sheet the circle may be opened too.
    assert (
        messages(look("indicators", sheet({"replaces": "SP1-O1-I2"}, {"replaces": ""}, {"replaces": ""})))
        == []
    )
