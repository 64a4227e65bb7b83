"""Pages that are not there: a code with a mistake in it leads on, and nobody learns what is not theirs."""

import pytest

from tests import stage
from tracker.activities.models import Activity
from tracker.explore.reading.near import near_codes

KNOWN = {"SP1-O1": "First", "SP1-O2": "Second", "SP2-O1": "Third", "CC-O1": "Fourth"}


@pytest.mark.parametrize(
    ("code", "near"),
    [
        ("sp1-o1", ["SP1-O1"]),
        ("SР1-О1", ["SP1-O1"]),  # Cyrillic Р and О
        ("SP1–O1", ["SP1-O1"]),  # a dash
        ("SP1", ["SP1-O1", "SP1-O2"]),
        ("SP1-O9", ["SP1-O1", "SP1-O2", "SP2-O1"]),
    ],
)
def test_a_mistaken_code_is_near_the_right_one(code: str, near: list[str]):
    assert near_codes(code, KNOWN)[: len(near)] == near


def test_of_a_few_all_are_shown_where_none_is_near():
    assert near_codes("zzz", KNOWN) == ["SP1-O1", "CC-O1", "SP1-O2", "SP2-O1"]
    assert near_codes("zzz", {f"SP1-O{number}": "" for number in range(30)}) == []


@pytest.mark.parametrize(
    ("address", "said", "link"),
    [
        (
            "/indicators/SP1-O1-I11/",
            "There is no indicator with the code “SP1-O1-I11”.",
            "/indicators/SP1-O1-I1/",
        ),
        ("/objectives/SP1-O9/", "There is no objective with the code “SP1-O9”.", "/objectives/SP1-O1/"),
    ],
)
def test_an_unknown_code_says_what_is_near(strategy, cast, sign_in, address: str, said: str, link: str):
    stage.make_indicator("SP1-O1-I1")
    response = sign_in(cast.viewer).get(address)
    page = response.content.decode()
    assert response.status_code == 404
    assert said in page
    assert f'href="{link}"' in page
    assert 'action="/search/"' in page


def test_a_code_is_known_in_any_case(strategy, cast, sign_in):
    stage.make_indicator("SP1-O1-I1")
    client = sign_in(cast.viewer)
    assert client.get("/indicators/sp1-o1-i1/").context["indicator"].code == "SP1-O1-I1"


def test_of_two_codes_that_differ_by_their_case_each_has_its_page(strategy, missions, cast, sign_in):
    for code in ("KG-1", "kg-1"):
        Activity.objects.create(code=code, mission=missions["KG"], title=code, status="planned")
    client = sign_in(cast.viewer)
    for code in ("KG-1", "kg-1"):
        assert client.get(f"/activities/{code}/").context["activity"].code == code


@pytest.mark.parametrize("code", ["%00", "x%00y", "<script>", "x" * 2000, "..%2F", "%27"])
def test_rubbish_for_a_code_is_not_found_and_does_no_harm(strategy, cast, sign_in, code: str):
    response = sign_in(cast.viewer).get(f"/indicators/{code}/")
    assert response.status_code == 404
    assert "<script>" not in response.content.decode()


def test_an_address_of_nothing_keeps_its_sentence(strategy, cast, sign_in):
    page = sign_in(cast.viewer).get("/nowhere/").content.decode()
    assert "There is no such page" in page
    assert "it belongs to a mission that is not yours" in page
    assert 'action="/search/"' in page


def test_who_may_not_read_learns_nothing_of_what_is_near(strategy, cast, client, sign_in):
    stage.make_indicator("SP1-O1-I1", name="Secret wells")
    assert client.get("/indicators/SP1-O1-I2/").status_code == 302
    response = sign_in(cast.nobody).get("/indicators/SP1-O1-I2/")
    assert response.status_code == 403
    assert "Secret wells" not in response.content.decode()
    page = sign_in(cast.nobody).get("/nowhere/").content.decode()
    assert 'action="/search/"' not in page


def test_what_other_pages_do_not_find_names_no_table(strategy, cast, sign_in):
    page = sign_in(cast.officer).get("/reports/999999/").content.decode()
    assert "There is no such page" in page
    assert "matches the given query" not in page
