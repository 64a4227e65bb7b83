"""Import batches: one uploaded file, what it would do, and what became of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.common.history import tracked
from tracker.common.jobs.models import Job

from .choices import BatchStatus


@tracked()
class ImportBatch(models.Model):
    """One uploaded file: kept as it came, with the digest of the plan that its preview showed."""

    kind = models.CharField(_("kind"), max_length=30)
    filename = models.CharField(_("file name"), max_length=255)
    file = models.FileField(_("file"), upload_to="imports/%Y/%m/", blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    status = models.CharField(_("status"), max_length=10, choices=BatchStatus.choices)
    options = models.JSONField(_("options"), default=dict, blank=True)
    source = models.CharField(_("source document"), max_length=300, blank=True)
    plan_digest = models.CharField(_("digest of the plan"), max_length=64, blank=True)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    new = models.PositiveIntegerField(_("new"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    errors = models.PositiveIntegerField(_("errors"), default=0)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded"), db_default=models.functions.Now())
    applied_at = models.DateTimeField(_("saved"), null=True, blank=True)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    seconds = models.DecimalField(_("seconds"), max_digits=8, decimal_places=2, null=True, blank=True)
    job = models.OneToOneField(
        Job, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("job")
    )

    class Meta:
        verbose_name = _("import batch")
        verbose_name_plural = _("import batches")
        ordering = ["-uploaded_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=BatchStatus.APPLIED) | Q(applied_at__isnull=False),
                name="applied_batch_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.filename}"
