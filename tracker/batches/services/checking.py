"""A file is checked: read, typed, planned, and what it would do is kept line by line. Nothing else is written."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from tracker.common.collecting import without_collecting
from tracker.common.errors import Refused
from tracker.common.jobs.running import Run
from tracker.common.stored_files import read_stored

from ..choices import CONFIRMABLE, BatchStatus, Stage
from ..kinds import Kind
from ..lines import Rendered, render
from ..models import ImportBatch
from ..plans import Plan
from . import mappings
from .life import (
    CHECK_BATCH,
    fail_batch,
    move,
    queue_job,
    refuse_of_others,
    refuse_without_rights,
    settle_batch,
)
from .lines import store_lines
from .reading import ReadFile, plan_rows
from .receiving import receive_file

if TYPE_CHECKING:
    from tracker.access.models import User


@dataclass(frozen=True)
class Checked:
    """What a file would do. ``batch`` is None where it was only looked at."""

    plan: Plan
    rows: int
    unknown_columns: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    batch: ImportBatch | None = None
    read: ReadFile | None = None

    @property
    def has_errors(self) -> bool:
        return bool(self.plan.errors)

    def row_of(self, key: int) -> int:
        """The row of the sheet, as people see it, of a row's key."""
        return key if self.read is None else self.read.place_of(key)[1]


# -- Looked at, nothing kept ---------------------------------------------------------------------------
def plan_file(
    *,
    kind: Kind,
    data: bytes,
    filename: str,
    user: "User | None",
    options: Mapping[str, Any] | None = None,
    reading: Mapping[str, Any] | None = None,
) -> Checked:
    """Read and check a file, and say what it would do; nothing is written, no batch is kept.

    ``user`` is None for the operator of the machine, who is asked for no rights. A file that is no workbook
    is one error without a row. Raises NotAllowed.
    """
    refuse_without_rights(kind, user)
    options, reading = options or {}, reading or {}
    read = mappings.read_as_remembered(
        kind=kind, data=data, filename=filename, options=options, reading=reading
    )
    # Planning may lay the rows into a temporary table, which lives as long as a transaction.
    with transaction.atomic():
        plan = plan_rows(kind=kind, read=read, options=options, user=user)
    return _as_checked(plan, read)


def check_file(
    *,
    kind: Kind,
    data: bytes,
    filename: str,
    user: "User | None",
    options: Mapping[str, Any] | None = None,
    reading: Mapping[str, Any] | None = None,
) -> Checked:
    """Keep a file on a batch and check it now, however large it is.

    A refused file is kept too: it is the record of what somebody tried. Raises NotAllowed and Refused, as
    ``receive_file`` does.
    """
    batch = receive_file(
        kind=kind, data=data, filename=filename, user=user, options=options, reading=reading
    ).batch
    return _check_now(batch=batch, kind=kind, data=data)


# -- Kept on its batch ---------------------------------------------------------------------------------
def check_batch(*, batch: ImportBatch, kind: Kind, at_once: bool | None = None) -> ImportBatch:
    """Check a batch that waits: a small file now, a large one by a job that its page waits for.

    ``at_once`` says which, whatever the size. Gives the batch as it is then. Raises Stale where it does not
    wait any more.
    """
    by_size = at_once is None
    if by_size:
        at_once = batch.size <= settings.IMPORT_AT_ONCE_BYTES
    if not at_once:
        return _queue_check(batch)
    try:
        checked = _check_now(
            batch=batch, kind=kind, data=read_stored(batch.file), progress=_stop_if_long if by_size else None
        )
    except _TooLong:
        return _queue_check(batch)
    except Refused as refusal:
        fail_batch(batch=batch, refusal=refusal)
        raise
    assert checked.batch is not None
    return checked.batch


class _TooLong(Exception):
    """A small file has more rows than a page waits for."""


def _stop_if_long(rows: int) -> None:
    if rows > settings.IMPORT_AT_ONCE_ROWS:
        raise _TooLong


def recheck_batch(
    *,
    batch: ImportBatch,
    kind: Kind,
    user: "User | None",
    reading: Mapping[str, Any] | None = None,
    options: Mapping[str, Any] | None = None,
    at_once: bool | None = None,
) -> ImportBatch:
    """Check a batch that was not saved once more: read in another way, with another word beside it, or anew.

    ``reading`` and ``options`` replace what was said before; None leaves it. Raises NotAllowed and Stale.
    """
    refuse_of_others(kind, batch, user)
    settle_batch(batch)
    changes: dict[str, Any] = {}
    if reading is not None:
        changes["reading"] = dict(reading)
    if options is not None:
        changes |= {"options": dict(options), "source": str(options.get("source", ""))}
    waiting = move(
        batch,
        to=BatchStatus.WAITING,
        olds=(*CONFIRMABLE, BatchStatus.CANCELLED, BatchStatus.FAILED),
        message="",
        job=None,
        good_rows_only=False,
        **changes,
    )
    return check_batch(batch=waiting, kind=kind, at_once=at_once)


@transaction.atomic
def _queue_check(batch: ImportBatch) -> ImportBatch:
    held = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if held.status == BatchStatus.WAITING and held.job_id is None:
        held.job = queue_job(task=CHECK_BATCH)
        held.save(update_fields=["job"])
    return held


@without_collecting()
def check_in_job(*, run: Run, batch: ImportBatch, kind: Kind) -> None:
    """The body of the job that checks a batch: everything again from the file, until its end is committed."""
    if batch.status != BatchStatus.WAITING or batch.job_id != run.job_id:
        return  # cancelled, or done by somebody else
    run.progress(stage=Stage.READING, done=0, total=0)
    began = time.monotonic()
    data = read_stored(batch.file)
    with translation.override(batch.language or None):
        checked = _check(
            batch, kind, data, progress=lambda rows: run.progress(stage=Stage.CHECKING, done=0, total=rows)
        )
        run.progress(stage=Stage.KEEPING, done=checked.rows, total=checked.rows)
        rendered = render_lines(checked.plan, batch, checked.read)
        with run.commit():
            keep_outcomes(batch=batch, checked=checked, rendered=rendered, began=began)


@without_collecting()
def _check_now(
    *, batch: ImportBatch, kind: Kind, data: bytes, progress: Callable[[int], None] | None = None
) -> Checked:
    began = time.monotonic()
    with translation.override(batch.language or None):
        checked = _check(batch, kind, data, progress=progress)
        rendered = render_lines(checked.plan, batch, checked.read)
        with transaction.atomic():
            kept = keep_outcomes(batch=batch, checked=checked, rendered=rendered, began=began)
    return _as_checked(checked.plan, checked.read, batch=kept)


def _check(
    batch: ImportBatch, kind: Kind, data: bytes, progress: Callable[[int], None] | None = None
) -> Checked:
    """Read and plan a batch's file in the name of whoever uploaded it. Raises NotAllowed."""
    user = batch.uploaded_by
    refuse_without_rights(kind, user)
    read = mappings.read_as_remembered(
        kind=kind,
        data=data,
        filename=batch.filename,
        options=batch.options,
        reading=batch.reading,
        progress=progress,
    )
    with transaction.atomic():
        plan = plan_rows(kind=kind, read=read, options=batch.options, user=user)
    return _as_checked(plan, read)


def _as_checked(plan: Plan, read: ReadFile | None, *, batch: ImportBatch | None = None) -> Checked:
    assert read is not None
    return Checked(plan, read.rows, read.unknown_columns, read.warnings, batch, read)


def render_lines(plan: Plan, batch: ImportBatch, read: ReadFile | None) -> Rendered:
    """The lines of a plan for its batch."""
    assert read is not None
    return render(plan=plan, batch_id=batch.pk, place_of=read.place_of)


def keep_outcomes(
    *,
    batch: ImportBatch,
    checked: Checked,
    rendered: Rendered,
    began: float,
    olds: tuple[BatchStatus, ...] = (BatchStatus.WAITING,),
    message: str = "",
) -> ImportBatch:
    """Put what was found on the batch, in the caller's transaction: its lines, its counts, its digest.

    Checked again, all of it is replaced, so that a worker that was killed is followed by another without harm.
    """
    plan, read = checked.plan, checked.read
    assert read is not None
    store_lines(batch_id=batch.pk, rendered=rendered)
    good = not plan.refuses_the_file
    return move(
        batch,
        to=BatchStatus.REFUSED if plan.errors else BatchStatus.CHECKED,
        olds=olds,
        message=message,
        saved_by=None,
        good_rows_only=False,
        read_as=read.read_as,
        unknown_columns=read.unknown_columns,
        warnings=read.warnings,
        checked_at=timezone.now(),
        check_seconds=seconds_since(began),
        plan_digest=rendered.digest if good else "",
        rows=read.rows,
        errors=len(plan.errors),
        bad_rows=len(plan.bad_rows()),
        left_out=len({error.row for error in plan.left_out}),
        questions=len(plan.questions),
        has_lines=True,
        **plan.counts(),
    )


def seconds_since(began: float) -> Decimal:
    """Seconds since a moment of ``time.monotonic``, to two places."""
    return Decimal(str(round(time.monotonic() - began, 2)))
