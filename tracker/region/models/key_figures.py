"""The region in numbers, as its documents give it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.common.history import tracked

from .missions import Country


@tracked()
class KeyFigure(models.Model):
    """A figure that a document gives, with its year, its hedge and the doubt about it; none of the tracker's own."""

    code = models.CharField(_("code"), max_length=30, unique=True)
    title = models.CharField(_("title"), max_length=200)
    value = models.DecimalField(_("value"), max_digits=24, decimal_places=6, null=True, blank=True)
    value_text = models.CharField(
        _("value in words"), max_length=100, blank=True, help_text=_("Where the source has words.")
    )
    unit = models.CharField(_("unit"), max_length=100)
    qualifier = models.CharField(
        _("hedge"), max_length=30, blank=True, help_text=_("Over, nearly, about; counted or derived by us.")
    )
    geography = models.CharField(_("where"), max_length=200)
    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, related_name="key_figures", verbose_name=_("country")
    )
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    year_text = models.CharField(
        _("year in words"),
        max_length=50,
        blank=True,
        help_text=_("Where a year says too much or too little."),
    )
    document = models.CharField(_("document"), max_length=100)
    note = models.CharField(_("note"), max_length=300, blank=True)
    doubt = models.CharField(
        _("doubt"), max_length=300, blank=True, help_text=_("Why to be careful with it.")
    )
    source = models.CharField(_("source"), max_length=300)
    order = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("key figure")
        verbose_name_plural = _("key figures")
        ordering = ["order", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(value__isnull=False, value_text="") | (Q(value__isnull=True) & ~Q(value_text="")),
                name="key_figure_has_a_value_or_words",
            ),
        ]

    def __str__(self) -> str:
        return self.title
