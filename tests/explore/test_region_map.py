"""The map of the region: what it shows by each measure, to whom, and what it does with rubbish."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import stage
from tests.explore.conftest import Region, aim
from tracker.activities.models import Activity, ActivityCountry, FundingRequirement
from tracker.analysis.tiles import TileMap
from tracker.common.formats import THIN_SPACE
from tracker.explore.reading.map_measures import offered_measures
from tracker.explore.reading.periods import read_periods
from tracker.explore.reading.region_map import read_ground, read_region_map
from tracker.explore.views.region_map import region_map
from tracker.framework.models import ReferenceFramework, ReferenceGoal
from tracker.progress.models import ReportingPeriod, ReportRevision
from tracker.region.models import Country, Mission, Office


def text_of(response) -> str:
    return " ".join(response.content.decode().replace(THIN_SPACE, " ").split())


def told(picture: TileMap) -> dict[str, str]:
    """What the table behind the map says of each place: the figure, or the code of the gap."""
    return {row.place.code: row.shown.replace(THIN_SPACE, " ") or row.gap for row in picture.rows}


def picture_of(response) -> TileMap:
    return response.context["region_map"].picture


@pytest.fixture
def placed(region: Region) -> Region:
    """Kyrgyzstan and Tajikistan have their places; Israel has none."""
    for code, row, column in (("KG", 3, 9), ("TJ", 4, 9)):
        Country.objects.filter(iso2=code).update(tile_row=row, tile_column=column)
    return region


@pytest.fixture
def goals(strategy) -> list[ReferenceGoal]:
    framework = ReferenceFramework.objects.create(
        code="MIGOF",
        name="Migration Governance Framework",
        short_name="MiGOF",
        kind="framework",
        source="test",
    )
    return [
        ReferenceGoal.objects.create(
            framework=framework, code=code, kind="principle", title=code, title_basis="source", source="test"
        )
        for code in ("P1", "P2")
    ]


def ask(year: int, mission: Mission, goal: ReferenceGoal, amount: int | None) -> None:
    """An amount asked for; None is the table's dash."""
    FundingRequirement.objects.create(
        year=year,
        mission=mission,
        goal=goal,
        amount=amount or 0,
        nothing_asked=amount is None,
        source=f"Migration Initiatives {year}, funding requirements, row {mission}, {goal.code}",
    )


def act(code: str, mission: Mission, *countries: Mission, status: str = "planned") -> None:
    activity = Activity.objects.create(code=code, mission=mission, title=code, status=status)
    for each in countries:
        ActivityCountry.objects.create(activity=activity, country=each.country)


# Measures -----------------------------------------------------------------------------------------


def test_an_activity_counts_for_its_mission_and_for_every_country_that_it_names(placed, missions, sign_in):
    """Of Kyrgyzstan one of its own (which names it again) and one of the region; the cancelled one is none."""
    kg, tj, office = missions["KG"], missions["TJ"], missions["ROV"]
    act("A1", kg, kg)
    act("A2", office, kg, tj)
    act("A3", office)
    act("A4", kg, status="cancelled")
    picture = picture_of(sign_in(placed.cast.viewer).get("/?map=activities"))
    assert told(picture) == {"IL": "0", "KG": "2", "TJ": "1", "ROV": "2"}
    assert {row.place.code: row.more for row in picture.rows}["KG"] == "1 of them of other missions"


def test_funding_is_summed_over_goals_and_a_dash_is_no_zero(placed, missions, goals, sign_in):
    first, second = goals
    ask(2019, missions["KG"], first, 1_500_000)
    ask(2019, missions["KG"], second, 250_000)
    ask(2019, missions["TJ"], first, None)
    ask(2019, missions["ROV"], first, 0)
    ask(2017, missions["KG"], first, 7)
    response = sign_in(placed.cast.viewer).get("/?map=funding-2019")
    assert told(picture_of(response)) == {
        "IL": "not_in_table", "KG": "1 750 000", "TJ": "nothing_asked", "ROV": "0",
    }  # fmt: skip
    page = text_of(response)
    assert "Source: Migration Initiatives 2019, funding requirements." in page
    assert "US dollars (presumed)" in page
    assert told(picture_of(sign_in(placed.cast.viewer).get("/?map=funding-2017")))["KG"] == "7"


def test_offices_are_counted_and_who_covers_a_country_without_one_is_said(placed, missions, sign_in):
    kg, office = missions["KG"], missions["ROV"]
    for code, kind in (("KG-BISHKEK", "main"), ("KG-OSH", "sub")):
        Office.objects.create(code=code, country=kg.country, kind=kind, mission=kg, source="Annex 1, table")
    Office.objects.create(code="ROV", kind="regional", mission=office, source="Annex 1, table")
    picture = picture_of(sign_in(placed.cast.viewer).get("/?map=offices"))
    assert told(picture) == {"IL": "0", "KG": "2", "TJ": "0", "ROV": "1"}
    assert picture.rows[0].more == "covered by the Regional Office"


def test_what_a_document_does_not_say_is_neither_a_yes_nor_a_no(placed, sign_in):
    Country.objects.filter(iso2="KG").update(gcm_vote="in_favour", migration_network="preparing")
    client = sign_in(placed.cast.viewer)
    vote = picture_of(client.get("/?map=gcm-vote"))
    assert told(vote) == {"IL": "Not listed", "KG": "In favour", "TJ": "Not listed"}
    assert [(entry.words, entry.count) for entry in vote.legend] == [("In favour", 1), ("Not listed", 2)]
    assert told(picture_of(client.get("/?map=migration-network")))["KG"] == "Being prepared"
    assert told(picture_of(client.get("/?map=iom-status")))["KG"] == "Not stated"
    assert told(picture_of(client.get("/?map=cooperation-framework")))["KG"] == "Not listed"


def test_completeness_counts_results_given_whatever_state_a_report_is_in(placed, missions, sign_in):
    """Kyrgyzstan owes two results and gave one in a draft; Tajikistan has not begun; nobody asks Israel."""
    second = stage.make_indicator("SP1-O1-I2")
    stage.assign(second, placed.kg)
    stage.open_window(placed.flow.strategy, "2024-Q4", today=date.today())
    placed.submit(placed.kg, "2024-Q4", 5)
    ReportRevision.objects.filter(status="submitted").update(
        status="draft", submitted_at=None, submitted_by=None
    )
    response = sign_in(placed.cast.officer).get("/")
    assert response.context["map_form"].measure.code == "completeness"
    assert response.context["map_form"].given_period.code == "2024-Q4"
    picture = picture_of(response)
    assert told(picture) == {"IL": "nothing_due", "KG": "50 %", "TJ": "0 %"}
    by_code = {row.place.code: row.more for row in picture.rows}
    assert (by_code["KG"], by_code["TJ"]) == ("1 of 2 results, draft", "0 of 1 result, not begun")


def test_the_share_on_track_is_of_what_can_be_judged(placed, sign_in):
    """Of Kyrgyzstan's three indicators one is at risk, one achieved, and one has no target. A proposed one does not
    count. Tajikistan has nothing that can be judged.
    """
    for code, target in (("SP1-O1-I2", 90), ("SP1-O1-I3", None), ("SP1-O1-I4", 90)):
        indicator = stage.make_indicator(code, status="proposed" if code.endswith("4") else "active")
        stage.assign(indicator, placed.kg)
        if target:
            aim(indicator, placed.kg, date(2021, 12, 31), target)
    second = type(placed.flow).objects.get(code="SP1-O1-I2")
    placed.approve(placed.kg, "2021-Q4", {second: 100})
    picture = picture_of(sign_in(placed.cast.officer).get("/?map=on-track&map_period=2021-Q4"))
    assert told(picture) == {"IL": "nothing_judged", "KG": "50 %", "TJ": "nothing_judged"}
    assert {row.place.code: row.more for row in picture.rows}["KG"] == "1 of 2 that can be judged"
    assert picture.subtitle == "Of the active indicators that can be judged, as of Q4 2021"


# An indicator -------------------------------------------------------------------------------------


def test_the_page_of_an_indicator_maps_its_approved_values(placed, missions, sign_in):
    stage.assign(placed.flow, missions["ROV"])
    response = sign_in(placed.cast.viewer).get("/indicators/SP1-O1-I1/?period=2021-Q4")
    picture = picture_of(response)
    assert told(picture) == {"IL": "not_assigned", "KG": "300", "TJ": "500", "ROV": "not_reported"}
    assert picture.subtitle == "persons · as of Q4 2021"
    assert not response.context["map_form"].offers_measures


def test_a_value_that_does_not_apply_is_no_gap_and_a_zero_is_a_value(placed, sign_in):
    level = stage.make_indicator("SP1-O1-I2", period_rule="latest")
    stage.assign(level, placed.kg, placed.tj)
    placed.approve(placed.kg, "2021-Q4", {level: "na"})
    placed.approve(placed.tj, "2021-Q4", {level: 0})
    picture = picture_of(sign_in(placed.cast.viewer).get("/indicators/SP1-O1-I2/?period=2021-Q4"))
    assert told(picture) == {"IL": "not_assigned", "KG": "not_applicable", "TJ": "0"}


def test_stages_and_yes_or_no_are_classes_of_their_own(placed, sign_in):
    law = stage.make_indicator(
        "SP1-O1-I2", measure="stage", stages=["Not started", "Drafted", "Adopted"], period_rule="latest",
        mission_rule="maximum",
    )  # fmt: skip
    asked = stage.make_indicator("SP1-O1-I3", measure="yes_no", period_rule="latest", mission_rule="maximum")
    for indicator in (law, asked):
        stage.assign(indicator, placed.kg, placed.tj)
    placed.approve(placed.kg, "2021-Q4", {law: 2, asked: 0})
    placed.approve(placed.tj, "2021-Q4", {law: 0, asked: 1})
    client = sign_in(placed.cast.viewer)
    stages = picture_of(client.get("/indicators/SP1-O1-I2/?period=2021-Q4"))
    assert told(stages) == {"IL": "not_assigned", "KG": "Adopted", "TJ": "Not started"}
    answers = picture_of(client.get("/indicators/SP1-O1-I3/?period=2021-Q4"))
    assert told(answers) == {"IL": "not_assigned", "KG": "No", "TJ": "Yes"}
    assert [square.label for square in answers.squares] == ["·", "No", "Yes"]


def test_a_percentage_is_mapped_with_its_decimals(placed, sign_in):
    share = stage.make_indicator("SP1-O1-I2", measure="percentage", period_rule="latest", decimals=1)
    stage.assign(share, placed.kg)
    placed.approve(placed.kg, "2021-Q4", {share: (1, 3)})
    picture = picture_of(sign_in(placed.cast.viewer).get("/indicators/SP1-O1-I2/?period=2021-Q4"))
    assert told(picture)["KG"] == "33.3 %"
    assert [square.label for square in picture.squares if square.code == "KG"] == ["33.3%"]


def test_an_assignment_that_ended_says_so_beside_its_value(placed, sign_in):
    ended = stage.make_indicator("SP1-O1-I2")
    stage.assign(ended, placed.kg, active_to=date(2021, 6, 30))
    placed.approve(placed.kg, "2020-Q4", {ended: 12})
    picture = picture_of(sign_in(placed.cast.viewer).get("/indicators/SP1-O1-I2/?period=2021-Q4"))
    (row,) = [row for row in picture.rows if row.place.code == "KG"]
    assert (row.shown, row.more) == ("12", "no longer asked; as of 30 Jun 2021")


def test_the_hub_can_map_any_indicator_as_of_any_period(placed, missions):
    strategy = placed.flow.strategy
    rights = SimpleNamespace(is_officer=False, compares_missions=False)
    offered: Any = offered_measures(strategy, rights, with_indicators=True)  # type: ignore[arg-type]
    (measure,) = [each for each in offered if each.code == "SP1-O1-I1"]
    assert (measure.by_period, measure.group) == (True, "SP1 First priority")
    periods = read_periods(strategy, today=timezone.localdate())
    assert periods is not None
    (period,) = [each for each in periods.shown if each.code == "2021-Q1"]
    drawn = read_region_map(measure, strategy=strategy, period=period, ground=read_ground())
    assert told(drawn.picture) == {"IL": "not_assigned", "KG": "100", "TJ": "not_reported"}
    before = read_region_map(measure, strategy=strategy, period=None, ground=read_ground())
    assert before.is_empty


# Who sees what ------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["viewer", "reporter"])
def test_how_missions_stand_is_not_mapped_for_others(placed, sign_in, who):
    client = sign_in(getattr(placed.cast, who))
    for measure in ("completeness", "on-track"):
        response = client.get(f"/?map={measure}")
        assert response.context["map_form"].measure.code == "activities"
        assert f"The map cannot show “{measure}”" in text_of(response)
    response = client.get("/indicators/SP1-O1-I1/?period=2021-Q4&map=status")
    assert picture_of(response).column == "Value"
    assert "The map cannot show “status”" in text_of(response)


def test_an_administrator_compares_missions_and_does_not_look_into_drafts(placed, sign_in):
    client = sign_in(placed.cast.administrator)
    assert client.get("/?map=on-track").context["map_form"].measure.code == "on-track"
    assert client.get("/?map=completeness").context["map_form"].measure.code == "activities"


@pytest.mark.parametrize("who", ["officer", "head", "administrator"])
def test_those_who_compare_missions_map_how_they_stand(placed, sign_in, who):
    response = sign_in(getattr(placed.cast, who)).get("/indicators/SP1-O1-I1/?period=2021-Q4&map=status")
    assert told(picture_of(response)) == {"IL": "not_assigned", "KG": "At risk", "TJ": "No target"}
    assert '<input type="hidden" name="period" value="2021-Q4">' in text_of(response)


# The page -----------------------------------------------------------------------------------------


def test_rubbish_says_so_and_shows_what_is_usual(placed, sign_in):
    client = sign_in(placed.cast.officer)
    response = client.get("/?map=<b>&map_period=2031-Q9")
    page = text_of(response)
    assert "The map cannot show “&lt;b&gt;”: what it usually shows is shown." in page
    assert "There is no period “2031-Q9”: the usual one is shown." in page
    assert response.context["map_form"].measure.code == "completeness"
    # Where the map has no period, a bad one is not the map's to speak of.
    assert client.get("/?map=activities&map_period=2031-Q9").context["map_form"].problems == []


def test_what_the_map_shows_is_not_carried_to_other_pages(placed, sign_in):
    response = sign_in(placed.cast.officer).get("/?map=on-track&map_period=2021-Q4")
    assert '<a href="/framework/?priority=SP1#indicators">' in text_of(response)
    page = text_of(sign_in(placed.cast.officer).get("/indicators/SP1-O1-I1/?map=status&period=2021-Q4"))
    assert 'href="/objectives/SP1-O1/?period=2021-Q4"' in page


def test_what_else_stands_in_the_address_goes_along(placed, sign_in):
    page = text_of(sign_in(placed.cast.viewer).get("/?map=offices&q=a%22b&tag=x&tag=y"))
    assert '<input type="hidden" name="q" value="a&quot;b">' in page
    assert page.count('<input type="hidden" name="tag"') == 2
    assert '<input type="hidden" name="map"' not in page
    assert '<option value="offices" selected>Offices</option>' in page


def test_a_measure_of_which_nothing_is_recorded_says_so(placed, sign_in):
    assert "Nothing is recorded for this yet" in text_of(sign_in(placed.cast.viewer).get("/?map=activities"))


def test_before_the_first_period_facts_are_mapped_and_nothing_else(strategy, missions, cast, sign_in):
    ReportingPeriod.objects.all().delete()
    client = sign_in(cast.officer)
    assert "No period has ended yet" in text_of(client.get("/"))
    assert told(picture_of(client.get("/?map=gcm-vote")))["KG"] == "Not listed"


def test_the_table_behind_the_map_says_the_same_with_its_gaps(placed, sign_in):
    page = text_of(sign_in(placed.cast.viewer).get("/indicators/SP1-O1-I1/?period=2021-Q4"))
    table = page.split("The table behind the map")[1].split("</table>")[0]
    place = '<a href="/countries/KG/">Kyrgyzstan</a> <span class="soft">KG</span>'
    assert f'<th scope="row">{place}</th> <td class="num">300</td>' in table
    assert 'title="Not asked of this mission"' in table


def test_kosovo_carries_its_note(placed, sign_in):
    note = "XK: references to Kosovo are in the context of UN Security Council resolution 1244 (1999)."
    client = sign_in(placed.cast.viewer)
    assert note not in text_of(client.get("/?map=gcm-vote"))
    Country.objects.create(
        iso2="XK", iso3="XKX", name="Kosovo", source_name="Kosovo", subregion="western_balkans", source="test"
    )
    assert note in text_of(client.get("/?map=gcm-vote"))


def test_a_hub_takes_its_context_from_one_call(placed, rf):
    request = rf.get("/countries/", {"map": "SP1-O1-I1", "map_period": "2021-Q4"})
    request.user = placed.cast.viewer
    strategy = placed.flow.strategy
    periods = read_periods(strategy, today=timezone.localdate())
    context = region_map(request, strategy, periods, usual="offices", with_indicators=True)
    assert told(context["region_map"].picture)["TJ"] == "500"
    assert context["map_form"].problems == []


def test_a_page_may_offer_some_measures_alone_and_has_no_map_while_there_are_none(
    placed, missions, goals, rf
):
    request = rf.get("/funding/", {"map": "offices"})
    request.user = placed.cast.viewer
    asked: dict[str, Any] = {"strategy": placed.flow.strategy, "periods": None, "only": "funding-"}
    assert region_map(request, **asked) == {}
    for year in (2017, 2019):
        ask(year, missions["KG"], goals[0], year)
    context = region_map(request, **asked, usual="funding-2019")
    assert told(context["region_map"].picture)["KG"] == "2 019"
    assert context["map_form"].problems == ["The map cannot show “offices”: what it usually shows is shown."]
    assert [code for _, group in context["map_form"].fields["map"].choices for code, _ in group] == [
        "funding-2017",
        "funding-2019",
    ]


@pytest.mark.parametrize(
    "measure", ["activities", "funding-2019", "offices", "gcm-vote", "completeness", "on-track"]
)
def test_the_number_of_queries_does_not_grow_with_what_is_mapped(placed, missions, goals, sign_in, measure):
    client = sign_in(placed.cast.officer)
    ask(2019, missions["KG"], goals[0], 5)

    def queries() -> int:
        client.get(f"/?map={measure}")  # what is drawn once is kept
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/?map={measure}")
        return len(asked)

    before = queries()
    for number in range(20):
        code = f"{chr(65 + number)}X"
        country = Country.objects.create(
            iso2=code, iso3=f"{code}X", name=code, source_name=code, subregion="eastern_europe", source="test"
        )
        mission = Mission.objects.create(
            code=code, name=code, kind="country", country=country, time_zone="Europe/Kyiv", source="test"
        )
        act(f"N{number}", mission, missions["KG"], missions["TJ"])
        ask(2019, mission, goals[1], number)
        Office.objects.create(code=code, country=country, kind="main", mission=mission, source="test")
        stage.assign(placed.flow, mission)
        placed.approve(mission, "2024-Q3", {placed.flow: number})
    assert queries() == before
    assert before <= 21
