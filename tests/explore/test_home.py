"""The first page, by role."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import stage
from tests.explore.conftest import Region
from tests.pages import MOST_QUERIES
from tracker.progress.models import ReportingPeriod, ReportRevision


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
