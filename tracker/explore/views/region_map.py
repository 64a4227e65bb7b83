"""The region's map on the pages that have one: what a view puts into its context for it."""

from collections.abc import Iterable
from typing import Any

from tracker.access.policies import rights_of
from tracker.access.requests import PersonRequest
from tracker.analysis.terms import IndicatorStanding
from tracker.framework.models import Indicator, Strategy
from tracker.region.models import Mission

from ..forms.region_map import MapForm
from ..reading.map_measures import indicator_views, offered_measures
from ..reading.periods import Periods
from ..reading.region_map import Ground, map_statuses, map_values, read_ground, read_region_map


def region_map(
    request: PersonRequest,
    strategy: Strategy,
    periods: Periods | None,
    *,
    usual: str = "activities",
    only: str = "",
    with_indicators: bool = False,
    ground: Ground | None = None,
) -> dict[str, Any]:
    """For the template ``explore/region_map.html``: the map of the measure that the address asks for (``map``, and
    ``map_period`` where it is of one), else of the ``usual`` one.

    ``only``: of the measures whose code begins with it, and no map where there is none. ``with_indicators``: every
    indicator's value can be asked for. ``ground`` where the view has read it already. At most eight statements.
    """
    measures = [
        measure
        for measure in offered_measures(strategy, rights_of(request.user), with_indicators=with_indicators)
        if measure.code.startswith(only)
    ]
    if not measures:
        return {}
    form = MapForm(request.GET, measures=measures, usual=usual, periods=periods)
    drawn = read_region_map(
        form.measure, strategy=strategy, period=form.given_period, ground=ground or read_ground()
    )
    return {"region_map": drawn, "map_form": form}


def indicator_map(
    request: PersonRequest,
    indicator: Indicator,
    stands: IndicatorStanding,
    missions: Iterable[Mission],
) -> dict[str, Any]:
    """The same for an indicator's own page, as of the page's period: its values, or how the missions stand.
    ``missions`` are those that it was asked of.
    """
    rights = rights_of(request.user)
    form = MapForm(request.GET, measures=indicator_views(indicator, rights), usual="value", periods=None)
    draw = map_statuses if form.measure.code == "status" else map_values
    return {"region_map": draw(indicator, stands, read_ground(missions)), "map_form": form}
