"""The first page, by role."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import stage
from tests.explore.conftest import Region
from tests.pages import MOST_QUERIES
from tracker.progress.models import ReportingPeriod, ReportRevision, ReviewEvent
from tracker.progress.services.extensions import grant_extension


@pytest.fixture
def open_region(region: Region) -> Region:
    """The window of the last quarter is open: due in 15 days."""
    stage.open_window(region.flow.strategy, "2024-Q4", today=date.today())
    return region


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def test_a_person_without_a_role_is_told_whom_to_ask(cast, sign_in):
    response = sign_in(cast.nobody).get("/")
    assert response.status_code == 200
    assert "Ask an administrator" in text_of(response)
    assert "nobody@example.org" in text_of(response)


def test_a_stranger_is_asked_to_sign_in(client, db):
    assert client.get("/").headers["Location"].startswith("/accounts/login/")


def test_without_a_strategy_home_says_what_to_do(cast, sign_in):
    assert "load_strategy" in text_of(sign_in(cast.administrator).get("/"))


def test_before_the_first_period_home_stands_empty(strategy, cast, sign_in):
    ReportingPeriod.objects.all().delete()
    assert "No period has ended yet" in text_of(sign_in(cast.viewer).get("/"))


# Reporters ----------------------------------------------------------------------------------------


def test_a_reporter_finds_what_is_open_and_how_long(open_region: Region, sign_in):
    response = sign_in(open_region.cast.reporter).get("/")
    (report,) = response.context["open_reports"]
    assert (report.mission.code, report.period.code, report.revision) == ("KG", "2024-Q4", None)
    assert report.days_left in (14, 15)  # by the mission's own clock, ahead of this one
    page = text_of(response)
    assert "1 report is open for you." in page
    assert "Begin Q4 2024, Kyrgyzstan" in page


def test_a_reporter_finds_what_was_returned_and_why(open_region: Region, sign_in):
    open_region.submit(open_region.kg, "2023-Q1", 5)
    revision = ReportRevision.objects.get(report__period__code="2023-Q1")
    ReportRevision.objects.filter(pk=revision.pk).update(
        status="returned", answer_by=date.today() + timedelta(days=9)
    )
    ReviewEvent.objects.create(
        revision=revision, transition="return", from_status="submitted", to_status="returned",
        comment="Please check the total.", actor=open_region.cast.officer,
    )  # fmt: skip
    response = sign_in(open_region.cast.reporter).get("/")
    first, second = response.context["open_reports"]
    assert first.is_returned
    assert (first.period.code, first.returned_because) == ("2023-Q1", "Please check the total.")
    assert second.period.code == "2024-Q4"
    assert "Answer Q1 2023, Kyrgyzstan" in text_of(response)
    assert "Please check the total." in text_of(response)


def test_what_is_submitted_or_closed_or_not_due_is_not_open(open_region: Region, missions, sign_in):
    open_region.submit(open_region.kg, "2024-Q4", 5)
    response = sign_in(open_region.cast.reporter).get("/")
    assert response.context["open_reports"] == []
    assert "Nothing is open for you now." in text_of(response)


def test_an_annual_indicator_is_not_due_in_the_third_quarter(region: Region, missions, sign_in):
    yearly = stage.make_indicator("SP1-O1-I2", frequency="annual")
    stage.assign(yearly, missions["IL"])
    stage.open_window(region.flow.strategy, "2024-Q3", today=date.today())
    person = stage.make_person("vienna", stage.Role.REPORTER, mission=missions["ROV"])
    # The Regional Office covers Israel: its report is theirs, once something is due.
    assert sign_in(person).get("/").context["open_reports"] == []
    stage.open_window(region.flow.strategy, "2024-Q4", today=date.today())
    (report,) = sign_in(person).get("/").context["open_reports"]
    assert (report.mission.code, report.period.code) == ("IL", "2024-Q4")


def test_a_report_past_its_due_date_says_how_late_it_is(open_region: Region, sign_in):
    period = ReportingPeriod.objects.get(code="2024-Q4")
    period.due_on = date.today() - timedelta(days=3)
    period.save()
    assert "days overdue" in text_of(sign_in(open_region.cast.reporter).get("/"))


def test_while_nothing_is_open_the_next_window_is_named(region: Region, sign_in):
    ahead = date.today() + timedelta(days=30)
    period = ReportingPeriod.objects.get(code="2024-Q4")
    period.opens_on, period.due_on, period.closes_on = ahead, ahead, ahead
    period.save()
    page = text_of(sign_in(region.cast.reporter).get("/"))
    assert "The window of Q4 2024 opens on" in page


def test_what_was_never_handed_in_stays_with_its_reporter_after_the_window_has_closed(
    region: Region, sign_in
):
    """Kyrgyzstan owes twenty quarters and has reported three, all windows closed."""
    response = sign_in(region.cast.reporter).get("/")
    closed = response.context["closed_reports"]
    assert response.context["open_reports"] == []
    assert (len(closed), closed[0].period.code, closed[-1].period.code) == (17, "2024-Q4", "2020-Q1")
    page = text_of(response)
    assert "17 reports were not handed in before their time had passed." in page
    assert "The latest is Q4 2024, Kyrgyzstan." in page
    assert '<a href="/reporting/#closed">' in page


def test_an_extension_makes_a_closed_report_one_to_write_for_its_mission_alone(region: Region, sign_in):
    until = stage.today() + timedelta(days=4)
    grant_extension(
        mission=region.kg,
        period=ReportingPeriod.objects.get(code="2023-Q1"),
        until=until,
        reason="Flood",
        user=region.cast.officer,
    )
    response = sign_in(region.cast.reporter).get("/")
    (report,) = response.context["open_reports"]
    assert (report.period.code, report.until, report.days_left) == ("2023-Q1", until, 4)
    assert len(response.context["closed_reports"]) == 16
    assert sign_in(region.cast.stranger).get("/").context["open_reports"] == []


# Officers, administrators, viewers ----------------------------------------------------------------


def test_an_officer_finds_how_many_reports_await(open_region: Region, sign_in):
    open_region.submit(open_region.kg, "2024-Q4", 5)
    response = sign_in(open_region.cast.officer).get("/")
    assert response.context["desk"].awaiting == 1
    assert response.context["desk"].own == 0
    page = text_of(response)
    assert "Review 1 report" in page
    assert "Kyrgyzstan, Q4 2024" in page


def test_what_an_officer_had_a_hand_in_is_for_somebody_else(open_region: Region, sign_in):
    open_region.submit(open_region.kg, "2024-Q4", 5)
    ReportRevision.objects.filter(status="submitted").update(submitted_by=open_region.cast.officer)
    response = sign_in(open_region.cast.officer).get("/")
    assert response.context["desk"].own == 1
    assert "somebody else approves it" in text_of(response)


def test_drafts_are_not_among_the_latest_reports(open_region: Region, sign_in):
    open_region.submit(open_region.kg, "2024-Q4", 5)
    ReportRevision.objects.filter(status="submitted").update(status="draft", submitted_at=None)
    latest = sign_in(open_region.cast.officer).get("/").context["desk"].latest
    assert {revision.status for revision in latest} == {"approved"}


@pytest.mark.parametrize("who", ["viewer", "reporter", "officer", "head", "administrator"])
def test_everyone_finds_where_the_region_stands(region: Region, sign_in, who: str):
    response = sign_in(getattr(region.cast, who)).get("/")
    assert response.context["table"].everything.total == 1
    assert "Where the region stands" in text_of(response)
    assert "As of 31 Dec 2024, from approved reports." in text_of(response)


def test_everyone_finds_in_one_sentence_whether_the_region_is_on_course(region: Region, sign_in):
    page = text_of(sign_in(region.cast.officer).get("/"))
    assert "0 of 1 indicator that can be judged is achieved or on track." in page


@pytest.mark.parametrize(("who", "leads"), [("officer", True), ("administrator", True), ("viewer", False)])
def test_while_nothing_is_adopted_home_says_what_to_do(region: Region, sign_in, who: str, leads: bool):
    type(region.flow).objects.update(status="proposed")
    page = text_of(sign_in(getattr(region.cast, who)).get("/"))
    assert "1 indicator is proposed by this tracker and not adopted by IOM." in page
    assert ('href="/indicators/?status=proposed">Adopt indicators</a>' in page) is leads
    assert "that can be judged" not in page


def test_only_administrators_find_the_administration(region: Region, sign_in):
    for who, there in (("viewer", False), ("officer", False), ("administrator", True)):
        page = sign_in(getattr(region.cast, who)).get("/").content.decode()
        assert ('id="administration"' in page) is there


def test_the_page_says_how_complete_it_is(region: Region, sign_in):
    region.approve(region.kg, "2024-Q4", {region.flow: 1})
    page = text_of(sign_in(region.cast.viewer).get("/"))
    assert "For Q4 2024, 1 of 2 missions have their report approved." in page


@pytest.mark.parametrize("who", ["viewer", "lead", "officer"])
def test_the_number_of_queries_does_not_grow(open_region: Region, missions, sign_in, who: str):
    client = sign_in(getattr(open_region.cast, who))
    open_region.submit(open_region.tj, "2024-Q4", 1)

    def queries() -> int:
        client.get("/")  # the chart is drawn once and then kept
        with CaptureQueriesContext(connection) as asked:
            client.get("/")
        return len(asked)

    before = queries()
    for order in range(2, 21):
        stage.assign(stage.make_indicator(f"SP1-O1-I{order}"), open_region.kg)
    for code in ("2023-Q4", "2024-Q1", "2024-Q2", "2024-Q3"):
        stage.open_window(open_region.flow.strategy, code, today=timezone.localdate())
    open_region.submit(missions["IL"], "2024-Q4", 1)
    assert queries() == before
    assert before <= MOST_QUERIES
