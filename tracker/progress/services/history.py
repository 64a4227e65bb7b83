"""Loading approved history: an administrator's file makes one approved revision per report.

Its rows are laid over a copy of the last approved revision. It refuses a report that has an open draft, and
never overwrites an approved value without a reason.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.batches.models import ImportBatch
from tracker.batches.plans import Change, Plan
from tracker.common.bulk import add, check_references, draw_ids, fetch, run, staged
from tracker.common.formats import show_quarter

from ..choices import Origin, RevisionStatus, Transition
from ..models import CellValue, IndicatorResult
from .copying import copy_parts
from .entry_context import Bar, EntryContext, ReportKey, Result, ResultRow, Wanted, read_entry_context
from .overlaps import refuse_overlaps
from .result_rows import compare_result, read_results, settle_barred
from .totals import take_off_earlier

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
    context = read_entry_context(options, given=given)
    wanted, barred = _bar_reports(read_results(plan, rows, context), context)
    if barred:
        settle_barred(plan, barred, context.read_counting(barred), context)
    wanted = take_off_earlier(plan, wanted, context, rights=None)
    held = context.read_counting(wanted)
    refuse_overlaps(plan, wanted)
    reason = str(options.get("reason", "")).strip()
    for each in wanted:
        before = held.get(each.key) if held else None
        outcome = compare_result(plan, each, before, context)
        if outcome is None:
            continue
        change, after = outcome
        if before is not None and not reason and _refuse_overwriting(plan, before, change):
            continue
        plan.changes.append(change)
        if change.cells:
            plan.writes.append((each.report, each.subject.indicator_id, after))
    return plan


def _bar_reports(
    wanted: Sequence[Wanted], context: EntryContext
) -> tuple[Sequence[Wanted], Sequence[Wanted]]:
    """The rows that may change something, and those that may not: of reports that are open, or whose period is not
    over, or that the mission is not asked for.
    """
    today = timezone.localdate()
    under_way = {period.pk for period in context.periods.values() if period.ends_on >= today}
    open_reports = {key: held.open_status for key, held in context.reports.items() if held.open_status}
    if not any(each.bar or each.report in open_reports or each.report[1] in under_way for each in wanted):
        return wanted, []
    kept: list[Wanted] = []
    barred: list[Wanted] = []
    for each in wanted:
        if each.bar is None and each.report[1] in under_way:
            message = _("This period is not over yet, so there is no history of it. Delete the row.")
            each.bar = Bar("period", each.row.period.written, message)
        elif each.bar is None and each.report in open_reports:
            message = _(
                "The report of %(mission)s for %(period)s is open (%(status)s). Have it approved or dropped "
                "first; history is laid over approved reports alone."
            ) % {
                "mission": each.row.mission,
                "period": show_quarter(each.row.period.code),
                "status": RevisionStatus(open_reports[each.report]).label,
            }
            each.bar = Bar("period", each.row.period.written, message, of_report=True)
        (kept if each.bar is None else barred).append(each)
    return kept, barred


def _refuse_overwriting(plan: Plan, before: Result, change: Change) -> bool:
    """Whether the row changes what is approved, which takes a reason; notes the error."""
    name = next((name for name in change.cells if name != "comment"), None)
    if name is None or not before.is_given:
        return False
    plan.refuse(
        row=change.row,
        column=name,
        value=change.cells[name][1],
        message=_(
            "There is an approved value already. Say why it is changed (the reason of the import), or "
            "delete the row."
        ),
    )
    return True


# -- Writing ------------------------------------------------------------------------------------------
_RESULT = (
    "value", "numerator", "denominator", "not_applicable", "comment", "covers", "origin", "batch_id",
    "entered_by_id", "entered_at", "held_back",
)  # fmt: skip


def apply_history(*, plan: Plan, batch: ImportBatch, user: "User") -> None:
    """Make one approved revision per report that the plan changes, in a fixed number of statements."""
    writes: list[tuple[ReportKey, int, Result]] = plan.writes
    if not writes:
        return
    revisions = _begin_revisions({report for report, _indicator, _after in writes}, batch, user)
    _write_results(writes, revisions, batch, user)
    _copy_the_rest(batch)
    # References are looked up now and not at the end, since every later statement that sets a point to go back
    # to (each update of a revision does) would walk through all that wait.
    check_references()
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


def _begin_revisions(reports: Iterable[ReportKey], batch: ImportBatch, user: "User") -> dict[ReportKey, int]:
    """The next revision of each report, begun as a draft: the database lets nobody write into what is approved."""
    with staged(
        columns={"mission_id": "bigint", "period_id": "bigint"}, rows=sorted(reports), name="reports"
    ) as source:
        run(
            "INSERT INTO tracker_progressreport (mission_id, period_id) "
            f"SELECT mission_id, period_id FROM {source} ON CONFLICT (mission_id, period_id) DO NOTHING"
        )
        run(
            f"""
            INSERT INTO tracker_reportrevision (report_id, number, status, origin, batch_id, source,
                                                on_behalf, created_by_id, withdrawn_reason)
            SELECT p.id, coalesce(max(v.number), 0) + 1, %s, %s, %s, %s, false, %s, ''
            FROM {source} s JOIN tracker_progressreport p USING (mission_id, period_id)
            LEFT JOIN tracker_reportrevision v ON v.report_id = p.id GROUP BY p.id
            """,
            [RevisionStatus.DRAFT, Origin.HISTORICAL, batch.pk, batch.source, user.pk],
        )
    begun = fetch(
        "SELECT p.mission_id, p.period_id, v.id FROM tracker_reportrevision v "
        "JOIN tracker_progressreport p ON p.id = v.report_id WHERE v.batch_id = %s",
        [batch.pk],
    )
    return {(mission, period): revision for mission, period, revision in begun}


def _write_results(
    writes: Sequence[tuple[ReportKey, int, Result]],
    revisions: Mapping[ReportKey, int],
    batch: ImportBatch,
    user: "User",
) -> None:
    """The planned results with their cells. Their ids are drawn first, so that nothing has to be looked up."""
    ids = draw_ids(IndicatorResult, len(writes))
    same = Origin.HISTORICAL, batch.pk, user.pk, False, False, 1
    add(
        model=IndicatorResult,
        columns=(
            "id", "revision_id", "indicator_id", "value", "numerator", "denominator", "not_applicable", "comment",
            "covers", "origin", "batch_id", "entered_by_id", "is_copy", "held_back", "version",
        ),
        rows=(
            (
                pk, revisions[report], indicator, after.value, after.numerator, after.denominator,
                after.not_applicable, after.comment, after.covers, *same,
            )
            for pk, (report, indicator, after) in zip(ids, writes, strict=True)
        ),
    )  # fmt: skip
    if not any(after.cells for _report, _indicator, after in writes):
        return
    add(
        model=CellValue,
        columns=("result_id", "cell_id", "value", "numerator", "denominator"),
        rows=(
            (pk, cell, *amount)
            for pk, (_report, _indicator, after) in zip(ids, writes, strict=True)
            for cell, amount in after.cells.items()
        ),
    )


def _copy_the_rest(batch: ImportBatch) -> None:
    """Copies of every other result of the last approved revisions, cells and all, and of their other parts."""
    last_approved = fetch(
        """
        SELECT v.id, l.id FROM tracker_reportrevision v JOIN LATERAL (
            SELECT o.id FROM tracker_reportrevision o
            WHERE o.report_id = v.report_id AND o.status = 'approved' AND o.withdrawn_at IS NULL
                AND o.number < v.number
            ORDER BY o.number DESC LIMIT 1) l ON true
        WHERE v.batch_id = %s
        """,
        [batch.pk],
    )
    if not last_approved:
        return
    names = ", ".join(_RESULT)
    copied = ", ".join(f"r.{name}" for name in _RESULT)
    with staged(
        columns={"new_id": "bigint", "old_id": "bigint"}, rows=last_approved, name="approved"
    ) as pairs:
        run(
            f"""
            INSERT INTO tracker_indicatorresult (revision_id, indicator_id, {names}, is_copy, version)
            SELECT c.new_id, r.indicator_id, {copied}, true, 1
            FROM {pairs} c JOIN tracker_indicatorresult r ON r.revision_id = c.old_id
            ON CONFLICT (revision_id, indicator_id) DO NOTHING
            """
        )
        run(
            f"""
            INSERT INTO tracker_cellvalue (result_id, cell_id, value, numerator, denominator)
            SELECT n.id, k.cell_id, k.value, k.numerator, k.denominator
            FROM {pairs} c JOIN tracker_indicatorresult o ON o.revision_id = c.old_id
            JOIN tracker_indicatorresult n
                ON n.revision_id = c.new_id AND n.indicator_id = o.indicator_id AND n.is_copy
            JOIN tracker_cellvalue k ON k.result_id = o.id
            """
        )
        copy_parts(pairs)
