"""How amounts of money and their changes are written in templates."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import gettext as _

from tracker.common.formats import show_number, show_percent

register = template.Library()


@register.filter
def dollars(amount: Decimal | None) -> str:
    """1 234 567; cents only where there are any."""
    if amount is None:
        return show_number(None)
    return show_number(amount, 0 if amount == amount.to_integral_value() else 2)


@register.filter
def change(fraction: Decimal | None) -> str:
    """+12 %, −53 %, the same; a dash where there is nothing to compare."""
    if fraction is None:
        return show_number(None)
    if not fraction:
        return _("the same")
    # Twice as much and more is said as a factor: +2 215 % tells nobody anything.
    if fraction >= 1:
        return _("× %(factor)s") % {"factor": show_number(fraction + 1, 1)}
    # A change of less than one in a hundred is not shown as none.
    decimals = 1 if abs(fraction) < Decimal("0.01") else 0
    return ("+" if fraction > 0 else "") + show_percent(fraction, decimals)


@register.filter
def nth(values: Sequence[Any], place: int) -> Any:
    """The value at a place, counted from 0."""
    return values[place]
