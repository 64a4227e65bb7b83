"""A saved file is taken back, after a page that says what becomes of its rows."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from tracker.access.requests import PersonRequest
from tracker.batches.choices import BatchStatus
from tracker.batches.downloads import CONTENT_TYPES
from tracker.batches.kinds import Kind
from tracker.batches.models import ImportBatch
from tracker.batches.policies import may_undo
from tracker.batches.services import UndoRefused, plan_undo, undo_batch
from tracker.batches.undos import UndoPlan
from tracker.common.errors import NotAllowed, Refused, Stale
from tracker.common.workbooks.writing import write_csv

from ..forms import UndoForm
from ..renderers import conflicts_sheet
from .access import find_batch

CONFLICTS_SHOWN = 200


def _undoable(request: PersonRequest, pk: int) -> tuple[ImportBatch, Kind]:
    found, kind = find_batch(request, pk)
    if not may_undo(request.user, kind=kind, batch=found):
        raise PermissionDenied(
            _("A saved file is undone by an administrator, or by the officer who uploaded it.")
        )
    return found, kind


@login_required
@require_http_methods(["GET", "POST"])
@never_cache
def undo(request: PersonRequest, pk: int) -> HttpResponse:
    """What undoing would do; with a reason, do it."""
    found, kind = _undoable(request, pk)
    if found.status != BatchStatus.APPLIED:
        # Undone already (a button pressed twice), or never saved: its page says which.
        return redirect("import-batch", pk=pk)
    if request.method == "POST":
        return _undo(request, found, kind, UndoForm(request.POST))
    return _show(request, found, plan_undo(batch=found, kind=kind), UndoForm())


def _undo(request: PersonRequest, found: ImportBatch, kind: Kind, form: UndoForm) -> HttpResponse:
    reason = request.POST.get("reason", "")
    try:
        done = undo_batch(batch=found, kind=kind, user=request.user, reason=reason)
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except UndoRefused as refusal:
        return _show(request, found, refusal.plan, form, status=409)
    except Stale as stale:
        messages.info(request, str(stale))
        return redirect("import-batch", pk=found.pk)
    except Refused as refusal:
        form.is_valid()
        form.add_error("reason", str(refusal))
        return _show(request, found, plan_undo(batch=found, kind=kind), form, status=422)
    messages.success(
        request,
        _("Undone: %(restored)d restored, %(deleted)d deleted, %(withdrawn)d withdrawn.")
        % {"restored": done.restored, "deleted": done.deleted, "withdrawn": done.withdrawn},
    )
    return redirect("import-batch", pk=found.pk)


def _show(
    request: PersonRequest, found: ImportBatch, plan: UndoPlan, form: UndoForm, *, status: int = 200
) -> HttpResponse:
    return render(
        request,
        "imports/undo.html",
        {
            "batch": found,
            "plan": plan,
            "conflicts": plan.conflicts[:CONFLICTS_SHOWN],
            "more": max(len(plan.conflicts) - CONFLICTS_SHOWN, 0),
            "form": form,
        },
        status=status,
    )


@login_required
@require_GET
@never_cache
def conflicts(request: PersonRequest, pk: int) -> HttpResponse:
    """Everything that stands in the way of undoing, as CSV."""
    found, kind = _undoable(request, pk)
    if found.status != BatchStatus.APPLIED:
        return redirect("import-batch", pk=pk)
    data = write_csv(conflicts_sheet(plan_undo(batch=found, kind=kind).conflicts))
    answer = HttpResponse(data, content_type=CONTENT_TYPES["csv"])
    answer["Content-Disposition"] = f'attachment; filename="changed-since-import-{found.pk}.csv"'
    return answer
