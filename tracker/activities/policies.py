"""Who writes activities: a mission's own people for it, officers and administrators for every mission; what comes
from documents before this strategy, administrators alone.
"""

from typing import TYPE_CHECKING, Any

from tracker.access.policies import rights_of
from tracker.region.models import Mission

from .choices import ActivityStatus

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from tracker.access.models import User

    from .models import Activity


def may_load_activities(user: "User | AnonymousUser") -> bool:
    """Whoever may write any activity; which rows, is said of each (``may_write_for``)."""
    rights = rights_of(user)
    return rights.is_reporter or rights.is_officer or rights.is_administrator


def may_write_for(user: "User | None", mission: int | None) -> bool:
    """Activities of this mission, by id; ``user`` is None for the operator of the machine."""
    if user is None:
        return True
    rights = rights_of(user)
    return rights.is_officer or rights.is_administrator or mission in rights.missions


def may_write_historical(user: "User | None") -> bool:
    """What comes from a document before this strategy: administrators."""
    return user is None or rights_of(user).is_administrator


def may_change(user: "User | AnonymousUser", activity: "Activity") -> bool:
    """This activity, by its form. A historical one is changed by a file that says where it comes from."""
    rights = rights_of(user)
    if activity.status == ActivityStatus.HISTORICAL:
        return False
    return rights.is_officer or rights.is_administrator or activity.mission_id in rights.missions


def missions_to_write_for(user: "User") -> "QuerySet[Mission, Any]":
    """The missions whose activities a person may write, by name."""
    rights = rights_of(user)
    missions = Mission.objects.order_by("name")
    if rights.is_officer or rights.is_administrator:
        return missions
    return missions.filter(pk__in=rights.missions)
