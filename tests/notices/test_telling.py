"""Who is told, how it goes by mail, and that the same thing is told once."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests import stage
from tests.conftest import Cast
from tracker.access.models import User
from tracker.common.jobs.models import Outbox
from tracker.notices.choices import HowOften, NoticeKind
from tracker.notices.models import Notice, NoticePreference
from tracker.notices.policies import kinds_for
from tracker.notices.services import News, mark_read, set_preferences, tell, tell_all

pytestmark = pytest.mark.django_db

RETURNED = {
    "mission": "Kyrgyzstan",
    "period": "2024-Q4",
    "by": "Officer",
    "comment": "Is 12 right?",
    "until": "2025-02-14",
}
URL = "/reporting/2024-Q4/KG/"


def tell_returned(*people: User, **more: Any) -> int:
    return tell(kind=NoticeKind.RETURNED, people=people, params=RETURNED, url=URL, **more)


def test_who_did_it_and_who_may_no_longer_sign_in_are_not_told(cast: Cast):
    cast.colleague.is_active = False
    cast.colleague.save()
    told = tell_returned(cast.reporter, cast.reporter, cast.colleague, cast.lead, by=cast.lead)
    assert told == 1
    notice = Notice.objects.get()
    assert (notice.person, notice.params, notice.url, notice.read_at) == (cast.reporter, RETURNED, URL, None)


def test_mail_goes_at_once_once_a_day_or_never_as_each_person_chose(cast: Cast):
    chosen = {cast.colleague: HowOften.DAILY, cast.lead: HowOften.NEVER}
    for person, how_often in chosen.items():
        set_preferences(person=person, wanted={NoticeKind.RETURNED: how_often})
    tell_returned(cast.reporter, cast.colleague, cast.lead)
    went = {n.person: (n.by_mail, n.mail and n.mail.to, bool(n.mailed_at)) for n in Notice.objects.all()}
    assert went == {
        cast.reporter: ("at_once", "reporter@example.org", True),
        cast.colleague: ("daily", None, False),
        cast.lead: ("never", None, False),
    }
    assert Outbox.objects.count() == 1


def test_officers_usually_get_what_is_submitted_once_a_day(cast: Cast):
    tell(
        kind=NoticeKind.SUBMITTED,
        people=[cast.officer],
        params={"mission": "Kyrgyzstan", "period": "2024-Q4", "by": "Lead"},
        url="/review/1/",
    )
    assert Notice.objects.get().by_mail == HowOften.DAILY


def test_what_has_a_key_is_told_to_each_person_once(cast: Cast):
    assert tell_returned(cast.reporter, key="KG 2024-Q4") == 1
    # Again, with somebody new: only they are told. Under another key it is another thing.
    assert tell_returned(cast.reporter, cast.lead, key="KG 2024-Q4") == 1
    assert tell_returned(cast.reporter, key="KG 2025-Q1") == 1
    assert tell_returned(cast.reporter) == tell_returned(cast.reporter) == 1
    assert Notice.objects.filter(person=cast.lead).count() == 1
    assert Notice.objects.filter(person=cast.reporter).count() == 4
    assert Outbox.objects.count() == 5
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(person=cast.lead, kind="returned", key="KG 2024-Q4", by_mail="never")


def test_what_is_told_in_one_go_comes_in_one_mail(cast: Cast):
    approved = {**RETURNED, "comment": ""}
    news = [
        News(
            kind=NoticeKind.APPROVED,
            people=[cast.reporter, cast.lead],
            params={**approved, "period": period},
            url=f"/reporting/{period}/KG/",
        )
        for period in ("2024-Q3", "2024-Q4")
    ]
    assert tell_all(news) == 4
    to_lead = Outbox.objects.get(to="lead@example.org")
    assert to_lead.subject == "2 notices: Kyrgyzstan, Q3 2024: approved, and more"
    assert to_lead.body.index("Kyrgyzstan for Q3 2024") < to_lead.body.index("Kyrgyzstan for Q4 2024")
    assert set(Notice.objects.filter(person=cast.lead).values_list("mail", flat=True)) == {to_lead.pk}


@pytest.mark.parametrize(("key", "statements"), [("", 4), ("KG", 7)])
def test_telling_takes_the_same_statements_for_two_and_forty_people(
    key, statements, cast: Cast, django_assert_num_queries
):
    many = [stage.make_person(f"person{n}") for n in range(40)]
    with django_assert_num_queries(statements):
        tell_returned(cast.reporter, cast.lead, key=key)
    with django_assert_num_queries(statements):
        tell_returned(*many, key=key)


def test_a_notice_and_its_mail_belong_to_the_transaction_of_what_happened(cast: Cast):
    with suppress(LookupError), transaction.atomic():
        tell_returned(cast.reporter)
        raise LookupError
    assert (Notice.objects.count(), Outbox.objects.count()) == (0, 0)


def test_marking_all_as_read_leaves_what_came_after_the_page_and_what_is_of_others(cast: Cast):
    tell_returned(cast.reporter, cast.lead)
    shown = Notice.objects.get(person=cast.reporter)
    tell_returned(cast.reporter)
    assert mark_read(person=cast.reporter, up_to=shown.pk) == 1
    assert mark_read(person=cast.reporter, up_to=shown.pk) == 0
    assert Notice.objects.told(cast.reporter).unread().count() == 1
    assert Notice.objects.told(cast.lead).unread().count() == 1
    assert mark_read(person=cast.lead, notice=shown) == 0  # of somebody else


def test_who_wants_no_mail_any_more_gets_none_of_what_waits(cast: Cast):
    wanted = {NoticeKind.RETURNED: HowOften.DAILY, NoticeKind.APPROVED: HowOften.DAILY}
    set_preferences(person=cast.reporter, wanted=wanted)
    tell_returned(cast.reporter)
    tell(kind=NoticeKind.APPROVED, people=[cast.reporter], params=RETURNED, url=URL)
    set_preferences(person=cast.reporter, wanted={**wanted, NoticeKind.RETURNED: HowOften.NEVER})
    assert [n.kind for n in Notice.objects.awaiting_digest()] == ["approved"]


def test_choices_are_kept_one_for_each_kind_with_their_history(cast: Cast):
    for how_often in (HowOften.DAILY, HowOften.DAILY, HowOften.NEVER):
        set_preferences(person=cast.reporter, wanted={NoticeKind.RETURNED: how_often})
    choice = NoticePreference.objects.get()
    assert choice.how_often == "never"
    # The second one changed nothing, and left nothing.
    assert list(choice.events.order_by("pgh_id").values_list("how_often", flat=True)) == ["daily", "never"]


def test_a_person_hears_what_their_roles_have_to_do_with(cast: Cast, missions):
    from tracker.access.policies import rights_of

    of_missions = {
        "window_opened", "due_soon", "overdue", "returned", "reopened", "dropped", "approved", "withdrawn",
        "extension_granted", "correction_declined",
    }  # fmt: skip
    assert set(kinds_for(rights_of(cast.lead))) == of_missions
    assert set(kinds_for(rights_of(cast.head))) == {"submitted", "correction_asked"}
    for person in (cast.viewer, cast.administrator, cast.nobody):
        assert kinds_for(rights_of(person)) == []
    # A viewer who stands in for a reporter hears what reporters hear, for as long.
    today = timezone.localdate()
    cast.reporter.memberships.update(
        stand_in=cast.viewer, stand_in_from=today, stand_in_to=today + timedelta(days=3)
    )
    assert set(kinds_for(rights_of(User.objects.get(pk=cast.viewer.pk)))) == of_missions
