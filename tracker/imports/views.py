"""Where files come in: the kinds a person may load, what was loaded, and the files as they came."""

from typing import TYPE_CHECKING

from django.contrib import admin
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from django_tables2 import RequestConfig

from tracker.access.policies import can_administer, can_plan
from tracker.access.requests import PersonRequest
from tracker.batches.admin import PlanImportMixin
from tracker.batches.downloads import send_list
from tracker.batches.models import ImportBatch
from tracker.batches.policies import may_open_file

from .registry import KINDS, find_kind
from .tables import BatchTable

if TYPE_CHECKING:
    from tracker.access.models import User


@login_required
@require_GET
def imports(request: PersonRequest) -> HttpResponseBase:
    """The kinds with their columns, and the batches."""
    if not can_plan(request.user):
        raise PermissionDenied(_("Files are loaded by administrators and, for the setup, officers."))
    table = BatchTable(
        ImportBatch.objects.select_related("uploaded_by"),
        opens=lambda batch: _opens(request.user, batch),
    )
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    if answer := send_list(request, table, name="imports", user=request.user):
        return answer
    pages = _upload_pages()
    return render(
        request,
        "imports/imports.html",
        {
            "kinds": [
                (kind, pages[code])
                for code, kind in KINDS.items()
                if code in pages and kind.may_load(request.user)
            ],
            "table": table,
            "loads_drafts": can_administer(request.user),
        },
    )


@login_required
@require_GET
@never_cache
def batch_file(request: PersonRequest, pk: int) -> FileResponse:
    """The file of a batch as it came, for those who may load its kind; for others it does not exist.

    It is what somebody uploaded, maybe no workbook at all: always a download, never shown in the browser.
    """
    batch = get_object_or_404(ImportBatch, pk=pk)
    if not _opens(request.user, batch):
        raise Http404
    try:
        content = batch.file.open("rb")
    except FileNotFoundError:
        raise Http404(_("The file is no longer in the store.")) from None
    return FileResponse(
        content,
        as_attachment=True,
        filename=_safe_name(batch.filename),
        content_type="application/octet-stream",
    )


def _upload_pages() -> dict[str, str]:
    """The address of each kind's upload page: the kinds that an admin page of the site imports."""
    return {
        page.import_kind.code: reverse(
            f"admin:{model._meta.app_label}_{model._meta.model_name}_import",
        )
        for model, page in admin.site._registry.items()
        if isinstance(page, PlanImportMixin)
    }


def _opens(user: "User", batch: ImportBatch) -> bool:
    kind = find_kind(batch.kind)
    return kind is not None and bool(batch.file) and may_open_file(user, kind=kind, batch=batch)


def _safe_name(name: str) -> str:
    """A name for a download: nothing in it that a header or a file system could take for something else."""
    kept = "".join(char if char.isprintable() and char not in '/\\:*?"<>|' else "_" for char in name)
    return kept.strip(". ") or "file"
