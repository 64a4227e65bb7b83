"""How a figure is shown: the one place where numbers, percentages, dates and quarters become text.

Pages and files both call these functions, so that one figure reads the same everywhere. Rounding
happens here and only here: once, half away from zero. Nothing here knows what a figure means.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

MISSING = "\u2013"
"""An en dash, shown where there is no figure. A zero is shown as 0, never as this."""

THIN_SPACE = "\u202f"
"""Narrow no-break space: between thousands and before the percent sign."""

MINUS = "\u2212"

NUMBER, PERCENTAGE, STAGE, YES_NO = "number", "percentage", "stage", "yes_no"

_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_QUARTER_ENDS = {1: (3, 31), 2: (6, 30), 3: (9, 30), 4: (12, 31)}

# Wide enough that no figure is rounded before the one rounding that is meant.
_WIDE = Context(prec=100, rounding=ROUND_HALF_UP)

_DIGITS_THAT_COUNT = 16
"""Of a percentage, after the point; what lies behind them is the noise of dividing."""


def show_number(value: Decimal | int | None, decimals: int = 0) -> str:
    """``1 234.5``: thousands by a thin no-break space, a true minus sign, an en dash where there is no value.

    Raises TypeError for a float (it has already lost what was typed) and ValueError for NaN or infinity.
    """
    if value is None:
        return MISSING
    if isinstance(value, float):
        raise TypeError("A figure is shown from a Decimal or an int, not from a float.")
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError(f"{number} is not a figure that can be shown.")
    rounded = number.quantize(Decimal(1).scaleb(-decimals), context=_WIDE)
    # Minus a tenth shown without decimals is 0, without a sign.
    sign = MINUS if rounded < 0 else ""
    return sign + f"{rounded.copy_abs():,f}".replace(",", THIN_SPACE)


def show_exact(value: Decimal) -> str:
    """``12.5`` or ``4``: a number with the decimals it has, for sentences about what somebody typed."""
    return show_number(value, max(0, -int(value.normalize().as_tuple().exponent)))


_SHORT = ((Decimal(10**9), "bn"), (Decimal(10**6), "M"), (Decimal(10**3), "k"))


def round_short(value: Decimal | int, decimals: int = 0) -> Decimal:
    """A number as far as a short label tells it: to three digits that count, four where it is under 10,000."""
    number = Decimal(value)
    digits = number.adjusted() + 1
    places = max(-decimals, min(digits - 3, 0)) if digits <= 4 else digits - 3
    return number.quantize(Decimal(1).scaleb(places), context=_WIDE)


def show_short(value: Decimal | int, decimals: int = 0) -> str:
    """``35.5M``, ``12k`` or ``1 234``: a number where there is little room. The whole one stands nearby."""
    rounded = round_short(value, decimals)
    if abs(rounded) < 10_000:
        return show_number(rounded, max(0, -int(rounded.as_tuple().exponent)))
    size, letter = next((size, letter) for size, letter in _SHORT if abs(rounded) >= size)
    return show_exact(rounded / size) + letter


def show_percent(fraction: Decimal | int | None, decimals: int = 1) -> str:
    """``40.0 %`` from the fraction 0.4; an en dash where there is none."""
    if fraction is None:
        return MISSING
    if isinstance(fraction, float):
        raise TypeError("A percentage is shown from a Decimal or an int, not from a float.")
    return show_number(Decimal(fraction).scaleb(2, context=_WIDE), decimals) + THIN_SPACE + "%"


def decimals_to_tell(fraction: Decimal, *, edges: Collection[Decimal], least: int = 0) -> int:
    """How many decimals the percentage of a fraction needs so that rounding carries it over none of the edges
    (fractions too): against 0.85, 0.842 needs none, 0.846 one (84.6 %) and 0.8496 two; 0.85 itself none.
    """
    exact = fraction.quantize(Decimal(1).scaleb(-2 - _DIGITS_THAT_COUNT), context=_WIDE)
    for decimals in range(least, _DIGITS_THAT_COUNT):
        rounded = exact.quantize(Decimal(1).scaleb(-2 - decimals), context=_WIDE)
        if all((rounded >= edge) == (exact >= edge) for edge in edges):
            return decimals
    return _DIGITS_THAT_COUNT


def show_value(
    value: Decimal | int | None, *, measure: str, decimals: int = 0, stages: Sequence[str] = ()
) -> str:
    """A value as its measure is shown: a number, a percentage, the name of a stage, Yes or No.

    ``measure`` is number, percentage, stage or yes_no. ``stages`` are the names of the scale, lowest
    first; a stage or yes_no value that is no step of its scale (a mean of several) is shown as a number.
    """
    if value is None:
        return MISSING
    if measure == PERCENTAGE:
        return show_percent(value, decimals)
    scale = (_("No"), _("Yes")) if measure == YES_NO else tuple(stages) if measure == STAGE else ()
    if scale:
        if value == int(value) and 0 <= value < len(scale):
            return scale[int(value)]
        return show_number(value, max(decimals, 1))
    return show_number(value, decimals)


def show_date(date: datetime.date | None) -> str:
    """``4 Nov 2022``; an en dash where there is none."""
    return MISSING if date is None else format_date(date, "j M Y")


def show_quarter(code: str | None) -> str:
    """``Q3 2021`` from the code ``2021-Q3``; an en dash where there is none."""
    if code is None:
        return MISSING
    year, quarter = read_quarter(code)
    return _("Q%(quarter)s %(year)s") % {"quarter": quarter, "year": year}


def quarter_end(code: str) -> datetime.date:
    """The last day of a quarter: 30 September 2021 for ``2021-Q3``."""
    year, quarter = read_quarter(code)
    return datetime.date(year, *_QUARTER_ENDS[quarter])


def read_quarter(code: str) -> tuple[int, int]:
    """(2021, 3) from ``2021-Q3``. Raises ValueError for anything else."""
    match = _QUARTER.fullmatch(code)
    if match is None:
        raise ValueError(f"“{code}” is not the code of a quarter; write it like 2021-Q3.")
    return int(match[1]), int(match[2])
