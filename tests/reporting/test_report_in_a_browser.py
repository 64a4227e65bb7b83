"""The form of a long report under the hands of a person with a keyboard, on a line that breaks."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests import stage
from tests.batches.fixtures import kept_files  # noqa: F401
from tests.documents import PDF
from tests.pages import give_password, sign_in
from tracker.framework.models import Indicator
from tracker.progress.models import CellValue, Evidence, IndicatorResult

pytestmark = pytest.mark.django_db(transaction=True)

URL = "/reporting/2024-Q4/KG/"

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
        level = {"measure": "number", "period_rule": "latest"} if number in (11, 12) else {}
        indicator = stage.make_indicator(f"SP1-O1-I{number}", name=f"Indicator {number}", **level)
        stage.assign(indicator, missions["KG"])
        if number == 20:
            stage.ask_by_sex(indicator)
    opened = browser.new_context(
        viewport={"width": 1280, "height": 500}, reduced_motion="reduce", base_url=live_server.url
    ).new_page()
    sign_in(opened, live_server.url, cast.reporter)
    opened.goto(URL)
    return opened


def box_of(page: Page, name: str) -> Locator:
    """The box of an indicator's amount."""
    return page.get_by_role("textbox", name=name, exact=True)


def tab_to(control: Locator) -> None:
    """Press Tab until this has the focus."""
    for _ in range(40):
        if control.evaluate("control => control === document.activeElement"):
            return
        control.page.keyboard.press("Tab")
    raise AssertionError(f"{control} is not reached by Tab")


def saved(page: Page) -> None:
    """Wait until the page says that all is saved."""
    expect(page.locator("#state")).to_have_text(re.compile(r"^Saved \d\d:\d\d$"))


def values() -> dict[str, int]:
    """What is stored, by the number of the indicator."""
    return {
        code.rpartition("I")[2]: int(value)
        for code, value in IndicatorResult.objects.filter(value__isnull=False).values_list(
            "indicator__code", "value"
        )
    }


def test_what_has_the_focus_is_covered_by_neither_the_head_nor_the_bar(page: Page):
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 600})
        box_of(page, "Indicator 0").focus()
        for key in ["Tab"] * 50 + ["Shift+Tab"] * 50:
            page.keyboard.press(key)
            assert page.evaluate(_IS_CLEAR), page.evaluate("document.activeElement.outerHTML")


def test_a_refused_save_has_the_focus_and_its_links_lead_into_the_boxes(
    page: Page, browser: Browser, live_server
):
    """Where nothing saves by itself."""
    plain = browser.new_context(
        viewport={"width": 1280, "height": 500},
        java_script_enabled=False,
        storage_state=page.context.storage_state(),
        base_url=live_server.url,
    ).new_page()
    plain.bring_to_front()
    plain.goto(URL)
    box_of(plain, "Indicator 20").fill("5")
    plain.get_by_role("button", name="Sex").click()
    box_of(plain, "Indicator 25").fill("many")
    plain.get_by_label("Female", exact=True).fill("-1")
    plain.get_by_role("button", name="Save draft").click()
    expect(plain).to_have_title("Error: Kyrgyzstan, Q4 2024 – Strategy results tracker")
    # Of two windows one alone is said to have the focus.
    assert plain.evaluate("document.activeElement.id") == "errors"
    for name, box in (
        ("Indicator 25", box_of(plain, "Indicator 25")),
        ("Indicator 20", plain.get_by_label("Female", exact=True)),
    ):
        plain.locator("#errors").get_by_role("link", name=name).click()
        assert box.evaluate("box => location.hash.slice(1) === box.id")
    assert values() == {"20": 5}


def test_a_period_is_filled_by_keyboard_on_a_line_that_breaks_and_with_a_second_tab_open(page: Page, cast):
    keys = page.keyboard
    second = page.context.new_page()
    second.goto(URL)
    # Down the column, as in a sheet: a zero is a zero, and what is left empty stays so.
    box_of(page, "Indicator 0").focus()
    for text in ("10", "1 234", "0", ""):
        keys.type(text)
        keys.press("Enter")
    expect(box_of(page, "Indicator 4")).to_be_focused()
    saved(page)
    assert values() == {"0": 10, "1": 1234, "2": 0}
    # To the side, into the comment, and back up.
    keys.press("ArrowRight")
    keys.press("ArrowRight")
    keys.type("Figures come in May")
    keys.press("Enter")
    keys.press("Escape")
    keys.press("ArrowUp")
    expect(page.get_by_role("textbox", name="Comment Indicator 4")).to_be_focused()
    expect(page.locator("[data-count=explained]")).to_have_text("1")
    # A block of a sheet: three rows of value and comment.
    box_of(page, "Indicator 5").focus()
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            document.activeElement.dispatchEvent(
                new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        "50\tfifty\r\n60\t\r\n\tonly a comment\r\n",
    )
    expect(page.locator("#pasted")).to_have_text("4 cells were pasted.")
    saved(page)
    assert {number: values().get(number) for number in ("5", "6", "7")} == {"5": 50, "6": 60, "7": None}
    # Breakdowns in place: what is left over is counted at once, and refused where it is too much.
    box_of(page, "Indicator 20").focus()
    keys.type("100")
    keys.press("F2")
    expect(page.get_by_label("Female", exact=True)).to_be_focused()
    keys.type("70")
    keys.press("Tab")
    keys.type("40")
    rest = page.locator("#i" + str(Indicator.objects.get(code="SP1-O1-I20").pk)).locator("output")
    expect(rest).to_have_text("10 more than the total")
    keys.press("F2")
    keys.press("Enter")
    expect(page.locator("#state")).to_have_text("Not everything is saved: look at what is marked.")
    expect(page.get_by_text("70 + 40 = 110, more than the total of 100")).to_be_visible()
    assert not CellValue.objects.exists()
    page.get_by_label("Male", exact=True).focus()
    keys.press("Control+a")
    keys.type("20")
    expect(rest).to_have_text("10")
    keys.press("F2")
    keys.press("Enter")
    saved(page)
    assert dict(CellValue.objects.values_list("cell__code", "value")) == {"female": 70, "male": 20}
    # Evidence of one row, a document and a link: what was typed is saved on the way, and the page leads back.
    proven = Indicator.objects.get(code="SP1-O1-I6")
    tools = page.locator(f"#tools-{proven.pk}")
    box_of(page, "Indicator 6").focus()
    keys.press("Control+a")
    keys.type("61")
    keys.press("F8")
    page.wait_for_url("**/evidence/?indicator=SP1-O1-I6#add-title")
    assert values()["6"] == 61
    tab_to(page.get_by_label("Belongs to"))
    expect(page.get_by_label("Belongs to")).to_have_value(str(proven.pk))
    tab_to(page.get_by_label("File"))
    page.get_by_label("File").set_input_files({"name": "minutes.pdf", "mimeType": "", "buffer": PDF})
    tab_to(page.get_by_role("button", name="Add", exact=True))
    keys.press("Enter")
    page.wait_for_url(f"**{URL}#i{proven.pk}")
    expect(page.get_by_role("status").first).to_contain_text("“minutes.pdf” is added.")
    tab_to(tools.get_by_role("button", name="1 piece of evidence, add more"))
    keys.press("Enter")
    tab_to(page.get_by_label("Link"))
    keys.type("https://example.org/minutes")
    keys.press("Enter")
    expect(tools.get_by_role("button", name="2 pieces of evidence, add more")).to_be_visible()
    assert set(Evidence.objects.values_list("indicator__code", "filename", "link")) == {
        ("SP1-O1-I6", "minutes.pdf", ""),
        ("SP1-O1-I6", "", "https://example.org/minutes"),
    }
    # The line breaks while two more are typed: they wait, and go when it is back; meanwhile nothing leads away.
    page.context.set_offline(True)
    box_of(page, "Indicator 8").focus()
    keys.type("80")
    keys.press("Enter")
    keys.type("90")
    keys.press("Enter")
    expect(page.locator("#state")).to_contain_text("No connection. What you typed is kept in this browser")
    keys.press("F8")
    assert page.url.endswith(f"{URL}#i{proven.pk}")
    assert "8" not in values()
    page.context.set_offline(False)
    saved(page)
    assert (values()["8"], values()["9"]) == (80, 90)
    # The second tab knows nothing of all that: what both changed is asked about, by keyboard.
    box_of(second, "Indicator 0").focus()
    second.keyboard.press("Control+a")
    second.keyboard.type("11")
    second.keyboard.press("Enter")
    expect(second.get_by_text("You wrote 11; Reporter saved 10")).to_be_visible()
    assert values()["0"] == 10
    second.get_by_label("Keep mine").focus()
    second.keyboard.press("Space")
    saved(second)
    assert values()["0"] == 11
    assert Axe().run(page).response["violations"] == []
    # What is left is explained, and the report handed in.
    first = next(number for number in range(30) if str(number) not in values() and number not in (4, 7))
    for number in range(first, 30):
        if str(number) not in values() and number not in (4, 7):
            page.get_by_role("textbox", name=f"Comment Indicator {number}", exact=True).focus()
            keys.type("None yet")
            keys.press("Enter")
    saved(page)
    expect(page.locator("[data-count=missing]")).to_have_text("0")
    page.get_by_role("button", name="Submit for review").focus()
    keys.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Submitted.")
    assert values() == {
        "0": 11, "1": 1234, "2": 0, "5": 50, "6": 61, "8": 80, "9": 90, "20": 100,
    }  # fmt: skip


def test_the_later_of_two_people_sees_both_values_and_takes_theirs_in_place(page: Page, open_tab, cast):
    indicator = Indicator.objects.get(code="SP1-O1-I7")
    open_tab(cast.colleague).enter(indicator, value="15").press()
    box_of(page, "Indicator 7").fill("12")
    page.keyboard.press("Enter")
    expect(page.get_by_text("You wrote 12; Colleague saved 15")).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    page.get_by_label("Take what Colleague saved").focus()
    page.keyboard.press("Space")
    expect(box_of(page, "Indicator 7")).to_have_value("15")
    saved(page)
    # What stands there now is what the next change is over.
    box_of(page, "Indicator 7").fill("16")
    page.keyboard.press("Enter")
    saved(page)
    assert values() == {"7": 16}


def test_leaving_with_something_that_is_not_saved_is_asked_about(page: Page):
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    box_of(page, "Indicator 3").fill("many")
    page.keyboard.press("Enter")
    expect(page.get_by_text("“many” is not a number")).to_be_visible()
    page.get_by_role("link", name="Framework").click()
    assert asked == ["beforeunload"]
    box_of(page, "Indicator 3").fill("3")
    page.keyboard.press("Enter")
    saved(page)
    page.get_by_role("link", name="Framework").click()
    page.wait_for_url("**/framework/")
    assert asked == ["beforeunload"]
    assert values() == {"3": 3}


def test_what_was_typed_without_a_connection_outlives_the_page(page: Page):
    page.on("dialog", lambda dialog: dialog.accept())
    page.route(
        "**" + URL, lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    box_of(page, "Indicator 3").fill("33")
    page.keyboard.press("Enter")
    expect(page.locator("#state")).to_contain_text("No connection.")
    page.goto("/framework/")
    assert values() == {}
    page.unroute("**" + URL)
    page.goto(URL)
    saved(page)
    expect(box_of(page, "Indicator 3")).to_have_value("33")
    assert values() == {"3": 33}


def test_cells_that_open_while_their_row_is_being_saved_are_saved_too(page: Page):
    held: list[Route] = []
    page.route(
        "**" + URL,
        lambda route: held.append(route) if route.request.method == "POST" else route.continue_(),
        times=1,
    )
    box_of(page, "Indicator 20").fill("100")
    page.get_by_role("button", name="Sex").click()
    page.get_by_label("Female", exact=True).fill("70")
    assert len(held) == 1
    held[0].continue_()
    page.keyboard.press("F2")
    page.keyboard.press("Enter")
    saved(page)
    assert dict(CellValue.objects.values_list("cell__code", "value")) == {"female": 70}
    page.get_by_label("Female", exact=True).fill("60")
    page.keyboard.press("F2")
    page.keyboard.press("Enter")
    saved(page)
    assert dict(CellValue.objects.values_list("cell__code", "value")) == {"female": 60}


def test_cells_that_were_typed_without_a_connection_outlive_the_page(page: Page):
    page.on("dialog", lambda dialog: dialog.accept())
    page.route(
        "**" + URL, lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    box_of(page, "Indicator 20").focus()
    page.keyboard.press("F2")
    page.get_by_label("Female", exact=True).fill("7")
    box_of(page, "Indicator 20").fill("9")
    page.keyboard.press("Enter")
    expect(page.locator("#state")).to_contain_text("No connection.")
    page.goto("/framework/")
    page.unroute("**" + URL)
    # Nor are they forgotten where their cells cannot be fetched.
    page.route("**" + URL + "?unfold=*", lambda route: route.abort())
    page.goto(URL)
    expect(page.locator("#state")).to_contain_text("No connection.")
    assert values() == {}
    # Of what is typed meanwhile, that stands which was typed last.
    box_of(page, "Indicator 20").fill("12")
    page.keyboard.press("Enter")
    saved(page)
    assert values() == {"20": 12}
    page.unroute("**" + URL + "?unfold=*")
    page.goto("/framework/")
    page.goto(URL)
    expect(page.get_by_label("Female", exact=True)).to_have_value("7")
    saved(page)
    assert values() == {"20": 12}
    assert dict(CellValue.objects.values_list("cell__code", "value")) == {"female": 7}


def test_after_the_session_has_ended_what_is_typed_is_kept_and_said_to_be(page: Page, live_server, cast):
    page.on("dialog", lambda dialog: dialog.accept())
    cookies = [each for each in page.context.cookies() if each["name"] != "sessionid"]
    page.context.clear_cookies()
    page.context.add_cookies(cookies)
    box_of(page, "Indicator 3").fill("33")
    page.keyboard.press("Enter")
    expect(page.locator("#state")).to_contain_text("You are signed out, so this is not saved.")
    page.locator("#state").get_by_role("link", name="sign in again").click()
    sign_in(page, live_server.url, cast.reporter)
    page.goto(URL)
    expect(box_of(page, "Indicator 3")).to_have_value("33")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_role("status").first).to_contain_text("1 result saved.")
    assert values() == {"3": 33}


def test_a_level_that_stayed_is_said_so_by_a_key(page: Page, missions, strategy, cast):
    indicator = Indicator.objects.get(code="SP1-O1-I11")
    stage.approve(missions["KG"], "2024-Q3", {indicator: 42}, reporter=cast.reporter, officer=cast.officer)
    page.reload()
    box_of(page, "Indicator 11").focus()
    page.keyboard.press("F4")
    expect(box_of(page, "Indicator 11")).to_have_value("42")
    row = IndicatorResult.objects.get(indicator=indicator, revision__report__period__code="2024-Q4")
    assert (row.value, row.is_carried) == (42, True)
