"""The page of one objective."""

from tests import stage
from tests.explore.conftest import Region
from tracker.activities.models import Activity
from tracker.framework.models import Alignment, Objective


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


def test_an_unknown_objective_offers_what_is_near(region: Region, sign_in):
    response = sign_in(region.cast.viewer).get("/objectives/SP1-O7/")
    assert response.status_code == 404
    assert 'href="/objectives/SP1-O1/"' in response.content.decode()


def test_what_it_serves_stands_by_framework_with_basis_reason_and_source(region: Region, sign_in):
    objective = Objective.objects.get(code="SP1-O1")
    for goal, basis in ((stage.make_goal(), "stated"), (stage.make_goal("GCM", "7"), "ours")):
        Alignment.objects.create(
            objective=objective, goal=goal, basis=basis, reason=f"Why {goal.code}", source=f"Page {goal.code}"
        )
    response = sign_in(region.cast.viewer).get("/objectives/SP1-O1/")
    frames = response.context["ties"].frames
    assert sorted((frame.framework.code, [tie.basis for tie in frame.ties]) for frame in frames) == [
        ("GCM", ["ours"]),
        ("SDG", ["stated"]),
    ]
    page = response.content.decode()
    for words in ("Why 10.7", "Page 10.7", "Tied by us", "Stated", 'href="/references/GCM/7/"'):
        assert words in page, words


def test_an_objective_that_serves_no_goal_says_why(region: Region, sign_in):
    client = sign_in(region.cast.viewer)
    address = "/objectives/SP1-O1/"
    assert "It is not tied to a goal of another framework yet." in client.get(address).content.decode()
    Alignment.objects.create(
        objective=Objective.objects.get(), goal=None, basis="ours", reason="An inner matter", source="test"
    )
    assert "An inner matter" in client.get(address).content.decode()


def test_its_activities_say_which_are_historical_and_who_tied_them(region: Region, sign_in):
    objective = Objective.objects.get(code="SP1-O1")
    for code, status, tied_by in (("A", "historical", "tracker"), ("B", "ongoing", "mission")):
        activity = Activity.objects.create(
            code=code, mission=region.kg, title=f"Activity {code}", status=status, tied_by=tied_by,
            tie_reason=f"Reason {code}", source="Initiatives",
        )  # fmt: skip
        activity.objectives.add(objective)
    response = sign_in(region.cast.viewer).get("/objectives/SP1-O1/")
    rows = [
        (row.record.code, row.get_cell("status"), "Tied by us" in row.get_cell("tie_reason"))
        for row in response.context["activities"].rows
    ]
    assert rows == [("B", "Ongoing", False), ("A", "Historical", True)]
    assert "no statement of IOM" in response.content.decode()
