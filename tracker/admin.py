"""The Django admin: the setup is edited here, one row at a time or by workbook; what was reported, loaded,
made or recorded is only read.

Rights come from memberships. Saves and deletes call services; deleting many at once is off.
"""

from typing import Any, ClassVar

from django.apps import apps
from django.contrib import admin, messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from tracker import models
from tracker.access.policies import can_administer, can_plan
from tracker.batches.admin import PlanImportMixin
from tracker.common.errors import Refused
from tracker.common.records import delete_record, save_record
from tracker.imports.registry import KINDS

admin.site.disable_action("delete_selected")


class ReadOnlyAdmin(admin.ModelAdmin):
    """Looked at by administrators, written by nobody here."""

    list_per_page = 50
    show_full_result_count = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return can_administer(request.user)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class PlannedAdmin(ReadOnlyAdmin):
    """What officers and administrators plan; a workbook is the way in."""

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return can_plan(request.user)


class EditedAdmin(ReadOnlyAdmin):
    """Edited by administrators, through the service that writes one row."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return can_administer(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return can_administer(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return can_administer(request.user)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except Refused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return redirect(request.get_full_path())

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        save_record(record=obj)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        delete_record(record=obj)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for record in formset.save(commit=False):
            save_record(record=record)
        for record in formset.deleted_objects:
            delete_record(record=record)
        formset.save_m2m()


# -- The region and its people ------------------------------------------------------------------------
@admin.register(models.Country)
class CountryAdmin(EditedAdmin):
    list_display = ("name", "iso2", "subregion", "source_name")
    list_filter = ("subregion",)
    search_fields = ("name", "source_name", "iso2")


@admin.register(models.Mission)
class MissionAdmin(EditedAdmin):
    list_display = ("name", "code", "kind", "covered_by", "time_zone")
    list_select_related = ("covered_by",)
    search_fields = ("name", "code")


@admin.register(models.User)
class UserAdmin(EditedAdmin):
    """People set their password through “Forgotten your password?”; they are ended, never deleted."""

    list_display = ("email", "name", "is_active", "date_joined", "last_login")
    search_fields = ("email", "name")
    fields = ("email", "name", "is_active", "date_joined", "last_login")
    readonly_fields = ("date_joined", "last_login")

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.email = obj.email.lower()
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)


@admin.register(models.Membership)
class MembershipAdmin(EditedAdmin):
    """A membership is ended by its last day, not deleted."""

    list_display = ("user", "role", "mission", "starts_on", "ends_on", "stand_in")
    list_select_related = ("user", "mission", "stand_in")
    list_filter = ("role", "mission")
    search_fields = ("user__email", "user__name")

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


# -- The framework ------------------------------------------------------------------------------------
@admin.register(models.Strategy)
class StrategyAdmin(EditedAdmin):
    list_display = ("code", "name", "starts_on", "ends_on", "is_current")


@admin.register(models.Pillar)
class PillarAdmin(EditedAdmin):
    list_display = ("code", "name", "strategy", "order")
    list_select_related = ("strategy",)


@admin.register(models.StrategicPriority)
class PriorityAdmin(EditedAdmin):
    list_display = ("code", "title", "kind", "pillar", "order")
    list_select_related = ("pillar",)


@admin.register(models.Objective)
class ObjectiveAdmin(EditedAdmin):
    list_display = ("code", "title", "priority", "order")
    list_select_related = ("priority",)
    list_filter = ("priority",)
    search_fields = ("code", "title")


class PlannedInline(admin.TabularInline):
    """Seen by who plans, edited by administrators."""

    extra = 0

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return can_plan(request.user)

    def _may_edit(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return can_administer(request.user)

    has_add_permission = has_change_permission = has_delete_permission = _may_edit


class CellInline(PlannedInline):
    model = models.Cell


class AskInline(PlannedInline):
    model = models.IndicatorBreakdown


class ImportedAdmin(PlanImportMixin, EditedAdmin):
    """Edited by administrators, loaded from workbooks by whoever may load the kind."""

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return can_plan(request.user)


@admin.register(models.Breakdown)
class BreakdownAdmin(ImportedAdmin):
    import_kind = KINDS["breakdowns"]
    list_display = ("code", "name", "exclusive")
    search_fields = ("code", "name")
    inlines = (CellInline,)


@admin.register(models.Indicator)
class IndicatorAdmin(ImportedAdmin):
    """Rules, unit and definition stand once there are results: a changed indicator is a new one."""

    import_kind = KINDS["indicators"]
    list_display = ("code", "name", "measure", "direction", "frequency", "status")
    list_filter = ("status", "measure", "frequency", "objective__priority")
    search_fields = ("code", "name")
    inlines = (AskInline,)
    standing_fields: ClassVar[tuple[str, ...]] = (
        "unit", "measure", "direction", "period_rule", "mission_rule", "threshold", "frequency", "stages",
        "definition",
    )  # fmt: skip

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return self.standing_fields if obj is not None and obj.results.exists() else ()


class VersionAdmin(PlanImportMixin, PlannedAdmin):
    """Versions are never rewritten: a workbook records the new one and withdraws the old."""

    list_select_related = ("indicator", "mission", "recorded_by")
    list_filter = (("withdrawn_at", admin.EmptyFieldListFilter), "mission")
    search_fields = ("indicator__code", "indicator__name")


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
    """Officers and administrators set the windows."""

    list_display = ("code", "ends_on", "opens_on", "due_on", "closes_on")

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return can_plan(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return can_plan(request.user)


@admin.register(models.ReportSchedule)
class ScheduleAdmin(EditedAdmin):
    list_display = ("kind", "is_on", "days_after_close", "switched_on_at")

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


# -- What was reported, loaded, made or recorded ------------------------------------------------------
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


@admin.register(models.Job)
class JobAdmin(ReadOnlyAdmin):
    list_display = ("task", "status", "attempt", "stage", "created_at", "finished_at")
    list_filter = ("status", "task")


@admin.register(models.Outbox)
class OutboxAdmin(ReadOnlyAdmin):
    list_display = ("to", "subject", "status", "created_at", "sent_at")
    list_filter = ("status",)


class RecordAdmin(ReadOnlyAdmin):
    """Everything else, and the history of everything."""

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return [field.name for field in self.model._meta.concrete_fields][:9]

    def get_list_select_related(self, request: HttpRequest) -> tuple[str, ...]:
        return tuple(
            field.name
            for field in self.model._meta.concrete_fields
            if field.is_relation and field.many_to_one
        )


def register_the_rest() -> None:
    """What has no page above is read-only, so that no table is without one."""
    for model in apps.get_app_config("tracker").get_models():
        if not admin.site.is_registered(model):
            admin.site.register(model, RecordAdmin)


register_the_rest()
