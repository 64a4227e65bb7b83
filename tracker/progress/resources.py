"""The sheets that progress takes: assignments, baselines, targets, and results."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from tracker.batches.cell_readers import as_written, day, last_day, number, one_of, text, text_within, yes_no
from tracker.batches.kinds import Column, Kind, Option, codes_in
from tracker.batches.policies import (
    may_load_drafts,
    may_load_history,
    may_load_setup,
    may_take_approved,
    may_take_drafts,
)
from tracker.batches.selections import Export
from tracker.framework.models import Cell, Indicator, Strategy
from tracker.framework.services.structure import codes_of
from tracker.region.models import Mission

from . import exports
from .choices import TargetBasis, ValueIs
from .models import (
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
from .services import baselines, drafts, entry_context, history, plans, targets, undo_plans, undo_results
from .services.known import REGION
from .services.spans import read_span

INDICATOR = Column(
    "indicator",
    text,
    required=True,
    key=True,
    help=_("Code of the indicator."),
    tag="#indicator+code",
    codes=codes_of(Indicator),
)
MISSION = Column(
    "mission",
    text,
    required=True,
    key=True,
    help=_("Code of the mission."),
    tag="#org+code",
    codes=codes_in(Mission),
)


def missions_or_region(options: Mapping[str, Any]) -> Sequence[str]:
    """The codes of the missions, and what stands for the region."""
    return [*codes_in(Mission)(options), REGION]


MISSION_OR_REGION = Column(
    "mission",
    text,
    required=True,
    key=True,
    help=_("Code of the mission, or REGION."),
    tag="#org+code",
    codes=missions_or_region,
)

ASSIGNMENTS = Kind(
    code="assignments",
    title=_("Assignments"),
    purpose=_("Which mission reports on which indicator, and from when."),
    columns=(
        INDICATOR,
        MISSION,
        Column(
            "active_from", day, required=True, help=_("First day on which it is reported."), tag="#date+start"
        ),
        Column("active_to", day, help=_("Last day, if it ends."), tag="#date+end"),
        Column(
            "reason", text_within(500), help=_("Why it begins, ends or changes."), tag="#description+reason"
        ),
    ),
    row_type=plans.AssignmentRow,
    plan=plans.plan_assignments,
    apply=plans.apply_assignments,
    may_load=may_load_setup,
    tables=(IndicatorAssignment, Target),
    undo=undo_plans.VERSIONS,
    export=Export(exports.read_assignments, may_take_approved),
    named_by=("indicator", "mission"),
)

BASELINES = Kind(
    code="baselines",
    title=_("Baselines"),
    purpose=_("Where each mission stood before, with the source."),
    columns=(
        INDICATOR,
        MISSION_OR_REGION,
        Column("baseline_value", number, percent=True, help=_("40 for 40 %."), tag="#value+baseline"),
        Column(
            "baseline_numerator",
            number,
            help=_("Of a percentage: how many, with the denominator."),
            tag="#value+baseline+numerator",
        ),
        Column(
            "baseline_denominator",
            number,
            help=_("Of a percentage: out of how many."),
            tag="#value+baseline+denominator",
        ),
        Column("baseline_stage", text, help=_("The stage by its name; yes or no."), tag="#status+baseline"),
        Column(
            "baseline_date",
            last_day,
            help=_("A date, a year or a quarter: its last day."),
            tag="#date+baseline",
        ),
        Column("baseline_source", text_within(300), help=_("Document and place."), tag="#meta+source"),
        Column(
            "active_from",
            day,
            help=_("First day of the assignment; the strategy’s, unless given."),
            tag="#date+start",
        ),
        Column("active_to", day, help=_("Last day of the assignment, if it ends."), tag="#date+end"),
        Column("note", text, help=_("What should be known of it."), tag="#description+note"),
    ),
    row_type=baselines.BaselineRow,
    plan=baselines.plan_baselines,
    apply=baselines.apply_baselines,
    may_load=may_load_setup,
    tables=(Baseline, IndicatorAssignment, Target),
    undo=undo_plans.VERSIONS,
    options=(Option.REASON,),
    export=Export(exports.read_baselines, may_take_approved),
    named_by=("indicator", "mission"),
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
        Column(
            f"{breakdown}:{cell}{part}",
            number,
            help=_PARTS[part] % {"breakdown": breakdown_name, "cell": cell_name},
            tag=_tag_of(breakdown, cell, part),
        )
        for breakdown, cell, breakdown_name, cell_name in cells.values_list(
            "breakdown__code", "code", "breakdown__name", "name"
        )
        for part in ("", ":n", ":d")
    ]


# What a column of a cell holds, by how its heading ends.
_PARTS = {
    "": _("%(breakdown)s: %(cell)s."),
    ":n": _("%(breakdown)s: %(cell)s; the numerator."),
    ":d": _("%(breakdown)s: %(cell)s; the denominator."),
}


def _tag_of(breakdown: str, cell: str, part: str) -> str:
    """The HXL tag of a cell's column: #value+c_sex+c_female, of a percentage's with +numerator too."""
    words = [re.sub(r"[^a-z0-9]+", "_", f"c_{word.casefold()}") for word in (breakdown, cell)]
    return "+".join(["#value", *words, *({":n": ["numerator"], ":d": ["denominator"]}.get(part, []))])


def _strategy(options: Mapping[str, Any]) -> Strategy | None:
    code = options.get("strategy")
    return Strategy.objects.filter(code=code).first() if code else Strategy.objects.current()


TARGETS = Kind(
    code="targets",
    title=_("Targets"),
    purpose=_("Levels to be reached by a date, one a row or a column for each year."),
    columns=(
        INDICATOR,
        MISSION_OR_REGION,
        Column(
            "due",
            last_day,
            help=_("A date, a year or a quarter: its last day. Not with year columns."),
            tag="#date+due",
        ),
        Column("target_value", number, percent=True, help=_("40 for 40 %."), tag="#targeted+value"),
        Column("target_stage", text, help=_("The stage by its name; yes or no."), tag="#targeted+status"),
        Column(
            "basis",
            one_of(TargetBasis),
            help=_("to_date or per_year; a flow must say which."),
            tag="#targeted+basis",
        ),
    ),
    row_type=targets.TargetRow,
    plan=targets.plan_targets,
    apply=targets.apply_targets,
    may_load=may_load_setup,
    tables=(Target, IndicatorAssignment, Baseline),
    undo=undo_plans.VERSIONS,
    more_columns=year_columns,
    options=(Option.REASON,),
    # Yearly amounts are added up, from one row to the next.
    rows_stand_alone=False,
    export=Export(exports.read_targets, may_take_approved),
    named_by=("indicator", "mission", "due"),
)

RESULT_COLUMNS = (
    INDICATOR,
    MISSION,
    Column(
        "period",
        read_span,
        required=True,
        key=True,
        help=_("2021-Q3; also 2021-H1 or 2021."),
        tag="#date+period",
        codes=codes_of(ReportingPeriod),
        or_other=True,
    ),
    Column("value", as_written, percent=True, help=_("A number; 40 for 40 %."), tag="#value"),
    Column(
        "numerator",
        number,
        help=_("Of a percentage: how many, with the denominator."),
        tag="#value+numerator",
    ),
    Column("denominator", number, help=_("Of a percentage: out of how many."), tag="#value+denominator"),
    Column("stage", text, help=_("The stage by its name; yes or no."), tag="#status"),
    Column(
        "not_applicable", yes_no, help=_("Yes, with the reason in the comment."), tag="#meta+not_applicable"
    ),
    Column(
        "value_is",
        one_of(ValueIs),
        help=_(
            "period: the amount of the period itself (unless said otherwise). to_date: the running total since the "
            "strategy began, or since January where the indicator is counted by year."
        ),
        tag="#meta+value_is",
    ),
    Column(
        "comment",
        text,
        help=_("What explains the figure, or why there is none."),
        tag="#description+comment",
    ),
)

HISTORY = Kind(
    code="history",
    title=_("Approved history"),
    purpose=_("Past results that count at once, with their source document."),
    columns=RESULT_COLUMNS,
    row_type=entry_context.ResultRow,
    plan=history.plan_history,
    apply=history.apply_history,
    may_load=may_load_history,
    tables=(ProgressReport, ReportRevision, IndicatorResult, CellValue, ReviewEvent),
    undo=undo_results.HISTORY,
    more_columns=cell_columns,
    options=(Option.SOURCE, Option.REASON),
    needs_person=True,
    export=Export(exports.read_history, may_take_approved),
    named_by=("indicator", "mission", "period"),
)

PROGRESS = Kind(
    code="progress",
    title=_("Progress"),
    purpose=_("Results of a period into drafts, to be looked at and submitted."),
    columns=RESULT_COLUMNS,
    row_type=entry_context.ResultRow,
    plan=drafts.plan_drafts,
    apply=drafts.apply_drafts,
    may_load=may_load_drafts,
    tables=HISTORY.tables,
    undo=undo_results.DRAFTS,
    more_columns=cell_columns,
    needs_person=True,
    of_uploader=True,
    export=Export(exports.read_drafts, may_take_drafts, of_drafts=True),
    named_by=("indicator", "mission", "period"),
)

KINDS = (ASSIGNMENTS, BASELINES, TARGETS, PROGRESS, HISTORY)
