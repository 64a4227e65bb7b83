"""The page of one objective."""

from tests import stage
from tests.explore.conftest import Region
from tracker.framework.models import Objective


def codes_of(response) -> list[str]:
    return [row.indicator.code for row in response.context["rows"]]


def test_an_objective_shows_what_it_commits_to_and_how_its_indicators_stand(region: Region, sign_in):
    Objective.objects.filter(code="SP1-O1").update(summary="People are safe.", source="Strategy, page 3")
    response = sign_in(region.cast.viewer).get("/objectives/SP1-O1/?period=2021-Q4")
    page = response.content.decode()
    for words in ("First objective", "People are safe.", "Strategy, page 3", "At risk"):
        assert words in page
    assert codes_of(response) == ["SP1-O1-I1"]
    assert response.context["rows"][0].figures.attainment.startswith("75")


def test_an_objective_without_indicators_says_so(region: Region, strategy, sign_in):
    Objective.objects.create(
        strategy=strategy, priority=strategy.strategicprioritys.get(), code="SP1-O2", title="Second", order=2
    )
    response = sign_in(region.cast.viewer).get("/objectives/SP1-O2/")
    assert "No indicator measures this objective yet." in response.content.decode()


def test_a_mission_is_chosen_by_those_who_may(region: Region, sign_in):
    stage.make_indicator("SP1-O1-I2")
    address = "/objectives/SP1-O1/?period=2021-Q4&mission=KG"
    assert codes_of(sign_in(region.cast.officer).get(address)) == ["SP1-O1-I1"]
    assert codes_of(sign_in(region.cast.reporter).get(address)) == ["SP1-O1-I1"]
    for person in (region.cast.viewer, region.cast.stranger):
        response = sign_in(person).get(address)
        assert codes_of(response) == ["SP1-O1-I1", "SP1-O1-I2"]
        assert "is no mission whose standing you may see" in response.content.decode()


def test_an_unknown_objective_is_not_found(region: Region, sign_in):
    assert sign_in(region.cast.viewer).get("/objectives/SP9-O9/").status_code == 404
