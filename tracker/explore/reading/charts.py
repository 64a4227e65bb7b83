"""Charts of the pages: the course of an indicator in the region, and the statuses of all of them."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from tracker.analysis.charts import (
    Chart,
    DatedLevel,
    QuarterValue,
    StatusGroup,
    status_bars,
    trajectory_chart,
)
from tracker.analysis.engine import standings_over
from tracker.analysis.kept import chart_of
from tracker.analysis.periods import last_day, period_code
from tracker.analysis.terms import RegionStanding
from tracker.analysis.wording import counts_missions, regional_unit
from tracker.common.formats import NUMBER
from tracker.framework.models import Indicator, Strategy
from tracker.progress.models import ReportingPeriod, Target

from .choices import Choice
from .framework import StatusTable


def region_chart(
    indicator: Indicator,
    strategy: Strategy,
    now: RegionStanding,
    *,
    periods: Sequence[ReportingPeriod],
    provisional: bool,
) -> Chart | None:
    """The region's value at each judgement up to `now`, against where it was to be, to the strategy's end;
    None before the first judgement, and where there is neither a value nor a plan: two statements. ``periods`` are
    all of the strategy.
    """
    if now.judged_at is None:
        return None
    over_time = _standings_by_judgement(indicator, strategy, periods, provisional=provisional)
    has_plan = now.target is not None and now.target_due is not None
    values = [
        QuarterValue(period_code(period), standing.compared_value if has_plan else standing.value)
        for period, standing in over_time.items()
        if period <= now.judged_at
    ]
    if not has_plan and all(item.value is None for item in values):
        return None
    is_count = counts_missions(indicator)
    baseline = None if now.baseline is None else DatedLevel(strategy.starts_on, now.baseline)
    return chart_of(
        trajectory_chart,
        name=f"{indicator.code} {indicator.name}",
        unit=regional_unit(indicator),
        scope=_("the region"),
        as_of=period_code(now.judged_at),
        measure=NUMBER if is_count else indicator.measure,
        values=values,
        trajectory=_planned_line(indicator, over_time, baseline, now) if has_plan else (),
        targets=_targets(indicator, now) if has_plan else (),
        baseline=None if indicator.is_flow else baseline,
        expected=now.expected,
        status=now.status,
        decimals=0 if is_count else indicator.decimals,
        stages=() if is_count else tuple(indicator.stages),
        for_phones=True,
    )


def _standings_by_judgement(
    indicator: Indicator, strategy: Strategy, periods: Sequence[ReportingPeriod], *, provisional: bool
) -> dict[int, RegionStanding]:
    """How the region stood, and what is planned for it, at every J of the strategy, those ahead included."""
    found = standings_over(
        strategy=strategy,
        periods=list(periods),
        indicators=[indicator.pk],
        with_missions=False,
        provisional=provisional,
    )
    stands = [found[number][indicator.pk].region for number in sorted(found)]
    return {standing.judged_at: standing for standing in stands if standing.judged_at is not None}


def _planned_line(
    indicator: Indicator,
    over_time: Mapping[int, RegionStanding],
    baseline: DatedLevel | None,
    now: RegionStanding,
) -> list[DatedLevel]:
    """The expected level at the strategy's start and at each judgement. How many missions should have got
    there moves in steps, on the days on which their targets are due. A plan that is weighted by what was
    reported is not known ahead: from `now` it runs straight to the target.
    """
    in_steps = counts_missions(indicator) and now.basis == "mission_targets"
    is_weighted = now.basis == "mission_targets_weighted"
    corners = [baseline] if baseline else []
    for period, standing in over_time.items():
        is_ahead = now.judged_at is not None and period > now.judged_at
        if standing.expected is None or (is_weighted and is_ahead):
            continue
        day = last_day(period)
        if in_steps and corners and corners[-1].level != standing.expected:
            corners.append(DatedLevel(day - timedelta(days=1), corners[-1].level))
        corners.append(DatedLevel(day, standing.expected))
    if is_weighted and now.target is not None and now.target_due is not None:
        known_up_to = corners[-1].date if corners else date.min
        if known_up_to < now.target_due:
            corners.append(DatedLevel(now.target_due, now.target))
    return corners


def _targets(indicator: Indicator, now: RegionStanding) -> list[DatedLevel]:
    """The region's own targets, or the missions' final ones taken together."""
    if now.basis == "regional_target":
        own = Target.objects.in_force().of_region().filter(indicator=indicator).order_by("due_on")
        return [DatedLevel(target.due_on, target.value) for target in own]
    assert now.target is not None
    assert now.target_due is not None
    return [DatedLevel(now.target_due, now.target)]


def status_chart(table: StatusTable, choice: Choice) -> Chart | None:
    """How many indicators of each priority have which status; None while none is counted."""
    if not table.everything.total:
        return None
    return chart_of(
        status_bars,
        groups=[
            StatusGroup(
                row.priority.code, row.priority.title, {style.code: count for style, count in row.all.cells}
            )
            for row in table.priorities
        ],
        scope=_("the region"),
        as_of=choice.period.code,
    )
