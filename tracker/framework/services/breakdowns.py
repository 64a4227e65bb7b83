"""Loading breakdowns and their cells: one row of the sheet per cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tracker.batches.models import ImportBatch
from tracker.batches.plans import Plan, compare, fill_row, refuse_repeats, says_otherwise
from tracker.common.bulk import fetch, run, staged, upsert

from ..models import Breakdown, Cell
from .structure import strategy_for


@dataclass(frozen=True, slots=True)
class BreakdownRow:
    """A row of the sheet ``breakdowns``: one cell, with the breakdown that it is part of."""

    row: int
    code: str
    name: str
    exclusive: bool | None
    cell: str
    cell_name: str
    order: int | None


def plan_breakdowns(
    *, rows: Sequence[BreakdownRow], given: frozenset[str], options: Mapping[str, Any], user: object
) -> Plan:
    """Compare a sheet of breakdowns with the strategy's; cells that are not in it stay."""
    strategy = strategy_for(options)
    plan = Plan(writes={"strategy": strategy.pk, "breakdowns": {}, "cells": []})
    held = {
        (code, cell): {"name": name, "exclusive": exclusive, "cell_name": cell_name, "order": order}
        for code, name, exclusive, cell, cell_name, order in Cell.objects.filter(
            breakdown__strategy=strategy
        ).values_list("breakdown__code", "breakdown__name", "breakdown__exclusive", "code", "name", "order")
    }
    whole = {
        code: (name, exclusive)
        for code, name, exclusive in Breakdown.objects.filter(strategy=strategy).values_list(
            "code", "name", "exclusive"
        )
    }
    in_use = {
        code
        for (code,) in fetch(
            "SELECT b.code FROM tracker_breakdown b WHERE b.strategy_id = %s AND EXISTS (SELECT 1 FROM "
            "tracker_cell c JOIN tracker_cellvalue v ON v.cell_id = c.id WHERE c.breakdown_id = b.id)",
            [strategy.pk],
        )
    }
    rows = refuse_repeats(
        plan=plan,
        rows=rows,
        key=lambda row: (row.code, row.cell),
        column="cell",
        value=lambda row: f"{row.code}: {row.cell}",
    )
    first: dict[str, tuple[int, str, bool]] = {}
    places: dict[str, int] = {}
    for row in rows:
        old = held.get((row.code, row.cell))
        places[row.code] = places.get(row.code, 0) + 1
        exclusive = row.exclusive
        if exclusive is None:
            exclusive = whole[row.code][1] if row.code in whole else True
        new = fill_row(
            row, ["cell_name", "order"], given=given, old=old, defaults={"order": places[row.code]}
        )
        new = {"name": row.name, "exclusive": exclusive, **new}
        if row.code in whole and not says_otherwise(whole[row.code][0], row.name):
            new["name"] = whole[row.code][0]
        number, name, agreed = first.setdefault(row.code, (row.row, row.name, exclusive))
        if (name, agreed) != (row.name, exclusive):
            plan.refuse(
                row=row.row,
                column="name" if name != row.name else "exclusive",
                value=row.name if name != row.name else exclusive,
                message=_("Row %(row)s says otherwise of the same breakdown. Make the two rows agree.")
                % {"row": number},
            )
            continue
        if ":" in row.code or ":" in row.cell:
            plan.refuse(
                row=row.row,
                column="code" if ":" in row.code else "cell",
                value=row.code if ":" in row.code else row.cell,
                message=_(
                    "A code has no colon: it parts breakdown and cell in column headings. Leave it out."
                ),
            )
            continue
        if ";" in row.code:
            plan.refuse(
                row=row.row,
                column="code",
                value=row.code,
                message=_("A code has no semicolon: it parts the breakdowns of an indicator. Leave it out."),
            )
            continue
        if row.code in in_use and whole[row.code][1] != exclusive:
            plan.refuse(
                row=row.row,
                column="exclusive",
                value=exclusive,
                message=_(
                    "Results were broken down by %(code)s already, so how its cells add up stands. "
                    "Make a new breakdown with another code."
                )
                % {"code": row.code},
            )
            continue
        change = compare(row=row.row, key=(row.code, row.cell), new=new, old=old)
        plan.changes.append(change)
        if change.cells:
            plan.writes["breakdowns"][row.code] = (row.code, new["name"], exclusive)
            plan.writes["cells"].append((row.code, row.cell, new["cell_name"], new["order"]))
    return plan


def apply_breakdowns(*, plan: Plan, batch: ImportBatch, user: object) -> None:
    """Write the planned breakdowns and cells."""
    strategy = plan.writes["strategy"]
    upsert(
        model=Breakdown,
        fields=["strategy", "code", "name", "exclusive"],
        unique=["strategy", "code"],
        rows=[(strategy, *values) for values in plan.writes["breakdowns"].values()],
    )
    if not plan.writes["cells"]:
        return
    columns = {"breakdown": "text", "code": "text", "name": "text", "place": "smallint"}
    with staged(columns=columns, rows=plan.writes["cells"]) as source:
        run(
            f'INSERT INTO tracker_cell AS held (breakdown_id, code, name, "order") '
            f"SELECT b.id, s.code, s.name, s.place FROM {source} s "
            f"JOIN tracker_breakdown b ON b.code = s.breakdown AND b.strategy_id = %s "
            f'ON CONFLICT (breakdown_id, code) DO UPDATE SET name = EXCLUDED.name, "order" = '
            f'EXCLUDED."order" '
            f'WHERE (held.name, held."order") IS DISTINCT FROM (EXCLUDED.name, EXCLUDED."order")',
            [strategy],
        )
