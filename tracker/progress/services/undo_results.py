"""Taking back a file of results: approved history, which is withdrawn, or drafts, which are restored.

A revision approved before the withdrawn one counts again by itself.
"""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.batches.choices import BatchStatus
from tracker.batches.models import ImportBatch
from tracker.batches.services.restoring import Restoration, Touched, name_by_itself, read_people
from tracker.batches.undos import Conflict, Undo, UndoPlan
from tracker.common.bulk import fetch, quote, run

from ..choices import OPEN, RevisionStatus, Transition
from ..models import CellValue, IndicatorResult, ReportRevision
from .copying import holds_no_parts
from .undo_plans import say_reason

if TYPE_CHECKING:
    from tracker.access.models import User


# -- Approved history ----------------------------------------------------------------------------------
def _plan_history(batch: ImportBatch) -> UndoPlan:
    """How many results would stop to count, and which reports went on since."""
    [(results,)] = fetch(
        "SELECT count(*) FROM tracker_indicatorresult r JOIN tracker_reportrevision v ON v.id = r.revision_id "
        "WHERE v.batch_id = %s AND v.withdrawn_at IS NULL AND NOT r.is_copy",
        [batch.pk],
    )
    rows = fetch(
        """
        SELECT m.code, p.code, l.status,
               coalesce(l.approved_by_id, l.submitted_by_id, l.created_by_id),
               coalesce(l.approved_at, l.submitted_at, l.created_at)
          FROM tracker_reportrevision v
          JOIN tracker_progressreport q ON q.id = v.report_id
          JOIN tracker_mission m ON m.id = q.mission_id JOIN tracker_reportingperiod p ON p.id = q.period_id
          JOIN LATERAL (
              SELECT o.* FROM tracker_reportrevision o
               WHERE o.report_id = v.report_id AND o.number > v.number
                 AND (o.status = ANY(%s) OR (o.status = 'approved' AND o.withdrawn_at IS NULL))
               ORDER BY o.number DESC LIMIT 1
          ) l ON true
         WHERE v.batch_id = %s AND v.withdrawn_at IS NULL
         ORDER BY 1, p.number
        """,
        [[status.value for status in OPEN], batch.pk],
    )
    people = read_people(person for *_key, person, _at in rows)
    conflicts = [
        Conflict(
            what=f"{mission} / {period}",
            why=_("a later revision is there since (%(status)s)")
            % {"status": RevisionStatus(status).label.lower()},
            by=people.get(person or 0, ""),
            at=at,
        )
        for mission, period, status, person, at in rows
    ]
    return UndoPlan(withdrawn=results, conflicts=conflicts)


def _apply_history(batch: ImportBatch, user: "User", reason: str) -> None:
    """Withdraw the file's revisions; those approved before count again."""
    said = say_reason(batch, reason)
    moment = timezone.now()
    run(
        "UPDATE tracker_reportrevision SET withdrawn_at = %s, withdrawn_by_id = %s, withdrawn_reason = %s "
        "WHERE batch_id = %s AND status = %s AND withdrawn_at IS NULL",
        [moment, user.pk, said, batch.pk, RevisionStatus.APPROVED],
    )
    run(
        "INSERT INTO tracker_reviewevent (revision_id, transition, from_status, to_status, comment, actor_id) "
        "SELECT id, %s, status, status, %s, %s FROM tracker_reportrevision "
        "WHERE batch_id = %s AND withdrawn_at = %s",
        [Transition.WITHDRAW, said, user.pk, batch.pk, moment],
    )


HISTORY = Undo(plan=_plan_history, apply=_apply_history)


# -- Drafts --------------------------------------------------------------------------------------------
def _name_results(model: type[Model], ids: Collection[int]) -> dict[int, str]:
    """How people know a result or a cell of it: indicator, mission, period."""
    if model is ReportRevision or not ids:
        return name_by_itself(model, ids)
    cell = "c.result_id" if model is CellValue else "c.id"
    rows = fetch(
        f"SELECT c.id, i.code, m.code, p.code FROM {quote(model._meta.db_table)} c "
        f"JOIN tracker_indicatorresult r ON r.id = {cell} JOIN tracker_indicator i ON i.id = r.indicator_id "
        "JOIN tracker_reportrevision v ON v.id = r.revision_id "
        "JOIN tracker_progressreport q ON q.id = v.report_id "
        "JOIN tracker_mission m ON m.id = q.mission_id JOIN tracker_reportingperiod p ON p.id = q.period_id "
        "WHERE c.id = ANY(%s)",
        [list(ids)],
    )
    return {pk: f"{indicator} / {mission} / {period}" for pk, indicator, mission, period in rows}


def _closed_since(touched: Sequence[Touched]) -> list[Conflict]:
    """Reports that were submitted, or went further, since the file was laid into their drafts."""
    results = touched[0]
    rows = fetch(
        f"""
        SELECT DISTINCT m.code, p.code, p.number, v.status,
               coalesce(v.approved_by_id, v.submitted_by_id), coalesce(v.approved_at, v.submitted_at)
          FROM {results.name} u JOIN tracker_indicatorresult r ON r.id = u.id
          JOIN tracker_reportrevision v ON v.id = r.revision_id
          JOIN tracker_progressreport q ON q.id = v.report_id
          JOIN tracker_mission m ON m.id = q.mission_id JOIN tracker_reportingperiod p ON p.id = q.period_id
         WHERE v.status NOT IN ('draft', 'returned')
         ORDER BY 1, 3
        """
    )
    people = read_people(person for *_key, person, _at in rows)
    return [
        Conflict(
            what=f"{mission} / {period}",
            why=_("the report is not a draft any more (%(status)s)")
            % {"status": RevisionStatus(status).label.lower()},
            by=people.get(person or 0, ""),
            at=at,
        )
        for mission, period, _number, status, person, at in rows
    ]


_RESULTS = Restoration(
    tables=(IndicatorResult, CellValue),
    counters=("version",),
    name_rows=_name_results,
    more_conflicts=_closed_since,
)


def _apply_drafts(batch: ImportBatch, user: "User", reason: str) -> None:
    """Restore the results, and give up the drafts that they lay in, that a file began, this one or one undone
    before, and that hold nothing else.

    A draft in which something was typed since stays, with what was typed. A begun one is dropped, not
    deleted: its life is on record, and the mission begins another.
    """
    with _RESULTS.touched(batch) as [results, _cells]:
        lay_in = fetch(
            f"SELECT DISTINCT e.revision_id FROM {results.name} u JOIN {results.events} e ON e.pgh_id = u.last"
        )
    _RESULTS.apply(batch, user, reason)
    dropped = fetch(
        f"""
        UPDATE tracker_reportrevision v SET status = %s
         WHERE v.id = ANY(%s) AND v.status = %s AND {holds_no_parts("v.id")}
           AND NOT EXISTS (SELECT 1 FROM tracker_indicatorresult r WHERE r.revision_id = v.id)
           AND EXISTS (
               SELECT 1 FROM tracker_reportrevisionevent e
                 JOIN tracker_importbatch b ON b.id = (e.pgh_context ->> 'batch')::bigint
                WHERE e.pgh_obj_id = v.id AND e.pgh_label = 'insert' AND (b.id = %s OR b.status = %s)
           )
        RETURNING v.id
        """,
        [
            RevisionStatus.DROPPED,
            [pk for (pk,) in lay_in],
            RevisionStatus.DRAFT,
            batch.pk,
            BatchStatus.UNDONE,
        ],
    )
    run(
        "INSERT INTO tracker_reviewevent (revision_id, transition, from_status, to_status, comment, actor_id) "
        "SELECT unnest(%s::bigint[]), %s, %s, %s, %s, %s",
        [
            [pk for (pk,) in dropped],
            Transition.DROP,
            RevisionStatus.DRAFT,
            RevisionStatus.DROPPED,
            say_reason(batch, reason),
            user.pk,
        ],
    )


DRAFTS = Undo(plan=_RESULTS.plan, apply=_apply_drafts)
