"""The sheets that the framework takes: their columns, and the services behind them."""

from django.utils.translation import gettext_lazy as _

from tracker.batches.kinds import (
    Column,
    Kind,
    as_written,
    day,
    number,
    one_of,
    several,
    text,
    text_within,
    whole,
    yes_no,
)
from tracker.batches.policies import may_load_framework, may_load_setup

from .choices import (
    Counts,
    Direction,
    Frequency,
    IndicatorStatus,
    Level,
    Measure,
    MissionRule,
    PeriodRule,
    PriorityKind,
)
from .models import (
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
from .services import breakdowns, indicators, structure, undo

CODE = Column("code", text_within(30), required=True, help=_("Unique within the strategy."))
ORDER = Column("order", whole, help=_("Its place in lists."))
SOURCE = Column("source", text_within(300), help=_("Document and place."))
SUMMARY = Column("summary", text)


def share(name: str) -> Column:
    """A share between 0 and 1, such as 0.85."""
    return Column(name, number, help=_("A share between 0 and 1."))


STRATEGY = Kind(
    code="strategy",
    title=_("Strategy"),
    columns=(
        CODE,
        Column("name", text_within(200), required=True),
        Column("starts_on", day, required=True),
        Column("ends_on", day, required=True),
        share("on_track_from"),
        share("at_risk_from"),
        share("maintain_tolerance"),
        share("early_share"),
        Column("stale_due_periods", whole, help=_("Due periods after which a level is no data.")),
        share("half_share"),
        Column("small_cell_below", whole, help=_("Cells of sensitive indicators below this are hidden.")),
        Column("source", text_within(200)),
    ),
    row_type=structure.StrategyRow,
    plan=structure.plan_strategy,
    apply=structure.apply_strategy,
    may_load=may_load_framework,
    tables=(Strategy,),
)

PILLARS = Kind(
    code="pillars",
    title=_("Pillars"),
    columns=(CODE, Column("name", text_within(100), required=True), ORDER, SOURCE),
    row_type=structure.PillarRow,
    plan=structure.plan_pillars,
    apply=structure.apply_pillars,
    may_load=may_load_framework,
    tables=(Pillar,),
)

PRIORITIES = Kind(
    code="priorities",
    title=_("Priorities and areas"),
    columns=(
        CODE,
        Column("pillar", text, required=True, help=_("Code of the pillar.")),
        Column("kind", one_of(PriorityKind), required=True),
        Column("title", text_within(200), required=True),
        SUMMARY,
        ORDER,
        SOURCE,
    ),
    row_type=structure.PriorityRow,
    plan=structure.plan_priorities,
    apply=structure.apply_priorities,
    may_load=may_load_framework,
    tables=(StrategicPriority,),
)

OBJECTIVES = Kind(
    code="objectives",
    title=_("Objectives"),
    columns=(
        CODE,
        Column("priority", text, required=True, help=_("Code of the priority or area.")),
        Column("title", text_within(300), required=True),
        SUMMARY,
        ORDER,
        SOURCE,
    ),
    row_type=structure.ObjectiveRow,
    plan=structure.plan_objectives,
    apply=structure.apply_objectives,
    may_load=may_load_framework,
    tables=(Objective,),
)

BREAKDOWNS = Kind(
    code="breakdowns",
    title=_("Breakdowns"),
    columns=(
        Column("code", text_within(50), required=True, help=_("Unique within the strategy; no colon.")),
        Column("name", text_within(150), required=True),
        Column("exclusive", yes_no, help=_("Yes: a person is in one cell only, so that cells add up.")),
        Column("cell", text_within(50), required=True, help=_("Code of the cell; no colon.")),
        Column("cell_name", text_within(150), required=True),
        ORDER,
    ),
    row_type=breakdowns.BreakdownRow,
    plan=breakdowns.plan_breakdowns,
    apply=breakdowns.apply_breakdowns,
    may_load=may_load_setup,
    tables=(Breakdown, Cell),
    undo=undo.BREAKDOWNS,
)

INDICATORS = Kind(
    code="indicators",
    title=_("Indicators"),
    columns=(
        CODE,
        Column("objective", text, required=True, help=_("Code of the objective.")),
        Column("name", text_within(300), required=True),
        Column("unit", text_within(100), required=True),
        Column("measure", one_of(Measure), required=True),
        Column("direction", one_of(Direction), required=True),
        Column("period_rule", one_of(PeriodRule), required=True, help=_("How periods become one figure.")),
        Column("mission_rule", one_of(MissionRule), required=True, help=_("How missions become one figure.")),
        Column("frequency", one_of(Frequency), required=True),
        Column("level", one_of(Level)),
        Column("counts", one_of(Counts), help=_("What one unit is.")),
        Column("threshold", as_written, percent=True, help=_("For count_at_least; a stage by its name.")),
        Column("status", one_of(IndicatorStatus), help=_("Active unless given.")),
        Column("decimals", whole),
        Column("allows_negative", yes_no),
        Column("bounded", yes_no, help=_("A percentage is at most 100; yes unless given.")),
        Column("sensitive", yes_no),
        Column("needs_evidence", yes_no),
        Column("never_falls", yes_no),
        Column("stages", several, help=_("In order, separated by semicolons.")),
        Column("breakdowns", several, help=_("Codes, separated by semicolons.")),
        Column("definition", text),
        Column("data_source", text),
        Column("verification", text),
        Column("replaces", several, help=_("Codes, separated by semicolons.")),
        Column("note", text),
        ORDER,
        SOURCE,
    ),
    row_type=indicators.IndicatorRow,
    plan=indicators.plan_indicators,
    apply=indicators.apply_indicators,
    may_load=may_load_setup,
    tables=(Indicator, IndicatorBreakdown, IndicatorReplacement),
    undo=undo.INDICATORS,
)

KINDS = (STRATEGY, PILLARS, PRIORITIES, OBJECTIVES, BREAKDOWNS, INDICATORS)
