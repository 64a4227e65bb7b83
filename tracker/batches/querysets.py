"""Reads of import batches and of their lines, as phrases."""

import datetime
import json
from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Case, Count, F, Func, IntegerField, Q, Sum, TextField, Value, When
from django.db.models.functions import Cast, Greatest

from .choices import CONFIRMABLE, BatchStatus, LineOutcome

if TYPE_CHECKING:
    from tracker.access.models import User

    from .models import ImportBatch, ImportLine


class BatchQuerySet(models.QuerySet["ImportBatch"]):
    def with_people(self) -> "BatchQuerySet":
        """With what its state and its sentences are told from: its job and who uploaded, saved and undid it."""
        return self.select_related("job", "uploaded_by", "saved_by", "undone_by")

    def of_same_file(self, *, sha256: str, kind: str) -> "BatchQuerySet":
        """Batches of the same bytes, loaded as the same kind: what is saved first, then the latest."""
        is_saved = Case(When(status=BatchStatus.APPLIED, then=Value(0)), default=Value(1))
        return self.filter(sha256=sha256, kind=kind).order_by(is_saved, "-uploaded_at", "-pk")

    def open_to(self, user: "User", *, shared: Collection[str], own: Collection[str]) -> "BatchQuerySet":
        """Batches of the ``shared`` kinds, and those of the ``own`` kinds that this person uploaded."""
        return self.filter(Q(kind__in=shared) | Q(kind__in=own, uploaded_by=user))

    def never_saved_since(self, moment: datetime.datetime) -> "BatchQuerySet":
        """Looked at before then, and not saved: neither then nor now being saved."""
        return self.filter(
            status__in=[*CONFIRMABLE, BatchStatus.CANCELLED, BatchStatus.FAILED], checked_at__lt=moment
        )


class LineQuerySet(models.QuerySet["ImportLine"]):
    """Everything here is for the lines of one batch: ``batch.lines.errors().in_column("value")``."""

    def errors(self) -> "LineQuerySet":
        return self.filter(outcome=LineOutcome.ERROR)

    def changes(self) -> "LineQuerySet":
        """What is new or changed."""
        return self.filter(outcome__in=[LineOutcome.NEW, LineOutcome.CHANGED])

    def of_outcome(self, *outcomes: LineOutcome) -> "LineQuerySet":
        return self.filter(outcome__in=outcomes)

    def in_column(self, column: str) -> "LineQuerySet":
        """Errors in this column, and changes of it."""
        return self.filter(columns__contains=[column])

    def saying(self, text: str) -> "LineQuerySet":
        """Lines in which this text stands somewhere, in any case: key, values, message; a row by its number."""
        words = " ".join(text.split())
        if not words:
            return self
        # As it stands in the JSON: a quotation mark is escaped there.
        in_json = json.dumps(words, ensure_ascii=False)[1:-1]
        found = (
            Q(key__icontains=words)
            | Q(message__icontains=words)
            | Q(value__icontains=words)
            | Q(_cells__icontains=in_json)
        )
        if words.isascii() and words.isdigit() and len(words) < 10:
            found |= Q(row=int(words))
        return self.alias(_cells=Cast("cells", TextField())).filter(found)

    def in_order(self) -> "LineQuerySet":
        return self.order_by("position")

    def count_cells(self) -> int:
        """How many rows they are in a file, where each changed cell is one."""
        cells = Greatest(Func(F("cells"), function="jsonb_array_length", output_field=IntegerField()), 1)
        return self.order_by().aggregate(count=Sum(cells))["count"] or 0
