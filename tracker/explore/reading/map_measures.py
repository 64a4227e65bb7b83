"""What the map of the region can show: each measure by its code, and for whom it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tracker.access.policies import Rights
from tracker.activities.models import FundingRequirement
from tracker.framework.choices import IndicatorStatus
from tracker.framework.models import Indicator, Strategy

FUNDING = "funding-"
"""The code of what was asked for begins with it; the year follows."""


@dataclass(frozen=True)
class MapMeasure:
    """Something that every country and area has, by a code that stands in the address.

    ``by_period``: it is shown as of a period; ``runs``: of the latest one unless asked for another, while it is
    still running. ``indicator`` where it is the value of one.
    """

    code: str
    title: str
    group: str
    by_period: bool = False
    runs: bool = False
    indicator: Indicator | None = None

    @property
    def year(self) -> int:
        """The year of a funding requirement."""
        return int(self.code.removeprefix(FUNDING))


def offered_measures(
    strategy: Strategy, rights: Rights, *, with_indicators: bool = False
) -> list[MapMeasure]:
    """What this person may see by country, grouped: one statement, and one more with the indicators.

    How a mission stands is for officers and administrators, how far its reports are for officers; approved
    values of an indicator, and facts, for everybody with a role.
    """
    found = [
        MapMeasure("activities", _("Number of activities"), _("Activities and funding")),
        *_funding(),
        MapMeasure("offices", _("Offices"), _("Facts")),
        MapMeasure("gcm-vote", _("Vote on the Global Compact"), _("Facts")),
        MapMeasure("migration-network", _("Migration network"), _("Facts")),
        MapMeasure("cooperation-framework", _("Cooperation framework with the United Nations"), _("Facts")),
        MapMeasure("iom-status", _("Status in IOM"), _("Facts")),
    ]
    if rights.is_officer:
        found.append(
            MapMeasure(
                "completeness", _("Completeness of reports"), _("Reporting"), by_period=True, runs=True
            )
        )
    if rights.compares_missions:
        found.append(
            MapMeasure("on-track", _("Indicators achieved or on track"), _("Reporting"), by_period=True)
        )
    if with_indicators:
        indicators = Indicator.objects.filter(strategy=strategy).exclude(status=IndicatorStatus.RETIRED)
        found += indicator_measures(indicators.in_order().select_related("objective__priority"))
    return found


def indicator_measures(indicators: Iterable[Indicator]) -> list[MapMeasure]:
    """The value of each of these indicators, which come with their priorities."""
    return [
        MapMeasure(
            indicator.code,
            f"{indicator.code} {indicator.name}",
            f"{indicator.objective.priority.code} {indicator.objective.priority.title}",
            by_period=True,
            indicator=indicator,
        )
        for indicator in indicators
    ]


def indicator_views(indicator: Indicator, rights: Rights) -> list[MapMeasure]:
    """What the map on an indicator's own page can show: the values, and how the missions stand for those who
    compare them.
    """
    found = [MapMeasure("value", _("Value"), "", indicator=indicator)]
    if rights.compares_missions:
        found.append(MapMeasure("status", _("Status"), "", indicator=indicator))
    return found


def _funding() -> Sequence[MapMeasure]:
    years = FundingRequirement.objects.order_by("year").values_list("year", flat=True)
    return [
        MapMeasure(
            f"{FUNDING}{year}",
            _("Funding asked for in %(year)s") % {"year": year},
            _("Activities and funding"),
        )
        for year in years.distinct()
    ]
