"""What the numbers mean: how an indicator stands, for a mission and for a region.

The readable truth behind every figure shown. Pure: no database, no words for people (only codes such as
"on_track"), nothing rounded; rounding happens once, where a number is shown. It reads in this order: when an
indicator is judged, over periods, trajectory, status, one mission, over missions, region.

X is the value, B the baseline, E the level expected by now, G the final target, J the period of judgement.
A percentage is a fraction (0.25 is 25 %), with numerator and denominator where they are known; a stage is its
place on its scale; yes is 1 and no 0. `None` is "nothing", never 0. A period is an ordinal: year * 4 +
quarter - 1 (`periods.py`). What goes in and comes out is in `terms.py`.

Decided here, where the rules leave room:

1.  A period is within an assignment's dates if any day of it is.
2.  An assignment that ended before J is judged at the period that holds its last day, due or not (rule
    `year`: at the latest Q4 up to it, so that part of a year is never set against a year); E is read on its
    last day, or at the end of that Q4. Staleness and "not applicable" are seen from there.
3.  Periods before the strategy's first day do not exist: nothing is judged there, and no result lies there.
4.  A target due on or before `start` is refused at entry; one that becomes so (a corrected date) is ignored.
5.  Before `start` the trajectory lies at B. The date of an unknown baseline counts for nothing.
6.  `start` of a region's own trajectory: the strategy's first day, or the date of the regional baseline where
    that is B (a flow's under a count rule too). Where B is made from the missions' baselines, their dates do
    not count.
7.  In the region a mission to which the indicator does not apply at J is as good as not assigned: neither its
    baseline, nor its target, nor its place in the half counts.
8.  A percentage known only as such is no data where a region adds numerators: not for its value or its half.
9.  "The assigned missions" of the half are those of the value's kind: for a flow, the ended ones too.
10. A regional baseline made from no mission at all is unknown (a count's is 0).
11. A baseline of 0 of 0 is unknown. A result of n > 0 of 0 is refused at entry; it would be no value.
12. "Not applicable" speaks only under the rule `latest` and only at J; elsewhere the period has no value.
13. Before the first J a region is `not_due` if it or any mission has a target, else `no_target`; under
    `maximum` and `minimum` the missions' targets do not count for that.
14. A regional target of 0 is no target for a flow under a count rule either; the missions' are then taken.
15. "Reported" of a due period means a value or "not applicable" that lies in it or covers it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from .arithmetic import ZERO, at_least, divide, in_fifty_digits, same
from .periods import is_due, judged_at, last_day, latest_due, period_of_day
from .terms import (
    Amount,
    Basis,
    Coverage,
    FlowTotals,
    IndicatorRules,
    IndicatorStanding,
    MissionInput,
    MissionStanding,
    Phase,
    RegionInput,
    RegionStanding,
    Result,
    Standing,
    Status,
    TargetPoint,
    Thresholds,
)

AS_BEGUN = Thresholds()
S = TypeVar("S", bound=Standing)


# When it is judged --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """How does this indicator stand at the period `as_of`?"""

    indicator: IndicatorRules
    as_of: int
    strategy_start: date
    thresholds: Thresholds = AS_BEGUN

    @property
    def judged_at(self) -> int | None:
        rules = self.indicator
        return judged_at(rules.frequency, rules.period_rule, self.as_of, self.strategy_start)

    def first_day_of(self, mission: MissionInput) -> date:
        return max(self.strategy_start, mission.active_from or self.strategy_start)

    def phase_of(self, mission: MissionInput) -> Phase:
        judged = self.judged_at
        if judged is None or (mission.active_from and mission.active_from > last_day(judged)):
            return "not_begun"
        return "ended" if mission.active_to and mission.active_to < last_day(judged) else "assigned"

    def judged_at_for(self, mission: MissionInput) -> int | None:
        """J of one mission: an assignment that ended is judged as of its end."""
        phase = self.phase_of(mission)
        if phase != "ended" or mission.active_to is None:
            return self.judged_at if phase == "assigned" else None
        yearly = self.indicator.period_rule == "year"
        judged = latest_due("annual" if yearly else "quarterly", period_of_day(mission.active_to))
        return judged if judged >= period_of_day(self.first_day_of(mission)) else None


# Over periods -------------------------------------------------------------------------------------


def results_up_to(judged: int, question: Question, mission: MissionInput) -> dict[int, Result]:
    """Results up to and including J, within the strategy and the assignment's dates, by period."""
    first = period_of_day(question.first_day_of(mission))
    last = min(judged, period_of_day(mission.active_to)) if mission.active_to else judged
    return {period: mission.results[period] for period in sorted(mission.results) if first <= period <= last}


def value_over_periods(
    indicator: IndicatorRules, results: Mapping[int, Result], judged: int
) -> tuple[Amount | None, int]:
    """X of one mission, and the period that it is of (J, except for `latest`)."""
    given = {period: result for period, result in results.items() if result.has_value}
    rule = indicator.period_rule
    if rule == "latest":
        return (given[max(given)], max(given)) if given else (None, judged)
    if rule == "year":
        rule, given = (
            "sum",
            {period: result for period, result in given.items() if period // 4 == judged // 4},
        )
    if indicator.measure == "percentage":
        return pool(result.parts for result in given.values()), judged
    value = aggregate(rule, (result.level for result in given.values()))
    return (None if value is None else Amount(value=value)), judged


def oldest_fresh(question: Question, judged: int) -> int:
    """The earlier of the two due periods before J; a latest value older than that is stale."""
    for _ in range(question.thresholds.stale_due_periods):
        judged = latest_due(question.indicator.frequency, judged - 1)
    return judged


def pool(parts: Iterable[tuple[Decimal, Decimal] | None]) -> Amount | None:
    """Σn and Σd of those that have them."""
    known = [pair for pair in parts if pair is not None]
    if not known:
        return None
    return Amount(numerator=sum((n for n, _ in known), ZERO), denominator=sum((d for _, d in known), ZERO))


def aggregate(rule: str, levels: Iterable[Decimal | None]) -> Decimal | None:
    """The levels there are, by sum, average, maximum or minimum; of nothing, nothing."""
    known = [level for level in levels if level is not None]
    if not known:
        return None
    if rule in ("maximum", "minimum"):
        return max(known) if rule == "maximum" else min(known)
    return sum(known, ZERO) / (len(known) if rule == "average" else 1)


# Trajectory ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Trajectory:
    """From (start, B) through the targets, by days, flat after; for stages in steps. No targets: no plan."""

    start: date
    baseline: Decimal | None
    targets: tuple[TargetPoint, ...]
    in_steps: bool

    def level_on(self, day: date) -> Decimal | None:
        """E on a day; nothing without a target, or where B is unknown."""
        if self.baseline is None or not self.targets:
            return None
        since, level = self.start, self.baseline
        for target in self.targets:
            if day < target.due:
                if self.in_steps or day <= since:
                    return level
                return level + (target.level - level) * (day - since).days / (target.due - since).days
            since, level = target.due, target.level
        return level

    def ending_on(self, day: date) -> "Trajectory":
        """The line, ended: later targets give way to the level reached that day, or are simply dropped."""
        kept = tuple(target for target in self.targets if target.due <= day)
        level = self.level_on(day)
        if len(kept) < len(self.targets) and not self.in_steps and level is not None and day > self.start:
            kept = (*(target for target in kept if target.due < day), TargetPoint(day, level))
        return replace(self, targets=kept)


def draw_trajectory(
    indicator: IndicatorRules,
    *,
    start: date,
    baseline: Decimal | None,
    targets: Iterable[TargetPoint],
    in_steps: bool,
    ended_on: date | None = None,
) -> Trajectory:
    """The plan. A monitored indicator has none, nor has a flow whose final target is 0."""
    planned = () if indicator.direction == "monitor" else tuple(sorted(t for t in targets if t.due > start))
    line = Trajectory(start, baseline, planned, in_steps)
    if ended_on is not None:
        line = line.ending_on(ended_on)
    plans_nothing = indicator.is_flow and line.targets and same(line.targets[-1].level, ZERO)
    return replace(line, targets=()) if plans_nothing else line


# Pace, reached, attainment, status ----------------------------------------------------------------


def pace_of(
    x: Decimal, baseline: Decimal, expected: Decimal, target: Decimal, thresholds: Thresholds
) -> Decimal | None:
    """(X - B) / (E - B); nothing while too little was expected, or where E lies on the other side of B."""
    planned, due = target - baseline, expected - baseline
    too_early = not at_least(abs(due), thresholds.early_share * abs(planned))
    return None if same(planned, ZERO) or too_early or due * planned < 0 else divide(x - baseline, due)


def has_reached(
    x: Decimal, baseline: Decimal | None, target: Decimal, direction: str, thresholds: Thresholds
) -> bool:
    if baseline is None and direction not in ("increase", "decrease"):
        return False
    if baseline is None or same(target, baseline):
        if direction == "maintain":
            return at_least(x, target - thresholds.maintain_tolerance * abs(target))
        return at_least(target, x) if direction == "decrease" else at_least(x, target)
    return at_least(x, target) if target > baseline else at_least(target, x)


def judge(standing: S, direction: str, thresholds: Thresholds) -> S:
    """Attainment, pace and status of a standing that has a target, by its compared value."""
    x, b, e, target = standing.compared_value, standing.baseline, standing.expected, standing.target
    if x is None or target is None:
        return replace(standing, status="no_data")
    reached = has_reached(x, b, target, direction, thresholds)
    if b is None or e is None:
        return replace(standing, status="achieved" if reached else "no_baseline")
    planned, pace = target - b, pace_of(x, b, e, target, thresholds)
    towards = x - b if planned > 0 else b - x
    status: Status
    if reached:
        status = "achieved"
    elif same(planned, ZERO):
        status = "off_track"
    elif pace is None:
        status = "not_due" if at_least(towards, -thresholds.early_share * abs(planned)) else "off_track"
    elif at_least(pace, thresholds.on_track):
        status = "on_track"
    else:
        status = "at_risk" if at_least(pace, thresholds.at_risk) else "off_track"
    return replace(standing, status=status, pace=pace, attainment=divide(x - b, planned))


# One mission --------------------------------------------------------------------------------------


def mission_trajectory(question: Question, mission: MissionInput) -> Trajectory:
    indicator, start = question.indicator, question.first_day_of(mission)
    if not indicator.is_flow and mission.baseline_level is not None and mission.baseline_date:
        start = max(start, mission.baseline_date)
    return draw_trajectory(
        indicator,
        start=start,
        baseline=ZERO if indicator.is_flow else mission.baseline_level,
        targets=mission.targets,
        in_steps=indicator.is_stage,
        ended_on=mission.active_to if question.phase_of(mission) == "ended" else None,
    )


@in_fifty_digits
def mission_standing(question: Question, mission: MissionInput) -> MissionStanding:
    """How one mission stands."""
    indicator, phase = question.indicator, question.phase_of(mission)
    judged = question.judged_at_for(mission)
    line = mission_trajectory(question, mission)
    if judged is None:
        return MissionStanding(status="not_due" if line.targets else "no_target", phase=phase)

    day = min(last_day(judged), mission.active_to or date.max)
    results = results_up_to(judged, question, mission)
    is_latest = indicator.period_rule == "latest"
    not_applicable = is_latest and judged in results and results[judged].not_applicable
    amount, lies_at = value_over_periods(indicator, results, judged)
    if not_applicable:
        amount = None
    known, is_stale = amount, is_latest and lies_at < oldest_fresh(question, judged)
    amount = None if is_stale else known
    standing = MissionStanding(
        status="no_target",
        value=amount.level if amount else None,
        baseline=line.baseline,
        judged_at=judged,
        judged_on=day,
        phase=phase,
        parts=amount.parts if amount else None,
        baseline_parts=mission.baseline.parts if mission.baseline else None,
        not_applicable=not_applicable,
        stale_value=known.level if known and is_stale else None,
        stale_period=lies_at if known and is_stale else None,
    )
    if not line.targets:
        return standing
    final = line.targets[-1]
    standing = replace(standing, compared_value=standing.value, expected=line.level_on(day))
    standing = replace(standing, target=final.level, target_due=final.due)
    if not_applicable:
        return replace(standing, status="not_applicable")
    return judge(standing, indicator.direction, question.thresholds)


# Over missions ------------------------------------------------------------------------------------

Members = Mapping[str, MissionStanding]


def qualifies(question: Question, mission: MissionStanding, level: Decimal | None) -> bool:
    """Whether a mission would be counted at `level`: it is at the threshold, or at its own final target."""
    indicator = question.indicator
    if level is None:
        return False
    if indicator.mission_rule == "count_at_least":
        return indicator.bar is not None and at_least(level, indicator.bar)
    if mission.target is None:
        return False
    return has_reached(level, mission.baseline, mission.target, indicator.direction, question.thresholds)


def with_data(question: Question, members: Members) -> Members:
    """The missions that the value is made of."""
    adds_parts = question.indicator.adds_parts
    return {code: m for code, m in members.items() if (m.parts if adds_parts else m.value) is not None}


def over_missions(
    question: Question, members: Members, level_of: Callable[[MissionStanding], Decimal | None]
) -> Decimal | None:
    """One level of every mission, by the mission rule; a percentage weighted by its own denominator of now.
    Of no mission, nothing."""
    if not members:
        return None
    if question.indicator.counts_missions:
        return Decimal(sum(qualifies(question, m, level_of(m)) for m in members.values()))
    if question.indicator.adds_parts:
        weights = [(level_of(m) or ZERO, m.parts[1]) for m in members.values() if m.parts]
        return divide(sum((x * d for x, d in weights), ZERO), sum((d for _, d in weights), ZERO))
    return aggregate(question.indicator.mission_rule, (level_of(m) for m in members.values()))


def value_over_missions(question: Question, members: Members) -> Decimal | None:
    """The value shown, of missions that have data."""
    if question.indicator.adds_parts:
        pooled = pool(m.parts for m in members.values())
        return pooled.level if pooled else None
    return over_missions(question, members, lambda m: m.value)


# Region and subregion -----------------------------------------------------------------------------


def value_or_baseline(mission: MissionStanding) -> Decimal | None:
    """Without data a mission stands at its baseline: nothing reported is no known change."""
    return mission.baseline if mission.value is None else mission.value


def regional_baseline(question: Question, regional: RegionInput, members: Members) -> Decimal | None:
    """B of the region's own trajectory."""
    indicator = question.indicator
    if indicator.is_flow and not indicator.counts_missions:
        return ZERO
    if regional.baseline_level is not None:
        return regional.baseline_level
    if indicator.adds_parts:
        pooled = pool(m.baseline_parts for m in members.values())
        return pooled.level if pooled and all(m.baseline_parts for m in members.values()) else None
    baseline = over_missions(question, members, lambda m: m.baseline)
    if indicator.counts_missions:
        return baseline or ZERO
    return None if any(m.baseline is None for m in members.values()) else baseline


def regional_trajectory(question: Question, regional: RegionInput, members: Members) -> Trajectory:
    """The region's own line, a count's linear; without targets where none are recorded."""
    indicator, start = question.indicator, question.strategy_start
    takes_date = indicator.counts_missions or not indicator.is_flow
    if takes_date and regional.baseline_level is not None and regional.baseline_date:
        start = max(start, regional.baseline_date)
    return draw_trajectory(
        indicator,
        start=start,
        baseline=regional_baseline(question, regional, members),
        targets=regional.targets,
        in_steps=indicator.is_stage and not indicator.counts_missions,
    )


@in_fifty_digits
def region_standing(
    question: Question, missions: Members, regional: RegionInput | None = None
) -> RegionStanding:
    """How a region stands, from its missions' standings; a subregion: fewer missions, and no `regional`."""
    indicator, judged = question.indicator, question.judged_at
    has_kind = {
        code: m
        for code, m in sorted(missions.items())
        if m.judged_at is not None and (m.phase == "assigned" or indicator.is_flow)
    }
    members = {code: m for code, m in has_kind.items() if not m.not_applicable}
    reporting = with_data(question, members)
    line = regional_trajectory(question, regional or RegionInput(), members)
    only_regional = indicator.mission_rule in ("maximum", "minimum")
    will_have_target = not only_regional and any(
        m.phase == "not_begun" and m.status == "not_due" for m in missions.values()
    )
    if judged is None:
        return RegionStanding(status="not_due" if line.targets or will_have_target else "no_target")

    shown = RegionStanding(
        status="no_target",
        value=value_over_missions(question, reporting),
        judged_at=judged,
        judged_on=last_day(judged),
        coverage=Coverage(
            kind=tuple(members),
            in_value=tuple(reporting),
            left_out=tuple(members),
            not_applicable=tuple(code for code, m in has_kind.items() if m.not_applicable),
            stale=tuple(code for code, m in members.items() if m.stale_period is not None),
            percentage_only=tuple(
                c for c, m in members.items() if m.value is not None and c not in reporting
            ),
            baseline_unknown=tuple(code for code, m in members.items() if m.baseline is None),
        ),
    )
    if line.targets:
        return against_regional_target(question, shown, members, line)
    with_target = {code: m for code, m in members.items() if m.target is not None and not only_regional}
    planned = {c: m for c, m in with_target.items() if indicator.counts_missions or m.baseline is not None}
    if planned:
        return against_mission_targets(question, shown, planned)
    if with_target:
        status: Status = "no_data" if shown.value is None else "no_baseline"
        return replace(shown, compared_value=shown.value, status=status)
    return replace(shown, compared_value=shown.value, status="not_due") if will_have_target else shown


def against_regional_target(
    question: Question, shown: RegionStanding, members: Members, line: Trajectory
) -> RegionStanding:
    """The region on its own trajectory."""
    indicator, reporting = question.indicator, with_data(question, members)
    x, compared = shown.value, reporting
    if indicator.counts_missions or (indicator.mission_rule == "sum" and not indicator.adds_parts):
        compared = {code: m for code, m in members.items() if value_or_baseline(m) is not None}
        x = over_missions(question, compared, value_or_baseline)
        enough = indicator.counts_missions or len(compared) == len(members)
    else:
        enough = len(reporting) >= question.thresholds.half * len(members)
    standing = replace(
        shown,
        basis="regional_target",
        compared_value=x if reporting and enough else None,
        baseline=line.baseline,
        expected=line.level_on(shown.judged_on or date.max),
        target=line.targets[-1].level,
        target_due=line.targets[-1].due,
    )
    return conclude(question, standing, compared)


def against_mission_targets(question: Question, shown: RegionStanding, planned: Members) -> RegionStanding:
    """The region over P, the missions that have what a comparison needs: like with like."""
    indicator, reporting = question.indicator, with_data(question, planned)
    basis: Basis
    compared, basis = planned, "mission_targets"
    if indicator.adds_parts:
        compared, basis = reporting, "mission_targets_weighted"
        if not reporting or len(reporting) < question.thresholds.half * len(planned):
            return replace(shown, status="no_data", basis=basis)
        x = value_over_missions(question, reporting)
    else:
        x = over_missions(question, planned, value_or_baseline) if reporting else None
    target = over_missions(question, compared, lambda m: m.target)
    if indicator.mission_rule == "count_reached":
        target = Decimal(len(planned))
    if indicator.counts_missions and target == 0:
        return shown
    standing = replace(
        shown,
        basis=basis,
        compared_value=x,
        baseline=over_missions(question, compared, lambda m: m.baseline),
        expected=over_missions(question, compared, lambda m: m.expected),
        target=target,
        target_due=max((m.target_due for m in compared.values() if m.target_due), default=None),
    )
    return conclude(question, standing, compared)


def conclude(question: Question, standing: RegionStanding, compared: Members) -> RegionStanding:
    """The region's status, and who is in its X; of a count, more is better whatever the direction."""
    direction = "increase" if question.indicator.counts_missions else question.indicator.direction
    standing = judge(standing, direction, question.thresholds)
    if standing.compared_value is None:
        return standing
    in_x = {code for code, m in compared.items() if value_or_baseline(m) is not None}
    own = set(with_data(question, compared))
    coverage = replace(
        standing.coverage,
        counted=tuple(code for code in standing.coverage.kind if code in own),
        at_baseline=tuple(code for code in standing.coverage.kind if code in in_x - own),
        left_out=tuple(code for code in standing.coverage.kind if code not in in_x),
    )
    return replace(standing, coverage=coverage)


def standing(
    question: Question, missions: Mapping[str, MissionInput], regional: RegionInput | None = None
) -> IndicatorStanding:
    """How an indicator stands: every mission by its code, and the region."""
    each = {code: mission_standing(question, missions[code]) for code in sorted(missions)}
    return IndicatorStanding(question.judged_at, each, region_standing(question, each, regional))


# A flow, in the period, in the year and to date ---------------------------------------------------


@in_fifty_digits
def flow_totals(question: Question, mission: MissionInput) -> FlowTotals:
    """One mission's flow, as it is shown beside its standing."""
    frequency, judged = question.indicator.frequency, question.judged_at_for(mission)
    if judged is None:
        return FlowTotals()
    results = results_up_to(judged, question, mission)
    levels = {period: result.level for period, result in results.items() if result.has_value}
    before, year = latest_due(frequency, judged - 1), judged // 4
    begins = period_of_day(question.first_day_of(mission))
    due = {period for period in range(begins, judged + 1) if is_due(frequency, period)}
    answered = {
        period - back
        for period, result in results.items()
        if result.has_value or result.not_applicable
        for back in range(result.covers)
    }
    return FlowTotals(
        in_period=aggregate("sum", (level for period, level in levels.items() if period > before)),
        in_year=aggregate("sum", (level for period, level in levels.items() if period // 4 == year)),
        to_date=aggregate("sum", levels.values()),
        reported=len(due & answered),
        due=len(due),
        reported_in_year=sum(period // 4 == year for period in due & answered),
        due_in_year=sum(period // 4 == year for period in due),
    )
