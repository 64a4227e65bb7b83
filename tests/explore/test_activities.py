"""The pages of activities: the list, one of them, the forms."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.activities.conftest import Scene, scene  # noqa: F401
from tests.activities.test_activity_sheets import BARE, FULL, HEADER, OLD
from tests.batches.fixtures import kept_files  # noqa: F401
from tests.batches.sheets import csv_of, load
from tests.scenery import scenery
from tracker.activities.models import Activity

LIST = "/activities/"


@scenery
def loaded(scene: Scene) -> Scene:  # noqa: F811
    """KG-1 (ongoing, 2021 to 2022), TJ-1 (planned, no dates) and MI-1 (historical, of Kyrgyzstan)."""
    load("activities", csv_of(HEADER, FULL, BARE, OLD))
    return scene


def codes(answer) -> list[str]:
    return [row.record.code for row in answer.context["table"].rows]


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


@contextmanager
def counted() -> Iterator[CaptureQueriesContext]:
    with CaptureQueriesContext(connection) as caught:
        yield caught


# -- The list -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["KG-1", "MI-1", "TJ-1"]),
        ("mission=KG", ["KG-1", "MI-1"]),
        ("country=TJ", ["KG-1"]),
        ("priority=SP1", ["KG-1", "MI-1"]),
        ("objective=SP1-O2", ["KG-1"]),
        ("goal=MIGOF:P1", ["KG-1", "MI-1"]),
        ("goal=SDG:10.7", ["KG-1"]),
        ("tag=labour", ["KG-1"]),
        ("status=planned", ["TJ-1"]),
        ("when=2020", []),
        ("when=2021", ["KG-1"]),
        ("when=2022", ["KG-1"]),
        ("when=2023", []),
        ("when=Document of 2017", ["MI-1"]),
        ("q=advice", ["KG-1"]),
        ("q=donor+a", ["KG-1"]),
        ("q=old+2017", ["MI-1"]),
        ("mission=KG&status=historical", ["MI-1"]),
        ("sort=-title", ["TJ-1", "MI-1", "KG-1"]),
    ],
)
def test_the_list_is_narrowed_and_sorted(loaded, sign_in, query: str, shown: list[str]) -> None:
    assert codes(sign_in(loaded.cast.viewer).get(f"{LIST}?{query}")) == shown


def test_rubbish_in_a_filter_is_said_and_everything_is_shown(loaded, sign_in) -> None:
    rubbish = (
        "mission=XX&country=ZZ&priority=9&objective=9&goal=x&tag=x&status=x&when=x&per_page=x&page=99&sort=x"
    )
    answer = sign_in(loaded.cast.viewer).get(f"{LIST}?{rubbish}")
    assert answer.status_code == 200
    assert codes(answer) == ["KG-1", "MI-1", "TJ-1"]
    said = text_of(answer)
    assert "There is no mission “XX”: those of all missions are shown." in said
    assert "There is no page “99”: page 1 is shown." in said
    assert said.count('class="note note-warning"') == 9
    long = sign_in(loaded.cast.viewer).get(f"{LIST}?q={'x' * 101}")
    assert "Search for at most 100 characters" in text_of(long)
    assert len(codes(long)) == 3


def test_what_is_in_force_is_said_and_can_be_removed(loaded, sign_in) -> None:
    said = text_of(sign_in(loaded.cast.viewer).get(f"{LIST}?mission=KG&tag=labour"))
    assert "1 of 3 activities: 1 ongoing" in said
    assert 'href="?tag=labour"' in said
    assert "Mission: Kyrgyzstan" in said
    assert "Tag: Labour" in said


def test_an_empty_list_says_what_to_do(loaded, sign_in) -> None:
    client = sign_in(loaded.cast.viewer)
    assert "No activity fits these filters." in text_of(client.get(f"{LIST}?status=cancelled"))
    Activity.objects.all().delete()
    assert "There are no activities yet." in text_of(client.get(LIST))


def test_what_is_shown_goes_out(loaded, sign_in) -> None:
    answer = sign_in(loaded.cast.viewer).get(f"{LIST}?mission=KG&as=csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][:4] == ["Activity", "Code", "Mission", "Status"]
    assert [row[1] for row in rows[1:]] == ["KG-1", "MI-1"]
    assert rows[1][5] == "SP1-O1; SP1-O2"


def test_the_list_costs_as_much_at_two_rows_as_at_two_hundred(loaded, sign_in) -> None:
    client = sign_in(loaded.cast.viewer)
    client.get(LIST)
    with counted() as few:
        client.get(f"{LIST}?per_page=100&mission=KG")
    load("activities", csv_of(HEADER, *(FULL.replace("KG-1", f"KG-{n}") for n in range(2, 202))))
    with counted() as many:
        answer = client.get(f"{LIST}?per_page=100&mission=KG")
    assert answer.context["table"].paginator.count == 202
    assert len(many) == len(few) <= 25
    assert len(codes(client.get(LIST))) == 203
    assert len(answer.context["table"].page.object_list) == 100


# -- One ------------------------------------------------------------------------------------------------
def test_a_historical_activity_says_where_it_comes_from_and_who_tied_it(loaded, sign_in) -> None:
    said = text_of(sign_in(loaded.cast.viewer).get("/activities/MI-1/"))
    assert "Tied by this tracker, no statement of IOM." in said
    assert "Why: Fits" in said
    assert "Document of 2017" in said
    assert "First objective" in said
    assert "Standards and rights" in said


def test_an_own_activity_shows_everything_that_is_kept(loaded, sign_in) -> None:
    said = text_of(sign_in(loaded.cast.viewer).get("/activities/kg-1/"))
    for words in (
        "Advice for migrants",
        "1 Mar 2021 – 31 Dec 2022",
        "USD 120 000.50",
        "Donor A, Donor B",
        "Ministry",
        "Bishkek",
        "In two towns.",
        "Tied by the mission.",
    ):
        assert words in said, words
    assert "500" in said
    bare = text_of(sign_in(loaded.cast.viewer).get("/activities/TJ-1/"))
    assert "It is tied to no objective of the strategy." in bare
    assert "not recorded" in bare


def test_an_unknown_code_is_not_found(loaded, sign_in) -> None:
    assert sign_in(loaded.cast.viewer).get("/activities/KG-99/").status_code == 404


def test_an_activity_costs_as_much_with_many_ties_as_with_one(loaded, sign_in) -> None:
    client = sign_in(loaded.cast.viewer)
    client.get("/activities/KG-1/")
    with counted() as many:
        client.get("/activities/KG-1/")
    with counted() as few:
        client.get("/activities/TJ-1/")
    assert len(few) <= len(many) <= 25


# -- The forms ------------------------------------------------------------------------------------------
GOOD = {
    "mission": "KG",
    "title": "A new thing",
    "status": "planned",
    "start": "2022-01-01",
    "end": "2022-06-30",
    "objectives": ["SP1-O1"],
    "reference_goals": ["MIGOF:P1"],
    "tags": ["health"],
    "countries": ["KG"],
    "offices": ["KG-BISHKEK"],
    "budget": "1000",
    "currency": "eur",
    "donors": "One\nTwo; Three",
    "people_planned": "70000",
}


def test_a_reporter_adds_an_activity_of_the_own_mission(loaded, sign_in) -> None:
    client = sign_in(loaded.cast.reporter)
    answer = client.post(reverse("activity-new"), GOOD)
    made = Activity.objects.get(title="A new thing")
    # KG-1 is there already.
    assert answer.url == reverse("activity", args=["KG-2"])
    assert (made.code, made.currency, made.donors, made.people_planned) == (
        "KG-2",
        "EUR",
        ["One", "Two", "Three"],
        70_000,
    )
    assert [o.code for o in made.objectives.all()] == ["SP1-O1"]
    assert [o.code for o in made.offices.all()] == ["KG-BISHKEK"]
    assert made.tied_by == "mission"


def test_other_missions_are_not_on_offer_and_not_taken(loaded, sign_in) -> None:
    client = sign_in(loaded.cast.reporter)
    page = client.get(reverse("activity-new"))
    assert [code for code, _name in page.context["form"].fields["mission"].choices] == ["KG"]
    answer = client.post(reverse("activity-new"), {**GOOD, "mission": "TJ"})
    assert answer.status_code == 200
    assert "mission" in answer.context["form"].errors
    assert not Activity.objects.filter(title="A new thing").exists()
    # Historical ones are no choice of the form, whoever asks.
    answer = sign_in(loaded.cast.administrator).post(
        reverse("activity-new"), {**GOOD, "status": "historical"}
    )
    assert "status" in answer.context["form"].errors


def test_nothing_typed_is_lost_and_everything_wrong_stands_beside_its_field(loaded, sign_in) -> None:
    wrong = {
        **GOOD,
        "code": "kg-1",
        "title": "Typed at length",
        "end": "2021-01-01",
        "currency": "",
    }
    answer = sign_in(loaded.cast.reporter).post(reverse("activity-new"), wrong)
    assert answer.context["form"].errors["code"] == ["There is an activity with the code “kg-1”."]
    answer = sign_in(loaded.cast.reporter).post(reverse("activity-new"), {**wrong, "code": ""})
    errors = answer.context["form"].errors
    assert errors["end"] == ["It ends before it starts. Correct it."]
    assert errors["currency"] == ["A budget needs its currency. Give three letters, such as USD."]
    said = text_of(answer)
    assert "Typed at length" in said
    assert 'value="SP1-O1" checked' in said
    assert "Nothing was saved yet." in said


def test_what_can_be_read_is_looked_through_although_something_cannot(loaded, sign_in) -> None:
    wrong = {
        **GOOD,
        "title": "",
        "end": "2021-01-01",
        "people_planned": "-5",
        "budget": "much",
        "currency": "",
    }
    errors = sign_in(loaded.cast.reporter).post(reverse("activity-new"), wrong).context["form"].errors
    assert dict(errors) == {
        "title": ["Give it a title."],
        "end": ["It ends before it starts. Correct it."],
        "people_planned": ["Give a whole number of people, from 0 up."],
        # Whether a currency is missing is not asked, as the budget could not be read.
        "budget": ["Give an amount as a number, such as 120000."],
    }


@pytest.mark.parametrize(
    "written", ["1 200 000", "1\u202f200\u202f000", "1200000", "1,200,000", "1.200.000,00"]
)
def test_numbers_are_read_as_people_write_them(loaded, sign_in, written: str) -> None:
    typed = {**GOOD, "budget": written, "currency": "KGS", "people_planned": "2 400"}
    answer = sign_in(loaded.cast.reporter).post(reverse("activity-new"), typed)
    assert answer.status_code == 302, answer.context["form"].errors
    made = Activity.objects.get(title=GOOD["title"])
    assert (made.budget, made.people_planned) == (1_200_000, 2_400)


def test_what_may_be_two_numbers_is_asked_about(loaded, sign_in) -> None:
    answer = sign_in(loaded.cast.reporter).post(reverse("activity-new"), {**GOOD, "budget": "1,200"})
    [said] = answer.context["form"].errors["budget"]
    assert "1200" in said
    assert "1.2" in said


def test_an_activity_that_is_sent_twice_is_kept_once(loaded, sign_in) -> None:
    client = sign_in(loaded.cast.reporter)
    first, second = (client.post(reverse("activity-new"), GOOD) for _click in range(2))
    assert first.url == second.url
    assert Activity.objects.filter(title=GOOD["title"]).count() == 1
    other = client.post(reverse("activity-new"), {**GOOD, "description": "Another one."})
    assert other.url != first.url
    # Nor is it somebody else's click.
    colleague = sign_in(loaded.cast.officer).post(reverse("activity-new"), GOOD)
    assert colleague.url not in (first.url, other.url)
    assert Activity.objects.filter(title=GOOD["title"]).count() == 3


def test_the_same_activity_is_begun_again_later(loaded, sign_in, monkeypatch) -> None:
    client = sign_in(loaded.cast.reporter)
    first = client.post(reverse("activity-new"), GOOD)
    monkeypatch.setattr("tracker.activities.services.by_hand.A_MOMENT_AGO", timedelta())
    assert client.post(reverse("activity-new"), GOOD).url != first.url


def form_of(client, code: str) -> dict:
    """What the page of an activity's form would send back unchanged."""
    page = client.get(reverse("activity-edit", args=[code]))
    form = page.context["form"]
    sent = {name: form[name].value() for name in form.fields}
    return {
        **{name: ("" if value is None else value) for name, value in sent.items()},
        "stamp": page.context["stamp"],
    }


def test_a_form_sent_back_unchanged_changes_nothing(loaded, sign_in) -> None:
    client = sign_in(loaded.cast.reporter)
    before = list(Activity.objects.order_by("pk").values())
    assert client.post("/activities/KG-1/edit/", form_of(client, "KG-1")).status_code == 302
    assert list(Activity.objects.order_by("pk").values()) == before
    assert Activity.objects.get(code="KG-1").countries.count() == 2


def test_a_change_is_saved(loaded, sign_in) -> None:
    client = sign_in(loaded.cast.lead)
    sent = {**form_of(client, "KG-1"), "title": "Better advice", "tags": ["labour", "health"]}
    assert client.post("/activities/KG-1/edit/", sent).status_code == 302
    kept = Activity.objects.get(code="KG-1")
    assert (kept.title, kept.tags.count()) == ("Better advice", 2)


def test_a_stale_page_is_refused_with_what_both_say_and_can_be_saved_then(loaded, sign_in) -> None:
    mine = sign_in(loaded.cast.reporter)
    sent = {**form_of(mine, "KG-1"), "title": "Mine"}
    load("activities", csv_of("code,mission,title,status,tags", "KG-1,KG,Theirs,ongoing,health"))
    answer = mine.post("/activities/KG-1/edit/", sent)
    assert answer.status_code == 200
    assert "Somebody changed this activity after you opened it." in text_of(answer)
    shown = [(each.label, each.kept, each.typed) for each in answer.context["differences"]]
    assert shown == [("Title", "Theirs", "Mine"), ("Tags", "health", "labour")]
    assert answer.context["form"]["title"].value() == "Mine"
    assert Activity.objects.get(code="KG-1").title == "Theirs"
    again = mine.post("/activities/KG-1/edit/", {**sent, "stamp": answer.context["stamp"]})
    assert again.status_code == 302
    assert Activity.objects.get(code="KG-1").title == "Mine"


def test_a_change_that_is_sent_twice_is_answered_twice_as_saved(loaded, sign_in) -> None:
    client = sign_in(loaded.cast.reporter)
    sent = {**form_of(client, "KG-1"), "title": "Better advice"}
    answers = [client.post("/activities/KG-1/edit/", sent).status_code for _click in range(2)]
    assert answers == [302, 302]
    assert Activity.objects.get(code="KG-1").title == "Better advice"


def test_a_change_of_a_tie_alone_makes_a_page_stale_too(loaded, sign_in) -> None:
    mine = sign_in(loaded.cast.reporter)
    sent = form_of(mine, "KG-1")
    load("activities", csv_of("code,mission,title,status,offices", "KG-1,KG,Advice for migrants,ongoing,"))
    assert "refusal" in mine.post("/activities/KG-1/edit/", sent).context


# -- Who ties it to objectives --------------------------------------------------------------------------
@pytest.fixture
def tied_by_tracker(loaded) -> None:
    Activity.objects.filter(code="KG-1").update(tied_by="tracker")


def test_a_new_activity_is_tied_by_its_mission(loaded, sign_in) -> None:
    client = sign_in(loaded.cast.reporter)
    sent = {"mission": "KG", "title": "New", "status": "planned", "objectives": ["SP1-O1"]}
    assert client.post("/activities/new/", sent).status_code == 302
    assert Activity.objects.get(title="New").tied_by == "mission"
    assert "stands by these objectives" not in text_of(client.get("/activities/new/"))


@pytest.mark.parametrize(
    ("change", "tied_by"),
    [
        ({}, "tracker"),
        ({"title": "Another title", "tags": ["health"]}, "tracker"),
        ({"objectives": ["SP1-O1"]}, "mission"),
        ({"objectives": []}, "mission"),
        ({"tie_reason": "The ministry asked for both"}, "mission"),
        ({"stands_by": "on"}, "mission"),
    ],
)
def test_ties_of_this_tracker_are_the_missions_once_it_changes_them_or_stands_by_them(
    tied_by_tracker, loaded, sign_in, change: dict[str, object], tied_by: str
) -> None:
    client = sign_in(loaded.cast.reporter)
    sent = form_of(client, "KG-1")
    del sent["stands_by"]  # what a browser sends of an empty box
    assert client.post("/activities/KG-1/edit/", {**sent, **change}).status_code == 302
    assert Activity.objects.get(code="KG-1").tied_by == tied_by
    page = text_of(client.get("/activities/KG-1/edit/"))
    assert ("The mission stands by these objectives" in page) is (tied_by == "tracker")


def test_ending_an_activity_leaves_who_tied_it(tied_by_tracker, loaded, sign_in) -> None:
    client = sign_in(loaded.cast.reporter)
    sent = {"ends_on": "2022-10-01", "how": "completed", "stamp": form_of(client, "KG-1")["stamp"]}
    assert client.post("/activities/KG-1/edit/", sent).status_code == 302
    assert Activity.objects.get(code="KG-1").tied_by == "tracker"


def test_a_file_that_ties_anew_and_says_not_who_ties_for_the_mission(tied_by_tracker, loaded) -> None:
    header = "code,mission,title,status,objectives"
    same = "KG-1,KG,Advice,ongoing,SP1-O2; SP1-O1"
    load("activities", csv_of(header, same), user=loaded.cast.reporter)
    assert Activity.objects.get(code="KG-1").tied_by == "tracker"
    load("activities", csv_of(header, "KG-1,KG,Advice,ongoing,"), user=loaded.cast.reporter)
    assert Activity.objects.get(code="KG-1").tied_by == "mission"


# -- What it said before --------------------------------------------------------------------------------
def told(answer) -> list[list[tuple[str, str, str]]]:
    return [[(cell.what, cell.old, cell.new) for cell in each.cells] for each in answer.context["changes"]]


@pytest.mark.django_db(transaction=True)
def test_an_activity_tells_who_changed_what_of_it(loaded, sign_in) -> None:
    client = sign_in(loaded.cast.reporter)
    sent = {**form_of(client, "KG-1"), "title": "Better advice", "tags": ["health"], "end": "2022-09-30"}
    assert client.post("/activities/KG-1/edit/", sent).status_code == 302
    sent = {**form_of(client, "KG-1"), "countries": ["KG"], "budget": "150000.50"}
    assert client.post("/activities/KG-1/edit/", sent).status_code == 302
    answer = client.get("/activities/KG-1/")
    assert told(answer) == [
        [
            ("budget", "120\u202f000.5", "150\u202f000.5"),
            ("Where it takes place", "Kyrgyzstan; Tajikistan", "Kyrgyzstan"),
        ],
        [
            ("title", "Advice for migrants", "Better advice"),
            ("end", "31 Dec 2022", "30 Sep 2022"),
            ("Tags", "Labour", "Health"),
        ],
        [],
    ]
    assert [each.who for each in answer.context["changes"]][:2] == ["Reporter", "Reporter"]
    assert "import no." in answer.context["changes"][-1].who
    assert "History of changes" in text_of(answer)
    # As many statements whatever was changed how often.
    with counted() as few:
        client.get("/activities/KG-1/")
    for number in range(3):
        sent = {
            **form_of(client, "KG-1"),
            "title": f"Advice {number}",
            "tags": ["labour", "health"][: number % 2 + 1],
        }
        client.post("/activities/KG-1/edit/", sent)
    with counted() as many:
        client.get("/activities/KG-1/")
    assert len(many) == len(few)


@pytest.mark.parametrize(
    ("who", "reads"),
    [
        ("viewer", False),
        ("stranger", False),
        ("reporter", True),
        ("lead", True),
        ("officer", True),
        ("administrator", True),
    ],
)
def test_the_history_of_an_activity_is_for_its_mission_officers_and_administrators(
    loaded, sign_in, who: str, reads: bool
) -> None:
    answer = sign_in(getattr(loaded.cast, who)).get("/activities/KG-1/")
    assert bool(answer.context["changes"]) is reads
    assert ("History of changes" in text_of(answer)) is reads


def test_an_activity_is_ended_once(loaded, sign_in) -> None:
    client = sign_in(loaded.cast.reporter)
    stamp = form_of(client, "KG-1")["stamp"]
    sent = {"ends_on": "2022-10-01", "how": "completed", "reached": "480", "stamp": stamp}
    assert client.post("/activities/KG-1/edit/", sent).status_code == 302
    kept = Activity.objects.get(code="KG-1")
    assert (kept.status, str(kept.ends_on), kept.people_reached) == ("completed", "2022-10-01", 480)
    assert kept.objectives.count() == 2
    # A second click is answered as the first one; another end is another thing.
    assert client.post("/activities/KG-1/edit/", sent).status_code == 302
    again = client.post("/activities/KG-1/edit/", {**sent, "ends_on": "2022-11-01"})
    assert "It has ended already." in text_of(again)
    assert str(Activity.objects.get(code="KG-1").ends_on) == "2022-10-01"


def test_an_activity_cannot_end_before_it_starts(loaded, sign_in) -> None:
    client = sign_in(loaded.cast.reporter)
    stamp = form_of(client, "KG-1")["stamp"]
    answer = client.post(
        "/activities/KG-1/edit/", {"ends_on": "2020-10-01", "how": "cancelled", "reached": "", "stamp": stamp}
    )
    assert "It ends before it starts. Correct it." in text_of(answer)
    assert Activity.objects.get(code="KG-1").status == "ongoing"


def test_historical_ones_have_no_form(loaded, sign_in) -> None:
    for person in (loaded.cast.reporter, loaded.cast.administrator):
        assert sign_in(person).get("/activities/MI-1/edit/").status_code == 403
        assert "/activities/MI-1/edit/" not in text_of(sign_in(person).get("/activities/MI-1/"))
