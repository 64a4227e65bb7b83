"""Checks of the funding requirements: the amounts against the totals that are printed below and beside them."""

from decimal import Decimal

from django.db.models import (
    BigIntegerField,
    DecimalField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    Subquery,
    Sum,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tracker.activities.models import FundingRequirement, FundingTotal
from tracker.common.formats import show_exact

from .registry import Facts, Rows, Severity, check, shaped


def _amounts(facts: Facts, first: str, second: str) -> dict[str, str]:
    """Whose amount it is, and two amounts."""
    goal = facts["goal"] or _now("all goals")
    return {
        "mission": facts["mission"] or _now("all missions"),
        "goal": goal,
        "first": show_exact(Decimal(facts[first])),
        "second": show_exact(Decimal(facts[second])),
    }


@check(
    severity=Severity.ERROR,
    kind="funding",
    wrong=_("The amounts asked for do not add up to the total of the document."),
    todo=_("Hold the amounts against the document; one was misread, or the total was (funding)."),
    says=lambda facts: (
        _now("%(mission)s, %(goal)s: %(first)s as the total, %(second)s added up")
        % _amounts(facts, "total", "added")
    ),
)
def funding_that_does_not_add_up() -> Rows:
    def outer(name: str) -> ExpressionWrapper:
        return ExpressionWrapper(OuterRef(name), output_field=BigIntegerField())

    # A total without a mission is of all missions, one without a goal of all goals.
    added = (
        FundingRequirement.objects.filter(year=OuterRef("year"))
        .annotate(of_mission=outer("mission_id"), of_goal=outer("goal_id"))
        .filter(Q(of_mission__isnull=True) | Q(mission_id=F("of_mission")))
        .filter(Q(of_goal__isnull=True) | Q(goal_id=F("of_goal")))
        .order_by()
        .values("year")
        .annotate(added=Sum("amount"))
        .values("added")
    )
    totals = FundingTotal.objects.annotate(
        added=Coalesce(Subquery(added), Value(Decimal(0)), output_field=DecimalField())
    ).exclude(added=F("amount"))
    return shaped(
        totals,
        code="year",
        parent="year",
        mission="mission__code",
        goal="goal__code",
        total=Cast("amount", TextField()),
        added=Cast("added", TextField()),
    )


@check(
    severity=Severity.WARNING,
    kind="funding",
    wrong=_("No printed total is there to hold these amounts against."),
    todo=_("Load the totals of the document (funding_totals)."),
    says=lambda facts: str(facts["mission"]),
)
def funding_without_total() -> Rows:
    total = FundingTotal.objects.filter(year=OuterRef("year"), mission=OuterRef("mission"), goal__isnull=True)
    lone = FundingRequirement.objects.filter(~Exists(total)).order_by().values("year", "mission__code")
    return shaped(lone.distinct(), code="year", parent="year", mission="mission__code")


@check(
    severity=Severity.NOTE,
    kind="funding",
    wrong=_("The text of the document has another amount than the one that is taken for right."),
    todo=_("Nothing: its note says why. Say so where the amount is quoted."),
    says=lambda facts: (
        _now("%(mission)s, %(goal)s: %(first)s in the text, %(second)s taken for right")
        % _amounts(facts, "printed", "amount")
    ),
)
def funding_read_otherwise() -> Rows:
    return shaped(
        FundingRequirement.objects.filter(amount_printed__isnull=False),
        code="year",
        parent="year",
        mission="mission__code",
        goal="goal__code",
        printed=Cast("amount_printed", TextField()),
        amount=Cast("amount", TextField()),
    )
