"""Activities with their tags, and the funding that was asked for."""

from django.contrib import admin

from tracker import models
from tracker.access.admin import EditedAdmin
from tracker.batches.admin import PlanImportMixin
from tracker.imports.registry import KINDS

from .bases import ImportedAdmin


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
