"""A request of somebody who is signed in, for views behind ``login_required``, and what it names."""

from collections.abc import Iterable

from django.http import HttpRequest

from .models import User

LONGEST_ID = 18


class PersonRequest(HttpRequest):
    """For annotations: ``user`` is a person, not the anonymous one."""

    user: User


def ids_among(values: Iterable[str]) -> set[int]:
    """The ids among what a form sent; anything else is passed over."""
    return {int(value) for value in values if value.isdecimal() and len(value) <= LONGEST_ID}


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx asks: for a part of a page that somebody opened, or to save one."""
    return "HX-Request" in request.headers
