"""From the database to the figures of an edition, in a number of statements that does not grow with it."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.analysis.engine import standings
from tracker.analysis.periods import period_code
from tracker.analysis.terms import IndicatorStanding, RegionStanding, Standing
from tracker.analysis.wording import compared_note, counts_missions, regional_unit
from tracker.common.formats import NUMBER, show_date, show_quarter
from tracker.framework.choices import IndicatorStatus
from tracker.framework.models import Indicator
from tracker.progress.models import IndicatorAssignment, ReportingPeriod, ReportRevision
from tracker.region.models import Mission

from .figures import Coverage, EditionFigures, IndicatorFigures, PriorityFigures
from .models import Edition


def gather_figures(edition: Edition) -> EditionFigures:
    """What an edition says as of its period, from approved results only."""
    period, mission = edition.period, edition.mission
    strategy = period.strategy
    indicators = _indicators(period, mission)
    found = standings(strategy=strategy, as_of=period.number, indicators=[i.pk for i in indicators])
    # Not broken over two lines of a title.
    quarter = show_quarter(period.code).replace(" ", "\u00a0")
    return EditionFigures(
        title=(
            _("Regional progress report, %(quarter)s")
            if mission is None
            else _("Mission progress report, %(quarter)s")
        )
        % {"quarter": quarter},
        kind="region" if mission is None else "mission",
        scope_name=_("The region") if mission is None else mission.name,
        scope_code="REGION" if mission is None else mission.code,
        period=period.code,
        as_of=_("As of %(date)s, from approved reports") % {"date": show_date(period.ends_on)},
        generated_on=timezone.localdate(),
        strategy=strategy.name,
        coverage=_coverage(period, mission),
        on_track_from=strategy.on_track_from,
        at_risk_from=strategy.at_risk_from,
        organisation=str(settings.INSTALLATION_NAME),
        demonstration=strategy.holds_demonstration,
        priorities=tuple(_priorities(indicators, found, mission)),
    )


def _indicators(period: ReportingPeriod, mission: Mission | None) -> list[Indicator]:
    """The active indicators of the strategy, or those ever asked of the mission."""
    active = Indicator.objects.filter(strategy=period.strategy_id).reported_on()
    if mission is not None:
        asked = IndicatorAssignment.objects.in_force().filter(mission=mission)
        active = active.filter(pk__in=asked.values("indicator_id"))
    return list(active.in_order().select_related("objective__priority"))


def _coverage(period: ReportingPeriod, mission: Mission | None) -> Coverage:
    due = IndicatorAssignment.objects.due_in(period)
    approved = ReportRevision.objects.approved().filter(report__period=period)
    if mission is not None:
        due, approved = due.filter(mission=mission), approved.filter(report__mission=mission)
    missions = due.order_by("mission__kind", "mission__name").values_list("mission_id", "mission__name")
    owing = dict(missions.distinct())
    there = set(approved.values_list("report__mission_id", flat=True))
    return Coverage(
        reports_approved=len(there & owing.keys()),
        missions_due=len(owing),
        missing=tuple(name for pk, name in owing.items() if pk not in there),
    )


def _priorities(
    indicators: Iterable[Indicator], found: Mapping[int, IndicatorStanding], mission: Mission | None
) -> Iterator[PriorityFigures]:
    for priority, members in groupby(indicators, key=lambda i: i.objective.priority):
        rows = [
            figures_of(indicator, found[indicator.pk], mission)
            for indicator in members
            if mission is None or mission.code in found[indicator.pk].missions
        ]
        counts: dict[str, int] = {}
        for row in rows:
            counts[row.status] = counts.get(row.status, 0) + 1
        if rows:
            yield PriorityFigures(
                code=priority.code, title=priority.title, status_counts=counts, indicators=tuple(rows)
            )


def figures_of(indicator: Indicator, found: IndicatorStanding, mission: Mission | None) -> IndicatorFigures:
    """One row: how the indicator stands for the mission, or for the region (None)."""
    standing: Standing = found.region if mission is None else found.missions[mission.code]
    return IndicatorFigures(
        code=indicator.code,
        name=indicator.name,
        unit=indicator.unit,
        measure=indicator.measure,
        level=indicator.level,
        decimals=indicator.decimals,
        stages=tuple(indicator.stages),
        is_flow=indicator.is_flow,
        proposed=indicator.status == IndicatorStatus.PROPOSED,
        judged_at=period_code(standing.judged_at) if standing.judged_at is not None else None,
        value=standing.value,
        compared_value=standing.compared_value,
        baseline=standing.baseline,
        expected=standing.expected,
        target=standing.target,
        target_due=standing.target_due,
        attainment=standing.attainment,
        pace=standing.pace,
        status=standing.status,
        **(_regional_words(indicator, found.region) if mission is None else {}),
    )


def _regional_words(indicator: Indicator, region: RegionStanding) -> dict[str, Any]:
    """How a regional figure reads where it is not in the indicator's own measure, and whom it speaks for."""
    words: dict[str, Any] = {"note": compared_note(indicator, region)}
    if counts_missions(indicator):
        words |= {"shown_as": NUMBER, "shown_unit": regional_unit(indicator)}
    return words
