"""Checks of what missions are to report and to reach: assignments, baselines, targets that hold."""

from decimal import Decimal
from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import (
    Case,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
    Window,
)
from django.db.models.functions import Cast, Coalesce, Lag
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tracker.common.formats import show_date, show_value
from tracker.framework.choices import Direction, IndicatorStatus, Measure, PeriodRule
from tracker.framework.models import Indicator
from tracker.progress.models import Baseline, IndicatorAssignment, Target

from .registry import Facts, Rows, Severity, check, shaped

_FLOW = Q(indicator__measure=Measure.NUMBER, indicator__period_rule=PeriodRule.SUM)
_REGION = "REGION"


def _missions(facts: Facts) -> str:
    return str(facts["missions"])


def _values(facts: Facts, first: str, second: str) -> dict[str, str]:
    """A target by its mission and date, with two amounts as their measure is shown."""

    def shown(name: str) -> str:
        return show_value(
            Decimal(str(facts[name])),
            measure=facts["measure"],
            decimals=facts["decimals"],
            stages=facts["stages"],
        )

    due = parse_date(facts["due"])
    return {
        "mission": facts["mission"],
        "due": show_date(due),
        "first": shown(first),
        "second": shown(second),
    }


def _assigned() -> QuerySet[IndicatorAssignment]:
    """Assignments that hold, of indicators of the current strategy that are not retired."""
    return IndicatorAssignment.objects.filter(
        withdrawn_at__isnull=True, indicator__strategy__is_current=True
    ).exclude(indicator__status=IndicatorStatus.RETIRED)


def _by_indicator(rows: Any) -> Rows:
    """A row for each indicator, naming the missions."""
    named = (
        rows.order_by()
        .values("indicator__code")
        .annotate(missions=StringAgg("mission__code", ", ", distinct=True, order_by="mission__code"))
    )
    return shaped(named, code="indicator__code", missions="missions")


def _of_same(model: type[Baseline] | type[Target]) -> Any:
    return model._default_manager.filter(
        withdrawn_at__isnull=True, indicator=OuterRef("indicator"), mission=OuterRef("mission")
    )


@check(
    severity=Severity.WARNING,
    kind="indicator",
    wrong=_("Missions report on this indicator from no baseline, so their progress cannot be judged."),
    todo=_("Load the baselines of these missions (baselines)."),
    says=_missions,
)
def assignment_without_baseline() -> Rows:
    judged = _assigned().exclude(_FLOW).exclude(indicator__direction=Direction.MONITOR)
    return _by_indicator(judged.filter(~Exists(_of_same(Baseline))))


@check(
    severity=Severity.WARNING,
    kind="indicator",
    wrong=_("Missions report on this indicator toward no target."),
    todo=_("Load the targets of these missions (targets)."),
    says=_missions,
)
def assignment_without_target() -> Rows:
    aimed = _assigned().exclude(indicator__direction=Direction.MONITOR)
    return _by_indicator(aimed.filter(~Exists(_of_same(Target))))


@check(
    severity=Severity.WARNING,
    kind="indicator",
    wrong=_("Missions have a target for this indicator and are not asked to report on it."),
    todo=_("Load the assignments of these missions (assignments), or withdraw the targets."),
    says=_missions,
)
def target_without_assignment() -> Rows:
    holding = IndicatorAssignment.objects.filter(
        withdrawn_at__isnull=True, indicator=OuterRef("indicator"), mission=OuterRef("mission")
    )
    return _by_indicator(_targets().filter(Q(mission__isnull=False) & ~Exists(holding)))


@check(
    severity=Severity.WARNING,
    kind="indicator",
    wrong=_("This indicator is active and no mission reports on it."),
    todo=_("Load who reports on it (assignments), or retire it."),
    says=lambda facts: str(facts["name"]),
)
def active_indicator_without_assignment() -> Rows:
    holding = IndicatorAssignment.objects.filter(withdrawn_at__isnull=True, indicator=OuterRef("pk"))
    active = Indicator.objects.of_current_strategy().reported_on()
    return shaped(active.filter(~Exists(holding)), name="name")


@check(
    severity=Severity.NOTE,
    kind="indicator",
    wrong=_("A baseline of this indicator has no date."),
    todo=_("Give its date, where the source has one (baselines)."),
    says=lambda facts: (
        _now("%(mission)s: %(source)s") % {"mission": facts["mission"], "source": facts["source"]}
    ),
)
def baseline_without_date() -> Rows:
    undated = Baseline.objects.filter(
        withdrawn_at__isnull=True, date__isnull=True, indicator__strategy__is_current=True
    )
    return shaped(
        undated,
        code="indicator__code",
        mission=Coalesce("mission__code", Value(_REGION)),
        source="source",
    )


def _targets() -> QuerySet[Target]:
    """Targets that hold, of indicators of the current strategy that are not retired."""
    return Target.objects.filter(withdrawn_at__isnull=True, indicator__strategy__is_current=True).exclude(
        indicator__status=IndicatorStatus.RETIRED
    )


def _target_rows(rows: Any, other: Any) -> Rows:
    return shaped(
        rows,
        code="indicator__code",
        mission=Coalesce("mission__code", Value(_REGION)),
        due="due_on",
        value=Cast("value", TextField()),
        other=Cast(other, TextField()),
        measure="indicator__measure",
        decimals="indicator__decimals",
        stages="indicator__stages",
    )


@check(
    severity=Severity.WARNING,
    kind="indicator",
    wrong=_("A later target lies on the wrong side of the one before it."),
    todo=_("Correct the targets (targets), or the direction of the indicator (indicators)."),
    says=lambda facts: (
        _now("%(mission)s, by %(due)s: %(first)s, after %(second)s") % _values(facts, "value", "other")
    ),
)
def target_against_the_direction() -> Rows:
    follows = _targets().annotate(
        before=Window(Lag("value"), partition_by=[F("indicator"), F("mission")], order_by=F("due_on").asc())
    )
    against = Q(indicator__direction=Direction.INCREASE, value__lt=F("before")) | Q(
        indicator__direction=Direction.DECREASE, value__gt=F("before")
    )
    return _target_rows(follows.filter(against), "before")


@check(
    severity=Severity.WARNING,
    kind="indicator",
    wrong=_("A target lies on the wrong side of its baseline."),
    todo=_("Correct the target (targets), the baseline (baselines) or the direction (indicators)."),
    says=lambda facts: (
        _now("%(mission)s, by %(due)s: %(first)s, from %(second)s") % _values(facts, "value", "other")
    ),
)
def target_on_the_wrong_side_of_its_baseline() -> Rows:
    amount = Case(When(value__isnull=False, then=F("value")), default=F("numerator") / F("denominator"))
    own = Baseline.objects.filter(withdrawn_at__isnull=True, indicator=OuterRef("indicator"))
    start = Case(
        When(
            mission__isnull=True,
            then=Subquery(own.filter(mission__isnull=True).order_by().annotate(b=amount).values("b")[:1]),
        ),
        default=Subquery(
            own.filter(mission=OuterRef("mission")).order_by().annotate(b=amount).values("b")[:1]
        ),
    )
    beyond = Q(indicator__direction=Direction.INCREASE, value__lt=F("start")) | Q(
        indicator__direction=Direction.DECREASE, value__gt=F("start")
    )
    return _target_rows(_targets().exclude(_FLOW).annotate(start=start).filter(beyond), "start")
