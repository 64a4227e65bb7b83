"""How one mission stands."""

from dataclasses import replace
from datetime import date

from ..arithmetic import ZERO, in_fifty_digits
from ..periods import last_day
from ..terms import MissionInput, MissionStanding
from .over_periods import oldest_fresh, results_up_to, value_over_periods
from .questions import Question
from .status import judge
from .trajectories import Trajectory, draw_trajectory


def mission_trajectory(question: Question, mission: MissionInput) -> Trajectory:
    indicator, start = question.indicator, question.first_day_of(mission)
    if not indicator.is_flow and mission.baseline_level is not None and mission.baseline_date:
        start = max(start, mission.baseline_date)
    return draw_trajectory(
        indicator,
        start=start,
        baseline=ZERO if indicator.is_flow else mission.baseline_level,
        targets=mission.targets,
        in_steps=indicator.is_stage,
        ended_on=mission.active_to if question.phase_of(mission) == "ended" else None,
    )


@in_fifty_digits
def mission_standing(question: Question, mission: MissionInput) -> MissionStanding:
    """How one mission stands."""
    indicator, phase = question.indicator, question.phase_of(mission)
    judged = question.judged_at_for(mission)
    line = mission_trajectory(question, mission)
    if judged is None:
        return MissionStanding(status="not_due" if line.targets else "no_target", phase=phase)

    day = min(last_day(judged), mission.active_to or date.max)
    results = results_up_to(judged, question, mission)
    is_latest = indicator.period_rule == "latest"
    not_applicable = is_latest and judged in results and results[judged].not_applicable
    amount, lies_at = value_over_periods(indicator, results, judged)
    if not_applicable:
        amount = None
    known, is_stale = amount, is_latest and lies_at < oldest_fresh(question, judged)
    amount = None if is_stale else known
    standing = MissionStanding(
        status="no_target",
        value=amount.level if amount else None,
        baseline=line.baseline,
        judged_at=judged,
        judged_on=day,
        phase=phase,
        parts=amount.parts if amount else None,
        baseline_parts=mission.baseline.parts if mission.baseline else None,
        not_applicable=not_applicable,
        stale_value=known.level if known and is_stale else None,
        stale_period=lies_at if known and is_stale else None,
    )
    if not line.targets:
        return standing
    final = line.targets[-1]
    standing = replace(standing, compared_value=standing.value, expected=line.level_on(day))
    standing = replace(standing, target=final.level, target_due=final.due)
    if not_applicable:
        return replace(standing, status="not_applicable")
    return judge(standing, indicator.direction, question.thresholds)
