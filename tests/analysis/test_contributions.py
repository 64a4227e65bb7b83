"""The parts of a figure add up to it: by hand, and for every figure of a thousand drawn frameworks."""

from decimal import Decimal
from typing import Any, get_args

from hypothesis import HealthCheck, Phase, given, settings

from tests.analysis import frameworks
from tests.analysis.frameworks import CASES, World
from tracker.analysis import cell_rules
from tracker.analysis.arithmetic import in_fifty_digits
from tracker.analysis.contributions import Figure, region_parts, result_parts
from tracker.analysis.periods import period_of_code
from tracker.analysis.rules.over_periods import results_up_to
from tracker.analysis.rules.questions import Question
from tracker.analysis.rules.standing import standing
from tracker.analysis.terms import RegionInput

NEAR = Decimal("1e-18")
FIGURES: tuple[Figure, ...] = get_args(Figure)


def parts_of(case: dict[str, Any], figure: Figure) -> dict[str | None, Decimal]:
    framework = frameworks.framework_of(case)
    question = Question(
        indicator=framework.indicator,
        as_of=period_of_code(case["as_of"]),
        strategy_start=frameworks.START,
    )
    stands = standing(question, framework.missions, framework.regional)
    found = region_parts(question, stands.region, stands.missions, figure)
    return {part.mission: part.contributed for part in found}


def case_of(rule: dict[str, Any], missions: dict[str, Any], **regional: Any) -> dict[str, Any]:
    plan = {"baseline": None, "targets": []}
    return {
        **{"measure": "number", "direction": "increase", "frequency": "quarterly", "as_of": "2020-Q4"},
        **{"period_rule": "latest", "mission_rule": "sum", **rule},
        "regional": {**plan, **regional} if regional else None,
        "missions": {code: {**plan, "results": {}, **mission} for code, mission in missions.items()},
    }


def test_of_a_sum_each_has_its_level_and_without_data_its_baseline() -> None:
    case = case_of(
        {},
        {
            "KG": {"baseline": "10", "results": {"2020-Q4": "25"}},
            "TJ": {"baseline": "5"},
            "UZ": {"results": {"2020-Q4": "2"}},
        },
        baseline="20",
        targets=[["2020-12-31", "40"]],
    )
    assert parts_of(case, "value") == {"KG": 25, "UZ": 2}
    assert parts_of(case, "compared_value") == {"KG": 25, "TJ": 5, "UZ": 2}
    assert parts_of(case, "target") == {None: 40}


def test_of_a_percentage_each_has_its_numerator_over_all_denominators() -> None:
    case = case_of(
        {"measure": "percentage"},
        {"KG": {"results": {"2020-Q4": ["3", "4"]}}, "TJ": {"results": {"2020-Q4": ["1", "12"]}}},
    )
    assert parts_of(case, "value") == {"KG": Decimal("0.1875"), "TJ": Decimal("0.0625")}


def test_the_largest_is_one_missions_the_first_by_code() -> None:
    results = {"KG": "7", "AL": "3", "TJ": "7"}
    case = case_of(
        {"mission_rule": "maximum"},
        {code: {"results": {"2020-Q4": level}} for code, level in results.items()},
    )
    assert parts_of(case, "value") == {"AL": 0, "KG": 7, "TJ": 0}


def test_of_a_count_each_is_one_or_nothing() -> None:
    case = case_of(
        {"mission_rule": "count_at_least", "threshold": "5"},
        {"KG": {"results": {"2020-Q4": "7"}}, "TJ": {"results": {"2020-Q4": "4"}}},
    )
    assert parts_of(case, "value") == {"KG": 1, "TJ": 0}


@in_fifty_digits
def wrong_sums(world: World) -> list[Any]:
    """The figures that their parts do not add up to."""
    wrong: list[Any] = []
    for framework in world.frameworks:
        question = Question(
            indicator=framework.indicator,
            as_of=world.as_of,
            strategy_start=world.start,
            thresholds=world.thresholds,
        )
        stands = standing(question, framework.missions, framework.regional)
        own = framework.regional or RegionInput()
        for figure in FIGURES:
            total = getattr(stands.region, figure)
            found = region_parts(
                question,
                stands.region,
                stands.missions,
                figure,
                has_own_baseline=own.baseline_level is not None,
            )
            if abs(sum((part.contributed for part in found), Decimal(0)) - (total or 0)) > NEAR:
                wrong.append((figure, total, found, framework))
        for code, mission in stands.missions.items():
            if mission.value is None or mission.judged_at is None:
                continue
            results = results_up_to(mission.judged_at, question, framework.missions[code])
            periods = cell_rules.results_of_value(framework.indicator, results, mission.judged_at)
            made_of = {period: results[period] for period in periods}
            if abs(sum(result_parts(framework.indicator, made_of).values()) - mission.value) > NEAR:
                wrong.append((code, mission, made_of))
    return wrong


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(world=frameworks.worlds(20))
def test_the_parts_of_every_drawn_figure_add_up_to_it(world: World) -> None:
    assert not wrong_sums(world)


def test_the_worked_cases_have_figures_to_add_up() -> None:
    """Otherwise the sums above would be of nothing."""
    for case in CASES:
        expected = case["expected"]["region"]
        for figure in FIGURES:
            if expected.get(figure) is not None and not case["regional"]:
                found = parts_of(case, figure)
                is_flow_baseline = figure == "baseline" and not any(found.values())
                assert found or is_flow_baseline, (case["name"], figure)
                total = sum(found.values(), Decimal(0))
                assert abs(total - Decimal(expected[figure])) < Decimal("1e-6"), (case["name"], figure)
