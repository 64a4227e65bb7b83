"""Missions are set up in one go: assignments, baselines and targets of many indicators, all or nothing."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import stage
from tracker.common.history import history_begins
from tracker.framework.models import Indicator
from tracker.progress.models import Baseline, IndicatorAssignment, Target
from tracker.progress.services.baselines import BaselineRow
from tracker.progress.services.setting_up import set_up_reporting
from tracker.progress.services.targets import TargetRow

pytestmark = pytest.mark.django_db


def from_ten(
    indicator: Indicator, mission: str, *, row: int = 2, on: date = date(2019, 12, 31)
) -> BaselineRow:
    return BaselineRow(
        row, indicator.code, mission, Decimal(10), None, None, None, on, "Census", None, None, None
    )


def to_forty(
    indicator: Indicator, mission: str, *, row: int = 2, due: date = date(2024, 12, 31)
) -> TargetRow:
    return TargetRow(row, indicator.code, mission, due, Decimal(40), None, "to_date")


@pytest.fixture
def stock(strategy, missions) -> Indicator:
    return stage.make_indicator(period_rule="latest", counts="stock")


def test_a_row_of_each_sheet_assigns_begins_and_aims(stock, cast) -> None:
    planned, aimed = set_up_reporting(
        baselines=[from_ten(stock, "KG")],
        targets=[to_forty(stock, "KG")],
        options={"reason": "New"},
        user=cast.officer,
    )
    assert (planned.errors, aimed.errors) == ([], [])
    assignment, baseline, target = (
        IndicatorAssignment.objects.get(),
        Baseline.objects.get(),
        Target.objects.get(),
    )
    assert (assignment.indicator, assignment.mission.code) == (stock, "KG")
    assert (assignment.active_from, assignment.active_to) == (date(2020, 1, 1), None)
    assert (baseline.value, baseline.date, baseline.source) == (10, date(2019, 12, 31), "Census")
    assert (target.value, target.due_on, target.basis) == (40, date(2024, 12, 31), "to_date")
    for made in (assignment, baseline, target):
        assert (made.recorded_by, made.reason, made.recorded_at) == (cast.officer, "New", target.recorded_at)
        assert history_begins(made)


def test_what_is_said_again_replaces_what_held(stock, cast) -> None:
    for level in (10, 12):
        row = BaselineRow(
            2, stock.code, "KG", Decimal(level), *(None,) * 3, date(2019, 12, 31), "", *(None,) * 3
        )
        set_up_reporting(baselines=[row], targets=[to_forty(stock, "KG")], options={}, user=cast.officer)
    assert [(one.value, one.withdrawn_at is None) for one in Baseline.objects.order_by("pk")] == [
        (10, False),
        (12, True),
    ]
    assert IndicatorAssignment.objects.count() == Target.objects.count() == 1


def test_one_wrong_row_leaves_everything_as_it_was(stock, cast) -> None:
    # The baseline of this very call is what the target lies before.
    planned, aimed = set_up_reporting(
        baselines=[from_ten(stock, "KG", on=date(2022, 6, 30)), from_ten(stock, "TJ", row=3)],
        targets=[to_forty(stock, "KG", due=date(2021, 12, 31)), to_forty(stock, "TJ", row=3)],
        options={},
        user=cast.officer,
    )
    assert planned.errors == []
    assert [(error.row, error.column) for error in aimed.errors] == [(2, "target_value")]
    assert not IndicatorAssignment.objects.exists()
    assert not Baseline.objects.exists()
    assert not Target.objects.exists()


@pytest.mark.parametrize("indicators", [1, 20])
def test_many_take_the_statements_of_one(indicators: int, strategy, missions, cast) -> None:
    made = [stage.make_indicator(f"SP1-O1-I{n}", period_rule="latest") for n in range(1, indicators + 1)]
    pairs = [(one, code) for one in made for code in ("KG", "TJ", "IL")]
    with CaptureQueriesContext(connection) as asked:
        set_up_reporting(
            baselines=[from_ten(*pair, row=row) for row, pair in enumerate(pairs, start=2)],
            targets=[to_forty(*pair, row=row) for row, pair in enumerate(pairs, start=2)],
            options={},
            user=cast.officer,
        )
    assert Target.objects.count() == 3 * indicators
    assert len([query for query in asked.captured_queries if "SAVEPOINT" not in query["sql"]]) == 11
