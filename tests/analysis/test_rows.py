"""The rows behind a figure: their sum is the figure, and they are the rows that it was made of."""

from datetime import datetime
from decimal import Decimal
from typing import Any, get_args

import pytest
from django.db import transaction
from hypothesis import given

from tests.analysis import frameworks, loading
from tests.analysis.frameworks import CASES, World
from tests.analysis.loading import load
from tests.drawing import drawn
from tracker.analysis.arithmetic import in_fifty_digits
from tracker.analysis.contributions import Figure
from tracker.analysis.periods import period_of_code
from tracker.analysis.rows import Behind, rows_behind
from tracker.progress.models import IndicatorResult

pytestmark = pytest.mark.django_db
NEAR = Decimal("1e-9")
FIGURES: tuple[Figure, ...] = get_args(Figure)


@in_fifty_digits
def wrong_sums(behind: Behind) -> list[Any]:
    """The figures that their rows do not add up to."""
    wrong: list[Any] = []
    for subregion in (None, *behind.standing.subregions):
        for figure in FIGURES:
            total = getattr(behind.of(subregion), figure) or Decimal(0)
            parts = behind.parts(figure, subregion=subregion)
            if abs(sum((part.contributed for part in parts), Decimal(0)) - total) > NEAR:
                wrong.append((subregion, figure, total, parts))
    for code, mission in behind.standing.missions.items():
        rows = behind.results.get(code, [])
        total = sum((row.contributed or Decimal(0) for row in rows), Decimal(0))
        if bool(rows) != (mission.value is not None) or abs(total - (mission.value or 0)) > NEAR:
            wrong.append((code, mission, rows))
    return wrong


def check(world: World, *, provisional: bool = False, known_on: datetime | None = None) -> None:
    loaded = load(world.frameworks, start=world.start, thresholds=world.thresholds, chance=world.chance)
    behind = rows_behind(
        strategy=loaded.strategy, as_of=world.as_of, provisional=provisional, known_on=known_on
    )
    assert list(behind) == list(loaded.frameworks)
    assert not [wrong for one in behind.values() for wrong in wrong_sums(one)]


@drawn(examples=8)
@given(world=frameworks.worlds(20))
def test_the_rows_of_every_drawn_figure_add_up_to_it(world: World, db: None) -> None:
    for asked in (
        {},
        {"provisional": True},
        {"known_on": loading.BEFORE_CHANGES},
        {"provisional": True, "known_on": loading.BEFORE_APPROVAL},
    ):
        with transaction.atomic():
            check(world, **asked)
            transaction.set_rollback(True)


def test_the_rows_are_those_of_the_worked_case() -> None:
    # The first case: KG reports 100, 80, 90 and 90 in 2020, a flow; its target for 2020 is 400.
    loaded = load([frameworks.framework_of(CASES[0])])
    (behind,) = rows_behind(strategy=loaded.strategy, as_of=period_of_code("2020-Q4")).values()
    assert [row.contributed for row in behind.results["KG"]] == [100, 80, 90, 90]
    assert [row.result_id for row in behind.results["KG"]] == list(
        IndicatorResult.objects.order_by("revision__report__period__number").values_list("pk", flat=True)
    )
    assert {part.mission: part.contributed for part in behind.parts("value")} == {"KG": 360}
    assert [target.value for target in behind.targets["KG"]] == [
        target.level for target in loaded.frameworks[behind.standing.indicator_id].missions["KG"].targets
    ]


@pytest.mark.parametrize("indicators", [2, 20])
def test_the_number_of_statements_does_not_grow(indicators: int, django_assert_num_queries: Any) -> None:
    loaded = load([frameworks.framework_of(case) for case in CASES])
    with django_assert_num_queries(5):
        found = rows_behind(
            strategy=loaded.strategy,
            as_of=period_of_code("2024-Q4"),
            indicators=[*loaded.frameworks][:indicators],
        )
    assert len(found) == indicators
