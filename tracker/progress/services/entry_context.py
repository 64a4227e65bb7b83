"""What rows of results are compared with: periods, reports, breakdowns and approved results, read once."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from tracker.common.bulk import fetch
from tracker.framework.choices import Measure
from tracker.framework.models import Cell, Indicator, IndicatorBreakdown

from ..models import ReportingPeriod
from ..rules import Amount, EntryRules, admits_parts
from .amounts import ReadPlain, entry_rules, plain_reader
from .known import Known, read_known
from .spans import Span

# (mission id, period id)
ReportKey = tuple[int, int]
# (report, indicator id)
ResultKey = tuple[ReportKey, int]

NO_CELLS: Mapping[int, Amount] = MappingProxyType({})


# A file has a hundred thousand of these: to freeze them would cost as much again as to make them.
@dataclass(slots=True)
class ResultRow:
    """A row of the sheet ``progress``; ``more`` has the cells by heading, sex:female or sex:female:n."""

    row: int
    indicator: str
    mission: str
    period: Span
    value: Decimal | str | None
    numerator: Decimal | None
    denominator: Decimal | None
    stage: str | None
    not_applicable: bool | None
    value_is: str | None
    comment: str | None
    more: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(slots=True)
class Result:
    """What is said of an indicator; amounts as they are kept, cells by id."""

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    not_applicable: bool = False
    comment: str = ""
    covers: int = 1
    cells: Mapping[int, Amount] = field(default_factory=lambda: NO_CELLS)

    @property
    def is_given(self) -> bool:
        return self.value is not None or self.numerator is not None or self.not_applicable

    @property
    def amount(self) -> Amount:
        return Amount(self.value, self.numerator, self.denominator)


@dataclass(slots=True)
class Subject:
    """What all rows of one indicator and mission have in common: worked out once, however many they are.

    ``reports`` are those in which the mission reports on it, by the number of their quarter. ``read_plain``
    reads the amount of a row that is plainly right, and ``fit_parts`` says of the parts of a number whether
    they are; ``cell_of`` has the cells that are asked for, by the headings of their numbers. ``is_number``: a
    sheet says its amounts as they are kept. ``rows`` says in which row of the file each quarter stands.
    """

    indicator: Indicator
    indicator_id: int
    mission_id: int
    reports: Mapping[int, ReportKey]
    read_plain: ReadPlain
    fit_parts: Callable[[Decimal, Mapping[int, Decimal]], bool]
    cell_of: Mapping[str, int]
    is_number: bool
    rows: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Bar:
    """Why a row may change nothing, whatever it says; ``of_report``: so it is of its whole report, which is told
    once.
    """

    column: str
    value: str
    message: str
    of_report: bool = False


@dataclass(slots=True)
class Wanted:
    """A row that was understood. ``said`` is what it says by itself; ``fits``: that is known to be possible.

    ``is_to_date``: its amounts are running totals, until those before it are taken off. ``totals`` then has, by
    column, the running total before and the one that the row gives. ``bar``: it may stand there only where it says
    just what stands there already.
    """

    row: ResultRow
    subject: Subject
    report: ReportKey
    said: Result
    fits: bool
    is_to_date: bool = False
    totals: "Mapping[str, tuple[Decimal, Decimal]] | None" = None
    bar: Bar | None = None

    @property
    def series(self) -> tuple[int, int]:
        """The ids of its mission and its indicator."""
        return self.subject.mission_id, self.subject.indicator_id

    @property
    def key(self) -> ResultKey:
        return self.report, self.subject.indicator_id


@dataclass(frozen=True, slots=True)
class HeldReport:
    """A report: its last approved revision, and the status of its open one, if there is one."""

    approved: int | None
    open_status: str | None


@dataclass
class EntryContext:
    """What rows of results are compared with, read once.

    ``given`` are the columns that the file has; ``columns`` says of the heading of a cell which cell it is of and
    which part of its amount (value, n or d), and ``cells_given`` are the cells that the file has columns for.
    """

    known: Known
    periods: dict[int, ReportingPeriod]
    reports: dict[ReportKey, HeldReport]
    titles: dict[int, str]
    asked: dict[int, list[tuple[bool, tuple[int, ...]]]]
    given: frozenset[str]
    columns: dict[str, tuple[int, str]]
    cells_given: frozenset[int]
    subjects: "Subjects" = field(init=False)
    _rules: dict[int, EntryRules] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.subjects = Subjects(self)

    def rules(self, indicator: Indicator) -> EntryRules:
        """What may be entered for the indicator, its breakdowns included."""
        if indicator.pk not in self._rules:
            asks = self.asked.get(indicator.pk, [])
            self._rules[indicator.pk] = replace(
                entry_rules(indicator, level=False),
                exclusive=tuple(cells for exclusive, cells in asks if exclusive),
                multiple=tuple(cells for exclusive, cells in asks if not exclusive),
            )
        return self._rules[indicator.pk]

    def read_counting(self, wanted: Sequence[Wanted]) -> "dict[ResultKey, Result]":
        """The approved results that count and that these rows speak of, by report and indicator: of each the one
        of the last approved revision that does not hold it back.
        """
        approved = {each.report for each in wanted if self.is_approved(each.report)}
        rows = fetch(
            """
            SELECT DISTINCT ON (v.report_id, r.indicator_id) r.id, q.mission_id, q.period_id, r.indicator_id,
                   r.value, r.numerator, r.denominator, r.not_applicable, r.comment, r.covers
              FROM tracker_progressreport q JOIN tracker_reportrevision v ON v.report_id = q.id
              JOIN tracker_indicatorresult r ON r.revision_id = v.id
             WHERE v.status = 'approved' AND v.withdrawn_at IS NULL AND NOT r.held_back
               AND (q.mission_id, q.period_id) IN (SELECT * FROM unnest(%s::bigint[], %s::bigint[]))
               AND r.indicator_id = ANY(%s)
             ORDER BY v.report_id, r.indicator_id, v.number DESC
            """,
            [
                [mission for mission, _period in approved],
                [period for _mission, period in approved],
                list({each.subject.indicator_id for each in wanted}),
            ],
        )
        return self._with_cells(
            wanted, [(pk, (mission, period), *rest) for pk, mission, period, *rest in rows]
        )

    def is_approved(self, report: ReportKey) -> bool:
        """Whether a report has an approved revision that was not withdrawn."""
        return report in self.reports and self.reports[report].approved is not None

    def read_revisions(
        self, wanted: Sequence[Wanted], revisions: Mapping[ReportKey, int]
    ) -> "dict[ResultKey, Result]":
        """The results of these revisions (one per report) that the rows speak of, by report and indicator."""
        spoken_of = {each.report for each in wanted}
        of_revision = {pk: key for key, pk in revisions.items() if key in spoken_of}
        rows = fetch(
            "SELECT id, revision_id, indicator_id, value, numerator, denominator, "
            "not_applicable, comment, covers "
            "FROM tracker_indicatorresult WHERE revision_id = ANY(%s) AND indicator_id = ANY(%s)",
            [list(of_revision), list({each.subject.indicator_id for each in wanted})],
        )
        return self._with_cells(wanted, [(pk, of_revision[revision], *rest) for pk, revision, *rest in rows])

    def _with_cells(
        self, wanted: Sequence[Wanted], rows: Iterable[tuple[Any, ...]]
    ) -> "dict[ResultKey, Result]":
        """Rows of results (id, report, indicator, what it says) by report and indicator, with their cells.

        A result's cells are read unless its row says just what stands there: whatever is written is written
        with its cells, so they have to be known. Where the file has columns for them, every row may differ.
        """
        ids: dict[ResultKey, int] = {}
        held: dict[ResultKey, Result] = {}
        for pk, report, indicator, *values in rows:
            key = report, indicator
            ids[key] = pk
            held[key] = Result(*values)
        touched = {
            ids[key]: held[key]
            for each in wanted
            if (key := each.key) in held and (self.cells_given or not _leaves_as_is(each, held[key]))
        }
        for result, cell, *amount in fetch(
            "SELECT result_id, cell_id, value, numerator, denominator FROM tracker_cellvalue "
            "WHERE result_id = ANY(%s)",
            [list(touched)],
        ):
            found = touched[result]
            if found.cells is NO_CELLS:
                found.cells = {}
            found.cells[cell] = Amount(*amount)  # type: ignore[index]
        return held


class Subjects(dict[tuple[str, str], Subject | None]):
    """What is asked of a mission about an indicator, by the codes of the indicator and the mission; None where one
    of them is not known. Each is worked out when it is first asked for.
    """

    def __init__(self, context: EntryContext) -> None:
        self._context = context
        # By id: codes that are written in two cases are of one subject all the same.
        self._of_ids: dict[tuple[int, int], Subject] = {}
        self._of_indicators: dict[int, tuple[Any, ...]] = {}
        self._reports: dict[tuple[Any, ...], Mapping[int, ReportKey]] = {}

    def __missing__(self, codes: tuple[str, str]) -> Subject | None:
        indicator = self._context.known.indicators.get(codes[0])
        mission = self._context.known.missions.get(codes[1])
        found = None
        if indicator is not None and mission is not None:
            found = self._of_ids.get((indicator.pk, mission))
            if found is None:
                found = self._of_ids[indicator.pk, mission] = self._make(indicator, mission)
        self[codes] = found
        return found

    def _make(self, indicator: Indicator, mission: int) -> Subject:
        reports = self._reports_of(indicator, mission)
        return Subject(indicator, indicator.pk, mission, reports, *self._of_indicator(indicator))

    def _of_indicator(self, indicator: Indicator) -> tuple[Any, ...]:
        """What the subjects of an indicator have in common."""
        if indicator.pk not in self._of_indicators:
            rules, titles = self._context.rules(indicator), self._context.titles
            asked = (*rules.exclusive, *rules.multiple)
            self._of_indicators[indicator.pk] = (
                plain_reader(indicator, rules),
                admits_parts(rules),
                {titles[cell]: cell for cells in asked for cell in cells},
                indicator.measure == Measure.NUMBER,
            )
        return self._of_indicators[indicator.pk]

    def _reports_of(self, indicator: Indicator, mission: int) -> Mapping[int, ReportKey]:
        assigned = self._context.known.assignments.get((indicator.pk, mission))
        if assigned is None:
            return {}
        key = mission, assigned.active_from, assigned.active_to
        if key not in self._reports:
            self._reports[key] = {
                number: (mission, period.pk)
                for number, period in self._context.periods.items()
                if assigned.covers(period)
            }
        return self._reports[key]


def _leaves_as_is(each: Wanted, held: Result) -> bool:
    """Whether a row without cells changes nothing of a result, not even its comment."""
    said = each.said
    return each.row.comment in (None, held.comment) and (
        not said.is_given
        or (said.value, said.numerator, said.denominator, said.not_applicable, said.covers)
        == (held.value, held.numerator, held.denominator, held.not_applicable, held.covers)
    )


def read_entry_context(options: Mapping[str, Any], *, given: frozenset[str]) -> EntryContext:
    """Read what the rows of a file with these columns are compared with."""
    known = read_known(options, targets=False, baselines=False)
    periods = {each.number: each for each in ReportingPeriod.objects.filter(strategy=known.strategy)}
    reports = {
        (mission, period): HeldReport(approved, open_status)
        for mission, period, approved, open_status in fetch(
            """
            SELECT r.mission_id, r.period_id,
                   (SELECT v.id FROM tracker_reportrevision v WHERE v.report_id = r.id AND v.status =
                   'approved'
                    AND v.withdrawn_at IS NULL ORDER BY v.number DESC LIMIT 1),
                   (SELECT v.status FROM tracker_reportrevision v WHERE v.report_id = r.id
                    AND v.status IN ('draft', 'submitted', 'returned'))
            FROM tracker_progressreport r JOIN tracker_reportingperiod p ON p.id = r.period_id
            WHERE p.strategy_id = %s
            """,
            [known.strategy.pk],
        )
    }
    columns: dict[str, tuple[int, str]] = {}
    titles = {}
    of_breakdown: dict[int, list[int]] = defaultdict(list)
    for pk, breakdown, code, cell in Cell.objects.filter(breakdown__strategy=known.strategy).values_list(
        "pk", "breakdown_id", "breakdown__code", "code"
    ):
        title = titles[pk] = f"{code}:{cell}"
        columns |= {title: (pk, "value"), f"{title}:n": (pk, "n"), f"{title}:d": (pk, "d")}
        of_breakdown[breakdown].append(pk)
    asked: dict[int, list[tuple[bool, tuple[int, ...]]]] = defaultdict(list)
    for indicator, breakdown, exclusive in IndicatorBreakdown.objects.filter(
        indicator__strategy=known.strategy
    ).values_list("indicator_id", "breakdown_id", "breakdown__exclusive"):
        asked[indicator].append((exclusive, tuple(of_breakdown[breakdown])))
    cells_given = frozenset(columns[name][0] for name in given if name in columns)
    return EntryContext(known, periods, reports, titles, asked, given, columns, cells_given)
