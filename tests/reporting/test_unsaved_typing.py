"""What was typed outlives the session it was typed in: kept for whose page it was, and shown to nobody else."""

import re
from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from tests.formfields import fields_of
from tests.pages import PASSWORD, give_password
from tracker.progress.models import IndicatorResult
from tracker.reporting import services

pytestmark = pytest.mark.django_db

BACK = "is back in its boxes, and not saved yet"


@pytest.fixture
def browser_of(flow, url, cast):
    """``browser_of(person)``: one signed in by password, whose forms need their token; and the form's fields."""
    give_password(cast.reporter, cast.colleague)

    def of(person):
        client = Client(enforce_csrf_checks=True)
        enter(client, person)
        return client, fields_of(client.get(url).content.decode(), "entry")

    return of


def enter(client, person, next_page=""):
    """Sign in through the page, and follow to where that leads."""
    page = client.get(reverse("account_login")).content.decode()
    token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[0]
    sent = {"login": person.email, "password": PASSWORD, "csrfmiddlewaretoken": token, "next": next_page}
    answer = client.post(reverse("account_login"), sent, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def end_session(client):
    """As it ends by itself after two weeks: the browser's other cookies stay."""
    client.session.flush()
    client.cookies.pop("sessionid")


def test_after_signing_in_again_what_was_typed_is_back_and_not_saved(browser_of, flow, url, cast):
    client, fields = browser_of(cast.reporter)
    end_session(client)
    typed = {f"{flow.pk}-value": "1 200", f"{flow.pk}-comment": "Из реестра\r\nи опроса"}
    answer = client.post(url + "?show=missing", {**fields, **typed})
    assert answer.status_code == 302
    assert answer.url == url + "?show=missing"
    page = client.get(answer.url, follow=True)
    assert page.redirect_chain[0][0].startswith(reverse("account_login"))
    assert "Sign in again, and what you typed is back in the form." in page.content.decode()
    text = enter(client, cast.reporter, next_page=answer.url)
    assert BACK in text
    assert not IndicatorResult.objects.exists()
    back = fields_of(text, "entry")
    assert (back[f"{flow.pk}-value"], back[f"{flow.pk}-comment"]) == ("1 200", "Из реестра\nи опроса")
    assert client.post(url, back, follow=True).status_code == 200
    row = IndicatorResult.objects.get()
    assert (row.value, row.comment) == (1200, "Из реестра\nи опроса")
    assert BACK not in client.get(url).content.decode()


def test_a_page_from_before_a_new_sign_in_keeps_what_was_typed(browser_of, flow, url, cast):
    """Signed out and in again in another tab: the token of the first tab's form is too old."""
    client, fields = browser_of(cast.reporter)
    end_session(client)
    enter(client, cast.reporter)
    answer = client.post(url, {**fields, f"{flow.pk}-value": "12"}, follow=True)
    assert BACK in answer.content.decode()
    assert fields_of(answer.content.decode(), "entry")[f"{flow.pk}-value"] == "12"
    assert not IndicatorResult.objects.exists()


def test_somebody_else_on_the_same_machine_sees_nothing_of_it(browser_of, flow, url, cast):
    client, fields = browser_of(cast.reporter)
    end_session(client)
    client.post(url, {**fields, f"{flow.pk}-value": "4711"})
    text = enter(client, cast.colleague, next_page=url)
    assert "4711" not in text
    assert BACK not in text
    # It waits for whose it is, on whatever machine.
    other, back = browser_of(cast.reporter)
    assert back[f"{flow.pk}-value"] == "4711"
    assert BACK in other.get(url).content.decode()


def test_a_page_left_open_by_somebody_else_is_not_saved_in_ones_own_name(browser_of, flow, url, cast):
    client, fields = browser_of(cast.reporter)
    end_session(client)
    enter(client, cast.colleague)
    answer = client.post(url, {**fields, f"{flow.pk}-value": "4711"}, follow=True)
    text = answer.content.decode()
    assert "That page was somebody else’s, so nothing was saved." in text
    assert "4711" not in client.get(url).content.decode()
    assert not IndicatorResult.objects.exists()
    assert browser_of(cast.reporter)[1][f"{flow.pk}-value"] == "4711"


def test_what_came_back_can_be_discarded(browser_of, flow, url, cast):
    client, fields = browser_of(cast.reporter)
    end_session(client)
    client.post(url, {**fields, f"{flow.pk}-value": "12"})
    page = enter(client, cast.reporter, next_page=url)
    token = fields_of(page, "entry")["csrfmiddlewaretoken"]
    answer = client.post(url, {"csrfmiddlewaretoken": token, "then": "discard"}, follow=True)
    text = answer.content.decode()
    assert BACK not in text
    assert fields_of(text, "entry")[f"{flow.pk}-value"] == ""
    assert not IndicatorResult.objects.exists()


def test_a_colleagues_figure_of_meanwhile_is_not_overwritten_by_what_came_back(
    browser_of, flow, url, cast, open_tab
):
    client, fields = browser_of(cast.reporter)
    end_session(client)
    client.post(url, {**fields, f"{flow.pk}-value": "12"})
    open_tab(cast.colleague).enter(flow, value="15").press()
    back = fields_of(enter(client, cast.reporter, next_page=url), "entry")
    assert back[f"{flow.pk}-value"] == "12"
    assert client.post(url, back).status_code == 422
    assert IndicatorResult.objects.get().value == 15


def test_what_was_saved_meanwhile_from_another_page_does_not_come_back(browser_of, flow, url, cast, open_tab):
    client, fields = browser_of(cast.reporter)
    end_session(client)
    client.post(url, {**fields, f"{flow.pk}-value": "12"})
    open_tab(cast.reporter).enter(flow, value="12").press()
    assert BACK not in enter(client, cast.reporter, next_page=url)


def test_saving_from_another_tab_does_not_throw_away_what_waits(browser_of, flow, share, url, cast, open_tab):
    other_tab = open_tab(cast.reporter)
    client, fields = browser_of(cast.reporter)
    end_session(client)
    client.post(url, {**fields, f"{flow.pk}-value": "12"})
    other_tab.enter(share, n="1", d="4").press()
    assert other_tab.fields[f"{flow.pk}-value"] == "12"
    assert BACK in other_tab.text


@pytest.mark.parametrize("mark", ["", "1:abc:def", "tampered"])
def test_a_form_with_a_mark_that_is_not_ours_is_kept_for_nobody(mark, browser_of, flow, url, cast):
    client, fields = browser_of(cast.reporter)
    if mark == "tampered":
        mark = f"{cast.colleague.pk}:{fields['page'].partition(':')[2]}"
    end_session(client)
    answer = client.post(url, {**fields, "page": mark, f"{flow.pk}-value": "4711"})
    assert answer.status_code == 403
    assert "what you typed is still there" in answer.content.decode()
    for person in (cast.reporter, cast.colleague):
        assert services.read_typing(services.FormPage(person.pk, "2024-Q4", "KG")) is None


def test_a_mark_is_for_its_report_and_for_a_time(cast, monkeypatch):
    page = services.FormPage(cast.reporter.pk, "2024-Q4", "KG")
    mark = services.sign_page(page)
    assert services.read_mark(mark, period="2024-Q4", mission="KG") == page
    assert services.read_mark(mark, period="2024-Q3", mission="KG") is None
    assert services.read_mark(mark, period="2024-Q4", mission="TJ") is None
    later = signing.time.time() + timedelta(days=15).total_seconds()
    monkeypatch.setattr(signing.time, "time", lambda: later)
    assert services.read_mark(mark, period="2024-Q4", mission="KG") is None


def test_too_much_is_not_kept_and_the_page_says_to_go_back(browser_of, flow, url, cast):
    client, fields = browser_of(cast.reporter)
    end_session(client)
    answer = client.post(url, {**fields, f"{flow.pk}-comment": "я" * 300_000})
    assert answer.status_code == 403
    assert "Go back with your browser" in answer.content.decode()


def test_only_the_fields_of_rows_are_kept():
    sent = {
        "csrfmiddlewaretoken": "secret", "page": "x", "then": "submit", "restored": "1", "password": "p",
        "7-value": "5", "7-shown": "abc", "7-c3-n": "1", "7-comment": "", "7-value-x": "1", "x7-value": "1",
    }  # fmt: skip
    assert services.typing_in(sent).fields == {"7-value": "5", "7-shown": "abc", "7-c3-n": "1"}
