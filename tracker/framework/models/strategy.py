"""The strategy and its levels: pillars, priorities, objectives."""

from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tracker.common.addresses import code_fits_an_address
from tracker.common.history import tracked
from tracker.common.versions import raises_data_version

from ..choices import PriorityKind
from ..querysets import StrategyQuerySet


def ratio_field(label: Any, default: str, help_text: Any) -> models.DecimalField:
    """A share between 0 and 1 by which standings are judged."""
    return models.DecimalField(
        label,
        max_digits=5,
        decimal_places=4,
        default=default,
        validators=[MinValueValidator(0)],
        help_text=help_text,
    )


@tracked()
class Strategy(models.Model):
    """A regional strategy and the thresholds by which its indicators are judged."""

    code = models.CharField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=200)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    is_current = models.BooleanField(
        _("current"), default=False, help_text=_("The one that pages and workbooks mean.")
    )
    on_track_from = ratio_field(_("on track from pace"), "0.85", _("Pace at or above this is on track."))
    at_risk_from = ratio_field(_("at risk from pace"), "0.60", _("Pace at or above this is at risk."))
    maintain_tolerance = ratio_field(
        _("tolerance of maintain"), "0.05", _("How far below its baseline a maintained level may lie.")
    )
    early_share = ratio_field(
        _("too early below"), "0.10", _("Share of the whole way that must be expected before pace is judged.")
    )
    stale_due_periods = models.PositiveSmallIntegerField(
        _("stale after due periods"), default=2, help_text=_("A level older than this many is no data.")
    )
    half_share = ratio_field(
        _("share of missions needed"), "0.5", _("Below this share with data the region is not compared.")
    )
    small_cell_below = models.PositiveSmallIntegerField(
        _("suppress cells below"), default=11, help_text=_("For sensitive indicators, in what leaves.")
    )
    lead_submits = models.BooleanField(_("only leads submit"), default=False)
    holds_demonstration = models.BooleanField(
        _("holds demonstration data"), default=False, help_text=_("Every page says so.")
    )
    source = models.CharField(_("source"), max_length=200)

    objects = StrategyQuerySet.as_manager()

    class Meta:
        verbose_name = _("strategy")
        verbose_name_plural = _("strategies")
        ordering = ["-starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"], condition=Q(is_current=True), name="one_current_strategy"
            ),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="strategy_ends_after_start"),
            models.CheckConstraint(
                condition=Q(on_track_from__gte=F("at_risk_from")), name="on_track_is_not_below_at_risk"
            ),
        ]
        triggers = raises_data_version()

    def __str__(self) -> str:
        return self.name


class StrategyPart(models.Model):
    """What every level of the strategy has: a code of its own within the strategy, an order, a source."""

    strategy = models.ForeignKey(
        Strategy, models.PROTECT, related_name="%(class)ss", verbose_name=_("strategy")
    )
    code = models.CharField(_("code"), max_length=30)
    order = models.PositiveIntegerField(_("order"), default=0)
    source = models.CharField(_("source"), max_length=300, blank=True, help_text=_("Document and place."))

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["strategy", "code"], name="%(class)s_code_is_unique"),
            code_fits_an_address("%(class)s_code_fits_an_address"),
        ]


@tracked()
class Pillar(StrategyPart):
    """Resilience, Mobility, Governance; institutional development; what cuts across."""

    name = models.CharField(_("name"), max_length=100)

    class Meta(StrategyPart.Meta):
        verbose_name = _("pillar")
        verbose_name_plural = _("pillars")
        ordering = ["order"]
        triggers = raises_data_version()

    def __str__(self) -> str:
        return self.name


@tracked()
class StrategicPriority(StrategyPart):
    """SP1-SP4, an area of institutional development (ID1-ID3), or the cross-cutting commitments (CC)."""

    pillar = models.ForeignKey(Pillar, models.PROTECT, related_name="priorities", verbose_name=_("pillar"))
    kind = models.CharField(_("kind"), max_length=20, choices=PriorityKind.choices)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), blank=True)

    class Meta(StrategyPart.Meta):
        verbose_name = _("strategic priority")
        verbose_name_plural = _("strategic priorities")
        ordering = ["order"]
        triggers = raises_data_version()

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


@tracked()
class Objective(StrategyPart):
    """What the strategy commits to under a priority."""

    priority = models.ForeignKey(
        StrategicPriority, models.PROTECT, related_name="objectives", verbose_name=_("priority")
    )
    title = models.CharField(_("title"), max_length=300)
    summary = models.TextField(_("summary"), blank=True)

    class Meta(StrategyPart.Meta):
        verbose_name = _("objective")
        verbose_name_plural = _("objectives")
        ordering = ["priority__order", "order"]
        triggers = raises_data_version()

    def __str__(self) -> str:
        return f"{self.code} {self.title}"
