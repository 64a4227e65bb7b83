"""Loading progress into drafts: rows are laid into the open revision of each report, begun if need be.

It obeys what typing obeys: who may enter, the window and its locks, what is due.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from tracker.access.policies import rights_of
from tracker.batches.models import ImportBatch
from tracker.batches.plans import Plan
from tracker.common.bulk import run, staged
from tracker.framework.choices import IndicatorStatus
from tracker.region.models import Mission

from ..choices import WRITABLE, Origin, RevisionStatus, Transition
from ..models import IndicatorResult, ReportRevision
from ..policies import can_enter
from ..querysets import DUE_BY_QUARTER
from ..wording import say_lock
from .due import read_states
from .entry_context import Bar, EntryContext, ReportKey, Result, ResultRow, Wanted, read_entry_context
from .locks import whom_to_ask
from .overlaps import refuse_overlaps
from .result_rows import compare_result, read_results, settle_barred
from .totals import take_off_earlier

if TYPE_CHECKING:
    from tracker.access.models import User


@dataclass(slots=True)
class _Write:
    """A result to write.

    ``is_new``: the draft says nothing of its indicator yet. ``enters`` is false where only its comment changes,
    ``parts`` where its cells stay as they are.
    """

    report: ReportKey
    indicator_id: int
    after: Result
    is_new: bool
    enters: bool
    parts: bool


def plan_drafts(
    *, rows: Sequence[ResultRow], given: frozenset[str], options: Mapping[str, Any], user: "User"
) -> Plan:
    """Compare a sheet of results with the drafts that it would be laid into."""
    plan = Plan(writes=[])
    context = read_entry_context(options, given=given)
    wanted, barred = _writable(plan, read_results(plan, rows, context), context, user)
    drafts = _read_drafts({each.report for each in [*wanted, *barred]})
    if barred:
        settle_barred(plan, barred, context.read_revisions(barred, drafts), context)
    wanted = take_off_earlier(plan, wanted, context, rights=rights_of(user))
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
            enters = before is None or set(change.cells) != {"comment"}
            parts = after.cells != (before.cells if before else {})
            plan.writes.append(
                _Write(each.report, each.subject.indicator_id, after, before is None, enters, parts)
            )
    return plan


def _read_drafts(reports: Collection[ReportKey]) -> dict[ReportKey, int]:
    """The revisions of these reports that can be written, by report."""
    found = ReportRevision.objects.filter(
        status__in=WRITABLE,
        report__mission__in={mission for mission, _period in reports},
        report__period__in={period for _mission, period in reports},
    ).values_list("report__mission_id", "report__period_id", "pk")
    return {(mission, period): pk for mission, period, pk in found if (mission, period) in reports}


def _writable(
    plan: Plan, wanted: Sequence[Wanted], context: EntryContext, user: "User"
) -> tuple[Sequence[Wanted], Sequence[Wanted]]:
    """The rows of reports that this person writes: those that may be written now, and those that may not.

    Of every other report, which this person may not even read, the first row is an error.
    """
    rights = rights_of(user)
    missions = Mission.objects.in_bulk({each.report[0] for each in wanted})
    periods = {period.pk: period for period in context.periods.values()}
    of_sheet = {each.report[1] for each in wanted}
    states = read_states(
        missions=missions.values(), periods=[period for pk, period in periods.items() if pk in of_sheet]
    )
    whom = whom_to_ask() if any(state.lock for state in states.values()) else ""
    looked_at: set[ReportKey] = set()
    others: set[ReportKey] = set()
    kept: list[Wanted] = []
    barred: list[Wanted] = []
    for each in wanted:
        mission, period = missions[each.report[0]], periods[each.report[1]]
        state = states[each.report]
        if each.report not in looked_at:
            looked_at.add(each.report)
            found = state.revision
            begins_for = rights.is_administrator and (found is None or found.on_behalf)
            if not begins_for and not can_enter(rights, mission=mission, revision=found):
                others.add(each.report)
                plan.refuse(
                    row=each.row.row,
                    column="mission",
                    value=each.row.mission,
                    message=_("Only the people of %(mission)s enter its results. Delete its rows.")
                    % {"mission": mission},
                )
        if each.report in others:
            continue
        code = each.subject.indicator.code
        due = each.subject.indicator.frequency in DUE_BY_QUARTER[period.quarter]
        if state.lock:
            why = say_lock(state.lock, period=period, whom=whom, extended_until=state.extended_until)
            each.bar = Bar("period", each.row.period.written, why, of_report=True)
        elif each.bar is None and (each.subject.indicator.status != IndicatorStatus.ACTIVE or not due):
            message = _("%(code)s is not due in %(period)s. Delete the row.")
            each.bar = Bar("indicator", code, message % {"code": code, "period": period})
        (kept if each.bar is None else barred).append(each)
    return kept, barred


def apply_drafts(*, plan: Plan, batch: ImportBatch, user: "User") -> None:
    """Begin reports that have no draft yet and write the planned results, in a fixed number of statements."""
    if not plan.writes:
        return
    _begin_drafts({write.report for write in plan.writes}, user)
    _write_results(plan.writes, batch, user)


def _begin_drafts(reports: Collection[ReportKey], user: "User") -> None:
    with staged(
        columns={"mission_id": "bigint", "period_id": "bigint"}, rows=sorted(reports), name="reports"
    ) as source:
        run(
            "INSERT INTO tracker_progressreport (mission_id, period_id) "
            f"SELECT mission_id, period_id FROM {source} ON CONFLICT (mission_id, period_id) DO NOTHING"
        )
        run(
            f"""
            WITH begun AS (
                INSERT INTO tracker_reportrevision (report_id, number, status, origin, source, on_behalf,
                                                    created_by_id, withdrawn_reason)
                SELECT p.id, coalesce(max(v.number), 0) + 1, %s, %s, '', p.mission_id <> ALL(%s), %s, ''
                FROM {source} s JOIN tracker_progressreport p USING (mission_id, period_id)
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


_STAGED = {
    "revision_id": "bigint", "indicator_id": "bigint", "value": "numeric", "numerator": "numeric",
    "denominator": "numeric", "not_applicable": "boolean", "comment": "text", "covers": "smallint",
    "version": "integer",
}  # fmt: skip
_STAGED_CELLS = {
    "result_id": "bigint", "cell_id": "bigint", "value": "numeric", "numerator": "numeric",
    "denominator": "numeric",
}  # fmt: skip


def _write_results(writes: Sequence[_Write], batch: ImportBatch, user: "User") -> None:
    """Lay the results over those of the drafts. Who changes a figure has entered it; a comment does not."""
    drafts = _read_drafts({write.report for write in writes})
    # On a conflict the version that comes in only tells whether the figure is entered anew (2) or keeps who
    # entered it (1); the one that is kept goes up by one.
    rows = (
        (
            drafts[write.report], write.indicator_id, after.value, after.numerator, after.denominator,
            after.not_applicable, after.comment, after.covers, 2 if write.enters and not write.is_new else 1,
        )
        for write in writes
        for after in [write.after]
    )  # fmt: skip
    kept = ", ".join(
        f"{name} = CASE WHEN EXCLUDED.version = 2 THEN EXCLUDED.{name} ELSE held.{name} END"
        for name in (
            "origin",
            "batch_id",
            "entered_by_id",
            "entered_at",
            "is_copy",
            "is_carried",
            "held_back",
        )
    )
    names = ", ".join(_STAGED)
    with staged(columns=_STAGED, rows=rows, name="results", joined=False) as source:
        run(
            f"""
            INSERT INTO tracker_indicatorresult AS held ({names}, origin, batch_id, entered_by_id, is_copy,
                                                         held_back)
            SELECT {names}, %s, %s, %s, false, false FROM {source}
            ON CONFLICT (revision_id, indicator_id) DO UPDATE SET
                value = EXCLUDED.value, numerator = EXCLUDED.numerator, denominator = EXCLUDED.denominator,
                not_applicable = EXCLUDED.not_applicable, comment = EXCLUDED.comment,
                covers = EXCLUDED.covers, {kept}, version = held.version + 1
            """,
            [Origin.ENTERED, batch.pk, user.pk],
        )
    if parted := [write for write in writes if write.parts]:
        _write_cells(parted, drafts)


def _write_cells(writes: Sequence[_Write], drafts: Mapping[ReportKey, int]) -> None:
    """Make the cells of these results what was planned."""
    found = IndicatorResult.objects.filter(revision__in={drafts[write.report] for write in writes})
    ids = {
        (revision, indicator): pk
        for revision, indicator, pk in found.values_list("revision_id", "indicator_id", "pk")
    }
    parted = [(ids[drafts[write.report], write.indicator_id], write.after.cells) for write in writes]
    rows = ((result, cell, *amount) for result, cells in parted for cell, amount in cells.items())
    names = ", ".join(_STAGED_CELLS)
    with staged(columns=_STAGED_CELLS, rows=rows, name="cells") as source:
        run(
            f"DELETE FROM tracker_cellvalue c WHERE c.result_id = ANY(%s) AND NOT EXISTS "
            f"(SELECT 1 FROM {source} s WHERE s.result_id = c.result_id AND s.cell_id = c.cell_id)",
            [[result for result, _cells in parted]],
        )
        run(
            f"""
            INSERT INTO tracker_cellvalue AS held ({names}) SELECT {names} FROM {source}
            ON CONFLICT (result_id, cell_id) DO UPDATE SET value = EXCLUDED.value,
                numerator = EXCLUDED.numerator, denominator = EXCLUDED.denominator
            WHERE (held.value, held.numerator, held.denominator)
                IS DISTINCT FROM (EXCLUDED.value, EXCLUDED.numerator, EXCLUDED.denominator)
            """
        )
