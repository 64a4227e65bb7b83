"""Which round a report is in: why it went back to its mission, and what it said when it did.

A returned report is written on in place, and a reopened one in a copy; what a row said before is in its
history alone.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from tracker.common.history import history_begins, rows_as_of
from tracker.progress.choices import Transition
from tracker.progress.models import CellValue, IndicatorResult, ReportRevision, ReviewEvent
from tracker.progress.rules import Amount, Entry


@dataclass(frozen=True)
class Round:
    """What the mission was asked, and its answer.

    ``number`` is 1 before the first return and one more after each. ``asked`` is the return, or the reopening
    of an approved report; ``answered`` the submission that came after it, None while the mission is at it.
    """

    number: int
    asked: ReviewEvent
    answered: ReviewEvent | None

    @property
    def title(self) -> str:
        return _("Correction of approved figures") if self.number == 1 else round_title(self.number)


def round_title(number: int) -> str:
    """“Second round”: the report was returned once."""
    named = {1: _("First round"), 2: _("Second round"), 3: _("Third round")}
    return named.get(number) or _("Round %(number)s") % {"number": number}


def find_round(events: Sequence[ReviewEvent]) -> Round | None:
    """The round that a revision is in, from its events in order; None where it never went back."""
    asked = [event for event in events if event.transition in (Transition.RETURN, Transition.REOPEN)]
    if not asked:
        return None
    since = events[events.index(asked[-1]) :]
    return Round(
        number=1 + sum(event.transition == Transition.RETURN for event in asked),
        asked=asked[-1],
        answered=next((e for e in reversed(since) if e.transition == Transition.SUBMIT), None),
    )


@dataclass(frozen=True)
class Said:
    """What a row said: itself and its cells (by cell id) as their history holds them, None where it was not
    there.
    """

    result: Any = None
    cells: Mapping[int, Any] = field(default_factory=dict)

    @property
    def entry(self) -> Entry:
        if self.result is None:
            return Entry()
        return Entry(
            amount=_amount(self.result),
            not_applicable=self.result.not_applicable,
            comment=self.result.comment,
            cells={cell: _amount(value) for cell, value in self.cells.items()},
        )


def _amount(row: Any) -> Amount:
    return Amount(row.value, row.numerator, row.denominator)


def said_when_asked(revision: ReportRevision, asked: Round) -> dict[int, Said] | None:
    """What the rows of a revision said when it went back to its mission, by indicator id: four statements.

    None where that is not on record: what was loaded with its events was recorded after them.
    """
    begins = history_begins(revision)
    if asked.answered is not None and asked.answered.at < begins:
        return None
    moment = max(asked.asked.at, begins)
    results = rows_as_of(IndicatorResult, moment, revision=revision)
    parts = rows_as_of(CellValue, moment, result__in=[row.pgh_obj_id for row in results])
    prefetch_related_objects(parts, "cell")
    cells: defaultdict[int, dict[int, Any]] = defaultdict(dict)
    for part in parts:
        cells[part.result_id][part.cell_id] = part
    return {row.indicator_id: Said(row, cells[row.pgh_obj_id]) for row in results}
