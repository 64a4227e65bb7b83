"""What the page of a batch shows of its lines, in a fixed number of statements however many there are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator

from tracker.batches.choices import LineOutcome
from tracker.batches.models import ImportBatch, ImportLine
from tracker.batches.querysets import LineQuerySet

LINES_A_PAGE = 100


@dataclass(frozen=True, slots=True)
class Lines:
    """A page of lines, and whether the rows of several sheets are among them. ``is_empty``: the batch has no
    lines at all, whatever was chosen.
    """

    page: Page[Any]
    shown: Sequence[ImportLine]
    has_sheets: bool
    is_empty: bool

    @property
    def total(self) -> int:
        """How many lines there are on all pages."""
        return self.page.paginator.count


def count_lines(batch: ImportBatch) -> Mapping[str, int]:
    """How many lines there are of each outcome, from the batch itself where it tells them.

    Of what is left out a row may have several lines: these are counted.
    """
    left_out = batch.lines.of_outcome(LineOutcome.LEFT_OUT).count() if batch.left_out else 0
    return {
        LineOutcome.ERROR: batch.errors,
        LineOutcome.QUESTION: batch.questions,
        LineOutcome.NEW: batch.new,
        LineOutcome.CHANGED: batch.changed,
        LineOutcome.LEFT_OUT: left_out,
    }


def columns_of(batch: ImportBatch, known: Iterable[str]) -> list[str]:
    """The columns that lines may be of: those of the file; where it was not read so far, all that its kind knows."""
    return list(batch.read_as.get("titles", {})) or list(known)


def read_lines(
    batch: ImportBatch, lines: LineQuerySet, number: str | None, *, is_searched: bool = False
) -> Lines:
    """One page of these lines of a batch, in the order in which they are shown.

    ``is_searched``: they were looked for by a text, which means reading all lines. That is done once, for their
    places; else they would be read a second time for the page.
    """
    found = lines.in_order()
    shown: Sequence[ImportLine]
    page: Page[Any]
    if is_searched:
        page = Paginator(list(found.values_list("position", flat=True)), LINES_A_PAGE).get_page(number)
        shown = list(batch.lines.filter(position__in=page.object_list).in_order())
    else:
        page = Paginator(found, LINES_A_PAGE).get_page(number)
        shown = list(page)
    return Lines(
        page,
        shown,
        has_sheets=len(batch.read_as.get("parts", [])) > 1,
        is_empty=not (batch.errors or batch.questions or batch.changes_something or batch.left_out),
    )
