"""How far reports are: how many results are given, explained or missing, and of how many activities something is said.
Everything that says so of reports asks here.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q

from tracker.activities.models import Activity
from tracker.activities.querysets import runs_between
from tracker.region.models import Mission

from ..models import IndicatorAssignment, IndicatorResult, ReportingPeriod, ReportRevision
from ..querysets import DUE_BY_QUARTER, GIVEN
from ..rules import Counts
from .overlaps import answered_by_wider

# (mission id, period id)
ReportKey = tuple[int, int]
_NOTHING = (0, 0, 0)


def count_results(
    *,
    missions: Collection[Mission],
    periods: Collection[ReportingPeriod],
    revisions: Mapping[ReportKey, ReportRevision],
) -> dict[ReportKey, Counts]:
    """The counts of these missions' reports in these periods (of one strategy), by (mission id, period id).

    ``revisions`` are those that are looked at, one a report; where there is none, all that is due is missing.
    What a half-year or a year at a later quarter speaks for is given. A report that owes nothing and holds
    nothing is left out. As many statements for many reports as for one.
    """
    due = IndicatorAssignment.objects.filter(mission__in=missions).count_due(list(periods))
    held = _count_held(revisions.values())
    wider = _count_wider(missions, periods, revisions)
    counts = {}
    for key in due.keys() | revisions.keys():
        revision = revisions.get(key)
        given, explained, answered = held.get(revision.pk, _NOTHING) if revision else _NOTHING
        more = wider.get(key, 0)
        counts[key] = Counts(
            given=given + more, explained=explained, missing=due.get(key, 0) - answered - more
        )
    return counts


def _count_wider(
    missions: Collection[Mission],
    periods: Collection[ReportingPeriod],
    revisions: Mapping[ReportKey, ReportRevision],
) -> dict[ReportKey, int]:
    """How many results that are due, and of which the report itself says nothing, a wider figure answers."""
    wider = answered_by_wider(missions=missions, periods=periods)
    if not wider:
        return {}
    said = set(
        IndicatorResult.objects.filter(revision__in=revisions.values())
        .explained()
        .values_list("revision__report__mission_id", "revision__report__period_id", "indicator_id")
    )
    assignments = list(
        IndicatorAssignment.objects.in_force()
        .filter(mission__in=missions, indicator__in=set().union(*wider.values()), indicator__status="active")
        .select_related("indicator")
    )
    counts: dict[ReportKey, int] = {}
    for period in periods:
        for each in assignments:
            key = (each.mission_id, period.pk)
            if (
                each.indicator_id in wider.get(key, ())
                and (*key, each.indicator_id) not in said
                and each.active_from <= period.ends_on
                and (each.active_to is None or each.active_to >= period.starts_on)
                and each.indicator.frequency in DUE_BY_QUARTER[period.quarter]
            ):
                counts[key] = counts.get(key, 0) + 1
    return counts


def _count_held(revisions: Collection[ReportRevision]) -> dict[int, tuple[int, int, int]]:
    """By revision id: results given, results explained alone, and how many of both are due."""
    assigned = IndicatorAssignment.objects.in_force().filter(
        Q(active_to__isnull=True) | Q(active_to__gte=OuterRef("revision__report__period__starts_on")),
        indicator=OuterRef("indicator"),
        mission=OuterRef("revision__report__mission"),
        active_from__lte=OuterRef("revision__report__period__ends_on"),
    )
    falls_due = Q()
    for quarter, frequencies in DUE_BY_QUARTER.items():
        falls_due |= Q(place=quarter - 1, indicator__frequency__in=frequencies)
    rows = (
        IndicatorResult.objects.filter(revision__in=revisions)
        .explained()
        .annotate(place=F("revision__report__period__number") % 4, assigned=Exists(assigned))
        .order_by()
        .values("revision_id")
        .annotate(
            all=Count("pk"),
            given=Count("pk", filter=GIVEN),
            due=Count("pk", filter=falls_due & Q(assigned=True, indicator__status="active")),
        )
        .values_list("revision_id", "given", "all", "due")
    )
    return {revision: (given, every - given, due) for revision, given, every, due in rows}


@dataclass(frozen=True, slots=True)
class Updates:
    """The activities of a report. ``asked``: those that ran in its period, and others that it speaks of; ``said``: of
    how many of them it says something.
    """

    said: int = 0
    asked: int = 0


def count_updates(
    *,
    missions: Collection[Mission],
    periods: Collection[ReportingPeriod],
    revisions: Mapping[ReportKey, ReportRevision],
) -> dict[ReportKey, Updates]:
    """The activities of these missions' reports in these periods, by (mission id, period id), those without any left
    out; ``revisions`` as for ``count_results``, read ``with_updates``. One statement.
    """
    if not periods:
        return {}
    of_periods = {
        f"p{each.pk}": Count("pk", filter=runs_between(each.starts_on, each.ends_on)) for each in periods
    }
    of_missions = Activity.objects.own().filter(mission__in=missions).order_by().values("mission_id")
    rows: Any = of_missions.annotate(**of_periods)
    running: dict[ReportKey, int] = {}
    for row in rows:
        running |= {(row["mission_id"], each.pk): row[f"p{each.pk}"] for each in periods}
    counts = {}
    for key in running.keys() | revisions.keys():
        revision: Any = revisions.get(key)
        said, beside = (revision.spoken_of, revision.spoken_beside) if revision else (0, 0)
        if asked := running.get(key, 0) + beside:
            counts[key] = Updates(said=said, asked=asked)
    return counts


def missing_results(revision: ReportRevision) -> list[str]:
    """Codes of the indicators that are due and neither given nor explained, in the framework's order.

    What a half-year or a year at a later quarter speaks for is given.
    """
    report = revision.report
    explained = IndicatorResult.objects.filter(revision=revision).explained().values("indicator_id")
    due = IndicatorAssignment.objects.due_in(report.period).filter(mission_id=report.mission_id)
    wider = answered_by_wider(missions=[report.mission], periods=[report.period])
    return list(
        due.exclude(indicator_id__in=explained)
        .exclude(indicator_id__in=wider.get((report.mission_id, report.period_id), ()))
        .order_by("indicator__objective__priority__order", "indicator__objective__order", "indicator__order")
        .values_list("indicator__code", flat=True)
    )
