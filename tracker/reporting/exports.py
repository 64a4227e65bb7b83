"""The list of the mission's workspace as a file."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from tracker.common.workbooks.specs import Column, SheetSpec
from tracker.progress.services.due_reports import DueReport


def due_sheet(rows: Iterable[DueReport]) -> SheetSpec:
    """A row for each report, handed in or not: what is asked of it, how far it is, by when."""
    return SheetSpec(
        name=_("Reports"),
        columns=[
            Column("period", _("Period"), width=10),
            Column("code", _("Code of the mission"), width=10),
            Column("mission", _("Mission"), width=28),
            Column("state", _("State"), width=20),
            Column("due", _("Due"), kind="date"),
            Column("answer_by", _("Answer by"), kind="date"),
            Column("extended_until", _("Extended until"), kind="date"),
            Column("days_overdue", _("Days overdue"), kind="number", whole=True),
            Column("asked", _("Results due"), kind="number", whole=True),
            Column("given", _("Given"), kind="number", whole=True),
            Column("explained", _("Explained"), kind="number", whole=True),
            Column("missing", _("Missing"), kind="number", whole=True),
            Column("activities", _("Activities"), kind="number", whole=True),
            Column("updates", _("Updates of them"), kind="number", whole=True),
        ],
        rows=(
            {
                "period": row.period.code,
                "code": row.mission.code,
                "mission": row.mission.name,
                "state": row.revision.get_status_display() if row.revision else _("Not begun"),
                "due": row.period.due_on,
                "answer_by": row.deadline if row.is_answer else None,
                "extended_until": row.extended_until,
                "days_overdue": row.days if row.is_overdue else None,
                "asked": row.counts.asked,
                "given": row.counts.given,
                "explained": row.counts.explained,
                "missing": row.counts.missing,
                "activities": row.updates.asked,
                "updates": row.updates.said,
            }
            for row in rows
        ),
        frozen=3,
    )
