"""Entering results into a draft: many at once, each against the version the person saw."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

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


@dataclass(frozen=True)
class Typed:
    """What a person typed for one indicator, and the version of the result they typed it over (0: none)."""

    entry: Entry
    version: int


@dataclass
class Saved:
    """What became of what was typed, by indicator id. Nothing of it is lost: what was not saved comes back.

    ``overlaps`` says with which figure of another period one would count twice; ``conflicts`` holds the row
    that a colleague saved in between; None where what was typed over is gone.
    """

    revision: ReportRevision
    saved: list[int] = field(default_factory=list)
    findings: dict[int, list[Finding]] = field(default_factory=dict)
    overlaps: dict[int, str] = field(default_factory=dict)
    conflicts: dict[int, IndicatorResult | None] = field(default_factory=dict)


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
    """The active indicators that are due from a mission in a period, and whatever else its revision holds (an
    indicator may have been retired since), in the framework's order.
    """
    due = IndicatorAssignment.objects.due_in(period).filter(mission=mission).values("indicator_id")
    held = IndicatorResult.objects.filter(revision=revision).values("indicator_id")
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

    What is impossible is left out and named; so is what a colleague changed since the page was read.
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
            _("%(count)s of these indicators are not due from %(mission)s in %(period)s.")
            % {"count": len(strangers), "mission": mission, "period": period}
        )
    rules = rules_for([indicators[pk] for pk in typed])
    present = {
        r.indicator_id: r
        for r in IndicatorResult.objects.filter(revision=revision, indicator_id__in=typed).prefetch_related(
            "cells"
        )
    }
    met = overlapping(
        mission_id=mission.pk,
        period=period,
        indicator_ids=[pk for pk, wanted in typed.items() if not wanted.entry.amount.is_empty],
    )
    new: list[IndicatorResult] = []
    changed: list[IndicatorResult] = []
    cells: dict[int, Mapping[int, Amount]] = {}
    for pk, wanted in typed.items():
        row = present.get(pk)
        if row and entry_of(row) == wanted.entry:
            continue
        if wanted.version == 0 and wanted.entry == Entry():
            # Shown empty and left empty: what a colleague has given meanwhile is no conflict with nothing.
            continue
        if (row.version if row else 0) != wanted.version:
            outcome.conflicts[pk] = row
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
    return outcome


_WRITTEN = [
    "value", "numerator", "denominator", "not_applicable", "comment", "covers", "origin", "batch",
    "entered_by", "entered_at", "is_copy", "held_back", "version",
]  # fmt: skip


def _lay(entry: Entry, row: IndicatorResult, *, user: User) -> None:
    """Put an entry into a row. Who changes a figure has entered it; who adds a comment has not."""
    before = entry_of(row)
    row.comment = entry.comment
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
