"""The Django admin, opened by membership and not by Django's own flags."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from .policies import can_plan


class TrackerAdminSite(AdminSite):
    """For administrators, and for officers as far as they plan. Sign-in is the tracker's own page, so that
    its lockout holds here too.
    """

    site_header = _("Administration")
    site_title = _("Administration")
    index_title = _("Data of the tracker")

    def has_permission(self, request: HttpRequest) -> bool:
        return can_plan(request.user)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Whoever is signed in already lacks the right; the others sign in where everyone does."""
        if request.user.is_authenticated:
            raise PermissionDenied(
                _("Administration is for administrators and, as far as they plan, officers.")
            )
        return redirect_to_login(request.GET.get("next", request.get_full_path()))

    # Django's pages of these names give way to the tracker's own.
    def logout(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("account_logout")

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("account_change_password")

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """The tables first, and their history as a list of its own below."""
        apps = super().get_app_list(request, app_label)
        for app in list(apps):
            history = [m for m in app["models"] if m["object_name"].endswith("Event")]
            history = [m for m in history if m["object_name"] != "ReviewEvent"]
            if history:
                app["models"] = [m for m in app["models"] if m not in history]
                apps.append({**app, "name": _("History of changes"), "models": history})
        return apps
