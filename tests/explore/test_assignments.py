"""The grid of assignments: who sees what of it, what is ticked and confirmed in it, and what is never lost."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Browser, expect

from tests import stage
from tests.pages import give_password
from tests.pages import sign_in as sign_in_page
from tests.test_accessibility import look
from tracker.explore.forms.assigning import AssigningForm
from tracker.framework.models import Indicator, Objective, StrategicPriority
from tracker.progress.models import (
    Baseline,
    IndicatorAssignment,
    IndicatorResult,
    ProgressReport,
    ReportingPeriod,
    ReportRevision,
    Target,
)

URL = "/assignments/"


@pytest.fixture
def flow(strategy, missions):
    indicator = stage.make_indicator()
    stage.assign(indicator, missions["KG"])
    stage.assign(indicator, missions["TJ"], active_to=date(2021, 6, 30))
    return indicator


@pytest.fixture
def officer(cast, sign_in):
    return sign_in(cast.officer)


def held() -> dict[tuple[str, str], tuple[date, date | None]]:
    return {
        (code, mission): (first, last)
        for code, mission, first, last in IndicatorAssignment.objects.in_force().values_list(
            "indicator__code", "mission__code", "active_from", "active_to"
        )
    }


def confirm(client, answer, **changes):
    """Send on what a page of confirmation asks about."""
    context = answer.context
    choice = context["choice_made"]
    data = {
        "then": "save",
        "cell": context["cells"],
        "step": choice.step.value,
        "on": choice.on.isoformat(),
        "reason": choice.reason,
        "digest": context["digest"],
        **changes,
    }
    return client.post(URL, data)


def tick(client, *cells: str, url: str = URL, **more):
    data = {"then": "look", "step": "assign", "on": "2024-01-01", "reason": "", "cell": list(cells), **more}
    return client.post(url, data)


# -- Reading ------------------------------------------------------------------------------------------
def test_each_cell_says_how_it_stands_in_words(flow, missions, officer):
    ahead, ending = stage.make_indicator("SP1-O1-I2"), stage.make_indicator("SP1-O1-I3")
    stage.assign(ahead, missions["KG"], active_from=date(2090, 1, 1))
    stage.assign(ending, missions["KG"], active_to=date(2090, 12, 31))
    text = officer.get(URL).content.decode()
    for words in (
        "SP1-O1-I1:KG, Assigned since 1 Jan 2020",
        "SP1-O1-I1:TJ, Assigned from 1 Jan 2020, ended on 30 Jun 2021",
        "SP1-O1-I1:IL, Not assigned",
        "SP1-O1-I2:KG, Begins on 1 Jan 2090",
        "SP1-O1-I3:KG, Assigned since 1 Jan 2020, ends on 31 Dec 2090",
    ):
        assert f'aria-label="{words}"' in text


def test_a_viewer_reads_the_grid_and_has_nothing_to_tick(flow, cast, sign_in):
    text = sign_in(cast.viewer).get(URL).content.decode()
    assert "Assigned since 1 Jan 2020" in text
    assert 'type="checkbox"' not in text


def test_a_reporter_sees_the_own_mission_unless_asked_for_all(flow, cast, sign_in):
    client = sign_in(cast.reporter)
    own = client.get(URL)
    assert [mission.code for mission in own.context["grid"].missions] == ["KG"]
    assert b"Assigned since 1 Jan 2020" in own.content
    every = client.get(URL, {"mission": "all"})
    assert [mission.code for mission in every.context["grid"].missions] == ["IL", "KG", "TJ", "ROV"]


def listed(answer) -> list[str]:
    return [row.indicator.code for row in answer.context["grid"].listed]


def test_the_grid_is_narrowed_by_priority_mission_state_and_words(flow, strategy, missions, officer):
    pillar = strategy.pillars.get()
    second = StrategicPriority.objects.create(
        strategy=strategy, pillar=pillar, code="SP2", kind="strategic_priority", title="Second", order=2
    )
    objective = Objective.objects.create(
        strategy=strategy, priority=second, code="SP2-O1", title="Jobs", order=1
    )
    other = stage.make_indicator("SP2-O1-I1", name="Permits granted")
    Indicator.objects.filter(pk=other.pk).update(objective=objective)
    assert listed(officer.get(URL)) == ["SP1-O1-I1", "SP2-O1-I1"]
    assert listed(officer.get(URL, {"priority": "SP2"})) == ["SP2-O1-I1"]
    assert listed(officer.get(URL, {"q": "permits jobs"})) == ["SP2-O1-I1"]
    assert listed(officer.get(URL, {"state": "ended"})) == ["SP1-O1-I1"]
    assert listed(officer.get(URL, {"state": "ended", "mission": "KG"})) == []
    assert listed(officer.get(URL, {"state": "none", "mission": "KG"})) == ["SP2-O1-I1"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"priority": "SP9"}, "There is no priority “SP9”"),
        ({"mission": "XX"}, "There is no mission “XX”"),
        ({"state": "maybe"}, "“maybe” is no state"),
        ({"size": "7"}, "“7” is no number of rows"),
        ({"page": "minus"}, "There is no such page"),
        ({"q": "x" * 101}, "at most 100 characters"),
    ],
)
def test_rubbish_in_a_filter_is_named_and_everything_is_shown(query, said, flow, officer):
    answer = officer.get(URL, query)
    assert said in answer.content.decode()
    assert listed(answer) == ["SP1-O1-I1"]


def test_two_and_two_hundred_indicators_take_the_same_statements(strategy, missions, officer):
    stage.make_indicator("SP1-O1-I1")
    stage.make_indicator("SP1-O1-I2")
    officer.get(URL)
    counts = []
    for more in (0, 198):
        for number in range(more):
            stage.assign(stage.make_indicator(f"SP1-O1-X{number}"), missions["KG"], missions["TJ"])
        with CaptureQueriesContext(connection) as asked:
            answer = officer.get(URL, {"size": "500"})
        counts.append(len(asked))
    assert len(listed(answer)) == 200
    assert counts[0] == counts[1] <= 12


def test_of_one_indicator_every_version_is_there_with_who_when_and_why(flow, officer, cast):
    stage.make_indicator("SP1-O1-I10")
    one = f"{URL}?q=sp1-o1-i1"
    looked = tick(officer, "SP1-O1-I1:KG", step="end", on="2022-12-31", reason="The project closed")
    confirm(officer, looked)
    answer = officer.get(one)
    assert listed(answer) == ["SP1-O1-I1"]
    spans = [
        (each.mission.code, each.active_to, each.recorded_by, each.reason, each.withdrawn_by)
        for each in answer.context["spans"]
    ]
    officer_name = str(cast.officer)
    assert spans == [
        ("KG", None, "", "", officer_name),
        ("KG", date(2022, 12, 31), officer_name, "The project closed", ""),
        ("TJ", date(2021, 6, 30), "", "", ""),
    ]
    assert "The project closed" in answer.content.decode()


def test_pages_of_the_grid_hold_as_many_rows_as_chosen(strategy, missions, officer):
    for number in range(30):
        stage.make_indicator(f"SP1-O1-I{number}")
    first, second = officer.get(URL), officer.get(URL, {"page": "2"})
    assert [len(each.context["grid"].rows) for each in (first, second)] == [25, 5]
    assert "26–30 of 30 listed" in second.content.decode()
    # A page that is not there (any more) is the last one.
    assert officer.get(URL, {"page": "9"}).context["grid"].page == 2


def test_the_grid_goes_out_as_it_is_filtered(flow, officer):
    lines = officer.get(URL, {"as": "csv", "mission": "TJ"}).content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Indicator,Name,Adopted,Tajikistan"
    assert lines[1].endswith('"Assigned from 1 Jan 2020, ended on 30 Jun 2021"')


# -- Assigning and ending -----------------------------------------------------------------------------
def test_ticked_cells_are_shown_first_and_assigned_when_confirmed(flow, officer, cast):
    looked = tick(officer, "SP1-O1-I1:IL", "SP1-O1-I1:KG", reason="New project")
    text = looked.content.decode()
    assert "Begin 1 assignment on 1 Jan 2024?" in text
    assert "<strong>1</strong> of what was ticked stays as it is." in text
    assert ("SP1-O1-I1", "IL") not in held()
    saved = confirm(officer, looked)
    assert saved.status_code == 302
    assert held()["SP1-O1-I1", "IL"] == (date(2024, 1, 1), None)
    new = IndicatorAssignment.objects.get(mission__code="IL")
    assert (new.recorded_by, new.reason) == (cast.officer, "New project")
    assert "1 assignment begins on 1 Jan 2024." in officer.get(URL).content.decode()


def test_what_would_begin_after_the_last_period_is_asked_about(flow, strategy, officer):
    looked = tick(officer, "SP1-O1-I1:IL", on="2025-01-01").content.decode()
    assert "The last period of the strategy ends on 31 Dec 2024: what begins later never falls due" in looked
    for within in ("2024-12-31", "2020-01-01"):
        assert "never falls due" not in tick(officer, "SP1-O1-I1:IL", on=within).content.decode()
    # Whoever comes late is offered the last day of the strategy, not today.
    offered = AssigningForm(strategy=strategy, today=date(2025, 2, 1))["on"].value()
    assert offered == "2024-12-31"
    assert AssigningForm(strategy=strategy, today=date(2022, 2, 1))["on"].value() == "2022-02-01"


def test_ticked_indicators_are_meant_for_ticked_missions_on_all_pages(strategy, missions, officer):
    for number in range(30):
        stage.make_indicator(f"SP1-O1-I{number}")
    looked = tick(officer, rows="all", column=["KG", "ROV"])
    assert looked.context["outlook"].by_mission == {"KG": 30, "ROV": 30}
    confirm(officer, looked)
    assert len(held()) == 60


def test_all_that_are_listed_are_those_that_the_filters_let_through(flow, officer):
    stage.make_indicator("SP1-O1-I2", name="Permits granted")
    looked = tick(officer, rows="all", column=["IL"], url=f"{URL}?q=permits")
    assert [(change.indicator, change.mission) for change in looked.context["changes"]] == [
        ("SP1-O1-I2", "IL")
    ]


def test_ending_says_what_lies_after_the_end_and_keeps_the_reason(flow, missions, officer, cast):
    Target.objects.create(indicator=flow, mission=missions["KG"], due_on=date(2024, 12, 31), value=5)
    stage.approve(missions["KG"], "2023-Q1", {flow: 1}, reporter=cast.reporter, officer=cast.officer)
    looked = tick(officer, "SP1-O1-I1:KG", step="end", on="2022-12-31", reason="The project closed")
    text = looked.content.decode()
    assert "End 1 assignment on 31 Dec 2022?" in text
    assert "SP1-O1-I1, KG: Q1 2023" in text
    assert "SP1-O1-I1, KG: 31 Dec 2024" in text
    confirm(officer, looked)
    assert held()["SP1-O1-I1", "KG"] == (date(2020, 1, 1), date(2022, 12, 31))
    assert IndicatorAssignment.objects.in_force().get(mission__code="KG").reason == "The project closed"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"cell": []}, "Nothing is ticked"),
        ({"cell": [], "row": ["SP1-O1-I1"]}, "Indicators are ticked, and no mission"),
        ({"cell": [], "column": ["KG"]}, "Missions are ticked, and no indicator"),
        ({"cell": ["NO-SUCH:KG", "SP1-O1-I1:ZZ", "rubbish"]}, "Nothing is ticked"),
        ({"on": ""}, "Give the day"),
        ({"on": "31.02.2024"}, "This is no date"),
        ({"on": "0024-01-01"}, "far from this strategy"),
        ({"step": "end"}, "Say why they end"),
        (
            {"step": "end", "on": "2019-01-01", "reason": "x"},
            "SP1-O1-I1, KG: The assignment ends before it begins",
        ),
        ({"step": "assign"}, "Nothing would change"),
        ({"reason": "x" * 501}, "at most 500 characters"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_typed_is_lost(change, said, flow, officer):
    before = held()
    answer = tick(officer, **{"cell": ["SP1-O1-I1:KG"], **change})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert said in text
    if "cell" not in change:
        assert 'value="SP1-O1-I1:KG" aria-label="SP1-O1-I1:KG, Assigned since 1 Jan 2020" checked' in text
    assert f'value="{change.get("on", "2024-01-01")}"' in text
    assert held() == before


def test_back_from_the_confirmation_everything_is_still_ticked(flow, officer):
    looked = tick(officer, "SP1-O1-I1:IL", reason="Because")
    grid = confirm(officer, looked, then="back")
    assert grid.status_code == 200
    text = grid.content.decode()
    assert 'value="SP1-O1-I1:IL" aria-label="SP1-O1-I1:IL, Not assigned" checked' in text
    assert 'value="Because"' in text


def test_going_to_another_page_keeps_what_is_ticked(strategy, missions, officer):
    for number in range(30):
        stage.make_indicator(f"SP1-O1-I{number}")
    second = tick(officer, "SP1-O1-I0:KG", row=["SP1-O1-I1"], column=["TJ"], then="show", url=f"{URL}?page=2")
    text = second.content.decode()
    assert "1 ticked cell that is not on this page" in text
    assert "1 ticked indicator that is not on this page" in text
    looked = tick(officer, "SP1-O1-I0:KG", row=["SP1-O1-I1"], column=["TJ"], url=f"{URL}?page=2")
    assert [(change.indicator, change.mission) for change in looked.context["changes"]] == [
        ("SP1-O1-I0", "KG"),
        ("SP1-O1-I1", "TJ"),
    ]


def test_confirming_twice_saves_once(flow, officer):
    looked = tick(officer, "SP1-O1-I1:IL")
    assert [confirm(officer, looked).status_code for _time in range(2)] == [302, 302]
    assert IndicatorAssignment.objects.filter(mission__code="IL").count() == 1
    assert "These were saved already" in officer.get(URL).content.decode()


def test_what_changed_meanwhile_is_shown_again_before_it_is_saved(flow, missions, officer):
    cells = ("SP1-O1-I1:KG", "SP1-O1-I1:IL")
    looked = tick(officer, *cells, step="end", on="2023-12-31", reason="Over")
    stage.assign(flow, missions["IL"])
    again = confirm(officer, looked)
    assert again.status_code == 409
    assert "The data changed since this was shown" in again.content.decode()
    assert held()["SP1-O1-I1", "KG"] == (date(2020, 1, 1), None)
    assert confirm(officer, again).status_code == 302
    assert held()["SP1-O1-I1", "IL"] == (date(2020, 1, 1), date(2023, 12, 31))


@pytest.mark.parametrize("role", ["viewer", "reporter", "lead", "stranger"])
def test_only_officers_heads_and_administrators_change_assignments(role, flow, cast, sign_in):
    before = held()
    client = sign_in(getattr(cast, role))
    for then in ("look", "save", "back"):
        assert tick(client, "SP1-O1-I1:IL", then=then).status_code == 403
    assert held() == before


@pytest.mark.parametrize("role", ["officer", "head", "administrator"])
def test_who_plans_assigns(role, flow, cast, sign_in):
    client = sign_in(getattr(cast, role))
    confirm(client, tick(client, "SP1-O1-I1:IL"))
    assert ("SP1-O1-I1", "IL") in held()


@pytest.mark.django_db(transaction=True)
def test_many_are_assigned_and_ended_in_a_browser_without_scripts(flow, cast, live_server, browser: Browser):
    for number in range(2, 31):
        stage.make_indicator(f"SP1-O1-I{number}", name=f"People reached by measure {number}")
    give_password(cast.officer)
    for width in (1280, 390):
        context = browser.new_context(
            viewport={"width": width, "height": 800}, base_url=live_server.url, java_script_enabled=False
        )
        page = context.new_page()
        sign_in_page(page, live_server.url, cast.officer)
        page.goto(URL)
        page.get_by_label("All that are listed (30)").check()
        page.get_by_label("Israel", exact=True).check()
        page.get_by_label("What to do").select_option("assign" if width == 1280 else "end")
        page.get_by_label("Date").fill("2024-01-01" if width == 1280 else "2024-06-30")
        page.get_by_label("Reason").fill("Tried in a browser")
        page.get_by_role("button", name="See what would happen").click()
        expected = (
            "Begin 30 assignments on 1 Jan 2024?" if width == 1280 else "End 30 assignments on 30 Jun 2024?"
        )
        expect(page.get_by_role("heading", level=1)).to_have_text(expected)
        page.get_by_role("button", name="Back to the grid").click()
        expect(page.get_by_label("SP1-O1-I7:IL")).to_be_checked()
        expect(page.get_by_label("Reason")).to_have_value("Tried in a browser")
        page.get_by_role("button", name="See what would happen").click()
        page.get_by_role("button", name="Assign 30" if width == 1280 else "End 30 assignments").click()
        done = (
            "30 assignments begin on 1 Jan 2024." if width == 1280 else "30 assignments end on 30 Jun 2024."
        )
        expect(page.get_by_role("status").first).to_contain_text(done)
        context.close()
    of_israel = {span for (_code, mission), span in held().items() if mission == "IL"}
    assert of_israel == {(date(2024, 1, 1), date(2024, 6, 30))}


# -- Correcting, and taking back -----------------------------------------------------------------------
def test_a_first_day_is_corrected_with_what_falls_due_because_of_it(flow, missions, cast, officer):
    stage.approve(missions["TJ"], "2020-Q2", {flow: 1}, reporter=cast.stranger, officer=cast.officer)
    answer = tick(
        officer, "SP1-O1-I1:TJ", "SP1-O1-I1:IL", step="first_day", on="2020-10-01", reason="It was late"
    )
    text = " ".join(answer.content.decode().split())
    assert "Correct the first day of 1 assignment to 1 Oct 2020?" in text
    assert "<strong>1</strong> of what was ticked stays as it is." in text
    assert "1 has results for periods before the first day." in text
    assert "<td>1 Jan 2020 → 1 Oct 2020</td> <td>stays</td>" in text
    done = confirm(officer, answer)
    assert done.status_code == 302
    assert held()["SP1-O1-I1", "TJ"] == (date(2020, 10, 1), date(2021, 6, 30))
    back = officer.get(done.url).content.decode()
    assert "The first day of 1 assignment is 1 Oct 2020 now." in back
    # And back: Q1 to Q3 of 2020 are over long since, and were not asked for meanwhile.
    earlier = tick(officer, "SP1-O1-I1:TJ", step="first_day", on="2020-01-01", reason="It was not")
    assert earlier.context["outlook"].overdue == 3
    confirm(officer, earlier)
    assert held()["SP1-O1-I1", "TJ"] == (date(2020, 1, 1), date(2021, 6, 30))


def test_a_last_day_is_corrected_either_way_where_there_is_one(flow, missions, officer):
    Target.objects.create(indicator=flow, mission=missions["TJ"], due_on=date(2021, 3, 31), value=5)
    later = tick(officer, "SP1-O1-I1:TJ", "SP1-O1-I1:KG", step="last_day", on="2021-12-31", reason="Extended")
    assert (later.context["outlook"].corrected, later.context["outlook"].unchanged) == (1, 1)
    assert later.context["outlook"].overdue == 2  # Q3 and Q4 of 2021
    confirm(officer, later)
    assert held() == {
        ("SP1-O1-I1", "TJ"): (date(2020, 1, 1), date(2021, 12, 31)),
        ("SP1-O1-I1", "KG"): (date(2020, 1, 1), None),
    }
    earlier = tick(officer, "SP1-O1-I1:TJ", step="last_day", on="2020-12-31", reason="Cut short")
    assert [each.targets for each in earlier.context["outlook"].aimed] == [(date(2021, 3, 31),)]
    confirm(officer, earlier)
    assert held()["SP1-O1-I1", "TJ"] == (date(2020, 1, 1), date(2020, 12, 31))
    versions = officer.get(f"{URL}?q=SP1-O1-I1").context["spans"]
    assert [each.reason for each in versions if each.mission.code == "TJ"] == ["", "Extended", "Cut short"]


@pytest.mark.parametrize(
    ("step", "on", "refusal"),
    [
        ("first_day", "2021-07-01", "The assignment ends before it begins."),
        ("last_day", "2019-12-31", "The assignment ends before it begins."),
        ("first_day", "2021-05-01", "The target due on 30 Apr 2021 would be over before it begins"),
        (
            "last_day",
            "2021-06-30",
            "Nothing would change: none of these has a last day, or it is 30 Jun 2021",
        ),
        (
            "first_day",
            "2020-01-01",
            "Nothing would change: none of these is assigned, or all of them begin on",
        ),
        ("first_day", "", "Give the day"),
    ],
)
def test_a_day_that_cannot_be_is_refused_with_the_reason(flow, missions, officer, step, on, refusal):
    Target.objects.create(indicator=flow, mission=missions["TJ"], due_on=date(2021, 4, 30), value=5)
    before = held()
    answer = tick(officer, "SP1-O1-I1:TJ", step=step, on=on, reason="Why")
    assert answer.status_code == 422
    assert refusal in answer.content.decode()
    assert held() == before


def test_a_correction_says_why(flow, officer):
    for step in ("first_day", "last_day", "take_back"):
        answer = tick(officer, "SP1-O1-I1:TJ", step=step, on="2020-10-01")
        assert answer.status_code == 422
        assert "Say why" in answer.content.decode()


def test_a_mistaken_assignment_is_taken_back_and_stays_on_record(flow, cast, officer):
    answer = tick(
        officer, "SP1-O1-I1:TJ", "SP1-O1-I1:IL", step="take_back", on="", reason="The wrong country"
    )
    text = " ".join(answer.content.decode().split())
    assert "Take back 1 assignment?" in text
    assert "<strong>1</strong> of what was ticked is not assigned, and stays so." in text
    done = confirm(officer, answer)
    assert done.status_code == 302
    assert set(held()) == {("SP1-O1-I1", "KG")}
    page = officer.get(f"{URL}?q=SP1-O1-I1")
    assert "1 assignment is taken back." in page.content.decode()
    [of_tajikistan] = [each for each in page.context["spans"] if each.mission.code == "TJ"]
    assert (of_tajikistan.withdrawn_by, of_tajikistan.why_withdrawn) == ("Officer", "The wrong country")
    assert "Taken back: The wrong country" in page.content.decode()
    # The button pressed twice.
    again = officer.get(confirm(officer, answer).url).content.decode()
    assert "These were taken back already" in again
    # It can be assigned anew.
    confirm(officer, tick(officer, "SP1-O1-I1:TJ", on="2022-01-01"))
    assert held()["SP1-O1-I1", "TJ"] == (date(2022, 1, 1), None)


def lean_on(what: str, flow, mission, cast) -> None:
    if what == "result":
        stage.approve(mission, "2021-Q1", {flow: 1}, reporter=cast.stranger, officer=cast.officer)
    elif what == "comment":
        report = ProgressReport.objects.create(
            mission=mission, period=ReportingPeriod.objects.get(code="2021-Q1")
        )
        revision = ReportRevision.objects.create(report=report, number=1, status="draft")
        IndicatorResult.objects.create(
            revision=revision, indicator=flow, comment="Late", entered_by=cast.stranger
        )
    elif what == "baseline":
        Baseline.objects.create(indicator=flow, mission=mission, value=3)
    else:
        Target.objects.create(indicator=flow, mission=mission, due_on=date(2021, 4, 30), value=5)


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("result", "it has results for Q1 2021."),
        ("comment", "it has results for Q1 2021."),
        ("baseline", "it has a baseline."),
        ("target", "it has targets by 30 Apr 2021."),
    ],
)
def test_what_something_leans_on_is_not_taken_back_and_neither_is_what_was_ticked_with_it(
    flow, missions, cast, officer, what, said
):
    lean_on(what, flow, missions["TJ"], cast)
    cells = ("SP1-O1-I1:TJ", "SP1-O1-I1:KG")
    answer = tick(officer, *cells, step="take_back", on="", reason="Why")
    assert answer.status_code == 422
    text = answer.content.decode()
    assert f"SP1-O1-I1, TJ cannot be taken back: {said}" in text
    assert "End these instead" in text
    assert 'value="SP1-O1-I1:KG" aria-label="SP1-O1-I1:KG, Assigned since 1 Jan 2020" checked' in text
    assert len(held()) == 2


def test_of_many_results_the_first_and_the_last_are_named(flow, missions, cast, officer):
    for quarter in ("2020-Q1", "2020-Q2", "2020-Q3", "2020-Q4", "2021-Q1"):
        stage.approve(missions["TJ"], quarter, {flow: 1}, reporter=cast.stranger, officer=cast.officer)
    answer = tick(officer, "SP1-O1-I1:TJ", step="take_back", on="", reason="Why")
    assert "it has results for Q1 2020 to Q1 2021 (5 in all)." in answer.content.decode()


def test_what_leans_on_it_since_it_was_looked_at_keeps_an_assignment(flow, missions, cast, officer):
    answer = tick(officer, "SP1-O1-I1:TJ", step="take_back", on="", reason="Why")
    lean_on("baseline", flow, missions["TJ"], cast)
    late = confirm(officer, answer)
    assert late.status_code == 422
    assert "Something leans on an assignment by now." in late.content.decode()
    assert len(held()) == 2


def test_other_assignments_than_those_that_were_looked_at_are_looked_at_again(flow, missions, officer):
    answer = tick(officer, "SP1-O1-I1:TJ", "SP1-O1-I1:IL", step="take_back", on="", reason="Why")
    stage.assign(flow, missions["IL"])
    late = confirm(officer, answer)
    assert late.status_code == 409
    assert "The assignments changed since this was shown." in late.content.decode()
    assert len(held()) == 3


@pytest.mark.django_db(transaction=True)
def test_what_is_refused_and_what_is_confirmed_is_open_to_everyone(
    flow, missions, cast, live_server, browser: Browser
):
    """Pages that only a form leads to: looked at as ``tests/test_accessibility.py`` looks at the others."""
    Target.objects.create(indicator=flow, mission=missions["KG"], due_on=date(2024, 12, 31), value=5)
    give_password(cast.officer)
    found: list[str] = []
    for width in (1280, 390):
        page = browser.new_context(
            viewport={"width": width, "height": 900}, base_url=live_server.url, reduced_motion="reduce"
        ).new_page()
        sign_in_page(page, live_server.url, cast.officer)
        page.goto(f"{URL}?q=SP1-O1-I1")
        page.get_by_label("SP1-O1-I1:KG").check()
        page.get_by_label("What to do").select_option("end")
        for reason, heading in (("", "Assignments"), ("Over", "End 1 assignment")):
            page.get_by_label("Reason").fill(reason)
            page.get_by_label("Date").fill("2022-12-31")
            page.get_by_role("button", name="See what would happen").click()
            expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
            found += look(page, width, heading)
        page.goto(f"{URL}?q=SP1-O1-I1")
        page.get_by_label("SP1-O1-I1:TJ").check()
        page.get_by_label("What to do").select_option("take_back")
        page.get_by_label("Reason").fill("By mistake")
        page.get_by_role("button", name="See what would happen").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Take back 1 assignment?")
        found += look(page, width, "taking back")
        page.goto("/indicators/new/")
        page.get_by_role("button", name="Save").click()
        found += look(page, width, "indicator refused")
        target = Target.objects.get().pk
        page.goto(f"/targets/{target}/")
        page.get_by_text("Record it anew").click()
        page.get_by_label("Target", exact=True).fill("many")
        page.get_by_role("button", name="Record").click()
        found += look(page, width, "target refused")
        page.get_by_text("Withdraw it").click()
        page.get_by_role("button", name="Withdraw").click()
        found += look(page, width, "withdrawal refused")
    assert found == []
