"""The value of one mission over its periods: which results are in it, and what they come to."""

from collections.abc import Mapping

from ..periods import latest_due, period_of_day
from ..terms import Amount, IndicatorRules, MissionInput, Result
from .aggregates import aggregate, pool
from .questions import Question


def results_up_to(judged: int, question: Question, mission: MissionInput) -> dict[int, Result]:
    """Results up to and including J, within the strategy and the assignment's dates, by period."""
    first = period_of_day(question.first_day_of(mission))
    last = min(judged, period_of_day(mission.active_to)) if mission.active_to else judged
    return {period: mission.results[period] for period in sorted(mission.results) if first <= period <= last}


def value_over_periods(
    indicator: IndicatorRules, results: Mapping[int, Result], judged: int
) -> tuple[Amount | None, int]:
    """X of one mission, and the period that it is of (J, except for `latest`)."""
    given = {period: result for period, result in results.items() if result.has_value}
    rule = indicator.period_rule
    if rule == "latest":
        return (given[max(given)], max(given)) if given else (None, judged)
    if rule == "year":
        rule, given = (
            "sum",
            {period: result for period, result in given.items() if period // 4 == judged // 4},
        )
    if indicator.measure == "percentage":
        return pool(result.parts for result in given.values()), judged
    value = aggregate(rule, (result.level for result in given.values()))
    return (None if value is None else Amount(value=value)), judged


def oldest_fresh(question: Question, judged: int) -> int:
    """The earlier of the two due periods before J; a latest value older than that is stale."""
    for _ in range(question.thresholds.stale_due_periods):
        judged = latest_due(question.indicator.frequency, judged - 1)
    return judged
