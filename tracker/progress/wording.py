"""The words of the rules: what a lock or a problem says to a person, and how to go on."""

from django.utils.translation import gettext as _

from tracker.common.formats import show_date, show_number

from .models import ReportingPeriod
from .rules import Finding, Lock, Problem


def say_lock(lock: Lock, *, period: ReportingPeriod) -> str:
    """Which lock was met, and whom to ask."""
    match lock:
        case Lock.NOT_OPEN_YET:
            return _("The window of %(period)s opens on %(date)s.") % {
                "period": period.code,
                "date": show_date(period.opens_on),
            }
        case Lock.CLOSED:
            return _(
                "The window of %(period)s closed on %(date)s. Ask a regional M&E officer for an extension."
            ) % {"period": period.code, "date": show_date(period.closes_on)}
        case Lock.ANSWER_PASSED:
            return _("The time to answer has passed. Ask the officer who returned the report for more.")
        case Lock.SUBMITTED:
            return _(
                "The report is submitted and waits for review. Recall it to change it, while no officer has "
                "opened it; after that, ask the officer to return it."
            )
        case Lock.APPROVED:
            return _("The report is approved. To correct it, ask a regional M&E officer to reopen it.")


def say_finding(finding: Finding) -> str:
    """What is wrong with an entry, and what to do about it."""
    shown = {
        name: value if isinstance(value, int) else show_number(value, 0 if value == int(value) else 2)
        for name, value in finding.values.items()
    }
    sentence = {
        Problem.HALF_A_FRACTION: _("Give both the numerator and the denominator."),
        Problem.NEGATIVE: _("This cannot be negative."),
        Problem.DECIMALS: _("Whole numbers only.")
        if finding.values.get("decimals") == 0
        else _("At most %(decimals)s decimals."),
        Problem.TOO_LARGE: _("This number is too large; check for a slip of the keyboard."),
        Problem.OVER_DENOMINATOR: _(
            "The numerator (%(numerator)s) is larger than the denominator (%(denominator)s)."
        ),
        Problem.OF_ZERO: _("%(numerator)s of 0 cannot be: check the denominator."),
        Problem.NOT_A_STAGE: _("Choose one of the stages."),
        Problem.FRACTION_EXPECTED: _("Give the numerator and the denominator; the percentage follows."),
        Problem.VALUE_EXPECTED: _("Give one number here, not a fraction."),
        Problem.OVER_HUNDRED: _("A share of a whole is at most 100 per cent."),
        Problem.NA_WITH_VALUE: _("Either give a value or say “not applicable”, not both."),
        Problem.NA_WITHOUT_REASON: _("Say in the comment why this is not applicable."),
        Problem.CELL_WITHOUT_TOTAL: _("Give the total as well, not only its parts."),
        Problem.CELLS_OVER_TOTAL: _("The parts add up to %(sum)s, more than the total of %(total)s."),
        Problem.CELL_OVER_TOTAL: _("This part (%(cell)s) is larger than the total (%(total)s)."),
    }[finding.problem]
    return sentence % shown if shown else sentence
