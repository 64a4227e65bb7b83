"""Where a value stands against its plan: pace, whether the target is reached, attainment, status."""

from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from ..arithmetic import ZERO, at_least, divide, same
from ..terms import Standing, Status, Thresholds

S = TypeVar("S", bound=Standing)


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
