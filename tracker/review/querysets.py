"""What the officer's desk reads."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, Subquery

from tracker.access.models import User
from tracker.progress.choices import Transition
from tracker.progress.models import IndicatorResult, ReportingPeriod, ReportRevision, ReviewEvent
from tracker.progress.querysets import RevisionQuerySet
from tracker.region.models import Mission


def review_queue(user: User) -> RevisionQuerySet:
    """Submitted reports with how much each gives, when it first came, and whether this person had a hand in it."""
    entered = IndicatorResult.objects.filter(revision=OuterRef("pk"), entered_by=user, is_copy=False)
    first = (
        ReviewEvent.objects.filter(revision__report=OuterRef("report"), transition=Transition.SUBMIT)
        .order_by("at")
        .values("at")[:1]
    )
    given = Q(results__value__isnull=False) | Q(results__numerator__isnull=False)
    return (
        ReportRevision.objects.awaiting_review()
        .filter(report__period__strategy__is_current=True)
        .select_related("report__mission", "report__period", "submitted_by")
        .annotate(
            given=Count("results", filter=given | Q(results__not_applicable=True)),
            first_submitted_at=Subquery(first),
            is_own=Exists(entered) | Q(submitted_by=user),
        )
        .order_by("report__period__due_on", "report__mission__name")
    )


@dataclass(frozen=True)
class MissionState:
    """A mission's reports over the periods shown, in their order; None where there is none."""

    mission: Mission
    revisions: tuple[ReportRevision | None, ...]


def states_by_mission(periods: Sequence[ReportingPeriod]) -> list[MissionState]:
    """Where every mission's report stands in each of these periods: two statements."""
    rows = (
        ReportRevision.objects.filter(report__period__in=periods)
        .exclude(status="dropped")
        .select_related("report")
        .order_by("report_id", "-number")
        .distinct("report_id")
    )
    latest = {(r.report.mission_id, r.report.period_id): r for r in rows}
    return [
        MissionState(mission, tuple(latest.get((mission.pk, period.pk)) for period in periods))
        for mission in Mission.objects.order_by("kind", "name")
    ]
