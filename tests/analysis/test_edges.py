"""The ends of the scale: nothing at all, one of everything, no data, zeros, falling levels, long numbers. Worked by
hand, and every world is recounted.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command

from tests import stage
from tracker.analysis.arithmetic import in_fifty_digits, same
from tracker.analysis.cells import cells_as_of
from tracker.analysis.engine import FoundStanding, flow_totals, standings, standings_over
from tracker.analysis.flags import find_questions
from tracker.analysis.periods import period_of_code
from tracker.analysis.recount.recounting import recount
from tracker.analysis.rows import rows_behind
from tracker.analysis.services import plan_recounts
from tracker.analysis.status_counts import count_by_status
from tracker.analysis.terms import Amount, FlowTotals, Standing
from tracker.framework.models import Indicator, Strategy
from tracker.progress.models import Baseline, ReportingPeriod, Target

pytestmark = pytest.mark.django_db

LAST = period_of_code("2024-Q4")
D = Decimal


@in_fifty_digits
def stands(indicator: Indicator, period: str) -> FoundStanding:
    """How an indicator stands; and its figures come out the same by the recount, and from their rows."""
    asked: dict[str, Any] = {"strategy": indicator.strategy, "as_of": period_of_code(period)}
    found = standings(**asked)[indicator.pk]
    behind = rows_behind(**asked)[indicator.pk]
    assert same(sum((part.contributed for part in behind.parts("value")), D(0)), found.region.value or D(0))
    return found


@pytest.fixture(autouse=True)
def _recounted() -> Iterator[None]:
    """Whatever a test has made, engine and recount agree on it."""
    yield
    for strategy in Strategy.objects.all():
        outcome = recount(strategy=strategy)
        assert outcome.is_clean, outcome


def figures(standing: Standing, *names: str) -> tuple[Any, ...]:
    return tuple(getattr(standing, name) for name in names)


# Nothing ------------------------------------------------------------------------------------------


def test_an_empty_database_has_no_figures_and_nothing_fails() -> None:
    assert not Strategy.objects.exists()
    assert plan_recounts() == 0


def test_a_strategy_without_indicators_or_periods_has_no_figures(strategy) -> None:
    for _ in range(2):
        assert standings(strategy=strategy, as_of=LAST) == {}
        assert standings_over(strategy=strategy, periods=[LAST]) == {LAST: {}}
        assert flow_totals(strategy=strategy, as_of=LAST) == {}
        assert cells_as_of(strategy=strategy, as_of=LAST) == {}
        assert rows_behind(strategy=strategy, as_of=LAST) == {}
        assert find_questions(strategy=strategy, revisions=[]) == {}
        counts = count_by_status(strategy=strategy, as_of=LAST)
        assert (counts.region.total, dict(counts.objectives), dict(counts.missions)) == (0, {}, {})
        ReportingPeriod.objects.all().delete()


def test_asked_for_no_period_or_for_no_indicator_the_engine_gives_none(strategy, missions) -> None:
    indicator = stage.make_indicator()
    stage.assign(indicator, missions["KG"])
    assert standings_over(strategy=strategy, periods=[]) == {}
    assert standings(strategy=strategy, as_of=LAST, indicators=[]) == {}
    assert standings(strategy=strategy, as_of=LAST, missions=[])[indicator.pk].missions == {}


# One ----------------------------------------------------------------------------------------------


def test_one_mission_one_period_one_result(strategy, missions, cast) -> None:
    indicator = stage.make_indicator()
    stage.assign(indicator, missions["KG"])
    ReportingPeriod.objects.exclude(code="2020-Q1").delete()
    Target.objects.create(indicator=indicator, mission=missions["KG"], due_on="2020-03-31", value=8)
    stage.approve(missions["KG"], "2020-Q1", {indicator: 6}, reporter=cast.reporter, officer=cast.officer)
    found = stands(indicator, "2020-Q1")
    names = ("value", "compared_value", "baseline", "expected", "target", "attainment", "pace", "status")
    # 6 of 8, all of it due by now.
    expected = (6, 6, 0, 8, 8, D("0.75"), D("0.75"), "at_risk")
    assert figures(found.missions["KG"], *names) == expected
    assert figures(found.region, *names) == expected
    assert count_by_status(strategy=strategy, as_of=period_of_code("2020-Q1")).region.counts() == {
        "at_risk": 1
    }


# No data ------------------------------------------------------------------------------------------


def test_where_nobody_has_reported_the_plan_stands_and_nothing_is_zero(strategy, missions) -> None:
    flow = stage.make_indicator("SP1-O1-I1")
    level = stage.make_indicator("SP1-O1-I2", period_rule="latest", measure="percentage")
    for indicator, target in ((flow, D(400)), (level, D("0.8"))):
        stage.assign(indicator, missions["KG"], missions["TJ"])
        for code in ("KG", "TJ"):
            Target.objects.create(
                indicator=indicator, mission=missions[code], due_on="2024-12-31", value=target
            )
            Baseline.objects.create(indicator=indicator, mission=missions[code], numerator=1, denominator=5)
    for indicator in (flow, level):
        found = stands(indicator, "2024-Q4")
        for one in (*found.missions.values(), found.region):
            assert figures(one, "value", "compared_value", "pace", "status") == (None, None, None, "no_data")
    # A flow plans from 0, over both missions; a percentage over the missions that have data, which is none.
    assert figures(stands(flow, "2024-Q4").region, "baseline", "expected", "target") == (0, 800, 800)
    assert figures(stands(level, "2024-Q4").region, "baseline", "expected", "target") == (None, None, None)
    assert figures(stands(level, "2024-Q4").missions["KG"], "baseline", "target") == (D("0.2"), D("0.8"))
    assert flow_totals(strategy=strategy, as_of=LAST)[flow.pk].region == FlowTotals(due=40, due_in_year=8)
    assert cells_as_of(strategy=strategy, as_of=LAST) == {}


def test_a_zero_is_a_value(strategy, missions, cast) -> None:
    indicator = stage.make_indicator()
    stage.assign(indicator, missions["KG"], missions["TJ"])
    stage.approve(missions["KG"], "2020-Q1", {indicator: 0}, reporter=cast.reporter, officer=cast.officer)
    found = stands(indicator, "2020-Q1")
    assert (found.missions["KG"].value, found.missions["TJ"].value, found.region.value) == (0, None, 0)
    assert found.region.coverage.in_value == ("KG",)


# Zero targets and falling levels ------------------------------------------------------------------


def test_a_flow_whose_target_is_zero_plans_nothing(strategy, missions, cast) -> None:
    indicator = stage.make_indicator()
    stage.assign(indicator, missions["KG"])
    Target.objects.create(indicator=indicator, mission=missions["KG"], due_on="2020-12-31", value=0)
    stage.approve(missions["KG"], "2020-Q4", {indicator: 3}, reporter=cast.reporter, officer=cast.officer)
    for one in (stands(indicator, "2020-Q4").missions["KG"], stands(indicator, "2020-Q4").region):
        assert figures(one, "value", "target", "attainment", "status") == (3, None, None, "no_target")


@pytest.mark.parametrize(
    ("reported", "attainment", "pace", "status"),
    [
        # From 400 down to 0 by the end of 2023; 300, 200, 100 were to be reached by the ends of 2020 to 2022.
        (200, "0.5", "1", "on_track"),
        (238, "0.405", "0.81", "at_risk"),
        (300, "0.25", "0.5", "off_track"),
        (500, "-0.25", "-0.5", "off_track"),
        (0, "1", "2", "achieved"),
    ],
)
def test_a_level_is_to_fall_to_zero(
    strategy, missions, cast, reported: int, attainment: str, pace: str, status: str
) -> None:
    indicator = stage.make_indicator(direction="decrease", period_rule="latest", counts="stock")
    stage.assign(indicator, missions["KG"])
    Baseline.objects.create(indicator=indicator, mission=missions["KG"], value=400, date="2019-12-31")
    for year, level in ((2020, 300), (2021, 200), (2022, 100), (2023, 0)):
        Target.objects.create(
            indicator=indicator, mission=missions["KG"], due_on=f"{year}-12-31", value=level
        )
    stage.approve(
        missions["KG"], "2021-Q4", {indicator: reported}, reporter=cast.reporter, officer=cast.officer
    )
    found = stands(indicator, "2021-Q4")
    for one in (found.missions["KG"], found.region):
        assert figures(one, "expected", "target", "attainment", "pace", "status") == (
            200,
            0,
            D(attainment),
            D(pace),
            status,
        )


# Long and fine numbers ----------------------------------------------------------------------------


def test_ten_digits_are_added_to_the_last_one(strategy, missions, cast) -> None:
    indicator = stage.make_indicator()
    cells = stage.ask_by_sex(indicator)
    codes = ("KG", "TJ", "ROV")
    stage.assign(indicator, *(missions[code] for code in codes))
    for code in codes:
        for period in ("2020-Q1", "2020-Q2"):
            stage.approve(
                missions[code],
                period,
                {indicator: 9_999_999_999},
                reporter=cast.reporter,
                officer=cast.officer,
                cells={cells["male"]: 9_999_999_998},
            )
    found = stands(indicator, "2020-Q2")
    assert found.missions["KG"].value == 19_999_999_998
    assert found.region.value == 59_999_999_994
    [of_indicator] = cells_as_of(strategy=strategy, as_of=period_of_code("2020-Q2")).values()
    assert of_indicator.region == {cells["male"].pk: Amount(value=D(59_999_999_988))}


def test_four_decimals_are_kept_and_thirds_are_not_rounded(strategy, missions, cast) -> None:
    fine = stage.make_indicator(
        "SP1-O1-I1", period_rule="average", mission_rule="average", counts="items", decimals=4
    )
    stage.assign(fine, missions["KG"], missions["TJ"])
    people = {"reporter": cast.reporter, "officer": cast.officer}
    for period, value in (("2020-Q1", "0.1234"), ("2020-Q2", "0.1235"), ("2020-Q3", "0.1237")):
        stage.approve(missions["KG"], period, {fine: D(value)}, **people)
    stage.approve(missions["TJ"], "2020-Q3", {fine: D("0.0001")}, **people)
    found = stands(fine, "2020-Q3")
    # 0.3706 / 3, and the mean of that with 0.0001.
    assert found.missions["KG"].value is not None
    assert abs(found.missions["KG"].value - D("0.3706") / 3) < D("1e-25")
    assert found.region.value is not None
    assert abs(found.region.value - (D("0.3706") / 3 + D("0.0001")) / 2) < D("1e-25")


# Pages --------------------------------------------------------------------------------------------


def test_the_command_prints_an_empty_strategy_as_nothing(strategy, capsys) -> None:
    call_command("standing", "--period", "2024-Q4")
    assert capsys.readouterr().out.strip() == "{}"
