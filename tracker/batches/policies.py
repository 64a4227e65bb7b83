"""Who may load what."""

from typing import TYPE_CHECKING

from tracker.access.policies import can_administer, can_plan, rights_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tracker.access.models import User


def may_load_setup(user: "User | AnonymousUser") -> bool:
    """Indicators, breakdowns, assignments, baselines, targets: officers and administrators."""
    return can_plan(user)


def may_load_framework(user: "User | AnonymousUser") -> bool:
    """The strategy's own tree, countries and missions: administrators."""
    return can_administer(user)


def may_load_history(user: "User | AnonymousUser") -> bool:
    """Approved history: administrators."""
    return can_administer(user)


def may_load_drafts(user: "User | AnonymousUser") -> bool:
    """Progress into drafts: reporters for their missions, officers and administrators for any."""
    rights = rights_of(user)
    return rights.is_reporter or rights.is_officer or rights.is_administrator
