"""The rules of standing: the worked cases, and what they leave open, worked by hand in comments."""

import json
from datetime import date
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.analysis import arithmetic, terms
from tracker.analysis import periods as quarters
from tracker.analysis.rules.flows import flow_totals
from tracker.analysis.rules.missions import mission_standing
from tracker.analysis.rules.questions import Question
from tracker.analysis.rules.standing import standing
from tracker.analysis.terms import (
    Amount,
    IndicatorRules,
    MissionInput,
    MissionStanding,
    RegionInput,
    RegionStanding,
    Result,
    TargetPoint,
    Thresholds,
)

CASES = json.loads((Path(__file__).parent / "cases" / "standing.json").read_text())
SIX = Decimal("0.000001")


def amount_from(raw: Any) -> Amount | None:
    if raw is None:
        return None
    if isinstance(raw, list):
        return Amount(numerator=Decimal(raw[0]), denominator=Decimal(raw[1]))
    return Amount(value=Decimal(raw))


def result_from(raw: Any) -> Result:
    if raw is None:
        return Result()
    if raw == "na":
        return Result(not_applicable=True)
    if isinstance(raw, list):
        return Result(numerator=Decimal(raw[0]), denominator=Decimal(raw[1]))
    return Result(value=Decimal(raw))


def targets_from(raw: Any) -> tuple[TargetPoint, ...]:
    return tuple(TargetPoint(date.fromisoformat(due), Decimal(level)) for due, level in raw)


def day_from(raw: str | None) -> date | None:
    return None if raw is None else date.fromisoformat(raw)


def mission_from(raw: dict[str, Any]) -> MissionInput:
    return MissionInput(
        active_from=day_from(raw.get("active_from")),
        active_to=day_from(raw.get("active_to")),
        baseline=amount_from(raw["baseline"]),
        baseline_date=day_from(raw.get("baseline_date")),
        targets=targets_from(raw["targets"]),
        results={quarters.period_of_code(code): result_from(value) for code, value in raw["results"].items()},
    )


def regional_from(raw: dict[str, Any] | None) -> RegionInput | None:
    if raw is None:
        return None
    return RegionInput(baseline=amount_from(raw["baseline"]), targets=targets_from(raw["targets"]))


def six(figure: Any) -> Any:
    return str(figure.quantize(SIX)) if isinstance(figure, Decimal) else figure


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_worked_case_holds_to_six_decimals(case: dict[str, Any]) -> None:
    threshold = case.get("threshold")
    indicator = IndicatorRules(
        measure=case["measure"],
        direction=case["direction"],
        frequency=case["frequency"],
        period_rule=case["period_rule"],
        mission_rule=case["mission_rule"],
        threshold=None if threshold is None else Decimal(threshold),
    )
    question = Question(
        indicator=indicator,
        as_of=quarters.period_of_code(case["as_of"]),
        strategy_start=date.fromisoformat(case["start"]),
    )
    missions = {code: mission_from(raw) for code, raw in case["missions"].items()}
    stands = standing(question, missions, regional_from(case["regional"]))
    expected = case["expected"]
    shown = {
        "judged_at": None if stands.judged_at is None else quarters.period_code(stands.judged_at),
        "missions": {
            code: {name: six(getattr(stands.missions[code], name)) for name in figures}
            for code, figures in expected["missions"].items()
        },
        "region": {name: six(getattr(stands.region, name)) for name in expected["region"]},
    }
    assert shown == expected


# Shorthand of what follows ------------------------------------------------------------------------

START = date(2020, 1, 1)
Raw = dict[str, Any]


def ask(as_of: str, thresholds: Thresholds | None = None, **rule: Any) -> Question:
    """A quarterly number that is to rise, `latest` and `sum` unless told otherwise."""
    defaults = {
        "measure": "number",
        "direction": "increase",
        "frequency": "quarterly",
        "period_rule": "latest",
        "mission_rule": "sum",
    }
    return Question(
        indicator=IndicatorRules(**(defaults | rule)),
        as_of=quarters.period_of_code(as_of),
        strategy_start=START,
        thresholds=thresholds or Thresholds(),
    )


def plan(baseline: Any = None, targets: Raw | None = None, **rest: Any) -> Raw:
    """A mission or a region as the worked cases write it; `targets` is {due: level}."""
    return {
        "baseline": baseline,
        "targets": [[due, str(level)] for due, level in (targets or {}).items()],
        "results": {},
        **rest,
    }


def mission(question: Question, raw: Raw) -> MissionStanding:
    return mission_standing(question, mission_from(raw))


def region(question: Question, missions: dict[str, Raw], regional: Raw | None = None) -> RegionStanding:
    inputs = {code: mission_from(raw) for code, raw in missions.items()}
    return standing(question, inputs, regional_from(regional)).region


def figures(standing: terms.Standing) -> tuple[Any, ...]:
    """X, B, E, G, status."""
    names = ("compared_value", "baseline", "expected", "target", "status")
    return tuple(six(getattr(standing, name)) for name in names)


def same_figure(a: Decimal | None, b: Decimal | None) -> bool:
    return a is b if a is None or b is None else abs(a - b) < Decimal("1e-15")


END = "2024-12-31"  # 1826 days after the strategy's first day.


# When it is judged --------------------------------------------------------------------------------


def test_a_period_is_a_quarter_with_a_code_an_ordinal_and_two_ends() -> None:
    third = quarters.period_of_code("2021-Q3")
    assert third == 2021 * 4 + 2
    assert quarters.period_code(third) == "2021-Q3"
    assert quarters.first_day(third) == date(2021, 7, 1)
    assert quarters.last_day(third) == date(2021, 9, 30)
    assert quarters.last_day(quarters.period_of_code("2021-Q4")) == date(2021, 12, 31)
    assert quarters.period_of_day(date(2021, 9, 30)) == third
    assert quarters.period_of_day(date(2021, 10, 1)) == third + 1


@pytest.mark.parametrize(
    ("frequency", "period_rule", "as_of", "judged"),
    [
        ("quarterly", "latest", "2021-Q3", "2021-Q3"),
        ("semi_annual", "latest", "2021-Q3", "2021-Q2"),
        ("annual", "latest", "2021-Q3", "2020-Q4"),
        ("annual", "latest", "2021-Q4", "2021-Q4"),
        ("quarterly", "year", "2021-Q3", "2020-Q4"),
        ("quarterly", "year", "2020-Q3", None),
        ("semi_annual", "latest", "2020-Q1", None),
        ("quarterly", "latest", "2019-Q4", None),
    ],
)
def test_an_indicator_is_judged_at_the_latest_period_in_which_it_is_due(
    frequency: str, period_rule: str, as_of: str, judged: str | None
) -> None:
    found = quarters.judged_at(frequency, period_rule, quarters.period_of_code(as_of), START)
    assert (found and quarters.period_code(found)) == judged


def test_the_quarter_in_which_a_strategy_begins_is_its_first() -> None:
    first = quarters.period_of_code("2020-Q1")
    assert quarters.judged_at("quarterly", "latest", first, date(2020, 2, 15)) == first
    assert quarters.judged_at("quarterly", "latest", first, date(2020, 4, 1)) is None


def test_before_the_first_judgement_a_region_has_no_figures() -> None:
    target = plan("5", {END: 10})
    early = ask("2020-Q3", frequency="annual")
    by_region = region(early, {}, target)
    assert (figures(by_region), by_region.value) == ((None, None, None, None, "not_due"), None)
    assert region(early, {"KG": plan("5")}).status == "no_target"
    # Under maximum only a target of the region's own could ever be compared with.
    peak = ask("2020-Q3", frequency="annual", mission_rule="maximum")
    assert region(peak, {"KG": target}).status == "no_target"
    assert region(peak, {"KG": target}, target).status == "not_due"


# Over periods -------------------------------------------------------------------------------------


def test_a_half_year_counts_once_in_an_average_and_answers_both_its_quarters() -> None:
    half_year = Result(value=Decimal(10), covers=2)
    given = MissionInput(
        results={
            quarters.period_of_code("2020-Q2"): half_year,
            quarters.period_of_code("2020-Q3"): Result(value=Decimal(4)),
        }
    )
    # (10 + 4) / 2, not (10 + 10 + 4) / 3.
    assert mission_standing(ask("2020-Q4", period_rule="average"), given).value == 7
    totals = flow_totals(ask("2020-Q4", period_rule="sum"), given)
    assert (totals.reported, totals.due, totals.to_date) == (3, 4, 14)
    # Before its last quarter a half-year is not known.
    assert mission_standing(ask("2020-Q1", period_rule="average"), given).value is None


def test_not_applicable_in_an_earlier_period_lets_the_value_before_it_stand() -> None:
    now = mission(ask("2020-Q4"), plan("1", {END: 99}, results={"2020-Q2": "50", "2020-Q3": "na"}))
    assert (now.value, now.not_applicable) == (50, False)


def test_not_applicable_means_nothing_to_a_sum() -> None:
    now = mission(
        ask("2020-Q2", period_rule="sum"), plan(None, {END: 99}, results={"2020-Q1": "5", "2020-Q2": "na"})
    )
    # 181 of 1826 days have gone: under 10 % of the target was expected, too early to judge.
    assert (now.value, now.not_applicable, now.status) == (5, False, "not_due")


def test_a_stale_value_is_shown_as_the_last_one_known() -> None:
    raw = plan("1", {END: 99}, results={"2020-Q4": "7"})
    # Annual: the two due periods before 2022-Q4 are 2021-Q4 and 2020-Q4, so 2020-Q4 is not older.
    fresh = mission(ask("2022-Q4", frequency="annual"), raw)
    assert (fresh.value, fresh.stale_value) == (7, None)
    stale = mission(ask("2023-Q4", frequency="annual"), raw)
    assert (stale.value, stale.stale_value, stale.status) == (None, 7, "no_data")
    assert stale.stale_period == quarters.period_of_code("2020-Q4")


def test_a_zero_is_not_a_gap() -> None:
    gap = mission(ask("2020-Q2"), plan("8", {END: 0}, results={"2020-Q1": "3", "2020-Q2": None}))
    zero = mission(ask("2020-Q2"), plan("8", {END: 0}, results={"2020-Q1": "3", "2020-Q2": "0"}))
    assert (gap.value, zero.value, zero.status) == (3, 0, "achieved")


def test_a_percentage_known_only_as_such_is_taken_only_as_the_latest_value() -> None:
    raw = plan("0.5", {END: "0.9"}, results={"2020-Q4": "0.65"})
    assert mission(ask("2020-Q4", measure="percentage"), raw).value == Decimal("0.65")
    for period_rule in ("sum", "year", "average"):
        assert mission(ask("2020-Q4", measure="percentage", period_rule=period_rule), raw).value is None


def test_a_flow_is_shown_in_its_period_in_its_year_and_to_date() -> None:
    given = mission_from(
        plan(results={"2020-Q4": "100", "2021-Q1": "1", "2021-Q2": "2", "2021-Q3": None, "2021-Q4": "na"})
    )
    quarterly = flow_totals(ask("2021-Q4", period_rule="sum"), given)
    # Nothing in the quarter itself, 1 + 2 in the year, 103 in all; due: 8 quarters, of which 4 were answered.
    assert (quarterly.in_period, quarterly.in_year, quarterly.to_date) == (None, 3, 103)
    assert (quarterly.reported, quarterly.due, quarterly.reported_in_year, quarterly.due_in_year) == (
        4,
        8,
        3,
        4,
    )
    # A half-year's period is since the due period before: 2021-Q1 and 2021-Q2.
    half_yearly = flow_totals(ask("2021-Q3", period_rule="sum", frequency="semi_annual"), given)
    assert (half_yearly.in_period, half_yearly.reported, half_yearly.due) == (3, 2, 3)
    assert flow_totals(ask("2019-Q4", period_rule="sum"), given) == terms.FlowTotals()


def test_results_before_the_strategy_or_outside_the_assignment_are_not_counted() -> None:
    results = {"2019-Q4": "1000", "2020-Q1": "1", "2020-Q2": "2", "2020-Q3": "4", "2020-Q4": "8"}
    every = mission(ask("2020-Q4", period_rule="sum"), plan(results=results))
    # From 15 May: a period is within the dates if any day of it is, so 2020-Q2 is in.
    within = mission(ask("2020-Q4", period_rule="sum"), plan(results=results, active_from="2020-05-15"))
    assert (every.value, within.value) == (15, 14)


# Assignments that ended ---------------------------------------------------------------------------


def test_a_yearly_level_that_was_left_in_mid_year_is_judged_at_its_last_whole_year() -> None:
    results = {f"2021-Q{quarter}": "30" for quarter in (1, 2, 3, 4)} | {"2022-Q1": "10", "2022-Q2": "10"}
    left = mission(
        ask("2022-Q4", period_rule="year"), plan("100", {END: 200}, results=results, active_to="2022-06-30")
    )
    # X = 4 * 30. The line goes from 100 at 2020-01-01 to 200 after 1826 days: after 730 days (2021-12-31) it
    # is at 139.978094, after 911 (2022-06-30) at 149.890471, where it ends. Attainment 20 / 49.890471, pace
    # 20 / 39.978094.
    assert quarters.period_code(left.judged_at or 0) == "2021-Q4"
    assert figures(left) == ("120.000000", "100.000000", "139.978094", "149.890471", "off_track")
    assert (six(left.attainment), six(left.pace)) == ("0.400878", "0.500274")


def test_a_yearly_level_that_was_left_before_a_year_was_full_never_fell_due() -> None:
    raw = plan("100", {END: 200}, results={"2021-Q1": "10"}, active_from="2021-01-01", active_to="2021-06-30")
    left = mission(ask("2022-Q4", period_rule="year"), raw)
    assert (figures(left), left.phase) == ((None, None, None, None, "not_due"), "ended")
    # It is over: the region does not wait for it.
    assert region(ask("2022-Q4", period_rule="year"), {"BY": raw}).status == "no_target"


def test_a_flow_left_in_mid_quarter_keeps_that_quarter_and_is_expected_up_to_that_day() -> None:
    results = {"2021-Q3": "500", "2021-Q4": "100", "2022-Q1": "7"}
    left = mission(
        ask("2022-Q4", period_rule="sum"),
        plan(None, {"2021-12-31": 730}, results=results, active_to="2021-11-15"),
    )
    # One a day: 684 days from 2020-01-01 to 2021-11-15. 600 / 684 = 0.877193.
    assert figures(left) == ("600.000000", "0.000000", "684.000000", "684.000000", "on_track")
    assert (six(left.pace), left.judged_on) == ("0.877193", date(2021, 11, 15))


def test_staleness_of_an_ended_assignment_is_seen_from_its_end() -> None:
    def left(results: Raw) -> MissionStanding:
        return mission(ask("2023-Q4"), plan("0", {"2021-12-31": 9}, results=results, active_to="2021-12-31"))

    assert left({"2021-Q2": "5"}).value == 5
    assert (left({"2021-Q1": "5"}).value, left({"2021-Q1": "5"}).stale_value) == (None, 5)
    assert left({"2021-Q3": "5", "2021-Q4": "na"}).status == "not_applicable"


def test_an_annual_indicator_left_in_mid_year_is_judged_on_its_last_day() -> None:
    left = mission(
        ask("2022-Q4", frequency="annual"),
        plan("0", {END: 1826}, results={"2022-Q2": "455"}, active_to="2022-06-30"),
    )
    # One a day, 911 days: pace = attainment = 455 / 911.
    assert figures(left) == ("455.000000", "0.000000", "911.000000", "911.000000", "off_track")


def test_an_assignment_that_ended_before_the_date_of_its_baseline_planned_nothing() -> None:
    raw = plan("5", {END: 9}, baseline_date="2020-12-31", results={"2020-Q2": "6"}, active_to="2020-06-30")
    assert mission(ask("2021-Q4"), raw).status == "no_target"


def test_the_later_stages_of_an_ended_assignment_are_dropped() -> None:
    stages = ask("2022-Q4", measure="stage", mission_rule="count_reached")
    targets = {"2021-06-30": 1, "2023-06-30": 3}
    left = mission(stages, plan("0", targets, results={"2021-Q4": "1"}, active_to="2021-12-31"))
    assert figures(left) == ("1.000000", "0.000000", "1.000000", "1.000000", "achieved")
    unplanned = mission(
        stages, plan("0", {"2023-06-30": 3}, results={"2021-Q4": "1"}, active_to="2021-12-31")
    )
    assert unplanned.status == "no_target"
    # So are later targets of a number whose baseline is unknown: there is no line to read a level from.
    blind = mission(ask("2022-Q4"), plan(None, {END: 9}, results={"2021-Q4": "1"}, active_to="2021-12-31"))
    assert blind.status == "no_target"


def test_an_end_that_is_still_ahead_changes_nothing() -> None:
    raw = plan("0", {END: 100}, results={"2021-Q4": "30"})
    open_ended = mission(ask("2021-Q4"), raw)
    assert mission(ask("2021-Q4"), {**raw, "active_to": "2021-12-31"}) == open_ended
    assert mission(ask("2021-Q4"), {**raw, "active_to": "2022-06-30"}) == open_ended


# Trajectory ---------------------------------------------------------------------------------------


def test_the_date_of_a_baseline_begins_the_line_of_a_level_and_not_of_a_flow() -> None:
    raw = plan("40", {"2021-12-31": 100}, baseline_date="2021-06-30", results={"2021-Q3": "50"})
    # 92 of the 184 days from 2021-06-30 to 2021-12-31 have gone: half of the way from 40 to 100.
    assert six(mission(ask("2021-Q3"), raw).expected) == "70.000000"
    # The flow's line runs from 0 at 2020-01-01: 638 of 730 days.
    assert six(mission(ask("2021-Q3", period_rule="sum"), raw).expected) == "87.397260"


def test_before_its_start_a_line_lies_at_its_baseline() -> None:
    raw = plan("40", {END: 100}, baseline_date="2021-06-30", results={"2020-Q4": "41"})
    assert figures(mission(ask("2020-Q4"), raw)) == (
        "41.000000", "40.000000", "40.000000", "100.000000", "not_due"
    )  # fmt: skip


def test_a_target_that_came_to_lie_on_or_before_the_start_is_ignored() -> None:
    targets = {"2020-12-31": 5, "2021-06-30": 6}
    raw = plan("40", targets, baseline_date="2021-06-30", results={"2021-Q3": "50"})
    assert mission(ask("2021-Q3"), raw).status == "no_target"
    # An unknown baseline has no date.
    assert mission(ask("2021-Q3"), {**raw, "baseline": None}).target == 6


def test_a_stage_is_expected_at_its_baseline_until_its_first_target_falls_due() -> None:
    raw = plan("1", {"2021-06-30": 2, END: 3}, results={"2021-Q1": "1"})
    levels = {as_of: mission(ask(as_of, measure="stage", mission_rule="maximum"), raw).expected
              for as_of in ("2021-Q1", "2021-Q2", "2024-Q3", "2024-Q4")}  # fmt: skip
    assert levels == {"2021-Q1": 1, "2021-Q2": 2, "2024-Q3": 2, "2024-Q4": 3}


def test_without_a_baseline_nothing_is_expected_at_any_date() -> None:
    for as_of in ("2020-Q4", "2024-Q4"):
        stage = mission(ask(as_of, measure="stage", mission_rule="maximum"), plan(None, {"2020-12-31": 2}))
        assert (stage.baseline, stage.expected, stage.target) == (None, None, 2)


# Pace, reached, status ----------------------------------------------------------------------------


def test_where_the_line_first_goes_the_other_way_there_is_no_pace() -> None:
    # From 100 down to 80 by the end of 2020, then up to 150: E = 80 lies on the other side of B from G.
    def at(value: str) -> MissionStanding:
        return mission(
            ask("2020-Q4"), plan("100", {"2020-12-31": 80, "2022-12-31": 150}, results={"2020-Q4": value})
        )

    # Worse than B by more than 10 % of |150 - 100|, that is by more than 5, is off track.
    assert [(at(value).pace, at(value).status) for value in ("100", "95", "94.9")] == [
        (None, "not_due"),
        (None, "not_due"),
        (None, "off_track"),
    ]


@pytest.mark.parametrize(
    ("direction", "baseline", "target", "value", "status"),
    [
        ("decrease", "40", 40, "40", "achieved"),
        ("decrease", "40", 40, "41", "off_track"),
        ("increase", "40", 40, "39.9", "off_track"),
        ("decrease", None, 40, "39", "achieved"),
        ("decrease", None, 40, "41", "no_baseline"),
        ("maintain", None, 40, "50", "no_baseline"),
        ("maintain", "-40", -40, "-42", "achieved"),  # 5 % of |B| below B
        ("maintain", "0", 0, "-0.01", "off_track"),
        ("monitor", "0", 40, "50", "no_target"),
        ("decrease", "100", 50, "105", "not_due"),  # 10 % of |50 - 100| the wrong way, too early to judge
        ("decrease", "100", 50, "105.1", "off_track"),
        (
            "decrease",
            "40",
            50,
            "45",
            "not_due",
        ),  # The line follows the target.
    ],
)
def test_reached_is_seen_from_the_side_of_the_baseline(
    direction: str, baseline: str | None, target: int, value: str, status: str
) -> None:
    raw = plan(baseline, {END: target}, results={"2020-Q1": value})
    assert mission(ask("2020-Q1", direction=direction), raw).status == status


def test_the_thresholds_are_the_strategys_own() -> None:
    # E = G = 100 on the last day of 2020, so pace = 0.9.
    raw = plan(None, {"2020-12-31": 100}, results={"2020-Q4": "90"})
    flow: Raw = {"period_rule": "sum"}
    assert mission(ask("2020-Q4", **flow), raw).status == "on_track"
    assert mission(ask("2020-Q4", Thresholds(on_track=Decimal("0.95")), **flow), raw).status == "at_risk"
    stale = plan("0", {END: 9}, results={"2020-Q2": "1"})
    assert mission(ask("2020-Q4", Thresholds(stale_due_periods=1)), stale).value is None


def test_a_level_at_its_target_before_it_is_due_says_when_it_is_due() -> None:
    early = mission(ask("2020-Q4"), plan("0", {END: 9}, results={"2020-Q4": "9"}))
    assert (early.status, early.target_due, early.judged_on) == (
        "achieved",
        date(2024, 12, 31),
        date(2020, 12, 31),
    )


def test_the_callers_decimal_context_changes_nothing() -> None:
    raw = plan("10", {END: 30}, results={"2021-Q4": "18.123456789"})
    calm = mission(ask("2021-Q4"), raw)
    with localcontext(prec=3):
        assert mission(ask("2021-Q4"), raw) == calm


# Region, with a target of its own -----------------------------------------------------------------


@pytest.mark.parametrize(("reporting", "x", "status"), [(1, None, "no_data"), (2, "6.000000", "at_risk")])
def test_a_regional_minimum_needs_half_of_its_missions(reporting: int, x: str | None, status: str) -> None:
    # B: the least of 2, 3, 4, 5. E on 2022-12-31, after 1095 of 1826 days: 2 + 8 * 1095 / 1826 = 6.797371.
    # Where half of the four (two) reported, the pace is 4 / 4.797371 = 0.833790; where one did, it has none.
    missions = {
        f"M{n}": plan(str(n + 1), results={"2022-Q4": "6"} if n <= reporting else {}) for n in (1, 2, 3, 4)
    }
    low = region(ask("2022-Q4", mission_rule="minimum"), missions, plan(None, {END: 10}))
    assert low.value == 6
    assert figures(low) == (x, "2.000000", "6.797371", "10.000000", status)


def test_the_recorded_regional_baseline_and_its_date_begin_the_regions_line() -> None:
    targets = [TargetPoint(date(2021, 12, 31), Decimal(100))]
    own = RegionInput(baseline=Amount(value=Decimal(40)), baseline_date=date(2021, 6, 30), targets=targets)
    missions = {"KG": mission_from(plan("7", baseline_date="2021-08-31", results={"2021-Q3": "50"}))}
    found = standing(ask("2021-Q3"), missions, own).region
    assert figures(found) == ("50.000000", "40.000000", "70.000000", "100.000000", "off_track")
    # (50 - 40) / (70 - 40) is off track. Without it, B is the mission's and the line begins with the
    # strategy: 7 + 93 * 638 / 730.
    found = standing(ask("2021-Q3"), missions, RegionInput(targets=targets)).region
    assert figures(found)[1:3] == ("7.000000", "88.279452")


def test_a_regional_target_stays_when_no_assignment_has_begun() -> None:
    missions = {"KG": plan("5", {END: 50}, active_from="2022-01-01")}
    recorded = region(ask("2020-Q4"), missions, plan("10", {"2020-12-31": 20}))
    assert figures(recorded) == (None, "10.000000", "20.000000", "20.000000", "no_data")
    # B of a sum over no mission is unknown; of a count it is 0.
    assert figures(region(ask("2020-Q4"), missions, plan(None, {"2020-12-31": 20})))[1:3] == (None, None)
    counted = region(ask("2020-Q4", mission_rule="count_reached"), missions, plan(None, {"2020-12-31": 2}))
    assert figures(counted) == (None, "0.000000", "2.000000", "2.000000", "no_data")


def test_a_regional_flow_begins_at_zero_unless_missions_are_counted() -> None:
    missions = {
        "KG": plan("300", {"2020-12-31": 100}, results={"2020-Q4": "110"}),
        "TJ": plan("300", {"2020-12-31": 100}, results={"2020-Q4": "50"}),
    }
    mean = region(
        ask("2020-Q4", period_rule="sum", mission_rule="average"), missions, plan("40", {"2020-12-31": 100})
    )
    assert figures(mean) == ("80.000000", "0.000000", "100.000000", "100.000000", "at_risk")
    by_count = ask("2020-Q4", period_rule="sum", mission_rule="count_reached")
    assert figures(region(by_count, missions, plan("1", {"2020-12-31": 5})))[:2] == ("1.000000", "1.000000")
    # Nobody is at a target of 100 at 0.
    assert figures(region(by_count, missions, plan(None, {"2020-12-31": 5})))[:2] == ("1.000000", "0.000000")


def test_a_count_takes_an_unknown_baseline_as_not_qualifying_and_names_it() -> None:
    missions = {
        "KG": plan("12", results={}),  # stands at 12
        "TJ": plan(None, results={}),  # unknown altogether
        "UZ": plan(None, results={"2022-Q4": "15"}),
        "KZ": plan("3", results={"2022-Q4": "11"}),
    }
    rule: Raw = {"mission_rule": "count_at_least", "threshold": Decimal(10)}
    found = region(ask("2022-Q4", **rule), missions, plan(None, {"2022-12-31": 4}))
    # B: KG alone. X: KG at its baseline, UZ and KZ by their values: 3 of 4; (3 - 1) / (4 - 1).
    assert figures(found) == ("3.000000", "1.000000", "4.000000", "4.000000", "at_risk")
    assert (found.value, six(found.attainment)) == (2, "0.666667")
    cover = found.coverage
    assert (cover.counted, cover.at_baseline, cover.left_out) == (("KZ", "UZ"), ("KG",), ("TJ",))
    assert cover.baseline_unknown == ("TJ", "UZ")


def test_a_regional_sum_begins_nowhere_while_a_mission_baseline_is_unknown() -> None:
    missions = {"KG": plan(None, results={"2022-Q4": "5"}), "KZ": plan("3", results={"2022-Q4": "4"})}
    found = region(ask("2022-Q4"), missions, plan(None, {"2022-12-31": 20}))
    assert figures(found) == ("9.000000", None, None, "20.000000", "no_baseline")


def test_a_regional_flow_takes_neither_baseline_nor_its_date() -> None:
    targets = [TargetPoint(date(2020, 12, 31), Decimal(365))]
    own = RegionInput(baseline=Amount(value=Decimal(9)), baseline_date=date(2020, 6, 30), targets=targets)
    missions = {"KG": mission_from(plan(results={"2020-Q3": "273"}))}
    # One a day from the strategy's first: 273 days to 2020-09-30.
    found = standing(ask("2020-Q3", period_rule="sum"), missions, own).region
    assert figures(found) == ("273.000000", "0.000000", "273.000000", "365.000000", "on_track")


def test_a_count_that_nobody_reports_on_is_no_data() -> None:
    rule: Raw = {"measure": "yes_no", "mission_rule": "count_at_least"}
    silent = {"MD": plan("1"), "UA": plan("0")}
    found = region(ask("2022-Q4", **rule), silent, plan(None, {"2022-12-31": 2}))
    assert figures(found) == (None, "1.000000", "2.000000", "2.000000", "no_data")
    assert found.value is None


def test_of_a_count_more_is_better_whatever_the_direction() -> None:
    falling = ask("2022-Q4", direction="decrease", mission_rule="count_reached")
    missions = {f"M{n}": plan("9", {"2022-12-31": 5}, results={"2022-Q4": "4"}) for n in (1, 2, 3)}
    found = region(falling, missions, plan("2", {"2022-12-31": 2}))
    assert figures(found) == ("3.000000", "2.000000", "2.000000", "2.000000", "achieved")


def test_the_highest_stage_of_a_region_is_expected_in_steps() -> None:
    missions = {"MD": plan("0", results={"2021-Q4": "1"}), "UA": plan("1", results={"2021-Q4": "2"})}
    top = region(
        ask("2021-Q4", measure="stage", mission_rule="maximum"),
        missions,
        plan(None, {"2021-12-31": 2, END: 3}),
    )
    assert figures(top) == ("2.000000", "1.000000", "2.000000", "3.000000", "on_track")


# Region, over its missions' targets ---------------------------------------------------------------


def test_nothing_is_planned_where_no_mission_is_to_pass_the_threshold() -> None:
    rule: Raw = {"mission_rule": "count_at_least", "threshold": Decimal(10)}
    found = region(ask("2022-Q4", **rule), {"KG": plan("1", {END: 9}, results={"2022-Q4": "12"})})
    assert (found.value, figures(found)) == (1, (None, None, None, None, "no_target"))


def test_a_count_where_missions_have_data_and_none_a_target_is_nought() -> None:
    found = region(ask("2022-Q4", mission_rule="count_reached"), {"KG": plan("1", results={"2022-Q4": "12"})})
    assert (found.value, found.status) == (0, "no_target")
    assert region(ask("2022-Q4", mission_rule="count_reached"), {"KG": plan("1")}).value is None


def test_a_count_includes_missions_whose_baseline_is_unknown() -> None:
    missions = {
        "KG": plan(None, {"2022-12-31": 9}, results={"2022-Q4": "9"}),
        "TJ": plan("9", {"2022-12-31": 9}),
    }
    found = region(ask("2022-Q4", mission_rule="count_reached"), missions)
    # X: KG reached it, TJ stands at its baseline, which is its target. B and E: TJ alone, KG has no line.
    assert figures(found) == ("2.000000", "1.000000", "1.000000", "2.000000", "achieved")


def test_a_count_of_missions_at_their_target_aims_at_all_of_them() -> None:
    # Held at an unknown level, neither mission can be seen to have reached its target: 0 of 2.
    holding = ask("2022-Q4", direction="maintain", mission_rule="count_reached")
    missions = {code: plan(None, {"2022-12-31": 9}, results={"2022-Q4": "9"}) for code in ("KG", "TJ")}
    assert figures(region(holding, missions))[::3] == ("0.000000", "2.000000")


def test_half_of_the_percentages_is_enough() -> None:
    missions = {
        "KZ": plan("0.4", {"2021-12-31": "0.8"}, results={"2021-Q4": ["60", "100"]}),
        "KG": plan("0.4", {"2021-12-31": "0.8"}),
    }
    found = region(ask("2021-Q4", measure="percentage"), missions)
    assert figures(found) == ("0.600000", "0.400000", "0.800000", "0.800000", "off_track")


def test_percentages_are_weighted_by_the_denominators_of_those_who_reported() -> None:
    missions = {
        "KZ": plan(["1", "2"], {"2021-12-31": "0.8"}, results={"2021-Q4": ["60", "100"]}),
        "KG": plan("0.2", {"2021-12-31": "0.6"}, results={"2021-Q4": ["10", "20"]}),
        "TJ": plan(["1", "10"], {"2021-12-31": "0.9"}),
        "UZ": plan(None, {"2021-12-31": "0.9"}, results={"2021-Q4": ["90", "100"]}),
    }
    found = region(ask("2021-Q4", measure="percentage"), missions)
    # P: KZ, KG, TJ (UZ has no baseline); two of three reported. ΣD = 120: X = 70/120,
    # B = (50 + 4)/120 = 0.45, G = (80 + 12)/120 = 0.766667; attainment (70 - 54)/(92 - 54) = 0.421053.
    # The value is 160/220.
    assert six(found.value) == "0.727273"
    assert figures(found) == ("0.583333", "0.450000", "0.766667", "0.766667", "off_track")
    assert six(found.attainment) == "0.421053"
    assert (found.basis, found.coverage.counted) == ("mission_targets_weighted", ("KG", "KZ"))
    assert found.coverage.left_out == ("TJ", "UZ")


def test_a_percentage_known_only_as_such_stands_for_its_mission_and_not_for_the_region() -> None:
    missions = {
        "KZ": plan("0.4", {"2021-12-31": "0.8"}, results={"2021-Q4": ["60", "100"]}),
        "KG": plan("0.4", {"2021-12-31": "0.8"}, results={"2021-Q4": "0.9"}),
        "TJ": plan("0.4", {"2021-12-31": "0.8"}, results={"2021-Q4": "0.9"}),
    }
    assert mission(ask("2021-Q4", measure="percentage"), missions["KG"]).status == "achieved"
    found = region(ask("2021-Q4", measure="percentage"), missions)
    # ΣN/ΣD is KZ alone, and KZ alone is less than half of the three.
    assert (found.value, found.status, found.coverage.percentage_only) == (
        Decimal("0.6"),
        "no_data",
        ("KG", "TJ"),
    )
    # Missions are counted by what they stand at.
    counted = region(ask("2021-Q4", measure="percentage", mission_rule="count_reached"), missions)
    assert (counted.value, counted.target) == (2, 3)


def test_a_level_without_a_baseline_is_shown_and_left_out_of_the_comparison() -> None:
    missions = {
        "AM": plan("10", {"2022-12-31": 20}, results={"2022-Q4": "19"}),
        "AZ": plan(None, {"2022-12-31": 100}, results={"2022-Q4": "50"}),
    }
    found = region(ask("2022-Q4"), missions)
    assert (found.value, found.coverage.left_out) == (69, ("AZ",))
    assert figures(found) == ("19.000000", "10.000000", "20.000000", "20.000000", "on_track")


def test_where_only_a_mission_to_come_has_a_target_nothing_is_due_yet() -> None:
    missions = {
        "AM": plan("10", results={"2022-Q4": "19"}),
        "AZ": plan("0", {END: 100}, active_from="2023-01-01"),
    }
    assert figures(region(ask("2022-Q4"), missions)) == ("19.000000", None, None, None, "not_due")


def test_a_mission_to_which_it_does_not_apply_is_as_good_as_not_assigned() -> None:
    away = plan(None, {END: 200}, results={"2022-Q4": "na"})
    here = plan("10", {"2022-12-31": 20}, results={"2022-Q4": "19"})
    found = region(ask("2022-Q4"), {"AM": away, "AZ": here}, plan(None, {"2022-12-31": 20}))
    # Its unknown baseline does not make the region's unknown.
    assert figures(found) == ("19.000000", "10.000000", "20.000000", "20.000000", "on_track")
    assert (found.coverage.not_applicable, found.coverage.kind) == (("AM",), ("AZ",))
    assert region(ask("2022-Q4"), {"AM": away}).status == "no_target"


def test_the_mean_of_a_flow_keeps_the_missions_that_ended() -> None:
    missions = {
        "BY": plan(None, {"2020-12-31": 100}, results={"2020-Q4": "100"}, active_to="2020-12-31"),
        "KG": plan(None, {"2021-12-31": 300}, results={"2021-Q4": "200"}),
    }
    found = region(ask("2021-Q4", period_rule="sum", mission_rule="average"), missions)
    assert figures(found) == ("150.000000", "0.000000", "200.000000", "200.000000", "at_risk")
    levels = region(
        ask("2021-Q4", mission_rule="average"), {c: {**m, "baseline": "0"} for c, m in missions.items()}
    )
    assert figures(levels) == ("200.000000", "0.000000", "300.000000", "300.000000", "at_risk")


@pytest.mark.parametrize(
    "rule",
    [
        {"measure": "percentage", "period_rule": "maximum"},
        {"measure": "percentage", "mission_rule": "average"},
        {"measure": "stage", "mission_rule": "sum"},
        {"measure": "stage", "period_rule": "sum", "mission_rule": "maximum"},
        {"period_rule": "sum", "direction": "decrease"},
        {"mission_rule": "count_at_least"},
        {"mission_rule": "count_at_least", "threshold": Decimal(1), "direction": "decrease"},
    ],
)
def test_a_combination_that_the_rules_do_not_know_is_refused(rule: Raw) -> None:
    with pytest.raises(ValueError, match=r"not allowed|needs a threshold"):
        ask("2020-Q4", **rule)


# Whatever the numbers -----------------------------------------------------------------------------

quick = settings(max_examples=60, deadline=None)
PERIODS = [f"{year}-Q{quarter}" for year in range(2020, 2025) for quarter in (1, 2, 3, 4)]
DAYS = ["2020-03-31", "2020-12-31", "2021-05-15", "2021-12-31", "2022-06-30", "2023-12-31", END]
numbers = st.integers(-40, 400).map(lambda n: str(Decimal(n) / 4))
parts = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda pair: [str(min(pair)), str(max(pair))])
fractions = st.integers(0, 100).map(lambda n: str(Decimal(n) / 100))
stages = st.integers(0, 3).map(str)


def planned(
    levels: st.SearchStrategy[Any], reported: st.SearchStrategy[Any], known: Any
) -> st.SearchStrategy[Raw]:
    """Missions (or a region) with up to three targets and some results."""
    return st.fixed_dictionaries(
        {
            "baseline": st.none() | known,
            "baseline_date": st.none() | st.sampled_from(DAYS[:3]),
            "targets": st.dictionaries(st.sampled_from(DAYS), levels, max_size=3).map(
                lambda due: [list(pair) for pair in due.items()]
            ),
            "results": st.dictionaries(
                st.sampled_from(PERIODS[:12]), st.none() | st.just("na") | reported, max_size=9
            ),
            "active_from": st.none() | st.sampled_from(DAYS[:3]),
            "active_to": st.none() | st.sampled_from(DAYS[3:6]),
        }
    )


@st.composite
def frameworks(draw: st.DrawFn) -> tuple[Question, dict[str, Raw], Raw | None]:
    """Any allowed indicator, a few missions, perhaps a target of the region's own."""
    measure = draw(st.sampled_from(sorted(terms.PERIOD_RULES)))
    period_rule = draw(st.sampled_from(sorted(terms.PERIOD_RULES[measure])))
    mission_rule = draw(st.sampled_from(sorted(terms.MISSION_RULES[measure])))
    directions = ["increase", "monitor"]
    if (measure, period_rule) != ("number", "sum"):
        directions += ["maintain"] if mission_rule == "count_at_least" else ["maintain", "decrease"]
    question = ask(
        draw(st.sampled_from(PERIODS[:16])),
        measure=measure,
        period_rule=period_rule,
        mission_rule=mission_rule,
        direction=draw(st.sampled_from(directions)),
        frequency=draw(st.sampled_from(sorted(quarters.DUE_QUARTERS))),
        threshold=Decimal(draw(st.sampled_from(["0.5", "1"]))),
    )
    if measure == "percentage":
        one = planned(fractions, parts | fractions, parts | fractions)
    elif measure == "number":
        one = planned(numbers, numbers, numbers)
    else:
        one = planned(stages, stages, stages)
    missions = draw(st.dictionaries(st.sampled_from(["AL", "BA", "KG", "KZ", "MD"]), one, max_size=4))
    return question, missions, draw(st.none() | planned(stages, stages, stages))


@quick
@given(frameworks())
def test_every_allowed_framework_gets_an_answer_that_holds_together(
    framework: tuple[Question, dict[str, Raw], Raw | None],
) -> None:
    question, raw, regional = framework
    missions = {code: mission_from(one) for code, one in raw.items()}
    stands = standing(question, missions, regional_from(regional))
    for one in [*stands.missions.values(), stands.region]:
        if one.status == "no_target":
            assert (one.compared_value, one.expected, one.target, one.attainment) == (None, None, None, None)
        if one.status in ("on_track", "at_risk"):
            assert one.pace is not None
            assert one.pace >= Decimal("0.6") - arithmetic.CRUMB
        if one.attainment is not None:
            assert None not in (one.compared_value, one.baseline, one.target)
        if one.compared_value is None:
            assert one.status in ("no_target", "not_due", "not_applicable", "no_data")
    cover = stands.region.coverage
    assert sorted(cover.counted + cover.at_baseline + cover.left_out) == sorted(cover.kind)
    assert set(cover.in_value) <= set(cover.kind) <= set(raw)


@quick
@given(frameworks(), st.randoms(use_true_random=False))
def test_the_order_in_which_things_come_never_changes_a_figure(
    framework: tuple[Question, dict[str, Raw], Raw | None], chance: Any
) -> None:
    question, raw, regional = framework

    def shuffled(one: Raw) -> Raw:
        results, targets = list(one["results"].items()), list(one["targets"])
        chance.shuffle(results)
        chance.shuffle(targets)
        return {**one, "results": dict(results), "targets": targets}

    codes = list(raw)
    chance.shuffle(codes)
    plain = {code: mission_from(one) for code, one in raw.items()}
    mixed = {code: mission_from(shuffled(raw[code])) for code in codes}
    own = regional_from(regional)
    assert standing(question, plain, own) == standing(question, mixed, own)


@quick
@given(frameworks())
def test_a_period_that_was_not_reported_changes_no_figure(
    framework: tuple[Question, dict[str, Raw], Raw | None],
) -> None:
    question, raw, regional = framework

    def without_gaps(one: Raw) -> Raw:
        return {
            **one,
            "results": {code: value for code, value in one["results"].items() if value is not None},
        }

    own = regional_from(regional)
    gaps = {code: mission_from(one) for code, one in raw.items()}
    none = {code: mission_from(without_gaps(one)) for code, one in raw.items()}
    assert standing(question, gaps, own) == standing(question, none, own)


@quick
@given(
    planned(numbers, numbers, numbers),
    st.sampled_from(PERIODS),
    st.sampled_from(["latest", "average", "year"]),
)
def test_an_indicator_meant_to_fall_is_the_mirror_of_one_meant_to_rise(
    raw: Raw, as_of: str, period_rule: str
) -> None:
    def flip(number: str | None) -> str | None:
        return number if number in (None, "na") else str(-Decimal(number))

    mirrored = {
        **raw,
        "baseline": flip(raw["baseline"]),
        "targets": [[due, flip(level)] for due, level in raw["targets"]],
        "results": {code: flip(value) for code, value in raw["results"].items()},
    }
    rising = mission(ask(as_of, period_rule=period_rule), raw)
    falling = mission(ask(as_of, period_rule=period_rule, direction="decrease"), mirrored)
    assert (rising.attainment, rising.pace, rising.status) == (
        falling.attainment,
        falling.pace,
        falling.status,
    )
    assert (rising.value is None) == (falling.value is None)


@quick
@given(
    planned(numbers, numbers, numbers),
    st.sampled_from(PERIODS),
    st.sampled_from(["sum", "latest", "average", "year", "maximum"]),
    st.sampled_from(["0.001", "7", "1000000"]),
)
def test_the_unit_of_measurement_changes_no_ratio_and_no_status(
    raw: Raw, as_of: str, period_rule: str, factor: str
) -> None:
    def scale(number: str | None) -> str | None:
        return number if number in (None, "na") else str(Decimal(number) * Decimal(factor))

    scaled = {
        **raw,
        "baseline": scale(raw["baseline"]),
        "targets": [[due, scale(level)] for due, level in raw["targets"]],
        "results": {code: scale(value) for code, value in raw["results"].items()},
    }
    one, other = (mission(ask(as_of, period_rule=period_rule), m) for m in (raw, scaled))
    assert one.status == other.status
    assert same_figure(one.attainment, other.attainment)
    assert same_figure(one.pace, other.pace)


@quick
@given(
    st.dictionaries(st.sampled_from(PERIODS), st.none() | st.integers(0, 90).map(str)),
    st.sampled_from(PERIODS),
)
def test_a_flow_to_date_is_the_sum_of_its_periods_and_nothing_where_none_was_reported(
    results: dict[str, str | None], as_of: str
) -> None:
    reported = [int(value) for code, value in results.items() if value is not None and code <= as_of]
    totals = flow_totals(ask(as_of, period_rule="sum"), mission_from(plan(results=results)))
    assert totals.to_date == (sum(reported) if reported else None)
    assert (totals.reported, totals.due) == (len(reported), PERIODS.index(as_of) + 1)
