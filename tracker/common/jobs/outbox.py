"""Every write to the outbox: a mail is a row in the transaction that wants it sent, and leaves after it.

A row is claimed (*sending*, committed) before its mail leaves, so that no mail leaves twice. Where the
answer got lost, because the sender died or the line broke in the middle, nobody can know whether the mail
went: it is *unknown*, shown to people, and sent again only by a person's hand, under the same Message-ID.
"""

import datetime
import logging
import smtplib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import parseaddr
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.validators import validate_email
from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from ..forgetting import forget_in
from .choices import MailStatus
from .locks import MAIL, LockSession, nobody_holds
from .messages import publish
from .models import Outbox

log = logging.getLogger(__name__)

SEND_MAIL = "common.send_mail"
MAX_ATTEMPTS = 6
SERVER_PAUSE = datetime.timedelta(minutes=1)
"""How long mail waits when the mail server cannot be reached at all."""

_SUBJECT_LENGTH = 250
_BATCH = 200
# Well within the time limit of a task, which would strike in the middle of a mail. The sweep wakes the next.
_BATCH_SECONDS = 60


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A mail to be written: one address, a subject in one line, plain text."""

    to: str
    subject: str
    body: str


# -- Writing -------------------------------------------------------------------------------------------
def send_later(*, to: str, subject: str, body: str) -> Outbox:
    """Put one mail into the outbox, in the caller's transaction; it leaves after the commit."""
    return send_all_later(letters=[Letter(to=to, subject=subject, body=body)])[0]


def send_all_later(*, letters: Iterable[Letter]) -> list[Outbox]:
    """Put any number of mails into the outbox in one statement; otherwise as ``send_later``."""
    mails = Outbox.objects.bulk_create(
        Outbox(
            message_id=_new_message_id(),
            to=letter.to,
            # One line: a line break in a subject could forge headers.
            subject=Truncator(" ".join(letter.subject.split())).chars(_SUBJECT_LENGTH),
            body=letter.body,
        )
        for letter in letters
    )
    if mails:
        transaction.on_commit(lambda: publish(task=SEND_MAIL), robust=True)
    return mails


def resend(*, mail_ids: list[int]) -> int:
    """Send again, by a person's decision, what failed or is unknown; return how many.

    The Message-ID stays, so that a mailbox that has it can tell.
    """
    chosen = Outbox.objects.filter(pk__in=mail_ids, status__in=[MailStatus.FAILED, MailStatus.UNKNOWN])
    # The attempt number goes on: it tells a late answer to the earlier sending from the new one's.
    resent = chosen.update(status=MailStatus.QUEUED, send_after=Now(), error="")
    transaction.on_commit(lambda: publish(task=SEND_MAIL), robust=True)
    return resent


def forget_address(address: str, placeholder: str) -> None:
    """Write a placeholder wherever an address stands, and keep no text of a mail to it: its owner has left. What was
    still to be sent to it stays here, unsent.
    """
    to_it = Outbox.objects.filter(to__iexact=address)
    unsent = _("It was not sent: the person has left.")
    to_it.filter(status=MailStatus.QUEUED).update(status=MailStatus.FAILED, error=unsent)
    to_it.update(to=placeholder, body="")
    forget_in(Outbox.objects.all(), "subject", "body", "error", address=address, placeholder=placeholder)


# -- Sending -------------------------------------------------------------------------------------------
def send_pending_mail() -> int:
    """Send what is due, one mail after the other, and return how many left; for a worker.

    Several may run at once. Where the mail server cannot be reached, nothing is claimed and all that is due
    waits a minute: that costs a mail none of its attempts.
    """
    if not _due().exists():
        return 0
    backend = get_connection()
    sent = 0
    ends = monotonic() + _BATCH_SECONDS
    with LockSession(name="tracker mail") as session:
        try:
            for _number in range(_BATCH):
                # Before each claim: opens anew what the last refusal closed, and does nothing otherwise.
                if monotonic() > ends or not _open(backend):
                    break
                mail = _claim_mail(session=session)
                if mail is None:
                    break
                sent += _send(mail=mail, backend=backend)
                session.unlock(space=MAIL, row_id=mail.pk)
        finally:
            backend.close()
    return sent


def sweep_mail() -> int:
    """Mark as unknown what a dead sender had in hand (returned: how many), and wake a sender for what is due.

    Two statements, however many mails.
    """
    table = Outbox._meta.db_table
    with connection.cursor() as cursor:
        # Compared again under the row's lock: since the snapshot its sender may have finished and let go.
        cursor.execute(
            f"""
            WITH left_behind AS MATERIALIZED (
                SELECT mail.id, mail.attempt FROM {table} mail
                 WHERE mail.status = '{MailStatus.SENDING}' AND {nobody_holds(space=MAIL, column="mail.id")}
            ), locked AS (
                SELECT mail.id FROM {table} mail
                  JOIN left_behind ON left_behind.id = mail.id AND left_behind.attempt = mail.attempt
                 WHERE mail.status = '{MailStatus.SENDING}'
                   FOR NO KEY UPDATE OF mail SKIP LOCKED
            )
            UPDATE {table} mail SET status = '{MailStatus.UNKNOWN}', error = %s
              FROM locked WHERE mail.id = locked.id
            """,
            [_("The sender stopped while it was sending: nobody knows whether the mail left.")],
        )
        unknown = cursor.rowcount
    if _due().exists():
        publish(task=SEND_MAIL)
    return unknown


def _due() -> QuerySet[Outbox]:
    return Outbox.objects.filter(status=MailStatus.QUEUED, send_after__lte=Now())


def _open(backend: Any) -> bool:
    """Connect to the mail server where it is not yet; False, with all due mail put off, where it fails."""
    try:
        backend.open()
    except OSError as error:  # smtplib's own errors are OSErrors too
        reason = _("The mail server could not be reached: %(error)s") % {"error": error}
        log.error(reason)
        _due().update(send_after=Now() + SERVER_PAUSE, error=reason)
        return False
    return True


def _claim_mail(*, session: LockSession) -> Outbox | None:
    """Claim the mail that has waited longest, committed and locked, or None where none is due."""
    with transaction.atomic(durable=True):
        # SKIP LOCKED: two senders never claim one mail, and neither waits for the other.
        mail = _due().select_for_update(skip_locked=True).order_by("send_after", "pk").first()
        # Locked before the commit, so that no sweep ever sees it as being sent and held by nobody.
        if mail is None or not session.try_lock(space=MAIL, row_id=mail.pk):
            return None
        mail.attempt += 1
        Outbox.objects.filter(pk=mail.pk).update(
            status=MailStatus.SENDING, attempt=mail.attempt, claimed_at=Now()
        )
    return mail


def _send(*, mail: Outbox, backend: Any) -> bool:
    """Send a claimed mail and write down what became of it; whether it left."""
    message = EmailMessage(
        subject=mail.subject, body=mail.body, to=[mail.to], headers={"Message-ID": mail.message_id}
    )
    try:
        validate_email(mail.to)
        message.message()
    except (
        ValidationError,
        ValueError,
    ) as error:  # an address or header that cannot be: nothing has left yet
        _settle(mail=mail, status=MailStatus.FAILED, error=" ".join(getattr(error, "messages", [str(error)])))
        return False
    try:
        accepted = backend.send_messages([message])
    except Exception as error:  # a backend's own kinds: whatever it is, the mail must not stay claimed
        log.exception("Mail %s was not sent.", mail.pk)
        status = _status_after(error, attempt=mail.attempt)
        _settle(mail=mail, status=status, error=f"{type(error).__name__}: {error}")
        backend.close()
        return False
    if not accepted:
        _settle(mail=mail, status=MailStatus.FAILED, error=_("The mail server did not take the mail."))
        return False
    _settle(mail=mail, status=MailStatus.SENT)
    return True


def _status_after(error: Exception, *, attempt: int) -> MailStatus:
    """What a failed sending means: a clear *no* of the server, for now or for good, or nobody knows."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            codes = [code for code, _text in error.recipients.values()]
        case smtplib.SMTPNotSupportedError():
            codes = [550]
        case smtplib.SMTPResponseException():
            codes = [error.smtp_code]
        case _:
            codes = []
    if not codes or not all(400 <= code < 600 for code in codes):
        # A line that broke, a time-out, a garbled answer: the server may have taken the mail.
        return MailStatus.UNKNOWN
    for_now = any(code < 500 for code in codes)
    return MailStatus.QUEUED if for_now and attempt < MAX_ATTEMPTS else MailStatus.FAILED


def _settle(*, mail: Outbox, status: MailStatus, error: str = "") -> None:
    """Write the end of a sending; a mail put back waits 1, 2, 4 … minutes.

    Also over *unknown*: a sweep may have given this sender up when its connection broke, and we know better.
    """
    values: dict[str, Any] = {"status": status, "error": error}
    if status == MailStatus.SENT:
        values["sent_at"] = Now()
    if status == MailStatus.QUEUED:
        values["send_after"] = Now() + datetime.timedelta(minutes=2 ** (mail.attempt - 1))
    in_hand = [MailStatus.SENDING, MailStatus.UNKNOWN]
    Outbox.objects.filter(pk=mail.pk, attempt=mail.attempt, status__in=in_hand).update(**values)


def _new_message_id() -> str:
    """A Message-ID under the host of the sender's address, at most 100 characters long."""
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{uuid.uuid4().hex}@{host[-60:].lstrip('.-')}>"
