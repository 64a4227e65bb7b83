"""The strategy from its pillars to its indicators, and how results are broken down."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tracker import models
from tracker.access.admin import EditedAdmin, PlannedInline, person_of
from tracker.access.policies import can_plan
from tracker.common.errors import Refused
from tracker.framework.models import STANDING_FIELDS
from tracker.framework.services.adoption import adopt_indicators
from tracker.imports.registry import KINDS

from .bases import ImportedAdmin


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


def _is_used(breakdown: models.Breakdown) -> bool:
    """Results hold figures for a cell of this breakdown."""
    return models.CellValue.objects.filter(cell__breakdown=breakdown).exists()


class CellInline(PlannedInline):
    model = models.Cell

    def is_used(self, obj: Any) -> bool:
        return _is_used(obj)


class AskInline(PlannedInline):
    model = models.IndicatorBreakdown

    def is_used(self, obj: Any) -> bool:
        return models.CellValue.objects.filter(result__indicator=obj).exists()


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
