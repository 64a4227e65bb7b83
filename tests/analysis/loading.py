"""Frameworks into the database, as the indicators of one strategy.

They go in among versions that were withdrawn, revisions that were reopened, held back, withdrawn, returned
or only submitted, and missions that are not assigned. What `load` returns says, at any moment and with or
without what is only submitted, which of all this the rules are to be asked about.
"""

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from tests import stage
from tests.analysis.frameworks import CELLS, START, Framework
from tracker.access.models import User
from tracker.analysis.terms import Amount, MissionInput, RegionInput, Result, Thresholds
from tracker.common.bulk import insert
from tracker.framework.models import Breakdown, Cell, Indicator, Objective, Strategy
from tracker.progress.models import (
    Baseline,
    CellValue,
    IndicatorAssignment,
    IndicatorResult,
    ProgressReport,
    ReportingPeriod,
    ReportRevision,
    Target,
)
from tracker.region.models import Mission

# Revision 1 of every report is approved on the first of these days, and so on; a withdrawal comes ten or two
# hundred days after. Plans changed in between.
APPROVED = [datetime(2025, month, 1, tzinfo=UTC) for month in (1, 3, 5)]
PLANS_CHANGED = datetime(2025, 2, 1, tzinfo=UTC)
BEFORE_CHANGES, BEFORE_APPROVAL = datetime(2025, 1, 15, tzinfo=UTC), datetime(2025, 2, 28, tzinfo=UTC)
RECORDED = datetime(2024, 1, 1, tzinfo=UTC)

# What became of a report's revisions, one after the other.
FATES = [
    ["approved"], ["approved"], ["approved"], ["approved"], ["approved", "approved"],
    ["approved", "approved", "approved"], ["approved", "dropped", "approved"], ["withdrawn soon"],
    ["approved", "withdrawn soon"], ["approved", "withdrawn late"], ["withdrawn late", "draft"], ["draft"],
    ["approved", "submitted"], ["submitted"], ["approved", "withdrawn soon", "submitted"], ["returned"],
    ["approved", "returned"],
]  # fmt: skip

APPROVED_FATES = ("approved", "withdrawn soon", "withdrawn late")


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
        return self.fate in APPROVED_FATES

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
    cells: list[int]  # the ids of the cells, by their places

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
    breakdown = Breakdown.objects.create(strategy=strategy, code="drawn", name="Drawn", exclusive=False)
    cells = [
        Cell.objects.create(breakdown=breakdown, code=f"c{place}", name=f"Cell {place}", order=place).pk
        for place in range(CELLS)
    ]
    _make_reports(strategy, reports, missions, cells)
    return Loaded(strategy, by_id, reports, cells)


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


RESULT_FIELDS = ["revision", "indicator", "entered_by", "value", "numerator", "denominator", "not_applicable"]
RESULT_FIELDS += ["comment", "covers", "held_back", "origin", "is_copy", "version"]


def _make_reports(
    strategy: Strategy, reports: Reports, missions: Mapping[str, int], cells: Sequence[int]
) -> None:
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
                submitted_at=None if revision.fate in ("draft", "dropped") else revision.submitted_at,
                submitted_by=None if revision.fate in ("draft", "dropped") else reporter,
            )
            for report, revision in of_report
        )
        insert(
            model=IndicatorResult,
            fields=RESULT_FIELDS,
            rows=[
                (
                    *(row.pk, indicator, reporter.pk),
                    *(result.value, result.numerator, result.denominator, result.not_applicable),
                    "because" if result.not_applicable else "",
                    *(result.covers, is_held_back, "entered", False, 1),
                )
                for row, (_, revision) in zip(made, of_report, strict=True)
                for indicator, (result, is_held_back) in revision.results.items()
            ],
        )
        _make_cells([(row.pk, one) for row, (_, one) in zip(made, of_report, strict=True)], cells)
        # Filled as drafts: the database lets nobody write into what is submitted or dropped.
        for status in ("submitted", "returned", "dropped"):
            met = {"submitted": ("submitted", "returned", *APPROVED_FATES)}.get(status, (status,))
            ids = [row.pk for row, (_, one) in zip(made, of_report, strict=True) if one.fate in met]
            ReportRevision.objects.filter(pk__in=ids).update(status=status)
        for fate in APPROVED_FATES:
            ids = [row.pk for row, (_, one) in zip(made, of_report, strict=True) if one.fate == fate]
            moment = Revision(number, fate)
            approved = ReportRevision.objects.filter(pk__in=ids)
            approved.update(status="approved", approved_at=moment.approved_at, approved_by=officer)
            if moment.withdrawn_at:
                approved.update(
                    withdrawn_at=moment.withdrawn_at, withdrawn_by=officer, withdrawn_reason="a mistake"
                )


def _make_cells(revisions: Sequence[tuple[int, Revision]], cells: Sequence[int]) -> None:
    ids = {
        (revision, indicator): pk
        for pk, revision, indicator in IndicatorResult.objects.filter(
            revision__in=[revision for revision, _ in revisions]
        ).values_list("pk", "revision_id", "indicator_id")
    }
    insert(
        model=CellValue,
        fields=["result", "cell", "value", "numerator", "denominator"],
        rows=[
            (ids[revision, indicator], cells[place], amount.value, amount.numerator, amount.denominator)
            for revision, one in revisions
            for indicator, (result, _) in one.results.items()
            for place, amount in result.cells.items()
        ],
    )
