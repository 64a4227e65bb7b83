"""What a notice says, in the page and in its mail."""

from datetime import UTC, datetime

import pytest
from django.conf import settings as current

from tests.conftest import Cast
from tests.notices.test_telling import RETURNED, URL
from tracker.common.jobs.models import Outbox
from tracker.notices.choices import NoticeKind
from tracker.notices.models import Notice
from tracker.notices.wording import say_mail, say_notice, write_letter

REPORT = {"mission": "Kyrgyzstan", "period": "2022-Q3"}
BY = {**REPORT, "by": "Anna Officer"}

# The title of each kind, and what its sentences must say.
SAYS = [
    ("window_opened", {**REPORT, "due": "2022-10-20", "closes": "2022-11-09"},
     "Kyrgyzstan, Q3 2022: the window has opened", ["due on 20 Oct 2022", "closes on 9 Nov 2022"]),
    ("due_soon", {**REPORT, "due": "2022-11-04"},
     "Kyrgyzstan, Q3 2022: due on 4 Nov 2022", ["is due on 4 Nov 2022, and it is not submitted yet"]),
    ("due_soon", {**REPORT, "due": "2022-11-04", "is_answer": True},
     "Kyrgyzstan, Q3 2022: due on 4 Nov 2022", ["asked for another look", "The answer is due on 4 Nov 2022"]),
    ("overdue", {**REPORT, "due": "2022-11-04", "is_closed": False},
     "Kyrgyzstan, Q3 2022: overdue since 4 Nov 2022", ["was due on 4 Nov 2022", "It is still open"]),
    ("overdue", {**REPORT, "due": "2022-11-04", "is_closed": True},
     "Kyrgyzstan, Q3 2022: overdue since 4 Nov 2022", ["ask a regional M&E officer for more time"]),
    ("overdue", {**REPORT, "due": "2022-11-04", "is_answer": True},
     "Kyrgyzstan, Q3 2022: overdue since 4 Nov 2022", ["The answer was due on 4 Nov 2022"]),
    ("returned", {**BY, "comment": "Is 12 right?", "until": "2022-11-18"},
     "Kyrgyzstan, Q3 2022: returned", ["Anna Officer returned", "Is 12 right?", "again by 18 Nov 2022"]),
    ("reopened", {**BY, "comment": "The total", "until": "2022-11-18"},
     "Kyrgyzstan, Q3 2022: reopened", ["Anna Officer reopened", "The total", "until 18 Nov 2022"]),
    ("dropped", BY, "Kyrgyzstan, Q3 2022: no correction needed", ["Anna Officer took the reopening"]),
    ("approved", {**BY, "comment": ""}, "Kyrgyzstan, Q3 2022: approved", ["Anna Officer approved"]),
    ("withdrawn", {**BY, "comment": "Counted twice"},
     "Kyrgyzstan, Q3 2022: figures withdrawn", ["Anna Officer withdrew", "Counted twice"]),
    ("extension_granted", {**REPORT, "until": "2022-11-30", "reason": "Floods"},
     "Kyrgyzstan, Q3 2022: more time, until 30 Nov 2022", ["open until 30 Nov 2022", "Floods"]),
    ("correction_declined", {**REPORT, "reason": "It is right"},
     "Kyrgyzstan, Q3 2022: correction declined", ["was declined", "It is right"]),
    ("submitted", BY, "Kyrgyzstan, Q3 2022: submitted", ["Anna Officer submitted", "waits for review"]),
    ("correction_asked", {**REPORT, "reason": "A slip"},
     "Kyrgyzstan, Q3 2022: a correction is asked for", ["asks for its approved report for Q3 2022", "A slip"]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "params", "title", "parts"), SAYS)
def test_every_kind_says_what_happened_and_what_to_do(kind, params, title, parts):
    words = say_notice(kind, params)
    assert words.title == title
    text = f"{words.sentence} {words.quoted} {words.advice}"
    for part in parts:
        assert part in text
    assert "%" not in text
    assert "  " not in words.sentence


def test_no_kind_is_without_its_words():
    assert {kind for kind, *_rest in SAYS} == set(NoticeKind)


def test_a_persons_own_words_are_told_to_the_letter():
    words = say_notice("returned", {**BY, "comment": "100 % of %(period)s?\nSee row 3"})
    assert words.quoted == "100 % of %(period)s?\nSee row 3"
    # What an older notice does not hold is left out, and nothing breaks.
    assert say_notice("approved", {}).title == ", : approved"


@pytest.mark.django_db
def test_the_mail_of_a_returned_report_reads_as_a_letter(cast: Cast, settings):
    settings.SITE_URL, settings.CONTACT_EMAIL = "https://tracker.example.org", "help@example.org"
    notice = Notice(person=cast.reporter, kind="returned", params=RETURNED, url=URL)
    letter = write_letter(person=cast.reporter, notices=[notice])
    assert (letter.to, letter.subject) == ("reporter@example.org", "Kyrgyzstan, Q4 2024: returned")
    assert letter.body == (
        "Hello Reporter,\n\n"
        "Officer returned the report of Kyrgyzstan for Q4 2024. It is open to you until 14 Feb 2025, whatever "
        "its window.\n\n"
        "Officer wrote:\n> Is 12 right?\n\n"
        "Look at what was asked, correct or explain it, and submit the report again by 14 Feb 2025.\n\n"
        "https://tracker.example.org/reporting/2024-Q4/KG/\n\n"
        "-- \n"
        "Strategy results tracker\n"
        "All your notices: https://tracker.example.org/notices/\n"
        "Choose what you get by mail, and how often: https://tracker.example.org/account/notices/\n"
        "If you cannot get in, write to help@example.org.\n"
    )


def test_links_of_a_demonstration_lead_to_this_machine():
    assert current.SITE_URL.startswith("http://127.0.0.1:")


@pytest.mark.parametrize(
    ("by_mail", "mailed", "status", "error", "said"),
    [
        ("never", False, None, "", "Not sent by mail, as you chose."),
        ("daily", False, None, "", "Comes with your next daily mail."),
        ("at_once", True, None, "", "Put into a mail on 4 Nov 2022, 14:02."),
        ("at_once", True, "queued", "", "The mail is about to be sent."),
        ("at_once", True, "sending", "", "The mail is about to be sent."),
        ("at_once", True, "queued", "out of reach", "The mail is not sent yet: the mail server did not take it."),
        ("daily", True, "sent", "", "Sent by mail on 4 Nov 2022, 14:02."),
        ("at_once", True, "failed", "no such user", "The mail could not be delivered."),
        ("at_once", True, "unknown", "lost", "Nobody knows whether the mail left"),
    ],
)  # fmt: skip
def test_how_it_went_by_mail_is_said_as_far_as_it_is_known(by_mail, mailed, status, error, said):
    moment = datetime(2022, 11, 4, 13, 2, tzinfo=UTC)  # two minutes past two in Vienna
    mail = Outbox(status=status, error=error, sent_at=moment if status == "sent" else None)
    notice = Notice(by_mail=by_mail, mailed_at=moment if mailed else None)
    notice.mail = mail if status else None
    assert say_mail(notice).startswith(said)
