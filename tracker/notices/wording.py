"""What a notice says: its title and sentences in the page, the subject and the text of its mail.

A notice keeps words, codes and dates as ISO strings (``params``), and every kind makes sentences of these:

- all: ``mission`` (its name) and ``period`` (its code);
- window_opened: ``due`` and ``closes``;
- due_soon and overdue: ``due``, the day by which it is handed in; ``is_answer`` where that is the answer to a
  return or a reopening; overdue also ``is_closed`` where it can no longer be written in;
- returned and reopened: ``by``, ``comment`` and ``until``, the day by which to answer;
- approved: ``by``, maybe ``comment``; withdrawn: ``by`` and ``comment``; dropped and submitted: ``by``;
- extension_granted: ``until``, ``reason``; correction_asked and correction_declined: ``reason``. All three maybe
  ``by``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.access.models import User
from tracker.common.formats import show_date, show_quarter
from tracker.common.jobs.choices import MailStatus
from tracker.common.jobs.outbox import Letter

from .choices import HowOften, NoticeKind
from .models import Notice


@dataclass(frozen=True)
class Words:
    """A notice in words. ``quoted`` is what a person wrote to it; ``by`` who that was. ``advice`` is what to do,
    empty where there is nothing.
    """

    title: str
    sentence: str
    advice: str
    quoted: str = ""
    by: str = ""


def say_notice(kind: str, params: Mapping[str, Any]) -> Words:
    """Title, sentence and advice of a notice. What the params lack is left empty."""
    facts = _facts_of(params)
    title, sentence, advice = _SAYINGS[NoticeKind(kind)](facts)
    quoted = facts["comment"] or facts["reason"]
    return Words(title % facts, sentence % facts, advice % facts, quoted, facts["by"])


class _Facts(dict[str, str]):
    """What the params say, ready to be put into sentences."""

    def __missing__(self, name: str) -> str:
        return ""


def _facts_of(params: Mapping[str, Any]) -> _Facts:
    facts = _Facts({name: str(value) for name, value in params.items() if value not in (None, False)})
    for name in ("due", "closes", "until"):
        if name in facts:
            facts[name] = show_date(date.fromisoformat(facts[name]))
    if "period" in facts:
        facts["period"] = show_quarter(facts["period"])
    return facts


# -- What each kind says: title, sentence, what to do --------------------------------------------------
_Saying = tuple[str, str, str]


def _say_window_opened(facts: _Facts) -> _Saying:
    return (
        _("%(mission)s, %(period)s: the window has opened"),
        _(
            "The report of %(mission)s for %(period)s can be filled in now. It is due on %(due)s; the window "
            "closes on %(closes)s."
        ),
        _("Open the report, fill in what is due and submit it."),
    )


def _say_due_soon(facts: _Facts) -> _Saying:
    if facts["is_answer"]:
        sentence = _(
            "An officer asked for another look at the report of %(mission)s for %(period)s. The answer is due "
            "on %(due)s, and the report is not submitted yet."
        )
    else:
        sentence = _(
            "The report of %(mission)s for %(period)s is due on %(due)s, and it is not submitted yet."
        )
    advice = _("Open the report, fill in what is missing and submit it.")
    return _("%(mission)s, %(period)s: due on %(due)s"), sentence, advice


def _say_overdue(facts: _Facts) -> _Saying:
    if facts["is_answer"]:
        sentence = _(
            "An officer asked for another look at the report of %(mission)s for %(period)s. The answer was due "
            "on %(due)s, and the report is not submitted yet."
        )
    else:
        sentence = _(
            "The report of %(mission)s for %(period)s was due on %(due)s, and it is not submitted yet."
        )
    if facts["is_closed"]:
        advice = _("It can no longer be written in: ask a regional M&E officer for more time.")
    else:
        advice = _("It is still open: fill in what is missing and submit it now.")
    return _("%(mission)s, %(period)s: overdue since %(due)s"), sentence, advice


def _say_returned(facts: _Facts) -> _Saying:
    return (
        _("%(mission)s, %(period)s: returned"),
        _(
            "%(by)s returned the report of %(mission)s for %(period)s. It is open to you until %(until)s, "
            "whatever its window."
        ),
        _("Look at what was asked, correct or explain it, and submit the report again by %(until)s."),
    )


def _say_reopened(facts: _Facts) -> _Saying:
    return (
        _("%(mission)s, %(period)s: reopened"),
        _(
            "%(by)s reopened the approved report of %(mission)s for %(period)s. It is open to you until "
            "%(until)s. What was approved counts until the correction is approved."
        ),
        _("Correct what was asked for, and submit the report again by %(until)s."),
    )


def _say_dropped(facts: _Facts) -> _Saying:
    return (
        _("%(mission)s, %(period)s: no correction needed"),
        _(
            "%(by)s took the reopening of the report of %(mission)s for %(period)s back. What was approved goes "
            "on counting."
        ),
        "",
    )


def _say_approved(facts: _Facts) -> _Saying:
    return (
        _("%(mission)s, %(period)s: approved"),
        _(
            "%(by)s approved the report of %(mission)s for %(period)s. Its results are in the region’s figures."
        ),
        "",
    )


def _say_withdrawn(facts: _Facts) -> _Saying:
    return (
        _("%(mission)s, %(period)s: figures withdrawn"),
        _(
            "%(by)s withdrew the approved figures of %(mission)s for %(period)s. They no longer count; what was "
            "approved before them counts again."
        ),
        _("Ask a regional M&E officer to reopen the report where it should be corrected."),
    )


def _say_extension_granted(facts: _Facts) -> _Saying:
    return (
        _("%(mission)s, %(period)s: more time, until %(until)s"),
        _("The report of %(mission)s for %(period)s was given more time: it is open until %(until)s."),
        _("Fill in what is missing and submit it by %(until)s."),
    )


def _say_correction_declined(facts: _Facts) -> _Saying:
    return (
        _("%(mission)s, %(period)s: correction declined"),
        _(
            "The correction that was asked for of the report of %(mission)s for %(period)s was declined. What "
            "was approved goes on counting."
        ),
        "",
    )


def _say_submitted(facts: _Facts) -> _Saying:
    return (
        _("%(mission)s, %(period)s: submitted"),
        _("%(by)s submitted the report of %(mission)s for %(period)s. It waits for review."),
        _("Review it: approve it, or return it with a comment."),
    )


def _say_correction_asked(facts: _Facts) -> _Saying:
    return (
        _("%(mission)s, %(period)s: a correction is asked for"),
        _("%(mission)s asks for its approved report for %(period)s to be corrected."),
        _("Reopen the report, or decline and say why."),
    )


_SAYINGS = {
    NoticeKind.WINDOW_OPENED: _say_window_opened,
    NoticeKind.DUE_SOON: _say_due_soon,
    NoticeKind.OVERDUE: _say_overdue,
    NoticeKind.RETURNED: _say_returned,
    NoticeKind.REOPENED: _say_reopened,
    NoticeKind.DROPPED: _say_dropped,
    NoticeKind.APPROVED: _say_approved,
    NoticeKind.WITHDRAWN: _say_withdrawn,
    NoticeKind.EXTENSION_GRANTED: _say_extension_granted,
    NoticeKind.CORRECTION_DECLINED: _say_correction_declined,
    NoticeKind.SUBMITTED: _say_submitted,
    NoticeKind.CORRECTION_ASKED: _say_correction_asked,
}


# -- Mail ----------------------------------------------------------------------------------------------
def write_letter(*, person: User, notices: Sequence[Notice]) -> Letter:
    """One mail that tells a person of these notices, in their order: of one alone, or of several in a list."""
    words = [say_notice(notice.kind, notice.params) for notice in notices]
    told = [_write_one(notice, said) for notice, said in zip(notices, words, strict=True)]
    count = len(notices)
    if count == 1:
        subject = words[0].title
    else:
        subject = ngettext(
            "%(count)s notice: %(first)s, and more",
            "%(count)s notices: %(first)s, and more",
            count,
        ) % {"count": count, "first": words[0].title}
        told = [f"{said.title}\n\n{text}" for said, text in zip(words, told, strict=True)]
    greeting = _("Hello %(name)s,") % {"name": person}
    return Letter(
        to=person.email, subject=subject, body="\n\n".join([greeting, _RULE.join(told), _write_foot()]) + "\n"
    )


_RULE = "\n\n* * *\n\n"


def _write_one(notice: Notice, said: Words) -> str:
    parts = [said.sentence]
    if said.quoted:
        parts.append(_quote(said))
    if said.advice:
        parts.append(said.advice)
    return "\n\n".join([*parts, absolute(notice.url)])


def _quote(said: Words) -> str:
    quoted = "\n".join(f"> {line}".rstrip() for line in said.quoted.splitlines())
    return f"{_('%(name)s wrote:') % {'name': said.by}}\n{quoted}" if said.by else quoted


def _write_foot() -> str:
    """Whence it comes, how to get less of it, and whom to ask."""
    lines = [
        "-- ",
        str(settings.INSTALLATION_NAME),
        _("All your notices: %(address)s") % {"address": absolute(reverse("notices"))},
        _("Choose what you get by mail, and how often: %(address)s")
        % {"address": absolute(reverse("notice-preferences"))},
    ]
    if settings.CONTACT_EMAIL:
        lines.append(_("If you cannot get in, write to %(address)s.") % {"address": settings.CONTACT_EMAIL})
    return "\n".join(lines)


def absolute(path: str) -> str:
    """The whole address of a page of this installation, for mails."""
    return f"{settings.SITE_URL}{path}"


# -- How it went by mail -------------------------------------------------------------------------------
def say_mail(notice: Notice) -> str:
    """What became of a notice by mail, as far as it is known; reads ``notice.mail``."""
    if notice.by_mail == HowOften.NEVER:
        return _("Not sent by mail, as you chose.")
    if notice.mail is None:
        if notice.mailed_at is None:
            return _("Comes with your next daily mail.")
        # In an installation that was moved: its mails stayed behind.
        return _("Put into a mail on %(when)s.") % {"when": _show_moment(notice.mailed_at)}
    match notice.mail.status:
        case MailStatus.QUEUED if notice.mail.error:
            return _("The mail is not sent yet: the mail server did not take it. It is tried again.")
        case MailStatus.QUEUED | MailStatus.SENDING:
            return _("The mail is about to be sent.")
        case MailStatus.SENT:
            return _("Sent by mail on %(when)s.") % {"when": _show_moment(notice.mail.sent_at)}
        case MailStatus.FAILED:
            return _("The mail could not be delivered. An administrator sees why.")
        case _:
            return _("Nobody knows whether the mail left: the line broke. It is not sent again by itself.")


def _show_moment(moment: datetime | None) -> str:
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    return f"{show_date(local.date())}, {local:%H:%M}"
