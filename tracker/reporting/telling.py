"""What a row of the grid tells beside its boxes, ready to be printed."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from tracker.analysis.beside import Beside, Previous
from tracker.analysis.wording import say_flag, show_own
from tracker.common.formats import show_date, show_exact, show_quarter
from tracker.framework.models import Indicator


@dataclass(frozen=True, slots=True)
class Told:
    """Texts; empty where there is nothing to tell. ``questions`` are what an officer would ask, which a comment
    answers.
    """

    previous: str = ""
    previous_of: str = ""
    to_date: str = ""
    in_year: str = ""
    expected: str = ""
    target: str = ""
    target_due: str = ""
    questions: tuple[str, ...] = ()
    can_be_same: bool = False
    """There is an earlier level that may simply have stayed."""


def tell(indicator: Indicator, beside: Beside | None) -> Told:
    """What stands beside the boxes of an indicator in its report."""
    if beside is None:
        return Told()
    standing, totals = beside.standing, beside.totals

    def show(value: Decimal | None) -> str:
        return "" if value is None else show_own(indicator, value)

    return Told(
        previous=_show_previous(indicator, beside.previous),
        previous_of=_name_quarter(beside.previous.period) if beside.previous else "",
        to_date=show(totals.to_date if indicator.is_flow else standing.value),
        in_year=show(totals.in_year),
        expected=show(standing.expected),
        target=show(standing.target),
        target_due=show_date(standing.target_due) if standing.target_due else "",
        questions=tuple(say_flag(indicator, flag) for flag in beside.flags),
        can_be_same=indicator.period_rule == "latest"
        and beside.previous is not None
        and beside.previous.result.has_value,
    )


def _show_previous(indicator: Indicator, previous: Previous | None) -> str:
    if previous is None:
        return ""
    result = previous.result
    if result.not_applicable:
        return _("n/a")
    shown = "" if result.level is None else show_own(indicator, result.level)
    if result.numerator is None or result.denominator is None:
        return shown
    parts = f"{show_exact(result.numerator)} / {show_exact(result.denominator)}"
    return f"{shown} ({parts})" if shown else parts


def _name_quarter(number: int) -> str:
    return show_quarter(f"{number // 4}-Q{number % 4 + 1}")
