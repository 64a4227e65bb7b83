"""A correction of an approved report through the pages: asked for by the mission, answered by an officer."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import stage
from tests.pages import questions_of
from tracker.progress.models import ReportRevision, ReviewEvent
from tracker.progress.rules import Amount, Entry
from tracker.progress.services import reports, results
from tracker.progress.services.corrections import ask_for_correction
from tracker.progress.services.results import Typed

WHY = "The camps & boats were counted twice"
SHOWN = "The camps &amp; boats were counted twice"
REPORT = ("2024-Q4", "KG")


@pytest.fixture
def indicator(strategy, missions):
    made = stage.make_indicator(name="Migrants assisted")
    stage.assign(made, missions["KG"], missions["TJ"])
    return made


@pytest.fixture
def approved(indicator, missions, open_period, cast) -> ReportRevision:
    typed = {indicator.pk: Typed(Entry(Amount(Decimal(12))))}
    revision = results.save_results(
        mission=missions["KG"], period=open_period, user=cast.reporter, typed=typed
    ).revision
    reports.submit_report(revision=revision, user=cast.reporter)
    reports.approve_reports(revisions=[revision], user=cast.second_officer)
    revision.refresh_from_db()
    return revision


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def ask(client, **fields):
    return client.post(reverse("report-ask", args=REPORT), {"comment": WHY, **fields}, follow=True)


def test_a_reporter_asks_on_the_report_and_an_officer_finds_it_on_the_desk_and_at_home(
    approved, indicator, cast, sign_in
):
    client = sign_in(cast.reporter)
    assert "Ask for a correction</a>" in text_of(client.get(reverse("report", args=REPORT)))
    page = text_of(client.get(reverse("report-ask", args=REPORT)))
    assert "SP1-O1-I1" in page
    text = text_of(ask(client, indicators=[indicator.pk]))
    assert "Asked. An M&amp;E officer reopens the report" in text
    assert f"“{SHOWN}”" in text
    assert "Concerns: SP1-O1-I1 Migrants assisted" in text
    assert "Ask for a correction</a>" not in text

    client = sign_in(cast.officer)
    desk = text_of(client.get(reverse("review")))
    assert SHOWN in desk
    assert f'href="{reverse("review-report", args=[approved.pk])}#asked">Kyrgyzstan, Q4 2024' in desk
    assert "1 correction of an approved report is asked for." in text_of(client.get("/"))


def test_an_officer_declines_with_a_reason_that_the_mission_reads(approved, cast, sign_in):
    ask(sign_in(cast.lead))
    asked = ReviewEvent.objects.open_asks().get()
    client = sign_in(cast.officer)
    url = reverse("review-decline", args=[approved.pk])
    refused = client.post(url, {"asked": asked.pk, "comment": " "})
    assert refused.status_code == 422
    assert "<details open>" in text_of(refused)
    done = client.post(url, {"asked": asked.pk, "comment": "The register says 12"}, follow=True)
    assert "Declined. The mission sees why" in text_of(done)
    assert "Corrections asked for" not in text_of(client.get(reverse("review")))
    text = text_of(sign_in(cast.reporter).get(reverse("report", args=REPORT)))
    assert "is declined.</strong> Officer" in text
    assert "“The register says 12”" in text
    assert "Ask again</a>" in text
    # A stale page of the officer's.
    again = sign_in(cast.head).post(url, {"asked": asked.pk, "comment": "No"}, follow=True)
    assert "Somebody has answered this already" in text_of(again)


def test_an_officer_reopens_and_the_asking_is_answered(approved, indicator, cast, sign_in):
    ask(sign_in(cast.reporter), indicators=[indicator.pk])
    client = sign_in(cast.officer)
    page = text_of(client.get(reverse("review-report", args=[approved.pk])))
    assert "A correction is asked for" in page
    assert '<a href="#SP1-O1-I1">SP1-O1-I1</a> Migrants assisted' in page
    answer = client.post(reverse("review-reopen", args=[approved.pk]), {"comment": "Correct it"}, follow=True)
    assert "Reopened." in text_of(answer)
    assert "A correction is asked for" not in text_of(answer)
    text = text_of(sign_in(cast.reporter).get(reverse("report", args=REPORT)))
    assert "“Correct it”" in text
    assert "asked for." not in text
    # The round is the correction, of one returned never; what was asked is in the history of the first.
    reopened = approved.report.revisions.get(number=2)
    reports.submit_report(revision=reopened, user=cast.reporter)
    assert "Correction of approved figures" in text_of(
        sign_in(cast.officer).get(reverse("review-report", args=[reopened.pk]))
    )


def test_what_cannot_be_sent_comes_back_as_it_was_typed(approved, indicator, cast, sign_in):
    client = sign_in(cast.reporter)
    answer = ask(client, comment="", indicators=[indicator.pk])
    assert answer.status_code == 422
    assert "Say what is to be corrected" in text_of(answer)
    assert "checked" in text_of(answer)
    ask_for_correction(revision=approved, user=cast.colleague, comment="I was faster")
    answer = ask(client)
    assert answer.status_code == 409
    assert "Colleague has asked for a correction on" in text_of(answer)
    assert SHOWN in text_of(answer)


def test_a_double_click_asks_once(approved, cast, sign_in):
    client = sign_in(cast.reporter)
    for _click in range(2):
        assert "Asked." in text_of(ask(client))
    assert ReviewEvent.objects.open_asks().count() == 1


def test_what_is_not_approved_leads_back_to_the_report(indicator, missions, open_period, cast, sign_in):
    answer = sign_in(cast.reporter).get(reverse("report-ask", args=REPORT), follow=True)
    assert "there is nothing to ask for" in text_of(answer)
    assert answer.redirect_chain == [(reverse("report", args=REPORT), 302)]


def test_an_officer_is_offered_no_asking(approved, cast, sign_in):
    assert "Ask for a correction" not in text_of(sign_in(cast.officer).get(reverse("report", args=REPORT)))


def test_the_desk_asks_the_same_for_one_asking_and_for_many(
    approved, indicator, strategy, missions, cast, sign_in
):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("review"))
        return len(questions_of(queries))

    ask_for_correction(revision=approved, user=cast.reporter, comment=WHY, indicators=[indicator])
    client = sign_in(cast.officer)
    one = asked()
    for quarter in ("2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4"):
        revision = stage.approve(
            missions["KG"], quarter, {indicator: 5}, reporter=cast.reporter, officer=cast.officer
        )
        ask_for_correction(revision=revision, user=cast.reporter, comment=WHY, indicators=[indicator])
    assert asked() == one
