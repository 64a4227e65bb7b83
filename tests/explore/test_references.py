"""The pages of the outside frames: their list, one as a tree, one goal with what serves it."""

import csv
import io
from urllib.parse import unquote

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import stage
from tests.conftest import Cast
from tests.explore.conftest import Region
from tests.scenery import scenery
from tracker.activities.models import Activity, ActivityGoal, ActivityObjective
from tracker.framework.models import Alignment, Objective, ReferenceFramework, ReferenceGoal, Strategy
from tracker.progress.models import ReportingPeriod
from tracker.region.models import Mission

GOAL = "/references/SDG/10.7/"


@scenery
def goals(strategy: Strategy) -> dict[str, ReferenceGoal]:
    """SDG 10 > 10.7 > 10.7.2, and T4 of the strategy before; the Charter is only named."""
    return make_goals()


def make_goals() -> dict[str, ReferenceGoal]:
    sdg, before, _charter = (
        ReferenceFramework.objects.create(
            code=code,
            name=name,
            short_name=short,
            kind=kind,
            year=year,
            source="Strategy, page 3",
            order=order,
        )
        for order, (code, name, short, kind, year) in enumerate(
            [
                ("SDG", "Sustainable Development Goals", "SDGs", "agenda", 2015),
                ("RS2015", "Strategy 2015–2020", "The one before", "strategy", 2015),
                ("UN", "Charter of the United Nations", "Charter", "charter", None),
            ]
        )
    )
    made: dict[str, ReferenceGoal] = {}
    for order, (frame, code, parent, title) in enumerate(
        [
            (sdg, "10", None, "Less inequality"),
            (sdg, "10.7", "10", "Safe migration"),
            (sdg, "10.7.2", "10.7", "Countries with policies"),
            (before, "T4", None, "Trafficking fought"),
        ]
    ):
        made[code] = ReferenceGoal.objects.create(
            framework=frame,
            code=code,
            parent=made.get(parent or ""),
            kind="target",
            title=title,
            source="Agenda",
            title_basis="general_knowledge" if code == "10" else "source",
            order=order,
        )
    return made


def tie(
    objective: str, goal: ReferenceGoal | None, basis: str = "ours", reason: str = "It helps"
) -> Alignment:
    return Alignment.objects.create(
        objective=Objective.objects.get(code=objective),
        goal=goal,
        basis=basis,
        reason=reason,
        source="Strategy, page 9",
    )


def add_objective(strategy: Strategy, code: str) -> Objective:
    return Objective.objects.create(
        strategy=strategy,
        priority=strategy.strategicprioritys.get(),
        code=code,
        title=f"Objective {code}",
        order=Objective.objects.count() + 1,
    )


def add_activity(mission: Mission, code: str, **fields) -> Activity:
    values = {
        "title": f"Activity {code}",
        "status": "historical",
        "tied_by": "tracker",
        "source": "Initiatives",
    }
    return Activity.objects.create(code=code, mission=mission, **{**values, **fields})


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def names(response) -> list[str]:
    return [row.record.code for row in response.context["table"].page.object_list]


# -- The list ------------------------------------------------------------------------------------------
def test_the_list_counts_goals_and_the_objectives_that_serve_them(goals, strategy, cast: Cast, sign_in):
    add_objective(strategy, "SP1-O2")
    for goal in ("10.7", "10.7.2"):
        tie("SP1-O1", goals[goal])
    tie("SP1-O2", goals["10.7"])
    response = sign_in(cast.viewer).get("/references/")
    counted = {
        row.record.code: (row.record.goal_count, row.record.objective_count)
        for row in response.context["table"].rows
    }
    assert counted == {"SDG": (3, 2), "RS2015": (1, 0), "UN": (0, 0)}
    # None is a number too, and no dash.
    (named,) = (row for row in response.context["table"].rows if row.record.code == "UN")
    assert (named.get_cell("goal_count"), named.get_cell("objective_count")) == ("0", "0")
    assert "Strategy, page 3" in text_of(response)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=charter", ["UN"]),
        ("has=served", ["SDG"]),
        ("has=goals", ["SDG", "RS2015"]),
        ("has=named", ["UN"]),
        ("q=goals+development", ["SDG"]),
        ("sort=-goal_count", ["SDG", "RS2015", "UN"]),
        ("q=nothing+of+it", []),
    ],
)
def test_the_list_is_narrowed_and_sorted(goals, cast: Cast, sign_in, query: str, found: list[str]):
    tie("SP1-O1", goals["10.7"])
    response = sign_in(cast.viewer).get(f"/references/?{query}")
    assert names(response) == found
    if not found:
        assert "No framework fits these filters." in text_of(response)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("kind=magic", "There is no kind “magic”: all of them are shown."),
        ("has=cheese", "“cheese” is not among the choices: all of them are shown."),
        ("q=" + "x" * 101, "Search for at most 100 characters: all of them are shown."),
    ],
)
def test_rubbish_in_a_filter_says_so_and_shows_everything(goals, cast: Cast, sign_in, query: str, said: str):
    response = sign_in(cast.viewer).get(f"/references/?{query}")
    assert said in text_of(response)
    assert names(response) == ["SDG", "RS2015", "UN"]


def test_the_list_goes_out_as_it_is_filtered(goals, cast: Cast, sign_in):
    answer = sign_in(cast.viewer).get("/references/?has=goals&as=csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["Framework"], row["Goals"]) for row in rows] == [
        ("Sustainable Development Goals", "3"),
        ("Strategy 2015–2020", "1"),
    ]


def test_without_frameworks_the_list_says_what_to_do(strategy, cast: Cast, sign_in):
    assert "An administrator loads them from a workbook." in text_of(sign_in(cast.viewer).get("/references/"))


# -- A framework as a tree ---------------------------------------------------------------------------
def test_a_framework_shows_how_many_objectives_serve_each_goal_and_what_is_below_it(
    goals, strategy, missions, cast: Cast, sign_in
):
    add_objective(strategy, "SP1-O2")
    tie("SP1-O1", goals["10.7"], "stated")
    tie("SP1-O1", goals["10.7.2"])
    tie("SP1-O2", goals["10.7.2"])
    ActivityGoal.objects.create(activity=add_activity(missions["KG"], "A1"), goal=goals["10.7"])
    response = sign_in(cast.viewer).get("/references/SDG/")
    [top] = response.context["tree"]
    [middle] = top.children
    [low] = middle.children
    assert [(node.goal.code, node.serving, len(node.own)) for node in (top, middle, low)] == [
        ("10", 2, 0),
        ("10.7", 2, 1),
        ("10.7.2", 2, 2),
    ]
    assert (middle.stated, middle.ours, middle.activities) == (1, 0, 1)
    page = text_of(response)
    assert "3 goals, served by 2 objectives of the strategy" in page
    assert "1 goal is named by no source document" in page
    assert 'href="/framework/?by=SDG#indicators"' in page


def test_a_framework_that_is_only_named_says_so(goals, cast: Cast, sign_in):
    assert "no goals of it are kept here" in text_of(sign_in(cast.viewer).get("/references/UN/"))


def test_codes_are_found_whatever_their_case(goals, cast: Cast, sign_in):
    client = sign_in(cast.viewer)
    assert client.get("/references/sdg/").context["framework"].code == "SDG"
    assert client.get("/references/rs2015/t4/").context["goal"].code == "T4"


@pytest.mark.parametrize(
    ("address", "near"),
    [
        ("/references/SDX/", "/references/SDG/"),
        ("/references/SDG/10.8/", "/references/SDG/10.7/"),
        ("/references/SDX/10.7/", "/references/SDG/"),
    ],
)
def test_an_unknown_code_is_not_found_and_offers_what_is_near(
    goals, cast: Cast, sign_in, address: str, near: str
):
    response = sign_in(cast.viewer).get(address)
    assert response.status_code == 404
    assert f'href="{near}"' in response.content.decode()


def test_an_unknown_goal_leads_to_the_goals_of_its_framework(goals, cast: Cast, sign_in):
    page = text_of(sign_in(cast.viewer).get("/references/SDG/zzz/"))
    assert '<a href="/references/SDG/">All of them</a>' in page


# -- A goal --------------------------------------------------------------------------------------------
def test_a_goal_shows_what_serves_it_with_basis_reason_source_and_standing(region: Region, sign_in):
    goals = make_goals()
    tie("SP1-O1", goals["10.7"], "stated", "The text names it")
    response = sign_in(region.cast.viewer).get(f"{GOAL}?period=2021-Q4")
    [serving] = response.context["servings"]
    assert (serving.objective.code, serving.is_stated) == ("SP1-O1", True)
    assert [(style.code, count) for style, count in serving.counts] == [("at_risk", 1)]
    page = text_of(response)
    for words in (
        "What we do for it",
        "The text names it",
        "Strategy, page 9",
        "Migrants assisted",
        "As of 31 Dec 2021",
        'href="/references/SDG/10/"',
    ):
        assert words in page, words


def test_of_a_goal_of_the_strategy_before_it_is_asked_what_became_of_it(goals, cast: Cast, sign_in):
    tie("SP1-O1", goals["T4"])
    assert "What became of it" in text_of(sign_in(cast.viewer).get("/references/RS2015/T4/"))


def test_stated_and_ours_are_told_apart_and_can_be_chosen(goals, strategy, cast: Cast, sign_in):
    add_objective(strategy, "SP1-O2")
    tie("SP1-O1", goals["10.7"], "stated")
    tie("SP1-O2", goals["10.7"], "ours")
    client = sign_in(cast.viewer)

    def shown(query: str) -> list[str]:
        return [each.objective.code for each in client.get(f"{GOAL}?{query}").context["servings"]]

    assert shown("") == ["SP1-O1", "SP1-O2"]
    assert shown("basis=stated") == ["SP1-O1"]
    assert shown("basis=ours") == ["SP1-O2"]
    assert shown("basis=hearsay") == ["SP1-O1", "SP1-O2"]
    assert "“hearsay” is no basis: stated and ours are shown." in text_of(client.get(f"{GOAL}?basis=hearsay"))


def test_a_goal_shows_what_serves_the_goals_below_it(goals, strategy, cast: Cast, sign_in):
    tie("SP1-O1", goals["10.7.2"])
    response = sign_in(cast.viewer).get("/references/SDG/10/")
    below = response.context["below"]
    assert [(node.goal.code, [each.objective.code for each in serving]) for node, serving in below] == [
        ("10.7", []),
        ("10.7.2", ["SP1-O1"]),
    ]
    assert "No objective serves it as a whole; see the goals below it." in text_of(response)


def test_a_goal_shows_its_activities_and_those_of_its_objectives(goals, missions, cast: Cast, sign_in):
    tie("SP1-O1", goals["10.7"])
    direct, through, both, _other = (add_activity(missions["KG"], f"A{n}") for n in range(1, 5))
    objective = Objective.objects.get(code="SP1-O1")
    for activity in (direct, both):
        ActivityGoal.objects.create(activity=activity, goal=goals["10.7"])
    for activity in (through, both):
        ActivityObjective.objects.create(activity=activity, objective=objective)
    response = sign_in(cast.viewer).get(GOAL)
    table = response.context["activities"]
    assert [row.record.code for row in table.rows] == ["A1", "A2", "A3"]
    assert [row.get_cell("status") for row in table.rows] == ["Historical"] * 3
    assert "the goal itself (10.7)" in row_text(table, 0)
    assert "SP1-O1" not in row_text(table, 0)
    assert "tied by us" in row_text(table, 1)
    assert "the goal itself" in row_text(table, 2)


def row_text(table, place: int) -> str:
    return str(table.rows[place].get_cell("tied"))


def test_what_serves_a_goal_goes_out_as_a_file(region: Region, sign_in):
    goals = make_goals()
    tie("SP1-O1", goals["10.7"], "stated", "The text names it")
    answer = sign_in(region.cast.viewer).get(f"{GOAL}?period=2021-Q4&as=csv&hxl=1")
    tags, row = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert tags["Objective"] == "#activity+code"
    assert (row["Goal"], row["Objective"], row["Reason"]) == ("10.7", "SP1-O1", "The text names it")
    assert (row["Indicators"], row["At risk"], row["Achieved"]) == ("1", "1", "0")


def test_a_file_is_named_by_a_code_in_any_letters(region: Region, sign_in):
    goals = make_goals()
    ReferenceGoal.objects.filter(pk=goals["10.7"].pk).update(code="Ц “1”")
    answer = sign_in(region.cast.viewer).get("/references/SDG/Ц “1”/?as=csv")
    assert answer.status_code == 200
    name = unquote(answer["Content-Disposition"].removeprefix("attachment; filename*=utf-8''"))
    assert name == f"SDG-Ц “1”-{timezone.localdate():%Y-%m-%d}.csv"


def test_before_the_first_period_a_goal_shows_what_serves_it_all_the_same(goals, cast: Cast, sign_in):
    ReportingPeriod.objects.all().delete()
    tie("SP1-O1", goals["10.7"])
    response = sign_in(cast.viewer).get(GOAL)
    assert [each.objective.code for each in response.context["servings"]] == ["SP1-O1"]


def test_the_number_of_queries_does_not_grow_with_the_rows(region: Region, missions, sign_in):
    goals = make_goals()
    client = sign_in(region.cast.officer)
    strategy = region.flow.strategy

    def grow(start: int, end: int) -> None:
        for number in range(start, end):
            objective = add_objective(strategy, f"SP1-O{number}")
            for code in ("10.7", "10.7.2"):
                tie(objective.code, goals[code])
            frame = ReferenceFramework.objects.create(
                code=f"F{number}", name="More", short_name="More", kind="tool", source="x", order=number
            )
            goal = ReferenceGoal.objects.create(
                framework=goals["10"].framework, code=f"11.{number}", parent=goals["10"], kind="target",
                title="More", source="x", order=number,
            )  # fmt: skip
            activity = add_activity(missions["KG"], f"A{number}")
            ActivityObjective.objects.create(activity=activity, objective=objective)
            ActivityGoal.objects.create(activity=activity, goal=goal)
            ReferenceGoal.objects.create(framework=frame, code="1", kind="goal", title="One", source="x")
            indicator = stage.make_indicator(f"{objective.code}-I1")
            type(indicator).objects.filter(pk=indicator.pk).update(objective=objective)

    def queries() -> list[int]:
        found = []
        for address in (
            "/references/",
            "/references/SDG/",
            GOAL,
            "/references/SDG/10/",
            "/framework/?by=SDG",
        ):
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            found.append(len(asked))
        return found

    grow(2, 4)
    few = queries()
    grow(4, 40)
    assert queries() == few
    assert max(few) <= 25


def test_which_objectives_serve_sdg_10_7_in_the_strategy_itself(cast: Cast, sign_in):
    call_command("load_strategy", verbosity=0)
    response = sign_in(cast.viewer).get(GOAL)
    assert len(response.context["servings"]) == 24
    assert {each.objective.code for each in response.context["servings"]} >= {"SP2-O7", "SP3-O3", "CC-O2"}
