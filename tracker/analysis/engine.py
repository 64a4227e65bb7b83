"""The figures of many indicators at once: the rules of `rules`, as SQL over what is recorded.

Every page, document and command that shows a standing asks here. The number of statements never depends on
how many indicators, missions or periods are asked for. `rules` says what the numbers mean; `statements` puts the
SQL together; the tests hold both together.

Arithmetic is numeric with at least 40 decimals after every division; the rules' 1e-20 decides what is the
same. Nothing is rounded. Percentages are fractions; a period is its number, year * 4 + quarter - 1.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection

from tracker.framework.models import Strategy
from tracker.progress.models import ReportingPeriod

from .statements import asked_of, number_of, statement
from .terms import Coverage, FlowTotals, IndicatorStanding, MissionStanding, RegionStanding, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundStanding(IndicatorStanding):
    """How an indicator stands, with the ids that pages link and join by. `missions` and `mission_ids` go by
    the mission's code, in its order; `subregions`, where they were asked for, by theirs."""

    indicator_id: int
    code: str
    mission_ids: dict[str, int]
    subregions: dict[str, RegionStanding] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTotals:
    """A flow in the period, in the year and to date, by mission and for the region, whose "due" counts every
    mission's. Amounts of a region whose missions are not added are null."""

    missions: dict[str, FlowTotals] = field(default_factory=dict)
    region: FlowTotals = field(default_factory=FlowTotals)


def standings(
    *,
    strategy: Strategy,
    as_of: ReportingPeriod | int,
    indicators: Collection[int] | None = None,
    missions: Collection[int] | None = None,
    with_missions: bool = True,
    with_subregions: bool = False,
    provisional: bool = False,
    known_on: datetime | None = None,
    drafts: Collection[int] = (),
) -> dict[int, FoundStanding]:
    """How indicators stand as of a period, by indicator id: one statement.

    `indicators`: these ids of the strategy, whatever their status; None: all of it. `missions`: only these
    count, and what is called the region is then a subregion, without the region's own baseline and targets.
    `with_missions=False` leaves the missions' own rows out (the region's figures are the same);
    `with_subregions` adds how each subregion stands, a region of its own missions. `provisional`
    takes submitted figures before approved ones; whether the person may see them is the caller's affair.
    `known_on`: what was approved, recorded and not withdrawn by then. `drafts`: these revisions count as if they
    were handed in and approved, before all others of their reports.
    """
    period = number_of(as_of)
    return standings_over(
        strategy=strategy,
        periods=[period],
        indicators=indicators,
        missions=missions,
        with_missions=with_missions,
        with_subregions=with_subregions,
        provisional=provisional,
        known_on=known_on,
        drafts=drafts,
    )[period]


def standings_over(
    *,
    strategy: Strategy,
    periods: Collection[ReportingPeriod | int],
    indicators: Collection[int] | None = None,
    missions: Collection[int] | None = None,
    with_missions: bool = True,
    with_subregions: bool = False,
    provisional: bool = False,
    known_on: datetime | None = None,
    drafts: Collection[int] = (),
) -> dict[int, dict[int, FoundStanding]]:
    """The same as of each of several periods, by period number and indicator id: still one statement.

    Periods that are judged at the same J share one standing.
    """
    asked = asked_of(strategy, periods, indicators, missions, provisional, known_on, drafts)
    rows = read_standings(asked, with_missions=with_missions, with_subregions=with_subregions)
    return assemble_standings(rows, asked["periods"])


def values_over_periods(
    *,
    strategy: Strategy,
    periods: Collection[ReportingPeriod | int],
    indicators: Collection[int],
    mission: str | None = None,
    provisional: bool = False,
    known_on: datetime | None = None,
) -> dict[int, dict[int, Decimal | None]]:
    """The value shown as of each period, by indicator id and period number, for a trend: of the mission with
    this code, or of the region. A flow's is the total to date; nothing is null, never 0. One statement."""
    over = standings_over(
        strategy=strategy,
        periods=periods,
        indicators=indicators,
        with_missions=mission is not None,
        provisional=provisional,
        known_on=known_on,
    )
    values: dict[int, dict[int, Decimal | None]] = {}
    for period, found in over.items():
        for indicator, stands in found.items():
            one = stands.region if mission is None else stands.missions.get(mission)
            values.setdefault(indicator, {})[period] = one.value if one else None
    return values


def flow_totals(
    *,
    strategy: Strategy,
    as_of: ReportingPeriod | int,
    indicators: Collection[int] | None = None,
    missions: Collection[int] | None = None,
    provisional: bool = False,
    known_on: datetime | None = None,
) -> dict[int, FoundTotals]:
    """What every flow came to in the period, in the year and to date, and how many due periods were
    reported, by indicator id (of these, the flows that are assigned to someone): one statement."""
    asked = asked_of(strategy, [as_of], indicators, missions, provisional, known_on)
    totals: dict[int, FoundTotals] = {}
    with connection.cursor() as cursor:
        cursor.execute(statement(*_FLOWS), asked)
        for indicator, code, *figures in cursor.fetchall():
            found = totals.get(indicator) or FoundTotals()
            of_row = FlowTotals(**dict(zip(_TOTALS, figures, strict=True)))
            if code is None:
                totals[indicator] = replace(found, region=of_row)
            else:
                found.missions[code] = of_row
                totals[indicator] = found
    return totals


# From rows to standings ---------------------------------------------------------------------------

Rows = Sequence[tuple[Any, ...]]
_STANDINGS = ("questions", "results", "values", "plans", "missions", "regions", "standings")
_FLOWS = ("questions", "results", "flows", "totals")
_STANDING = [one.name for one in fields(Standing)]
_COVERAGE = [one.name for one in fields(Coverage)]
_TOTALS = [one.name for one in fields(FlowTotals)]
_FIGURES_BEGIN = 7
_FIGURES_END = _FIGURES_BEGIN + len(_STANDING)
_MISSION_END = _FIGURES_END + 8


def read_standings(asked: dict[str, Any], *, with_missions: bool, with_subregions: bool = False) -> Rows:
    """The rows of which `assemble_standings` makes standings, given `asked_of`: numbers, dates and codes alone, which
    can be kept."""
    with connection.cursor() as cursor:
        chosen = {"with_missions": with_missions, "with_subregions": with_subregions}
        cursor.execute(statement(*_STANDINGS), {**asked, **chosen})
        return cursor.fetchall()


def assemble_standings(rows: Rows, periods: list[int]) -> dict[int, dict[int, FoundStanding]]:
    """How each indicator stands, by the number of each of these periods and its id.

    Rows come by question: its missions by code, then its subregions, then its region."""
    found: dict[int, dict[int, FoundStanding]] = {period: {} for period in periods}
    missions: dict[str, MissionStanding] = {}
    ids: dict[str, int] = {}
    subregions: dict[str, RegionStanding] = {}
    for row in rows:
        indicator_id, code, judged, answered, subregion, mission_id, mission_code = row[:_FIGURES_BEGIN]
        if mission_id is not None:
            missions[mission_code], ids[mission_code] = _mission_standing(row), mission_id
            continue
        if subregion:
            subregions[subregion] = _region_standing(row)
            continue
        stands = FoundStanding(
            indicator_id=indicator_id,
            code=code,
            judged_at=judged,
            missions=missions,
            mission_ids=ids,
            region=_region_standing(row),
            subregions=dict(sorted(subregions.items())),
        )
        for period in answered:
            found[period][indicator_id] = stands
        missions, ids, subregions = {}, {}, {}
    return found


def _mission_standing(row: tuple[Any, ...]) -> MissionStanding:
    phase, n, d, baseline_n, baseline_d, not_applicable, stale_value, stale_period = row[
        _FIGURES_END:_MISSION_END
    ]
    return MissionStanding(
        **dict(zip(_STANDING, row[_FIGURES_BEGIN:_FIGURES_END], strict=True)),
        phase=phase,
        parts=None if d is None else (n, d),
        baseline_parts=None if baseline_d is None else (baseline_n, baseline_d),
        not_applicable=not_applicable,
        stale_value=stale_value,
        stale_period=stale_period,
    )


def _region_standing(row: tuple[Any, ...]) -> RegionStanding:
    basis, *codes = row[_MISSION_END:]
    return RegionStanding(
        **dict(zip(_STANDING, row[_FIGURES_BEGIN:_FIGURES_END], strict=True)),
        basis=basis,
        coverage=Coverage(**{name: tuple(given or ()) for name, given in zip(_COVERAGE, codes, strict=True)}),
    )
