"""From an officer's decision to the reporter's mailbox, with the mail server away in between."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import stage
from tests.conftest import Cast
from tests.notices.smtp import free_port, mail_server
from tests.workers import wait_until, workers
from tracker.common.jobs.messages import publish
from tracker.common.jobs.models import Outbox
from tracker.common.jobs.outbox import SEND_MAIL, sweep_mail
from tracker.notices.models import Notice
from tracker.notices.wording import say_mail
from tracker.progress.rules import Amount, Entry
from tracker.progress.services import reports, results
from tracker.progress.services.results import Typed


@pytest.mark.django_db(transaction=True)
def test_a_returned_report_reaches_its_reporter_once_though_the_mail_server_was_away(
    strategy, missions, cast: Cast, open_period, tmp_path
):
    indicator = stage.make_indicator()
    stage.assign(indicator, missions["TJ"])
    typed = {indicator.pk: Typed(Entry(Amount(value=12)))}
    revision = results.save_results(
        mission=missions["TJ"], period=open_period, user=cast.stranger, typed=typed
    ).revision
    reports.submit_report(revision=revision, user=cast.stranger)
    port = free_port()
    environment = {
        "TESTS_MAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
    }
    with workers(tmp_path, environment=environment) as start_worker:
        start_worker()
        reports.return_report(revision=revision, user=cast.officer, comment="Is 12 right?")
        wait_until(lambda: Outbox.objects.get().error)
        notice = Notice.objects.select_related("mail").get(person=cast.stranger)
        assert (notice.mail.status, notice.mail.attempt) == ("queued", 0)
        assert say_mail(notice).startswith("The mail is not sent yet")

        with mail_server(port) as mails:
            Outbox.objects.update(send_after=timezone.now() - timedelta(seconds=1))  # a minute later
            sweep_mail()
            wait_until(lambda: Outbox.objects.get().status == "sent")
            # Another sweep, and another wake-up that the worker heeds, send nothing more.
            sweep_mail()
            publish(task=SEND_MAIL)
            wait_until(lambda: not list((tmp_path / "broker" / "queue").glob("*.msg")))
        [mail] = mails
    assert f"Message-ID: {notice.mail.message_id}" in mail
    assert "To: stranger@example.org" in mail
    assert "Subject: Tajikistan, Q4 2024: returned" in mail
    assert "> Is 12 right?" in mail
    notice = Notice.objects.select_related("mail").get(person=cast.stranger)
    assert say_mail(notice).startswith("Sent by mail on")
