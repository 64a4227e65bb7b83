"""What the pages that show standings have in common: as of when they speak, and the query they carry on."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from tracker.analysis.meanings import column_meanings, figure_meanings, status_meanings
from tracker.common.lists import query_without
from tracker.framework.models import Strategy

from ..forms.region_map import OWN as MAP_PARTS
from ..reading.choices import Choice
from ..reading.periods import Completeness, Periods, read_completeness, read_periods

# So many indicators are written into a page at once; of more, those of a part of it come when it is opened.
MOST_WRITTEN = 200


def strategy_and_periods() -> tuple[Strategy | None, Periods | None]:
    strategy = Strategy.objects.current()
    return strategy, None if strategy is None else read_periods(strategy, today=timezone.localdate())


def as_of(request: HttpRequest, strategy: Strategy, periods: Periods, choice: Choice) -> dict[str, Any]:
    """As of when a page speaks and how complete that is, what its marks mean, and the part of its query that
    goes with the reader to other pages.
    """
    code = choice.period.code
    return {
        "strategy": strategy,
        "periods": periods,
        "choice": choice,
        "completeness": periods.known.get(code) or _completeness_of(choice),
        "legend": {
            "statuses": status_meanings(strategy),
            "words": [*column_meanings(), *figure_meanings()],
        },
        "kept": query_without(
            request, "priority", "status", "q", "by", "unfold", "basis", "page", "sort", *MAP_PARTS
        ),
        "kept_but_period": query_without(request, "period"),
    }


def _completeness_of(choice: Choice) -> Completeness | None:
    """How complete the region's figures are; of a mission's own nothing is said."""
    return None if choice.mission else read_completeness([choice.period])[choice.period.code]
