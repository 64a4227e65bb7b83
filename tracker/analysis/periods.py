"""Quarters as ordinals (year * 4 + quarter - 1): their codes and days, and when a frequency falls due."""

from datetime import date, timedelta

DUE_QUARTERS = {"quarterly": (1, 2, 3, 4), "semi_annual": (2, 4), "annual": (4,)}


def period_of_code(code: str) -> int:
    year, quarter = code.split("-Q")
    return int(year) * 4 + int(quarter) - 1


def period_code(period: int) -> str:
    return f"{period // 4:04d}-Q{period % 4 + 1}"


def period_of_day(day: date) -> int:
    return day.year * 4 + (day.month - 1) // 3


def first_day(period: int) -> date:
    return date(period // 4, period % 4 * 3 + 1, 1)


def last_day(period: int) -> date:
    return first_day(period + 1) - timedelta(days=1)


def is_due(frequency: str, period: int) -> bool:
    return period % 4 + 1 in DUE_QUARTERS[frequency]


def latest_due(frequency: str, period: int) -> int:
    """The latest period up to `period` in which the frequency makes an indicator due."""
    while not is_due(frequency, period):
        period -= 1
    return period


def judged_at(frequency: str, period_rule: str, as_of: int, strategy_start: date) -> int | None:
    """J for the chosen period; nothing while nothing has fallen due since the strategy began."""
    judged = latest_due("annual" if period_rule == "year" else frequency, as_of)
    return judged if judged >= period_of_day(strategy_start) else None
