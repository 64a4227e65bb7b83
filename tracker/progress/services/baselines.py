"""Loading baselines, kept as versions; a row makes the assignment where there is none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.batches.choices import Outcome
from tracker.batches.models import ImportBatch
from tracker.batches.plans import Change, Plan, compare, says_otherwise
from tracker.framework.models import Indicator

from ..models import Baseline, IndicatorAssignment
from ..rules import Amount
from .amounts import AmountReader, Names, Written, to_sheet
from .known import (
    HeldAssignment,
    Key,
    Known,
    Versions,
    ask_if_backwards,
    is_repeated,
    level_of,
    read_known,
    record_versions,
    say_over_before,
    start_of,
)
from .plans import ASSIGNMENT_FIELDS

if TYPE_CHECKING:
    from tracker.access.models import User

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
    baselines: Versions
    assignments: Versions


def plan_baselines(
    *, rows: Sequence[BaselineRow], given: frozenset[str], options: Mapping[str, Any], user: object
) -> Plan:
    """Compare a sheet of baselines with those that hold; a row makes the assignment where there is none."""
    plan = Plan(writes=_BaselineWrites(Versions([], []), Versions([], [])))
    known, reader = read_known(options), AmountReader()
    first: dict[Key, int] = {}
    for row in rows:
        where = known.find(row, plan=plan)
        if where is None:
            continue
        indicator, mission = where
        key = (indicator.pk, mission)
        if not is_repeated(plan, first, key, row):
            _plan_baseline(plan, known, row, indicator, key, given, options, reader)
    return plan


def _plan_baseline(
    plan: Plan,
    known: Known,
    row: BaselineRow,
    indicator: Indicator,
    key: Key,
    given: frozenset[str],
    options: Mapping[str, Any],
    reader: AmountReader,
) -> None:
    regional = key[1] is None
    held, assigned = known.baselines.get(key), known.assignments.get(key)
    amount = _read_baseline(plan, row, indicator, reader, regional=regional)
    if amount is None:
        return
    on = row.baseline_date if held is None or "baseline_date" in given else held.date
    source, note = row.baseline_source or "", row.note or ""
    if held is not None:
        source = _keep(held.source, source, is_given="baseline_source" in given)
        note = _keep(held.note, note, is_given="note" in given)
    active_from, active_to = _planned_assignment(plan, known, row, assigned, given, regional)
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
    moved = {name: (old_dates.get(name), on) for name, on in dates.items() if on != old_dates.get(name)}
    outcome = Outcome.CHANGED if moved and held else baseline.outcome
    plan.changes.append(Change(row.row, outcome, baseline.key, {**baseline.cells, **moved}))
    reason = str(options.get("reason", ""))
    if baseline.cells:
        _ask_about_targets(plan, known, row, indicator, key, amount)
        values = (amount.value, amount.numerator, amount.denominator, on, source, note)
        plan.writes.baselines.add((*key, *values, reason), held)
    if moved:
        plan.writes.assignments.add((*key, active_from, active_to, reason), assigned)


def _keep(held: str, said: str, *, is_given: bool) -> str:
    """What stands of a text: as it is kept, unless the file has its column and says something else."""
    return said if is_given and says_otherwise(held, said) else held


def _ask_about_targets(
    plan: Plan, known: Known, row: BaselineRow, indicator: Indicator, key: Key, amount: Amount
) -> None:
    """Ask, once, about targets that would lie on the wrong side of a new baseline."""
    shown = _on_sheet(indicator, amount, key[1] is None)
    column = next(name for name, value in shown.items() if value is not None)
    for target in known.targets.get(key, {}).values():
        if question := ask_if_backwards(indicator, key, level_of(amount), target.value):
            plan.ask(row=row.row, column=column, value=shown[column], message=question)
            return


def _read_baseline(
    plan: Plan, row: BaselineRow, indicator: Indicator, reader: AmountReader, *, regional: bool
) -> Amount | None:
    """The baseline's amount, or None after noting what is wrong with it."""
    written = Written(
        row.baseline_value, row.baseline_numerator, row.baseline_denominator, row.baseline_stage
    )
    amount, faults = reader.read(indicator, written, names=BASELINE_NAMES, regional=regional)
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
                "There is no amount. Fill in the baseline, or delete the row: an unknown "
                "baseline is left out, "
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
    written: list[tuple[type[models.Model], tuple[str, ...], Versions]] = [
        (IndicatorAssignment, ASSIGNMENT_FIELDS, plan.writes.assignments),
        (Baseline, BASELINE_FIELDS, plan.writes.baselines),
    ]
    for model, fields, versions in written:
        record_versions(
            model=model,
            fields=fields,
            rows=versions.rows,
            replaced=versions.replaced,
            batch=batch,
            user=user,
            moment=moment,
        )
