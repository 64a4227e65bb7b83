"""allauth's forms of passwords, in the words of these pages and without placeholders."""

from collections.abc import Mapping
from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
)
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


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
