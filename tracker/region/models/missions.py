"""Where the strategy is carried out: countries and areas, the missions that report, their offices."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tracker.common.addresses import code_fits_an_address
from tracker.common.history import tracked
from tracker.common.versions import raises_data_version

from ..choices import (
    GlobalCompactVote,
    IomStatus,
    Listed,
    MigrationNetwork,
    MissionKind,
    OfficeKind,
    Subregion,
)


@tracked()
class Country(models.Model):
    """One of the 20 countries and areas of the region."""

    iso2 = models.CharField(_("code"), max_length=2, unique=True, help_text=_("ISO 3166-1 alpha-2."))
    iso3 = models.CharField(_("three-letter code"), max_length=3, unique=True)
    name = models.CharField(_("name"), max_length=100, help_text=_("The form in use."))
    source_name = models.CharField(
        _("name in the documents"), max_length=100, help_text=_("The form of the source documents.")
    )
    subregion = models.CharField(_("subregion"), max_length=20, choices=Subregion.choices)
    subregion_basis = models.CharField(_("why this subregion"), max_length=300, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=200)

    # What the documents say of it (the sheet ``country_facts``); the sheet ``countries`` leaves it to its defaults.
    # "Not stated" and "not listed" say only that the document does not name it.
    name_2015_2020 = models.CharField(
        _("name in the strategy 2015–2020"), max_length=100, blank=True, db_default=""
    )
    name_mi2017 = models.CharField(
        _("name in Migration Initiatives 2017"), max_length=100, blank=True, db_default=""
    )
    name_mi2019 = models.CharField(
        _("name in Migration Initiatives 2019"), max_length=100, blank=True, db_default=""
    )
    iom_status = models.CharField(
        _("status in IOM"), max_length=10, choices=IomStatus.choices, db_default=IomStatus.NOT_STATED
    )
    iom_status_note = models.CharField(_("note on the status"), max_length=300, blank=True, db_default="")
    gcm_vote = models.CharField(
        _("vote on the Global Compact"),
        max_length=10,
        choices=GlobalCompactVote.choices,
        db_default=GlobalCompactVote.NOT_LISTED,
    )
    unsdcf = models.CharField(
        _("cooperation framework with the United Nations"),
        max_length=10,
        choices=Listed.choices,
        db_default=Listed.NOT_LISTED,
    )
    migration_network = models.CharField(
        _("migration network"),
        max_length=11,
        choices=MigrationNetwork.choices,
        db_default=MigrationNetwork.NOT_LISTED,
    )
    coordinates = models.CharField(
        _("coordinates for"),
        max_length=100,
        blank=True,
        db_default="",
        help_text=_("What its office coordinates for."),
    )
    eastern_partnership_panel = models.BooleanField(_("Eastern Partnership panel"), db_default=False)
    western_balkan_initiative = models.BooleanField(_("Western Balkan initiative"), db_default=False)
    almaty_process = models.BooleanField(_("Almaty Process"), db_default=False)
    in_convention_table = models.BooleanField(
        _("has a column in the table of conventions"),
        db_default=False,
        help_text=_("Annex 2 of the strategy."),
    )
    facts_source = models.CharField(_("source of the facts"), max_length=500, blank=True, db_default="")
    facts_note = models.CharField(_("note on the facts"), max_length=500, blank=True, db_default="")
    tile_row = models.PositiveSmallIntegerField(
        _("row in the tile map"), null=True, blank=True, help_text=_("From 1, north to south.")
    )
    tile_column = models.PositiveSmallIntegerField(
        _("column in the tile map"), null=True, blank=True, help_text=_("From 1, west to east.")
    )

    class Meta:
        verbose_name = _("country or area")
        verbose_name_plural = _("countries and areas")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(iso2__regex=r"^[A-Z]{2}$") & models.Q(iso3__regex=r"^[A-Z]{3}$"),
                name="country_codes_are_capitals",
            ),
            models.CheckConstraint(
                condition=models.Q(tile_row__isnull=True, tile_column__isnull=True)
                | models.Q(tile_row__gte=1, tile_column__gte=1),
                name="tile_has_row_and_column",
            ),
            # Deferred, so that two may swap their tiles.
            models.UniqueConstraint(
                fields=["tile_row", "tile_column"],
                name="tile_is_of_one_country",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]
        triggers = raises_data_version()

    def __str__(self) -> str:
        return self.name


@tracked()
class Mission(models.Model):
    """Who reports: one mission per country or area, and the Regional Office (``ROV``)."""

    code = models.CharField(_("code"), max_length=3, unique=True)
    name = models.CharField(_("name"), max_length=100)
    kind = models.CharField(_("kind"), max_length=20, choices=MissionKind.choices)
    country = models.OneToOneField(
        Country, models.PROTECT, null=True, blank=True, related_name="mission", verbose_name=_("country")
    )
    covered_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="covers",
        verbose_name=_("covered by"),
        help_text=_("The mission whose people report for this one."),
    )
    time_zone = models.CharField(
        _("time zone"), max_length=50, help_text=_("Windows open and close by this clock.")
    )
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        verbose_name = _("mission")
        verbose_name_plural = _("missions")
        ordering = ["kind", "name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind=MissionKind.COUNTRY, country__isnull=False)
                | models.Q(kind=MissionKind.REGIONAL_OFFICE, country__isnull=True),
                name="mission_has_a_country_unless_regional",
            ),
            models.CheckConstraint(
                condition=models.Q(covered_by__isnull=True) | ~models.Q(covered_by=models.F("id")),
                name="mission_is_not_covered_by_itself",
            ),
            code_fits_an_address("mission_code_fits_an_address"),
        ]
        triggers = raises_data_version()

    def __str__(self) -> str:
        return self.name


@tracked()
class Office(models.Model):
    """A place where IOM works: a main office, a sub-office, or the Regional Office (which has no country of the 20)."""

    code = models.CharField(_("code"), max_length=30, unique=True)
    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, related_name="offices", verbose_name=_("country")
    )
    city = models.CharField(
        _("city"), max_length=100, blank=True, help_text=_("The form in use; empty where none is printed.")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=OfficeKind.choices)
    mission = models.ForeignKey(Mission, models.PROTECT, related_name="offices", verbose_name=_("mission"))
    city_as_printed = models.CharField(
        _("city as printed"), max_length=100, blank=True, help_text=_("Where the source has another form.")
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=300)

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = ["country__name", "kind", "city", "code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind=OfficeKind.REGIONAL) | models.Q(country__isnull=False),
                name="office_has_a_country_unless_regional",
            ),
            models.UniqueConstraint(
                fields=["country"],
                condition=models.Q(kind=OfficeKind.MAIN),
                name="one_main_office_in_a_country",
            ),
        ]

    def __str__(self) -> str:
        return self.city or self.code
