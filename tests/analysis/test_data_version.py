"""The version of the data goes up with every transaction that changes a figure, and nothing kept under it is stale."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest
from django.core.cache import cache
from django.core.cache.backends.locmem import LocMemCache
from django.db import connection, transaction

from tests import stage
from tracker.analysis.engine import standings
from tracker.common.versions import DataChange, data_version, kept_under_version
from tracker.framework.models import Indicator, Strategy
from tracker.progress.models import (
    Baseline,
    IndicatorAssignment,
    IndicatorResult,
    ProgressReport,
    ReportingPeriod,
    ReportRevision,
    Target,
)
from tracker.progress.services import reports
from tracker.region.models import Country, Mission

pytestmark = pytest.mark.django_db(transaction=True)

PERIOD = "2024-Q4"


@pytest.fixture
def flow(strategy, missions) -> Indicator:
    indicator = stage.make_indicator()
    stage.assign(indicator, missions["KG"], missions["TJ"])
    return indicator


@pytest.fixture
def approved(flow, missions, cast) -> ReportRevision:
    return stage.approve(missions["KG"], PERIOD, {flow: 7}, reporter=cast.reporter, officer=cast.officer)


def of_two_statements() -> None:
    """What two statements of one transaction change is one change."""
    with transaction.atomic():
        Target.objects.create(indicator=Indicator.objects.get(), due_on="2022-12-31", value=5)
        Target.objects.create(indicator=Indicator.objects.get(), due_on="2023-12-31", value=9)


CHANGES: dict[str, Callable[[], Any]] = {
    "withdrawn": lambda: ReportRevision.objects.update(
        withdrawn_at="2025-01-01T00:00Z",
        withdrawn_by=ReportRevision.objects.get().approved_by,
        withdrawn_reason="R",
    ),
    "a baseline": lambda: Baseline.objects.create(indicator=Indicator.objects.get(), value=1, source="S"),
    "targets": of_two_statements,
    "an assignment ends": lambda: IndicatorAssignment.objects.filter(mission__code="TJ").update(
        withdrawn_at="2025-01-01T00:00Z"
    ),
    "a rule": lambda: Indicator.objects.update(status="retired"),
    "a threshold": lambda: Strategy.objects.update(on_track_from="0.9"),
    "a period": lambda: ReportingPeriod.objects.filter(code="2020-Q1").delete(),
    "a name": lambda: Country.objects.filter(iso2="KG").update(name="Another"),
    "a mission": lambda: Mission.objects.filter(code="KG").update(name="Another"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_changes_a_figure_raises_the_version_once(approved, change: str) -> None:
    before = data_version()
    assert before is not None
    CHANGES[change]()
    after = data_version()
    assert after is not None
    assert after > before
    assert not DataChange.objects.exists()


def test_submitting_approving_and_holding_back_raise_it_and_typing_into_a_draft_does_not(
    flow, missions, cast
) -> None:
    seen = [data_version()]
    report = ProgressReport.objects.create(
        mission=missions["KG"], period=ReportingPeriod.objects.get(code=PERIOD)
    )
    revision = ReportRevision.objects.create(report=report, number=1, created_by=cast.reporter)
    result = IndicatorResult.objects.create(
        revision=revision, indicator=flow, entered_by=cast.reporter, value=Decimal(3)
    )
    IndicatorResult.objects.filter(pk=result.pk).update(value=Decimal(4))
    assert data_version() == seen[-1]
    stage.submit(revision, by=cast.reporter)
    seen.append(data_version())
    IndicatorResult.objects.filter(pk=result.pk).update(held_back=True)
    seen.append(data_version())
    ReportRevision.objects.update(
        status="approved", approved_by=cast.officer, approved_at="2025-02-01T00:00Z"
    )
    seen.append(data_version())
    assert sorted(set(seen)) == seen


def test_a_change_that_is_rolled_back_leaves_the_version_and_has_none_meanwhile(approved) -> None:
    before = data_version()
    with transaction.atomic():
        Strategy.objects.update(on_track_from="0.9")
        assert data_version() is None
        transaction.set_rollback(True)
    assert data_version() == before


def test_nothing_is_kept_of_what_nobody_else_sees_yet(approved, settings) -> None:
    settings.CACHES = {"default": {"BACKEND": f"{LocMemCache.__module__}.LocMemCache", "LOCATION": "version"}}
    asked = ["on track"]

    def read() -> str:
        return kept_under_version("threshold", asked, lambda: str(Strategy.objects.get().on_track_from))

    assert read() == "0.8500"
    with transaction.atomic():
        Strategy.objects.update(on_track_from="0.9")
        assert read() == "0.9000"
        transaction.set_rollback(True)
    assert read() == "0.8500"


def test_what_is_kept_is_not_computed_again_until_something_changes(approved) -> None:
    cache.clear()
    times = []

    def compute() -> int:
        times.append(1)
        return len(times)

    assert [kept_under_version("times", [PERIOD], compute) for _ in range(3)] == [1, 1, 1]
    assert kept_under_version("times", ["2024-Q3"], compute) == 2
    Strategy.objects.update(on_track_from="0.9")
    assert kept_under_version("times", [PERIOD], compute) == 3


def test_who_has_approved_finds_it_in_what_is_kept_however_many_approve_at_once(flow, cast) -> None:
    """Each of eight missions reports another power of two: whoever has approved one finds its bit in the sum."""
    revisions = []
    for place in range(8):
        mission = Mission.objects.create(
            code=f"M{place}", name=f"M{place}", kind="regional_office", time_zone="UTC", source="S"
        )
        stage.assign(flow, mission)
        report = ProgressReport.objects.create(
            mission=mission, period=ReportingPeriod.objects.get(code=PERIOD)
        )
        revision = ReportRevision.objects.create(report=report, number=1, created_by=cast.reporter)
        IndicatorResult.objects.create(
            revision=revision, indicator=flow, entered_by=cast.reporter, value=Decimal(2**place)
        )
        stage.submit(revision, by=cast.reporter)
        revisions.append(revision)
    strategy, period = Strategy.objects.get(), ReportingPeriod.objects.get(code=PERIOD)
    barrier = Barrier(len(revisions))

    def total() -> int:
        found = standings(strategy=strategy, as_of=period)[flow.pk].region.value
        return int(found or 0)

    def approve(place: int) -> list[int]:
        try:
            barrier.wait()
            reports.approve_reports(revisions=[revisions[place]], user=cast.officer)
            return [kept_under_version("total", [PERIOD], total) for _ in range(5)]
        finally:
            connection.close()

    with ThreadPoolExecutor(len(revisions)) as pool:
        seen = list(pool.map(approve, range(len(revisions))))
    for place, totals in enumerate(seen):
        assert all(each & 2**place for each in totals), (place, totals)
    assert kept_under_version("total", [PERIOD], total) == 2 ** len(revisions) - 1
