"""What a row of the grid tells beside its boxes, ready to be printed."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from tracker.analysis.beside import Beside, Previous
from tracker.analysis.flag_rules import Flag
from tracker.analysis.wording import say_flag, show_own
from tracker.common.formats import show_date, show_exact, show_quarter
from tracker.framework.models import Indicator


@dataclass(frozen=True, slots=True)
class Question:
    """What an officer would ask of a figure, and how the person who enters it goes on."""

    sentence: str
    advice: str


@dataclass(frozen=True, slots=True)
class Told:
    """Texts; empty where there is nothing to tell. ``questions`` are what an officer would ask, which a comment
    answers.
    """

    previous: str = ""
    previous_parts: str = ""
    previous_of: str = ""
    to_date: str = ""
    in_year: str = ""
    expected: str = ""
    target: str = ""
    target_due: str = ""
    questions: tuple[Question, ...] = ()
    can_be_same: bool = False
    """There is an earlier level that may simply have stayed."""


def tell(indicator: Indicator, beside: Beside | None) -> Told:
    """What stands beside the boxes of an indicator in its report."""
    if beside is None:
        return Told()
    standing, totals = beside.standing, beside.totals

    def show(value: Decimal | None) -> str:
        return "" if value is None else show_own(indicator, value)

    previous = beside.previous
    return Told(
        previous=_show_previous(indicator, previous) if previous else "",
        previous_parts=_show_parts(previous) if previous else "",
        previous_of=_name_quarter(previous.period) if previous else "",
        to_date=show(totals.to_date if indicator.is_flow else standing.value),
        in_year=show(totals.in_year),
        expected=show(standing.expected),
        target=show(standing.target),
        target_due=show_date(standing.target_due) if standing.target_due else "",
        questions=tuple(_ask(indicator, flag) for flag in beside.flags),
        can_be_same=indicator.period_rule == "latest" and previous is not None and previous.result.has_value,
    )


def _ask(indicator: Indicator, flag: Flag) -> Question:
    advice = (
        _("Add it, or say in the comment why there is none.")
        if flag.kind == "no_evidence"
        else _("Say in the comment why it is right, or correct it.")
    )
    return Question(say_flag(indicator, flag), advice)


def _show_previous(indicator: Indicator, previous: Previous) -> str:
    if previous.result.not_applicable:
        return _("n/a")
    level = previous.result.level
    return show_own(indicator, level) if level is not None else "–"


def _show_parts(previous: Previous) -> str:
    """Numerator and denominator, where they were given."""
    n, d = previous.result.numerator, previous.result.denominator
    return "" if n is None or d is None else f"{show_exact(n)} / {show_exact(d)}"


def _name_quarter(number: int) -> str:
    return show_quarter(f"{number // 4}-Q{number % 4 + 1}")
