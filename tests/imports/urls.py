"""An admin site of the tests' own, with two importing pages and nothing around them."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseNotFound
from django.urls import path

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


class OpenSite(admin.AdminSite):
    """Lets everybody in who may sign in, so that the pages have to guard themselves."""

    def has_permission(self, request):
        return request.user.is_active


site = OpenSite(name="admin")
site.register(Baseline, BaselineAdmin)
site.register(ReportRevision, HistoryAdmin)


def elsewhere(request: HttpRequest) -> HttpResponse:
    """What the head of an admin page leads to."""
    return HttpResponseNotFound()


urlpatterns = [
    path("admin/", site.urls),
    path("", elsewhere, name="home"),
    path("password/", elsewhere, name="account_change_password"),
    path("out/", elsewhere, name="account_logout"),
]


def handler403(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponseForbidden(str(exception))


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponseNotFound()
