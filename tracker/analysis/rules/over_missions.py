"""One level of many missions, by the mission rule: added, averaged, or the missions counted."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from ..arithmetic import ZERO, at_least, divide
from ..terms import MissionStanding
from .aggregates import aggregate, pool
from .questions import Question
from .status import has_reached

Members = Mapping[str, MissionStanding]


def qualifies(question: Question, mission: MissionStanding, level: Decimal | None) -> bool:
    """Whether a mission would be counted at `level`: it is at the threshold, or at its own final target."""
    indicator = question.indicator
    if level is None:
        return False
    if indicator.mission_rule == "count_at_least":
        return indicator.bar is not None and at_least(level, indicator.bar)
    if mission.target is None:
        return False
    return has_reached(level, mission.baseline, mission.target, indicator.direction, question.thresholds)


def with_data(question: Question, members: Members) -> Members:
    """The missions that the value is made of."""
    adds_parts = question.indicator.adds_parts
    return {code: m for code, m in members.items() if (m.parts if adds_parts else m.value) is not None}


def over_missions(
    question: Question, members: Members, level_of: Callable[[MissionStanding], Decimal | None]
) -> Decimal | None:
    """One level of every mission, by the mission rule; a percentage weighted by its own denominator of now.
    Of no mission, nothing."""
    if not members:
        return None
    if question.indicator.counts_missions:
        return Decimal(sum(qualifies(question, m, level_of(m)) for m in members.values()))
    if question.indicator.adds_parts:
        weights = [(level_of(m) or ZERO, m.parts[1]) for m in members.values() if m.parts]
        return divide(sum((x * d for x, d in weights), ZERO), sum((d for _, d in weights), ZERO))
    return aggregate(question.indicator.mission_rule, (level_of(m) for m in members.values()))


def value_over_missions(question: Question, members: Members) -> Decimal | None:
    """The value shown, of missions that have data."""
    if question.indicator.adds_parts:
        pooled = pool(m.parts for m in members.values())
        return pooled.level if pooled else None
    return over_missions(question, members, lambda m: m.value)
