"""The outside frames the strategy answers to, and what is aligned with them."""

from django.contrib import admin

from tracker import models
from tracker.access.admin import EditedAdmin
from tracker.batches.admin import PlanImportMixin
from tracker.imports.registry import KINDS


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
