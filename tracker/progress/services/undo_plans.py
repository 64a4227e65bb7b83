"""Taking back a file of plans: assignments, baselines, targets.

What has counted is never deleted: the file's versions are withdrawn, and those that it had replaced are recorded
anew, so that what was known on a past date stays.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.batches.models import ImportBatch
from tracker.batches.services.restoring import (
    Restoration,
    Touched,
    read_people,
)
from tracker.batches.undos import Conflict, Undo, UndoPlan
from tracker.common.bulk import columns_of, fetch, quote, run
from tracker.common.formats import show_date

from ..models import Baseline, IndicatorAssignment, Target
from .baselines import BASELINE_FIELDS
from .known import REGION
from .plans import ASSIGNMENT_FIELDS
from .targets import TARGET_FIELDS

if TYPE_CHECKING:
    from tracker.access.models import User

_LONGEST_REASON = 500


def say_reason(batch: ImportBatch, reason: str) -> str:
    """Why something is withdrawn or recorded anew."""
    said = _("Undo of import no. %(number)s (%(file)s): %(reason)s") % {
        "number": batch.pk,
        "file": batch.filename,
        "reason": reason,
    }
    return said[:_LONGEST_REASON]


# -- Plans, kept as versions ---------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class _Versions:
    """A table of versions: one holds for each ``key``."""

    model: type[Model]
    fields: tuple[str, ...]
    key: tuple[str, ...] = ("indicator", "mission")

    @property
    def table(self) -> str:
        return quote(self.model._meta.db_table)

    @property
    def columns(self) -> str:
        return ", ".join(map(quote, columns_of(self.model, self.fields)))

    def same_key(self, one: str, other: str) -> str:
        """SQL: two rows have the same key. A mission that is null is the region."""
        columns = map(quote, columns_of(self.model, self.key))
        return " AND ".join(f"{one}.{name} IS NOT DISTINCT FROM {other}.{name}" for name in columns)


_TABLES = (
    _Versions(IndicatorAssignment, ASSIGNMENT_FIELDS),
    _Versions(Baseline, BASELINE_FIELDS),
    _Versions(Target, TARGET_FIELDS, key=("indicator", "mission", "due_on")),
)

# History tells which versions a file recorded (it inserted them) and which it replaced (it withdrew them).
_HISTORY = Restoration(tables=tuple(versions.model for versions in _TABLES))


def _plan_versions(batch: ImportBatch) -> UndoPlan:
    """What would stop to hold, what would hold again, and what came after the file."""
    plan = UndoPlan()
    with _HISTORY.touched(batch) as touched:
        for versions, each in zip(_TABLES, touched, strict=True):
            fates = dict(fetch(f"SELECT fate, count(*) FROM {each.name} GROUP BY fate"))
            plan.withdrawn += fates.get("delete", 0)
            plan.restored += fates.get("restore", 0)
            plan.conflicts += _replaced_since(batch, versions, each)
        assignments, baselines, _targets = touched
        plan.conflicts += _reported_since(batch, assignments)
        plan.conflicts += _planned_since(batch, assignments)
        plan.conflicts += _over_before(batch, assignments, day="active_from", flows=True)
        plan.conflicts += _over_before(batch, baselines, day="date", flows=False)
    return plan


def _apply_versions(batch: ImportBatch, user: "User", reason: str) -> None:
    """Withdraw what the file recorded and record anew what it had replaced, at one and the same moment."""
    moment = timezone.now()
    with _HISTORY.touched(batch) as touched:
        for versions, each in zip(_TABLES, touched, strict=True):
            # By key, not by number: what holds may have been recorded anew when a later file was undone.
            run(
                f"UPDATE {versions.table} v SET withdrawn_at = %s, withdrawn_by_id = %s "
                f"WHERE v.withdrawn_at IS NULL AND v.batch_id = %s AND EXISTS ("
                f"SELECT 1 FROM {each.name} u JOIN {versions.table} t ON t.id = u.id "
                f"WHERE u.fate = 'delete' AND {versions.same_key('t', 'v')})",
                [moment, user.pk, batch.pk],
            )
            # The batch that once brought it stays with it, so that undoing that one finds it.
            run(
                f"INSERT INTO {versions.table} ({versions.columns}, reason, recorded_at, recorded_by_id, batch_id) "
                f"SELECT {versions.columns}, %s, %s, %s, batch_id FROM {versions.table} "
                f"WHERE id IN (SELECT id FROM {each.name} WHERE fate = 'restore')",
                [say_reason(batch, reason), moment, user.pk],
            )


def _replaced_since(batch: ImportBatch, versions: _Versions, each: Touched) -> list[Conflict]:
    """Keys for which something else holds by now, or nothing any more."""
    due = "t.due_on" if versions.model is Target else "NULL::date"
    rows = fetch(
        f"""
        SELECT i.code, m.code, {due}, now.id IS NULL,
               coalesce(now.recorded_by_id, t.withdrawn_by_id), coalesce(now.recorded_at, t.withdrawn_at)
          FROM (SELECT DISTINCT ON (t.id) t.* FROM {each.name} u JOIN {versions.table} t ON t.id = u.id
                 WHERE u.fate = 'delete') t
          JOIN tracker_indicator i ON i.id = t.indicator_id
          LEFT JOIN tracker_mission m ON m.id = t.mission_id
          LEFT JOIN {versions.table} now ON now.withdrawn_at IS NULL AND {versions.same_key("now", "t")}
         WHERE now.batch_id IS DISTINCT FROM %s
         ORDER BY 1, 2, 3
        """,
        [batch.pk],
    )
    people = read_people(person for *_key, person, _at in rows)
    return [
        Conflict(
            what=_say_key(indicator, mission, due_on),
            why=_("withdrawn since") if gone else _("replaced since"),
            by=people.get(person or 0, ""),
            at=at,
        )
        for indicator, mission, due_on, gone, person, at in rows
    ]


# Of an assignment that the file recorded: what it leaves when it is undone, r, if anything.
_ASSIGNED = """
    FROM {touched} u JOIN tracker_indicatorassignment a ON a.id = u.id AND u.fate = 'delete'
    JOIN tracker_indicator i ON i.id = a.indicator_id JOIN tracker_mission m ON m.id = a.mission_id
    LEFT JOIN LATERAL (
        SELECT o.* FROM {touched} w JOIN tracker_indicatorassignment o ON o.id = w.id
        WHERE w.fate = 'restore' AND o.indicator_id = a.indicator_id AND o.mission_id = a.mission_id LIMIT 1
    ) r ON true
"""


def _reported_since(batch: ImportBatch, assignments: Touched) -> list[Conflict]:
    """Results reported since, in periods for which nobody would have been asked once the file is undone."""
    rows = fetch(
        f"""
        SELECT i.code, m.code, p.code, e.entered_by_id, e.entered_at
        {_ASSIGNED.format(touched=assignments.name)}
          JOIN tracker_progressreport q ON q.mission_id = a.mission_id
          JOIN tracker_reportingperiod p ON p.id = q.period_id
          JOIN tracker_reportrevision v ON v.report_id = q.id AND v.status <> 'dropped' AND v.withdrawn_at IS NULL
          JOIN tracker_indicatorresult e ON e.revision_id = v.id AND e.indicator_id = a.indicator_id
         WHERE NOT e.is_copy
           AND (e.value IS NOT NULL OR e.numerator IS NOT NULL OR e.not_applicable OR e.comment <> '')
           AND greatest(e.entered_at, v.submitted_at, v.approved_at) > %s
           AND (r.id IS NULL OR r.active_from > p.ends_on OR r.active_to < p.starts_on)
         ORDER BY 1, 2, p.number
        """,
        [batch.applied_at],
    )
    people = read_people(person for *_key, person, _at in rows)
    return [
        Conflict(
            what=f"{indicator} / {mission} / {period}",
            why=_("reported on since"),
            by=people.get(person or 0, ""),
            at=at,
        )
        for indicator, mission, period, person, at in rows
    ]


def _planned_since(batch: ImportBatch, assignments: Touched) -> list[Conflict]:
    """Baselines and targets that would be left without their assignment."""
    conflicts = []
    for model, why in ((Baseline, _("has a baseline since")), (Target, _("has a target since"))):
        rows = fetch(
            f"""
            SELECT DISTINCT ON (i.code, m.code) i.code, m.code, t.recorded_by_id, t.recorded_at
            {_ASSIGNED.format(touched=assignments.name)}
              JOIN {quote(model._meta.db_table)} t ON t.indicator_id = a.indicator_id
                   AND t.mission_id = a.mission_id AND t.withdrawn_at IS NULL
             WHERE r.id IS NULL AND t.batch_id IS DISTINCT FROM %s
             ORDER BY i.code, m.code, t.recorded_at
            """,
            [batch.pk],
        )
        people = read_people(person for *_key, person, _at in rows)
        conflicts += [
            Conflict(what=f"{indicator} / {mission}", why=why, by=people.get(person or 0, ""), at=at)
            for indicator, mission, person, at in rows
        ]
    return conflicts


def _over_before(batch: ImportBatch, each: Touched, *, day: str, flows: bool) -> list[Conflict]:
    """Targets recorded since that would be over before they begin, once the former start holds again."""
    rows = fetch(
        f"""
        SELECT i.code, m.code, t.due_on, t.recorded_by_id, t.recorded_at
          FROM {each.name} u JOIN {each.table} r ON r.id = u.id AND u.fate = 'restore'
          JOIN tracker_target t ON t.indicator_id = r.indicator_id
               AND t.mission_id IS NOT DISTINCT FROM r.mission_id AND t.withdrawn_at IS NULL
          JOIN tracker_indicator i ON i.id = r.indicator_id
          LEFT JOIN tracker_mission m ON m.id = r.mission_id
         WHERE t.due_on <= r.{quote(day)} AND t.batch_id IS DISTINCT FROM %s
           AND (%s OR NOT (i.measure = 'number' AND i.period_rule = 'sum'))
         ORDER BY 1, 2, 3
        """,
        [batch.pk, flows],
    )
    people = read_people(person for *_key, person, _at in rows)
    return [
        Conflict(
            what=_say_key(indicator, mission, due_on),
            why=_("recorded since, and would be over before it begins"),
            by=people.get(person or 0, ""),
            at=at,
        )
        for indicator, mission, due_on, person, at in rows
    ]


def _say_key(indicator: str, mission: str | None, due_on: Any) -> str:
    parts = [indicator, mission or REGION]
    return " / ".join([*parts, show_date(due_on)] if due_on else parts)


VERSIONS = Undo(plan=_plan_versions, apply=_apply_versions)
