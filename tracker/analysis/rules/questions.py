"""When an indicator is judged: of the region, and of a mission whose assignment begins later or ends earlier."""

from dataclasses import dataclass
from datetime import date

from ..periods import judged_at, last_day, latest_due, period_of_day
from ..terms import IndicatorRules, MissionInput, Phase, Thresholds

AS_BEGUN = Thresholds()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """How does this indicator stand at the period `as_of`?"""

    indicator: IndicatorRules
    as_of: int
    strategy_start: date
    thresholds: Thresholds = AS_BEGUN

    @property
    def judged_at(self) -> int | None:
        rules = self.indicator
        return judged_at(rules.frequency, rules.period_rule, self.as_of, self.strategy_start)

    def first_day_of(self, mission: MissionInput) -> date:
        return max(self.strategy_start, mission.active_from or self.strategy_start)

    def phase_of(self, mission: MissionInput) -> Phase:
        judged = self.judged_at
        if judged is None or (mission.active_from and mission.active_from > last_day(judged)):
            return "not_begun"
        return "ended" if mission.active_to and mission.active_to < last_day(judged) else "assigned"

    def judged_at_for(self, mission: MissionInput) -> int | None:
        """J of one mission: an assignment that ended is judged as of its end."""
        phase = self.phase_of(mission)
        if phase != "ended" or mission.active_to is None:
            return self.judged_at if phase == "assigned" else None
        yearly = self.indicator.period_rule == "year"
        judged = latest_due("annual" if yearly else "quarterly", period_of_day(mission.active_to))
        return judged if judged >= period_of_day(self.first_day_of(mission)) else None
