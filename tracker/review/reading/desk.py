"""The desk: what awaits a decision, and where every mission stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce

from tracker.access.models import User
from tracker.framework.models import Indicator
from tracker.progress.choices import Transition
from tracker.progress.models import (
    IndicatorAssignment,
    IndicatorResult,
    ReportingPeriod,
    ReportRevision,
    ReviewEvent,
)
from tracker.progress.querysets import RevisionQuerySet
from tracker.progress.rules import Counts
from tracker.progress.services.completeness import count_results
from tracker.progress.services.due import FirstSubmission, ReportState, read_first_submissions, read_states
from tracker.region.models import Mission


@dataclass(frozen=True)
class Waiting:
    """A submitted report in the queue: how much of it is given, when it came first and whether that was on time
    (None: not on record), how often it was returned, and whether the person who looks had a hand in it.
    """

    revision: ReportRevision
    counts: Counts
    first: FirstSubmission | None
    returns: int
    is_own: bool


def read_queue(user: User) -> list[Waiting]:
    """The reports that await review, the longest due first: four statements."""
    revisions: dict[tuple[int, int], Any] = {
        (revision.report.mission_id, revision.report.period_id): revision
        for revision in _submitted_reports(user)
    }
    counts = count_results(
        missions={revision.report.mission for revision in revisions.values()},
        periods={revision.report.period for revision in revisions.values()},
        revisions=revisions,
    )
    first = read_first_submissions(revisions.values())
    return [
        Waiting(revision, counts[key], first.get(revision.report_id), revision.returns, revision.is_own)
        for key, revision in revisions.items()
    ]


def _submitted_reports(user: User) -> RevisionQuerySet:
    entered = IndicatorResult.objects.filter(revision=OuterRef("pk"), entered_by=user, is_copy=False)
    returns = (
        ReviewEvent.objects.filter(revision=OuterRef("pk"), transition=Transition.RETURN)
        .order_by()
        .values("revision")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return (
        ReportRevision.objects.awaiting_review()
        .filter(report__period__strategy__is_current=True)
        .select_related("report__mission", "report__period", "submitted_by")
        .annotate(
            returns=Coalesce(Subquery(returns, output_field=IntegerField()), 0),
            is_own=Exists(entered) | Q(submitted_by=user),
        )
        .order_by("report__period__due_on", "report__mission__name")
    )


def read_asks() -> list[ReviewEvent]:
    """The corrections of approved reports that missions ask for, the oldest first: two statements."""
    asks = (
        ReviewEvent.objects.open_asks()
        .filter(revision__report__period__strategy__is_current=True)
        .select_related("revision__report__mission", "revision__report__period", "actor")
    )
    return list(asks.prefetch_related(named_in_order()))


def named_in_order() -> Prefetch:
    """The indicators that events name, in the framework's order."""
    return Prefetch("indicators", queryset=Indicator.objects.in_order())


@dataclass(frozen=True)
class MissionState:
    """A mission's reports over the periods shown, in their order; whether each is owed."""

    mission: Mission
    reports: tuple[tuple[ReportState, bool], ...]


def states_by_mission(periods: Sequence[ReportingPeriod]) -> list[MissionState]:
    """Where every mission's report stands in each of these periods: four statements."""
    missions = list(Mission.objects.order_by("kind", "name"))
    states = read_states(missions=missions, periods=periods)
    owed = IndicatorAssignment.objects.count_due(periods)
    return [
        MissionState(
            mission,
            tuple((states[mission.pk, period.pk], (mission.pk, period.pk) in owed) for period in periods),
        )
        for mission in missions
    ]
