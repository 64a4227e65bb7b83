"""Which kinds and batches a person gets to, and the one step that all these pages have in common."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from tracker.access.models import User
from tracker.access.policies import can_administer
from tracker.access.requests import PersonRequest
from tracker.batches.kinds import Kind
from tracker.batches.models import ImportBatch
from tracker.batches.policies import batches_open_to, may_open_file
from tracker.batches.querysets import BatchQuerySet
from tracker.common.errors import NotAllowed, Refused

from ..registry import KINDS, find_kind


def kinds_of(user: User) -> list[Kind]:
    """The kinds of file that a person may load."""
    return [kind for kind in KINDS.values() if kind.may_load(user)]


def batches_of(user: User) -> BatchQuerySet:
    """The batches that exist for a person: those that they may open; for administrators, who look after all of
    them and may take each back, every one.
    """
    if can_administer(user):
        return ImportBatch.objects.all()
    return batches_open_to(user, kinds=KINDS.values())


class KindIsGone(Http404):
    """The program does not know the kind of this batch any more; for every page but its own, it is not there."""

    def __init__(self, batch: ImportBatch) -> None:
        super().__init__()
        self.batch = batch


def find_batch(request: PersonRequest, pk: int) -> tuple[ImportBatch, Kind]:
    """A batch that exists for this person, with its people and its job, and its kind."""
    # Of few: all of it in one statement would cost the server more to plan than the whole page takes.
    same = Prefetch("same_as", ImportBatch.objects.with_people())
    batch = get_object_or_404(batches_of(request.user).with_people().prefetch_related(same), pk=pk)
    kind = find_kind(batch.kind)
    if kind is None:
        raise KindIsGone(batch)
    return batch, kind


def open_batch(request: PersonRequest, pk: int) -> tuple[ImportBatch, Kind]:
    """The same, of a batch whose file and lines this person may open: another's drafts are not found."""
    batch, kind = find_batch(request, pk)
    if not may_open_file(request.user, kind=kind, batch=batch):
        raise Http404
    return batch, kind


def take_step(request: PersonRequest, batch: ImportBatch, step: Callable[[], str]) -> HttpResponse:
    """Carry out a step, say on the batch's page what came of it, or why it did not."""
    try:
        done = step()
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except Refused as refusal:
        batch.refresh_from_db(fields=["message"])
        # The page itself says what the last step came to.
        if str(refusal) != batch.message:
            messages.error(request, str(refusal))
    else:
        if done:
            messages.success(request, done)
    return redirect("import-batch", pk=batch.pk)
