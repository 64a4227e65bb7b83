"""The page of one indicator."""

from datetime import date
from decimal import Decimal

import pghistory
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import stage
from tests.explore.conftest import Region, aim, start_from
from tests.pages import MOST_QUERIES
from tracker.analysis.charts import trajectory_chart
from tracker.common.formats import THIN_SPACE
from tracker.explore.reading import charts
from tracker.explore.reading.breakdowns import find_crossing
from tracker.framework.models import Alignment, Indicator, IndicatorBreakdown, IndicatorReplacement, Strategy
from tracker.progress.models import IndicatorAssignment, Target

AT_Q4_2021 = "/indicators/SP1-O1-I1/?period=2021-Q4"


def text_of(response) -> str:
    """The page, with thin spaces as plain ones."""
    return response.content.decode().replace(THIN_SPACE, " ")


def names_of(rows) -> list[str]:
    return [row.mission.name for row in rows]


def test_an_unknown_code_is_not_found(region: Region, sign_in):
    response = sign_in(region.cast.viewer).get("/indicators/SP9-O9-I9/")
    assert response.status_code == 404
    assert "There is no indicator with the code" in response.content.decode()


def test_the_region_stands_as_the_rules_say(region: Region, sign_in):
    response = sign_in(region.cast.viewer).get(AT_Q4_2021)
    figures = response.context["region"]
    assert (figures.actual, figures.value, figures.expected, figures.target) == ("300", "800", "400", "400")
    assert figures.words == "At risk"
    assert "300 in the 1 mission compared; 800 in all (2 reported)." in text_of(response)


def test_the_page_says_whom_the_figures_speak_for(region: Region, sign_in):
    sentences = sign_in(region.cast.viewer).get(AT_Q4_2021).context["coverage"]
    assert sentences == [
        "The value is made of 2 of 2 missions.",
        "It is judged against the missions’ own targets, over those that have one.",
        "Compared at its own value: Kyrgyzstan.",
        "Left out of the comparison: Tajikistan.",
    ]


def test_the_chart_says_its_finding_and_has_its_table_behind_it(region: Region, sign_in):
    response = sign_in(region.cast.viewer).get(AT_Q4_2021)
    chart = response.context["chart"]
    assert chart.title == "300 by Q4 2021, 400 expected: at risk"
    assert ("Reported", "Q2 2021", "200") in chart.rows
    assert ("Reported", "Q1 2022", "300") not in chart.rows
    assert ("Target", "31 Dec 2021", "400") in chart.rows
    assert "The table behind the chart" in text_of(response)
    assert chart.inline in response.content.decode()
    assert chart.inline_narrow in response.content.decode()


def test_how_many_missions_are_expected_moves_in_a_step(region: Region, sign_in):
    """One of two missions is to say yes by the end of 2022; until that day none is expected to."""
    law = stage.make_indicator(
        "SP1-O1-I2", measure="yes_no", period_rule="latest", mission_rule="count_at_least", threshold=1,
        frequency="annual",
    )  # fmt: skip
    stage.assign(law, region.kg)
    start_from(law, region.kg, 0)
    aim(law, region.kg, date(2022, 12, 31), 1)
    region.approve(region.kg, "2021-Q4", {law: 0})
    response = sign_in(region.cast.viewer).get("/indicators/SP1-O1-I2/?period=2021-Q4")
    assert response.context["region"].expected == "0"
    assert response.context["chart"].title.startswith("0 by Q4 2021, 0 expected")


def test_a_weighted_plan_runs_straight_to_the_target_that_is_shown(region: Region, sign_in, monkeypatch):
    """At Q4 2021 the target is (0.5 × 60 + 0.8 × 180) / 240 = 0.725. A year later other missions reported, with
    other weights: that plan is not the one that is drawn.
    """
    share = stage.make_indicator("SP1-O1-I2", measure="percentage", period_rule="latest", frequency="annual")
    stage.assign(share, region.kg, region.tj)
    for mission, start, target in ((region.kg, "0.1", "0.5"), (region.tj, "0.2", "0.8")):
        start_from(share, mission, start)
        aim(share, mission, date(2024, 12, 31), target)
    region.approve(region.kg, "2021-Q4", {share: (30, 60)})
    region.approve(region.tj, "2021-Q4", {share: (60, 180)})
    region.approve(region.kg, "2022-Q4", {share: (10, 20)})
    drawn = {}

    def keeping(**given):
        drawn.update(given)
        return trajectory_chart(**given)

    monkeypatch.setattr(charts, "trajectory_chart", keeping)
    sign_in(region.cast.viewer).get("/indicators/SP1-O1-I2/?period=2021-Q4")
    *_, before, last = drawn["trajectory"]
    assert (last.date, last.level) == (date(2024, 12, 31), Decimal("0.725"))
    assert before.date == date(2021, 12, 31)
    assert [(target.date, target.level) for target in drawn["targets"]] == [(last.date, last.level)]


def test_what_was_never_reported_nor_planned_has_no_chart_and_no_sums(region: Region, sign_in):
    idea = stage.make_indicator("SP1-O1-I2", status="proposed")
    stage.assign(idea, region.kg)
    response = sign_in(region.cast.viewer).get("/indicators/SP1-O1-I2/")
    assert (response.context["chart"], response.context["flow"]) == (None, None)
    adopted = stage.make_indicator("SP1-O1-I3")
    stage.assign(adopted, region.kg)
    response = sign_in(region.cast.viewer).get("/indicators/SP1-O1-I3/")
    assert response.context["chart"] is None
    assert response.context["flow"].region.reported == "0 of 20 due periods reported"


def test_a_flow_is_shown_in_the_period_in_the_year_and_to_date(region: Region, sign_in):
    region.approve(region.kg, "2020-Q4", {region.flow: 40})
    flow = sign_in(region.cast.viewer).get("/indicators/SP1-O1-I1/?period=2021-Q2").context["flow"]
    assert (flow.period, flow.year) == ("Q2 2021", "2021")
    # Kyrgyzstan 40 + 100 + 100 and Tajikistan 500, of 2 × 6 due periods.
    assert (flow.region.in_period, flow.region.in_year, flow.region.to_date) == ("600", "700", "740")
    assert flow.region.reported == "4 of 12 due periods reported"
    by_name = {row.name: row for row in flow.missions}
    assert (by_name["Kyrgyzstan"].in_year, by_name["Kyrgyzstan"].to_date) == ("200", "240")
    assert by_name["Kyrgyzstan"].reported == "3 of 6 due periods reported"


def test_a_level_is_no_flow(region: Region, sign_in):
    level = stage.make_indicator("SP1-O1-I2", period_rule="latest")
    stage.assign(level, region.kg)
    assert sign_in(region.cast.viewer).get("/indicators/SP1-O1-I2/").context["flow"] is None


def test_the_rules_are_said_in_words(region: Region, sign_in):
    stage.make_indicator(
        "SP1-O1-I2", measure="stage", stages=["Drafted", "In force"], period_rule="latest",
        mission_rule="count_reached", frequency="annual", needs_evidence=True,
    )  # fmt: skip
    words = dict(sign_in(region.cast.viewer).get("/indicators/SP1-O1-I2/").context["rules"])
    assert words["Measured as"] == "Stage: Drafted → In force"
    assert words["Over missions"] == "Missions that reached their final target"
    assert words["Falls due"] == "Once a year (Q4)"
    assert words["Evidence"] == "Asked for with every result"


def test_a_proposed_indicator_says_whose_it_is(region: Region, sign_in):
    stage.make_indicator("SP1-O1-I2", status="proposed")
    page = text_of(sign_in(region.cast.viewer).get("/indicators/SP1-O1-I2/"))
    assert "Proposed by this tracker, not adopted by IOM" in page
    assert "This indicator is assigned to no mission yet." in page


def test_what_an_indicator_replaces_is_linked(region: Region, sign_in):
    new = stage.make_indicator("SP1-O1-I2")
    IndicatorReplacement.objects.create(new=new, old=region.flow)
    client = sign_in(region.cast.viewer)
    assert '<a href="/indicators/SP1-O1-I1/">' in text_of(client.get("/indicators/SP1-O1-I2/"))
    assert '<a href="/indicators/SP1-O1-I2/">' in text_of(client.get("/indicators/SP1-O1-I1/"))


# Who sees what of the missions --------------------------------------------------------------------


def test_a_viewer_reads_every_missions_value_and_target_and_no_standing(region: Region, sign_in):
    start_from(region.flow, region.kg, 77)
    response = sign_in(region.cast.viewer).get(AT_Q4_2021)
    assert response.context["judged"] == []
    rows = response.context["reported"]
    assert [(row.mission.code, row.figures.actual, row.figures.target) for row in rows] == [
        ("KG", "300", "400"),
        ("TJ", "500", ""),
    ]
    page = text_of(response)
    assert "All missions: approved values, baselines and targets" in page
    assert "How the missions stand" not in page
    missions = page.split("All missions: approved values")[1].split("Reference sheet")[0]
    assert "At risk" not in missions
    assert "Attained" not in missions
    assert ">77<" not in page


def test_a_reporter_sees_how_her_own_mission_stands_and_the_others_values(region: Region, sign_in):
    response = sign_in(region.cast.reporter).get(AT_Q4_2021)
    assert names_of(response.context["judged"]) == ["Kyrgyzstan"]
    assert response.context["judged"][0].figures.words == "At risk"
    assert names_of(response.context["reported"]) == ["Kyrgyzstan", "Tajikistan"]


@pytest.mark.parametrize("who", ["officer", "head", "administrator"])
def test_officers_and_administrators_compare_the_missions(region: Region, sign_in, who: str):
    response = sign_in(getattr(region.cast, who)).get(AT_Q4_2021)
    assert names_of(response.context["judged"]) == ["Kyrgyzstan", "Tajikistan"]
    assert response.context["reported"] == []


def test_baselines_of_missions_are_read_by_everybody_with_a_role(region: Region, sign_in):
    start_from(region.flow, None, 1000)
    start_from(region.flow, region.kg, 77)
    start_from(region.flow, region.tj, 88)

    def baselines(person) -> list[tuple[str, str]]:
        plans = sign_in(person).get(AT_Q4_2021).context["plans"]
        return [
            (plan.mission.name if plan.mission else "The region", plan.level)
            for plan in (*plans.of_region, *plans.of_missions)
            if not plan.is_target
        ]

    expected = [("The region", f"1{THIN_SPACE}000"), ("Kyrgyzstan", "77"), ("Tajikistan", "88")]
    for person in (region.cast.viewer, region.cast.reporter, region.cast.officer):
        assert baselines(person) == expected


def test_provisional_figures_are_for_officers(region: Region, sign_in):
    region.submit(region.tj, "2021-Q4", 1000)
    asked = f"{AT_Q4_2021}&provisional=on"
    assert sign_in(region.cast.officer).get(asked).context["region"].value == f"1{THIN_SPACE}800"
    # A reporter too: the page shows every mission, and only her own is hers.
    for person in (region.cast.viewer, region.cast.reporter, region.cast.stranger, region.cast.administrator):
        response = sign_in(person).get(asked)
        assert response.context["region"].value == "800"
        assert "Provisional figures are for officers: approved figures are shown." in text_of(response)


# Missions that are not simply there ---------------------------------------------------------------


def test_an_old_value_and_an_ended_assignment_are_named(region: Region, missions, sign_in):
    level = stage.make_indicator("SP1-O1-I2", period_rule="latest")
    stage.assign(level, region.kg)
    stage.assign(level, region.tj, active_to=date(2021, 6, 30))
    stage.assign(level, missions["IL"], active_from=date(2023, 1, 1))
    region.approve(region.kg, "2020-Q1", {level: 12})
    rows = sign_in(region.cast.officer).get("/indicators/SP1-O1-I2/?period=2021-Q4").context["judged"]
    assert {row.mission.code: row.notes for row in rows} == {
        "IL": ["not asked yet"],
        "KG": ["too old to count: 12 in Q1 2020"],
        "TJ": ["no longer asked; as of 30 Jun 2021"],
    }


def test_not_applicable_is_neither_a_gap_nor_a_zero(region: Region, sign_in):
    level = stage.make_indicator("SP1-O1-I2", period_rule="latest")
    stage.assign(level, region.kg)
    region.approve(region.kg, "2021-Q4", {level: "na"})
    page = text_of(sign_in(region.cast.viewer).get("/indicators/SP1-O1-I2/?period=2021-Q4"))
    assert '<abbr title="Not applicable">n/a</abbr>' in page


def test_a_percentage_shows_what_it_is_made_of(region: Region, sign_in):
    share = stage.make_indicator("SP1-O1-I2", measure="percentage", period_rule="latest")
    stage.assign(share, region.kg)
    region.approve(region.kg, "2021-Q4", {share: (30, 60)})
    (row,) = sign_in(region.cast.officer).get("/indicators/SP1-O1-I2/?period=2021-Q4").context["judged"]
    assert (row.figures.actual, row.parts) == (f"50{THIN_SPACE}%", "30 of 60")


# Plans --------------------------------------------------------------------------------------------


def test_the_first_target_stays_printed_beside_the_revised_one(region: Region, sign_in):
    first = Target.objects.get(mission=region.kg)
    Target.objects.filter(pk=first.pk).update(withdrawn_at=timezone.now(), withdrawn_by=region.cast.officer)
    aim(region.flow, region.kg, first.due_on, 600)
    (plan,) = sign_in(region.cast.viewer).get(AT_Q4_2021).context["plans"].of_missions
    assert (plan.level, plan.first, plan.on) == ("600", "400", date(2021, 12, 31))


def test_a_target_that_was_withdrawn_says_so(region: Region, sign_in):
    Target.objects.update(withdrawn_at=timezone.now(), withdrawn_by=region.cast.officer)
    response = sign_in(region.cast.viewer).get(AT_Q4_2021)
    (plan,) = response.context["plans"].of_missions
    assert (plan.level, plan.first) == ("", "400")
    assert "Withdrawn" in text_of(response)


def test_the_number_of_queries_does_not_grow_with_the_missions(region: Region, missions, sign_in):
    client = sign_in(region.cast.officer)

    def queries() -> int:
        client.get(AT_Q4_2021)  # the chart is drawn once and then kept
        with CaptureQueriesContext(connection) as asked:
            client.get(AT_Q4_2021)
        return len(asked)

    with_two = queries()
    for code in ("IL", "ROV"):
        stage.assign(region.flow, missions[code])
        aim(region.flow, missions[code], date(2021, 12, 31), 50)
        start_from(region.flow, missions[code], 5)
        region.approve(missions[code], "2021-Q1", {region.flow: 10})
    assert IndicatorAssignment.objects.filter(indicator=region.flow).count() == 4
    assert queries() == with_two
    assert with_two <= MOST_QUERIES


def test_an_indicator_of_another_strategy_is_not_found(region: Region, sign_in):
    Strategy.objects.update(is_current=False)
    assert sign_in(region.cast.viewer).get("/indicators/SP1-O1-I1/").status_code == 404


# The reference sheet -------------------------------------------------------------------------------
def sheet_of(response) -> str:
    return text_of(response).split('id="sheet"')[1].split('id="plans"')[0]


def test_the_reference_sheet_says_all_that_the_indicator_is(region: Region, sign_in):
    old = stage.make_indicator("SP1-O1-I8", status="retired")
    share = stage.make_indicator(
        "SP1-O1-I2", measure="percentage", period_rule="latest", level="outcome", unit="% of trainees",
        bounded=False, never_falls=True, allows_negative=True, data_source="The register",
        verification="By sample", note="Mind the gap", source="Strategy, page 7", status="proposed",
    )  # fmt: skip
    share.replaces.add(old)
    stage.ask_by_sex(share)
    stage.ask_by_sex(share, exclusive=False)
    start_from(share, None, "0.25")
    Alignment.objects.create(
        objective=share.objective, goal=stage.make_goal(), basis="ours", reason="It helps", source="test"
    )
    client = sign_in(region.cast.viewer)
    sheet = sheet_of(client.get("/indicators/SP1-O1-I2/"))
    for words in (
        "Proposed, not adopted by IOM",
        "Outcome",
        "What SP1-O1-I2 counts.",
        "% of trainees",
        "It may pass 100 %",
        "A value lower than the one before is asked about",
        "Negative values are allowed",
        "Their categories and cells",
        "The register",
        "By sample",
        "25 %, 31 Dec 2019",
        "Source: Census",
        'href="/references/SDG/10.7/"',
        "Mind the gap",
        "Strategy, page 7",
        'href="/indicators/SP1-O1-I8/"',
    ):
        assert words in sheet, words
    assert 'href="/indicators/SP1-O1-I2/"' in sheet_of(client.get("/indicators/SP1-O1-I8/"))


def breakdowns_of(response) -> str:
    text = " ".join(text_of(response).split())
    return text[
        text.index('<h2 id="breakdowns">') : text.index("</section>", text.index('<h2 id="breakdowns">'))
    ]


def test_breakdowns_are_a_table_of_their_categories(region: Region, sign_in):
    stage.ask_by_sex(region.flow)
    stage.ask_by_sex(region.flow, exclusive=False)
    age = stage.make_breakdown(
        "sex_age", cells=["Female, 0–17", "Female, 18+", "Male, 0–17", "Both unknown"], exclusive=True
    )
    IndicatorBreakdown.objects.create(indicator=region.flow, breakdown=age)
    answer = sign_in(region.cast.viewer).get(AT_Q4_2021)
    rows = answer.context["breakdowns"].rows
    assert [(row.name, row.count, row.is_crossing) for row in rows] == [
        ("Needs", "3 cells", False),
        ("Sex", "3 cells", False),
        ("Sex_Age", "4 cells", True),
    ]
    assert rows[2].categories == (("Female", "Male"), ("0–17", "18+"))
    said = breakdowns_of(answer)
    for words in (
        "Every cell is asked for with every result that falls due.",
        "Female; Male; Unknown",
        "Multiple: the same one may be in several cells",
        "Exclusive: cells add up to at most the total",
        "<code>sex:female</code>",
    ):
        assert words in said, words
    for status, words in (("proposed", "is due yet: the indicator"), ("retired", "is due any more")):
        Indicator.objects.filter(pk=region.flow.pk).update(status=status)
        assert f"Nothing of this {words}" in breakdowns_of(sign_in(region.cast.viewer).get(AT_Q4_2021))


def test_a_percentage_has_two_columns_for_a_cell_and_what_is_not_broken_down_says_so(region: Region, sign_in):
    client = sign_in(region.cast.viewer)
    assert "Results of this indicator are not broken down." in breakdowns_of(client.get(AT_Q4_2021))
    share = stage.make_indicator("SP1-O1-I6", measure="percentage", period_rule="latest")
    stage.ask_by_sex(share)
    said = breakdowns_of(client.get("/indicators/SP1-O1-I6/"))
    assert "<code>sex:male:n</code> <code>sex:male:d</code>" in said
    assert "numerators and denominators add up to at most those of the total" in said


@pytest.mark.parametrize(
    ("names", "crossing"),
    [
        (["A, x", "A, y", "B, x", "B, y"], (("A", "B"), ("x", "y"))),
        (["A, x", "A, y", "B, x", "Neither"], (("A", "B"), ("x", "y"))),
        (["A, x", "A, y", "B, x"], None),  # a pair is missing
        (["A, x", "A, y", "Neither", "Nor"], None),
        (["Water, sanitation and hygiene", "Health"], None),
        (["A, x", "B, y", "C", "D"], None),
        (["Female", "Male"], None),
        ([], None),
    ],
)
def test_a_crossing_is_known_by_its_cells(names: list[str], crossing):
    assert find_crossing(names) == crossing


def test_officers_and_administrators_read_what_an_indicator_said_before(region: Region, sign_in):
    region.flow.name = "Persons assisted"
    with pghistory.context(user=region.cast.officer.pk):
        region.flow.save()
    Indicator.objects.filter(pk=region.flow.pk).update(status="retired", needs_evidence=True)
    for who in ("officer", "administrator"):
        latest, renamed, begun = sign_in(getattr(region.cast, who)).get(AT_Q4_2021).context["changes"]
        assert {(cell.what, cell.old, cell.new) for cell in latest.cells} == {
            ("status", "Active", "Retired"),
            ("asks for evidence", "no", "yes"),
        }
        [cell] = renamed.cells
        assert (cell.old, cell.new, renamed.who) == ("Migrants assisted", "Persons assisted", "Officer")
        assert begun.cells == []
    for who in ("viewer", "reporter"):
        response = sign_in(getattr(region.cast, who)).get(AT_Q4_2021)
        assert response.context["changes"] == []
        assert "History of changes" not in text_of(response)


@pytest.mark.django_db(transaction=True)
def test_the_history_of_an_indicator_covers_what_it_is_tied_to(region: Region, sign_in):
    stage.ask_by_sex(region.flow)
    with pghistory.context(user=region.cast.officer.pk), transaction.atomic():
        region.flow.asks.all().delete()
        IndicatorBreakdown.objects.create(
            indicator=region.flow, breakdown=stage.make_breakdown("age", cells=["old"])
        )
        region.flow.note = "By age now"
        region.flow.save()
    other = stage.make_indicator("SP1-O1-I7")
    IndicatorReplacement.objects.create(new=other, old=region.flow)
    tie = Alignment.objects.create(
        objective=region.flow.objective, goal=stage.make_goal(), basis="ours", reason="It helps", source="S"
    )
    Alignment.objects.filter(pk=tie.pk).update(reason="It helps a lot")
    tie.delete()
    answer = sign_in(region.cast.officer).get(AT_Q4_2021)
    told = [[(cell.what, cell.old, cell.new) for cell in each.cells] for each in answer.context["changes"]]
    aligned = "Alignment of the objective with SDG 10.7"
    assert told == [
        [(aligned, "Tied by this tracker; It helps a lot; S", "–")],
        [(aligned, "Tied by this tracker; It helps; S", "Tied by this tracker; It helps a lot; S")],
        [(aligned, "–", "Tied by this tracker; It helps; S")],
        [("Replaced by", "–", "SP1-O1-I7")],
        [("note", "–", "By age now"), ("Breakdowns", "Sex", "Age")],
        [("Breakdowns", "–", "Sex")],
        [],
    ]
    assert [each.who for each in answer.context["changes"]] == ["", "", "", "", "Officer", "", ""]
    assert "How a breakdown itself or its cells were changed is not told here." in text_of(answer)


def test_an_unknown_indicator_offers_what_is_near(region: Region, sign_in):
    response = sign_in(region.cast.viewer).get("/indicators/SP1-O1-I9/")
    assert response.status_code == 404
    assert 'href="/indicators/SP1-O1-I1/"' in text_of(response)
