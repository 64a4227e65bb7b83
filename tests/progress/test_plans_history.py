"""Approved history: one approved revision per report, laid over a copy of the last one."""

from datetime import date
from decimal import Decimal

import pytest

from tests import stage
from tests.batches.fixtures import kept_files  # noqa: F401
from tests.batches.sheets import check, counts, csv_of, load, look, messages, state_of_tables
from tracker.batches.services import apply_batch
from tracker.common.errors import NotAllowed, Stale
from tracker.framework.models import Cell
from tracker.imports.registry import KINDS
from tracker.progress.models import IndicatorResult, ReportRevision, ReviewEvent
from tracker.progress.services.plans import open_periods
from tracker.progress.services.reports import begin_report

HEADER = "indicator,mission,period,value,comment"
SOURCE = {"source": "Matrix of 2020"}


@pytest.fixture
def flow(strategy, missions):
    indicator = stage.make_indicator()
    stage.assign(indicator, missions["KG"], missions["TJ"])
    return indicator


@pytest.fixture
def other(flow, missions):
    indicator = stage.make_indicator("SP1-O1-I2")
    stage.assign(indicator, missions["KG"])
    return indicator


def counting() -> dict[tuple[str, str, str], Decimal | None]:
    """What counts, by indicator, mission and period."""
    return {
        (r.indicator.code, r.revision.report.mission.code, r.revision.report.period.code): r.value
        for r in IndicatorResult.objects.counting().select_related(
            "indicator", "revision__report__mission", "revision__report__period"
        )
    }


def test_history_is_one_approved_revision_per_report_and_counts(flow, other, cast) -> None:
    plan = load(
        "history",
        csv_of(
            HEADER,
            "SP1-O1-I1,KG,2020-Q1,10,",
            "SP1-O1-I2,KG,2020-Q1,0,",
            "SP1-O1-I1,KG,2020-Q2,20,late",
            "SP1-O1-I1,TJ,2020-Q1,7,",
        ),
        user=cast.administrator,
        **SOURCE,
    )
    assert counts(plan) == {"new": 4, "changed": 0, "unchanged": 0}
    assert counting() == {
        ("SP1-O1-I1", "KG", "2020-Q1"): 10,
        ("SP1-O1-I2", "KG", "2020-Q1"): 0,
        ("SP1-O1-I1", "KG", "2020-Q2"): 20,
        ("SP1-O1-I1", "TJ", "2020-Q1"): 7,
    }
    revisions = ReportRevision.objects.all()
    assert len(revisions) == 3
    assert {(r.status, r.origin, r.source, r.approved_by) for r in revisions} == {
        ("approved", "historical", "Matrix of 2020", cast.administrator)
    }
    assert {e.transition for e in ReviewEvent.objects.all()} == {"load"}
    assert set(IndicatorResult.objects.values_list("origin", "entered_by")) == {
        ("historical", cast.administrator.pk)
    }


def test_loading_the_same_file_again_makes_no_revision(flow, cast) -> None:
    data = csv_of(HEADER, "SP1-O1-I1,KG,2020-Q1,10,")
    load("history", data, user=cast.administrator, **SOURCE)
    assert counts(load("history", data, user=cast.administrator, **SOURCE)) == {
        "new": 0, "changed": 0, "unchanged": 1,
    }  # fmt: skip
    assert ReportRevision.objects.count() == 1


def test_rows_are_laid_over_a_copy_of_the_last_approved_revision(flow, other, missions, cast) -> None:
    first = stage.approve(
        missions["KG"], "2020-Q1", {flow: 10, other: 3}, reporter=cast.reporter, officer=cast.officer
    )
    load(
        "history",
        csv_of(HEADER, "SP1-O1-I1,KG,2020-Q1,12,"),
        user=cast.administrator,
        reason="Recount",
        **SOURCE,
    )
    assert counting() == {("SP1-O1-I1", "KG", "2020-Q1"): 12, ("SP1-O1-I2", "KG", "2020-Q1"): 3}
    second = ReportRevision.objects.get(number=2)
    copy = second.results.get(indicator=other)
    assert (copy.is_copy, copy.entered_by, copy.origin) == (True, cast.reporter, "entered")
    assert not second.results.get(indicator=flow).is_copy
    first.refresh_from_db()
    assert first.results.get(indicator=flow).value == 10
    assert ReviewEvent.objects.get(revision=second).comment == "Recount"


def test_an_approved_value_is_not_overwritten_without_a_reason(flow, missions, cast) -> None:
    stage.approve(missions["KG"], "2020-Q1", {flow: 10}, reporter=cast.reporter, officer=cast.officer)
    before = state_of_tables()
    [(row, column, message)] = messages(
        check("history", csv_of(HEADER, "SP1-O1-I1,KG,2020-Q1,12,"), user=cast.administrator, **SOURCE)
    )
    assert (row, column) == (2, "value")
    assert "Say why" in message
    assert state_of_tables() == before


def test_an_empty_cell_never_erases_a_value(flow, missions, cast) -> None:
    stage.approve(missions["KG"], "2020-Q1", {flow: 10}, reporter=cast.reporter, officer=cast.officer)
    checked = look("history", csv_of(HEADER, "SP1-O1-I1,KG,2020-Q1,,"), user=cast.administrator, **SOURCE)
    assert counts(checked.plan) == {"new": 0, "changed": 0, "unchanged": 1}


def test_a_report_with_an_open_draft_is_refused_once(flow, other, missions, open_period, cast) -> None:
    begin_report(mission=missions["KG"], period=open_period, user=cast.reporter)
    checked = look(
        "history",
        csv_of(HEADER, "SP1-O1-I1,KG,2024-Q4,12,", "SP1-O1-I2,KG,2024-Q4,1,", "SP1-O1-I1,TJ,2024-Q4,3,"),
        user=cast.administrator,
        **SOURCE,
    )
    [(row, column, message)] = messages(checked)
    assert (row, column) == (2, "period")
    assert "is open (Draft)" in message


def test_a_draft_begun_after_the_preview_makes_it_stale(flow, missions, open_period, cast) -> None:
    shown = check(
        "history", csv_of(HEADER, "SP1-O1-I1,KG,2024-Q4,12,"), user=cast.administrator, **SOURCE
    ).batch
    begin_report(mission=missions["KG"], period=open_period, user=cast.reporter)
    with pytest.raises(Stale):
        apply_batch(kind=KINDS["history"], batch=shown, digest=shown.plan_digest, user=cast.administrator)
    assert not IndicatorResult.objects.exists()


def test_history_is_for_administrators_in_their_own_name_and_names_its_source(flow, cast) -> None:
    data = csv_of(HEADER, "SP1-O1-I1,KG,2020-Q1,10,")
    for person in (cast.officer, cast.reporter, None):
        with pytest.raises(NotAllowed):
            look("history", data, user=person, **SOURCE)
    [(row, column, message)] = messages(look("history", data, user=cast.administrator))
    assert (row, column) == (None, None)
    assert "Give the source" in message


def test_cells_of_breakdowns_come_in_columns_of_their_own(flow, missions, cast) -> None:
    stage.ask_by_sex(flow)
    header = "indicator,mission,period,value,sex:female,Sex: Male"
    load("history", csv_of(header, "SP1-O1-I1,KG,2020-Q1,10,6,3"), user=cast.administrator, **SOURCE)
    result = IndicatorResult.objects.counting().get()
    assert dict(result.cells.values_list("cell__code", "value")) == {"female": 6, "male": 3}
    plan = load(
        "history",
        csv_of("indicator,mission,period,value,sex:female", "SP1-O1-I1,KG,2020-Q1,10,7"),
        user=cast.administrator,
        reason="Typing error",
        **SOURCE,
    )
    assert plan.changes[0].cells == {"sex:female": (Decimal(6), Decimal(7))}
    result = IndicatorResult.objects.counting().get()
    # The column of men was not in the second file, so it stays.
    assert dict(result.cells.values_list("cell__code", "value")) == {"female": 7, "male": 3}
    [(_row, column, message)] = messages(
        look(
            "history",
            csv_of(header, "SP1-O1-I1,KG,2020-Q2,10,8,3"),
            user=cast.administrator,
            **SOURCE,
        )
    )
    assert column.startswith("sex:")
    assert "more than the total" in message


def test_a_new_comment_alone_keeps_the_published_breakdown(flow, cast) -> None:
    stage.ask_by_sex(flow)
    header = "indicator,mission,period,value,sex:female,sex:male"
    load("history", csv_of(header, "SP1-O1-I1,KG,2020-Q1,10,6,3"), user=cast.administrator, **SOURCE)
    plan = load(
        "history", csv_of(HEADER, "SP1-O1-I1,KG,2020-Q1,10,checked"), user=cast.administrator, **SOURCE
    )
    assert plan.changes[0].cells == {"comment": ("", "checked")}
    result = IndicatorResult.objects.counting().get()
    assert (result.revision.number, result.comment) == (2, "checked")
    assert dict(result.cells.values_list("cell__code", "value")) == {"female": 6, "male": 3}


def test_a_published_part_does_not_go_without_a_reason(flow, cast) -> None:
    stage.ask_by_sex(flow)
    header = "indicator,mission,period,value,sex:female,sex:male"
    load("history", csv_of(header, "SP1-O1-I1,KG,2020-Q1,10,6,3"), user=cast.administrator, **SOURCE)
    fewer = csv_of(header, "SP1-O1-I1,KG,2020-Q1,10,6,")
    [(row, column, message)] = messages(look("history", fewer, user=cast.administrator, **SOURCE))
    assert (row, column, "Say why" in message) == (2, "sex:male", True)
    plan = load("history", fewer, user=cast.administrator, reason="Men were not counted", **SOURCE)
    assert plan.changes[0].cells == {"sex:male": (3, None)}
    result = IndicatorResult.objects.counting().get()
    assert dict(result.cells.values_list("cell__code", "value")) == {"female": 6}


def test_percentages_have_numerator_and_denominator_in_every_cell(strategy, missions, cast) -> None:
    share = stage.make_indicator("SP1-O1-I3", measure="percentage", period_rule="sum", decimals=1)
    stage.assign(share, missions["KG"])
    stage.ask_by_sex(share)
    header = "indicator,mission,period,numerator,denominator,sex:female:n,sex:female:d"
    load("history", csv_of(header, "SP1-O1-I3,KG,2020-Q1,3,8,1,4"), user=cast.administrator, **SOURCE)
    result = IndicatorResult.objects.get()
    assert (result.numerator, result.denominator) == (3, 8)
    assert result.cells.get(cell=Cell.objects.get(code="female")).denominator == 4
    [(_row, column, message)] = messages(
        look(
            "history",
            csv_of("indicator,mission,period,value", "SP1-O1-I3,KG,2020-Q2,40"),
            user=cast.administrator,
            **SOURCE,
        )
    )
    assert (column, "numerator and the denominator" in message) == ("value", True)


def test_a_half_year_and_a_year_are_kept_at_their_last_quarter(flow, other, cast) -> None:
    load(
        "history",
        csv_of(HEADER, "SP1-O1-I1,KG,2020-H1,30,", "SP1-O1-I2,KG,2020,80,"),
        user=cast.administrator,
        **SOURCE,
    )
    assert {
        (r.indicator.code, r.revision.report.period.code, r.covers) for r in IndicatorResult.objects.all()
    } == {("SP1-O1-I1", "2020-Q2", 2), ("SP1-O1-I2", "2020-Q4", 4)}
    [(row, column, message)] = messages(
        look("history", csv_of(HEADER, "SP1-O1-I1,KG,2020-Q1,9,"), user=cast.administrator, **SOURCE)
    )
    assert (row, column) == (2, "period")
    assert "covers this quarter already" in message


def test_a_year_over_a_quarter_that_has_a_value_is_refused(flow, missions, cast) -> None:
    stage.approve(missions["KG"], "2020-Q3", {flow: 10}, reporter=cast.reporter, officer=cast.officer)
    [(row, column, message)] = messages(
        look("history", csv_of(HEADER, "SP1-O1-I1,KG,2020,9,"), user=cast.administrator, **SOURCE)
    )
    assert (row, column) == (2, "period")
    assert message.startswith("Q3 2020, which this covers, has a value of its own.")


def test_there_is_no_history_of_a_period_that_is_not_over(flow, strategy, cast) -> None:
    this_year = date.today().year
    open_periods(strategy=strategy, first=date(this_year, 1, 1), last=date(this_year, 12, 31))
    [(_row, column, message)] = messages(
        look(
            "history",
            csv_of(HEADER, f"SP1-O1-I1,KG,{this_year}-Q4,1,"),
            user=cast.administrator,
            **SOURCE,
        )
    )
    assert (column, "not over yet" in message) == ("period", True)


@pytest.mark.parametrize(
    ("line", "column", "says"),
    [
        ("SP1-O1-I1,KG,2020-Q5,1,", "period", "is no period"),
        ("SP1-O1-I1,KG,2031-Q1,1,", "period", "has no period 2031-Q1"),
        ("SP1-O1-I1,ROV,2020-Q1,1,", "mission", "does not report on"),
        ("SP1-O1-I1,KG,2020-Q1,-1,", "value", "cannot be negative"),
        ("SP1-O1-I1,KG,2020-Q1,lots,", "value", "is not a number"),
        ("SP1-O1-I9,KG,2020-Q1,1,", "indicator", "Did you mean SP1-O1-I1?"),
    ],
)
def test_an_impossible_row_is_refused_with_a_sentence(flow, cast, line, column, says) -> None:
    [(row, at, message)] = messages(look("history", csv_of(HEADER, line), user=cast.administrator, **SOURCE))
    assert (row, at) == (2, column)
    assert says in message


def test_not_applicable_needs_its_reason_and_no_value(flow, cast) -> None:
    header = "indicator,mission,period,value,not_applicable,comment"
    load(
        "history",
        csv_of(header, "SP1-O1-I1,KG,2020-Q1,,yes,No such people there"),
        user=cast.administrator,
        **SOURCE,
    )
    assert IndicatorResult.objects.get().not_applicable
    checked = look(
        "history",
        csv_of(header, "SP1-O1-I1,KG,2020-Q2,,yes,", "SP1-O1-I1,TJ,2020-Q2,4,yes,why"),
        user=cast.administrator,
        **SOURCE,
    )
    assert [(row, column) for row, column, _message in messages(checked)] == [
        (2, "not_applicable"), (3, "not_applicable"),
    ]  # fmt: skip
