"""A file comes in."""

import secrets

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tracker.access.requests import PersonRequest
from tracker.batches.kinds import Kind
from tracker.batches.models import ImportBatch
from tracker.batches.services import check_batch, receive_file
from tracker.batches.wording import say_size
from tracker.common.errors import Refused

from ..forms import UploadForm
from ..registry import find_kind
from ..templates import has_template

# How long a form that was sent is known, so that a button pressed twice brings one batch.
_SENT_KNOWN_SECONDS = 600
_UNDER_WAY = 0
_MORE_COLUMNS_SHOWN = 40


@login_required
@require_http_methods(["GET", "POST"])
def new(request: PersonRequest, code: str) -> HttpResponse:
    """Choose a file of one kind; with it, go on to its batch."""
    kind = find_kind(code)
    if kind is None:
        raise Http404
    if not kind.may_load(request.user):
        raise PermissionDenied(_("You may not load “%(kind)s”.") % {"kind": kind.title})
    sent_form = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*sent_form, kind=kind)
    if form.is_valid():
        sent = f"import-sent-{request.user.pk}-{form.cleaned_data['token'] or secrets.token_urlsafe(12)}"
        if not cache.add(sent, _UNDER_WAY, _SENT_KNOWN_SECONDS):
            return _show_first(cache.get(sent))
        try:
            batch = _receive(request, kind, form, sent)
        except Refused as refusal:
            cache.delete(sent)
            form.add_error("file", str(refusal))
        else:
            return redirect("import-batch", pk=batch.pk)
    more = [column.name for column in kind.more_columns({})]
    return render(
        request,
        "imports/upload.html",
        {
            "kind": kind,
            "has_template": has_template(kind),
            "form": form,
            "token": secrets.token_urlsafe(12),
            "most": say_size(settings.UPLOAD_LIMIT_BYTES),
            "more_columns": more[:_MORE_COLUMNS_SHOWN],
            "more_count": len(more),
            "unshown_columns": max(len(more) - _MORE_COLUMNS_SHOWN, 0),
        },
        status=422 if form.errors else 200,
    )


def _receive(request: PersonRequest, kind: Kind, form: UploadForm, sent: str) -> ImportBatch:
    """Keep the file and check it, or leave that to a worker. Raises Refused."""
    upload = form.cleaned_data["file"]
    received = receive_file(
        kind=kind, filename=upload.name, file=upload, user=request.user, options=form.options()
    )
    cache.set(sent, received.batch.pk, _SENT_KNOWN_SECONDS)
    return check_batch(batch=received.batch, kind=kind)


def _show_first(pk: int | None) -> HttpResponse:
    """The form was sent twice: the batch of the first time, or, while that is still coming in, the list."""
    return redirect("import-batch", pk=pk) if pk else redirect("imports")
