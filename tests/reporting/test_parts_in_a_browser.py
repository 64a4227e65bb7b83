"""The narrative and the activities of a report in a browser: they save by themselves, and say what did not go."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests import stage
from tests.pages import give_password, sign_in
from tracker.progress.models import ActivityUpdate, NarrativePart

pytestmark = pytest.mark.django_db(transaction=True)

NARRATIVE = "/reporting/2024-Q4/KG/narrative/"
ACTIVITIES = "/reporting/2024-Q4/KG/activities/"
SAVED = re.compile(r"^\s*Saved \d\d:\d\d\s*$")


@pytest.fixture
def page(strategy, missions, cast, open_period, live_server, browser: Browser) -> Page:
    """The mission has two activities; who reports is signed in."""
    give_password(cast.reporter)
    for code in ("KG-1", "KG-2"):
        stage.make_activity(code, missions["KG"], currency="EUR", budget=1000)
    opened = browser.new_context(
        viewport={"width": 1280, "height": 800}, reduced_motion="reduce", base_url=live_server.url
    ).new_page()
    sign_in(opened, live_server.url, cast.reporter)
    return opened


def told() -> dict[str, str]:
    """What may be quoted, by section, as it is stored."""
    return dict(NarrativePart.objects.values_list("section", "quotable"))


def test_a_narrative_saves_by_itself_keeps_what_a_broken_line_holds_up_and_asks_where_two_tabs_differ(
    page: Page,
):
    page.goto(NARRATIVE)
    second = page.context.new_page()
    second.goto(NARRATIVE)
    keys, state = page.keyboard, page.locator("#state")
    achievements = page.get_by_label("May be quoted (Achievements)")
    # What is left is saved, and says when.
    achievements.focus()
    keys.type("Open day in Osh")
    expect(state).to_have_text("What you typed is not saved yet.")
    keys.press("Tab")
    expect(state).to_have_text(SAVED)
    expect(page.locator("#said-achievements")).to_have_text(SAVED)
    expect(page.get_by_role("link", name="Narrative")).to_have_text(re.compile(r"Narrative\s+1 of 3"))
    assert told() == {"achievements": "Open day in Osh"}
    # The line breaks: what was typed stays, is said not to be saved, and is not left behind unasked.
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.context.set_offline(True)
    challenges = page.get_by_label("May be quoted (Challenges)")
    challenges.focus()
    keys.type("Roads were closed")
    keys.press("Tab")
    expect(state).to_contain_text("No connection. What you typed stays on this page")
    expect(challenges).to_have_value("Roads were closed")
    page.get_by_role("link", name="Framework").click()
    assert asked == ["beforeunload"]
    assert "challenges" not in told()
    page.context.set_offline(False)
    expect(state).to_have_text(SAVED)
    assert told()["challenges"] == "Roads were closed"
    # A second tab from before all that changes the first section: both texts are shown, and one is chosen.
    theirs = second.get_by_label("May be quoted (Achievements)")
    theirs.focus()
    second.keyboard.type("Open day in Batken")
    second.keyboard.press("Tab")
    expect(second.locator("#state")).to_have_text("Not saved: look at what is marked.")
    said = second.locator("#said-achievements")
    expect(said).to_contain_text("You wrote “Open day in Batken”; Reporter saved “Open day in Osh”")
    expect(theirs).to_have_value("Open day in Batken")
    assert told()["achievements"] == "Open day in Osh"
    assert Axe().run(second).response["violations"] == []
    second.get_by_label("Keep mine").focus()
    second.keyboard.press("Space")
    second.get_by_role("button", name="Save").focus()
    second.keyboard.press("Enter")
    expect(second.get_by_role("status").first).to_contain_text("1 section saved.")
    assert told() == {"achievements": "Open day in Batken", "challenges": "Roads were closed"}


def test_an_activity_saves_by_itself_says_how_it_was_read_and_marks_what_cannot_be(page: Page):
    page.goto(ACTIVITIES)
    keys, state = page.keyboard, page.locator("#state")
    spent = page.get_by_label("Activity KG-1: spent in the period")
    people = page.get_by_label("Activity KG-1: people reached in the period")
    spent.focus()
    keys.type("1,234")
    keys.press("Tab")
    expect(state).to_have_text(SAVED)
    expect(page.get_by_text("“1,234” as 1\N{NARROW NO-BREAK SPACE}234")).to_be_visible()
    people.focus()
    keys.type("-5")
    keys.press("Tab")
    expect(state).to_have_text("Not saved: look at what is marked.")
    expect(people).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_text("This cannot be negative.")).to_be_visible()
    # The other row goes by itself, and leaves what is wrong where it stands.
    page.get_by_label("Activity KG-2: people reached in the period").focus()
    keys.type("7")
    keys.press("Tab")
    expect(state).to_have_text(SAVED)
    expect(people).to_have_value("-5")
    people.focus()
    keys.press("Control+a")
    keys.type("5")
    keys.press("Tab")
    expect(people).not_to_have_attribute("aria-invalid", "true")
    expect(state).to_have_text(SAVED)
    assert set(ActivityUpdate.objects.values_list("activity__code", "spent", "currency", "people")) == {
        ("KG-1", 1234, "EUR", 5),
        ("KG-2", None, "", 7),
    }
    # Nothing is left to be asked about.
    page.get_by_role("link", name="Framework").click()
    page.wait_for_url("**/framework/")
