"""The sheets that progress takes: assignments, baselines, targets, and results."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from tracker.batches.kinds import (
    Column,
    Kind,
    Option,
    as_written,
    day,
    last_day,
    number,
    one_of,
    text,
    text_within,
    yes_no,
)
from tracker.batches.policies import may_load_drafts, may_load_history, may_load_setup
from tracker.framework.models import Cell, Strategy

from .choices import TargetBasis, ValueIs
from .models import (
    Baseline,
    CellValue,
    IndicatorAssignment,
    IndicatorResult,
    ProgressReport,
    ReportRevision,
    ReviewEvent,
    Target,
)
from .services import baselines, drafts, entry_context, history, plans, targets
from .services.spans import read_span

INDICATOR = Column("indicator", text, required=True, help=_("Code of the indicator."))
MISSION = Column("mission", text, required=True, help=_("Code of the mission."))
MISSION_OR_REGION = Column("mission", text, required=True, help=_("Code of the mission, or REGION."))

ASSIGNMENTS = Kind(
    code="assignments",
    title=_("Assignments"),
    columns=(
        INDICATOR,
        MISSION,
        Column("active_from", day, required=True, help=_("First day on which it is reported.")),
        Column("active_to", day, help=_("Last day, if it ends.")),
        Column("reason", text_within(500), help=_("Why it begins, ends or changes.")),
    ),
    row_type=plans.AssignmentRow,
    plan=plans.plan_assignments,
    apply=plans.apply_assignments,
    may_load=may_load_setup,
    tables=(IndicatorAssignment, Target),
)

BASELINES = Kind(
    code="baselines",
    title=_("Baselines"),
    columns=(
        INDICATOR,
        MISSION_OR_REGION,
        Column("baseline_value", number, percent=True, help=_("40 for 40 %.")),
        Column("baseline_numerator", number),
        Column("baseline_denominator", number),
        Column("baseline_stage", text, help=_("The stage by its name; yes or no.")),
        Column("baseline_date", last_day, help=_("A date, a year or a quarter: its last day.")),
        Column("baseline_source", text_within(300), help=_("Document and place.")),
        Column("active_from", day, help=_("First day of the assignment; the strategy’s, unless given.")),
        Column("active_to", day, help=_("Last day of the assignment, if it ends.")),
        Column("note", text),
    ),
    row_type=baselines.BaselineRow,
    plan=baselines.plan_baselines,
    apply=baselines.apply_baselines,
    may_load=may_load_setup,
    tables=(Baseline, IndicatorAssignment, Target),
    options=(Option.REASON,),
)


def year_columns(options: Mapping[str, Any]) -> Sequence[Column]:
    """A column per year of the strategy, and five beyond: strategies are extended."""
    strategy = _strategy(options)
    if strategy is None:
        return ()
    years = range(strategy.starts_on.year, strategy.ends_on.year + 6)
    return [Column(str(year), as_written, percent=True) for year in years]


def cell_columns(options: Mapping[str, Any]) -> Sequence[Column]:
    """Columns for each cell of each breakdown; for percentages its numerator and denominator."""
    cells = Cell.objects.filter(breakdown__strategy=_strategy(options)).order_by("breakdown__code", "order")
    return [
        Column(f"{breakdown}:{cell}{part}", number)
        for breakdown, cell in cells.values_list("breakdown__code", "code")
        for part in ("", ":n", ":d")
    ]


def _strategy(options: Mapping[str, Any]) -> Strategy | None:
    code = options.get("strategy")
    return Strategy.objects.filter(code=code).first() if code else Strategy.objects.current()


TARGETS = Kind(
    code="targets",
    title=_("Targets"),
    columns=(
        INDICATOR,
        MISSION_OR_REGION,
        Column("due", last_day, help=_("A date, a year or a quarter: its last day. Not with year columns.")),
        Column("target_value", number, percent=True, help=_("40 for 40 %.")),
        Column("target_stage", text, help=_("The stage by its name; yes or no.")),
        Column("basis", one_of(TargetBasis), help=_("to_date or per_year; a flow must say which.")),
    ),
    row_type=targets.TargetRow,
    plan=targets.plan_targets,
    apply=targets.apply_targets,
    may_load=may_load_setup,
    tables=(Target, IndicatorAssignment, Baseline),
    more_columns=year_columns,
    options=(Option.REASON,),
)

RESULT_COLUMNS = (
    INDICATOR,
    MISSION,
    Column("period", read_span, required=True, help=_("2021-Q3; also 2021-H1 or 2021.")),
    Column("value", as_written, percent=True, help=_("A number; 40 for 40 %.")),
    Column("numerator", number),
    Column("denominator", number),
    Column("stage", text, help=_("The stage by its name; yes or no.")),
    Column("not_applicable", yes_no, help=_("Yes, with the reason in the comment.")),
    Column(
        "value_is",
        one_of(ValueIs),
        help=_(
            "period: the amount of the period itself (unless said otherwise). to_date: the running total since the "
            "strategy began, or since January where the indicator is counted by year."
        ),
    ),
    Column("comment", text),
)

HISTORY = Kind(
    code="history",
    title=_("Approved history"),
    columns=RESULT_COLUMNS,
    row_type=entry_context.ResultRow,
    plan=history.plan_history,
    apply=history.apply_history,
    may_load=may_load_history,
    tables=(ProgressReport, ReportRevision, IndicatorResult, CellValue, ReviewEvent),
    more_columns=cell_columns,
    options=(Option.SOURCE, Option.REASON),
    needs_person=True,
)

PROGRESS = Kind(
    code="progress",
    title=_("Progress"),
    columns=RESULT_COLUMNS,
    row_type=entry_context.ResultRow,
    plan=drafts.plan_drafts,
    apply=drafts.apply_drafts,
    may_load=may_load_drafts,
    tables=HISTORY.tables,
    more_columns=cell_columns,
    needs_person=True,
    of_uploader=True,
)

KINDS = (ASSIGNMENTS, BASELINES, TARGETS, PROGRESS, HISTORY)
