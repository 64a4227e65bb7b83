"""What is wrong with an activity, in words that say how to go on."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .rules import Problem

SENTENCES: "Mapping[Problem, str | Promise]" = {
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
