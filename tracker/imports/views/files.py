"""What is taken away of a batch: the file as it came, the same with its errors marked, its lines."""

from pathlib import PurePath
from typing import TypeVar

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from tracker.access.requests import PersonRequest
from tracker.batches.downloads import CONTENT_TYPES
from tracker.batches.services.reading import columns_for
from tracker.common.content_policy import DOWNLOAD_POLICY
from tracker.common.errors import Refused
from tracker.common.workbooks.sheets import WorkbookError
from tracker.common.workbooks.writing import stream_csv, write_workbook

from ..filters import LineFilter
from ..lines import columns_of
from ..renderers import lines_sheet, marked_workbook, refuse_long_workbook
from .access import open_batch

Answer = TypeVar("Answer", bound=HttpResponseBase)


@login_required
@require_GET
@never_cache
def batch_file(request: PersonRequest, pk: int) -> FileResponse:
    """The file of a batch as it came, for those who may load its kind; for others it does not exist.

    It is what somebody uploaded, maybe no workbook at all: always a download, never shown in the browser.
    """
    batch, _kind = open_batch(request, pk)
    try:
        content = batch.file.open("rb")
    except (FileNotFoundError, ValueError):
        raise Http404(_("The file is no longer in the store.")) from None
    answer = FileResponse(content, content_type="application/octet-stream")
    return _as_download(answer, _safe_name(batch.filename))


@login_required
@require_GET
@never_cache
def marked_file(request: PersonRequest, pk: int) -> HttpResponse:
    """The file with its errors in red, to be corrected where they are."""
    batch, kind = open_batch(request, pk)
    if not (batch.errors and batch.has_lines):
        messages.error(request, _("There are no errors to mark. Check the file again first."))
        return redirect("import-batch", pk=pk)
    try:
        data = marked_workbook(batch=batch, kind=kind)
    except (WorkbookError, Refused) as error:
        messages.error(request, str(error))
        return redirect("import-batch", pk=pk)
    name = _("%(file)s to correct.xlsx") % {"file": PurePath(_safe_name(batch.filename)).stem}
    return _as_download(HttpResponse(data, content_type=CONTENT_TYPES["xlsx"]), name)


@login_required
@require_GET
@never_cache
def lines(request: PersonRequest, pk: int, format: str) -> HttpResponseBase:
    """The lines that the page shows with the same choice, all pages of them."""
    batch, kind = open_batch(request, pk)
    if format not in ("csv", "xlsx"):
        raise Http404
    known = [column.name for column in columns_for(kind, batch.options)]
    chosen = LineFilter(request.GET, counts={}, columns=columns_of(batch, known))
    narrowed = chosen.narrow(batch.lines.all())
    if format == "xlsx":
        try:
            refuse_long_workbook(narrowed)
        except Refused as refusal:
            messages.error(request, str(refusal))
            rest = request.GET.urlencode()
            return redirect(f"{reverse('import-batch', args=[pk])}{f'?{rest}' if rest else ''}")
    sheet = lines_sheet(narrowed)
    name = _("%(file)s rows.%(format)s") % {
        "file": PurePath(_safe_name(batch.filename)).stem,
        "format": format,
    }
    answer: HttpResponseBase
    if format == "csv":
        answer = StreamingHttpResponse(stream_csv(sheet), content_type=CONTENT_TYPES["csv"])
    else:
        answer = HttpResponse(write_workbook([sheet]), content_type=CONTENT_TYPES["xlsx"])
    return _as_download(answer, name)


def _as_download(answer: Answer, name: str) -> Answer:
    answer["Content-Disposition"] = content_disposition_header(True, name)
    answer["Content-Security-Policy"] = DOWNLOAD_POLICY
    return answer


def _safe_name(name: str) -> str:
    """A name for a download: nothing in it that a header or a file system could take for something else."""
    kept = "".join(char if char.isprintable() and char not in '/\\:*?"<>|' else "_" for char in name)
    return kept.strip(". ") or "file"
