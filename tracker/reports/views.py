"""Periodic reports: the list, one edition, its files, its release."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tracker.access.guards import readers_only
from tracker.access.policies import rights_of
from tracker.access.requests import PersonRequest, ids_among
from tracker.batches.downloads import send_list
from tracker.common.errors import NotAllowed, Refused
from tracker.common.jobs.choices import JobStatus
from tracker.common.lists import cut_page
from tracker.progress.models import ReportingPeriod

from . import policies, services
from .choices import EditionFormat
from .forms import RequestForm
from .models import Edition, EditionFile, ReportSchedule
from .querysets import EditionQuerySet
from .tables import EditionTable

# What the job says of its stage, in words.
STAGES = {
    "gathering": gettext_lazy("gathering the figures"),
    "writing": gettext_lazy("drawing and writing"),
    "keeping": gettext_lazy("storing the files"),
}

CONTENT_TYPES = {
    EditionFormat.PDF: "application/pdf",
    EditionFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _readable(request: PersonRequest) -> EditionQuerySet:
    return Edition.objects.readable_by(rights_of(request.user)).select_related(
        "period__strategy", "mission", "job", "released_by", "requested_by", "schedule"
    )


def _request_form(data: object = None) -> RequestForm:
    ended = ReportingPeriod.objects.of_current_strategy().ended(on=timezone.localdate()).order_by("-number")
    return RequestForm(data, periods=ended)


@readers_only
@require_GET
def editions(request: PersonRequest) -> HttpResponseBase:
    """Every edition that this person may read, the newest period first."""
    readable = _readable(request)
    may_release = policies.can_release(request.user)
    rows = readable.prefetch_related(Prefetch("files", EditionFile.objects.to_hand_out()))
    table = EditionTable(rows.newest_first(), may_release=may_release)
    cut_page(request, table, usual=50)
    if answer := send_list(request, table, name="reports", user=request.user):
        return answer
    return render(
        request,
        "reports/editions.html",
        {
            "table": table,
            "drafts": readable.releasable().count() if may_release else 0,
            "form": _request_form() if policies.can_request(request.user) else None,
            "schedules": ReportSchedule.objects.all(),
        },
    )


@readers_only
@require_GET
def edition(request: PersonRequest, pk: int) -> HttpResponse:
    """One edition: what it is, how far its making is, its files, its release."""
    found = get_object_or_404(_readable(request), pk=pk)
    return render(
        request,
        "reports/edition.html",
        {
            "edition": found,
            "files": found.files.to_hand_out(),
            "is_under_way": found.job.status in (JobStatus.QUEUED, JobStatus.RUNNING),
            "stage": STAGES.get(found.job.stage, ""),
            # For those who can make something of a program's words.
            "error": found.job.error if rights_of(request.user).is_administrator else "",
            "may_retry": found.has_failed and policies.can_request(request.user),
            "may_release": found.is_releasable and policies.can_release(request.user),
        },
    )


@readers_only
@require_GET
def edition_file(request: PersonRequest, pk: int, format: str) -> FileResponse:
    """A file of an edition, as a download: with its DRAFT mark until it is released."""
    found = get_object_or_404(_readable(request), pk=pk)
    file = get_object_or_404(found.files.to_hand_out(), format=format)
    file.edition = found
    return FileResponse(
        file.file.open("rb"),
        as_attachment=True,
        filename=file.download_name,
        content_type=CONTENT_TYPES[EditionFormat(file.format)],
    )


@readers_only
@require_POST
def release(request: PersonRequest, pk: int) -> HttpResponse:
    """Let an edition leave the house."""
    found = get_object_or_404(_readable(request), pk=pk)
    try:
        services.release_editions(editions=[found], user=request.user)
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("Released. Everyone with a role may read it, and its files carry no mark.")
        )
    return redirect("edition", pk=pk)


@readers_only
@require_http_methods(["GET", "POST"])
def release_many(request: PersonRequest) -> HttpResponse:
    """Name the editions that were chosen, and release them once that is confirmed."""
    if not policies.can_release(request.user):
        raise PermissionDenied(_("Only a regional M&E officer releases a report."))
    chosen = _chosen_editions(request)
    if not chosen:
        messages.error(request, _("Choose the reports to release first."))
        return redirect("reports")
    return _release_all(request, chosen) if request.method == "POST" else _confirm_release(request, chosen)


def _chosen_editions(request: PersonRequest) -> list[Edition]:
    """Those named by the form, or every draft where the list says *all*; what confirms names each."""
    readable = _readable(request).newest_first()
    if "all" in request.GET and request.method == "GET":
        return list(readable.releasable())
    sent = request.POST if request.method == "POST" else request.GET
    return list(readable.filter(pk__in=ids_among(sent.getlist("edition"))))


def _confirm_release(request: PersonRequest, chosen: list[Edition]) -> HttpResponse:
    """Which would be released, and which of those chosen cannot be."""
    return render(
        request,
        "reports/release.html",
        {
            "releasable": [edition for edition in chosen if edition.is_releasable],
            "others": [edition for edition in chosen if not edition.is_releasable],
        },
    )


def _release_all(request: PersonRequest, chosen: list[Edition]) -> HttpResponse:
    """All of them, or none and the page that says why."""
    try:
        count = services.release_editions(editions=chosen, user=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        again = urlencode({"edition": [edition.pk for edition in chosen]}, doseq=True)
        return redirect(f"{reverse('edition-release-many')}?{again}")
    messages.success(
        request,
        ngettext(
            "%(count)s report released. Everyone with a role may read it, and its files carry no mark.",
            "%(count)s reports released. Everyone with a role may read them, and their files carry no mark.",
            count,
        )
        % {"count": count},
    )
    return redirect("reports")


@readers_only
@require_POST
def retry(request: PersonRequest, pk: int) -> HttpResponse:
    """Have an edition made after all, whose making failed."""
    found = get_object_or_404(_readable(request), pk=pk)
    try:
        services.retry_edition(edition=found, user=request.user)
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Queued once more. It is made in a moment; look again."))
    return redirect("edition", pk=pk)


@login_required
@require_POST
def request_edition(request: PersonRequest) -> HttpResponse:
    """Have an edition made out of turn."""
    if not policies.can_request(request.user):
        raise PermissionDenied(_("Only officers and administrators have reports made out of turn."))
    form = _request_form(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a period that has ended, and a mission or the region."))
        return redirect("reports")
    made = services.request_edition(
        kind=form.kind,
        period=form.cleaned_data["period"],
        mission=form.cleaned_data["mission"],
        user=request.user,
    )
    messages.success(request, _("Queued. It is made in a moment; look again."))
    return redirect("edition", pk=made.pk)
