"""What a revision holds beside its results: its narrative, what the activities did, and evidence."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.activities.choices import ActivityStatus
from tracker.activities.models import Activity
from tracker.common.history import tracked
from tracker.framework.models import Indicator

from ..choices import EvidenceKind, Language, NarrativeSection
from ..querysets import PartQuerySet
from .reports import ReportRevision, person
from .results import closed_stays

# What a mission can say of the progress of an activity of its own.
REPORTED = [status for status in ActivityStatus if status != ActivityStatus.HISTORICAL]


class Part(models.Model):
    """A row of a revision that a person wrote; ``is_copy`` marks what was taken over untouched from the revision
    before.
    """

    revision = models.ForeignKey(
        ReportRevision, models.PROTECT, related_name="%(class)s_rows", verbose_name=_("revision")
    )
    is_copy = models.BooleanField(_("taken over untouched"), default=False)

    objects = PartQuerySet.as_manager()

    class Meta:
        abstract = True


@tracked()
class NarrativePart(Part):
    """What a mission tells of one section of a period, in one language: for the region's officers, and what may be
    quoted once the report is approved and an edition with it released.
    """

    section = models.CharField(_("section"), max_length=12, choices=NarrativeSection.choices)
    language = models.CharField(
        _("language"), max_length=5, choices=Language.choices, default=Language.ENGLISH
    )
    quotable = models.TextField(_("may be quoted"), blank=True)
    internal = models.TextField(_("internal"), blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    written_by = person(_("written by"))
    written_at = models.DateTimeField(_("written"), db_default=models.functions.Now())

    class Meta:
        verbose_name = _("section of a narrative")
        verbose_name_plural = _("sections of narratives")
        ordering = ["revision", "section"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "section"], name="narrative_has_a_section_once"),
            models.CheckConstraint(
                condition=Q(section__in=NarrativeSection.values), name="narrative_section_is_known"
            ),
            models.CheckConstraint(
                condition=Q(language__in=Language.values), name="narrative_language_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(quotable="", internal=""), name="narrative_section_says_something"
            ),
        ]
        triggers = closed_stays("SELECT revision_id FROM {rows} r")

    def __str__(self) -> str:
        return f"{self.revision_id} / {self.section}"


@tracked()
class ActivityUpdate(Part):
    """What an activity came to in a period: where it stands, the money spent in it and the people reached in it.

    Approving it changes nothing of the activity itself, whose status and totals stay its mission's to keep; the
    activity's page shows the last approved update beside them.
    """

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="updates", verbose_name=_("activity"))
    status = models.CharField(
        _("status"), max_length=10, choices=[(s.value, s.label) for s in REPORTED], blank=True
    )
    spent = models.DecimalField(
        _("spent in the period"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    people = models.PositiveIntegerField(
        _("people reached in the period"),
        null=True,
        blank=True,
        help_text=_("Never added up across activities."),
    )
    quotable = models.TextField(_("may be quoted"), blank=True)
    internal = models.TextField(_("comment"), blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    written_by = person(_("written by"))
    written_at = models.DateTimeField(_("written"), db_default=models.functions.Now())

    class Meta:
        verbose_name = _("update of an activity")
        verbose_name_plural = _("updates of activities")
        ordering = ["revision", "activity__code"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "activity"], name="one_update_per_activity"),
            models.CheckConstraint(condition=Q(status__in=["", *REPORTED]), name="update_status_is_known"),
            models.CheckConstraint(
                condition=Q(spent__isnull=True, currency="") | Q(spent__gte=0, currency__regex=r"^[A-Z]{3}$"),
                name="money_spent_has_its_currency",
            ),
            models.CheckConstraint(
                condition=~Q(status="", spent__isnull=True, people__isnull=True, quotable="", internal=""),
                name="update_says_something",
            ),
        ]
        triggers = closed_stays("SELECT revision_id FROM {rows} r")

    def __str__(self) -> str:
        return f"{self.revision_id} / {self.activity_id}"


@tracked()
class Evidence(Part):
    """A document behind a report, or behind one of its results: a file in the store, or a link.

    Two revisions may refer to one file of the store: a reopened report takes its evidence over.
    """

    indicator = models.ForeignKey(
        Indicator,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence",
        verbose_name=_("indicator"),
    )
    title = models.CharField(_("title"), max_length=200)
    note = models.TextField(_("note"), blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    file = models.FileField(
        _("file"),
        max_length=200,
        blank=True,
        help_text=_("Its name in the store; the file itself stays there."),
    )
    filename = models.CharField(_("file name"), max_length=150, blank=True)
    kind = models.CharField(
        _("kind"), max_length=5, choices=EvidenceKind.choices, blank=True, help_text=_("By its content.")
    )
    size = models.PositiveIntegerField(_("bytes"), default=0)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    added_by = person(_("added by"))
    added_at = models.DateTimeField(_("added"), db_default=models.functions.Now())

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["revision", "added_at", "id"]
        indexes = [models.Index(fields=["file"], name="evidence_by_file")]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(file="", filename="", kind="", size=0, sha256="") & Q(link__startswith="https://")
                )
                | (Q(link="", kind__in=EvidenceKind.values, size__gt=0) & ~Q(file="") & ~Q(sha256="")),
                name="evidence_is_a_file_or_a_link",
            ),
            models.UniqueConstraint(
                fields=["revision", "indicator", "sha256", "link"],
                name="evidence_is_added_once",
                nulls_distinct=False,
            ),
        ]
        triggers = closed_stays("SELECT revision_id FROM {rows} r")

    def __str__(self) -> str:
        return f"{self.revision_id} / {self.pk}"
