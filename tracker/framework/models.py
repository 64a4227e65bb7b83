"""The results framework: strategy, pillars, priorities, objectives, indicators and their breakdowns."""

from typing import Any

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tracker.common.history import tracked

from .choices import (
    YES_NO_STAGES,
    Counts,
    Direction,
    Frequency,
    IndicatorStatus,
    Level,
    Measure,
    MissionRule,
    PeriodRule,
    PriorityKind,
)
from .querysets import IndicatorQuerySet, StrategyQuerySet


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
        ]


@tracked()
class Pillar(StrategyPart):
    """Resilience, Mobility, Governance; institutional development; what cuts across."""

    name = models.CharField(_("name"), max_length=100)

    class Meta(StrategyPart.Meta):
        verbose_name = _("pillar")
        verbose_name_plural = _("pillars")
        ordering = ["order"]

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

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


@tracked()
class Breakdown(models.Model):
    """A way of splitting a result; exclusive cells are parts of the whole, others may overlap."""

    strategy = models.ForeignKey(
        Strategy, models.PROTECT, related_name="breakdowns", verbose_name=_("strategy")
    )
    code = models.CharField(_("code"), max_length=50)
    name = models.CharField(_("name"), max_length=150)
    exclusive = models.BooleanField(
        _("exclusive"), default=True, help_text=_("A person is in one cell only, so cells add up.")
    )

    class Meta:
        verbose_name = _("breakdown")
        verbose_name_plural = _("breakdowns")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["strategy", "code"], name="breakdown_code_is_unique"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class Cell(models.Model):
    """One part of a breakdown."""

    breakdown = models.ForeignKey(
        Breakdown, models.PROTECT, related_name="cells", verbose_name=_("breakdown")
    )
    code = models.CharField(_("code"), max_length=50)
    name = models.CharField(_("name"), max_length=150)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("cell")
        verbose_name_plural = _("cells")
        ordering = ["breakdown", "order"]
        constraints = [
            models.UniqueConstraint(fields=["breakdown", "code"], name="cell_code_is_unique"),
        ]

    def __str__(self) -> str:
        return self.name


def indicator_rules_fit() -> list[models.CheckConstraint]:
    """Which rules go together, as the database keeps it."""
    scale = Q(measure__in=[Measure.STAGE, Measure.YES_NO])
    return [
        models.CheckConstraint(
            name="percentage_adds_numerators",
            condition=~Q(measure=Measure.PERCENTAGE)
            | (
                ~Q(period_rule=PeriodRule.MAXIMUM)
                & Q(mission_rule__in=[MissionRule.SUM, MissionRule.COUNT_REACHED, MissionRule.COUNT_AT_LEAST])
            ),
            violation_error_message=_("A percentage cannot take a maximum or an average."),
        ),
        models.CheckConstraint(
            name="stage_is_not_added",
            condition=~scale
            | (
                Q(period_rule__in=[PeriodRule.LATEST, PeriodRule.MAXIMUM])
                & ~Q(mission_rule__in=[MissionRule.SUM, MissionRule.AVERAGE])
            ),
            violation_error_message=_("Stages cannot be added or averaged."),
        ),
        models.CheckConstraint(
            name="flow_increases_or_is_monitored",
            condition=~Q(measure=Measure.NUMBER, period_rule=PeriodRule.SUM)
            | Q(direction__in=[Direction.INCREASE, Direction.MONITOR]),
            violation_error_message=_("A number summed over periods increases or is monitored."),
        ),
        models.CheckConstraint(
            name="count_at_least_has_a_threshold",
            condition=Q(mission_rule=MissionRule.COUNT_AT_LEAST, threshold__isnull=False)
            & ~Q(direction=Direction.DECREASE)
            | (~Q(mission_rule=MissionRule.COUNT_AT_LEAST) & Q(threshold__isnull=True)),
            violation_error_message=_(
                "Counting missions at or above a threshold needs the threshold, and is not for indicators that "
                "should decrease; other rules take none."
            ),
        ),
        models.CheckConstraint(
            name="stages_where_measured_by_stage",
            condition=Q(measure=Measure.STAGE, stages__len__gte=2)
            | (~Q(measure=Measure.STAGE) & Q(stages__len=0)),
            violation_error_message=_(
                "A stage indicator names its stages in order, at least two; others none."
            ),
        ),
    ]


@tracked()
class Indicator(StrategyPart):
    """What is measured toward an objective, and the rules its figures follow.

    Amounts of a percentage are fractions (0.25 is 25 %); of a stage, its place from 0; of a yes or no,
    0 or 1.
    """

    objective = models.ForeignKey(
        Objective, models.PROTECT, related_name="indicators", verbose_name=_("objective")
    )
    name = models.CharField(_("name"), max_length=300)
    unit = models.CharField(_("unit"), max_length=100)
    level = models.CharField(_("level"), max_length=10, choices=Level.choices, default=Level.OUTPUT)
    measure = models.CharField(_("measure"), max_length=10, choices=Measure.choices)
    direction = models.CharField(_("direction"), max_length=10, choices=Direction.choices)
    period_rule = models.CharField(_("over periods"), max_length=10, choices=PeriodRule.choices)
    mission_rule = models.CharField(_("over missions"), max_length=15, choices=MissionRule.choices)
    threshold = models.DecimalField(_("threshold"), max_digits=20, decimal_places=6, null=True, blank=True)
    frequency = models.CharField(_("frequency"), max_length=12, choices=Frequency.choices)
    counts = models.CharField(
        _("what it counts"), max_length=10, choices=Counts.choices, default=Counts.ITEMS
    )
    stages = ArrayField(models.CharField(max_length=100), verbose_name=_("stages"), default=list, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=IndicatorStatus.choices, default=IndicatorStatus.ACTIVE
    )
    decimals = models.PositiveSmallIntegerField(_("decimals"), default=0)
    allows_negative = models.BooleanField(_("may be negative"), default=False)
    bounded = models.BooleanField(
        _("numerator within denominator"), default=True, help_text=_("For percentages: at most 100 %.")
    )
    sensitive = models.BooleanField(_("sensitive"), default=False)
    needs_evidence = models.BooleanField(_("asks for evidence"), default=False)
    never_falls = models.BooleanField(_("never falls"), default=False)
    definition = models.TextField(_("definition"), blank=True)
    data_source = models.TextField(_("data source"), blank=True)
    verification = models.TextField(_("means of verification"), blank=True)
    note = models.TextField(_("note"), blank=True)
    breakdowns = models.ManyToManyField(
        Breakdown, through="IndicatorBreakdown", related_name="indicators", verbose_name=_("breakdowns")
    )
    replaces = models.ManyToManyField(
        "self",
        through="IndicatorReplacement",
        symmetrical=False,
        related_name="replaced_by",
        verbose_name=_("replaces"),
    )

    objects = IndicatorQuerySet.as_manager()

    class Meta(StrategyPart.Meta):
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["objective__priority__order", "objective__order", "order"]
        constraints = [*StrategyPart.Meta.constraints, *indicator_rules_fit()]
        triggers = [
            pgtrigger.Trigger(
                name="rules_stand_once_reported",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "unit", "measure", "direction", "period_rule", "mission_rule", "threshold", "frequency",
                    "stages", "definition",
                ),
                func="""
                    IF EXISTS (SELECT 1 FROM tracker_indicatorresult r WHERE r.indicator_id = OLD.id) THEN
                        RAISE EXCEPTION 'indicator % has results: its rules, unit and definition stand', OLD.code
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'rules_stand_once_reported';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def is_flow(self) -> bool:
        """A number summed over periods; everything else is a level of some kind."""
        return self.measure == Measure.NUMBER and self.period_rule == PeriodRule.SUM

    @property
    def scale(self) -> list[str]:
        """The words of a stage or of yes and no, from 0 up; empty for what is a number."""
        return YES_NO_STAGES if self.measure == Measure.YES_NO else self.stages


@tracked()
class IndicatorBreakdown(models.Model):
    """An indicator asks for this breakdown."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="asks")
    breakdown = models.ForeignKey(Breakdown, models.PROTECT, related_name="asked_by")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("breakdown of an indicator")
        verbose_name_plural = _("breakdowns of indicators")
        ordering = ["indicator", "order"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "breakdown"], name="breakdown_asked_once"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id}: {self.breakdown_id}"


@tracked()
class IndicatorReplacement(models.Model):
    """A changed indicator is a new one that replaces the old; splits and merges have several rows."""

    new = models.ForeignKey(Indicator, models.PROTECT, related_name="replacements")
    old = models.ForeignKey(Indicator, models.PROTECT, related_name="successors")

    class Meta:
        verbose_name = _("replacement of an indicator")
        verbose_name_plural = _("replacements of indicators")
        constraints = [
            models.UniqueConstraint(fields=["new", "old"], name="replaced_once"),
            models.CheckConstraint(condition=~Q(new=F("old")), name="replaces_another"),
        ]

    def __str__(self) -> str:
        return f"{self.new_id} replaces {self.old_id}"
