"""The pages to read on the screens people have: a phone, a tablet, a desk."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import stage
from tests.explore.conftest import Region, aim
from tests.pages import give_password, sign_in

pytestmark = pytest.mark.django_db(transaction=True)

PHONE, TABLET = 390, 720


@pytest.fixture
def open_page(region: Region, live_server, browser: Browser) -> Callable[..., Page]:
    """A viewer's page of a certain width; the region has thirty indicators with targets."""
    give_password(region.cast.viewer)
    for number in range(2, 31):
        added = stage.make_indicator(f"SP1-O1-I{number}", name=f"People reached by measure {number}")
        stage.assign(added, region.kg)
        aim(added, region.kg, date(2024, 12, 31), 10 * number)

    def of_width(width: int, **options: Any) -> Page:
        page = browser.new_context(
            viewport={"width": width, "height": 800},
            base_url=live_server.url,
            reduced_motion="reduce",
            **options,
        ).new_page()
        sign_in(page, live_server.url, region.cast.viewer)
        return page

    return of_width


def test_on_a_phone_the_framework_begins_folded_and_says_what_is_in_it(open_page):
    page = open_page(PHONE)
    page.goto("/framework/?period=2021-Q4")
    indicator = page.get_by_role("link", name="Migrants assisted")
    expect(indicator).not_to_be_visible()
    part = page.locator("summary", has_text="First priority")
    expect(part).to_contain_text("1 at risk")
    part.click()
    expect(indicator).to_be_visible()
    page.goto("/framework/?period=2021-Q4&status=at_risk")
    expect(indicator).to_be_visible()


def test_without_scripts_nothing_is_folded(open_page):
    page = open_page(PHONE, java_script_enabled=False)
    page.goto("/framework/?period=2021-Q4")
    expect(page.get_by_role("link", name="Migrants assisted")).to_be_visible()


def test_a_folded_objective_opens_without_scripts(open_page):
    for number in range(31, 46):
        stage.make_indicator(f"SP1-O1-I{number}")
    page = open_page(1280, java_script_enabled=False)
    page.goto("/framework/?period=2021-Q4")
    indicator = page.get_by_role("link", name="Migrants assisted")
    expect(indicator).not_to_be_visible()
    page.locator("summary", has_text="First objective").click()
    expect(indicator).to_be_visible()
    page.locator("summary", has_text="Resilience").click()
    expect(indicator).not_to_be_visible()


def test_the_whole_course_is_in_sight_on_a_phone(open_page):
    page = open_page(PHONE)
    page.goto("/indicators/SP1-O1-I1/?period=2021-Q4")
    (chart,) = (box for drawn in page.locator(".chart svg").all() if (box := drawn.bounding_box()))
    assert chart["x"] >= 0
    assert chart["x"] + chart["width"] <= PHONE


@pytest.mark.parametrize("width", [TABLET, 820, 1280])
def test_the_head_of_the_long_table_stays_in_sight(open_page, width: int):
    page = open_page(width)
    page.goto("/framework/?period=2021-Q4")
    page.get_by_role("link", name="People reached by measure 25").scroll_into_view_if_needed()
    head = page.locator("table.standings thead th").first.bounding_box()
    assert head is not None
    assert head["y"] == pytest.approx(0, abs=1)
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_what_has_the_focus_is_not_under_a_head_that_sticks(open_page):
    for width in (PHONE, 1280):
        page = open_page(width)
        page.goto("/framework/?period=2021-Q4&priority=SP1")
        page.get_by_role("link", name="People reached by measure 28").focus()
        for _ in range(20):
            page.keyboard.press("Shift+Tab")
            at = page.evaluate("document.activeElement.getBoundingClientRect().top")
            bottom = page.evaluate(
                """() => Math.max(0, ...[...document.querySelectorAll(".standings thead th, tr.subgroup")]
                    .filter(head => getComputedStyle(head).position === "sticky")
                    .map(head => head.getBoundingClientRect())
                    .filter(head => head.top < 1 && head.left >= 0).map(head => head.bottom))"""
            )
            assert at >= bottom


def test_a_part_of_a_country_opens_when_the_address_names_it(open_page):
    page = open_page(PHONE)
    page.goto("/countries/KG/?period=2021-Q4")
    indicator = page.get_by_role("link", name="Migrants assisted")
    expect(indicator).not_to_be_visible()
    page.goto("/countries/KG/?period=2021-Q4#SP1")
    expect(indicator).to_be_visible()


def test_without_scripts_a_part_of_a_country_opens_by_its_head(open_page):
    page = open_page(PHONE, java_script_enabled=False)
    page.goto("/countries/KG/?period=2021-Q4")
    page.locator("summary", has_text="First priority").click()
    expect(page.get_by_role("link", name="Migrants assisted")).to_be_visible()
