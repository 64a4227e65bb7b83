"""What is taken away of a batch as a file: its lines, its workbook with the errors marked, what stands in the
way of undoing it.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.batches.kinds import Kind
from tracker.batches.models import ImportBatch
from tracker.batches.querysets import LineQuerySet
from tracker.batches.services.reading import columns_for
from tracker.batches.undos import Conflict
from tracker.common.errors import Refused
from tracker.common.formats import show_number
from tracker.common.stored_files import read_stored
from tracker.common.workbooks.markup import Mark, mark_up
from tracker.common.workbooks.sheets import Reading
from tracker.common.workbooks.specs import Column, SheetSpec

from .labels import name_outcome

_LINES_AT_ONCE = 5_000
MOST_IN_A_WORKBOOK = 250_000
"""So many rows are written as a workbook while somebody waits; more go out as CSV, row by row."""


def refuse_long_workbook(lines: LineQuerySet) -> None:
    """Raise Refused where these lines are too many for a workbook."""
    rows = lines.count_cells()
    if rows > MOST_IN_A_WORKBOOK:
        raise Refused(
            _(
                "These are %(count)s rows, more than are written into a workbook (%(most)s). Narrow them by the "
                "choice above the list, or take them as CSV."
            )
            % {"count": show_number(rows), "most": show_number(MOST_IN_A_WORKBOOK)}
        )


def lines_sheet(lines: LineQuerySet) -> SheetSpec:
    """Every line, a changed cell a row: what it was, what it becomes; an error with what to do."""
    return SheetSpec(
        name=_("Rows"),
        columns=[
            Column("sheet", title=_("Sheet"), width=16),
            Column("row", title=_("Row"), kind="number", whole=True, width=8),
            Column("outcome", title=_("Outcome"), width=12),
            Column("key", title=_("What"), width=36),
            Column("column", title=_("Column"), width=20),
            Column("old", title=_("Old value")),
            Column("new", title=_("New value, or what stands there")),
            Column("message", title=_("What is wrong and what to do"), width=80),
        ],
        rows=_cells_of(lines),
        frozen=2,
    )


def _cells_of(lines: LineQuerySet) -> Iterator[tuple[Any, ...]]:
    names = ("sheet", "row", "outcome", "key", "columns", "cells", "value", "message")
    found = lines.in_order().values_list(*names)
    for sheet, row, outcome, key, columns, cells, value, message in found.iterator(_LINES_AT_ONCE):
        head = (sheet or None, row, name_outcome(outcome), key or None)
        if cells:
            for name, old, new in cells:
                yield (*head, name, old, new or None, None)
        else:
            yield (*head, columns[0] if columns else None, None, value or None, message or None)


def marked_workbook(*, batch: ImportBatch, kind: Kind) -> bytes:
    """The file of a batch with every error marked. Raises WorkbookError where it cannot be read at all, and Refused
    where the store has lost it.
    """
    read = batch.read_as
    parts = read.get("parts", [])
    titles = read.get("titles", {})
    only = parts[0]["name"] if len(parts) == 1 else ""
    return mark_up(
        data=read_stored(batch.file),
        filename=batch.filename,
        marks=[
            Mark(
                line.message,
                row=line.row,
                heading=titles.get(line.column, line.column) or None,
                sheet=line.sheet or only or None,
            )
            for line in batch.lines.errors().in_order()
        ],
        header_row=parts[0]["header_row"] if len(parts) == 1 else None,
        columns=[column.name for column in columns_for(kind, batch.options)],
        reading=Reading(**read.get("reading", {})),
    )


def conflicts_sheet(conflicts: Iterable[Conflict]) -> SheetSpec:
    """What came after a file, and by whom."""
    return SheetSpec(
        name=_("Changed since"),
        columns=[
            Column("what", title=_("What"), width=40),
            Column("why", title=_("What happened since"), width=60),
            Column("by", title=_("By")),
            Column("at", title=_("When"), kind="datetime"),
        ],
        rows=(
            (each.what, each.why, each.by or None, timezone.localtime(each.at) if each.at else None)
            for each in conflicts
        ),
    )
