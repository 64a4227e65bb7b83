"""Standings as rows of a table: every figure ready to be printed, empty where there is none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.utils.safestring import SafeString

from tracker.analysis.meanings import why_no_actual
from tracker.analysis.periods import period_code
from tracker.analysis.shares import Judge, show_share
from tracker.analysis.statuses import status_words, style_of
from tracker.analysis.terms import IndicatorStanding, RegionStanding, Standing
from tracker.analysis.wording import compared_note, counts_missions, regional_unit, show_own, show_regional
from tracker.common.formats import show_quarter
from tracker.framework.choices import IndicatorStatus
from tracker.framework.models import Indicator


@dataclass(frozen=True)
class Figures:
    """A standing in print. Empty text means that there is no such figure, never 0.

    ``actual`` is what stands beside the target: the compared value, or the value where nothing is compared;
    ``value`` is set only where it differs, and ``note`` names both where both are there. ``lacking`` is the code of
    the gap that stands in the place of an ``actual``. ``as_of`` is set where the indicator is judged earlier than
    the period chosen. ``is_count``: these are numbers of missions.
    """

    status: str
    words: str
    mark: SafeString
    unit: str
    is_count: bool
    value: str
    actual: str
    lacking: str
    baseline: str
    expected: str
    target: str
    target_due: date | None
    attainment: str
    pace: str
    as_of: str
    note: str


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator and how it stands for the region or one mission; ``judge`` and ``chosen`` as `figures_of` has
    them.
    """

    indicator: Indicator
    standing: Standing
    judge: Judge
    chosen: int

    @cached_property
    def figures(self) -> Figures:
        """The same in print, made when it is printed: most rows are only counted."""
        return figures_of(self.indicator, self.standing, judge=self.judge, chosen=self.chosen)

    @property
    def status(self) -> str:
        return self.standing.status

    @property
    def has_actual(self) -> bool:
        return actual_of(self.standing) is not None

    @property
    def is_proposed(self) -> bool:
        return self.indicator.status == IndicatorStatus.PROPOSED

    @property
    def is_retired(self) -> bool:
        return self.indicator.status == IndicatorStatus.RETIRED

    def is_counted(self, *, with_proposed: bool) -> bool:
        """Whether it is among the counts of statuses: proposed ones only where asked for, retired ones never."""
        return not self.is_retired and (with_proposed or not self.is_proposed)


def actual_of(standing: Standing) -> Decimal | None:
    """What stands beside the target: what is compared with it, or the value where nothing is."""
    return standing.value if standing.status == "no_target" else standing.compared_value


def figures_of(indicator: Indicator, standing: Standing, *, judge: Judge, chosen: int | None) -> Figures:
    """A region's or a mission's standing in print; ``judge`` is its strategy, ``chosen`` the number of the period
    asked for.
    """
    region = standing if isinstance(standing, RegionStanding) else None

    def show(value: Decimal | None) -> str:
        if value is None:
            return ""
        return show_own(indicator, value) if region is None else show_regional(indicator, value)

    actual = actual_of(standing)
    judged = standing.judged_at
    style = style_of(standing.status)
    return Figures(
        status=standing.status,
        words=status_words(
            standing.status,
            target_due=standing.target_due,
            judged_on=standing.judged_on,
            is_flow=indicator.is_flow,
        ),
        mark=style.mark,
        unit=indicator.unit if region is None else regional_unit(indicator),
        is_count=region is not None and counts_missions(indicator),
        value=show(standing.value) if standing.value != actual else "",
        actual=show(actual),
        lacking=why_no_actual(standing, is_proposed=indicator.status == IndicatorStatus.PROPOSED),
        baseline=show(standing.baseline),
        expected=show(standing.expected),
        target=show(standing.target),
        target_due=standing.target_due,
        attainment=show_share(standing.attainment, judge),
        pace=show_share(standing.pace, judge),
        as_of=show_quarter(period_code(judged)) if judged is not None and judged != chosen else "",
        note=compared_note(indicator, region) if region is not None else "",
    )


def rows_of(
    indicators: Iterable[Indicator],
    found: Mapping[int, IndicatorStanding],
    *,
    judge: Judge,
    chosen: int,
    mission: str = "",
) -> list[IndicatorRow]:
    """How each of the indicators stands for the region, or for the mission of this code (only those that
    were ever asked of it).
    """
    rows = []
    for indicator in indicators:
        stands = found[indicator.pk]
        standing: Standing | None = stands.missions.get(mission) if mission else stands.region
        if standing is not None:
            rows.append(IndicatorRow(indicator, standing, judge, chosen))
    return rows
