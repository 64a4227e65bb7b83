"""What stands beside the boxes of a report while it is entered: what was given before, what it comes to with what is
entered, where it should be, and the questions that an officer would ask.

A draft is looked at as if it were handed in, against all that its mission has handed in before.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import connection

from tracker.framework.models import Indicator, Strategy
from tracker.progress.models import ReportingPeriod, ReportRevision
from tracker.progress.rules import Entry
from tracker.region.models import Mission

from .flag_rules import Flag, Given, find_flags
from .rules.status import judge
from .rules_of import rules_of, thresholds_of
from .statements import asked_of, statement
from .terms import Amount, FlowTotals, MissionStanding, Result

_BESIDE = ("questions", "results", "values", "plans", "missions", "flows", "beside")


@dataclass(frozen=True, slots=True)
class Previous:
    """What was given last before the period of a report: in which period, by which result (its id)."""

    period: int
    result_id: int
    result: Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Of one indicator. `standing` and `totals` count what is entered, the totals of a flow alone."""

    standing: MissionStanding
    totals: FlowTotals = field(default_factory=FlowTotals)
    previous: Previous | None = None
    flags: Sequence[Flag] = ()


def read_beside(
    *,
    mission: Mission,
    period: ReportingPeriod,
    revision: ReportRevision | None,
    indicators: Iterable[Indicator],
    entries: Mapping[int, Entry],
    without_evidence: Collection[int] = (),
) -> dict[int, Beside]:
    """What stands beside these indicators in a mission's report, by indicator id, with what is entered (`entries`)
    as it is stored; those that were never assigned to the mission are left out. `without_evidence` are the ids of
    those that ask for evidence and have none. One statement.

    `period.strategy` is read already.
    """
    known = {indicator.pk: indicator for indicator in indicators}
    asked = asked_of(
        period.strategy,
        [period],
        list(known),
        [mission.pk],
        True,
        None,
        [revision.pk] if revision else [],
        read_to=period.number,
    )
    found: dict[int, Beside] = {}
    with connection.cursor() as cursor:
        cursor.execute(statement(*_BESIDE), asked)
        for indicator_id, *row in cursor.fetchall():
            entry = entries.get(indicator_id, Entry())
            found[indicator_id] = _beside(
                known[indicator_id],
                period.strategy,
                period.number,
                entry,
                row,
                lacks_evidence=indicator_id in without_evidence,
            )
    return found


def _beside(
    indicator: Indicator,
    strategy: Strategy,
    period: int,
    entry: Entry,
    row: Sequence[Any],
    *,
    lacks_evidence: bool,
) -> Beside:
    phase, judged, judged_on, not_applicable, value, baseline, expected, target, due = row[:9]
    rules = rules_of(indicator)
    # What was given, quarter by quarter; nothing given at all comes as nulls.
    given = list(zip(*row[12:], strict=True)) if row[12] else []
    standing = MissionStanding(
        status="no_target",
        phase=phase,
        judged_at=judged,
        judged_on=judged_on,
        not_applicable=not_applicable,
        value=value,
        compared_value=None if target is None else value,
        baseline=baseline,
        expected=expected,
        target=target,
        target_due=due,
    )
    if target is not None and not not_applicable:
        standing = judge(standing, rules.direction, thresholds_of(strategy))
    flags: Sequence[Flag] = ()
    if entry.is_given:
        series = [level for each in given if each[0] <= period and (level := _level(*each))]
        flags = find_flags(
            rules,
            series=series if series and series[-1].period == period else [],
            never_falls=indicator.never_falls,
            is_explained=bool(entry.comment.strip()),
            lacks_evidence=lacks_evidence,
            standing=standing,
        )
    before = next((each for each in reversed(given) if each[0] < period), None)
    return Beside(
        standing=standing,
        totals=FlowTotals(in_period=row[9], in_year=row[10], to_date=row[11]),
        previous=_previous(*before) if before else None,
        flags=flags,
    )


def _previous(
    period: int,
    covers: int,
    value: Decimal | None,
    numerator: Decimal | None,
    denominator: Decimal | None,
    not_applicable: bool,
    result_id: int,
) -> Previous:
    result = Result(
        value=value,
        numerator=numerator,
        denominator=denominator,
        not_applicable=not_applicable,
        covers=covers,
    )
    return Previous(period, result_id, result)


def _level(
    period: int,
    covers: int,
    value: Decimal | None,
    numerator: Decimal | None,
    denominator: Decimal | None,
    not_applicable: bool,
    _result_id: int,
) -> Given | None:
    # Most have a value alone, and all of them are gone through.
    level = value
    if numerator is not None:
        level = Amount(value=value, numerator=numerator, denominator=denominator).level
    return None if not_applicable or level is None else Given(period=period, level=level, covers=covers)
