"""The bell, the list of notices and the choice of what comes by mail."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.conftest import Cast
from tests.notices.test_telling import RETURNED, URL, tell_returned
from tests.pages import questions_of
from tracker.access.models import User
from tracker.common.jobs.models import Outbox
from tracker.notices.choices import NoticeKind
from tracker.notices.models import Notice, NoticePreference
from tracker.notices.services import tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def sign_in(strategy: Any) -> Callable[[User], Client]:
    def enter(person: User) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return enter


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_the_bell_counts_what_is_new_and_is_there_for_whom_it_concerns(cast: Cast, sign_in):
    tell_returned(cast.reporter, cast.reporter)
    tell_returned(cast.reporter)
    page = text_of(sign_in(cast.reporter).get("/"))
    assert 'Notices <span class="count">2<span class="visually-hidden"> new</span></span>' in page
    assert 'class="count"' not in text_of(sign_in(cast.lead).get("/"))
    for person in (cast.viewer, cast.administrator, cast.nobody):
        assert "Notices" not in text_of(sign_in(person).get("/"))


def test_the_count_is_one_statement_and_none_for_whom_it_does_not_concern(cast: Cast, sign_in):
    def asked(person: User) -> int:
        client = sign_in(person)
        with CaptureQueriesContext(connection) as queries:
            client.get("/search/")
        return len([sql for sql in questions_of(queries) if "tracker_notice" in sql])

    assert asked(cast.reporter) == asked(cast.officer) == 1
    assert asked(cast.viewer) == asked(cast.administrator) == 0


def test_the_list_shows_the_newest_first_with_the_comment_and_what_became_of_the_mail(cast: Cast, sign_in):
    tell_returned(cast.reporter)
    tell(
        kind=NoticeKind.APPROVED,
        people=[cast.reporter],
        params={**RETURNED, "comment": "", "period": "2024-Q3"},
        url="/reporting/2024-Q3/KG/",
    )
    Notice.objects.filter(kind="approved").update(created_at="2022-11-04T13:02Z")
    Outbox.objects.filter(subject__contains="returned").update(status="unknown", error="the line broke")
    page = text_of(sign_in(cast.reporter).get("/notices/"))
    assert page.index("Kyrgyzstan, Q4 2024: returned") < page.index("Kyrgyzstan, Q3 2024: approved")
    assert "<blockquote>Is 12 right?</blockquote>" in page
    assert "2 new ones." in page
    assert page.count('<span class="pill pill-strong">New</span>') == 2
    assert "Nobody knows whether the mail left: the line broke." in page
    assert "4 Nov 2022, 14:02 · The mail is about to be sent." in page


def test_opening_a_notice_leads_to_its_report_and_marks_it_read(cast: Cast, sign_in):
    tell_returned(cast.reporter)
    notice = Notice.objects.get()
    client = sign_in(cast.reporter)
    answer = client.get(f"/notices/{notice.pk}/")
    assert (answer.status_code, answer.headers["Location"]) == (302, URL)
    notice.refresh_from_db()
    first_read = notice.read_at
    assert first_read is not None
    client.get(f"/notices/{notice.pk}/")
    notice.refresh_from_db()
    assert notice.read_at == first_read
    assert "Nothing new." in text_of(client.get("/notices/"))


def test_somebody_elses_notice_does_not_exist(cast: Cast, sign_in):
    tell_returned(cast.reporter)
    notice = Notice.objects.get()
    client = sign_in(cast.administrator)
    assert client.get(f"/notices/{notice.pk}/").status_code == 404
    assert "Is 12 right?" not in text_of(client.get("/notices/"))
    client.post("/notices/read/", {"up_to": notice.pk})
    assert Notice.objects.unread().count() == 1


def test_all_is_marked_read_up_to_what_was_shown(cast: Cast, sign_in):
    tell_returned(cast.reporter)
    client = sign_in(cast.reporter)
    up_to = client.get("/notices/").context["newest"]
    tell_returned(cast.reporter)
    answer = client.post("/notices/read/", {"up_to": up_to}, follow=True)
    assert "1 notice marked as read." in text_of(answer)
    assert Notice.objects.unread().count() == 1
    answer = client.post("/notices/read/", {"up_to": "9" * 30}, follow=True)
    assert "Nothing was marked" in text_of(answer)
    assert Notice.objects.unread().count() == 1


def test_without_notices_the_list_says_what_will_be_there(cast: Cast, sign_in):
    assert "When a window opens" in text_of(sign_in(cast.reporter).get("/notices/"))
    assert "nothing is told to your roles" in text_of(sign_in(cast.viewer).get("/notices/"))


def test_two_hundred_notices_are_paged_and_take_the_statements_of_two(cast: Cast, sign_in):
    def count(client: Client, address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(questions_of(queries))

    tell_returned(cast.reporter)
    tell_returned(cast.reporter)
    client = sign_in(cast.reporter)
    few = count(client, "/notices/")
    for _ in range(198):
        tell_returned(cast.reporter)
    assert count(client, "/notices/") == few <= 9
    page = text_of(client.get("/notices/?page=8"))
    assert "176–200 of 200" in page
    assert page.count("<blockquote>") == 25
    # What is no page is the nearest one.
    assert "1–25 of 200" in text_of(client.get("/notices/?page=rubbish"))


# -- What comes by mail --------------------------------------------------------------------------------
def test_each_chooses_what_comes_by_mail_from_what_their_roles_hear(cast: Cast, sign_in):
    client = sign_in(cast.officer)
    answer = client.get("/account/notices/")
    assert list(answer.context["form"].fields) == ["submitted", "correction_asked"]
    [usual] = re.findall(r'<input[^>]*name="submitted"[^>]*checked[^>]*>', text_of(answer))
    assert 'value="daily"' in usual
    chosen = {"submitted": "at_once", "correction_asked": "never", "returned": "never"}
    saved = client.post("/account/notices/", chosen, follow=True)
    assert "Saved." in text_of(saved)
    assert saved.context["form"].initial["submitted"] == "at_once"
    assert set(NoticePreference.objects.values_list("person", "kind", "how_often")) == {
        (cast.officer.pk, "submitted", "at_once"),
        (cast.officer.pk, "correction_asked", "never"),
    }


@pytest.mark.parametrize("chosen", [{}, {"submitted": "hourly", "correction_asked": "never"}])
def test_a_choice_that_is_none_is_refused_and_nothing_is_saved(chosen, cast: Cast, sign_in):
    answer = sign_in(cast.officer).post("/account/notices/", chosen)
    assert answer.status_code == 422
    assert "Nothing was saved" in text_of(answer)
    assert not NoticePreference.objects.exists()


def test_who_is_told_nothing_has_nothing_to_choose(cast: Cast, sign_in):
    for answer in (
        sign_in(cast.viewer).get("/account/notices/"),
        sign_in(cast.viewer).post("/account/notices/", {"returned": "never"}),
    ):
        assert answer.status_code == 200
        assert "Nothing comes by mail" in text_of(answer)
    assert not NoticePreference.objects.exists()
