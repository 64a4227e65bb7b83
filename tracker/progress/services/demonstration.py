"""Laying down demonstration progress: reports, revisions, results, cells and review events in bulk.

What is laid down is planned elsewhere, down to the last figure; here it becomes rows, in a fixed number of
statements however many they are. Every result and every revision is marked with the origin ``demo``.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.access.models import User
from tracker.common.bulk import quote, run, staged
from tracker.common.errors import Refused
from tracker.framework.models import Strategy

from ..choices import Origin, RevisionStatus, TargetBasis, Transition
from ..models import (
    Baseline,
    CellValue,
    IndicatorAssignment,
    IndicatorResult,
    ProgressReport,
    ReportRevision,
    Target,
)
from .baselines import BASELINE_FIELDS
from .demonstration_parts import PlannedText, PlannedUpdate, lay_evidence, lay_narratives, lay_updates
from .known import record_versions
from .targets import TARGET_FIELDS

MARK = "Demonstration"

# Whole numbers and fractions alike; the database keeps six decimals.
Number = int | Decimal


class PlannedBaseline(NamedTuple):
    """A baseline of a mission (None: the region), ids throughout."""

    indicator: int
    mission: int | None
    value: Number | None
    numerator: Number | None
    denominator: Number | None
    date: date


class PlannedTarget(NamedTuple):
    """A level by a date; ``given`` is what is planned for the year alone where ``basis`` is per year."""

    indicator: int
    mission: int | None
    due_on: date
    value: Number
    basis: TargetBasis
    given: Number


class PlannedEvent(NamedTuple):
    """A step of a report's life."""

    transition: Transition
    from_status: str
    to_status: str
    actor: int
    at: datetime
    comment: str = ""


@dataclass(frozen=True, slots=True)
class PlannedReport:
    """The first revision of one mission's report for one period, and how it came to its status."""

    mission: int
    period: int
    status: RevisionStatus
    reporter: int
    narrative: tuple[PlannedText, ...]
    events: tuple[PlannedEvent, ...]
    answer_by: date | None = None

    def last(self, transition: Transition) -> PlannedEvent | None:
        """The latest step of a kind."""
        return next((e for e in reversed(self.events) if e.transition == transition), None)


class PlannedCell(NamedTuple):
    """One part of a result."""

    cell: int
    value: Number | None
    numerator: Number | None
    denominator: Number | None


class PlannedResult(NamedTuple):
    """What a report says of one indicator; nothing at all but a comment is an explained gap."""

    mission: int
    period: int
    indicator: int
    value: Number | None
    numerator: Number | None
    denominator: Number | None
    not_applicable: bool
    comment: str
    cells: tuple[PlannedCell, ...]


@dataclass(frozen=True)
class Laid:
    """How much was laid down."""

    reports: int
    results: int
    cells: int


def refuse_over_real_progress(*, strategy: Strategy) -> None:
    """Raise Refused where a mission has begun a report of its own: nothing invented may lie beside it."""
    if ProgressReport.objects.filter(period__strategy=strategy).exists():
        raise Refused(
            _(
                "This database holds progress that missions entered. Demonstration data is never laid beside it: "
                "use a database of its own (VAR_DIR names another folder)."
            )
        )


def copy_assignments(*, strategy: Strategy, times: int, user: User) -> int:
    """Give the copies of indicators (SP1-O1-I1-x2 …) the assignments that their originals hold."""
    return run(
        """
        INSERT INTO tracker_indicatorassignment
            (indicator_id, mission_id, active_from, active_to, reason, recorded_at, recorded_by_id)
        SELECT c.id, a.mission_id, a.active_from, a.active_to, %s, %s, %s
        FROM tracker_indicatorassignment a JOIN tracker_indicator i ON i.id = a.indicator_id,
        generate_series(2, %s) n
        JOIN tracker_indicator c ON c.strategy_id = %s
        WHERE a.withdrawn_at IS NULL AND i.strategy_id = c.strategy_id AND c.code = i.code || '-x' || n
        """,
        [MARK, timezone.now(), user.pk, times, strategy.pk],
    )


@transaction.atomic
def lay_plans(*, baselines: Sequence[PlannedBaseline], targets: Sequence[PlannedTarget], user: User) -> None:
    """Record baselines and targets, each marked as demonstration in its source or reason."""
    moment = timezone.now()
    record_versions(
        model=Baseline,
        fields=BASELINE_FIELDS,
        rows=[(*each, MARK, "", MARK) for each in baselines],
        replaced=[],
        batch=None,
        user=user,
        moment=moment,
    )
    record_versions(
        model=Target,
        fields=TARGET_FIELDS,
        rows=[(*each, MARK) for each in targets],
        replaced=[],
        batch=None,
        user=user,
        moment=moment,
    )


@transaction.atomic
def lay_progress(
    *,
    reports: Sequence[PlannedReport],
    results: Iterable[PlannedResult],
    updates: Iterable[PlannedUpdate] = (),
) -> Laid:
    """Lay down whole reports, their activities being there already. ``results`` is read once, as a stream: there may
    be millions of cells.

    The database lets nobody write into what is submitted or approved, so every revision is laid down as a
    draft, filled, and then taken through its life: approved by another person than the one who submitted it.
    """
    with staged(columns=_REPORT_COLUMNS, rows=map(_report_row, reports), name="reports") as source:
        _lay_revisions(source)
        laid_results, laid_cells = _lay_results(source, results)
        lay_narratives(source, ((r.mission, r.period, *told) for r in reports for told in r.narrative))
        lay_updates(source, updates)
        lay_evidence(source)
        # Autovacuum would notice within minutes; the first pages are opened within seconds.
        run(f"ANALYZE {', '.join(quote(model._meta.db_table) for model in _FILLED)}")
        _take_through_life(source)
        _lay_events(source, reports)
    return Laid(len(reports), laid_results, laid_cells)


_FILLED = (IndicatorAssignment, Baseline, Target, ProgressReport, ReportRevision, IndicatorResult, CellValue)
_REPORT_COLUMNS = {
    "mission_id": "bigint", "period_id": "bigint", "status": "text", "reporter": "bigint",
    "begun_at": "timestamptz", "submitted_at": "timestamptz", "opened_at": "timestamptz", "answer_by": "date",
    "approver": "bigint", "approved_at": "timestamptz", "revision_id": "bigint",
}  # fmt: skip


def _report_row(report: PlannedReport) -> tuple[Any, ...]:
    begun = report.events[0].at
    submitted = report.last(Transition.SUBMIT)
    approved = report.last(Transition.APPROVE)
    decided = approved or report.last(Transition.RETURN)
    return (
        report.mission,
        report.period,
        report.status.value,
        report.reporter,
        begun,
        submitted.at if submitted else None,
        decided.at if decided else None,
        report.answer_by,
        approved.actor if approved else None,
        approved.at if approved else None,
        None,
    )


def _lay_revisions(source: str) -> None:
    """Insert reports and revisions, and note in ``source`` which revision each report has got."""
    run(
        f"INSERT INTO tracker_progressreport (mission_id, period_id) SELECT mission_id, period_id FROM {source}"
    )
    run(
        f"""
        INSERT INTO tracker_reportrevision (report_id, number, status, origin, source, on_behalf,
            created_at, created_by_id, submitted_at, submitted_by_id, opened_at, answer_by, withdrawn_reason)
        SELECT p.id, 1, %s, %s, %s, false, s.begun_at, s.reporter, s.submitted_at,
               CASE WHEN s.submitted_at IS NOT NULL THEN s.reporter END, s.opened_at, s.answer_by, ''
        FROM {source} s
        JOIN tracker_progressreport p ON p.mission_id = s.mission_id AND p.period_id = s.period_id
        """,
        [RevisionStatus.DRAFT, Origin.DEMO, MARK],
    )
    run(
        f"""
        UPDATE {source} s SET revision_id = v.id FROM tracker_progressreport p
        JOIN tracker_reportrevision v ON v.report_id = p.id
        WHERE p.mission_id = s.mission_id AND p.period_id = s.period_id
        """
    )
    # What follows joins this small table alone: the planner knows it, and not yet the real ones just filled.
    run(f"ANALYZE {source}")


# Cells travel as arrays beside their result: one stream then carries both, and none of it is held in memory.
_RESULT_COLUMNS = {
    "mission_id": "bigint", "period_id": "bigint", "indicator_id": "bigint", "value": "numeric",
    "numerator": "numeric", "denominator": "numeric", "not_applicable": "boolean", "comment": "text",
    "cells": "bigint[]", "cell_values": "numeric[]", "cell_numerators": "numeric[]",
    "cell_denominators": "numeric[]",
}  # fmt: skip


def _lay_results(source: str, results: Iterable[PlannedResult]) -> tuple[int, int]:
    """Insert results and cells into the revisions of these reports; how many of each."""
    with staged(columns=_RESULT_COLUMNS, rows=_result_rows(results), name="results") as given:
        laid = run(
            f"""
            INSERT INTO tracker_indicatorresult (revision_id, indicator_id, value, numerator, denominator,
                not_applicable, comment, covers, origin, entered_by_id, entered_at, is_copy, held_back, version)
            SELECT s.revision_id, r.indicator_id, r.value, r.numerator, r.denominator, r.not_applicable,
                   r.comment, 1, %s, s.reporter, s.begun_at, false, false, 1
            FROM {given} r JOIN {source} s USING (mission_id, period_id)
            """,
            [Origin.DEMO],
        )
        cells = run(
            f"""
            INSERT INTO tracker_cellvalue (result_id, cell_id, value, numerator, denominator)
            SELECT made.id, c.cell, c.value, c.numerator, c.denominator
            FROM {given} r JOIN {source} s USING (mission_id, period_id)
            JOIN tracker_indicatorresult made
                ON made.revision_id = s.revision_id AND made.indicator_id = r.indicator_id,
            unnest(r.cells, r.cell_values, r.cell_numerators, r.cell_denominators)
                AS c(cell, value, numerator, denominator)
            """
        )
    return laid, cells


def _result_rows(results: Iterable[PlannedResult]) -> Iterator[tuple[Any, ...]]:
    for each in results:
        *fields, cells = each
        yield (*fields, *(map(_array, zip(*cells, strict=True)) if cells else ("{}",) * 4))


def _array(numbers: Iterable[Number | None]) -> str:
    """An array as COPY writes it; several times faster than adapting a list."""
    return "{" + ",".join("NULL" if n is None else str(n) for n in numbers) + "}"


def _take_through_life(source: str) -> None:
    """Submit what got further than a draft, and then return or approve what an officer decided on."""
    draft, submitted = RevisionStatus.DRAFT.value, RevisionStatus.SUBMITTED.value
    run(
        f"""
        UPDATE tracker_reportrevision AS held SET status = %s
        FROM {source} s WHERE held.id = s.revision_id AND s.status <> %s
        """,
        [submitted, draft],
    )
    run(
        f"""
        UPDATE tracker_reportrevision AS held
        SET status = s.status, approved_by_id = s.approver, approved_at = s.approved_at
        FROM {source} s WHERE held.id = s.revision_id AND s.status <> ALL (%s)
        """,
        [[draft, submitted]],
    )


def _lay_events(source: str, reports: Sequence[PlannedReport]) -> None:
    columns = {
        "place": "integer", "mission_id": "bigint", "period_id": "bigint", "transition": "text",
        "from_status": "text", "to_status": "text", "actor": "bigint", "happened_at": "timestamptz",
        "comment": "text",
    }  # fmt: skip
    rows = ((report.mission, report.period, *event) for report in reports for event in report.events)
    with staged(columns=columns, rows=((n, *row) for n, row in enumerate(rows)), name="events") as given:
        run(
            f"""
            INSERT INTO tracker_reviewevent (revision_id, transition, from_status, to_status, actor_id, at, comment)
            SELECT s.revision_id, e.transition, e.from_status, e.to_status, e.actor, e.happened_at, e.comment
            FROM {given} e JOIN {source} s USING (mission_id, period_id) ORDER BY e.place
            """
        )
