"""The figures by SQL are the figures by the rules: the worked cases, and a thousand drawn frameworks."""

import random
from collections import defaultdict
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.analysis import frameworks
from tests.analysis.frameworks import CASES, Framework, Loaded
from tracker.analysis import engine, rules
from tracker.analysis.rules import Question, Thresholds

pytestmark = pytest.mark.django_db
SIX = Decimal("0.000001")


def six(figure: Any) -> Any:
    return str(figure.quantize(SIX)) if isinstance(figure, Decimal) else figure


@pytest.fixture
def loaded_cases() -> Loaded:
    return frameworks.load([frameworks.framework_of(case) for case in CASES])


def test_every_worked_case_reads_the_same_through_the_engine(loaded_cases: Loaded) -> None:
    by_period: dict[int, list[tuple[int, dict[str, Any]]]] = defaultdict(list)
    for indicator, case in zip(loaded_cases.frameworks, CASES, strict=True):
        by_period[rules.period_of_code(case["as_of"])].append((indicator, case))
    for as_of, cases in by_period.items():
        found = engine.standings(
            strategy=loaded_cases.strategy, as_of=as_of, indicators=[indicator for indicator, _ in cases]
        )
        assert len(found) == len(cases)
        for indicator, case in cases:
            stands, expected = found[indicator], case["expected"]
            shown = {
                "judged_at": None if stands.judged_at is None else rules.period_code(stands.judged_at),
                "missions": {
                    code: {name: six(getattr(stands.missions[code], name)) for name in figures}
                    for code, figures in expected["missions"].items()
                },
                "region": {name: six(getattr(stands.region, name)) for name in expected["region"]},
            }
            assert shown == expected, case["name"]


# Drawn frameworks --------------------------------------------------------------------------------------------

NEAR = Decimal("1e-9")
AT_ONCE = 20  # Frameworks of one strategy; fifty such strategies are a thousand.


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


def check(
    loaded: Loaded, as_of: int, thresholds: Thresholds, *, provisional: bool = False, known_on: datetime | None = None
) -> None:
    """Every figure of every indicator, by SQL and by the rules."""
    by_sql = engine.standings(
        strategy=loaded.strategy, as_of=as_of, provisional=provisional, known_on=known_on
    )
    assert list(by_sql) == list(loaded.frameworks)
    wrong = []
    for indicator, framework in loaded.frameworks.items():
        question = Question(
            indicator=framework.indicator,
            as_of=as_of,
            strategy_start=loaded.strategy.starts_on,
            thresholds=thresholds,
        )
        missions = loaded.missions_of(indicator, provisional=provisional, known_on=known_on)
        by_rules, found = rules.standing(question, missions, framework.regional), by_sql[indicator]
        assert found.judged_at == by_rules.judged_at
        assert list(found.missions) == list(by_rules.missions)
        here = differences(found.region, by_rules.region, "region")
        for code, mission in by_rules.missions.items():
            here += differences(found.missions[code], mission, code)
        if here:
            wrong.append((here, found.code, framework.indicator, missions, framework.regional))
    assert not wrong


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(
    drawn=st.lists(frameworks.frameworks(), min_size=AT_ONCE, max_size=AT_ONCE),
    start=st.sampled_from([date(2020, 1, 1), date(2020, 2, 15), date(2020, 5, 1)]),
    thresholds=frameworks.thresholds(),
    as_of=st.sampled_from([*frameworks.PERIODS[:3:-1], *frameworks.PERIODS[::-1]]),
    seed=st.integers(0, 2**32),
)
def test_sql_and_the_rules_agree_on_a_thousand_drawn_frameworks(
    drawn: list[Framework], start: date, thresholds: Thresholds, as_of: int, seed: int, db: None
) -> None:
    with transaction.atomic():
        loaded = frameworks.load(drawn, start=start, thresholds=thresholds, chance=random.Random(seed))
        check(loaded, as_of, thresholds)
        check(loaded, as_of, thresholds, provisional=True)
        check(loaded, as_of, thresholds, known_on=frameworks.BEFORE_CHANGES)
        check(loaded, as_of, thresholds, provisional=True, known_on=frameworks.BEFORE_APPROVAL)
        transaction.set_rollback(True)
