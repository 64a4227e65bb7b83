"""The documents and links of a report: shown, added, handed out, removed."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tracker.access.requests import PersonRequest
from tracker.common.content_policy import DOWNLOAD_POLICY
from tracker.common.documents import CONTENT_TYPES
from tracker.common.errors import NotAllowed, Refused
from tracker.common.uploads import drops_large_files, too_large_in
from tracker.framework.models import Indicator
from tracker.progress.models import Evidence, ReportingPeriod, ReportRevision
from tracker.progress.services import evidence as evidence_services
from tracker.progress.services.entry_rows import read_entry_rows
from tracker.progress.services.evidence import Described, Unfitting
from tracker.region.models import Mission

from .. import services
from ..finding import find_report
from ..keeping import keeps_typing
from ..opening import head_of
from .saving import keep_unsaved
from .shared import page_of


@drops_large_files("EVIDENCE_LIMIT_BYTES")
@keeps_typing(services.EVIDENCE)
@login_required
@require_http_methods(["GET", "POST"])
def evidence(request: PersonRequest, period: str, mission: str) -> HttpResponse:
    """The documents and links of a report, and the forms that add one."""
    of, by, revision = find_report(request, period, mission)
    whose = page_of(request, of, by, services.EVIDENCE)
    if request.method == "GET":
        typing = services.read_typing(whose)
        return _show_evidence(
            request, of, by, revision, fields=typing.fields if typing else {}, typing=typing
        )
    if request.POST.get("then") == "discard":
        services.drop_typing(whose)
        return redirect("report-evidence", period=of.code, mission=by.code)
    try:
        added = _add(request, of, by)
    except Unfitting as unfit:
        fields = services.typing_in(request.POST, services.EVIDENCE).fields
        return _show_evidence(
            request, of, by, revision, fields=fields, wrong={unfit.field: str(unfit)}, status=422
        )
    except Refused as refusal:
        typing, refused, status = keep_unsaved(request, whose, refusal)
        _of, _by, revision = find_report(request, of.code, by.code)
        return _show_evidence(
            request, of, by, revision, fields=typing.fields, typing=typing, refused=refused, status=status
        )
    services.drop_typing(whose)
    messages.success(request, _("“%(title)s” is added.") % {"title": added.title})
    if asked := _indicator_asked(request, of):
        return redirect(reverse("report", args=[of.code, by.code]) + f"#i{asked.pk}")
    return redirect("report-evidence", period=of.code, mission=by.code)


def _indicator_asked(request: PersonRequest, of: ReportingPeriod) -> Indicator | None:
    """The indicator that the address names: its row of the form is where somebody came from, and goes back to."""
    code = request.GET.get("indicator", "").replace("\x00", "")
    return Indicator.objects.filter(strategy=of.strategy, code=code).first() if code else None


def _add(request: PersonRequest, of: ReportingPeriod, by: Mission) -> Evidence:
    """Add what the form holds. Raises Refused, and Unfitting for what is wrong with a field."""
    indicator = request.POST.get("indicator", "")
    described = Described(
        title=request.POST.get("title", ""),
        note=request.POST.get("note", ""),
        indicator=int(indicator) if indicator.isdecimal() and len(indicator) <= 18 else None,
    )
    to: dict[str, Any] = {"mission": by, "period": of, "user": request.user, "described": described}
    link, file = request.POST.get("link", "").strip(), request.FILES.get("file")
    if too_large := too_large_in(request):
        raise Unfitting("file", evidence_services.say_too_large(too_large, None))
    if file is not None and link:
        raise Unfitting("link", _("Give a file or a link, and the other one by itself afterwards."))
    if file is not None:
        return evidence_services.add_file(**to, file=file, name=file.name or "", size=file.size or 0)
    if link:
        return evidence_services.add_link(**to, link=link)
    raise Unfitting("file", _("Choose a file, or give a link."))


def _show_evidence(
    request: PersonRequest,
    of: ReportingPeriod,
    by: Mission,
    revision: ReportRevision | None,
    *,
    fields: Any,
    typing: services.Typing | None = None,
    wrong: dict[str, str] | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    head = head_of(request, of, by, revision, refused=refused or " ".join((wrong or {}).values()))
    indicators: list[Indicator] = []
    if head["may_enter"]:
        rows = read_entry_rows(mission=by, period=of, revision=revision)
        indicators = [row.indicator for row in rows.values()]
    asked = _indicator_asked(request, of)
    context = {
        **head,
        "here": "report-evidence",
        "asked": asked,
        # What belongs to the row from which somebody came stands first.
        "rows": sorted(
            evidence_services.read_evidence(revision),
            key=lambda row: asked is None or row.indicator_id != asked.pk,
        ),
        "indicators": indicators,
        "chosen": fields.get("indicator", "") or (str(asked.pk) if asked else ""),
        "fields": fields,
        "typing": typing,
        "wrong": wrong or {},
        "most": evidence_services.say_megabytes(settings.EVIDENCE_LIMIT_BYTES),
        "most_bytes": settings.EVIDENCE_LIMIT_BYTES,
        "page": services.sign_page(page_of(request, of, by, services.EVIDENCE)),
    }
    return render(request, "reporting/evidence.html", context, status=status)


def _find_evidence(request: PersonRequest, period: str, mission: str, pk: int) -> Evidence:
    """Evidence of this report, for whoever may read it; for everybody else there is none."""
    found = evidence_services.find_readable(pk=pk, user=request.user)
    if found is None or not found.revision.report.is_of(period=period, mission=mission):
        raise Http404
    return found


@login_required
@require_GET
@never_cache
def evidence_file(request: PersonRequest, period: str, mission: str, pk: int) -> FileResponse:
    """A document as it came: always a download, never shown by the browser as a page of ours."""
    found = _find_evidence(request, period, mission, pk)
    try:
        content = found.file.open("rb")
    except (FileNotFoundError, ValueError):
        raise Http404(_("The file is no longer in the store.")) from None
    answer = FileResponse(content, content_type=CONTENT_TYPES[found.kind])
    answer["Content-Disposition"] = content_disposition_header(True, found.filename)
    answer["Content-Security-Policy"] = DOWNLOAD_POLICY
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@login_required
@require_POST
def evidence_remove(request: PersonRequest, period: str, mission: str, pk: int) -> HttpResponse:
    """Take evidence out of a draft; a second press finds it gone, and says the same."""
    of, by, _revision = find_report(request, period, mission)
    found = evidence_services.find_readable(pk=pk, user=request.user)
    if found is not None and not found.revision.report.is_of(period=of.code, mission=by.code):
        raise Http404
    try:
        if found is not None:
            evidence_services.remove_evidence(evidence=found, user=request.user)
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except Refused as refusal:
        messages.error(request, _("Nothing was removed. %(why)s") % {"why": refusal})
    else:
        messages.success(request, _("Removed."))
    return redirect("report-evidence", period=of.code, mission=by.code)
