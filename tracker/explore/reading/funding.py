"""What was asked for, added up: by country and area, by goal, and both; beside it what the documents print."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from tracker.activities.models import FundingRequirement, FundingTotal
from tracker.activities.wording import name_place
from tracker.analysis.funding_charts import FundingBars, in_millions
from tracker.framework.models import ReferenceGoal
from tracker.region.choices import MissionKind
from tracker.region.models import Mission

# Year, mission's code ("": all), goal's code ("": all).
Key = tuple[int, str, str]


@dataclass(frozen=True)
class Amount:
    """An amount, or a sum of some. ``asked`` is None where nothing was asked, or the document has no such row
    (``is_missing``). ``printed`` is what the document prints, only where it differs.
    """

    asked: Decimal | None
    printed: Decimal | None = None
    note: str = ""
    source: str = ""
    is_missing: bool = False


@dataclass(frozen=True)
class Line:
    """A row of a table: ``code`` and ``name`` of a place or a goal, its amounts, and what they come to."""

    code: str
    name: str
    amounts: tuple[Amount, ...]
    total: Amount | None = None

    @property
    def change(self) -> Decimal | None:
        """How the last year compares with the first, as a fraction of the first: -0.5 is half as much."""
        if len(self.amounts) < 2 or self.amounts[-1].is_missing:
            return None
        first, last = self.amounts[0].asked, self.amounts[-1].asked
        return ((last or Decimal(0)) - first) / first if first else None


@dataclass(frozen=True)
class Matrix:
    """One year: places by goals, with the totals of both."""

    year: int
    lines: tuple[Line, ...]
    totals: Line


class Funding:
    """The amounts of a choice, and sums of them. ``printed`` are the totals that the documents print; they are held
    against a sum only where it covers what they cover.
    """

    def __init__(
        self,
        *,
        amounts: Iterable[FundingRequirement],
        printed: Iterable[FundingTotal],
        years: Sequence[int],
        missions: Sequence[Mission],
        goals: Sequence[ReferenceGoal],
        whole_rows: bool,
        whole_columns: bool,
    ) -> None:
        self.years, self.goals = tuple(years), tuple(goals)
        self._cells: dict[Key, FundingRequirement] = {
            (each.year, each.mission.code, each.goal.code): each for each in amounts
        }
        self._printed: dict[Key, FundingTotal] = {
            (each.year, each.mission.code if each.mission else "", each.goal.code if each.goal else ""): each
            for each in printed
        }
        self._whole_rows, self._whole_columns = whole_rows, whole_columns
        with_rows = {code for _year, code, _goal in self._cells}
        # The region as a whole comes last, as it is no country.
        self.missions = tuple(
            sorted(
                (mission for mission in missions if mission.code in with_rows),
                key=lambda mission: (mission.kind == MissionKind.REGIONAL_OFFICE, mission.name),
            )
        )

    # -- Sums ------------------------------------------------------------------------------------------
    def sum(self, year: int, *, mission: str = "", goal: str = "") -> Amount:
        """What was asked for in a year, of a mission or all, for a goal or all."""
        cells = [
            cell
            for (of_year, of_mission, of_goal), cell in self._cells.items()
            if of_year == year and mission in ("", of_mission) and goal in ("", of_goal)
        ]
        if not cells:
            return Amount(None, is_missing=True)
        asked = [cell.amount for cell in cells if not cell.nothing_asked]
        total = sum(asked, Decimal(0))
        printed = self._total_of(year, mission, goal)
        differs = printed is not None and printed.amount_printed != total
        return Amount(
            asked=total if asked else None,
            printed=printed.amount_printed if printed is not None and differs else None,
            note=printed.note if printed is not None else "",
            source=printed.source if printed is not None else "",
        )

    def cell(self, year: int, mission: str, goal: str) -> Amount:
        """One amount, with what is printed where that differs."""
        found = self._cells.get((year, mission, goal))
        if found is None:
            return Amount(None, is_missing=True)
        return Amount(
            asked=None if found.nothing_asked else found.amount,
            printed=found.amount_printed,
            note=found.note,
            source=found.source,
        )

    def _total_of(self, year: int, mission: str, goal: str) -> FundingTotal | None:
        """The printed total of just these cells."""
        if (mission and not goal and self._whole_rows) or (goal and not mission and self._whole_columns):
            return self._printed.get((year, mission, goal))
        if not mission and not goal and self._whole_rows and self._whole_columns:
            return self._printed.get((year, "", ""))
        return None

    # -- Tables ----------------------------------------------------------------------------------------
    def by_place(self) -> list[Line]:
        """Each place over the years."""
        return [
            Line(m.code, name_place(m), tuple(self.sum(year, mission=m.code) for year in self.years))
            for m in self.missions
        ]

    def by_goal(self) -> list[Line]:
        """Each goal over the years."""
        return [
            Line(goal.code, goal.title, tuple(self.sum(year, goal=goal.code) for year in self.years))
            for goal in self.goals
        ]

    def of_all(self) -> Line:
        """All that is chosen, over the years."""
        return Line("", _("All"), tuple(self.sum(year) for year in self.years))

    def matrices(self) -> list[Matrix]:
        """Places by goals, a table a year, with totals of rows and columns computed from the amounts."""
        return [
            Matrix(
                year,
                tuple(
                    Line(
                        m.code,
                        name_place(m),
                        tuple(self.cell(year, m.code, goal.code) for goal in self.goals),
                        self.sum(year, mission=m.code),
                    )
                    for m in self.missions
                ),
                Line(
                    "",
                    _("All"),
                    tuple(self.sum(year, goal=goal.code) for goal in self.goals),
                    self.sum(year),
                ),
            )
            for year in self.years
        ]

    def checked_totals(self) -> tuple[int, int]:
        """How many printed totals cover just what is chosen, and how many of them equal the sum of their amounts."""
        held = [
            (self.sum(year, mission=mission, goal=goal), key)
            for key in self._printed
            for year, mission, goal in [key]
            if year in self.years and self._total_of(*key) is not None
        ]
        covered = [amount for amount, _key in held if not amount.is_missing]
        return len(covered), sum(amount.printed is None for amount in covered)


def bars_of(lines: Sequence[Line], *, coded: bool = False) -> list[FundingBars]:
    """Lines as bars; ``coded``: named by code and name."""
    return [
        FundingBars(f"{line.code} {line.name}" if coded else line.name, tuple(a.asked for a in line.amounts))
        for line in lines
    ]


def say_most(lines: Sequence[Line], years: Sequence[int], *, scope: str = "") -> str:
    """For which place or goal most was asked in each year, in one sentence without a full stop."""
    most: list[tuple[int, Line, Decimal]] = []
    for place, year in enumerate(years):
        asked = [(line.amounts[place].asked or Decimal(0), line) for line in lines]
        if not asked or not max(amount for amount, _line in asked):
            continue
        amount, line = max(asked, key=lambda pair: pair[0])
        most.append((year, line, amount))
    if not most:
        said = _("Nothing was asked for")
    elif len(most) > 1 and len({line.code for _year, line, _amount in most}) == 1:
        sums = " → ".join(
            _("%(millions)s million in %(year)s") % {"millions": in_millions(amount), "year": year}
            for year, _line, amount in most
        )
        said = _("Most was asked for %(what)s in each year: %(sums)s") % {
            "what": most[0][1].name,
            "sums": sums,
        }
    else:
        said = "; ".join(
            _("most in %(year)s for %(what)s: %(millions)s million")
            % {"year": year, "what": line.name, "millions": in_millions(amount)}
            for year, line, amount in most
        )
    said = said[:1].upper() + said[1:]
    return f"{scope}: {said[:1].lower()}{said[1:]}" if scope else said
