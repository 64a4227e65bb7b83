"""How figures, dates and statuses are written in templates: thin names for tracker.common.formats."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tracker.analysis.statuses import style_of
from tracker.common import formats

register = template.Library()


@register.filter
def value_of(value: Decimal | None, indicator: Any) -> SafeString | str:
    """A value as its indicator is measured; a dash with its meaning where nothing was reported."""
    if value is None:
        return not_reported()
    return formats.show_value(
        value, measure=indicator.measure, decimals=indicator.decimals, stages=indicator.stages
    )


@register.filter
def number(value: Decimal | int | None, decimals: int = 0) -> str:
    return formats.show_number(value, decimals)


@register.filter
def percent(fraction: Decimal | None, decimals: int = 0) -> str:
    return formats.show_percent(fraction, decimals)


@register.filter
def day(value: date | datetime | None) -> str:
    """4 Nov 2022."""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return formats.show_date(value)


@register.filter
def moment(value: datetime | None) -> str:
    """4 Nov 2022, 14:02."""
    if value is None:
        return formats.MISSING
    local = timezone.localtime(value)
    return f"{formats.show_date(local.date())}, {local:%H:%M}"


@register.filter
def quarter(code: str | None) -> str:
    """Q3 2021."""
    return formats.show_quarter(code)


@register.simple_tag
def not_reported() -> SafeString:
    return format_html(
        '<span title="{0}" aria-label="{0}" role="img">{1}</span>', _("Not reported"), formats.MISSING
    )


@register.simple_tag
def not_applicable() -> SafeString:
    return format_html('<abbr title="{}">n/a</abbr>', _("Not applicable"))


@register.simple_tag
def status(code: str) -> SafeString:
    """Mark, then word: always in this order."""
    style = style_of(code)
    return format_html('<span class="status">{}{}</span>', style.mark, style.word)


@register.filter
def ratio(result: Any) -> Decimal:
    """The share that a numerator over a denominator makes."""
    share: Decimal = result.numerator / result.denominator
    return share


@register.filter
def plain(value: Decimal) -> str:
    """A number with the decimals it has: 4 or 12.5."""
    return formats.show_number(value, max(0, -int(value.normalize().as_tuple().exponent)))
