"""Loading targets: levels to be reached by dates, one row per date or one row with a column per year.

Yearly amounts of a flow are added up on loading; the amount as given is kept beside the running total.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.batches.choices import Outcome
from tracker.batches.models import ImportBatch
from tracker.batches.plans import Change, Plan, show
from tracker.common.formats import show_date
from tracker.framework.choices import Direction, PeriodRule
from tracker.framework.models import Indicator

from ..choices import TargetBasis
from ..models import Target
from .amounts import AmountReader, Names, Written, counts_missions, to_sheet
from .known import (
    HeldTarget,
    Key,
    Known,
    ask_if_backwards,
    read_known,
    record_versions,
    say_over_before,
    start_of,
)

if TYPE_CHECKING:
    from tracker.access.models import User

TARGET_FIELDS = ("indicator", "mission", "due_on", "value", "basis", "given")


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A row of the sheet ``targets``: one target (``due``, amount), or one per year in ``more``."""

    row: int
    indicator: str
    mission: str
    due: date | None
    target_value: Decimal | None
    target_stage: str | None
    basis: str | None
    more: Mapping[str, Decimal | str] = field(default_factory=dict)


@dataclass(slots=True)
class _Given:
    """One amount of the sheet: in which row and column, due when, counted how; its level once it is known."""

    row: int
    column: str
    due_on: date
    basis: str
    amount: Decimal
    level: Decimal = Decimal(0)

    def stands(self, held: Mapping[date, HeldTarget]) -> bool:
        """Whether just this holds already."""
        there = held.get(self.due_on)
        return there is not None and (there.value, there.basis, there.given) == (
            self.level,
            self.basis,
            self.amount,
        )


@dataclass
class _Writes:
    rows: list[tuple[Any, ...]] = field(default_factory=list)
    replaced: list[int] = field(default_factory=list)


def plan_targets(
    *, rows: Sequence[TargetRow], given: frozenset[str], options: Mapping[str, Any], user: object
) -> Plan:
    """Compare a sheet of targets with those that hold; targets that are not in it stay."""
    plan = Plan(writes=_Writes())
    known, reader = read_known(options), AmountReader()
    of_key: dict[Key, list[_Given]] = defaultdict(list)
    names: dict[Key, tuple[Indicator, str]] = {}
    for row in rows:
        where = known.find(row, plan=plan)
        if where is None:
            continue
        indicator, mission = where
        key = (indicator.pk, mission)
        if _may_have_targets(plan, known, row, indicator, key):
            names[key] = (indicator, row.mission)
            of_key[key].extend(_read_targets(plan, row, indicator, reader, regional=mission is None))
    reason = str(options.get("reason", ""))
    cells_of_row: dict[int, dict[str, tuple[Any, Any]]] = defaultdict(dict)
    names_of_row: dict[int, tuple[str, ...]] = {}
    for key, amounts in of_key.items():
        indicator, mission_code = names[key]
        if _fit_in_time(plan, known, indicator, key, amounts):
            for each in amounts:
                names_of_row.setdefault(each.row, (indicator.code, mission_code))
                cells_of_row[each.row].update(_compare(plan, known, indicator, key, each, reason))
    for number in sorted(names_of_row):
        cells = cells_of_row[number]
        plan.changes.append(Change(number, _outcome_of(cells), names_of_row[number], cells))
    return plan


def _may_have_targets(plan: Plan, known: Known, row: TargetRow, indicator: Indicator, key: Key) -> bool:
    if indicator.direction == Direction.MONITOR:
        plan.refuse(
            row=row.row,
            column="indicator",
            value=row.indicator,
            message=_("%(code)s is only monitored, so it has no target. Delete the row.")
            % {"code": row.indicator},
        )
        return False
    if key[1] is not None and key not in known.assignments:
        plan.refuse(
            row=row.row,
            column="mission",
            value=row.mission,
            message=_(
                "%(mission)s does not report on %(code)s. Load its assignment first (sheet “assignments” or "
                "“baselines”)."
            )
            % {"mission": row.mission, "code": row.indicator},
        )
        return False
    return True


def _read_targets(
    plan: Plan, row: TargetRow, indicator: Indicator, reader: AmountReader, *, regional: bool
) -> list[_Given]:
    """The amounts of one row, with every error noted."""
    basis = _read_basis(plan, row, indicator)
    if basis is None:
        return []
    single = row.target_value is not None or row.target_stage is not None
    if row.more and (single or row.due):
        plan.refuse(
            row=row.row,
            column="due",
            value=row.due,
            message=_(
                "The row has a date and year columns. Use one of the two: a row per date, or a "
                "column per year."
            ),
        )
        return []
    if row.more:
        years = sorted(row.more.items())
        written = [(year, date(int(year), 12, 31), Written(value=value)) for year, value in years]
    elif row.due is None:
        plan.refuse(
            row=row.row,
            column="due",
            value=None,
            message=_("By when? Give a date, a year or a quarter, or fill in a year column."),
        )
        return []
    else:
        column = "target_stage" if row.target_stage is not None else "target_value"
        written = [(column, row.due, Written(value=row.target_value, stage=row.target_stage))]
    found = []
    for column, due_on, amount in written:
        kept, faults = reader.read(indicator, amount, names=_names_of(column), regional=regional)
        for fault in faults:
            plan.refuse(row=row.row, column=fault.column, value=fault.value, message=fault.message)
        if kept.value is not None and not faults:
            found.append(_Given(row.row, column, due_on, basis, kept.value))
        elif not faults:
            plan.refuse(
                row=row.row,
                column=column,
                value=None,
                message=_("There is no target. Fill it in, or delete the row."),
            )
    return found


@cache
def _names_of(column: str) -> Names:
    return Names(column, stage="target_stage")


def _read_basis(plan: Plan, row: TargetRow, indicator: Indicator) -> str | None:
    """To date or per year: a flow must say which, a level is always to date."""
    if row.basis is None and indicator.is_flow:
        plan.refuse(
            row=row.row,
            column="basis",
            value=None,
            message=_(
                "%(code)s is added up over the years. Say how its targets are meant: to_date "
                "(running total) or "
                "per_year."
            )
            % {"code": indicator.code},
        )
        return None
    basis = row.basis or TargetBasis.TO_DATE.value
    yearly = indicator.is_flow or indicator.period_rule == PeriodRule.YEAR
    if basis == TargetBasis.PER_YEAR and not yearly:
        plan.refuse(
            row=row.row,
            column="basis",
            value=basis,
            message=_("%(code)s is a level, which cannot be added up over years. Write to_date.")
            % {"code": indicator.code},
        )
        return None
    return basis


def _fit_in_time(plan: Plan, known: Known, indicator: Indicator, key: Key, amounts: list[_Given]) -> bool:
    """Put the amounts of one indicator and mission in order of time and give each its level.

    Notes two amounts for one date and a target that is over before it begins, and asks about a running total that
    falls and a target on the wrong side of its baseline.
    """
    errors = len(plan.errors)
    amounts.sort(key=lambda each: (each.due_on, each.row))
    for earlier, later in pairwise(amounts):
        if earlier.due_on == later.due_on:
            message = _("Row %(row)s already has a target for %(due)s. Delete one of the two.")
            where = {"row": earlier.row, "due": show_date(later.due_on)}
            _refuse(plan, indicator, key, later, message % where)
    assigned, baseline = known.assignments.get(key), known.baselines.get(key)
    start = start_of(
        known,
        indicator,
        active_from=assigned.active_from if assigned else None,
        baseline_on=baseline.date if baseline else None,
    )
    for each in amounts:
        if each.due_on <= start:
            plan.refuse(
                row=each.row,
                column=each.column,
                value=each.due_on,
                message=say_over_before(each.due_on, start),
            )
    if len(plan.errors) > errors:
        return False
    held = known.targets.get(key, {})
    if indicator.is_flow and not counts_missions(indicator, regional=key[1] is None):
        _add_up(plan, indicator, key, amounts, held)
    else:
        for each in amounts:
            each.level = each.amount
            question = ""
            if baseline and not each.stands(held):
                question = ask_if_backwards(indicator, key, baseline.level, each.level)
            if question:
                _ask(plan, indicator, key, each, question)
    return len(plan.errors) == errors


def _add_up(
    plan: Plan, indicator: Indicator, key: Key, amounts: list[_Given], held: Mapping[date, HeldTarget]
) -> None:
    """Running totals: a yearly amount stands on the level before it, of the sheet or one that holds."""
    by_date = {each.due_on: each for each in amounts}
    level = Decimal(0)
    before: _Given | None = None
    for due_on in sorted({*by_date, *held}):
        each = by_date.get(due_on)
        if each is None:
            kept = held[due_on]
            moved = kept.basis == TargetBasis.PER_YEAR and kept.value != level + (kept.given or 0)
            if before is not None and moved:
                message = _(
                    "The target for %(due)s was given per year and stands on this one. Give every "
                    "year from here on in the same file."
                )
                _refuse(plan, indicator, key, before, message % {"due": show_date(due_on)})
            elif before is not None and kept.value < level and not before.stands(held):
                message = _(
                    "The running total would be %(level)s and fall to %(next)s by %(due)s. Is that right?"
                )
                _ask(plan, indicator, key, before, message % _fall(level, kept.value, due_on))
            level, before = kept.value, None
            continue
        each.level = level + each.amount if each.basis == TargetBasis.PER_YEAR else each.amount
        if each.level < level and not (each.stands(held) and (before is None or before.stands(held))):
            message = _(
                "The running total falls from %(level)s to %(next)s by %(due)s. Is that right? If the amounts "
                "are per year, write per_year in the column basis."
            )
            _ask(plan, indicator, key, each, message % _fall(level, each.level, due_on))
        level, before = each.level, each


def _fall(level: Decimal, following: Decimal, due_on: date) -> dict[str, str]:
    """From where to where a running total falls, and by when, for a message."""
    return {"level": show(level), "next": show(following), "due": show_date(due_on)}


def _refuse(plan: Plan, indicator: Indicator, key: Key, each: _Given, message: str) -> None:
    """Note what is wrong with an amount, in its cell and as its sheet writes it."""
    plan.refuse(
        row=each.row,
        column=each.column,
        value=_on_sheet(indicator, key, each.amount),
        message=message,
    )


def _ask(plan: Plan, indicator: Indicator, key: Key, each: _Given, message: str) -> None:
    """Note what looks wrong about an amount and may be right."""
    plan.ask(row=each.row, column=each.column, value=_on_sheet(indicator, key, each.amount), message=message)


def _on_sheet(indicator: Indicator, key: Key, value: Decimal) -> Decimal | str | None:
    return to_sheet(indicator, value, regional=key[1] is None)


def _compare(
    plan: Plan, known: Known, indicator: Indicator, key: Key, each: _Given, reason: str
) -> dict[str, tuple[Any, Any]]:
    """What is new in one target, in cells named by its date; notes what is to be written."""
    if each.stands(known.targets.get(key, {})):
        return {}
    held = known.targets.get(key, {}).get(each.due_on)
    new = _cells_of(indicator, key, each.level, each.basis, each.amount)
    old = _cells_of(indicator, key, held.value, held.basis, held.given) if held else _NO_TARGET
    plan.writes.rows.append((*key, each.due_on, each.level, each.basis, each.amount, reason))
    if held:
        plan.writes.replaced.append(held.pk)
    due = each.due_on.isoformat()
    return {f"{due}: {name}": (old[name], value) for name, value in new.items() if old[name] != value}


_NO_TARGET: Mapping[str, Any] = {"level": None, "basis": None, "given": None}


def _cells_of(
    indicator: Indicator, key: Key, level: Decimal, basis: str, given: Decimal | None
) -> dict[str, Any]:
    """A target as its sheet writes it; beside the level, the amount that it was given as."""
    return {
        "level": _on_sheet(indicator, key, level),
        "basis": basis,
        "given": None if given is None else _on_sheet(indicator, key, given),
    }


def _outcome_of(cells: Mapping[str, tuple[Any, Any]]) -> Outcome:
    if not cells:
        return Outcome.UNCHANGED
    replaced = any(old is not None for old, _new in cells.values())
    return Outcome.CHANGED if replaced else Outcome.NEW


def apply_targets(*, plan: Plan, batch: ImportBatch, user: "User | None") -> None:
    """Withdraw what is replaced and record the planned targets."""
    record_versions(
        model=Target,
        fields=TARGET_FIELDS,
        rows=plan.writes.rows,
        replaced=plan.writes.replaced,
        batch=batch,
        user=user,
        moment=timezone.now(),
    )
