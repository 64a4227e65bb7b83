"""Frameworks to hold the SQL against the rules: the worked cases, drawn ones, and a loader for both.

A `Framework` is one indicator with the plans and results that the rules take. `load` puts many of them into the
database as the indicators of one strategy, among versions that were withdrawn, revisions that were reopened, held
back, withdrawn, returned or only submitted, and missions that are not assigned; what it returns says, at any
moment and with or without what is only submitted, which of all this the rules are to be asked about.
"""

import json
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from tests import stage
from tracker.access.models import User
from tracker.analysis.rules import (
    DUE_QUARTERS,
    MISSION_RULES,
    PERIOD_RULES,
    Amount,
    IndicatorRules,
    MissionInput,
    RegionInput,
    Result,
    TargetPoint,
    Thresholds,
    period_of_code,
)
from tracker.framework.models import Indicator, Objective, Strategy
from tracker.progress.models import (
    Baseline,
    IndicatorAssignment,
    IndicatorResult,
    ProgressReport,
    ReportingPeriod,
    ReportRevision,
    Target,
)
from tracker.region.models import Mission

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "cases" / "standing.json").read_text())
START = date(2020, 1, 1)


@dataclass(frozen=True, kw_only=True, repr=False)
class Framework:
    """One indicator. `earlier` plans stood until the change of plans; `elsewhere` is of missions not assigned."""

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


def frameworks() -> st.SearchStrategy[Framework]:
    """Any allowed indicator, up to five missions, perhaps targets of the region's own.

    Drawn by dice that Hypothesis seeds: a strategy of its own for every number would draw too little in the time,
    and mostly nothing.
    """
    return st.randoms(use_true_random=True).map(lambda chance: _Drawing(chance).framework())


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
            value=amount.value, numerator=amount.numerator, denominator=amount.denominator, covers=covers
        )


def thresholds() -> st.SearchStrategy[Thresholds]:
    """The usual ones, or others that tell each from each."""
    others = Thresholds(
        on_track=Decimal("0.9"),
        at_risk=Decimal("0.3333"),
        maintain_tolerance=Decimal("0.2"),
        early_share=Decimal("0.25"),
        stale_due_periods=1,
        half=Decimal("0.6667"),
    )
    lax = replace(
        others, early_share=Decimal(0), stale_due_periods=0, half=Decimal(0), at_risk=Decimal("0.9")
    )
    return st.sampled_from([Thresholds(), Thresholds(), others, lax, replace(others, stale_due_periods=3)])


# Into the database ----------------------------------------------------------------------------------

# Revision 1 of every report is approved on the first of these days, and so on; a withdrawal comes ten or two
# hundred days after. Plans changed in between.
APPROVED = [datetime(2025, month, 1, tzinfo=UTC) for month in (1, 3, 5)]
PLANS_CHANGED = datetime(2025, 2, 1, tzinfo=UTC)
BEFORE_CHANGES, BEFORE_APPROVAL = datetime(2025, 1, 15, tzinfo=UTC), datetime(2025, 2, 28, tzinfo=UTC)
RECORDED = datetime(2024, 1, 1, tzinfo=UTC)

# What became of a report's revisions, one after the other.
FATES = [
    ["approved"], ["approved"], ["approved"], ["approved"],
    ["approved", "approved"], ["approved", "approved", "approved"],
    ["approved", "withdrawn soon"], ["approved", "withdrawn late"], ["withdrawn soon"], ["withdrawn late", "draft"],
    ["approved", "submitted"], ["submitted"], ["draft"], ["returned"], ["approved", "returned"],
    ["approved", "dropped", "approved"], ["approved", "withdrawn soon", "submitted"],
]  # fmt: skip


@dataclass
class Revision:
    """A revision as it ended: by indicator, its result and whether that is held back."""

    number: int
    fate: str
    results: dict[int, tuple[Result, bool]] = field(default_factory=dict)

    @property
    def approved_at(self) -> datetime:
        return APPROVED[self.number - 1]

    @property
    def submitted_at(self) -> datetime:
        return self.approved_at - timedelta(days=2)

    @property
    def withdrawn_at(self) -> datetime | None:
        days = {"withdrawn soon": 10, "withdrawn late": 200}.get(self.fate)
        return self.approved_at + timedelta(days=days) if days else None

    @property
    def was_approved(self) -> bool:
        return self.fate in ("approved", "withdrawn soon", "withdrawn late")

    def counts(self, *, provisional: bool, known_on: datetime) -> bool:
        if self.withdrawn_at and self.withdrawn_at <= known_on:
            return False
        if self.was_approved and self.approved_at <= known_on:
            return True
        return (
            provisional and (self.was_approved or self.fate == "submitted") and self.submitted_at <= known_on
        )


Reports = dict[tuple[str, int], list[Revision]]  # by mission and period


@dataclass(frozen=True)
class Loaded:
    """What is in the database: the frameworks, by the ids of their indicators, and the reports."""

    strategy: Strategy
    frameworks: dict[int, Framework]
    reports: Reports

    def missions_of(
        self, indicator: int, *, provisional: bool = False, known_on: datetime | None = None
    ) -> dict[str, MissionInput]:
        """What the rules are to be asked about."""
        framework, moment = self.frameworks[indicator], known_on or datetime.max.replace(tzinfo=UTC)
        plans = dict(framework.missions)
        if moment < PLANS_CHANGED:
            plans |= framework.earlier
        results: dict[str, dict[int, Result]] = defaultdict(dict)
        for (code, period), revisions in self.reports.items():
            for revision in revisions:
                if (
                    revision.counts(provisional=provisional, known_on=moment)
                    and indicator in revision.results
                ):
                    result, is_held_back = revision.results[indicator]
                    if not is_held_back:
                        results[code][period] = result
        return {code: replace(plan, results=results[code]) for code, plan in plans.items()}


def load(
    found: Sequence[Framework],
    *,
    start: date = START,
    thresholds: Thresholds | None = None,
    chance: random.Random | None = None,
) -> Loaded:
    """Indicators C01, C02 … of a strategy of their own. With `chance`, reports have more of a life than one
    approved revision."""
    strategy = stage.make_strategy()
    strategy.starts_on, limits = start, thresholds or Thresholds()
    strategy.on_track_from, strategy.at_risk_from = limits.on_track, limits.at_risk
    strategy.maintain_tolerance, strategy.early_share = limits.maintain_tolerance, limits.early_share
    strategy.stale_due_periods, strategy.half_share = limits.stale_due_periods, limits.half
    strategy.save()
    indicators = _make_indicators(strategy, found)
    by_id = dict(zip((one.pk for one in indicators), found, strict=True))
    codes = {code for one in found for code in (*one.missions, *one.elsewhere)}
    missions = {
        one.code: one.pk
        for one in Mission.objects.bulk_create(
            Mission(code=code, name=code, kind="regional_office", time_zone="UTC", source="drawn")
            for code in sorted(codes)
        )
    }
    _make_plans(strategy, by_id, missions)
    reports = _draw_reports(by_id, chance)
    _make_reports(strategy, reports, missions)
    return Loaded(strategy, by_id, reports)


def _make_indicators(strategy: Strategy, found: Sequence[Framework]) -> list[Indicator]:
    objective = Objective.objects.get(strategy=strategy)
    return Indicator.objects.bulk_create(
        Indicator(
            strategy=strategy,
            objective=objective,
            code=f"C{place:02d}",
            name="Drawn",
            unit="one",
            measure=one.indicator.measure,
            direction=one.indicator.direction,
            period_rule=one.indicator.period_rule,
            mission_rule=one.indicator.mission_rule,
            frequency=one.indicator.frequency,
            threshold=one.indicator.threshold,
            stages=["0", "1", "2", "3"] if one.indicator.measure == "stage" else [],
        )
        for place, one in enumerate(found, start=1)
    )


def _make_plans(strategy: Strategy, found: Mapping[int, Framework], missions: Mapping[str, int]) -> None:
    assignments: list[IndicatorAssignment] = []
    baselines: list[Baseline] = []
    targets: list[Target] = []
    for indicator, framework in found.items():
        rows: list[tuple[str | None, RegionInput, dict[str, datetime]]] = [
            (code, plan, {"recorded_at": RECORDED}) for code, plan in framework.elsewhere.items()
        ]
        for code, plan in framework.missions.items():
            changed = code in framework.earlier
            rows.append((code, plan, {"recorded_at": PLANS_CHANGED if changed else RECORDED}))
        rows += [
            (code, plan, {"recorded_at": RECORDED, "withdrawn_at": PLANS_CHANGED})
            for code, plan in framework.earlier.items()
        ]
        if framework.regional:
            rows.append((None, framework.regional, {"recorded_at": RECORDED}))
        for code, plan, version in rows:
            of: dict[str, Any] = {"indicator_id": indicator, "mission_id": code and missions[code], **version}
            if isinstance(plan, MissionInput) and code not in framework.elsewhere:
                begins = plan.active_from or strategy.starts_on
                assignments.append(IndicatorAssignment(**of, active_from=begins, active_to=plan.active_to))
            if plan.baseline:
                baselines.append(Baseline(**of, **_amounts(plan.baseline), date=plan.baseline_date))
            targets += [Target(**of, due_on=point.due, value=point.level) for point in plan.targets]
    IndicatorAssignment.objects.bulk_create(assignments)
    Baseline.objects.bulk_create(baselines)
    Target.objects.bulk_create(targets)


def _amounts(amount: Amount) -> dict[str, Decimal | None]:
    return {"value": amount.value, "numerator": amount.numerator, "denominator": amount.denominator}


def _draw_reports(found: Mapping[int, Framework], chance: random.Random | None) -> Reports:
    """Revisions of every report; later ones say what the first said, or something else, or hold it back."""
    given: dict[tuple[str, int], dict[int, Result]] = defaultdict(dict)
    for indicator, framework in found.items():
        for code, mission in (*framework.missions.items(), *framework.elsewhere.items()):
            for period, result in mission.results.items():
                given[code, period][indicator] = result
    reports: Reports = {}
    for key, results in given.items():
        fates = chance.choice(FATES) if chance else ["approved"]
        reports[key] = [Revision(number, fate) for number, fate in enumerate(fates, start=1)]
        for revision in reports[key]:
            for indicator, result in results.items():
                if chance and revision.number > 1:
                    result = chance.choice([result, _changed(result), Result()])
                is_held_back = bool(chance) and revision.was_approved and chance.random() < 0.1
                revision.results[indicator] = (result, is_held_back)
    return reports


def _changed(result: Result) -> Result:
    if result.denominator is not None and result.numerator is not None:
        return replace(result, numerator=result.denominator - result.numerator, not_applicable=False)
    return Result(not_applicable=True) if result.value is None else replace(result, value=result.value / 2)


def _make_reports(strategy: Strategy, reports: Reports, missions: Mapping[str, int]) -> None:
    """Revision by revision, as the database has it: submitted, filled, and only then approved."""
    reporter, officer = (User.objects.create_user(f"{name}@frameworks.example") for name in ("one", "two"))
    periods = dict(ReportingPeriod.objects.filter(strategy=strategy).values_list("number", "pk"))
    rows = ProgressReport.objects.bulk_create(
        ProgressReport(mission_id=missions[code], period_id=periods[period]) for code, period in reports
    )
    for number in (1, 2, 3):
        of_report = [
            (row.pk, revisions[number - 1])
            for row, revisions in zip(rows, reports.values(), strict=True)
            if len(revisions) >= number
        ]
        made = ReportRevision.objects.bulk_create(
            ReportRevision(
                report_id=report,
                number=number,
                status="submitted" if revision.was_approved else revision.fate,
                submitted_at=None if revision.fate in ("draft", "dropped") else revision.submitted_at,
                submitted_by=None if revision.fate in ("draft", "dropped") else reporter,
            )
            for report, revision in of_report
        )
        IndicatorResult.objects.bulk_create(
            IndicatorResult(
                revision=row,
                indicator_id=indicator,
                **_amounts(result),
                not_applicable=result.not_applicable,
                comment="because" if result.not_applicable else "",
                covers=result.covers,
                held_back=is_held_back,
                entered_by=reporter,
            )
            for row, (_, revision) in zip(made, of_report, strict=True)
            for indicator, (result, is_held_back) in revision.results.items()
        )
        for fate in ("approved", "withdrawn soon", "withdrawn late"):
            ids = [row.pk for row, (_, one) in zip(made, of_report, strict=True) if one.fate == fate]
            moment = Revision(number, fate)
            approved = ReportRevision.objects.filter(pk__in=ids)
            approved.update(status="approved", approved_at=moment.approved_at, approved_by=officer)
            if moment.withdrawn_at:
                approved.update(
                    withdrawn_at=moment.withdrawn_at, withdrawn_by=officer, withdrawn_reason="a mistake"
                )
