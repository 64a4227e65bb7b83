"""What the workers do for imports: check and save large files, and keep house."""

from collections.abc import Callable

from celery import shared_task
from django.utils.translation import gettext as _

from tracker.batches import services
from tracker.batches.kinds import Kind
from tracker.batches.models import ImportBatch
from tracker.batches.services.life import CHECK_BATCH, SAVE_BATCH
from tracker.common.errors import Refused
from tracker.common.jobs.running import Run
from tracker.common.jobs.tasks import job_task

from .registry import find_kind


def check_file(run: Run) -> None:
    """Read and check a large file."""
    _do(run, services.check_in_job)


def save_file(run: Run) -> None:
    """Save a large file as it was shown."""
    _do(run, services.save_in_job)


def _do(run: Run, step: Callable[..., None]) -> None:
    batch = ImportBatch.objects.with_people().get(job_id=run.job_id)
    try:
        step(run=run, batch=batch, kind=_kind_of(batch))
    except Refused as refusal:
        services.fail_batch(batch=batch, refusal=refusal)
        raise


check_batch = job_task(name=CHECK_BATCH)(check_file)
save_batch = job_task(name=SAVE_BATCH)(save_file)


@shared_task(name="imports.tend_batches")
def tend_batches() -> None:
    """Every minute, by beat: put right what died on the way."""
    services.tend_batches()


@shared_task(name="imports.prune_lines")
def prune_lines() -> None:
    """Every night, by beat: let go of the lines of files that nobody saved."""
    services.prune_lines()


def _kind_of(batch: ImportBatch) -> Kind:
    kind = find_kind(batch.kind)
    if kind is None:
        raise Refused(
            _("This program has no kind “%(kind)s” any more. Upload the file again as another one.")
            % {"kind": batch.kind}
        )
    return kind
