"""Periodic reports: schedules, editions and their files."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.common.history import tracked
from tracker.common.jobs.choices import JobStatus
from tracker.common.jobs.models import Job
from tracker.common.triggers import written_once
from tracker.progress.models import ReportingPeriod
from tracker.region.models import Mission

from .choices import EditionFormat, EditionKind
from .querysets import EditionFileQuerySet, EditionQuerySet


@tracked()
class ReportSchedule(models.Model):
    """Which kind of edition is made by itself, and when: once every report of a period is approved, or so
    many days after its window closed. It owes only what falls due after it was switched on.
    """

    kind = models.CharField(_("kind"), max_length=30, choices=EditionKind.choices, unique=True)
    days_after_close = models.PositiveSmallIntegerField(_("days after the window closed"), default=15)
    is_on = models.BooleanField(_("on"), default=True)
    switched_on_at = models.DateTimeField(_("switched on"), db_default=models.functions.Now())

    class Meta:
        verbose_name = _("report schedule")
        verbose_name_plural = _("report schedules")
        ordering = ["kind"]

    def __str__(self) -> str:
        return str(self.get_kind_display())


@tracked()
class Edition(models.Model):
    """One generated periodic report: made by its job, DRAFT until an officer releases it."""

    kind = models.CharField(_("kind"), max_length=30, choices=EditionKind.choices)
    period = models.ForeignKey(
        ReportingPeriod, models.PROTECT, related_name="editions", verbose_name=_("period")
    )
    mission = models.ForeignKey(
        Mission, models.PROTECT, null=True, blank=True, related_name="editions", verbose_name=_("mission")
    )
    schedule = models.ForeignKey(
        ReportSchedule,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="editions",
        verbose_name=_("schedule"),
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asked for by"),
    )
    requested_at = models.DateTimeField(_("asked for"), db_default=models.functions.Now())
    job = models.OneToOneField(Job, models.PROTECT, related_name="edition", verbose_name=_("job"))
    snapshot = models.JSONField(_("snapshot"), null=True, blank=True)
    digest = models.CharField(_("digest of the snapshot"), max_length=64, blank=True)
    made_at = models.DateTimeField(_("made"), null=True, blank=True)
    released_at = models.DateTimeField(_("released"), null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("released by"),
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-requested_at", "-id"]
        constraints = [
            # Two beats, two ticks, two hands: what a schedule owes is made once.
            models.UniqueConstraint(
                fields=["schedule", "period", "mission"],
                condition=Q(schedule__isnull=False),
                nulls_distinct=False,
                name="one_edition_per_due",
            ),
            models.CheckConstraint(
                condition=Q(kind=EditionKind.MISSION_QUARTERLY, mission__isnull=False)
                | Q(kind=EditionKind.REGIONAL_QUARTERLY, mission__isnull=True),
                name="edition_scope_fits_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True, released_by__isnull=True)
                | Q(released_at__isnull=False, released_by__isnull=False, made_at__isnull=False),
                name="released_edition_was_made",
            ),
        ]

    def __str__(self) -> str:
        scope = self.mission.name if self.mission else _("Region")
        return f"{self.get_kind_display()}, {scope}, {self.period}"

    @property
    def is_released(self) -> bool:
        return self.released_at is not None

    @property
    def has_failed(self) -> bool:
        """It could not be made, and is not about to be."""
        return self.job.status in (JobStatus.FAILED, JobStatus.CANCELLED)

    @property
    def is_releasable(self) -> bool:
        """Made, and still marked DRAFT."""
        return self.made_at is not None and not self.is_released


@tracked()
class EditionFile(models.Model):
    """A file of an edition: one format, as a draft and again as released."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="files", verbose_name=_("edition"))
    format = models.CharField(_("format"), max_length=10, choices=EditionFormat.choices)
    is_draft = models.BooleanField(_("marked DRAFT"), default=True)
    file = models.FileField(_("file"), upload_to="editions/%Y/%m/")
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    size = models.PositiveIntegerField(_("bytes"))
    made_at = models.DateTimeField(_("made"), db_default=models.functions.Now())

    objects = EditionFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of an edition")
        verbose_name_plural = _("files of editions")
        ordering = ["edition", "is_draft", "format"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "format", "is_draft"], name="one_file_per_format_and_mark"
            ),
        ]
        triggers = [written_once("edition", "format", "is_draft")]

    def __str__(self) -> str:
        return f"{self.edition_id}.{self.format}"

    @property
    def download_name(self) -> str:
        """The name under which it is taken away: 2022-Q4-KG-progress-report-DRAFT.pdf."""
        scope = self.edition.mission.code if self.edition.mission else "region"
        mark = "-DRAFT" if self.is_draft else ""
        return f"{self.edition.period.code}-{scope}-progress-report{mark}.{self.format}"
