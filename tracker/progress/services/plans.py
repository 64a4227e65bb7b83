"""Loading what missions are asked for: assignments and baselines, kept as versions; and opening the quarters.

A version is never rewritten: a change withdraws it and records another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.batches.models import ImportBatch
from tracker.batches.plans import Plan, compare
from tracker.common.bulk import upsert
from tracker.framework.models import Indicator, Strategy

from ..models import Baseline, IndicatorAssignment, ReportingPeriod
from ..rules import Amount, window_dates
from .amounts import Names, Written, read_amount, to_sheet
from .known import (
    HeldAssignment,
    HeldBaseline,
    Key,
    Known,
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
    found = []
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
    rows = []
    for year, quarter, begins, ends in quarters:
        number = year * 4 + quarter - 1
        if number not in there:
            window = window_dates(ends)
            rows.append(
                (
                    strategy.pk,
                    f"{year}-Q{quarter}",
                    number,
                    begins,
                    ends,
                    window.opens_on,
                    window.due_on,
                    window.closes_on,
                )
            )
    fields = ("strategy", "code", "number", "starts_on", "ends_on", "opens_on", "due_on", "closes_on")
    return upsert(model=ReportingPeriod, fields=fields, unique=["strategy", "code"], rows=rows)


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
    plan = Plan(writes=_Versions([], []))
    known = read_known(options)
    found = []
    for row in rows:
        if where := known.find(row, plan=plan, region=False):
            found.append((row, where))
    first: dict[Key, int] = {}
    for row, (indicator, mission) in found:
        key = (indicator.pk, mission)
        if _is_repeated(plan, first, key, row):
            continue
        held = known.assignments.get(key)
        active_to = row.active_to if held is None or "active_to" in given else held.active_to
        if (
            options.get("keep_decisions")
            and key in known.assignments_decided
            and not (held and held.from_fixtures)
        ):
            active_from, active_to = (
                (held.active_from, held.active_to) if held else (row.active_from, active_to)
            )
            if held is None:
                # Somebody withdrew it; the fixtures do not bring it back.
                plan.changes.append(compare(row=row.row, key=(indicator.code, row.mission), new={}, old={}))
                continue
        else:
            active_from = row.active_from
        if not _dates_fit(plan, known, indicator, key, row.row, active_from, active_to):
            continue
        change = compare(
            row=row.row,
            key=(indicator.code, row.mission),
            new={"active_from": active_from, "active_to": active_to},
            old={"active_from": held.active_from, "active_to": held.active_to} if held else None,
        )
        plan.changes.append(change)
        if change.cells:
            reason = row.reason or str(options.get("reason", ""))
            plan.writes.add((*key, active_from, active_to, reason), held)
    return plan


@dataclass
class _Versions:
    """New versions to record, and the ids of those they replace."""

    rows: list[tuple[Any, ...]]
    replaced: list[int]

    def add(self, row: tuple[Any, ...], held: "HeldAssignment | HeldBaseline | None") -> None:
        self.rows.append(row)
        if held is not None:
            self.replaced.append(held.pk)


def _is_repeated(plan: Plan, first: dict[Key, int], key: Key, row: Any) -> bool:
    earlier = first.setdefault(key, row.row)
    if earlier == row.row:
        return False
    plan.refuse(
        row=row.row,
        column="indicator",
        value=f"{row.indicator} / {row.mission}",
        message=_("Row %(row)d already has this. Delete one of the two rows.") % {"row": earlier},
    )
    return True


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


# -- Baselines ----------------------------------------------------------------------------------------
BASELINE_FIELDS = ("indicator", "mission", "value", "numerator", "denominator", "date", "source", "note")
BASELINE_NAMES = Names("baseline_value", "baseline_numerator", "baseline_denominator", "baseline_stage")


@dataclass(frozen=True, slots=True)
class BaselineRow:
    """A row of the sheet ``baselines``; the mission REGION is the region."""

    row: int
    indicator: str
    mission: str
    baseline_value: Decimal | None
    baseline_numerator: Decimal | None
    baseline_denominator: Decimal | None
    baseline_stage: str | None
    baseline_date: date | None
    baseline_source: str | None
    active_from: date | None
    active_to: date | None
    note: str | None


@dataclass
class _BaselineWrites:
    baselines: _Versions
    assignments: _Versions


def plan_baselines(
    *, rows: Sequence[BaselineRow], given: frozenset[str], options: Mapping[str, Any], user: object
) -> Plan:
    """Compare a sheet of baselines with those that hold; a row makes the assignment where there is none."""
    plan = Plan(writes=_BaselineWrites(_Versions([], []), _Versions([], [])))
    known = read_known(options)
    first: dict[Key, int] = {}
    for row in rows:
        where = known.find(row, plan=plan)
        if where is None:
            continue
        indicator, mission = where
        key = (indicator.pk, mission)
        if not _is_repeated(plan, first, key, row):
            _plan_baseline(plan, known, row, indicator, key, given, options)
    return plan


def _plan_baseline(
    plan: Plan,
    known: Known,
    row: BaselineRow,
    indicator: Indicator,
    key: Key,
    given: frozenset[str],
    options: Mapping[str, Any],
) -> None:
    regional = key[1] is None
    held, assigned = known.baselines.get(key), known.assignments.get(key)
    amount = _read_baseline(plan, row, indicator, regional)
    if amount is None:
        return
    on = row.baseline_date if held is None or "baseline_date" in given else held.date
    source = row.baseline_source or "" if held is None or "baseline_source" in given else held.source
    note = row.note or "" if held is None or "note" in given else held.note
    active_from, active_to = _planned_assignment(plan, known, row, assigned, given, regional)
    if options.get("keep_decisions") and key in known.baselines_decided and not (held and held.from_fixtures):
        if held is None:
            plan.changes.append(compare(row=row.row, key=(indicator.code, row.mission), new={}, old={}))
            return
        amount = Amount(held.value, held.numerator, held.denominator)
        on, source, note = held.date, held.source, held.note
    start = start_of(known, indicator, active_from=active_from, baseline_on=on)
    late = [due_on for due_on in known.targets.get(key, ()) if due_on <= start]
    if late:
        plan.refuse(row=row.row, column="baseline_date", value=on, message=say_over_before(min(late), start))
        return
    new = {
        **_on_sheet(indicator, amount, regional),
        "baseline_date": on,
        "baseline_source": source,
        "note": note,
    }
    old = None
    if held:
        before = Amount(held.value, held.numerator, held.denominator)
        old = {
            **_on_sheet(indicator, before, regional),
            "baseline_date": held.date,
            "baseline_source": held.source,
            "note": held.note,
        }
    baseline = compare(row=row.row, key=(indicator.code, row.mission), new=new, old=old)
    dates = {} if regional else {"active_from": active_from, "active_to": active_to}
    old_dates = {"active_from": assigned.active_from, "active_to": assigned.active_to} if assigned else {}
    both = compare(
        row=row.row,
        key=(indicator.code, row.mission),
        new={**new, **dates},
        old=None if old is None else {**old, **dict.fromkeys(dates), **old_dates},
    )
    plan.changes.append(both)
    reason = str(options.get("reason", ""))
    if baseline.cells:
        values = (amount.value, amount.numerator, amount.denominator, on, source, note)
        plan.writes.baselines.add((*key, *values, reason), held)
    if not regional and (active_from, active_to) != (
        old_dates.get("active_from"),
        old_dates.get("active_to"),
    ):
        plan.writes.assignments.add((*key, active_from, active_to, reason), assigned)


def _read_baseline(plan: Plan, row: BaselineRow, indicator: Indicator, regional: bool) -> Amount | None:
    """The baseline's amount, or None after noting what is wrong with it."""
    written = Written(
        row.baseline_value, row.baseline_numerator, row.baseline_denominator, row.baseline_stage
    )
    amount, faults = read_amount(indicator, written, names=BASELINE_NAMES, regional=regional)
    for fault in faults:
        plan.refuse(row=row.row, column=fault.column, value=fault.value, message=fault.message)
    if faults:
        return None
    if amount.is_empty:
        plan.refuse(
            row=row.row,
            column="baseline_stage" if indicator.scale and not regional else "baseline_value",
            value=None,
            message=_(
                "There is no amount. Fill in the baseline, or delete the row: an unknown baseline is left out, "
                "and an assignment without one goes into the sheet “assignments”."
            ),
        )
        return None
    if amount.denominator == 0:
        plan.refuse(
            row=row.row,
            column="baseline_denominator",
            value=row.baseline_denominator,
            message=_("0 of 0 has no value. Delete the row, or correct the denominator."),
        )
        return None
    return amount


def _planned_assignment(
    plan: Plan,
    known: Known,
    row: BaselineRow,
    assigned: HeldAssignment | None,
    given: frozenset[str],
    regional: bool,
) -> tuple[date | None, date | None]:
    """The dates of the assignment after this row; empty cells leave those that hold."""
    if regional:
        if row.active_from or row.active_to:
            plan.refuse(
                row=row.row,
                column="active_from" if row.active_from else "active_to",
                value=row.active_from or row.active_to,
                message=_("The region is not assigned: nobody reports for it. Empty the cell."),
            )
        return None, None
    active_from = row.active_from or (assigned.active_from if assigned else known.strategy.starts_on)
    active_to = row.active_to or (assigned.active_to if assigned else None)
    if active_to is not None and active_to < active_from:
        plan.refuse(
            row=row.row,
            column="active_to",
            value=active_to,
            message=_("The assignment ends before it begins. Correct one of the dates."),
        )
    return active_from, active_to


def _on_sheet(indicator: Indicator, amount: Amount, regional: bool) -> dict[str, Any]:
    """An amount under the columns of the sheet."""
    value = to_sheet(indicator, amount.value, regional=regional)
    return {
        "baseline_value": None if isinstance(value, str) else value,
        "baseline_numerator": amount.numerator,
        "baseline_denominator": amount.denominator,
        "baseline_stage": value if isinstance(value, str) else None,
    }


def apply_baselines(*, plan: Plan, batch: ImportBatch, user: "User | None") -> None:
    """Record the planned baselines, and the assignments that they make or change."""
    moment = timezone.now()
    for model, fields, versions in (
        (IndicatorAssignment, ASSIGNMENT_FIELDS, plan.writes.assignments),
        (Baseline, BASELINE_FIELDS, plan.writes.baselines),
    ):
        record_versions(
            model=model,
            fields=fields,
            rows=versions.rows,
            replaced=versions.replaced,
            batch=batch,
            user=user,
            moment=moment,
        )
