"""The list of a mission's reports: one date, how much is given, and what to do where a window has closed."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import stage
from tracker.access.policies import Rights
from tracker.common.formats import show_date
from tracker.progress.models import Extension, IndicatorResult, ReportingPeriod, ReportRevision
from tracker.progress.services import reports
from tracker.progress.services.due_reports import DueReport, due_reports
from tracker.progress.services.extensions import grant_extension

pytestmark = pytest.mark.django_db

TODAY = stage.today()


@pytest.fixture
def three(strategy, missions):
    made = [stage.make_indicator(f"SP1-O1-I{n}") for n in range(1, 4)]
    for indicator in made:
        stage.assign(indicator, missions["KG"])
    return made


@pytest.fixture
def submitted(three, missions, open_period, cast) -> ReportRevision:
    """Two results given, one explained."""
    revision = reports.begin_report(mission=missions["KG"], period=open_period, user=cast.reporter)
    for indicator, fields in zip(three, ({"value": 1}, {"value": 0}, {"comment": "Lost"}), strict=True):
        IndicatorResult.objects.create(revision=revision, indicator=indicator, **fields)
    reports.submit_report(revision=revision, user=cast.reporter)
    return revision


def listed(missions, *codes: str) -> list[DueReport]:
    periods = ReportingPeriod.objects.filter(code__in=codes).select_related("strategy")
    return due_reports(
        missions=[missions["KG"]], periods=periods, rights=Rights(missions=frozenset([missions["KG"].pk]))
    )


def text_of(client: Client) -> str:
    page = client.get(reverse("reporting")).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_a_returned_report_shows_the_day_of_its_answer_and_no_other(
    submitted, open_period, missions, cast, sign_in
):
    reports.return_report(revision=submitted, user=cast.officer, comment="Is 1 right?")
    until = TODAY + timedelta(days=3)
    ReportRevision.objects.update(answer_by=until)
    [row] = listed(missions, "2024-Q4")
    assert (row.deadline, row.is_answer, row.is_overdue, row.days) == (until, True, False, 3)
    text = text_of(sign_in(cast.reporter))
    assert f"Answer by {show_date(until)}" in text
    assert "3 days left" in text
    assert show_date(open_period.due_on) not in text
    assert re.search("Returned , Officer, .*: “Is 1 right[?]”", text)


def test_an_answer_that_is_late_counts_its_days_from_its_own_date(submitted, missions, cast):
    reports.return_report(revision=submitted, user=cast.officer, comment="Is 1 right?")
    ReportRevision.objects.update(answer_by=TODAY - timedelta(days=2))
    [row] = listed(missions, "2024-Q4")
    assert (row.is_open, row.is_overdue, row.days) == (True, True, 2)


def test_once_answered_the_report_shows_when_it_was_due(submitted, open_period, missions, cast):
    reports.return_report(revision=submitted, user=cast.officer, comment="Is 1 right?")
    reports.submit_report(revision=submitted, user=cast.reporter)
    [row] = listed(missions, "2024-Q4")
    assert (row.deadline, row.is_answer) == (open_period.due_on, False)


def test_a_reopened_report_says_why_it_was_reopened(submitted, missions, cast, sign_in):
    reports.approve_reports(revisions=[submitted], user=cast.officer)
    reports.reopen_report(report=submitted.report, user=cast.officer, comment="Count the camps too")
    assert re.search("Reopened , Officer, .*: “Count the camps too”", text_of(sign_in(cast.reporter)))


def test_what_is_explained_is_neither_given_nor_missing(submitted, missions, cast, sign_in):
    text = text_of(sign_in(cast.reporter))
    assert "2 of 3 given 1 explained" in text
    assert "0 of 3 given 3 missing" in text
    [row] = listed(missions, "2024-Q3")
    assert (row.counts.given, row.counts.explained, row.counts.missing) == (0, 0, 3)


def test_a_window_that_closed_says_when_and_whom_to_ask_and_counts_no_days(
    three, missions, open_period, cast, sign_in
):
    text = text_of(sign_in(cast.reporter))
    assert "20 Apr 2020 closed on 10 May 2020" in text
    assert text.count("ask Head, Officer or Second.Officer for an extension") == 1
    assert "16 earlier reports" in text
    assert "days overdue" not in text
    [row] = listed(missions, "2020-Q1")
    assert (row.is_open, row.has_closed, row.is_overdue) == (False, True, False)


def test_where_nothing_closed_unreported_nobody_is_told_whom_to_ask(strategy, missions, cast, sign_in):
    indicator = stage.make_indicator()
    stage.assign(indicator, missions["KG"], active_from=date(2024, 10, 1))
    stage.open_window(strategy, "2024-Q4", today=TODAY)
    assert "for an extension" not in text_of(sign_in(cast.reporter))


def test_an_officer_is_led_to_the_windows_and_not_into_a_draft_that_the_mission_is_writing(
    three, missions, open_period, cast, sign_in
):
    reports.begin_report(mission=missions["KG"], period=open_period, user=cast.reporter)
    client = sign_in(cast.officer)
    page = client.get(reverse("reporting"), {"mission": "KG"}).content.decode()
    assert "The mission is writing it." in page
    address = reverse("report", args=["2024-Q4", "KG"])
    assert address not in page
    assert client.get(address).status_code == 404
    assert f'<a href="{reverse("periods")}">give its window later' in page
    assert f'<a href="{reverse("extension", args=["2024-Q3", "KG"])}">Extend' in page
    assert "for an extension" not in page


def test_an_overdue_report_stays_in_the_list_of_what_is_to_do(three, strategy, missions, cast, sign_in):
    period = stage.open_window(strategy, "2024-Q4", today=TODAY)
    ReportingPeriod.objects.filter(pk=period.pk).update(due_on=TODAY - timedelta(days=1))
    text = text_of(sign_in(cast.reporter))
    assert "1 day overdue" in text
    assert text.index("1 day overdue") < text.index("Overdue, the window has closed")


def test_both_tables_have_the_same_columns_in_the_same_widths(submitted, cast, sign_in):
    page = sign_in(cast.reporter).get(reverse("reporting")).content.decode()
    heads = re.findall(r"<colgroup>.*?</thead>", page, re.DOTALL)
    assert page.count("<table") == len(heads)
    assert len(set(heads)) == 1


def test_the_list_takes_the_same_statements_for_one_period_and_for_twenty(
    submitted, strategy, missions, cast, django_assert_num_queries
):
    reports.return_report(revision=submitted, user=cast.officer, comment="Is 1 right?")
    codes = list(strategy.periods.values_list("code", flat=True))
    with django_assert_num_queries(8):
        assert len(listed(missions, "2024-Q4")) == 1
    with django_assert_num_queries(8):
        assert len(listed(missions, *codes)) == 20


def test_an_extension_says_until_when_and_that_it_has_ended(three, strategy, missions, cast, sign_in):
    period = strategy.periods.get(code="2024-Q3")
    until = TODAY + timedelta(days=6)
    granted = grant_extension(
        mission=missions["KG"], period=period, until=until, reason="Flood", user=cast.officer
    )
    [row] = listed(missions, "2024-Q3")
    assert (row.deadline, row.is_extended, row.is_open, row.is_overdue) == (until, True, True, False)
    client = sign_in(cast.reporter)
    text = text_of(client)
    assert f"{show_date(until)}, extended 6 days left" in text
    assert text.index(show_date(until)) < text.index("Overdue, the window has closed")
    assert "extended to" in client.get(reverse("report", args=["2024-Q3", "KG"])).content.decode()

    Extension.objects.filter(pk=granted.pk).update(withdrawn_at=timezone.now(), withdrawn_by=cast.head)
    Extension.objects.create(
        mission=missions["KG"],
        period=period,
        until=TODAY - timedelta(days=1),
        reason="Flood",
        granted_by=cast.officer,
    )
    [row] = listed(missions, "2024-Q3")
    assert (row.is_open, row.has_closed, row.is_past_deadline) == (False, True, True)
    text = text_of(client)
    assert text.index("Overdue, the window has closed") < text.index("the extension has ended")
    page = client.get(reverse("report", args=["2024-Q3", "KG"])).content.decode()
    assert "for another one" in page
    assert "Extend it for this mission" not in page
    page = sign_in(cast.officer).get(reverse("report", args=["2024-Q3", "KG"])).content.decode()
    assert f'<a href="{reverse("extension", args=["2024-Q3", "KG"])}">Extend it for this mission</a>' in page
