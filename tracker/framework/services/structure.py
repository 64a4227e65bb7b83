"""Loading the strategy and its tree: pillars, priorities and areas, objectives."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tracker.batches.kinds import Codes
from tracker.batches.models import ImportBatch
from tracker.batches.plans import Lookup, Plan, compare, fill_row, refuse_repeats
from tracker.batches.row_plans import plan_rows
from tracker.common.bulk import upsert
from tracker.common.errors import Refused

from ..models import Objective, Pillar, StrategicPriority, Strategy


@dataclass(frozen=True, slots=True)
class StrategyRow:
    """A row of the sheet ``strategy``; shares are fractions."""

    row: int
    code: str
    name: str
    starts_on: date
    ends_on: date
    on_track_from: Decimal | None
    at_risk_from: Decimal | None
    maintain_tolerance: Decimal | None
    early_share: Decimal | None
    stale_due_periods: int | None
    half_share: Decimal | None
    small_cell_below: int | None
    source: str | None


@dataclass(frozen=True, slots=True)
class PillarRow:
    """A row of the sheet ``pillars``."""

    row: int
    code: str
    name: str
    order: int | None
    source: str | None


@dataclass(frozen=True, slots=True)
class PriorityRow:
    """A row of the sheet ``priorities``; ``pillar`` is a code."""

    row: int
    code: str
    pillar: str
    kind: str
    title: str
    summary: str | None
    order: int | None
    source: str | None


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    """A row of the sheet ``objectives``; ``priority`` is a code."""

    row: int
    code: str
    priority: str
    title: str
    summary: str | None
    order: int | None
    source: str | None


STRATEGY_DEFAULTS = {
    "on_track_from": Decimal("0.85"),
    "at_risk_from": Decimal("0.60"),
    "maintain_tolerance": Decimal("0.05"),
    "early_share": Decimal("0.10"),
    "stale_due_periods": 2,
    "half_share": Decimal("0.5"),
    "small_cell_below": 11,
}
STRATEGY_FIELDS = ("code", "name", "starts_on", "ends_on", *STRATEGY_DEFAULTS, "source")


def strategy_for(options: Mapping[str, Any]) -> Strategy:
    """The strategy that a file speaks of: the current one, or the one whose code the options give."""
    code = options.get("strategy")
    strategy = Strategy.objects.filter(code=code).first() if code else Strategy.objects.current()
    if strategy is None:
        raise Refused(
            _(
                "There is no current strategy. Load one first: manage.py load_strategy, or the "
                "sheet “strategy”."
            )
        )
    return strategy


def codes_of(model: type[Any]) -> Codes:
    """The codes of a part of the strategy that a file speaks of, in their order."""

    def read(options: Mapping[str, Any]) -> Sequence[str]:
        of_strategy = model.objects.filter(strategy=strategy_for(options))
        return list(of_strategy.order_by("code").values_list("code", flat=True))

    return read


def find_objectives(strategy: int) -> Lookup[int]:
    """The ids of a strategy's objectives by their codes, in the strategy's order."""
    objectives = Objective.objects.filter(strategy=strategy).order_by("priority__order", "order", "code")
    return Lookup(
        dict(objectives.values_list("code", "id")),
        unknown=_("There is no objective with the code “%(code)s”."),
    )


def plan_strategy(
    *, rows: Sequence[StrategyRow], given: frozenset[str], options: Mapping[str, Any], user: object
) -> Plan:
    """Compare a sheet of strategies with what is there; the first one ever becomes the current one."""
    plan = Plan(writes=[])
    held = {each["code"]: each for each in Strategy.objects.values(*STRATEGY_FIELDS, "is_current")}
    any_current = any(each["is_current"] for each in held.values())
    rows = refuse_repeats(
        plan=plan, rows=rows, key=lambda row: row.code, column="code", value=lambda row: row.code
    )
    for row in rows:
        old = held.get(row.code)
        new = fill_row(row, STRATEGY_FIELDS, given=given, old=old, defaults=STRATEGY_DEFAULTS)
        new["is_current"] = old["is_current"] if old else False
        if not any_current:
            new["is_current"] = any_current = True
        if row.ends_on <= row.starts_on:
            plan.refuse(
                row=row.row,
                column="ends_on",
                value=row.ends_on,
                message=_("It ends before it starts. Correct it."),
            )
        elif new["on_track_from"] < new["at_risk_from"]:
            plan.refuse(
                row=row.row,
                column="at_risk_from",
                value=new["at_risk_from"],
                message=_("“At risk” cannot begin above “on track”. Give a smaller share."),
            )
        else:
            change = compare(row=row.row, key=(row.code,), new=new, old=old)
            plan.changes.append(change)
            if change.cells:
                plan.writes.append(new)
    return plan


def apply_strategy(*, plan: Plan, batch: ImportBatch, user: object) -> None:
    """Write the planned strategies."""
    fields = (*STRATEGY_FIELDS, "is_current", "lead_submits", "holds_demonstration")
    kept = {
        code: (leads, demonstration)
        for code, leads, demonstration in Strategy.objects.values_list(
            "code", "lead_submits", "holds_demonstration"
        )
    }
    upsert(
        model=Strategy,
        fields=fields,
        unique=["code"],
        rows=[
            (*(row[name] for name in fields[:-2]), *kept.get(row["code"], (False, False)))
            for row in plan.writes
        ],
    )


def _plan_parts(
    *,
    rows: Sequence[Any],
    names: Sequence[str],
    held: Iterable[Mapping[str, Any]],
    given: frozenset[str],
    strategy: Strategy,
    references: Mapping[str, Lookup[int]] | None = None,
) -> Plan:
    """Compare rows of one level of the tree by code; a row that says no order comes after what there is."""
    there = {(each["code"],): each for each in held}
    after = max((each["order"] for each in there.values()), default=0)
    placed = [
        replace(row, order=after + place) if row.order is None and (row.code,) not in there else row
        for place, row in enumerate(rows, start=1)
    ]
    plan = plan_rows(
        rows=placed,
        names=names,
        key=["code"],
        held=there,
        given=given,
        references=references,
        defaults={"order": 0},
    )
    plan.writes = [{**row, "strategy": strategy.pk} for row in plan.writes]
    return plan


PILLAR_FIELDS = ("code", "name", "order", "source")
PRIORITY_FIELDS = ("code", "pillar", "kind", "title", "summary", "order", "source")
OBJECTIVE_FIELDS = ("code", "priority", "title", "summary", "order", "source")


def plan_pillars(
    *, rows: Sequence[PillarRow], given: frozenset[str], options: Mapping[str, Any], user: object
) -> Plan:
    """Compare a sheet of pillars with the strategy's."""
    strategy = strategy_for(options)
    held = Pillar.objects.filter(strategy=strategy).values(*PILLAR_FIELDS)
    return _plan_parts(rows=rows, names=PILLAR_FIELDS, held=held, given=given, strategy=strategy)


def plan_priorities(
    *, rows: Sequence[PriorityRow], given: frozenset[str], options: Mapping[str, Any], user: object
) -> Plan:
    """Compare a sheet of priorities and areas with the strategy's."""
    strategy = strategy_for(options)
    pillars = dict(Pillar.objects.filter(strategy=strategy).values_list("code", "id"))
    priorities = StrategicPriority.objects.filter(strategy=strategy)
    held = [
        {**each, "pillar": each["pillar__code"]}
        for each in priorities.values(*PRIORITY_FIELDS, "pillar__code")
    ]
    return _plan_parts(
        rows=rows,
        names=PRIORITY_FIELDS,
        references={"pillar": Lookup(pillars, unknown=_("There is no pillar with the code “%(code)s”."))},
        held=held,
        given=given,
        strategy=strategy,
    )


def plan_objectives(
    *, rows: Sequence[ObjectiveRow], given: frozenset[str], options: Mapping[str, Any], user: object
) -> Plan:
    """Compare a sheet of objectives with the strategy's."""
    strategy = strategy_for(options)
    priorities = dict(StrategicPriority.objects.filter(strategy=strategy).values_list("code", "id"))
    known = Lookup(priorities, unknown=_("There is no priority or area with the code “%(code)s”."))
    objectives = Objective.objects.filter(strategy=strategy)
    held = [
        {**each, "priority": each["priority__code"]}
        for each in objectives.values(*OBJECTIVE_FIELDS, "priority__code")
    ]
    return _plan_parts(
        rows=rows,
        names=OBJECTIVE_FIELDS,
        references={"priority": known},
        held=held,
        given=given,
        strategy=strategy,
    )


def _apply_parts(model: type[Any], names: Sequence[str], plan: Plan) -> None:
    fields = ("strategy", *names)
    upsert(
        model=model,
        fields=fields,
        unique=["strategy", "code"],
        rows=[tuple(row[name] for name in fields) for row in plan.writes],
    )


def apply_pillars(*, plan: Plan, batch: ImportBatch, user: object) -> None:
    """Write the planned pillars."""
    _apply_parts(Pillar, PILLAR_FIELDS, plan)


def apply_priorities(*, plan: Plan, batch: ImportBatch, user: object) -> None:
    """Write the planned priorities and areas."""
    _apply_parts(StrategicPriority, PRIORITY_FIELDS, plan)


def apply_objectives(*, plan: Plan, batch: ImportBatch, user: object) -> None:
    """Write the planned objectives."""
    _apply_parts(Objective, OBJECTIVE_FIELDS, plan)
