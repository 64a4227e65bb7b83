"""Assigning indicators to missions, ending that, and correcting first and last days, many at once: what is chosen
becomes the rows of a sheet of assignments, and what would follow from it is worked out before anybody confirms.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tracker.batches.choices import Outcome
from tracker.batches.plans import Change, Plan
from tracker.framework.choices import IndicatorStatus
from tracker.framework.models import Indicator, Strategy

from ..choices import AssigningStep
from ..models import IndicatorAssignment, IndicatorResult, ReportingPeriod, Target
from ..querysets import DUE_BY_QUARTER
from .leaning import Pair, days_of_targets, periods_with_results
from .plans import AssignmentRow

# The first day and the last, if there is one.
Span = tuple[date, date | None]

GIVEN = frozenset({"indicator", "mission", "active_from", "active_to", "reason"})
"""The columns that a choice fills."""


@dataclass(frozen=True)
class Choice:
    """What is done to these pairs, on or to which day, and why: assigned from it, ended on it (the last one), or their
    first or last day corrected to it.
    """

    pairs: tuple[Pair, ...]
    step: AssigningStep
    on: date
    reason: str


@dataclass(frozen=True)
class Affected:
    """A pair, and what lies outside its span from now on: codes of periods, days of targets."""

    indicator: str
    mission: str
    periods: tuple[str, ...] = ()
    targets: tuple[date, ...] = ()


@dataclass
class Outlook:
    """What a choice comes to, in numbers of assignments.

    ``resumed`` had an end and go on from their first day; ``corrected`` get another first or last day; ``unchanged``
    are as they were asked for already.
    ``due`` results fall due with ``next_period`` because of what is assigned, ``overdue`` belong to quarters whose
    window is closed; ``proposed`` fall due only once their indicator is adopted; what begins after ``over_since``, the
    last day of the last period, falls due in none. ``reported`` and ``aimed`` are those with results, or targets,
    that lie after the end from now on, or before the first day.
    """

    begun: int = 0
    resumed: int = 0
    ended: int = 0
    corrected: int = 0
    unchanged: int = 0
    by_mission: dict[str, int] = field(default_factory=dict)
    next_period: ReportingPeriod | None = None
    due: int = 0
    overdue: int = 0
    proposed: int = 0
    over_since: date | None = None
    reported: list[Affected] = field(default_factory=list)
    aimed: list[Affected] = field(default_factory=list)

    @property
    def written(self) -> int:
        return self.begun + self.resumed + self.ended + self.corrected


def make_rows(*, strategy: Strategy, choice: Choice) -> list[AssignmentRow]:
    """The rows of a sheet that say what was chosen, in one statement; pairs for which nothing would change are left
    out.

    To assign what has ended is to take the end away: an assignment has one span, and what it was before stays in it.
    To end what ends earlier already, or was never assigned, is nothing; so is to correct a day that there is not.
    """
    held: dict[Pair, Span] = {
        (indicator, mission): (active_from, active_to)
        for indicator, mission, active_from, active_to in IndicatorAssignment.objects.in_force()
        .filter(indicator__strategy=strategy)
        .values_list("indicator__code", "mission__code", "active_from", "active_to")
    }
    rows = []
    for number, (indicator, mission) in enumerate(choice.pairs, start=1):
        span = _span_after(choice, held.get((indicator, mission)))
        if span is not None:
            rows.append(AssignmentRow(number, indicator, mission, *span, choice.reason))
    return rows


def _span_after(choice: Choice, held: Span | None) -> Span | None:
    """First and last day once a choice is saved; None where it changes nothing."""
    if choice.step == AssigningStep.ASSIGN:
        if held is None:
            return choice.on, None
        return (held[0], None) if held[1] is not None else None
    if held is None:
        return None
    active_from, active_to = held
    if choice.step == AssigningStep.FIRST_DAY:
        return (choice.on, active_to) if active_from != choice.on else None
    if choice.step == AssigningStep.LAST_DAY:
        return (active_from, choice.on) if active_to not in (None, choice.on) else None
    return (active_from, choice.on) if active_to is None or active_to > choice.on else None


def foresee(*, strategy: Strategy, choice: Choice, plan: Plan, today: date) -> Outlook:
    """What follows from a plan of ``make_rows``: at most four statements, however many pairs."""
    outlook = Outlook(unchanged=len(choice.pairs) - len(plan.changes))
    for change in plan.changes:
        if choice.step == AssigningStep.END:
            outlook.ended += 1
        elif choice.step in (AssigningStep.FIRST_DAY, AssigningStep.LAST_DAY):
            outlook.corrected += 1
        elif change.outcome == Outcome.NEW:
            outlook.begun += 1
        else:
            outlook.resumed += 1
    outlook.by_mission = dict(sorted(Counter(change.key[1] for change in plan.changes).items()))
    if shorter := [_pair_of(change) for change in plan.changes if _is_shorter(change, choice)]:
        _find_what_is_outside(outlook, strategy, shorter, choice)
    if choice.step != AssigningStep.END:
        _count_what_falls_due(outlook, strategy, plan, choice, today)
    return outlook


def _pair_of(change: Change) -> Pair:
    return change.key[0], change.key[1]


def _is_shorter(change: Change, choice: Choice) -> bool:
    """Whether an assignment lasts no longer as long as it did."""
    if choice.step == AssigningStep.FIRST_DAY:
        was_first: date = change.cells["active_from"][0]
        return was_first < choice.on
    if choice.step == AssigningStep.LAST_DAY:
        was_last: date = change.cells["active_to"][0]
        return was_last > choice.on
    return choice.step == AssigningStep.END


def _find_what_is_outside(
    outlook: Outlook, strategy: Strategy, pairs: Sequence[Pair], choice: Choice
) -> None:
    """Results of periods that begin after the last day, and targets due after it; or results of periods that end
    before the first day (a target cannot be due by then).
    """
    is_first = choice.step == AssigningStep.FIRST_DAY
    outside = "ends_on__lt" if is_first else "starts_on__gt"
    results = IndicatorResult.objects.given().filter(
        indicator__strategy=strategy, **{f"revision__report__period__{outside}": choice.on}
    )
    periods = periods_with_results(results, pairs)
    outlook.reported = [Affected(*pair, periods=tuple(found)) for pair, found in periods.items()]
    if not is_first:
        targets = Target.objects.in_force().filter(indicator__strategy=strategy, due_on__gt=choice.on)
        aimed = days_of_targets(targets, pairs)
        outlook.aimed = [Affected(*pair, targets=tuple(found)) for pair, found in aimed.items()]


def _count_what_falls_due(
    outlook: Outlook, strategy: Strategy, plan: Plan, choice: Choice, today: date
) -> None:
    """Results that are owed because of what is assigned: with the next period, and of those that are over."""
    periods = list(ReportingPeriod.objects.filter(strategy=strategy).order_by("number"))
    outlook.next_period = next((period for period in periods if period.closes_on >= today), None)
    if outlook.begun and periods and choice.on > periods[-1].ends_on:
        outlook.over_since = periods[-1].ends_on
    kinds: dict[str, tuple[str, str]] = {
        code: (frequency, status)
        for code, frequency, status in Indicator.objects.filter(strategy=strategy).values_list(
            "code", "frequency", "status"
        )
    }
    for change in plan.changes:
        frequency, status = kinds[change.key[0]]
        if status != IndicatorStatus.ACTIVE:
            outlook.proposed += status == IndicatorStatus.PROPOSED
            continue
        for period in _newly_asked(change.cells, periods, choice):
            if frequency in DUE_BY_QUARTER[period.quarter]:
                if period == outlook.next_period:
                    outlook.due += 1
                outlook.overdue += period.closes_on < today


def _newly_asked(cells: Any, periods: Iterable[ReportingPeriod], choice: Choice) -> Iterable[ReportingPeriod]:
    """The periods in which an assignment counts that it did not count in before."""
    if choice.step == AssigningStep.FIRST_DAY:
        was_first = cells["active_from"][0]
        return (period for period in periods if choice.on <= period.ends_on < was_first)
    if choice.step == AssigningStep.LAST_DAY:
        was_last = cells["active_to"][0]
        return (period for period in periods if was_last < period.starts_on <= choice.on)
    ended_on = cells["active_to"][0] if "active_to" in cells else None
    if ended_on is None:
        return (period for period in periods if period.ends_on >= choice.on)
    return (period for period in periods if period.starts_on > ended_on)
