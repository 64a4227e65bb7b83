"""Who may do what with editions."""

from typing import TYPE_CHECKING

from tracker.access.models import User
from tracker.access.policies import rights_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


def can_release(user: User) -> bool:
    """An officer or the head lets an edition leave the house."""
    return rights_of(user).is_officer


def can_request(user: "User | AnonymousUser") -> bool:
    """Officers and administrators have an edition made out of turn."""
    rights = rights_of(user)
    return rights.is_officer or rights.is_administrator


def can_schedule(user: "User | AnonymousUser") -> bool:
    """Officers and administrators say what is made by itself, and when."""
    return can_request(user)
