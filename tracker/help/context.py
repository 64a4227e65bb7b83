"""The link beside every page to what the guides say of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from tracker.access.policies import Rights, rights_of

from .finding import sections_about


@dataclass(frozen=True)
class Link:
    """``page`` is the name by which the sections are asked for; empty where no guide speaks of the page."""

    url: str
    page: str


def help_of_page(request: HttpRequest) -> dict[str, Callable[[], Link]]:
    """Context processor; nothing is looked for unless a template asks."""
    return {"help_link": lambda: _link_of(request)}


def _link_of(request: HttpRequest) -> Link:
    page = request.resolver_match.view_name if request.resolver_match else ""
    user: Any = getattr(request, "user", None)
    sections = sections_about(page, rights_of(user) if user is not None else Rights())
    if not sections:
        return Link(reverse("help"), "")
    [first, *_others] = sections
    return Link(f"{reverse('help-guide', args=[first.guide])}#{first.anchor}", page)
