"""The sheets of the outside frames, of their goals, and of what each objective serves of them."""

from django.utils.translation import gettext_lazy as _

from tracker.batches.cell_readers import code_within, one_of, text, text_within, whole
from tracker.batches.kinds import Column, Kind, codes_in
from tracker.batches.policies import may_load_framework, may_take_approved
from tracker.batches.selections import Export

from .. import exports
from ..choices import AlignmentBasis, ReferenceGoalKind, ReferenceKind, TitleBasis
from ..models import Alignment, Objective, ReferenceFramework, ReferenceGoal
from ..services import references
from ..services.structure import codes_of

ORDER = Column("order", whole, help=_("Its place in lists."), tag="#meta+order")
SOURCE = Column("source", text_within(300), required=True, help=_("Document and place."), tag="#meta+source")

REFERENCE_FRAMEWORKS = Kind(
    code="reference_frameworks",
    title=_("Reference frameworks"),
    purpose=_("Outside frameworks, processes and bodies that the strategy answers to or names."),
    columns=(
        Column("code", code_within(30), required=True, help=_("Such as SDG."), tag="#sector+code"),
        Column(
            "name",
            text_within(200),
            required=True,
            help=_("Its name, as people read it."),
            tag="#sector+name",
        ),
        Column(
            "short_name",
            text_within(50),
            required=True,
            help=_("As it stands where there is little room."),
            tag="#sector+name+short",
        ),
        Column("kind", one_of(ReferenceKind), required=True, help=_("What it is."), tag="#sector+type"),
        Column("owner", text_within(200), help=_("Whose it is."), tag="#org+name"),
        Column("year", whole, help=_("Year of its adoption."), tag="#date+year"),
        Column("description", text, help=_("What it is, in a sentence or two."), tag="#description"),
        SOURCE,
        ORDER,
    ),
    row_type=references.FrameworkRow,
    plan=references.plan_frameworks,
    apply=references.apply_frameworks,
    may_load=may_load_framework,
    tables=(ReferenceFramework,),
    export=Export(exports.read_reference_frameworks, may_take_approved),
)

REFERENCE_GOALS = Kind(
    code="reference_goals",
    title=_("Reference goals"),
    purpose=_("The goals, targets and principles within the reference frameworks, as trees."),
    columns=(
        Column(
            "framework",
            text,
            required=True,
            key=True,
            help=_("Code of the reference framework."),
            tag="#sector+code",
            codes=codes_in(ReferenceFramework),
        ),
        Column(
            "code",
            code_within(30),
            required=True,
            help=_("Unique within its framework, such as 10.7."),
            tag="#subsector+code",
        ),
        Column(
            "parent",
            text,
            help=_("Code of the goal above it, of the same framework; it may stand later in the file."),
            tag="#subsector+code+parent",
        ),
        Column(
            "kind",
            one_of(ReferenceGoalKind),
            required=True,
            help=_("What it is within its framework."),
            tag="#subsector+type",
        ),
        Column(
            "title",
            text_within(200),
            required=True,
            help=_("A short title of our own."),
            tag="#subsector+name",
        ),
        Column("detail", text, help=_("What should be known of it."), tag="#description"),
        Column(
            "title_basis",
            one_of(TitleBasis),
            help=_("Whether a source document names it; source unless given."),
            tag="#meta+title_basis",
        ),
        SOURCE,
        ORDER,
    ),
    row_type=references.GoalRow,
    plan=references.plan_goals,
    apply=references.apply_goals,
    may_load=may_load_framework,
    tables=(ReferenceGoal,),
    export=Export(exports.read_reference_goals, may_take_approved),
    named_by=("framework", "code"),
    # A goal may be named by others as the one above them.
    rows_stand_alone=False,
)

ALIGNMENTS = Kind(
    code="alignments",
    title=_("Alignments"),
    purpose=_("Which reference goals each objective serves, who says so, and why."),
    columns=(
        Column(
            "objective",
            text,
            required=True,
            key=True,
            help=_("Code of the objective."),
            tag="#activity+code",
            codes=codes_of(Objective),
        ),
        Column(
            "framework",
            text,
            key=True,
            help=_("Code of the reference framework; empty where the objective serves no goal at all."),
            tag="#sector+code",
            codes=codes_in(ReferenceFramework),
        ),
        Column(
            "goal",
            text,
            help=_("Code of the goal within its framework; at most four of one framework for an objective."),
            tag="#subsector+code",
        ),
        Column(
            "basis",
            one_of(AlignmentBasis),
            required=True,
            help=_("Stated in a source document, or ours."),
            tag="#meta+basis",
        ),
        Column(
            "reason",
            text_within(300),
            required=True,
            help=_("Why it serves the goal, or why it serves none."),
            tag="#description+reason",
        ),
        SOURCE,
    ),
    row_type=references.AlignmentRow,
    plan=references.plan_alignments,
    apply=references.apply_alignments,
    may_load=may_load_framework,
    tables=(Alignment,),
    export=Export(exports.read_alignments, may_take_approved),
    named_by=("objective", "framework", "goal"),
)

KINDS = (REFERENCE_FRAMEWORKS, REFERENCE_GOALS, ALIGNMENTS)
