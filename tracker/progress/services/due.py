"""Where reports stand against their windows: which are open, overdue or closed, and which came on time.

Everything that says so of many reports asks here, in a number of statements that does not grow with them.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Subquery

from tracker.region.models import Mission

from ..choices import Transition
from ..models import Extension, ReportingPeriod, ReportRevision, ReviewEvent
from ..querysets import RevisionQuerySet
from ..rules import Lock, Timeliness, deadline_of, timeliness_of
from ..wording import say_timeliness
from .completeness import ReportKey
from .locks import day_of, lock_with, today_of


@dataclass
class ReportState:
    """One mission's report for one period: its latest revision that was not dropped, its extension in force, the
    lock that it meets, and today by the mission's clock.
    """

    mission: Mission
    period: ReportingPeriod
    revision: ReportRevision | None
    extension: Extension | None
    lock: Lock | None
    today: date

    @property
    def extended_until(self) -> date | None:
        return self.extension.until if self.extension else None

    @property
    def deadline(self) -> date:
        """The one day by which it is handed in: when it was due, or when the answer is, or its extension ends."""
        return deadline_of(
            due_on=self.period.due_on,
            status=self.revision.status if self.revision else None,
            answer_by=self.revision.answer_by if self.revision else None,
            extended_until=self.extended_until,
        )

    @property
    def is_answer(self) -> bool:
        return self.revision is not None and self.deadline == self.revision.answer_by

    @property
    def is_extended(self) -> bool:
        """Whether it is its extension that says by when."""
        return not self.is_answer and self.deadline == self.extended_until

    @property
    def is_open(self) -> bool:
        return self.lock is None

    @property
    def has_closed(self) -> bool:
        """Its time has passed, and it was not handed in."""
        return self.lock in (Lock.CLOSED, Lock.EXTENSION_PASSED, Lock.ANSWER_PASSED)

    @property
    def is_handed_in(self) -> bool:
        return self.lock in (Lock.SUBMITTED, Lock.UNDER_REVIEW, Lock.APPROVED)

    @property
    def is_past_deadline(self) -> bool:
        """It is with the mission, open or closed, and should have been handed in."""
        return (self.is_open or self.has_closed) and self.deadline < self.today

    @property
    def is_overdue(self) -> bool:
        """It should have been handed in, and still can be."""
        return self.is_open and self.deadline < self.today

    @property
    def days(self) -> int:
        """How many days are left, or how many it is overdue."""
        return abs((self.deadline - self.today).days)


def latest_revisions(
    *,
    missions: Iterable[Mission],
    periods: Iterable[ReportingPeriod],
    revisions: RevisionQuerySet | None = None,
) -> dict[ReportKey, ReportRevision]:
    """The latest revision that was not dropped, by (mission id, period id); among these ``revisions``, where the caller
    asks for more of each.
    """
    among: RevisionQuerySet = ReportRevision.objects.all() if revisions is None else revisions
    rows = (
        among.filter(report__mission__in=missions, report__period__in=periods)
        .latest_of_each()
        .select_related("report", "submitted_by", "approved_by")
    )
    return {(r.report.mission_id, r.report.period_id): r for r in rows}


def extensions_in_force(
    *, missions: Iterable[Mission], periods: Iterable[ReportingPeriod]
) -> dict[ReportKey, Extension]:
    """The extensions of these missions in these periods, by (mission id, period id)."""
    held = Extension.objects.in_force().filter(mission__in=missions, period__in=periods)
    rows = held.select_related("granted_by")
    return {(each.mission_id, each.period_id): each for each in rows}


def read_states(
    *,
    missions: Collection[Mission],
    periods: Collection[ReportingPeriod],
    revisions: RevisionQuerySet | None = None,
) -> dict[ReportKey, ReportState]:
    """Where the report of each of these missions stands in each of these periods, begun or not, by (mission id,
    period id): two statements. ``revisions`` as for ``latest_revisions``.
    """
    latest = latest_revisions(missions=missions, periods=periods, revisions=revisions)
    extensions = extensions_in_force(missions=missions, periods=periods)
    states = {}
    for mission in missions:
        today = today_of(mission)
        for period in periods:
            key = (mission.pk, period.pk)
            revision, extension = latest.get(key), extensions.get(key)
            states[key] = ReportState(
                mission=mission,
                period=period,
                revision=revision,
                extension=extension,
                lock=lock_with(
                    extended_until=extension.until if extension else None,
                    period=period,
                    revision=revision,
                    today=today,
                ),
                today=today,
            )
    return states


@dataclass(frozen=True)
class FirstSubmission:
    """The day of a report's first submission by the mission's clock, and whether that was on time."""

    on: date
    timeliness: Timeliness

    @property
    def said(self) -> str:
        """“on time”, “on time under extension” or “late”."""
        return say_timeliness(self.timeliness)


def read_first_submissions(revisions: Iterable[ReportRevision]) -> dict[int, FirstSubmission]:
    """When the reports of these revisions were first submitted, by report id; those never submitted are left out.
    One statement, the revisions with their report's mission and period at hand.
    """
    reports = {revision.report_id: revision.report for revision in revisions}
    held = (
        Extension.objects.filter(
            mission=OuterRef("revision__report__mission"), period=OuterRef("revision__report__period")
        )
        .held_at(OuterRef("at"))
        .order_by("-until")
    )
    rows = (
        ReviewEvent.objects.filter(revision__report__in=reports, transition=Transition.SUBMIT)
        .order_by("revision__report_id", "at", "pk")
        .distinct("revision__report_id")
        .annotate(extended_until=Subquery(held.values("until")[:1]))
        .values_list("revision__report_id", "at", "extended_until")
    )
    found = {}
    for pk, at, extended_until in rows:
        report = reports[pk]
        on = day_of(report.mission, at)
        timeliness = timeliness_of(
            first_submitted_on=on, due_on=report.period.judged_on, extended_until=extended_until
        )
        assert timeliness is not None
        found[pk] = FirstSubmission(on, timeliness)
    return found
