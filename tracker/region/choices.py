"""Closed lists of the region."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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
