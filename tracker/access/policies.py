"""What a person may do, read from memberships in force today. Everything that decides asks here."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone

from .choices import MISSION_ROLES, Role
from .models import Membership, User

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


@dataclass(frozen=True)
class Rights:
    """The roles a person holds today, a stand-in's included.

    ``missions`` are those the person reports for (covered ones included), ``leads`` those they lead;
    both by id. ``stands_in``: some of it in an absent colleague's place.
    """

    missions: frozenset[int] = frozenset()
    leads: frozenset[int] = frozenset()
    regional: frozenset[str] = field(default_factory=frozenset)
    stands_in: bool = False

    @property
    def is_officer(self) -> bool:
        """An officer or the head: who reviews."""
        return bool(self.regional & {Role.OFFICER, Role.HEAD})

    @property
    def is_head(self) -> bool:
        return Role.HEAD in self.regional

    @property
    def is_administrator(self) -> bool:
        return Role.ADMINISTRATOR in self.regional

    @property
    def is_viewer(self) -> bool:
        return Role.VIEWER in self.regional

    @property
    def is_reporter(self) -> bool:
        return bool(self.missions)

    @property
    def sees_region(self) -> bool:
        """Holds any role at all: approved values and the region's standings are open to all of them."""
        return bool(self.missions or self.regional)

    @property
    def compares_missions(self) -> bool:
        """Standings, comparisons and maps by mission or country: officers and administrators."""
        return self.is_officer or self.is_administrator


def rights_of(user: "User | AnonymousUser", *, on: date | None = None) -> Rights:
    """The rights of a person on a day (today unless told), read once and kept on the user object."""
    if not isinstance(user, User) or not user.is_active:
        return Rights()
    on = on or timezone.localdate()
    kept: dict[date, Rights] = user.__dict__.setdefault("_rights", {})
    if on not in kept:
        kept[on] = _read_rights(user, on)
    return kept[on]


def _read_rights(user: User, on: date) -> Rights:
    """One statement: the roles, and with each mission's those that it reports for."""
    rows: Iterable[Any] = (
        Membership.objects.acted_on_by(user, on=on)
        .order_by()
        .values_list("role", "mission_id", "mission__covers__id", "user_id")
    )
    missions, leads, regional, stands_in = set(), set(), set(), False
    for role, mission, covered, whose in rows:
        stands_in |= whose != user.pk
        if role not in MISSION_ROLES:
            regional.add(role)
            continue
        of_role = {mission} | ({covered} if covered else set())
        missions |= of_role
        if role == Role.LEAD:
            leads |= of_role
    return Rights(frozenset(missions), frozenset(leads), frozenset(regional), stands_in)


def can_administer(user: "User | AnonymousUser") -> bool:
    """People, memberships, settings, jobs, mail."""
    return rights_of(user).is_administrator


def needs_second_factor(user: "User | AnonymousUser") -> bool:
    """Who reviews or administers, a stand-in too, where the installation asks for it."""
    rights = rights_of(user)
    return bool(settings.SECOND_FACTOR_REQUIRED and (rights.is_officer or rights.is_administrator))


def has_second_factor(user: User) -> bool:
    """Whether an app or a passkey is set up."""
    return bool(is_mfa_enabled(user))


def leaves_nobody(before: Collection[date | None], after: Collection[date | None]) -> bool:
    """Whether a change takes the last administrator: today, or once somebody's last day is over.

    ``before`` and ``after`` are the last days (None: without one) of the memberships by which somebody
    administers today.
    """
    return bool(before and not after) or (None in before and None not in after)


def can_plan(user: "User | AnonymousUser") -> bool:
    """Periods and windows; baselines, targets, assignments; adopt, retire, replace; setup imports."""
    rights = rights_of(user)
    return rights.is_officer or rights.is_administrator


def people_with(*roles: Role, on: date | None = None) -> "list[User]":
    """Active people who hold one of these regional roles on a day (stand-ins included)."""
    on = on or timezone.localdate()
    held = Membership.objects.in_force(on=on).filter(role__in=roles)
    return list(
        User.objects.filter(is_active=True)
        .filter(
            Q(memberships__in=held)
            | Q(
                stands_in_for__in=held,
                stands_in_for__stand_in_from__lte=on,
                stands_in_for__stand_in_to__gte=on,
            )
        )
        .distinct()
    )


def people_of(missions: Collection[int], *, on: date | None = None) -> dict[int, list[User]]:
    """Active people who report for these missions on a day, reporters and leads, by mission id: stand-ins beside
    those they stand in for, and the people of the mission that covers one. One statement for many missions as for
    one; a mission without people is left out.
    """
    on = on or timezone.localdate()
    held: Iterable[Any] = (
        Membership.objects.in_force(on=on)
        .filter(Q(mission__in=missions) | Q(mission__covers__in=missions), role__in=MISSION_ROLES)
        .select_related("user", "stand_in")
        .annotate(covers=F("mission__covers"))
    )
    found: dict[int, dict[int, User]] = {}
    for each in held:
        people = [each.user]
        if each.stand_in is not None and each.stand_in_from <= on <= each.stand_in_to:
            people.append(each.stand_in)
        for mission in {each.mission_id, each.covers}.intersection(missions):
            found.setdefault(mission, {}).update({p.pk: p for p in people if p.is_active})
    return {mission: list(people.values()) for mission, people in found.items() if people}
