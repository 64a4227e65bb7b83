"""The main job, in a real browser with real workers: a mission logs a period's progress, an officer approves
it, the region's figures move, and the periodic reports come out by themselves.
"""

import io
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests import stage
from tests.pages import give_password, sign_in
from tests.workers import beat, wait_until, workers
from tracker.access.models import User
from tracker.progress.models import IndicatorResult, Target
from tracker.reports.models import Edition, ReportSchedule


@pytest.fixture
def world(strategy, missions, cast, open_period):
    """Tajikistan's report is approved; Kyrgyzstan's is due: a flow by sex, a share, a stage."""
    give_password(cast.reporter, cast.officer)
    flow = stage.make_indicator("SP1-O1-I1", name="Migrants assisted")
    stage.ask_by_sex(flow)
    share = stage.make_indicator(
        "SP1-O1-I2", name="Returnees in work", unit="% of surveyed", measure="percentage",
        period_rule="latest", counts="stock", decimals=1,
    )  # fmt: skip
    law = stage.make_indicator(
        "SP1-O1-I3", name="Migration law", unit="stage", measure="stage", period_rule="latest",
        mission_rule="count_reached", counts="items", stages=["Not started", "Drafted", "Adopted"],
    )  # fmt: skip
    for indicator in (flow, share, law):
        stage.assign(indicator, missions["KG"], missions["TJ"])
    for code in ("KG", "TJ"):
        Target.objects.create(indicator=flow, mission=missions[code], due_on="2024-12-31", value=500)
    stage.approve(
        missions["TJ"], "2024-Q4", {flow: 300, share: (10, 40), law: 1},
        reporter=cast.stranger, officer=cast.second_officer,
    )  # fmt: skip
    for kind in ("mission_quarterly", "regional_quarterly"):
        ReportSchedule.objects.create(kind=kind, switched_on_at=timezone.now() - timedelta(hours=1))
    return open_period


@pytest.mark.django_db(transaction=True)
def test_the_whole_cycle(world, live_server, browser: Browser, cast, tmp_path: Path):
    base = live_server.url
    with workers(tmp_path) as start_worker, beat(tmp_path):
        start_worker()
        reporter = browser.new_context().new_page()
        report_progress(reporter, base, cast.reporter)

        officer = browser.new_context().new_page()
        sign_in(officer, base, cast.officer)
        assert figure_of(officer, base, "Migrants assisted") == "300"
        send_back(officer)
        answer(reporter)
        approve(officer)
        assert figure_of(officer, base, "Migrants assisted") == "750"

        # Nobody asks for them: beat finds the period complete.
        wait_until(lambda: Edition.objects.filter(made_at__isnull=False).count() == 3, seconds=60)
        read_the_report(officer, base)


def report_progress(page: Page, base: str, person: User) -> None:
    sign_in(page, base, person)
    page.get_by_role("link", name="Reporting").click()
    page.get_by_role("link", name="Begin").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kyrgyzstan, Q4 2024")

    # A slip: more of a part than of the whole. Nothing typed is lost, and what fits is saved.
    state = page.locator("#state")
    assisted = page.get_by_role("textbox", name="Migrants assisted", exact=True)
    assisted.fill("430")
    page.get_by_role("button", name="Sex").click()
    page.get_by_label("Female", exact=True).fill("230")
    page.get_by_label("Male", exact=True).fill("220")
    page.get_by_role("textbox", name="Returnees in work numerator").fill("30")
    page.get_by_role("textbox", name="Returnees in work denominator").fill("40")
    page.keyboard.press("Tab")
    expect(page.get_by_text("By sex: 230 + 220 = 450, more than the total of 430.")).to_be_visible()
    expect(state).to_have_text("Not everything is saved: look at what is marked.")
    expect(page.get_by_label("Female", exact=True)).to_have_value("230")

    assisted.fill("460")
    page.get_by_role("combobox", name="Migration law", exact=True).select_option(label="Drafted")
    expect(state).to_have_text(re.compile(r"^Saved \d\d:\d\d$"))
    assert IndicatorResult.objects.filter(entered_by=person).count() == 3
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_text("Submitted. An M&E officer will review it")).to_be_visible()
    expect(assisted).to_have_count(0)


def figure_of(page: Page, base: str, indicator: str) -> str:
    """The value that the framework page shows for the region."""
    page.goto(f"{base}/framework/")
    return read_figure(page, indicator)


def read_figure(page: Page, indicator: str) -> str:
    row = page.get_by_role("row").filter(has_text=indicator)
    return row.locator("[data-label='Actual']").inner_text().split("\n")[0].strip()


def send_back(page: Page) -> None:
    page.get_by_role("link", name="Review").click()
    page.get_by_role("link", name="Kyrgyzstan, Q4 2024").click()
    page.locator("form", has=page.get_by_role("button", name="Return to mission")).get_by_label(
        "Comment"
    ).fill("Please check the total against the register.")
    page.get_by_role("button", name="Return to mission").click()
    expect(page.get_by_role("status")).to_contain_text("Returned.")


def answer(page: Page) -> None:
    page.get_by_role("link", name="Reporting").first.click()
    expect(page.get_by_role("main")).to_contain_text("Please check the total against the register.")
    page.get_by_role("link", name="Answer").click()
    page.get_by_role("textbox", name="Migrants assisted", exact=True).fill("450")
    page.keyboard.press("Enter")
    expect(page.locator("#state")).to_have_text(re.compile(r"^Saved \d\d:\d\d$"))
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_text("Submitted. An M&E officer will review it")).to_be_visible()


def approve(page: Page) -> None:
    page.get_by_role("link", name="Review").first.click()
    page.get_by_role("link", name="Kyrgyzstan, Q4 2024").click()
    expect(page.get_by_role("main")).to_contain_text("450")
    page.get_by_role("button", name="Approve report").click()
    expect(page.get_by_role("status")).to_contain_text("Approved.")
    page.get_by_role("link", name="See the region as of Q4 2024").click()
    assert read_figure(page, "Migrants assisted") == "750"


def read_the_report(page: Page, base: str) -> None:
    page.goto(f"{base}/reports/")
    page.get_by_role("link", name="The region", exact=True).click()
    assert "DRAFT" in download(page)
    page.get_by_role("button", name="Release report").click()
    expect(page.get_by_role("status")).to_contain_text("Released.")
    text = download(page)
    assert "DRAFT" not in text
    assert "Migrants assisted" in text
    assert "750" in text


def download(page: Page) -> str:
    with page.expect_download() as waiting:
        page.get_by_role("link", name="PDF", exact=True).click()
    content = Path(waiting.value.path()).read_bytes()
    return "\n".join(part.extract_text() for part in PdfReader(io.BytesIO(content)).pages)
