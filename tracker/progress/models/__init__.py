"""What missions report, against what, and the life of a report."""

from .extensions import Extension
from .periods import ReportingPeriod
from .plans import Baseline, IndicatorAssignment, Target
from .reports import EventIndicator, ProgressReport, ReportRevision, ReviewEvent
from .results import CellValue, IndicatorResult

__all__ = [
    "Baseline",
    "CellValue",
    "EventIndicator",
    "Extension",
    "IndicatorAssignment",
    "IndicatorResult",
    "ProgressReport",
    "ReportRevision",
    "ReportingPeriod",
    "ReviewEvent",
    "Target",
]
