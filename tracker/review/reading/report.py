"""The page of one report: its rows beside what counted before, and which steps are open."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.access.models import User
from tracker.analysis.flag_rules import Flag
from tracker.analysis.flags import find_questions
from tracker.analysis.wording import say_flag
from tracker.common.formats import show_date
from tracker.framework.models import Cell
from tracker.progress.choices import NarrativeSection, Origin, RevisionStatus, Transition
from tracker.progress.models import (
    ActivityUpdate,
    Evidence,
    IndicatorResult,
    NarrativePart,
    ProgressReport,
    ReportRevision,
    ReviewEvent,
)
from tracker.progress.rules import Amount, Counts
from tracker.progress.services.activity_updates import read_updates
from tracker.progress.services.completeness import missing_results
from tracker.progress.services.evidence import read_evidence
from tracker.progress.services.narrative import read_narrative
from tracker.progress.services.results import entry_of
from tracker.progress.wording import say_counts

from .rounds import Round, Said, find_round, said_when_asked


@dataclass(frozen=True)
class Entered:
    """Who entered a result, on which day, and how it came in otherwise."""

    by: User | None
    on: date
    is_copy: bool
    origin: str

    @property
    def sentence(self) -> str:
        """“Entered by Bermet A. on 4 Nov 2022 (taken over)”, without a full stop."""
        parts = {"who": self.by, "on": show_date(self.on)}
        said = (_("Entered by %(who)s on %(on)s") if self.by else _("Entered on %(on)s")) % parts
        how = [_("taken over")] if self.is_copy else []
        if self.origin != Origin.ENTERED:
            how.append(str(Origin(self.origin).label).lower())
        return f"{said} ({', '.join(how)})" if how else said


@dataclass(frozen=True)
class CellLine:
    """One part of a result: what it says now, and said ``before`` where that is something else."""

    cell: Cell
    now: Any
    before: Any
    is_changed: bool


@dataclass(frozen=True)
class Piece:
    """A document or a link behind a result, or behind the report; ``is_new``: added since the report went back."""

    evidence: Evidence
    is_new: bool


@dataclass(frozen=True)
class Row:
    """A result with what ``counted`` before it; ``before`` is what it said when the report went back, where it
    has been changed since. ``entered`` is said only where it is not what the page says of all. ``questions`` are
    what is odd about it, in sentences.
    """

    result: IndicatorResult
    counted: IndicatorResult | None
    before: Said | None
    cells: tuple[CellLine, ...]
    entered: Entered | None
    questions: tuple[str, ...]
    evidence: tuple[Piece, ...]

    @property
    def is_changed(self) -> bool:
        """Something else is said since the report went back, or there is more behind it."""
        return self.before is not None or any(piece.is_new for piece in self.evidence)

    @property
    def amount_changed(self) -> bool:
        if self.before is None:
            return False
        then, now = self.before.entry, entry_of(self.result)
        return (then.amount, then.not_applicable) != (now.amount, now.not_applicable)

    @property
    def comment_changed(self) -> bool:
        return self.before is not None and self.before.entry.comment != self.result.comment

    @property
    def cells_changed(self) -> bool:
        return any(line.is_changed for line in self.cells)


@dataclass(frozen=True)
class ReportPage:
    """What the page of a revision shows. ``entered`` is how most results came in, ``entered_alike`` says
    whether all did; ``is_compared`` whether it is known which rows changed since the report went back;
    ``missing`` has the codes of what is due and neither given nor explained.
    """

    rows: tuple[Row, ...]
    missing: tuple[str, ...]
    events: tuple[ReviewEvent, ...]
    round: Round | None
    is_compared: bool
    entered: Entered | None
    narrative: tuple[NarrativePart, ...]
    updates: tuple[ActivityUpdate, ...]
    evidence: tuple[Piece, ...]

    @property
    def changed(self) -> list[Row]:
        return [row for row in self.rows if row.is_changed]

    @property
    def questioned(self) -> int:
        """How many results raise a question."""
        return sum(bool(row.questions) for row in self.rows)

    @property
    def counts(self) -> str:
        """“117 given · 2 explained”."""
        given = sum(row.result.is_given for row in self.rows)
        explained = sum(bool(row.result.comment) for row in self.rows if not row.result.is_given)
        return say_counts(Counts(given=given, explained=explained, missing=len(self.missing)))

    @property
    def entered_alike(self) -> bool:
        return all(row.entered is None for row in self.rows)


def read_report(revision: ReportRevision) -> ReportPage:
    """Everything that a revision says, in a number of statements that does not grow with it."""
    results = list(
        IndicatorResult.objects.filter(revision=revision)
        .select_related("indicator__objective__priority", "entered_by")
        .prefetch_related("cells__cell__breakdown")
        .in_order()
    )
    counted = counted_before(revision, {result.indicator_id for result in results})
    events = tuple(revision.review_events.select_related("actor"))
    found = find_round(events)
    said = said_when_asked(revision, found) if found is not None else None
    flags = find_questions(
        strategy=revision.report.period.strategy,
        revisions=[revision.pk],
        known={result.indicator_id: result.indicator for result in results},
    )
    flags_of = flags.get(revision.pk, {})
    narrative = read_narrative(revision)
    since = found.asked.at if found is not None and said is not None else None
    evidence = tuple(
        Piece(each, is_new=since is not None and not each.is_copy and each.added_at > since)
        for each in read_evidence(revision)
    )
    common = _most_common([_entered(result) for result in results])
    return ReportPage(
        rows=tuple(
            _row(
                result,
                counted=counted.get(result.indicator_id),
                said=None if said is None else said.get(result.indicator_id, Said()),
                common=common,
                flags=flags_of.get(result.indicator_id, ()),
                evidence=(each for each in evidence if each.evidence.indicator_id == result.indicator_id),
            )
            for result in results
        ),
        missing=tuple(missing_results(revision)),
        events=events,
        round=found,
        is_compared=said is not None,
        entered=common,
        narrative=tuple(narrative[section] for section in NarrativeSection if section in narrative),
        updates=tuple(sorted(read_updates(revision).values(), key=lambda update: update.activity.code)),
        evidence=evidence,
    )


def find_recalled(pk: int) -> ProgressReport | None:
    """The report of a revision that its mission submitted and recalled, and has not submitted again. That it is a
    draft is all that an officer is told of it.
    """
    revision = (
        ReportRevision.objects.filter(pk=pk, status=RevisionStatus.DRAFT)
        .select_related("report__mission", "report__period")
        .first()
    )
    if revision is None:
        return None
    last = revision.review_events.order_by("at", "pk").last()
    return revision.report if last is not None and last.transition == Transition.RECALL else None


def counted_before(revision: ReportRevision, indicators: Collection[int]) -> dict[int, IndicatorResult]:
    """The last given result of each indicator that counts up to this period, this revision left aside."""
    rows = (
        IndicatorResult.objects.counting()
        .given()
        .filter(
            revision__report__mission=revision.report.mission_id,
            revision__report__period__number__lte=revision.report.period.number,
            indicator__in=indicators,
        )
        .exclude(revision=revision)
        .select_related("revision__report__period")
        .order_by("indicator_id", "-revision__report__period__number")
        .distinct("indicator_id")
    )
    return {row.indicator_id: row for row in rows}


def _entered(result: IndicatorResult) -> Entered:
    on = timezone.localdate(result.entered_at)
    return Entered(result.entered_by, on, result.is_copy, result.origin)


def _most_common(entered: Collection[Entered]) -> Entered | None:
    return Counter(entered).most_common(1)[0][0] if entered else None


def _row(
    result: IndicatorResult,
    *,
    counted: IndicatorResult | None,
    said: Said | None,
    common: Entered | None,
    flags: Iterable[Flag],
    evidence: Iterable[Piece],
) -> Row:
    before = said if said is not None and said.entry != entry_of(result) else None
    entered = _entered(result)
    return Row(
        result=result,
        counted=counted,
        before=before,
        cells=tuple(_cell_lines(result, before)),
        entered=None if entered == common else entered,
        questions=tuple(say_flag(result.indicator, flag) for flag in flags),
        evidence=tuple(evidence),
    )


def _cell_lines(result: IndicatorResult, before: Said | None) -> Iterator[CellLine]:
    """The cells given now; for a changed row those that were given then, too."""
    now = {value.cell_id: value for value in result.cells.all()}
    then = before.cells if before is not None else {}
    cells = {value.cell_id: value.cell for value in [*now.values(), *then.values()]}
    for cell in cells.values():
        values = now.get(cell.pk), then.get(cell.pk)
        is_changed = before is not None and _amount(values[0]) != _amount(values[1])
        yield CellLine(cell, *values, is_changed=is_changed)


def _amount(value: Any) -> Amount:
    return Amount() if value is None else Amount(value.value, value.numerator, value.denominator)


@dataclass(frozen=True)
class Steps:
    """Which steps of its life are open to a revision, whoever takes them."""

    decide: bool
    reopen: bool
    withdraw: bool
    drop: bool


def open_steps(revision: ReportRevision, others: Iterable[ReportRevision]) -> Steps:
    """Only the last revision of a report is reopened or dropped; any that is approved may be withdrawn. ``others``
    are the other revisions of the report.
    """
    is_last = not any(
        other.number > revision.number and other.status != RevisionStatus.DROPPED for other in others
    )
    is_approved = revision.status == RevisionStatus.APPROVED
    is_open = revision.status in (RevisionStatus.DRAFT, RevisionStatus.RETURNED)
    return Steps(
        decide=revision.status == RevisionStatus.SUBMITTED,
        reopen=is_last and is_approved,
        withdraw=is_approved and revision.withdrawn_at is None,
        drop=is_last and is_open and revision.number > 1,
    )
