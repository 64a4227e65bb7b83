"""What a mission is asked to report and to reach: assignments, baselines, targets, kept as versions.

A version is never rewritten: a change withdraws it and records another. A null mission means the region.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tracker.batches.models import ImportBatch
from tracker.common.history import tracked
from tracker.common.triggers import never_deleted, written_once
from tracker.common.versions import raises_data_version
from tracker.framework.models import Indicator
from tracker.region.models import Mission

from ..choices import TargetBasis
from ..querysets import AssignmentQuerySet, VersionQuerySet


def amount_field(label: object) -> models.DecimalField:
    return models.DecimalField(label, max_digits=20, decimal_places=6, null=True, blank=True)  # type: ignore[arg-type]


class Version(models.Model):
    """Recorded when, by whom, why; withdrawn when, by whom. The one not withdrawn holds."""

    recorded_at = models.DateTimeField(_("recorded"), db_default=models.functions.Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("recorded by")
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    batch = models.ForeignKey(
        ImportBatch, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("import batch")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("withdrawn by"),
    )

    class Meta:
        abstract = True


@tracked()
class IndicatorAssignment(Version):
    """A mission reports on an indicator from a day, maybe to a day."""

    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="assignments", verbose_name=_("indicator")
    )
    mission = models.ForeignKey(
        Mission, models.PROTECT, related_name="assignments", verbose_name=_("mission")
    )
    active_from = models.DateField(_("from"))
    active_to = models.DateField(_("to"), null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["indicator", "mission", "recorded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "mission"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_assignment_holds",
            ),
            models.CheckConstraint(
                condition=Q(active_to__isnull=True) | Q(active_to__gte=F("active_from")),
                name="assignment_ends_after_it_begins",
            ),
        ]
        triggers = [
            *raises_data_version(),
            written_once("indicator", "mission", "active_from", "active_to", "recorded_at", "reason"),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} / {self.mission_id}"


@tracked()
class Baseline(Version):
    """Where an indicator stood before: for a mission, or (null) for the region.

    ``value`` is an amount (a fraction for a percentage known only as such), or ``numerator`` and
    ``denominator`` are given.
    """

    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="baselines", verbose_name=_("indicator")
    )
    mission = models.ForeignKey(
        Mission, models.PROTECT, null=True, blank=True, related_name="baselines", verbose_name=_("mission")
    )
    value = amount_field(_("value"))
    numerator = amount_field(_("numerator"))
    denominator = amount_field(_("denominator"))
    date = models.DateField(_("date"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    note = models.TextField(_("note"), blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("baseline")
        verbose_name_plural = _("baselines")
        ordering = ["indicator", "mission", "recorded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "mission"],
                condition=Q(withdrawn_at__isnull=True),
                nulls_distinct=False,
                name="one_baseline_holds",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False, numerator__isnull=True, denominator__isnull=True)
                | Q(value__isnull=True, numerator__isnull=False, denominator__gt=0),
                name="baseline_is_a_value_or_a_fraction",
            ),
        ]
        triggers = [
            *raises_data_version(),
            written_once(
                "indicator", "mission", "value", "numerator", "denominator", "date", "source", "recorded_at"
            ),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} / {self.mission_id or 'REGION'}"


@tracked()
class Target(Version):
    """A level to be reached by a date, counted as the period rule counts (for a flow, since the start).

    ``basis`` and ``given`` keep what the workbook said: yearly amounts are added up into ``value``.
    """

    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="targets", verbose_name=_("indicator")
    )
    mission = models.ForeignKey(
        Mission, models.PROTECT, null=True, blank=True, related_name="targets", verbose_name=_("mission")
    )
    due_on = models.DateField(_("by"))
    value = models.DecimalField(_("level"), max_digits=20, decimal_places=6)
    basis = models.CharField(
        _("basis"), max_length=10, choices=TargetBasis.choices, default=TargetBasis.TO_DATE
    )
    given = amount_field(_("as given"))

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["indicator", "mission", "due_on", "recorded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "mission", "due_on"],
                condition=Q(withdrawn_at__isnull=True),
                nulls_distinct=False,
                name="one_target_holds_per_date",
            ),
        ]
        triggers = [
            *raises_data_version(),
            written_once("indicator", "mission", "due_on", "value", "basis", "given", "recorded_at"),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} / {self.mission_id or 'REGION'} / {self.due_on}"
