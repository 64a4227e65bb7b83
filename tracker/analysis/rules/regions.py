"""How a region or a subregion stands: on its own plan, or over the missions that have one."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from ..arithmetic import ZERO, in_fifty_digits
from ..periods import last_day
from ..terms import Basis, Coverage, MissionStanding, RegionInput, RegionStanding, Status
from .aggregates import pool
from .over_missions import Members, over_missions, value_over_missions, with_data
from .questions import Question
from .status import judge
from .trajectories import Trajectory, draw_trajectory


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
