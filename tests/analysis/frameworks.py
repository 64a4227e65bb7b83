"""Frameworks to hold the SQL against the rules: the worked cases, and drawn ones.

A `Framework` is one indicator with the plans and results that the rules take; `loading` puts many of them
into the database.
"""

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from tracker.analysis.periods import DUE_QUARTERS, period_of_code
from tracker.analysis.terms import (
    MISSION_RULES,
    PERIOD_RULES,
    Amount,
    IndicatorRules,
    MissionInput,
    RegionInput,
    Result,
    TargetPoint,
    Thresholds,
)

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "cases" / "standing.json").read_text())
START = date(2020, 1, 1)
CELLS = 3  # of the breakdown by which drawn results are split; a framework knows them by their places


@dataclass(frozen=True, kw_only=True, repr=False)
class Framework:
    """One indicator. `earlier` plans stood until plans changed; `elsewhere` is of missions not assigned."""

    indicator: IndicatorRules
    missions: Mapping[str, MissionInput] = field(default_factory=dict)
    regional: RegionInput | None = None
    earlier: Mapping[str, MissionInput] = field(default_factory=dict)
    elsewhere: Mapping[str, MissionInput] = field(default_factory=dict)


# The worked cases ----------------------------------------------------------------------------------


def framework_of(case: dict[str, Any]) -> Framework:
    threshold, regional = case.get("threshold"), case["regional"]
    return Framework(
        indicator=IndicatorRules(
            measure=case["measure"],
            direction=case["direction"],
            frequency=case["frequency"],
            period_rule=case["period_rule"],
            mission_rule=case["mission_rule"],
            threshold=None if threshold is None else Decimal(threshold),
        ),
        missions={
            code: MissionInput(
                **_plan_of(raw),
                active_from=_day(raw.get("active_from")),
                active_to=_day(raw.get("active_to")),
                results={
                    period_of_code(period): _result_of(given) for period, given in raw["results"].items()
                },
            )
            for code, raw in case["missions"].items()
        },
        regional=RegionInput(**_plan_of(regional)) if regional else None,
    )


def _plan_of(raw: dict[str, Any]) -> dict[str, Any]:
    return {
        "baseline": None if raw["baseline"] is None else Amount(**_parts_of(raw["baseline"])),
        "baseline_date": _day(raw.get("baseline_date")),
        "targets": tuple(
            TargetPoint(date.fromisoformat(due), Decimal(level)) for due, level in raw["targets"]
        ),
    }


def _result_of(given: Any) -> Result:
    if given is None or given == "na":
        return Result(not_applicable=given == "na")
    return Result(**_parts_of(given))


def _parts_of(given: Any) -> dict[str, Decimal]:
    if isinstance(given, list):
        return {"numerator": Decimal(given[0]), "denominator": Decimal(given[1])}
    return {"value": Decimal(given)}


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


# Drawn ones -----------------------------------------------------------------------------------------

MISSIONS = ["AL", "BA", "KG", "KZ", "MD"]
PERIODS = list(range(period_of_code("2020-Q1"), period_of_code("2022-Q4") + 1))
DUE = [date(2020, 3, 31), date(2020, 6, 1), date(2020, 12, 31), date(2021, 5, 15), date(2021, 12, 31)]
DUE += [date(2022, 9, 30), date(2022, 12, 31), date(2023, 12, 31), date(2024, 12, 31)]
BEGINNINGS = [date(2019, 6, 1), date(2020, 5, 20), date(2020, 12, 31), date(2021, 7, 1), date(2022, 11, 1)]
ENDINGS = [date(2020, 8, 31), date(2021, 5, 15), date(2021, 12, 31), date(2022, 8, 15), date(2023, 3, 31)]
BASELINE_DATES = [None, date(2018, 12, 31), date(2020, 2, 1), date(2021, 6, 30)]

# How numbers are written: the least, the most, and the step.
NUMBERS = [
    (Decimal(-10), Decimal(100), Decimal("0.25")),
    (Decimal(0), Decimal(12), Decimal(1)),
    (Decimal(0), Decimal(10), Decimal("0.0001")),
    (Decimal(1_000_000_000), Decimal(9_999_999_999), Decimal(1)),
]
FRACTIONS = (Decimal(0), Decimal(1), Decimal("0.01"))
STAGES = (Decimal(0), Decimal(3), Decimal(1))
YES_NO = (Decimal(0), Decimal(1), Decimal(1))


# Thresholds that tell each from each, and some that let nearly all pass.
OTHERS = Thresholds(
    on_track=Decimal("0.9"),
    at_risk=Decimal("0.3333"),
    maintain_tolerance=Decimal("0.2"),
    early_share=Decimal("0.25"),
    stale_due_periods=1,
    half=Decimal("0.6667"),
)
LAX = replace(OTHERS, early_share=Decimal(0), stale_due_periods=0, half=Decimal(0), at_risk=Decimal("0.9"))


@dataclass(frozen=True)
class World:
    """Frameworks of one strategy, and what is asked of them; `chance` decides their reports' lives."""

    frameworks: list[Framework]
    start: date
    thresholds: Thresholds
    as_of: int
    chance: random.Random


def worlds(size: int) -> st.SearchStrategy[World]:
    """Strategies of so many indicators: any that are allowed, up to five missions each, perhaps targets of
    the region's own.

    Drawn by dice that Hypothesis seeds once. Left to draw every number by itself, it draws too little in the
    time, mostly nothing, and the same indicator again and again.
    """
    return st.randoms(use_true_random=True).map(lambda chance: _world(size, chance))


def _world(size: int, chance: random.Random) -> World:
    return World(
        frameworks=[_Drawing(chance).framework() for _ in range(size)],
        start=chance.choice([START, START, date(2020, 2, 15), date(2020, 5, 1)]),
        thresholds=chance.choice(
            [Thresholds(), Thresholds(), OTHERS, replace(OTHERS, stale_due_periods=3), LAX]
        ),
        as_of=chance.choice(PERIODS + PERIODS[4:]),
        chance=chance,
    )


class _Drawing:
    """One framework, by the dice."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.measure = self.one_of(["number"] * 4 + ["percentage"] * 3 + ["stage", "yes_no"])
        self.period_rule = self.one_of(sorted(PERIOD_RULES[self.measure]))
        if self.measure == "number" and self.often(0.3):
            self.period_rule = "sum"
        self.mission_rule = self.one_of(sorted(MISSION_RULES[self.measure]))
        if self.measure in ("number", "percentage") and self.often(0.4):
            self.mission_rule = "sum"
        self.is_flow = (self.measure, self.period_rule) == ("number", "sum")
        directions = ["increase"] * 5 + ["monitor"]
        if not self.is_flow:
            directions += ["maintain"] * 2
            directions += [] if self.mission_rule == "count_at_least" else ["decrease"] * 3
        self.direction = self.one_of(directions)
        scales = {"percentage": [FRACTIONS], "stage": [STAGES], "yes_no": [YES_NO], "number": NUMBERS}
        self.scale = self.one_of(scales[self.measure])
        self.has_parts = self.measure == "percentage" and self.often(0.8)

    def one_of(self, choices: Sequence[Any]) -> Any:
        return self.chance.choice(choices)

    def often(self, share: float) -> bool:
        return self.chance.random() < share

    def framework(self) -> Framework:
        plans = {code: self.mission() for code in MISSIONS[: self.one_of([0, 1, 2, 3, 4, 5])]}
        missions = {code: plan for code, plan in plans.items() if self.often(0.9)}
        threshold = None
        if self.mission_rule == "count_at_least":
            threshold = Decimal(1) if self.measure == "yes_no" else self.level()
        return Framework(
            indicator=IndicatorRules(
                measure=self.measure,
                direction=self.direction,
                frequency=self.one_of(sorted(DUE_QUARTERS)),
                period_rule=self.period_rule,
                mission_rule=self.mission_rule,
                threshold=threshold,
            ),
            missions=missions,
            regional=self.region() if self.often(0.5) else None,
            earlier={
                code: replace(self.mission(), results=mission.results)
                for code, mission in missions.items()
                if self.often(0.15)
            },
            elsewhere={code: plan for code, plan in plans.items() if code not in missions},
        )

    def level(self) -> Decimal:
        least, most, step = self.scale
        return (
            Decimal(0)
            if self.often(0.08)
            else least + step * self.chance.randint(0, int((most - least) / step))
        )

    def plan(self, least_targets: int) -> dict[str, Any]:
        """Baseline and targets; mostly the targets go from the baseline in the direction meant."""
        due = sorted(self.chance.sample(DUE, self.one_of([least_targets, 1, 1, 2, 3])))
        levels = [self.level() for _ in range(len(due) + 1)]
        if self.often(0.8):
            levels.sort(reverse=self.direction == "decrease")
        if self.direction == "maintain" and self.often(0.6):
            levels = levels[:1] * len(levels)
        if self.is_flow and self.often(0.1):
            levels[-1] = Decimal(0)
        return {
            "baseline": self.amount(levels[0]) if self.often(0.85) else None,
            "baseline_date": self.one_of(BASELINE_DATES),
            "targets": tuple(TargetPoint(*one) for one in zip(due, levels[1:], strict=True)),
        }

    def amount(self, level: Decimal) -> Amount:
        if self.has_parts and self.often(0.85):
            denominator = Decimal(self.one_of([1, 3, 7, 40, 1_000_000_007]))
            return Amount(numerator=(level * denominator).quantize(Decimal(1)), denominator=denominator)
        return Amount(value=level)

    def region(self) -> RegionInput:
        if self.mission_rule.startswith("count_"):
            counts = sorted(Decimal(self.one_of([0, 1, 2, 3, 4])) for _ in range(3))
            due = self.chance.sample(DUE, 2)
            return RegionInput(
                baseline=Amount(value=counts[0]) if self.often(0.6) else None,
                baseline_date=self.one_of(BASELINE_DATES),
                targets=(
                    TargetPoint(min(due), counts[1]),
                    TargetPoint(max(due), Decimal(0) if self.often(0.1) else counts[2]),
                ),
            )
        plan = self.plan(1)
        return RegionInput(**(plan if self.often(0.4) else {**plan, "baseline": None}))

    def mission(self) -> MissionInput:
        plan = self.plan(0)
        begins = None if self.often(0.75) else self.one_of(BEGINNINGS)
        ends = None if self.often(0.75) else self.one_of(ENDINGS)
        reported = self.chance.sample(PERIODS, self.one_of([0, 3, 6, 10, 12]))
        return MissionInput(
            **plan,
            active_from=begins,
            active_to=None if begins and ends and ends < begins else ends,
            results={period: self.result(plan) for period in reported},
        )

    def result(self, plan: dict[str, Any]) -> Result:
        """Mostly somewhere on the way from the baseline to a target, and often just on a threshold."""
        if self.often(0.15):
            return Result(not_applicable=self.often(0.4))
        covers = self.one_of([1, 1, 1, 1, 2, 4])
        if self.has_parts and self.often(0.06):
            return Result(numerator=Decimal(0), denominator=Decimal(0), covers=covers)
        level = self.level()
        if plan["targets"] and self.often(0.75):
            target = self.one_of([*plan["targets"], max(plan["targets"])]).level
            begin = plan["baseline"].level if plan["baseline"] and not self.is_flow else Decimal(0)
            share = Decimal(
                self.one_of(["0", "0.1", "0.3", "0.6", "0.6", "0.7", "0.85", "0.85", "0.95", "1", "1.2"])
            )
            level = begin + (target - begin) * share / (self.one_of([1, 4, 6]) if self.is_flow else 1)
            level = min(max(level, Decimal(0)), Decimal(3)) if self.measure in ("stage", "yes_no") else level
            level = level.quantize(
                self.scale[2] if self.often(0.5) or self.scale is STAGES else Decimal("0.0001")
            )
        if self.measure in ("stage", "yes_no"):
            level = level.quantize(Decimal(1))
        amount = self.amount(level)
        return Result(
            value=amount.value,
            numerator=amount.numerator,
            denominator=amount.denominator,
            covers=covers,
            cells=self.cells() if self.often(0.4) else {},
        )

    def cells(self) -> dict[int, Amount]:
        """Some of three; nothing holds them to the total here."""
        cells = {}
        for place in self.chance.sample(range(CELLS), self.one_of([1, 2, 3])):
            level = self.level()
            if self.measure == "percentage" and self.often(0.1):
                cells[place] = Amount(numerator=Decimal(0), denominator=Decimal(0))
            elif self.measure == "percentage" and not self.has_parts and self.often(0.5):
                cells[place] = Amount(value=level)
            else:
                cells[place] = self.amount(level)
        return cells
