"""The terms of the rules: what is known of an indicator and its missions, and how it is found to stand.

Pure: no database, no words for people. A percentage is a fraction, a stage its place on its scale; `None` is
"nothing", never 0; a period is an ordinal (see `periods`).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from .arithmetic import divide

Status = Literal[
    "no_target", "not_due", "not_applicable", "no_data", "achieved", "no_baseline",
    "on_track", "at_risk", "off_track",
]  # fmt: skip
Phase = Literal["not_begun", "assigned", "ended"]
Basis = Literal["none", "regional_target", "mission_targets", "mission_targets_weighted"]

COUNT_RULES = {"count_reached", "count_at_least"}
PERIOD_RULES = {
    "number": {"sum", "year", "latest", "maximum", "average"},
    "percentage": {"sum", "year", "latest", "average"},
    "stage": {"latest", "maximum"},
    "yes_no": {"latest", "maximum"},
}
MISSION_RULES = {
    "number": {"sum", "average", "maximum", "minimum"} | COUNT_RULES,
    "percentage": {"sum"} | COUNT_RULES,
    "stage": {"maximum", "minimum"} | COUNT_RULES,
    "yes_no": {"maximum", "minimum"} | COUNT_RULES,
}

# What is known ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Thresholds:
    """They belong to the strategy; these are the ones it begins with."""

    on_track: Decimal = Decimal("0.85")
    at_risk: Decimal = Decimal("0.60")
    maintain_tolerance: Decimal = Decimal("0.05")
    early_share: Decimal = Decimal("0.10")
    stale_due_periods: int = 2
    half: Decimal = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class IndicatorRules:
    """How an indicator is counted; `threshold` is for `count_at_least` (yes/no: always yes).

    Raises ValueError for a combination that is not allowed."""

    measure: str
    direction: str
    frequency: str
    period_rule: str
    mission_rule: str
    threshold: Decimal | None = None

    def __post_init__(self) -> None:
        if self.period_rule not in PERIOD_RULES[self.measure]:
            raise ValueError(f"period rule {self.period_rule!r} is not allowed for measure {self.measure!r}")
        if self.mission_rule not in MISSION_RULES[self.measure]:
            raise ValueError(
                f"mission rule {self.mission_rule!r} is not allowed for measure {self.measure!r}"
            )
        if self.is_flow and self.direction not in ("increase", "monitor"):
            raise ValueError(f"a flow increases or is monitored: {self.direction!r} is not allowed")
        if self.mission_rule == "count_at_least" and (self.bar is None or self.direction == "decrease"):
            raise ValueError("count_at_least needs a threshold, and is not for an indicator meant to fall")

    @property
    def is_flow(self) -> bool:
        return self.measure == "number" and self.period_rule == "sum"

    @property
    def is_stage(self) -> bool:
        return self.measure in ("stage", "yes_no")

    @property
    def counts_missions(self) -> bool:
        return self.mission_rule in COUNT_RULES

    @property
    def adds_parts(self) -> bool:
        """Over missions a percentage is ΣN/ΣD, unless missions are counted."""
        return self.measure == "percentage" and not self.counts_missions

    @property
    def bar(self) -> Decimal | None:
        return Decimal(1) if self.measure == "yes_no" else self.threshold


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A number, a stage, or a percentage: by its parts, or as a fraction where its parts are not known."""

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None

    @property
    def level(self) -> Decimal | None:
        if self.numerator is None or self.denominator is None:
            return self.value
        return divide(self.numerator, self.denominator)

    @property
    def parts(self) -> tuple[Decimal, Decimal] | None:
        """Numerator and denominator; nothing where they are not known, or 0 of 0."""
        return (self.numerator, self.denominator) if self.numerator is not None and self.denominator else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result(Amount):
    """What is approved for a period; with no field set, "not reported".

    A half-year (it `covers` 2 quarters) or a year (4) lies at its last quarter. `cells`: its parts by
    breakdowns, by the cell's id."""

    not_applicable: bool = False
    covers: int = 1
    cells: Mapping[int, Amount] = field(default_factory=dict)

    @property
    def has_value(self) -> bool:
        return not self.not_applicable and self.level is not None


@dataclass(frozen=True, slots=True, order=True)
class TargetPoint:
    """A level to be reached by a date; for a flow, the running total since the strategy began."""

    due: date
    level: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionInput:
    """The region's own baseline and targets; for count rules these are numbers of missions."""

    baseline: Amount | None = None
    baseline_date: date | None = None
    targets: Collection[TargetPoint] = ()

    @property
    def baseline_level(self) -> Decimal | None:
        return self.baseline.level if self.baseline else None


@dataclass(frozen=True, slots=True, kw_only=True)
class MissionInput(RegionInput):
    """One assignment: its dates (none: as long as the strategy), and its results by period."""

    active_from: date | None = None
    active_to: date | None = None
    results: Mapping[int, Result] = field(default_factory=dict)


# What comes out -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """`value` is shown; `compared_value` is the X set against the target (nothing without a target).

    `achieved` while `target_due` lies after `judged_on` is worded "At target, due ..." (not of a flow)."""

    status: Status
    value: Decimal | None = None
    compared_value: Decimal | None = None
    baseline: Decimal | None = None
    expected: Decimal | None = None
    target: Decimal | None = None
    target_due: date | None = None
    attainment: Decimal | None = None
    pace: Decimal | None = None
    judged_at: int | None = None
    judged_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MissionStanding(Standing):
    """`phase`: where its own dates lie to J. `parts`: numerator and denominator of the value, where known;
    without them a percentage is left out of ΣN/ΣD. `stale_value`, of `stale_period`: the last known one, too
    old to be the value."""

    phase: Phase
    parts: tuple[Decimal, Decimal] | None = None
    baseline_parts: tuple[Decimal, Decimal] | None = None
    not_applicable: bool = False
    stale_value: Decimal | None = None
    stale_period: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Which missions a regional figure speaks for, by code.

    Of the value: `kind` could be in it, `in_value` are. Of the compared value: `counted` at their own,
    `at_baseline` without data, `left_out` of it. `percentage_only`: have a value, but none of ΣN/ΣD.
    `baseline_unknown`: a count takes them as not qualifying at their baseline."""

    kind: tuple[str, ...] = ()
    in_value: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    at_baseline: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    not_applicable: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    percentage_only: tuple[str, ...] = ()
    baseline_unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionStanding(Standing):
    basis: Basis = "none"
    coverage: Coverage = field(default_factory=Coverage)


@dataclass(frozen=True, slots=True)
class IndicatorStanding:
    judged_at: int | None
    missions: dict[str, MissionStanding]
    region: RegionStanding


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowTotals:
    """Sums up to J, nothing where nothing was reported; `in_period` is since the due period before J.
    "3 of 4 due periods reported" is `reported` of `due` (to date), or the same in J's year."""

    in_period: Decimal | None = None
    in_year: Decimal | None = None
    to_date: Decimal | None = None
    reported: int = 0
    due: int = 0
    reported_in_year: int = 0
    due_in_year: int = 0
