"""Running totals: what of an amount "to date" belongs to the period itself.

A row may give what an indicator has come to since the strategy began (rule ``sum``) or since January (rule
``year``). What is kept is the amount of the period: the running total less what the periods before it hold, in the
file, or else in the latest word of the mission. Numerators, denominators and cells are treated alike.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.batches.plans import Plan, show
from tracker.framework.choices import PeriodRule
from tracker.framework.models import Indicator

from ..choices import OPEN
from ..models import CellValue, IndicatorResult, ReportRevision
from ..querysets import DUE_BY_QUARTER
from ..rules import Amount
from .entry_context import NO_CELLS, EntryContext, Result, Wanted
from .spans import name_span

if TYPE_CHECKING:
    from tracker.access.policies import Rights

# (mission id, indicator id)
SeriesKey = tuple[int, int]
# The most periods that one sentence names.
_NAMED = 6
_PARTS = (("value", ""), ("numerator", ":n"), ("denominator", ":d"))


def adds_up(indicator: Indicator) -> bool:
    """Whether its amounts are added over periods, so that there is a running total."""
    return indicator.period_rule in (PeriodRule.SUM, PeriodRule.YEAR)


@dataclass(slots=True)
class _Series:
    """What there is of one indicator and mission, by the number of the quarter that it is kept at.

    ``hidden`` are quarters of which an open report says something else that this person may not read; ``wrong``
    are those whose row in the file has an error.
    """

    results: dict[int, Result] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    wrong: set[int] = field(default_factory=set)

    def amounts(self, since: int, end: int) -> list[Result]:
        """What is given from one quarter on and before another, with an amount."""
        return [
            result
            for number, result in self.results.items()
            if since <= number < end and not result.not_applicable
        ]

    def answered(self) -> set[int]:
        """The quarters of which there is a word, an amount or "not applicable"."""
        return {
            quarter
            for number, result in self.results.items()
            for quarter in range(number - result.covers + 1, number + 1)
        }


def take_off_earlier(
    plan: Plan, wanted: Sequence[Wanted], context: EntryContext, *, rights: "Rights | None"
) -> Sequence[Wanted]:
    """The rows with the amounts of their periods in place of running totals; without those of which the amount
    cannot be told, after noting why.

    ``rights`` are those of whoever loads drafts, which say what open reports they may read; None where approved
    figures alone are looked at.
    """
    asked = {each.series for each in wanted if each.is_to_date}
    if not asked:
        return wanted
    series = _read_series(asked, context, rights)
    rows: dict[SeriesKey, list[Wanted]] = defaultdict(list)
    for each in wanted:
        if each.series in asked:
            rows[each.series].append(each)
    untold: set[int] = set()
    for key, of_one in rows.items():
        held = series[key]
        there = {each.row.period.number for each in of_one}
        held.wrong = of_one[0].subject.rows.keys() - there
        for each in sorted(of_one, key=lambda each: each.row.period.number):
            number = each.row.period.number
            if each.is_to_date and not _Difference(plan, each, context).take_off(held):
                held.wrong.add(number)
                untold.add(each.row.row)
            elif each.said.is_given:
                held.results[number] = each.said
                held.hidden.discard(number)
    return [each for each in wanted if each.row.row not in untold]


@dataclass(slots=True)
class _Difference:
    """One row's running total on its way to the amount of the period."""

    plan: Plan
    each: Wanted
    context: EntryContext
    totals: dict[str, tuple[Decimal, Decimal]] = field(default_factory=dict)

    def take_off(self, held: _Series) -> bool:
        """Put the amount of the period in place of the running total; whether it could be told."""
        each, subject = self.each, self.each.subject
        begins = each.row.period.numbers[0]
        since = begins // 4 * 4 if subject.indicator.period_rule == PeriodRule.YEAR else 0
        if any(since <= number < begins for number in held.wrong):
            # The row that is wrong says so; what stands on it is told once that one is right.
            return False
        hidden = sorted(number for number in held.hidden if since <= number < begins)
        if hidden:
            self._refuse(_say_hidden(hidden, each))
            return False
        due = {
            number
            for number in subject.reports
            if since <= number < begins and subject.indicator.frequency in DUE_BY_QUARTER[number % 4 + 1]
        }
        if missing := sorted(due - held.answered()):
            self._refuse(_say_missing(missing, each))
            return False
        errors = len(self.plan.errors)
        before = held.amounts(since, begins)
        amount = self._less(each.said.amount, [result.amount for result in before])
        cells = {
            cell: self._less(total, list(self._cells_before(cell, before)), self.context.titles[cell])
            for cell, total in each.said.cells.items()
        }
        if len(self.plan.errors) > errors:
            return False
        value, numerator, denominator = amount
        each.said = replace(
            each.said, value=value, numerator=numerator, denominator=denominator, cells=cells or NO_CELLS
        )
        each.totals = self.totals
        return True

    def _less(self, total: Amount, before: Sequence[Amount], title: str = "") -> Amount:
        """A running total less the amounts before it, part by part; notes one that falls."""
        found: dict[str, Decimal | None] = {}
        for (part, suffix), to_date in zip(_PARTS, total, strict=True):
            found[part] = None
            if to_date is None:
                continue
            earlier = sum((getattr(amount, part) or Decimal(0) for amount in before), Decimal(0))
            found[part] = to_date - earlier
            column = f"{title}{suffix}" if title else part
            self.totals[column] = earlier, to_date
            may_fall = self.each.subject.indicator.allows_negative and part != "denominator"
            if to_date < earlier and not may_fall:
                message = _(
                    "The running total falls from %(earlier)s to %(total)s. Correct it, or the amounts of the "
                    "periods before."
                ) % {"earlier": show(earlier), "total": show(to_date)}
                self._refuse(message, column=column, value=to_date)
        return Amount(**found)

    def _cells_before(self, cell: int, before: Iterable[Result]) -> Iterator[Amount]:
        """A cell of the periods before; notes where it is not known though there was something to be split."""
        for result in before:
            if cell in result.cells:
                yield result.cells[cell]
            elif any(result.amount):
                message = _(
                    "The amount of %(period)s cannot be told from a running total: an earlier period was not "
                    "broken down by this. Empty the cell, or write the amounts of the period alone (value_is: "
                    "period)."
                ) % {"period": self.each.row.period.name}
                self._refuse(message, column=self.context.titles[cell])
                return

    def _refuse(self, message: str, *, column: str = "value_is", value: object | None = None) -> None:
        row = self.each.row
        self.plan.refuse(
            row=row.row,
            column=column,
            value=row.value_is if column == "value_is" else value,
            message=message,
        )


def _say_missing(missing: Sequence[int], each: Wanted) -> str:
    return ngettext(
        "The amount of %(period)s cannot be told from a running total while %(periods)s has none. Load that one "
        "too, or write the amount of the period alone (value_is: period).",
        "The amount of %(period)s cannot be told from a running total while %(periods)s have none. Load those "
        "too, or write the amount of the period alone (value_is: period).",
        len(missing),
    ) % _names(missing, each)


def _say_hidden(hidden: Sequence[int], each: Wanted) -> str:
    return ngettext(
        "The amount of %(period)s cannot be told from a running total while the report of %(periods)s is open and "
        "changes its amount. Have it approved first, or write the amount of the period alone (value_is: period).",
        "The amount of %(period)s cannot be told from a running total while the reports of %(periods)s are open "
        "and change their amounts. Have them approved first, or write the amount of the period alone (value_is: "
        "period).",
        len(hidden),
    ) % _names(hidden, each)


def _names(numbers: Sequence[int], each: Wanted) -> dict[str, str]:
    named = ", ".join(name_span(number, 1) for number in numbers[:_NAMED])
    return {
        "period": each.row.period.name,
        "periods": f"{named}, …" if len(numbers) > _NAMED else named,
    }


# -- What there is already ----------------------------------------------------------------------------
def _read_series(
    asked: Collection[SeriesKey], context: EntryContext, rights: "Rights | None"
) -> dict[SeriesKey, _Series]:
    """The latest word on each of these indicators and missions: of an open report that may be read, else the
    approved one. Three statements, and one for cells.
    """
    results = IndicatorResult.objects.filter(
        revision__report__period__strategy=context.known.strategy,
        revision__report__mission__in={mission for mission, _indicator in asked},
        indicator__in={indicator for _mission, indicator in asked},
    )
    approved = _read_results(results.counting())
    coming = _read_results(results.filter(revision__status__in=OPEN))
    cells = CellValue.objects.filter(result__in=[each.pk for each in (*approved, *coming)])
    of_result: dict[int, dict[int, Amount]] = defaultdict(dict)
    for result, cell, *amount in cells.values_list("result_id", "cell_id", *_AMOUNT):
        of_result[result][cell] = Amount(*amount)
    for each in (*approved, *coming):
        each.result.cells = of_result.get(each.pk, NO_CELLS)
    series: dict[SeriesKey, _Series] = defaultdict(_Series)
    for each in approved:
        if each.result.is_given:
            series[each.key].results[each.number] = each.result
    readable = _readable(rights, context)
    for each in coming:
        found = series[each.key]
        if each.revision not in readable:
            if found.results.get(each.number, Result()) != each.result:
                found.hidden.add(each.number)
        elif each.result.is_given:
            found.results[each.number] = each.result
        else:
            found.results.pop(each.number, None)
    return series


def _readable(rights: "Rights | None", context: EntryContext) -> set[int]:
    """The open revisions that may be read."""
    if rights is None:
        return set()
    revisions = ReportRevision.objects.readable_by(rights).filter(
        status__in=OPEN, report__period__strategy=context.known.strategy
    )
    return set(revisions.values_list("pk", flat=True))


@dataclass(slots=True)
class _Held:
    """A result as it stands in a revision."""

    pk: int
    revision: int
    key: SeriesKey
    number: int
    result: Result


_AMOUNT = ("value", "numerator", "denominator")


def _read_results(results: Any) -> list[_Held]:
    rows = results.order_by().values_list(
        "pk",
        "revision_id",
        "revision__report__mission_id",
        "indicator_id",
        "revision__report__period__number",
        "covers",
        "not_applicable",
        *_AMOUNT,
    )
    return [
        _Held(pk, revision, (mission, indicator), number, Result(value, n, d, not_applicable, "", covers))
        for pk, revision, mission, indicator, number, covers, not_applicable, value, n, d in rows
    ]
