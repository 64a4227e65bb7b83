"""What an indicator's value is made of by its breakdowns, for the region and by mission, as a person may read it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from tracker.access.policies import Rights
from tracker.analysis.bars import share_bar
from tracker.analysis.cell_suppression import Hidden, Value, hide_cells
from tracker.analysis.cells import FoundCells, cells_as_of
from tracker.analysis.engine import FoundStanding
from tracker.analysis.rules.aggregates import pool
from tracker.analysis.terms import Amount, MissionStanding
from tracker.analysis.wording import show_own
from tracker.common.formats import PERCENTAGE, show_exact, show_percent
from tracker.framework.models import Breakdown, Indicator, Strategy
from tracker.region.models import Mission

from .choices import Choice, may_see_small_cells

TAKES_ONE = ("maximum", "minimum")


@dataclass(frozen=True)
class CellLine:
    """A cell in print: empty text is a figure that there is not. ``parts`` says what a percentage is made of; the
    ``share`` is the cell's in the whole value, which a percentage has none of."""

    name: str
    value: str = ""
    parts: str = ""
    share: str = ""
    bar: str = ""


@dataclass(frozen=True)
class MissionCells:
    """A mission's cells under the columns of the table; ``rest`` is what they leave of its value."""

    mission: Mission
    value: str
    cells: list[CellLine]
    rest: CellLine | None


@dataclass(frozen=True)
class BrokenDown:
    """A value by one breakdown. ``lines`` are the region's, of the cells that were given; ``silent`` are the names of
    the others. ``rest`` is what they leave of it, of an exclusive breakdown. ``columns`` and ``missions`` are the
    cells that some mission has."""

    breakdown: Breakdown
    lines: list[CellLine]
    silent: list[str]
    rest: CellLine | None
    columns: list[str]
    missions: list[MissionCells]


@dataclass(frozen=True)
class CellsShown:
    """The breakdowns that something was given of; ``hides``: some of it is not for this person."""

    breakdowns: list[BrokenDown]
    is_percentage: bool
    hides: bool
    below: int


def read_cells(
    indicator: Indicator,
    strategy: Strategy,
    choice: Choice,
    stands: FoundStanding,
    missions: Mapping[str, Mission],
    rights: Rights,
) -> CellsShown | None:
    """The cells behind an indicator's standing; None where it has no breakdowns: one statement.

    The indicator comes with its breakdowns and their cells.
    """
    breakdowns = list(indicator.breakdowns.all())
    if not breakdowns:
        return None
    found = cells_as_of(
        strategy=strategy,
        as_of=choice.period,
        indicators=[indicator.pk],
        provisional=choice.provisional,
    ).get(indicator.pk, FoundCells())
    page = _Page(indicator, strategy, stands, missions, found, rights)
    shown = [page.break_down(each) for each in breakdowns]
    return CellsShown(
        breakdowns=[each for each in shown if each.lines or each.missions],
        is_percentage=indicator.measure == PERCENTAGE,
        hides=bool(page.hidden.region or any(page.hidden.missions.values())),
        below=strategy.small_cell_below,
    )


class _Page:
    """The values of one indicator, and what of their cells a person does not read."""

    def __init__(
        self,
        indicator: Indicator,
        strategy: Strategy,
        stands: FoundStanding,
        missions: Mapping[str, Mission],
        found: FoundCells,
        rights: Rights,
    ) -> None:
        self.indicator = indicator
        self.missions = missions
        self.below = strategy.small_cell_below
        self.region = Value(_total_of_region(stands), found.region)
        self.values = {
            code: Value(_total(standing), found.missions[code])
            for code in missions
            if code in found.missions and (standing := stands.missions.get(code)) is not None
        }
        self.hidden = self._hide(stands.region.coverage.in_value, rights)

    def _hide(self, in_value: Collection[str], rights: Rights) -> Hidden:
        if not self.indicator.sensitive or may_see_small_cells(rights, None):
            return Hidden()
        return hide_cells(
            self.region,
            self.values,
            exclusive=[
                [cell.pk for cell in each.cells.all()]
                for each in self.indicator.breakdowns.all()
                if each.exclusive
            ],
            below=self.below,
            added=() if self.indicator.mission_rule in TAKES_ONE else in_value,
            read_whole=[code for code in self.values if may_see_small_cells(rights, self.missions[code])],
        )

    def break_down(self, breakdown: Breakdown) -> BrokenDown:
        """The region's and the missions' values by one breakdown."""
        cells = list(breakdown.cells.all())
        ids = [cell.pk for cell in cells]
        given = [cell for cell in cells if cell.pk in self.region.cells]
        having = {code: value for code, value in self.values.items() if value.cells.keys() & set(ids)}
        columns = [cell for cell in cells if any(cell.pk in value.cells for value in having.values())]
        missions = [
            MissionCells(
                mission=self.missions[code],
                value=self._show(value.total),
                cells=[
                    self._line(value, cell.pk, cell.name, self.hidden.missions.get(code, ()))
                    for cell in columns
                ],
                rest=self._rest(value, ids, self.hidden.missions.get(code, ()), breakdown),
            )
            for code, value in having.items()
        ]
        return BrokenDown(
            breakdown=breakdown,
            lines=[self._line(self.region, cell.pk, cell.name, self.hidden.region) for cell in given],
            silent=[cell.name for cell in cells if cell not in given],
            rest=self._rest(self.region, ids, self.hidden.region, breakdown) if given else None,
            columns=[cell.name for cell in columns],
            missions=missions,
        )

    def _line(self, value: Value, cell: int, name: str, hidden: Collection[int]) -> CellLine:
        if cell not in value.cells:
            return CellLine(name)
        if cell in hidden:
            return CellLine(name, value=f"<{self.below}")
        return self._print(name, value.cells[cell], value.total)

    def _rest(
        self, value: Value, cells: list[int], hidden: Collection[int], breakdown: Breakdown
    ) -> CellLine | None:
        """What the cells of an exclusive breakdown leave of the value; together with those that are hidden, since
        they would be told by it."""
        shown = [value.cells[cell] for cell in cells if cell in value.cells and cell not in hidden]
        left = _left(value.total, shown)
        if not breakdown.exclusive or left is None:
            return None
        name = _("Not disaggregated")
        if any(cell in hidden for cell in cells):
            name = _("Not disaggregated, and what is not shown")
        line = self._print(name, left, value.total)
        # What numerators and denominators leave need not belong together: then it is no percentage.
        is_share = left.parts is not None and (left.parts[0] <= left.parts[1] or not self.indicator.bounded)
        return line if left.value is not None or is_share else replace(line, value="", bar="")

    def _print(self, name: str, amount: Amount, total: Amount) -> CellLine:
        level = amount.level
        if self.indicator.measure == PERCENTAGE:
            return CellLine(name, self._show(amount), _say_parts(amount), bar=share_bar(level))
        share = level / total.value if level is not None and total.value and total.value > 0 else None
        return CellLine(
            name,
            self._show(amount),
            share="" if share is None else show_percent(share),
            bar=share_bar(share),
        )

    def _show(self, amount: Amount) -> str:
        return "" if amount.level is None else show_own(self.indicator, amount.level)


def _total(standing: MissionStanding) -> Amount:
    if standing.parts is None:
        return Amount(value=standing.value)
    return Amount(numerator=standing.parts[0], denominator=standing.parts[1])


def _total_of_region(stands: FoundStanding) -> Amount:
    """The region's value; of a percentage what it is made of, where it is made of its missions'."""
    in_value = [stands.missions[code].parts for code in stands.region.coverage.in_value]
    pooled = pool(parts for parts in in_value if parts is not None)
    return pooled or Amount(value=stands.region.value)


def _left(total: Amount, cells: Collection[Amount]) -> Amount | None:
    """The value without these cells; nothing where they cannot be taken from it."""
    if total.value is not None:
        given = [each.value for each in cells if each.value is not None]
        return Amount(value=total.value - sum(given, Decimal(0)))
    if total.parts is None:
        return None
    parts = [each.parts for each in cells if each.parts is not None]
    return Amount(
        numerator=total.parts[0] - sum((n for n, _d in parts), Decimal(0)),
        denominator=total.parts[1] - sum((d for _n, d in parts), Decimal(0)),
    )


def _say_parts(amount: Amount) -> str:
    if amount.numerator is None or amount.denominator is None:
        return _("known only as a percentage")
    return _("%(numerator)s of %(denominator)s") % {
        "numerator": show_exact(amount.numerator),
        "denominator": show_exact(amount.denominator),
    }
