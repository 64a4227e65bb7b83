"""A file that comes with the program is loaded again, with every update of it, and what people changed stays.

Three sayings are compared, cell by cell: what the file says now, what is held, and what the file said when it was
last loaded, which its batch has kept. What is held otherwise than the file last said was changed since, by a form, a
workbook or a command, and stays; what is held as the file last said is the file's own, and takes what it says now.
So it is with rows: one that the file had and that is gone was taken away, and stays away.
"""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction

from tracker.common.errors import Refused
from tracker.common.stored_files import read_stored

from ..choices import KEEP_DECISIONS, SAVED, Outcome
from ..kinds import Kind
from ..models import ImportBatch
from ..plans import Change, Plan, RowError, is_empty, show
from . import mappings
from .applying import load_file
from .reading import ReadFile, plan_rows, read_file

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeptCell:
    """A cell that stays as it was changed: ``held`` is what is there, ``said`` what the file says."""

    key: Key
    column: str
    held: Any
    said: Any


@dataclass
class Reloaded:
    """What came of loading a file again.

    ``plan`` is what was written; where it has errors, nothing was. ``kept`` are the cells that stay as they were
    changed, ``gone`` the rows that were taken away and stay away, ``left_out`` those that cannot be saved beside
    what was changed, with the reason.
    """

    plan: Plan
    kept: list[KeptCell] = field(default_factory=list)
    gone: list[Key] = field(default_factory=list)
    left_out: list[RowError] = field(default_factory=list)


def reload_file(*, kind: Kind, data: bytes, filename: str, options: Mapping[str, Any]) -> Reloaded:
    """Load a file that comes with the program; a batch is kept only where something is written.

    Where it was never loaded before, a row with an error refuses the file; later on it is left out, since what
    stands in its way may be what people changed. A file that cannot be read is refused at any time. Raises Refused.
    """
    options = {**options, KEEP_DECISIONS: True}
    read = read_file(kind=kind, data=data, filename=filename, options=options, reading={})
    with transaction.atomic():
        batch = _find_last(kind, options)
        earlier = _read_earlier(kind, batch, data, read) if batch is not None else None
        reloaded = _settle(kind, read, earlier, options, is_first=batch is None)
        plan = reloaded.plan
        if plan.errors or not _changes_something(plan):
            return reloaded

        def settle_again(read: ReadFile) -> Plan:
            nonlocal reloaded
            # Under the locks: what was changed since a moment ago stays too.
            reloaded = _settle(kind, read, earlier, options, is_first=batch is None)
            return reloaded.plan

        load_file(kind=kind, data=data, filename=filename, user=None, options=options, plan_of=settle_again)
        return reloaded


def _settle(
    kind: Kind, read: ReadFile, earlier: ReadFile | None, options: Mapping[str, Any], *, is_first: bool
) -> Reloaded:
    """The plan of a file without what people decided otherwise, and what that is."""
    now = plan_rows(kind=kind, read=read, options=options, user=None)
    if is_first or read.errors or not (now.errors or _changes_something(now)):
        return Reloaded(now)
    reloaded = Reloaded(now)
    rows = _rows_to_write(kind, read, now, _Last(kind, earlier, options), reloaded)
    if rows != read.typed:
        reloaded.plan = _plan_without_errors(kind, read, rows, options, reloaded)
    return reloaded


def _changes_something(plan: Plan) -> bool:
    return any(change.outcome != Outcome.UNCHANGED for change in plan.changes)


class _Last:
    """What the file said when it was last loaded, beside what is held now; by the key of its row."""

    def __init__(self, kind: Kind, earlier: ReadFile | None, options: Mapping[str, Any]) -> None:
        self._given: Collection[str] = earlier.given if earlier is not None else ()
        self._changes: dict[Key, Change] = {}
        if earlier is not None:
            plan = plan_rows(kind=kind, read=earlier, options=options, user=None)
            changes = {change.row: change for change in plan.changes}
            self._changes = {
                _key_of(kind, row): changes[row.row] for row in earlier.typed if row.row in changes
            }

    def has_gone(self, key: Key) -> bool:
        """It was in the file, and is not there any more."""
        return key in self._changes and self._changes[key].outcome == Outcome.NEW

    def was_changed_since(self, key: Key, column: str, held: Any) -> bool:
        """Whether what is held was said by somebody else than the file."""
        change = self._changes.get(key)
        if change is None:
            # Somebody made it before the file had it; or what the file last said is not known any more.
            return True
        if column not in self._given:
            return not (is_empty(held) or held is False)
        return column in change.cells


def _find_last(kind: Kind, options: Mapping[str, Any]) -> ImportBatch | None:
    """The last load of the file; one that was undone counts too, since that is a decision. None: never loaded."""
    strategy = options.get("strategy")
    batches = ImportBatch.objects.filter(
        kind=kind.code, status__in=SAVED, uploaded_by=None, **{f"options__{KEEP_DECISIONS}": True}
    )
    batches = batches.filter(options__strategy=strategy) if strategy else batches
    return batches.order_by("-pk").first()


def _read_earlier(kind: Kind, batch: ImportBatch, data: bytes, read: ReadFile) -> ReadFile | None:
    """The file as it was last loaded; None where the store has lost it."""
    if batch.sha256 == hashlib.sha256(data).hexdigest():
        return read
    try:
        earlier = mappings.read_as_shown(kind=kind, data=read_stored(batch.file), batch=batch)
    except Refused:
        return None
    return None if any(error.row is None for error in earlier.errors) else earlier


def _rows_to_write(kind: Kind, read: ReadFile, now: Plan, last: _Last, reloaded: Reloaded) -> list[Any]:
    """The rows of the file with what is held in the place of what was changed since; those that were taken away, or
    cannot be saved, are not among them.
    """
    changes = {change.row: change for change in now.changes}
    shared: dict[
        tuple[str, str], Any
    ] = {}  # what is held of the columns that several rows say alike, by (first part of the key, column)
    rows = []
    for row in read.typed:
        key = _key_of(kind, row)
        change = changes.get(row.row)
        if change is None:
            continue
        if change.outcome == Outcome.NEW and last.has_gone(key):
            reloaded.gone.append(key)
            continue
        held = {
            column: old
            for column, (old, _new) in change.cells.items()
            if change.outcome == Outcome.CHANGED and last.was_changed_since(key, column, old)
        }
        reloaded.kept += [KeptCell(key, name, old, change.cells[name][1]) for name, old in held.items()]
        shared |= {(key[0], name): old for name, old in held.items() if name in kind.shared}
        rows.append(replace(row, **held) if held else row)
    reloaded.left_out += [*now.errors, *now.left_out]
    if not shared:
        return rows
    return [
        replace(row, **{name: shared[of, name] for name in kind.shared if (of, name) in shared})
        for row in rows
        for of in [_key_of(kind, row)[0]]
    ]


def _plan_without_errors(
    kind: Kind, read: ReadFile, rows: list[Any], options: Mapping[str, Any], reloaded: Reloaded
) -> Plan:
    """The plan of these rows; those with errors are left out, one after another, until there is none."""
    while rows:
        plan = plan_rows(kind=kind, read=replace(read, typed=rows, flawed=[]), options=options, user=None)
        if not plan.errors or any(error.row is None for error in plan.errors):
            return plan
        reloaded.left_out += plan.errors
        wrong = plan.bad_rows()
        rows = [row for row in rows if row.row not in wrong]
    return Plan()


def _key_of(kind: Kind, row: Any) -> Key:
    return tuple(show(getattr(row, name)) for name in kind.named_by)
