"""The cells of many indicators at once: the rules of `cell_rules`, as SQL over what is recorded."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection

from tracker.framework.models import Strategy
from tracker.progress.models import ReportingPeriod

from .statements import asked_of, number_of, statement
from .terms import Amount

_CELLS = ("questions", "results", "values", "made_of", "cells")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCells:
    """The cells of an indicator's value, by the cell's id: of each mission by its code, and of the region."""

    missions: dict[str, dict[int, Amount]] = field(default_factory=dict)
    region: dict[int, Amount] = field(default_factory=dict)


def cells_as_of(
    *,
    strategy: Strategy,
    as_of: ReportingPeriod | int,
    indicators: Collection[int] | None = None,
    missions: Collection[int] | None = None,
    with_missions: bool = True,
    provisional: bool = False,
    known_on: datetime | None = None,
) -> dict[int, FoundCells]:
    """What the values as of a period are made of by breakdowns, by indicator id; one without cells is left out.

    Asked as `engine.standings` is, whose values these are the parts of; one statement.
    """
    period = number_of(as_of)
    return cells_over(
        strategy=strategy,
        periods=[period],
        indicators=indicators,
        missions=missions,
        with_missions=with_missions,
        provisional=provisional,
        known_on=known_on,
    )[period]


def cells_over(
    *,
    strategy: Strategy,
    periods: Collection[ReportingPeriod | int],
    indicators: Collection[int] | None = None,
    missions: Collection[int] | None = None,
    with_missions: bool = True,
    provisional: bool = False,
    known_on: datetime | None = None,
) -> dict[int, dict[int, FoundCells]]:
    """The same as of each of several periods, by period number and indicator id: still one statement.

    Periods that are judged at the same J share theirs.
    """
    asked = asked_of(strategy, periods, indicators, missions, provisional, known_on)
    over: dict[int, dict[int, FoundCells]] = {period: {} for period in asked["periods"]}
    with connection.cursor() as cursor:
        cursor.execute(statement(*_CELLS), {**asked, "with_missions": with_missions})
        for answered, indicator, mission, cell, value, numerator, denominator in cursor.fetchall():
            found = over[answered[0]].setdefault(indicator, FoundCells())
            for period in answered[1:]:
                over[period][indicator] = found
            cells = found.region if mission is None else found.missions.setdefault(mission, {})
            cells[cell] = Amount(value=value, numerator=numerator, denominator=denominator)
    return over
