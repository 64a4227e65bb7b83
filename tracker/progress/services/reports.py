"""The life of a report: submit, recall, return, approve, reopen, drop, withdraw.

Each transition is one conditional UPDATE on the old status, with its review events and what people are told of it
in the same transaction: of two people who act at once, one wins and the other is told. A person who takes the same step
twice (a double click, a page sent again) has taken it once, and is answered as the first time.
"""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.access.models import User
from tracker.access.policies import rights_of
from tracker.common.bulk import share_writes
from tracker.common.errors import NotAllowed, Refused, Stale
from tracker.region.models import Mission

from .. import policies
from ..choices import SAID, TRANSITIONS, RevisionStatus, Transition
from ..models import (
    CellValue,
    IndicatorResult,
    ProgressReport,
    ReportingPeriod,
    ReportRevision,
    ReviewEvent,
)
from ..rules import answer_by
from .completeness import missing_results
from .copying import copy_parts
from .locks import PROGRESS, refuse_unless_writable
from .overlaps import refuse_double_counting
from .telling import tell_of_step

_COPIED = (
    "indicator_id", "value", "numerator", "denominator", "not_applicable", "comment", "covers", "is_carried",
    "held_back",
)  # fmt: skip


def _named(revisions: Collection[ReportRevision]) -> str:
    return "; ".join(f"{r.report.mission}, {r.report.period}" for r in revisions)


def read_revisions(ids: Collection[int]) -> list[ReportRevision]:
    """The revisions with what a sentence about them needs, in one statement."""
    return list(
        ReportRevision.objects.filter(pk__in=ids)
        .select_related("report__mission", "report__period__strategy")
        .order_by("pk")
    )


def _step(
    transition: Transition,
    revisions: Collection[ReportRevision],
    *,
    user: User,
    comment: str = "",
    changes: Mapping[str, Any],
    only_if: Mapping[str, Any] | None = None,
) -> None:
    """Move all of the revisions or none: the UPDATE carries the old status (and what else must hold), so that
    whoever comes second (a stale page, another officer at the same instant) changes nothing and is told; a
    person who comes again with the same step finds it taken.
    """
    olds, new = TRANSITIONS[transition]
    ids = [r.pk for r in revisions]
    rows = ReportRevision.objects.filter(pk__in=ids, status__in=olds, **(only_if or {}))
    moved = rows.update(status=new, **changes)
    if not moved and _is_taken(transition, ids, user=user, comment=comment):
        return
    if moved != len(ids):
        left = [r for r in read_revisions(ids) if r.status != new]
        raise Stale(
            _("%(reports)s: somebody was there before you. Look at it again; nothing was changed.")
            % {"reports": _named(left or revisions)}
        )
    ReviewEvent.objects.bulk_create(
        ReviewEvent(
            revision=r,
            transition=transition,
            from_status=r.status,
            to_status=new,
            comment=comment,
            actor=user,
        )
        for r in revisions
    )
    tell_of_step(transition, revisions, user=user, comment=comment, answer_by=changes.get("answer_by"))


def _is_taken(transition: Transition, ids: Collection[int], *, user: User, comment: str = "") -> bool:
    """Whether the last that moved each of these revisions is this very step, by this person."""
    last = (
        ReviewEvent.objects.filter(revision_id__in=ids)
        .exclude(transition__in=SAID)
        .order_by("revision_id", "-at", "-pk")
        .distinct("revision_id")
    )
    taken = [
        event
        for event in last
        if (event.transition, event.actor_id, event.comment) == (transition, user.pk, comment)
    ]
    return len(taken) == len(ids)


@transaction.atomic
def begin_report(*, mission: Mission, period: ReportingPeriod, user: User) -> ReportRevision:
    """The open revision of a mission's report, begun empty if there is none yet.

    Two colleagues who begin at once get the same one: the report is unique, and so is its open revision.
    """
    share_writes(PROGRESS)
    report, _made = ProgressReport.objects.get_or_create(mission=mission, period=period)
    # Holds off the other beginner until the revision is there.
    ProgressReport.objects.select_for_update().get(pk=report.pk)
    latest = report.revisions.exclude(status=RevisionStatus.DROPPED).order_by("-number").first()
    if latest is not None:
        return latest
    number = (report.revisions.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    revision = ReportRevision.objects.create(
        report=report,
        number=number,
        created_by=user,
        on_behalf=mission.pk not in rights_of(user).missions,
    )
    ReviewEvent.objects.create(
        revision=revision, transition=Transition.START, to_status=RevisionStatus.DRAFT, actor=user
    )
    return revision


@transaction.atomic
def submit_report(*, revision: ReportRevision, user: User) -> None:
    """Hand a draft or a returned report to the officers. Everything due is given or explained."""
    share_writes(PROGRESS)
    # Held while it is looked through: a colleague who clears a value meanwhile waits, and then meets the lock.
    ReportRevision.objects.select_for_update().get(pk=revision.pk)
    [revision] = read_revisions([revision.pk])
    if _is_taken(Transition.SUBMIT, [revision.pk], user=user):
        return
    report = revision.report
    if not policies.can_submit(rights_of(user), mission=report.mission, revision=revision):
        raise NotAllowed(
            _("Only a lead reporter of %(mission)s submits its reports.") % {"mission": report.mission}
            if report.mission_id in rights_of(user).missions
            else _("Only the people of %(mission)s submit its reports.") % {"mission": report.mission}
        )
    refuse_unless_writable(revision, user=user)
    if missing := missing_results(revision):
        raise Refused(
            ngettext(
                "%(count)s result that is due is neither given nor explained: %(codes)s. Give a value, say "
                "“not applicable”, or say in the comment why there is none.",
                "%(count)s results that are due are neither given nor explained: %(codes)s. Give a value, say "
                "“not applicable”, or say in the comment why there is none.",
                len(missing),
            )
            % {
                "count": len(missing),
                "codes": ", ".join(missing[:8]) + (" …" if len(missing) > 8 else ""),
            }
        )
    _step(
        Transition.SUBMIT,
        [revision],
        user=user,
        changes={
            "submitted_by": user,
            "submitted_at": timezone.now(),
            "opened_at": None,
        },
    )


@transaction.atomic
def recall_report(*, revision: ReportRevision, user: User) -> None:
    """Take a submitted report back, until an officer has opened it."""
    share_writes(PROGRESS)
    [revision] = read_revisions([revision.pk])
    if _is_taken(Transition.RECALL, [revision.pk], user=user):
        return
    _refuse_recall(revision, user=user)
    # It is a draft again, and a draft is the mission's own: the first submission stays among the events.
    _step(
        Transition.RECALL,
        [revision],
        user=user,
        changes={"submitted_by": None, "submitted_at": None},
        only_if={"opened_at__isnull": True},
    )


def _refuse_recall(revision: ReportRevision, *, user: User) -> None:
    """Raise where this person cannot recall this report now, saying why."""
    if revision.status != RevisionStatus.SUBMITTED:
        raise Stale(
            _("The report is not submitted now (%(state)s), so there is nothing to recall.")
            % {"state": revision.get_status_display().lower()}
        )
    if revision.opened_at is not None:
        raise Stale(_("An officer has opened the report meanwhile; ask them to return it."))
    if not policies.can_recall(user, rights_of(user), revision=revision):
        raise NotAllowed(_("Whoever submitted the report recalls it, or a lead."))


def mark_opened(*, revision: ReportRevision) -> None:
    """An officer has opened a submitted report: from now on it is returned, not recalled."""
    ReportRevision.objects.filter(
        pk=revision.pk, status=RevisionStatus.SUBMITTED, opened_at__isnull=True
    ).update(opened_at=timezone.now())


def _officer(user: User) -> None:
    if not policies.can_review(user):
        raise NotAllowed(_("Only a regional M&E officer can do this."))


def _reason(text: str, sentence: str) -> str:
    if not text.strip():
        raise Refused(sentence)
    return text.strip()


@transaction.atomic
def return_report(*, revision: ReportRevision, user: User, comment: str) -> None:
    """Send a submitted report back with a comment; it is open until its answer-by date."""
    share_writes(PROGRESS)
    _officer(user)
    comment = _reason(comment, _("Say what should be looked at again: a return needs a comment."))
    _step(
        Transition.RETURN,
        read_revisions([revision.pk]),
        user=user,
        comment=comment,
        changes={"answer_by": answer_by(timezone.localdate())},
    )


@transaction.atomic
def approve_reports(
    *,
    revisions: Collection[ReportRevision],
    user: User,
    comment: str = "",
    hold_back: Collection[int] | None = None,
) -> int:
    """Approve one report or many, all or none. Results of the indicators in ``hold_back`` do not count yet and
    all others do; None leaves what was held back before as it is.

    One who submitted a report or entered a result of it cannot approve it; a list with one such report
    is refused whole. The database refuses it too.
    """
    share_writes(PROGRESS)
    _officer(user)
    ids = [r.pk for r in revisions]
    rows = read_revisions(ids)
    if own := policies.own_work(user, ids):
        raise NotAllowed(
            _(
                "You submitted or entered results of %(reports)s, so somebody else has to approve it. "
                "Nothing was approved."
            )
            % {"reports": _named([r for r in rows if r.pk in own])}
        )
    if hold_back is not None:
        submitted = IndicatorResult.objects.filter(
            revision_id__in=ids, revision__status=RevisionStatus.SUBMITTED
        )
        submitted.filter(indicator_id__in=hold_back).update(held_back=True)
        submitted.filter(held_back=True).exclude(indicator_id__in=hold_back).update(held_back=False)
    refuse_double_counting(revisions=rows)
    _step(
        Transition.APPROVE,
        rows,
        user=user,
        comment=comment,
        changes={"approved_by": user, "approved_at": timezone.now(), "answer_by": None},
    )
    return len(rows)


@transaction.atomic
def reopen_report(*, report: ProgressReport, user: User, comment: str) -> ReportRevision:
    """Begin the next revision as a copy of the approved one, which counts until the new one is approved; where
    the figures were withdrawn and none count, of what was withdrawn.
    """
    share_writes(PROGRESS)
    _officer(user)
    comment = _reason(comment, _("Say why the report is reopened."))
    # Of two officers who reopen at once, the second waits here and then finds an open revision.
    report = ProgressReport.objects.select_for_update().get(pk=report.pk)
    opened = report.revisions.open().first()
    if opened is not None:
        if _is_taken(Transition.REOPEN, [opened.pk], user=user, comment=comment):
            return opened
        raise Stale(_("The report is open already. Look at it again; nothing was changed."))
    once_approved = report.revisions.filter(status=RevisionStatus.APPROVED)
    approved = (
        report.revisions.approved().order_by("-number").first() or once_approved.order_by("-number").first()
    )
    if approved is None:
        raise Refused(_("There is no approved report to reopen."))
    last = report.revisions.order_by("-number").values_list("number", flat=True).first() or 0
    revision = ReportRevision.objects.create(
        report=report,
        number=last + 1,
        created_by=user,
        answer_by=answer_by(timezone.localdate()),
    )
    copy_results(source=approved, target=revision)
    copy_parts(f"(SELECT {approved.pk:d}::bigint AS old_id, {revision.pk:d}::bigint AS new_id)")
    ReviewEvent.objects.create(
        revision=revision,
        transition=Transition.REOPEN,
        from_status=RevisionStatus.APPROVED,
        to_status=RevisionStatus.DRAFT,
        comment=comment,
        actor=user,
    )
    again = read_revisions([revision.pk])
    tell_of_step(Transition.REOPEN, again, user=user, comment=comment, answer_by=revision.answer_by)
    return revision


def copy_results(*, source: ReportRevision, target: ReportRevision) -> None:
    """Lay the results of one revision, cells included, into an empty one, as untouched copies."""
    rows = list(IndicatorResult.objects.filter(revision=source).order_by("pk"))
    copies = IndicatorResult.objects.bulk_create(
        IndicatorResult(
            revision=target,
            is_copy=True,
            entered_by_id=row.entered_by_id,
            entered_at=row.entered_at,
            origin=row.origin,
            batch_id=row.batch_id,
            **{name: getattr(row, name) for name in _COPIED},
        )
        for row in rows
    )
    new_id = {old.pk: new.pk for old, new in zip(rows, copies, strict=True)}
    CellValue.objects.bulk_create(
        CellValue(
            result_id=new_id[cell.result_id],
            cell_id=cell.cell_id,
            value=cell.value,
            numerator=cell.numerator,
            denominator=cell.denominator,
        )
        for cell in CellValue.objects.filter(result__revision=source)
    )


@transaction.atomic
def drop_revision(*, revision: ReportRevision, user: User) -> None:
    """Give up a reopened revision; the approved one goes on counting."""
    share_writes(PROGRESS)
    _officer(user)
    [revision] = read_revisions([revision.pk])
    if not revision.report.revisions.approved().exists():
        raise Refused(_("Only a reopened report can be dropped: this one has no approved revision."))
    _step(Transition.DROP, [revision], user=user, changes={})


@transaction.atomic
def withdraw_figures(*, revision: ReportRevision, user: User, reason: str) -> None:
    """Take approved figures out of every figure at once; the revision approved before counts again."""
    share_writes(PROGRESS)
    _officer(user)
    reason = _reason(reason, _("Say why the approved figures are withdrawn."))
    [revision] = read_revisions([revision.pk])
    # Two officers at once: only one of them finds it not withdrawn.
    moved = ReportRevision.objects.filter(
        pk=revision.pk, status=RevisionStatus.APPROVED, withdrawn_at__isnull=True
    ).update(withdrawn_at=timezone.now(), withdrawn_by=user, withdrawn_reason=reason)
    if not moved and _is_taken(Transition.WITHDRAW, [revision.pk], user=user, comment=reason):
        return
    if not moved:
        raise Stale(_("These figures are not approved, or already withdrawn. Nothing was changed."))
    ReviewEvent.objects.create(
        revision=revision,
        transition=Transition.WITHDRAW,
        from_status=revision.status,
        to_status=revision.status,
        comment=reason,
        actor=user,
    )
    tell_of_step(Transition.WITHDRAW, [revision], user=user, comment=reason)
