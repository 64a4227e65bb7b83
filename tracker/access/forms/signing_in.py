"""allauth's forms of passwords, codes and passkeys, in the words of these pages and without placeholders."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
)
from allauth.account.forms import ReauthenticateForm as PasswordAgainForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..wording import say_duration


class _InOurWords:
    """Gives fields the labels of ``labels``; all else is allauth's."""

    labels: "Mapping[str, str | Promise]"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in self.labels.items():
            field = self.fields[name]  # type: ignore[attr-defined]
            field.label = label
            field.widget.attrs.pop("placeholder", None)


_NEW = {"password1": _("New password"), "password2": _("New password once more")}


class ChangePassword(_InOurWords, ChangePasswordForm):
    labels = {"oldpassword": _("Current password"), **_NEW}


class SetPassword(_InOurWords, SetPasswordForm):
    labels = _NEW


class ChoosePassword(_InOurWords, ResetPasswordKeyForm):
    labels = _NEW


class AskForPassword(_InOurWords, ResetPasswordForm):
    labels = {"email": _("E-mail address")}


class PasswordAgain(_InOurWords, PasswordAgainForm):
    labels = {"password": _("Password")}


class _Code(_InOurWords):
    """Says of too many wrong codes that they were codes: allauth has one sentence for them and for passwords."""

    labels = {"code": _("Code")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autofocus": True}  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        try:
            return super().clean_code()  # type: ignore[misc]
        except ValidationError as error:
            if error.code != "too_many_login_attempts":
                raise
            time = say_duration(timedelta(minutes=settings.LOCKOUT_MINUTES))
            raise ValidationError(
                gettext("Too many wrong codes. Try again in %(time)s.") % {"time": time}
            ) from error


class GiveCode(_Code, AuthenticateForm):
    pass


class GiveCodeAgain(_Code, ReauthenticateForm):
    pass


class ActivateApp(_Code, ActivateTOTPForm):
    labels = {"code": _("The code that the app shows now")}


class AddPasskey(_InOurWords, AddWebAuthnForm):
    labels = {
        "name": _("What you call it"),
        "passwordless": _("Sign in with it alone, without the password"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _("Such as “My laptop”.")
        self.fields["passwordless"].help_text = _("It then asks for your finger, your face or its PIN.")
        self.fields["passwordless"].initial = True


class RenamePasskey(_InOurWords, EditWebAuthnForm):
    labels = {"name": _("What you call it")}
