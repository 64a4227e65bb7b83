"""How an account ends: closed for a while, or for good, when somebody leaves.

Who leaves keeps the name, under which their work and its history stand. How to reach them goes: from the account, from
its history, from mails, and from whatever else says so by ``forgets``.
"""

from collections.abc import Callable

import pgtrigger
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.admin.models import LogEntry
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.common.bulk import own_context, own_writes
from tracker.common.errors import Refused
from tracker.common.forgetting import forget_in
from tracker.common.jobs.outbox import forget_address

from ..models import Invitation, Membership, User
from .people import AREA, keeping_an_administrator, refuse_without_rights

Forget = Callable[[str, str], None]
"""Writes a placeholder (second) wherever an address (first) stands, in the caller's transaction."""

_FORGETTING: list[Forget] = [forget_address]


def forgets(function: Forget) -> Forget:
    """Decorator: a capability above keeps addresses too, and this is how it forgets one."""
    _FORGETTING.append(function)
    return function


@transaction.atomic
def close_account(*, person: User, name: str, user: User) -> None:
    """Somebody leaves: no way in is left, memberships end today, and how to reach them is forgotten, in the history
    too. ``name`` stays.

    The history is rewritten here and nowhere else, and only in the address; what was done, by whom and when, is an
    event like any other, with ``left`` in its context. Raises NotAllowed, or Refused where it is oneself, the last
    administrator, or somebody without a name.
    """
    refuse_without_rights(user)
    if person.pk == user.pk:
        raise Refused(_("You cannot leave by yourself. Have another administrator do this."))
    if not name.strip():
        raise Refused(_("Type the name under which this person’s work stays."))
    own_writes(AREA)
    with own_context(left=person.pk), keeping_an_administrator():
        held = User.objects.select_for_update().get(pk=person.pk)
        if held.left_at is not None:
            raise Refused(_("%(person)s has left already.") % {"person": held})
        address, placeholder = held.email, f"left-{held.pk}@people.invalid"
        _end_memberships(held)
        _remove_ways_in(held)
        held.name, held.email, held.is_active = name.strip(), placeholder, False
        held.left_at, held.password = timezone.now(), make_password(None)
        held.save()
        _forget(held, address, placeholder)


@transaction.atomic
def remove_second_factor(*, person: User, user: User) -> int:
    """Take away somebody's app, passkeys and recovery codes, whose phone is lost: they sign in by password alone and
    set up another. Give how many there were. Raises NotAllowed, also for one's own.
    """
    refuse_without_rights(user)
    if person.pk == user.pk:
        raise Refused(_("Remove your own second factor on “Your account”."))
    removed, _by_table = Authenticator.objects.filter(user=person).delete()
    _end_sessions(person)
    return removed


def _end_memberships(person: User) -> None:
    """Today is the last day of what has begun; what lies ahead is over on the day on which it would begin."""
    today = timezone.localdate()
    going_on = Membership.objects.filter(user=person).exclude(ends_on__lte=today)
    going_on.filter(starts_on__gt=today).update(
        ends_on=F("starts_on"), stand_in=None, stand_in_from=None, stand_in_to=None
    )
    going_on.exclude(starts_on__gt=today).update(ends_on=today)
    Membership.objects.filter(stand_in=person, stand_in_from__gt=today).update(
        stand_in=None, stand_in_from=None, stand_in_to=None
    )
    Membership.objects.filter(stand_in=person, stand_in_to__gt=today).update(
        stand_in_to=Greatest(F("stand_in_from"), Value(today))
    )


def _remove_ways_in(person: User) -> None:
    for table in (Authenticator, SocialAccount, EmailAddress):
        table.objects.filter(user=person).delete()
    Invitation.objects.filter(user=person, used_at__isnull=True, withdrawn_at__isnull=True).update(
        withdrawn_at=timezone.now()
    )
    _end_sessions(person)


def _end_sessions(person: User) -> None:
    """Sessions say only inside whose they are; there are some thousand of them at most."""
    ending = [
        each.session_key
        for each in Session.objects.iterator()
        if each.get_decoded().get(SESSION_KEY) == str(person.pk)
    ]
    Session.objects.filter(session_key__in=ending).delete()


def _forget(person: User, address: str, placeholder: str) -> None:
    events = User.pgh_event_model.objects.filter(pgh_obj_id=person.pk)  # type: ignore[attr-defined]
    with pgtrigger.ignore("tracker.UserEvent:append_only"):
        events.filter(email=address).update(email=placeholder)
    forget_in(LogEntry.objects.all(), "object_repr", address=address, placeholder=placeholder)
    for forget in _FORGETTING:
        forget(address, placeholder)
