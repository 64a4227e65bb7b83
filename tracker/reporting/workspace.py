"""What the mission's pages read: which reports are due, and what the form of one holds."""

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.access.policies import Rights
from tracker.progress import policies
from tracker.progress.choices import WRITABLE, Transition
from tracker.progress.models import ReportingPeriod, ReviewEvent
from tracker.progress.rules import Counts
from tracker.progress.services.completeness import count_results
from tracker.progress.services.due import ReportState, read_states
from tracker.progress.wording import say_counts
from tracker.region.models import Mission


@dataclass
class DueReport(ReportState):
    """One mission's report for one period, as the workspace lists it for a person. ``asked`` is the return or the
    reopening that it is to answer.
    """

    counts: Counts
    may_read: bool
    may_enter: bool
    asked: ReviewEvent | None = None

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
    """Every report due from these missions in these periods, newest period first: five statements."""
    missions, periods = list(missions), list(periods)
    states = read_states(missions=missions, periods=periods)
    latest = {key: state.revision for key, state in states.items() if state.revision is not None}
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
            state = states[key]
            revision = state.revision
            reports.append(
                DueReport(
                    mission=mission,
                    period=period,
                    revision=revision,
                    extension=state.extension,
                    lock=state.lock,
                    today=state.today,
                    counts=counts[key],
                    may_read=policies.can_read_report(rights, mission=mission, revision=revision),
                    may_enter=policies.can_enter(rights, mission=mission, revision=revision),
                    asked=asked.get(revision.pk) if revision else None,
                )
            )
    return reports
