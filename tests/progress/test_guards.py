"""What the database itself refuses, whoever asks: rules that no code in front of it can forget."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from tests import stage
from tests.conftest import Cast
from tracker.framework.models import Breakdown, Cell, Indicator
from tracker.progress.models import (
    CellValue,
    IndicatorResult,
    ProgressReport,
    ReportingPeriod,
    ReportRevision,
)
from tracker.progress.rules import Amount, Entry
from tracker.progress.services import reports, results
from tracker.progress.services.results import Typed


@pytest.fixture
def indicator(strategy, missions) -> Indicator:
    made = stage.make_indicator()
    stage.assign(made, missions["KG"])
    return made


@pytest.fixture
def cells(indicator) -> dict[str, Cell]:
    return stage.ask_by_sex(indicator)


@pytest.fixture
def draft(cast: Cast, missions, open_period, indicator, cells) -> ReportRevision:
    """Twelve people, seven of them female, not handed in yet."""
    entry = Entry(Amount(Decimal(12)), cells={cells["female"].pk: Amount(Decimal(7))})
    typed = {indicator.pk: Typed(entry)}
    return results.save_results(
        mission=missions["KG"], period=open_period, user=cast.reporter, typed=typed
    ).revision


@pytest.fixture
def submitted(cast: Cast, draft) -> ReportRevision:
    reports.submit_report(revision=draft, user=cast.reporter)
    return draft


@pytest.fixture
def approved(cast: Cast, submitted) -> ReportRevision:
    reports.approve_reports(revisions=[submitted], user=cast.officer)
    return submitted


@pytest.mark.parametrize("status", ["approved", "returned", "dropped"])
def test_a_revision_does_not_begin_where_only_a_decision_leads(cast: Cast, missions, strategy, status):
    report = ProgressReport.objects.create(
        mission=missions["KG"], period=ReportingPeriod.objects.get(code="2021-Q1")
    )
    decided = {"approved_by": cast.officer, "approved_at": timezone.now()} if status == "approved" else {}
    with pytest.raises(IntegrityError, match="begins as a draft"), transaction.atomic():
        ReportRevision.objects.create(
            report=report,
            number=1,
            status=status,
            submitted_by=cast.reporter,
            submitted_at=timezone.now(),
            **decided,
        )
    assert not ReportRevision.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"withdrawn_at": None, "withdrawn_by": None, "withdrawn_reason": ""},
        {"withdrawn_reason": "another reason"},
        {"withdrawn_at": timezone.now()},
    ],
    ids=["cleared", "another reason", "another day"],
)
def test_a_withdrawal_is_written_once(cast: Cast, approved, change):
    reports.withdraw_figures(revision=approved, user=cast.officer, reason="counted twice")
    with pytest.raises(IntegrityError, match="withdrawal"), transaction.atomic():
        ReportRevision.objects.filter(pk=approved.pk).update(**change)
    approved.refresh_from_db()
    assert approved.withdrawn_reason == "counted twice"


def test_nobody_writes_into_what_is_submitted(submitted, indicator, cells):
    other = stage.make_indicator("SP1-O1-I2")
    rows = IndicatorResult.objects.filter(revision=submitted)
    parts = CellValue.objects.filter(result__revision=submitted)
    for write in (
        lambda: rows.update(value=6),
        lambda: rows.update(held_back=True, value=6),
        lambda: IndicatorResult.objects.create(revision=submitted, indicator=other, value=6),
        lambda: parts.update(value=6),
        lambda: parts.delete(),
        lambda: CellValue.objects.create(result=rows.get(), cell=cells["male"], value=5),
    ):
        with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
            write()
    assert (rows.get().value, parts.get().value) == (12, 7)


def test_a_result_of_a_submitted_report_may_be_held_back(submitted):
    rows = IndicatorResult.objects.filter(revision=submitted)
    assert rows.update(held_back=True) == 1
    assert rows.get().held_back


def test_a_recalled_report_is_written_again(cast: Cast, submitted):
    reports.recall_report(revision=submitted, user=cast.reporter)
    IndicatorResult.objects.filter(revision=submitted).update(value=6)
    assert IndicatorResult.objects.get().value == 6


def test_a_result_is_not_moved_out_of_an_approved_report_nor_into_one(cast: Cast, missions, approved):
    report = ProgressReport.objects.create(
        mission=missions["KG"], period=ReportingPeriod.objects.get(code="2021-Q1")
    )
    elsewhere = ReportRevision.objects.create(report=report, number=1, created_by=cast.reporter)
    with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
        IndicatorResult.objects.filter(revision=approved).update(revision=elsewhere)
    moving = elsewhere.results.create(indicator=stage.make_indicator("SP1-O1-I2"), value=1)
    with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
        IndicatorResult.objects.filter(pk=moving.pk).update(revision=approved)
    assert approved.results.get().value == 12


def test_a_cell_is_not_moved_out_of_an_approved_report(cast: Cast, missions, approved):
    report = ProgressReport.objects.create(
        mission=missions["KG"], period=ReportingPeriod.objects.get(code="2021-Q1")
    )
    elsewhere = ReportRevision.objects.create(report=report, number=1, created_by=cast.reporter)
    row = elsewhere.results.create(indicator=Indicator.objects.get(), value=1)
    with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
        CellValue.objects.filter(result__revision=approved).update(result=row)


@pytest.mark.parametrize(
    "change",
    [
        {"code": "2030-Q1"},
        {"number": 2030 * 4},
        {"starts_on": date(2024, 9, 1)},
        {"ends_on": date(2024, 11, 30)},
    ],
    ids=["code", "number", "first day", "last day"],
)
def test_what_a_period_is_stands(strategy, change):
    period = ReportingPeriod.objects.filter(code="2024-Q4")
    before = period.values().get()
    with pytest.raises(DatabaseError), transaction.atomic():
        period.update(**change)
    assert period.values().get() == before


def test_how_cells_add_up_stands_once_results_were_broken_down(draft, cells):
    with pytest.raises(IntegrityError, match="how its cells add up stands"), transaction.atomic():
        Breakdown.objects.update(exclusive=False)
    with pytest.raises(IntegrityError, match="its code and breakdown stand"), transaction.atomic():
        Cell.objects.filter(code="female").update(code="women")
    # Nobody has given a figure for this one.
    Cell.objects.filter(code="unknown").update(code="not_known")
    assert Breakdown.objects.get().exclusive


def test_how_cells_add_up_may_change_while_there_are_no_figures(cells):
    Breakdown.objects.update(exclusive=False)
    assert not Breakdown.objects.get().exclusive


def test_an_indicator_goes_on_asking_for_what_its_results_hold(draft, indicator):
    with pytest.raises(IntegrityError, match="hold figures for breakdown"), transaction.atomic():
        indicator.asks.all().delete()
    other = Breakdown.objects.create(strategy=indicator.strategy, code="age", name="Age")
    with pytest.raises(IntegrityError, match="hold figures for breakdown"), transaction.atomic():
        indicator.asks.update(breakdown=other)
    assert indicator.asks.count() == 1


def test_an_indicator_without_figures_stops_asking(indicator, cells):
    indicator.asks.all().delete()
    assert not indicator.asks.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"allows_negative": True},
        {"bounded": False},
        {"counts": "contacts"},
        {"decimals": 2},
        {"unit": "cars"},
        {"definition": "Something else."},
    ],
    ids=lambda change: next(iter(change)),
)
def test_rules_of_an_indicator_stand_once_there_are_results(draft, indicator, change):
    with pytest.raises(IntegrityError, match="rules, unit and definition stand"), transaction.atomic():
        Indicator.objects.filter(pk=indicator.pk).update(**change)
