"""What went out and comes back is unchanged, also where it is awkward: examples that drawn databases have found."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from tests import stage
from tests.batches.sheets import csv_of, load, look
from tests.imports.test_exports_of_the_setup import FORMATS, NOTHING, back, out
from tracker.framework.models import Breakdown, Indicator
from tracker.progress.models import (
    Baseline,
    IndicatorAssignment,
    IndicatorResult,
    ReportingPeriod,
    ReportRevision,
)
from tracker.region.models import Convention, Ratification

HISTORY = "indicator,mission,period,value,comment"


@pytest.fixture
def number(strategy, missions) -> Indicator:
    made = stage.make_indicator("SP1-O1-I1", decimals=6, period_rule="latest", allows_negative=True)
    stage.assign(made, missions["KG"])
    return made


def history_back(suffix: str, user: Any, **options: Any) -> Any:
    return back("history", out("history", suffix), suffix, source="Matrix", user=user, **options)


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize(
    "note",
    [
        "no\u00a0break\u202f",
        "zero\u200bwidth",
        "a\tb",
        "Word’s\x0bbreak",
        "\x01control\x1f",
        "\uffff",
        " \r\nx ",
        "why: " + "😀" * 16_383,
    ],
)
def test_text_as_it_was_pasted_comes_back_unchanged(number, missions, suffix: str, note: str) -> None:
    Baseline.objects.create(indicator=number, mission=missions["KG"], value=1, note=note)
    assert back("baselines", out("baselines", suffix), suffix) == NOTHING


def test_text_stays_to_the_letter_where_another_cell_changes(number, missions) -> None:
    note = "from\u00a0the\u00a0matrix"
    Baseline.objects.create(
        indicator=number, mission=missions["KG"], value=1, note=note, source="Report\u00a07"
    )
    Indicator.objects.update(definition=note)
    load("baselines", out("baselines").replace(b",1,,,", b",2,,,"))
    held = Baseline.objects.in_force().get()
    assert (held.value, held.note, held.source) == (2, note, "Report\u00a07")
    load("indicators", out("indicators").replace(b"People assisted", b"People helped"))
    indicator = Indicator.objects.get()
    assert (indicator.name, indicator.definition) == ("People helped (SP1-O1-I1)", note)


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize(
    "value", ["99999999999999.999999", "-1234567890123.45", "123456789012345"[:14] + ".5"]
)
def test_numbers_of_more_digits_than_a_spreadsheet_holds_come_back(
    number, missions, cast, suffix: str, value: str
) -> None:
    stage.approve(missions["KG"], "2020-Q1", {number: value}, reporter=cast.reporter, officer=cast.officer)
    assert history_back(suffix, cast.administrator) == NOTHING
    Baseline.objects.create(indicator=number, mission=missions["KG"], value=Decimal(value))
    assert back("baselines", out("baselines", suffix), suffix) == NOTHING


def test_history_is_compared_with_what_counts_and_not_with_what_is_held_back(number, missions, cast) -> None:
    stage.approve(missions["KG"], "2020-Q1", {number: 5}, reporter=cast.reporter, officer=cast.officer)
    report = ReportRevision.objects.get().report
    again = ReportRevision.objects.create(report=report, number=2, created_by=cast.reporter)
    IndicatorResult.objects.create(
        revision=again, indicator=number, value=8, held_back=True, entered_by=cast.reporter
    )
    stage.submit(again, by=cast.reporter)
    ReportRevision.objects.filter(pk=again.pk).update(
        status="approved", approved_by=cast.officer, approved_at=timezone.now()
    )
    assert b"SP1-O1-I1,KG,2020-Q1,5," in out("history")
    assert history_back("csv", cast.administrator) == NOTHING
    changed = look(
        "history",
        csv_of(HISTORY, "SP1-O1-I1,KG,2020-Q1,6,"),
        user=cast.administrator,
        source="Matrix",
        reason="Recounted",
    )
    assert changed.plan.changes[0].cells == {"value": (5, 6)}


def test_approved_results_outside_todays_assignment_or_of_open_reports_are_unchanged(
    number, missions, cast
) -> None:
    for period in ("2020-Q1", "2021-Q1"):
        stage.approve(missions["KG"], period, {number: 5}, reporter=cast.reporter, officer=cast.officer)
    IndicatorAssignment.objects.update(withdrawn_at=timezone.now())
    stage.assign(number, missions["KG"], active_from=date(2021, 1, 1))
    report = ReportRevision.objects.get(report__period__code="2021-Q1").report
    ReportRevision.objects.create(report=report, number=2, created_by=cast.officer)
    assert history_back("csv", cast.administrator) == NOTHING
    # What says anything else is refused as ever.
    data = out("history").replace(b",5,", b",6,")
    _counts, errors = back("history", data, source="Matrix", reason="Recounted", user=cast.administrator)
    assert [(error.row, error.column) for error in errors] == [(2, "period"), (3, "period")]
    assert "does not report on SP1-O1-I1 in this period" in errors[0].message
    assert "is open (Draft)" in errors[1].message


def test_a_running_total_stands_on_an_unchanged_row_that_nothing_may_change(strategy, missions, cast) -> None:
    flow = stage.make_indicator("SP1-O1-I1")
    stage.assign(flow, missions["KG"])
    stage.approve(missions["KG"], "2020-Q1", {flow: 5}, reporter=cast.reporter, officer=cast.officer)
    IndicatorAssignment.objects.update(withdrawn_at=timezone.now())
    stage.assign(flow, missions["KG"], active_from=date(2020, 4, 1))
    checked = look(
        "history",
        csv_of(
            "indicator,mission,period,value,value_is",
            "SP1-O1-I1,KG,2020-Q1,5,period",
            "SP1-O1-I1,KG,2020-Q2,12,to_date",
        ),
        user=cast.administrator,
        source="Matrix",
    )
    assert checked.plan.errors == []
    assert [(change.outcome, change.cells.get("value")) for change in checked.plan.changes] == [
        ("unchanged", None),
        ("new", (None, 7)),
    ]


def test_a_draft_whose_window_has_closed_is_unchanged_and_cannot_be_changed(
    number, missions, cast, open_period
) -> None:
    load("progress", csv_of(HISTORY, "SP1-O1-I1,KG,2024-Q4,5,so far"), user=cast.reporter)
    ReportingPeriod.objects.filter(pk=open_period.pk).update(
        opens_on=date(2025, 1, 1), due_on=date(2025, 1, 2), closes_on=date(2025, 1, 3)
    )
    data = out("progress", user=cast.reporter)
    assert back("progress", data, user=cast.reporter) == NOTHING
    _counts, errors = back("progress", data.replace(b",5,", b",6,"), user=cast.reporter)
    assert [error.column for error in errors] == ["period"]
    # Others are not told whether they have guessed what it says.
    _counts, errors = back("progress", data, user=cast.stranger)
    assert [error.column for error in errors] == ["mission"]


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_a_code_that_looks_like_two_parts_of_a_key_is_one(strategy, missions, suffix: str) -> None:
    convention = Convention.objects.create(code="A / 1", year=2000, title="A convention", source="test")
    country = missions["KG"].country
    Ratification.objects.create(convention=convention, country=country, status="ratified", source="test")
    assert back("ratifications", out("ratifications", suffix), suffix) == NOTHING


def test_a_breakdowns_code_has_no_semicolon_which_parts_them_in_the_sheet_of_indicators(strategy) -> None:
    checked = look("breakdowns", csv_of("code,name,exclusive,cell,cell_name", "age; sex,Both,yes,f,Women"))
    assert [(error.column, error.value) for error in checked.plan.errors] == [("code", "age; sex")]
    assert not Breakdown.objects.exists()
