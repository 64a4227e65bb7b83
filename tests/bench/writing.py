"""What a day of many decisions costs: two hundred reports approved until every figure is right, and indicators
assigned with their baselines and targets.
"""

import statistics
from collections.abc import Sequence

from django.db import connection

from tests.bench import databases
from tests.bench.measuring import Limit, seconds_of
from tracker.access.models import User
from tracker.analysis.engine import standings
from tracker.analysis.periods import period_of_code
from tracker.framework.models import Strategy
from tracker.progress.models import ReportRevision
from tracker.progress.services.reports import approve_reports

REPORTS = 200
INDICATORS, MISSIONS = 150, 15
ROUNDS = 5
AS_OF = period_of_code("2024-Q4")


def lines() -> list[Limit]:
    with databases.copied("1x"):
        return [approving()]


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
