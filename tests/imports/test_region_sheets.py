"""Sheets of the region: facts of countries, offices, conventions, ratifications, key figures."""

import csv
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.batches.sheets import conflicts, counts, csv_of, load, look, messages, save, undo
from tests.imports.test_exports_of_the_setup import FORMATS, NOTHING, back, out
from tests.scenery import scenery
from tracker.region.models import Convention, Country, KeyFigure, Mission, Office, Ratification

KINDS = ("country_facts", "offices", "conventions", "key_figures")
FIXTURES = Path(settings.BASE_DIR) / "fixtures"


def fixture(kind: str) -> bytes:
    return (FIXTURES / f"{kind}.csv").read_bytes()


@scenery
def region() -> None:
    """The countries, missions and everything that the documents say of them."""
    for kind in ("countries", "missions", *KINDS):
        load(kind, fixture(kind))


# -- What the documents say -----------------------------------------------------------------------------
def test_the_region_is_all_there(region) -> None:
    assert Country.objects.count() == 20
    assert Mission.objects.count() == 21
    of_kind = [Office.objects.filter(kind=kind).count() for kind in ("main", "sub", "regional")]
    assert of_kind == [19, 29, 1]
    assert Convention.objects.count() == 17
    assert Ratification.objects.count() == 0
    assert KeyFigure.objects.count() == 77


def test_the_facts_of_countries_are_those_of_the_documents(region) -> None:
    """Counted by hand in the documents: footnotes 15 and 16, section 2, paragraph 5; Annex 2."""
    assert Country.objects.filter(gcm_vote="in_favour").count() == 16
    assert Country.objects.filter(unsdcf="listed").count() == 12
    assert Country.objects.filter(migration_network="established").count() == 9
    preparing = Country.objects.filter(migration_network="preparing").order_by("iso2")
    assert list(preparing.values_list("iso2", flat=True)) == ["AL", "AM"]
    observers = Country.objects.filter(iom_status="observer")
    assert list(observers.values_list("iso2", flat=True)) == ["RU"]
    assert Country.objects.filter(in_convention_table=True).count() == 19
    assert Country.objects.get(in_convention_table=False).iso2 == "XK"
    assert Country.objects.filter(tile_row__isnull=False).count() == 20
    kosovo = Country.objects.get(iso2="XK")
    assert (kosovo.iom_status, kosovo.name_mi2017) == ("other", "UNSC resolution 1244-administered Kosovo")
    assert "1244" in kosovo.facts_note
    assert not Office.objects.filter(country__iso2="IL").exists()


@pytest.mark.parametrize("kind", KINDS)
def test_a_second_time_changes_nothing(region, kind: str) -> None:
    plan = look(kind, fixture(kind)).plan
    rows = len(list(csv.reader(fixture(kind).decode().splitlines()))) - 1
    assert counts(plan) == {"new": 0, "changed": 0, "unchanged": rows}


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("tagged", [False, True])
def test_what_goes_out_comes_back_unchanged(region, suffix: str, tagged: bool) -> None:
    load(
        "ratifications",
        csv_of("convention,country,status,date,source", "CRC,KG,ratified,1994-10-07,x", "CRC,RU,signed,,x"),
    )
    for kind in ("countries", "missions", *KINDS, "ratifications"):
        assert back(kind, out(kind, suffix, tagged=tagged), suffix) == NOTHING, kind


def test_of_chosen_missions_goes_out_what_is_theirs(region) -> None:
    chosen = {"missions": frozenset({"KG", "ROV"})}
    load("ratifications", csv_of("convention,country,status,source", "CRC,KG,ratified,x", "CRC,TJ,signed,x"))
    assert out("country_facts", **chosen).decode().splitlines()[1].startswith("KG,")
    assert [line[:8] for line in out("offices", **chosen).decode().splitlines()[1:]] == [
        "KG-BISHK",
        "ROV-VIEN",
    ]
    assert len(out("ratifications", **chosen).splitlines()) == 2
    assert all(",KG," in line for line in out("key_figures", **chosen).decode().splitlines()[1:])


# -- New, changed, refused ------------------------------------------------------------------------------
@scenery
def small(missions) -> None:
    """Kyrgyzstan, Tajikistan, Israel and the Regional Office; two conventions."""
    Convention.objects.create(code="CRC", year=1989, title="Rights of the child", source="Test")
    Convention.objects.create(code="CAT", year=1984, title="Against torture", source="Test")


def test_facts_change_and_an_empty_cell_says_that_nothing_is_stated(small) -> None:
    header = "iso2,iom_status,gcm_vote,almaty_process,tile_row,tile_column"
    [change] = look("country_facts", csv_of(header, "kg,observer,in_favour,yes,2,7")).plan.changes
    assert (change.outcome, change.key) == ("changed", ("KG",))
    assert change.cells == {
        "iom_status": ("not_stated", "observer"),
        "gcm_vote": ("not_listed", "in_favour"),
        "almaty_process": (False, True),
        "tile_row": (None, 2),
        "tile_column": (None, 7),
    }
    load("country_facts", csv_of(header, "KG,observer,in_favour,yes,2,7"))
    load("country_facts", csv_of(header, "KG,,,,,"))
    kyrgyzstan = Country.objects.get(iso2="KG")
    assert (kyrgyzstan.iom_status, kyrgyzstan.gcm_vote) == ("not_stated", "not_listed")
    assert (kyrgyzstan.almaty_process, kyrgyzstan.tile_row) == (False, None)


def test_facts_make_no_country(small) -> None:
    checked = look("country_facts", csv_of("iso2,gcm_vote", "UZ,in_favour", "KG,in_favour"))
    assert messages(checked) == [
        (
            2,
            "iso2",
            "There is no country or area with the code “UZ”, and this sheet makes none: load it with the sheet "
            "of countries and areas first. Check the code.",
        )
    ]
    assert not Country.objects.filter(iso2="UZ").exists()


def test_what_is_wrong_with_facts_is_said_at_once(small) -> None:
    header = "iso2,gcm_vote,tile_row,tile_column"
    load("country_facts", csv_of(header, "IL,,5,7"))
    checked = look("country_facts", csv_of(header, "KG,in_favour,3,", "TJ,,5,7", "ZZ,perhaps,0,2", "KG,,,"))
    assert [(row, column) for row, column, _message in messages(checked)] == [
        (2, "tile_column"),
        (3, "tile_column"),
        (4, "iso2"),
        (4, "gcm_vote"),
        (5, "iso2"),
    ]
    assert "that of IL" in messages(checked)[1][2]


def test_two_countries_swap_their_tiles_and_back(small, cast) -> None:
    header = "iso2,tile_row,tile_column"
    load("country_facts", csv_of(header, "KG,1,1", "TJ,2,2"))
    swap = save("country_facts", csv_of(header, "KG,2,2", "TJ,1,1"), user=cast.administrator)
    assert Country.objects.get(iso2="TJ").tile_row == 1
    undo(swap, user=cast.administrator)
    assert Country.objects.get(iso2="TJ").tile_row == 2


OFFICES = "code,country,city,kind,mission,source"


def test_what_is_wrong_with_offices_is_said_at_once(small) -> None:
    load("offices", csv_of(OFFICES, "KG-B,KG,Bishkek,main,KG,x"))
    checked = look(
        "offices",
        csv_of(OFFICES, "KG-O,KG,Osh,main,KG,x", "TJ-D,,Dushanbe,main,TX,x", "TJ-E,TY,East,sub,TJ,x"),
    )
    assert messages(checked) == [
        (2, "kind", "KG-B is the main office there already. Make one of them a sub-office."),
        (3, "country", "Only the Regional Office has no country of the region. Give its code."),
        (3, "mission", "There is no mission with the code “TX”. Check the code."),
        (4, "country", "There is no country or area with the code “TY”. Check the code."),
    ]


def test_another_office_becomes_the_main_one_in_either_order(small) -> None:
    load("offices", csv_of(OFFICES, "KG-B,KG,Bishkek,main,KG,x", "KG-O,KG,Osh,sub,KG,x"))
    load("offices", csv_of(OFFICES, "KG-O,KG,Osh,main,KG,x", "KG-B,KG,Bishkek,sub,KG,x"))
    assert Office.objects.get(kind="main").city == "Osh"
    load("offices", csv_of(OFFICES, "KG-O,KG,Osh,sub,KG,x", "KG-B,KG,Bishkek,main,KG,x"))
    assert Office.objects.get(kind="main").city == "Bishkek"


RATIFICATIONS = "convention,country,status,date,source"


def test_what_is_not_loaded_is_not_recorded(small) -> None:
    plan = load("ratifications", csv_of(RATIFICATIONS, "crc,kg,Ratified,1994-10-07,Treaty series"))
    assert counts(plan) == {"new": 1, "changed": 0, "unchanged": 0}
    [found] = Ratification.objects.all()
    assert (found.convention.code, found.country.iso2, found.status) == ("CRC", "KG", "ratified")
    [change] = look("ratifications", csv_of(RATIFICATIONS, "CRC,KG,signed,,Treaty series")).plan.changes
    assert change.key == ("CRC", "KG")
    assert set(change.cells) == {"status", "date"}


def test_what_is_wrong_with_ratifications_is_said_at_once(small) -> None:
    checked = look(
        "ratifications",
        csv_of(
            RATIFICATIONS,
            "CRD,KX,ratified,,x",
            "CRC,KG,not_ratified,2001-01-01,x",
            "CAT,KG,signed,,x",
            "CAT,KG,ratified,,x",
        ),
    )
    assert messages(checked) == [
        (2, "convention", "There is no convention with the code “CRD”. Did you mean CRC?"),
        (2, "country", "There is no country or area with the code “KX”. Check the code."),
        (3, "date", "What is not ratified has no date. Empty the cell, or correct the status."),
        (5, "country", "Row 4 already has this. Delete one of the two rows."),
    ]


FIGURES = "code,title,value,value_text,unit,geography,country,document,source"


def test_a_key_figure_has_a_value_or_words(small) -> None:
    checked = look(
        "key_figures",
        csv_of(
            FIGURES, "F1,A,,,people,Here,,D,x", "F2,B,5,five,people,Here,,D,x", "F3,C,,few,people,Osh,KZ,D,x"
        ),
    )
    one_of_two = "Give the figure, or its words in value_text where the source has words; one of the two."
    assert messages(checked) == [
        (2, "value", one_of_two),
        (3, "value", one_of_two),
        (4, "country", "There is no country or area with the code “KZ”. Check the code."),
    ]
    load("key_figures", csv_of(FIGURES, "F1,A,12.5,,per cent,Here,KG,D,x"))
    figure = KeyFigure.objects.get()
    assert (figure.value * 10, figure.country and figure.country.iso2) == (125, "KG")


# -- Taken back -----------------------------------------------------------------------------------------
FILES = {
    "country_facts": csv_of("iso2,gcm_vote", "KG,in_favour"),
    "offices": csv_of(OFFICES, "KG-B,KG,Bishkek,main,KG,x"),
    "conventions": csv_of("code,year,title,source", "CRC,1989,Rights of children,x", "NEW,2000,New,x"),
    "ratifications": csv_of(RATIFICATIONS, "CRC,KG,ratified,,x"),
    "key_figures": csv_of(FIGURES, "F1,A,12.5,,per cent,Here,KG,D,x"),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_saved_file_is_taken_back(small, cast, kind: str) -> None:
    before = out(kind)
    batch = save(kind, FILES[kind], user=cast.administrator)
    assert out(kind) != before
    undo(batch, user=cast.administrator)
    assert out(kind) == before


def test_a_convention_that_ratifications_speak_of_stays(small, cast) -> None:
    batch = save("conventions", FILES["conventions"], user=cast.administrator)
    load("ratifications", csv_of(RATIFICATIONS, "NEW,KG,ratified,,x"))
    assert conflicts(batch) == [("New (2000)", "in use since: 1 ratification", "")]


# -- As many statements for two rows as for forty -------------------------------------------------------
@pytest.mark.parametrize("kind", KINDS)
def test_the_statements_do_not_grow_with_the_rows(db, kind: str) -> None:
    for each in ("countries", "missions"):
        load(each, fixture(each))
    header, *rows = fixture(kind).decode().splitlines()
    few, many = csv_of(header, *rows[:2]), csv_of(header, *rows[2:])

    def statements(data: bytes) -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            load(kind, data)
        return len(found)

    load("conventions", csv_of("code,year,title,source", "OLD,1900,Old,x"))
    assert statements(few) == statements(many)
