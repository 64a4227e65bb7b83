"""The list of import batches."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from tracker.batches.models import ImportBatch
from tracker.common.formats import show_date, show_number

from .labels import mark_state

_NUMBER = {"td": {"class": "num"}, "th": {"class": "num"}}
_COUNTS = ("rows", "new", "changed", "errors")


def link_to_file(batch: ImportBatch) -> SafeString:
    """The name of a batch's file as a link to its download."""
    return format_html('<a href="{}" download>{}</a>', reverse("batch-file", args=[batch.pk]), batch.filename)


class BatchTable(tables.Table):
    """What was uploaded, by whom, and what became of it. ``titles`` are those of the kinds, by code."""

    filename = tables.Column(_("File"))
    kind = tables.Column(_("Kind"))
    status = tables.Column(_("State"))
    rows = tables.Column(_("Rows"), attrs=_NUMBER)
    new = tables.Column(_("New"), attrs=_NUMBER)
    changed = tables.Column(_("Changed"), attrs=_NUMBER)
    errors = tables.Column(_("Errors"), attrs=_NUMBER)
    uploaded_by = tables.Column(_("By"), order_by=("uploaded_by__name", "-uploaded_at"), empty_values=())
    uploaded_at = tables.Column(_("Uploaded"), attrs={"td": {"class": "nowrap"}})

    class Meta:
        model = ImportBatch
        fields = ("filename", "kind", "status", *_COUNTS, "uploaded_by", "uploaded_at")

    def __init__(self, *args: Any, titles: Mapping[str, str], is_filtered: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.titles = titles
        self.empty_text = (
            _("No file fits this choice. Show all, or choose something else.")
            if is_filtered
            else _("No file has been uploaded yet. Choose a kind above to begin.")
        )

    def render_filename(self, record: ImportBatch) -> SafeString:
        return format_html(
            '<a class="long-name" href="{}">{}</a>',
            reverse("import-batch", args=[record.pk]),
            record.filename,
        )

    def render_kind(self, record: ImportBatch) -> str:
        return self.titles.get(record.kind, record.kind)

    def value_filename(self, record: ImportBatch) -> str:
        return record.filename

    def value_status(self, record: ImportBatch) -> str:
        return str(record.stands.label)

    def value_uploaded_at(self, record: ImportBatch) -> datetime:
        return record.uploaded_at

    def render_status(self, record: ImportBatch) -> SafeString:
        return mark_state(record)

    def render_uploaded_by(self, record: ImportBatch) -> str:
        return str(record.uploaded_by or _("the installation"))

    def render_uploaded_at(self, record: ImportBatch) -> str:
        return show_date(timezone.localdate(record.uploaded_at))

    def _render_count(self, record: ImportBatch, value: int) -> str:
        # Before it is checked, nothing is known of its rows.
        return show_number(value) if record.checked_at else "–"

    def _value_count(self, record: ImportBatch, value: int) -> int | None:
        return value if record.checked_at else None

    render_rows = render_new = render_changed = render_errors = _render_count
    value_rows = value_new = value_changed = value_errors = _value_count
