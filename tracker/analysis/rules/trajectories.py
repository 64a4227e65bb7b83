"""The plan: from the baseline through the targets, and the level expected on a day."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from ..arithmetic import ZERO, same
from ..terms import IndicatorRules, TargetPoint


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
