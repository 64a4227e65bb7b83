"""What is planned for missions: assignments, baselines and targets, periods and what is made by itself."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from tracker import models
from tracker.access.admin import EditedAdmin, person_of
from tracker.access.policies import can_plan
from tracker.imports.registry import KINDS
from tracker.progress.services.windows import set_window
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
class PeriodAdmin(EditedAdmin):
    """Officers and administrators set the windows; what a period is stands once it is there."""

    list_display = ("__str__", "ends_on", "opens_on", "due_on", "closes_on")
    window = ("opens_on", "due_on", "closes_on")

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return can_plan(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return can_plan(request.user)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        fields = [field.name for field in self.opts.concrete_fields if not field.primary_key]
        return () if obj is None else tuple(name for name in fields if name not in self.window)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            dates = {name: getattr(obj, name) for name in self.window}
            set_window(period=obj, **dates, user=person_of(request))
        else:
            super().save_model(request, obj, form, change)


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
