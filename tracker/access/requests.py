"""A request of somebody who is signed in, for views behind ``login_required``."""

from django.http import HttpRequest

from .models import User


class PersonRequest(HttpRequest):
    """For annotations: ``user`` is a person, not the anonymous one."""

    user: User
