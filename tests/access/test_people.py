"""Making accounts and granting roles."""

from datetime import date

import pytest
from django.contrib.auth.hashers import make_password

from tests.conftest import Cast
from tracker.access.choices import Role
from tracker.access.models import Membership, User
from tracker.access.policies import rights_of
from tracker.access.services import create_person, grant_membership, save_membership, save_person
from tracker.common.errors import NotAllowed, Refused
from tracker.region.models import Mission


def test_an_administrator_makes_an_account_that_may_do_nothing_yet(cast: Cast):
    person = create_person(email=" Aigul@Example.org ", name="Aigul", user=cast.administrator)

    assert person.email == "aigul@example.org"
    assert not person.has_usable_password()
    assert not rights_of(person).sees_region


def test_a_hash_made_once_serves_many_accounts(db: None):
    hashed = make_password("a password for all")
    for name in ("one", "two"):
        create_person(email=f"{name}@example.org", password_hash=hashed, user=None)

    assert all(person.check_password("a password for all") for person in User.objects.all())


def test_one_address_is_one_person_whatever_its_case(cast: Cast):
    with pytest.raises(Refused, match=r"reporter@example\.org has an account already"):
        create_person(email="Reporter@Example.org", user=cast.administrator)


def test_only_an_administrator_makes_accounts_and_grants_roles(cast: Cast):
    with pytest.raises(NotAllowed):
        create_person(email="new@example.org", user=cast.officer)
    with pytest.raises(NotAllowed):
        grant_membership(person=cast.nobody, role=Role.VIEWER, user=cast.head)
    assert not Membership.objects.filter(user=cast.nobody).exists()


def test_a_granted_role_counts_at_once(cast: Cast, missions: dict[str, Mission]):
    assert not rights_of(cast.nobody).is_reporter

    grant_membership(person=cast.nobody, role=Role.REPORTER, mission=missions["TJ"], user=cast.administrator)

    assert rights_of(cast.nobody).missions == {missions["TJ"].pk}


def test_a_role_names_a_mission_where_it_is_a_missions(cast: Cast, missions: dict[str, Mission]):
    with pytest.raises(Refused, match="name the mission"):
        grant_membership(person=cast.nobody, role=Role.LEAD, user=cast.administrator)
    with pytest.raises(Refused, match="name no mission"):
        grant_membership(
            person=cast.nobody, role=Role.VIEWER, mission=missions["KG"], user=cast.administrator
        )


def test_a_role_is_not_held_twice_and_does_not_end_before_it_starts(cast: Cast, missions: dict[str, Mission]):
    with pytest.raises(Refused, match="holds this role already"):
        grant_membership(
            person=cast.reporter, role=Role.REPORTER, mission=missions["KG"], user=cast.administrator
        )
    with pytest.raises(Refused, match="end before it starts"):
        grant_membership(
            person=cast.nobody,
            role=Role.VIEWER,
            starts_on=date(2024, 5, 1),
            ends_on=date(2024, 4, 30),
            user=cast.administrator,
        )


def test_a_role_is_held_once_on_any_day(cast: Cast, missions: dict[str, Mission]):
    membership = cast.officer.memberships.get()
    membership.starts_on, membership.ends_on = date(2024, 1, 1), date(2024, 3, 31)
    save_membership(membership=membership, user=cast.administrator)
    with pytest.raises(Refused, match="already from 1 Jan 2024 to 31 Mar 2024"):
        grant_membership(
            person=cast.officer, role=Role.OFFICER, starts_on=date(2024, 3, 31), user=cast.administrator
        )
    later = grant_membership(
        person=cast.officer, role=Role.OFFICER, starts_on=date(2024, 4, 1), user=cast.administrator
    )
    later.starts_on = None
    with pytest.raises(Refused, match="holds this role already"):
        save_membership(membership=later, user=cast.administrator)


# -- The last administrator ---------------------------------------------------------------------------
LONG_AGO = date(2020, 1, 1)


@pytest.mark.parametrize(
    "change",
    [
        {"ends_on": LONG_AGO},
        {"ends_on": date(2999, 1, 1)},
        {"role": Role.OFFICER},
        {"starts_on": date(2999, 1, 1)},
    ],
    ids=["ended", "to be ended", "another role", "not begun"],
)
def test_the_last_administrator_stays_one(cast: Cast, change: dict):
    membership = cast.administrator.memberships.get()
    for name, value in change.items():
        setattr(membership, name, value)
    with pytest.raises(Refused, match="Nobody would be administrator any more"):
        save_membership(membership=membership, user=cast.administrator)

    membership.refresh_from_db()
    assert (membership.role, membership.starts_on, membership.ends_on) == (Role.ADMINISTRATOR, None, None)


def test_the_last_administrator_keeps_the_account(cast: Cast):
    cast.administrator.is_active = False
    with pytest.raises(Refused, match="Nobody would be administrator any more"):
        save_person(person=cast.administrator, user=User.objects.get(pk=cast.administrator.pk))

    cast.administrator.refresh_from_db()
    assert cast.administrator.is_active


def test_one_of_two_administrators_may_go(cast: Cast):
    grant_membership(person=cast.head, role=Role.ADMINISTRATOR, user=cast.administrator)
    membership = cast.administrator.memberships.get()
    membership.ends_on = LONG_AGO
    save_membership(membership=membership, user=cast.administrator)

    assert not rights_of(User.objects.get(pk=cast.administrator.pk)).is_administrator


def test_the_second_of_them_does_not_count_once_signed_out_for_good(cast: Cast):
    grant_membership(person=cast.head, role=Role.ADMINISTRATOR, user=cast.administrator)
    cast.head.is_active = False
    save_person(person=cast.head, user=cast.administrator)
    membership = cast.administrator.memberships.get()
    membership.ends_on = LONG_AGO
    with pytest.raises(Refused, match="Nobody would be administrator any more"):
        save_membership(membership=membership, user=cast.administrator)


def test_other_memberships_end_as_before(cast: Cast):
    membership = cast.officer.memberships.get()
    membership.ends_on = LONG_AGO
    save_membership(membership=membership, user=cast.administrator)

    assert not rights_of(User.objects.get(pk=cast.officer.pk)).is_officer


def test_only_an_administrator_saves_people_and_memberships(cast: Cast):
    with pytest.raises(NotAllowed):
        save_person(person=cast.viewer, user=cast.officer)
    with pytest.raises(NotAllowed):
        save_membership(membership=cast.viewer.memberships.get(), user=cast.officer)


def test_a_person_added_on_a_page_has_no_password_yet(cast: Cast):
    save_person(person=User(email="New@Example.org", name="New"), user=cast.administrator)

    assert not User.objects.get(email="new@example.org").has_usable_password()
