"""The pages to read on the screens people have: a phone, a tablet, a desk."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests import stage
from tests.explore import atlas
from tests.explore.conftest import Region, aim
from tests.pages import give_password, sign_in
from tracker.explore.reading import region_map as reading
from tracker.explore.views import countries, framework
from tracker.region.models import Country

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


@pytest.mark.parametrize("width", [PHONE, 1280])
def test_what_was_not_written_out_comes_when_an_objective_is_opened_by_keyboard(
    open_page, width: int, monkeypatch
):
    monkeypatch.setattr(framework, "MOST_WRITTEN", 10)
    page = open_page(width)
    page.goto("/framework/?period=2021-Q4#SP1")
    head = page.locator("details.leaf > summary")
    row = page.get_by_role("link", name="People reached by measure 17", exact=False)
    expect(row).to_have_count(0)
    head.focus()
    page.keyboard.press("Enter")
    expect(row).to_be_visible()
    expect(head).to_be_focused()
    # It came once; folded and opened again it is still there.
    page.keyboard.press("Enter")
    expect(row).not_to_be_visible()
    page.keyboard.press("Enter")
    expect(row).to_be_visible()
    expect(page.locator(".leaf table")).to_have_count(1)


def test_without_scripts_the_way_to_what_was_not_written_out_is_a_link(open_page, monkeypatch):
    monkeypatch.setattr(framework, "MOST_WRITTEN", 10)
    page = open_page(1280, java_script_enabled=False)
    page.goto("/framework/?period=2021-Q4&status=no_data")
    page.locator("details.leaf > summary").click()
    page.get_by_role("link", name="All about SP1-O1, with these 29 indicators").click()
    expect(page.get_by_text("29 of 30 indicators")).to_be_visible()
    expect(page.get_by_role("link", name="People reached by measure 17", exact=False)).to_be_visible()


def test_a_priority_of_a_country_brings_its_indicators_when_it_is_opened(open_page, monkeypatch):
    monkeypatch.setattr(countries, "MOST_WRITTEN", 10)
    page = open_page(1280)
    page.goto("/countries/KG/?period=2021-Q4")
    row = page.get_by_role("link", name="People reached by measure 17", exact=False)
    expect(row).to_have_count(0)
    page.locator("#SP1 > summary").click()
    expect(row).to_be_visible()
    expect(page.get_by_text("Show its 30 indicators")).not_to_be_visible()


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


def test_a_list_is_sorted_on_a_phone_too(open_page):
    page = open_page(PHONE)
    page.goto("/indicators/")
    page.get_by_role("link", name="Unit", exact=True).click()
    expect(page).to_have_url(re.compile(r"\?sort=unit$"))
    box = page.locator("thead a", has_text="Unit").bounding_box()
    assert box is not None
    assert box["height"] >= 24
    # What cannot be sorted by is no heading of anything on a phone.
    page.goto("/references/?q=nothing+like+it")
    expect(page.locator("thead")).not_to_be_visible()


def test_an_activity_that_is_typed_is_not_left_by_mistake(region: Region, live_server, browser: Browser):
    give_password(region.cast.reporter)
    page = browser.new_context(viewport={"width": PHONE, "height": 800}, base_url=live_server.url).new_page()
    sign_in(page, live_server.url, region.cast.reporter)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.goto("/activities/new/?mission=KG")
    box, state = page.get_by_label("Title"), page.locator("#state")
    expect(state).to_have_text("Nothing is saved yet.")
    box.press_sequentially("Training")
    expect(state).to_have_text("What you typed is not saved yet.")
    page.get_by_role("link", name="Framework", exact=True).click()
    expect(box).to_have_value("Training")
    assert asked == ["beforeunload"]
    # What came back with an error is not saved either.
    page.get_by_label("Budget").fill("much")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was saved yet.")
    expect(state).to_have_text("What you typed is not saved yet.")
    page.get_by_role("link", name="Leave without saving").click()
    page.wait_for_url("**/activities/")
    assert asked == ["beforeunload"]


def test_no_name_however_long_widens_a_phone(open_page, region: Region):
    endless = "Берилгенжардамменсапаттыкокрумдолжныбытьвсегдадоступны"
    atlas.make_activity("KG-1", region.kg, f"{endless} {endless}", objectives=("SP1-O1",))
    page = open_page(PHONE)
    for address in (
        "/activities/",
        "/activities/KG-1/",
        "/objectives/SP1-O1/",
        "/countries/KG/",
        "/countries/",
    ):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE, address


@pytest.fixture
def leading_tiles(region: Region, monkeypatch) -> None:
    """Two countries with their places in the map, and a page for every country."""
    Country.objects.filter(iso2="KG").update(tile_row=1, tile_column=9)
    Country.objects.filter(iso2="TJ").update(tile_row=2, tile_column=9)
    monkeypatch.setattr(reading, "page_of", lambda name, code: f"/framework/?q={code}")


@pytest.mark.parametrize("width", [PHONE, 1280])
def test_a_tile_can_be_hit_and_leads_to_its_country(leading_tiles, open_page, width: int):
    page = open_page(width)
    page.goto("/?map=gcm-vote")
    tiles = page.locator("svg.tiles a")
    assert tiles.count() == 3
    for tile in tiles.all():
        box = tile.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
    assert Axe().run(page).response["violations"] == []
    page.get_by_role("link", name="KG Kyrgyzstan: Not listed").click()
    expect(page).to_have_url(re.compile(r"/framework/\?q=KG$"))


def test_tiles_are_reached_by_keyboard_from_north_to_south_and_seen_to_be(leading_tiles, open_page):
    page = open_page(1280)
    page.goto("/?map=gcm-vote")
    page.locator("#of-map").focus()
    page.keyboard.press("Tab")
    seen = []
    for _ in range(3):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.querySelector('text').textContent"))
        assert (
            page.evaluate("getComputedStyle(document.activeElement.querySelector('rect')).strokeWidth")
            == "3px"
        )
    assert seen == ["KG", "TJ", "IL"]
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/framework/\?q=IL$"))


def test_the_map_is_chosen_without_scripts(leading_tiles, open_page):
    page = open_page(PHONE, java_script_enabled=False)
    page.goto("/")
    page.get_by_label("On the map").select_option("Migration network")
    page.locator("#region-map").get_by_role("button", name="Show").click()
    expect(page.locator("#region-map h3")).to_have_text("Migration network")
    expect(page).to_have_url(re.compile(r"/\?map=migration-network#region-map$"))
