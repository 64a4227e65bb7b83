"""Small cells of sensitive indicators, pure: which of a result's cells stand as "<11" in what leaves.

A cell below the threshold is small, 0 too. In an exclusive breakdown the cells add to at most the total, so that
what is left of it after the cells that are shown may say what a hidden one is: then one more is hidden.
"""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Protocol


class Parts(Protocol):
    """A value, or a numerator over a denominator, or nothing; whoever keeps it."""

    @property
    def value(self) -> Decimal | None: ...

    @property
    def numerator(self) -> Decimal | None: ...

    @property
    def denominator(self) -> Decimal | None: ...


def hide_small(
    total: Parts,
    cells: Mapping[int, Parts],
    *,
    exclusive: Iterable[Iterable[int]],
    below: int,
    also: Collection[int] = (),
) -> frozenset[int]:
    """The cells of one result that are hidden, by id.

    ``exclusive`` are the cells of each breakdown whose cells add up. Of a percentage, both the numerator and
    the denominator count, and a cell is hidden whole. ``also`` are hidden for a reason of the caller's.
    """
    hidden = {cell for cell, amount in cells.items() if any(part < below for part in _parts(amount))}
    hidden |= cells.keys() & set(also)
    for group in exclusive:
        own = {cell: cells[cell] for cell in group if cell in cells}
        for place, whole in enumerate((total.value, total.numerator, total.denominator)):
            if whole is not None:
                parts = {
                    cell: part
                    for cell, amount in own.items()
                    if (part := (amount.value, amount.numerator, amount.denominator)[place]) is not None
                }
                hidden |= _hide_more(whole, parts, hidden, below)
    return frozenset(hidden)


def _parts(amount: Parts) -> list[Decimal]:
    return [part for part in (amount.value, amount.numerator, amount.denominator) if part is not None]


def _hide_more(whole: Decimal, parts: Mapping[int, Decimal], hidden: set[int], below: int) -> set[int]:
    """The cells to be hidden of one exclusive breakdown: the smallest shown ones are added until what is left
    of the total gives nothing away.
    """
    own = {cell for cell in parts if cell in hidden}
    shown = sorted((part, cell) for cell, part in parts.items() if cell not in own)
    while own and shown:
        left = whole - sum((part for part, _cell in shown), Decimal(0))
        # One hidden cell is at most what is left; several that share nothing are all 0.
        gives_away = left < below if len(own) == 1 else left <= 0
        if not gives_away:
            break
        own.add(shown.pop(0)[1])
    return own
