"""Who may come in: everybody with a role, or those who plan."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.utils.translation import gettext as _

from .policies import can_plan, rights_of
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
