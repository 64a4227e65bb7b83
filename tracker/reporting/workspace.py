"""What the mission's pages read: which reports are due, and what the form of one holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tracker.access.policies import Rights
from tracker.framework.models import Indicator
from tracker.progress import policies
from tracker.progress.choices import WRITABLE, Transition
from tracker.progress.models import IndicatorResult, ReportingPeriod, ReportRevision, ReviewEvent
from tracker.progress.rules import Counts, Lock, deadline_of
from tracker.progress.services.completeness import count_results
from tracker.progress.services.locks import lock_on, today_of
from tracker.progress.services.results import indicators_to_enter
from tracker.progress.wording import say_counts
from tracker.region.models import Mission


@dataclass
class DueReport:
    """One mission's report for one period, as the workspace lists it for a person. ``asked`` is the return or the
    reopening that it is to answer.
    """

    mission: Mission
    period: ReportingPeriod
    revision: ReportRevision | None
    counts: Counts
    lock: Lock | None
    today: date
    may_read: bool
    may_enter: bool
    asked: ReviewEvent | None = None

    @property
    def deadline(self) -> date:
        """The one day by which it is handed in: when it was due, or when the answer is."""
        if self.revision is None:
            return self.period.due_on
        return deadline_of(
            due_on=self.period.due_on, status=self.revision.status, answer_by=self.revision.answer_by
        )

    @property
    def is_answer(self) -> bool:
        return self.revision is not None and self.deadline == self.revision.answer_by

    @property
    def is_open(self) -> bool:
        return self.lock is None

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.deadline < self.today

    @property
    def days(self) -> int:
        """How many days are left, or how many it is overdue."""
        return abs((self.deadline - self.today).days)

    @property
    def has_closed(self) -> bool:
        """Its time has passed, and it was not handed in."""
        return self.lock in (Lock.CLOSED, Lock.ANSWER_PASSED)

    @property
    def is_handed_in(self) -> bool:
        return self.lock in (Lock.SUBMITTED, Lock.UNDER_REVIEW, Lock.APPROVED)

    @property
    def counted(self) -> str:
        return say_counts(self.counts)


def missions_for(rights: Rights) -> list[Mission]:
    """Whose reports this person may enter: their own missions; for an officer, all (on their behalf)."""
    missions = Mission.objects.all() if rights.is_officer else Mission.objects.filter(pk__in=rights.missions)
    return list(missions.order_by("kind", "name"))


def due_reports(
    *, missions: Iterable[Mission], periods: Iterable[ReportingPeriod], rights: Rights
) -> list[DueReport]:
    """Every report due from these missions in these periods, newest period first: four statements."""
    missions, periods = list(missions), list(periods)
    latest = latest_revisions(missions=missions, periods=periods)
    counts = count_results(missions=missions, periods=periods, revisions=latest)
    asked = {
        event.revision_id: event
        for event in ReviewEvent.objects.filter(
            revision__in=[r for r in latest.values() if r.status in WRITABLE],
            transition__in=[Transition.RETURN, Transition.REOPEN],
        ).order_by("at", "pk")
    }
    reports = []
    for period in sorted(periods, key=lambda p: -p.number):
        for mission in missions:
            key = (mission.pk, period.pk)
            if key not in counts:
                continue
            revision = latest.get(key)
            reports.append(
                DueReport(
                    mission=mission,
                    period=period,
                    revision=revision,
                    counts=counts[key],
                    lock=lock_on(mission=mission, period=period, revision=revision),
                    today=today_of(mission),
                    may_read=policies.can_read_report(rights, mission=mission, revision=revision),
                    may_enter=policies.can_enter(rights, mission=mission, revision=revision),
                    asked=asked.get(revision.pk) if revision else None,
                )
            )
    return reports


def latest_revisions(
    *, missions: Iterable[Mission], periods: Iterable[ReportingPeriod]
) -> dict[tuple[int, int], ReportRevision]:
    """The latest revision that was not dropped, by (mission id, period id)."""
    rows = (
        ReportRevision.objects.filter(report__mission__in=missions, report__period__in=periods)
        .latest_of_each()
        .select_related("report")
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
