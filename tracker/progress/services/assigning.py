"""Assigning indicators to missions, and ending that, many at once: what is chosen becomes the rows of a sheet of
assignments, and what would follow from it is worked out before anybody confirms.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tracker.batches.choices import Outcome
from tracker.batches.plans import Plan
from tracker.framework.choices import IndicatorStatus
from tracker.framework.models import Indicator, Strategy

from ..choices import AssigningStep, RevisionStatus
from ..models import IndicatorAssignment, IndicatorResult, ReportingPeriod, Target
from ..querysets import DUE_BY_QUARTER
from .plans import AssignmentRow

# The codes of an indicator and a mission.
Pair = tuple[str, str]

GIVEN = frozenset({"indicator", "mission", "active_from", "active_to", "reason"})
"""The columns that a choice fills."""


@dataclass(frozen=True)
class Choice:
    """These pairs are assigned from a day, or ended on a day (the last one), and why."""

    pairs: tuple[Pair, ...]
    step: AssigningStep
    on: date
    reason: str


@dataclass(frozen=True)
class Affected:
    """A pair that is assigned or ended, and what is there after its end: codes of periods, days of targets."""

    indicator: str
    mission: str
    periods: tuple[str, ...] = ()
    targets: tuple[date, ...] = ()


@dataclass
class Outlook:
    """What a choice comes to, in numbers of assignments.

    ``resumed`` had an end and go on from their first day; ``unchanged`` are as they were asked for already.
    ``due`` results fall due with ``next_period`` because of what is assigned, ``overdue`` belong to quarters whose
    window is closed; ``proposed`` fall due only once their indicator is adopted; what begins after ``over_since``, the
    last day of the last period, falls due in none. ``reported`` and ``aimed`` are ended
    while there are results, or targets, after the end.
    """

    begun: int = 0
    resumed: int = 0
    ended: int = 0
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
        return self.begun + self.resumed + self.ended


def make_rows(*, strategy: Strategy, choice: Choice) -> list[AssignmentRow]:
    """The rows of a sheet that say what was chosen, in one statement; pairs for which nothing would change are left
    out.

    To assign what has ended is to take the end away: an assignment has one span, and what it was before stays in it.
    To end what ends earlier already, or was never assigned, is nothing.
    """
    held: dict[Pair, tuple[date, date | None]] = {
        (indicator, mission): (active_from, active_to)
        for indicator, mission, active_from, active_to in IndicatorAssignment.objects.in_force()
        .filter(indicator__strategy=strategy)
        .values_list("indicator__code", "mission__code", "active_from", "active_to")
    }
    rows = []
    span: tuple[date, date | None]
    for number, (indicator, mission) in enumerate(choice.pairs, start=1):
        active_from, active_to = held.get((indicator, mission), (None, None))
        if choice.step == AssigningStep.ASSIGN:
            if active_from is not None and active_to is None:
                continue
            span = (active_from or choice.on, None)
        else:
            if active_from is None or (active_to is not None and active_to <= choice.on):
                continue
            span = (active_from, choice.on)
        rows.append(AssignmentRow(number, indicator, mission, span[0], span[1], choice.reason))
    return rows


def foresee(*, strategy: Strategy, choice: Choice, plan: Plan, today: date) -> Outlook:
    """What follows from a plan of ``make_rows``: at most four statements, however many pairs."""
    outlook = Outlook(unchanged=len(choice.pairs) - len(plan.changes))
    written: list[tuple[Pair, bool]] = []
    for change in plan.changes:
        pair: Pair = (change.key[0], change.key[1])
        is_new = change.outcome == Outcome.NEW
        written.append((pair, is_new))
        if choice.step == AssigningStep.END:
            outlook.ended += 1
        elif is_new:
            outlook.begun += 1
        else:
            outlook.resumed += 1
    outlook.by_mission = dict(sorted(Counter(mission for (_code, mission), _new in written).items()))
    if choice.step == AssigningStep.END:
        _find_what_is_after(outlook, strategy, [pair for pair, _new in written], choice.on)
    else:
        _count_what_falls_due(outlook, strategy, plan, choice, today)
    return outlook


def _find_what_is_after(outlook: Outlook, strategy: Strategy, pairs: Sequence[Pair], on: date) -> None:
    """Results of periods that begin after the last day, and targets due after it."""
    wanted = set(pairs)
    results: Any = (
        IndicatorResult.objects.given()
        .filter(
            indicator__strategy=strategy,
            revision__report__period__starts_on__gt=on,
            revision__withdrawn_at__isnull=True,
        )
        .exclude(revision__status=RevisionStatus.DROPPED)
        .order_by("revision__report__period__number")
        .values_list("indicator__code", "revision__report__mission__code", "revision__report__period__code")
        .distinct()
    )
    periods: dict[Pair, list[str]] = defaultdict(list)
    for indicator, mission, period in results:
        periods[indicator, mission].append(period)
    targets: dict[Pair, list[date]] = defaultdict(list)
    for indicator, mission, due_on in (
        Target.objects.in_force()
        .filter(indicator__strategy=strategy, due_on__gt=on, mission__isnull=False)
        .order_by("due_on")
        .values_list("indicator__code", "mission__code", "due_on")
    ):
        targets[indicator, str(mission)].append(due_on)
    outlook.reported = [
        Affected(*pair, periods=tuple(found)) for pair, found in periods.items() if pair in wanted
    ]
    outlook.aimed = [
        Affected(*pair, targets=tuple(found)) for pair, found in targets.items() if pair in wanted
    ]


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
    ended_on = cells["active_to"][0] if "active_to" in cells else None
    if ended_on is None:
        return (period for period in periods if period.ends_on >= choice.on)
    return (period for period in periods if period.starts_on > ended_on)
