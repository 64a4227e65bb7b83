"""Asking for a correction of an approved report, and what comes of it."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from tests import stage
from tracker.common.errors import NotAllowed, Refused, Stale
from tracker.progress.models import ReportRevision, ReviewEvent
from tracker.progress.rules import Amount, Entry
from tracker.progress.services import reports, results
from tracker.progress.services.corrections import ask_for_correction, decline_correction
from tracker.progress.services.results import Typed

WHY = "The camps were counted twice"


@pytest.fixture
def indicator(strategy, missions):
    made = stage.make_indicator()
    stage.assign(made, missions["KG"])
    return made


@pytest.fixture
def approved(indicator, missions, open_period, cast) -> ReportRevision:
    typed = {indicator.pk: Typed(Entry(Amount(Decimal(12))))}
    revision = results.save_results(
        mission=missions["KG"], period=open_period, user=cast.reporter, typed=typed
    ).revision
    reports.submit_report(revision=revision, user=cast.reporter)
    reports.approve_reports(revisions=[revision], user=cast.officer)
    revision.refresh_from_db()
    return revision


def ask(approved, person, comment=WHY, **fields) -> ReviewEvent:
    return ask_for_correction(revision=approved, user=person, comment=comment, **fields)


def test_a_reporter_asks_and_the_report_stays_approved(approved, indicator, cast):
    asked = ask(approved, cast.reporter, indicators=[indicator])
    approved.refresh_from_db()
    assert (approved.status, asked.from_status, asked.to_status) == ("approved", "approved", "approved")
    assert list(asked.indicators.all()) == [indicator]
    assert list(ReviewEvent.objects.open_asks()) == [asked]


def test_asking_twice_by_a_double_click_is_once_and_otherwise_one_waits_for_the_answer(
    approved, indicator, cast
):
    asked = ask(approved, cast.reporter)
    assert ask(approved, cast.reporter) == asked
    for person, comment in ((cast.reporter, "And the boats"), (cast.lead, WHY)):
        with pytest.raises(Stale, match="Reporter has asked for a correction on"):
            ask(approved, person, comment)
    with pytest.raises(Stale, match="no officer has answered yet"):
        ask(approved, cast.reporter, indicators=[indicator])
    assert ReviewEvent.objects.filter(transition="ask").count() == 1


def test_only_the_missions_people_ask_and_only_officers_decline(approved, cast):
    for person in (cast.stranger, cast.viewer, cast.officer, cast.administrator):
        with pytest.raises(NotAllowed):
            ask(approved, person)
    asked = ask(approved, cast.lead)
    for person in (cast.reporter, cast.administrator):
        with pytest.raises(NotAllowed):
            decline_correction(asked=asked, user=person, comment="No")


def test_both_say_why(approved, cast):
    with pytest.raises(Refused, match="Say what is to be corrected"):
        ask(approved, cast.reporter, comment=" ")
    asked = ask(approved, cast.reporter)
    with pytest.raises(Refused, match="Say why the report stays"):
        decline_correction(asked=asked, user=cast.officer, comment="")


def test_an_indicator_that_the_report_says_nothing_of_is_refused(approved, cast):
    other = stage.make_indicator("SP1-O1-I9")
    with pytest.raises(Refused, match="says nothing of one of these"):
        ask(approved, cast.reporter, indicators=[other])
    assert not ReviewEvent.objects.open_asks().exists()


def test_declined_it_may_be_asked_for_again(approved, cast):
    asked = ask(approved, cast.reporter)
    answer = decline_correction(asked=asked, user=cast.officer, comment="It was checked")
    assert decline_correction(asked=asked, user=cast.officer, comment="It was checked") == answer
    with pytest.raises(Stale, match="answered this already"):
        decline_correction(asked=asked, user=cast.head, comment="No")
    assert not ReviewEvent.objects.open_asks().exists()
    again = ask(approved, cast.reporter)
    assert list(ReviewEvent.objects.open_asks()) == [again]
    assert again != asked


def test_reopening_answers_it_and_giving_that_up_asks_nobody_anew(approved, cast):
    ask(approved, cast.reporter)
    reopened = reports.reopen_report(report=approved.report, user=cast.officer, comment="Go on")
    assert not ReviewEvent.objects.open_asks().exists()
    with pytest.raises(Stale, match="not approved now"):
        ask(approved, cast.reporter, "Once more")
    reports.drop_revision(revision=reopened, user=cast.officer)
    assert not ReviewEvent.objects.open_asks().exists()
    again = ask(approved, cast.reporter, "Once more")
    assert list(ReviewEvent.objects.open_asks()) == [again]


def test_a_step_taken_twice_is_still_known_after_somebody_asked(approved, cast):
    """Approved by a double click, between whose halves the mission asked."""
    ask(approved, cast.reporter)
    assert reports.approve_reports(revisions=[approved], user=cast.officer) == 1
    assert approved.review_events.filter(transition="approve").count() == 1


def test_a_draft_cannot_be_asked_about(indicator, missions, open_period, cast):
    draft = reports.begin_report(mission=missions["KG"], period=open_period, user=cast.reporter)
    with pytest.raises(Stale, match="not approved now"):
        ask(draft, cast.reporter)


def test_the_database_takes_one_open_ask_and_no_answer_to_none(approved, cast):
    def say(transition: str, status: str = "approved") -> None:
        with transaction.atomic():
            ReviewEvent.objects.create(
                revision=approved,
                transition=transition,
                from_status=status,
                to_status=status,
                comment=WHY,
                actor=cast.reporter,
            )

    with pytest.raises(IntegrityError, match="not asked for"):
        say("decline")
    with pytest.raises(IntegrityError, match="a_correction_is_of_what_is_approved"):
        say("ask", "draft")
    say("ask")
    with pytest.raises(IntegrityError, match="asked for already"):
        say("ask")
    say("decline")
    say("ask")
