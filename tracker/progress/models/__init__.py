"""What missions report, against what, and the life of a report."""

from .extensions import Extension
from .parts import ActivityUpdate, Evidence, NarrativePart
from .periods import ReportingPeriod
from .plans import Baseline, IndicatorAssignment, Target
from .reports import EventIndicator, ProgressReport, ReportRevision, ReviewEvent
from .results import CellValue, IndicatorResult
from .workbooks import FilledWorkbook

__all__ = [
    "ActivityUpdate",
    "Baseline",
    "CellValue",
    "EventIndicator",
    "Evidence",
    "Extension",
    "FilledWorkbook",
    "IndicatorAssignment",
    "IndicatorResult",
    "NarrativePart",
    "ProgressReport",
    "ReportRevision",
    "ReportingPeriod",
    "ReviewEvent",
    "Target",
]
