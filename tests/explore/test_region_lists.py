"""Offices, conventions and key figures as lists."""

import csv
import io
from decimal import Decimal

import openpyxl
import pytest

from tests.explore import atlas
from tests.scenery import scenery


@scenery
def region(strategy, missions):
    atlas.make_atlas(missions)
    return missions


def shown(response, name: str = "code") -> list[str]:
    return [getattr(row.record, name) for row in response.context["table"].paginated_rows]


# -- Offices --------------------------------------------------------------------------------------------
def test_offices_stand_by_country_the_regional_office_last(region, cast, sign_in):
    response = sign_in(cast.viewer).get("/offices/")
    assert shown(response) == ["KG-BISHKEK", "KG-OSH", "ROV-V"]
    page = response.content.decode()
    assert "2 offices in the region (main offices: 1; sub-offices: 1)." in page
    for words in ("None in Israel.", "None in Tajikistan.", "printed as “Osch”", "Some document, page 7"):
        assert words in page, words


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("country=KG", ["KG-BISHKEK", "KG-OSH"]),
        ("kind=sub", ["KG-OSH"]),
        ("q=osch", ["KG-OSH"]),
        ("q=vienna", ["ROV-V"]),
        ("kind=sub&q=bishkek", []),
        ("sort=-city", ["ROV-V", "KG-OSH", "KG-BISHKEK"]),
    ],
)
def test_offices_are_narrowed_and_sorted(region, cast, sign_in, query, expected):
    assert shown(sign_in(cast.viewer).get(f"/offices/?{query}")) == expected


def test_offices_go_out_with_their_sources(region, cast, sign_in):
    answer = sign_in(cast.viewer).get("/offices/?kind=sub&as=csv")
    [row] = csv.DictReader(answer.content.decode("utf-8-sig").splitlines())
    assert (row["Office"], row["Code"], row["As printed"], row["Mission"]) == ("Osh", "KG-OSH", "Osch", "KG")
    assert row["Source"] == atlas.PLACE


# -- Key figures ----------------------------------------------------------------------------------------
def test_a_figure_shows_its_hedge_its_year_and_its_doubt(region, cast, sign_in):
    atlas.make_figure(
        "F3", "Returns", value=Decimal("27.6"), unit="per cent", year=None, year_text="a year, not named"
    )
    page = sign_in(cast.viewer).get("/key-figures/").content.decode()
    for words in (
        '<span class="soft">estimated</span> 6\u202f600\u202f000',
        "nearly one third",
        "27.6",
        "a year, not named",
        "Old",
    ):
        assert words in page, words


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("country=KG", ["F1"]),
        ("doubt=yes", ["F2"]),
        ("doubt=no", ["F1", "F3"]),
        ("document=Initiatives", ["F3"]),
        ("year=2017", ["F3"]),
        ("q=asia", ["F2"]),
        ("sort=title", ["F2", "F1", "F3"]),
        ("document=Nothing", ["F1", "F2", "F3"]),
    ],
)
def test_key_figures_are_narrowed_and_sorted(region, cast, sign_in, query, expected):
    atlas.make_figure("F3", "Returns", value=Decimal(5), document="Initiatives", year=2017)
    assert shown(sign_in(cast.viewer).get(f"/key-figures/?{query}")) == expected


def test_key_figures_have_pages_of_a_chosen_size_and_go_out_whole(region, cast, sign_in):
    for number in range(30):
        atlas.make_figure(f"G{number}", "Counted", value=Decimal(number))
    client = sign_in(cast.viewer)
    assert len(shown(client.get("/key-figures/"))) == 25
    assert len(shown(client.get("/key-figures/?page=2"))) == 7
    assert len(shown(client.get("/key-figures/?page=99"))) == 7
    assert len(shown(client.get("/key-figures/?per_page=50"))) == 32
    sheet = openpyxl.load_workbook(io.BytesIO(client.get("/key-figures/?as=xlsx").content)).active
    assert sheet is not None
    header, first, *rest = sheet.iter_rows(values_only=True)
    assert len(rest) == 31
    row = dict(zip(header, first, strict=True))
    assert (row["Hedge"], row["Figure"], row["Year"]) == ("estimated", 6_600_000, 2019)


# -- Conventions ----------------------------------------------------------------------------------------
def cells(response) -> dict[tuple[str, str], str]:
    return {
        (convention.code, standing.country.iso2): standing.words
        for convention, standings in response.context["matrix"].rows
        for standing in standings
    }


def test_the_matrix_tells_what_is_recorded_what_is_not_and_what_has_no_column(region, cast, sign_in):
    response = sign_in(cast.viewer).get("/conventions/")
    assert cells(response) == {
        ("CRC", "IL"): "Not recorded",
        ("CRC", "KG"): "Ratified",
        ("CRC", "TJ"): "Not in the table",
        ("CAT", "IL"): "Not recorded",
        ("CAT", "KG"): "Not recorded",
        ("CAT", "TJ"): "Not in the table",
    }
    page = response.content.decode()
    assert "1 of 6 cells are recorded." in page
    assert 'title="Kyrgyzstan: Ratified, 7 Oct 1994 (Treaty series 1577)"' in page
    assert "Source of the list: Annex 2." in page


def test_the_matrix_is_narrowed_to_a_subregion(region, cast, sign_in):
    client = sign_in(cast.viewer)
    assert {iso2 for _code, iso2 in cells(client.get("/conventions/?subregion=israel"))} == {"IL"}
    response = client.get("/conventions/?subregion=mars")
    assert len(cells(response)) == 6
    assert "“mars” is not among the choices: all of them are shown." in response.content.decode()
    response = client.get("/conventions/?subregion=turkiye")
    assert "No country or area fits this filter." in response.content.decode()


def test_the_matrix_goes_out_in_words(region, cast, sign_in):
    answer = sign_in(cast.viewer).get("/conventions/?as=csv&hxl=1")
    header, tags, first, *_more = csv.reader(answer.content.decode("utf-8-sig").splitlines())
    row = dict(zip(header, first, strict=True))
    assert (row["Convention"], row["Kyrgyzstan"], row["Israel"]) == (
        "Rights of the child",
        "Ratified",
        "Not recorded",
    )
    assert tags[header.index("Kyrgyzstan")] == "#status+kg"


def test_administrators_are_led_to_the_upload(region, cast, sign_in):
    address = 'href="/imports/new/ratifications/"'
    assert address in sign_in(cast.administrator).get("/conventions/").content.decode()
    assert address not in sign_in(cast.officer).get("/conventions/").content.decode()
