"""The rules of entering and of windows, pure: what fits, what is locked and why. Words are in wording.py."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

DUE_AFTER_DAYS = 20
CLOSES_AFTER_DAYS = 40
ANSWER_WORKING_DAYS = 10
DUE_SOON = timedelta(days=7)
TOLD_FOR = timedelta(days=14)


# -- Windows ------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Window:
    """When a period's reports are taken. All three days count in full, by the mission's own clock."""

    opens_on: date
    due_on: date
    closes_on: date


def window_dates(ends_on: date) -> Window:
    """The window of a period unless set otherwise: it opens the day after the period's last day, is due 20
    days after that last day and closes 40 days after it.
    """
    return Window(
        opens_on=ends_on + timedelta(days=1),
        due_on=ends_on + timedelta(days=DUE_AFTER_DAYS),
        closes_on=ends_on + timedelta(days=CLOSES_AFTER_DAYS),
    )


def answer_by(today: date, *, working_days: int = ANSWER_WORKING_DAYS) -> date:
    """The day so many working days (Monday to Friday) after today."""
    day = today
    while working_days:
        day += timedelta(days=1)
        if day.weekday() < 5:
            working_days -= 1
    return day


class Lock(Enum):
    """Why a report cannot be written."""

    NOT_OPEN_YET = "not_open_yet"
    CLOSED = "closed"
    EXTENSION_PASSED = "extension_passed"
    SUBMITTED = "submitted"
    UNDER_REVIEW = "under_review"
    APPROVED = "approved"
    ANSWER_PASSED = "answer_passed"


def lock_of(
    *,
    window: Window,
    status: str | None,
    answer_by: date | None,
    today: date,
    is_opened: bool = False,
    extended_until: date | None = None,
) -> Lock | None:
    """Which lock a report meets, or None where it can be written.

    ``status`` is that of its latest revision that was not dropped, None before there is one; ``is_opened``:
    an officer has opened what was submitted; ``today`` is the mission's. A returned or reopened report is open
    until its ``answer_by``, whatever its window; ``extended_until`` is the last day of the mission's extension.
    An extension lets no window open earlier, and closes none.
    """
    if status == "submitted":
        return Lock.UNDER_REVIEW if is_opened else Lock.SUBMITTED
    if status == "approved":
        return Lock.APPROVED
    if answer_by is not None and today <= answer_by:
        return None
    if today < window.opens_on:
        return Lock.NOT_OPEN_YET
    if today <= max(window.closes_on, extended_until or window.closes_on):
        return None
    ended_last = max(window.closes_on, answer_by or window.closes_on)
    if extended_until is not None and extended_until > ended_last:
        return Lock.EXTENSION_PASSED
    return Lock.ANSWER_PASSED if answer_by is not None else Lock.CLOSED


def deadline_of(
    *, due_on: date, status: str | None, answer_by: date | None, extended_until: date | None = None
) -> date:
    """The day by which a mission hands in: when it is due, or that of the answer while a returned or reopened
    report is with it; and not before the last day of its extension.
    """
    asked_by = answer_by if answer_by is not None and status in ("draft", "returned") else due_on
    return max(asked_by, extended_until or asked_by)


class Timeliness(Enum):
    """Whether a report was handed in on time."""

    ON_TIME = "on_time"
    UNDER_EXTENSION = "under_extension"
    LATE = "late"


def timeliness_of(
    *, first_submitted_on: date | None, due_on: date, extended_until: date | None = None
) -> Timeliness | None:
    """The first submission against the original due date, or the last day of the extension that the mission had
    when it submitted; None while nothing was submitted. All are days by the mission's clock.
    """
    if first_submitted_on is None:
        return None
    if first_submitted_on <= due_on:
        return Timeliness.ON_TIME
    if extended_until is not None and first_submitted_on <= extended_until:
        return Timeliness.UNDER_EXTENSION
    return Timeliness.LATE


class Reminder(Enum):
    """What a mission is told of the days of a report that it has not handed in."""

    WINDOW_OPENED = "window_opened"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"


def reminder_of(
    *,
    window: Window,
    status: str | None,
    answer_by: date | None,
    today: date,
    extended_until: date | None = None,
) -> Reminder | None:
    """What there is to tell of a report's days today: the latest that holds, so that who was not told for a while
    is told where things stand. Nothing of a report that is handed in, nor of what was more than two weeks ago.

    ``status``, ``answer_by``, ``today`` and ``extended_until`` as for ``lock_of``.
    """
    if status in ("submitted", "approved"):
        return None
    deadline = deadline_of(
        due_on=window.due_on, status=status, answer_by=answer_by, extended_until=extended_until
    )
    if deadline < today:
        return Reminder.OVERDUE if today - deadline <= TOLD_FOR else None
    is_asked_again = answer_by is not None
    if today < window.opens_on and not is_asked_again:
        return None
    if deadline - today <= DUE_SOON:
        return Reminder.DUE_SOON
    # Who is asked again was told so by whoever asked.
    return Reminder.WINDOW_OPENED if not is_asked_again and today - window.opens_on <= TOLD_FOR else None


# -- How far a report is ------------------------------------------------------------------------------
@dataclass(frozen=True)
class Counts:
    """The results of a report. ``given``: a value, or "not applicable" with its reason; ``explained``: no
    value, and a comment that says why; ``missing``: due, and neither.
    """

    given: int = 0
    explained: int = 0
    missing: int = 0

    @property
    def asked(self) -> int:
        """How many there are in all."""
        return self.given + self.explained + self.missing


# -- Entering -----------------------------------------------------------------------------------------
class Amount(NamedTuple):
    """A value, or a numerator over a denominator, or nothing."""

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None

    @property
    def is_empty(self) -> bool:
        return self.value is None and self.numerator is None and self.denominator is None


@dataclass(frozen=True)
class Entry:
    """What a person gives for one indicator. ``cells`` by cell id."""

    amount: Amount = field(default_factory=Amount)
    not_applicable: bool = False
    comment: str = ""
    cells: Mapping[int, Amount] = field(default_factory=dict)

    @property
    def is_given(self) -> bool:
        return self.not_applicable or not self.amount.is_empty

    @property
    def is_explained(self) -> bool:
        """Given, or left empty with a comment that says why."""
        return self.is_given or bool(self.comment)


@dataclass(frozen=True)
class EntryRules:
    """What entering needs to know of an indicator. ``exclusive`` and ``multiple`` list the cell ids of each
    breakdown that it asks for.
    """

    measure: str
    period_rule: str
    decimals: int
    allows_negative: bool
    bounded: bool
    stages: int
    exclusive: tuple[tuple[int, ...], ...] = ()
    multiple: tuple[tuple[int, ...], ...] = ()


class Problem(Enum):
    """What is impossible, and therefore refused."""

    HALF_A_FRACTION = "half_a_fraction"
    NEGATIVE = "negative"
    DECIMALS = "decimals"
    TOO_LARGE = "too_large"
    OVER_DENOMINATOR = "over_denominator"
    OF_ZERO = "of_zero"
    NOT_A_STAGE = "not_a_stage"
    FRACTION_EXPECTED = "fraction_expected"
    VALUE_EXPECTED = "value_expected"
    OVER_HUNDRED = "over_hundred"
    NA_WITH_VALUE = "na_with_value"
    NA_WITHOUT_REASON = "na_without_reason"
    CELL_WITHOUT_TOTAL = "cell_without_total"
    CELLS_OVER_TOTAL = "cells_over_total"
    CELL_OVER_TOTAL = "cell_over_total"


@dataclass(frozen=True)
class Finding:
    """A problem, the cell it is in (None: the total), and the numbers that show it.

    Where parts do not fit, ``cell`` is the first of the breakdown, ``addends`` are those that are given, and
    ``part`` is what of them was added: value, numerator or denominator.
    """

    problem: Problem
    cell: int | None = None
    values: Mapping[str, Decimal | int] = field(default_factory=dict)
    addends: tuple[Decimal, ...] = ()
    part: str = "value"


LARGEST = Decimal(10) ** 14


def check_entry(rules: EntryRules, entry: Entry) -> list[Finding]:
    """Everything that is impossible about an entry, all at once; an empty list where it fits."""
    found = list(_check_amount(rules, entry.amount, None))
    if entry.not_applicable:
        if not entry.amount.is_empty or any(not a.is_empty for a in entry.cells.values()):
            found.append(Finding(Problem.NA_WITH_VALUE))
        if not entry.comment.strip():
            found.append(Finding(Problem.NA_WITHOUT_REASON))
    for cell, amount in entry.cells.items():
        found.extend(_check_amount(rules, amount, cell))
    if not found:
        found.extend(_check_cells(rules, entry))
    return found


def _check_amount(rules: EntryRules, amount: Amount, cell: int | None) -> Iterable[Finding]:
    numbers = [n for n in (amount.value, amount.numerator, amount.denominator) if n is not None]
    if any(abs(n) >= LARGEST for n in numbers):
        yield Finding(Problem.TOO_LARGE, cell)
        return
    if (amount.numerator is None) != (amount.denominator is None):
        yield Finding(Problem.HALF_A_FRACTION, cell)
        return
    if (not rules.allows_negative and any(n < 0 for n in numbers)) or (amount.denominator or 0) < 0:
        yield Finding(Problem.NEGATIVE, cell)
        return
    if rules.measure == "percentage":
        yield from _check_percentage(rules, amount, cell)
    elif amount.numerator is not None:
        yield Finding(Problem.VALUE_EXPECTED, cell)
    elif amount.value is not None:
        yield from _check_value(rules, amount.value, cell)


def _check_value(rules: EntryRules, value: Decimal, cell: int | None) -> Iterable[Finding]:
    if rules.measure in ("stage", "yes_no"):
        if value != int(value) or not 0 <= value < rules.stages:
            yield Finding(Problem.NOT_A_STAGE, cell)
    elif value != round(value, rules.decimals):
        yield Finding(Problem.DECIMALS, cell, {"decimals": rules.decimals})


def _check_percentage(rules: EntryRules, amount: Amount, cell: int | None) -> Iterable[Finding]:
    n, d = amount.numerator, amount.denominator
    if amount.value is not None:
        # A percentage known only as such cannot be added to others: a level may be, a sum may not.
        if rules.period_rule != "latest":
            yield Finding(Problem.FRACTION_EXPECTED, cell)
        elif rules.bounded and amount.value > 1:
            yield Finding(Problem.OVER_HUNDRED, cell)
    elif n is not None and d is not None:
        if d == 0 and n > 0:
            yield Finding(Problem.OF_ZERO, cell, {"numerator": n})
        elif rules.bounded and n > d:
            yield Finding(Problem.OVER_DENOMINATOR, cell, {"numerator": n, "denominator": d})


def _check_cells(rules: EntryRules, entry: Entry) -> Iterable[Finding]:
    """Exclusive cells add to at most the total; of a multiple breakdown each is at most the total.

    Of a percentage both the numerators and the denominators are held to it.
    """
    if not entry.cells:
        return
    filled = {cell: amount for cell, amount in entry.cells.items() if not amount.is_empty}
    if filled and entry.amount.is_empty:
        yield Finding(Problem.CELL_WITHOUT_TOTAL, next(iter(filled)))
        return
    for part in ("value", "numerator", "denominator"):
        total = getattr(entry.amount, part)
        for cells in rules.exclusive:
            amounts = [getattr(filled[c], part) for c in cells if c in filled]
            given = tuple(amount for amount in amounts if amount is not None)
            added = sum(given, Decimal(0))
            if given and total is not None and added > total:
                numbers = {"sum": added, "total": total}
                yield Finding(Problem.CELLS_OVER_TOTAL, cells[0], numbers, addends=given, part=part)
        for cells in rules.multiple:
            for cell in cells:
                amount = getattr(filled[cell], part) if cell in filled else None
                if amount is not None and total is not None and amount > total:
                    numbers = {"cell": amount, "total": total}
                    yield Finding(Problem.CELL_OVER_TOTAL, cell, numbers, part=part)


# -- The same, fast -----------------------------------------------------------------------------------
# Nearly all of a workbook's hundred thousand rows are right, and ``check_entry`` takes its time to find what is
# wrong. These say yes where it would find nothing. Where they say no it is asked, and may find nothing either.
_ZERO, _ONE = Decimal(0), Decimal(1)


def admits_number(rules: EntryRules) -> Callable[[Decimal], bool]:
    """A function that says of a number alone, of what is no percentage, whether it surely fits: as the amount, or
    as a part of it.
    """
    decimals, stages, signed = rules.decimals, Decimal(rules.stages), rules.allows_negative
    if rules.measure in ("stage", "yes_no"):
        return lambda number: _ZERO <= number < stages and number == number.to_integral_value()
    if not signed and decimals == 0:
        return lambda number: _ZERO <= number < LARGEST and number == number.to_integral_value()
    return lambda number: (
        -LARGEST < number < LARGEST and (signed or number >= _ZERO) and number == round(number, decimals)
    )


def admits_percentage(rules: EntryRules) -> Callable[[Amount], bool]:
    """The same of a percentage, given as numerator and denominator or as a fraction alone."""
    signed, bounded, is_level = rules.allows_negative, rules.bounded, rules.period_rule == "latest"

    def admits(amount: Amount) -> bool:
        value, n, d = amount
        if value is None and n is not None and d is not None:
            in_range = (signed or n >= _ZERO) and -LARGEST < n < LARGEST and _ZERO <= d < LARGEST
            return in_range and (n <= d if bounded else n == _ZERO or d != _ZERO)
        if value is None or n is not None or d is not None or not is_level:
            return False
        return (signed or value >= _ZERO) and -LARGEST < value < LARGEST and not (bounded and value > _ONE)

    return admits


def admits_parts(rules: EntryRules) -> Callable[[Decimal, Mapping[int, Decimal]], bool]:
    """A function that says of a number that fits whether these parts of it, by cell id, surely fit too."""
    fits = admits_number(rules)
    breakdowns = [(cells, sum) for cells in rules.exclusive] + [(cells, max) for cells in rules.multiple]

    def admits(total: Decimal, parts: Mapping[int, Decimal]) -> bool:
        for cells, held_to_total in breakdowns:
            given = [parts[cell] for cell in cells if cell in parts]
            if given and held_to_total(given) > total:
                return False
        return all(map(fits, parts.values()))

    return admits


def not_disaggregated(total: Decimal | None, cells: Iterable[Decimal | None]) -> Decimal | None:
    """What an exclusive breakdown leaves over; None while there is no total."""
    if total is None:
        return None
    return total - sum((c for c in cells if c is not None), Decimal(0))
