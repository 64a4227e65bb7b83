"""A mail leaves once, after the transaction that wants it; what nobody can know is said to be unknown."""

import os
import signal
import smtplib
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from tests.workers import broker, wait_until, workers
from tracker.common.jobs import outbox
from tracker.common.jobs.locks import MAIL, LockSession
from tracker.common.jobs.models import Outbox
from tracker.common.jobs.outbox import (
    MAX_ATTEMPTS,
    Letter,
    resend,
    send_all_later,
    send_later,
    send_pending_mail,
    sweep_mail,
)

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True)


class Server(BaseEmailBackend):
    """A mail server that answers as a test tells it."""

    takes: list[EmailMessage] = []
    unreachable: Exception | None = None
    answers: Callable[[EmailMessage], None] = staticmethod(lambda message: None)

    def open(self) -> None:
        if Server.unreachable:
            raise Server.unreachable

    def send_messages(self, messages: Any) -> int:
        for message in messages:
            Server.answers(message)
            Server.takes.append(message)
        return len(messages)


@pytest.fixture
def server(settings: Any) -> Iterator[type[Server]]:
    settings.EMAIL_BACKEND = f"{__name__}.Server"
    yield Server
    Server.takes, Server.unreachable, Server.answers = [], None, staticmethod(lambda message: None)


def write(subject: str = "Figures approved") -> Outbox:
    return send_later(
        to="reporter@example.org", subject=subject, body="SP1-O3-I2 of Kyrgyzstan was approved."
    )


def row(written: Outbox) -> Outbox:
    return Outbox.objects.get(pk=written.pk)


def make_due(written: Outbox) -> None:
    Outbox.objects.filter(pk=written.pk).update(send_after=timezone.now() - timedelta(seconds=1))


def raises(error: Exception) -> Callable[[EmailMessage], None]:
    def answer(message: EmailMessage) -> None:
        raise error

    return staticmethod(answer)


def test_a_mail_is_sent_once_under_its_message_id(settings):
    settings.DEFAULT_FROM_EMAIL = "Tracker <tracker@seeeca.example.org>"
    written = write()
    assert (send_pending_mail(), send_pending_mail()) == (1, 0)
    [message] = mail.outbox
    assert message.to == ["reporter@example.org"]
    assert message.message()["Message-ID"] == written.message_id
    assert message.from_email == "Tracker <tracker@seeeca.example.org>"
    assert written.message_id.endswith("@seeeca.example.org>")
    after = row(written)
    assert (after.status, after.attempt, after.error) == ("sent", 1, "")
    assert after.created_at <= after.claimed_at <= after.sent_at


def test_message_ids_differ_and_stay_short_under_a_long_host(settings):
    settings.DEFAULT_FROM_EMAIL = f"tracker@{'a' * 60}.{'b' * 60}.org"
    first, second = write(), write()
    assert first.message_id != second.message_id
    assert len(first.message_id) <= 100


def test_a_mail_belongs_to_its_transaction_and_wakes_a_worker_after_it(
    tmp_path, django_capture_on_commit_callbacks
):
    queue = tmp_path / "broker" / "queue"
    with broker(tmp_path):
        with django_capture_on_commit_callbacks(execute=True):
            with suppress(LookupError), transaction.atomic():
                write()
                raise LookupError
            assert Outbox.objects.count() == 0
        assert not list(queue.iterdir())
        with django_capture_on_commit_callbacks(execute=True):
            write()
        assert len(list(queue.iterdir())) == 1


def test_many_mails_are_written_in_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        written = send_all_later(
            letters=[Letter(to=f"{n}@example.org", subject="Due", body="Soon.") for n in range(20)]
        )
    assert len({one.message_id for one in written}) == 20


def test_a_subject_is_one_line_and_not_too_long():
    assert write("Approved\r\nBcc: everyone@example.org").subject == "Approved Bcc: everyone@example.org"
    assert len(write("x" * 300).subject) == 250


def test_a_mail_is_claimed_before_it_leaves(server):
    seen = []
    written = write()
    server.answers = staticmethod(lambda message: seen.append(row(written).status))
    send_pending_mail()
    assert seen == ["sending"]
    assert row(written).status == "sent"


@committed
def test_a_sender_that_died_leaves_an_unknown_mail_that_is_never_sent_again_by_itself(tmp_path):
    """The worker's child is killed while the server has the mail and has not answered yet."""
    with workers(tmp_path, environment={"TESTS_MAIL_BACKEND": "tests.jobtasks.HangingMailServer"}) as start:
        start()
        written = write()
        wait_until(lambda: (tmp_path / "taken").exists())
        assert row(written).status == "sending"
        assert sweep_mail() == 0  # its sender lives
        os.kill(int((tmp_path / "taken").read_text()), signal.SIGKILL)
        wait_until(lambda: sweep_mail() == 1)
    after = row(written)
    assert (after.status, after.attempt) == ("unknown", 1)
    assert after.error == "The sender stopped while it was sending: nobody knows whether the mail left."
    assert (send_pending_mail(), sweep_mail(), mail.outbox) == (0, 0, [])

    assert resend(mail_ids=[written.pk]) == 1  # by hand
    assert send_pending_mail() == 1
    assert mail.outbox[0].message()["Message-ID"] == written.message_id
    assert row(written).status == "sent"
    assert resend(mail_ids=[written.pk]) == 0


@committed
def test_a_worker_sends_what_is_written(tmp_path):
    with workers(tmp_path) as start:
        start()
        written = write()
        wait_until(lambda: row(written).status == "sent")
        [file] = (tmp_path / "mail").iterdir()
        assert f"Message-ID: {written.message_id}" in file.read_text()


def test_what_the_server_refuses_for_now_waits_longer_each_time_and_then_fails(server):
    server.answers = raises(smtplib.SMTPDataError(451, b"try again later"))
    written = write()
    for attempt, minutes in [(1, 1), (2, 2), (3, 4), (4, 8), (5, 16)]:
        before = timezone.now()
        assert send_pending_mail() == 0
        after = row(written)
        assert (after.status, after.attempt) == ("queued", attempt)
        wait = after.send_after - before
        assert timedelta(0) <= wait - timedelta(minutes=minutes) < timedelta(seconds=2)
        assert send_pending_mail() == 0
        assert row(written).attempt == attempt  # not before its time
        make_due(written)
    send_pending_mail()
    after = row(written)
    assert (after.status, after.attempt) == ("failed", MAX_ATTEMPTS)
    assert after.error == "SMTPDataError: (451, b'try again later')"


def test_a_mail_that_was_refused_for_now_is_sent_later_under_the_same_message_id(server):
    busy = smtplib.SMTPRecipientsRefused({"reporter@example.org": (450, b"mailbox busy")})
    server.answers = raises(busy)
    written = write()
    send_pending_mail()
    assert row(written).status == "queued"
    server.answers = staticmethod(lambda message: None)
    make_due(written)
    assert send_pending_mail() == 1
    assert [message.extra_headers["Message-ID"] for message in server.takes] == [written.message_id]
    assert (row(written).status, row(written).error) == ("sent", "")


def test_what_the_server_refuses_for_good_fails_at_once_and_stops_nothing_else(server):
    refused, other = write("refused"), write("other")

    def answer(message: EmailMessage) -> None:
        if message.subject == "refused":
            raise smtplib.SMTPRecipientsRefused({"reporter@example.org": (550, b"no such user")})

    server.answers = staticmethod(answer)
    assert send_pending_mail() == 1
    assert (row(refused).status, row(refused).attempt) == ("failed", 1)
    assert "no such user" in row(refused).error
    assert row(other).status == "sent"


@pytest.mark.parametrize(
    "error", [smtplib.SMTPServerDisconnected("lost"), TimeoutError("slow"), smtplib.SMTPDataError(-1, b"?")]
)
def test_a_line_that_breaks_in_the_middle_leaves_an_unknown_mail(server, error):
    server.answers = raises(error)
    written = write()
    send_pending_mail()
    assert row(written).status == "unknown"
    server.answers = staticmethod(lambda message: None)
    assert (send_pending_mail(), server.takes) == (0, [])


def test_a_server_out_of_reach_costs_no_attempts(server):
    server.unreachable = ConnectionRefusedError("nobody there")
    written = [write(), write()]
    before = timezone.now()
    assert send_pending_mail() == 0
    for one in map(row, written):
        assert (one.status, one.attempt) == ("queued", 0)
        assert one.error == "The mail server could not be reached: nobody there"
        assert one.send_after - before >= timedelta(seconds=59)
    server.unreachable = None
    for one in written:
        make_due(one)
    assert send_pending_mail() == 2


def test_an_address_that_cannot_be_fails_and_says_so():
    written = send_later(to="two@words@example.org", subject="Hello", body="x")
    send_pending_mail()
    after = row(written)
    assert (after.status, after.error, mail.outbox) == ("failed", "Enter a valid email address.", [])


@pytest.mark.parametrize("number", [2, 20])
def test_a_sweep_of_mail_takes_two_statements_and_leaves_what_is_held(
    number, tmp_path, django_assert_num_queries
):
    lost, held = ([write() for _ in range(number)] for _ in range(2))
    Outbox.objects.update(status="sending", attempt=1)
    waiting = write()
    with broker(tmp_path), LockSession(name="tests") as session:
        assert all(session.try_lock(space=MAIL, row_id=one.pk) for one in held)
        with django_assert_num_queries(2):
            assert sweep_mail() == number
        assert len(list((tmp_path / "broker" / "queue").iterdir())) == 1  # for the one that waits
    assert {row(one).status for one in lost} == {"unknown"}
    assert {row(one).status for one in held} == {"sending"}
    assert row(waiting).status == "queued"


def test_a_late_answer_is_believed_over_unknown_but_not_over_a_new_sending(server):
    given_up, sent_again = write("given up"), write("sent again")

    def answer(message: EmailMessage) -> None:
        mails = Outbox.objects.filter(subject=message.subject)
        if message.subject == "given up":
            mails.update(status="unknown")
        else:
            mails.update(status="sending", attempt=2)

    server.answers = staticmethod(answer)
    send_pending_mail()
    assert row(given_up).status == "sent"
    assert (row(sent_again).status, row(sent_again).attempt) == ("sending", 2)


def test_a_long_batch_ends_between_two_mails_before_the_time_limit_strikes_in_one(server, monkeypatch):
    first, second = write(), write()

    def take_long(message: EmailMessage) -> None:
        monkeypatch.setattr(outbox, "monotonic", lambda: outbox._BATCH_SECONDS + 1)

    monkeypatch.setattr(outbox, "monotonic", lambda: 0)
    Server.answers = staticmethod(take_long)
    assert send_pending_mail() == 1
    assert (row(first).status, row(second).status, row(second).attempt) == ("sent", "queued", 0)
