"""What is odd in a report is asked beside the result concerned."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from tests import stage
from tests.explore.conftest import aim, start_from
from tracker.common.formats import THIN_SPACE
from tracker.framework.models import Indicator
from tracker.progress.models import ReportRevision
from tracker.progress.rules import Amount, Entry
from tracker.progress.services import reports, results
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
