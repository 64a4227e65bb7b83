"""Every write of notices: telling people, that they have read it, what they want by mail, and the daily mail.

A notice and its mail are rows in the transaction in which the thing happens: both are there, or neither. How the
mail leaves, once, is the outbox's (``tracker.common.jobs.outbox``).
"""

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils import timezone

from tracker.access.models import User
from tracker.common.bulk import draw_ids, run, upsert
from tracker.common.jobs.outbox import send_all_later

from .choices import USUALLY, HowOften, NoticeKind
from .models import Notice, NoticePreference
from .rules import last_digest_moment
from .wording import write_letter

# Held while daily mails are written, so that two beats or two ticks do not write one twice.
_DIGEST_LOCK = 7_310_002


@dataclass(frozen=True, kw_only=True)
class News:
    """One thing that happened, and whom it concerns. Which ``params`` a kind needs says ``wording.py``."""

    kind: NoticeKind
    people: Collection[User]
    params: Mapping[str, Any]
    url: str
    key: str = ""
    by: User | None = field(default=None)
    """Who did it, and is not told."""


# -- Telling -------------------------------------------------------------------------------------------
def tell(
    *,
    kind: NoticeKind,
    people: Collection[User],
    params: Mapping[str, Any],
    url: str,
    key: str = "",
    by: User | None = None,
) -> int:
    """Tell people of one thing, in the caller's transaction; how many of them were told.

    Nobody is told of what they did themselves (``by``), nor who may no longer sign in, nor a second time of what
    has the same ``key``. Mail to those who want it at once leaves after the commit.
    """
    return tell_all([News(kind=kind, people=people, params=params, url=url, key=key, by=by)])


@transaction.atomic(savepoint=False)
def tell_all(news: Iterable[News]) -> int:
    """Tell of many things at once, as ``tell`` does of one, in as many statements as for one; how many notices.

    A person gets one mail for all that is told in one go and wanted at once.
    """
    told = [
        Notice(person=person, kind=each.kind, params=dict(each.params), url=each.url, key=each.key)
        for each in news
        for person in {person.pk: person for person in each.people}.values()
        if person.is_active and person != each.by
    ]
    if not told:
        return 0
    _set_how_often(told)
    # In one order, so that of two who tell the same at once one waits for the other and neither for both.
    told.sort(key=lambda notice: (notice.person_id, notice.kind, notice.key))
    if any(notice.key for notice in told):
        told = _write_new(told)
    else:
        Notice.objects.bulk_create(told)
    _put_into_mails([notice for notice in told if notice.by_mail == HowOften.AT_ONCE], at=timezone.now())
    return len(told)


def _write_new(notices: Sequence[Notice]) -> list[Notice]:
    """Write those that their people were not told before, and give these. Their ids are drawn first, to tell them
    from what was there, or is committed by somebody else while this waits for them.
    """
    for notice, pk in zip(notices, draw_ids(Notice, len(notices)), strict=True):
        notice.pk = pk
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    ids = [notice.pk for notice in notices]
    written = set(Notice.objects.filter(pk__in=ids).values_list("pk", flat=True))
    return [notice for notice in notices if notice.pk in written]


def _set_how_often(notices: Sequence[Notice]) -> None:
    """Note on each how its person wants this kind by mail."""
    chosen = {
        (person, kind): how_often
        for person, kind, how_often in NoticePreference.objects.filter(
            person__in={notice.person_id for notice in notices}, kind__in={notice.kind for notice in notices}
        ).values_list("person_id", "kind", "how_often")
    }
    for notice in notices:
        usual = USUALLY[NoticeKind(notice.kind)]
        notice.by_mail = chosen.get((notice.person_id, notice.kind), usual)


def _put_into_mails(notices: Sequence[Notice], *, at: datetime.datetime) -> int:
    """Write one mail to each person, with all their notices; two statements. How many mails."""
    of_people = [
        list(group) for _pk, group in groupby(sorted(notices, key=_by_person), key=lambda n: n.person_id)
    ]
    mails = send_all_later(
        letters=(write_letter(person=group[0].person, notices=group) for group in of_people)
    )
    pairs = [(notice.pk, mail.pk) for group, mail in zip(of_people, mails, strict=True) for notice in group]
    if pairs:
        run(
            f"""
            UPDATE {Notice._meta.db_table} notice SET mail_id = pair.mail, mailed_at = %s
              FROM unnest(%s::bigint[], %s::bigint[]) AS pair(notice, mail) WHERE notice.id = pair.notice
            """,
            [at, [notice for notice, _mail in pairs], [mail for _notice, mail in pairs]],
        )
    return len(mails)


def _by_person(notice: Notice) -> tuple[int, int]:
    return notice.person_id, notice.pk


# -- What a person does with them ----------------------------------------------------------------------
def mark_read(*, person: User, notice: Notice | None = None, up_to: int | None = None) -> int:
    """Mark a person's notices as read: one, or all up to an id (what came after the page was shown stays new);
    how many were not yet.
    """
    unread = Notice.objects.told(person).unread()
    if notice is not None:
        unread = unread.filter(pk=notice.pk)
    if up_to is not None:
        unread = unread.filter(pk__lte=up_to)
    return unread.update(read_at=Now())


@transaction.atomic
def set_preferences(*, person: User, wanted: Mapping[NoticeKind, HowOften]) -> None:
    """Keep how often a person wants mail of these kinds. What waits for the daily mail and is wanted by mail no
    more leaves it.
    """
    upsert(
        model=NoticePreference,
        fields=("person", "kind", "how_often"),
        unique=("person", "kind"),
        rows=[(person.pk, kind.value, how_often.value) for kind, how_often in wanted.items()],
    )
    never = [kind for kind, how_often in wanted.items() if how_often == HowOften.NEVER]
    Notice.objects.told(person).awaiting_digest().filter(kind__in=never).update(by_mail=HowOften.NEVER)


# -- The daily mail ------------------------------------------------------------------------------------
@transaction.atomic
def send_digests(*, now: datetime.datetime | None = None) -> int:
    """Write the daily mails that are due: one to each person, with all that waits for it; how many.

    It is due at a fixed hour of the installation's day. Where nobody came by at that hour, the next one who does
    writes it; who has had one since is not written to again, however often it is looked.
    """
    now = now or timezone.now()
    due = last_digest_moment(now, hour=settings.DIGEST_HOUR, zone=ZoneInfo(settings.TIME_ZONE))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_DIGEST_LOCK])
    waiting = Notice.objects.awaiting_digest()
    # Who has left is not written to, and not after a return either.
    waiting.filter(person__is_active=False).update(by_mail=HowOften.NEVER)
    had_one = Notice.objects.filter(by_mail=HowOften.DAILY, mailed_at__gte=due).values("person")
    for_whom = waiting.filter(created_at__lt=due).exclude(person__in=had_one).values("person")
    # Locked: who chooses “never” at this moment waits, and finds it in a mail, or is found to have chosen.
    chosen = waiting.filter(person__in=for_whom).select_related("person").order_by("pk")
    return _put_into_mails(list(chosen.select_for_update(of=("self",), no_key=True)), at=now)
