"""Who may do what to a report. Views ask before they show a button, services before they write."""

from collections.abc import Collection

from django.db.models import Q

from tracker.access.choices import Role
from tracker.access.models import User
from tracker.access.policies import Rights, people_with, rights_of
from tracker.region.models import Mission

from .choices import RevisionStatus
from .models import IndicatorResult, ReportRevision


def can_read_report(rights: Rights, *, mission: Mission, revision: ReportRevision | None) -> bool:
    """The mission's own people always; officers once it was submitted, or where they enter it themselves.

    Stranger to a mission: its report does not exist.
    """
    if mission.pk in rights.missions:
        return True
    if not rights.is_officer:
        return False
    return revision is None or revision.on_behalf or revision.submitted_at is not None


def can_enter(rights: Rights, *, mission: Mission, revision: ReportRevision | None) -> bool:
    """Reporters and leads for their mission; an officer on a mission's behalf, where the mission itself has
    not begun.
    """
    if mission.pk in rights.missions:
        return True
    return rights.is_officer and (revision is None or revision.on_behalf)


def can_submit(rights: Rights, *, mission: Mission, revision: ReportRevision) -> bool:
    """Reporters and leads (leads alone, if the strategy says so); an officer what was entered on behalf."""
    if mission.pk in rights.leads:
        return True
    if mission.pk in rights.missions:
        return not revision.report.period.strategy.lead_submits
    return rights.is_officer and revision.on_behalf


def can_recall(user: User, rights: Rights, *, revision: ReportRevision) -> bool:
    """The submitter or a lead, until an officer has opened it."""
    if revision.status != RevisionStatus.SUBMITTED or revision.opened_at is not None:
        return False
    return revision.submitted_by_id == user.pk or revision.report.mission_id in rights.leads


def can_review(user: User) -> bool:
    """Return, approve, hold back, reopen, withdraw, extend."""
    return rights_of(user).is_officer


def can_extend(user: User) -> bool:
    """Grant a mission more time for a report, and withdraw that."""
    return rights_of(user).is_officer


def can_ask_for_correction(rights: Rights, *, mission: Mission) -> bool:
    """The mission's people, of what was approved; an officer reopens it without asking anybody."""
    return mission.pk in rights.missions


def own_work(user: User, revisions: Collection[int]) -> set[int]:
    """Those of the revisions that this person submitted or entered a result of (untouched copies do not
    count) and therefore cannot approve: whatever role they act in, it is the same person.
    """
    entered = IndicatorResult.objects.filter(
        revision_id__in=revisions, entered_by=user, is_copy=False
    ).values("revision_id")
    return set(
        ReportRevision.objects.filter(pk__in=revisions)
        .filter(Q(submitted_by=user) | Q(pk__in=entered))
        .values_list("pk", flat=True)
    )


def approvers_of(revision: ReportRevision) -> list[User]:
    """Who could approve it: officers and heads who neither submitted it nor entered anything in it."""
    authors = IndicatorResult.objects.filter(revision=revision, is_copy=False).values_list(
        "entered_by_id", flat=True
    )
    had_a_hand = {revision.submitted_by_id, *authors.distinct()}
    return [person for person in people_with(Role.OFFICER, Role.HEAD) if person.pk not in had_a_hand]
