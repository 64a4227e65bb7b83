"""What leans on assignments: results and targets of many pairs of an indicator and a mission at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from ..choices import RevisionStatus
from ..models import IndicatorResult, Target

# The codes of an indicator and a mission.
Pair = tuple[str, str]


def periods_with_results(
    results: QuerySet[IndicatorResult], pairs: Collection[Pair]
) -> dict[Pair, list[str]]:
    """The codes of the periods that these results are of, in order, by pair; of dropped and withdrawn ones none."""
    found = (
        results.filter(revision__withdrawn_at__isnull=True, **_among(pairs, "revision__report__mission"))
        .exclude(revision__status=RevisionStatus.DROPPED)
        .order_by("revision__report__period__number")
        .values_list("indicator__code", "revision__report__mission__code", "revision__report__period__code")
        .distinct()
    )
    return _by_pair(found, pairs)


def days_of_targets(targets: QuerySet[Target], pairs: Collection[Pair]) -> dict[Pair, list[date]]:
    """The days by which these targets are due, in order, by pair."""
    found = targets.filter(**_among(pairs, "mission")).order_by("due_on")
    return _by_pair(found.values_list("indicator__code", "mission__code", "due_on"), pairs)


def _among(pairs: Collection[Pair], mission: str) -> dict[str, Any]:
    """No more is read than rows of these indicators and these missions."""
    return {
        "indicator__code__in": {indicator for indicator, _mission in pairs},
        f"{mission}__code__in": {code for _indicator, code in pairs},
    }


def _by_pair(rows: Iterable[tuple[Any, ...]], pairs: Collection[Pair]) -> dict[Pair, list[Any]]:
    wanted = set(pairs)
    found: dict[Pair, list[Any]] = defaultdict(list)
    for indicator, mission, thing in rows:
        if (indicator, mission) in wanted:
            found[indicator, mission].append(thing)
    return dict(found)
