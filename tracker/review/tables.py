"""Tables of the review desk."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from tracker.common.formats import show_date, show_quarter
from tracker.progress.models import ReportRevision
from tracker.progress.rules import is_on_time
from tracker.progress.services.locks import day_of


class QueueTable(tables.Table):
    """Reports that await review, the longest due first."""

    report = tables.Column(_("Report"), order_by=("report__period__number", "report__mission__name"))
    due = tables.Column(_("Due"), accessor="report__period__due_on")
    submitted_at = tables.Column(_("Submitted"))
    submitted_by = tables.Column(_("By"))
    given = tables.Column(_("Results given"), attrs={"td": {"class": "num"}, "th": {"class": "num"}})
    own = tables.Column(_("Note"), orderable=False, empty_values=())

    class Meta:
        model = ReportRevision
        fields = ("report", "due", "submitted_at", "submitted_by", "given", "own")
        order_by = "due"
        empty_text = _(
            "No report awaits review. When a mission submits one, it appears here; the missions’ state is below."
        )

    def render_report(self, record: ReportRevision) -> SafeString:
        url = reverse("review-report", args=[record.pk])
        report = record.report
        return format_html('<a href="{}">{}, {}</a>', url, report.mission, show_quarter(report.period.code))

    def render_due(self, record: ReportRevision) -> str:
        return show_date(record.report.period.due_on)

    def render_submitted_at(self, record: ReportRevision) -> SafeString | str:
        """When this was submitted; late is the first submission after the due day, by the mission's clock."""
        assert record.submitted_at is not None
        mission, period = record.report.mission, record.report.period
        first = getattr(record, "first_submitted_at", None) or record.submitted_at
        on_time = is_on_time(first_submitted_on=day_of(mission, first), due_on=period.due_on)
        shown = show_date(day_of(mission, record.submitted_at))
        return shown if on_time else format_html("{} ({})", shown, _("late"))

    def render_own(self, record: ReportRevision) -> object:
        return _("Yours: somebody else approves it") if getattr(record, "is_own", False) else ""
