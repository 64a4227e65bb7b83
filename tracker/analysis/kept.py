"""What pages read again and again, kept in the cache: figures under the version of the data, charts by what they show.
This is the one place where they are; the rows of a report are kept where they are drawn.

What is kept is what concerns every indicator: the rows behind their standings (of the region, or of one mission), and
how many have which status. It holds numbers, dates and codes, no words, so that it is the same in every language; it
is kept as plain rows with every value once, since these are read back many times faster than dataclasses are. What
concerns a few indicators costs the engine less than keeping it would. See ``docs/benchmarks/kept.md``.
"""

import hashlib
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.core.cache import cache
from django.utils.translation import get_language

from tracker.common.program import digest_of_program
from tracker.common.versions import kept_under_version
from tracker.framework.models import Strategy
from tracker.progress.models import ReportingPeriod

from .drawing import Chart
from .engine import FoundStanding, Rows, assemble_standings, read_standings
from .statements import asked_of, number_of
from .status_counts import StatusCounts, count_by_status

T = TypeVar("T")

A_MONTH = 30 * 24 * 60 * 60


def standings_of_all(
    *,
    strategy: Strategy,
    as_of: ReportingPeriod | int,
    mission: int | None = None,
    provisional: bool = False,
) -> dict[int, FoundStanding]:
    """How every indicator of the strategy stands in the region, or in the mission with this id, as
    `engine.standings` says it: a statement for the version, and one more where it is not kept yet.
    """
    period = number_of(as_of)
    asked = asked_of(strategy, [period], None, None if mission is None else [mission], provisional, None)
    rows: Rows = _keep(
        "standings",
        [strategy.pk, period, mission, provisional],
        lambda: _share_values(read_standings(asked, with_missions=mission is not None)),
    )
    return assemble_standings(rows, [period])[period]


def counts_of_all(*, strategy: Strategy, as_of: ReportingPeriod | int) -> StatusCounts:
    """How many of the active indicators have which status, of approved figures, by every part of the strategy and
    of the region: a statement for the version, and two more where it is not kept yet.
    """
    period = number_of(as_of)
    return _keep(
        "status counts", [strategy.pk, period], lambda: count_by_status(strategy=strategy, as_of=period)
    )


def chart_of(draw: Callable[..., Chart], **asked: Any) -> Chart:
    """The chart that a function draws of what it is asked, kept by that and by the language: to specify a chart takes
    ten times as long as to read it back. What is asked says in its ``repr`` all that it is.
    """
    # Functions of one name in two modules are two.
    content = repr(
        (draw.__module__, draw.__qualname__, sorted(asked.items()), get_language(), digest_of_program())
    )
    key = f"drawn-{hashlib.sha256(content.encode()).hexdigest()}"
    chart: Chart | None = cache.get(key)
    if chart is None:
        chart = draw(**asked)
        cache.set(key, chart, A_MONTH)
    return chart


def _keep(name: str, asked: Sequence[object], compute: Callable[[], T]) -> T:
    return kept_under_version(name, [digest_of_program(), *asked], compute)


def _share_values(rows: Rows) -> list[tuple[Any, ...]]:
    """The same rows in which equal values are one object, which is written and read once."""
    held: dict[tuple[type, Any], Any] = {}

    def share(value: Any) -> Any:
        if isinstance(value, Sequence) and not isinstance(value, str):
            value = tuple(share(each) for each in value)
        return held.setdefault((type(value), value), value)

    return [tuple(share(value) for value in row) for row in rows]
