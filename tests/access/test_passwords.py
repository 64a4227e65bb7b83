"""Signing in, forgetting a password, choosing another: what people read, and the mails."""

import re
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page

from tests import stage
from tests.conftest import Cast
from tests.test_accessibility import WIDTHS, look
from tracker.access.models import User

pytestmark = pytest.mark.django_db

OLD = "a password that was"
NEW = "a password that is"


@pytest.fixture
def person(db) -> User:
    person = stage.make_person("somebody")
    person.set_password(OLD)
    person.save()
    return person


def sign_in_by_page(client: Client, person: User, password: str) -> str:
    """The page that follows; the home page where it was the right password."""
    answer = client.post(reverse("account_login"), {"login": person.email, "password": password}, follow=True)
    return answer.content.decode()


def ask_for_link(client: Client, person: User) -> str:
    """The address in the mail that comes."""
    client.post(reverse("account_reset_password"), {"email": person.email})
    [link] = re.findall(r"^http://testserver(/\S+)$", mail.outbox[-1].body, re.MULTILINE)
    return link


def choose(client: Client, link: str, password: str) -> str:
    form = client.get(link, follow=True)
    answer = client.post(
        form.redirect_chain[-1][0], {"password1": password, "password2": password}, follow=True
    )
    return answer.content.decode()


# -- The mail -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("contact", "asks"),
    [
        ("", "Questions? Ask the administrator who gave you the account."),
        ("help@tracker.example", "Questions? Write to help@tracker.example."),
    ],
)
def test_the_mail_names_the_tracker_the_link_how_long_it_holds_and_whom_to_ask(
    person, client, settings, contact, asks
):
    settings.INSTALLATION_NAME, settings.CONTACT_EMAIL = "Tracker of R&D", contact
    settings.PASSWORD_RESET_TIMEOUT = 2 * 60 * 60
    link = ask_for_link(client, person)
    [sent] = mail.outbox
    assert (sent.to, sent.subject) == ([person.email], "Tracker of R&D: a new password")
    assert not getattr(sent, "alternatives", None)  # plain text alone
    assert sent.body.split("\n") == [
        "Tracker of R&D",
        "",
        f"Somebody, most likely you, asked for a new password for {person.email}. Choose it here:",
        "",
        f"http://testserver{link}",
        "",
        "The link works once, within 2 hours. If it was not you, do nothing: your password stays as it is.",
        "",
        asks,
    ]


def test_an_address_without_an_account_is_told_so_by_mail_and_by_no_page(person, client):
    pages = []
    for email in (person.email, "nobody@example.org"):
        answer = client.post(reverse("account_reset_password"), {"email": email}, follow=True)
        pages.append(re.sub(r'value="\w+"', "", answer.content.decode()))
    assert pages[0] == pages[1]
    assert mail.outbox[1].subject == "Strategy results tracker: no account with this address"
    assert "There is no account with this address, or it has ended." in mail.outbox[1].body
    assert "sign up" not in mail.outbox[1].body


def test_the_page_says_where_a_mail_is_printed_that_is_not_sent(client, settings, db):
    said = {}
    for backend in ("console", "smtp"):
        settings.EMAIL_BACKEND = f"django.core.mail.backends.{backend}.EmailBackend"
        said[backend] = client.get(reverse("account_reset_password_done")).content.decode()
    assert "Look into the terminal in which it was started" in said["console"]
    assert "terminal" not in said["smtp"]
    assert "Look among the unwanted mail" in said["smtp"]
    for page in said.values():
        assert "The link works once, within 3 days." in page


def test_a_mail_server_that_is_out_is_said_with_the_address_still_there(person, client, monkeypatch):
    def fail(self: EmailMessage, *args: object, **kwargs: object) -> int:
        raise SMTPServerDisconnected("gone")

    monkeypatch.setattr(EmailMessage, "send", fail)
    answer = client.post(reverse("account_reset_password"), {"email": person.email})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "The mail could not be sent just now. Try again in some minutes." in page
    assert f'value="{person.email}"' in page


# -- The way to a new password ------------------------------------------------------------------------
def test_a_forgotten_password_is_chosen_anew_by_the_link_which_works_once(person, client):
    link = ask_for_link(client, person)
    assert "Your password is changed" in choose(client, link, NEW)
    person.refresh_from_db()
    assert person.check_password(NEW)
    assert "This link no longer works" in Client().get(link, follow=True).content.decode()


def test_a_new_password_unlocks_the_address_that_wrong_ones_had_locked(person, client):
    for _ in range(5):
        sign_in_by_page(client, person, "wrong")
    assert "Try again in 5 minutes" in sign_in_by_page(client, person, OLD)
    choose(client, ask_for_link(client, person), NEW)
    sign_in_by_page(client, person, NEW)
    assert client.session["_auth_user_id"] == str(person.pk)


def test_the_lockout_says_the_time_of_the_setting(person, client, settings):
    settings.LOCKOUT_MINUTES = 60
    for _ in range(5):
        page = sign_in_by_page(client, person, "wrong")
        assert "There is no account with this address and this password." in page
    page = sign_in_by_page(client, person, "wrong")
    assert "Too many wrong passwords. Try again in 1 hour, or choose a new password." in page


def test_the_lockout_lasts_as_long_as_it_says(settings):
    assert settings.LOCKOUT_MINUTES == 5
    assert settings.ACCOUNT_RATE_LIMITS == {"login_failed": "10/m/ip,5/5m/key"}


def test_a_password_is_changed_and_one_goes_on(person, client):
    client.force_login(person)
    url = reverse("account_change_password")
    page = client.get(url).content.decode()
    for label in ("Current password", "New password", "New password once more"):
        assert f">{label}</label>" in page
    wrong = client.post(url, {"oldpassword": "wrong", "password1": NEW, "password2": NEW})
    assert "This is not your current password. Type it again." in wrong.content.decode()
    right = client.post(url, {"oldpassword": OLD, "password1": NEW, "password2": NEW}, follow=True)
    assert right.redirect_chain == [(reverse("account"), 302)]
    assert "Your password is changed." in right.content.decode()
    person.refresh_from_db()
    assert person.check_password(NEW)


def test_every_page_leads_to_ones_account_and_from_there_to_the_password(cast: Cast, strategy, sign_in):
    client = sign_in(cast.viewer)
    assert f'href="{reverse("account")}"' in client.get("/").content.decode()
    assert f'href="{reverse("account_set_password")}"' in client.get(reverse("account")).content.decode()


# -- Every page in the tracker's own look -------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "arguments", "title"),
    [
        ("account_login", [], "Sign in"),
        ("account_signup", [], "Accounts are given by administrators"),
        ("account_inactive", [], "This account has ended"),
        ("account_reset_password", [], "Forgotten your password?"),
        ("account_reset_password_done", [], "A mail is on its way"),
        ("account_reset_password_from_key", ["1", "bad-key"], "This link no longer works"),
        ("account_reset_password_from_key_done", [], "Sign in with your new password"),
    ],
)
def test_pages_of_whoever_is_not_signed_in_are_ours_and_name_whom_to_ask(
    db, client, settings, name, arguments, title
):
    settings.CONTACT_EMAIL = "help@tracker.example"
    answer = client.get(reverse(name, args=arguments))
    page = answer.content.decode()
    assert f"<h1>{title}</h1>" in page
    assert "Strategy results tracker" in page
    if name != "account_reset_password_from_key_done":
        assert 'href="mailto:help@tracker.example"' in page
    # None of allauth's own.
    assert [t.name for t in answer.templates if t.name and t.name.startswith("allauth")] == []


def test_too_many_requests_are_told_in_the_trackers_look(person, client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"reset_password": "1/m/key"}
    url = reverse("account_reset_password")
    client.post(url, {"email": person.email})
    answer = client.post(url, {"email": person.email})
    assert answer.status_code == 429
    assert "<h1>Too many tries</h1>" in answer.content.decode()


def test_signing_in_says_nothing_and_signing_out_does(person, client):
    page = sign_in_by_page(client, person, OLD)
    assert 'role="status"' not in page
    out = client.post(reverse("account_logout"), follow=True)
    assert "You are signed out." in out.content.decode()


@pytest.mark.parametrize(
    ("name", "to"), [("logout", "account_logout"), ("password_change", "account_change_password")]
)
def test_the_administration_has_no_such_pages_of_its_own(cast: Cast, strategy, sign_in, name, to):
    answer = sign_in(cast.administrator).get(reverse(f"admin:{name}"))
    assert (answer.status_code, answer.url) == (302, reverse(to))


@pytest.mark.django_db(transaction=True)
def test_a_person_gets_back_in_with_any_screen_and_any_reader(live_server, browser: Browser):
    """The whole way in a browser, each page looked at: wrong password, mail, new password, changed once more."""
    person = stage.make_person("somebody")
    person.set_password(OLD)
    person.save()
    found: list[str] = []

    def press(page: Page, button: str, **typed: str) -> None:
        for label, text in typed.items():
            page.get_by_label(label.replace("_", " "), exact=True).fill(text)
        page.locator("main").get_by_role("button", name=button).click()

    for width in WIDTHS:
        page = browser.new_context(viewport={"width": width, "height": 900}).new_page()
        page.goto(live_server.url + reverse("account_login"))
        press(page, "Sign in", **{"E-mail address": person.email, "Password": "wrong"})
        found += look(page, width, "wrong password")
        page.get_by_role("link", name="Forgotten your password?").click()
        found += look(page, width, "forgotten")
        press(page, "Send the mail", **{"E-mail address": person.email})
        found += look(page, width, "mail sent")
        [link] = re.findall(r"^(http://\S+)$", mail.outbox[-1].body, re.MULTILINE)
        page.goto(link)
        press(page, "Save the password", New_password="123", New_password_once_more="124")
        assert page.get_by_text("This password is too short.").count() == 1
        found += look(page, width, "bad passwords")
        chosen = f"{NEW} at {width}"
        press(page, "Save the password", New_password=chosen, New_password_once_more=chosen)
        found += look(page, width, "chosen")
        page.goto(link)
        found += look(page, width, "old link")
        page.goto(live_server.url + reverse("account_login"))
        press(page, "Sign in", **{"E-mail address": person.email, "Password": chosen})
        page.goto(live_server.url + reverse("account_change_password"))
        found += look(page, width, "change")
        page.goto(live_server.url + reverse("account_logout"))
        found += look(page, width, "sign out")
        press(page, "Sign out")
        page.get_by_text("You are signed out.").wait_for()
    assert found == []
