"""Sheets of assignments and baselines: versions, amounts, and what does not fit."""

from datetime import date
from decimal import Decimal

import pytest

from tests import stage
from tests.batches.fixtures import kept_files  # noqa: F401
from tests.batches.sheets import counts, csv_of, load, look, messages
from tracker.progress.models import Baseline, IndicatorAssignment, ReportingPeriod, Target
from tracker.progress.services.plans import open_periods, quarters_between

ASSIGNMENTS = "indicator,mission,active_from,active_to,reason"
BASELINES = "indicator,mission,baseline_value,baseline_date,baseline_source"


@pytest.fixture
def indicator(strategy, missions):
    return stage.make_indicator()


def test_quarters_that_lie_within_the_days_are_made_once(strategy) -> None:
    assert [q[:2] for q in quarters_between(date(2020, 2, 1), date(2021, 3, 30))] == [
        (2020, 2), (2020, 3), (2020, 4),
    ]  # fmt: skip
    assert open_periods(strategy=strategy) == 0  # the stage has its twenty quarters
    assert open_periods(strategy=strategy, first=date(2025, 1, 1), last=date(2025, 6, 30)) == 2
    period = ReportingPeriod.objects.get(code="2025-Q1")
    assert (period.opens_on, period.due_on, period.closes_on) == (
        date(2025, 4, 1), date(2025, 4, 20), date(2025, 5, 10),
    )  # fmt: skip


def test_an_assignment_that_changes_is_withdrawn_and_recorded_anew(indicator, cast) -> None:
    load("assignments", csv_of(ASSIGNMENTS, "SP1-O1-I1,KG,2020-01-01,,Begun"), user=cast.officer)
    plan = load(
        "assignments", csv_of(ASSIGNMENTS, "SP1-O1-I1,KG,2020-01-01,2022-06-30,Closed"), user=cast.head
    )
    assert counts(plan) == {"new": 0, "changed": 1, "unchanged": 0}
    assert plan.changes[0].cells == {"active_to": (None, date(2022, 6, 30))}
    old, new = IndicatorAssignment.objects.order_by("pk")
    assert old.withdrawn_by == cast.head
    assert old.withdrawn_at == new.recorded_at
    assert (new.active_to, new.reason, new.recorded_by, new.withdrawn_at) == (
        date(2022, 6, 30), "Closed", cast.head, None,
    )  # fmt: skip
    assert old.active_to is None


def test_what_is_wrong_with_an_assignment_is_said(indicator) -> None:
    checked = look(
        "assignments",
        csv_of(
            ASSIGNMENTS,
            "SP1-O1-I1,KG,2022-01-01,2021-01-01,",
            "SP1-O1-I1,REGION,2020-01-01,,",
            "SP1-O1-I1,TJ,2020-01-01,,",
            "SP1-O1-I1,TJ,2020-01-01,,",
            "SP1-O1-I1,ROV,,,",
        ),
    )
    assert [(row, column) for row, column, _message in messages(checked)] == [
        (2, "active_to"), (3, "mission"), (5, "indicator"), (6, "active_from"),
    ]  # fmt: skip


def test_an_assignment_that_would_begin_after_its_target_is_refused(indicator, missions) -> None:
    stage.assign(indicator, missions["KG"])
    Target.objects.create(indicator=indicator, mission=missions["KG"], due_on=date(2021, 12, 31), value=5)
    [(row, column, message)] = messages(
        look("assignments", csv_of(ASSIGNMENTS, "SP1-O1-I1,KG,2022-01-01,,Later"))
    )
    assert (row, column) == (2, "active_from")
    assert "31 Dec 2021" in message


def test_a_baseline_makes_the_assignment_where_there_is_none(indicator, missions) -> None:
    load("baselines", csv_of(BASELINES, "SP1-O1-I1,KG,120,2019,matrix"))
    assignment = IndicatorAssignment.objects.get()
    assert (assignment.mission, assignment.active_from) == (missions["KG"], date(2020, 1, 1))
    assert Baseline.objects.get().date == date(2019, 12, 31)  # a year is its last day


def test_a_baseline_of_the_region_belongs_to_no_mission(indicator) -> None:
    load("baselines", csv_of(BASELINES, "SP1-O1-I1,region,1200,2019-06-30,report"))
    assert Baseline.objects.get().mission is None
    assert not IndicatorAssignment.objects.exists()


def test_a_revised_baseline_keeps_the_first_one(indicator) -> None:
    load("baselines", csv_of(BASELINES, "SP1-O1-I1,KG,120,2019,matrix"))
    plan = load("baselines", csv_of("indicator,mission,baseline_value", "SP1-O1-I1,KG,150"), reason="Recount")
    assert plan.changes[0].cells == {"baseline_value": (Decimal(120), Decimal(150))}
    old, new = Baseline.objects.order_by("pk")
    assert (old.value, new.value, new.source, new.reason) == (120, 150, "matrix", "Recount")
    assert old.withdrawn_at is not None
    assert IndicatorAssignment.objects.count() == 1


def test_amounts_are_read_as_the_indicator_measures(strategy, missions) -> None:
    stage.make_indicator("SP1-O1-I1", measure="percentage", period_rule="latest", decimals=1)
    stage.make_indicator(
        "SP1-O1-I2",
        measure="stage",
        period_rule="latest",
        mission_rule="count_reached",
        stages=["Not started", "Drafted", "In force"],
    )
    stage.make_indicator(
        "SP1-O1-I3", measure="yes_no", period_rule="latest", mission_rule="count_at_least", threshold=1
    )
    load(
        "baselines",
        csv_of(
            "indicator,mission,baseline_value,baseline_numerator,baseline_denominator,baseline_stage",
            "SP1-O1-I1,KG,27.6,,,",
            "SP1-O1-I1,TJ,,3,8,",
            "SP1-O1-I2,KG,,,,in force",
            "SP1-O1-I3,KG,,,,yes",
            "SP1-O1-I3,TJ,,,,No",
            "SP1-O1-I3,REGION,14,,,",
        ),
    )
    kept = {
        (b.indicator.code[-2:], b.mission.code if b.mission else "REGION"): (
            b.value,
            b.numerator,
            b.denominator,
        )
        for b in Baseline.objects.all()
    }
    assert kept == {
        ("I1", "KG"): (Decimal("0.276"), None, None),
        ("I1", "TJ"): (None, 3, 8),
        ("I2", "KG"): (2, None, None),
        ("I3", "KG"): (1, None, None),
        ("I3", "TJ"): (0, None, None),
        ("I3", "REGION"): (14, None, None),
    }


@pytest.mark.parametrize(
    ("measure", "cells", "column", "says"),
    [
        ("number", "-3,,,", "baseline_value", "cannot be negative"),
        ("number", "1.5,,,", "baseline_value", "Whole numbers only"),
        ("number", ",1,2,", "baseline_numerator", "is no percentage"),
        ("number", ",,,Drafted", "baseline_stage", "has no stages"),
        ("number", ",,,", "baseline_value", "There is no amount"),
        ("number", "many,,,", "baseline_value", "“many” is not a number"),
        ("percentage", ",9,8,", "baseline_numerator", "larger than the denominator"),
        ("percentage", ",9,,", "baseline_denominator", "both the numerator and the denominator"),
        ("percentage", ",0,0,", "baseline_denominator", "0 of 0"),
        ("percentage", "140,,,", "baseline_value", "at most 100"),
        ("percentage", "40,4,10,", "baseline_value", "in two ways"),
        ("yes_no", ",,,maybe", "baseline_stage", "Write one of: No, Yes"),
        ("yes_no", "7,,,", "baseline_value", "Write one of: No, Yes"),
    ],
)
def test_an_impossible_baseline_is_refused_with_a_sentence(
    strategy, missions, measure, cells, column, says
) -> None:
    rules = {"number": {}, "percentage": {"measure": "percentage", "period_rule": "latest"}}.get(
        measure,
        {"measure": "yes_no", "period_rule": "latest", "mission_rule": "count_at_least", "threshold": 1},
    )
    stage.make_indicator("SP1-O1-I1", **rules)
    header = "indicator,mission,baseline_value,baseline_numerator,baseline_denominator,baseline_stage"
    [(row, at, message)] = messages(look("baselines", csv_of(header, f"SP1-O1-I1,KG,{cells}")))
    assert (row, at) == (2, column)
    assert says in message
