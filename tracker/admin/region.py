"""Countries, missions and offices; conventions and who ratified them; key figures."""

from django.contrib import admin

from tracker import models
from tracker.access.admin import EditedAdmin
from tracker.batches.admin import PlanImportMixin
from tracker.imports.registry import KINDS


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
