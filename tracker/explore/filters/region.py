"""What narrows the lists of countries, offices and key figures."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tracker.common.lists import ListFilter, choice_filter, words_filter
from tracker.region.choices import (
    GlobalCompactVote,
    IomStatus,
    Listed,
    MigrationNetwork,
    OfficeKind,
    Subregion,
)
from tracker.region.models import Country, KeyFigure, Office

NAMED_FOR = (
    ("eastern_partnership_panel", _("Eastern Partnership panel")),
    ("western_balkan_initiative", _("Western Balkan initiative")),
    ("almaty_process", _("Almaty Process")),
)
DOUBTED, UNDOUBTED = "yes", "no"


class CountryFilter(ListFilter):
    """By subregion and by what the documents say."""

    subregion = choice_filter(_("Subregion"), Subregion.choices)
    iom_status = choice_filter(_("Status in IOM"), IomStatus.choices)
    gcm_vote = choice_filter(_("Global Compact"), GlobalCompactVote.choices)
    unsdcf = choice_filter(_("UNSDCF"), Listed.choices)
    migration_network = choice_filter(_("Migration network"), MigrationNetwork.choices)
    named_for = choice_filter(_("Named for"), NAMED_FOR, method="narrow_by_naming")
    q = words_filter()
    searched = ("name", "source_name", "iso2", "iso3", "name_2015_2020", "name_mi2017", "offices__city")

    class Meta:
        model = Country
        fields = ("subregion", "iom_status", "gcm_vote", "unsdcf", "migration_network", "named_for", "q")

    def narrow_by_naming(self, countries: QuerySet[Country], name: str, value: str) -> QuerySet[Country]:
        return countries.filter(**{value: True})

    def narrow_by_words(self, things: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """A country with two offices that fit stands there once."""
        return things.filter(
            pk__in=super().narrow_by_words(Country.objects.order_by(), name, value).values("pk")
        )


class OfficeFilter(ListFilter):
    """By country, by kind, by words."""

    country = choice_filter(_("Country or area"), field_name="country__iso2")
    kind = choice_filter(_("Kind"), OfficeKind.choices)
    q = words_filter()
    searched = ("city", "city_as_printed", "country__name", "note", "code")

    class Meta:
        model = Office
        fields = ("country", "kind", "q")


class KeyFigureFilter(ListFilter):
    """By document, by country, by year, by whether there is a doubt, by words."""

    document = choice_filter(_("Document"))
    country = choice_filter(_("Country or area"), field_name="country__iso2")
    year = choice_filter(_("Year"))
    doubt = choice_filter(
        _("Doubt"),
        ((DOUBTED, _("With a doubt")), (UNDOUBTED, _("Without"))),
        method="narrow_by_doubt",
    )
    q = words_filter()
    searched = ("title", "geography", "unit", "note", "doubt", "code", "country__name")

    class Meta:
        model = KeyFigure
        fields = ("document", "country", "year", "doubt", "q")

    def narrow_by_doubt(self, figures: QuerySet[KeyFigure], name: str, value: str) -> QuerySet[KeyFigure]:
        return figures.exclude(doubt="") if value == DOUBTED else figures.filter(doubt="")


class SubregionFilter(ListFilter):
    """Countries and areas by subregion."""

    subregion = choice_filter(_("Subregion"), Subregion.choices)

    class Meta:
        model = Country
        fields = ("subregion",)
