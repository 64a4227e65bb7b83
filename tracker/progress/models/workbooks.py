"""Workbooks of reports that came back filled in."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.common.history import tracked
from tracker.region.models import Mission

from .periods import ReportingPeriod


@tracked()
class FilledWorkbook(models.Model):
    """The workbook of a report as a person uploaded it, and when what it says was taken over.

    Only that person goes on with it: it may say what they have not yet shown to anybody.
    """

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="workbooks", verbose_name=_("mission"))
    period = models.ForeignKey(
        ReportingPeriod, models.PROTECT, related_name="workbooks", verbose_name=_("period")
    )
    file = models.FileField(
        _("file"), max_length=200, help_text=_("Its name in the store; the file itself stays there.")
    )
    filename = models.CharField(_("file name"), max_length=200)
    size = models.PositiveIntegerField(_("bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded"), db_default=models.functions.Now())
    taken_at = models.DateTimeField(_("taken over"), null=True, blank=True)

    class Meta:
        verbose_name = _("filled-in workbook")
        verbose_name_plural = _("filled-in workbooks")
        ordering = ["-uploaded_at", "-id"]
        indexes = [
            models.Index(fields=["mission", "period", "uploaded_by"], name="workbook_of_report"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0) & ~Q(file=""), name="workbook_is_a_file"),
            models.UniqueConstraint(
                fields=["mission", "period", "uploaded_by", "sha256"], name="workbook_is_kept_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mission_id} / {self.period_id} / {self.pk}"
