"""Forms of signing in, and of people and their roles."""

from .signing_in import (
    ActivateApp,
    AddPasskey,
    AskForPassword,
    ChangePassword,
    ChoosePassword,
    GiveCode,
    GiveCodeAgain,
    PasswordAgain,
    RenamePasskey,
    SetPassword,
)

__all__ = [
    "ActivateApp",
    "AddPasskey",
    "AskForPassword",
    "ChangePassword",
    "ChoosePassword",
    "GiveCode",
    "GiveCodeAgain",
    "PasswordAgain",
    "RenamePasskey",
    "SetPassword",
]
