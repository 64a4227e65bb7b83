"""People by file: who may sign in, and how nobody is locked out by it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import stage
from tests.batches.sheets import (
    check,
    conflicts,
    content_of,
    counts,
    csv_of,
    load,
    look,
    messages,
    save,
    undo,
)
from tests.imports.test_exports_of_the_setup import FORMATS, NOTHING, back, out
from tracker.access.choices import Role
from tracker.access.models import Membership, User
from tracker.access.services import grant_membership
from tracker.batches.services import UndoRefused
from tracker.common.jobs.models import Outbox

HEADER = "email,name,active"


def test_a_new_person_gets_an_account_without_password_roles_or_mail(cast) -> None:
    plan = load(
        "users",
        csv_of(HEADER, " Aigul@Example.org ,Aigul,", "gulnara@example.org,,no"),
        user=cast.administrator,
    )
    assert counts(plan) == {"new": 2, "changed": 0, "unchanged": 0}
    aigul, gulnara = User.objects.filter(email__in=["aigul@example.org", "gulnara@example.org"]).order_by(
        "email"
    )
    assert (aigul.name, aigul.is_active, gulnara.name, gulnara.is_active) == ("Aigul", True, "", False)
    assert not aigul.has_usable_password()
    assert not aigul.memberships.exists()
    assert abs(timezone.now() - aigul.date_joined) < timedelta(minutes=5)
    assert (mail.outbox, Outbox.objects.count()) == ([], 0)


def test_names_and_rights_to_sign_in_change_and_a_column_that_is_missing_changes_nothing(cast) -> None:
    plan = look("users", csv_of("email,name", "viewer@example.org,Vera", "head@example.org,Head")).plan
    assert [(change.key, dict(change.cells)) for change in plan.changes] == [
        (("viewer@example.org",), {"name": ("Viewer", "Vera")}),
        (("head@example.org",), {}),
    ]
    load("users", csv_of(HEADER, "viewer@example.org,Viewer,no"), user=cast.administrator)
    load("users", csv_of("email,name", "viewer@example.org,Vera"), user=cast.administrator)
    cast.viewer.refresh_from_db()
    assert (cast.viewer.name, cast.viewer.is_active) == ("Vera", False)


def test_history_says_by_whom_and_by_which_file(cast) -> None:
    batch = save("users", csv_of(HEADER, "viewer@example.org,Vera,yes"), user=cast.administrator)
    event = cast.viewer.events.latest("pgh_id")
    assert (event.pgh_label, event.name) == ("update", "Vera")
    assert (event.pgh_context["batch"], event.pgh_context["user"]) == (batch.pk, cast.administrator.pk)


def test_the_password_of_somebody_who_is_loaded_again_stays(cast) -> None:
    cast.viewer.set_password("a long enough secret")
    cast.viewer.save()
    load("users", csv_of(HEADER, "viewer@example.org,Vera,yes"), user=cast.administrator)
    assert User.objects.get(pk=cast.viewer.pk).check_password("a long enough secret")


def test_what_is_wrong_is_said_at_once_for_every_row(cast) -> None:
    long = "x" * 250 + "@example.org"
    checked = look(
        "users",
        csv_of(
            HEADER,
            "nobody at example,A,yes",
            f"{long},B,yes",
            "new@example.org,C,perhaps",
            "one@example.org,D,yes",
            "One@Example.org,E,yes",
            ",F,yes",
        ),
    )
    assert [(row, column) for row, column, _said in messages(checked)] == [
        (2, "email"), (3, "email"), (4, "active"), (6, "email"), (7, "email"),
    ]  # fmt: skip
    said = [said for _row, _column, said in messages(checked)]
    assert said[0] == "“nobody at example” is no e-mail address. Write it like name@example.org."
    assert said[3] == "Row 5 already has this. Delete one of the two rows."


# -- Who is left --------------------------------------------------------------------------------------
def test_nobody_ends_their_own_account(cast) -> None:
    stage.make_person("another", Role.ADMINISTRATOR)
    data = csv_of(HEADER, "administrator@example.org,Administrator,no")
    assert messages(look("users", data, user=cast.administrator)) == [
        (2, "active", "You could not sign in any more. Have another administrator do this.")
    ]
    assert messages(look("users", data, user=User.objects.get(email="another@example.org"))) == []


def test_the_last_administrator_keeps_the_account(cast) -> None:
    data = csv_of(HEADER, "administrator@example.org,Administrator,no", "viewer@example.org,Viewer,no")
    checked = check("users", data)
    assert [(row, column) for row, column, _said in messages(checked)] == [(2, "active")]
    assert "Nobody would be administrator any more" in messages(checked)[0][2]
    assert [change.key for change in checked.plan.changes] == [("viewer@example.org",)]
    # One who is to end soon does not count as left.
    ending = stage.make_person("ending")
    soon = timezone.localdate() + timedelta(days=30)
    grant_membership(person=ending, role=Role.ADMINISTRATOR, ends_on=soon, user=None)
    assert messages(check("users", data)) == messages(checked)


def test_the_session_of_somebody_made_inactive_ends(strategy, cast, client) -> None:
    client.force_login(cast.viewer)
    assert client.get(reverse("framework")).status_code == 200
    load("users", csv_of(HEADER, "viewer@example.org,Viewer,no"), user=cast.administrator)
    assert client.get(reverse("framework")).status_code == 302


def test_it_is_asked_whether_a_mission_is_to_be_left_without_anybody(cast) -> None:
    rows = [f"{name}@example.org,{name.title()},no" for name in ("reporter", "colleague", "lead", "stranger")]
    plan = look("users", csv_of(HEADER, *rows), user=cast.administrator).plan
    assert [(each.row, each.message) for each in plan.questions] == [
        *((row, "Nobody would report for Kyrgyzstan any more. Is that right?") for row in (2, 3, 4)),
        (5, "Nobody would report for Tajikistan any more. Is that right?"),
    ]
    assert look("users", csv_of(HEADER, *rows[:2]), user=cast.administrator).plan.questions == []


# -- Taken back ---------------------------------------------------------------------------------------
def test_a_file_of_people_is_taken_back(cast) -> None:
    before = content_of(User)
    batch = save(
        "users",
        csv_of(HEADER, "new@example.org,New,", "viewer@example.org,Vera,no"),
        user=cast.administrator,
    )
    plan = undo(batch, user=cast.administrator)
    assert (plan.deleted, plan.restored) == (1, 1)
    assert content_of(User) == before


def test_what_people_did_since_stands_in_the_way(cast) -> None:
    batch = save(
        "users",
        csv_of(HEADER, *(f"new{n}@example.org,New {n}," for n in range(5)), "viewer@example.org,Vera,yes"),
        user=cast.administrator,
    )
    fresh = list(User.objects.filter(email__startswith="new").order_by("email"))
    grant_membership(person=fresh[0], role=Role.VIEWER, user=cast.administrator)
    User.objects.filter(pk=fresh[1].pk).update(last_login=timezone.now())
    fresh[2].set_password("a long enough secret")
    fresh[2].save()
    later = save("users", csv_of(HEADER, "viewer@example.org,Viola,yes"), user=cast.administrator)
    assert conflicts(batch) == [
        ("Viola", "changed since", f"Administrator, import no. {later.pk}"),
        ("New 0", "in use since: 1 membership", ""),
        ("New 1", "has signed in or set a password since", ""),
        ("New 2", "has signed in or set a password since", ""),
    ]
    with pytest.raises(UndoRefused):
        undo(batch, user=cast.administrator)
    assert User.objects.filter(email__startswith="new").count() == 5


def test_undoing_takes_no_last_administrator(cast) -> None:
    other = stage.make_person("other", Role.ADMINISTRATOR)
    User.objects.filter(pk=other.pk).update(is_active=False)
    batch = save("users", csv_of(HEADER, "other@example.org,Other,yes"), user=cast.administrator)
    Membership.objects.filter(user=cast.administrator).update(ends_on="2020-01-01")
    [(what, why, _by)] = conflicts(batch)
    assert (what, why.startswith("Nobody would be administrator any more")) == ("Administrator", True)


# -- Out and back -------------------------------------------------------------------------------------
@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("tagged", [False, True])
def test_people_come_back_unchanged(cast, suffix: str, tagged: bool) -> None:
    User.objects.filter(pk=cast.viewer.pk).update(name="=HYPERLINK(1)", is_active=False)
    User.objects.filter(pk=cast.head.pk).update(name="")
    assert back("users", out("users", suffix, tagged=tagged), suffix) == NOTHING


def test_people_of_some_missions_are_chosen(cast) -> None:
    rows = out("users", missions=frozenset({"TJ"})).decode("utf-8-sig").splitlines()
    assert rows == ["email,name,active", "stranger@example.org,Stranger,yes"]


def test_a_file_of_people_takes_as_many_statements_for_two_as_for_forty(cast) -> None:
    def statements(numbers: range) -> int:
        data = csv_of(HEADER, *(f"p{n}@example.org,P {n}," for n in numbers), "viewer@example.org,V,yes")
        with CaptureQueriesContext(connection) as queries:
            look("users", data, user=User.objects.get(pk=cast.administrator.pk))
        return len(queries)

    assert statements(range(2)) == statements(range(40))
