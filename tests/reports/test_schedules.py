"""When an edition falls due, and that what is owed is made once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from celery import current_app
from django.conf import settings
from django.utils import timezone

from tests import stage
from tracker.common.errors import NotAllowed, Refused
from tracker.common.jobs.models import Job
from tracker.progress.models import ReportingPeriod
from tracker.reports import services
from tracker.reports.choices import EditionKind
from tracker.reports.models import Edition, ReportSchedule
from tracker.reports.rules import PeriodState, due_moments, is_owed

pytestmark = pytest.mark.django_db

CLOSES = date(2025, 2, 9)
APPROVED = datetime(2025, 1, 30, 12, tzinfo=UTC)


LATE = datetime(2025, 2, 25, tzinfo=UTC)  # the day begins that lies 15 days after 9 Feb


@pytest.mark.parametrize(
    ("missions", "approved", "last", "expected"),
    [
        (3, 3, APPROVED, [APPROVED, LATE]),
        # One missing: only the day after the window.
        (3, 2, APPROVED, [LATE]),
        # Complete only afterwards: an occasion of its own.
        (3, 3, datetime(2025, 3, 5, tzinfo=UTC), [LATE, datetime(2025, 3, 5, tzinfo=UTC)]),
        # Nobody owes anything: nothing can be complete.
        (0, 0, None, [LATE]),
    ],
)
def test_a_period_falls_due_when_complete_or_fifteen_days_after_its_window(
    missions, approved, last, expected
):
    state = PeriodState(CLOSES, missions, approved, last)
    assert due_moments(state, days_after_close=15, zone=UTC) == expected


def test_a_schedule_owes_nothing_from_before_it_was_switched_on():
    due, hour = [LATE], timedelta(hours=1)
    assert is_owed(due, switched_on_at=LATE, now=LATE)
    assert is_owed(due, switched_on_at=LATE - hour, now=LATE + hour)
    assert not is_owed(due, switched_on_at=LATE + hour, now=LATE + 2 * hour)
    assert not is_owed(due, switched_on_at=LATE - hour, now=LATE - hour / 2)
    assert is_owed([LATE, LATE + 3 * hour], switched_on_at=LATE + hour, now=LATE + 4 * hour)


@pytest.fixture
def schedules(db):
    return [
        ReportSchedule.objects.create(kind=kind, switched_on_at=timezone.now() - timedelta(hours=1))
        for kind in EditionKind.values
    ]


@pytest.fixture
def indicator(strategy, missions):
    made = stage.make_indicator()
    stage.assign(made, missions["KG"], missions["TJ"])
    return made


def test_the_last_approval_makes_every_missions_edition_and_the_regional_one_due_once(
    schedules, indicator, missions, cast
):
    stage.approve(missions["KG"], "2024-Q1", {indicator: 5}, reporter=cast.reporter, officer=cast.officer)
    assert services.plan_due_editions() == 0
    stage.approve(missions["TJ"], "2024-Q1", {indicator: 6}, reporter=cast.stranger, officer=cast.officer)
    assert services.plan_due_editions() == 3
    assert services.plan_due_editions() == 0
    made = {(e.kind, e.mission.code if e.mission else None, e.period.code) for e in Edition.objects.all()}
    assert made == {
        ("mission_quarterly", "KG", "2024-Q1"),
        ("mission_quarterly", "TJ", "2024-Q1"),
        ("regional_quarterly", None, "2024-Q1"),
    }
    assert Job.objects.filter(task=services.MAKE_EDITION, status="queued").count() == 3


def test_a_window_that_closed_makes_them_due_although_reports_are_missing(schedules, indicator, strategy):
    today = timezone.localdate()
    ReportingPeriod.objects.filter(code="2024-Q4").update(
        opens_on=today - timedelta(days=56),
        due_on=today - timedelta(days=36),
        closes_on=today - timedelta(days=16),
    )
    ReportSchedule.objects.update(switched_on_at=timezone.now() - timedelta(days=3))
    assert services.plan_due_editions() == 3
    assert set(Edition.objects.values_list("period__code", flat=True)) == {"2024-Q4"}


def test_a_schedule_that_is_off_owes_nothing(schedules, indicator, missions, cast):
    ReportSchedule.objects.update(is_on=False)
    for code, person in (("KG", cast.reporter), ("TJ", cast.stranger)):
        stage.approve(missions[code], "2024-Q1", {indicator: 5}, reporter=person, officer=cast.officer)
    assert services.plan_due_editions() == 0


def test_looking_for_what_is_owed_takes_the_same_statements_however_many_missions(
    schedules, indicator, missions, django_assert_num_queries
):
    services.plan_due_editions()
    with django_assert_num_queries(9, exact=False) as few:
        services.plan_due_editions()
    stage.assign(indicator, missions["IL"], missions["ROV"])
    with django_assert_num_queries(len(few)):
        services.plan_due_editions()


def test_an_edition_on_request_names_its_scope_rightly(strategy, missions, cast, open_period):
    made = services.request_edition(
        kind=EditionKind.MISSION_QUARTERLY, period=open_period, mission=missions["KG"], user=cast.officer
    )
    assert made.job.status == "queued"
    with pytest.raises(Refused, match="names its mission"):
        services.request_edition(
            kind=EditionKind.MISSION_QUARTERLY, period=open_period, mission=None, user=cast.officer
        )
    with pytest.raises(NotAllowed):
        services.request_edition(
            kind=EditionKind.REGIONAL_QUARTERLY, period=open_period, mission=None, user=cast.viewer
        )


def test_what_beat_calls_is_there():
    current_app.loader.import_default_modules()
    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= set(current_app.tasks)
