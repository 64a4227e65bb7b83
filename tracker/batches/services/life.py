"""The steps of a batch's life that no file is read for: queue, cancel, and put right what a job left behind."""

import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.common.errors import NotAllowed, Refused, Stale
from tracker.common.jobs.choices import JobStatus
from tracker.common.jobs.models import Job
from tracker.common.jobs.services import cancel_jobs, enqueue

from ..choices import AT_WORK, CONFIRMABLE, BatchStatus
from ..kinds import Kind
from ..models import ImportBatch
from ..policies import may_open_file
from ..wording import say_outcome

if TYPE_CHECKING:
    from tracker.access.models import User

CHECK_BATCH = "imports.check_batch"
SAVE_BATCH = "imports.save_batch"

# A killed worker is no fault of the file, and the sweep has it done again; a program that fails the same way
# each time is not tried for ever.
_MAX_ATTEMPTS = 5

# A file is checked at once or queued in the request that brought it; one that waits this long without a job
# was left behind by a web process that died.
_LEFT_BEHIND_AFTER = datetime.timedelta(minutes=5)


def refuse_without_rights(kind: Kind, user: "User | None") -> None:
    """Raise NotAllowed where somebody (None: the operator of the machine) may not load files of a kind."""
    if user is not None and not kind.may_load(user):
        raise NotAllowed(_("%(person)s may not load “%(kind)s”.") % {"person": user, "kind": kind.title})
    if user is None and kind.needs_person:
        raise NotAllowed(_("“%(kind)s” is loaded in somebody’s name: say whose.") % {"kind": kind.title})


def refuse_of_others(kind: Kind, batch: ImportBatch, user: "User | None") -> None:
    """Raise NotAllowed where somebody may not go on with a batch: without the right to load its kind, or with
    another's drafts.
    """
    refuse_without_rights(kind, user)
    if user is not None and not may_open_file(user, kind=kind, batch=batch):
        raise NotAllowed(_("This file holds drafts, and goes on with whoever uploaded it."))


def move(
    batch: ImportBatch, *, to: BatchStatus, olds: tuple[BatchStatus, ...], **changes: Any
) -> ImportBatch:
    """Take a batch one step further with what changes by it, and give it as it is then.

    Of two who try at once, one finds it moved already. Raises Stale.
    """
    moved = ImportBatch.objects.filter(pk=batch.pk, status__in=olds).update(status=to, **changes)
    now = ImportBatch.objects.with_people().get(pk=batch.pk)
    if not moved:
        raise Stale(
            _("Somebody was faster. %(outcome)s Nothing was changed.") % {"outcome": say_outcome(now)}
        )
    return now


def queue_job(*, task: str) -> Job:
    """A job for a batch, woken when the transaction commits."""
    return enqueue(task=task, max_attempts=_MAX_ATTEMPTS)


@transaction.atomic
def cancel_batch(*, batch: ImportBatch, kind: Kind, user: "User") -> ImportBatch:
    """Stop a batch that is being checked or saved, or give up one that was checked; nothing of it is saved.

    Raises NotAllowed, and Stale where it was saved already.
    """
    refuse_of_others(kind, batch, user)
    batch.refresh_from_db(fields=["job", "status"])
    # The job's row first, as its worker takes it: one that is just writing is waited for, and then it is over.
    if batch.status in AT_WORK and batch.job_id is not None:
        cancel_jobs(job_ids=[batch.job_id])
    return move(batch, to=BatchStatus.CANCELLED, olds=(*AT_WORK, *CONFIRMABLE), message="")


def fail_batch(*, batch: ImportBatch, refusal: Refused) -> None:
    """Say on a batch why its job could not be done, where it is still at work."""
    ImportBatch.objects.filter(pk=batch.pk, status__in=AT_WORK).update(
        status=BatchStatus.FAILED, message=str(refusal.message)
    )


def say_failed_often() -> str:
    """Why a batch is failed whose job was tried as often as it may be."""
    return _(
        "The program failed on it several times. Have it checked again; if that fails too, tell an administrator."
    )


def settle_batch(batch: ImportBatch) -> None:
    """Fail a batch whose job has failed, as ``tend_batches`` would within a minute; nothing for every other."""
    failed = ImportBatch.objects.filter(pk=batch.pk, status__in=AT_WORK, job__status=JobStatus.FAILED)
    failed.update(status=BatchStatus.FAILED, message=say_failed_often())


def tend_batches(*, now: datetime.datetime | None = None) -> int:
    """Put right what nobody else will, and say of how many: batches whose job failed are failed, and those
    that never got one get it.

    Any number of processes may do it at once.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"""
            UPDATE {ImportBatch._meta.db_table} batch
               SET status = '{BatchStatus.FAILED}', message = %s
              FROM {Job._meta.db_table} job
             WHERE job.id = batch.job_id AND job.status = '{JobStatus.FAILED}'
               AND batch.status IN ({", ".join(f"'{status}'" for status in AT_WORK)})
            """,
            [say_failed_often()],
        )
        failed = cursor.rowcount
    return failed + _queue_left_behind(now or timezone.now())


@transaction.atomic
def _queue_left_behind(now: datetime.datetime) -> int:
    """Have those checked whose web process died before it got to it."""
    waiting = ImportBatch.objects.filter(
        status=BatchStatus.WAITING, job__isnull=True, uploaded_at__lt=now - _LEFT_BEHIND_AFTER
    )
    batches = list(waiting.select_for_update(skip_locked=True, of=("self",)))
    for batch in batches:
        batch.job = queue_job(task=CHECK_BATCH)
        batch.save(update_fields=["job"])
    return len(batches)
