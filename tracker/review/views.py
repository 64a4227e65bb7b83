"""The officer's desk: what awaits review, and the decision on one report."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet, prefetch_related_objects
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from tracker.access.policies import rights_of
from tracker.access.requests import PersonRequest, ids_among
from tracker.batches.downloads import send_list
from tracker.common.errors import NotAllowed, Refused
from tracker.common.formats import show_quarter
from tracker.common.lists import cut_page
from tracker.framework.models import Indicator
from tracker.progress import policies
from tracker.progress.choices import RevisionStatus, Transition
from tracker.progress.models import ReportingPeriod, ReportRevision, ReviewEvent
from tracker.progress.services import corrections, reports
from tracker.progress.services.due import read_first_submissions

from .forms import ApproveForm, CommentForm, DeclineForm
from .reading.desk import named_in_order, read_asks, read_queue, states_by_mission
from .reading.report import ReportPage, find_recalled, open_steps, read_report
from .tables import QueueTable

PERIODS_SHOWN = 4


def officers_only(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Signed in, and an officer or the head; others are told so (403)."""

    @login_required
    def guarded(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not policies.can_review(request.user):
            raise PermissionDenied(_("Reports are reviewed by regional M&E officers."))
        return view(request, *args, **kwargs)

    return guarded


@officers_only
@require_GET
def desk(request: PersonRequest) -> HttpResponseBase:
    """The queue, and where every mission stands in the last periods."""
    table = QueueTable(read_queue(request.user))
    cut_page(request, table, usual=50)
    if answer := send_list(request, table, name="review", user=request.user):
        return answer
    periods = _last_periods()
    return render(
        request,
        "review/desk.html",
        {
            "table": table,
            "asked": read_asks(),
            "periods": periods,
            "states": states_by_mission(periods),
        },
    )


def _last_periods() -> list[ReportingPeriod]:
    """The last periods that have ended, the oldest first."""
    ended = ReportingPeriod.objects.of_current_strategy().ended(on=timezone.localdate())
    return list(ended.order_by("-number")[:PERIODS_SHOWN])[::-1]


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
    """One revision: its results beside what counted before, and the decision.

    Whoever was told that it was submitted finds their way where the mission has recalled it meanwhile.
    """
    try:
        revision = _revision(request, pk)
    except Http404:
        recalled = find_recalled(pk)
        if recalled is None:
            raise
        messages.info(
            request,
            _(
                "%(mission)s recalled the report for %(period)s: it is a draft again, and waits here once it is "
                "submitted anew."
            )
            % {"mission": recalled.mission, "period": show_quarter(recalled.period.code)},
        )
        return redirect("review")
    if revision.status == RevisionStatus.SUBMITTED and revision.opened_at is None:
        reports.mark_opened(revision=revision)
    return _show(request, revision)


def _show(
    request: PersonRequest,
    revision: ReportRevision,
    *,
    approve: ApproveForm | None = None,
    comment: CommentForm | None = None,
    declining: DeclineForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, with what was typed into a form that was refused."""
    page = read_report(revision)
    only_changed = page.is_compared and request.GET.get("rows") == "changed"
    is_own = bool(policies.own_work(request.user, [revision.pk]))
    others = list(revision.report.revisions.exclude(pk=revision.pk).order_by("number"))
    return render(
        request,
        "review/report.html",
        {
            "strategy": revision.report.period.strategy,
            "revision": revision,
            "report": revision.report,
            "page": page,
            "rows": page.changed if only_changed else page.rows,
            "only_changed": only_changed,
            "is_own": is_own,
            "approvers": policies.approvers_of(revision) if is_own else [],
            "approve": approve or _approve_form(page),
            "comment": comment or CommentForm(),
            "asked": _open_ask(revision),
            "declining": declining or DeclineForm(),
            "first": read_first_submissions([revision]).get(revision.report_id),
            "may": open_steps(revision, others),
            "others": others,
        },
        status=status,
    )


def _approve_form(page: ReportPage) -> ApproveForm:
    """With what was held back before still ticked."""
    results = [row.result for row in page.rows]
    held_back = [result.indicator_id for result in results if result.held_back]
    return ApproveForm(indicators=[result.indicator for result in results], initial={"hold_back": held_back})


def _indicators(revision: ReportRevision) -> QuerySet[Indicator]:
    """Those whose results can be held back."""
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
    held_back = form.cleaned_data["hold_back"]
    return _act(
        request,
        revision,
        lambda: reports.approve_reports(
            revisions=[revision],
            user=request.user,
            comment=form.cleaned_data["comment"],
            hold_back=held_back,
        ),
        _and_where_to_see_it(_say_approved(held_back=len(held_back)), revision.report.period),
    )


def _say_approved(*, held_back: int) -> str:
    if not held_back:
        return _("Approved. The region’s figures include it now.")
    return ngettext(
        "Approved, with %(count)s result held back. The region’s figures include it now.",
        "Approved, with %(count)s results held back. The region’s figures include it now.",
        held_back,
    ) % {"count": held_back}


def _and_where_to_see_it(done: str, period: ReportingPeriod) -> SafeString:
    """What was done, with the way to the figures that it moved: pages show a running period only when asked."""
    return format_html(
        '{} <a href="{}?period={}">{}</a>',
        done,
        reverse("framework"),
        period.code,
        _("See the region as of %(quarter)s") % {"quarter": show_quarter(period.code)},
    )


def _with_comment(request: PersonRequest, pk: int, act: Callable[..., object], done: str) -> HttpResponse:
    """Carry out a step that says why, or give the page back with what is wrong with the comment."""
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


def _open_ask(revision: ReportRevision) -> ReviewEvent | None:
    """The correction of an approved report that its mission asks for, with the indicators that it names."""
    if revision.status != RevisionStatus.APPROVED:
        return None
    asked = corrections.open_ask_of(revision)
    if asked is not None:
        prefetch_related_objects([asked], named_in_order())
    return asked


@officers_only
@require_POST
def decline(request: PersonRequest, pk: int) -> HttpResponse:
    """Answer a mission that its approved report stays as it is."""
    revision = _revision(request, pk)
    asked = revision.review_events.filter(
        transition=Transition.ASK, pk__in=ids_among([request.POST.get("asked", "")])
    ).first()
    form = DeclineForm(request.POST)
    if asked is None:
        messages.error(request, _("No correction of this report is asked for. Nothing was changed."))
        return redirect("review-report", pk=revision.pk)
    if not form.is_valid():
        return _show(request, revision, declining=form, status=422)
    return _act(
        request,
        revision,
        lambda: corrections.decline_correction(
            asked=asked, user=request.user, comment=form.cleaned_data["comment"]
        ),
        _("Declined. The mission sees why; the approved figures stay."),
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
    wanted = ids_among(request.POST.getlist("revision"))
    readable = ReportRevision.objects.readable_by(rights_of(request.user)).select_related("report__period")
    chosen = list(readable.filter(pk__in=wanted))
    if not chosen or len(chosen) != len(wanted):
        messages.error(request, _("Choose reports from the list. Nothing was approved."))
        return redirect("review")
    try:
        count = reports.approve_reports(revisions=chosen, user=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        done = ngettext("%(count)s report approved.", "%(count)s reports approved.", count)
        latest = max((revision.report.period for revision in chosen), key=lambda period: period.number)
        messages.success(request, _and_where_to_see_it(done % {"count": count}, latest))
    return redirect("review")
