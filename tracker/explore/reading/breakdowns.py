"""What an indicator is broken down by: the categories of each breakdown, how they add up, whether they are due."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.framework.choices import IndicatorStatus, Measure
from tracker.framework.models import Breakdown, Indicator

BETWEEN = ", "
"""Between the two categories that a cell of a crossing is named by: Female, 0–17 years."""


@dataclass(frozen=True)
class CellRow:
    """A cell, and the column of a workbook that it is given in (of a percentage, two columns)."""

    name: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class BreakdownRow:
    """A breakdown in print. ``categories`` are those of its cells, or of a crossing the two lists that are crossed."""

    name: str
    categories: tuple[tuple[str, ...], ...]
    cells: tuple[CellRow, ...]
    adds_up: str

    @property
    def is_crossing(self) -> bool:
        return len(self.categories) > 1

    @property
    def count(self) -> str:
        """How many cells there are."""
        return ngettext("%(count)d cell", "%(count)d cells", len(self.cells)) % {"count": len(self.cells)}


@dataclass(frozen=True)
class Breakdowns:
    """All that an indicator is broken down by, and whether that is due now, in a sentence."""

    rows: Sequence[BreakdownRow]
    is_due: str


def read_breakdowns(indicator: Indicator) -> Breakdowns:
    """The breakdowns of an indicator that came with them and their cells: no statement of its own."""
    return Breakdowns([_row(indicator, each) for each in indicator.breakdowns.all()], _say_due(indicator))


def find_crossing(names: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The two lists of categories whose every pair is a cell; None where the cells are no crossing.

    One of the pairs may go by a name of its own: both unknown.
    """
    pairs = [tuple(name.split(BETWEEN)) for name in names]
    crossed = [pair for pair in pairs if len(pair) == 2]
    one = tuple(dict.fromkeys(pair[0] for pair in crossed))
    other = tuple(dict.fromkeys(pair[1] for pair in crossed))
    own_names = len(pairs) - len(crossed)
    if len(one) < 2 or len(other) < 2 or own_names > 1 or len(set(names)) != len(one) * len(other):
        return None
    return one, other


def _row(indicator: Indicator, breakdown: Breakdown) -> BreakdownRow:
    cells = list(breakdown.cells.all())
    names = tuple(cell.name for cell in cells)
    parts = (":n", ":d") if indicator.measure == Measure.PERCENTAGE else ("",)
    return BreakdownRow(
        name=breakdown.name,
        categories=find_crossing(names) or (names,),
        cells=tuple(
            CellRow(cell.name, tuple(f"{breakdown.code}:{cell.code}{part}" for part in parts))
            for cell in cells
        ),
        adds_up=_say_adding_up(indicator, breakdown),
    )


def _say_adding_up(indicator: Indicator, breakdown: Breakdown) -> str:
    if not breakdown.exclusive:
        return _("Multiple: the same one may be in several cells, each at most the total")
    if indicator.measure == Measure.PERCENTAGE:
        return _("Exclusive: numerators and denominators add up to at most those of the total")
    return _("Exclusive: cells add up to at most the total; the rest is “not disaggregated”")


def _say_due(indicator: Indicator) -> str:
    if indicator.status == IndicatorStatus.PROPOSED:
        return _("Nothing of this is due yet: the indicator is proposed, and falls due once it is adopted.")
    if indicator.status == IndicatorStatus.RETIRED:
        return _("Nothing of this is due any more: the indicator is retired.")
    return _(
        "Every cell is asked for with every result that falls due. A result without them counts as reported all the "
        "same; an empty cell is “not reported”, and 0 is a figure."
    )
