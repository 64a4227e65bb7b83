"""Bulk writes: as fast after small ones in the same session as before it."""

from time import perf_counter

import pytest
from django.db import connection, transaction

from tests import stage
from tracker.common.bulk import upsert
from tracker.framework.models import Objective, StrategicPriority

ROWS = 8_000


@pytest.mark.django_db(transaction=True)
def test_a_large_update_takes_no_longer_after_small_ones_in_the_same_session() -> None:
    """Trigger functions keep their plans: that of one row, used for many, takes the square of their number."""
    strategy = stage.make_strategy()
    values = (strategy.pk, StrategicPriority.objects.get().pk, "", "", 1)
    fields = ("strategy", "priority", "summary", "source", "order", "code", "title")

    def write(rows: int, title: str) -> float:
        """Seconds to rename so many objectives, which are made by the first call."""
        began = perf_counter()
        with transaction.atomic():
            upsert(
                model=Objective,
                fields=fields,
                unique=["strategy", "code"],
                rows=[(*values, f"X{number}", title) for number in range(rows)],
            )
        return perf_counter() - began

    write(ROWS, "made")
    connection.close()
    fresh = write(ROWS, "in a fresh session")
    connection.close()
    for number in range(8):  # by then it keeps one plan for all
        write(1, f"small {number}")
    assert write(ROWS, "after small ones") < 5 * fresh + 1
    assert Objective.objects.filter(title="after small ones").count() == ROWS
