"""What was reported, loaded, made or recorded: only read, and no table is without a page."""

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from tracker import models
from tracker.access.admin import HistoryAdmin, ReadOnlyAdmin, RecordAdmin
from tracker.batches.admin import PlanImportMixin
from tracker.imports.registry import KINDS
from tracker.imports.tables import link_to_file
from tracker.progress.choices import RevisionStatus


@admin.register(models.ImportBatch)
class BatchAdmin(ReadOnlyAdmin):
    list_display = (
        "kind",
        "filename",
        "status",
        "rows",
        "new",
        "changed",
        "errors",
        "uploaded_by",
        "uploaded_at",
    )
    list_select_related = ("uploaded_by",)
    list_filter = ("kind", "status")
    exclude = ("file",)
    readonly_fields = ("download",)

    @admin.display(description=gettext_lazy("file as it came"))
    def download(self, batch: Any) -> str:
        return link_to_file(batch)


@admin.register(models.Job)
class JobAdmin(ReadOnlyAdmin):
    list_display = ("task", "status", "attempt", "stage", "created_at", "finished_at")
    list_filter = ("status", "task")


@admin.register(models.Recount)
class RecountAdmin(ReadOnlyAdmin):
    list_display = ("strategy", "begun_at", "ended_at", "figures", "differences", "altered")


@admin.register(models.Outbox)
class OutboxAdmin(ReadOnlyAdmin):
    """Without the texts: a link in one is its receiver's key."""

    list_display = ("to", "subject", "status", "created_at", "sent_at")
    list_filter = ("status",)
    exclude = ("body",)


@admin.register(models.Notice)
class NoticeAdmin(ReadOnlyAdmin):
    """Who was told of what, and in which mail."""

    list_display = ("person", "kind", "key", "created_at", "by_mail", "mailed_at", "mail")
    list_select_related = ("person", "mail")
    list_filter = ("kind", "by_mail", "mail__status")
    search_fields = ("person__email", "person__name")
    # When somebody read of it is their own business.
    exclude = ("read_at",)


@admin.register(models.ReportRevision)
class RevisionAdmin(PlanImportMixin, ReadOnlyAdmin):
    """Approved reports. Figures from before the tracker come in here, by workbook, as approved history."""

    import_kind = KINDS["history"]
    list_display = (
        "report",
        "number",
        "origin",
        "source",
        "approved_by",
        "approved_at",
        "withdrawn_at",
    )
    list_select_related = ("report__mission", "report__period", "approved_by")
    ordering = ("-approved_at", "-pk")
    list_filter = ("origin", ("withdrawn_at", admin.EmptyFieldListFilter), "report__mission")
    search_fields = ("report__mission__name", "report__period__code", "source")

    def get_queryset(self, request: HttpRequest) -> QuerySet[models.ReportRevision]:
        """What drafts and submitted reports hold is the mission's and the officers' alone."""
        return super().get_queryset(request).filter(status=RevisionStatus.APPROVED)


# What missions report, by the way from a row to its revision; "" for what says itself which state it is in.
REVISION_OF = {
    models.ReportRevision: "",
    models.IndicatorResult: "revision",
    models.CellValue: "result__revision",
    models.NarrativePart: "revision",
    models.ActivityUpdate: "revision",
    models.Evidence: "revision",
}

# What is the mission's and the officers' alone, approved or not.
INTERNAL: dict[Any, tuple[str, ...]] = {
    models.NarrativePart: ("internal",),
    models.ActivityUpdate: ("internal",),
    models.Evidence: ("title", "note", "link", "file", "filename", "sha256"),
    models.FilledWorkbook: ("file", "filename", "sha256"),
}


def register_the_rest() -> None:
    """What has no page of its own is read-only, so that no table is without one.

    Lines of imports are shown by the pages of their batches, to those who may see what is in the file.
    """
    for model in apps.get_app_config("tracker").get_models():
        if admin.site.is_registered(model) or model is models.ImportLine:
            continue
        tracked = getattr(model, "pgh_tracked_model", None)
        page: type[RecordAdmin] = HistoryAdmin if tracked else RecordAdmin
        way, internal = REVISION_OF.get(tracked or model), INTERNAL.get(tracked or model, ())
        if way is not None or internal:
            kept = {"way_to_revision": way, "internal": internal}
            page = type(f"Guarded{page.__name__}", (page,), kept)
        admin.site.register(model, page)
