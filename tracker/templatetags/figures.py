"""How figures, dates and statuses are written in templates: thin names for tracker.common.formats."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tracker.analysis.meanings import GAPS
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
    return _mark_of("not_reported")


@register.simple_tag
def not_applicable() -> SafeString:
    return _mark_of("not_applicable")


@register.simple_tag
def figure(shown: str, gap: str) -> SafeString | str:
    """A figure that is ready to be printed, or the mark of a gap (its code) that says why there is none."""
    return shown or _mark_of(gap)


def _mark_of(code: str) -> SafeString:
    gap = GAPS[code]
    if code == "not_applicable":
        return format_html('<abbr title="{}">{}</abbr>', gap.why, gap.mark)
    return format_html('<span title="{0}" aria-label="{0}" role="img">{1}</span>', gap.why, gap.mark)


@register.filter
def ratio(result: Any) -> Decimal:
    """The share that a numerator over a denominator makes."""
    share: Decimal = result.numerator / result.denominator
    return share


@register.filter
def thousands(value: int) -> str:
    """A count: 1,234."""
    return formats.show_number(value)


@register.filter
def plain(value: Decimal) -> str:
    """A number with the decimals it has: 4 or 12.5."""
    return formats.show_exact(value)
