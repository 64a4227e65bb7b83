"""Loading progress into drafts: rows are laid into the open revision of each report, begun if need be.

It obeys what typing obeys: who may enter, the window and its locks, what is due.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from tracker.access.policies import rights_of
from tracker.batches.models import ImportBatch
from tracker.batches.plans import Plan
from tracker.common.bulk import fetch, run, staged
from tracker.framework.choices import IndicatorStatus
from tracker.region.models import Mission

from ..choices import Origin, RevisionStatus, Transition
from ..models import ReportRevision
from ..policies import can_enter
from ..querysets import DUE_BY_QUARTER
from ..wording import say_lock
from .entry_context import EntryContext, ReportKey, Result, ResultRow, Wanted, read_entry_context
from .locks import lock_on
from .overlaps import refuse_overlaps
from .result_rows import compare_result, read_results

if TYPE_CHECKING:
    from tracker.access.models import User


@dataclass(frozen=True, slots=True)
class _Write:
    """A result to write.

    ``enters`` is false where only its comment changes, ``parts`` where its cells stay as they are.
    """

    wanted: Wanted
    after: Result
    enters: bool
    parts: bool


def plan_drafts(
    *, rows: Sequence[ResultRow], given: frozenset[str], options: Mapping[str, Any], user: "User"
) -> Plan:
    """Compare a sheet of results with the drafts that it would be laid into."""
    plan = Plan(writes=[])
    context = read_entry_context(options, given=given)
    wanted = _writable(plan, read_results(plan, rows, context), context, user)
    drafts = {
        (mission, period): revision
        for mission, period, revision in fetch(
            "SELECT p.mission_id, p.period_id, v.id FROM tracker_reportrevision v "
            "JOIN tracker_progressreport p ON p.id = v.report_id WHERE v.status = ANY(%s)",
            [[RevisionStatus.DRAFT.value, RevisionStatus.RETURNED.value]],
        )
    }
    held = context.read_revisions(wanted, drafts)
    refuse_overlaps(plan, wanted)
    for each in wanted:
        before = held.get(each.key) if held else None
        outcome = compare_result(plan, each, before, context)
        if outcome is None:
            continue
        change, after = outcome
        plan.changes.append(change)
        if change.cells:
            plan.writes.append(
                _Write(
                    each,
                    after,
                    enters=before is None or set(change.cells) != {"comment"},
                    parts=after.cells != (before.cells if before else {}),
                )
            )
    return plan


def _writable(plan: Plan, wanted: Sequence[Wanted], context: EntryContext, user: "User") -> list[Wanted]:
    """The rows whose reports this person may write now; of each other report its first row is an error."""
    rights = rights_of(user)
    missions = Mission.objects.in_bulk({each.report[0] for each in wanted})
    periods = {period.pk: period for period in context.periods.values()}
    latest: dict[ReportKey, ReportRevision] = {}
    for revision in (
        ReportRevision.objects.exclude(status=RevisionStatus.DROPPED)
        .filter(report__mission__in=missions, report__period__in={each.report[1] for each in wanted})
        .select_related("report")
        .order_by("number")
    ):
        latest[revision.report.mission_id, revision.report.period_id] = revision
    verdicts: dict[ReportKey, tuple[str, str] | None] = {}
    kept = []
    for each in wanted:
        mission, period = missions[each.report[0]], periods[each.report[1]]
        if each.report not in verdicts:
            found = latest.get(each.report)
            verdict = None
            begins_for = rights.is_administrator and (found is None or found.on_behalf)
            if not begins_for and not can_enter(rights, mission=mission, revision=found):
                verdict = (
                    "mission",
                    _("Only the people of %(mission)s enter its results. Delete its rows.")
                    % {"mission": mission},
                )
            elif lock := lock_on(mission=mission, period=period, revision=found):
                verdict = ("period", say_lock(lock, period=period))
            verdicts[each.report] = verdict
            if verdict is not None:
                column, message = verdict
                plan.refuse(row=each.row.row, column=column, value=getattr(each.row, column), message=message)
        due = each.subject.indicator.frequency in DUE_BY_QUARTER[period.quarter]
        if verdicts[each.report] is not None:
            continue
        if each.subject.indicator.status != IndicatorStatus.ACTIVE or not due:
            plan.refuse(
                row=each.row.row,
                column="indicator",
                value=each.subject.indicator.code,
                message=_("%(code)s is not due in %(period)s. Delete the row.")
                % {"code": each.subject.indicator.code, "period": period},
            )
            continue
        kept.append(each)
    return kept


def apply_drafts(*, plan: Plan, batch: ImportBatch, user: "User") -> None:
    """Begin reports that have no draft yet and write the planned results, in a fixed number of statements."""
    if not plan.writes:
        return
    pairs = sorted({write.wanted.report for write in plan.writes})
    with staged(
        columns={"mission_id": "bigint", "period_id": "bigint"}, rows=pairs, name="reports"
    ) as reports:
        run(
            "INSERT INTO tracker_progressreport (mission_id, period_id) "
            f"SELECT mission_id, period_id FROM {reports} ON CONFLICT (mission_id, period_id) DO NOTHING"
        )
        run(
            f"""
            WITH begun AS (
                INSERT INTO tracker_reportrevision (report_id, number, status, origin, source, narrative,
                                                    on_behalf, created_by_id, withdrawn_reason)
                SELECT p.id, coalesce(max(v.number), 0) + 1, %s, %s, '', '', p.mission_id <> ALL(%s), %s, ''
                FROM {reports} s JOIN tracker_progressreport p USING (mission_id, period_id)
                LEFT JOIN tracker_reportrevision v ON v.report_id = p.id
                GROUP BY p.id, p.mission_id HAVING count(*) FILTER (WHERE v.status <> %s) = 0
                RETURNING id
            )
            INSERT INTO tracker_reviewevent (revision_id, transition, from_status, to_status,
                                             comment, actor_id)
            SELECT id, %s, '', %s, '', %s FROM begun
            """,
            [
                RevisionStatus.DRAFT,
                Origin.ENTERED,
                list(rights_of(user).missions),
                user.pk,
                RevisionStatus.DROPPED,
                Transition.START,
                RevisionStatus.DRAFT,
                user.pk,
            ],
        )
    _write_results(plan.writes, batch, user)


def _write_results(writes: Sequence[_Write], batch: ImportBatch, user: "User") -> None:
    """Lay the results over those of the drafts. Who changes a figure has entered it; a comment does not."""
    columns = {
        "mission_id": "bigint", "period_id": "bigint", "indicator_id": "bigint", "value": "numeric",
        "numerator": "numeric", "denominator": "numeric", "not_applicable": "boolean", "comment": "text",
        "covers": "smallint", "enters": "boolean",
    }  # fmt: skip
    rows = (
        (
            *write.wanted.report, write.wanted.subject.indicator_id, write.after.value, write.after.numerator,
            write.after.denominator, write.after.not_applicable, write.after.comment, write.after.covers,
            write.enters,
        )
        for write in writes
    )  # fmt: skip
    cells = {"result_id": "bigint", "cell_id": "bigint"}
    cells |= {"value": "numeric", "numerator": "numeric", "denominator": "numeric"}
    to_draft = (
        "JOIN tracker_progressreport p USING (mission_id, period_id) "
        "JOIN tracker_reportrevision v ON v.report_id = p.id AND v.status IN ('draft', 'returned')"
    )
    kept = ", ".join(
        f"{name} = CASE WHEN EXCLUDED.version = 2 THEN EXCLUDED.{name} ELSE held.{name} END"
        for name in ("origin", "batch_id", "entered_by_id", "entered_at", "is_copy", "held_back")
    )
    with staged(columns=columns, rows=rows, name="results") as source:
        # On a conflict the version that comes in only tells whether the figure is entered anew (2) or keeps
        # who entered it (1); the one that is kept goes up by one.
        run(
            f"""
            INSERT INTO tracker_indicatorresult AS held (revision_id, indicator_id, value, numerator,
                denominator, not_applicable, comment, covers, origin, batch_id, entered_by_id, is_copy,
                held_back, version)
            SELECT v.id, s.indicator_id, s.value, s.numerator, s.denominator, s.not_applicable, s.comment,
                   s.covers, %s, %s, %s, false, false,
                   CASE WHEN s.enters AND r.id IS NOT NULL THEN 2 ELSE 1 END
            FROM {source} s {to_draft}
            LEFT JOIN tracker_indicatorresult r ON r.revision_id = v.id AND r.indicator_id = s.indicator_id
            ON CONFLICT (revision_id, indicator_id) DO UPDATE SET
                value = EXCLUDED.value, numerator = EXCLUDED.numerator, denominator = EXCLUDED.denominator,
                not_applicable = EXCLUDED.not_applicable, comment = EXCLUDED.comment,
                covers = EXCLUDED.covers, {kept}, version = held.version + 1
            """,
            [Origin.ENTERED, batch.pk, user.pk],
        )
        ids = {
            (mission, period, indicator): pk
            for mission, period, indicator, pk in fetch(
                f"SELECT s.mission_id, s.period_id, s.indicator_id, r.id FROM {source} s {to_draft} "
                "JOIN tracker_indicatorresult r ON r.revision_id = v.id AND r.indicator_id = s.indicator_id"
            )
        }
    parted = [
        (ids[(*w.wanted.report, w.wanted.subject.indicator_id)], w.after.cells) for w in writes if w.parts
    ]
    cell_rows = (
        (result, cell, amount.value, amount.numerator, amount.denominator)
        for result, parts in parted
        for cell, amount in parts.items()
    )
    with staged(columns=cells, rows=cell_rows, name="cells") as source:
        run(
            f"DELETE FROM tracker_cellvalue c WHERE c.result_id = ANY(%s) AND NOT EXISTS "
            f"(SELECT 1 FROM {source} s WHERE s.result_id = c.result_id AND s.cell_id = c.cell_id)",
            [[result for result, _parts in parted]],
        )
        run(
            f"""
            INSERT INTO tracker_cellvalue AS held (result_id, cell_id, value, numerator, denominator)
            SELECT result_id, cell_id, value, numerator, denominator FROM {source}
            ON CONFLICT (result_id, cell_id) DO UPDATE SET value = EXCLUDED.value,
                numerator = EXCLUDED.numerator, denominator = EXCLUDED.denominator
            WHERE (held.value, held.numerator, held.denominator)
                IS DISTINCT FROM (EXCLUDED.value, EXCLUDED.numerator, EXCLUDED.denominator)
            """
        )
