"""Figures that pages read again and again, kept under the version of the data: the one place where they are.

What is kept is what concerns every indicator: the rows behind their standings (of the region, or of one mission), and
how many have which status. It holds numbers, dates and codes, no words, so that it is the same in every language; it
is kept as plain rows with every value once, since these are read back many times faster than dataclasses are. What
concerns a few indicators costs the engine less than keeping it would. See ``docs/benchmarks/kept.md``.
"""

import hashlib
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from tracker.common.versions import kept_under_version
from tracker.framework.models import Strategy
from tracker.progress.models import ReportingPeriod

from .engine import FoundStanding, Rows, assemble_standings, read_standings
from .statements import asked_of, number_of
from .status_counts import StatusCounts, count_by_status

T = TypeVar("T")


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


def _keep(name: str, asked: Sequence[object], compute: Callable[[], T]) -> T:
    return kept_under_version(name, [_digest_of_rules(), *asked], compute)


@cache
def _digest_of_rules() -> str:
    """Of all that figures are worked out by: what was kept before an update of the tracker is not read after it."""
    here = Path(__file__).parent
    code = [path.read_bytes() for path in sorted(here.rglob("*")) if path.suffix in (".py", ".sql")]
    return hashlib.sha256(b"".join(code)).hexdigest()


def _share_values(rows: Rows) -> list[tuple[Any, ...]]:
    """The same rows in which equal values are one object, which is written and read once."""
    held: dict[tuple[type, Any], Any] = {}

    def share(value: Any) -> Any:
        if isinstance(value, Sequence) and not isinstance(value, str):
            value = tuple(share(each) for each in value)
        return held.setdefault((type(value), value), value)

    return [tuple(share(value) for value in row) for row in rows]
