"""Attainment and pace in print: never rounded into another status. Pages, PDF, workbook and command ask here."""

from decimal import Decimal
from typing import Protocol

from tracker.common.formats import decimals_to_tell, show_percent


class Judge(Protocol):
    """What holds the thresholds of pace: a strategy, or the figures of a report."""

    @property
    def on_track_from(self) -> Decimal: ...

    @property
    def at_risk_from(self) -> Decimal: ...


def share_decimals(share: Decimal, judge: Judge, *, least: int = 0) -> int:
    """How many decimals an attainment or a pace is shown with, as a percentage: as many as keep it on its own
    side of every threshold of a status (1 is reached).
    """
    return decimals_to_tell(share, edges=(judge.at_risk_from, judge.on_track_from, Decimal(1)), least=least)


def show_share(share: Decimal | None, judge: Judge) -> str:
    """An attainment or a pace: ``85 %``, or ``84.6 %`` where 85 would read as another status; empty for None."""
    return "" if share is None else show_percent(share, share_decimals(share, judge))
