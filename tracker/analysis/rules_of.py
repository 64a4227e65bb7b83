"""Indicators and strategies as the rules take them."""

from tracker.framework.models import Indicator, Strategy

from .terms import IndicatorRules, Thresholds


def rules_of(indicator: Indicator) -> IndicatorRules:
    """How an indicator is counted, as the rules take it."""
    return IndicatorRules(
        measure=indicator.measure,
        direction=indicator.direction,
        frequency=indicator.frequency,
        period_rule=indicator.period_rule,
        mission_rule=indicator.mission_rule,
        threshold=indicator.threshold,
    )


def thresholds_of(strategy: Strategy) -> Thresholds:
    """A strategy's thresholds, as the rules take them."""
    return Thresholds(
        on_track=strategy.on_track_from,
        at_risk=strategy.at_risk_from,
        maintain_tolerance=strategy.maintain_tolerance,
        early_share=strategy.early_share,
        stale_due_periods=strategy.stale_due_periods,
        half=strategy.half_share,
    )
