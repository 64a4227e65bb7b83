"""What a demonstration needs of the framework: its mark, and copies of indicators to try a larger one."""

from django.db import transaction

from tracker.common.bulk import run

from ..models import Indicator, Strategy

# What tells copies apart; everything else of an indicator is taken over.
_OWN = ("id", "code", "order")


def mark_demonstration(*, strategy: Strategy) -> None:
    """From now on every page and document of the strategy says that its figures are invented."""
    strategy.holds_demonstration = True
    strategy.save(update_fields=["holds_demonstration"])


@transaction.atomic
def copy_indicators(*, strategy: Strategy, times: int) -> int:
    """Lay copies of every indicator beside it, with its breakdowns, until there are ``times`` of each.

    The copies of SP1-O1-I1 are SP1-O1-I1-x2, SP1-O1-I1-x3 and so on. Says how many were made.
    """
    columns = [f.column for f in Indicator._meta.concrete_fields if f.column not in _OWN]
    taken_over = ", ".join(f'"{name}"' for name in columns)
    copies = run(
        f"""
        INSERT INTO tracker_indicator (code, "order", {taken_over})
        SELECT i.code || '-x' || n, i."order" + 1000 * (n - 1), {", ".join(f'i."{name}"' for name in columns)}
        FROM tracker_indicator i, generate_series(2, %s) n WHERE i.strategy_id = %s ORDER BY n, i.id
        """,
        [times, strategy.pk],
    )
    run(
        """
        INSERT INTO tracker_indicatorbreakdown (indicator_id, breakdown_id, "order")
        SELECT c.id, a.breakdown_id, a."order"
        FROM tracker_indicatorbreakdown a JOIN tracker_indicator i ON i.id = a.indicator_id,
        generate_series(2, %s) n
        JOIN tracker_indicator c ON c.strategy_id = %s
        WHERE i.strategy_id = c.strategy_id AND c.code = i.code || '-x' || n
        """,
        [times, strategy.pk],
    )
    return copies
