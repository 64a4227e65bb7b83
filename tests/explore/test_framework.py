"""The framework page."""

import csv
import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import stage
from tests.explore.conftest import Region, aim, start_from
from tracker.analysis.statuses import STATUSES
from tracker.batches.services import find_taken
from tracker.common.formats import THIN_SPACE
from tracker.explore.views import framework
from tracker.framework.models import Alignment, Objective, StrategicPriority, Strategy
from tracker.progress.models import ReportingPeriod

AT_Q4_2021 = "/framework/?period=2021-Q4"


def row_of(response, code: str):
    """The row of an indicator, as the page got it."""
    (row,) = [
        row
        for group in response.context["groups"]
        for part in group.objectives
        for row in part.rows
        if row.indicator.code == code
    ]
    return row


def codes_of(response) -> list[str]:
    return [
        row.indicator.code
        for group in response.context["groups"]
        for part in group.objectives
        for row in part.rows
    ]


def counts_of(response) -> dict[str, int]:
    """How many indicators have which status, over all priorities."""
    return {style.code: count for style, count in response.context["table"].everything.cells}


def test_the_region_is_set_against_its_missions_targets(region: Region, sign_in):
    response = sign_in(region.cast.viewer).get(AT_Q4_2021)
    figures = row_of(response, "SP1-O1-I1").figures
    assert (figures.actual, figures.expected, figures.target) == ("300", "400", "400")
    assert figures.attainment == f"75{THIN_SPACE}%"
    assert figures.target_due == date(2021, 12, 31)
    assert (figures.words, figures.pace) == ("At risk", f"75{THIN_SPACE}%")
    page = response.content.decode()
    assert "As of 31 Dec 2021, from approved reports." in page
    assert "At risk" in page
    assert "by 31 Dec 2021" in page


def test_what_is_compared_and_what_is_not_are_both_named(region: Region, sign_in):
    response = sign_in(region.cast.viewer).get(AT_Q4_2021)
    assert row_of(response, "SP1-O1-I1").figures.value == "800"
    assert "300 in the 1 mission compared; 800 in all (2 reported)" in response.content.decode()


@pytest.mark.parametrize(
    ("reported", "shown", "words"),
    [(844, "84", "At risk"), (846, "84.6", "At risk"), (850, "85", "On track"), (999, "99.9", "On track")],
)
def test_a_share_is_not_rounded_into_another_status(
    region: Region, sign_in, reported: int, shown: str, words: str
):
    """On track from 85 %, achieved at 100 %: rounded to whole per cent, 84.6 and 99.9 would read as either."""
    flow = stage.make_indicator("SP1-O1-I2")
    stage.assign(flow, region.kg)
    aim(flow, region.kg, date(2021, 12, 31), 1000)
    region.approve(region.kg, "2021-Q4", {flow: reported})
    figures = row_of(sign_in(region.cast.viewer).get(AT_Q4_2021), flow.code).figures
    assert (figures.attainment, figures.pace) == (f"{shown}{THIN_SPACE}%", f"{shown}{THIN_SPACE}%")
    assert figures.words == words


def test_a_zero_is_not_a_gap(region: Region, sign_in):
    zero, gap = stage.make_indicator("SP1-O1-I2"), stage.make_indicator("SP1-O1-I3")
    stage.assign(zero, region.kg)
    stage.assign(gap, region.kg)
    region.approve(region.kg, "2021-Q4", {zero: 0, gap: None})
    response = sign_in(region.cast.viewer).get(AT_Q4_2021)
    assert row_of(response, zero.code).figures.actual == "0"
    assert (row_of(response, gap.code).figures.actual, row_of(response, gap.code).figures.lacking) == (
        "",
        "not_reported",
    )
    assert 'aria-label="Not reported"' in response.content.decode()


def test_not_applicable_not_due_not_asked_and_no_target_are_no_missing_reports(region: Region, sign_in):
    excused, idea, nobody = (stage.make_indicator(f"SP1-O1-I{n}", period_rule="latest") for n in (2, 3, 4))
    stage.assign(excused, region.kg)
    stage.assign(idea, region.kg)
    type(idea).objects.filter(pk=idea.pk).update(status="proposed")
    region.approve(region.kg, "2021-Q4", {excused: "na"})
    client = sign_in(region.cast.officer)
    response = client.get(AT_Q4_2021)
    lacking = {
        code: row_of(response, code).figures.lacking for code in (excused.code, idea.code, nobody.code)
    }
    assert lacking == {excused.code: "not_applicable", idea.code: "not_due", nobody.code: "not_asked"}
    page = response.content.decode()
    assert '<abbr title="Not applicable">n/a</abbr>' in page
    assert 'aria-label="Nothing was due yet"' in page
    assert '<span class="soft">No target</span>' in page
    assert "Not reported" not in page
    of_mission = row_of(client.get(f"{AT_Q4_2021}&mission=KG"), excused.code)
    assert (of_mission.figures.status, of_mission.figures.lacking) == ("no_target", "not_applicable")


def test_the_page_says_what_its_words_and_marks_mean(region: Region, sign_in):
    response = sign_in(region.cast.viewer).get(AT_Q4_2021)
    legend = response.context["legend"]
    assert [style.code for style, _ in legend["statuses"]] == list(STATUSES)
    meanings = {style.code: meaning for style, meaning in legend["statuses"]}
    assert meanings["on_track"].startswith(f"At least 85{THIN_SPACE}% of the way that was expected")
    assert dict(legend["words"])["–"] == "Nothing was reported, though it was due."
    assert "What the words and marks mean" in response.content.decode()


def test_an_indicator_that_was_not_due_then_says_as_of_when(region: Region, sign_in):
    yearly = stage.make_indicator("SP1-O1-I2", frequency="annual")
    stage.assign(yearly, region.kg)
    region.approve(region.kg, "2020-Q4", {yearly: 7})
    response = sign_in(region.cast.viewer).get("/framework/?period=2021-Q3")
    assert row_of(response, yearly.code).figures.as_of == "Q4 2020"
    assert row_of(response, "SP1-O1-I1").figures.as_of == ""
    assert "as of Q4 2020" in response.content.decode()


def test_a_level_at_its_target_before_its_time_says_until_when(region: Region, sign_in):
    level = stage.make_indicator("SP1-O1-I2", period_rule="latest")
    stage.assign(level, region.kg)
    start_from(level, region.kg, 10)
    aim(level, region.kg, date(2024, 12, 31), 20)
    region.approve(region.kg, "2021-Q4", {level: 25})
    response = sign_in(region.cast.viewer).get(AT_Q4_2021)
    assert row_of(response, level.code).figures.words == "At target, due 31 Dec 2024"


def test_missions_are_counted_as_missions(region: Region, missions, sign_in):
    law = stage.make_indicator(
        "SP1-O1-I2", unit="countries", measure="yes_no", period_rule="latest", mission_rule="count_at_least",
        threshold=1, counts="items",
    )  # fmt: skip
    stage.assign(law, region.kg, region.tj)
    region.approve(region.kg, "2021-Q4", {law: 1})
    region.approve(region.tj, "2021-Q4", {law: 0})
    figures = row_of(sign_in(region.cast.viewer).get(AT_Q4_2021), law.code).figures
    assert (figures.actual, figures.unit) == ("1", "missions")


def test_a_value_of_too_few_missions_is_not_set_against_the_target(region: Region, missions, sign_in):
    share = stage.make_indicator("SP1-O1-I2", measure="percentage", period_rule="latest", decimals=1)
    for mission in (region.kg, region.tj, missions["IL"]):
        stage.assign(share, mission)
        start_from(share, mission, "0.1")
        aim(share, mission, date(2024, 12, 31), "0.8")
    region.approve(region.kg, "2021-Q4", {share: (30, 60)})
    row = row_of(sign_in(region.cast.viewer).get(AT_Q4_2021), share.code)
    assert row.figures.status == "no_data"
    assert (row.figures.actual, row.figures.value) == ("", f"50.0{THIN_SPACE}%")


# Proposed indicators ------------------------------------------------------------------------------


def test_proposed_indicators_are_listed_marked_and_counted_only_on_request(region: Region, sign_in):
    idea = stage.make_indicator("SP1-O1-I2", status="proposed")
    stage.assign(idea, region.kg)
    client = sign_in(region.cast.viewer)
    response = client.get(AT_Q4_2021)
    assert row_of(response, idea.code).is_proposed
    assert "<strong>Proposed</strong>" in response.content.decode()
    assert counts_of(response) == {"at_risk": 1}
    assert "1 proposed indicator, not adopted by IOM, is not counted." in response.content.decode()
    assert counts_of(client.get(f"{AT_Q4_2021}&proposed=on")) == {"at_risk": 1, "no_target": 1}


def test_counts_are_split_by_priority_and_by_level(region: Region, strategy, sign_in):
    second = StrategicPriority.objects.create(
        strategy=strategy, pillar=strategy.pillars.get(), code="SP2", kind="strategic_priority", title="Second",
        order=2,
    )  # fmt: skip
    other = Objective.objects.create(
        strategy=strategy, priority=second, code="SP2-O1", title="Other", order=1
    )
    outcome = stage.make_indicator("SP2-O1-I1", level="outcome")
    type(outcome).objects.filter(pk=outcome.pk).update(objective=other)
    table = sign_in(region.cast.viewer).get(AT_Q4_2021).context["table"]
    by_priority = {row.priority.code: [count for _, count in row.all.cells] for row in table.priorities}
    assert [style.code for style in table.statuses] == ["at_risk", "no_target"]
    assert by_priority == {"SP1": [1, 0], "SP2": [0, 1]}
    assert {level.title: level.total for level in table.levels} == {"Output": 1, "Outcome": 1}


def test_each_part_says_how_its_listed_indicators_stand(region: Region, sign_in):
    stage.make_indicator("SP1-O1-I2")
    client = sign_in(region.cast.viewer)
    (part,) = client.get(AT_Q4_2021).context["groups"]
    assert [(style.code, count) for style, count in part.counts] == [("at_risk", 1), ("no_target", 1)]
    (part,) = client.get(f"{AT_Q4_2021}&status=at_risk").context["groups"]
    assert [(style.code, count) for style, count in part.counts] == [("at_risk", 1)]


def test_a_part_folds_on_phones_unless_its_rows_were_chosen(region: Region, sign_in):
    client = sign_in(region.cast.viewer)
    assert "data-folds-on-phones" in client.get(AT_Q4_2021).content.decode()
    assert "data-folds-on-phones" not in client.get(f"{AT_Q4_2021}&status=at_risk").content.decode()


# Filters ------------------------------------------------------------------------------------------


def test_rows_are_chosen_by_status_and_by_words(region: Region, sign_in):
    stage.make_indicator("SP1-O1-I2", name="Border guards trained", unit="persons")
    client = sign_in(region.cast.viewer)
    assert codes_of(client.get(f"{AT_Q4_2021}&status=at_risk")) == ["SP1-O1-I1"]
    assert codes_of(client.get(f"{AT_Q4_2021}&q=GUARDS+persons")) == ["SP1-O1-I2"]
    assert codes_of(client.get(f"{AT_Q4_2021}&priority=SP1")) == ["SP1-O1-I1", "SP1-O1-I2"]
    none = client.get(f"{AT_Q4_2021}&q=nothing+like+this")
    assert codes_of(none) == []
    assert "No indicator fits these filters." in none.content.decode()


def test_filters_leave_the_counts_as_they_are(region: Region, sign_in):
    assert counts_of(sign_in(region.cast.viewer).get(f"{AT_Q4_2021}&status=achieved")) == {"at_risk": 1}


def test_what_was_chosen_comes_before_the_counts(region: Region, sign_in):
    client = sign_in(region.cast.viewer)
    for query, ids in (("", ["counts", "indicators"]), ("&q=migrants", ["indicators", "counts"])):
        page = client.get(AT_Q4_2021 + query).content.decode()
        assert sorted(ids, key=lambda one: page.index(f'id="{one}"')) == ids, query


def test_each_filter_in_force_can_be_removed_alone(region: Region, sign_in):
    response = sign_in(region.cast.viewer).get(f"{AT_Q4_2021}&status=at_risk&q=migrants")
    assert response.context["filters"] == [
        ("At risk", "period=2021-Q4&q=migrants"),
        ("“migrants”", "period=2021-Q4&status=at_risk"),
    ]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("period=2031-Q9", "There is no period “2031-Q9”: the usual one is shown."),
        ("priority=SP9", "There is no priority “SP9”: all of them are shown."),
        ("status=splendid", "“splendid” is not a status: all of them are shown."),
        ("mission=ZZ", "“ZZ” is no mission whose standing you may see: the region is shown."),
        ("q=" + "x" * 101, "Search for at most 100 characters: all indicators are shown."),
    ],
)
def test_a_bad_filter_says_so_and_everything_is_shown(region: Region, sign_in, query: str, said: str):
    response = sign_in(region.cast.officer).get(f"/framework/?{query}")
    assert response.status_code == 200
    assert said in response.content.decode()
    assert codes_of(response) == ["SP1-O1-I1"]


# Who sees what ------------------------------------------------------------------------------------


def offered(response) -> list[str]:
    return [code for code, _ in response.context["form"].fields["mission"].choices if code]


def test_a_viewer_sees_no_missions_standing(region: Region, sign_in):
    response = sign_in(region.cast.viewer).get(f"{AT_Q4_2021}&mission=KG")
    assert response.context["choice"].mission is None
    assert row_of(response, "SP1-O1-I1").figures.value == "800"
    assert "“KG” is no mission whose standing you may see: the region is shown." in response.content.decode()
    assert offered(response) == []


def test_a_reporter_sees_how_her_own_mission_stands_and_no_other(region: Region, sign_in):
    client = sign_in(region.cast.reporter)
    own = client.get(f"{AT_Q4_2021}&mission=KG")
    figures = row_of(own, "SP1-O1-I1").figures
    assert (figures.actual, figures.target, figures.words) == ("300", "400", "At risk")
    assert offered(own) == ["KG"]
    other = client.get(f"{AT_Q4_2021}&mission=TJ")
    assert other.context["choice"].mission is None


@pytest.mark.parametrize("who", ["officer", "head", "administrator"])
def test_officers_and_administrators_see_how_every_mission_stands(region: Region, sign_in, who: str):
    client = sign_in(getattr(region.cast, who))
    response = client.get(f"{AT_Q4_2021}&mission=TJ")
    row = row_of(response, "SP1-O1-I1")
    assert (row.figures.actual, row.figures.status) == ("500", "no_target")
    assert offered(response) == ["IL", "KG", "TJ", "ROV"]


def test_a_mission_shows_only_what_was_ever_asked_of_it(region: Region, sign_in):
    stage.make_indicator("SP1-O1-I2")
    response = sign_in(region.cast.officer).get(f"{AT_Q4_2021}&mission=KG")
    assert codes_of(response) == ["SP1-O1-I1"]
    empty = sign_in(region.cast.officer).get(f"{AT_Q4_2021}&mission=IL")
    assert "No indicator was ever asked of this mission." in empty.content.decode()


@pytest.fixture
def submitted(region: Region) -> Region:
    """Tajikistan and Kyrgyzstan have each submitted 1 000 for the last quarter of 2021."""
    for mission in (region.tj, region.kg):
        region.submit(mission, "2021-Q4", 1000)
    return region


def test_officers_may_ask_for_provisional_figures_and_they_are_marked(submitted: Region, sign_in):
    client = sign_in(submitted.cast.officer)
    assert row_of(client.get(AT_Q4_2021), "SP1-O1-I1").figures.value == "800"
    response = client.get(f"{AT_Q4_2021}&provisional=on")
    assert row_of(response, "SP1-O1-I1").figures.value == f"2{THIN_SPACE}800"
    assert "Provisional." in response.content.decode()
    assert "with submitted figures that are not approved" in response.content.decode()


@pytest.mark.parametrize("who", ["viewer", "administrator", "reporter"])
def test_nobody_else_sees_provisional_figures_of_the_region(submitted: Region, sign_in, who: str):
    response = sign_in(getattr(submitted.cast, who)).get(f"{AT_Q4_2021}&provisional=on")
    assert row_of(response, "SP1-O1-I1").figures.value == "800"
    assert "Provisional figures are for officers" in response.content.decode()


def test_a_reporter_sees_the_provisional_figures_of_her_own_mission(submitted: Region, sign_in):
    response = sign_in(submitted.cast.reporter).get(f"{AT_Q4_2021}&mission=KG&provisional=on")
    assert row_of(response, "SP1-O1-I1").figures.actual == f"1{THIN_SPACE}300"
    assert "Provisional." in response.content.decode()


# Empty, and large ---------------------------------------------------------------------------------


def test_without_a_strategy_the_page_says_what_to_do(cast, sign_in):
    assert "An administrator loads one" in sign_in(cast.viewer).get("/framework/").content.decode()


def test_before_the_first_period_has_ended_nothing_is_shown(strategy, cast, sign_in):
    ReportingPeriod.objects.all().delete()
    response = sign_in(cast.viewer).get("/framework/")
    assert "No period of the strategy has ended yet." in response.content.decode()


def test_the_number_of_queries_does_not_grow_with_the_indicators(region: Region, sign_in):
    client = sign_in(region.cast.officer)

    def queries_with(count: int) -> int:
        for order in range(region.flow.strategy.indicators.count() + 1, count + 1):
            added = stage.make_indicator(f"SP1-O1-I{order}")
            stage.assign(added, region.kg, region.tj)
            aim(added, region.kg, date(2024, 12, 31), 10)
        with CaptureQueriesContext(connection) as asked:
            response = client.get(AT_Q4_2021)
        assert len(codes_of(response)) == count
        return len(asked)

    two = queries_with(2)
    assert queries_with(20) == two
    assert two < 20


def test_figures_are_rounded_only_where_they_are_shown(region: Region, sign_in):
    share = stage.make_indicator("SP1-O1-I2", measure="percentage", period_rule="latest", decimals=1)
    stage.assign(share, region.kg)
    region.approve(region.kg, "2021-Q4", {share: (2, 3)})
    row = row_of(sign_in(region.cast.viewer).get(AT_Q4_2021), share.code)
    assert row.figures.actual == f"66.7{THIN_SPACE}%"
    assert abs(row.standing.value - Decimal(2) / 3) < Decimal("1e-20")


# -- As a file -----------------------------------------------------------------------------------------
def rows_of_file(answer) -> list[dict[str, str]]:
    text = answer.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_what_is_listed_goes_out_as_a_file_with_figures(region: Region, sign_in):
    client = sign_in(region.cast.viewer)
    assert "?as=ods&amp;period=2021-Q4" in client.get(AT_Q4_2021).content.decode()
    [row] = rows_of_file(client.get(f"{AT_Q4_2021}&as=csv"))
    assert {name: row[name] for name in ("Indicator", "Mission", "Actual", "Value in all", "Target")} == {
        "Indicator": "SP1-O1-I1",
        "Mission": "Region",
        "Actual": "300",
        "Value in all": "800",
        "Target": "400",
    }
    assert (row["Target due"], row["Attainment, %"], row["Pace, %"]) == ("2021-12-31", "75", "75")
    assert (row["Status"], row["Code of the status"]) == ("At risk", "at_risk")
    assert (row["Chosen period"], row["Judged as of"]) == ("2021-Q4", "2021-Q4")
    [taking] = find_taken()
    assert (taking.what, taking.person) == ("list framework", region.cast.viewer.pk)


def test_the_file_holds_what_the_filters_leave_and_hxl_tags_if_asked(region: Region, sign_in):
    client = sign_in(region.cast.viewer)
    assert rows_of_file(client.get(f"{AT_Q4_2021}&status=off_track&as=csv")) == []
    [tags, row] = rows_of_file(client.get(f"{AT_Q4_2021}&as=csv&hxl=1"))
    assert (tags["Indicator"], tags["Target"]) == ("#indicator+code", "#targeted+value")
    assert row["Indicator"] == "SP1-O1-I1"
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{AT_Q4_2021}&as=xlsx").content))
    header, first = list(book.worksheets[0].iter_rows(values_only=True))
    assert dict(zip(header, first, strict=True))["Attainment, %"] == 0.75


def test_an_empty_cell_is_no_figure_and_0_is_a_zero(strategy, missions, cast, sign_in):
    zero, silent = stage.make_indicator("SP1-O1-I1"), stage.make_indicator("SP1-O1-I2")
    for indicator in (zero, silent):
        stage.assign(indicator, missions["KG"])
        aim(indicator, missions["KG"], date(2021, 12, 31), 400)
    stage.approve(missions["KG"], "2021-Q4", {zero: 0}, reporter=cast.reporter, officer=cast.officer)
    answer = sign_in(cast.officer).get(f"{AT_Q4_2021}&mission=KG&as=csv")
    assert [(row["Mission"], row["Actual"], row["Code of the status"]) for row in rows_of_file(answer)] == [
        ("KG", "0", "off_track"),
        ("KG", "", "no_data"),
    ]


def test_a_percentage_and_a_stage_are_themselves_in_the_file(strategy, missions, cast, sign_in):
    share = stage.make_indicator("SP1-O1-I1", measure="percentage", period_rule="latest", decimals=1)
    steps = stage.make_indicator(
        "SP1-O1-I2",
        measure="stage",
        period_rule="latest",
        mission_rule="count_reached",
        stages=["Not started", "In force"],
    )
    stage.assign(share, missions["KG"])
    stage.assign(steps, missions["KG"])
    stage.approve(
        missions["KG"], "2021-Q4", {share: (1, 4), steps: 1}, reporter=cast.reporter, officer=cast.officer
    )
    answer = sign_in(cast.officer).get(f"{AT_Q4_2021}&mission=KG&as=csv")
    assert [row["Value in all"] for row in rows_of_file(answer)] == ["25", "In force"]


# -- As a tree -----------------------------------------------------------------------------------------
def second_objective(strategy: Strategy) -> Objective:
    """SP1-O2 with one indicator, which has no target."""
    objective = Objective.objects.create(
        strategy=strategy, priority=strategy.strategicprioritys.get(), code="SP1-O2", title="Second", order=2
    )
    indicator = stage.make_indicator("SP1-O2-I1")
    type(indicator).objects.filter(pk=indicator.pk).update(objective=objective)
    return objective


def counted(counts) -> dict[str, int]:
    return {style.code: count for style, count in counts}


def test_the_tree_counts_statuses_at_every_level(region: Region, strategy, sign_in):
    second_objective(strategy)
    [pillar] = sign_in(region.cast.viewer).get(AT_Q4_2021).context["tree"]
    [priority] = pillar.branches
    assert (pillar.title, priority.code) == ("Resilience", "SP1")
    assert counted(pillar.counts) == counted(priority.counts) == {"at_risk": 1, "no_target": 1}
    assert [(part.objective.code, counted(part.counts)) for part in priority.objectives] == [
        ("SP1-O1", {"at_risk": 1}),
        ("SP1-O2", {"no_target": 1}),
    ]


def test_the_tree_counts_proposed_indicators_apart_unless_asked_for(region: Region, sign_in):
    stage.make_indicator("SP1-O1-I2", status="proposed")
    stage.make_indicator("SP1-O1-I3", status="retired")
    client = sign_in(region.cast.viewer)

    def seen(query: str) -> list[tuple[dict[str, int], int]]:
        [pillar] = client.get(f"{AT_Q4_2021}{query}").context["tree"]
        parts = (pillar, pillar.branches[0], pillar.branches[0].objectives[0])
        return [(counted(part.counts), part.proposed) for part in parts]

    assert seen("") == [({"at_risk": 1}, 1)] * 3
    assert seen("&proposed=on") == [({"at_risk": 1, "no_target": 1}, 0)] * 3
    assert "1 proposed" in client.get(AT_Q4_2021).content.decode()


def test_many_indicators_begin_folded_and_few_or_chosen_ones_open(region: Region, sign_in):
    client = sign_in(region.cast.viewer)
    folded, unfolded = '<details class="leaf" >', '<details class="leaf" open>'
    assert unfolded in client.get(AT_Q4_2021).content.decode()
    for number in range(2, 45):
        stage.make_indicator(f"SP1-O1-I{number}")
    page = client.get(AT_Q4_2021).content.decode()
    assert folded in page
    assert "period=2021-Q4&amp;unfold=on#indicators" in page
    for query in ("unfold=on", "q=assisted", "priority=SP1"):
        assert unfolded in client.get(f"{AT_Q4_2021}&{query}").content.decode()


def test_the_tree_is_shown_by_the_goals_of_an_outside_frame(region: Region, strategy, sign_in):
    second_objective(strategy)
    above, below = stage.make_goal(code="10"), stage.make_goal(code="10.7")
    type(below).objects.filter(pk=below.pk).update(parent=above)
    stage.make_goal("GCM", "7")  # served by nothing, so not offered
    first = Objective.objects.get(code="SP1-O1")
    for goal in (above, below):
        Alignment.objects.create(objective=first, goal=goal, basis="ours", reason="It helps", source="test")
    response = sign_in(region.cast.viewer).get(f"{AT_Q4_2021}&by=SDG")
    assert [code for code, _ in response.context["form"].fields["by"].choices] == ["", "SDG"]
    goal, none = response.context["tree"]
    assert (goal.code, [branch.code for branch in goal.branches]) == ("10", ["10.7"])
    # SP1-O1 stands under both goals; its indicator is counted once.
    assert counted(goal.counts) == {"at_risk": 1}
    assert [part.objective.code for part in none.objectives] == ["SP1-O2"]
    page = response.content.decode()
    assert "It helps" in page
    assert "It is tied to goals of other frameworks, and to none of this one." in page


def test_what_serves_no_goal_says_why(region: Region, strategy, sign_in):
    other = second_objective(strategy)
    goal = stage.make_goal()
    first = Objective.objects.get(code="SP1-O1")
    Alignment.objects.create(objective=first, goal=goal, basis="ours", reason="It helps", source="test")
    Alignment.objects.create(
        objective=other, goal=None, basis="ours", reason="An inner matter", source="test"
    )
    *_, none = sign_in(region.cast.viewer).get(f"{AT_Q4_2021}&by=SDG").context["tree"]
    assert [(part.objective.code, part.tie.reason) for part in none.objectives] == [
        ("SP1-O2", "An inner matter")
    ]


def test_a_frame_that_is_not_served_is_refused_and_the_pillars_are_shown(region: Region, sign_in):
    response = sign_in(region.cast.viewer).get(f"{AT_Q4_2021}&by=GCM")
    assert "No framework “GCM” is served: the pillars are shown." in response.content.decode()
    assert [branch.title for branch in response.context["tree"]] == ["Resilience"]


# -- Too many to be written out ------------------------------------------------------------------------
@pytest.fixture
def many(region: Region, strategy, monkeypatch) -> Region:
    """Four indicators of two objectives, where three may be written into a page at once."""
    second_objective(strategy)
    for number in (2, 3):
        stage.assign(stage.make_indicator(f"SP1-O1-I{number}", name="Border guards trained"), region.kg)
    monkeypatch.setattr(framework, "MOST_WRITTEN", 3)
    return region


ROW = '<th scope="row">\n        <a href="/indicators/'
BY_ITSELF = {"HX-Request": "true"}


def test_of_many_indicators_those_of_an_objective_come_when_it_is_opened(many: Region, sign_in):
    client = sign_in(many.cast.viewer)
    page = client.get(f"{AT_Q4_2021}&by=").content.decode()
    assert "4 of 4 indicators" in page
    assert ROW not in page
    assert "The indicators of an objective come when it is opened." in page
    assert "Open all objectives" not in page
    assert 'hx-get="/objectives/SP1-O1/?period=2021-Q4"' in page
    assert "All about SP1-O1, with these 3 indicators" in page
    assert "htmx" in page
    # The heads still say how all of them stand.
    assert "1 at risk" in page


def test_few_enough_are_written_out_as_ever(many: Region, sign_in):
    client = sign_in(many.cast.viewer)
    page = client.get(f"{AT_Q4_2021}&status=no_target").content.decode()
    assert page.count(ROW) == 3
    assert '<details class="leaf" open>' in page
    assert "hx-get" not in page
    assert "htmx" not in page


def test_an_objectives_page_gives_the_rows_alone_to_htmx_and_the_same_to_everybody(many: Region, sign_in):
    client = sign_in(many.cast.viewer)
    address = "/objectives/SP1-O1/?period=2021-Q4&q=guards"
    whole, part = client.get(address), client.get(address, headers=BY_ITSELF)
    assert [row.indicator.code for row in whole.context["rows"]] == ["SP1-O1-I2", "SP1-O1-I3"]
    assert [row.indicator.code for row in part.context["rows"]] == ["SP1-O1-I2", "SP1-O1-I3"]
    assert part.content.decode().count(ROW) == 2
    assert "<html" not in part.content.decode()
    assert "HX-Request" in whole.headers["Vary"]
    assert "HX-Request" in part.headers["Vary"]
    assert "2 of 3 indicators" in whole.content.decode()


def test_a_filter_goes_with_an_objective_that_is_opened(many: Region, sign_in, monkeypatch):
    monkeypatch.setattr(framework, "MOST_WRITTEN", 1)
    page = sign_in(many.cast.viewer).get(f"{AT_Q4_2021}&q=guards&priority=SP1&unfold=on").content.decode()
    assert 'hx-get="/objectives/SP1-O1/?period=2021-Q4&amp;q=guards"' in page
    assert '<details class="leaf" open' not in page


def test_nothing_that_filters_leave_out_is_lost_on_an_objectives_page(many: Region, sign_in):
    response = sign_in(many.cast.viewer).get("/objectives/SP1-O1/?period=2021-Q4&q=nothing+like+this")
    assert "No indicator fits these filters." in response.content.decode()
    assert "0 of 3 indicators" in response.content.decode()
