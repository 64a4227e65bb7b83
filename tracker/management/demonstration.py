"""The people of the demonstration, and who does what in it. How its figures come about is in ``demo``."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.access.choices import Role

# One for all: these accounts exist in demonstrations alone, on a machine's own address.
PASSWORD = "demonstration"


@dataclass(frozen=True, slots=True)
class Account:
    """A person of the demonstration. ``missions`` are codes; ``what`` is one line for whoever tries it."""

    email: str
    name: str
    role: Role
    missions: tuple[str, ...]
    what: "str | Promise"


def _reporter(first: str, *missions: str, of: str) -> Account:
    return Account(
        f"reporter.{first.lower()}@demo.example",
        f"Reporter for {of}",
        Role.REPORTER,
        missions,
        format_lazy(gettext_lazy("reporter of {places}"), places=of),
    )


REPORTERS = (
    _reporter("KG", "KG", "TJ", of="Kyrgyzstan and Tajikistan"),
    _reporter("KZ", "KZ", "UZ", of="Kazakhstan and Uzbekistan"),
    _reporter("TM", "TM", of="Turkmenistan"),
    _reporter("AM", "AM", "GE", of="Armenia and Georgia"),
    _reporter("AZ", "AZ", "TR", of="Azerbaijan and Türkiye"),
    _reporter("BY", "BY", "RU", of="Belarus and the Russian Federation"),
    _reporter("MD", "MD", "UA", of="the Republic of Moldova and Ukraine"),
    _reporter("AL", "AL", "XK", of="Albania and Kosovo"),
    _reporter("BA", "BA", "ME", of="Bosnia and Herzegovina and Montenegro"),
    _reporter("MK", "MK", "RS", of="North Macedonia and Serbia"),
    # Its people report for Israel too: the Regional Office covers it.
    _reporter("ROV", "ROV", of="the Regional Office and Israel"),
)
LEAD = Account(
    "lead.kg@demo.example",
    "Lead reporter for Kyrgyzstan",
    Role.LEAD,
    ("KG",),
    format_lazy(gettext_lazy("lead reporter of {places}"), places="Kyrgyzstan"),
)
OFFICER = Account(
    "officer@demo.example",
    "Regional M&E officer",
    Role.OFFICER,
    (),
    gettext_lazy("M&E officer: reviews and approves"),
)
SECOND_OFFICER = Account(
    "officer2@demo.example",
    "Second regional M&E officer",
    Role.OFFICER,
    (),
    gettext_lazy("second M&E officer: approves what the first one entered"),
)
HEAD = Account(
    "head@demo.example",
    "Head of M&E",
    Role.HEAD,
    (),
    gettext_lazy("head of M&E: decides where no officer may"),
)
ADMINISTRATOR = Account(
    "admin@demo.example",
    "Administrator",
    Role.ADMINISTRATOR,
    (),
    gettext_lazy("administrator: indicators, targets, imports, people"),
)
VIEWER = Account(
    "viewer@demo.example",
    "Viewer",
    Role.VIEWER,
    (),
    gettext_lazy("viewer: reads approved figures and released reports"),
)

ACCOUNTS = (*REPORTERS, LEAD, OFFICER, SECOND_OFFICER, HEAD, ADMINISTRATOR, VIEWER)


def describe_accounts() -> list[str]:
    """The accounts as lines to print: the password, then one line each."""
    width = max(len(account.email) for account in ACCOUNTS)
    return [
        _("%(number)d demonstration accounts; the password of all is %(password)s:")
        % {"number": len(ACCOUNTS), "password": PASSWORD},
        *(f"  {account.email:<{width}}  {account.what}" for account in ACCOUNTS),
    ]
