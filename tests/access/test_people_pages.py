"""How administrators look after people: inviting, roles and stand-ins, and what goes and stays when somebody leaves."""

import re
from datetime import date, timedelta

import pghistory
import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import stage
from tests.batches.sheets import check, csv_of, save
from tests.conftest import Cast
from tests.pages import questions_of
from tracker.access.choices import Role
from tracker.access.models import Invitation, Membership, User
from tracker.access.services import invite_person
from tracker.batches.models import ImportLine
from tracker.common.jobs.models import Outbox
from tracker.common.jobs.outbox import send_later
from tracker.common.tables import find_columns

pytestmark = pytest.mark.django_db

PASSWORD = "a password of one's own"
TODAY = date.today


def send(client: Client, name: str, /, *args: object, **data: object) -> HttpResponse:
    return client.post(reverse(name, args=args), data, follow=True)


def link_in(mail: Outbox) -> str:
    [link] = re.findall(r"^http://testserver(/invitation/\S+)$", mail.body, re.MULTILINE)
    return link


def row_of(client: Client, email: str, **query: str) -> str:
    """What the list says of somebody, without its markup; nothing where they are not on it."""
    page = client.get(reverse("people"), query).content.decode()
    rows = [row for row in re.findall(r"<tr\b.*?</tr>", page, re.DOTALL) if email in row]
    return " ".join(re.sub(r"<[^>]+>", " ", "".join(rows)).split())


def choose(client: Client, link: str, password: str = PASSWORD) -> HttpResponse:
    return client.post(link, {"password1": password, "password2": password}, follow=True)


# -- Inviting -----------------------------------------------------------------------------------------
def test_somebody_is_invited_chooses_a_password_by_the_link_and_is_signed_in(
    cast: Cast, missions, strategy, sign_in, settings
):
    settings.INVITATION_DAYS = 7
    admin = sign_in(cast.administrator)
    until = timezone.localdate() + timedelta(days=7)
    said = send(
        admin,
        "people-invite",
        email=" Aigul@Example.org",
        name="Aigul",
        role="reporter",
        mission="KG",
        starts_on="2024-05-03",
    ).content.decode()
    assert "Aigul is invited: the mail to aigul@example.org is on its way." in said
    assert f"Invited, the link works until {until.day} {until:%b %Y}." in said
    [mail] = Outbox.objects.all()
    assert (mail.to, mail.status) == ("aigul@example.org", "queued")
    assert mail.subject == "Strategy results tracker: your invitation"
    assert "Administrator invites you to the Strategy results tracker." in mail.body
    assert "Your role: Reporter, Kyrgyzstan." in mail.body
    assert f"The link works once, until {until.day} {until:%b %Y}." in mail.body
    row = row_of(admin, "aigul@example.org")
    assert "Reporter, Kyrgyzstan, from 3 May 2024 on" in row
    assert "Invited" in row

    person = User.objects.get(email="aigul@example.org")
    assert not person.has_usable_password()
    new = Client()
    page = new.get(link_in(mail)).content.decode()
    assert "Administrator invites you to the Strategy results tracker." in page
    assert "Reporter, Kyrgyzstan" in page
    # What is wrong is said, and the link goes on working.
    assert "too short" in choose(new, link_in(mail), "123").content.decode()
    assert choose(new, link_in(mail)).redirect_chain[-1][0] == "/"
    assert new.session["_auth_user_id"] == str(person.pk)
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    assert Client().get(link_in(mail)).status_code == 410
    assert Invitation.objects.get().used_at is not None
    assert "last on" in row_of(admin, "aigul@example.org")


def test_an_invitation_that_cannot_be_is_said_with_all_that_was_typed_still_there(
    cast: Cast, missions, strategy, sign_in
):
    admin = sign_in(cast.administrator)
    assert (
        '<option value="" selected>Choose a role</option>'
        in admin.get(reverse("people-invite")).content.decode()
    )
    typed = {"email": cast.viewer.email, "name": "Another", "role": "viewer"}
    answer = admin.post(reverse("people-invite"), typed)
    assert answer.status_code == 422
    assert "viewer@example.org has an account already" in answer.content.decode()
    assert 'value="Another"' in answer.content.decode()
    for wrong, sentence in (
        ({"role": "reporter"}, "This role is a mission’s. Choose the mission."),
        ({"mission": "KG"}, "This role is the region’s. Choose none."),
        ({"starts_on": "2024-05-03", "ends_on": "2024-05-02"}, "This is before the first day."),
        ({"email": "no address"}, "Enter a valid email address."),
        ({"name": ""}, "This field is required."),
        ({"role": "", "mission": "KG"}, "This field is required."),
    ):
        page = admin.post(reverse("people-invite"), {**typed, "email": "new@example.org", **wrong})
        assert sentence in page.content.decode()
    assert not User.objects.filter(email="new@example.org").exists()
    assert not Outbox.objects.exists()


def invited(cast: Cast, role: Role = Role.VIEWER) -> tuple[User, str]:
    link = "http://testserver/invitation/TOKEN/"
    person = invite_person(
        email="aigul@example.org", name="Aigul", role=role, link=link, user=cast.administrator
    )
    return person, link_in(Outbox.objects.latest("pk"))


def test_an_invitation_expires_is_sent_again_and_the_old_link_stays_dead(cast: Cast, strategy, sign_in):
    person, old = invited(cast)
    long_ago = timezone.now() - timedelta(days=30)
    Invitation.objects.update(sent_at=long_ago, expires_at=long_ago + timedelta(days=14))
    admin = sign_in(cast.administrator)
    assert "Invitation expired on" in row_of(admin, person.email)
    assert person.email in row_of(admin, person.email, standing="expired")
    assert row_of(admin, person.email, standing="invited") == ""
    assert choose(Client(), old).status_code == 410

    assert "Another invitation is on its way" in send(admin, "person-invite", person.pk).content.decode()
    new = link_in(Outbox.objects.latest("pk"))
    assert new != old
    assert Client().get(old).status_code == 410
    assert choose(Client(), new).status_code == 200
    # Who signs in already needs no invitation.
    assert "signs in already" in send(admin, "person-invite", person.pk).content.decode()


def test_an_invitation_is_taken_back_and_nobody_comes_in_by_it(cast: Cast, strategy, sign_in):
    person, link = invited(cast)
    admin = sign_in(cast.administrator)
    assert "The invitation is taken back" in send(admin, "person-take-back", person.pk).content.decode()
    assert choose(Client(), link).status_code == 410
    assert "Closed" in row_of(admin, person.email)
    assert "taken back already" in send(admin, "person-take-back", person.pk).content.decode()
    # Invited once more, the account opens again.
    send(admin, "person-invite", person.pk)
    assert choose(Client(), link_in(Outbox.objects.latest("pk"))).status_code == 200


def test_whoever_signed_in_another_way_leaves_no_open_door_behind(cast: Cast, strategy):
    person, link = invited(cast)
    User.objects.filter(pk=person.pk).update(last_login=timezone.now())
    assert Client().get(link).status_code == 410


@pytest.mark.parametrize("broken", ["nonsense", "MQ:1abcde:nothing", "%00"])
def test_a_link_that_is_broken_is_said_to_work_no_longer(db, client, broken):
    answer = client.get(f"/invitation/{broken}/")
    assert answer.status_code == 410
    assert "Otherwise ask for another invitation." in answer.content.decode()


def test_the_administration_does_not_show_the_texts_of_mails(cast: Cast, strategy, sign_in):
    _person, link = invited(cast)
    mail = Outbox.objects.get()
    page = sign_in(cast.administrator).get(reverse("admin:tracker_outbox_change", args=[mail.pk]))
    assert mail.subject in page.content.decode()
    assert link.split("/")[2] not in page.content.decode()


# -- Roles --------------------------------------------------------------------------------------------
def test_another_role_is_given_ended_and_folded_away_and_nobody_is_deleted(
    cast: Cast, missions, strategy, sign_in
):
    admin = sign_in(cast.administrator)
    page = send(admin, "person", cast.viewer.pk, role="lead", mission="TJ", starts_on="2024-01-01")
    assert "Lead reporter, Tajikistan, from 1 Jan 2024 on" in page.content.decode()
    membership = cast.viewer.memberships.get(role="lead")
    send(admin, "membership", membership.pk, starts_on="2024-01-01", ends_on="2024-03-31")
    row = row_of(admin, cast.viewer.email)
    assert "1 ended Lead reporter, Tajikistan, from 1 Jan 2024 to 31 Mar 2024" in row
    # What is over is found under nothing that holds.
    assert row_of(admin, cast.viewer.email, role="lead") == ""
    assert cast.viewer.email in row_of(admin, cast.viewer.email, role="viewer")
    twice = admin.post(reverse("person", args=[cast.viewer.pk]), {"role": "viewer"})
    assert twice.status_code == 422
    assert "holds this role already" in twice.content.decode()


def test_a_stand_in_is_named_between_two_days(cast: Cast, missions, strategy, sign_in):
    admin = sign_in(cast.administrator)
    membership = cast.officer.memberships.get()
    url = reverse("membership", args=[membership.pk])
    wrong = admin.post(url, {"stand_in": cast.head.pk})
    assert wrong.status_code == 422
    assert wrong.content.decode().count("Say from when to when.") >= 2
    assert f'<option value="{cast.officer.pk}"' not in wrong.content.decode()
    assert "nobody who stands in" in admin.post(url, {"stand_in_from": "2024-01-01"}).content.decode()
    days = {"stand_in_from": "2024-01-01", "stand_in_to": "2024-01-31"}
    assert admin.post(url, {"stand_in": cast.head.pk, **days}).status_code == 302
    assert "M&amp;E officer (stand-in: Head, from 1 Jan 2024 to 31 Jan 2024)" in row_of(
        admin, cast.officer.email
    )


def test_the_last_administrator_is_told_on_the_form_that_keeps_what_was_typed(cast: Cast, strategy, sign_in):
    admin = sign_in(cast.administrator)
    membership = cast.administrator.memberships.get()
    answer = admin.post(reverse("membership", args=[membership.pk]), {"ends_on": "2020-01-01"})
    assert answer.status_code == 422
    assert "Nobody would be administrator any more" in answer.content.decode()
    assert 'value="2020-01-01"' in answer.content.decode()
    closed = admin.post(reverse("person", args=[cast.administrator.pk]), {"name": "Administrator"})
    assert closed.status_code == 422
    assert "Nobody would be administrator any more" in closed.content.decode()
    cast.administrator.refresh_from_db()
    assert cast.administrator.is_active


def test_a_name_is_changed_and_an_account_closed_for_a_while(cast: Cast, strategy, sign_in):
    admin = sign_in(cast.administrator)
    reader = Client()
    reader.force_login(cast.viewer)
    send(admin, "person", cast.viewer.pk, name="Somebody Else")
    assert "Closed" in row_of(admin, cast.viewer.email)
    assert "Somebody Else" in row_of(admin, cast.viewer.email)
    assert reader.get("/framework/").status_code == 302  # to the sign-in
    send(admin, "person", cast.viewer.pk, name="Somebody Else", is_active="on")
    reader.force_login(cast.viewer)
    assert reader.get("/framework/").status_code == 200


def test_the_list_is_searched_narrowed_and_costs_as_much_for_two_hundred(
    cast: Cast, missions, strategy, sign_in
):
    admin = sign_in(cast.administrator)

    def count(**query: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert admin.get(reverse("people"), query).status_code == 200
        return len(questions_of(queries))

    few = count()
    people = [stage.make_person(f"person{n}", Role.REPORTER, mission=missions["IL"]) for n in range(200)]
    Membership.objects.bulk_create(
        Membership(user=each, role=Role.VIEWER, ends_on="2023-12-31", stand_in=cast.viewer,
                   stand_in_from="2023-01-01", stand_in_to="2023-02-01")
        for each in people
    )  # fmt: skip
    assert count(per_page="200") == few
    page = admin.get(reverse("people"), {"mission": "IL", "per_page": "200"})
    assert page.context["table"].paginator.count == 200
    assert admin.get(reverse("people"), {"q": "person17 example"}).context["table"].paginator.count == 11


# -- Leaving ------------------------------------------------------------------------------------------
def places_of(text: str) -> list[str]:
    """The columns of the whole database in which a text stands."""
    found = []
    for table in connection.introspection.table_names():
        for column, kind in find_columns(table).items():
            if not ("char" in kind or "text" in kind or "json" in kind):
                continue
            with connection.cursor() as cursor:
                cursor.execute(
                    f'SELECT EXISTS (SELECT 1 FROM "{table}" WHERE strpos(lower("{column}"::text), %s) > 0)',
                    [text],
                )
                if cursor.fetchone()[0]:
                    found.append(f"{table}.{column}")
    return sorted(found)


def test_who_leaves_keeps_the_name_and_how_to_reach_them_stands_nowhere_any_more(
    cast: Cast, missions, strategy, sign_in
):
    leaver = stage.make_person("leaver", Role.REPORTER, mission=missions["KG"])
    address = leaver.email
    with pghistory.context(user=leaver.pk):
        strategy.name = "Named by the leaver"
        strategy.save()
    User.objects.filter(pk=leaver.pk).update(name="Jonas Leaver")
    EmailAddress.objects.create(user=leaver, email=address, verified=True)
    Authenticator.objects.create(user=leaver, type="totp", data={"secret": "x"})
    SocialAccount.objects.create(user=leaver, provider="oidc", uid="s-1", extra_data={"email": address})
    Membership.objects.filter(user=leaver).update(
        stand_in=cast.colleague, stand_in_from=TODAY(), stand_in_to="2999-01-01"
    )
    ahead = Membership.objects.create(user=leaver, role=Role.VIEWER, starts_on="2999-01-01")
    Membership.objects.filter(user=cast.reporter).update(
        stand_in=leaver, stand_in_from="2024-01-01", stand_in_to="2999-01-01"
    )
    send_later(to=address, subject=f"To {address}", body="Words for you alone")
    send_later(
        to=cast.officer.email,
        subject="Of somebody",
        body=f"{address.title()}, not jo{address} or {address}.uk, has submitted. Ask {address}.",
    )
    LogEntry.objects.create(
        user_id=cast.administrator.pk, content_type=ContentType.objects.get_for_model(User),
        object_id=str(leaver.pk), object_repr=address, action_flag=CHANGE, change_message="",
    )  # fmt: skip
    save("users", csv_of("email,name,active", f"{address},Jonas Leaver,no"), user=cast.administrator)
    User.objects.filter(pk=leaver.pk).update(is_active=True)
    theirs = Client()
    theirs.force_login(leaver)
    assert theirs.get("/framework/").status_code == 200
    assert "tracker_importline.key" in places_of(address)
    events = User.pgh_event_model.objects.filter(pgh_obj_id=leaver.pk).count()

    admin = sign_in(cast.administrator)
    asked = admin.get(reverse("person-leaves", args=[leaver.pk])).content.decode()
    assert f"the address {address}, in the history and in mails too" in asked
    unsure = admin.post(reverse("person-leaves", args=[leaver.pk]), {"name": "Jonas Leaver"})
    assert unsure.status_code == 422
    said = send(admin, "person-leaves", leaver.pk, name="Jonas Leaver", sure="on").content.decode()
    assert "The account is closed, and the address is gone. The name stays." in said

    assert places_of(address) == ["tracker_outbox.body"]  # those of others, below
    leaver.refresh_from_db()
    assert (leaver.name, leaver.is_active, leaver.has_usable_password()) == ("Jonas Leaver", False, False)
    assert leaver.email == f"left-{leaver.pk}@people.invalid"
    assert not Authenticator.objects.exists()
    assert not SocialAccount.objects.exists()
    owners = [each.get_decoded().get("_auth_user_id") for each in Session.objects.all()]
    assert owners == [str(cast.administrator.pk)]
    assert theirs.get("/framework/").status_code == 302
    # Roles end today; what lay ahead is over on its day; nobody is stood in for, or stands in, any longer.
    held = leaver.memberships.get(role="reporter")
    assert held.ends_on == TODAY()
    ahead.refresh_from_db()
    assert (ahead.ends_on, ahead.stand_in) == (date(2999, 1, 1), None)
    assert Membership.objects.get(user=cast.reporter).stand_in_to == TODAY()
    # Mails: nothing more goes there, and what another's said is without the address.
    [to_them] = Outbox.objects.filter(to=leaver.email)
    assert (to_them.status, to_them.body) == ("failed", "")
    assert to_them.error == "It was not sent: the person has left."
    [of_them] = Outbox.objects.filter(to=cast.officer.email)
    left = leaver.email
    assert of_them.body == f"{left}, not jo{address} or {address}.uk, has submitted. Ask {left}."
    of_them.delete()
    assert places_of(address) == []

    # The history goes on saying who did what, and who did this.
    history = User.pgh_event_model.objects.filter(pgh_obj_id=leaver.pk).order_by("pgh_id")
    assert history.count() == events + 1
    last = history.last()
    assert last.pgh_context["left"] == leaver.pk
    assert last.pgh_context["user"] == cast.administrator.pk
    assert strategy.events.latest("pgh_id").pgh_context["user"] == leaver.pk
    with pytest.raises(DatabaseError), transaction.atomic():
        history.update(name="Somebody else")
    row = row_of(admin, "Jonas Leaver")
    assert "Has left on" in row
    assert "left-" not in row
    assert "Leaves …" not in admin.get(reverse("person", args=[leaver.pk])).content.decode()
    assert "has left, and the address is gone" in send(admin, "person-invite", leaver.pk).content.decode()
    # The address is free for somebody new.
    send(admin, "people-invite", email=address, name="Another", role="viewer")
    assert User.objects.get(email=address).pk != leaver.pk


def test_a_file_does_not_let_back_in_who_has_left(cast: Cast, strategy, sign_in):
    send(sign_in(cast.administrator), "person-leaves", cast.viewer.pk, name="Viewer", sure="on")
    cast.viewer.refresh_from_db()
    batch = check("users", csv_of("email,name,active", f"{cast.viewer.email},Viewer,yes"), user=None).batch
    [line] = ImportLine.objects.filter(batch=batch)
    assert "has left" in line.message


def test_nobody_leaves_by_their_own_hand_or_as_the_last_administrator(cast: Cast, strategy, sign_in):
    admin = sign_in(cast.administrator)
    own = admin.post(reverse("person-leaves", args=[cast.administrator.pk]), {"name": "A", "sure": "on"})
    assert "You cannot leave by yourself." in own.content.decode()
    # A stand-in administers for a while, and is no administrator.
    days = {"stand_in_from": TODAY(), "stand_in_to": TODAY()}
    Membership.objects.filter(user=cast.administrator).update(stand_in=cast.head, **days)
    other = Client()
    other.force_login(cast.head)
    last = other.post(reverse("person-leaves", args=[cast.administrator.pk]), {"name": "A", "sure": "on"})
    assert "Nobody would be administrator any more" in last.content.decode()
    cast.administrator.refresh_from_db()
    assert (cast.administrator.is_active, cast.administrator.left_at) == (True, None)
