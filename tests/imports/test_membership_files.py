"""Memberships by file: given, ended and stood in for, never deleted, and nobody locked out."""

import io
import itertools
from dataclasses import replace
from datetime import date, timedelta

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests import stage
from tests.batches.fixtures import kept_files  # noqa: F401
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
from tests.imports.test_exports_of_the_setup import FORMATS, NOTHING, WORDS, back, out
from tracker.access.choices import MISSION_ROLES, Role
from tracker.access.models import Membership, User
from tracker.access.policies import rights_of
from tracker.access.services import grant_membership
from tracker.batches.outward import sheet_of
from tracker.batches.selections import Selection
from tracker.batches.services import UndoRefused, apply_batch
from tracker.common.errors import Refused
from tracker.common.workbooks.cells import clean_text
from tracker.common.workbooks.writing import write_workbook
from tracker.imports.registry import KINDS
from tracker.imports.templates import make_template

HEADER = "email,role,mission,starts_on,ends_on"
FULL = f"{HEADER},stand_in,stand_in_from,stand_in_to"
TODAY = date.today()
YESTERDAY = TODAY - timedelta(days=1)


def of(person: User) -> list[tuple]:
    return list(
        person.memberships.order_by("starts_on", "pk").values_list(
            "role", "mission__code", "starts_on", "ends_on"
        )
    )


def said(kind_file: bytes, user=None) -> list[tuple]:
    return messages(look("memberships", kind_file, user=user))


def _codes_for(role: Role, missions) -> list[str]:
    return list(missions) if role in MISSION_ROLES else [""]


def _as_terms(days: list[date], open_at_first: bool, open_at_last: bool) -> list[tuple]:
    """Terms one after the other, with a gap or without; the first maybe without a first day, and so on."""
    terms = [(one, other - timedelta(days=1)) for one, other in itertools.pairwise(days)]
    if terms and open_at_first:
        terms[0] = (None, terms[0][1])
    if terms and open_at_last:
        terms[-1] = (terms[-1][0], None)
    return terms


TERMS = st.builds(
    _as_terms,
    st.lists(st.dates(date(2019, 1, 1), date(2030, 1, 1)), min_size=2, max_size=4, unique=True).map(sorted),
    st.booleans(),
    st.booleans(),
)


# -- Given and ended ----------------------------------------------------------------------------------
def test_roles_are_given_from_a_day_and_count_at_once(cast, missions) -> None:
    plan = load(
        "memberships",
        csv_of(
            HEADER,
            "nobody@example.org,Lead reporter,kg,,",
            f"nobody@example.org,reporter,TJ,2024-01-01,{YESTERDAY}",
            "viewer@example.org,officer,,2024-01-01,",
        ),
        user=cast.administrator,
    )
    assert counts(plan) == {"new": 3, "changed": 0, "unchanged": 0}
    assert plan.changes[0].key == ("nobody@example.org", "lead", "KG")
    rights = rights_of(User.objects.get(pk=cast.nobody.pk))
    assert (rights.missions, rights.leads) == ({missions["KG"].pk}, {missions["KG"].pk})
    assert rights_of(User.objects.get(pk=cast.viewer.pk)).is_officer


def test_a_row_that_is_left_out_stays_and_a_last_day_ends(cast) -> None:
    before = Membership.objects.count()
    plan = load(
        "memberships",
        csv_of(HEADER, f"reporter@example.org,reporter,KG,,{YESTERDAY}"),
        user=cast.administrator,
    )
    assert [dict(change.cells) for change in plan.changes] == [{"ends_on": (None, YESTERDAY)}]
    assert Membership.objects.count() == before
    assert of(cast.reporter) == [("reporter", "KG", None, YESTERDAY)]
    assert not rights_of(User.objects.get(pk=cast.reporter.pk)).is_reporter


def test_without_a_first_day_a_row_is_about_the_membership_that_goes_on(cast) -> None:
    cast.officer.memberships.update(starts_on="2022-01-01")
    plan = load("memberships", csv_of("email,role,ends_on", "officer@example.org,officer,2099-12-31"))
    assert counts(plan)["changed"] == 1
    assert of(cast.officer) == [("officer", None, date(2022, 1, 1), date(2099, 12, 31))]


def test_a_file_that_knows_no_first_days_does_not_speak_of_a_term_that_is_over(cast) -> None:
    cast.officer.memberships.update(ends_on="2023-12-31")
    grant_membership(person=cast.officer, role=Role.OFFICER, starts_on=date(2024, 1, 1), user=None)
    load("memberships", csv_of("email,role,ends_on", "officer@example.org,officer,2099-12-31"))
    load("memberships", csv_of(HEADER, "officer@example.org,officer,,,2023-06-30"))
    assert of(cast.officer) == [
        ("officer", None, date(2024, 1, 1), date(2099, 12, 31)),
        ("officer", None, None, date(2023, 6, 30)),
    ]


def test_one_file_ends_a_term_and_begins_the_next(cast) -> None:
    load(
        "memberships",
        csv_of(
            HEADER,
            "officer@example.org,officer,,2024-07-01,",
            "officer@example.org,officer,,,2024-03-31",
        ),
    )
    assert of(cast.officer) == [
        ("officer", None, date(2024, 7, 1), None),
        ("officer", None, None, date(2024, 3, 31)),
    ]


def test_a_stand_in_has_the_rights_between_the_dates(cast) -> None:
    load("memberships", csv_of(FULL, f"officer@example.org,officer,,,,viewer@example.org,{TODAY},{TODAY}"))
    assert rights_of(User.objects.get(pk=cast.viewer.pk)).is_officer
    # A sheet that knows no stand-ins leaves them; an empty cell takes them away, with their dates.
    load("memberships", csv_of(HEADER, "officer@example.org,officer,,,"))
    assert rights_of(User.objects.get(pk=cast.viewer.pk)).is_officer
    load("memberships", csv_of("email,role,stand_in", "officer@example.org,officer,"))
    assert cast.officer.memberships.values_list("stand_in", "stand_in_from", "stand_in_to").get() == (
        None, None, None,
    )  # fmt: skip


# -- What is wrong ------------------------------------------------------------------------------------
def test_everything_that_is_wrong_is_said_at_once(cast) -> None:
    checked = look(
        "memberships",
        csv_of(
            FULL,
            "ghost@example.org,viewer,,,,,,",
            "nobody@example.org,reporter,,,,,,",
            "nobody@example.org,officer,KG,,,,,",
            "nobody@example.org,reporter,KG; TJ,,,,,",
            "nobody@example.org,chief,,,,,,",
            "nobody@example.org,lead,KG,2024-05-01,2024-04-30,,,",
            "nobody@example.org,lead,TJ,,,viewer@example.org,,2024-05-01",
            "nobody@example.org,viewer,,,,,2024-05-01,",
            "nobody@example.org,head,,,,nobody@example.org,2024-05-01,2024-06-01",
            "nobody@example.org,officer,,,,viewer@example.org,2024-05-02,2024-05-01",
            "head@example.org,head,,,,,,",
            "HEAD@example.org,head,,,,,,",
        ),
    )
    assert [(row, column) for row, column, _said in messages(checked)] == [
        (2, "email"), (3, "mission"), (4, "mission"), (5, "mission"), (6, "role"), (7, "ends_on"),
        (8, "stand_in_from"), (9, "stand_in_from"), (10, "stand_in"), (11, "stand_in_to"), (13, "email"),
    ]  # fmt: skip
    sentences = {row: sentence for row, _column, sentence in messages(checked)}
    assert sentences[2] == (
        "Nobody has an account with the address ghost@example.org. Load the people first, or correct it."
    )
    assert sentences[3] == "The role Lead reporter is a mission’s: name the mission.".replace("Lead r", "R")
    assert sentences[4] == "The role M&E officer is the region’s: leave the mission empty."
    assert "Each mission has a row of its own." in sentences[5]
    assert sentences[7] == "It would end before it starts. Correct one of the dates."
    assert sentences[13] == "Row 12 already has this. Delete one of the two rows."


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        (["officer@example.org,officer,,2024-01-01,"], {2: "This role is held already without a last day"}),
        (
            ["nobody@example.org,viewer,,2023-01-01,2024-01-01", "nobody@example.org,viewer,,2024-01-01,"],
            {3: "Row 2 has this role from 1 Jan 2023 to 1 Jan 2024"},
        ),
        # The second one begins the day after the first one ends.
        (["nobody@example.org,viewer,,2023-01-01,2023-12-31", "nobody@example.org,viewer,,2024-01-01,"], {}),
        # The same days, in two missions.
        (["nobody@example.org,reporter,KG,,", "nobody@example.org,reporter,TJ,,"], {}),
    ],
    ids=["the one that is there", "in the file", "one after the other", "two missions"],
)
def test_a_role_is_held_once_on_any_day(cast, rows, wrong) -> None:
    found = said(csv_of(HEADER, *rows))
    assert {row: column for row, column, _said in found} == dict.fromkeys(wrong, "starts_on")
    assert all(sentence.startswith(wrong[row]) for row, _column, sentence in found)


def test_memberships_that_overlap_already_are_no_matter_of_a_file_that_leaves_them(cast) -> None:
    Membership.objects.create(user=cast.officer, role="officer", starts_on="2020-01-01", ends_on="2020-12-31")
    assert back("memberships", out("memberships")) == NOTHING


# -- Who is left --------------------------------------------------------------------------------------
@pytest.mark.parametrize("last_day", [str(YESTERDAY), "2099-12-31"], ids=["now", "once"])
def test_the_last_administrator_stays_one(cast, last_day) -> None:
    data = csv_of(HEADER, f"administrator@example.org,administrator,,,{last_day}")
    [(row, column, sentence)] = said(data, cast.administrator)
    assert (row, column) == (2, "ends_on")
    assert sentence.startswith("Nobody would be administrator any more.")


def test_nobody_takes_their_own_right_to_administer(cast) -> None:
    grant_membership(person=cast.head, role=Role.ADMINISTRATOR, user=cast.administrator)
    data = csv_of(HEADER, f"administrator@example.org,administrator,,,{YESTERDAY}")
    assert said(data, cast.administrator) == [
        (2, "ends_on", "You would not be administrator any more. Have another administrator do this.")
    ]
    assert said(data, cast.head) == []
    later = csv_of(HEADER, f"administrator@example.org,administrator,,,{TODAY}")
    assert said(later, cast.administrator) == []


def test_a_stand_in_of_an_administrator_does_not_take_their_own_turn_away(cast) -> None:
    cast.administrator.memberships.update(stand_in=cast.head, stand_in_from=TODAY, stand_in_to=TODAY)
    data = csv_of("email,role,stand_in", "administrator@example.org,administrator,")
    assert said(data, cast.administrator) == []
    assert said(data, cast.head) == [
        (2, "stand_in", "You would not be administrator any more. Have another administrator do this.")
    ]


def test_an_administrator_by_an_account_that_may_not_sign_in_does_not_count(cast) -> None:
    grant_membership(person=cast.head, role=Role.ADMINISTRATOR, user=cast.administrator)
    User.objects.filter(pk=cast.head.pk).update(is_active=False)
    data = csv_of(HEADER, f"administrator@example.org,administrator,,,{YESTERDAY}")
    assert "Nobody would be administrator any more" in said(data)[0][2]


def test_rights_that_reach_far_and_rights_that_open_nothing_are_asked_about(cast) -> None:
    User.objects.filter(pk=cast.nobody.pk).update(is_active=False)
    checked = look(
        "memberships",
        csv_of(
            FULL,
            "head@example.org,administrator,,,,,,",
            "nobody@example.org,viewer,,,,,,",
            f"officer@example.org,officer,,,,nobody@example.org,{TODAY},{TODAY}",
            "viewer@example.org,viewer,,,,,,",
            f"administrator@example.org,administrator,,,,lead@example.org,{TODAY},{TODAY}",
        ),
    )
    assert [(each.row, each.column, each.message) for each in checked.plan.questions] == [
        (
            2,
            "email",
            "head@example.org would be administrator, with every right over people, settings and history. Is that "
            "right?",
        ),
        (3, "email", "nobody@example.org may not sign in, so that this opens nothing. Is that right?"),
        (4, "stand_in", "nobody@example.org may not sign in, so that this opens nothing. Is that right?"),
        (
            6,
            "stand_in",
            "lead@example.org would be administrator, with every right over people, settings and history. Is that "
            "right?",
        ),
    ]


# -- Taken back ---------------------------------------------------------------------------------------
def test_a_file_of_memberships_is_taken_back(cast) -> None:
    before = content_of(Membership)
    batch = save(
        "memberships",
        csv_of(HEADER, "nobody@example.org,viewer,,,", f"officer@example.org,officer,,,{YESTERDAY}"),
        user=cast.administrator,
    )
    event = cast.officer.memberships.get().events.latest("pgh_id")
    assert (event.pgh_context["batch"], event.pgh_context["user"]) == (batch.pk, cast.administrator.pk)
    plan = undo(batch, user=cast.administrator)
    assert (plan.deleted, plan.restored) == (1, 1)
    assert content_of(Membership) == before


def test_what_came_after_stands_in_the_way(cast) -> None:
    batch = save(
        "memberships",
        csv_of(
            HEADER,
            f"officer@example.org,officer,,,{YESTERDAY}",
            f"viewer@example.org,viewer,,,{YESTERDAY}",
        ),
        user=cast.administrator,
    )
    grant_membership(person=cast.officer, role=Role.OFFICER, starts_on=TODAY, user=cast.administrator)
    load("memberships", csv_of(HEADER, f"viewer@example.org,viewer,,,{TODAY}"), user=cast.administrator)
    assert [(what, why) for what, why, _by in conflicts(batch)] == [
        ("Viewer: Viewer", "changed since"),
        ("Officer: M&E officer", "the same role was given again since"),
    ]
    with pytest.raises(UndoRefused):
        undo(batch, user=cast.administrator)


def test_undoing_takes_no_last_administrator(cast) -> None:
    batch = save("memberships", csv_of(HEADER, "head@example.org,administrator,,,"), user=cast.administrator)
    Membership.objects.filter(user=cast.administrator).update(ends_on=YESTERDAY)
    [(what, why, _by)] = conflicts(batch)
    assert (what, why.startswith("Nobody would be administrator any more")) == ("Administrator", True)


def test_undoing_does_not_lock_out_whoever_undoes(cast) -> None:
    batch = save("memberships", csv_of(HEADER, "head@example.org,administrator,,,"), user=cast.administrator)
    with pytest.raises(Refused, match="You would not be administrator any more"):
        undo(batch, user=User.objects.get(pk=cast.head.pk))
    assert cast.head.memberships.filter(role="administrator").exists()
    undo(batch, user=cast.administrator)


# -- Out and back -------------------------------------------------------------------------------------
@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("tagged", [False, True])
def test_memberships_come_back_unchanged(cast, suffix: str, tagged: bool) -> None:
    cast.officer.memberships.update(
        stand_in=cast.head, stand_in_from=TODAY, stand_in_to=TODAY, starts_on=TODAY
    )
    grant_membership(
        person=cast.officer,
        role=Role.OFFICER,
        starts_on=date(2020, 1, 1),
        ends_on=date(2021, 1, 1),
        user=None,
    )
    assert back("memberships", out("memberships", suffix, tagged=tagged), suffix) == NOTHING


def test_a_first_day_that_was_typed_over_is_refused_where_the_row_is_known(cast) -> None:
    sheet = sheet_of(kind=KINDS["memberships"], selection=Selection(), user=None, keyed=True)
    rows = [dict(row) for row in sheet.rows]
    rows[0]["starts_on"] = date(2024, 1, 1)
    data = write_workbook([replace(sheet, rows=rows)])
    [(row, column, sentence)] = messages(look("memberships", data, filename="sheet.xlsx"))
    assert (row, column) == (2, "starts_on")
    assert sentence.startswith("This row was made for an empty cell and now says “2024-01-01”.")


class AnyPeople(TestCase):
    """Export, then import: nothing is new, nothing changed; loaded and undone: as it was."""

    @settings(
        max_examples=12, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
    )
    @given(data=st.data())
    def test_what_goes_out_comes_back_and_is_taken_back(self, data: st.DataObject) -> None:
        missions = stage.make_missions()
        boss = stage.make_person("boss", Role.ADMINISTRATOR)
        # As a name is read, so that it is the same to the letter where it is loaded anew.
        names = st.just("") | WORDS.map(clean_text)
        people = [
            User.objects.create(email=f"p{n}@example.org", name=data.draw(names), is_active=active)
            for n, active in enumerate(data.draw(st.lists(st.booleans(), min_size=1, max_size=4)))
        ]
        roles = st.sampled_from([(role, code) for role in Role for code in _codes_for(role, missions)])
        for role, code in data.draw(st.lists(roles, min_size=1, max_size=6, unique=True)):
            person = data.draw(st.sampled_from(people))
            for starts_on, ends_on in data.draw(TERMS):
                stand_in = data.draw(st.sampled_from([None, boss]))
                Membership.objects.create(
                    user=person,
                    role=role,
                    mission=missions.get(code),
                    starts_on=starts_on,
                    ends_on=ends_on,
                    stand_in=stand_in,
                    stand_in_from=stand_in and TODAY,
                    stand_in_to=stand_in and TODAY,
                )
        suffix = data.draw(st.sampled_from(sorted(FORMATS)))
        taken = {kind: out(kind, suffix) for kind in ("users", "memberships")}
        for kind, content in taken.items():
            assert back(kind, content, suffix) == NOTHING, kind

        Membership.objects.exclude(user=boss).delete()
        User.objects.exclude(pk=boss.pk).delete()
        before = content_of(User, Membership)
        batches = [save(kind, taken[kind], user=boss, filename=f"sheet.{suffix}") for kind in taken]
        assert {kind: out(kind, suffix) for kind in taken} == taken
        for batch in reversed(batches):
            undo(batch, user=boss)
        assert content_of(User, Membership) == before


def test_memberships_of_some_missions_are_chosen(cast) -> None:
    rows = out("memberships", missions=frozenset({"TJ"})).decode("utf-8-sig").splitlines()
    assert rows[1:] == ["stranger@example.org,reporter,TJ,,,,,"]


def test_a_template_offers_roles_missions_and_people_without_a_strategy(cast) -> None:
    data = make_template(kind=KINDS["memberships"], selection=Selection(), user=cast.administrator)
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["Memberships"]
    header = [cell.value for cell in sheet[1]]
    lists = {
        header[next(iter(each.sqref.ranges)).min_col - 1]: each.formula1
        for each in sheet.data_validations.dataValidation
        if each.type == "list"
    }
    assert set(lists) == {"email", "role", "mission", "stand_in"}
    offered = {cell.value for row in book["Lists"].iter_rows() for cell in row if cell.value}
    assert {"KG", "TJ", "IL", "ROV", "officer@example.org"} <= offered
    assert "REGION" not in offered


def test_a_file_of_memberships_takes_as_many_statements_for_two_as_for_forty(cast) -> None:
    people = [stage.make_person(f"p{n}") for n in range(42)]

    def statements(some: list[User]) -> int:
        data = csv_of(HEADER, *(f"{person.email},reporter,KG,," for person in some))
        batch = check("memberships", data, user=cast.administrator).batch
        assert batch is not None
        with CaptureQueriesContext(connection) as queries:
            apply_batch(
                kind=KINDS["memberships"], batch=batch, digest=batch.plan_digest, user=cast.administrator
            )
        return len(queries)

    assert statements(people[:2]) == statements(people[2:])
    assert timezone.localdate() == TODAY
