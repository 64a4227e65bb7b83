"""What the figures cost: the region's against a statement written by hand for the same answer, and whatever else is
asked of the engine, at one size and at ten times the indicators.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.bench import databases, reference
from tests.bench.measuring import Limit, Line, medians
from tracker.analysis.cells import cells_as_of
from tracker.analysis.engine import standings, standings_over
from tracker.analysis.flags import find_questions
from tracker.analysis.periods import period_of_code
from tracker.analysis.rows import rows_behind
from tracker.analysis.status_counts import count_by_status
from tracker.common.bulk import fetch
from tracker.framework.models import Indicator, Strategy
from tracker.progress.models import ReportRevision
from tracker.region.models import Mission

AS_OF = period_of_code("2024-Q4")
REVISIONS = 200
ALL = "Region standing of all {count:,} indicators"
WRITTEN = "the reference statement"


def lines() -> list[Line | Limit]:
    databases.open_size("1x")
    found, small = _against_reference("1x")
    found += _of_parts(small)
    databases.open_size("10x")
    large, seconds = _against_reference("10x")
    name = ALL.format(count=databases.INDICATORS["10x"])
    grown = Line(name, seconds, "ten times the time of 150", 10 * small, allowed=1.1)
    return [*found, *large, grown]


def _against_reference(size: str) -> tuple[list[Line | Limit], float]:
    """The engine against the statement, which has to say the same; and how long the engine took."""
    strategy = Strategy.objects.get(is_current=True)

    def engine() -> object:
        return standings(strategy=strategy, as_of=AS_OF, with_missions=False)

    with CaptureQueriesContext(connection) as asked:
        answer = standings(strategy=strategy, as_of=AS_OF, with_missions=False)
    wrong = reference.differences(reference.region(strategy=strategy, period=AS_OF), answer)
    assert not wrong, f"The engine and the reference differ: {wrong[:5]}"
    ours, written = medians(engine, lambda: reference.region(strategy=strategy, period=AS_OF), rounds=7)
    name = ALL.format(count=databases.INDICATORS[size])
    return [
        Line(name, ours, WRITTEN, written, allowed=2),
        Limit(f"{name}: what it asks of the database", len(asked), "statements", most=1),
    ], ours


def _of_parts(region: float) -> list[Line | Limit]:
    """What pages ask: less than the whole region's figures, and more."""
    strategy = Strategy.objects.get(is_current=True)
    mission = Mission.objects.get(code="KG").pk
    first = Indicator.objects.filter(strategy=strategy).first()
    assert first is not None
    priority = list(
        Indicator.objects.filter(objective__priority_id=first.objective.priority_id).values_list(
            "pk", flat=True
        )
    )
    periods = range(AS_OF - 19, AS_OF + 1)
    approved = ReportRevision.objects.filter(status="approved", withdrawn_at=None).order_by("-pk")
    revisions = list(approved.values_list("pk", flat=True)[:REVISIONS])

    def stand(**asked: Any) -> Callable[[], object]:
        return partial(standings, **{"strategy": strategy, "as_of": AS_OF} | asked)

    acts: list[tuple[str, float, Callable[[], object]]] = [
        ("Standing of one mission, all indicators", 1, stand(missions=[mission])),
        (
            f"Region standing of one priority, {len(priority)} indicators",
            1,
            stand(indicators=priority, with_missions=False),
        ),
        (
            "Region standing of one indicator over all 20 periods",
            1,
            partial(
                standings_over, strategy=strategy, periods=periods, indicators=[first.pk], with_missions=False
            ),
        ),
        (
            "Rows behind the figures of one indicator",
            1,
            partial(rows_behind, strategy=strategy, as_of=AS_OF, indicators=[first.pk]),
        ),
        ("Standing of region, subregions and missions, all indicators", 4, stand(with_subregions=True)),
        ("Status counts of everything", 4, partial(count_by_status, strategy=strategy, as_of=AS_OF)),
        (
            f"Flags of {REVISIONS} reports",
            25,
            partial(find_questions, strategy=strategy, revisions=revisions),
        ),
    ]
    times = medians(*(act for _name, _allowed, act in acts), rounds=5)
    found: list[Line | Limit] = [
        Line(name, seconds, "the region standing of all 150", region, allowed)
        for (name, allowed, _act), seconds in zip(acts, times, strict=True)
    ]
    ours, plain = medians(
        lambda: cells_as_of(strategy=strategy, as_of=AS_OF, with_missions=False),
        lambda: fetch(_ADD_CELLS),
        rounds=5,
    )
    return [*found, Line("Cells of all figures of the region", ours, "adding all cells up", plain, allowed=4)]


# The cells of all reports, whatever counts: what reading and adding them costs.
_ADD_CELLS = """
    SELECT r.indicator_id, c.cell_id, sum(c.value), sum(c.numerator), sum(c.denominator)
    FROM tracker_indicatorresult r JOIN tracker_cellvalue c ON c.result_id = r.id
    GROUP BY 1, 2
"""
