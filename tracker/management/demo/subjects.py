"""What the demonstration knows of an indicator, a mission and a quarter before it invents figures."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tracker.analysis.periods import is_due

# How large a mission's programme is, against a middling one.
SIZES = {
    "UA": 3.0, "TR": 2.6, "RU": 1.8, "UZ": 1.6, "KZ": 1.4, "BA": 1.3, "RS": 1.3, "MD": 1.2, "TJ": 1.2, "KG": 1.1,
    "GE": 1.0, "AM": 1.0, "AZ": 1.0, "AL": 0.9, "BY": 0.8, "MK": 0.8, "XK": 0.7, "TM": 0.5, "ME": 0.5, "IL": 0.3,
    "ROV": 3.0,
}  # fmt: skip

# A year's amount (or the level, for what stands at a date) in a middling mission, by unit.
AMOUNTS = {
    "persons": 420, "children": 240, "contacts": 1600, "screenings": 700, "attendances": 900, "places": 130,
    "households": 150, "USD": 450_000, "products": 8, "communities": 5, "organizations": 12, "centres": 5,
    "points of entry": 14, "networks": 6, "partnerships": 7, "posts": 4, "cases": 4, "publications": 5,
    "offices": 2.4, "donors": 36,
}  # fmt: skip
AMOUNT_OF_OTHERS = 1.4

# Where people are few by nature: a share of the amount above, by indicator.
SHARES = {
    "SP1-O6-I1": 0.3, "SP1-O11-I1": 0.3, "SP2-O9-I2": 0.1, "SP3-O5-I2": 0.2, "SP4-O3-I2": 0.2, "SP4-O4-I1": 0.3,
    "SP4-O11-I2": 0.3, "ID1-O5-I1": 0.05, "ID2-O1-I1": 0.05, "ID3-O5-I2": 0.15,
}  # fmt: skip

# What a percentage is taken of, in a middling mission.
DENOMINATORS = {
    "% of assisted": 320, "% of trainees": 180, "% of surveyed": 220, "% of followed-up": 140,
    "% of supported households": 160, "% of surveyed returnees": 90, "% of surveyed partners": 40, "%": 420,
    "% of amount requested": 20_000_000,
}  # fmt: skip
DENOMINATOR_OF_OTHERS = 26


@dataclass(frozen=True, slots=True)
class Split:
    """A breakdown that an indicator asks for: its cells as (code, id), in order."""

    code: str
    exclusive: bool
    cells: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Level:
    """A baseline that is there already: a value (a fraction for a percentage), or n over d."""

    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None

    @property
    def amount(self) -> float:
        if self.value is not None:
            return float(self.value)
        assert self.numerator is not None
        assert self.denominator is not None
        return float(self.numerator) / float(self.denominator)


@dataclass(frozen=True, slots=True)
class Subject:
    """An indicator. ``steps`` is the length of a stage's scale (2 for yes or no, 0 for numbers);
    ``missions`` are the codes of those that report on it, ``held`` the baselines recorded before, by mission
    code (None: the region's).
    """

    pk: int
    code: str
    unit: str
    measure: str
    direction: str
    period_rule: str
    mission_rule: str
    frequency: str
    counts: str
    steps: int
    never_falls: bool
    splits: tuple[Split, ...]
    missions: tuple[str, ...]
    held: dict[str | None, Level]

    @property
    def original(self) -> str:
        """The code without the suffix of a copy: SP1-O1-I1 of SP1-O1-I1-x2."""
        return self.code.partition("-x")[0]

    @property
    def is_flow(self) -> bool:
        return self.measure == "number" and self.period_rule == "sum"

    def is_due_in(self, quarter: "Quarter") -> bool:
        return is_due(self.frequency, quarter.number)


@dataclass(frozen=True, slots=True)
class Quarter:
    """A reporting period; ``number`` is year × 4 + quarter − 1."""

    pk: int
    code: str
    number: int
    ends_on: date
    opens_on: date

    @property
    def end(self) -> float:
        """The quarter's end in years: 2021.0 is the last day of 2020."""
        return (self.number + 1) / 4
