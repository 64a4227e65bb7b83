"""The page of a country or area, and that of the Regional Office."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import stage
from tests.explore import atlas
from tests.explore.conftest import Region, start_from
from tracker.activities.models import FundingRequirement
from tracker.explore.views import countries
from tracker.framework.models import Objective, StrategicPriority
from tracker.region.models import Country, Mission

AT = "?period=2021-Q4"


@pytest.fixture
def told(region: Region, missions) -> Region:
    """The region of the standings, with what the documents say of it."""
    atlas.make_atlas(missions)
    start_from(region.flow, region.kg, 40)
    return region


def get(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def part(response, code: str):
    [found] = [each for each in response.context["parts"] if each.priority and each.priority.code == code]
    return found


def test_facts_stand_there_with_their_sources(told: Region, sign_in):
    page = get(sign_in(told.cast.viewer), "/countries/KG/")
    for words in (
        "Kyrgyzstan",
        "IOM’s mission has its main office in Bishkek.",
        "our grouping",
        "Five States together",
        "In favour",
        "Established",
        "Almaty Process",
        "Not stated",
        "Strategy, section 2, footnote 16",
        "Kyrgyz Republic",
        "printed as “Osch”",
        "Misspelt. Some document, page 7",
    ):
        assert words in page, words


def test_a_name_stands_once_with_all_the_documents_that_print_it(told: Region, sign_in):
    Country.objects.filter(iso2="KG").update(name_mi2019="Kyrgyzstan")
    response = sign_in(told.cast.viewer).get("/countries/KG/")
    assert response.context["names"] == [
        ("Kyrgyzstan", ["Regional Strategy 2020–2024", "Migration Initiatives 2019"]),
        ("Kyrgyz Republic", ["Migration Initiatives 2017"]),
    ]


def test_activities_stand_under_the_priorities_that_they_serve(told: Region, sign_in):
    response = sign_in(told.cast.viewer).get("/countries/KG/")
    titles = [shown.activity.title for shown in part(response, "SP1").activities]
    # Its own of this strategy come first.
    assert titles == ["Inform workers", "Train judges"]
    loose = response.context["parts"][-1]
    assert (loose.priority, [shown.activity.title for shown in loose.activities]) == (
        None,
        ["Work across borders"],
    )
    page = response.content.decode()
    assert "by Regional Office" in page
    assert "was tied by this tracker and is no statement of IOM" in page
    assert "Some document, page 7" in page


def test_what_serves_two_priorities_stands_under_both(told: Region, strategy, missions, sign_in):
    other = StrategicPriority.objects.create(
        strategy=strategy,
        pillar=strategy.pillars.get(),
        code="SP3",
        kind="strategic_priority",
        title="Third",
        order=3,
    )
    Objective.objects.create(strategy=strategy, priority=other, code="SP3-O1", title="Other", order=1)
    atlas.make_activity("KG-3", missions["KG"], "Both at once", objectives=("SP1-O1", "SP3-O1"))
    response = sign_in(told.cast.viewer).get("/countries/KG/")
    for code in ("SP1", "SP3"):
        assert "Both at once" in [shown.activity.title for shown in part(response, code).activities]
    assert len(response.context["activities"]) == 4


def test_what_was_asked_for_is_shown_by_goal_and_added_up(told: Region, sign_in):
    response = sign_in(told.cast.viewer).get("/countries/KG/")
    funding = response.context["funding"]
    assert funding.by_year == [(2017, 350_000), (2019, 500_000)]
    assert [row.goal.code for row in funding.rows] == ["P1", "O1"]
    assert funding.sources == ["Initiatives 2017, table", "Initiatives 2019, table"]
    page = response.content.decode()
    for words in ("Requested, US dollars presumed", "none asked", "350\u202f000", "text has 200\u202f000"):
        assert words in page, words


def test_that_no_document_asks_for_it_is_told_from_nothing_loaded(told: Region, sign_in):
    client = sign_in(told.cast.viewer)
    assert "No document has a row for it" in get(client, "/countries/IL/")
    FundingRequirement.objects.all().delete()
    assert "No funding requirements are loaded yet." in get(client, "/countries/IL/")


def test_conventions_are_not_recorded_until_they_are(told: Region, sign_in):
    response = sign_in(told.cast.viewer).get("/countries/KG/")
    said = [(standing.convention.code, standing.words) for standing in response.context["conventions"]]
    assert said == [("CRC", "Ratified"), ("CAT", "Not recorded")]
    page = response.content.decode()
    assert "7 Oct 1994" in page
    assert "Treaty series 1577" in page
    tajikistan = sign_in(told.cast.viewer).get("/countries/TJ/").context["conventions"]
    assert {standing.words for standing in tajikistan} == {"Not in the table"}


def test_key_figures_are_its_own_alone(told: Region, sign_in):
    page = get(sign_in(told.cast.viewer), "/countries/KG/")
    assert "People at risk" in page
    assert "nearly one third" not in page
    assert "The documents give no figure of this country or area alone." in get(
        sign_in(told.cast.viewer), "/countries/TJ/"
    )


def test_viewers_read_values_baselines_and_targets_and_officers_how_it_stands(told: Region, sign_in):
    """Kyrgyzstan has 300 of 400, at pace 75 %: at risk. Its baseline is 40."""
    viewed = sign_in(told.cast.viewer).get(f"/countries/KG/{AT}")
    [row] = part(viewed, "SP1").rows
    assert (row.figures.actual, row.figures.target) == ("300", "400")
    page = viewed.content.decode()
    assert "Baseline" in page
    for words in ("At risk", "1 at risk", "pace 75", "of-status"):
        assert words not in page, words
    for person in (told.cast.officer, told.cast.administrator, told.cast.reporter):
        page = get(sign_in(person), f"/countries/KG/{AT}")
        for words in ("At risk", "pace 75", "Baseline", "1 at risk"):
            assert words in page, (person, words)
    # A reporter sees how the own mission stands, and of others their values.
    assert "1 no target" not in get(sign_in(told.cast.reporter), f"/countries/TJ/{AT}")


def test_provisional_figures_are_for_officers_and_own_reporters(told: Region, sign_in):
    told.submit(told.kg, "2021-Q4", 7)
    address = f"/countries/KG/{AT}&provisional=on"
    for person, actual in (
        (told.cast.officer, "307"),
        (told.cast.viewer, "300"),
        (told.cast.stranger, "300"),
    ):
        [row] = part(sign_in(person).get(address), "SP1").rows
        assert row.figures.actual == actual
    assert "Provisional figures are for officers" in get(sign_in(told.cast.viewer), address)


def test_israel_is_covered_by_the_regional_office(told: Region, sign_in):
    page = get(sign_in(told.cast.viewer), "/countries/IL/")
    assert "It has no office of its own." in page
    assert '<a href="/missions/ROV/">Regional Office</a>' in page
    page = get(sign_in(told.cast.viewer), "/missions/ROV/")
    assert '<a href="/missions/IL/">Israel</a>' in page


def test_the_regional_office_has_a_page_and_a_country_mission_that_of_its_country(told: Region, sign_in):
    client = sign_in(told.cast.viewer)
    response = client.get("/missions/ROV/")
    assert [shown.activity.code for shown in response.context["activities"]] == ["ROV-1"]
    assert "Vienna" in response.content.decode()
    answer = client.get("/missions/KG/")
    assert (answer.status_code, answer.url) == (302, "/countries/KG/")


def test_kosovo_carries_its_note_beside_its_facts(told: Region, sign_in):
    Country.objects.filter(iso2="TJ").update(iso2="XK", name="Kosovo")
    page = get(sign_in(told.cast.viewer), "/countries/XK/")
    note = "References to Kosovo are in the context of UN Security Council resolution 1244 (1999)."
    assert page.count(note) == 2  # in the head and in the footer


def test_a_code_in_small_letters_is_the_same_and_an_unknown_one_is_not_found(told: Region, sign_in):
    client = sign_in(told.cast.viewer)
    assert "Kyrgyzstan" in get(client, "/countries/kg/")
    for address in (
        "/countries/QQ/",
        "/countries/%00/",
        "/missions/QQ/",
        "/missions/%00/",
        "/countries/a-b/",
    ):
        assert client.get(address).status_code == 404, address


def test_a_country_without_a_mission_or_a_strategy_has_a_page(db, sign_in):
    from tracker.access.choices import Role

    Country.objects.create(
        iso2="KG",
        iso3="KGZ",
        name="Kyrgyzstan",
        source_name="Kyrgyzstan",
        subregion="central_asia",
        source="x",
    )
    page = get(sign_in(stage.make_person("viewer", Role.VIEWER)), "/countries/KG/")
    assert "No mission reports for it yet." in page
    assert "No strategy is loaded." in page


def test_as_many_statements_for_a_country_with_little_as_for_one_with_much(told: Region, sign_in):
    client = sign_in(told.cast.officer)

    def statements() -> int:
        client.get(f"/countries/KG/{AT}")
        with CaptureQueriesContext(connection) as found:
            assert client.get(f"/countries/KG/{AT}").status_code == 200
        return len(found)

    few = statements()
    kg = Mission.objects.get(code="KG")
    for number in range(30):
        atlas.make_office(f"KG-{number}", kg, f"City {number}", kind="sub")
        atlas.make_activity(f"KG-A{number}", kg, f"Activity {number}", objectives=("SP1-O1",))
        atlas.make_figure(f"F-{number}", "Counted", value=number, country=kg.country)
        indicator = stage.make_indicator(f"SP1-O1-I{number + 10}")
        stage.assign(indicator, kg)
        start_from(indicator, kg, number)
    assert statements() == few
    assert few <= 25


# -- Too many indicators to be written out --------------------------------------------------------------
def test_of_many_indicators_those_of_a_priority_come_when_it_is_opened(told: Region, sign_in, monkeypatch):
    monkeypatch.setattr(countries, "MOST_WRITTEN", 0)
    client = sign_in(told.cast.officer)
    folded = client.get(f"/countries/KG/{AT}").content.decode()
    row = '<a href="/indicators/SP1-O1-I1/">'
    assert row not in folded
    assert "Show its 1 indicator" in folded
    opened = client.get(f"/countries/KG/{AT}&part=SP1").content.decode()
    assert row in opened
    assert '<details class="part" id="SP1" open>' in opened
    alone = client.get(f"/countries/KG/{AT}&part=SP1", headers={"HX-Request": "true"})
    assert row in alone.content.decode()
    assert "<html" not in alone.content.decode()
    assert "HX-Request" in alone.headers["Vary"]
    assert "There is no priority “SP9”: none is opened." in get(client, f"/countries/KG/{AT}&part=SP9")


def test_few_enough_are_written_out_as_ever(told: Region, sign_in):
    page = sign_in(told.cast.officer).get(f"/countries/KG/{AT}").content.decode()
    assert '<a href="/indicators/SP1-O1-I1/">' in page
    assert "htmx" not in page
