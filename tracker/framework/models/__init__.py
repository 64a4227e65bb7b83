"""The results framework: strategy, pillars, priorities, objectives, indicators and their breakdowns."""

from .breakdowns import Breakdown, Cell
from .indicators import STANDING_FIELDS, Indicator, IndicatorBreakdown, IndicatorReplacement
from .strategy import Objective, Pillar, StrategicPriority, Strategy, StrategyPart

__all__ = [
    "STANDING_FIELDS",
    "Breakdown",
    "Cell",
    "Indicator",
    "IndicatorBreakdown",
    "IndicatorReplacement",
    "Objective",
    "Pillar",
    "StrategicPriority",
    "Strategy",
    "StrategyPart",
]
