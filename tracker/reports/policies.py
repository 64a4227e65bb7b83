"""Who may do what with editions."""

from tracker.access.models import User
from tracker.access.policies import rights_of


def can_release(user: User) -> bool:
    """An officer or the head lets an edition leave the house."""
    return rights_of(user).is_officer


def can_request(user: User) -> bool:
    """Officers and administrators have an edition made out of turn."""
    rights = rights_of(user)
    return rights.is_officer or rights.is_administrator


def can_schedule(user: User) -> bool:
    """Officers and administrators say what is made by itself, and when."""
    return can_request(user)
