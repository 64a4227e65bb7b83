"""What a page is asked for, and whose standings a person may see."""

from dataclasses import dataclass

from django.db.models import QuerySet

from tracker.access.policies import Rights
from tracker.progress.models import ReportingPeriod
from tracker.region.models import Mission


@dataclass(frozen=True)
class Choice:
    """As of which period, for which mission (None: the region), and whether submitted figures are in."""

    period: ReportingPeriod
    mission: Mission | None = None
    provisional: bool = False


def missions_judged(rights: Rights) -> QuerySet[Mission]:
    """The missions whose standings this person may see: all for officers and administrators, their own for
    reporters, none for viewers.
    """
    missions = Mission.objects.order_by("kind", "name")
    return missions if rights.compares_missions else missions.filter(pk__in=rights.missions)


def may_judge(rights: Rights, mission: Mission) -> bool:
    """Whether this person sees how the mission stands, and not only what it reported."""
    return rights.compares_missions or mission.pk in rights.missions


def may_see_small_cells(rights: Rights, mission: Mission | None) -> bool:
    """Small cells of sensitive indicators: officers and administrators, reporters of their own missions."""
    return rights.compares_missions or (mission is not None and mission.pk in rights.missions)


def may_see_provisional(rights: Rights, mission: Mission | None) -> bool:
    """Submitted figures before they are approved: officers everywhere, reporters of their own missions."""
    return rights.is_officer or (mission is not None and mission.pk in rights.missions)
