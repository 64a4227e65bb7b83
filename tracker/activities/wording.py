"""Words of activities: what is wrong with one and how to go on, when it runs, what it costs."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tracker.common.formats import MISSING, show_date, show_number
from tracker.region.choices import MissionKind
from tracker.region.models import Mission

from .choices import ActivityStatus
from .rules import Problem

SENTENCES: "Mapping[Problem, str | Promise]" = {
    Problem.CODE_UNFIT: _(
        "A code has letters, digits, hyphens, points and underscores, and is not “new”. Write it without the rest."
    ),
    Problem.ENDS_BEFORE_ITS_START: _("It ends before it starts. Correct it."),
    Problem.BUDGET_WITHOUT_CURRENCY: _("A budget needs its currency. Give three letters, such as USD."),
    Problem.CURRENCY_WITHOUT_BUDGET: _("There is no budget that this would be the currency of. Empty it."),
    Problem.CURRENCY_UNKNOWN: _("Give the currency as three capital letters (ISO 4217), such as USD."),
    Problem.BUDGET_NEGATIVE: _("A budget is not negative. Correct it."),
    Problem.BUDGET_TOO_FINE: _("A budget has at most two decimals. Round it."),
    Problem.PEOPLE_NOT_WHOLE: _("Give a whole number of people, from 0 up."),
    Problem.NAME_TOO_LONG: _("A name has at most 150 letters. Shorten it, or part names by semicolons."),
    Problem.HISTORICAL_WITHOUT_SOURCE: _(
        "A historical activity names the document that it comes from. Give document and place."
    ),
}


def say_dates(starts_on: date | None, ends_on: date | None) -> str:
    """1 Mar 2021 – 31 Dec 2022, with what is known of it; a dash where nothing is."""
    if starts_on is None and ends_on is None:
        return MISSING
    if starts_on is None:
        return gettext("until %(day)s") % {"day": show_date(ends_on)}
    if ends_on is None:
        return gettext("from %(day)s") % {"day": show_date(starts_on)}
    return f"{show_date(starts_on)} – {show_date(ends_on)}"


def say_budget(budget: Decimal | None, currency: str) -> str:
    """USD 120 000; a dash where there is none."""
    if budget is None:
        return MISSING
    decimals = 0 if budget == budget.to_integral_value() else 2
    return f"{currency}\u00a0{show_number(budget, decimals)}"


def say_counts(counts: Mapping[str, int]) -> str:
    """351 historical, 12 ongoing: how many activities have which status, those that there are."""
    words = {
        ActivityStatus.PLANNED: gettext("%(count)s planned"),
        ActivityStatus.ONGOING: gettext("%(count)s ongoing"),
        ActivityStatus.COMPLETED: gettext("%(count)s completed"),
        ActivityStatus.CANCELLED: gettext("%(count)s cancelled"),
        ActivityStatus.HISTORICAL: gettext("%(count)s historical"),
    }
    return ", ".join(
        sentence % {"count": counts[status]} for status, sentence in words.items() if counts.get(status)
    )


def name_place(mission: Mission) -> str:
    """What the funding tables call a mission's row: a country by its name; what the Regional Office asked for is of
    the region as a whole.
    """
    if mission.kind == MissionKind.REGIONAL_OFFICE:
        return gettext("Regional initiatives")
    return mission.name
