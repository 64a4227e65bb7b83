"""People, memberships and invitations as they stand in the database; they are looked after at /people/."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker import models
from tracker.access.admin import ReadOnlyAdmin
from tracker.batches.admin import PlanImportMixin
from tracker.imports.registry import KINDS


def _link_to_person(number: int) -> str:
    return format_html('<a href="{}">{}</a>', reverse("person", args=[number]), _("Look after this person"))


@admin.register(models.User)
class UserAdmin(PlanImportMixin, ReadOnlyAdmin):
    """Accounts; many at once come in by a file."""

    import_kind = KINDS["users"]
    list_display = ("email", "name", "is_active", "date_joined", "last_login")
    list_filter = ("is_active", "memberships__role")
    search_fields = ("email", "name")
    fields = ("email", "name", "is_active", "date_joined", "last_login", "left_at", "looked_after")
    readonly_fields = ("looked_after",)

    @admin.display(description=gettext_lazy("roles, invitation, leaving"))
    def looked_after(self, person: Any) -> str:
        return _link_to_person(person.pk)


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
class MembershipAdmin(PlanImportMixin, ReadOnlyAdmin):
    """Roles; many at once come in by a file."""

    import_kind = KINDS["memberships"]
    list_display = ("user", "role", "mission", "starts_on", "ends_on", "stand_in")
    list_select_related = ("user", "mission", "stand_in")
    list_filter = ("role", InForceFilter, "mission")
    search_fields = ("user__email", "user__name")
    readonly_fields = ("looked_after",)

    @admin.display(description=gettext_lazy("days and stand-in"))
    def looked_after(self, membership: Any) -> str:
        return _link_to_person(membership.user_id)
