"""A flow in the period, in the year and to date."""

from ..arithmetic import in_fifty_digits
from ..periods import is_due, latest_due, period_of_day
from ..terms import FlowTotals, MissionInput
from .aggregates import aggregate
from .over_periods import results_up_to
from .questions import Question


@in_fifty_digits
def flow_totals(question: Question, mission: MissionInput) -> FlowTotals:
    """One mission's flow, as it is shown beside its standing."""
    frequency, judged = question.indicator.frequency, question.judged_at_for(mission)
    if judged is None:
        return FlowTotals()
    results = results_up_to(judged, question, mission)
    levels = {period: result.level for period, result in results.items() if result.has_value}
    before, year = latest_due(frequency, judged - 1), judged // 4
    begins = period_of_day(question.first_day_of(mission))
    due = {period for period in range(begins, judged + 1) if is_due(frequency, period)}
    answered = {
        period - back
        for period, result in results.items()
        if result.has_value or result.not_applicable
        for back in range(result.covers)
    }
    return FlowTotals(
        in_period=aggregate("sum", (level for period, level in levels.items() if period > before)),
        in_year=aggregate("sum", (level for period, level in levels.items() if period // 4 == year)),
        to_date=aggregate("sum", levels.values()),
        reported=len(due & answered),
        due=len(due),
        reported_in_year=sum(period // 4 == year for period in due & answered),
        due_in_year=sum(period // 4 == year for period in due),
    )
