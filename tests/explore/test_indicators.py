"""The list of indicators, and their adoption from it and from the page of one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import stage
from tests.conftest import Cast
from tests.explore.conftest import Region
from tracker.framework.models import Indicator


def names(response) -> list[str]:
    return [row.record.code for row in response.context["table"].page.object_list]


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def three(strategy) -> None:
    stage.make_indicator("SP1-O1-I1", name="People trained")
    stage.make_indicator(
        "SP1-O1-I2", status="proposed", level="outcome", measure="percentage", period_rule="latest"
    )
    stage.make_indicator("SP1-O1-I3", status="proposed", counts="items", unit="agreements")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["SP1-O1-I1", "SP1-O1-I2", "SP1-O1-I3"]),
        ("status=proposed", ["SP1-O1-I2", "SP1-O1-I3"]),
        ("level=outcome", ["SP1-O1-I2"]),
        ("measure=number&counts=items", ["SP1-O1-I3"]),
        ("priority=SP1&q=PEOPLE+trained", ["SP1-O1-I1"]),
        ("sort=-code", ["SP1-O1-I3", "SP1-O1-I2", "SP1-O1-I1"]),
        ("q=nothing+like+it", []),
    ],
)
def test_the_list_is_narrowed_and_sorted(three, cast: Cast, sign_in, query: str, found: list[str]):
    assert names(sign_in(cast.viewer).get(f"/indicators/?{query}")) == found


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("priority=SP9", "There is no priority “SP9”: all of them are shown."),
        ("level=cheese", "“cheese” is not among the choices: all of them are shown."),
        ("q=" + "x" * 101, "Search for at most 100 characters: all of them are shown."),
    ],
)
def test_rubbish_in_a_filter_says_so_and_shows_everything(three, cast: Cast, sign_in, query: str, said: str):
    response = sign_in(cast.viewer).get(f"/indicators/?{query}")
    assert said in text_of(response)
    assert len(names(response)) == 3


def test_a_list_says_how_many_rows_of_how_many_are_left(three, cast: Cast, sign_in):
    client = sign_in(cast.viewer)
    for query, said in (
        ("", "> 3 rows <"),
        ("?status=proposed", "> 2 of 3 rows <"),
        ("?q=nothing+like+it", "> 0 of 3 rows <"),
        ("?level=cheese", "> 3 rows <"),
    ):
        assert said in text_of(client.get(f"/indicators/{query}")), query


def test_the_list_goes_out_as_it_is_filtered(three, cast: Cast, sign_in):
    text = sign_in(cast.officer).get("/indicators/?status=proposed&as=csv").content.decode("utf-8-sig")
    assert [line.split(",")[0] for line in text.splitlines()] == ["Indicator", "SP1-O1-I2", "SP1-O1-I3"]
    assert "Proposed, not adopted by IOM" in text
    assert "checkbox" not in text


@pytest.mark.parametrize("who", ["officer", "head", "administrator"])
def test_those_who_may_adopt_many_at_once(three, cast: Cast, sign_in, who: str):
    client = sign_in(getattr(cast, who))
    page = client.get("/indicators/").content.decode()
    assert page.count('name="indicator"') == 2
    answer = client.post(
        "/indicators/adopt/",
        {"indicator": ["SP1-O1-I2", "SP1-O1-I3"], "next": "/indicators/?level=outcome"},
        follow=True,
    )
    assert answer.redirect_chain == [("/indicators/?level=outcome", 302)]
    assert "2 indicators are adopted and fall due from now on." in text_of(answer)
    assert set(Indicator.objects.values_list("status", flat=True)) == {"active"}


@pytest.mark.parametrize("who", ["viewer", "reporter"])
def test_others_see_no_boxes_and_are_refused(three, cast: Cast, sign_in, who: str):
    client = sign_in(getattr(cast, who))
    assert 'name="indicator"' not in client.get("/indicators/").content.decode()
    assert "Adopt this indicator" not in client.get("/indicators/SP1-O1-I2/").content.decode()
    assert client.post("/indicators/adopt/", {"indicator": "SP1-O1-I2"}).status_code == 403
    assert Indicator.objects.get(code="SP1-O1-I2").status == "proposed"


def test_one_is_adopted_from_its_page_and_twice_is_no_mistake(three, cast: Cast, sign_in):
    client = sign_in(cast.officer)
    page = text_of(client.get("/indicators/SP1-O1-I2/"))
    assert "Proposed by this tracker, not adopted by IOM" in page
    assert "Adopt this indicator" in page
    asked = {"indicator": "SP1-O1-I2", "next": "/indicators/SP1-O1-I2/#sheet"}
    assert client.post("/indicators/adopt/", asked).url == "/indicators/SP1-O1-I2/#sheet"
    page = text_of(client.get("/indicators/SP1-O1-I2/"))
    assert "1 indicator is adopted and falls due from now on." in page
    assert "Adopt this indicator" not in page
    client.post("/indicators/adopt/", asked)
    assert "These were adopted already." in text_of(client.get("/indicators/SP1-O1-I2/"))


@pytest.mark.parametrize("chosen", [[], ["SP1-O1-I2", "SP9-O9-I9"]])
def test_nothing_is_adopted_where_the_choice_is_wrong(three, cast: Cast, sign_in, chosen: list[str]):
    answer = sign_in(cast.officer).post("/indicators/adopt/", {"indicator": chosen}, follow=True)
    assert "Choose indicators from the list. Nothing was adopted." in text_of(answer)
    assert Indicator.objects.filter(status="proposed").count() == 2


def test_one_that_was_retired_meanwhile_refuses_the_whole_list(three, cast: Cast, sign_in):
    Indicator.objects.filter(code="SP1-O1-I3").update(status="retired")
    answer = sign_in(cast.officer).post(
        "/indicators/adopt/", {"indicator": ["SP1-O1-I2", "SP1-O1-I3"]}, follow=True
    )
    assert "1 of these indicators is not proposed any more." in text_of(answer)
    assert Indicator.objects.get(code="SP1-O1-I2").status == "proposed"


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "/\\example.org"])
def test_the_way_back_leads_nowhere_else(three, cast: Cast, sign_in, elsewhere: str):
    asked = {"indicator": "SP1-O1-I2", "next": elsewhere}
    assert sign_in(cast.officer).post("/indicators/adopt/", asked).url == "/indicators/"


def test_the_number_of_queries_does_not_grow_with_the_indicators(region: Region, sign_in):
    client = sign_in(region.cast.officer)

    def queries_with(count: int) -> int:
        for number in range(Indicator.objects.count() + 1, count + 1):
            stage.ask_by_sex(stage.make_indicator(f"SP1-O1-I{number}", status="proposed"))
        with CaptureQueriesContext(connection) as asked:
            assert len(names(client.get("/indicators/?per_page=200"))) == count
        return len(asked)

    assert queries_with(2) == queries_with(200)


def test_pages_have_the_size_that_is_asked_for_and_rubbish_is_passed_over(strategy, cast: Cast, sign_in):
    for number in range(1, 61):
        stage.make_indicator(f"SP1-O1-I{number}")
    client = sign_in(cast.viewer)
    assert len(names(client.get("/indicators/?per_page=25&page=3"))) == 10
    rubbish = {"per_page=0": 50, "per_page=-1": 50, "per_page=many&page=x": 50, "page=99&sort=magic": 10}
    assert {query: len(names(client.get(f"/indicators/?{query}"))) for query in rubbish} == rubbish
    assert "?per_page=100" in client.get("/indicators/").content.decode()
