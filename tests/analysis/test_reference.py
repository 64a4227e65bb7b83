"""The engine and the reference that the bench holds it against say the same of a small world of the bench's making:
every measure, rule and frequency, with all that is missing in it.
"""

from collections.abc import Callable
from dataclasses import replace
from itertools import product

import pytest
from django.db import transaction

from tests import stage
from tests.bench import reference
from tests.bench.filling import People, fill
from tests.bench.invention import InventedIndicator
from tracker.analysis import engine
from tracker.analysis.periods import period_of_code
from tracker.analysis.terms import MISSION_RULES, PERIOD_RULES
from tracker.framework.models import Indicator, Strategy
from tracker.progress.models import CellValue, IndicatorResult, ReportRevision
from tracker.region.models import Country, Mission

pytestmark = pytest.mark.django_db
INDICATORS = 69  # all combinations of rules, and the common ones once more
MISSIONS = 6


@pytest.fixture
def fill_world(strategy: Strategy, missions: dict[str, Mission]) -> Callable[[], Strategy]:
    """Three missions more than the stage has, in another subregion; and the filling of it all."""
    for code in ("AL", "BA", "MK"):
        country = Country.objects.create(
            iso2=code,
            iso3=f"{code}X",
            name=code,
            source_name=code,
            subregion="western_balkans",
            source="test",
        )
        Mission.objects.create(
            code=code, name=code, kind="country", country=country, time_zone="Europe/Vienna", source="test"
        )
    reporter, officer = stage.make_person("one"), stage.make_person("two")

    def act() -> Strategy:
        fill(strategy=strategy, indicators=INDICATORS, people=People(reporter.pk, officer.pk))
        return strategy

    return act


@pytest.mark.parametrize("as_of", ["2020-Q1", "2021-Q3", "2022-Q4", "2024-Q4"])
def test_the_engine_says_what_the_reference_says(fill_world: Callable[[], Strategy], as_of: str) -> None:
    strategy, period = fill_world(), period_of_code(as_of)
    expected = reference.region(strategy=strategy, period=period)
    found = engine.standings(strategy=strategy, as_of=period, with_missions=False)
    assert len(expected) == INDICATORS
    assert reference.differences(expected, found) == []


def test_what_the_two_do_not_agree_on_is_found(fill_world: Callable[[], Strategy]) -> None:
    strategy, period = fill_world(), period_of_code("2022-Q4")
    expected = reference.region(strategy=strategy, period=period)
    found = engine.standings(strategy=strategy, as_of=period, with_missions=False)
    one, other = list(found)[:2]
    wrong = {
        **found,
        one: replace(found[one], region=replace(found[one].region, status="off")),  # type: ignore[arg-type]
    }
    del wrong[other]
    assert [
        difference[0] if isinstance(difference, tuple) else difference
        for difference in reference.differences(expected, wrong)
    ] == [other, found[one].code]


def test_the_same_world_is_made_every_time(fill_world: Callable[[], Strategy]) -> None:
    said = []
    for _ in range(2):
        with transaction.atomic():
            strategy = fill_world()
            codes = dict(Indicator.objects.values_list("pk", "code"))
            found = reference.region(strategy=strategy, period=period_of_code("2023-Q4"))
            cells = CellValue.objects.order_by("pk").values_list("value", "numerator", "denominator")
            said.append(({codes[pk]: stands for pk, stands in found.items()}, list(cells)))
            transaction.set_rollback(True)
    assert said[0] == said[1]


def test_it_holds_what_a_database_of_progress_holds(fill_world: Callable[[], Strategy]) -> None:
    fill_world()
    first = IndicatorResult.objects.filter(revision__number=1)
    assert first.count() == INDICATORS * MISSIONS * 20
    assert first.filter(not_applicable=True).exists()
    assert first.filter(value=None, numerator=None, not_applicable=False).exists()
    second = ReportRevision.objects.filter(number=2)
    assert second.filter(withdrawn_at=None).exists()
    assert second.exclude(withdrawn_at=None).exists()
    assert IndicatorResult.objects.filter(held_back=True, revision__withdrawn_at=None).exists()
    assert {"draft", "submitted", "approved"} == set(ReportRevision.objects.values_list("status", flat=True))
    cells, total = 24, IndicatorResult.objects.filter(cells__isnull=False).distinct().count()
    assert CellValue.objects.count() == cells * total > 0


def test_every_combination_of_rules_is_there() -> None:
    allowed = {
        (measure, *rules)
        for measure in PERIOD_RULES
        for rules in product(PERIOD_RULES[measure], MISSION_RULES[measure])
    }
    invented = [InventedIndicator(number) for number in range(INDICATORS)]
    assert {one.rules for one in invented} == allowed
    assert {one.frequency for one in invented} == {"quarterly", "semi_annual", "annual"}
    assert {one.direction for one in invented} == {"increase", "decrease", "maintain", "monitor"}
