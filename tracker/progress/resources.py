"""The sheets that progress takes: assignments, baselines, targets, and results."""

from django.utils.translation import gettext_lazy as _

from tracker.batches.kinds import Column, Kind, Option, as_written, day, last_day, number, text, text_within
from tracker.batches.policies import may_load_setup

from .models import Baseline, IndicatorAssignment, Target
from .services import plans

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
    row_type=plans.BaselineRow,
    plan=plans.plan_baselines,
    apply=plans.apply_baselines,
    may_load=may_load_setup,
    tables=(Baseline, IndicatorAssignment, Target),
    options=(Option.REASON,),
)

KINDS = (ASSIGNMENTS, BASELINES)
