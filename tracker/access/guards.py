"""Who may come in: everybody with a role, those who plan, those who administer; and with which factors."""

from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from .policies import can_administer, can_plan, has_second_factor, needs_second_factor, rights_of
from .requests import PersonRequest

View = Callable[..., HttpResponseBase]


def readers_only(view: View) -> View:
    """Signed in and with a role, whichever; others are told whom to ask (403)."""

    @login_required
    def guarded(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not rights_of(request.user).sees_region:
            raise PermissionDenied(_("Your account has no role yet. Ask an administrator for one."))
        return view(request, *args, **kwargs)

    return guarded


def planners_only(view: View) -> View:
    """For those who plan; others with a role are told so (403)."""

    @readers_only
    def guarded(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can_plan(request.user):
            raise PermissionDenied(_("Officers and administrators plan: assignments, baselines and targets."))
        return view(request, *args, **kwargs)

    return guarded


def administrators_only(view: View) -> View:
    """For administrators; others are told so (403)."""

    @readers_only
    def guarded(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can_administer(request.user):
            raise PermissionDenied(_("Administrators look after people and their roles."))
        return view(request, *args, **kwargs)

    return guarded


class SecondFactorMiddleware:
    """Where the installation asks for a second factor, who needs one and has none is led to set it up, whatever page
    they ask for. Who came in by the provider has met whatever it asks for.
    """

    # Where one goes to have a factor, or out again.
    open_to_all = (
        "/account/",
        "/accounts/",
        "/invitation/",
        "/help/",
        "/static/",
        "/healthz",
        "/favicon.ico",
    )

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.SECOND_FACTOR_REQUIRED and not request.path.startswith(self.open_to_all):
            user: Any = request.user
            if needs_second_factor(user) and not has_second_factor(user) and not _came_by_provider(request):
                return redirect("mfa_index")
        return self.get_response(request)


def _came_by_provider(request: HttpRequest) -> bool:
    user: Any = request.user
    ways = [each["method"] for each in get_authentication_records(request, user)]
    return ways[:1] == ["socialaccount"]
