"""What was worked out and is kept: the outcome of each recount."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.common.jobs.choices import JobStatus
from tracker.common.jobs.models import Job
from tracker.framework.models import Strategy


class Recount(models.Model):
    """The figures of a strategy, worked out once more and compared: by a job every night, or by a command (no job).

    ``findings`` is as `recount.findings.Findings` writes it.
    """

    strategy = models.ForeignKey(
        Strategy, models.PROTECT, related_name="recounts", verbose_name=_("strategy")
    )
    job = models.OneToOneField(
        Job, models.PROTECT, null=True, blank=True, related_name="recount", verbose_name=_("job")
    )
    begun_at = models.DateTimeField(_("begun"), db_default=models.functions.Now())
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    periods = models.PositiveIntegerField(_("periods"), null=True, blank=True)
    figures = models.PositiveBigIntegerField(_("figures compared"), null=True, blank=True)
    differences = models.PositiveBigIntegerField(_("figures that differ"), null=True, blank=True)
    altered = models.PositiveIntegerField(
        _("rows that are not what their history says"), null=True, blank=True
    )
    findings = models.JSONField(_("findings"), default=dict, blank=True)

    class Meta:
        verbose_name = _("recount")
        verbose_name_plural = _("recounts")
        ordering = ["-begun_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True)
                | Q(
                    periods__isnull=False,
                    figures__isnull=False,
                    differences__isnull=False,
                    altered__isnull=False,
                ),
                name="ended_recount_says_what_it_found",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.strategy_id} / {self.begun_at:%Y-%m-%d}"

    @property
    def is_clean(self) -> bool:
        """Whether it ended and found nothing."""
        return self.ended_at is not None and not self.differences and not self.altered

    @property
    def has_failed(self) -> bool:
        """It did not end, and is not about to."""
        return (
            self.ended_at is None
            and self.job is not None
            and self.job.status in (JobStatus.FAILED, JobStatus.CANCELLED)
        )
