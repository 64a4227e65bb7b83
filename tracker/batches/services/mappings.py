"""What the headings of a file mean: remembered when it is saved, and used for the next file of the same shape."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.common.workbooks.reading import normalise

from ..kinds import Kind
from ..models import ColumnMapping, ImportBatch
from ..wording import show_moment
from .reading import ReadFile, read_file

if TYPE_CHECKING:
    from tracker.access.models import User


def shape_of(headings: Iterable[str]) -> str:
    """What files with the same headings have in common: in any order, case and spaces aside."""
    names = sorted({normalise(heading) for heading in headings if heading.strip()})
    return hashlib.sha256("\n".join(names).encode()).hexdigest()


def read_as_remembered(
    *,
    kind: Kind,
    data: bytes,
    filename: str,
    options: Mapping[str, Any],
    reading: Mapping[str, Any],
    progress: Callable[[int], None] | None = None,
) -> ReadFile:
    """Read a file; where it has headings that nobody knows and nobody said what they mean, as the last file of
    its shape was read. A mapping in ``reading``, an empty one too, is what somebody said.
    """

    def read_with(reading: Mapping[str, Any]) -> ReadFile:
        return read_file(
            kind=kind, data=data, filename=filename, options=options, reading=reading, progress=progress
        )

    read = read_with(reading)
    if "mapping" in reading or not (read.unknown_columns or read.tops):
        return read
    tops = [(None, read.headings), *read.tops]
    shapes = {shape_of(headings): row for row, headings in reversed(tops) if headings}
    found = ColumnMapping.objects.filter(kind=kind.code, shape__in=list(shapes)).first()
    if found is None:
        return read
    names = {column.name for column in read.columns}
    # Columns come and go; what is left of the others is unknown again.
    mapping = {heading: name for heading, name in found.mapping.items() if not name or name in names}
    row = shapes[found.shape]
    again = read_with({**reading, "mapping": mapping, **({"header_row": row} if row else {})})
    again.warnings.insert(0, _say_remembered(found))
    return again


def _say_remembered(found: ColumnMapping) -> str:
    pairs = [
        _("“%(heading)s” as %(column)s") % {"heading": heading, "column": column}
        if column
        else _("“%(heading)s” left out") % {"heading": heading}
        for heading, column in found.mapping.items()
    ]
    return _(
        "Columns were taken as in the last file of this shape (%(when)s): %(columns)s. Change it if it is wrong."
    ) % {"when": show_moment(found.remembered_at), "columns": "; ".join(pairs)}


def read_as_shown(*, kind: Kind, data: bytes, batch: ImportBatch) -> ReadFile:
    """Read a batch's file once more just as it was read for its preview."""
    return read_file(
        kind=kind,
        data=data,
        filename=batch.filename,
        options=batch.options,
        reading=batch.read_as.get("reading", batch.reading),
    )


def remember_mapping(*, batch: ImportBatch, kind: Kind, user: "User | None") -> None:
    """Remember how the columns of a file that was saved were taken; in the caller's transaction.

    What somebody took back (an empty mapping said on purpose) is forgotten.
    """
    mapping = batch.read_as.get("reading", {}).get("mapping") or {}
    headings = batch.read_as.get("headings", [])
    shape = shape_of(headings)
    if not mapping:
        if "mapping" in batch.reading:
            ColumnMapping.objects.filter(kind=kind.code, shape=shape).delete()
        return
    known = ColumnMapping.objects.select_for_update().filter(kind=kind.code, shape=shape).first()
    if known is not None and known.mapping == mapping:
        return
    ColumnMapping.objects.update_or_create(
        kind=kind.code,
        shape=shape,
        defaults={
            "headings": headings,
            "mapping": mapping,
            "batch": batch,
            "remembered_by": user,
            "remembered_at": timezone.now(),
        },
    )
