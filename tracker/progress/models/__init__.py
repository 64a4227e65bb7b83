"""What missions report, against what, and the life of a report."""

from .periods import ReportingPeriod
from .plans import Baseline, IndicatorAssignment, Target
from .reports import ProgressReport, ReportRevision, ReviewEvent
from .results import CellValue, IndicatorResult

__all__ = [
    "Baseline",
    "CellValue",
    "IndicatorAssignment",
    "IndicatorResult",
    "ProgressReport",
    "ReportRevision",
    "ReportingPeriod",
    "ReviewEvent",
    "Target",
]
