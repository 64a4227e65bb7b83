"""Checks of the strategy and the frames it answers to: objectives, indicators, alignments, reference goals."""

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Count, Exists, F, Min, OuterRef, Q
from django.db.models.functions import Trim
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tracker.framework.choices import IndicatorStatus
from tracker.framework.models import Alignment, Indicator, Objective, ReferenceGoal

from .registry import Facts, Rows, Severity, check, shaped


def _title(facts: Facts) -> str:
    return str(facts["title"])


def _objectives() -> Rows:
    return Objective.objects.filter(strategy__is_current=True)


@check(
    severity=Severity.WARNING,
    kind="objective",
    wrong=_("No indicator measures this objective."),
    todo=_("Load an indicator for it (indicators)."),
    says=_title,
)
def objective_without_indicator() -> Rows:
    measuring = Indicator.objects.filter(objective=OuterRef("pk")).exclude(status=IndicatorStatus.RETIRED)
    return shaped(_objectives().filter(~Exists(measuring)), title="title")


@check(
    severity=Severity.WARNING,
    kind="objective",
    wrong=_("This objective is aligned to no reference goal, and nothing says why not."),
    todo=_("Load its alignments, or one without a framework that gives the reason (alignments)."),
    says=_title,
)
def objective_without_alignment() -> Rows:
    return shaped(_objectives().filter(alignments__isnull=True), title="title")


@check(
    severity=Severity.NOTE,
    kind="indicator",
    wrong=_("This indicator answers to no reference goal: its objective is aligned to none."),
    todo=_("Nothing, where the objective says why; otherwise align the objective (alignments)."),
    says=lambda facts: str(facts["name"]),
)
def indicator_without_alignment() -> Rows:
    aligned = Alignment.objects.filter(objective=OuterRef("objective"), goal__isnull=False)
    return shaped(Indicator.objects.of_current_strategy().filter(~Exists(aligned)), name="name")


@check(
    severity=Severity.ERROR,
    kind="indicator",
    wrong=_("This indicator has no definition: nobody can know what it counts."),
    todo=_("Write one (indicators)."),
    says=lambda facts: str(facts["name"]),
)
def indicator_without_definition() -> Rows:
    bare = Indicator.objects.of_current_strategy().annotate(said=Trim("definition")).filter(said="")
    return shaped(bare, name="name")


@check(
    severity=Severity.WARNING,
    kind="indicator",
    wrong=_("Several indicators have the same definition, word for word."),
    todo=_("Say of each what it counts and the others do not (indicators)."),
    says=lambda facts: str(facts["codes"]),
)
def definition_of_several_indicators() -> Rows:
    same = (
        Indicator.objects.of_current_strategy()
        .exclude(definition="")
        .order_by()
        .values("definition")
        .annotate(first=Min("code"), codes=StringAgg("code", ", ", order_by="code"), count=Count("pk"))
        .filter(count__gt=1)
    )
    return shaped(same, code="first", codes="codes")


@check(
    severity=Severity.WARNING,
    kind="indicator",
    wrong=_("This indicator is active although another one replaces it."),
    todo=_("Retire it, or take the replacement back (indicators)."),
    says=lambda facts: _now("replaced by %(codes)s") % {"codes": facts["codes"]},
)
def active_indicator_that_was_replaced() -> Rows:
    replaced = (
        Indicator.objects.of_current_strategy()
        .filter(status=IndicatorStatus.ACTIVE, successors__new__status=IndicatorStatus.ACTIVE)
        .annotate(codes=StringAgg("successors__new__code", ", ", order_by="successors__new__code"))
    )
    return shaped(replaced, codes="codes")


@check(
    severity=Severity.WARNING,
    kind="goal",
    wrong=_("This reference goal lies below none, although others of its kind and framework do."),
    todo=_("Load which goal it lies below (reference_goals)."),
    says=_title,
)
def goal_without_parent() -> Rows:
    siblings = ReferenceGoal.objects.filter(
        framework=OuterRef("framework"), kind=OuterRef("kind"), parent__isnull=False
    )
    return shaped(
        ReferenceGoal.objects.filter(Q(parent__isnull=True) & Exists(siblings)),
        parent=F("framework__code"),
        title="title",
    )
