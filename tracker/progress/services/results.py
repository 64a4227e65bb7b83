"""Entering results into a draft: many at once, each against what the person was shown."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
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
from tracker.framework.models import Indicator
from tracker.region.models import Mission

from ..choices import Origin
from ..models import CellValue, IndicatorAssignment, IndicatorResult, ReportingPeriod, ReportRevision
from ..rules import Amount, Entry, EntryRules, Finding, check_entry
from .locks import PROGRESS, refuse_unless_writable
from .overlaps import overlapping
from .reports import begin_report


def fingerprint(entry: Entry) -> str:
    """A short text by which two entries that say the same are known: 1.50 says 1.5, an empty cell is no cell,
    and how lines end does not matter. A page carries that of what it showed.
    """
    cells = {str(cell): _spell(a) for cell, a in sorted(entry.cells.items()) if not a.is_empty}
    said = [_spell(entry.amount), entry.not_applicable, clean_comment(entry.comment), cells]
    return hashlib.blake2b(json.dumps(said).encode(), digest_size=9).hexdigest()


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
    showed, or of a colleague's that they have seen and decided against.
    """

    entry: Entry
    over: str = NOTHING


@dataclass(frozen=True)
class Conflict:
    """What a colleague has saved since the page was read (None: it is gone), who changed it last, and when."""

    theirs: IndicatorResult | None
    by: User | None = None
    at: datetime | None = None


@dataclass
class Saved:
    """What became of what was typed, by indicator id. Nothing of it is lost: what was not saved comes back.

    ``overlaps`` says with which figure of another period one would count twice.
    """

    revision: ReportRevision
    saved: list[int] = field(default_factory=list)
    findings: dict[int, list[Finding]] = field(default_factory=dict)
    overlaps: dict[int, str] = field(default_factory=dict)
    conflicts: dict[int, Conflict] = field(default_factory=dict)


def rules_for(indicators: Sequence[Indicator]) -> dict[int, EntryRules]:
    """What entering needs to know of these indicators, ``asks__breakdown__cells`` prefetched."""
    return {
        i.pk: EntryRules(
            measure=i.measure,
            period_rule=i.period_rule,
            decimals=i.decimals,
            allows_negative=i.allows_negative,
            bounded=i.bounded,
            stages=len(i.scale),
            exclusive=tuple(
                tuple(c.pk for c in ask.breakdown.cells.all())
                for ask in i.asks.all()
                if ask.breakdown.exclusive
            ),
            multiple=tuple(
                tuple(c.pk for c in ask.breakdown.cells.all())
                for ask in i.asks.all()
                if not ask.breakdown.exclusive
            ),
        )
        for i in indicators
    }


def indicators_to_enter(
    *, mission: Mission, period: ReportingPeriod, revision: ReportRevision | None
) -> list[Indicator]:
    """The active indicators that are due from a mission in a period, and whatever else its revision says
    something of (an indicator may have been retired since), in the framework's order.
    """
    due = IndicatorAssignment.objects.due_in(period).filter(mission=mission).values("indicator_id")
    held = IndicatorResult.objects.filter(revision=revision).explained().values("indicator_id")
    return list(
        Indicator.objects.filter(Q(pk__in=due) | Q(pk__in=held))
        .in_order()
        .select_related("objective__priority")
        .prefetch_related("asks__breakdown__cells")
    )


@transaction.atomic
def save_results(
    *, mission: Mission, period: ReportingPeriod, user: User, typed: Mapping[int, Typed]
) -> Saved:
    """Write what fits into the mission's open revision (begun if need be), in a fixed number of statements.

    What the person left as it was shown is never written. What is impossible is left out and named; so is
    what a colleague changed since the page was read, unless both say the same.
    """
    share_writes(PROGRESS)
    revision = begin_report(mission=mission, period=period, user=user)
    # Held until we are done: an officer's approval or a colleague's submission waits, or came first and
    # is met here as a lock.
    revision = (
        ReportRevision.objects.select_for_update(of=("self",))
        .select_related("report__mission", "report__period__strategy")
        .get(pk=revision.pk)
    )
    refuse_unless_writable(revision, user=user)
    outcome = Saved(revision)
    indicators = {i.pk: i for i in indicators_to_enter(mission=mission, period=period, revision=revision)}
    if strangers := sorted(set(typed) - indicators.keys()):
        raise Refused(
            ngettext(
                "%(count)s of these indicators is not due from %(mission)s in %(period)s.",
                "%(count)s of these indicators are not due from %(mission)s in %(period)s.",
                len(strangers),
            )
            % {"count": len(strangers), "mission": mission, "period": period}
        )
    rules = rules_for([indicators[pk] for pk in typed])
    present = {
        r.indicator_id: r
        for r in IndicatorResult.objects.filter(revision=revision, indicator_id__in=typed)
        .select_related("entered_by")
        .prefetch_related("cells")
    }
    met = overlapping(
        mission_id=mission.pk,
        period=period,
        indicator_ids=[pk for pk, wanted in typed.items() if not wanted.entry.amount.is_empty],
    )
    new: list[IndicatorResult] = []
    changed: list[IndicatorResult] = []
    cells: dict[int, Mapping[int, Amount]] = {}
    overtaken: dict[int, IndicatorResult | None] = {}
    for pk, wanted in typed.items():
        row = present.get(pk)
        # Compared by what they say and not by a counter: a reopened report begins its counting anew.
        stored = fingerprint(entry_of(row) if row else Entry())
        if fingerprint(wanted.entry) in (stored, wanted.over):
            continue
        if stored != wanted.over:
            overtaken[pk] = row
            continue
        if findings := check_entry(rules[pk], wanted.entry):
            outcome.findings[pk] = findings
            continue
        if pk in met and not wanted.entry.amount.is_empty:
            outcome.overlaps[pk] = met[pk]
            continue
        target = row or IndicatorResult(revision=revision, indicator_id=pk, version=0)
        _lay(wanted.entry, target, user=user)
        (changed if row else new).append(target)
        cells[pk] = wanted.entry.cells
        outcome.saved.append(pk)
    IndicatorResult.objects.bulk_create(new)
    IndicatorResult.objects.bulk_update(changed, _WRITTEN)
    _write_cells([*new, *changed], cells)
    outcome.conflicts = _say_who(overtaken)
    return outcome


_WRITTEN = [
    "value", "numerator", "denominator", "not_applicable", "comment", "covers", "origin", "batch",
    "entered_by", "entered_at", "is_copy", "held_back", "version",
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


def _lay(entry: Entry, row: IndicatorResult, *, user: User) -> None:
    """Put an entry into a row. Who changes a figure has entered it; who adds a comment has not."""
    before = entry_of(row)
    row.comment = clean_comment(entry.comment)
    row.version += 1
    if row.pk is None or (before.amount, before.not_applicable, before.cells) != (
        entry.amount,
        entry.not_applicable,
        entry.cells,
    ):
        row.value = entry.amount.value
        row.numerator, row.denominator = entry.amount.numerator, entry.amount.denominator
        row.not_applicable = entry.not_applicable
        row.entered_by, row.entered_at = user, timezone.now()
        row.origin, row.batch, row.is_copy, row.held_back = Origin.ENTERED, None, False, False


def entry_of(row: IndicatorResult) -> Entry:
    """A result as it was entered."""
    cells = {
        c.cell_id: Amount(c.value, c.numerator, c.denominator) for c in (row.cells.all() if row.pk else ())
    }
    return Entry(
        amount=Amount(row.value, row.numerator, row.denominator),
        not_applicable=row.not_applicable,
        comment=row.comment,
        cells=cells,
    )


def _write_cells(rows: Sequence[IndicatorResult], cells: Mapping[int, Mapping[int, Amount]]) -> None:
    """Make the cells of these results what was typed: one INSERT … ON CONFLICT and one DELETE."""
    wanted = [
        CellValue(result=row, cell_id=cell, value=a.value, numerator=a.numerator, denominator=a.denominator)
        for row in rows
        for cell, a in cells[row.indicator_id].items()
        if not a.is_empty
    ]
    kept = {(c.result_id, c.cell_id) for c in wanted}
    gone = [
        pk
        for pk, result, cell in CellValue.objects.filter(result__in=rows).values_list(
            "pk", "result_id", "cell_id"
        )
        if (result, cell) not in kept
    ]
    CellValue.objects.filter(pk__in=gone).delete()
    CellValue.objects.bulk_create(
        wanted,
        update_conflicts=True,
        unique_fields=["result", "cell"],
        update_fields=["value", "numerator", "denominator"],
    )
