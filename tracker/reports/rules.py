"""When a scheduled edition falls due, pure."""

from collections.abc import Iterable
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


def due_moments(state: PeriodState, *, days_after_close: int, zone: tzinfo) -> list[datetime]:
    """The moments at which a period's editions fall due: as the day begins that lies so many days after the
    window's last day, and when the last report it owes was approved. Made once, at the first that counts.
    """
    moments = [datetime.combine(state.closes_on + timedelta(days=days_after_close + 1), time(), tzinfo=zone)]
    complete = state.missions_due > 0 and state.approved >= state.missions_due
    if complete and state.last_approved_at is not None:
        moments.append(state.last_approved_at)
    return sorted(moments)


def is_owed(moments: Iterable[datetime], *, switched_on_at: datetime, now: datetime) -> bool:
    """A schedule owes what fell due since it was switched on, and nothing from before."""
    return any(switched_on_at <= moment <= now for moment in moments)
