"""A saved file is taken back, as far as nothing came after it."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.common.bulk import lock_tables, own_context, own_writes
from tracker.common.errors import NotAllowed, Refused, Stale

from ..choices import BatchStatus
from ..kinds import Kind
from ..models import ImportBatch
from ..policies import may_undo
from ..undos import Undo, UndoPlan
from ..wording import say_outcome
from .life import move
from .restoring import restore

if TYPE_CHECKING:
    from tracker.access.models import User

_LONGEST_REASON = 500


class UndoRefused(Refused):
    """Something came after the file; ``plan.conflicts`` has all of it."""

    def __init__(self, message: str, plan: UndoPlan) -> None:
        super().__init__(message)
        self.plan = plan


def plan_undo(*, batch: ImportBatch, kind: Kind) -> UndoPlan:
    """What undoing a saved batch would do now, and everything that stands in its way; nothing is written.

    Raises Refused where it was not saved, or is undone already.
    """
    now = ImportBatch.objects.with_people().get(pk=batch.pk)
    _refuse_unless_saved(now)
    with transaction.atomic():
        return _undo_of(kind).plan(now)


def undo_batch(*, batch: ImportBatch, kind: Kind, user: "User", reason: str) -> UndoPlan:
    """Take back what a batch has saved, in one transaction, and say what became of its rows.

    What was set up is restored; what has counted is withdrawn and stays on record. Raises UndoRefused where
    rows were changed or used since (then nothing is undone), NotAllowed, Refused without a reason, and Stale
    where somebody undid it meanwhile.
    """
    if not may_undo(user, kind=kind, batch=batch):
        raise NotAllowed(_("A saved file is undone by an administrator, or by the officer who uploaded it."))
    reason = " ".join(reason.split())
    if not reason:
        raise Refused(_("Say why it is undone. The reason stays on record."))
    if len(reason) > _LONGEST_REASON:
        raise Refused(
            _("The reason is too long: %(most)d characters are the most.") % {"most": _LONGEST_REASON}
        )
    with transaction.atomic():
        for area in kind.areas:
            own_writes(area)
        # Of two people who undo it at once, the second finds it undone.
        held = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
        _refuse_unless_saved(held)
        lock_tables(kind.tables)
        undo = _undo_of(kind)
        plan = undo.plan(held)
        if plan.conflicts:
            raise UndoRefused(
                _(
                    "This cannot be undone, because something came after it. Nothing was changed. Put that right "
                    "first, or load a corrected file instead."
                ),
                plan,
            )
        with own_context(undo_of=held.pk, kind=kind.code, user=user.pk):
            undo.apply(held, user, reason)
            move(
                held,
                to=BatchStatus.UNDONE,
                olds=(BatchStatus.APPLIED,),
                undone_at=timezone.now(),
                undone_by=user,
                undo_reason=reason,
            )
    return plan


def _undo_of(kind: Kind) -> Undo:
    return kind.undo or restore(*kind.tables)


def _refuse_unless_saved(batch: ImportBatch) -> None:
    if batch.status == BatchStatus.UNDONE:
        raise Stale(_("This was undone already. %(outcome)s") % {"outcome": say_outcome(batch)})
    if batch.status != BatchStatus.APPLIED:
        raise Refused(_("Nothing of this file was saved, so there is nothing to undo."))
