"""The sheets of the strategy, its tree and its indicators: their columns, and the services behind them."""

from django.utils.translation import gettext_lazy as _

from tracker.batches.cell_readers import (
    as_written,
    code_within,
    day,
    one_of,
    several,
    share_of_one,
    text,
    text_within,
    whole,
    yes_no,
)
from tracker.batches.kinds import Column, Kind
from tracker.batches.policies import may_load_framework, may_load_setup, may_take_approved
from tracker.batches.selections import Export

from .. import exports
from ..choices import (
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
from ..models import (
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
from ..services import breakdowns, indicators, structure, undo
from ..services.structure import codes_of


def code_column(tag: str) -> Column:
    """The code of a part of the strategy."""
    return Column("code", code_within(30), required=True, help=_("Unique within the strategy."), tag=tag)


ORDER = Column("order", whole, help=_("Its place in lists."), tag="#meta+order")
SOURCE = Column("source", text_within(300), help=_("Document and place."), tag="#meta+source")
SUMMARY = Column(
    "summary", text, help=_("What it commits to, in a few sentences."), tag="#description+summary"
)


def share(name: str) -> Column:
    """A share between 0 and 1, such as 0.85."""
    return Column(name, share_of_one, help=_("A share between 0 and 1."), tag=f"#meta+{name}")


STRATEGY = Kind(
    code="strategy",
    title=_("Strategy"),
    purpose=_("The strategy itself: its name, its dates, its rules."),
    columns=(
        code_column("#operations+code"),
        Column(
            "name",
            text_within(200),
            required=True,
            help=_("Its name, as people read it."),
            tag="#operations+name",
        ),
        Column("starts_on", day, required=True, help=_("First day."), tag="#date+start"),
        Column("ends_on", day, required=True, help=_("Last day."), tag="#date+end"),
        share("on_track_from"),
        share("at_risk_from"),
        share("maintain_tolerance"),
        share("early_share"),
        Column(
            "stale_due_periods",
            whole,
            help=_("Due periods after which a level is no data."),
            tag="#meta+stale_due_periods",
        ),
        share("half_share"),
        Column(
            "small_cell_below",
            whole,
            help=_("Cells of sensitive indicators below this are hidden."),
            tag="#meta+small_cell_below",
        ),
        Column("source", text_within(200), help=_("Document and place."), tag="#meta+source"),
    ),
    row_type=structure.StrategyRow,
    plan=structure.plan_strategy,
    apply=structure.apply_strategy,
    may_load=may_load_framework,
    tables=(Strategy,),
    export=Export(exports.read_strategy, may_take_approved),
)

PILLARS = Kind(
    code="pillars",
    title=_("Pillars"),
    purpose=_("The pillars of the strategy."),
    columns=(
        code_column("#sector+code"),
        Column(
            "name",
            text_within(100),
            required=True,
            help=_("Its name, as people read it."),
            tag="#sector+name",
        ),
        ORDER,
        SOURCE,
    ),
    row_type=structure.PillarRow,
    plan=structure.plan_pillars,
    apply=structure.apply_pillars,
    may_load=may_load_framework,
    tables=(Pillar,),
    export=Export(exports.read_pillars, may_take_approved),
)

PRIORITIES = Kind(
    code="priorities",
    title=_("Priorities and areas"),
    purpose=_("Strategic priorities and institutional areas under the pillars."),
    columns=(
        code_column("#subsector+code"),
        Column(
            "pillar",
            text,
            required=True,
            help=_("Code of the pillar."),
            tag="#sector+code",
            codes=codes_of(Pillar),
        ),
        Column(
            "kind",
            one_of(PriorityKind),
            required=True,
            help=_("Strategic priority or institutional area."),
            tag="#subsector+type",
        ),
        Column(
            "title",
            text_within(200),
            required=True,
            help=_("Its title, as people read it."),
            tag="#subsector+name",
        ),
        SUMMARY,
        ORDER,
        SOURCE,
    ),
    row_type=structure.PriorityRow,
    plan=structure.plan_priorities,
    apply=structure.apply_priorities,
    may_load=may_load_framework,
    tables=(StrategicPriority,),
    export=Export(exports.read_priorities, may_take_approved),
)

OBJECTIVES = Kind(
    code="objectives",
    title=_("Objectives"),
    purpose=_("The objectives under the priorities."),
    columns=(
        code_column("#activity+code"),
        Column(
            "priority",
            text,
            required=True,
            help=_("Code of the priority or area."),
            tag="#subsector+code",
            codes=codes_of(StrategicPriority),
        ),
        Column(
            "title",
            text_within(300),
            required=True,
            help=_("Its title, as people read it."),
            tag="#activity+name",
        ),
        SUMMARY,
        ORDER,
        SOURCE,
    ),
    row_type=structure.ObjectiveRow,
    plan=structure.plan_objectives,
    apply=structure.apply_objectives,
    may_load=may_load_framework,
    tables=(Objective,),
    export=Export(exports.read_objectives, may_take_approved),
)

BREAKDOWNS = Kind(
    code="breakdowns",
    title=_("Breakdowns"),
    purpose=_("Ways of splitting a result, such as sex and age, with their cells."),
    columns=(
        Column(
            "code",
            text_within(50),
            required=True,
            help=_("Unique within the strategy; no colon."),
            tag="#group+code",
        ),
        Column(
            "name", text_within(150), required=True, help=_("Its name, as people read it."), tag="#group+name"
        ),
        Column(
            "exclusive",
            yes_no,
            help=_("Yes: a person is in one cell only, so that cells add up."),
            tag="#group+exclusive",
        ),
        Column(
            "cell",
            text_within(50),
            required=True,
            help=_("Code of the cell; no colon."),
            tag="#group+cell+code",
        ),
        Column(
            "cell_name",
            text_within(150),
            required=True,
            help=_("The cell as people read it."),
            tag="#group+cell+name",
        ),
        ORDER,
    ),
    row_type=breakdowns.BreakdownRow,
    plan=breakdowns.plan_breakdowns,
    apply=breakdowns.apply_breakdowns,
    may_load=may_load_setup,
    tables=(Breakdown, Cell),
    undo=undo.BREAKDOWNS,
    export=Export(exports.read_breakdowns, may_take_approved),
    named_by=("code", "cell"),
    shared=("name", "exclusive"),
)

INDICATORS = Kind(
    code="indicators",
    title=_("Indicators"),
    purpose=_("What is measured, and the rules by which it is added up."),
    columns=(
        code_column("#indicator+code"),
        Column(
            "objective",
            text,
            required=True,
            help=_("Code of the objective."),
            tag="#activity+code",
            codes=codes_of(Objective),
        ),
        Column(
            "name",
            text_within(300),
            required=True,
            help=_("Its name, as people read it."),
            tag="#indicator+name",
        ),
        Column(
            "unit",
            text_within(100),
            required=True,
            help=_("What a value counts: persons, agreements, % of trainees."),
            tag="#indicator+unit",
        ),
        Column(
            "measure", one_of(Measure), required=True, help=_("What its values are."), tag="#indicator+type"
        ),
        Column(
            "direction",
            one_of(Direction),
            required=True,
            help=_("Whether more is better, less, or the same; monitor: it has no target."),
            tag="#indicator+direction",
        ),
        Column(
            "period_rule",
            one_of(PeriodRule),
            required=True,
            help=_("How periods become one figure."),
            tag="#indicator+rule+period",
        ),
        Column(
            "mission_rule",
            one_of(MissionRule),
            required=True,
            help=_("How missions become one figure."),
            tag="#indicator+rule+mission",
        ),
        Column(
            "frequency",
            one_of(Frequency),
            required=True,
            help=_("In which quarters it falls due."),
            tag="#indicator+frequency",
        ),
        Column(
            "level", one_of(Level), help=_("Where it stands in the chain of results."), tag="#indicator+level"
        ),
        Column("counts", one_of(Counts), help=_("What one unit is."), tag="#indicator+counts"),
        Column(
            "threshold",
            as_written,
            percent=True,
            help=_("For count_at_least; a stage by its name."),
            tag="#indicator+threshold",
        ),
        Column("status", one_of(IndicatorStatus), help=_("Active unless given."), tag="#status"),
        Column(
            "decimals",
            whole,
            help=_("How many are shown: unless given 0, or 1 for percentages."),
            tag="#indicator+decimals",
        ),
        Column(
            "allows_negative",
            yes_no,
            help=_("Whether a value may be below 0; no unless given."),
            tag="#indicator+negative",
        ),
        Column(
            "bounded",
            yes_no,
            help=_("A percentage is at most 100; yes unless given."),
            tag="#indicator+bounded",
        ),
        Column(
            "sensitive",
            yes_no,
            help=_("Whether small cells are hidden in files; no unless given."),
            tag="#indicator+sensitive",
        ),
        Column(
            "needs_evidence",
            yes_no,
            help=_("Whether a result asks for a document; no unless given."),
            tag="#indicator+evidence",
        ),
        Column(
            "never_falls",
            yes_no,
            help=_("Whether a lower value than before is asked about; no unless given."),
            tag="#indicator+never_falls",
        ),
        Column("stages", several, help=_("In order, separated by semicolons."), tag="#indicator+stages"),
        Column(
            "breakdowns",
            several,
            help=_("Codes, separated by semicolons."),
            tag="#group+code+list",
            codes=codes_of(Breakdown),
            or_other=True,
        ),
        Column(
            "definition",
            text,
            help=_("What is counted, what is not, and when."),
            tag="#description+definition",
        ),
        Column("data_source", text, help=_("Where the figures are kept."), tag="#description+source"),
        Column("verification", text, help=_("How a figure can be checked."), tag="#description+verification"),
        Column(
            "replaces",
            several,
            help=_("Codes, separated by semicolons."),
            tag="#indicator+code+replaces",
            codes=codes_of(Indicator),
            or_other=True,
        ),
        Column("note", text, help=_("What should be known of it."), tag="#description+note"),
        ORDER,
        SOURCE,
    ),
    row_type=indicators.IndicatorRow,
    plan=indicators.plan_indicators,
    apply=indicators.apply_indicators,
    may_load=may_load_setup,
    tables=(Indicator, IndicatorBreakdown, IndicatorReplacement),
    undo=undo.INDICATORS,
    export=Export(exports.read_indicators, may_take_approved),
)

KINDS = (STRATEGY, PILLARS, PRIORITIES, OBJECTIVES, BREAKDOWNS, INDICATORS)
