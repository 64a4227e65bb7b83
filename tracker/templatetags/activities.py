"""How dates, budgets and numbers of people of activities are written in templates."""

from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tracker.activities.models import Activity
from tracker.activities.wording import say_budget, say_dates
from tracker.common.formats import show_number

register = template.Library()


@register.filter
def dates(activity: Activity) -> SafeString | str:
    """1 Mar 2021 – 31 Dec 2022."""
    if activity.starts_on is None and activity.ends_on is None:
        return not_recorded()
    return say_dates(activity.starts_on, activity.ends_on)


@register.filter
def runs(activity: Activity) -> str:
    """The same, within a sentence."""
    if activity.starts_on is None and activity.ends_on is None:
        return _("without dates")
    return say_dates(activity.starts_on, activity.ends_on)


@register.filter
def budget(activity: Activity) -> str:
    """USD 120 000."""
    return say_budget(activity.budget, activity.currency)


@register.filter
def money_of(amount: Decimal | None, currency: str) -> str:
    """USD 1 200.50, in the currency beside it."""
    return say_budget(amount, currency)


@register.filter
def people(number: int | None) -> SafeString | str:
    """1 200; 0 is a number of people, and nothing recorded is none."""
    return not_recorded() if number is None else show_number(number)


@register.simple_tag
def not_recorded() -> SafeString:
    return format_html('<span class="soft">{}</span>', _("not recorded"))
