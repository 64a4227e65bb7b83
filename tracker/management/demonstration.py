"""The people of the demonstration, and who does what in it. How its figures come about is in ``demo``."""

from dataclasses import dataclass

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
    what: str


def _reporter(first: str, *missions: str, of: str) -> Account:
    return Account(
        f"reporter.{first.lower()}@demo.example",
        f"Reporter for {of}",
        Role.REPORTER,
        missions,
        f"reporter of {of}",
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
    "lead.kg@demo.example", "Lead reporter for Kyrgyzstan", Role.LEAD, ("KG",), "lead reporter of Kyrgyzstan"
)
OFFICER = Account(
    "officer@demo.example", "Regional M&E officer", Role.OFFICER, (), "M&E officer: reviews and approves"
)
SECOND_OFFICER = Account(
    "officer2@demo.example",
    "Second regional M&E officer",
    Role.OFFICER,
    (),
    "second M&E officer: approves what the first one entered",
)
HEAD = Account("head@demo.example", "Head of M&E", Role.HEAD, (), "head of M&E: decides where no officer may")
ADMINISTRATOR = Account(
    "admin@demo.example",
    "Administrator",
    Role.ADMINISTRATOR,
    (),
    "administrator: indicators, targets, imports, people",
)
VIEWER = Account(
    "viewer@demo.example", "Viewer", Role.VIEWER, (), "viewer: reads approved figures and released reports"
)

ACCOUNTS = (*REPORTERS, LEAD, OFFICER, SECOND_OFFICER, HEAD, ADMINISTRATOR, VIEWER)
