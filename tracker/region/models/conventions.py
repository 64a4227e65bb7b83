"""International conventions, and who ratified them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tracker.common.history import tracked

from ..choices import RatificationStatus
from .missions import Country


@tracked()
class Convention(models.Model):
    """An international instrument that concerns migration."""

    code = models.CharField(_("code"), max_length=30, unique=True)
    year = models.PositiveSmallIntegerField(_("year"), help_text=_("As printed."))
    title = models.CharField(_("title"), max_length=200)
    note = models.CharField(_("note"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=300)
    order = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("convention")
        verbose_name_plural = _("conventions")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return f"{self.title} ({self.year})"


@tracked()
class Ratification(models.Model):
    """Where a country stands toward a convention. No row means that it is not recorded."""

    convention = models.ForeignKey(
        Convention, models.PROTECT, related_name="ratifications", verbose_name=_("convention")
    )
    country = models.ForeignKey(
        Country, models.PROTECT, related_name="ratifications", verbose_name=_("country")
    )
    status = models.CharField(_("status"), max_length=12, choices=RatificationStatus.choices)
    date = models.DateField(
        _("date"), null=True, blank=True, help_text=_("Of the ratification or signature.")
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=300)

    class Meta:
        verbose_name = _("ratification")
        verbose_name_plural = _("ratifications")
        ordering = ["convention__order", "country__name"]
        constraints = [
            models.UniqueConstraint(fields=["convention", "country"], name="ratification_is_recorded_once"),
            models.CheckConstraint(
                condition=~models.Q(status=RatificationStatus.NOT_RATIFIED) | models.Q(date__isnull=True),
                name="not_ratified_has_no_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.convention_id}: {self.country_id}"
