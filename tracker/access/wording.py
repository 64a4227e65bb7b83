"""Sentences about people, their roles and their accounts that pages, files and mails share."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.common.formats import show_date

from .choices import Standing
from .models import Invitation, Membership


def say_days(starts_on: date | None, ends_on: date | None) -> str:
    """From when to when a membership holds."""
    if starts_on and ends_on:
        return _("from %(first)s to %(last)s") % {"first": show_date(starts_on), "last": show_date(ends_on)}
    if starts_on:
        return _("from %(first)s on") % {"first": show_date(starts_on)}
    return _("until %(last)s") % {"last": show_date(ends_on)} if ends_on else _("without a last day")


def say_nobody_left() -> str:
    """Why the last administrator stays one."""
    return _(
        "Nobody would be administrator any more. Make somebody else administrator first, without a last day."
    )


def say_locked_out() -> str:
    """Why people do not take their own right to administer by a file."""
    return _("You would not be administrator any more. Have another administrator do this.")


def say_duration(duration: timedelta) -> str:
    """Such as "5 minutes" or "3 days", in the largest unit that fits."""
    start = datetime(2020, 1, 1)
    return timesince(start, start + duration, depth=1).replace("\xa0", " ")


def say_link_is_dead() -> str:
    """Of a link that was used, taken back, overtaken, is too old or broken: which of them is nobody's business."""
    return _("This invitation no longer works: it was used already, taken back, or is too old.")


def say_whom_to_ask() -> str:
    """The last line of a mail."""
    if settings.CONTACT_EMAIL:
        return _("Questions? Write to %(address)s.") % {"address": settings.CONTACT_EMAIL}
    return _("Questions? Ask the administrator who gave you the account.")


def say_invitation(invitation: Invitation, *, link: str, roles: Sequence[str]) -> tuple[str, str]:
    """Subject and text of the mail that invites somebody."""
    said = {"installation": settings.INSTALLATION_NAME, "inviter": invitation.invited_by}
    lines = [
        str(settings.INSTALLATION_NAME),
        "",
        _("%(inviter)s invites you to the %(installation)s.") % said,
        *([_("Your role: %(roles)s.") % {"roles": "; ".join(roles)}] if roles else []),
        "",
        _("Choose how you sign in here:"),
        "",
        link,
        "",
        _("The link works once, until %(day)s.")
        % {"day": show_date(timezone.localtime(invitation.expires_at).date())},
        _("You did not expect it? Do nothing, and nothing happens."),
        "",
        say_whom_to_ask(),
    ]
    return _("%(installation)s: your invitation") % said, "\n".join(lines)


CHANGES: Mapping[str, Promise] = {
    "account/email/password_changed": gettext_lazy("Your password was changed."),
    "account/email/password_set": gettext_lazy("A password was chosen for your account."),
    "account/email/password_reset": gettext_lazy("Your password was chosen anew by the link in a mail."),
    "mfa/email/totp_activated": gettext_lazy("An authenticator app was added to your account."),
    "mfa/email/totp_deactivated": gettext_lazy("The authenticator app was removed from your account."),
    "mfa/email/recovery_codes_generated": gettext_lazy(
        "New recovery codes were made for your account; the old ones no longer work."
    ),
    "mfa/email/webauthn_added": gettext_lazy("A passkey was added to your account."),
    "mfa/email/webauthn_removed": gettext_lazy("A passkey was removed from your account."),
    "socialaccount/email/account_connected": gettext_lazy(
        "Your account was tied to one at another provider, by which you can sign in."
    ),
    "socialaccount/email/account_disconnected": gettext_lazy(
        "Your account is no longer tied to one at another provider."
    ),
}
"""What somebody is told by mail when a way into their account changes, by allauth's names."""


def say_change(name: str) -> tuple[str, str]:
    """Subject and text of the mail after such a change. Raises KeyError for a name that is none of ``CHANGES``."""
    said = {"installation": settings.INSTALLATION_NAME}
    lines = [
        str(settings.INSTALLATION_NAME),
        "",
        str(CHANGES[name]),
        "",
        _("It was not you? Choose a new password at once, and tell whoever looks after the tracker."),
        "",
        say_whom_to_ask(),
    ]
    return _("%(installation)s: a change of your account") % said, "\n".join(lines)


def say_role(membership: Membership) -> str:
    """Which role, of which mission, from when to when, and who stands in."""
    said = membership.get_role_display()
    if membership.mission is not None:
        said = f"{said}, {membership.mission.name}"
    if membership.starts_on or membership.ends_on:
        said = f"{said}, {say_days(membership.starts_on, membership.ends_on)}"
    if membership.stand_in is not None:
        said = _("%(role)s (stand-in: %(person)s, %(days)s)") % {
            "role": said,
            "person": membership.stand_in,
            "days": say_days(membership.stand_in_from, membership.stand_in_to),
        }
    return said


@dataclass(frozen=True, slots=True)
class SaidRole:
    """A membership in words, and its number."""

    pk: int
    said: str


def say_roles(memberships: Iterable[Membership]) -> list[SaidRole]:
    """Each membership in words; read with its mission and its stand-in."""
    return [SaidRole(each.pk, say_role(each)) for each in memberships]


def say_standing(person: Any) -> str:
    """What is to be said besides how far the account is; ``person`` comes ``with_standing``."""

    def day(moment: datetime) -> str:
        return show_date(timezone.localtime(moment).date())

    match person.standing:
        case Standing.LEFT:
            return _("on %(day)s") % {"day": day(person.left_at)}
        case Standing.INVITED:
            return _("the link works until %(day)s") % {"day": day(person.invited_until)}
        case Standing.EXPIRED:
            return _("on %(day)s") % {"day": day(person.invited_until)}
    return _("last on %(day)s") % {"day": day(person.last_login)} if person.last_login else ""
