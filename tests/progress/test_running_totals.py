"""Running totals in a sheet: the amount of the period is what they have grown by since the periods before."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import stage
from tests.batches.fixtures import kept_files  # noqa: F401
from tests.batches.sheets import counts, csv_of, load, look, messages
from tracker.progress.models import IndicatorResult, ReportRevision
from tracker.progress.services.reports import begin_report

HEADER = "indicator,mission,period,value,value_is"
SOURCE = {"source": "Matrix of 2020"}
QUARTERS = [f"{year}-Q{quarter}" for year in (2020, 2021) for quarter in (1, 2, 3, 4)]


@pytest.fixture
def flow(strategy, missions):
    indicator = stage.make_indicator()
    stage.assign(indicator, missions["KG"], missions["TJ"])
    return indicator


def kept(code: str = "SP1-O1-I1") -> dict[str, Decimal | None]:
    """What counts of an indicator, by period."""
    results = IndicatorResult.objects.counting().filter(indicator__code=code)
    return dict(results.values_list("revision__report__period__code", "value"))


def test_the_amount_of_a_period_is_what_the_total_grew_by_and_the_preview_shows_both(flow, cast) -> None:
    lines = ["SP1-O1-I1,KG,2020-Q3,420,to_date", "SP1-O1-I1,KG,2020-Q1,100,to_date"]
    plan = load(
        "history",
        csv_of(HEADER, *lines, "SP1-O1-I1,KG,2020-Q2,300,to date"),
        user=cast.administrator,
        **SOURCE,
    )
    # 100; 300 - 100 = 200; 420 - 300 = 120.
    assert kept() == {"2020-Q1": 100, "2020-Q2": 200, "2020-Q3": 120}
    assert plan.changes[0].cells == {"value": (None, 120), "value to_date": (300, 420)}
    assert plan.changes[1].cells == {"value": (None, 100), "value to_date": (0, 100)}


def test_a_file_with_running_totals_loaded_again_changes_nothing(flow, cast) -> None:
    lines = [f"SP1-O1-I1,KG,2020-Q{quarter},{100 * quarter},to_date" for quarter in (1, 2, 3, 4)]
    load("history", csv_of(HEADER, *lines), user=cast.administrator, **SOURCE)
    again = look("history", csv_of(HEADER, *lines), user=cast.administrator, **SOURCE).plan
    assert counts(again) == {"new": 0, "changed": 0, "unchanged": 4}


def test_what_is_approved_before_is_taken_off_and_rows_of_both_sorts_stand_in_one_file(
    flow, missions, cast
) -> None:
    stage.approve(missions["KG"], "2020-Q1", {flow: 70}, reporter=cast.reporter, officer=cast.officer)
    load(
        "history",
        csv_of(HEADER, "SP1-O1-I1,KG,2020-Q2,30,period", "SP1-O1-I1,KG,2020-Q3,150,to_date"),
        user=cast.administrator,
        **SOURCE,
    )
    assert kept() == {"2020-Q1": 70, "2020-Q2": 30, "2020-Q3": 50}


def test_a_corrected_period_of_the_same_file_is_what_counts_of_it(flow, missions, cast) -> None:
    stage.approve(missions["KG"], "2020-Q1", {flow: 70}, reporter=cast.reporter, officer=cast.officer)
    load(
        "history",
        csv_of(HEADER, "SP1-O1-I1,KG,2020-Q1,80,", "SP1-O1-I1,KG,2020-Q2,150,to_date"),
        user=cast.administrator,
        reason="Recount",
        **SOURCE,
    )
    assert kept() == {"2020-Q1": 80, "2020-Q2": 70}


def test_half_years_and_years_may_be_running_totals_too(flow, cast) -> None:
    load(
        "history",
        csv_of(
            HEADER,
            "SP1-O1-I1,KG,2020,400,to_date",
            "SP1-O1-I1,KG,2021-H1,550,to_date",
            "SP1-O1-I1,KG,2021-Q3,600,to_date",
        ),
        user=cast.administrator,
        **SOURCE,
    )
    assert kept() == {"2020-Q4": 400, "2021-Q2": 150, "2021-Q3": 50}


def test_what_is_counted_by_year_begins_anew_in_january(strategy, missions, cast) -> None:
    yearly = stage.make_indicator("SP1-O1-I2", period_rule="year")
    stage.assign(yearly, missions["KG"])
    load(
        "history",
        csv_of(
            HEADER,
            "SP1-O1-I2,KG,2020-Q4,900,period",
            "SP1-O1-I2,KG,2021-Q1,10,to_date",
            "SP1-O1-I2,KG,2021-Q2,25,to_date",
        ),
        user=cast.administrator,
        **SOURCE,
    )
    assert kept("SP1-O1-I2") == {"2020-Q4": 900, "2021-Q1": 10, "2021-Q2": 15}


def test_what_falls_due_once_a_year_needs_no_other_quarters(strategy, missions, cast) -> None:
    annual = stage.make_indicator("SP1-O1-I2", frequency="annual")
    stage.assign(annual, missions["KG"])
    load(
        "history",
        csv_of(HEADER, "SP1-O1-I2,KG,2021-Q4,30,to_date", "SP1-O1-I2,KG,2020-Q4,10,to_date"),
        user=cast.administrator,
        **SOURCE,
    )
    assert kept("SP1-O1-I2") == {"2020-Q4": 10, "2021-Q4": 20}


def test_numerators_and_denominators_are_both_taken_off(strategy, missions, cast) -> None:
    share = stage.make_indicator("SP1-O1-I3", measure="percentage", period_rule="sum", decimals=1)
    stage.assign(share, missions["KG"])
    stage.ask_by_sex(share)
    header = "indicator,mission,period,numerator,denominator,value_is,sex:female:n,sex:female:d"
    plan = load(
        "history",
        csv_of(header, "SP1-O1-I3,KG,2020-Q1,3,8,,1,4", "SP1-O1-I3,KG,2020-Q2,10,20,to_date,4,9"),
        user=cast.administrator,
        **SOURCE,
    )
    result = IndicatorResult.objects.get(revision__report__period__code="2020-Q2")
    assert (result.numerator, result.denominator) == (7, 12)
    [cell] = result.cells.all()
    assert (cell.numerator, cell.denominator) == (3, 5)
    assert plan.changes[1].cells == {
        "numerator": (None, 7), "denominator": (None, 12),
        "sex:female:n": (None, 3), "sex:female:d": (None, 5),
        "numerator to_date": (3, 10), "denominator to_date": (8, 20),
        "sex:female:n to_date": (1, 4), "sex:female:d to_date": (4, 9),
    }  # fmt: skip


def test_cells_are_taken_off_by_cell(flow, cast) -> None:
    stage.ask_by_sex(flow)
    header = f"{HEADER},sex:female,sex:male"
    load(
        "history",
        csv_of(header, "SP1-O1-I1,KG,2020-Q1,10,,6,4", "SP1-O1-I1,KG,2020-Q2,25,to_date,14,"),
        user=cast.administrator,
        **SOURCE,
    )
    result = IndicatorResult.objects.get(revision__report__period__code="2020-Q2")
    assert result.value == 15
    assert dict(result.cells.values_list("cell__code", "value")) == {"female": 8}


def test_a_cell_is_not_told_where_an_earlier_period_was_not_broken_down(flow, cast) -> None:
    stage.ask_by_sex(flow)
    header = f"{HEADER},sex:female"
    file = csv_of(header, "SP1-O1-I1,KG,2020-Q1,10,,", "SP1-O1-I1,KG,2020-Q2,25,to_date,14")
    [(row, column, message)] = messages(look("history", file, user=cast.administrator, **SOURCE))
    assert (row, column) == (3, "sex:female")
    assert "was not broken down by this" in message
    # Of nothing there is nothing to be split.
    load("history", file.replace(b",10,", b",0,"), user=cast.administrator, **SOURCE)
    assert kept() == {"2020-Q1": 0, "2020-Q2": 25}


def test_a_total_that_falls_is_refused_unless_amounts_may_be_negative(flow, missions, cast) -> None:
    balance = stage.make_indicator("SP1-O1-I2", allows_negative=True)
    stage.assign(balance, missions["KG"])
    lines = [
        f"{code},KG,{period},{total},to_date"
        for code in ("SP1-O1-I1", "SP1-O1-I2")
        for period, total in (("2020-Q1", 300), ("2020-Q2", 250))
    ]
    [(row, column, message)] = messages(
        look("history", csv_of(HEADER, *lines), user=cast.administrator, **SOURCE)
    )
    assert (row, column) == (3, "value")
    assert message.startswith("The running total falls from 300 to 250.")
    load("history", csv_of(HEADER, *lines[2:]), user=cast.administrator, **SOURCE)
    assert kept("SP1-O1-I2") == {"2020-Q1": 300, "2020-Q2": -50}


def test_a_period_that_is_missing_before_is_named_and_not_applicable_is_an_answer(flow, cast) -> None:
    header = "indicator,mission,period,value,value_is,not_applicable,comment"
    file = csv_of(header, "SP1-O1-I1,KG,2020-Q1,100,,,", "SP1-O1-I1,KG,2020-Q4,420,to_date,,")
    [(row, column, message)] = messages(look("history", file, user=cast.administrator, **SOURCE))
    assert (row, column) == (3, "value_is")
    assert message.startswith(
        "The amount of Q4 2020 cannot be told from a running total while Q2 2020, Q3 2020 have none."
    )
    more = ["SP1-O1-I1,KG,2020-Q2,,,yes,Closed", "SP1-O1-I1,KG,2020-Q3,20,,,"]
    load(
        "history",
        csv_of(header, "SP1-O1-I1,KG,2020-Q1,100,,,", "SP1-O1-I1,KG,2020-Q4,420,to_date,,", *more),
        user=cast.administrator,
        **SOURCE,
    )
    assert kept() == {"2020-Q1": 100, "2020-Q2": None, "2020-Q3": 20, "2020-Q4": 300}


def test_what_came_before_the_assignment_is_not_asked_for(strategy, missions, cast) -> None:
    late = stage.make_indicator("SP1-O1-I2")
    stage.assign(late, missions["KG"], active_from="2020-07-01")
    load("history", csv_of(HEADER, "SP1-O1-I2,KG,2020-Q3,9,to_date"), user=cast.administrator, **SOURCE)
    assert kept("SP1-O1-I2") == {"2020-Q3": 9}


def test_rows_that_stand_on_a_wrong_one_are_not_blamed_for_it(flow, cast) -> None:
    checked = look(
        "history",
        csv_of(HEADER, "SP1-O1-I1,KG,2020-Q1,lots,", "SP1-O1-I1,KG,2020-Q2,25,to_date"),
        user=cast.administrator,
        **SOURCE,
    )
    assert [(row, column) for row, column, _message in messages(checked)] == [(2, "value")]
    assert not checked.plan.changes


@pytest.mark.parametrize(
    "fields", [{"period_rule": "latest"}, {"period_rule": "maximum"}, {"measure": "yes_no"}]
)
def test_a_level_has_no_running_total(strategy, missions, cast, fields) -> None:
    if fields.get("measure") == "yes_no":
        fields |= {"period_rule": "latest", "mission_rule": "maximum"}
    stage.assign(stage.make_indicator("SP1-O1-I4", **fields), missions["KG"])
    value = "yes" if "measure" in fields else "4"
    [(row, column, message)] = messages(
        look(
            "history",
            csv_of(HEADER, f"SP1-O1-I4,KG,2020-Q1,{value},to_date"),
            user=cast.administrator,
            **SOURCE,
        )
    )
    assert (row, column) == (2, "value_is")
    assert "has no running total" in message


def test_an_amount_that_does_not_fit_says_that_it_follows_from_the_totals(strategy, missions, cast) -> None:
    share = stage.make_indicator("SP1-O1-I3", measure="percentage", period_rule="sum")
    stage.assign(share, missions["KG"])
    header = "indicator,mission,period,numerator,denominator,value_is"
    [(row, column, message)] = messages(
        look(
            "history",
            # 9 of 11 less 1 of 8: 8 of 3.
            csv_of(header, "SP1-O1-I3,KG,2020-Q1,1,8,", "SP1-O1-I3,KG,2020-Q2,9,11,to_date"),
            user=cast.administrator,
            **SOURCE,
        )
    )
    assert (row, column) == (3, "numerator")
    assert message.startswith("The numerator (8) is larger than the denominator (3).")
    assert "running totals" in message


# -- Drafts, and reports that are still open ----------------------------------------------------------
def test_a_mission_takes_off_what_its_open_reports_say(flow, missions, strategy, open_period, cast) -> None:
    for number, code in enumerate(["2024-Q1", "2024-Q2", "2024-Q3"]):
        stage.approve(missions["KG"], code, {flow: 10 + number}, reporter=cast.reporter, officer=cast.officer)
    earlier = [f"SP1-O1-I1,KG,{year},100,period" for year in (2020, 2021, 2022, 2023)]
    load("history", csv_of(HEADER, *earlier), user=cast.administrator, **SOURCE)
    load("progress", csv_of(HEADER, "SP1-O1-I1,KG,2024-Q4,533,to_date"), user=cast.reporter)
    # 4 × 100 + 10 + 11 + 12 = 433.
    assert IndicatorResult.objects.get(revision__status="draft").value == 100


def test_an_open_report_is_taken_off_by_who_may_read_it_and_named_to_others(
    flow, missions, strategy, cast
) -> None:
    late = stage.make_indicator("SP1-O1-I2")
    stage.assign(late, missions["KG"], active_from="2024-07-01")
    third = stage.open_window(strategy, "2024-Q3", today=stage.date.today())
    stage.open_window(strategy, "2024-Q4", today=stage.date.today())
    begin_report(mission=missions["KG"], period=third, user=cast.reporter)
    load("progress", csv_of(HEADER, "SP1-O1-I2,KG,2024-Q3,40,"), user=cast.reporter)
    line = "SP1-O1-I2,KG,2024-Q4,100,to_date"
    plan = look("progress", csv_of(HEADER, line), user=cast.reporter).plan
    assert plan.changes[0].cells["value"] == (None, 60)
    # An administrator reads no drafts, whatever comes of them.
    for kind, options in (("history", SOURCE), ("progress", {})):
        [(row, column, message)] = messages(
            look(kind, csv_of(HEADER, line), user=cast.administrator, **options)
        )
        assert (row, column) == (2, "value_is")
        assert "the report of Q3 2024 is open and changes its amount" in message
        assert "40" not in message.replace("2024", "")


def test_a_report_reopened_and_left_as_it_was_is_in_nobodys_way(flow, missions, strategy, cast) -> None:
    stage.approve(missions["KG"], "2020-Q1", {flow: 10}, reporter=cast.reporter, officer=cast.officer)
    report = ReportRevision.objects.get().report
    copy = ReportRevision.objects.create(report=report, number=2, created_by=cast.officer)
    IndicatorResult.objects.create(revision=copy, indicator=flow, value=10, is_copy=True)
    line = csv_of(HEADER, "SP1-O1-I1,KG,2020-Q2,25,to_date")
    plan = look("history", line, user=cast.administrator, **SOURCE).plan
    assert plan.changes[0].cells["value"] == (None, 15)
    IndicatorResult.objects.filter(revision=copy).update(value=11)
    [(_row, _column, message)] = messages(look("history", line, user=cast.administrator, **SOURCE))
    assert "the report of Q1 2020 is open" in message


# -- Any amounts -------------------------------------------------------------------------------------
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_amounts_of_the_periods_add_up_to_the_running_totals(flow, cast, data) -> None:
    amounts = data.draw(st.lists(st.integers(0, 500), min_size=len(QUARTERS), max_size=len(QUARTERS)))
    as_totals = data.draw(st.lists(st.booleans(), min_size=len(QUARTERS), max_size=len(QUARTERS)))
    lines, total = [], 0
    for quarter, amount, as_total in zip(QUARTERS, amounts, as_totals, strict=True):
        total += amount
        said = f"{total},to_date" if as_total else f"{amount},period"
        lines.append(f"SP1-O1-I1,KG,{quarter},{said}")
    data.draw(st.randoms(use_true_random=False)).shuffle(lines)
    load("history", csv_of(HEADER, *lines), user=cast.administrator, reason="Another matrix", **SOURCE)
    assert kept() == dict(zip(QUARTERS, map(Decimal, amounts), strict=True))
