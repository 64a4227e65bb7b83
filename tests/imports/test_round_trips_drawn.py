"""Whatever stands in the database: what goes out of it, as a file of any format, comes back unchanged."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests import stage
from tests.batches.sheets import look
from tests.conftest import Cast
from tests.drawing import drawn, texts, texts_within
from tests.imports.test_exports_of_the_setup import FORMATS, out
from tracker.batches.choices import Outcome
from tracker.framework.models import Cell, Indicator
from tracker.progress.choices import RevisionStatus
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

Fields = dict[str, Any]

# -- Amounts, as they are kept --------------------------------------------------------------------------
wholes = st.integers(0, 60) | st.integers(0, 10**14 - 1)


def numbers(decimals: int, *, signed: bool = False) -> st.SearchStrategy[Decimal]:
    """Anything that fits into the database, with so many decimals."""
    most = 10**14 * 10**decimals - 1
    return st.integers(-most if signed else 0, most).map(lambda n: Decimal(n).scaleb(-decimals))


@st.composite
def shares(draw: st.DrawFn, *, alone: bool) -> Fields:
    """A numerator over a denominator, or (``alone``: it may be) a fraction of which only that is known."""
    if alone and draw(st.booleans()):
        return {"value": draw(st.decimals(0, 1, places=6))}
    denominator = draw(st.integers(1, 10**9))
    return {"numerator": draw(st.integers(0, denominator)), "denominator": denominator}


def amounts_of(indicator: Indicator, *, level: bool) -> st.SearchStrategy[Fields]:
    """What may be said of an indicator; of a ``level`` (baseline, target) as of a result."""
    if indicator.scale:
        return st.integers(0, len(indicator.scale) - 1).map(lambda place: {"value": place})
    if indicator.measure == "percentage":
        return shares(alone=level or indicator.period_rule == "latest")
    return numbers(indicator.decimals, signed=indicator.allows_negative).map(lambda n: {"value": n})


def parts_of(
    draw: st.DrawFn, indicator: Indicator, total: Fields, cells: Sequence[Cell]
) -> dict[Cell, Fields]:
    """Some cells of an exclusive breakdown, that add to at most the total."""
    found: dict[Cell, Fields] = {}
    for cell in cells:
        if not draw(st.booleans()):
            continue
        portion = {name: int(amount) // len(cells) for name, amount in total.items() if amount >= 0}
        if portion.get("denominator") != 0 and len(portion) == len(total):
            found[cell] = portion
    return found


# -- The world -----------------------------------------------------------------------------------------
RULES: tuple[Fields, ...] = (
    {"decimals": 3},
    {"decimals": 0},
    {"period_rule": "latest", "allows_negative": True, "decimals": 2},
    {"measure": "percentage", "period_rule": "year", "decimals": 1},
    {"measure": "percentage", "period_rule": "latest", "decimals": 1},
    {
        "measure": "stage",
        "period_rule": "latest",
        "mission_rule": "count_reached",
        "stages": ["Not started", "1", "In force"],
    },
    {"measure": "yes_no", "period_rule": "latest", "mission_rule": "count_at_least", "threshold": 1},
)


class World:
    """A strategy, its missions and people, and some indicators of all rules, asked for by awkward cells."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.strategy = stage.make_strategy()
        self.missions = stage.make_missions()
        self.cast = Cast(**stage.make_cast(self.missions))
        self.period = stage.open_window(self.strategy, "2024-Q4", today=timezone.localdate())
        chosen = draw(st.lists(st.sampled_from(RULES), min_size=1, max_size=3))
        self.indicators = [
            stage.make_indicator(code, name=f"{code} {draw(texts_within(200))}", note=draw(texts), **rules)
            for code, rules in zip(("SP1-O1-I1", "A & 1", "2021.10"), chosen, strict=False)
        ]
        codes = draw(
            st.sets(st.sampled_from(["0–17", "60+", "=x", "Ж", "n", "other_or 1"]), min_size=1, max_size=3)
        )
        self.breakdown = stage.make_breakdown(
            draw(st.sampled_from(["sex", "Age, sex", "возраст"])), cells=sorted(codes), exclusive=True
        )
        self.cells = list(self.breakdown.cells.all())
        for indicator in self.indicators:
            if draw(st.booleans()):
                indicator.asks.create(breakdown=self.breakdown)

    def plan(self) -> None:
        """Assignments, baselines, targets; of missions and, the last two, of the region."""
        for indicator in self.indicators:
            for code in ("KG", "ROV"):
                self._assign(indicator, self.missions[code])
            for mission in (self.missions["KG"], None):
                if self.draw(st.booleans()):
                    self._give_baseline(indicator, mission)
                if self.draw(st.booleans()):
                    self._set_targets(indicator, mission)

    def _assign(self, indicator: Indicator, mission: Mission) -> None:
        IndicatorAssignment.objects.create(
            indicator=indicator,
            mission=mission,
            active_from=self.draw(st.sampled_from([date(2020, 1, 1), date(2019, 5, 17)])),
            active_to=self.draw(st.none() | st.just(date(2030, 2, 28))),
            reason=self.draw(texts_within(500)),
        )

    def _give_baseline(self, indicator: Indicator, mission: Mission | None) -> None:
        counts = mission is None and indicator.mission_rule.startswith("count")
        amount = (
            {"value": self.draw(st.integers(0, 20))}
            if counts
            else self.draw(amounts_of(indicator, level=True))
        )
        Baseline.objects.create(
            indicator=indicator,
            mission=mission,
            date=self.draw(st.none() | st.dates(date(2000, 1, 1), date(2020, 6, 30))),
            source=self.draw(texts_within(300)),
            note=self.draw(texts),
            **amount,
        )

    def _set_targets(self, indicator: Indicator, mission: Mission | None) -> None:
        counts = mission is None and indicator.mission_rule.startswith("count")
        whole = {"value": self.draw(st.integers(0, 20))}
        basis = self.draw(st.sampled_from(["to_date", "per_year"])) if indicator.is_flow else "to_date"
        level = Decimal(0)
        for year in sorted(self.draw(st.sets(st.sampled_from([2021, 2022, 2024]), min_size=1))):
            amount = whole if counts else self.draw(amounts_of(indicator, level=True))
            if "value" not in amount:
                amount = {"value": Decimal("0.5")}
            given = Decimal(amount["value"]) / 4
            given = given if not indicator.scale and not counts else Decimal(amount["value"])
            given = round(given, min(indicator.decimals, 6)) if indicator.measure == "number" else given
            level = level + given if basis == "per_year" else given
            Target.objects.create(
                indicator=indicator,
                mission=mission,
                due_on=date(year, 12, 31),
                value=level,
                basis=basis,
                given=given,
            )

    def report(self, period: str, *, approve: bool, covers: int = 1) -> None:
        """What Kyrgyzstan says of some indicators in a period."""
        report, _made = ProgressReport.objects.get_or_create(
            mission=self.missions["KG"], period=ReportingPeriod.objects.get(code=period)
        )
        last = report.revisions.order_by("number").last()
        revision = ReportRevision.objects.create(
            report=report, number=last.number + 1 if last else 1, created_by=self.cast.reporter
        )
        for indicator in self.indicators:
            self._say(revision, indicator, covers)
        if not approve:
            return
        stage.submit(revision, by=self.cast.reporter)
        for result in revision.results.all():
            if self.draw(st.integers(0, 5)) == 0:
                IndicatorResult.objects.filter(pk=result.pk).update(held_back=True)
        ReportRevision.objects.filter(pk=revision.pk).update(
            status=RevisionStatus.APPROVED, approved_by=self.cast.officer, approved_at=timezone.now()
        )

    def _say(self, revision: ReportRevision, indicator: Indicator, covers: int) -> None:
        how = self.draw(st.sampled_from(["amount", "amount", "amount", "na", "comment", "nothing"]))
        if how == "nothing":
            return
        comment = self.draw(st.just("") | texts)
        said: Fields = {"comment": comment}
        if how == "amount":
            said |= self.draw(amounts_of(indicator, level=False))
        elif how == "na":
            said |= {"not_applicable": True, "comment": "why: " + comment}
        result = IndicatorResult.objects.create(
            revision=revision, indicator=indicator, entered_by=self.cast.reporter, covers=covers, **said
        )
        is_fraction = indicator.measure == "percentage" and "value" in said
        if how == "amount" and not is_fraction and indicator.asks.exists():
            total = {
                name: amount for name, amount in said.items() if name in ("value", "numerator", "denominator")
            }
            for cell, amount in parts_of(self.draw, indicator, total, self.cells).items():
                CellValue.objects.create(result=result, cell=cell, **amount)

    def go_on(self) -> None:
        """What comes after: an assignment ends, an indicator is retired, a report is reopened, a window closes."""
        if self.draw(st.booleans()):
            ended = self.indicators[0].assignments.get(mission=self.missions["KG"])
            IndicatorAssignment.objects.filter(pk=ended.pk).update(withdrawn_at=timezone.now())
            IndicatorAssignment.objects.create(
                indicator=ended.indicator, mission=ended.mission, active_from=date(2022, 1, 1)
            )
        if self.draw(st.booleans()):
            Indicator.objects.filter(pk=self.indicators[-1].pk).update(status="retired")
        for revision in ReportRevision.objects.filter(status="approved"):
            if not ReportRevision.objects.filter(report=revision.report).open().exists() and self.draw(
                st.booleans()
            ):
                number = revision.report.revisions.count() + 1
                ReportRevision.objects.create(
                    report=revision.report, number=number, created_by=self.cast.officer
                )
        if self.draw(st.booleans()):
            ReportingPeriod.objects.filter(pk=self.period.pk).update(
                opens_on=date(2025, 1, 1), due_on=date(2025, 1, 2), closes_on=date(2025, 1, 3)
            )


def comes_back(draw: st.DrawFn, kind: str, user: Any, **options: Any) -> None:
    """Send a kind out in a drawn format, and look at what its file would do."""
    suffix = draw(st.sampled_from(sorted(FORMATS)))
    tagged = draw(st.booleans())
    data = out(kind, suffix, user=user, tagged=tagged, with_small_cells=True)
    if kind in ("baselines", "targets", "history", "progress") and len(out(kind).splitlines()) < 2:
        return  # a file without rows is refused as such
    checked = look(kind, data, filename=f"sheet.{suffix}", user=user, **options)
    assert checked.plan.errors == [], suffix
    assert [change for change in checked.plan.changes if change.outcome != Outcome.UNCHANGED] == [], suffix
    assert checked.unknown_columns == []


class WhatGoesOutComesBack(TestCase):
    @drawn(examples=8)
    @given(data=st.data())
    def test_plans_come_back_unchanged(self, data: st.DataObject) -> None:
        world = World(data.draw)
        world.plan()
        for kind in ("breakdowns", "indicators", "assignments", "baselines", "targets"):
            comes_back(data.draw, kind, world.cast.administrator)

    @drawn(examples=8)
    @given(data=st.data())
    def test_approved_results_come_back_unchanged(self, data: st.DataObject) -> None:
        world = World(data.draw)
        world.plan()
        # Quarters, a half-year and a year; one of them said twice, in two revisions.
        for period, covers in (
            ("2020-Q1", 1),
            ("2020-Q4", 2),
            ("2021-Q4", 4),
            ("2022-Q1", 1),
            ("2020-Q1", 1),
        ):
            world.report(period, approve=True, covers=covers)
        world.go_on()
        comes_back(data.draw, "history", world.cast.administrator, source="Matrix")

    @drawn(examples=6)
    @given(data=st.data())
    def test_drafts_come_back_unchanged(self, data: st.DataObject) -> None:
        world = World(data.draw)
        world.plan()
        world.report("2024-Q4", approve=False)
        world.go_on()
        comes_back(data.draw, "progress", world.cast.reporter)
