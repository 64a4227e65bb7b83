"""What a day of many decisions costs: two hundred reports approved until every figure is right, and indicators
assigned with their baselines and targets.
"""

import statistics
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import product

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.bench import databases
from tests.bench.measuring import Limit, seconds_of
from tracker.access.models import User
from tracker.analysis.engine import standings
from tracker.analysis.periods import period_of_code
from tracker.framework.models import Indicator, Strategy
from tracker.progress.models import Baseline, IndicatorAssignment, ReportRevision, Target
from tracker.progress.services.baselines import BaselineRow
from tracker.progress.services.reports import approve_reports
from tracker.progress.services.setting_up import set_up_reporting
from tracker.progress.services.targets import TargetRow
from tracker.region.models import Mission

REPORTS = 200
INDICATORS, MISSIONS = 150, 15
ROUNDS = 5
AS_OF = period_of_code("2024-Q4")


def lines() -> list[Limit]:
    with databases.copied("1x"):
        return [approving(), *assigning()]


# -- Approving ----------------------------------------------------------------------------------------
def approving() -> Limit:
    """Ten quarters of all missions, approved in one go by somebody who had no part in them, and then the figures."""
    strategy = Strategy.objects.get(is_current=True)
    officer = User.objects.get(email="second.officer@example.org")
    ids = list(
        ReportRevision.objects.filter(number=1, report__revisions__number__lte=1)
        .exclude(report__revisions__number=2)
        .filter(status="approved")
        .order_by("-pk")
        .values_list("pk", flat=True)[:REPORTS]
    )

    def act() -> None:
        revisions = list(ReportRevision.objects.filter(pk__in=ids))
        assert approve_reports(revisions=revisions, user=officer) == REPORTS
        found = standings(strategy=strategy, as_of=AS_OF)
        assert len(found) == INDICATORS

    before = standings(strategy=strategy, as_of=AS_OF)
    times = []
    for _ in range(ROUNDS):
        _take_back(ids)
        assert standings(strategy=strategy, as_of=AS_OF) != before
        times.append(seconds_of(act))
        assert standings(strategy=strategy, as_of=AS_OF) == before
    return Limit(
        f"Approving {REPORTS} reports until every figure is right", statistics.median(times), "s", most=1
    )


def _take_back(revisions: Sequence[int]) -> None:
    """Have approved reports wait for their approval again, which the triggers would not let anybody do."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE tracker_reportrevision DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE tracker_reportrevision SET status = 'submitted', approved_at = NULL, approved_by_id = NULL "
            "WHERE id = ANY (%s)",
            [list(revisions)],
        )
        cursor.execute("ALTER TABLE tracker_reportrevision ENABLE TRIGGER USER")
        cursor.execute("VACUUM ANALYZE tracker_reportrevision")


# -- Assigning ----------------------------------------------------------------------------------------
def assigning() -> list[Limit]:
    """All indicators to the missions that report on none: planned, looked through and recorded, to the end of the
    transaction.
    """
    user = User.objects.get(email="administrator@example.org")
    strategy = Strategy.objects.get(is_current=True)
    indicators = list(Indicator.objects.filter(strategy=strategy))
    missions = list(Mission.objects.filter(country__isnull=False).order_by("code")[:MISSIONS])
    pairs = list(enumerate(product(indicators, missions), start=2))
    baselines = [_baseline_row(row, *pair) for row, pair in pairs]
    targets = [_target_row(row, *pair) for row, pair in pairs if pair[0].direction != "monitor"]

    def act() -> None:
        plans = set_up_reporting(baselines=baselines, targets=targets, options={}, user=user)
        assert [len(plan.errors) for plan in plans] == [0, 0], [plan.errors[:2] for plan in plans]

    times = []
    for _ in range(ROUNDS):
        _take_plans_from(missions)
        times.append(seconds_of(act))
    _take_plans_from(missions)
    with CaptureQueriesContext(connection) as asked:
        act()
    counts = [query for query in asked.captured_queries if not query["sql"].startswith(("BEGIN", "COMMIT"))]
    assert IndicatorAssignment.objects.filter(mission__in=missions).count() == INDICATORS * MISSIONS
    what = f"Assigning {INDICATORS} indicators to {MISSIONS} missions with baselines and targets"
    return [
        Limit(what, statistics.median(times), "s", most=0.5),
        Limit(f"{what}: what it asks of the database", len(counts), "statements", most=12),
    ]


def _baseline_row(row: int, indicator: Indicator, mission: Mission) -> BaselineRow:
    is_share, stages = indicator.measure == "percentage", indicator.scale
    return BaselineRow(
        row=row,
        indicator=indicator.code,
        mission=mission.code,
        baseline_value=None if is_share or stages else Decimal(100),
        baseline_numerator=Decimal(20) if is_share else None,
        baseline_denominator=Decimal(90) if is_share else None,
        baseline_stage=stages[0] if stages else None,
        baseline_date=date(2019, 12, 31),
        baseline_source="Census",
        active_from=None,
        active_to=None,
        note=None,
    )


def _target_row(row: int, indicator: Indicator, mission: Mission) -> TargetRow:
    stages = indicator.scale
    level = Decimal("0.6") if indicator.measure == "percentage" else Decimal(900)
    return TargetRow(
        row=row,
        indicator=indicator.code,
        mission=mission.code,
        due=date(2024, 12, 31),
        target_value=None if stages else level,
        target_stage=stages[-1] if stages else None,
        basis="to_date" if indicator.is_flow else None,
    )


def _take_plans_from(missions: Sequence[Mission]) -> None:
    """Leave these missions without assignments, baselines and targets, which are never deleted otherwise."""
    ids = [mission.pk for mission in missions]
    with connection.cursor() as cursor:
        for model in (IndicatorAssignment, Baseline, Target):
            table = model._meta.db_table
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(f"DELETE FROM {table} WHERE mission_id = ANY (%s)", [ids])
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            cursor.execute(f"VACUUM ANALYZE {table}")
