"""The officer's desk: what awaits review, and the decision on one report."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST
from django_tables2 import RequestConfig

from tracker.access.policies import rights_of
from tracker.access.requests import PersonRequest
from tracker.common.errors import NotAllowed, Refused
from tracker.framework.models import Indicator
from tracker.progress import policies
from tracker.progress.choices import RevisionStatus
from tracker.progress.models import IndicatorResult, ReportingPeriod, ReportRevision
from tracker.progress.services import reports

from .forms import ApproveForm, CommentForm
from .querysets import review_queue, states_by_mission
from .tables import QueueTable

PERIODS_SHOWN = 4


def officers_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Signed in, and an officer or the head; others are told so (403)."""

    @login_required
    def guarded(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not policies.can_review(request.user):
            raise PermissionDenied(_("Reports are reviewed by regional M&E officers."))
        return view(request, *args, **kwargs)

    return guarded


@officers_only
@require_GET
def desk(request: PersonRequest) -> HttpResponse:
    """The queue, and where every mission stands in the last periods."""
    table = QueueTable(review_queue(request.user))
    RequestConfig(request, paginate={"per_page": 50}).configure(table)
    ended = ReportingPeriod.objects.of_current_strategy().ended(on=timezone.localdate())
    periods = list(ended.order_by("-number")[:PERIODS_SHOWN])[::-1]
    return render(
        request,
        "review/desk.html",
        {"table": table, "periods": periods, "states": states_by_mission(periods)},
    )


def _revision(request: PersonRequest, pk: int) -> ReportRevision:
    """The revision a page is about, among those that this person may read (404 otherwise)."""
    readable = ReportRevision.objects.readable_by(rights_of(request.user))
    return get_object_or_404(
        readable.select_related(
            "report__mission", "report__period__strategy", "submitted_by", "approved_by", "withdrawn_by"
        ),
        pk=pk,
    )


@officers_only
@require_GET
def report(request: PersonRequest, pk: int) -> HttpResponse:
    """One revision: its results beside what counted before, and the decision."""
    revision = _revision(request, pk)
    if revision.status == RevisionStatus.SUBMITTED:
        reports.mark_opened(revision=revision)
    return _show(request, revision)


def _show(
    request: PersonRequest,
    revision: ReportRevision,
    *,
    approve: ApproveForm | None = None,
    comment: CommentForm | None = None,
    status: int = 200,
) -> HttpResponse:
    results = list(
        IndicatorResult.objects.filter(revision=revision)
        .select_related("indicator__objective__priority", "entered_by")
        .prefetch_related("cells__cell__breakdown")
        .in_order()
    )
    earlier = {
        r.indicator_id: r
        for r in IndicatorResult.objects.counting()
        .given()
        .filter(
            revision__report__mission=revision.report.mission_id,
            revision__report__period__number__lte=revision.report.period.number,
            indicator__in=[r.indicator_id for r in results],
        )
        .exclude(revision=revision)
        .select_related("revision__report__period")
        .order_by("indicator_id", "-revision__report__period__number")
        .distinct("indicator_id")
    }
    latest = (
        not revision.report.revisions.filter(number__gt=revision.number).exclude(status="dropped").exists()
    )
    counts = revision.status == RevisionStatus.APPROVED and revision.withdrawn_at is None
    is_own = bool(policies.own_work(request.user, [revision.pk]))
    return render(
        request,
        "review/report.html",
        {
            "revision": revision,
            "report": revision.report,
            "rows": [(r, earlier.get(r.indicator_id)) for r in results],
            "is_own": is_own,
            "approvers": policies.approvers_of(revision) if is_own else [],
            "missing": reports.missing_results(revision),
            "approve": approve
            or ApproveForm(
                indicators=_indicators(revision),
                initial={"hold_back": [r.indicator_id for r in results if r.held_back]},
            ),
            "comment": comment or CommentForm(),
            "may_decide": revision.status == RevisionStatus.SUBMITTED,
            "may_reopen": latest and revision.status == RevisionStatus.APPROVED,
            "may_withdraw": counts,
            "may_drop": latest and revision.number > 1 and revision.status in ("draft", "returned"),
            "events": revision.review_events.select_related("actor"),
            "others": revision.report.revisions.exclude(pk=revision.pk).order_by("number"),
        },
        status=status,
    )


def _indicators(revision: ReportRevision) -> Any:
    return Indicator.objects.filter(results__revision=revision).in_order()


def _act(
    request: PersonRequest, revision: ReportRevision, act: Callable[[], object], done: str
) -> HttpResponse:
    """Carry out a step; say what happened, or why it did not, in the same place."""
    try:
        act()
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("review-report", pk=revision.pk)


@officers_only
@require_POST
def approve(request: PersonRequest, pk: int) -> HttpResponse:
    """Approve one report."""
    revision = _revision(request, pk)
    form = ApproveForm(request.POST, indicators=_indicators(revision))
    if not form.is_valid():
        return _show(request, revision, approve=form, status=422)
    held = [i.pk for i in form.cleaned_data["hold_back"]]
    return _act(
        request,
        revision,
        lambda: reports.approve_reports(
            revisions=[revision],
            user=request.user,
            comment=form.cleaned_data["comment"],
            hold_back=held,
        ),
        ngettext(
            "Approved, with %(count)s result held back. The region’s figures include it now.",
            "Approved, with %(count)s results held back. The region’s figures include it now.",
            len(held),
        )
        % {"count": len(held)}
        if held
        else _("Approved. The region’s figures include it now."),
    )


def _with_comment(request: PersonRequest, pk: int, act: Callable[..., object], done: str) -> HttpResponse:
    revision = _revision(request, pk)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _show(request, revision, comment=form, status=422)
    return _act(request, revision, lambda: act(revision, form.cleaned_data["comment"]), done)


@officers_only
@require_POST
def return_(request: PersonRequest, pk: int) -> HttpResponse:
    """Send a report back with a comment."""
    return _with_comment(
        request,
        pk,
        lambda revision, comment: reports.return_report(
            revision=revision,
            user=request.user,
            comment=comment,
        ),
        _("Returned. The mission sees your comment and can write again."),
    )


@officers_only
@require_POST
def reopen(request: PersonRequest, pk: int) -> HttpResponse:
    """Begin the next revision of an approved report."""
    return _with_comment(
        request,
        pk,
        lambda revision, comment: reports.reopen_report(
            report=revision.report,
            user=request.user,
            comment=comment,
        ),
        _("Reopened. The approved figures go on counting until the new revision is approved."),
    )


@officers_only
@require_POST
def withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    """Take approved figures out at once."""
    return _with_comment(
        request,
        pk,
        lambda revision, comment: reports.withdraw_figures(
            revision=revision,
            user=request.user,
            reason=comment,
        ),
        _("Withdrawn. These figures no longer count."),
    )


@officers_only
@require_POST
def drop(request: PersonRequest, pk: int) -> HttpResponse:
    """Give up a reopened revision."""
    revision = _revision(request, pk)
    return _act(
        request,
        revision,
        lambda: reports.drop_revision(revision=revision, user=request.user),
        _("Dropped. The approved revision goes on counting."),
    )


@officers_only
@require_POST
def approve_many(request: PersonRequest) -> HttpResponse:
    """Approve several reports, all or none."""
    wanted = [int(pk) for pk in request.POST.getlist("revision") if pk.isdecimal() and len(pk) < 18]
    chosen = list(ReportRevision.objects.readable_by(rights_of(request.user)).filter(pk__in=wanted))
    if not chosen or len(chosen) != len(set(wanted)):
        messages.error(request, _("Choose reports from the list. Nothing was approved."))
        return redirect("review")
    try:
        count = reports.approve_reports(revisions=chosen, user=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request,
            ngettext("%(count)s report approved.", "%(count)s reports approved.", count) % {"count": count},
        )
    return redirect("review")
