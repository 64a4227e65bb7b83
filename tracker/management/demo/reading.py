"""Reading the strategy as the demonstration's plan needs it; the only place here that asks the database."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from tracker.framework.choices import Measure
from tracker.framework.models import Indicator, Strategy
from tracker.progress.models import Baseline, IndicatorAssignment, ReportingPeriod
from tracker.region.models import Mission

from .planning import World
from .subjects import Level, Quarter, Split, Subject


def read_world(*, strategy: Strategy, reporters: Mapping[str, int], officers: Sequence[int]) -> World:
    """What the strategy has: a fixed number of statements. ``reporters`` are user ids by mission code."""
    periods = ReportingPeriod.objects.filter(strategy=strategy).order_by("number")
    return World(
        subjects=_read_subjects(strategy),
        quarters=[Quarter(p.pk, p.code, p.number, p.ends_on, p.opens_on) for p in periods],
        missions=dict(Mission.objects.order_by("code").values_list("code", "pk")),
        reporters=reporters,
        officers=officers,
    )


def _read_subjects(strategy: Strategy) -> list[Subject]:
    missions: dict[int, list[str]] = defaultdict(list)
    assigned = IndicatorAssignment.objects.in_force().filter(indicator__strategy=strategy)
    for indicator, mission in assigned.order_by("mission__code").values_list("indicator", "mission__code"):
        missions[indicator].append(mission)
    held: dict[int, dict[str | None, Level]] = defaultdict(dict)
    baselines = Baseline.objects.in_force().filter(indicator__strategy=strategy)
    for indicator, mission, *amount in baselines.values_list(
        "indicator", "mission__code", "value", "numerator", "denominator"
    ):
        held[indicator][mission] = Level(*amount)
    return [
        Subject(
            pk=each.pk,
            code=each.code,
            unit=each.unit,
            measure=each.measure,
            direction=each.direction,
            period_rule=each.period_rule,
            mission_rule=each.mission_rule,
            frequency=each.frequency,
            counts=each.counts,
            steps=len(each.scale) if each.measure in (Measure.STAGE, Measure.YES_NO) else 0,
            never_falls=each.never_falls,
            splits=tuple(
                Split(
                    ask.breakdown.code,
                    ask.breakdown.exclusive,
                    tuple((cell.code, cell.pk) for cell in ask.breakdown.cells.all()),
                )
                for ask in each.asks.all()
            ),
            missions=tuple(missions[each.pk]),
            held=held[each.pk],
        )
        for each in Indicator.objects.filter(strategy=strategy)
        .reported_on()
        .in_order()
        .without_prose()
        .prefetch_related("asks__breakdown__cells")
    ]
