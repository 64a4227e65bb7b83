"""The list of editions."""

from datetime import date
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from tracker.common.formats import show_date, show_quarter

from .models import Edition


class EditionTable(tables.Table):
    """What was made, its state, and its files."""

    scope = tables.Column(
        _("Scope"), accessor="mission", order_by=("mission__name", "-period__number"), empty_values=()
    )
    period = tables.Column(_("Period"), order_by=("period__number", "mission__name"))
    kind = tables.Column(_("Report"), order_by=("kind", "period__number", "mission__name"))
    state = tables.Column(_("State"), empty_values=(), orderable=False)
    made_at = tables.Column(_("Made"), order_by=("made_at", "mission__name"))
    files = tables.Column(_("Files"), empty_values=(), orderable=False, exclude_from_export=True)

    class Meta:
        model = Edition
        fields = ("scope", "period", "kind", "state", "made_at", "files")
        empty_text = _(
            "No report yet. One is made by itself for every mission and for the region once all reports of a "
            "period are approved, and in any case 15 days after its window closed."
        )

    def __init__(self, *args: Any, may_release: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.may_release = may_release

    def render_scope(self, record: Edition) -> SafeString:
        """Its page, behind a box of the form ``release`` where it can be released."""
        name = record.mission.name if record.mission else _("The region")
        link = format_html('<a href="{}">{}</a>', reverse("edition", args=[record.pk]), name)
        if not (self.may_release and record.is_releasable):
            return link
        return format_html(
            '<label class="choose"><input type="checkbox" name="edition" value="{}" form="release">'
            '<span class="visually-hidden">{}</span></label> {}',
            record.pk,
            _("Choose %(edition)s") % {"edition": record},
            link,
        )

    def value_scope(self, record: Edition) -> str:
        return str(record.mission.name if record.mission else _("The region"))

    def render_period(self, record: Edition) -> str:
        return show_quarter(record.period.code)

    def render_state(self, record: Edition) -> SafeString | str:
        if record.is_released:
            return format_html('<span class="pill pill-quiet">{}</span>', _("Released"))
        if record.made_at:
            return format_html('<span class="pill">{}</span>', _("DRAFT"))
        weight = "pill-strong" if record.has_failed else "pill-draft"
        return format_html('<span class="pill {}">{}</span>', weight, record.job.get_status_display())

    def value_state(self, record: Edition) -> str:
        if record.is_released:
            return str(_("Released"))
        return str(_("DRAFT") if record.made_at else record.job.get_status_display())

    def value_made_at(self, record: Edition) -> date | None:
        return timezone.localdate(record.made_at) if record.made_at else None

    def render_made_at(self, record: Edition) -> str:
        return show_date(timezone.localdate(record.made_at)) if record.made_at else ""

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
