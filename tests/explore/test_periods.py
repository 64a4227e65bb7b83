"""Which period the pages show unless asked for another, and how they lead to the one that is running."""

from datetime import date

import pytest
from django.utils import timezone

from tests import stage
from tests.explore.conftest import Region
from tracker.explore.reading.periods import Periods, read_periods
from tracker.framework.models import Strategy
from tracker.progress.models import ReportingPeriod, ReportRevision


def periods_of(strategy: Strategy) -> Periods:
    found = read_periods(strategy, today=date.today())
    assert found is not None
    return found


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def running(region: Region) -> Region:
    """The window of Q4 2024 is open; Kyrgyzstan and Tajikistan owe a report."""
    stage.open_window(region.flow.strategy, "2024-Q4", today=date.today())
    return region


def test_a_closed_period_is_shown_however_few_reports_it_has(region: Region):
    periods = periods_of(region.flow.strategy)
    assert (periods.usual.code, periods.running, periods.ahead) == ("2024-Q4", {}, None)


def test_while_a_period_runs_the_last_finished_one_is_shown(running: Region):
    running.approve(running.kg, "2024-Q4", {running.flow: 1})
    periods = periods_of(running.flow.strategy)
    assert periods.usual.code == "2024-Q3"
    assert periods.ahead is not None
    assert (periods.ahead.period.code, periods.ahead.approved, periods.ahead.due) == ("2024-Q4", 1, 2)


def test_a_period_is_finished_before_its_window_closes_once_every_report_is_approved(running: Region):
    for mission in (running.kg, running.tj):
        running.approve(mission, "2024-Q4", {running.flow: 1})
    periods = periods_of(running.flow.strategy)
    assert (periods.usual.code, periods.ahead) == ("2024-Q4", None)


def test_a_withdrawn_report_makes_it_unfinished_again(running: Region):
    for mission in (running.kg, running.tj):
        running.approve(mission, "2024-Q4", {running.flow: 1})
    ReportRevision.objects.filter(report__period__code="2024-Q4", report__mission=running.kg).update(
        withdrawn_at=timezone.now(), withdrawn_by=running.cast.officer, withdrawn_reason="A wrong total."
    )
    assert periods_of(running.flow.strategy).usual.code == "2024-Q3"


def test_in_the_trackers_first_quarter_the_running_one_is_shown(strategy, missions, cast, sign_in):
    """Nothing was ever approved for a finished period: there is nothing to look back at."""
    flow = stage.make_indicator()
    stage.assign(flow, missions["KG"], missions["TJ"])
    stage.open_window(strategy, "2024-Q4", today=date.today())
    stage.approve(missions["TJ"], "2024-Q4", {flow: 300}, reporter=cast.stranger, officer=cast.officer)
    periods = periods_of(strategy)
    assert (periods.usual.code, periods.ahead) == ("2024-Q4", None)
    page = text_of(sign_in(cast.viewer).get("/framework/"))
    assert "Q4 2024 is running:</strong> 1 of 2 reports approved." in page
    assert "the last finished one" not in page


def test_before_the_first_window_there_is_none(strategy):
    ReportingPeriod.objects.all().delete()
    assert read_periods(strategy, today=date.today()) is None


# On the pages -------------------------------------------------------------------------------------

PAGES = ["/framework/", "/objectives/SP1-O1/", "/indicators/SP1-O1-I1/"]


@pytest.mark.parametrize("address", ["/", *PAGES])
def test_every_page_leads_to_the_running_period_and_says_how_far_it_is(
    running: Region, sign_in, address: str
):
    response = sign_in(running.cast.viewer).get(address)
    assert response.context["choice"].period.code == "2024-Q3"
    page = text_of(response)
    assert "As of 30 Sep 2024, from approved reports." in page
    assert "Q4 2024 is running:</strong> 0 of 2 reports approved." in page
    there = "/framework/" if address == "/" else ""
    assert f'<a href="{there}?period=2024-Q4">Show Q4 2024</a>' in page


@pytest.mark.parametrize("address", PAGES)
def test_the_running_period_is_called_so_and_leads_back(running: Region, sign_in, address: str):
    response = sign_in(running.cast.viewer).get(f"{address}?period=2024-Q4")
    assert response.context["choice"].period.code == "2024-Q4"
    page = text_of(response)
    assert "Q4 2024 is running:</strong> 0 of 2 reports approved." in page
    assert "What is not approved yet is missing from these figures." in page
    assert '<a href="?period=2024-Q3">Show Q3 2024, the last finished one</a>' in page


@pytest.mark.parametrize("asked", ["", "?period=2031-Q9"])
def test_the_control_says_which_period_is_shown(running: Region, sign_in, asked: str):
    page = text_of(sign_in(running.cast.viewer).get(f"/framework/{asked}"))
    assert '<option value="2024-Q4">Q4 2024 (running)</option>' in page
    assert '<option value="2024-Q3" selected>Q3 2024</option>' in page


def test_a_missions_page_says_how_far_its_own_report_is(running: Region, sign_in):
    running.approve(running.kg, "2024-Q4", {running.flow: 1})
    client = sign_in(running.cast.officer)
    said = "Q4 2024 is running:</strong> the report of {}"
    assert said.format("Kyrgyzstan is approved.") in text_of(client.get("/framework/?mission=KG"))
    assert said.format("Tajikistan is not approved yet.") in text_of(client.get("/framework/?mission=TJ"))


def test_what_else_was_asked_goes_along(running: Region, sign_in):
    page = text_of(sign_in(running.cast.officer).get("/framework/?mission=KG&provisional=on"))
    assert '<a href="?mission=KG&amp;provisional=on&amp;period=2024-Q4">Show Q4 2024</a>' in page


def test_the_period_goes_along_from_page_to_page(running: Region, sign_in):
    client = sign_in(running.cast.viewer)
    asked = "?period=2021-Q4"
    assert f'href="/objectives/SP1-O1/{asked}"' in text_of(client.get(f"/framework/{asked}"))
    assert f'href="/indicators/SP1-O1-I1/{asked}"' in text_of(client.get(f"/objectives/SP1-O1/{asked}"))
    page = text_of(client.get(f"/indicators/SP1-O1-I1/{asked}"))
    for place in ("/framework/{}", "/framework/{}&amp;priority=SP1#indicators", "/objectives/SP1-O1/{}"):
        assert f'href="{place.format(asked)}"' in page
