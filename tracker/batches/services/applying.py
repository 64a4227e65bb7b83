"""A checked file is saved: planned again under locks, compared with what was shown, and written as a whole."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tracker.common.bulk import lock_tables, own_context, own_writes
from tracker.common.collecting import without_collecting
from tracker.common.errors import NotAllowed, Refused, Stale
from tracker.common.jobs.running import Run
from tracker.common.stored_files import read_stored

from ..choices import CONFIRMABLE, SAVED, BatchStatus, Stage
from ..kinds import Kind
from ..models import ImportBatch
from ..plans import Plan
from ..policies import may_save_good_rows
from ..wording import say_outcome
from . import mappings
from .checking import Checked, keep_outcomes, render_lines, seconds_since
from .events import last_events
from .life import SAVE_BATCH, move, queue_job, refuse_of_others
from .reading import ReadFile, columns_for, plan_rows
from .receiving import receive_file

if TYPE_CHECKING:
    from tracker.access.models import User


@dataclass(frozen=True)
class Saved:
    """What came of confirming: the batch as it is now, being saved where it is large (``is_queued``).

    ``was_already``: this had been confirmed before, by a double click say, and is no less true. ``plan`` is
    what was written, where that happened just now.
    """

    batch: ImportBatch
    plan: Plan | None = None
    is_queued: bool = False
    was_already: bool = False


@without_collecting()
def apply_batch(
    *,
    batch: ImportBatch,
    kind: Kind,
    digest: str,
    user: "User | None",
    good_rows_only: bool = False,
    at_once: bool | None = None,
) -> Saved:
    """Write what the preview with this digest showed, all of it, in one transaction: now, or by a job where
    the file is large (``at_once`` says which, whatever the size).

    ``good_rows_only``: an administrator has chosen to save the rows of a refused file that have no error.
    The file is planned again with the tables locked. Raises Stale where the data changed since the preview:
    nothing is saved, and the batch has the new outcomes; Refused where the file has errors, or was saved with
    other outcomes; NotAllowed.
    """
    refuse_of_others(kind, batch, user)
    _refuse_good_rows(user, good_rows_only=good_rows_only)
    if at_once is None:
        at_once = batch.rows <= settings.IMPORT_AT_ONCE_ROWS
    if not at_once:
        return _queue_save(batch, digest=digest, user=user, good_rows_only=good_rows_only)
    began = time.monotonic()
    with translation.override(batch.language or None):
        read = _read_again(batch, kind)
        with transaction.atomic():
            # First of all, before any row or table is locked: a save that has begun ends, a later one waits.
            _own_areas(kind)
            held = _hold(batch)
            if done := _confirmed_before(held, digest):
                return done
            _refuse_unless_confirmable(held, digest, good_rows_only=good_rows_only)
            lock_tables(kind.tables)
            plan, overtaken = _save(
                held,
                kind,
                read,
                user=user,
                good_rows_only=good_rows_only,
                began=began,
                olds=CONFIRMABLE,
            )
    # Raised only now: the new outcomes are to stay.
    if overtaken:
        raise Stale(say_overtaken())
    return Saved(_now(batch), plan=plan)


@transaction.atomic
def _queue_save(batch: ImportBatch, *, digest: str, user: "User | None", good_rows_only: bool) -> Saved:
    held = _hold(batch)
    if done := _confirmed_before(held, digest):
        return done
    _refuse_unless_confirmable(held, digest, good_rows_only=good_rows_only)
    saving = move(
        held,
        to=BatchStatus.SAVING,
        olds=CONFIRMABLE,
        message="",
        saved_by=user,
        good_rows_only=good_rows_only,
        job=queue_job(task=SAVE_BATCH),
    )
    return Saved(saving, is_queued=True)


@without_collecting()
def save_in_job(*, run: Run, batch: ImportBatch, kind: Kind) -> None:
    """The body of the job that saves a batch. Its rows and its end are one transaction: both are there, or
    neither. What the data overtook goes back to be looked at, with its new outcomes.
    """
    if batch.status != BatchStatus.SAVING or batch.job_id != run.job_id:
        return  # cancelled
    run.progress(stage=Stage.READING, done=0, total=batch.rows)
    began = time.monotonic()
    with translation.override(batch.language or None):
        # Rights may have ended since it was confirmed.
        refuse_of_others(kind, batch, batch.saved_by)
        _refuse_good_rows(batch.saved_by, good_rows_only=batch.good_rows_only)
        read = _read_again(batch, kind)
        run.progress(stage=Stage.SAVING, done=0, total=read.rows)
        with run.commit():
            _own_areas(kind)
            held = _hold(batch)
            if held.status == BatchStatus.SAVING:
                lock_tables(kind.tables)
                _save(
                    held,
                    kind,
                    read,
                    user=held.saved_by,
                    good_rows_only=held.good_rows_only,
                    began=began,
                    olds=(BatchStatus.SAVING,),
                )


@without_collecting()
def load_file(
    *,
    kind: Kind,
    data: bytes,
    filename: str,
    user: "User | None",
    options: Mapping[str, Any] | None = None,
    reading: Mapping[str, Any] | None = None,
    plan_of: Callable[[ReadFile], Plan] | None = None,
) -> Checked:
    """Check a file and save it where it has no error, planned once, in one transaction: for the shell, where
    nobody looks in between. The file is kept either way. ``plan_of`` makes the plan of what was read, under the
    locks, where not every row is to be saved as it stands in the file. Raises NotAllowed and Refused.
    """
    batch = receive_file(
        kind=kind, data=data, filename=filename, user=user, options=options, reading=reading
    ).batch
    began = time.monotonic()
    with translation.override(batch.language or None):
        read = mappings.read_as_remembered(
            kind=kind, data=data, filename=filename, options=batch.options, reading=batch.reading
        )
        with transaction.atomic():
            _own_areas(kind)
            held = _hold(batch)
            lock_tables(kind.tables)
            if plan_of is None:
                plan = plan_rows(kind=kind, read=read, options=held.options, user=user)
            else:
                plan = plan_of(read)
            checked = Checked(plan, read.rows, read.unknown_columns, read.warnings, held, read)
            rendered = render_lines(plan, held, read)
            held = keep_outcomes(batch=held, checked=checked, rendered=rendered, began=began)
            if not plan.errors:
                _write(held, kind, plan, user=user, good_rows_only=False, began=began, olds=CONFIRMABLE)
    return Checked(plan, read.rows, read.unknown_columns, read.warnings, _now(batch), read)


def say_overtaken() -> str:
    """Why what was confirmed was not saved."""
    return _(
        "The data changed since this preview. Nothing was saved; look at the new preview and confirm it."
    )


# -- Steps of saving -----------------------------------------------------------------------------------
def _refuse_good_rows(user: "User | None", *, good_rows_only: bool) -> None:
    if good_rows_only and (user is None or not may_save_good_rows(user)):
        raise NotAllowed(_("Only an administrator saves the good rows of a file that has errors."))


def _read_again(batch: ImportBatch, kind: Kind) -> ReadFile:
    # As it was read for the preview, with what was remembered of its columns then.
    return mappings.read_as_shown(kind=kind, data=read_stored(batch.file), batch=batch)


def _own_areas(kind: Kind) -> None:
    for area in kind.areas:
        own_writes(area)


def _hold(batch: ImportBatch) -> ImportBatch:
    """Lock the batch against its being confirmed twice (a double click): the second waits, and finds it saved."""
    return ImportBatch.objects.with_people().select_for_update(of=("self",)).get(pk=batch.pk)


def _now(batch: ImportBatch) -> ImportBatch:
    return ImportBatch.objects.with_people().get(pk=batch.pk)


def _confirmed_before(held: ImportBatch, digest: str) -> Saved | None:
    """What was confirmed already, with just these outcomes, is saved or about to be: that is what was wanted."""
    if held.status in (BatchStatus.APPLIED, BatchStatus.SAVING) and digest == held.plan_digest:
        return Saved(held, is_queued=held.status == BatchStatus.SAVING, was_already=True)
    return None


def _refuse_unless_confirmable(held: ImportBatch, digest: str, *, good_rows_only: bool) -> None:
    """Raise Refused or Stale where these outcomes of the batch cannot be confirmed now."""
    if held.status in SAVED:
        raise Refused(_("This file was saved already. %(outcome)s") % {"outcome": say_outcome(held)})
    if held.status not in CONFIRMABLE:
        raise Refused(_("This file cannot be saved now. %(outcome)s") % {"outcome": say_outcome(held)})
    if held.status == BatchStatus.REFUSED and not good_rows_only:
        raise Refused(_("This file has errors and cannot be saved. Correct it and upload it again."))
    if held.status == BatchStatus.CHECKED and good_rows_only:
        raise Stale(_("This file has no errors any more. Look at it again, and save all of it."))
    if not held.plan_digest:
        raise Refused(_("None of this file can be saved. Correct it and upload it again."))
    if digest != held.plan_digest:
        raise Stale(say_overtaken())


def _save(
    held: ImportBatch,
    kind: Kind,
    read: ReadFile,
    *,
    user: "User | None",
    good_rows_only: bool,
    began: float,
    olds: tuple[BatchStatus, ...],
) -> tuple[Plan, bool]:
    """Plan under the locks; write where the outcomes are those that were confirmed, else keep the new ones.

    Gives the plan, and whether it was overtaken.
    """
    if [column.name for column in read.columns] != [c.name for c in columns_for(kind, held.options)]:
        # Columns came or went (a breakdown's cells) since the file was read, before the locks.
        read = _read_again(held, kind)
    plan = plan_rows(kind=kind, read=read, options=held.options, user=user)
    rendered = render_lines(plan, held, read)
    if rendered.digest != held.plan_digest or bool(plan.errors) != good_rows_only:
        checked = Checked(plan, read.rows, read.unknown_columns, read.warnings, held, read)
        keep_outcomes(
            batch=held, checked=checked, rendered=rendered, began=began, olds=olds, message=say_overtaken()
        )
        return plan, True
    _write(held, kind, plan, user=user, good_rows_only=good_rows_only, began=began, olds=olds)
    return plan, False


def _write(
    held: ImportBatch,
    kind: Kind,
    plan: Plan,
    *,
    user: "User | None",
    good_rows_only: bool,
    began: float,
    olds: tuple[BatchStatus, ...],
) -> None:
    """Write the plan, and on the batch that it was."""
    who = {} if user is None else {"user": user.pk}
    with own_context(batch=held.pk, kind=kind.code, **who):
        before = last_events(kind.tables)
        if plan.changes:
            kind.apply(plan=plan, batch=held, user=user)
        after = last_events(kind.tables)
        move(
            held,
            to=BatchStatus.APPLIED,
            olds=olds,
            message="",
            saved_by=user,
            good_rows_only=good_rows_only,
            applied_at=timezone.now(),
            save_seconds=seconds_since(began),
            event_ranges={table: [before[table] + 1, last] for table, last in after.items()},
        )
        mappings.remember_mapping(batch=held, kind=kind, user=user)
