"""Indicators: what is measured, by which rules, split how, replacing what."""

from typing import Any, ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tracker.common.history import tracked
from tracker.common.versions import raises_data_version

from ..choices import (
    YES_NO_STAGES,
    Counts,
    Direction,
    Frequency,
    IndicatorStatus,
    Level,
    Measure,
    MissionRule,
    PeriodRule,
)
from ..querysets import IndicatorQuerySet
from .breakdowns import Breakdown
from .strategy import Objective, StrategyPart

# What an indicator is: changed once results exist, they would come to mean something else.
STANDING_FIELDS = (
    "unit", "measure", "direction", "period_rule", "mission_rule", "threshold", "frequency", "counts", "stages",
    "decimals", "allows_negative", "bounded", "definition",
)  # fmt: skip


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

    refusals: ClassVar[dict[str, Any]] = {
        "rules_stand_once_reported": _(
            "This indicator has results, so its rules, unit and definition stand. Make a new indicator that "
            "replaces it, with a code of its own."
        )
    }

    class Meta(StrategyPart.Meta):
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["objective__priority__order", "objective__order", "order"]
        constraints = [*StrategyPart.Meta.constraints, *indicator_rules_fit()]
        triggers = [
            *raises_data_version(),
            pgtrigger.Trigger(
                name="rules_stand_once_reported",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(*STANDING_FIELDS),
                func="""
                    IF EXISTS (SELECT 1 FROM tracker_indicatorresult r WHERE r.indicator_id = OLD.id) THEN
                        RAISE EXCEPTION 'indicator % has results: its rules, unit and definition stand', OLD.code
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'rules_stand_once_reported';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

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

    refusals: ClassVar[dict[str, Any]] = {
        "asked_for_while_values_exist": _(
            "Results of this indicator hold figures for this breakdown, so it goes on asking for it."
        )
    }

    class Meta:
        verbose_name = _("breakdown of an indicator")
        verbose_name_plural = _("breakdowns of indicators")
        ordering = ["indicator", "order"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "breakdown"], name="breakdown_asked_once"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name=f"asked_for_while_values_exist_{name}",
                when=pgtrigger.Before,
                operation=operation,
                condition=condition,
                func=f"""
                    IF EXISTS (
                        SELECT 1 FROM tracker_indicatorresult r JOIN tracker_cellvalue v ON v.result_id = r.id
                        JOIN tracker_cell c ON c.id = v.cell_id
                        WHERE r.indicator_id = OLD.indicator_id AND c.breakdown_id = OLD.breakdown_id
                    ) THEN
                        RAISE EXCEPTION 'results of indicator % hold figures for breakdown %',
                            OLD.indicator_id, OLD.breakdown_id
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'asked_for_while_values_exist';
                    END IF;
                    RETURN {row};
                """,
            )
            for name, operation, condition, row in (
                ("update", pgtrigger.Update, pgtrigger.AnyChange("indicator", "breakdown"), "NEW"),
                ("delete", pgtrigger.Delete, None, "OLD"),
            )
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
