"""The results framework: strategy, pillars, priorities, objectives, indicators and their breakdowns; the outside
frames it answers to.
"""

from .breakdowns import Breakdown, Cell
from .indicators import STANDING_FIELDS, Indicator, IndicatorBreakdown, IndicatorReplacement
from .references import Alignment, ReferenceFramework, ReferenceGoal
from .strategy import Objective, Pillar, StrategicPriority, Strategy, StrategyPart

__all__ = [
    "STANDING_FIELDS",
    "Alignment",
    "Breakdown",
    "Cell",
    "Indicator",
    "IndicatorBreakdown",
    "IndicatorReplacement",
    "Objective",
    "Pillar",
    "ReferenceFramework",
    "ReferenceGoal",
    "StrategicPriority",
    "Strategy",
    "StrategyPart",
]
