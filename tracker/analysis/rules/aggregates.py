"""Many levels as one: added, averaged, the largest or the smallest."""

from collections.abc import Iterable
from decimal import Decimal

from ..arithmetic import ZERO
from ..terms import Amount


def pool(parts: Iterable[tuple[Decimal, Decimal] | None]) -> Amount | None:
    """Σn and Σd of those that have them."""
    known = [pair for pair in parts if pair is not None]
    if not known:
        return None
    return Amount(numerator=sum((n for n, _ in known), ZERO), denominator=sum((d for _, d in known), ZERO))


def aggregate(rule: str, levels: Iterable[Decimal | None]) -> Decimal | None:
    """The levels there are, by sum, average, maximum or minimum; of nothing, nothing."""
    known = [level for level in levels if level is not None]
    if not known:
        return None
    if rule in ("maximum", "minimum"):
        return max(known) if rule == "maximum" else min(known)
    return sum(known, ZERO) / (len(known) if rule == "average" else 1)
