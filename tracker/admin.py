"""The Django admin: the setup is edited here, one row at a time or by workbook; what was reported, loaded,
made or recorded is only read.

Rights come from memberships. Saves and deletes call services; deleting many at once is off.
"""

from typing import Any

from django.apps import apps
from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tracker import models
from tracker.access.admin import (
    EditedAdmin,
    HistoryAdmin,
    PlannedAdmin,
    PlannedInline,
    ReadOnlyAdmin,
    RecordAdmin,
    person_of,
)
from tracker.access.policies import can_plan
from tracker.access.services import save_membership, save_person
from tracker.batches.admin import PlanImportMixin
from tracker.common.errors import Refused
from tracker.framework.models import STANDING_FIELDS
from tracker.framework.services.adoption import adopt_indicators
from tracker.imports.registry import KINDS
from tracker.imports.tables import link_to_file
from tracker.progress.choices import RevisionStatus
from tracker.progress.services.windows import set_window
from tracker.reports.policies import can_schedule
from tracker.reports.services import set_schedule

admin.site.disable_action("delete_selected")


# -- The region and its people ------------------------------------------------------------------------
@admin.register(models.Country)
class CountryAdmin(PlanImportMixin, EditedAdmin):
    """Its files are of the facts; countries themselves are loaded at the imports."""

    import_kind = KINDS["country_facts"]
    list_display = ("name", "iso2", "subregion", "source_name")
    list_filter = ("subregion",)
    search_fields = ("name", "source_name", "iso2")


@admin.register(models.Mission)
class MissionAdmin(EditedAdmin):
    list_display = ("name", "code", "kind", "covered_by", "time_zone")
    list_select_related = ("covered_by",)
    search_fields = ("name", "code")


@admin.register(models.Office)
class OfficeAdmin(PlanImportMixin, EditedAdmin):
    import_kind = KINDS["offices"]
    list_display = ("code", "city", "kind", "country", "mission")
    list_select_related = ("country", "mission")
    list_filter = ("kind", "country")
    search_fields = ("code", "city", "city_as_printed")


@admin.register(models.Convention)
class ConventionAdmin(PlanImportMixin, EditedAdmin):
    import_kind = KINDS["conventions"]
    list_display = ("title", "year", "code", "order")
    search_fields = ("code", "title")


@admin.register(models.Ratification)
class RatificationAdmin(PlanImportMixin, EditedAdmin):
    """A cell without a row is not recorded, which is not a no."""

    import_kind = KINDS["ratifications"]
    list_display = ("convention", "country", "status", "date", "source")
    list_select_related = ("convention", "country")
    list_filter = ("status", "country", "convention")


@admin.register(models.KeyFigure)
class KeyFigureAdmin(PlanImportMixin, EditedAdmin):
    import_kind = KINDS["key_figures"]
    list_display = ("title", "value", "value_text", "unit", "geography", "year", "document")
    list_filter = ("document", "country")
    search_fields = ("code", "title", "geography")


@admin.register(models.User)
class UserAdmin(PlanImportMixin, EditedAdmin):
    """People set their password through “Forgotten your password?”; they are ended, never deleted."""

    import_kind = KINDS["users"]
    list_display = ("email", "name", "is_active", "date_joined", "last_login")
    list_filter = ("is_active", "memberships__role")
    search_fields = ("email", "name")
    fields = ("email", "name", "is_active", "date_joined", "last_login")
    readonly_fields = ("date_joined", "last_login")

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        save_person(person=obj, user=person_of(request))


class InForceFilter(admin.SimpleListFilter):
    """Memberships that hold today, and the others."""

    title = gettext_lazy("day")
    parameter_name = "day"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("today", _("In force today")), ("other", _("Not begun, or over"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() not in ("today", "other"):
            return queryset
        holds = models.Membership.objects.in_force(on=timezone.localdate()).values("pk")
        return queryset.filter(pk__in=holds) if self.value() == "today" else queryset.exclude(pk__in=holds)


@admin.register(models.Membership)
class MembershipAdmin(PlanImportMixin, EditedAdmin):
    """A membership is ended by its last day, not deleted."""

    import_kind = KINDS["memberships"]
    list_display = ("user", "role", "mission", "starts_on", "ends_on", "stand_in")
    list_select_related = ("user", "mission", "stand_in")
    list_filter = ("role", InForceFilter, "mission")
    search_fields = ("user__email", "user__name")

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        save_membership(membership=obj, user=person_of(request))


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


class CellInline(PlannedInline):
    model = models.Cell

    def is_used(self, obj: Any) -> bool:
        return _is_used(obj)


class AskInline(PlannedInline):
    model = models.IndicatorBreakdown

    def is_used(self, obj: Any) -> bool:
        return models.CellValue.objects.filter(result__indicator=obj).exists()


def _is_used(breakdown: models.Breakdown) -> bool:
    """Results hold figures for a cell of this breakdown."""
    return models.CellValue.objects.filter(cell__breakdown=breakdown).exists()


class ImportedAdmin(PlanImportMixin, EditedAdmin):
    """Edited by administrators, loaded from workbooks by whoever may load the kind."""

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return can_plan(request.user)


@admin.register(models.Breakdown)
class BreakdownAdmin(ImportedAdmin):
    """How the cells add up stands once results were broken down by them, and so do the cells."""

    import_kind = KINDS["breakdowns"]
    list_display = ("code", "name", "exclusive")
    search_fields = ("code", "name")
    inlines = (CellInline,)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("strategy", "exclusive") if obj is not None and _is_used(obj) else ()


@admin.register(models.Indicator)
class IndicatorAdmin(ImportedAdmin):
    """Rules, unit and definition stand once there are results: a changed indicator is a new one."""

    import_kind = KINDS["indicators"]
    list_display = ("code", "name", "measure", "direction", "frequency", "status")
    list_filter = ("status", "measure", "frequency", "objective__priority")
    search_fields = ("code", "name")
    inlines = (AskInline,)
    actions = ("adopt",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return STANDING_FIELDS if obj is not None and obj.results.exists() else ()

    def has_plan_permission(self, request: HttpRequest) -> bool:
        """Who may adopt; read by the action below."""
        return can_plan(request.user)

    @admin.action(description=gettext_lazy("Adopt the chosen indicators"), permissions=["plan"])
    def adopt(self, request: HttpRequest, queryset: QuerySet[models.Indicator]) -> None:
        try:
            adopted = adopt_indicators(
                indicators=list(queryset.values_list("pk", flat=True)), user=person_of(request)
            )
        except Refused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return
        self.message_user(
            request,
            ngettext(
                "%(count)s indicator is adopted and falls due from now on.",
                "%(count)s indicators are adopted and fall due from now on.",
                adopted,
            )
            % {"count": adopted}
            if adopted
            else _("These were adopted already."),
            messages.SUCCESS,
        )


class VersionAdmin(PlanImportMixin, PlannedAdmin):
    """Versions are never rewritten: a workbook records the new one and withdraws the old."""

    list_select_related = ("indicator", "mission", "recorded_by")
    list_filter = (("withdrawn_at", admin.EmptyFieldListFilter), "mission")
    search_fields = ("indicator__code", "indicator__name")


@admin.register(models.ReferenceFramework)
class ReferenceFrameworkAdmin(PlanImportMixin, EditedAdmin):
    import_kind = KINDS["reference_frameworks"]
    list_display = ("short_name", "name", "kind", "owner", "year", "order")
    list_filter = ("kind",)
    search_fields = ("code", "name", "short_name")


@admin.register(models.ReferenceGoal)
class ReferenceGoalAdmin(PlanImportMixin, EditedAdmin):
    import_kind = KINDS["reference_goals"]
    list_display = ("framework", "code", "title", "kind", "parent", "title_basis")
    list_select_related = ("framework", "parent")
    list_filter = ("framework", "kind", "title_basis")
    search_fields = ("code", "title")


@admin.register(models.Alignment)
class AlignmentAdmin(PlanImportMixin, EditedAdmin):
    import_kind = KINDS["alignments"]
    list_display = ("objective", "goal", "basis", "reason")
    list_select_related = ("objective", "goal")
    list_filter = ("basis", "goal__framework")
    search_fields = ("objective__code", "goal__code", "reason")


@admin.register(models.Tag)
class TagAdmin(PlanImportMixin, EditedAdmin):
    import_kind = KINDS["tags"]
    list_display = ("name", "code")
    search_fields = ("code", "name")


@admin.register(models.Activity)
class ActivityAdmin(ImportedAdmin):
    import_kind = KINDS["activities"]
    list_display = ("code", "title", "mission", "status", "starts_on", "ends_on")
    list_select_related = ("mission",)
    list_filter = ("status", "mission")
    search_fields = ("code", "title")


@admin.register(models.FundingRequirement)
class FundingRequirementAdmin(PlanImportMixin, EditedAdmin):
    import_kind = KINDS["funding"]
    list_display = ("year", "mission", "goal", "amount", "amount_printed", "currency", "nothing_asked")
    list_select_related = ("mission", "goal")
    list_filter = ("year", "mission")


@admin.register(models.FundingTotal)
class FundingTotalAdmin(PlanImportMixin, EditedAdmin):
    import_kind = KINDS["funding_totals"]
    list_display = ("year", "mission", "goal", "amount", "amount_printed")
    list_select_related = ("mission", "goal")
    list_filter = ("year",)


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
    exclude = ("file",)
    readonly_fields = ("download",)

    @admin.display(description=gettext_lazy("file as it came"))
    def download(self, batch: Any) -> str:
        return link_to_file(batch)


@admin.register(models.Job)
class JobAdmin(ReadOnlyAdmin):
    list_display = ("task", "status", "attempt", "stage", "created_at", "finished_at")
    list_filter = ("status", "task")


@admin.register(models.Outbox)
class OutboxAdmin(ReadOnlyAdmin):
    list_display = ("to", "subject", "status", "created_at", "sent_at")
    list_filter = ("status",)


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
}


def register_the_rest() -> None:
    """What has no page above is read-only, so that no table is without one.

    Lines of imports are shown by the pages of their batches, to those who may see what is in the file.
    """
    for model in apps.get_app_config("tracker").get_models():
        if admin.site.is_registered(model) or model is models.ImportLine:
            continue
        tracked = getattr(model, "pgh_tracked_model", None)
        page: type[RecordAdmin] = HistoryAdmin if tracked else RecordAdmin
        way = REVISION_OF.get(tracked or model)
        if way is not None:
            page = type(f"Approved{page.__name__}", (page,), {"way_to_revision": way})
        admin.site.register(model, page)


register_the_rest()
