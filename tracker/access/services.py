"""Every write of people and of what they may do: accounts and memberships."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.common.errors import NotAllowed, Refused
from tracker.common.records import save_record
from tracker.region.models import Mission

from . import policies
from .choices import MISSION_ROLES, Role
from .models import Membership, User


def _refuse_without_rights(user: User | None) -> None:
    if user is not None and not policies.can_administer(user):
        raise NotAllowed(_("Only an administrator manages people and their roles."))


@transaction.atomic
def create_person(*, email: str, name: str = "", password_hash: str | None = None, user: User | None) -> User:
    """Make an account for a person; it may do nothing until a membership is granted.

    ``password_hash`` comes from ``django.contrib.auth.hashers.make_password`` (so that many accounts of a
    demonstration or a test can share the cost of one); without it nobody can sign in by password until one is
    set. ``user`` is who does it, None for the operator of the machine. Raises NotAllowed, or Refused where the
    address is taken: one address is one person, whatever its case.
    """
    _refuse_without_rights(user)
    address = email.strip().lower()
    person = User(
        email=address,
        name=name.strip(),
        password=make_password(None) if password_hash is None else password_hash,
    )
    try:
        # The unique address, not a look beforehand: two administrators may add the same person at once.
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(
            _("%(email)s has an account already. Give that person another role instead.") % {"email": address}
        ) from error
    return person


@transaction.atomic
def grant_membership(
    *,
    person: User,
    role: Role,
    mission: Mission | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    user: User | None,
) -> Membership:
    """Give a person a role from a day (now, if none is given), maybe to a day.

    A reporter's and a lead's role is a mission's and names it; the others are the region's and name none.
    ``user`` is who does it, None for the operator of the machine. Raises NotAllowed, or Refused where mission
    or dates do not fit, or the person holds the role already.
    """
    _refuse_without_rights(user)
    if (role in MISSION_ROLES) != (mission is not None):
        raise Refused(
            _("The role %(role)s is a mission’s: name the mission.") % {"role": role.label}
            if mission is None
            else _("The role %(role)s is the region’s: name no mission.") % {"role": role.label}
        )
    if starts_on and ends_on and ends_on < starts_on:
        raise Refused(_("The membership would end before it starts. Correct one of the dates."))
    try:
        # Against the same role granted twice at once: one open membership per person, role and mission.
        with transaction.atomic():
            membership = Membership.objects.create(
                user=person, role=role, mission=mission, starts_on=starts_on, ends_on=ends_on
            )
    except IntegrityError as error:
        raise Refused(
            _("%(person)s holds this role already. End that membership first.") % {"person": person}
        ) from error
    # What was read of this person's rights before is no longer so.
    person.__dict__.pop("_rights", None)
    return membership


@contextmanager
def _keeping_an_administrator() -> Iterator[None]:
    """Refuse what would leave nobody to administer: today, or once somebody's last day is over."""
    acting = Membership.objects.administering(on=timezone.localdate())
    # Of two administrators who end each other at once, the second waits here and finds the first one gone.
    before = list(acting.select_related("user").select_for_update(of=("self", "user")))
    yield
    after = list(acting.all())
    lasting_before, lasting_after = ([m for m in each if m.ends_on is None] for each in (before, after))
    if (before and not after) or (lasting_before and not lasting_after):
        raise Refused(
            _(
                "Nobody would be administrator any more. Make somebody else administrator first, without a "
                "last day."
            )
        )


@transaction.atomic
def save_person(*, person: User, user: User) -> None:
    """Write an account as an administrator edited it; a new one may do nothing until it has a role.

    Raises NotAllowed, or Refused where the address is taken or the last administrator could not sign in any
    more.
    """
    _refuse_without_rights(user)
    person.email = person.email.strip().lower()
    if person.pk is None:
        person.set_unusable_password()
    with _keeping_an_administrator():
        save_record(record=person)


@transaction.atomic
def save_membership(*, membership: Membership, user: User) -> None:
    """Write a membership as an administrator edited it. A membership is ended by its last day.

    Raises NotAllowed, or Refused where mission or dates do not fit, or nobody would be administrator any more.
    """
    _refuse_without_rights(user)
    with _keeping_an_administrator():
        save_record(record=membership)
