"""What the mission's pages read: which reports are due, and what the form of one holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from tracker.access.policies import Rights
from tracker.framework.models import Indicator
from tracker.progress.models import (
    IndicatorAssignment,
    IndicatorResult,
    ReportingPeriod,
    ReportRevision,
    ReviewEvent,
)
from tracker.progress.rules import Lock
from tracker.progress.services.locks import lock_on, today_of
from tracker.progress.services.results import indicators_to_enter
from tracker.region.models import Mission


@dataclass
class DueReport:
    """One mission's report for one period, as its home page lists it."""

    mission: Mission
    period: ReportingPeriod
    revision: ReportRevision | None
    due: int
    given: int
    lock: Lock | None
    today: date
    returned_because: str = ""

    @property
    def days_left(self) -> int:
        """Days until the due date; negative once it is past."""
        return (self.period.due_on - self.today).days

    @property
    def days_overdue(self) -> int:
        return -self.days_left

    @property
    def is_overdue(self) -> bool:
        return self.days_left < 0 and (self.revision is None or self.revision.submitted_at is None)

    @property
    def is_done(self) -> bool:
        return self.revision is not None and self.revision.status == "approved"


def missions_for(rights: Rights) -> list[Mission]:
    """Whose reports this person may enter: their own missions; for an officer, all (on their behalf)."""
    missions = Mission.objects.all() if rights.is_officer else Mission.objects.filter(pk__in=rights.missions)
    return list(missions.order_by("kind", "name"))


def due_reports(*, missions: Iterable[Mission], periods: Iterable[ReportingPeriod]) -> list[DueReport]:
    """Every report due from these missions in these periods, newest period first: four statements."""
    missions, periods = list(missions), list(periods)
    latest = latest_revisions(missions=missions, periods=periods)
    given = dict(
        IndicatorResult.objects.filter(revision_id__in=[r.pk for r in latest.values()])
        .given()
        .values_list("revision_id")
        .annotate(Count("pk"))
    )
    counts = IndicatorAssignment.objects.filter(mission__in=missions).count_due(periods)
    said = {
        event.revision_id: event.comment
        for event in ReviewEvent.objects.filter(
            revision_id__in=[r.pk for r in latest.values() if r.status == "returned"], transition="return"
        ).order_by("at")
    }
    reports = []
    for period in sorted(periods, key=lambda p: -p.number):
        for mission in missions:
            due = counts.get((mission.pk, period.pk), 0)
            revision = latest.get((mission.pk, period.pk))
            if not due and revision is None:
                continue
            reports.append(
                DueReport(
                    mission=mission,
                    period=period,
                    revision=revision,
                    due=due,
                    given=given.get(revision.pk, 0) if revision else 0,
                    lock=lock_on(mission=mission, period=period, revision=revision),
                    today=today_of(mission),
                    returned_because=said.get(revision.pk, "") if revision else "",
                )
            )
    return reports


def latest_revisions(
    *, missions: Iterable[Mission], periods: Iterable[ReportingPeriod]
) -> dict[tuple[int, int], ReportRevision]:
    """The latest revision that was not dropped, by (mission id, period id)."""
    rows = (
        ReportRevision.objects.filter(report__mission__in=missions, report__period__in=periods)
        .exclude(status="dropped")
        .select_related("report")
        .order_by("report_id", "-number")
        .distinct("report_id")
    )
    return {(r.report.mission_id, r.report.period_id): r for r in rows}


@dataclass
class ReportForm:
    """What the form of one report is made from."""

    indicators: list[Indicator]
    results: dict[int, IndicatorResult]
    previous: dict[int, IndicatorResult]


def read_form(*, mission: Mission, period: ReportingPeriod, revision: ReportRevision | None) -> ReportForm:
    """The due indicators with what the revision says of them and what counted last before this period."""
    indicators = indicators_to_enter(mission=mission, period=period, revision=revision)
    results = (
        {
            r.indicator_id: r
            for r in IndicatorResult.objects.filter(revision=revision)
            .select_related("entered_by")
            .prefetch_related("cells")
        }
        if revision
        else {}
    )
    before = (
        IndicatorResult.objects.counting()
        .given()
        .filter(
            revision__report__mission=mission,
            revision__report__period__number__lt=period.number,
            indicator__in=indicators,
        )
        .select_related("revision__report__period")
        .order_by("indicator_id", "-revision__report__period__number")
        .distinct("indicator_id")
    )
    return ReportForm(indicators, results, {r.indicator_id: r for r in before})
