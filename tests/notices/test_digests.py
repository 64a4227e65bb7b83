"""The daily mail: at its hour, with everything since the last one, none lost and none twice."""

import threading
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from tests.conftest import Cast
from tests.notices.test_telling import RETURNED, URL
from tracker.access.models import User
from tracker.common.jobs.models import Outbox
from tracker.notices.choices import HowOften, NoticeKind
from tracker.notices.models import Notice
from tracker.notices.rules import last_digest_moment
from tracker.notices.services import send_digests, set_preferences, tell

pytestmark = pytest.mark.django_db

VIENNA = ZoneInfo("Europe/Vienna")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """In November 2022, in Vienna."""
    return datetime(2022, 11, day, hour, minute, tzinfo=VIENNA)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at(4, 7), at(4, 7)),
        (at(4, 6, 59), at(3, 7)),
        (at(4, 23), at(4, 7)),
        (at(1, 3), datetime(2022, 10, 31, 7, tzinfo=VIENNA)),
        # The clocks went back in the night to 30 Oct 2022: 6:30 in UTC was half past seven, after it 5:30 was half
        # past six.
        (datetime(2022, 10, 29, 5, 30, tzinfo=UTC), datetime(2022, 10, 29, 5, 0, tzinfo=UTC)),
        (datetime(2022, 10, 30, 5, 30, tzinfo=UTC), datetime(2022, 10, 29, 5, 0, tzinfo=UTC)),
        (datetime(2022, 10, 30, 6, 30, tzinfo=UTC), datetime(2022, 10, 30, 6, 0, tzinfo=UTC)),
    ],
)
def test_the_daily_mail_is_due_at_the_same_hour_of_every_day(now, expected):
    assert last_digest_moment(now, hour=7, zone=VIENNA) == expected


def tell_daily(person: User, when: datetime, period: str = "2024-Q4") -> Notice:
    set_preferences(person=person, wanted={NoticeKind.RETURNED: HowOften.DAILY})
    tell(kind=NoticeKind.RETURNED, people=[person], params={**RETURNED, "period": period}, url=URL)
    notice = Notice.objects.get(person=person, params__period=period)
    Notice.objects.filter(pk=notice.pk).update(created_at=when)
    return notice


def test_each_person_gets_one_mail_with_all_since_the_last_one(cast: Cast):
    first = tell_daily(cast.reporter, at(3, 9), "2024-Q2")
    tell_daily(cast.reporter, at(3, 18), "2024-Q3")
    tell_daily(cast.lead, at(3, 18), "2024-Q4")
    assert send_digests(now=at(4, 6, 50)) == 0  # of yesterday morning nothing waited
    assert send_digests(now=at(4, 7)) == 2
    mail = Outbox.objects.get(to="reporter@example.org")
    assert mail.subject == "2 notices: Kyrgyzstan, Q2 2024: returned, and more"
    assert mail.body.count("/reporting/2024-Q4/KG/") == 2
    first.refresh_from_db()
    assert (first.mail, first.mailed_at, first.read_at) == (mail, at(4, 7), None)
    assert Outbox.objects.get(to="lead@example.org").subject == "Kyrgyzstan, Q4 2024: returned"


def test_it_is_written_once_however_often_it_is_looked_and_the_next_one_waits_a_day(cast: Cast):
    tell_daily(cast.reporter, at(3, 9), "2024-Q1")
    assert [send_digests(now=at(4, 7, minute)) for minute in (0, 10, 20)] == [1, 0, 0]
    tell_daily(cast.reporter, at(4, 8), "2024-Q2")
    # One that began before seven and was committed after: it goes with the next one, not by itself.
    tell_daily(cast.reporter, at(4, 6, 59), "2024-Q3")
    assert send_digests(now=at(4, 9)) == 0
    assert send_digests(now=at(5, 7)) == 1
    assert Outbox.objects.order_by("pk").last().subject.startswith("2 notices")


def test_where_nobody_came_by_at_the_hour_the_next_one_writes_it_and_nothing_is_lost(cast: Cast):
    tell_daily(cast.reporter, at(1, 9), "2024-Q1")
    tell_daily(cast.reporter, at(4, 10), "2024-Q2")
    # Beat was away for three days: one mail, not three, with what came this morning too.
    assert send_digests(now=at(4, 11)) == 1
    assert not Notice.objects.awaiting_digest().exists()
    assert send_digests(now=at(5, 7)) == 0


def test_who_has_left_is_not_written_to(cast: Cast):
    tell_daily(cast.reporter, at(3, 9))
    User.objects.filter(pk=cast.reporter.pk).update(is_active=False)
    assert send_digests(now=at(4, 7)) == 0
    User.objects.filter(pk=cast.reporter.pk).update(is_active=True)
    assert send_digests(now=at(4, 7)) == 0


def test_the_statements_do_not_grow_with_people_and_notices(cast: Cast, django_assert_num_queries):
    tell_daily(cast.reporter, at(3, 9))
    with django_assert_num_queries(7) as few:  # two of them open and close the transaction
        send_digests(now=at(4, 7))
    for person in (cast.reporter, cast.colleague, cast.lead, cast.stranger):
        for quarter in (1, 2, 3):
            tell_daily(person, at(4, 9), f"2024-Q{quarter}")
    with django_assert_num_queries(len(few)):
        assert send_digests(now=at(5, 7)) == 4


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_who_look_at_once_one_writes_it(cast: Cast):
    tell_daily(cast.reporter, at(3, 9))
    together = threading.Barrier(2)
    counts: list[int] = []

    def look() -> None:
        together.wait(timeout=10)
        counts.append(send_digests(now=at(4, 7) + timedelta(minutes=1)))
        connection.close()

    threads = [threading.Thread(target=look) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert sorted(counts) == [0, 1]
    assert Outbox.objects.count() == 1
