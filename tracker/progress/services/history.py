"""Loading approved history: an administrator's file makes one approved revision per report.

Its rows are laid over a copy of the last approved revision. It refuses a report that has an open draft, and
never overwrites an approved value without a reason.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.batches.models import ImportBatch
from tracker.batches.plans import Plan
from tracker.common.bulk import run, staged
from tracker.common.formats import show_quarter

from ..choices import Origin, RevisionStatus, Transition
from .entry_context import EntryContext, Result, ResultKey, ResultRow, Wanted, read_entry_context
from .overlaps import refuse_overlaps
from .result_rows import compare_results, overlay, read_results

if TYPE_CHECKING:
    from tracker.access.models import User


def plan_history(
    *, rows: Sequence[ResultRow], given: frozenset[str], options: Mapping[str, Any], user: object
) -> Plan:
    """Compare a sheet of results with the approved ones, report by report."""
    plan = Plan(writes=[])
    if not str(options.get("source", "")).strip():
        plan.refuse(
            row=None,
            column=None,
            value=None,
            message=_("Approved history names the document that it comes from. Give the source."),
        )
    context = read_entry_context(options)
    wanted = read_results(plan, rows, context, given=given)
    held = context.read_approved(wanted, cells=bool(context.cell_columns(given)))
    refuse_overlaps(plan, wanted, context)
    refused_reports: set[tuple[int, int]] = set()
    today = timezone.localdate()
    for each in wanted:
        report = context.reports.get(each.report)
        if context.periods[each.row.period.number].ends_on >= today:
            plan.refuse(
                row=each.row.row,
                column="period",
                value=each.row.period.written,
                message=_("This period is not over yet, so there is no history of it. Delete the row."),
            )
            continue
        if report and report.open_status:
            if each.report not in refused_reports:
                refused_reports.add(each.report)
                plan.refuse(
                    row=each.row.row,
                    column="period",
                    value=each.row.period.written,
                    message=_(
                        "The report of %(mission)s for %(period)s is open (%(status)s). Have it approved "
                        "or dropped first; history is laid over approved reports alone."
                    )
                    % {
                        "mission": each.row.mission,
                        "period": show_quarter(each.row.period.code),
                        "status": RevisionStatus(report.open_status).label,
                    },
                )
            continue
        _compare(plan, each, held, context, reason=str(options.get("reason", "")))
    return plan


def _compare(
    plan: Plan,
    each: Wanted,
    held: Mapping[ResultKey, Result],
    context: EntryContext,
    *,
    reason: str,
) -> None:
    """The outcome of one row against the approved result."""
    before = held.get((each.report, each.indicator.pk))
    after = overlay(plan, each, before, context)
    if after is None:
        return
    change = compare_results(each, before, after, context)
    overwritten = before is not None and before.is_given and set(change.cells) - {"comment"}
    if overwritten and not reason.strip():
        name = next(name for name in change.cells if name != "comment")
        plan.refuse(
            row=each.row.row,
            column=name,
            value=change.cells[name][1],
            message=_(
                "There is an approved value already. Say why it is changed (the reason of the "
                "import), or delete the row."
            ),
        )
        return
    plan.changes.append(change)
    if change.cells:
        plan.writes.append((each, after))


_RESULT = (
    "value", "numerator", "denominator", "not_applicable", "comment", "covers", "origin", "batch_id",
    "entered_by_id", "entered_at", "held_back",
)  # fmt: skip


def apply_history(*, plan: Plan, batch: ImportBatch, user: "User") -> None:
    """Make one approved revision per report that the plan changes, in a fixed number of statements."""
    if not plan.writes:
        return
    pairs = sorted({each.report for each, _after in plan.writes})
    with staged(
        columns={"mission_id": "bigint", "period_id": "bigint"}, rows=pairs, name="reports"
    ) as reports:
        run(
            "INSERT INTO tracker_progressreport (mission_id, period_id) "
            f"SELECT mission_id, period_id FROM {reports} ON CONFLICT (mission_id, period_id) DO NOTHING"
        )
        # Begun as drafts: the database lets nobody write into what is approved.
        run(
            f"""
            INSERT INTO tracker_reportrevision (report_id, number, status, origin, batch_id, source,
                                                narrative, on_behalf, created_by_id, withdrawn_reason)
            SELECT p.id, coalesce(max(v.number), 0) + 1, %s, %s, %s, %s,
                   coalesce((array_agg(v.narrative ORDER BY v.number DESC)
                       FILTER (WHERE v.status = 'approved' AND v.withdrawn_at IS NULL))[1], ''), false, %s, ''
            FROM {reports} s JOIN tracker_progressreport p USING (mission_id, period_id)
            LEFT JOIN tracker_reportrevision v ON v.report_id = p.id GROUP BY p.id
            """,
            [RevisionStatus.DRAFT, Origin.HISTORICAL, batch.pk, batch.source, user.pk],
        )
    _write_results(plan, batch, user)
    run(
        "UPDATE tracker_reportrevision SET status = %s, approved_by_id = %s, "
        "approved_at = statement_timestamp() WHERE batch_id = %s AND status = %s",
        [RevisionStatus.APPROVED, user.pk, batch.pk, RevisionStatus.DRAFT],
    )
    run(
        "INSERT INTO tracker_reviewevent (revision_id, transition, from_status, to_status, comment, "
        "actor_id) "
        "SELECT id, %s, %s, %s, %s, %s FROM tracker_reportrevision WHERE batch_id = %s",
        [
            Transition.LOAD,
            RevisionStatus.DRAFT,
            RevisionStatus.APPROVED,
            str(batch.options.get("reason", "")),
            user.pk,
            batch.pk,
        ],
    )


def _write_results(plan: Plan, batch: ImportBatch, user: "User") -> None:
    """The plan's results with their cells, and copies of every other result of the last approved revision."""
    columns = {
        "mission_id": "bigint", "period_id": "bigint", "indicator_id": "bigint", "value": "numeric",
        "numerator": "numeric", "denominator": "numeric", "not_applicable": "boolean", "comment": "text",
        "covers": "smallint",
    }  # fmt: skip
    rows = (
        (
            *each.report, each.indicator.pk, after.value, after.numerator, after.denominator,
            after.not_applicable, after.comment, after.covers,
        )
        for each, after in plan.writes
    )  # fmt: skip
    with staged(columns=columns, rows=rows, name="results") as source:
        run(
            f"""
            INSERT INTO tracker_indicatorresult (revision_id, indicator_id, value, numerator, denominator,
                not_applicable, comment, covers, origin, batch_id, entered_by_id, is_copy, held_back, version)
            SELECT v.id, s.indicator_id, s.value, s.numerator, s.denominator, s.not_applicable, s.comment,
                   s.covers, %s, %s, %s, false, false, 1
            FROM {source} s JOIN tracker_progressreport p USING (mission_id, period_id)
            JOIN tracker_reportrevision v ON v.report_id = p.id AND v.batch_id = %s
            """,
            [Origin.HISTORICAL, batch.pk, user.pk, batch.pk],
        )
    names = ", ".join(_RESULT)
    copied = ", ".join(f"r.{name}" for name in _RESULT)
    last_approved = """
        SELECT v.id AS new_id, l.id AS old_id FROM tracker_reportrevision v JOIN LATERAL (
            SELECT o.id FROM tracker_reportrevision o
            WHERE o.report_id = v.report_id AND o.status = 'approved' AND o.withdrawn_at IS NULL
                AND o.number < v.number
            ORDER BY o.number DESC LIMIT 1) l ON true
        WHERE v.batch_id = %s
    """
    run(
        f"""
        INSERT INTO tracker_indicatorresult (revision_id, indicator_id, {names}, is_copy, version)
        SELECT c.new_id, r.indicator_id, {copied}, true, 1
        FROM ({last_approved}) c JOIN tracker_indicatorresult r ON r.revision_id = c.old_id
        ON CONFLICT (revision_id, indicator_id) DO NOTHING
        """,
        [batch.pk],
    )
    run(
        f"""
        INSERT INTO tracker_cellvalue (result_id, cell_id, value, numerator, denominator)
        SELECT n.id, k.cell_id, k.value, k.numerator, k.denominator
        FROM ({last_approved}) c JOIN tracker_indicatorresult o ON o.revision_id = c.old_id
        JOIN tracker_indicatorresult n
            ON n.revision_id = c.new_id AND n.indicator_id = o.indicator_id AND n.is_copy
        JOIN tracker_cellvalue k ON k.result_id = o.id
        """,
        [batch.pk],
    )
    cells = {"mission_id": "bigint", "period_id": "bigint", "indicator_id": "bigint", "cell_id": "bigint"}
    cells |= {"value": "numeric", "numerator": "numeric", "denominator": "numeric"}
    cell_rows = (
        (*each.report, each.indicator.pk, cell, amount.value, amount.numerator, amount.denominator)
        for each, after in plan.writes
        for cell, amount in after.cells.items()
    )
    with staged(columns=cells, rows=cell_rows, name="cells") as source:
        run(
            f"""
            INSERT INTO tracker_cellvalue (result_id, cell_id, value, numerator, denominator)
            SELECT r.id, s.cell_id, s.value, s.numerator, s.denominator
            FROM {source} s JOIN tracker_progressreport p USING (mission_id, period_id)
            JOIN tracker_reportrevision v ON v.report_id = p.id AND v.batch_id = %s
            JOIN tracker_indicatorresult r ON r.revision_id = v.id AND r.indicator_id = s.indicator_id
            """,
            [batch.pk],
        )
