"""Bulk writes: as fast after a small one in the same session as before it."""

from time import perf_counter

import pytest
from django.db import connection, transaction

from tests import stage
from tracker.common.bulk import upsert
from tracker.framework.models import Indicator, Objective

ROWS = 8_000


@pytest.mark.django_db(transaction=True)
def test_a_large_update_takes_no_longer_after_a_small_one_in_the_same_session() -> None:
    """Trigger functions keep their plans: that of one row, used for many, takes the square of their number."""
    stage.make_strategy()
    stage.make_indicator()
    objective = Objective.objects.get()
    values = (
        objective.strategy_id,
        objective.pk,
        "people",
        "number",
        "increase",
        "sum",
        "sum",
        "quarterly",
        1,
    )
    fields = (
        "strategy", "objective", "unit", "measure", "direction", "period_rule", "mission_rule", "frequency",
        "order", "code", "name",
    )  # fmt: skip

    def write(rows: int, name: str) -> float:
        """Seconds to rename so many indicators, which are made by the first call."""
        began = perf_counter()
        with transaction.atomic():
            upsert(
                model=Indicator,
                fields=fields,
                unique=["strategy", "code"],
                rows=[(*values, f"X{number}", name) for number in range(rows)],
            )
        return perf_counter() - began

    write(ROWS, "made")
    connection.close()
    fresh = write(ROWS, "in a fresh session")
    connection.close()
    write(1, "one")
    assert write(ROWS, "after a small one") < 5 * fresh + 1
    assert Indicator.objects.filter(name="after a small one").count() == ROWS
