"""The list of editions."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from tracker.common.formats import show_date, show_quarter

from .models import Edition


class EditionTable(tables.Table):
    """What was made, its state, and its files."""

    kind = tables.Column(_("Report"))
    period = tables.Column(_("Period"), order_by=("period__number",))
    mission = tables.Column(_("Scope"), order_by=("mission__name",), empty_values=())
    state = tables.Column(_("State"), empty_values=(), orderable=False)
    made_at = tables.Column(_("Made"))
    files = tables.Column(_("Files"), empty_values=(), orderable=False)

    class Meta:
        model = Edition
        fields = ("kind", "period", "mission", "state", "made_at", "files")
        empty_text = _(
            "No report yet. One is made by itself for every mission and for the region once all reports of a "
            "period are approved, and in any case 15 days after its window closed."
        )

    def render_kind(self, record: Edition) -> SafeString:
        return format_html(
            '<a href="{}">{}</a>', reverse("edition", args=[record.pk]), record.get_kind_display()
        )

    def render_period(self, record: Edition) -> str:
        return show_quarter(record.period.code)

    def render_mission(self, record: Edition) -> object:
        return record.mission.name if record.mission else _("The region")

    def render_state(self, record: Edition) -> SafeString | str:
        if record.is_released:
            return format_html('<span class="pill pill-solid">{}</span>', _("Released"))
        if record.made_at:
            return format_html('<span class="pill">{}</span>', _("DRAFT"))
        return format_html('<span class="pill pill-draft">{}</span>', record.job.get_status_display())

    def render_made_at(self, record: Edition) -> str:
        return show_date(record.made_at.date()) if record.made_at else ""

    def render_files(self, record: Edition) -> SafeString:
        return format_html_join(
            " ",
            '<a href="{}">{}<span class="visually-hidden"> {}</span></a>',
            (
                (reverse("edition-file", args=[record.pk, f.format]), f.get_format_display(), str(record))
                for f in record.files.all()
                if f.is_draft != record.is_released
            ),
        )
