"""Loading what missions report on: assignments, kept as versions; and opening the quarters.

A version is never rewritten: a change withdraws it and records another.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.batches.models import ImportBatch
from tracker.batches.plans import Plan, compare
from tracker.common.bulk import upsert
from tracker.framework.models import Indicator, Strategy

from ..models import IndicatorAssignment, ReportingPeriod
from ..rules import window_dates
from .known import (
    Key,
    Known,
    Versions,
    is_repeated,
    read_known,
    record_versions,
    say_over_before,
    start_of,
)

if TYPE_CHECKING:
    from tracker.access.models import User


# -- Periods ------------------------------------------------------------------------------------------
def quarters_between(first: date, last: date) -> list[tuple[int, int, date, date]]:
    """The quarters that lie within these days: (year, quarter, first day, last day)."""
    found: list[tuple[int, int, date, date]] = []
    year, quarter = first.year, (first.month - 1) // 3 + 1
    while True:
        begins = date(year, 3 * quarter - 2, 1)
        after = date(year + 1, 1, 1) if quarter == 4 else date(year, 3 * quarter + 1, 1)
        ends = after - timedelta(days=1)
        if ends > last:
            return found
        if begins >= first:
            found.append((year, quarter, begins, ends))
        year, quarter = (year + 1, 1) if quarter == 4 else (year, quarter + 1)


def open_periods(*, strategy: Strategy, first: date | None = None, last: date | None = None) -> int:
    """Make the quarters of a strategy (or those between two days, to extend it) with their windows.

    Quarters that are there stay as they are: an officer may have set their dates. Says how many are new.
    """
    quarters = quarters_between(first or strategy.starts_on, last or strategy.ends_on)
    there = set(ReportingPeriod.objects.filter(strategy=strategy).values_list("number", flat=True))
    rows = [
        [getattr(period, name) for name in _PERIOD_COLUMNS]
        for period in make_quarters(strategy, quarters)
        if period.number not in there
    ]
    return upsert(model=ReportingPeriod, fields=_PERIOD_FIELDS, unique=["strategy", "code"], rows=rows)


_PERIOD_FIELDS = ("strategy", "code", "number", "starts_on", "ends_on", "opens_on", "due_on", "closes_on")
_PERIOD_COLUMNS = ("strategy_id", *_PERIOD_FIELDS[1:])


def make_quarters(
    strategy: Strategy, quarters: Iterable[tuple[int, int, date, date]]
) -> list[ReportingPeriod]:
    """Periods of a strategy with the windows that they come with, not saved."""
    made = []
    for year, quarter, begins, ends in quarters:
        window = window_dates(ends)
        made.append(
            ReportingPeriod(
                strategy=strategy,
                code=f"{year}-Q{quarter}",
                number=year * 4 + quarter - 1,
                starts_on=begins,
                ends_on=ends,
                opens_on=window.opens_on,
                due_on=window.due_on,
                closes_on=window.closes_on,
            )
        )
    return made


# -- Assignments --------------------------------------------------------------------------------------
ASSIGNMENT_FIELDS = ("indicator", "mission", "active_from", "active_to")


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    """A row of the sheet ``assignments``."""

    row: int
    indicator: str
    mission: str
    active_from: date
    active_to: date | None
    reason: str | None


def plan_assignments(
    *, rows: Sequence[AssignmentRow], given: frozenset[str], options: Mapping[str, Any], user: object
) -> Plan:
    """Compare a sheet of assignments with those that hold. Other dates make a new version."""
    plan = Plan(writes=Versions([], []))
    known = read_known(options)
    first: dict[Key, int] = {}
    for row in rows:
        where = known.find(row, plan=plan, region=False)
        if where is None:
            continue
        indicator, mission = where
        key = (indicator.pk, mission)
        if is_repeated(plan, first, key, row):
            continue
        held = known.assignments.get(key)
        active_to = row.active_to if held is None or "active_to" in given else held.active_to
        if not _dates_fit(plan, known, indicator, key, row.row, row.active_from, active_to):
            continue
        change = compare(
            row=row.row,
            key=(indicator.code, row.mission),
            new={"active_from": row.active_from, "active_to": active_to},
            old={"active_from": held.active_from, "active_to": held.active_to} if held else None,
        )
        plan.changes.append(change)
        if change.cells:
            reason = row.reason or str(options.get("reason", ""))
            plan.writes.add((*key, row.active_from, active_to, reason), held)
    return plan


def _dates_fit(
    plan: Plan,
    known: Known,
    indicator: Indicator,
    key: Key,
    row: int,
    active_from: date,
    active_to: date | None,
) -> bool:
    """Whether an assignment's dates are in order and leave every target time; notes the error."""
    if active_to is not None and active_to < active_from:
        plan.refuse(
            row=row,
            column="active_to",
            value=active_to,
            message=_("The assignment ends before it begins. Correct one of the dates."),
        )
        return False
    baseline = known.baselines.get(key)
    start = start_of(
        known, indicator, active_from=active_from, baseline_on=baseline.date if baseline else None
    )
    for due_on in known.targets.get(key, ()):
        if due_on <= start:
            plan.refuse(
                row=row, column="active_from", value=active_from, message=say_over_before(due_on, start)
            )
            return False
    return True


def apply_assignments(*, plan: Plan, batch: ImportBatch, user: "User | None") -> None:
    """Withdraw what is replaced and record the planned assignments."""
    record_versions(
        model=IndicatorAssignment,
        fields=ASSIGNMENT_FIELDS,
        rows=plan.writes.rows,
        replaced=plan.writes.replaced,
        batch=batch,
        user=user,
        moment=timezone.now(),
    )
