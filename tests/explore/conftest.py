"""A small region with figures that are worked by hand.

SP1-O1-I1 is a quarterly flow. Kyrgyzstan has a target of 400 by the end of 2021 and reported 100 in each of the
first three quarters of 2021; Tajikistan has no target and reported 500 in the second. At Q4 2021 the region's
value is 800; 300 of it is set against the 400 that were expected by then: 75 %, a pace of 0.75, at risk.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tests import stage
from tests.conftest import Cast
from tests.scenery import scenery
from tracker.framework.models import Indicator, Strategy
from tracker.progress.models import (
    Baseline,
    IndicatorResult,
    ProgressReport,
    ReportingPeriod,
    ReportRevision,
    Target,
)
from tracker.region.models import Mission


@dataclass(frozen=True)
class Region:
    flow: Indicator
    kg: Mission
    tj: Mission
    cast: Cast

    def approve(self, mission: Mission, period: str, values: dict) -> None:
        stage.approve(mission, period, values, reporter=self.cast.reporter, officer=self.cast.officer)

    def submit(self, mission: Mission, period: str, value: int) -> None:
        """A report of the flow that awaits review."""
        report = ProgressReport.objects.create(
            mission=mission, period=ReportingPeriod.objects.get(strategy=self.flow.strategy, code=period)
        )
        revision = ReportRevision.objects.create(report=report, number=1, created_by=self.cast.reporter)
        IndicatorResult.objects.create(
            revision=revision, indicator=self.flow, value=value, entered_by=self.cast.reporter
        )
        stage.submit(revision, by=self.cast.reporter)


def aim(indicator: Indicator, mission: Mission | None, due: date, level: int | str) -> Target:
    return Target.objects.create(indicator=indicator, mission=mission, due_on=due, value=Decimal(level))


def start_from(indicator: Indicator, mission: Mission | None, level: int | str) -> Baseline:
    return Baseline.objects.create(
        indicator=indicator, mission=mission, value=Decimal(level), date=date(2019, 12, 31), source="Census"
    )


@scenery
def region(strategy: Strategy, missions: dict[str, Mission], cast: Cast) -> Region:
    flow = stage.make_indicator(name="Migrants assisted")
    kg, tj = missions["KG"], missions["TJ"]
    stage.assign(flow, kg, tj)
    aim(flow, kg, date(2021, 12, 31), 400)
    found = Region(flow, kg, tj, cast)
    for quarter in ("2021-Q1", "2021-Q2", "2021-Q3"):
        found.approve(kg, quarter, {flow: 100})
    found.approve(tj, "2021-Q2", {flow: 500})
    return found
