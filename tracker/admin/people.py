"""People and their memberships, which end and are never deleted."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker import models
from tracker.access.admin import EditedAdmin, person_of
from tracker.access.services import save_membership, save_person
from tracker.batches.admin import PlanImportMixin
from tracker.imports.registry import KINDS


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
