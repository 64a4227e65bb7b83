"""The list of import batches."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from tracker.batches.models import ImportBatch
from tracker.common.formats import show_date

_NUMBER = {"td": {"class": "num"}, "th": {"class": "num"}}


def link_to_file(batch: ImportBatch) -> SafeString:
    """The name of a batch's file as a link to its download."""
    return format_html('<a href="{}" download>{}</a>', reverse("batch-file", args=[batch.pk]), batch.filename)


class BatchTable(tables.Table):
    """What was uploaded, by whom, and what became of it.

    ``opens`` says of a batch whether its file is a link for the person who looks.
    """

    filename = tables.Column(_("File"))
    kind = tables.Column(_("Kind"))
    status = tables.Column(_("State"))
    rows = tables.Column(_("Rows"), attrs=_NUMBER)
    new = tables.Column(_("New"), attrs=_NUMBER)
    changed = tables.Column(_("Changed"), attrs=_NUMBER)
    errors = tables.Column(_("Errors"), attrs=_NUMBER)
    uploaded_by = tables.Column(_("By"), default=_("the installation"))
    uploaded_at = tables.Column(_("Uploaded"))

    class Meta:
        model = ImportBatch
        fields = (
            "filename",
            "kind",
            "status",
            "rows",
            "new",
            "changed",
            "errors",
            "uploaded_by",
            "uploaded_at",
        )
        empty_text = _("No file has been uploaded yet. Choose a kind above to begin.")

    def __init__(self, *args: Any, opens: Callable[[ImportBatch], bool], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.opens = opens

    def render_filename(self, record: ImportBatch) -> str:
        return link_to_file(record) if self.opens(record) else record.filename

    def value_filename(self, record: ImportBatch) -> str:
        return record.filename

    def value_status(self, record: ImportBatch) -> str:
        return str(record.get_status_display())

    def value_uploaded_at(self, record: ImportBatch) -> datetime:
        return record.uploaded_at

    def render_status(self, record: ImportBatch) -> SafeString:
        return format_html('<span class="pill">{}</span>', record.get_status_display())

    def render_uploaded_at(self, record: ImportBatch) -> str:
        return show_date(record.uploaded_at.date())
