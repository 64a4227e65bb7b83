"""From the first page a newcomer is three clicks from what people come to ask, with the real sources loaded."""

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, Page, expect

from tests import stage
from tests.pages import give_password, sign_in
from tracker.access.choices import Role

# What is asked; the links that are followed, by a part of their names; what the last page says, in the
# row of a table where that is named.
QUESTIONS = {
    "what is planned in Kyrgyzstan under priority 3": (
        ["Countries", "Kyrgyzstan", "summary:SP3"],
        "Appoint migration focal points across agencies",
        "SP3-O2",
    ),
    "which objectives serve SDG 10.7": (
        ["Reference frameworks", "SDGs", "10.7"],
        "",
        "SP3-O3 Bilateral and regional labour agreements",
    ),
    "how much was asked for Ukraine in 2017 and 2019": (["Funding"], "Ukraine", "49 427 465 23 135 000"),
    "which missions report an indicator, and from what baseline": (
        ["Framework", "Open all objectives", "SP3-O2-I2"],
        "Kosovo",
        "25",
    ),
}


def follow(page: Page, step: str) -> None:
    """One click."""
    if step.startswith("summary:"):
        page.locator("summary", has_text=step.removeprefix("summary:")).first.click()
    else:
        page.locator("main, header").get_by_role("link", name=step).first.click()


@pytest.mark.django_db(transaction=True)
def test_a_newcomer_is_three_clicks_from_the_answers(live_server, browser: Browser):
    call_command("load_strategy", verbosity=0)
    person = stage.make_person("newcomer", Role.VIEWER)
    give_password(person)
    page = browser.new_page()
    sign_in(page, live_server.url, person)
    for question, (clicks, row, answer) in QUESTIONS.items():
        assert len(clicks) <= 3, question
        page.goto(live_server.url)
        for step in clicks:
            follow(page, step)
        shown = page.locator("main tr", has_text=row).first if row else page.locator("main")
        expect(shown, question).to_contain_text(answer)
