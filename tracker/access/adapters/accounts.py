"""Accounts and passwords: who is given one, what is said, which mails are sent."""

from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.common.jobs.outbox import send_later

from ..models import User
from ..wording import CHANGES, say_change, say_duration


class GivenAccounts(DefaultAccountAdapter):
    """People are given an account by an administrator; nobody makes their own."""

    @property
    def error_messages(self) -> dict[str, Any]:
        return {
            **DefaultAccountAdapter.error_messages,
            "email_password_mismatch": _(
                "There is no account with this address and this password. Check both, or choose a new password."
            ),
            "enter_current_password": _("This is not your current password. Type it again."),
            "too_many_login_attempts": _(
                "Too many wrong passwords. Try again in %(time)s, or choose a new password."
            )
            % {"time": say_duration(timedelta(minutes=settings.LOCKOUT_MINUTES))},
            "incorrect_password": _("This is not your password. Type it again."),
            "rate_limited": _("Too many tries. Try again in %(time)s.")
            % {"time": say_duration(timedelta(minutes=settings.LOCKOUT_MINUTES))},
        }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """As allauth does, with what its templates here say of the tracker and the link."""
        more = {
            "installation": settings.INSTALLATION_NAME,
            "contact": settings.CONTACT_EMAIL,
            "holds_for": say_duration(timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)),
        }
        super().send_mail(template_prefix, email, {**more, **context})

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell somebody of a change of how they come in, by a mail that waits where the mail server is out."""
        if template_prefix in CHANGES:
            subject, body = say_change(template_prefix)
            send_later(to=user.email, subject=subject, body=body)

    def forget_wrong_passwords(self, request: HttpRequest, *, email: str) -> None:
        """Unlock an address whose owner has just chosen a new password. allauth does so by itself only for
        addresses in a table of its own, which is empty here.
        """
        self._delete_login_attempts_cached_email(request, email=email)
