"""What rows of results are compared with: periods, reports, breakdowns and approved results, read once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tracker.common.bulk import fetch
from tracker.framework.models import Cell, Indicator, IndicatorBreakdown

from ..models import ReportingPeriod
from ..rules import Amount, EntryRules
from .amounts import entry_rules
from .known import Known, read_known
from .spans import Span

# (mission id, period id)
ReportKey = tuple[int, int]
# (report, indicator id)
ResultKey = tuple[ReportKey, int]


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Result:
    """What is said of an indicator; amounts as they are kept, cells by id."""

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    not_applicable: bool = False
    comment: str = ""
    covers: int = 1
    cells: Mapping[int, Amount] = field(default_factory=dict)

    @property
    def is_given(self) -> bool:
        return self.value is not None or self.numerator is not None or self.not_applicable

    @property
    def amount(self) -> Amount:
        return Amount(self.value, self.numerator, self.denominator)


@dataclass(slots=True)
class Wanted:
    """A row that was understood: what it says, by ids. ``amount`` is empty where the row gives none."""

    row: ResultRow
    indicator: Indicator
    report: ReportKey
    amount: Amount
    cells: dict[int, Amount]


@dataclass(frozen=True, slots=True)
class HeldReport:
    """A report: its last approved revision, and the status of its open one, if there is one."""

    approved: int | None
    open_status: str | None


@dataclass
class EntryContext:
    """What rows of results are compared with, read once."""

    known: Known
    periods: dict[int, ReportingPeriod]
    reports: dict[ReportKey, HeldReport]
    cells: dict[str, int]
    titles: dict[int, str]
    asked: dict[int, list[tuple[bool, tuple[int, ...]]]]
    given: frozenset[str] = frozenset()
    _rules: dict[int, EntryRules] = field(default_factory=dict)

    def cell_columns(self, given: frozenset[str]) -> set[str]:
        """The columns of the file that hold cells of breakdowns."""
        return {name for name in given if name.removesuffix(":n").removesuffix(":d") in self.cells}

    def rules(self, indicator: Indicator) -> EntryRules:
        """What may be entered for the indicator, its breakdowns included."""
        if indicator.pk not in self._rules:
            plain = entry_rules(indicator, level=False)
            asks = self.asked.get(indicator.pk, [])
            self._rules[indicator.pk] = EntryRules(
                **{
                    name: getattr(plain, name)
                    for name in ("measure", "period_rule", "decimals", "allows_negative", "bounded", "stages")
                },
                exclusive=tuple(cells for exclusive, cells in asks if exclusive),
                multiple=tuple(cells for exclusive, cells in asks if not exclusive),
            )
        return self._rules[indicator.pk]

    def read_approved(self, wanted: Sequence[Wanted], *, cells: bool) -> "dict[ResultKey, Result]":
        """The results of the last approved revisions that these rows speak of, by report and indicator."""
        approved = {key: report.approved for key, report in self.reports.items() if report.approved}
        return self.read_revisions(wanted, approved, cells=cells)

    def read_revisions(
        self, wanted: Sequence[Wanted], revisions: Mapping[ReportKey, int], *, cells: bool
    ) -> "dict[ResultKey, Result]":
        """The results of these revisions (one per report) that the rows speak of, by report and indicator.

        A result's cells are read unless its row says just what stands there: whatever is written is written
        with its cells, so they have to be known. ``cells``: the file has columns for them, so that every row
        may differ.
        """
        of_revision = {revisions[each.report]: each.report for each in wanted if each.report in revisions}
        rows = fetch(
            "SELECT id, revision_id, indicator_id, value, numerator, denominator, "
            "not_applicable, comment, covers "
            "FROM tracker_indicatorresult WHERE revision_id = ANY(%s) AND indicator_id = ANY(%s)",
            [list(of_revision), list({each.indicator.pk for each in wanted})],
        )
        kept = {(of_revision[revision], indicator): (pk, values) for pk, revision, indicator, *values in rows}
        touched = [
            kept[key][0]
            for each in wanted
            if (key := (each.report, each.indicator.pk)) in kept
            and (cells or not _leaves_as_is(each, kept[key][1]))
        ]
        cells_of: dict[int, dict[int, Amount]] = defaultdict(dict)
        for result, cell, *values in fetch(
            "SELECT result_id, cell_id, value, numerator, denominator FROM tracker_cellvalue "
            "WHERE result_id = ANY(%s)",
            [touched],
        ):
            cells_of[result][cell] = Amount(*values)
        return {
            key: Result(value, n, d, not_applicable, comment, covers, cells_of.get(pk, {}))
            for key, (pk, (value, n, d, not_applicable, comment, covers)) in kept.items()
        }


def _leaves_as_is(each: Wanted, values: Sequence[Any]) -> bool:
    """Whether a row without cells changes nothing of a result, not even its comment."""
    value, numerator, denominator, not_applicable, comment, covers = values
    return (
        (each.amount.is_empty or each.amount == Amount(value, numerator, denominator))
        and bool(each.row.not_applicable) == not_applicable
        and each.row.period.covers == covers
        and each.row.comment in (None, comment)
    )


def read_entry_context(options: Mapping[str, Any]) -> EntryContext:
    """Read what rows of results are compared with."""
    known = read_known(options, targets=False)
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
    cells, titles = {}, {}
    of_breakdown: dict[int, list[int]] = defaultdict(list)
    for pk, breakdown, code, cell in Cell.objects.filter(breakdown__strategy=known.strategy).values_list(
        "pk", "breakdown_id", "breakdown__code", "code"
    ):
        cells[f"{code}:{cell}"] = pk
        titles[pk] = f"{code}:{cell}"
        of_breakdown[breakdown].append(pk)
    asked: dict[int, list[tuple[bool, tuple[int, ...]]]] = defaultdict(list)
    for indicator, breakdown, exclusive in IndicatorBreakdown.objects.filter(
        indicator__strategy=known.strategy
    ).values_list("indicator_id", "breakdown_id", "breakdown__exclusive"):
        asked[indicator].append((exclusive, tuple(of_breakdown[breakdown])))
    return EntryContext(known, periods, reports, cells, titles, asked)
