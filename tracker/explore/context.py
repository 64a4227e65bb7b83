"""What every page needs: the strategy it speaks of, what the person may do, and where they can go."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from tracker.access.adapters.factors import takes_passkeys
from tracker.access.models import User
from tracker.access.policies import Rights, rights_of
from tracker.framework.models import Strategy
from tracker.notices.models import Notice
from tracker.notices.policies import kinds_for

_OF_THE_REGION = (
    "/missions/",
    "/activities/",
    "/funding/",
    "/offices/",
    "/conventions/",
    "/key-figures/",
    "/references/",
)


@dataclass(frozen=True)
class Place:
    """An entry of the top bar."""

    title: str
    url: str
    is_here: bool


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor; what is read is read only where a template asks."""
    user = getattr(request, "user", None)
    rights = rights_of(user) if user is not None else Rights()
    return {
        "installation": settings.INSTALLATION_NAME,
        "contact": settings.CONTACT_EMAIL,
        "provider_of_sign_in": settings.OIDC_NAME,
        "takes_passkeys": partial(takes_passkeys, request),
        "rights": rights,
        "strategy": SimpleLazyObject(Strategy.objects.current),
        "places": list(_places(request, rights)),
        "hears_notices": bool(kinds_for(rights)),
        # Counted where a page is drawn, in one statement.
        "count_unread": lambda: _count_unread(user),
    }


def _count_unread(user: Any) -> int:
    return Notice.objects.told(user).unread().count() if isinstance(user, User) else 0


def _places(request: HttpRequest, rights: Rights) -> Iterator[Place]:
    def place(title: str, name: str, *more: str) -> Place:
        """``more`` are the beginnings of other addresses that belong to it."""
        url = reverse(name)
        return Place(title, url, request.path.startswith((url, *more)))

    if not rights.sees_region:
        return
    yield place(_("Framework"), "framework")
    yield place(_("Region"), "countries", *_OF_THE_REGION)
    if rights.is_reporter or rights.is_officer:
        yield place(_("Reporting"), "reporting")
    if rights.is_officer:
        yield place(_("Review"), "review")
    yield place(_("Reports"), "reports")
    if rights.is_reporter or rights.is_officer or rights.is_administrator:
        yield place(_("Imports"), "imports")
    if rights.is_administrator:
        yield place(_("People"), "people")
    if rights.is_officer or rights.is_administrator:
        yield place(_("Administration"), "admin:index", "/periods/")
