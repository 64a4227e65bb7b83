"""Imports in two steps: check a file (plan, write nothing but the batch), then apply exactly what was shown.

The preview of a page, the dry run of a command and the commit are one path: bytes, plain rows, typed rows,
plan.
"""

import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.common.bulk import lock_tables, own_context, own_writes
from tracker.common.errors import NotAllowed, Refused, Stale
from tracker.common.workbooks.reading import Reading, Sheet, WorkbookError, read_rows

from .choices import BatchStatus, Outcome
from .kinds import Column, Kind, type_rows
from .models import ImportBatch
from .plans import Plan, RowError

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

    @property
    def has_errors(self) -> bool:
        return bool(self.plan.errors)


def plan_file(
    *, kind: Kind, data: bytes, filename: str, user: "User | None", options: dict[str, Any] | None = None
) -> Checked:
    """Read and check a file, and say what it would do; nothing is written, no batch is kept.

    ``user`` is None for the operator of the machine, who is asked for no rights. A file that is no workbook
    is one error without a row. Raises NotAllowed.
    """
    _refuse_without_rights(kind, user)
    options = options or {}
    columns = (*kind.columns, *kind.more_columns(options))
    reading = Reading(decimal_mark=options.get("decimal_mark"))
    try:
        sheet = _read_sheet(data, filename, columns, reading)
    except WorkbookError:
        return Checked(Plan(errors=[_say_why(data, filename, kind.columns, reading)]), rows=0)
    typed = type_rows(kind=kind, columns=columns, sheet=sheet)
    if typed.rows:
        # Planning may lay the rows into a temporary table, which lives as long as a transaction.
        with transaction.atomic():
            plan = kind.plan(rows=typed.rows, given=typed.given, options=options, user=user)
    else:
        plan = Plan()
    plan.errors.extend(typed.errors)
    plan.errors.sort(key=lambda error: (error.row is not None, error.row or 0))
    return Checked(
        plan, rows=len(sheet.numbers), unknown_columns=sheet.unknown_columns, warnings=list(sheet.warnings)
    )


def check_file(
    *, kind: Kind, data: bytes, filename: str, user: "User | None", options: dict[str, Any] | None = None
) -> Checked:
    """As ``plan_file``, and keep the file with the digest of its plan on an import batch.

    A refused file is kept too: it is the record of what somebody tried. Raises NotAllowed.
    """
    began = time.monotonic()
    checked = plan_file(kind=kind, data=data, filename=filename, user=user, options=options)
    plan = checked.plan
    # Only the last part of the name: some browsers send a whole path.
    name = PurePath(filename.replace("\\", "/")).name[-200:] or "file"
    batch = ImportBatch(
        kind=kind.code,
        filename=name,
        sha256=hashlib.sha256(data).hexdigest(),
        status=BatchStatus.REFUSED if plan.errors else BatchStatus.CHECKED,
        options=options or {},
        source=str((options or {}).get("source", "")),
        plan_digest=plan.digest(),
        rows=checked.rows,
        errors=len(plan.errors),
        uploaded_by=user,
        seconds=_seconds_since(began),
        **_counts(plan),
    )
    batch.file.save(name, ContentFile(data), save=False)
    with transaction.atomic():
        batch.save()
    return Checked(plan, checked.rows, checked.unknown_columns, checked.warnings, batch)


def apply_batch(*, kind: Kind, batch: ImportBatch, digest: str, user: "User | None") -> ImportBatch:
    """Write what the preview with this digest showed, all of it, in one transaction; the batch, with its counts.

    The file is read and planned again with the tables locked. A batch that was applied as it was shown is
    applied once, and comes back as it is. Raises Stale where the data changed since the preview, Refused where
    the file has errors, NotAllowed; then nothing is written.
    """
    _refuse_without_rights(kind, user)
    began = time.monotonic()
    with transaction.atomic():
        # First of all, before any row or table is locked: a save that has begun ends, a later one waits.
        for area in kind.areas:
            own_writes(area)
        # Against the same batch confirmed twice (a double click): the second waits, and finds it applied.
        held = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
        if held.status == BatchStatus.APPLIED and digest == held.plan_digest:
            return held
        if held.status == BatchStatus.APPLIED:
            raise Refused(_("This file was saved already, on %(when)s.") % {"when": _when(held)})
        if held.status != BatchStatus.CHECKED:
            raise Refused(_("This file has errors and cannot be saved. Correct it and upload it again."))
        lock_tables(kind.tables)
        with held.file.open("rb") as file:
            data = file.read()
        checked = plan_file(kind=kind, data=data, filename=held.filename, user=user, options=held.options)
        if not digest == held.plan_digest == checked.plan.digest():
            raise Stale(
                _(
                    "The data changed since this preview. Nothing was saved; look at the new preview "
                    "and confirm it."
                )
            )
        with own_context(batch=held.pk, kind=kind.code):
            kind.apply(plan=checked.plan, batch=held, user=user)
            held.status = BatchStatus.APPLIED
            held.applied_at = timezone.now()
            held.seconds = _seconds_since(began)
            held.save(update_fields=["status", "applied_at", "seconds"])
    return held


def _read_sheet(data: bytes, filename: str, columns: Sequence[Column], reading: Reading) -> Sheet:
    return read_rows(
        data=data,
        filename=filename,
        columns=[column.name for column in columns],
        percent_columns=[column.name for column in columns if column.percent],
        number_columns=[column.name for column in columns if column.holds_numbers],
        date_columns=[column.name for column in columns if column.holds_dates],
        key_columns=[column.name for column in columns if column.key],
        tags={column.name: column.tag for column in columns if column.tag},
        reading=reading,
    )


def _say_why(data: bytes, filename: str, columns: Sequence[Column], reading: Reading) -> RowError:
    """Why the file cannot be read, naming the fixed columns: the others may be hundreds."""
    try:
        _read_sheet(data, filename, columns, reading)
    except WorkbookError as error:
        return RowError(None, None, None, str(error))
    return RowError(None, None, None, _("The file cannot be read. Check its header row."))


def _refuse_without_rights(kind: Kind, user: "User | None") -> None:
    if user is not None and not kind.may_load(user):
        raise NotAllowed(_("%(person)s may not load “%(kind)s”.") % {"person": user, "kind": kind.title})
    if user is None and kind.needs_person:
        raise NotAllowed(_("“%(kind)s” is loaded in somebody’s name: say whose.") % {"kind": kind.title})


def _counts(plan: Plan) -> dict[str, int]:
    return {outcome.value: plan.count(outcome) for outcome in Outcome}


def _seconds_since(began: float) -> Decimal:
    return Decimal(str(round(time.monotonic() - began, 2)))


def _when(batch: ImportBatch) -> str:
    moment = batch.applied_at
    return f"{timezone.localtime(moment):%-d %b %Y, %H:%M}" if moment else ""
