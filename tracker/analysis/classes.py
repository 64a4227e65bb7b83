"""Amounts sorted into a few classes with round edges, about as many in each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Context, Decimal

MOST = 5
_WIDE = Context(prec=60, rounding=ROUND_FLOOR)


@dataclass(frozen=True)
class Class:
    """The amounts from ``low`` up to below ``high``; None: without an end on that side.

    ``only`` is set where the class was made for one amount alone.
    """

    low: Decimal | None
    high: Decimal | None
    only: Decimal | None = None

    def holds(self, amount: Decimal) -> bool:
        if self.only is not None:
            return amount == self.only
        return (self.low is None or amount >= self.low) and (self.high is None or amount < self.high)


def make_classes(
    amounts: Collection[Decimal], *, edges: Sequence[Decimal] = (), most: int = MOST
) -> list[Class]:
    """At most so many classes that between them hold every amount, the lowest first.

    Given ``edges`` (rising) cut where they say. Else as many amounts as classes, or fewer, get a class each, and
    more are cut into about equal numbers, at the roundest number between two amounts. Raises ValueError for more
    edges than classes allow.
    """
    if len(edges) >= most:
        raise ValueError(f"{len(edges)} edges make more than {most} classes.")
    if edges:
        return _between(edges)
    distinct = sorted(set(amounts))
    if len(distinct) <= most:
        return [Class(amount, None, only=amount) for amount in distinct]
    return _between(_cut(sorted(amounts), most))


def _between(edges: Sequence[Decimal]) -> list[Class]:
    return [Class(low, high) for low, high in zip((None, *edges), (*edges, None), strict=True)]


def _cut(ordered: Sequence[Decimal], most: int) -> list[Decimal]:
    """The edges between classes of about equal numbers; equal amounts are never parted."""
    edges: list[Decimal] = []
    for step in range(1, most):
        place = round(len(ordered) * step / most)
        while place < len(ordered) and ordered[place] == ordered[place - 1]:
            place += 1
        if place < len(ordered) and (not edges or ordered[place - 1] >= edges[-1]):
            edges.append(roundest(above=ordered[place - 1], upto=ordered[place]))
    return edges


def roundest(*, above: Decimal, upto: Decimal) -> Decimal:
    """The number with the fewest digits that is larger than one and not larger than the other: 20 of 17 and 23.

    Ones, then fives, then twos of a power of ten. Raises ValueError where there is nothing between.
    """
    if above >= upto:
        raise ValueError(f"No number is above {above} and not above {upto}.")
    power = max(above.copy_abs(), upto.copy_abs()).adjusted() + 1
    while True:
        for unit in (10, 5, 2):
            step = Decimal(unit).scaleb(power - 1)
            candidate = (upto / step).to_integral_value(rounding=ROUND_FLOOR, context=_WIDE) * step
            if candidate > above:
                return candidate.normalize() + 0
        power -= 1
