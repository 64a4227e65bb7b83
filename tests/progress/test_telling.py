"""Who is told of a report's steps and of its days, when, and how often."""

from datetime import UTC, date, datetime, timedelta

import pytest
from celery import current_app
from django.conf import settings
from django.utils import timezone

from tests import stage
from tests.conftest import Cast
from tests.progress.test_report_life import type_value
from tracker.access.models import Membership
from tracker.access.policies import people_of
from tracker.common.errors import Stale
from tracker.framework.models import Indicator
from tracker.notices.models import Notice
from tracker.progress.models import ReportingPeriod, ReportRevision
from tracker.progress.rules import Reminder, Window, reminder_of
from tracker.progress.services import reports
from tracker.progress.services.telling import tell_of_deadlines

pytestmark = pytest.mark.django_db


@pytest.fixture
def indicator(strategy, missions) -> Indicator:
    made = stage.make_indicator()
    stage.assign(made, missions["KG"], missions["TJ"])
    return made


@pytest.fixture
def submitted(indicator, missions, open_period, cast: Cast) -> ReportRevision:
    revision = type_value(cast.reporter, missions["KG"], open_period, indicator, 12).revision
    reports.submit_report(revision=revision, user=cast.reporter)
    return revision


def told(kind: str) -> set[str]:
    return set(Notice.objects.filter(kind=kind).values_list("person__name", flat=True))


KG_PEOPLE = {"Reporter", "Colleague", "Lead"}


# -- Steps ---------------------------------------------------------------------------------------------
def test_officers_are_told_of_what_is_submitted_and_led_to_their_page_of_it(submitted):
    assert told("submitted") == {"Officer", "Second.Officer", "Head"}
    notice = Notice.objects.filter(kind="submitted").first()
    assert notice.url == f"/review/{submitted.pk}/"
    assert notice.params == {
        "mission": "Kyrgyzstan", "period": "2024-Q4", "by": "Reporter", "comment": "", "until": None,
    }  # fmt: skip


def test_the_mission_is_told_of_what_was_returned_with_the_comment_and_the_day(submitted, cast: Cast):
    reports.return_report(revision=submitted, user=cast.officer, comment="Is 12 right?")
    submitted.refresh_from_db()
    assert told("returned") == KG_PEOPLE
    notice = Notice.objects.filter(kind="returned").first()
    assert notice.url == "/reporting/2024-Q4/KG/"
    assert notice.params["comment"] == "Is 12 right?"
    assert notice.params["until"] == submitted.answer_by.isoformat()


def test_the_mission_is_told_of_every_later_step_but_not_who_took_it(submitted, cast: Cast):
    reports.approve_reports(revisions=[submitted], user=cast.officer)
    assert told("approved") == KG_PEOPLE
    second = reports.reopen_report(report=submitted.report, user=cast.officer, comment="The total")
    assert told("reopened") == KG_PEOPLE
    assert Notice.objects.filter(kind="reopened").first().params["until"] == second.answer_by.isoformat()
    reports.drop_revision(revision=second, user=cast.officer)
    # An officer who reports for the mission too is not told of their own withdrawal.
    Membership.objects.create(user=cast.officer, role="reporter", mission=submitted.report.mission)
    reports.withdraw_figures(revision=submitted, user=cast.officer, reason="Counted twice")
    assert told("dropped") == told("withdrawn") == KG_PEOPLE


def test_a_step_that_is_taken_twice_or_refused_is_told_once(submitted, cast: Cast):
    reports.approve_reports(revisions=[submitted], user=cast.officer)
    reports.approve_reports(revisions=[submitted], user=cast.officer)
    with pytest.raises(Stale):
        reports.return_report(revision=submitted, user=cast.second_officer, comment="Late")
    assert Notice.objects.filter(kind="approved").count() == 3
    assert told("returned") == set()


def test_nobody_is_told_of_a_report_that_is_begun_or_recalled(submitted, cast: Cast):
    Notice.objects.all().delete()
    reports.recall_report(revision=submitted, user=cast.reporter)
    assert not Notice.objects.exists()


def test_stand_ins_and_the_people_of_the_covering_mission_are_told_and_who_has_left_is_not(
    missions, cast: Cast, django_assert_num_queries
):
    today = timezone.localdate()
    cast.reporter.memberships.update(
        stand_in=cast.viewer, stand_in_from=today, stand_in_to=today + timedelta(days=3)
    )
    cast.lead.memberships.update(
        stand_in=cast.nobody, stand_in_from=today - timedelta(days=9), stand_in_to=today - timedelta(days=1)
    )
    cast.colleague.memberships.update(ends_on=today - timedelta(days=1))
    cast.stranger.is_active = False
    cast.stranger.save()
    in_vienna = stage.make_person("vienna", "reporter", mission=missions["ROV"])
    ids = {code: mission.pk for code, mission in missions.items()}
    with django_assert_num_queries(1):
        found = people_of(list(ids.values()))
    assert {code: set(found.get(pk, [])) for code, pk in ids.items()} == {
        "KG": {cast.reporter, cast.viewer, cast.lead},
        "TJ": set(),
        "ROV": {in_vienna},
        "IL": {in_vienna},
    }
    assert people_of([ids["IL"]]) == {ids["IL"]: [in_vienna]}


# -- Days: the rule ------------------------------------------------------------------------------------
WINDOW = Window(date(2025, 1, 1), date(2025, 1, 20), date(2025, 2, 9))


@pytest.mark.parametrize(
    ("today", "status", "answer_by", "expected"),
    [
        ("2024-12-31", None, None, None),
        ("2025-01-01", None, None, Reminder.WINDOW_OPENED),
        ("2025-01-12", "draft", None, Reminder.WINDOW_OPENED),
        ("2025-01-13", "draft", None, Reminder.DUE_SOON),
        ("2025-01-20", None, None, Reminder.DUE_SOON),
        ("2025-01-21", None, None, Reminder.OVERDUE),
        ("2025-02-03", None, None, Reminder.OVERDUE),
        ("2025-02-04", None, None, None),  # more than a fortnight ago
        ("2025-01-15", "submitted", None, None),
        ("2025-01-25", "approved", None, None),
        # Returned: by the day of the answer, whatever the window.
        ("2025-03-01", "returned", "2025-03-14", None),
        ("2025-03-07", "returned", "2025-03-14", Reminder.DUE_SOON),
        ("2025-03-15", "returned", "2025-03-14", Reminder.OVERDUE),
        ("2025-03-29", "returned", "2025-03-14", None),
        ("2025-03-12", "submitted", "2025-03-14", None),
        # Reopened, and not written in yet.
        ("2025-03-12", "draft", "2025-03-14", Reminder.DUE_SOON),
        # Returned within its window: who returned it said so, and the window is no news.
        ("2025-01-05", "returned", "2025-01-19", None),
    ],
)
def test_what_there_is_to_tell_is_where_a_report_stands_today(today, status, answer_by, expected):
    by = date.fromisoformat(answer_by) if answer_by else None
    day = date.fromisoformat(today)
    assert reminder_of(window=WINDOW, status=status, answer_by=by, today=day) is expected


def test_a_long_window_is_news_for_a_fortnight():
    window = Window(date(2025, 1, 1), date(2025, 3, 1), date(2025, 4, 1))
    days = [date(2025, 1, 1) + timedelta(days=n) for n in range(-1, 20)]
    opened = [day for day in days if reminder_of(window=window, status=None, answer_by=None, today=day)]
    assert (opened[0], opened[-1]) == (date(2025, 1, 1), date(2025, 1, 15))


# -- Days: who is told ---------------------------------------------------------------------------------
def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


@pytest.fixture
def quarter(strategy) -> ReportingPeriod:
    """Its window: 1 Jan 2025, due on 20 Jan, closes on 9 Feb."""
    return ReportingPeriod.objects.get(code="2024-Q4")


def all_told() -> list[tuple[str, str]]:
    return sorted(Notice.objects.values_list("kind", "person__name"))


def test_each_is_told_once_of_opening_of_a_week_before_and_of_the_day_after(
    quarter, indicator, missions, cast: Cast
):
    stage.submit(draft_of(missions["KG"], quarter), by=cast.reporter)
    counts = {}
    for n in range(-3, 40):
        day = quarter.opens_on + timedelta(days=n)
        for hour in (0, 6):  # looked at several times a day
            if count := tell_of_deadlines(now=noon(day) + timedelta(hours=hour)):
                counts[day] = count
    # Kyrgyzstan has handed in: Tajikistan's one reporter alone.
    assert counts == {date(2025, 1, 1): 1, date(2025, 1, 13): 1, date(2025, 1, 21): 1}
    assert all_told() == [("due_soon", "Stranger"), ("overdue", "Stranger"), ("window_opened", "Stranger")]
    overdue = Notice.objects.get(kind="overdue")
    assert overdue.url == "/reporting/2024-Q4/TJ/"
    assert overdue.params == {
        "mission": "Tajikistan", "period": "2024-Q4", "due": "2025-01-20", "closes": "2025-02-09",
        "is_answer": False, "is_closed": False,
    }  # fmt: skip


def draft_of(mission, period) -> ReportRevision:
    report = stage.ProgressReport.objects.create(mission=mission, period=period)
    return ReportRevision.objects.create(report=report, number=1)


def test_a_window_opens_by_the_missions_own_clock(quarter, indicator, missions, cast: Cast):
    # Half past eight in the evening in Vienna on 31 Dec: half past one in Bishkek, half past midnight in Dushanbe.
    assert tell_of_deadlines(now=datetime(2024, 12, 31, 18, 30, tzinfo=UTC)) == 3
    assert {name for _kind, name in all_told()} == KG_PEOPLE
    assert tell_of_deadlines(now=datetime(2024, 12, 31, 19, 30, tzinfo=UTC)) == 1
    assert ("window_opened", "Stranger") in all_told()


def test_after_days_without_a_worker_they_are_told_where_things_stand_and_not_what_is_long_past(
    quarter, indicator, cast: Cast
):
    # 25 Jan: overdue. That the window opened, and that it fell due within a week, is told no more.
    assert tell_of_deadlines(now=noon(date(2025, 1, 25))) == 4
    assert {kind for kind, _name in all_told()} == {"overdue"}
    # The quarters before are missing too, and nobody hears of them.
    assert set(Notice.objects.values_list("params__period", flat=True)) == {"2024-Q4"}
    Notice.objects.all().delete()
    assert tell_of_deadlines(now=noon(date(2025, 3, 1))) == 0


def test_a_mission_that_owes_nothing_is_told_nothing(quarter, indicator, missions, cast: Cast):
    stage.make_person("vienna", "reporter", mission=missions["ROV"])
    tell_of_deadlines(now=noon(quarter.opens_on))
    assert "Vienna" not in {name for _kind, name in all_told()}


def test_a_second_answer_and_a_day_that_was_moved_are_told_anew(quarter, indicator, missions, cast: Cast):
    revision = draft_of(missions["TJ"], quarter)
    ReportRevision.objects.filter(pk=revision.pk).update(answer_by=date(2025, 3, 14))
    for day in (date(2025, 3, 10), date(2025, 3, 11)):
        tell_of_deadlines(now=noon(day))
    ReportRevision.objects.filter(pk=revision.pk).update(answer_by=date(2025, 3, 17))
    tell_of_deadlines(now=noon(date(2025, 3, 12)))
    dues = (
        Notice.objects.filter(kind="due_soon").order_by("pk").values_list("params__due", "params__is_answer")
    )
    assert list(dues) == [("2025-03-14", True), ("2025-03-17", True)]


def test_what_is_closed_is_said_to_be_closed(quarter, indicator, cast: Cast):
    quarter.closes_on = quarter.due_on
    quarter.save()
    tell_of_deadlines(now=noon(date(2025, 1, 21)))
    assert set(Notice.objects.values_list("kind", "params__is_closed")) == {("overdue", True)}


def test_two_or_many_missions_take_the_same_statements(
    strategy, missions, indicator, cast: Cast, quarter, django_assert_num_queries
):
    with django_assert_num_queries(16) as few:  # two of them open and close the transaction
        assert tell_of_deadlines(now=noon(date(2025, 1, 2))) == 4
    stage.assign(indicator, missions["IL"], missions["ROV"])
    for n in range(10):
        stage.make_person(f"vienna{n}", "reporter", mission=missions["ROV"])
    with django_assert_num_queries(len(few)):
        assert tell_of_deadlines(now=noon(date(2025, 1, 14))) == 24


def test_beat_looks_every_hour(strategy):
    """The tasks of the schedule are there, under the names by which beat sends them."""
    current_app.loader.import_default_modules()
    for entry, task in (
        ("tell-of-deadlines", "progress.tell_of_deadlines"),
        ("send-digests", "notices.send_digests"),
    ):
        assert settings.CELERY_BEAT_SCHEDULE[entry]["task"] == task
        current_app.tasks[task].apply(throw=True)
