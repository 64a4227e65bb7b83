"""Tables of the review desk."""

from datetime import date
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from tracker.common.formats import show_date, show_quarter
from tracker.progress.rules import Timeliness
from tracker.progress.services.locks import day_of
from tracker.progress.wording import say_counts, say_timeliness

from .reading.desk import Waiting
from .reading.rounds import round_title

MISSION = "revision__report__mission__name"


class QueueTable(tables.Table):
    """Reports that await review, the longest due first; within a day, by mission."""

    report = tables.Column(
        _("Report"), accessor="revision__report", order_by=("revision__report__period__number", MISSION)
    )
    due = tables.Column(
        _("Due"),
        accessor="revision__report__period__due_on",
        order_by=("revision__report__period__due_on", MISSION),
    )
    submitted_at = tables.Column(
        _("Submitted"), accessor="revision__submitted_at", order_by=("revision__submitted_at", MISSION)
    )
    submitted_by = tables.Column(
        _("By"), accessor="revision__submitted_by", order_by=("revision__submitted_by__name", MISSION)
    )
    results = tables.Column(_("Results"), accessor="counts", orderable=False)
    note = tables.Column(_("Note"), orderable=False, empty_values=())

    class Meta:
        order_by = "due"
        empty_text = _(
            "No report awaits review. When a mission submits one, it appears here; the missions’ state is below."
        )

    def before_render(self, request: Any) -> None:
        """A column in which nothing stands is not shown."""
        if not any(_notes(row.record) for row in self.paginated_rows):
            self.columns.hide("note")

    def render_report(self, record: Waiting) -> SafeString:
        report = record.revision.report
        url = reverse("review-report", args=[record.revision.pk])
        return format_html('<a href="{}">{}, {}</a>', url, report.mission, show_quarter(report.period.code))

    def value_report(self, record: Waiting) -> str:
        report = record.revision.report
        return f"{report.mission}, {show_quarter(report.period.code)}"

    def render_due(self, record: Waiting) -> str:
        return show_date(record.revision.report.period.due_on)

    def value_due(self, record: Waiting) -> date:
        return record.revision.report.period.due_on

    def value_submitted_at(self, record: Waiting) -> date:
        assert record.revision.submitted_at is not None
        return day_of(record.revision.report.mission, record.revision.submitted_at)

    def render_submitted_at(self, record: Waiting) -> SafeString | str:
        """When this was submitted; and, unless that was on time, how the first submission came."""
        revision = record.revision
        assert revision.submitted_at is not None
        shown = show_date(day_of(revision.report.mission, revision.submitted_at))
        if record.first is None or record.first.timeliness is Timeliness.ON_TIME:
            return shown
        return format_html("{} ({})", shown, say_timeliness(record.first.timeliness))

    def render_results(self, record: Waiting) -> str:
        return say_counts(record.counts)

    def render_note(self, record: Waiting) -> str:
        return " · ".join(_notes(record))


def _notes(record: Waiting) -> list[str]:
    """What an officer should know before opening the report."""
    notes = []
    if record.returns:
        notes.append(round_title(1 + record.returns))
    if record.is_own:
        notes.append(str(_("Yours: somebody else approves it")))
    return notes
