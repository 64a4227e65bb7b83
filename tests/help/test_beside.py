"""Help beside a page: which section it is, and the aside in a real browser."""

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from tests import stage
from tests.conftest import Cast
from tests.pages import give_password, sign_in
from tracker.access.choices import Role
from tracker.access.models import Membership
from tracker.access.policies import Rights, rights_of
from tracker.help.finding import guides_of, sections_about

pytestmark = pytest.mark.django_db

FORM = "/reporting/2024-Q4/KG/"


def help_on(client: Client, url: str) -> str:
    """Where the link to the help leads on a page."""
    [link] = [each for each in client.get(url).content.decode().split("<a ") if 'class="help-link"' in each]
    return link.split('href="')[1].split('"')[0]


def test_each_role_is_led_to_its_own_guide(cast, open_period):
    first = {
        (who, page): sections_about(page, rights_of(getattr(cast, who)))[0].guide
        for who in ("viewer", "reporter", "officer", "administrator")
        for page in ("home", "framework", "imports", "report", "notices", "search")
        if (who, page) not in {("viewer", "report"), ("viewer", "imports"), ("administrator", "report")}
    }
    assert first == {
        ("viewer", "home"): "viewer",
        ("viewer", "framework"): "viewer",
        ("viewer", "notices"): "account",
        ("viewer", "search"): "viewer",
        ("reporter", "home"): "reporter",
        ("reporter", "framework"): "viewer",
        ("reporter", "imports"): "reporter",
        ("reporter", "report"): "reporter",
        ("reporter", "notices"): "account",
        ("reporter", "search"): "viewer",
        ("officer", "home"): "officer",
        ("officer", "framework"): "viewer",
        ("officer", "imports"): "officer",
        # The whole form is theirs on a mission's behalf.
        ("officer", "report"): "reporter",
        ("officer", "notices"): "account",
        ("officer", "search"): "viewer",
        ("administrator", "home"): "administrator",
        ("administrator", "framework"): "viewer",
        ("administrator", "imports"): "administrator",
        ("administrator", "notices"): "account",
        ("administrator", "search"): "viewer",
    }


def test_who_has_several_roles_gets_the_guide_of_the_work_that_a_page_is_for(cast, missions):
    Membership.objects.create(user=cast.officer, role=Role.ADMINISTRATOR)
    Membership.objects.create(user=cast.officer, role=Role.REPORTER, mission=missions["KG"])
    rights = rights_of(cast.officer)
    assert guides_of(rights) == ("administrator", "officer", "reporter", "viewer", "account")
    for page, guide in (
        ("report-narrative", "reporter"),
        ("review-report", "officer"),
        ("home", "administrator"),
    ):
        assert sections_about(page, rights)[0].guide == guide


def test_who_is_not_signed_in_is_helped_to_come_in_and_kept_help_beside_an_open_form():
    nobody = rights_of(AnonymousUser())
    assert guides_of(nobody) == ("account",)
    assert sections_about("account_login", nobody)[0].title == "Sign in"
    assert sections_about("report", nobody)[0].title == "The form"
    assert sections_about("no-such-page", Rights()) == ()


def test_a_page_leads_to_its_section_without_scripts(cast, open_period, missions, client):
    stage.assign(stage.make_indicator(), missions["KG"])
    assert help_on(client, "/accounts/login/") == "/help/account/#sign-in"
    client.force_login(cast.reporter)
    assert help_on(client, FORM) == "/help/reporter/#the-form"
    assert help_on(client, "/nowhere/") == "/help/"
    guide = client.get("/help/reporter/").content.decode()
    assert '<h2 id="the-form" tabindex="-1">The form</h2>' in guide
    assert '<a href="#the-form">The form</a>' in guide
    client.force_login(cast.administrator)
    assert '<a href="/help/administrator/#administration-data-jobs-mails">Help</a>' in (
        client.get("/admin/").content.decode()
    )


def test_what_stands_beside_a_page_costs_no_question_to_the_database(
    cast, open_period, client, django_assert_max_num_queries
):
    client.force_login(cast.reporter)
    with django_assert_max_num_queries(3):  # session, person, roles
        answer = client.get(reverse("help-beside", args=["report"]))
    html = answer.content.decode()
    assert "<h3>The form</h3>" in html
    assert "<summary>Breakdowns</summary>" in html
    assert len(answer.content) < 20_000


def test_the_overview_shows_ones_own_guides_first(cast, client):
    client.force_login(cast.reporter)
    mine, others = client.get("/help/").content.decode().split("What others do here")
    for code in ("reporter", "viewer", "account"):
        assert f'href="/help/{code}/"' in mine
    for code in ("administrator", "officer"):
        assert f'href="/help/{code}/"' in others


def open_help(page: Page) -> None:
    page.get_by_role("link", name="Help", exact=True).click()
    expect(page.get_by_role("heading", name="Help")).to_be_focused()


@pytest.mark.django_db(transaction=True)
def test_the_aside_opens_beside_the_form_and_closes_by_escape(
    cast: Cast, strategy, open_period, missions, live_server, browser: Browser
):
    stage.assign(stage.make_indicator(), missions["KG"])
    give_password(cast.reporter)
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    sign_in(page, live_server.url, cast.reporter)
    page.goto(live_server.url + FORM)
    link = page.get_by_role("link", name="Help", exact=True)
    aside = page.get_by_role("complementary", name="Help")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    box = page.locator("tbody.entry input[type=text]").first
    box.fill("7")
    assert not [path for path in asked if path.startswith("/help/")]

    # By the mouse from a box: one goes on in the box.
    open_help(page)
    expect(link).to_have_attribute("aria-expanded", "true")
    expect(aside).to_contain_text("one box for what happened in this period")
    assert page.url.endswith(FORM)
    main, beside = page.locator("main").bounding_box(), aside.bounding_box()
    assert main
    assert beside
    assert main["x"] + main["width"] <= beside["x"] + 1, "it covers the form"
    assert Axe().run(page).response["violations"] == []
    page.keyboard.press("Escape")
    expect(aside).to_be_hidden()
    expect(box).to_be_focused()
    expect(box).to_have_value("7")

    # By the keyboard: one is back at the link; it is not fetched again.
    link.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Help")).to_be_focused()
    aside.get_by_text("Breakdowns", exact=True).click()
    expect(aside).to_contain_text("Cells that add up to more than the total are refused.")
    aside.get_by_role("button", name="Close the help").click()
    expect(link).to_be_focused()
    expect(link).to_have_attribute("aria-expanded", "false")
    assert asked.count("/help/beside/report/") == 1

    # In a box Esc is the box's own.
    open_help(page)
    box.focus()
    page.keyboard.press("Escape")
    expect(aside).to_be_visible()

    # On a phone a sheet from below, over the whole width.
    page.set_viewport_size({"width": 390, "height": 800})
    sheet = aside.bounding_box()
    assert sheet
    assert (sheet["x"], sheet["width"]) == (0, 390)
    assert sheet["height"] <= 0.65 * 800 + 1
    assert sheet["y"] + sheet["height"] == 800
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert Axe().run(page).response["violations"] == []

    # Without a line it says so, and is tried again.
    page.reload()
    page.context.set_offline(True)
    page.get_by_role("link", name="Help", exact=True).click()
    expect(page.locator("#help-aside")).to_contain_text("The help could not be fetched.")
    page.context.set_offline(False)
    page.get_by_role("link", name="Help", exact=True).click()
    open_help(page)
