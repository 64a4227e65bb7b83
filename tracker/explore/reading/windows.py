"""Windows of periods: where the reports of each stand, and what other dates would change."""

from collections.abc import Collection, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date

from tracker.framework.models import Strategy
from tracker.progress.models import Extension, IndicatorAssignment, ReportingPeriod, ReportRevision
from tracker.progress.rules import Window
from tracker.progress.services.completeness import ReportKey
from tracker.progress.services.due import (
    FirstSubmission,
    ReportState,
    read_first_submissions,
    read_states,
)
from tracker.progress.services.locks import lock_with
from tracker.progress.services.windows import first_due_date, has_opened, propose_periods
from tracker.region.models import Mission


# -- All of them --------------------------------------------------------------------------------------
@dataclass(frozen=True)
class PeriodLine:
    """A period and its reports: how many are due; of these how many the missions have handed in, how many are
    approved, and how many are past their deadline and with the mission; how many have an extension that runs.
    """

    period: ReportingPeriod
    due: int
    handed_in: int
    approved: int
    overdue: int
    extended: int
    today: date
    is_current: bool

    @property
    def is_ahead(self) -> bool:
        return self.today < self.period.opens_on

    @property
    def is_open(self) -> bool:
        return self.period.opens_on <= self.today <= self.period.closes_on


def read_period_lines(strategy: Strategy, *, today: date) -> list[PeriodLine]:
    """Every period of a strategy, the latest first: six statements. ``today`` is the server's; what is overdue is so
    by each mission's own clock. The current period is the latest whose window has opened.
    """
    periods = list(ReportingPeriod.objects.filter(strategy=strategy).order_by("-number"))
    missions = list(Mission.objects.all())
    states = read_states(missions=missions, periods=periods)
    owed = IndicatorAssignment.objects.count_due(periods)
    approved = _approved(periods)
    current = next((period for period in periods if period.opens_on <= today), None)
    lines = []
    for period in periods:
        asked = [
            states[mission.pk, period.pk] for mission in missions if _is_asked(states, owed, mission, period)
        ]
        lines.append(
            PeriodLine(
                period=period,
                due=len(asked),
                handed_in=sum(
                    state.is_handed_in or (state.mission.pk, period.pk) in approved for state in asked
                ),
                approved=sum((state.mission.pk, period.pk) in approved for state in asked),
                overdue=sum(state.is_past_deadline for state in asked),
                extended=sum(_is_extended(state) for state in asked),
                today=today,
                is_current=period == current,
            )
        )
    return lines


def _is_extended(state: ReportState) -> bool:
    """Whether its extension still gives it time."""
    until = state.extended_until
    return until is not None and until >= state.today and not state.is_handed_in


def _is_asked(
    states: dict[ReportKey, ReportState],
    owed: Collection[ReportKey],
    mission: Mission,
    period: ReportingPeriod,
) -> bool:
    """Whether a report is due: something is owed, or was reported."""
    key = (mission.pk, period.pk)
    return key in owed or states[key].revision is not None


def _approved(periods: Sequence[ReportingPeriod]) -> set[ReportKey]:
    """The reports of which a revision counts, by (mission id, period id)."""
    rows = ReportRevision.objects.approved().filter(report__period__in=periods)
    return set(rows.values_list("report__mission_id", "report__period_id"))


# -- One of them --------------------------------------------------------------------------------------
@dataclass(frozen=True)
class MissionLine:
    """A mission's report in a period: where it stands, and when it was first handed in. ``is_approved``: figures
    of it count.
    """

    state: ReportState
    first: FirstSubmission | None
    is_approved: bool

    @property
    def is_with_mission(self) -> bool:
        return not self.state.is_handed_in


def read_mission_lines(period: ReportingPeriod) -> list[MissionLine]:
    """The missions of which a report is due in a period, the Regional Office last: six statements."""
    missions = list(Mission.objects.order_by("kind", "name"))
    states = read_states(missions=missions, periods=[period])
    owed = IndicatorAssignment.objects.count_due([period])
    asked = [
        states[mission.pk, period.pk] for mission in missions if _is_asked(states, owed, mission, period)
    ]
    approved = _approved([period])
    revisions = []
    for state in asked:
        if state.revision is not None:
            state.revision.report.mission, state.revision.report.period = state.mission, period
            revisions.append(state.revision)
    first = read_first_submissions(revisions)
    return [
        MissionLine(
            state=state,
            first=first.get(state.revision.report_id) if state.revision else None,
            is_approved=(state.mission.pk, period.pk) in approved,
        )
        for state in asked
    ]


@dataclass(frozen=True)
class WindowEffects:
    """What other dates of a window would change: for which missions the report opens, closes, is overdue from now
    on or no longer, as of now; until when they can be written (None: that has passed); by which day “on time” is
    judged then, and whether that is another day than now.
    """

    opens: tuple[Mission, ...]
    closes: tuple[Mission, ...]
    becomes_overdue: tuple[Mission, ...]
    no_longer_overdue: tuple[Mission, ...]
    open_until: date | None
    judged_on: date
    is_judged_anew: bool

    @property
    def changes_reports(self) -> bool:
        return bool(self.opens or self.closes or self.becomes_overdue or self.no_longer_overdue)


def foresee_window(
    period: ReportingPeriod, lines: Sequence[MissionLine], *, wanted: Window, counts_anew: bool
) -> WindowEffects:
    """Compare the reports of a period under the dates that it has with those under others: one statement."""
    changed = copy(period)
    changed.opens_on, changed.due_on, changed.closes_on = wanted.opens_on, wanted.due_on, wanted.closes_on
    changed.first_due_on = first_due_date(
        period=period, due_on=wanted.due_on, has_opened=has_opened(period), counts_anew=counts_anew
    )
    pairs = []
    for line in lines:
        before = line.state
        lock = lock_with(
            extended_until=before.extended_until,
            period=changed,
            revision=before.revision,
            today=before.today,
        )
        pairs.append((before, replace(before, period=changed, lock=lock)))
    return WindowEffects(
        opens=tuple(now.mission for then, now in pairs if now.is_open and not then.is_open),
        closes=tuple(now.mission for then, now in pairs if then.is_open and not now.is_open),
        becomes_overdue=tuple(
            now.mission for then, now in pairs if now.is_past_deadline and not then.is_past_deadline
        ),
        no_longer_overdue=tuple(
            now.mission for then, now in pairs if then.is_past_deadline and not now.is_past_deadline
        ),
        open_until=changed.closes_on
        if any(changed.closes_on >= line.state.today for line in lines)
        else None,
        judged_on=changed.judged_on,
        is_judged_anew=changed.judged_on != period.judged_on,
    )


# -- One mission's extensions -------------------------------------------------------------------------
def read_extensions(mission: Mission, period: ReportingPeriod) -> list[Extension]:
    """All that were granted to a mission for a period, the latest first."""
    rows = Extension.objects.filter(mission=mission, period=period)
    return list(rows.select_related("granted_by", "withdrawn_by").order_by("-granted_at", "-pk"))


# -- More of them -------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Proposed:
    """A period that would be added: how many results of how many missions would fall due in it, as assigned now."""

    period: ReportingPeriod
    results: int
    missions: int


def read_proposed(strategy: Strategy) -> list[Proposed]:
    """The periods that come next: a fixed number of statements."""
    proposed = []
    for period in propose_periods(strategy):
        missions = list(IndicatorAssignment.objects.due_in(period).values_list("mission_id", flat=True))
        proposed.append(Proposed(period, len(missions), len(set(missions))))
    return proposed
