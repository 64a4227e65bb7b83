"""When a scheduled edition falls due, pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo


@dataclass(frozen=True)
class PeriodState:
    """How a period stands: its window's last day, how many missions owe a report, how many of these reports
    are approved, and when the last of them was.
    """

    closes_on: date
    missions_due: int
    approved: int
    last_approved_at: datetime | None


def due_at(state: PeriodState, *, days_after_close: int, zone: tzinfo) -> datetime:
    """The moment a period's editions fall due: when the last report it owes was approved, and otherwise as
    the day begins that lies so many days after the window's last day.
    """
    late = datetime.combine(state.closes_on + timedelta(days=days_after_close + 1), time(), tzinfo=zone)
    complete = state.missions_due > 0 and state.approved >= state.missions_due
    if complete and state.last_approved_at is not None:
        return min(state.last_approved_at, late)
    return late


def is_owed(due: datetime, *, switched_on_at: datetime, now: datetime) -> bool:
    """A schedule owes what fell due since it was switched on, and nothing from before."""
    return switched_on_at <= due <= now
