"""What missions' reports ask of their people, how far each is, and what was said about it: read by the first page and
by the list of reports, which show the same.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, TextChoices
from django.db.models.functions import JSONArray
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.access.models import User
from tracker.access.policies import Rights
from tracker.region.models import Mission

from .. import policies
from ..choices import WRITABLE, Transition
from ..models import EventIndicator, IndicatorResult, ReportingPeriod, ReportRevision, ReviewEvent
from ..rules import Counts, Lock
from .completeness import Updates, count_results, count_updates
from .due import ReportState, read_states

_TOLD = [
    Transition.RETURN,
    Transition.REOPEN,
    Transition.APPROVE,
    Transition.WITHDRAW,
    Transition.ASK,
    Transition.DECLINE,
]
# One of a sort is said, the last.
_SORTS = {Transition.REOPEN: Transition.RETURN, Transition.DECLINE: Transition.ASK}
_ASKED_BACK = (Transition.RETURN, Transition.REOPEN)


class Step(TextChoices):
    """The one thing that a person does next with a report."""

    BEGIN = "begin", gettext_lazy("Begin")
    CONTINUE = "continue", gettext_lazy("Continue")
    ANSWER = "answer", gettext_lazy("Answer")
    SUBMIT = "submit", gettext_lazy("Check and submit")
    VIEW = "view", gettext_lazy("View")


@dataclass(frozen=True, slots=True)
class Said:
    """Something that was said about a report: what happened, who did it, when, and in which words; ``about`` are the
    codes of the indicators that they named.
    """

    what: str
    by: User | None
    at: datetime
    text: str
    about: tuple[str, ...] = ()


@dataclass
class DueReport(ReportState):
    """One mission's report for one period, as it is listed for a person.

    ``asked``: it was returned or reopened, and is to be answered; ``is_asked_for``: its mission waits for an answer to
    a correction that it asked for; ``held_back``: code and name of approved results that do not count yet.
    """

    counts: Counts
    updates: Updates
    may_read: bool
    may_enter: bool
    may_submit: bool
    said: tuple[Said, ...] = ()
    held_back: tuple[tuple[str, str], ...] = ()
    asked: bool = False
    is_asked_for: bool = False

    @property
    def is_answered(self) -> bool:
        """Nothing of it is owed any more: a figure of a later period, for a half-year or a year, speaks for it."""
        return self.revision is None and self.counts.missing == 0

    @property
    def is_to_do(self) -> bool:
        return self.is_open and not self.is_answered

    @property
    def is_left(self) -> bool:
        """Its time has passed, and it is still owed."""
        return self.has_closed and not self.is_answered

    @property
    def is_done(self) -> bool:
        return self.is_handed_in or (self.is_answered and not self.is_ahead)

    @property
    def is_ahead(self) -> bool:
        """Its window is still to come."""
        return self.lock is Lock.NOT_OPEN_YET

    @property
    def is_complete(self) -> bool:
        """Nothing is missing: it can be handed in."""
        return self.is_to_do and self.counts.missing == 0

    @property
    def next_step(self) -> Step:
        if not self.is_open or not self.may_enter:
            return Step.VIEW
        if self.asked:
            return Step.ANSWER
        if self.revision is None:
            return Step.BEGIN
        return Step.SUBMIT if self.is_complete and self.may_submit else Step.CONTINUE

    @property
    def waits_for(self) -> bool:
        """It is approved, and something of it is still open."""
        return bool(self.held_back or self.is_asked_for or (self.revision and self.revision.withdrawn_at))

    @property
    def moved_at(self) -> datetime | None:
        """When it was handed in, approved, or something was said of it last."""
        if self.revision is None:
            return None
        moments = (self.revision.submitted_at, self.revision.approved_at, *(each.at for each in self.said))
        return max((moment for moment in moments if moment is not None), default=None)


@dataclass(frozen=True)
class Ahead:
    """A window that is still to come, and what falls due in it: of each mission how many results."""

    period: ReportingPeriod
    days: int
    """Until it opens, by the clock of the mission that is furthest."""
    asked: tuple[tuple[Mission, int], ...]


def due_reports(
    *, missions: Iterable[Mission], periods: Iterable[ReportingPeriod], rights: Rights
) -> list[DueReport]:
    """Every report due from these missions in these periods of one strategy, begun or not, newest period first; what is
    neither due nor begun is left out. At most nine statements, the periods with their strategy at hand.
    """
    missions, periods = list(missions), list(periods)
    revisions = ReportRevision.objects.with_updates()
    states = read_states(missions=missions, periods=periods, revisions=revisions)
    latest = {key: state.revision for key, state in states.items() if state.revision is not None}
    counts = count_results(missions=missions, periods=periods, revisions=latest)
    updates = count_updates(missions=missions, periods=periods, revisions=latest)
    events = _read_events(latest.values())
    reports = []
    for period in sorted(periods, key=lambda p: -p.number):
        for mission in missions:
            key = (mission.pk, period.pk)
            if key not in counts:
                continue
            state = states[key]
            revision = state.revision
            told = events[revision.pk] if revision else []
            reports.append(
                DueReport(
                    mission=mission,
                    period=period,
                    revision=revision,
                    extension=state.extension,
                    lock=state.lock,
                    today=state.today,
                    counts=counts[key],
                    updates=updates.get(key, Updates()),
                    may_read=policies.can_read_report(rights, mission=mission, revision=revision),
                    may_enter=policies.can_enter(rights, mission=mission, revision=revision),
                    may_submit=_may_submit(rights, period, mission, revision),
                    said=_what_was_said(state, told),
                    held_back=_held_back_by(told),
                    asked=any(event.transition in _ASKED_BACK for event in told),
                    is_asked_for=any(map(_is_waiting, told)),
                )
            )
    return reports


def to_do_first(reports: Iterable[DueReport]) -> list[DueReport]:
    """Those that can be written now, in the order in which to do them: by the day on which each is to be handed in, so
    that what is overdue comes first; of one day, what was returned before what is new.
    """
    found = [each for each in reports if each.is_to_do]
    return sorted(found, key=lambda r: (r.deadline, not r.asked, r.mission.name, r.period.number))


def done_lately(reports: Iterable[DueReport]) -> list[DueReport]:
    """Those that are handed in: first where something is still open, then what moved last."""
    found = [each for each in reports if each.is_handed_in]
    return sorted(found, key=lambda r: (not r.waits_for, -(r.moved_at.timestamp() if r.moved_at else 0)))


def next_windows(reports: Iterable[DueReport]) -> list[Ahead]:
    """The next window of each mission in which something falls due, the soonest first; missions that share one stand
    together.
    """
    soonest: dict[int, DueReport] = {}
    for each in reports:
        held = soonest.get(each.mission.pk)
        if each.is_ahead and (held is None or each.period.number < held.period.number):
            soonest[each.mission.pk] = each
    of_period = defaultdict(list)
    for each in soonest.values():
        of_period[each.period.number].append(each)
    return [
        Ahead(
            period=together[0].period,
            days=max((each.period.opens_on - each.today).days for each in together),
            asked=tuple((each.mission, each.counts.asked) for each in together),
        )
        for _number, together in sorted(of_period.items())
    ]


def _may_submit(
    rights: Rights, period: ReportingPeriod, mission: Mission, revision: ReportRevision | None
) -> bool:
    if revision is None:
        return False
    # The strategy is the period's, which the caller has at hand.
    revision.report.period, revision.report.mission = period, mission
    return policies.can_submit(rights, mission=mission, revision=revision)


def _read_events(revisions: Iterable[ReportRevision]) -> Mapping[int, list[Any]]:
    """What was said of these revisions, by revision id, in order, with ``is_answered``, ``named_codes`` of the
    indicators that were named, and code and name of what their revision has ``held_back``; of what is handed in nothing
    that it has answered. One statement.
    """
    status = {revision.pk: revision.status for revision in revisions}
    named = EventIndicator.objects.filter(event=OuterRef("pk")).order_by("indicator__code")
    held_back = IndicatorResult.objects.filter(revision=OuterRef("revision"), held_back=True).in_order()
    events = (
        ReviewEvent.objects.filter(revision__in=status, transition__in=_TOLD)
        .with_answers()
        .annotate(
            named_codes=ArraySubquery(named.values("indicator__code")),
            held_back=ArraySubquery(held_back.values(pair=JSONArray("indicator__code", "indicator__name"))),
        )
        .select_related("actor")
        .order_by("at", "pk")
    )
    found: dict[int, list[Any]] = defaultdict(list)
    for event in events:
        if (event.transition in _ASKED_BACK) == (status[event.revision_id] in WRITABLE):
            found[event.revision_id].append(event)
    return found


def _is_waiting(event: Any) -> bool:
    """Whether a correction is asked for by it that nobody has answered."""
    return event.transition == Transition.ASK and not event.is_answered


def _what_was_said(state: ReportState, told: Collection[Any]) -> tuple[Said, ...]:
    """The last of each sort: how it came back, or how it was approved and what became of a correction; and, while it is
    with its mission, the extension. An asking that was answered by reopening has become that.
    """
    last: dict[Transition, Any] = {}
    for event in told:
        if event.comment and (event.transition != Transition.ASK or _is_waiting(event)):
            last[_SORTS.get(event.transition, event.transition)] = event
    said = [
        Said(event.get_transition_display(), event.actor, event.at, event.comment, tuple(event.named_codes))
        for event in sorted(last.values(), key=lambda event: (event.at, event.pk))
    ]
    if (extension := state.extension) and not state.is_handed_in:
        said.append(Said(_("Extended"), extension.granted_by, extension.granted_at, extension.reason))
    return tuple(said)


def _held_back_by(told: Collection[Any]) -> tuple[tuple[str, str], ...]:
    """Code and name of the results that were held back when a report was approved."""
    return tuple(
        (code, name)
        for event in told
        if event.transition == Transition.APPROVE
        for code, name in event.held_back
    )
