"""What is odd in a report is asked beside the result concerned."""

from datetime import date
from decimal import Decimal

import pgtrigger
import pytest
from django.urls import reverse

from tests import stage
from tests.explore.conftest import aim, start_from
from tracker.analysis.flags import find_questions
from tracker.common.formats import THIN_SPACE
from tracker.framework.models import Indicator
from tracker.progress.models import ReportRevision
from tracker.progress.rules import Amount, Entry
from tracker.progress.services import reports, results
from tracker.progress.services.evidence import Described, add_link
from tracker.progress.services.results import Typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def flow(strategy, missions, cast) -> Indicator:
    """Kyrgyzstan gave 10 in the first quarter of 2024, and has promised nothing."""
    made = stage.make_indicator("SP1-O1-I1")
    stage.assign(made, missions["KG"])
    stage.approve(missions["KG"], "2024-Q1", {made: 10}, reporter=cast.reporter, officer=cast.officer)
    return made


def hand_in(mission, period, values, person, comment: str = "") -> ReportRevision:
    typed = {
        indicator.pk: Typed(Entry(Amount(Decimal(value)), comment=comment))
        for indicator, value in values.items()
    }
    revision = results.save_results(mission=mission, period=period, user=person, typed=typed).revision
    reports.submit_report(revision=revision, user=person)
    return revision


def questions_on(client, revision) -> dict[str, tuple[str, ...]]:
    response = client.get(reverse("review-report", args=[revision.pk]))
    return {
        row.result.indicator.code: tuple(said.replace(THIN_SPACE, " ") for said in row.questions)
        for row in response.context["page"].rows
    }


def test_a_jump_is_asked_beside_its_result_and_nothing_of_the_others(
    flow, missions, open_period, cast, sign_in
):
    calm = stage.make_indicator("SP1-O1-I2")
    stage.assign(calm, missions["KG"])
    revision = hand_in(missions["KG"], open_period, {flow: 1240, calm: 5}, cast.reporter)
    client = sign_in(cast.officer)
    said = "124 times the usual (1 240 in a quarter, against 10)."
    assert questions_on(client, revision) == {"SP1-O1-I1": (said,), "SP1-O1-I2": ()}
    page = client.get(reverse("review-report", args=[revision.pk])).content.decode()
    assert "1 result raises a question" in page
    row = page.split('<tr id="SP1-O1-I1"')[1].split("</tr>")[0]
    assert said in row.replace(THIN_SPACE, " ")


def test_without_a_question_nothing_is_said(flow, missions, open_period, cast, sign_in):
    revision = hand_in(missions["KG"], open_period, {flow: 12}, cast.reporter)
    client = sign_in(cast.officer)
    assert questions_on(client, revision) == {"SP1-O1-I1": ()}
    assert "Ask:" not in client.get(reverse("review-report", args=[revision.pk])).content.decode()


@pytest.mark.parametrize(("comment", "is_asked"), [("", True), ("The office was closed.", False)])
def test_a_comment_answers_why_something_is_off_track(
    strategy, missions, open_period, cast, sign_in, comment: str, is_asked: bool
):
    level = stage.make_indicator("SP1-O1-I1", period_rule="latest")
    stage.assign(level, missions["KG"])
    start_from(level, missions["KG"], 10)
    aim(level, missions["KG"], date(2024, 12, 31), 110)
    revision = hand_in(missions["KG"], open_period, {level: 20}, cast.reporter, comment)
    said = ("Off track (20, and 110 was expected), and the comment does not say why.",) if is_asked else ()
    assert questions_on(sign_in(cast.officer), revision) == {"SP1-O1-I1": said}


def test_what_asks_for_evidence_and_has_none_is_asked_for_it(strategy, missions, open_period, cast, sign_in):
    """A document beside the report as a whole is no answer; “not applicable” needs none."""
    asking, answered, not_there, plain = (
        stage.make_indicator(f"SP1-O1-I{number}", needs_evidence=number < 4) for number in (1, 2, 3, 4)
    )
    stage.assign(asking, missions["KG"])
    stage.assign(answered, missions["KG"])
    stage.assign(not_there, missions["KG"])
    stage.assign(plain, missions["KG"])
    to = {"mission": missions["KG"], "period": open_period, "user": cast.reporter}
    for indicator, address in ((answered.pk, "one"), (None, "two")):
        add_link(**to, link=f"https://example.org/{address}", described=Described(indicator=indicator))
    typed = {not_there.pk: Typed(Entry(not_applicable=True, comment="No border there"))}
    results.save_results(**to, typed=typed)
    revision = hand_in(missions["KG"], open_period, {asking: 5, answered: 6, plain: 7}, cast.reporter)
    said = "No evidence: this indicator asks for a document or a link behind its result."
    client = sign_in(cast.officer)
    assert questions_on(client, revision) == {
        "SP1-O1-I1": (said,), "SP1-O1-I2": (), "SP1-O1-I3": (), "SP1-O1-I4": (),
    }  # fmt: skip
    page = client.get(reverse("review-report", args=[revision.pk])).content.decode()
    assert 'href="https://example.org/one"' in page


def test_history_is_not_asked_for_evidence(strategy, missions, cast):
    """Its file names the document that it comes from."""
    asking = stage.make_indicator("SP1-O1-I1", needs_evidence=True)
    stage.assign(asking, missions["KG"])
    revision = stage.approve(
        missions["KG"], "2024-Q1", {asking: 10}, reporter=cast.reporter, officer=cast.officer
    )
    questions = find_questions(strategy=strategy, revisions=[revision.pk])
    assert [flag.kind for flag in questions[revision.pk][asking.pk]] == ["no_evidence"]
    with pgtrigger.ignore("tracker.IndicatorResult:closed_stays_update"):
        revision.results.update(origin="historical")
    assert find_questions(strategy=strategy, revisions=[revision.pk]) == {}
