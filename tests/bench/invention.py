"""Indicators, plans and progress that nobody reported: the same ones every time, for databases of any size.

Every measure and every rule that may go with it is there, then more of those that are common; every frequency and
direction; missions that join late or leave, that know no baseline or have no target, that leave gaps, stop reporting
or say "not applicable". All of it follows from the number of the indicator and of the mission alone.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tracker.analysis.terms import MISSION_RULES, PERIOD_RULES

START = date(2020, 1, 1)
YEARS = range(2020, 2025)
QUARTERS = 20
STAGES = ("Not started", "Drafted", "Adopted", "In force")

# In thousandths of the total. Each has one share for every cell of its breakdown: people by sex and age, who are in
# one cell each, and people by what they need, who may be in several.
SEX_AND_AGE = (
    (100, 190, 160, 20, 90, 170, 140, 15, 10, 20, 15, 5, 10, 15, 20, 5),
    (60, 240, 110, 10, 120, 210, 100, 20, 5, 15, 10, 10, 20, 30, 10, 15),
    (130, 130, 130, 30, 130, 130, 130, 30, 20, 20, 20, 5, 20, 20, 20, 5),
)
NEEDS = (
    (400, 310, 220, 150, 120, 90, 60, 40),
    (250, 250, 250, 250, 100, 100, 100, 100),
)

_ALL = [
    (measure, period_rule, mission_rule)
    for measure, period_rules in PERIOD_RULES.items()
    for period_rule in sorted(period_rules)
    for mission_rule in sorted(MISSION_RULES[measure])
]
_COMMON = [("number", "sum", "sum")] * 5 + [
    ("percentage", "latest", "sum"),
    ("number", "latest", "sum"),
    ("number", "year", "sum"),
    ("percentage", "year", "sum"),
    ("stage", "latest", "count_reached"),
    ("yes_no", "latest", "count_at_least"),
]
_FREQUENCIES = ("quarterly", "quarterly", "semi_annual", "quarterly", "annual")
_DIRECTIONS = ("increase", "increase", "decrease", "increase", "maintain", "increase", "monitor")
_SPEEDS = (0.15, 0.5, 0.7, 0.8, 0.9, 1.0, 1.1, 1.3)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number, a stage, or a percentage by its parts or (as ten-thousandths) alone; whole numbers throughout."""

    value: int | None = None
    numerator: int | None = None
    denominator: int | None = None
    is_share: bool = False


NOTHING = Amount()


@dataclass(frozen=True, slots=True)
class Given:
    """What a report says of an indicator."""

    amount: Amount
    not_applicable: bool = False
    comment: str = ""


@dataclass(frozen=True)
class InventedIndicator:
    """The indicator of this number, from 0."""

    number: int

    @cached_property
    def rules(self) -> tuple[str, str, str]:
        """Measure, period rule and mission rule."""
        beyond = self.number - len(_ALL)
        return _ALL[self.number] if beyond < 0 else _COMMON[beyond % len(_COMMON)]

    @property
    def is_flow(self) -> bool:
        return self.rules[:2] == ("number", "sum")

    @property
    def is_stage(self) -> bool:
        return self.rules[0] in ("stage", "yes_no")

    @property
    def highest(self) -> int:
        """The last stage of its scale."""
        return 1 if self.rules[0] == "yes_no" else len(STAGES) - 1

    @property
    def has_cells(self) -> bool:
        return not self.is_stage

    @property
    def frequency(self) -> str:
        return _FREQUENCIES[self.number % len(_FREQUENCIES)]

    @property
    def direction(self) -> str:
        direction = _DIRECTIONS[self.number % len(_DIRECTIONS)]
        if self.is_flow and direction != "monitor":
            return "increase"
        counts_at_least = self.rules[2] == "count_at_least"
        return "increase" if counts_at_least and direction == "decrease" else direction

    @property
    def threshold(self) -> str | None:
        if self.rules[2] != "count_at_least":
            return None
        return {"number": "600", "percentage": "0.5", "stage": "2", "yes_no": "1"}[self.rules[0]]

    @property
    def has_regional_target(self) -> bool:
        return self.number % 6 == 1 and self.direction != "monitor"

    @property
    def has_regional_baseline(self) -> bool:
        return self.number % 18 == 1

    @property
    def counts_missions(self) -> bool:
        return self.rules[2].startswith("count_")


class InventedPair:
    """An indicator as one mission reports it: from where to where it means to go, how fast it goes, what is missing.

    Levels are whole numbers: of a percentage ten-thousandths.
    """

    def __init__(self, indicator: InventedIndicator, mission: int) -> None:
        self.indicator = indicator
        self._seed = (indicator.number * 1009 + mission) * 2
        dice = random.Random(self._seed)
        low, high = self._from_to(dice)
        falls = indicator.direction == "decrease"
        self.begins_at, self.goes_to = (high, low) if falls else (low, high)
        if indicator.direction == "maintain":
            self.goes_to = self.begins_at
        self.speed = dice.choice(_SPEEDS)
        self.knows_baseline = dice.random() >= 0.06
        self.has_targets = indicator.direction != "monitor" and dice.random() >= 0.1
        self.has_parts = indicator.rules[1] != "latest" or dice.random() >= 0.1
        self.baseline_date = dice.choice([None, date(2018, 12, 31), date(2019, 12, 31), date(2020, 6, 30)])
        self.active_from = dice.choice([START] * 10 + [date(2021, 7, 1)])
        self.active_to = dice.choice([None] * 16 + [date(2022, 8, 15), date(2023, 12, 31), date(2026, 6, 30)])
        self.falls_silent_after = dice.choice([QUARTERS] * 22 + [13, 17])

    def _from_to(self, dice: random.Random) -> tuple[int, int]:
        if self.indicator.is_stage:
            return 0, max(1, self.indicator.highest - dice.randrange(2))
        if self.indicator.rules[0] == "percentage":
            return dice.randrange(500, 4000), dice.randrange(4500, 9800)
        return dice.randrange(0, 400), dice.randrange(500, 5000)

    def targets(self) -> list[tuple[date, int]]:
        """The levels to be reached by the end of each year; a flow's since the strategy began."""
        if not self.has_targets:
            return []
        begins = 0 if self.indicator.is_flow else self.begins_at
        steps = [
            (year, round(begins + (self.goes_to - begins) * place / 5)) for place, year in enumerate(YEARS, 1)
        ]
        start = max(self.active_from, self.baseline_date or START)
        return [(date(year, 12, 31), level) for year, level in steps if date(year, 12, 31) > start]

    def baseline(self) -> Amount:
        """Nothing where it is not known."""
        if not self.knows_baseline:
            return NOTHING
        return self._amount(self.begins_at, denominator=self._seed % 900 + 100)

    def reported(self) -> Iterator[Given]:
        """What the twenty quarters' reports say, from the first on."""
        dice, indicator = random.Random(self._seed + 1), self.indicator
        for quarter in range(QUARTERS):
            chance = dice.random()
            if chance < 0.08 or quarter > self.falls_silent_after:
                yield Given(NOTHING, comment="Not collected this quarter.")
                continue
            if chance < 0.1:
                yield Given(NOTHING, not_applicable=True, comment="The programme rests.")
                continue
            way = min(1.4, self.speed * (quarter + 1) / QUARTERS * dice.uniform(0.9, 1.1))
            if indicator.is_flow:
                level = round(self.goes_to * self.speed * dice.uniform(0.5, 1.5) / QUARTERS)
            elif indicator.direction == "maintain":
                level = round(self.begins_at * dice.uniform(0.9, 1.08))
            else:
                level = max(0, round(self.begins_at + (self.goes_to - self.begins_at) * way))
            amount = self._amount(level, denominator=dice.randrange(40, 2000))
            yield Given(amount, comment="As planned." if chance > 0.8 else "")

    def _amount(self, level: int, *, denominator: int) -> Amount:
        if self.indicator.is_stage:
            return Amount(min(level, self.indicator.highest))
        if self.indicator.rules[0] != "percentage":
            return Amount(level)
        level = min(level, 10_000)
        if not self.has_parts:
            return Amount(level, is_share=True)
        return Amount(None, denominator * level // 10_000, denominator)
