"""What differs from allauth's own views of forgotten passwords."""

import logging
from datetime import timedelta
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.views import PasswordResetDoneView, PasswordResetFromKeyView, PasswordResetView
from django.conf import settings
from django.forms import Form
from django.http import HttpResponse
from django.utils.translation import gettext as _

from ..wording import say_duration

log = logging.getLogger(__name__)

PRINTS_MAIL = "django.core.mail.backends.console.EmailBackend"


class AskForPasswordView(PasswordResetView):
    """Asks for a mail with a link. That the mail could not be sent is said, with the address still there."""

    def form_valid(self, form: Form) -> HttpResponse:
        try:
            return super().form_valid(form)
        except (OSError, SMTPException):
            # The same for every address: whether there is an account is nobody's business.
            log.exception("A mail with a link for a new password was not sent.")
            form.add_error(None, _("The mail could not be sent just now. Try again in some minutes."))
            return self.form_invalid(form)


class MailSentView(PasswordResetDoneView):
    """Says what comes, and in a demonstration, where mails are only printed, where to look."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs,
            holds_for=say_duration(timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)),
            is_printed=settings.EMAIL_BACKEND == PRINTS_MAIL,
        )


class ChoosePasswordView(PasswordResetFromKeyView):
    """Takes the new password of whoever followed the link; earlier wrong ones no longer lock the address."""

    def form_valid(self, form: Form) -> HttpResponse:
        response = super().form_valid(form)
        get_adapter().forget_wrong_passwords(self.request, email=self.reset_user.email)
        return response
