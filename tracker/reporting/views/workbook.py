"""A report offline: its workbook is taken away, filled in anywhere, uploaded, looked at, and taken over."""

from collections.abc import Mapping

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from tracker.access.policies import rights_of
from tracker.access.requests import PersonRequest
from tracker.common.content_policy import DOWNLOAD_POLICY
from tracker.common.documents import CONTENT_TYPES
from tracker.common.errors import NotAllowed, Refused
from tracker.common.formats import show_quarter
from tracker.common.stored_files import read_stored
from tracker.common.uploads import drops_large_files, too_large_in
from tracker.common.workbooks.markup import mark_up
from tracker.progress import policies
from tracker.progress.models import FilledWorkbook, ReportingPeriod, ReportRevision
from tracker.progress.services.evidence import say_megabytes
from tracker.progress.services.workbooks import keep_workbook, note_taken, workbooks_of
from tracker.region.models import Mission

from ..finding import Found, find_report
from ..forming import grid_of, narrative_of, updates_of
from ..opening import head_of, state_of
from ..workbooks.looking import Forms, Laid, lay_over
from ..workbooks.reading import NoReport, read_workbook
from ..workbooks.writing import Filling, make_workbook


def _find(request: PersonRequest, period: str, mission: str) -> Found:
    """The report, for those who enter it; for officers who only read it there is no workbook."""
    of, by, revision = find_report(request, period, mission)
    if not policies.can_enter(rights_of(request.user), mission=by, revision=revision):
        raise PermissionDenied(_("Only the people of %(mission)s fill in its report.") % {"mission": by})
    return of, by, revision


def _find_workbook(request: PersonRequest, of: ReportingPeriod, by: Mission, pk: int) -> FilledWorkbook:
    """A workbook that this person uploaded; those of others do not exist."""
    for workbook in workbooks_of(mission=by, period=of, user=request.user):
        if workbook.pk == pk:
            return workbook
    raise Http404


# -- Out ----------------------------------------------------------------------------------------------
@login_required
@require_GET
@never_cache
def workbook_file(request: PersonRequest, period: str, mission: str) -> HttpResponse:
    """The workbook of the report, to be filled in."""
    of, by, revision = _find(request, period, mission)
    forms = _forms(of, by, revision)
    dates = state_of(request, of, by, revision, refused="")["dates"]
    filling = Filling(by, of, forms.results, forms.activities, forms.narrative, dates=dates)
    name = _("%(mission)s %(period)s report.xlsx") % {"mission": by.code, "period": of.code}
    return _send(make_workbook(filling, user=request.user), name)


def _send(data: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=CONTENT_TYPES["xlsx"])
    answer["Content-Disposition"] = content_disposition_header(True, name)
    answer["Content-Security-Policy"] = DOWNLOAD_POLICY
    return answer


def _forms(of: ReportingPeriod, by: Mission, revision: ReportRevision | None) -> Forms:
    return Forms(grid_of(of, by, revision), updates_of(of, by, revision), narrative_of(by, revision))


# -- In -----------------------------------------------------------------------------------------------
@drops_large_files("UPLOAD_LIMIT_BYTES")
@login_required
@require_http_methods(["GET", "POST"])
def workbook(request: PersonRequest, period: str, mission: str) -> HttpResponse:
    """How a report is filled in offline: its workbook to take away, and the place where it comes back."""
    of, by, revision = _find(request, period, mission)
    wrong = ""
    if request.method == "POST":
        try:
            kept = _receive(request, of, by, revision)
        except NotAllowed as refusal:
            raise PermissionDenied(str(refusal)) from refusal
        except Refused as refusal:
            wrong = str(refusal)
        else:
            return redirect("report-filled", period=of.code, mission=by.code, pk=kept.pk)
    context = {
        **head_of(request, of, by, revision, refused=wrong),
        "wrong": wrong,
        "uploaded": workbooks_of(mission=by, period=of, user=request.user),
        "most": say_megabytes(settings.UPLOAD_LIMIT_BYTES),
        "most_bytes": settings.UPLOAD_LIMIT_BYTES,
    }
    return render(request, "reporting/workbook.html", context, status=422 if wrong else 200)


def _receive(
    request: PersonRequest, of: ReportingPeriod, by: Mission, revision: ReportRevision | None
) -> FilledWorkbook:
    """Keep the workbook that the form holds. Raises Refused for what is none of this report."""
    file = request.FILES.get("file")
    if too_large := too_large_in(request):
        raise Refused(
            _("%(file)s is larger than %(most)s MB, which no workbook of a report is. Choose the right file.")
            % {"file": too_large, "most": say_megabytes(settings.UPLOAD_LIMIT_BYTES)}
        )
    if file is None:
        raise Refused(_("Choose a file first."))
    name, data = file.name or "", file.read()
    filled = read_workbook(data=data, filename=name)
    if (filled.mission, filled.period) != (by.code, of.code):
        raise NoReport(
            _(
                "%(file)s is the workbook of another report: %(mission)s, %(period)s. Open that report, and upload it "
                "there."
            )
            % {"file": name, "mission": filled.mission, "period": show_quarter(filled.period)}
        )
    return keep_workbook(mission=by, period=of, revision=revision, user=request.user, data=data, name=name)


@login_required
@require_http_methods(["GET", "POST"])
def filled(request: PersonRequest, period: str, mission: str, pk: int) -> HttpResponse:
    """What an uploaded workbook says and the report does not: looked at, and taken over."""
    of, by, revision = _find(request, period, mission)
    kept = _find_workbook(request, of, by, pk)
    try:
        if request.method == "POST":
            laid = _lay(request, kept, (of, by, revision), choices=request.POST, take=True)
            if not laid.refused:
                if laid.saved:
                    note_taken(kept)
                return _say_taken(request, of, by, kept, laid)
        else:
            laid = _lay(request, kept, (of, by, revision), choices={}, take=False)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("report-workbook", period=of.code, mission=by.code)
    _of, _by, revision = find_report(request, of.code, by.code)
    context = {**head_of(request, of, by, revision, refused=""), "workbook": kept, "laid": laid}
    return render(request, "reporting/filled.html", context, status=409 if laid.refused else 200)


def _lay(
    request: PersonRequest, kept: FilledWorkbook, found: Found, *, choices: Mapping[str, str], take: bool
) -> Laid:
    of, by, revision = found
    return lay_over(
        read_workbook(data=read_stored(kept.file), filename=kept.filename),
        forms=_forms(of, by, revision),
        mission=by,
        period=of,
        user=request.user,
        choices=choices,
        take=take,
    )


def _say_taken(
    request: PersonRequest, of: ReportingPeriod, by: Mission, kept: FilledWorkbook, laid: Laid
) -> HttpResponse:
    """Back to the report, or to what is left of the workbook."""
    if laid.saved:
        said = ngettext(
            "%(count)s row was taken over from “%(file)s”.",
            "%(count)s rows were taken over from “%(file)s”.",
            laid.saved,
        )
        messages.success(request, said % {"count": laid.saved, "file": kept.filename})
    else:
        messages.warning(request, _("Nothing was taken over from “%(file)s”.") % {"file": kept.filename})
    if laid.asked or laid.marks:
        return redirect("report-filled", period=of.code, mission=by.code, pk=kept.pk)
    return redirect("report", period=of.code, mission=by.code)


@login_required
@require_GET
@never_cache
def filled_marked(request: PersonRequest, period: str, mission: str, pk: int) -> HttpResponse:
    """The workbook as it was uploaded, its wrong cells red and with a note."""
    of, by, revision = _find(request, period, mission)
    kept = _find_workbook(request, of, by, pk)
    try:
        laid = _lay(request, kept, (of, by, revision), choices={}, take=False)
        if not laid.marks:
            messages.info(request, _("There is nothing to correct in it."))
            return redirect("report-filled", period=of.code, mission=by.code, pk=kept.pk)
        data = mark_up(data=read_stored(kept.file), filename=kept.filename, marks=laid.marks)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("report-workbook", period=of.code, mission=by.code)
    name = _("%(file)s to correct.xlsx") % {"file": kept.filename.rpartition(".")[0] or kept.filename}
    return _send(data, name)
