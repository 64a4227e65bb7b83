"""The figures by SQL are the figures by the rules: the worked cases, and hundreds of drawn frameworks."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given

from tests.analysis import frameworks, loading
from tests.analysis.frameworks import CASES, Framework, World
from tests.analysis.loading import Loaded, load
from tests.drawing import drawn
from tracker.analysis import cell_rules, engine
from tracker.analysis import periods as quarters
from tracker.analysis.cells import FoundCells, cells_as_of
from tracker.analysis.recount.recounting import recount
from tracker.analysis.rules.flows import flow_totals
from tracker.analysis.rules.questions import Question
from tracker.analysis.rules.standing import standing
from tracker.analysis.terms import FlowTotals, IndicatorStanding, MissionInput
from tracker.progress.models import ReportingPeriod
from tracker.region.models import Country, Mission

pytestmark = pytest.mark.django_db
SIX = Decimal("0.000001")
LAST = quarters.period_of_code("2024-Q4")


def six(figure: Any) -> Any:
    return str(figure.quantize(SIX)) if isinstance(figure, Decimal) else figure


@pytest.fixture
def loaded_cases() -> Loaded:
    return load([frameworks.framework_of(case) for case in CASES])


def test_every_worked_case_reads_the_same_through_the_engine(loaded_cases: Loaded) -> None:
    by_period: dict[int, list[tuple[int, dict[str, Any]]]] = defaultdict(list)
    for indicator, case in zip(loaded_cases.frameworks, CASES, strict=True):
        by_period[quarters.period_of_code(case["as_of"])].append((indicator, case))
    for as_of, cases in by_period.items():
        found = engine.standings(
            strategy=loaded_cases.strategy, as_of=as_of, indicators=[indicator for indicator, _ in cases]
        )
        assert len(found) == len(cases)
        for indicator, case in cases:
            stands, expected = found[indicator], case["expected"]
            shown = {
                "judged_at": None if stands.judged_at is None else quarters.period_code(stands.judged_at),
                "missions": {
                    code: {name: six(getattr(stands.missions[code], name)) for name in figures}
                    for code, figures in expected["missions"].items()
                },
                "region": {name: six(getattr(stands.region, name)) for name in expected["region"]},
            }
            assert shown == expected, case["name"]


# Just on a threshold ------------------------------------------------------------------------------

END = "2020-12-31"


@pytest.mark.parametrize(
    ("rule", "baseline", "targets", "results", "status"),
    [
        # Expected by now: 400. Pace 340 / 400 = 0.85, 240 / 400 = 0.60.
        ({}, "0", {END: "400"}, ["340"], "on_track"),
        ({}, "0", {END: "400"}, ["339.9999"], "at_risk"),
        ({}, "0", {END: "400"}, ["240"], "at_risk"),
        ({}, "0", {END: "400"}, ["239.9999"], "off_track"),
        ({}, "0", {END: "400"}, ["400"], "achieved"),
        # Expected by now: 40, just a tenth of the way; a hair less is too early to judge.
        ({}, "0", {END: "40", "2024-12-31": "400"}, ["34"], "on_track"),
        ({}, "0", {END: "39.9999", "2024-12-31": "400"}, ["34"], "not_due"),
        # Worse than the baseline by a tenth of the way, and by more.
        ({}, "0", {END: "39.9999", "2024-12-31": "400"}, ["-40"], "not_due"),
        ({}, "0", {END: "39.9999", "2024-12-31": "400"}, ["-40.0001"], "off_track"),
        ({"direction": "decrease"}, "400", {END: "0"}, ["60"], "on_track"),
        ({"direction": "decrease"}, "400", {END: "0"}, ["60.0001"], "at_risk"),
        ({"direction": "maintain"}, "200", {END: "200"}, ["190"], "achieved"),
        ({"direction": "maintain"}, "200", {END: "200"}, ["189.9999"], "off_track"),
        # Mean of three: 2.55 / 3 = 0.85.
        ({"period_rule": "average"}, "0", {END: "1"}, ["1", "0.55", "1"], "on_track"),
        # (19/40 - 1/3) / (1/2 - 1/3) = 0.85, though no third can be written down.
        ({"measure": "percentage"}, ["10", "30"], {END: "0.5"}, [["19", "40"]], "on_track"),
        # (13/30 - 1/3) / (1/2 - 1/3) = 0.60.
        ({"measure": "percentage"}, ["10", "30"], {END: "0.5"}, [["13", "30"]], "at_risk"),
    ],
)
def test_a_figure_just_on_a_threshold_is_judged_exactly(
    rule: dict[str, str], baseline: Any, targets: dict[str, str], results: list[Any], status: str
) -> None:
    case = {
        **{"measure": "number", "direction": "increase", "frequency": "quarterly"},
        **{"period_rule": "latest", "mission_rule": "sum", "regional": None, **rule},
        "missions": {
            "KG": {
                "baseline": baseline,
                "targets": list(targets.items()),
                "results": dict(zip(["2020-Q4", "2020-Q3", "2020-Q2"], results, strict=False)),
            }
        },
    }
    loaded = load([frameworks.framework_of(case)])
    (found,) = engine.standings(strategy=loaded.strategy, as_of=quarters.period_of_code("2020-Q4")).values()
    assert (found.missions["KG"].status, found.region.status) == (status, status)


# Ways of asking -----------------------------------------------------------------------------------


@pytest.mark.parametrize("indicators", [2, 20])
def test_the_number_of_statements_does_not_grow(
    loaded_cases: Loaded, indicators: int, django_assert_num_queries: Any
) -> None:
    asked: dict[str, Any] = {
        "strategy": loaded_cases.strategy,
        "indicators": [*loaded_cases.frameworks][:indicators],
    }
    with django_assert_num_queries(1):
        found = engine.standings(as_of=ReportingPeriod(number=LAST), **asked)
    assert len(found) == indicators
    with django_assert_num_queries(1):
        over = engine.standings_over(periods=range(LAST - indicators + 1, LAST + 1), **asked)
    assert [len(found) for found in over.values()] == [indicators] * indicators
    with django_assert_num_queries(1):
        engine.flow_totals(as_of=LAST, **asked)


def test_every_period_at_once_is_each_period_by_itself(loaded_cases: Loaded) -> None:
    periods = range(quarters.period_of_code("2019-Q4"), LAST + 1)
    over = engine.standings_over(strategy=loaded_cases.strategy, periods=periods)
    assert list(over) == list(periods)
    for period in (periods[0], periods[3], periods[6], LAST):
        assert over[period] == engine.standings(strategy=loaded_cases.strategy, as_of=period)


def test_the_region_is_the_same_without_its_missions(loaded_cases: Loaded) -> None:
    full = engine.standings(strategy=loaded_cases.strategy, as_of=LAST)
    short = engine.standings(strategy=loaded_cases.strategy, as_of=LAST, with_missions=False)
    assert {key: one.region for key, one in short.items()} == {key: one.region for key, one in full.items()}
    assert not any(one.missions for one in short.values())


def test_a_subregion_is_fewer_missions_without_a_target_of_its_own(loaded_cases: Loaded) -> None:
    kept = Mission.objects.filter(code__in=["AM", "KZ", "KG", "MD", "UA", "RS"]).values_list("code", "pk")
    found = engine.standings(strategy=loaded_cases.strategy, as_of=LAST, missions=[pk for _, pk in kept])
    for indicator, framework in loaded_cases.frameworks.items():
        question = Question(indicator=framework.indicator, as_of=LAST, strategy_start=date(2020, 1, 1))
        missions = loaded_cases.missions_of(indicator)
        missions = {code: one for code, one in missions.items() if code in dict(kept)}
        by_rules = standing(question, missions)
        assert list(found[indicator].missions) == list(by_rules.missions)
        assert not differences(found[indicator].region, by_rules.region)
        assert found[indicator].mission_ids == {code: dict(kept)[code] for code in by_rules.missions}


def test_every_subregion_at_once_is_its_missions_by_themselves(loaded_cases: Loaded) -> None:
    """The regional office is of no subregion, and one none of whose missions is assigned does not stand."""
    own = {"balkans": ["RS", "AL", "BA"], "central_asia": ["KG", "KZ", "TJ"], "nowhere": []}
    for subregion, codes in own.items():
        for code in codes or ["ZZ"]:
            country = Country.objects.create(
                iso2=code, iso3=f"{code}X", name=code, source_name=code, subregion=subregion
            )
            Mission.objects.filter(code=code).update(country=country, kind="country")
    found = engine.standings(strategy=loaded_cases.strategy, as_of=LAST, with_subregions=True)
    for subregion, codes in own.items():
        ids = list(Mission.objects.filter(code__in=codes).values_list("pk", flat=True))
        alone = engine.standings(strategy=loaded_cases.strategy, as_of=LAST, missions=ids)
        assert {
            key: one.subregions[subregion] for key, one in found.items() if subregion in one.subregions
        } == {key: one.region for key, one in alone.items() if one.missions}
    plain = engine.standings(strategy=loaded_cases.strategy, as_of=LAST)
    assert {key: replace(one, subregions={}) for key, one in found.items()} == plain


def test_a_trend_is_the_value_as_of_each_period() -> None:
    # The first case: 100, 80, 90, 90 by quarter; nothing is known before the strategy began.
    loaded = load([frameworks.framework_of(CASES[0])])
    (indicator,) = loaded.frameworks
    for mission in (None, "KG"):
        trend = engine.values_over_periods(
            strategy=loaded.strategy,
            periods=range(quarters.period_of_code("2019-Q4"), quarters.period_of_code("2020-Q4") + 1),
            indicators=[indicator],
            mission=mission,
        )
        assert list(trend[indicator].values()) == [None, 100, 180, 270, 360]
    assert engine.values_over_periods(
        strategy=loaded.strategy, periods=[LAST], indicators=[indicator], mission="ZZ"
    ) == {indicator: {LAST: None}}


def test_what_is_not_assigned_to_anyone_still_has_a_region() -> None:
    loaded = load([Framework(indicator=frameworks.framework_of(CASES[0]).indicator)])
    (found,) = engine.standings(strategy=loaded.strategy, as_of=LAST).values()
    assert (found.judged_at, found.missions, found.region.status) == (LAST, {}, "no_target")


def test_a_flow_is_shown_in_the_period_in_the_year_and_to_date_with_how_much_was_reported() -> None:
    # Case 10, as of 2022-Q4: KG 200 in 2020-Q4 and 180 in 2022-Q4; BY, which ended with 2021, 60 in 2020-Q4
    # and 40 in 2021-Q4. Due: 12 quarters of KG, 8 of BY.
    loaded = load([frameworks.framework_of(CASES[9])])
    (found,) = engine.flow_totals(strategy=loaded.strategy, as_of=quarters.period_of_code("2022-Q4")).values()
    assert found.missions == {
        "BY": FlowTotals(
            in_period=Decimal(40), in_year=Decimal(40), to_date=Decimal(100),
            reported=2, due=8, reported_in_year=1, due_in_year=4,
        ),
        "KG": FlowTotals(
            in_period=Decimal(180), in_year=Decimal(180), to_date=Decimal(380),
            reported=2, due=12, reported_in_year=1, due_in_year=4,
        ),
    }  # fmt: skip
    # In 2022 the region is KG alone.
    assert found.region == FlowTotals(
        in_period=Decimal(180), in_year=Decimal(180), to_date=Decimal(480),
        reported=4, due=20, reported_in_year=1, due_in_year=4,
    )  # fmt: skip


# Drawn frameworks ---------------------------------------------------------------------------------

NEAR = Decimal("1e-9")


def differences(by_sql: Any, by_rules: Any, where: str = "") -> list[str]:
    """Where two standings differ: numbers by more than 1e-9, all else at all."""
    found = []
    for name in (one.name for one in fields(by_rules)):
        sql, rule = getattr(by_sql, name), getattr(by_rules, name)
        pairs = zip(sql, rule, strict=True) if name.endswith("parts") and sql and rule else [(sql, rule)]
        for one, other in pairs:
            is_near = isinstance(one, Decimal) and isinstance(other, Decimal) and abs(one - other) <= NEAR
            if one != other and not is_near:
                found.append(f"{where} {name}: {one!r} by SQL, {other!r} by the rules")
    return found


def cell_differences(
    loaded: Loaded,
    question: Question,
    missions: Mapping[str, MissionInput],
    stands: IndicatorStanding,
    by_sql: FoundCells,
) -> list[str]:
    by_rules = {
        code: cell_rules.mission_cells(question, missions[code], one) for code, one in stands.missions.items()
    }
    region = cell_rules.region_cells(question, stands.missions, by_rules)
    assert set(by_sql.missions) <= set(by_rules)
    found = []
    for where, sql, rule in [
        ("region cells", by_sql.region, region),
        *((f"{code} cells", by_sql.missions.get(code, {}), by_rules[code]) for code in by_rules),
    ]:
        rule = {loaded.cells[place]: amount for place, amount in rule.items()}
        if sql.keys() != rule.keys():
            found.append(f"{where}: {sql!r} by SQL, {rule!r} by the rules")
            continue
        for cell, amount in rule.items():
            found += differences(sql[cell], amount, f"{where} {cell}")
    return found


def check(
    loaded: Loaded, world: World, *, provisional: bool = False, known_on: datetime | None = None
) -> None:
    """Every figure of every indicator, by SQL and by the rules."""
    by_sql = engine.standings(
        strategy=loaded.strategy, as_of=world.as_of, provisional=provisional, known_on=known_on
    )
    totals = engine.flow_totals(
        strategy=loaded.strategy, as_of=world.as_of, provisional=provisional, known_on=known_on
    )
    cells = cells_as_of(
        strategy=loaded.strategy, as_of=world.as_of, provisional=provisional, known_on=known_on
    )
    assert list(by_sql) == list(loaded.frameworks)
    wrong = []
    for indicator, framework in loaded.frameworks.items():
        question = Question(
            indicator=framework.indicator,
            as_of=world.as_of,
            strategy_start=world.start,
            thresholds=world.thresholds,
        )
        missions = loaded.missions_of(indicator, provisional=provisional, known_on=known_on)
        by_rules, found = standing(question, missions, framework.regional), by_sql[indicator]
        assert found.judged_at == by_rules.judged_at
        assert list(found.missions) == list(by_rules.missions)
        here = differences(found.region, by_rules.region, "region")
        for code, mission in by_rules.missions.items():
            here += differences(found.missions[code], mission, code)
            if framework.indicator.is_flow:
                by_rules_in_all = flow_totals(question, missions[code])
                here += differences(totals[indicator].missions[code], by_rules_in_all, f"{code} flow")
        here += cell_differences(loaded, question, missions, by_rules, cells.get(indicator, FoundCells()))
        if here:
            wrong.append((here, found.code, framework.indicator, missions, framework.regional))
    assert not wrong


@drawn(examples=20)
@given(world=frameworks.worlds(20))
def test_sql_and_the_rules_agree_on_hundreds_of_drawn_frameworks(world: World, db: None) -> None:
    """In twenty strategies, each asked four ways; and the recount, which reads the history, agrees with both."""
    with transaction.atomic():
        loaded = load(world.frameworks, start=world.start, thresholds=world.thresholds, chance=world.chance)
        check(loaded, world)
        check(loaded, world, provisional=True)
        check(loaded, world, known_on=loading.BEFORE_CHANGES)
        check(loaded, world, provisional=True, known_on=loading.BEFORE_APPROVAL)
        outcome = recount(strategy=loaded.strategy, periods=[world.as_of])
        assert outcome.is_clean, outcome
        assert outcome.figures > 0
        transaction.set_rollback(True)
