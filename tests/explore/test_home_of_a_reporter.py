"""What a reporter finds first: what is due, what came back and why, what was approved and what was said of it.

It is 10 January 2025, a Friday: the window of Q4 2024 opened on the 1st, is due on the 20th and closes on 9 February.
That of Q3 closed on 9 November 2024.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import stage
from tests.pages import MOST_QUERIES
from tracker.access.choices import Role
from tracker.activities.models import Activity
from tracker.framework.models import Indicator, Strategy
from tracker.progress.models import (
    ActivityUpdate,
    IndicatorAssignment,
    ReportingPeriod,
    ReportRevision,
    ReviewEvent,
)
from tracker.progress.rules import Amount, Entry
from tracker.progress.services import reports, results
from tracker.progress.services.corrections import ask_for_correction, decline_correction
from tracker.progress.services.due_reports import DueReport
from tracker.progress.services.extensions import grant_extension
from tracker.progress.services.results import Typed
from tracker.region.models import Mission

pytestmark = pytest.mark.django_db

NOW = datetime(2025, 1, 10, 9, tzinfo=UTC)
Go = Callable[[datetime], None]
Since = Callable[[str], None]


@pytest.fixture
def go(monkeypatch) -> Go:
    """Sets the clock."""
    return lambda moment: monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


@pytest.fixture(autouse=True)
def _today(go: Go) -> None:
    go(NOW)


@pytest.fixture
def flow(strategy: Strategy, missions: dict[str, Mission]) -> Indicator:
    """Of Kyrgyzstan, since October 2024: one report is due, of Q4."""
    indicator = stage.make_indicator()
    stage.assign(indicator, missions["KG"], active_from=date(2024, 10, 1))
    return indicator


@pytest.fixture
def since(flow: Indicator, missions: dict[str, Mission]) -> Since:
    """Lets Kyrgyzstan owe it from another day on."""

    def owe(first: str) -> None:
        IndicatorAssignment.objects.update(withdrawn_at=NOW)
        stage.assign(flow, missions["KG"], active_from=date.fromisoformat(first))

    return owe


def period(code: str) -> ReportingPeriod:
    return ReportingPeriod.objects.get(code=code)


def fill(mission: Mission, code: str, person, *indicators: Indicator, value: int = 5) -> ReportRevision:
    typed = {each.pk: Typed(Entry(Amount(Decimal(value)))) for each in indicators}
    return results.save_results(mission=mission, period=period(code), user=person, typed=typed).revision


def hand_in(mission: Mission, code: str, person, *indicators: Indicator) -> ReportRevision:
    revision = fill(mission, code, person, *indicators)
    reports.submit_report(revision=revision, user=person)
    return revision


def words_of(client: Client, address: str = "/") -> str:
    page = client.get(address).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def listed(rows: list[DueReport]) -> list[tuple[str, str]]:
    return [(row.mission.code, row.period.code) for row in rows]


# What is due --------------------------------------------------------------------------------------


def test_a_reporter_finds_what_is_due_how_long_and_how_far_it_is(flow, missions, cast, sign_in):
    second = stage.make_indicator("SP1-O1-I2")
    third = stage.make_indicator("SP1-O1-I3")
    stage.assign(second, missions["KG"], active_from=date(2024, 10, 1))
    stage.assign(third, missions["KG"], active_from=date(2024, 10, 1))
    for code in ("KG-1", "KG-2", "KG-3"):
        stage.make_activity(code, missions["KG"])
    Activity.objects.filter(code="KG-3").update(status="completed", ends_on=date(2024, 9, 30))
    stage.make_activity("KG-0", missions["KG"], status="historical", source="A document")
    client = sign_in(cast.reporter)
    text = words_of(client)
    assert "1 report is open for you." in text
    assert "Begin: Q4 2024, Kyrgyzstan" in text
    assert "20 Jan 2025 10 days left 0 of 3 given 3 missing 0 of 2 updated Begin" in text

    revision = fill(missions["KG"], "2024-Q4", cast.reporter, flow, value=0)
    results.save_results(
        mission=missions["KG"],
        period=period("2024-Q4"),
        user=cast.reporter,
        typed={second.pk: Typed(Entry(comment="The register is lost"))},
    )
    for code in ("KG-1", "KG-3"):
        ActivityUpdate.objects.create(
            revision=revision, activity=Activity.objects.get(code=code), people=0, written_by=cast.reporter
        )
    text = words_of(client)
    assert "Continue: Q4 2024, Kyrgyzstan" in text
    # KG-3 ended before the quarter, and is spoken of all the same: two of three.
    assert "1 of 3 given 1 explained, 1 missing 2 of 3 updated Continue" in text


def test_when_nothing_is_missing_the_next_step_is_to_submit_or_to_leave_it_to_a_lead(
    flow, strategy, missions, cast, sign_in
):
    fill(missions["KG"], "2024-Q4", cast.reporter, flow)
    assert "Check and submit: Q4 2024, Kyrgyzstan" in words_of(sign_in(cast.reporter))
    Strategy.objects.filter(pk=strategy.pk).update(lead_submits=True)
    text = words_of(sign_in(cast.colleague))
    assert "Continue: Q4 2024, Kyrgyzstan" in text
    assert "Nothing is missing. A lead of the mission submits it." in text
    assert "Check and submit: Q4 2024, Kyrgyzstan" in words_of(sign_in(cast.lead))


def test_what_must_be_done_next_comes_first_whatever_it_is(flow, since, missions, cast, sign_in):
    """Q3 is overdue since 7 January and open; Q2 was returned and is to be answered by 24 January, ten working days
    from now; Q4 is due on the 20th. Q1 has closed.
    """
    since("2024-01-01")
    ReportingPeriod.objects.filter(code="2024-Q3").update(due_on=date(2025, 1, 7), closes_on=date(2025, 2, 1))
    ReportingPeriod.objects.filter(code="2024-Q2").update(closes_on=NOW.date())
    returned = hand_in(missions["KG"], "2024-Q2", cast.reporter, flow)
    reports.return_report(revision=returned, user=cast.officer, comment="Are the camps in it?")
    ReportingPeriod.objects.filter(code="2024-Q2").update(closes_on=date(2024, 8, 9))
    answer = sign_in(cast.reporter).get("/")
    own = answer.context["own"]
    assert [(row.period.code, row.next_step.value) for row in own.to_do] == [
        ("2024-Q3", "begin"),
        ("2024-Q4", "begin"),
        ("2024-Q2", "answer"),
    ]
    assert listed(own.closed) == [("KG", "2024-Q1")]
    text = words_of(sign_in(cast.reporter))
    assert "Begin: Q3 2024, Kyrgyzstan" in text
    assert "7 Jan 2025 3 days overdue" in text
    assert "Answer by 24 Jan 2025 14 days left" in text
    assert "closed on 10 May 2024" in text


def test_of_two_missions_the_same_day_stands_by_their_names(flow, missions, cast, sign_in):
    stage.assign(flow, missions["TJ"], active_from=date(2024, 10, 1))
    stage.Membership.objects.create(user=cast.reporter, role=Role.REPORTER, mission=missions["TJ"])
    own = sign_in(cast.reporter).get("/").context["own"]
    assert listed(own.to_do) == [("KG", "2024-Q4"), ("TJ", "2024-Q4")]


def test_what_is_two_years_overdue_is_still_there_with_whom_to_ask(flow, since, missions, cast, sign_in):
    """Kyrgyzstan has owed reports since Q4 2022; the eight with a closed window stay, the last three in sight."""
    since("2022-10-01")
    client = sign_in(cast.reporter)
    own = client.get("/").context["own"]
    assert [code for _mission, code in listed(own.closed)] == [
        "2024-Q3", "2024-Q2", "2024-Q1", "2023-Q4", "2023-Q3", "2023-Q2", "2023-Q1", "2022-Q4",
    ]  # fmt: skip
    for address in ("/", reverse("reporting")):
        text = words_of(client, address)
        assert "ask Head, Officer or Second.Officer for an extension" in text
        assert "closed on 9 Nov 2024" in text
        assert "5 earlier reports" in text
        # Q4 2022 closed 40 days after its end.
        assert "20 Jan 2023 closed on 9 Feb 2023" in text
    reports_of = hand_in_late(missions["KG"], "2022-Q4", cast, flow)
    assert ("KG", "2022-Q4") not in listed(client.get("/").context["own"].closed)
    assert ("KG", "2022-Q4") in listed(client.get("/").context["own"].done)
    assert reports_of.status == "draft"


def hand_in_late(mission: Mission, code: str, cast, *indicators: Indicator) -> ReportRevision:
    """By an extension."""
    until = date(2025, 1, 25)
    grant_extension(mission=mission, period=period(code), until=until, reason="Flood", user=cast.officer)
    return hand_in(mission, code, cast.reporter, *indicators)


def test_an_extension_says_until_when_why_and_by_whom_to_its_mission_alone(
    flow, since, missions, cast, sign_in
):
    since("2024-07-01")
    stage.assign(flow, missions["TJ"], active_from=date(2024, 7, 1))
    grant_extension(
        mission=missions["KG"],
        period=period("2024-Q3"),
        until=date(2025, 1, 14),
        reason="Flood in Osh",
        user=cast.officer,
    )
    text = words_of(sign_in(cast.reporter))
    assert "Begin: Q3 2024, Kyrgyzstan" in text
    assert "14 Jan 2025, extended 4 days left" in text
    assert re.search("Extended , Officer, [^:]*: “Flood in Osh”", text)
    own = sign_in(cast.stranger).get("/").context["own"]
    assert (listed(own.to_do), listed(own.closed)) == ([("TJ", "2024-Q4")], [("TJ", "2024-Q3")])


# What came back -----------------------------------------------------------------------------------


def test_a_long_comment_is_cut_in_the_list_and_whole_on_the_report(flow, missions, cast, sign_in):
    comment = "Look at the camps. " * 250
    returned = hand_in(missions["KG"], "2024-Q4", cast.reporter, flow)
    reports.return_report(revision=returned, user=cast.officer, comment=comment)
    client = sign_in(cast.reporter)
    text = words_of(client)
    assert "Answer: Q4 2024, Kyrgyzstan" in text
    [said] = re.findall("Returned , Officer, [^:]*: “([^”]*)”", text)
    assert said == comment[:279] + "…"
    assert comment.strip() in words_of(client, "/reporting/2024-Q4/KG/")


def test_a_reopened_report_is_to_be_answered_and_one_that_was_dropped_is_approved_again(
    flow, missions, cast, sign_in
):
    approved = hand_in(missions["KG"], "2024-Q4", cast.reporter, flow)
    reports.approve_reports(revisions=[approved], user=cast.officer)
    ask_for_correction(revision=approved, user=cast.reporter, comment="Counted twice")
    opened = reports.reopen_report(report=approved.report, user=cast.officer, comment="As you asked")
    client = sign_in(cast.reporter)
    [row] = client.get("/").context["own"].to_do
    assert (row.deadline, row.is_answer, row.next_step) == (date(2025, 1, 24), True, "answer")
    assert [(said.what, said.text) for said in row.said] == [("Reopened", "As you asked")]
    reports.drop_revision(revision=opened, user=cast.officer)
    own = client.get("/").context["own"]
    assert own.to_do == []
    [row] = own.done
    # What was asked for was answered when the report was reopened: nobody waits for it.
    assert (row.is_asked_for, row.said) == (False, ())


def test_an_answer_whose_time_has_passed_stays_and_says_so(flow, missions, cast, go, sign_in):
    returned = hand_in(missions["KG"], "2024-Q4", cast.reporter, flow)
    reports.return_report(revision=returned, user=cast.officer, comment="Are the camps in it?")
    go(datetime(2025, 2, 10, 9, tzinfo=UTC))
    text = words_of(sign_in(cast.reporter))
    assert "Answer by 24 Jan 2025 the time to answer has passed" in text
    assert "Are the camps in it?" in text
    assert "Nothing is open for you now." in text


# What was approved, and what was said of it -------------------------------------------------------


def test_what_is_held_back_says_which_results_and_why(flow, missions, cast, sign_in):
    second = stage.make_indicator("SP1-O1-I2", name="Camps run")
    stage.assign(second, missions["KG"], active_from=date(2024, 10, 1))
    revision = hand_in(missions["KG"], "2024-Q4", cast.reporter, flow, second)
    text = words_of(sign_in(cast.reporter))
    assert "Submitted Reporter, 10 Jan 2025" in text
    reports.approve_reports(
        revisions=[revision], user=cast.officer, comment="The camps come again", hold_back=[second.pk]
    )
    for address in ("/", reverse("reporting")):
        text = words_of(sign_in(cast.reporter), address)
        assert "Approved Officer, 10 Jan 2025" in text
        assert "1 result is held back and does not count yet: SP1-O1-I2 Camps run" in text
        assert re.search("Approved , Officer, [^:]*: “The camps come again”", text)


def test_a_correction_that_waits_and_one_that_was_declined_are_said(flow, missions, cast, sign_in):
    revision = hand_in(missions["KG"], "2024-Q4", cast.reporter, flow)
    reports.approve_reports(revisions=[revision], user=cast.officer)
    asked = ask_for_correction(
        revision=revision, user=cast.reporter, comment="Counted twice", indicators=[flow]
    )
    text = words_of(sign_in(cast.colleague))
    assert re.search(r"Correction asked for , Reporter, [^:]*: “Counted twice” \(SP1-O1-I1\)", text)
    assert "No officer has answered yet." in text
    decline_correction(asked=asked, user=cast.officer, comment="It was not: see the register")
    text = words_of(sign_in(cast.colleague))
    assert re.search("Correction declined , Officer, [^:]*: “It was not: see the register”", text)
    assert "Counted twice" not in text
    assert "No officer has answered yet." not in text


def test_what_waits_stands_before_what_is_newer_and_done(flow, since, missions, cast, sign_in):
    """Five approved reports of 2023 and 2024; of the oldest a correction is asked for, so it is among the four."""
    since("2023-10-01")
    made = {}
    for code in ("2023-Q4", "2024-Q1", "2024-Q2", "2024-Q3"):
        made[code] = hand_in_late(missions["KG"], code, cast, flow)
    made["2024-Q4"] = hand_in(missions["KG"], "2024-Q4", cast.reporter, flow)
    moments = {code: NOW - timedelta(days=90 - order) for order, code in enumerate(made)}
    reports.approve_reports(revisions=list(made.values()), user=cast.officer)
    for code, revision in made.items():
        assert ReportRevision.objects.filter(pk=revision.pk, status="approved").exists(), code
    ask_for_correction(
        revision=ReportRevision.objects.get(pk=made["2023-Q4"].pk), user=cast.reporter, comment="Twice"
    )
    own = sign_in(cast.reporter).get("/").context["own"]
    assert len(moments) == 5
    assert len(own.done) == 4
    assert own.done[0].period.code == "2023-Q4"
    assert own.done[0].waits_for


# What comes next ----------------------------------------------------------------------------------


def test_when_all_is_done_the_page_says_so_and_what_comes_next_and_when(
    flow, since, missions, cast, go, sign_in
):
    go(datetime(2024, 7, 10, 9, tzinfo=UTC))
    since("2024-04-01")
    hand_in(missions["KG"], "2024-Q2", cast.reporter, flow)
    text = words_of(sign_in(cast.reporter))
    assert "All done: whatever was due from your missions is handed in." in text
    # From 10 July to 1 October: 21 + 31 + 30 + 1.
    assert (
        "Next: the window of Q3 2024 opens on 1 Oct 2024, in 83 days, and is due 20 Oct 2024: "
        "Kyrgyzstan, 1 result." in text
    )
    go(datetime(2024, 9, 30, 9, tzinfo=UTC))
    assert "the window of Q3 2024 opens tomorrow, 1 Oct 2024, and is due 20 Oct 2024" in words_of(
        sign_in(cast.reporter), reverse("reporting")
    )


def test_a_window_opens_by_the_missions_own_clock_in_the_list_too(flow, missions, cast, go, sign_in):
    """At 20:00 in London on New Year's Eve it is 2:00 of the new year in Bishkek, and 21:00 of the old in Vienna."""
    go(datetime(2024, 12, 31, 20, tzinfo=UTC))
    for address in ("/", reverse("reporting")):
        assert "20 Jan 2025 19 days left" in words_of(sign_in(cast.reporter), address)


def test_a_half_year_and_a_year_come_in_their_own_quarters(strategy, missions, cast, go, sign_in):
    half = stage.make_indicator("SP1-O1-I7", frequency="semi_annual")
    whole = stage.make_indicator("SP1-O1-I8", frequency="annual")
    stage.assign(half, missions["KG"], active_from=date(2024, 1, 1))
    stage.assign(whole, missions["TJ"], active_from=date(2024, 1, 1))
    go(datetime(2024, 4, 10, 9, tzinfo=UTC))
    for person, expected in (
        (cast.reporter, "the window of Q2 2024 opens on 1 Jul 2024, in 82 days, and is due 20 Jul 2024"),
        (cast.stranger, "the window of Q4 2024 opens on 1 Jan 2025, in 266 days, and is due 20 Jan 2025"),
    ):
        text = words_of(sign_in(person))
        assert "Nothing is due from your missions now." in text
        assert expected in text
    go(NOW)
    assert listed(sign_in(cast.stranger).get("/").context["own"].to_do) == [("TJ", "2024-Q4")]


def test_what_a_figure_of_the_year_speaks_for_is_not_owed(flow, since, missions, cast, sign_in):
    """Approved history of 2024 as one figure, kept at Q4, answers Q1 to Q3, which were never begun."""
    since("2024-01-01")
    stage.approve(
        missions["KG"], "2024-Q4", {flow: 40}, reporter=cast.reporter, officer=cast.officer, covers=4
    )
    client = sign_in(cast.reporter)
    own = client.get("/").context["own"]
    assert (own.to_do, own.closed, listed(own.done)) == ([], [], [("KG", "2024-Q4")])
    text = words_of(client, reverse("reporting"))
    assert text.count("Answered by the figures of a half-year or a year") == 3
    assert "closed on" not in text


def test_a_mission_from_which_nothing_falls_due_is_said_to_be_so(strategy, missions, cast, sign_in):
    proposed = stage.make_indicator(status="proposed")
    stage.assign(proposed, missions["KG"])
    text = words_of(sign_in(cast.reporter))
    assert "Nothing is due from your missions now. No later window is planned." in text
    assert "Nothing falls due from Kyrgyzstan: no active indicator is assigned there." in text


# Whose reports ------------------------------------------------------------------------------------


def test_a_stand_in_finds_the_reports_of_whom_they_stand_in_for_and_until_when(flow, cast, sign_in):
    cast.reporter.memberships.update(
        stand_in=cast.stranger, stand_in_from=date(2025, 1, 6), stand_in_to=date(2025, 1, 17)
    )
    client = sign_in(cast.stranger)
    assert listed(client.get("/").context["own"].to_do) == [("KG", "2024-Q4")]
    text = words_of(client)
    assert "You stand in for Reporter (Kyrgyzstan) until 17 Jan 2025." in text
    # Of their own mission nothing is due.
    assert "Nothing falls due from Tajikistan" in text


def test_the_regional_offices_people_find_the_missions_that_it_covers(flow, missions, sign_in):
    stage.assign(flow, missions["IL"], missions["ROV"], active_from=date(2024, 10, 1))
    person = stage.make_person("vienna", Role.REPORTER, mission=missions["ROV"])
    client = sign_in(person)
    assert listed(client.get("/").context["own"].to_do) == [("IL", "2024-Q4"), ("ROV", "2024-Q4")]
    assert "You report for Israel too, which your office covers." in words_of(client)


@pytest.mark.parametrize("address", ["/", "/reporting/"])
def test_the_statements_do_not_grow_with_missions_periods_and_what_was_said(
    address: str, flow, since, strategy, missions, cast, sign_in
):
    """One report that was returned and one that was approved in part; then twenty periods of three missions, the first
    eight of each of which are like these.
    """
    since("2020-01-01")
    stage.make_activity("KG-1", missions["KG"])

    def tell(mission: Mission, code: str, step: int) -> None:
        revision = hand_in_late(mission, code, cast, flow)
        if step % 2:
            reports.return_report(revision=revision, user=cast.officer, comment=f"Again {step}")
            return
        reports.approve_reports(
            revisions=[revision], user=cast.officer, comment=f"But {step}", hold_back=[flow.pk]
        )
        ask_for_correction(revision=revision, user=cast.reporter, comment="Twice", indicators=[flow])

    def questions() -> int:
        client = sign_in(cast.reporter)
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    tell(missions["KG"], "2024-Q3", 0)
    tell(missions["KG"], "2024-Q4", 1)
    before = questions()
    for code in ("TJ", "IL"):
        stage.assign(flow, missions[code])
        stage.Membership.objects.create(user=cast.reporter, role=Role.REPORTER, mission=missions[code])
        stage.make_activity(f"{code}-1", missions[code])
    del cast.reporter.__dict__["_rights"]
    for code in ("KG", "TJ", "IL"):
        for step, number in enumerate(range(1, 9)):
            quarter = f"{2020 + (number - 1) // 4}-Q{(number - 1) % 4 + 1}"
            tell(missions[code], quarter, step)
    assert ReviewEvent.objects.filter(transition="return").count() == 13
    assert questions() <= before
    assert before <= MOST_QUERIES
