"""Rows of the sheet ``progress``: what each says of an indicator, a mission and a period, and whether it
fits.
"""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tracker.batches.plans import Change, Plan, compare
from tracker.common.workbooks.cells import Percent
from tracker.framework.choices import Measure
from tracker.framework.models import Indicator

from ..models import ReportingPeriod
from ..rules import Amount, Entry, check_entry
from ..wording import say_finding
from .amounts import Names, Written, read_amount, say_no_percentage, to_sheet
from .entry_context import EntryContext, ReportKey, Result, ResultRow, Wanted
from .known import HeldAssignment

RESULT_NAMES = Names("value", "numerator", "denominator", "stage")


def read_results(
    plan: Plan, rows: Sequence[ResultRow], context: EntryContext, *, given: frozenset[str]
) -> list[Wanted]:
    """The rows that are understood; every error of the others is noted."""
    found = []
    first: dict[tuple[ReportKey, int], int] = {}
    context.given = given
    for row in rows:
        errors = len(plan.errors)
        where = context.known.find(row, plan=plan, region=False)
        period = context.periods.get(row.period.number)
        if period is None:
            plan.refuse(
                row=row.row,
                column="period",
                value=row.period.written,
                message=_("The strategy has no period %(period)s. Correct it, or open the period first.")
                % {"period": row.period.code},
            )
        if where is None or where[1] is None or period is None:
            continue
        indicator, mission = where[0], where[1]
        _refuse_unassigned(plan, row, context.known.assignments.get((indicator.pk, mission)), period)
        if row.value_is is not None and row.value_is.casefold() != "period":
            plan.refuse(
                row=row.row,
                column="value_is",
                value=row.value_is,
                message=_(
                    "Amounts are taken for the period itself. Write period, and the amount of the "
                    "period alone."
                ),
            )
        written = Written(row.value, row.numerator, row.denominator, row.stage)
        amount, faults = read_amount(indicator, written, names=RESULT_NAMES, level=False)
        for fault in faults:
            plan.refuse(row=row.row, column=fault.column, value=fault.value, message=fault.message)
        cells = _read_cells(plan, row, indicator, context)
        key = ((mission, period.pk), indicator.pk)
        earlier = first.setdefault(key, row.row)
        if earlier != row.row:
            plan.refuse(
                row=row.row,
                column="period",
                value=row.period.written,
                message=_("Row %(row)s already has this. Delete one of the two rows.") % {"row": earlier},
            )
        if len(plan.errors) == errors:
            found.append(Wanted(row, indicator, key[0], amount, cells))
    return found


def _refuse_unassigned(
    plan: Plan, row: ResultRow, assigned: HeldAssignment | None, period: ReportingPeriod
) -> None:
    if assigned is None:
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
    elif assigned.active_from > period.ends_on or (assigned.active_to or period.starts_on) < period.starts_on:
        plan.refuse(
            row=row.row,
            column="period",
            value=row.period.written,
            message=_(
                "%(mission)s does not report on %(code)s in this period. Check the dates of the assignment."
            )
            % {"mission": row.mission, "code": row.indicator},
        )


def _read_cells(plan: Plan, row: ResultRow, indicator: Indicator, context: EntryContext) -> dict[int, Amount]:
    """The cells that the row fills, by id; a percentage's from its two columns."""
    parts: dict[int, dict[str, Decimal]] = defaultdict(dict)
    asked = {cell for _exclusive, cells in context.asked.get(indicator.pk, ()) for cell in cells}
    percentage = indicator.measure == Measure.PERCENTAGE
    for name, number in row.more.items():
        title, part = (name[:-2], name[-1]) if name.endswith((":n", ":d")) else (name, "")
        cell = context.cells[title]
        if isinstance(number, Percent):
            message = say_no_percentage(number)
        elif cell not in asked:
            message = _("%(code)s is not broken down by this. Empty the cell.") % {"code": indicator.code}
        elif percentage and not part:
            message = _("A percentage’s parts are given by %(title)s:n and %(title)s:d.") % {"title": title}
        elif part and not percentage:
            message = _("%(code)s is no percentage. Use the column %(title)s.") % {
                "code": indicator.code,
                "title": title,
            }
        else:
            parts[cell][part or "value"] = number
            continue
        plan.refuse(row=row.row, column=name, value=number, message=message)
    return {cell: Amount(each.get("value"), each.get("n"), each.get("d")) for cell, each in parts.items()}


def overlay(plan: Plan, each: Wanted, before: Result | None, context: EntryContext) -> Result | None:
    """What the result says once the row is laid over it, or None after noting what does not fit.

    An empty cell is not reported, which never erases a value; columns that the file has not stay as they are.
    """
    row, before = each.row, before or Result()
    says = row.not_applicable or not each.amount.is_empty
    given = context.given
    columns = {
        context.cells[name.removesuffix(":n").removesuffix(":d")] for name in context.cell_columns(given)
    }
    cells = {cell: amount for cell, amount in before.cells.items() if not says or cell not in columns}
    if row.not_applicable:
        cells = {}
    cells |= each.cells
    after = Result(
        *((each.amount.value, each.amount.numerator, each.amount.denominator) if says else
          (before.value, before.numerator, before.denominator)),
        not_applicable=bool(row.not_applicable) if says else before.not_applicable,
        comment=row.comment if row.comment is not None else before.comment,
        covers=row.period.covers if says else before.covers,
        cells=cells,
    )  # fmt: skip
    entry = Entry(after.amount, after.not_applicable, after.comment, after.cells)
    findings = check_entry(context.rules(each.indicator), entry)
    for finding in findings:
        column = "value" if finding.cell is None else context.titles[finding.cell]
        if finding.cell is None and after.numerator is not None:
            column = "numerator"
        if after.not_applicable:
            column = "not_applicable"
        names = {cell: (title.partition(":")[0], title) for cell, title in context.titles.items()}
        message = say_finding(finding, cells=names if finding.addends else None)
        plan.refuse(row=row.row, column=column, value=None, message=message)
    return None if findings else after


def compare_results(
    each: Wanted, before: Result | None, after: Result, context: EntryContext, *, says_nothing: bool = False
) -> Change:
    """The outcome of one row, under the columns of the sheet; a cell that goes stands there as (old, nothing).

    ``says_nothing``: the row is empty, so there is nothing new even where nothing was.
    """
    new = cells_on_sheet(each.indicator, after, context)
    if says_nothing:
        old: dict[str, Any] | None = new
    elif before is None:
        old = None
    else:
        old = cells_on_sheet(each.indicator, before, context)
        new, old = {**dict.fromkeys(old), **new}, {**dict.fromkeys(new), **old}
    return compare(
        row=each.row.row,
        key=(each.indicator.code, each.row.mission, each.row.period.written),
        new=new,
        old=old,
    )


def cells_on_sheet(indicator: Indicator, result: Result, context: EntryContext) -> dict[str, Any]:
    """A result under the columns of the sheet."""
    value = to_sheet(indicator, result.value)
    words = bool(indicator.scale)
    said: dict[str, Any] = {
        "value": None if words else value,
        "numerator": result.numerator,
        "denominator": result.denominator,
        "stage": value if words else None,
        "not_applicable": result.not_applicable or None,
        "comment": result.comment,
        "covers": result.covers,
    }
    for cell, amount in result.cells.items():
        title = context.titles[cell]
        if amount.numerator is None and amount.denominator is None:
            said[title] = amount.value
        else:
            said[f"{title}:n"], said[f"{title}:d"] = amount.numerator, amount.denominator
    return said
