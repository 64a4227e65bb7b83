"""An admin site of the tests' own, with one importing page."""

from django.contrib import admin
from django.urls import path

from tracker.access.site import TrackerAdminSite
from tracker.batches.admin import PlanImportMixin
from tracker.imports.registry import KINDS
from tracker.progress.models import Baseline, ReportRevision


class BaselineAdmin(PlanImportMixin, admin.ModelAdmin):
    import_kind = KINDS["baselines"]

    def has_module_permission(self, request):
        return True

    def has_view_permission(self, request, obj=None):
        return True


class HistoryAdmin(BaselineAdmin):
    import_kind = KINDS["history"]


site = TrackerAdminSite(name="admin")
site.register(Baseline, BaselineAdmin)
site.register(ReportRevision, HistoryAdmin)

urlpatterns = [path("admin/", site.urls)]
