"""Every write of people and of what they may do: accounts and memberships."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.common.bulk import area_of, columns_of, insert, own_writes, run, share_writes, staged
from tracker.common.errors import NotAllowed, Refused
from tracker.common.records import save_record
from tracker.region.models import Mission

from .. import policies
from ..choices import MISSION_ROLES, Role
from ..models import Membership, User
from ..wording import say_days, say_locked_out, say_nobody_left

AREA = area_of(Membership)


def refuse_without_rights(user: User | None) -> None:
    """Raise NotAllowed unless an administrator does it, or the operator of the machine (None)."""
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
    refuse_without_rights(user)
    share_writes(AREA)
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
    refuse_without_rights(user)
    if (role in MISSION_ROLES) != (mission is not None):
        raise Refused(
            _("The role %(role)s is a mission’s: name the mission.") % {"role": role.label}
            if mission is None
            else _("The role %(role)s is the region’s: name no mission.") % {"role": role.label}
        )
    if starts_on and ends_on and ends_on < starts_on:
        raise Refused(_("The membership would end before it starts. Correct one of the dates."))
    # Alone: of two who give the same role at once, the second sees that it is given.
    own_writes(AREA)
    membership = Membership(user=person, role=role, mission=mission, starts_on=starts_on, ends_on=ends_on)
    _refuse_overlap(membership)
    try:
        # Against the same role granted twice at once: one open membership per person, role and mission.
        with transaction.atomic():
            membership.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(
            _("%(person)s holds this role already. End that membership first.") % {"person": person}
        ) from error
    # What was read of this person's rights before is no longer so.
    person.__dict__.pop("_rights", None)
    return membership


def _refuse_overlap(membership: Membership) -> None:
    """A role is not held twice on one day: which of the two would be ended?"""
    other = Membership.objects.overlapping(membership).first()
    if other is not None:
        raise Refused(
            _("%(person)s holds this role already %(days)s. End that membership first, or correct the dates.")
            % {"person": membership.user, "days": say_days(other.starts_on, other.ends_on)}
        )


@contextmanager
def keeping_an_administrator() -> Iterator[None]:
    """Refuse what would leave nobody to administer: today, or once somebody's last day is over."""
    acting = Membership.objects.administering(on=timezone.localdate())
    # Of two administrators who end each other at once, the second waits here and finds the first one gone.
    before = list(acting.select_related("user").select_for_update(of=("self", "user")))
    yield
    after = list(acting.all())
    if policies.leaves_nobody([m.ends_on for m in before], [m.ends_on for m in after]):
        raise Refused(say_nobody_left())


@transaction.atomic
def save_person(*, person: User, user: User) -> None:
    """Write an account as an administrator edited it; a new one may do nothing until it has a role.

    Raises NotAllowed, or Refused where the address is taken or the last administrator could not sign in any
    more.
    """
    refuse_without_rights(user)
    share_writes(AREA)
    person.email = person.email.strip().lower()
    if person.pk is None:
        person.set_unusable_password()
    with keeping_an_administrator():
        save_record(record=person)


@transaction.atomic
def save_membership(*, membership: Membership, user: User) -> None:
    """Write a membership as an administrator edited it. A membership is ended by its last day.

    Raises NotAllowed, or Refused where mission or dates do not fit, or nobody would be administrator any more.
    """
    refuse_without_rights(user)
    own_writes(AREA)
    _refuse_overlap(membership)
    with keeping_an_administrator():
        save_record(record=membership)


# -- Many at once, by a file --------------------------------------------------------------------------
PERSON_FIELDS = ("email", "name", "is_active")
MEMBERSHIP_FIELDS = (
    "user", "role", "mission", "starts_on", "ends_on", "stand_in", "stand_in_from", "stand_in_to",
)  # fmt: skip


@contextmanager
def not_locking_out(user: User | None) -> Iterator[None]:
    """Refuse what would take the last administrator, or the right to administer from whoever does it."""
    with keeping_an_administrator():
        yield
    # Read anew: what is kept on the object is what was so before.
    if user is not None and not policies.can_administer(User.objects.get(pk=user.pk)):
        raise Refused(say_locked_out())


@transaction.atomic
def save_people(*, rows: Collection[Mapping[str, Any]], user: User | None) -> None:
    """Make or change accounts by their addresses, each with all ``PERSON_FIELDS``; a new one has no password
    and may do nothing until it has a role.

    Nobody is written to: as with ``create_person``, a new person sets a password through “Forgotten your
    password?”. Raises NotAllowed, or Refused where nobody would be administrator any more, or ``user`` not.
    """
    refuse_without_rights(user)
    share_writes(AREA)
    held = set(User.objects.filter(email__in=[row["email"] for row in rows]).values_list("email", flat=True))
    with not_locking_out(user):
        changed = [tuple(row[name] for name in PERSON_FIELDS) for row in rows if row["email"] in held]
        with staged(columns=columns_of(User, PERSON_FIELDS), rows=changed, name="people") as source:
            run(
                f"UPDATE tracker_user u SET name = s.name, is_active = s.is_active FROM {source} s "
                "WHERE u.email = s.email"
            )
        insert(
            model=User,
            fields=(*PERSON_FIELDS, "password", "date_joined"),
            rows=[
                (*(row[name] for name in PERSON_FIELDS), make_password(None), timezone.now())
                for row in rows
                if row["email"] not in held
            ],
        )


@transaction.atomic
def save_memberships(
    *, new: Collection[tuple[Any, ...]], changed: Mapping[int, tuple[Any, ...]], user: User | None
) -> None:
    """Grant memberships, and change those with these ids; each row is ``MEMBERSHIP_FIELDS``, people and missions
    by id. None is deleted: a membership is ended by its last day. That none of them overlaps is the caller's to
    see to, with the table locked.

    Raises NotAllowed, or Refused where nobody would be administrator any more, or ``user`` not.
    """
    refuse_without_rights(user)
    share_writes(AREA)
    columns = {"id": "bigint", **columns_of(Membership, MEMBERSHIP_FIELDS)}
    changes = ", ".join(f"{name} = s.{name}" for name in columns if name != "id")
    rows = [(pk, *row) for pk, row in changed.items()]
    with not_locking_out(user):
        with staged(columns=columns, rows=rows, name="memberships") as source:
            # What ends goes first: of a role, a person holds one membership without a last day.
            for which in ("s.ends_on IS NOT NULL", "s.ends_on IS NULL"):
                run(
                    f"UPDATE tracker_membership m SET {changes} FROM {source} s WHERE m.id = s.id AND {which}"
                )
        insert(model=Membership, fields=MEMBERSHIP_FIELDS, rows=new)
