"""Statements that somebody who knows SQL would write for the same answer: what the engine is held against.

They are written from the rules, apart from the engine's own SQL. Every run of the bench compares both answers first.
"""

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection

from tracker.analysis.engine import FoundStanding
from tracker.framework.models import Strategy

FIGURES = ("value", "compared_value", "baseline", "expected", "target")
NEAR = Decimal("1e-9")

# A status, and the figures in the order of FIGURES.
Stands = tuple[str, tuple[Decimal | None, ...]]


@cache
def _read(name: str) -> str:
    return (Path(__file__).parent / f"{name}.sql").read_text()


def region(*, strategy: Strategy, period: int) -> dict[int, Stands]:
    """How the region stands, by indicator id."""
    with connection.cursor() as cursor:
        cursor.execute(_read("region"), {"strategy": strategy.pk, "period": period})
        return {indicator: (status, tuple(figures)) for indicator, status, *figures in cursor.fetchall()}


def differences(expected: dict[int, Stands], found: dict[int, FoundStanding]) -> list[Any]:
    """The indicators that the two do not agree on, with what each says."""
    wrong: list[Any] = list(expected.keys() ^ found.keys())
    for indicator, (status, figures) in expected.items():
        if (one := found.get(indicator)) is not None:
            region = one.region
            shown = tuple(getattr(region, name) for name in FIGURES)
            if status != region.status or not all(map(_is_same, figures, shown)):
                wrong.append((one.code, (status, *figures), (region.status, *shown)))
    return wrong


def _is_same(one: Decimal | None, other: Decimal | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= NEAR * max(1, abs(one))
