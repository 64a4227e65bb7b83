"""The page of an indicator: its value by breakdowns, and who reads small cells."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import stage
from tests.explore.conftest import Region
from tests.pages import MOST_QUERIES, questions_of
from tests.progress.test_exports_of_results import split_into
from tracker.common.formats import THIN_SPACE
from tracker.framework.models import Cell, Indicator

AT = "?period=2021-Q4"


def page_of(client, indicator: Indicator):
    return client.get(f"/indicators/{indicator.code}/{AT}")


def plain(text: str) -> str:
    return text.replace(THIN_SPACE, " ")


def lines_of(breakdown) -> list[tuple[str, str, str]]:
    """(cell, value, share or what it is made of) of the region, with what is left."""
    lines = [*breakdown.lines, *([breakdown.rest] if breakdown.rest else [])]
    return [(line.name, plain(line.value), plain(line.share or line.parts)) for line in lines]


def missions_of(breakdown) -> dict[str, list[str]]:
    """Of each mission its cells and what is left."""
    return {
        row.mission.code: [plain(line.value) for line in [*row.cells, *([row.rest] if row.rest else [])]]
        for row in breakdown.missions
    }


@pytest.fixture
def people(region: Region) -> tuple[Indicator, dict[str, Cell]]:
    """A flow by sex: Kyrgyzstan gives 200 in two quarters (120 women, 60 men), Tajikistan 300 (5 women, 295 men)."""
    flow = stage.make_indicator("SP1-O1-I2", unit="persons")
    cells = stage.ask_by_sex(flow)
    stage.assign(flow, region.kg, region.tj)
    # The region's own flow was reported for the first quarters; these are of 2020.
    split_into(region.kg, "2020-Q1", flow, 100, cells, {"female": 50, "male": 40}, cast=region.cast)
    split_into(region.kg, "2020-Q2", flow, 100, cells, {"female": 70, "male": 20}, cast=region.cast)
    split_into(region.tj, "2020-Q1", flow, 300, cells, {"female": 5, "male": 295}, cast=region.cast)
    return flow, cells


def make_sensitive(indicator: Indicator) -> None:
    Indicator.objects.filter(pk=indicator.pk).update(sensitive=True)


def test_the_value_is_shown_by_its_cells_and_what_they_leave(people, region: Region, sign_in):
    flow, _cells = people
    response = page_of(sign_in(region.cast.viewer), flow)
    [by_sex] = response.context["cells"].breakdowns
    assert lines_of(by_sex) == [
        ("Female", "125", "25.0 %"),
        ("Male", "355", "71.0 %"),
        ("Not disaggregated", "20", "4.0 %"),
    ]
    assert (by_sex.columns, by_sex.silent) == (["Female", "Male"], ["Unknown"])
    assert missions_of(by_sex) == {"KG": ["120", "60", "20"], "TJ": ["5", "295", "0"]}
    page = response.content.decode()
    assert 'width="30.0"' in page  # a quarter of 120
    assert "Not reported: Unknown." in page
    assert "The value by breakdown" in page


def test_a_share_is_shown_with_what_it_is_made_of(region: Region, sign_in):
    share = stage.make_indicator("SP1-O1-I2", measure="percentage", period_rule="latest")
    cells = stage.ask_by_sex(share)
    stage.assign(share, region.kg)
    split_into(region.kg, "2021-Q4", share, (30, 60), cells, {"female": (20, 30)}, cast=region.cast)
    [by_sex] = page_of(sign_in(region.cast.viewer), share).context["cells"].breakdowns
    assert lines_of(by_sex) == [
        ("Female", "67 %", "20 of 30"),
        ("Not disaggregated", "33 %", "10 of 30"),
    ]


def test_what_is_left_of_a_share_is_no_percentage_where_it_cannot_be_one(region: Region, sign_in):
    """30 of 60 less 20 of 55: 10 of 5."""
    share = stage.make_indicator("SP1-O1-I2", measure="percentage", period_rule="latest")
    cells = stage.ask_by_sex(share)
    stage.assign(share, region.kg)
    split_into(region.kg, "2021-Q4", share, (30, 60), cells, {"female": (20, 55)}, cast=region.cast)
    response = page_of(sign_in(region.cast.viewer), share)
    [by_sex] = response.context["cells"].breakdowns
    assert lines_of(by_sex)[-1] == ("Not disaggregated", "", "10 of 5")
    assert by_sex.rest.bar == ""


def test_without_breakdowns_there_is_nothing_and_without_cells_it_is_said(region: Region, sign_in):
    client = sign_in(region.cast.viewer)
    bare = page_of(client, region.flow)
    assert bare.context["cells"] is None
    assert "The value by breakdown" not in bare.content.decode()
    stage.ask_by_sex(region.flow)
    response = page_of(client, region.flow)
    assert response.context["cells"].breakdowns == []
    assert "No results are broken down yet." in response.content.decode()


def test_small_cells_of_a_sensitive_indicator_are_hidden_from_viewers(people, region: Region, sign_in):
    """Tajikistan's 5 women are small; 300 less its 295 men gives them away, and so do the region's 125 less the 120 of
    Kyrgyzstan, and with them 500 less its men. What is left is told as one.
    """
    flow, _cells = people
    make_sensitive(flow)
    response = page_of(sign_in(region.cast.viewer), flow)
    [by_sex] = response.context["cells"].breakdowns
    assert missions_of(by_sex) == {"KG": ["120", "60", "20"], "TJ": ["<11", "<11", "300"]}
    assert [(name, value) for name, value, _share in lines_of(by_sex)] == [
        ("Female", "<11"),
        ("Male", "<11"),
        ("Not disaggregated, and what is not shown", "500"),
    ]
    page = response.content.decode()
    assert "This indicator is sensitive: cells below 11 are not shown" in page
    for told in ("125", "355", "295"):
        assert f">{told}<" not in page


@pytest.mark.parametrize("who", ["officer", "head", "administrator"])
def test_officers_and_administrators_read_small_cells(people, region: Region, sign_in, who: str):
    flow, _cells = people
    make_sensitive(flow)
    [by_sex] = page_of(sign_in(getattr(region.cast, who)), flow).context["cells"].breakdowns
    assert missions_of(by_sex)["TJ"] == ["5", "295", "0"]
    assert lines_of(by_sex)[0][:2] == ("Female", "125")


def test_reporters_read_small_cells_of_their_own_mission_alone(people, region: Region, sign_in):
    flow, _cells = people
    make_sensitive(flow)
    [own] = page_of(sign_in(region.cast.stranger), flow).context["cells"].breakdowns
    assert missions_of(own)["TJ"] == ["5", "295", "0"]
    assert lines_of(own)[0][:2] == ("Female", "125")
    [others] = page_of(sign_in(region.cast.reporter), flow).context["cells"].breakdowns
    assert missions_of(others)["TJ"] == ["<11", "<11", "300"]
    assert lines_of(others)[0][:2] == ("Female", "<11")


def test_cells_that_overlap_have_no_remainder(region: Region, sign_in):
    flow = stage.make_indicator("SP1-O1-I2")
    cells = stage.ask_by_sex(flow, exclusive=False)
    stage.assign(flow, region.kg)
    split_into(region.kg, "2021-Q4", flow, 100, cells, {"female": 90, "male": 80}, cast=region.cast)
    response = page_of(sign_in(region.cast.viewer), flow)
    [needs] = response.context["cells"].breakdowns
    assert lines_of(needs) == [("Female", "90", "90.0 %"), ("Male", "80", "80.0 %")]
    assert "the same one may be in several cells" in response.content.decode()


def test_a_count_of_missions_has_no_parts_and_its_missions_have(region: Region, sign_in):
    many = stage.make_indicator(
        "SP1-O1-I2", period_rule="latest", mission_rule="count_at_least", threshold=50
    )
    cells = stage.ask_by_sex(many)
    stage.assign(many, region.kg)
    split_into(region.kg, "2021-Q4", many, 100, cells, {"female": 60, "male": 40}, cast=region.cast)
    response = page_of(sign_in(region.cast.viewer), many)
    [by_sex] = response.context["cells"].breakdowns
    assert (by_sex.lines, missions_of(by_sex)) == ([], {"KG": ["60", "40", "0"]})
    assert "the region’s value has no parts of it" in response.content.decode()


def test_cells_of_many_missions_take_as_many_statements(people, region: Region, missions, sign_in):
    flow, cells = people
    client = sign_in(region.cast.officer)

    def statements() -> int:
        page_of(client, flow)
        with CaptureQueriesContext(connection) as asked:
            page_of(client, flow)
        return len(questions_of(asked))

    few = statements()
    for code in ("IL", "ROV"):
        stage.assign(flow, missions[code])
        split_into(
            missions[code],
            "2020-Q1",
            flow,
            90,
            cells,
            {"female": 30, "male": 20, "unknown": 40},
            cast=region.cast,
        )
    assert statements() == few
    assert few <= MOST_QUERIES
