"""Asking for a correction of an approved report, and declining it. An officer who agrees reopens the report."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from tracker.access.models import User
from tracker.access.policies import rights_of
from tracker.common.bulk import share_writes
from tracker.common.errors import NotAllowed, Refused, Stale
from tracker.common.formats import show_date
from tracker.framework.models import Indicator

from .. import policies
from ..choices import RevisionStatus, Transition
from ..models import EventIndicator, IndicatorResult, ProgressReport, ReportRevision, ReviewEvent
from .locks import PROGRESS, day_of
from .reports import read_revisions
from .telling import tell_of_step


@transaction.atomic
def ask_for_correction(
    *, revision: ReportRevision, user: User, comment: str, indicators: Collection[Indicator] = ()
) -> ReviewEvent:
    """Ask the officers to reopen an approved report, saying why; maybe naming the indicators concerned.

    A person who asks the same twice (a double click) has asked once. Raises NotAllowed for all but the mission's
    people, Refused without a comment, for an indicator that the report says nothing of, where the report is not
    approved, and while somebody's asking waits for an answer.
    """
    share_writes(PROGRESS)
    report = _hold(revision)
    if not policies.can_ask_for_correction(rights_of(user), mission=report.mission):
        raise NotAllowed(
            _("The people of %(mission)s ask for its corrections.") % {"mission": report.mission}
        )
    comment = comment.strip()
    if not comment:
        raise Refused(_("Say what is to be corrected: officers decide by it."))
    named = {indicator.pk for indicator in indicators}
    waiting = open_ask_of(revision)
    if waiting is not None:
        asked = set(waiting.named.values_list("indicator_id", flat=True))
        if (waiting.actor_id, waiting.comment, asked) == (user.pk, comment, named):
            return waiting
        raise Stale(
            _("%(who)s has asked for a correction on %(date)s already, and no officer has answered yet.")
            % {"who": waiting.actor, "date": show_date(day_of(report.mission, waiting.at))}
        )
    latest = report.revisions.exclude(status=RevisionStatus.DROPPED).order_by("-number").first()
    if latest is None or latest.pk != revision.pk or latest.status != RevisionStatus.APPROVED:
        raise Stale(_("The report is not approved now, so there is nothing to ask for. Look at it again."))
    held = IndicatorResult.objects.filter(revision=revision, indicator__in=named)
    if held.count() != len(named):
        raise Refused(
            _("This report says nothing of one of these indicators. Choose among those that it has.")
        )
    event = _say(Transition.ASK, revision, user=user, comment=comment)
    EventIndicator.objects.bulk_create(EventIndicator(event=event, indicator_id=pk) for pk in sorted(named))
    return event


@transaction.atomic
def decline_correction(*, asked: ReviewEvent, user: User, comment: str) -> ReviewEvent:
    """Answer a mission that its approved report stays as it is, saying why.

    Raises NotAllowed for all but officers, Refused without a comment, Stale where it has been answered already.
    """
    share_writes(PROGRESS)
    if not policies.can_review(user):
        raise NotAllowed(_("Only a regional M&E officer can do this."))
    comment = comment.strip()
    if not comment:
        raise Refused(_("Say why the report stays as it is."))
    _hold(asked.revision)
    waiting = open_ask_of(asked.revision)
    if waiting is None or waiting.pk != asked.pk:
        last = asked.revision.review_events.filter(transition=Transition.DECLINE).order_by("at", "pk").last()
        if last is not None and (last.actor_id, last.comment) == (user.pk, comment):
            return last
        raise Stale(_("Somebody has answered this already. Look at the report again; nothing was changed."))
    return _say(Transition.DECLINE, asked.revision, user=user, comment=comment)


def open_ask_of(revision: ReportRevision) -> ReviewEvent | None:
    """The asking of this revision that waits for an answer, with who asked."""
    return ReviewEvent.objects.open_asks().filter(revision=revision).select_related("actor").first()


def _hold(revision: ReportRevision) -> ProgressReport:
    """The race it prevents: of two who ask, or answer, or reopen at once, the second waits and is told."""
    return (
        ProgressReport.objects.select_for_update(of=("self",))
        .select_related("mission")
        .get(pk=revision.report_id)
    )


def _say(step: Transition, revision: ReportRevision, *, user: User, comment: str) -> ReviewEvent:
    event = ReviewEvent.objects.create(
        revision=revision,
        transition=step,
        from_status=RevisionStatus.APPROVED,
        to_status=RevisionStatus.APPROVED,
        comment=comment,
        actor=user,
    )
    tell_of_step(step, read_revisions([revision.pk]), user=user, comment=comment)
    return event
