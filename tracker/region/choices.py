"""Closed lists of the region."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

KOSOVO = "XK"
"""The code of its country and of its mission; pages that name it carry its note."""


class Subregion(TextChoices):
    """This tracker's own grouping of the countries and areas; no source document fixes it."""

    WESTERN_BALKANS = "western_balkans", _("Western Balkans")
    EASTERN_EUROPE = "eastern_europe", _("Eastern Europe")
    SOUTH_CAUCASUS = "south_caucasus", _("South Caucasus")
    CENTRAL_ASIA = "central_asia", _("Central Asia")
    TURKIYE = "turkiye", _("Türkiye")
    ISRAEL = "israel", _("Israel")


class MissionKind(TextChoices):
    COUNTRY = "country", _("Country mission")
    REGIONAL_OFFICE = "regional_office", _("Regional Office")


class OfficeKind(TextChoices):
    MAIN = "main", _("Main office")
    REGIONAL = "regional", _("Regional Office")
    SUB = "sub", _("Sub-office")


class IomStatus(TextChoices):
    """Standing in the organization, where a source document states it."""

    MEMBER = "member", _("Member State")
    OBSERVER = "observer", _("Observer State")
    OTHER = "other", _("Other")
    NOT_STATED = "not_stated", _("Not stated")


class GlobalCompactVote(TextChoices):
    """The vote on the Global Compact for Migration; the document lists those in favour."""

    IN_FAVOUR = "in_favour", _("In favour")
    AGAINST = "against", _("Against")
    ABSTAINED = "abstained", _("Abstained")
    NOT_LISTED = "not_listed", _("Not listed")


class Listed(TextChoices):
    """Whether a document names it; not listed does not say that there is nothing."""

    LISTED = "listed", _("Listed")
    NOT_LISTED = "not_listed", _("Not listed")


class MigrationNetwork(TextChoices):
    """The United Nations network on migration in the country."""

    ESTABLISHED = "established", _("Established")
    PREPARING = "preparing", _("Being prepared")
    NOT_LISTED = "not_listed", _("Not listed")


SILENT = (IomStatus.NOT_STATED, GlobalCompactVote.NOT_LISTED)
"""What says only that a document does not name a country; "not listed" is one word in all lists of facts."""


class RatificationStatus(TextChoices):
    """What is recorded of a country and a convention; no record is "not recorded", which is not a no."""

    RATIFIED = "ratified", _("Ratified")
    SIGNED = "signed", _("Signed, not ratified")
    NOT_RATIFIED = "not_ratified", _("Not ratified")
