"""Entering results into a draft: many at once, each against what the person was shown."""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

import pghistory
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import ngettext

from tracker.access.models import User
from tracker.common.bulk import share_writes
from tracker.common.errors import Refused
from tracker.region.models import Mission

from ..choices import Origin
from ..models import CellValue, IndicatorResult, ReportingPeriod, ReportRevision
from ..rules import Amount, Entry, Finding, check_entry
from .entry_rows import EntryRow, hold_report, read_entry_rows
from .locks import PROGRESS, refuse_unless_writable
from .overlaps import overlapping
from .reports import begin_report

HALF = 12
"""How long the first half of a fingerprint is: that of the amount, "not applicable" and the comment."""


def fingerprint(entry: Entry) -> str:
    """A short text by which two entries that say the same are known: 1.50 says 1.5, an empty cell is no cell,
    and how lines end does not matter. A page carries that of what it showed.

    Its first half is that of the row, its second that of the cells; a page that left the cells folded carries the
    first alone.
    """
    cells = {str(cell): _spell(a) for cell, a in sorted(entry.cells.items()) if not a.is_empty}
    return fingerprint_of_row(entry) + _digest(cells)


def fingerprint_of_row(entry: Entry) -> str:
    """The first half of its fingerprint."""
    return _digest([_spell(entry.amount), entry.not_applicable, clean_comment(entry.comment)])


def _digest(said: object) -> str:
    return hashlib.blake2b(json.dumps(said).encode(), digest_size=HALF // 2).hexdigest()


def _spell(amount: Amount) -> list[str]:
    numbers = (amount.value, amount.numerator, amount.denominator)
    # Adding nothing makes a minus zero a zero.
    return ["" if n is None else format((Decimal(n) + 0).normalize(), "f") for n in numbers]


def clean_comment(text: str) -> str:
    """A comment as it is compared and kept, however a browser or a sheet ends its lines."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


NOTHING = fingerprint(Entry())
"""That of an indicator of which nothing was said."""


@dataclass(frozen=True)
class Typed:
    """What a person typed for one indicator, and over what: the ``fingerprint`` of the entry that their page
    showed, or of a colleague's that they have seen and decided against. The first half of one says that the page
    showed no cells: they stay as they are.

    ``is_carried``: the amount was taken over from the period before by "same as last period".
    """

    entry: Entry
    over: str = NOTHING
    is_carried: bool = False


@dataclass(frozen=True)
class Conflict:
    """What a colleague has saved since the page was read (None: it is gone), who changed it last, and when."""

    theirs: IndicatorResult | None
    by: User | None = None
    at: datetime | None = None


@dataclass
class Saved:
    """What became of what was typed, by indicator id. Nothing of it is lost: what was not saved comes back.

    ``rows`` is what the report says of these indicators now; ``overlaps`` says with which figure of another period one
    would count twice.
    """

    revision: ReportRevision
    saved: list[int] = field(default_factory=list)
    findings: dict[int, list[Finding]] = field(default_factory=dict)
    overlaps: dict[int, str] = field(default_factory=dict)
    conflicts: dict[int, Conflict] = field(default_factory=dict)
    rows: Mapping[int, EntryRow] = field(default_factory=dict)

    @property
    def is_partial(self) -> bool:
        """Whether some of it was not saved."""
        return bool(self.findings or self.overlaps or self.conflicts)


@transaction.atomic
def save_results(
    *,
    mission: Mission,
    period: ReportingPeriod,
    user: User,
    typed: Mapping[int, Typed],
    held: ReportRevision | None = None,
    rows: Mapping[int, EntryRow] | None = None,
) -> Saved:
    """Write what fits into the mission's open revision (begun if need be), in a fixed number of statements.

    What the person left as it was shown is never written. What is impossible is left out and named; so is what a
    colleague changed since the page was read, unless both say the same. ``held`` and ``rows`` are what the caller
    holds (``hold_report``) and has read (``read_entry_rows``) in this transaction already.
    """
    revision = held
    if revision is None:
        share_writes(PROGRESS)
        begin_report(mission=mission, period=period, user=user)
        # Held until we are done: an officer's approval or a colleague's submission waits, or came first and
        # is met here as a lock.
        revision = hold_report(mission=mission.code, period=period.code)
        assert revision is not None
    refuse_unless_writable(revision, user=user)
    outcome = Saved(revision)
    if rows is None or held is None:
        # Whoever began the report a moment before may have written in it too.
        rows = read_entry_rows(mission=mission, period=period, revision=revision, only=typed)
    outcome.rows = rows
    if strangers := set(typed) - rows.keys():
        raise Refused(
            ngettext(
                "%(count)s of these indicators is not due from %(mission)s in %(period)s.",
                "%(count)s of these indicators are not due from %(mission)s in %(period)s.",
                len(strangers),
            )
            % {"count": len(strangers), "mission": mission, "period": period}
        )
    met = _meet_wider(mission, period, typed, rows)
    new: list[IndicatorResult] = []
    changed: list[IndicatorResult] = []
    before: dict[int, Entry] = {}
    overtaken: dict[int, IndicatorResult | None] = {}
    for pk, wanted in typed.items():
        row = rows[pk]
        entry = _lay_over(wanted, row.stored)
        if entry is None:
            overtaken[pk] = row.result
            continue
        if fingerprint(entry) == fingerprint(row.stored):
            continue
        if findings := check_entry(row.rules, entry):
            outcome.findings[pk] = findings
            continue
        if pk in met and not entry.amount.is_empty:
            outcome.overlaps[pk] = met[pk]
            continue
        result = row.result or IndicatorResult(revision=revision, indicator_id=pk, version=0)
        (changed if row.result else new).append(result)
        _write(entry, result, before=row.stored, user=user, is_carried=wanted.is_carried)
        before[pk], row.result, row.stored = row.stored, result, entry
        outcome.saved.append(pk)
    IndicatorResult.objects.bulk_create(new)
    IndicatorResult.objects.bulk_update(changed, _WRITTEN)
    _write_cells(before, rows)
    outcome.conflicts = _say_who(overtaken)
    return outcome


def _meet_wider(
    mission: Mission, period: ReportingPeriod, typed: Mapping[int, Typed], rows: Mapping[int, EntryRow]
) -> Mapping[int, str]:
    """With which half-year or year an amount would be counted twice, by indicator id."""
    amounts = [pk for pk, wanted in typed.items() if not wanted.entry.amount.is_empty and rows[pk].is_spanned]
    return overlapping(mission_id=mission.pk, period=period, indicator_ids=amounts) if amounts else {}


def _lay_over(wanted: Typed, stored: Entry) -> Entry | None:
    """What a person typed, laid over what is stored by now: of the row, and of its cells, what they left as it was
    shown stays as it is stored. None where both they and a colleague changed the same half to something else.

    Compared by what they say and not by a counter: a reopened report begins its counting anew.
    """
    mine, theirs, shown = fingerprint(wanted.entry), fingerprint(stored), wanted.over
    takes = []
    for half in (slice(HALF), slice(HALF, None)):
        is_mine = bool(shown[half]) and mine[half] != shown[half]
        if is_mine and theirs[half] not in (shown[half], mine[half]):
            return None
        takes.append(is_mine)
    row = wanted.entry if takes[0] else stored
    return Entry(
        amount=row.amount,
        not_applicable=row.not_applicable,
        comment=row.comment,
        cells=wanted.entry.cells if takes[1] else stored.cells,
    )


_WRITTEN = [
    "value", "numerator", "denominator", "not_applicable", "comment", "covers", "origin", "batch",
    "entered_by", "entered_at", "is_copy", "is_carried", "held_back", "version",
]  # fmt: skip


def _say_who(overtaken: Mapping[int, IndicatorResult | None]) -> dict[int, Conflict]:
    """Who last changed these results, by their history: who only added a comment has not entered the figure."""
    ids = [row.pk for row in overtaken.values() if row]
    last = _last_changes(ids) if ids else {}
    people = User.objects.in_bulk({person for person, _at in last.values() if person})
    conflicts = {}
    for pk, row in overtaken.items():
        person, at = last.get(row.pk, (None, None)) if row else (None, None)
        by = people.get(person) if person else None
        if row and by is None:
            by, at = row.entered_by, row.entered_at
        conflicts[pk] = Conflict(row, by, at)
    return conflicts


def _last_changes(results: Collection[int]) -> dict[int, tuple[int | None, datetime]]:
    """Who changed these results last since they were entered, or copied from the revision before, and when, by
    result id.
    """
    tracked: Any = IndicatorResult
    events = tracked.pgh_event_model.objects.filter(
        pgh_obj_id__in=results, pgh_label=pghistory.UpdateEvent.label
    )
    rows = events.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id")
    return {
        result: ((context or {}).get("user"), at)
        for result, context, at in rows.values_list("pgh_obj_id", "pgh_context", "pgh_created_at")
    }


def _write(entry: Entry, result: IndicatorResult, *, before: Entry, user: User, is_carried: bool) -> None:
    """Put an entry into a result. Who changes a figure has entered it; who adds a comment has not."""
    result.comment = clean_comment(entry.comment)
    result.version += 1
    if result.pk is None or (before.amount, before.not_applicable, before.cells) != (
        entry.amount,
        entry.not_applicable,
        entry.cells,
    ):
        result.value = entry.amount.value
        result.numerator, result.denominator = entry.amount.numerator, entry.amount.denominator
        result.not_applicable = entry.not_applicable
        result.entered_by, result.entered_at = user, timezone.now()
        result.origin, result.batch, result.is_copy, result.held_back = Origin.ENTERED, None, False, False
        result.is_carried = is_carried


def entry_of(row: IndicatorResult) -> Entry:
    """A result as it was entered."""
    cells = {c.cell_id: Amount(c.value, c.numerator, c.denominator) for c in row.cells.all()}
    return Entry(
        amount=Amount(row.value, row.numerator, row.denominator),
        not_applicable=row.not_applicable,
        comment=row.comment,
        cells=cells,
    )


def _write_cells(before: Mapping[int, Entry], rows: Mapping[int, EntryRow]) -> None:
    """Make the cells of these results what was typed: at most one INSERT … ON CONFLICT and one DELETE."""
    wanted: list[CellValue] = []
    gone = Q()
    for pk, old in before.items():
        result, cells = rows[pk].result, rows[pk].stored.cells
        wanted += [
            CellValue(
                result=result,
                cell_id=cell,
                value=amount.value,
                numerator=amount.numerator,
                denominator=amount.denominator,
            )
            for cell, amount in cells.items()
            if not amount.is_empty and old.cells.get(cell) != amount
        ]
        if lost := [cell for cell in old.cells if cells.get(cell, Amount()).is_empty]:
            gone |= Q(result=result, cell_id__in=lost)
    if gone:
        CellValue.objects.filter(gone).delete()
    CellValue.objects.bulk_create(
        wanted,
        update_conflicts=True,
        unique_fields=["result", "cell"],
        update_fields=["value", "numerator", "denominator"],
    )
