"""The index of the schema: every model, by the package that owns it. Nobody inside imports this."""

from tracker.access.models import Membership, User
from tracker.batches.models import ColumnMapping, ImportBatch, ImportLine
from tracker.common.jobs.models import Job, Outbox
from tracker.framework.models import (
    Breakdown,
    Cell,
    Indicator,
    IndicatorBreakdown,
    IndicatorReplacement,
    Objective,
    Pillar,
    StrategicPriority,
    Strategy,
)
from tracker.progress.models import (
    Baseline,
    CellValue,
    IndicatorAssignment,
    IndicatorResult,
    ProgressReport,
    ReportingPeriod,
    ReportRevision,
    ReviewEvent,
    Target,
)
from tracker.region.models import Country, Mission
from tracker.reports.models import Edition, EditionFile, ReportSchedule

__all__ = [
    "Baseline",
    "Breakdown",
    "Cell",
    "CellValue",
    "ColumnMapping",
    "Country",
    "Edition",
    "EditionFile",
    "ImportBatch",
    "ImportLine",
    "Indicator",
    "IndicatorAssignment",
    "IndicatorBreakdown",
    "IndicatorReplacement",
    "IndicatorResult",
    "Job",
    "Membership",
    "Mission",
    "Objective",
    "Outbox",
    "Pillar",
    "ProgressReport",
    "ReportRevision",
    "ReportSchedule",
    "ReportingPeriod",
    "ReviewEvent",
    "StrategicPriority",
    "Strategy",
    "Target",
    "User",
]
