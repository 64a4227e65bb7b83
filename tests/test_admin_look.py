"""How the administration looks: marked as a demonstration, with the tracker's picture, usable on a phone."""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser

from tests import stage
from tests.conftest import Cast
from tests.pages import give_password, sign_in
from tracker.common.favicon import PICTURE
from tracker.framework.models import Indicator

BAND = "Demonstration data. The figures are invented."
PHONE = 390


@pytest.mark.django_db
@pytest.mark.parametrize("invented", [True, False])
def test_the_administration_says_that_its_figures_are_invented(
    cast: Cast, strategy, client: Client, invented
):
    strategy.holds_demonstration = invented
    strategy.save()
    client.force_login(cast.administrator)
    for name in ("index", "tracker_indicator_changelist", "tracker_baseline_import"):
        assert (BAND in client.get(reverse(f"admin:{name}")).content.decode()) == invented


@pytest.mark.django_db
def test_pages_and_administration_have_the_same_picture(cast: Cast, strategy, client: Client):
    client.force_login(cast.administrator)
    for address in ("/", "/admin/"):
        page = client.get(address).content.decode()
        assert '<link rel="icon" type="image/svg+xml" href="/static/tracker/favicon.svg">' in page
    answer = client.get("/favicon.ico")
    assert answer.content == PICTURE.read_bytes()
    assert answer.content.startswith(b"<svg ")
    assert (answer.headers["Content-Type"], answer.headers["Cache-Control"]) == (
        "image/svg+xml", "public, max-age=86400",
    )  # fmt: skip


@pytest.fixture
def indicator(strategy, missions, cast: Cast) -> Indicator:
    strategy.holds_demonstration = True
    strategy.save()
    made = stage.make_indicator(
        name="A very long name of an indicator that goes on and on, as names in this field do " * 3,
        unit="persons_in_one_word_that_a_page_cannot_break_anywhere",
    )
    stage.ask_by_sex(made)
    stage.assign(made, missions["KG"])
    stage.approve(missions["KG"], "2024-Q1", {made: 5}, reporter=cast.reporter, officer=cast.officer)
    return made


@pytest.mark.django_db(transaction=True)
def test_no_page_of_the_administration_is_wider_than_a_phone(
    cast: Cast, indicator, live_server, browser: Browser, tmp_path
):
    give_password(cast.administrator)
    breakdown = indicator.asks.get().breakdown
    page = browser.new_page(viewport={"width": PHONE, "height": 800})
    sign_in(page, live_server.url, cast.administrator)
    found = []

    def look(what: str) -> None:
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > PHONE:
            found.append(f"{what}: {wide} pixels")

    for name, arguments in (
        ("index", []),
        ("tracker_indicator_changelist", []),
        ("tracker_indicator_change", [indicator.pk]),
        ("tracker_breakdown_change", [breakdown.pk]),
        ("tracker_membership_changelist", []),
        ("tracker_membership_add", []),
        ("tracker_reportrevision_changelist", []),
        ("tracker_indicatorresultevent_changelist", []),
        ("tracker_baseline_import", []),
    ):
        page.goto(live_server.url + reverse(f"admin:{name}", args=arguments))
        look(name)
    for sheet, rows in (
        ("errors", "SP1-O1-I1,KG,a_word_that_is_no_number_and_that_no_page_can_break_anywhere_in_it"),
        ("changes", "SP1-O1-I1,KG,12"),
    ):
        path = tmp_path / f"{sheet}.csv"
        path.write_text(f"indicator,mission,baseline_value,baseline_source\n{rows},{'Matrix_' * 20}\n")
        page.goto(live_server.url + reverse("admin:tracker_baseline_import"))
        page.get_by_label("Workbook").set_input_files(path)
        page.get_by_role("button", name="Check the file").click()
        page.locator(f"#import-{sheet}").wait_for()
        look(sheet)
    assert found == []
    page.close()
