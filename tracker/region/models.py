"""Where the strategy is carried out: countries and areas, and the missions that report."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tracker.common.history import tracked

from .choices import MissionKind, Subregion


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

    class Meta:
        verbose_name = _("country or area")
        verbose_name_plural = _("countries and areas")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(iso2__regex=r"^[A-Z]{2}$") & models.Q(iso3__regex=r"^[A-Z]{3}$"),
                name="country_codes_are_capitals",
            ),
        ]

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
        ]

    def __str__(self) -> str:
        return self.name
