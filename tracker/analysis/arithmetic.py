"""Decimal arithmetic for the rules: fifty digits, and what counts as the same."""

from collections.abc import Callable
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from functools import wraps
from typing import ParamSpec, TypeVar

ZERO = Decimal(0)
EXACT = Context(prec=50, rounding=ROUND_HALF_EVEN)
CRUMB = Decimal("1e-20")  # Fifty digits of a third are not a third: figures closer than this are the same.

P = ParamSpec("P")
R = TypeVar("R")


def in_fifty_digits(function: Callable[P, R]) -> Callable[P, R]:
    """Run `function` in a decimal context of its own, whatever the caller's."""

    @wraps(function)
    def exactly(*args: P.args, **kwargs: P.kwargs) -> R:
        with localcontext(EXACT):
            return function(*args, **kwargs)

    return exactly


def same(a: Decimal, b: Decimal) -> bool:
    return abs(a - b) <= CRUMB


def at_least(a: Decimal, b: Decimal) -> bool:
    return a - b >= -CRUMB


def divide(a: Decimal, b: Decimal) -> Decimal | None:
    """a / b, or nothing where b is 0."""
    return None if same(b, ZERO) else a / b
