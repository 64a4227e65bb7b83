"""What pages of several capabilities have in common; what all pages have is in ``tracker/access/admin.py``."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from tracker.access.admin import EditedAdmin, PlannedAdmin
from tracker.access.policies import can_plan
from tracker.batches.admin import PlanImportMixin


class ImportedAdmin(PlanImportMixin, EditedAdmin):
    """Edited by administrators, loaded from workbooks by whoever may load the kind."""

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return can_plan(request.user)


class VersionAdmin(PlanImportMixin, PlannedAdmin):
    """Versions are never rewritten: a workbook records the new one and withdraws the old."""

    list_select_related = ("indicator", "mission", "recorded_by")
    list_filter = (("withdrawn_at", admin.EmptyFieldListFilter), "mission")
    search_fields = ("indicator__code", "indicator__name")
