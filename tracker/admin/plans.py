"""What is planned for missions: assignments, baselines and targets, periods and what is made by itself."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse

from tracker import models
from tracker.access.admin import EditedAdmin, PlannedAdmin, person_of
from tracker.imports.registry import KINDS
from tracker.reports.policies import can_schedule
from tracker.reports.services import set_schedule

from .bases import VersionAdmin


@admin.register(models.IndicatorAssignment)
class AssignmentAdmin(VersionAdmin):
    import_kind = KINDS["assignments"]
    list_display = ("indicator", "mission", "active_from", "active_to", "recorded_at", "withdrawn_at")


@admin.register(models.Baseline)
class BaselineAdmin(VersionAdmin):
    import_kind = KINDS["baselines"]
    list_display = ("indicator", "mission", "value", "numerator", "denominator", "date", "withdrawn_at")


@admin.register(models.Target)
class TargetAdmin(VersionAdmin):
    import_kind = KINDS["targets"]
    list_display = ("indicator", "mission", "due_on", "value", "basis", "given", "withdrawn_at")


@admin.register(models.ReportingPeriod)
class PeriodAdmin(PlannedAdmin):
    """Looked at here; windows are set, and periods added, on the tracker's own pages."""

    list_display = ("__str__", "ends_on", "opens_on", "due_on", "closes_on", "first_due_on")
    change_list_template = "admin/periods.html"

    def view_on_site(self, obj: Any) -> str:
        """The page on which its window is set."""
        return reverse("period", args=[obj.code])


@admin.register(models.ReportSchedule)
class ScheduleAdmin(EditedAdmin):
    """What is made by itself; a schedule is switched off, not deleted."""

    list_display = ("kind", "is_on", "days_after_close", "switched_on_at")

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return can_schedule(request.user)

    has_add_permission = has_change_permission = has_view_permission

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("switched_on_at",) if obj is None else ("kind", "switched_on_at")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        schedule = set_schedule(
            kind=obj.kind,
            days_after_close=obj.days_after_close,
            is_on=obj.is_on,
            user=person_of(request),
        )
        obj.pk = schedule.pk
