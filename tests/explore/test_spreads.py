"""How subregions stand: on the page of an indicator, and how many indicators have which status in each."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import stage
from tests.explore.conftest import Region, aim
from tracker.progress.models import ReportingPeriod
from tracker.region.models import Country

AT = "/indicators/SP1-O1-I1/?period=2021-Q4"


@pytest.fixture
def compared(region: Region, missions) -> Region:
    """Kyrgyzstan at 300 of 400 and Tajikistan, which now has a target of 500 and reached it, are Central Asia; the
    Regional Office carries the indicator too, and has nothing.
    """
    aim(region.flow, region.tj, date(2021, 12, 31), 500)
    stage.assign(region.flow, missions["ROV"])
    return region


def groups_of(response) -> list[tuple[str, str, list[str]]]:
    return [
        (
            group.subregion,
            group.figures.actual if group.figures else "",
            [row.mission.code for row in group.rows],
        )
        for group in response.context["groups"]
    ]


def test_missions_stand_under_their_subregion_and_the_regional_office_by_itself(compared: Region, sign_in):
    response = sign_in(compared.cast.officer).get(AT)
    assert groups_of(response) == [("Central Asia", "800", ["KG", "TJ"]), ("", "", ["ROV"])]
    [central_asia, _regional] = response.context["groups"]
    # 300 and 500 of 400 and 500: 800 of 900 is 88.9 %, and so is the pace.
    assert (central_asia.figures.target, central_asia.figures.words) == ("900", "On track")
    page = response.content.decode()
    assert '<th scope="rowgroup">Central Asia' in page


def test_a_subregion_of_one_mission_has_no_row_of_its_own(region: Region, missions, sign_in):
    Country.objects.filter(iso2="IL").update(subregion="israel")
    stage.assign(region.flow, missions["IL"])
    response = sign_in(region.cast.officer).get(AT)
    assert groups_of(response) == [("Central Asia", "300", ["KG", "TJ"]), ("", "", ["IL"])]


@pytest.mark.parametrize("who", ["viewer", "reporter"])
def test_who_does_not_compare_missions_sees_no_subregion(compared: Region, sign_in, who: str):
    response = sign_in(getattr(compared.cast, who)).get(AT)
    assert all(not group.figures for group in response.context["groups"])
    assert "Central Asia" not in response.content.decode()


def counts_of(response) -> dict[str, dict[str, int]]:
    rows = [
        row
        for group in response.context["spreads"].groups
        for row in (*([group.subregion] if group.subregion else []), *group.missions)
    ]
    return {row.title: {style.code: count for style, count in row.counts if count} for row in rows}


@pytest.fixture
def in_2021(compared: Region) -> Region:
    """The last period is the fourth quarter of 2021, so that the page speaks as of then."""
    ReportingPeriod.objects.filter(number__gt=2021 * 4 + 3).delete()
    return compared


def test_officers_see_how_many_indicators_have_which_status_by_subregion_and_mission(
    in_2021: Region, sign_in
):
    silent = stage.make_indicator("SP1-O1-I2")
    stage.assign(silent, in_2021.kg)
    aim(silent, in_2021.kg, date(2021, 12, 31), 10)
    response = sign_in(in_2021.cast.officer).get("/countries/")
    assert counts_of(response) == {
        "Central Asia": {"on_track": 1, "no_data": 1},
        "Kyrgyzstan": {"at_risk": 1, "no_data": 1},
        "Tajikistan": {"achieved": 1},
        "Regional Office": {"no_target": 1},
    }
    page = response.content.decode()
    assert "as of Q4 2021" in page
    assert "/framework/?mission=KG&amp;period=2021-Q4" in page


@pytest.mark.parametrize("who", ["viewer", "reporter", "lead"])
def test_nobody_else_sees_them(in_2021: Region, sign_in, who: str):
    response = sign_in(getattr(in_2021.cast, who)).get("/countries/")
    assert "spreads" not in response.context
    assert "Indicators by subregion, mission and status" not in response.content.decode()


def test_the_statements_do_not_grow_with_missions_and_indicators(in_2021: Region, missions, sign_in):
    client = sign_in(in_2021.cast.officer)

    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get("/countries/")
        return len(asked)

    few = statements()
    for number in range(2, 8):
        stage.assign(stage.make_indicator(f"SP1-O1-I{number}"), *missions.values())
    assert statements() == few
