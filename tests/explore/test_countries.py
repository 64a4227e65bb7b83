"""The region's hub: countries and areas with what the documents say, filtered, sorted, as a file."""

import csv

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import stage
from tests.explore import atlas
from tracker.access.choices import Role
from tracker.region.models import Country


@pytest.fixture
def region(strategy, missions):
    atlas.make_atlas(missions)
    return missions


def names_of(response) -> list[str]:
    return [row.record.name for row in response.context["table"].paginated_rows]


def test_every_country_stands_there_with_what_the_documents_say(region, cast, sign_in):
    response = sign_in(cast.viewer).get("/countries/")
    assert names_of(response) == ["Israel", "Kyrgyzstan", "Tajikistan"]
    found = {row.record.iso2: row for row in response.context["table"].paginated_rows}
    # Kyrgyzstan: two of its own and one that names it; Tajikistan: the one that names it.
    assert [found[code].get_cell_value("activity_count") for code in ("IL", "KG", "TJ")] == [0, 3, 1]
    assert [found[code].get_cell_value("office_count") for code in ("IL", "KG", "TJ")] == [0, 2, 0]
    page = response.content.decode()
    for words in ("In favour", "Established", "Not stated", "our grouping", "Five States together"):
        assert words in page
    assert 'href="/missions/ROV/"' in page
    assert 'href="/countries/KG/"' in page


def test_a_cancelled_activity_is_counted_nowhere(region, cast, sign_in):
    atlas.make_activity("KG-X", region["KG"], "Never begun", status="cancelled", named=("TJ",))
    client = sign_in(cast.viewer)
    response = client.get("/countries/")
    listed = {row.record.iso2: row for row in response.context["table"].paginated_rows}
    mapped = {row.place.code: row.shown for row in response.context["region_map"].picture.rows}
    for code, count in (("KG", 3), ("TJ", 1)):
        assert listed[code].get_cell_value("activity_count") == count
        assert mapped[code] == str(count)
        profile = client.get(f"/countries/{code}/")
        assert profile.context["activity_count"] == count
        assert "Never begun" in profile.content.decode()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("subregion=israel", ["Israel"]),
        ("gcm_vote=in_favour", ["Kyrgyzstan"]),
        ("gcm_vote=not_listed", ["Israel", "Tajikistan"]),
        ("migration_network=established", ["Kyrgyzstan"]),
        ("named_for=almaty_process", ["Kyrgyzstan"]),
        ("unsdcf=listed", []),
        ("q=kyrgyz republic", ["Kyrgyzstan"]),
        ("q=osh", ["Kyrgyzstan"]),
        ("sort=-activity_count", ["Kyrgyzstan", "Tajikistan", "Israel"]),
    ],
)
def test_the_list_is_narrowed_and_sorted_by_its_address(region, cast, sign_in, query, expected):
    response = sign_in(cast.viewer).get(f"/countries/?{query}")
    assert names_of(response) == expected
    if not expected:
        assert "No country or area fits these filters." in response.content.decode()


def test_the_filters_in_force_are_told_and_can_be_removed(region, cast, sign_in):
    response = sign_in(cast.viewer).get("/countries/?gcm_vote=in_favour&q=kyrgyz")
    assert response.context["filters"] == [
        ("Global Compact: In favour", "q=kyrgyz"),
        ("“kyrgyz”", "gcm_vote=in_favour"),
    ]


def test_rubbish_in_a_filter_is_said_and_the_others_hold(region, cast, sign_in):
    client = sign_in(cast.viewer)
    response = client.get("/countries/?subregion=mars")
    assert names_of(response) == ["Israel", "Kyrgyzstan", "Tajikistan"]
    assert "“mars” is not among the choices: all of them are shown." in response.content.decode()
    response = client.get("/countries/?subregion=mars&gcm_vote=in_favour")
    assert names_of(response) == ["Kyrgyzstan"]
    assert [words for words, _query in response.context["filters"]] == ["Global Compact: In favour"]
    for rubbish in (
        "q=" + "x" * 101,
        "q=%00",
        "page=nine&per_page=0",
        "page=-1",
        "sort=nothing",
        "per_page=1e9",
    ):
        assert client.get(f"/countries/?{rubbish}").status_code == 200, rubbish


def test_what_is_shown_goes_out_as_a_file(region, cast, sign_in):
    answer = sign_in(cast.viewer).get("/countries/?gcm_vote=in_favour&as=csv")
    [row] = csv.DictReader(answer.content.decode("utf-8-sig").splitlines())
    assert (row["Country or area"], row["Global Compact vote"], row["Activities"]) == (
        "Kyrgyzstan",
        "In favour",
        "3",
    )
    assert row["Source"] == "Strategy, section 2, footnote 16"
    assert row["Why this subregion"] == "Five States together; grouping by this tracker"


def test_kosovo_carries_its_note(region, cast, sign_in):
    Country.objects.filter(iso2="TJ").update(iso2="XK", name="Kosovo")
    page = sign_in(cast.viewer).get("/countries/").content.decode()
    assert "In the context of UN Security Council resolution 1244 (1999)." in page


def test_before_anything_is_loaded_the_page_says_what_to_do(strategy, sign_in):
    viewer = stage.make_person("viewer", Role.VIEWER)
    for address, words in (
        ("/countries/", "No country is loaded yet."),
        ("/offices/", "No office is loaded yet."),
        ("/conventions/", "No convention is loaded yet."),
        ("/key-figures/", "No key figure is loaded yet."),
    ):
        assert words in sign_in(viewer).get(address).content.decode()


def test_the_region_is_a_place_of_the_top_bar(region, cast, sign_in):
    client = sign_in(cast.viewer)
    for address in (
        "/countries/",
        "/countries/KG/",
        "/missions/ROV/",
        "/offices/",
        "/conventions/",
        "/key-figures/",
    ):
        page = client.get(address).content.decode()
        assert '<a href="/countries/" aria-current="page">Region</a>' in page, address
    page = client.get("/offices/").content.decode()
    for address in ("/countries/", "/offices/", "/conventions/", "/key-figures/"):
        assert f'<a href="{address}"' in page


@pytest.mark.parametrize("address", ["/countries/", "/offices/", "/key-figures/", "/conventions/"])
def test_as_many_statements_for_few_rows_as_for_many(region, cast, sign_in, address):
    client = sign_in(cast.officer)

    def statements() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as found:
            assert client.get(f"{address}?per_page=100").status_code == 200
        return len(found)

    few = statements()
    atlas.make_countries(60)
    assert statements() == few
    assert few <= 25
