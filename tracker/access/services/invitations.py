"""Invitations: an account that is made, and a mail with a link by which its owner first signs in.

The link is good once, until a day, and as long as nobody has signed in since it was sent. Whoever has it chooses a
password, or ties the account to a subject of the provider's; an address that a provider claims plays no part.
"""

from datetime import date, timedelta

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.common.errors import Refused
from tracker.common.jobs.outbox import send_later
from tracker.region.models import Mission

from ..choices import Role
from ..models import Invitation, User
from ..wording import say_invitation, say_link_is_dead
from .people import create_person, grant_membership, keeping_an_administrator, refuse_without_rights

_SALT = "tracker.access.invitation"


@transaction.atomic
def invite_person(
    *,
    email: str,
    name: str,
    role: Role,
    mission: Mission | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    link: str,
    user: User,
) -> User:
    """Make an account with a first role, and write to its owner. ``link`` is the address of an invitation's page with
    the word ``TOKEN`` in the place of its key.

    Raises NotAllowed, or Refused where the address is taken, or mission or dates do not fit.
    """
    person = create_person(email=email, name=name, user=user)
    grant_membership(
        person=person, role=role, mission=mission, starts_on=starts_on, ends_on=ends_on, user=user
    )
    _send(person=person, link=link, user=user)
    return person


@transaction.atomic
def invite_again(*, person: User, link: str, user: User) -> None:
    """Send a new link, after which an earlier one is dead; an account that was closed opens again.

    Raises NotAllowed, or Refused where the person has left or signs in already.
    """
    refuse_without_rights(user)
    held = User.objects.select_for_update().get(pk=person.pk)
    if held.left_at is not None:
        raise Refused(_("%(person)s has left, and the address is gone. Invite them anew.") % {"person": held})
    if held.is_active and held.last_login is not None:
        raise Refused(
            _("%(person)s signs in already. A new password is chosen by “Forgotten your password?”.")
            % {"person": held}
        )
    if not held.is_active:
        held.is_active = True
        held.save(update_fields=["is_active"])
    _send(person=held, link=link, user=user)


@transaction.atomic
def take_back_invitation(*, person: User, user: User) -> None:
    """Make a link that was not used dead, and close the account to which it led: nobody may come in by it.

    Raises NotAllowed, or Refused where there is none any more.
    """
    refuse_without_rights(user)
    with keeping_an_administrator():
        open_ones = Invitation.objects.open().filter(user=person).values("pk")
        taken = Invitation.objects.filter(pk__in=open_ones).update(withdrawn_at=timezone.now())
        if not taken:
            raise Refused(
                _("%(person)s has used the invitation, or it was taken back already.") % {"person": person}
            )
        User.objects.filter(pk=person.pk).update(is_active=False)


def find_invitation(*, token: str) -> Invitation:
    """The invitation of a link, with its person. Raises Refused where the link is dead, whatever the reason."""
    try:
        number = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        raise Refused(say_link_is_dead()) from None
    good = Invitation.objects.good(now=timezone.now()).select_related("user", "invited_by")
    invitation = good.filter(pk=number).first()
    if invitation is None:
        raise Refused(say_link_is_dead())
    return invitation


@transaction.atomic
def accept_by_password(*, token: str, password: str) -> User:
    """Use a link, once: its person has this password, which the form has checked. Raises Refused where it is dead."""
    person = _use(token)
    person.set_password(password)
    person.save(update_fields=["password"])
    return person


@transaction.atomic
def accept_by_provider(*, token: str, provider: str, subject: str) -> SocialAccount:
    """Use a link, once: its person is whom the provider knows by this subject, which the provider has just said.

    Raises Refused where the link is dead or somebody else is tied to that subject.
    """
    person = _use(token)
    try:
        # Two links and one subject at once: the second meets the unique (provider, subject).
        with transaction.atomic():
            return SocialAccount.objects.create(user=person, provider=provider, uid=subject, extra_data={})
    except IntegrityError as error:
        raise Refused(
            _(
                "Your account there is tied to another person’s account here already. Sign in with it, or "
                "follow the invitation again and choose a password."
            )
        ) from error


def _use(token: str) -> User:
    """The person of a link that is good, and dead from now on."""
    invitation = find_invitation(token=token)
    # Of two who follow one link at once, the second waits here and finds it used.
    used = Invitation.objects.filter(pk=invitation.pk, used_at__isnull=True, withdrawn_at__isnull=True)
    if not used.update(used_at=timezone.now()):
        raise Refused(say_link_is_dead())
    return invitation.user


def _send(*, person: User, link: str, user: User) -> None:
    now = timezone.now()
    Invitation.objects.filter(user=person, used_at__isnull=True, withdrawn_at__isnull=True).update(
        withdrawn_at=now
    )
    invitation = Invitation.objects.create(
        user=person,
        invited_by=user,
        sent_at=now,
        expires_at=now + timedelta(days=settings.INVITATION_DAYS),
    )
    roles = [str(each) for each in person.memberships.select_related("mission").order_by("pk")]
    subject, body = say_invitation(
        invitation,
        link=link.replace("TOKEN", signing.dumps(invitation.pk, salt=_SALT)),
        roles=[each.partition(": ")[2] for each in roles],
    )
    send_later(to=person.email, subject=subject, body=body)
