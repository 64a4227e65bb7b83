"""The form of a long report under the hands of a person with a keyboard."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests import stage
from tests.pages import give_password, sign_in
from tracker.framework.models import Indicator
from tracker.progress.models import IndicatorResult

pytestmark = pytest.mark.django_db(transaction=True)

# Whether what has the focus is wholly between the table's head, where that sticks, and the bar below.
_IS_CLEAR = """() => {
    const focused = document.activeElement, at = focused.getBoundingClientRect();
    const bar = document.querySelector(".bar"), head = document.querySelector("thead").getBoundingClientRect();
    const top = head.top < 1 && head.bottom > 1 && innerWidth > 700 ? head.bottom : 0;
    return bar.contains(focused) || (at.top >= top && at.bottom <= bar.getBoundingClientRect().top);
}"""


@pytest.fixture
def page(strategy, missions, cast, open_period, live_server, browser: Browser) -> Page:
    """A report of thirty indicators in a low window; nothing moves slowly."""
    give_password(cast.reporter)
    for number in range(30):
        indicator = stage.make_indicator(f"SP1-O1-I{number}", name=f"Indicator {number}")
        stage.assign(indicator, missions["KG"])
        if number == 20:
            stage.ask_by_sex(indicator)
    opened = browser.new_context(
        viewport={"width": 1280, "height": 500}, reduced_motion="reduce", base_url=live_server.url
    ).new_page()
    sign_in(opened, live_server.url, cast.reporter)
    opened.goto("/reporting/2024-Q4/KG/")
    return opened


def test_what_has_the_focus_is_covered_by_neither_the_head_nor_the_bar(page: Page):
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 600})
        box_of(page, "Indicator 0").focus()
        for key in ["Tab"] * 50 + ["Shift+Tab"] * 50:
            page.keyboard.press(key)
            assert page.evaluate(_IS_CLEAR), page.evaluate("document.activeElement.outerHTML")


def test_a_refused_save_has_the_focus_and_its_links_lead_into_the_boxes(page: Page):
    box_of(page, "Indicator 25").fill("many")
    box_of(page, "Indicator 20").fill("5")
    page.locator("summary", has_text="Sex").click()
    page.get_by_label("Female", exact=True).fill("-1")
    page.get_by_role("button", name="Save draft").click()
    expect(page).to_have_title("Error: Kyrgyzstan, Q4 2024 – Strategy results tracker")
    expect(page.locator("#errors")).to_be_focused()
    for name, label in (("Indicator 25", "Indicator 25"), ("Indicator 20", "Female")):
        page.locator("#errors").get_by_role("link", name=name).click()
        expect(page.get_by_label(label, exact=True)).to_be_focused()
        assert page.evaluate(_IS_CLEAR)
    assert Axe().run(page).response["violations"] == []


def test_leaving_with_something_typed_is_asked_about_and_saving_is_not(page: Page):
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    box, state = box_of(page, "Indicator 3"), page.locator("#state")
    expect(state).to_contain_text("Nothing is saved yet.")
    box.press_sequentially("12")
    expect(state).to_contain_text("What you typed is not saved yet.")
    page.get_by_role("link", name="Framework").click()
    expect(box).to_have_value("12")
    assert asked == ["beforeunload"]
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_role("status")).to_contain_text("1 result saved.")
    expect(state).to_contain_text("An empty cell is “not reported”")
    # Typed and taken back: nothing is lost by leaving.
    box.press_sequentially("3")
    box.fill("12")
    page.get_by_role("link", name="Framework").click()
    page.wait_for_url("**/framework/")
    assert asked == ["beforeunload"]
    assert IndicatorResult.objects.get().value == 12


def test_two_people_choose_by_keyboard_and_the_page_is_open_to_everyone(page: Page, open_tab, cast):
    indicator = Indicator.objects.get(code="SP1-O1-I7")
    open_tab(cast.colleague).enter(indicator, value="15").press()
    box_of(page, "Indicator 7").fill("12")
    page.get_by_role("button", name="Save draft").click()
    page.locator("#errors").get_by_role("link", name="Indicator 7").click()
    expect(page.locator("fieldset.clash")).to_be_focused()
    assert page.evaluate(_IS_CLEAR)
    assert Axe().run(page).response["violations"] == []
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_label("Keep mine")).to_be_checked()
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_role("status")).to_contain_text("1 result saved.")
    assert IndicatorResult.objects.get().value == 12
