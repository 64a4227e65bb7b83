"""The course of an indicator in the region, as a chart with the table behind it."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from tracker.analysis.charts import Chart, DatedLevel, QuarterValue, trajectory_chart
from tracker.analysis.engine import standings_over
from tracker.analysis.rules import RegionStanding, last_day, period_code
from tracker.analysis.wording import counts_missions, regional_unit
from tracker.common.formats import NUMBER
from tracker.framework.models import Indicator, Strategy
from tracker.progress.models import ReportingPeriod, Target


def region_chart(
    indicator: Indicator, strategy: Strategy, now: RegionStanding, *, provisional: bool
) -> Chart | None:
    """The region's value at each judgement up to `now`, against where it was to be, to the strategy's end;
    None before the first judgement: three statements.
    """
    if now.judged_at is None:
        return None
    over_time = _standings_by_judgement(indicator, strategy, provisional=provisional)
    has_plan = now.target is not None and now.target_due is not None
    is_count = counts_missions(indicator)
    baseline = None if now.baseline is None else DatedLevel(strategy.starts_on, now.baseline)
    return trajectory_chart(
        name=f"{indicator.code} {indicator.name}",
        unit=regional_unit(indicator),
        scope=_("the region"),
        as_of=period_code(now.judged_at),
        measure=NUMBER if is_count else indicator.measure,
        values=[
            QuarterValue(period_code(period), standing.compared_value if has_plan else standing.value)
            for period, standing in over_time.items()
            if period <= now.judged_at
        ],
        trajectory=_planned_line(over_time, baseline) if has_plan else (),
        targets=_targets(indicator, now) if has_plan else (),
        baseline=None if indicator.is_flow else baseline,
        expected=now.expected,
        status=now.status,
        decimals=0 if is_count else indicator.decimals,
        stages=() if is_count else tuple(indicator.stages),
    )


def _standings_by_judgement(
    indicator: Indicator, strategy: Strategy, *, provisional: bool
) -> dict[int, RegionStanding]:
    """How the region stood, and what is planned for it, at every J of the strategy, those ahead included."""
    periods = ReportingPeriod.objects.filter(strategy=strategy).order_by("number")
    found = standings_over(
        strategy=strategy,
        periods=list(periods),
        indicators=[indicator.pk],
        with_missions=False,
        provisional=provisional,
    )
    stands = [found[number][indicator.pk].region for number in sorted(found)]
    return {standing.judged_at: standing for standing in stands if standing.judged_at is not None}


def _planned_line(over_time: Mapping[int, RegionStanding], baseline: DatedLevel | None) -> list[DatedLevel]:
    """The expected level at the strategy's start and at each judgement."""
    expected = [
        DatedLevel(last_day(period), standing.expected)
        for period, standing in over_time.items()
        if standing.expected is not None
    ]
    return [baseline, *expected] if baseline else expected


def _targets(indicator: Indicator, now: RegionStanding) -> list[DatedLevel]:
    """The region's own targets, or the missions' final ones taken together."""
    if now.basis == "regional_target":
        own = Target.objects.in_force().of_region().filter(indicator=indicator).order_by("due_on")
        return [DatedLevel(target.due_on, target.value) for target in own]
    assert now.target is not None
    assert now.target_due is not None
    return [DatedLevel(now.target_due, now.target)]
