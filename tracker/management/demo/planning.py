"""The whole demonstration as one plan: what the services lay down, by ids."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tracker.progress.choices import TargetBasis
from tracker.progress.services.demonstration import (
    PlannedBaseline,
    PlannedCell,
    PlannedReport,
    PlannedResult,
    PlannedTarget,
)

from .outlooks import BASELINE_ON, Goal, Level, Outlook, draw_outlook, draw_regional_goal
from .story import TENFOLD, indicators_filled, tell_report
from .subjects import Quarter, Subject
from .values import Said, say_quarters


@dataclass(frozen=True)
class World:
    """What the plan is drawn for: indicators and quarters in order, missions and reporters by mission code."""

    subjects: Sequence[Subject]
    quarters: Sequence[Quarter]
    missions: Mapping[str, int]
    reporters: Mapping[str, int]
    officers: Sequence[int]


@dataclass(frozen=True)
class DemonstrationPlan:
    """What is to be laid down; ``results`` is drawn as it is read, and may be read again."""

    world: World
    baselines: list[PlannedBaseline] = field(default_factory=list)
    targets: list[PlannedTarget] = field(default_factory=list)
    reports: list[PlannedReport] = field(default_factory=list)
    outlooks: dict[tuple[str, str], Outlook] = field(default_factory=dict)
    # For each mission, the quarters with a report, and the codes of the indicators that it fills.
    filled: dict[str, dict[str, set[str]]] = field(default_factory=lambda: defaultdict(dict))

    def results(self) -> Iterator[PlannedResult]:
        """Every result of every report."""
        for subject in self.world.subjects:
            for mission in subject.missions:
                said = say_quarters(
                    subject,
                    mission,
                    self.outlooks[subject.code, mission],
                    self.world.quarters,
                    tenfold=TENFOLD[2] if (subject.code, mission) == TENFOLD[:2] else None,
                )
                filled = self.filled[mission]
                for quarter, words in said:
                    if subject.code in filled.get(quarter.code, ()):
                        yield _result(subject, self.world.missions[mission], quarter, words)


def plan_demonstration(world: World) -> DemonstrationPlan:
    """Draw the plan: the same for the same codes, whatever the ids, the machine or the day."""
    plan = DemonstrationPlan(world)
    for subject in world.subjects:
        outlooks = {mission: draw_outlook(subject, mission) for mission in subject.missions}
        for mission, outlook in outlooks.items():
            plan.outlooks[subject.code, mission] = outlook
            where = (subject.pk, world.missions[mission])
            if outlook.baseline is not None:
                plan.baselines.append(_baseline(where, outlook.baseline))
            plan.targets.extend(_target(where, goal) for goal in outlook.goals)
        regional = draw_regional_goal(subject, outlooks)
        if regional is not None:
            plan.targets.append(_target((subject.pk, None), regional))
    for mission, pk in world.missions.items():
        for quarter in world.quarters:
            due = [s for s in world.subjects if mission in s.missions and s.is_due_in(quarter)]
            report = tell_report(
                quarter,
                mission=mission,
                mission_pk=pk,
                reporter=world.reporters[mission],
                officers=world.officers,
            )
            if due and report is not None:
                plan.reports.append(report)
                plan.filled[mission][quarter.code] = indicators_filled(mission, quarter, due)
    return plan


def _baseline(where: tuple[int, int], level: Level) -> PlannedBaseline:
    return PlannedBaseline(*where, level.value, level.numerator, level.denominator, BASELINE_ON)


def _target(where: tuple[int, int | None], goal: Goal) -> PlannedTarget:
    if goal.per_year is None:
        return PlannedTarget(*where, goal.due_on, goal.level, TargetBasis.TO_DATE, goal.level)
    return PlannedTarget(*where, goal.due_on, goal.level, TargetBasis.PER_YEAR, goal.per_year)


def _result(subject: Subject, mission: int, quarter: Quarter, said: Said) -> PlannedResult:
    return PlannedResult(
        mission,
        quarter.pk,
        subject.pk,
        said.value,
        said.numerator,
        said.denominator,
        said.not_applicable,
        said.comment,
        tuple(PlannedCell(p.cell, p.value, p.numerator, p.denominator) for p in said.parts),
    )
