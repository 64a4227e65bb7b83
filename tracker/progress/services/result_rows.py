"""Rows of the sheet ``progress``: what each says of an indicator, a mission and a period, and whether it
fits.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tracker.batches.choices import Outcome
from tracker.batches.plans import Change, Plan, says_otherwise
from tracker.common.workbooks.cells import Percent
from tracker.framework.choices import Measure

from ..choices import ValueIs
from ..models import ReportingPeriod
from ..rules import Amount, Entry, Finding, check_entry
from ..wording import say_finding
from .amounts import Names, Written, read_amount, say_no_percentage, to_sheet
from .entry_context import (
    NO_CELLS,
    Bar,
    EntryContext,
    ReportKey,
    Result,
    ResultKey,
    ResultRow,
    Subject,
    Wanted,
)
from .known import HeldAssignment
from .totals import adds_up

RESULT_NAMES = Names("value", "numerator", "denominator", "stage")


def read_results(plan: Plan, rows: Sequence[ResultRow], context: EntryContext) -> list[Wanted]:
    """The rows that are understood; every error of the others is noted."""
    found = []
    subjects = context.subjects
    for row in rows:
        subject = subjects[row.indicator, row.mission]
        wanted = _read_plain(row, subject, context) if subject else None
        if wanted is None:
            wanted = _read_carefully(plan, row, subject, context)
        if wanted is not None:
            found.append(wanted)
    return found


def _read_plain(row: ResultRow, subject: Subject, context: EntryContext) -> Wanted | None:
    """The row where it is plainly right, as nearly all are; None where a second look is needed."""
    number = row.period.number
    report = subject.reports.get(number)
    amount = subject.read_plain(row)
    if report is None or amount is None or row.not_applicable or row.value_is == ValueIs.TO_DATE:
        return None
    cells = NO_CELLS
    if row.more:
        parts = _read_parts(row, amount[0], subject)
        if parts is None:
            return None
        cells = parts
    if subject.rows.setdefault(number, row.row) != row.row:
        return None
    said = Result(*amount, False, row.comment or "", row.period.covers, cells)
    return Wanted(row, subject, report, said, True)


def _read_parts(row: ResultRow, total: Decimal | None, subject: Subject) -> dict[int, Amount] | None:
    """The parts of a number, by cell id, where they plainly fit it."""
    if total is None:
        return None
    cell_of = subject.cell_of
    parts = {}
    for name, number in row.more.items():
        cell = cell_of.get(name)
        if cell is None or number.__class__ is not Decimal:
            return None
        parts[cell] = number
    if not subject.fit_parts(total, parts):
        return None
    return {cell: Amount(number) for cell, number in parts.items()}


def _read_carefully(
    plan: Plan, row: ResultRow, subject: Subject | None, context: EntryContext
) -> Wanted | None:
    """The row, or None after noting everything that is wrong with it."""
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
    if where is None or subject is None or period is None:
        return None
    indicator, mission = subject.indicator, subject.mission_id
    bar = _bar_unassigned(row, context.known.assignments.get((indicator.pk, mission)), period)
    written = Written(row.value, row.numerator, row.denominator, row.stage)
    amount, faults = read_amount(indicator, written, names=RESULT_NAMES, level=False)
    for fault in faults:
        plan.refuse(row=row.row, column=fault.column, value=fault.value, message=fault.message)
    cells = _read_cells(plan, row, subject, context)
    earlier = subject.rows.setdefault(row.period.number, row.row)
    if earlier != row.row:
        plan.refuse(
            row=row.row,
            column="period",
            value=row.period.written,
            message=_("Row %(row)s already has this. Delete one of the two rows.") % {"row": earlier},
        )
    is_to_date = row.value_is == ValueIs.TO_DATE and not amount.is_empty
    if is_to_date and not adds_up(subject.indicator):
        plan.refuse(
            row=row.row,
            column="value_is",
            value=row.value_is,
            message=_(
                "%(code)s is not added up over periods: it stands at what its latest period says, and has no running "
                "total. Write period, or leave this empty."
            )
            % {"code": indicator.code},
        )
    if len(plan.errors) > errors:
        return None
    said = Result(*amount, bool(row.not_applicable), row.comment or "", row.period.covers, cells)
    return Wanted(row, subject, (mission, period.pk), said, fits=False, is_to_date=is_to_date, bar=bar)


def _bar_unassigned(row: ResultRow, assigned: HeldAssignment | None, period: ReportingPeriod) -> Bar | None:
    names = {"mission": row.mission, "code": row.indicator}
    if assigned is None:
        message = _(
            "%(mission)s does not report on %(code)s. Load its assignment first (sheet “assignments” or “baselines”)."
        )
        return Bar("mission", row.mission, message % names)
    if not assigned.covers(period):
        message = _(
            "%(mission)s does not report on %(code)s in this period. Check the dates of the assignment."
        )
        return Bar("period", row.period.written, message % names)
    return None


def settle_barred(
    plan: Plan, barred: Iterable[Wanted], held: Mapping[ResultKey, Result], context: EntryContext
) -> None:
    """Rows that may change nothing: unchanged where they say just what stands there, as what went out does, and
    errors where they say anything else.
    """
    told: set[ReportKey] = set()
    for each in barred:
        before, bar = held.get(each.key), each.bar
        if before is not None and not each.is_to_date and _lay_over(each, before, context) == before:
            key = (each.subject.indicator.code, each.row.mission, each.row.period.written)
            plan.changes.append(Change(each.row.row, Outcome.UNCHANGED, key))
            # Running totals of later rows stand on what is there, as if the file had no such row.
            each.subject.rows.pop(each.row.period.number, None)
        elif bar is not None and not (bar.of_report and each.report in told):
            if bar.of_report:
                told.add(each.report)
            plan.refuse(row=each.row.row, column=bar.column, value=bar.value, message=bar.message)


def _read_cells(plan: Plan, row: ResultRow, subject: Subject, context: EntryContext) -> dict[int, Amount]:
    """The cells that the row fills, by id; a percentage's from its two columns."""
    parts: dict[int, dict[str, Decimal]] = defaultdict(dict)
    code = {"code": subject.indicator.code}
    percentage = subject.indicator.measure == Measure.PERCENTAGE
    for name, number in row.more.items():
        cell, part = context.columns[name]
        title = {"title": context.titles[cell]}
        if isinstance(number, Percent):
            message = say_no_percentage(number)
        elif context.titles[cell] not in subject.cell_of:
            message = _("%(code)s is not broken down by this. Empty the cell.") % code
        elif percentage and part == "value":
            message = _("A percentage’s parts are given by %(title)s:n and %(title)s:d.") % title
        elif part != "value" and not percentage:
            message = _("%(code)s is no percentage. Use the column %(title)s.") % (code | title)
        else:
            parts[cell][part] = number
            continue
        plan.refuse(row=row.row, column=name, value=number, message=message)
    return {cell: Amount(each.get("value"), each.get("n"), each.get("d")) for cell, each in parts.items()}


def compare_result(
    plan: Plan, each: Wanted, before: Result | None, context: EntryContext
) -> tuple[Change, Result] | None:
    """What becomes of a row, and what the result says once the row is laid over it (over ``before``, where there
    is one); None after noting what does not fit.

    The cells of the change stand under the columns of the sheet; one that goes is there as (old, nothing). A row
    that says nothing of what was never said changes nothing.
    """
    row, subject = each.row, each.subject
    key = (subject.indicator.code, row.mission, row.period.written)
    after = each.said if before is None else _lay_over(each, before, context)
    if before is not None and after == before:
        return Change(row.row, Outcome.UNCHANGED, key), after
    # What the row says by itself may be known to fit; what stays of the old beside it is not.
    if not (each.fits and after.cells is each.said.cells):
        entry = Entry(after.amount, after.not_applicable, after.comment, after.cells)
        if findings := check_entry(context.rules(subject.indicator), entry):
            _note_findings(plan, each, after, findings, context)
            return None
    new = _on_sheet(subject, after, context)
    if before is None:
        cells = {name: (None, value) for name, value in new.items()}
        if each.totals:
            _show_totals(cells, each.totals)
        return Change(row.row, Outcome.NEW if cells else Outcome.UNCHANGED, key, cells), after
    old = _on_sheet(subject, before, context)
    for said in (old, new):
        said.setdefault("comment", "")
    if after.covers != before.covers:
        old["covers"], new["covers"] = before.covers, after.covers
    cells = {
        name: (old.get(name), new.get(name)) for name in {**old, **new} if old.get(name) != new.get(name)
    }
    if each.totals:
        _show_totals(cells, each.totals)
    return Change(row.row, Outcome.CHANGED, key, cells), after


def _show_totals(cells: dict[str, Any], totals: Mapping[str, tuple[Decimal, Decimal]]) -> None:
    """Beside the amount of the period, the running total that it was worked out from, and the one before."""
    cells |= {f"{name} to_date": both for name, both in totals.items() if name in cells}


def _lay_over(each: Wanted, before: Result, context: EntryContext) -> Result:
    """What the result says once the row is laid over it.

    An empty cell is not reported, which never erases a value; columns that the file has not stay as they are.
    """
    said = each.said
    comment = before.comment
    if each.row.comment is not None and says_otherwise(comment, said.comment):
        comment = said.comment
    if not said.is_given:
        return replace(before, comment=comment, cells={**before.cells, **said.cells})
    cells = said.cells
    if not said.not_applicable:
        kept = {cell: amount for cell, amount in before.cells.items() if cell not in context.cells_given}
        if kept:
            cells = {**kept, **said.cells}
    return replace(said, comment=comment, cells=cells)


def _note_findings(
    plan: Plan, each: Wanted, after: Result, findings: Iterable[Finding], context: EntryContext
) -> None:
    names = {cell: (title.partition(":")[0], title) for cell, title in context.titles.items()}
    for finding in findings:
        column = "value" if finding.cell is None else context.titles[finding.cell]
        if finding.cell is None and after.numerator is not None:
            column = "numerator"
        if after.not_applicable:
            column = "not_applicable"
        message = say_finding(finding, cells=names if finding.addends else None)
        if each.totals:
            message += " " + _("(Of the amounts of the period, as they follow from the running totals.)")
        plan.refuse(row=each.row.row, column=column, value=None, message=message)


def _on_sheet(subject: Subject, result: Result, context: EntryContext) -> dict[str, Any]:
    """What a result says, under the columns of the sheet; what it does not say is left out."""
    said: dict[str, Any] = {}
    if subject.is_number:
        if result.value is not None:
            said["value"] = result.value
    elif result.value is not None:
        said["stage" if subject.indicator.scale else "value"] = to_sheet(subject.indicator, result.value)
    elif result.numerator is not None:
        said["numerator"], said["denominator"] = result.numerator, result.denominator
    if result.not_applicable:
        said["not_applicable"] = True
    if result.comment:
        said["comment"] = result.comment
    titles = context.titles
    for cell, (value, numerator, denominator) in result.cells.items():
        if numerator is None:
            said[titles[cell]] = value
        else:
            said[f"{titles[cell]}:n"], said[f"{titles[cell]}:d"] = numerator, denominator
    return said
