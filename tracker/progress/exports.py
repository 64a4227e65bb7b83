"""What progress holds, as its own sheets say it: what goes out comes back unchanged."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import F, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.access.policies import rights_of
from tracker.batches.row_keys import ROW_ABOUT
from tracker.batches.selections import Selection, Taken
from tracker.common.errors import Refused
from tracker.common.workbooks.specs import Column, Entry
from tracker.framework.choices import Measure
from tracker.framework.exports import chosen_indicators, plain
from tracker.framework.models import Cell, Indicator, IndicatorBreakdown
from tracker.framework.services.structure import strategy_for

from .choices import RevisionStatus
from .models import (
    Baseline,
    IndicatorAssignment,
    IndicatorResult,
    ReportingPeriod,
    ReportRevision,
    Target,
)
from .rules import Amount
from .services.amounts import to_sheet
from .services.known import REGION
from .services.spans import code_span
from .suppression import hide_small

if TYPE_CHECKING:
    from tracker.access.models import User

Row = Mapping[str, Any]

IN_ORDER = (
    "indicator__objective__priority__order",
    "indicator__objective__order",
    "indicator__order",
    "indicator__code",
    "mission_code",
)
# Rows that are fetched at a time.
_AT_ONCE = 2_000


def _versions(model: Any, selection: Selection) -> "QuerySet[Any]":
    """The versions that hold, of what was chosen, in order."""
    found = model.objects.in_force().filter(indicator__in=chosen_indicators(selection))
    found = found.annotate(mission_code=Coalesce(F("mission__code"), RawSQL("%s", [REGION])))
    if selection.missions:
        found = found.filter(mission_code__in=selection.missions)
    return found.order_by(*IN_ORDER)


def _indicators(selection: Selection) -> dict[int, Indicator]:
    return chosen_indicators(selection).without_prose().in_bulk()


def read_assignments(*, selection: Selection, user: object) -> Taken:
    """The assignments that hold."""
    found = _versions(IndicatorAssignment, selection)
    names = {"indicator": "indicator__code", "mission": "mission_code"}
    own = ("active_from", "active_to", "reason")
    rows = found.values_list(*names.values(), *own).iterator(_AT_ONCE)
    return Taken(dict(zip((*names, *own), row, strict=True)) for row in rows)


def read_baselines(*, selection: Selection, user: object) -> Taken:
    """The baselines that hold, with the dates of their assignments."""

    def read() -> Iterator[Row]:
        indicators = _indicators(selection)
        assigned = {
            (indicator, mission): (begins, ends)
            for indicator, mission, begins, ends in IndicatorAssignment.objects.in_force()
            .filter(indicator__in=chosen_indicators(selection))
            .values_list("indicator_id", "mission_id", "active_from", "active_to")
        }
        for each in _versions(Baseline, selection).iterator(_AT_ONCE):
            indicator = indicators[each.indicator_id]
            value = to_sheet(indicator, each.value, regional=each.mission_id is None)
            begins, ends = assigned.get((each.indicator_id, each.mission_id), (None, None))
            yield {
                "indicator": indicator.code,
                "mission": each.mission_code,
                "baseline_value": None if isinstance(value, str) else plain(value),
                "baseline_numerator": plain(each.numerator),
                "baseline_denominator": plain(each.denominator),
                "baseline_stage": value if isinstance(value, str) else None,
                "baseline_date": each.date,
                "baseline_source": each.source,
                "active_from": begins,
                "active_to": ends,
                "note": each.note,
            }

    return Taken(read())


def read_targets(*, selection: Selection, user: object) -> Taken:
    """The targets that hold, one row for each date, as they were given: yearly amounts are not added up."""

    def read() -> Iterator[Row]:
        indicators = _indicators(selection)
        found = _versions(Target, selection).order_by(*IN_ORDER, "due_on")
        for each in found.iterator(_AT_ONCE):
            indicator = indicators[each.indicator_id]
            amount = each.value if each.given is None else each.given
            value = to_sheet(indicator, amount, regional=each.mission_id is None)
            yield {
                "indicator": indicator.code,
                "mission": each.mission_code,
                "due": each.due_on,
                "target_value": None if isinstance(value, str) else plain(value),
                "target_stage": value if isinstance(value, str) else None,
                "basis": each.basis,
            }

    return Taken(read())


def read_history(*, selection: Selection, user: "User | None") -> Taken:
    """The approved results that count, small cells of sensitive indicators hidden."""
    return _read_results(IndicatorResult.objects.counting(), selection)


def read_drafts(*, selection: Selection, user: "User | None") -> Taken:
    """What stands in reports that can be written: of those that this person may read.

    They are the mission's own people and officers, who see small cells of sensitive indicators too: these stand
    here as they are, so that a draft can be taken away, worked on and loaded again.
    """
    revisions = ReportRevision.objects.filter(status__in=[RevisionStatus.DRAFT, RevisionStatus.RETURNED])
    if user is not None:
        revisions = revisions.readable_by(rights_of(user))
    drafts = IndicatorResult.objects.filter(revision__in=revisions)
    return _read_results(drafts, replace(selection, with_small_cells=True), is_explained=True)


# -- Results with their cells -------------------------------------------------------------------------
@dataclass(slots=True)
class _Cells:
    """The cells that the chosen indicators ask for: their headings by id, and the exclusive breakdowns."""

    titles: dict[int, str] = field(default_factory=dict)
    exclusive: list[list[int]] = field(default_factory=list)
    columns: tuple[str, ...] = ()
    columns_of: dict[int, frozenset[str]] = field(default_factory=dict)

    def columns_not_of(self, indicator: int) -> list[str]:
        """The columns of cells that an indicator does not ask for."""
        own = self.columns_of.get(indicator, frozenset())
        return [name for name in self.columns if name not in own]


def _read_results(
    results: "QuerySet[IndicatorResult]", selection: Selection, *, is_explained: bool = False
) -> Taken:
    cells = _read_cells(chosen_indicators(selection))

    def read() -> Iterator[Row]:
        indicators = _indicators(selection)
        below = strategy_for(selection.options).small_cell_below
        found = (
            results.explained()  # type: ignore[attr-defined]
            .filter(indicator__in=chosen_indicators(selection))
            .annotate(
                mission_code=F("revision__report__mission__code"),
                number=F("revision__report__period__number"),
                # One statement for everything, read row by row: a prefetch would hold it all.
                parts=RawSQL(
                    "(SELECT json_agg(json_build_array(c.cell_id, c.value::text, c.numerator::text, "
                    "c.denominator::text)) FROM tracker_cellvalue c "
                    "WHERE c.result_id = tracker_indicatorresult.id)",
                    [],
                ),
            )
        )
        if selection.missions:
            found = found.filter(mission_code__in=selection.missions)
        if selection.periods:
            found = found.filter(revision__report__period__code__in=selection.periods)
        for row in found.order_by("number", *IN_ORDER).values_list(*_RESULT).iterator(_AT_ONCE):
            indicator = indicators[row[0]]
            hides = below if indicator.sensitive and not selection.with_small_cells else None
            said = _result_row(indicator, row[:-1], cells, hides)
            yield {**said, ROW_ABOUT: _say_about(indicator, held_back=row[-1])} if is_explained else said

    return Taken(read(), cells.columns, is_explained)


_RESULT = (
    "indicator_id", "mission_code", "number", "covers", "value", "numerator", "denominator",
    "not_applicable", "comment", "parts", "held_back",
)  # fmt: skip


def _say_about(indicator: Indicator, *, held_back: bool = False) -> str:
    """What a row is about, for people: the indicator's name and unit, and that an officer held the result back."""
    about = f"{indicator.name} ({indicator.unit})"
    if held_back:
        about = _("Held back when the report was approved; it does not count. %(about)s") % {"about": about}
    return about


def _result_row(indicator: Indicator, row: Sequence[Any], cells: _Cells, hides: int | None) -> dict[str, Any]:
    """One result under the columns of its sheet; ``hides``: cells below this are hidden."""
    _pk, mission, number, covers, value, numerator, denominator, not_applicable, comment, parts = row
    shown = to_sheet(indicator, value)
    said: dict[str, Any] = {
        "indicator": indicator.code,
        "mission": mission,
        "period": code_span(number, covers),
        "value": None if indicator.scale else plain(shown),
        "numerator": plain(numerator),
        "denominator": plain(denominator),
        "stage": shown if indicator.scale else None,
        "not_applicable": "yes" if not_applicable else None,
        "comment": comment,
    }
    if parts:
        amounts = {
            cell: Amount(*(None if amount is None else Decimal(amount) for amount in each))
            for cell, *each in parts
        }
        total = Amount(value, numerator, denominator)
        hidden = (
            hide_small(total, amounts, exclusive=cells.exclusive, below=hides)
            if hides is not None
            else frozenset[int]()
        )
        for cell, amount in amounts.items():
            title = cells.titles[cell]
            label = f"<{hides}" if cell in hidden else None
            if amount.value is not None:
                said[title] = label or plain(amount.value)
            else:
                said[f"{title}:n"] = label or plain(amount.numerator)
                said[f"{title}:d"] = label or plain(amount.denominator)
    return said


def _read_cells(indicators: "QuerySet[Indicator] | Collection[int]") -> _Cells:
    """The cells that these indicators ask for, in the order of their breakdowns, in two statements."""
    asked: dict[int, set[bool]] = {}
    asks: list[tuple[int, int, bool]] = []
    for indicator, breakdown, measure in IndicatorBreakdown.objects.filter(
        indicator__in=indicators
    ).values_list("indicator_id", "breakdown_id", "indicator__measure"):
        asked.setdefault(breakdown, set()).add(measure == Measure.PERCENTAGE)
        asks.append((indicator, breakdown, measure == Measure.PERCENTAGE))
    found, columns = _Cells(), list[str]()
    own: dict[tuple[int, bool], list[str]] = {}
    groups: dict[int, list[int]] = {}
    for pk, breakdown, code, cell, exclusive in (
        Cell.objects.filter(breakdown__in=list(asked))
        .order_by("breakdown__code", "order", "code")
        .values_list("pk", "breakdown_id", "breakdown__code", "code", "breakdown__exclusive")
    ):
        title = f"{code}:{cell}"
        found.titles[pk] = title
        if exclusive:
            groups.setdefault(breakdown, []).append(pk)
        for is_share, names in ((False, [title]), (True, [f"{title}:n", f"{title}:d"])):
            if is_share in asked[breakdown]:
                columns += names
                own.setdefault((breakdown, is_share), []).extend(names)
    found.exclusive, found.columns = list(groups.values()), tuple(columns)
    for indicator, breakdown, is_share in asks:
        names = own.get((breakdown, is_share), [])
        found.columns_of[indicator] = found.columns_of.get(indicator, frozenset()).union(names)
    return found


# -- Rows to be filled in -----------------------------------------------------------------------------
def read_due(*, selection: Selection, user: "User") -> Taken:
    """What missions are asked for in the chosen periods (the last one that ended, unless chosen), with nothing
    filled in. Reporters get the rows of their own missions. Raises Refused for a period that there is not.
    """
    strategy = strategy_for(selection.options)
    periods = ReportingPeriod.objects.filter(strategy=strategy).order_by("number")
    if selection.periods:
        chosen = list(periods.filter(code__in=selection.periods))
        unknown = selection.periods - {period.code for period in chosen}
        if unknown:
            raise Refused(
                _("The strategy has no period %(period)s. Correct it, or open the period first.")
                % {"period": ", ".join(sorted(unknown))}
            )
    else:
        chosen = list(periods.ended(on=timezone.localdate()).order_by("-number")[:1])

    asked: list[int] = []
    for period in chosen:
        due = _assigned(IndicatorAssignment.objects.due_in(period), selection, user)
        asked += due.values_list("indicator", flat=True)
    cells = _read_cells(set(asked))
    are_marked = len(asked) * len(cells.columns) <= _MOST_MARKED

    def read() -> Iterator[Row]:
        for period in chosen:
            for indicator, mission in _pairs(IndicatorAssignment.objects.due_in(period), selection, user):
                yield {
                    "indicator": indicator.code,
                    "mission": mission,
                    "period": period.code,
                    ROW_ABOUT: _say_about(indicator),
                    **_parts_of(indicator),
                    **dict.fromkeys(cells.columns_not_of(indicator.pk) if are_marked else (), _NOT_ASKED),
                }

    return Taken(read(), cells.columns)


def read_assigned(*, selection: Selection, user: "User") -> Taken:
    """The indicators that missions report on, one row each, with no amount filled in."""

    def read() -> Iterator[Row]:
        for indicator, mission in _pairs(IndicatorAssignment.objects.in_force(), selection, user):
            yield {
                "indicator": indicator.code,
                "mission": mission,
                ROW_ABOUT: _say_about(indicator),
                **_parts_of(indicator, "baseline_"),
                **_parts_of(indicator, "target_"),
            }

    return Taken(read())


# What an amount may be given as; which of it a row takes depends on its indicator.
_PARTS = ("value", "numerator", "denominator", "stage")
_NOT_ASKED = Entry(None, Column("not_asked", closed=True))
# Cells of breakdowns that are marked as not for their row: with more, a workbook grows by megabytes.
_MOST_MARKED = 100_000


def _parts_of(indicator: Indicator, prefix: str = "") -> Row:
    """The empty cells of an amount: what they take, and which are not for this indicator."""
    if indicator.scale:
        open_parts = {"stage"}
    elif indicator.measure == Measure.PERCENTAGE:
        open_parts = {"value", "numerator", "denominator"}
    else:
        open_parts = {"value"}
    row = {f"{prefix}{part}": _NOT_ASKED for part in _PARTS if part not in open_parts}
    part = f"{prefix}{'stage' if indicator.scale else 'value'}"
    return row | {part: Entry(None, like_amount(indicator, part))}


def _pairs(
    assignments: "QuerySet[IndicatorAssignment]", selection: Selection, user: "User"
) -> Iterator[tuple[Indicator, str]]:
    """Indicator and code of mission of assignments, of what was chosen and a person may fill in, in order."""
    order = ("mission__code", *IN_ORDER[:-1])
    found = _assigned(assignments, selection, user).select_related("indicator", "mission").order_by(*order)
    for each in found.iterator(_AT_ONCE):
        yield each.indicator, each.mission.code


def _assigned(
    assignments: "QuerySet[IndicatorAssignment]", selection: Selection, user: "User"
) -> "QuerySet[IndicatorAssignment]":
    """Of these assignments, what was chosen and a person may fill in."""
    rights = rights_of(user)
    found = assignments.filter(indicator__in=chosen_indicators(selection))
    if selection.missions:
        found = found.filter(mission__code__in=selection.missions)
    if not (rights.is_officer or rights.is_administrator):
        found = found.filter(mission__in=rights.missions)
    return found


def like_amount(indicator: Indicator, name: str) -> Column:
    """What an amount of an indicator looks like in a cell: a percentage, a stage from its list, a number."""
    if indicator.scale:
        return Column(name, choices=indicator.scale)
    lowest = None if indicator.allows_negative else 0
    if indicator.measure == Measure.PERCENTAGE:
        return Column(name, kind="percent", minimum=lowest, maximum=100 if indicator.bounded else None)
    return Column(name, kind="number", whole=indicator.decimals == 0, minimum=lowest)
