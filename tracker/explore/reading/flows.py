"""A flow in the period, in the year and to date, and how much of what was due was reported."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.analysis.engine import flow_totals
from tracker.analysis.periods import latest_due, period_code
from tracker.analysis.terms import FlowTotals
from tracker.analysis.wording import show_own
from tracker.common.formats import show_quarter
from tracker.framework.choices import IndicatorStatus
from tracker.framework.models import Indicator, Strategy
from tracker.region.models import Mission

from .choices import Choice


@dataclass(frozen=True)
class FlowRow:
    """One mission's sums, or the region's, in print; empty where nothing was reported, with the code of the gap."""

    name: str
    in_period: str
    in_year: str
    to_date: str
    reported: str
    gap: str


@dataclass(frozen=True)
class Flow:
    """``period`` and ``year`` say which ones the sums are of."""

    period: str
    year: str
    region: FlowRow
    missions: list[FlowRow]


def read_flow(
    indicator: Indicator,
    strategy: Strategy,
    choice: Choice,
    missions: Mapping[str, Mission],
    *,
    judged_at: int | None,
) -> Flow | None:
    """The sums up to J; None for what is no flow, has no J yet, or is only proposed and reported by nobody: one
    statement.
    """
    if not indicator.is_flow or judged_at is None:
        return None
    found = flow_totals(
        strategy=strategy, as_of=choice.period, indicators=[indicator.pk], provisional=choice.provisional
    ).get(indicator.pk)
    if found is None or (indicator.status == IndicatorStatus.PROPOSED and not found.region.reported):
        return None
    return Flow(
        period=_since(indicator, judged_at),
        year=str(judged_at // 4),
        region=_row(indicator, _("The region"), found.region),
        missions=[
            _row(indicator, mission.name, found.missions[code])
            for code, mission in missions.items()
            if code in found.missions
        ],
    )


def _since(indicator: Indicator, judged_at: int) -> str:
    """Q4 2021, or Q3 2021 to Q4 2021 where it falls due less often than every quarter."""
    first = latest_due(indicator.frequency, judged_at - 1) + 1
    last = show_quarter(period_code(judged_at))
    if first == judged_at:
        return last
    return _("%(first)s to %(last)s") % {"first": show_quarter(period_code(first)), "last": last}


def _row(indicator: Indicator, name: str, totals: FlowTotals) -> FlowRow:
    def show(amount: Decimal | None) -> str:
        return "" if amount is None else show_own(indicator, amount)

    return FlowRow(
        name=name,
        in_period=show(totals.in_period),
        in_year=show(totals.in_year),
        to_date=show(totals.to_date),
        reported=ngettext(
            "%(reported)s of %(due)s due period reported",
            "%(reported)s of %(due)s due periods reported",
            totals.due,
        )
        % {"reported": totals.reported, "due": totals.due},
        gap="not_reported" if totals.due else "not_due",
    )
