"""A step taken twice by one person, with a double click or a page sent again, is taken once and answered kindly;
somebody else's step is not passed off as one's own.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.urls import reverse

from tests import stage
from tracker.common.errors import Stale
from tracker.progress.models import ReportRevision
from tracker.progress.rules import Amount, Entry
from tracker.progress.services import reports, results
from tracker.progress.services.results import Typed

pytestmark = pytest.mark.django_db

WORDS = "Is 12 right?"


@pytest.fixture
def indicator(strategy, missions):
    made = stage.make_indicator()
    stage.assign(made, missions["KG"], missions["TJ"])
    return made


@pytest.fixture
def draft(indicator, missions, open_period, cast) -> ReportRevision:
    typed = {indicator.pk: Typed(Entry(Amount(12)))}
    return results.save_results(
        mission=missions["KG"], period=open_period, user=cast.reporter, typed=typed
    ).revision


@pytest.fixture
def submitted(draft, cast) -> ReportRevision:
    reports.submit_report(revision=draft, user=cast.reporter)
    return draft


@pytest.fixture
def approved(submitted, cast) -> ReportRevision:
    reports.approve_reports(revisions=[submitted], user=cast.officer)
    return submitted


def steps_of(revision: ReportRevision) -> list[str]:
    return list(revision.review_events.order_by("at", "pk").values_list("transition", flat=True))


def test_submitting_twice_submits_once(draft, cast):
    for _ in range(2):
        reports.submit_report(revision=draft, user=cast.reporter)
    assert steps_of(draft) == ["start", "submit"]


def test_recalling_twice_recalls_once(submitted, cast):
    for _ in range(2):
        reports.recall_report(revision=submitted, user=cast.reporter)
    assert steps_of(submitted) == ["start", "submit", "recall"]


def test_returning_twice_returns_once_and_the_first_words_stand(submitted, cast):
    for _ in range(2):
        reports.return_report(revision=submitted, user=cast.officer, comment=f" {WORDS} ")
    with pytest.raises(Stale):
        reports.return_report(revision=submitted, user=cast.officer, comment="And is it in persons?")
    assert steps_of(submitted) == ["start", "submit", "return"]
    assert submitted.review_events.last().comment == WORDS


def test_approving_twice_approves_once_one_report_or_a_list(draft, indicator, missions, open_period, cast):
    typed = {indicator.pk: Typed(Entry(Amount(5)))}
    other = results.save_results(
        mission=missions["TJ"], period=open_period, user=cast.stranger, typed=typed
    ).revision
    reports.submit_report(revision=draft, user=cast.reporter)
    reports.submit_report(revision=other, user=cast.stranger)
    for _ in range(2):
        assert reports.approve_reports(revisions=[draft, other], user=cast.officer) == 2
    assert steps_of(draft) == steps_of(other) == ["start", "submit", "approve"]


def test_a_list_of_which_one_is_approved_already_is_refused_whole(
    approved, indicator, missions, open_period, cast
):
    typed = {indicator.pk: Typed(Entry(Amount(5)))}
    other = results.save_results(
        mission=missions["TJ"], period=open_period, user=cast.stranger, typed=typed
    ).revision
    reports.submit_report(revision=other, user=cast.stranger)
    with pytest.raises(Stale):
        reports.approve_reports(revisions=[approved, other], user=cast.officer)
    other.refresh_from_db()
    assert other.status == "submitted"


def test_reopening_twice_gives_the_same_revision(approved, cast):
    first, second = (
        reports.reopen_report(report=approved.report, user=cast.officer, comment=WORDS) for _ in range(2)
    )
    assert first == second
    assert steps_of(first) == ["reopen"]


def test_dropping_and_withdrawing_twice_is_done_once(approved, cast):
    second = reports.reopen_report(report=approved.report, user=cast.officer, comment=WORDS)
    for _ in range(2):
        reports.drop_revision(revision=second, user=cast.officer)
    for _ in range(2):
        reports.withdraw_figures(revision=approved, user=cast.officer, reason=WORDS)
    assert steps_of(second) == ["reopen", "drop"]
    assert steps_of(approved) == ["start", "submit", "approve", "withdraw"]


def test_what_somebody_else_did_is_told_and_not_passed_off_as_done(approved, cast):
    with pytest.raises(Stale, match="Kyrgyzstan, Q4 2024: somebody was there before you"):
        reports.approve_reports(revisions=[approved], user=cast.second_officer)


@pytest.mark.parametrize(
    ("status", "says"),
    [("draft", "not submitted now (draft)"), ("returned", "not submitted now (returned)")],
)
def test_a_recall_of_what_is_not_submitted_says_what_it_is(status, says, submitted, cast):
    if status == "draft":
        reports.recall_report(revision=submitted, user=cast.lead)
    else:
        reports.return_report(revision=submitted, user=cast.officer, comment=WORDS)
    with pytest.raises(Stale) as refusal:
        reports.recall_report(revision=submitted, user=cast.reporter)
    assert says in str(refusal.value)


# -- Through the pages --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("review-approve", {}, "Approved. The region’s figures include it now."),
        ("review-return", {"comment": WORDS}, "Returned. The mission sees your comment"),
    ],
)
def test_a_decision_sent_twice_is_answered_as_done_both_times(name, data, says, submitted, cast, sign_in):
    client = sign_in(cast.officer)
    for _ in range(2):
        answer = client.post(reverse(name, args=[submitted.pk]), data, follow=True)
        assert says in answer.content.decode()
        assert "note-error" not in answer.content.decode()


def test_a_list_approved_twice_is_answered_as_done_both_times(submitted, cast, sign_in):
    client = sign_in(cast.officer)
    for _ in range(2):
        answer = client.post(reverse("review-approve-many"), {"revision": [submitted.pk]}, follow=True)
        assert "1 report approved." in answer.content.decode()


def test_a_recall_sent_twice_is_answered_as_done_both_times(submitted, cast, sign_in):
    client = sign_in(cast.reporter)
    for _ in range(2):
        answer = client.post(reverse("report-recall", args=["2024-Q4", "KG"]), follow=True)
        assert "Recalled: the report is a draft again." in answer.content.decode()


def test_a_recall_after_an_officer_has_opened_it_says_whom_to_ask(submitted, cast, sign_in):
    reports.mark_opened(revision=submitted)
    answer = sign_in(cast.reporter).post(reverse("report-recall", args=["2024-Q4", "KG"]), follow=True)
    assert answer.status_code == 200
    assert "An officer has opened the report meanwhile; ask them to return it." in answer.content.decode()


# -- At the same instant ------------------------------------------------------------------------------
def twice_at_once(act: Callable[[], object]) -> list[object]:
    barrier = Barrier(2)

    def run() -> object:
        barrier.wait()
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return [future.result() for future in [pool.submit(run) for _ in range(2)]]


@pytest.mark.django_db(transaction=True)
def test_a_double_click_that_arrives_at_one_instant_does_each_step_once(draft, cast):
    twice_at_once(lambda: reports.submit_report(revision=draft, user=cast.reporter))
    twice_at_once(lambda: reports.return_report(revision=draft, user=cast.officer, comment=WORDS))
    twice_at_once(lambda: reports.submit_report(revision=draft, user=cast.reporter))
    twice_at_once(lambda: reports.approve_reports(revisions=[draft], user=cast.officer))
    opened = twice_at_once(
        lambda: reports.reopen_report(report=draft.report, user=cast.officer, comment=WORDS)
    )
    assert opened[0] == opened[1]
    assert steps_of(draft) == ["start", "submit", "return", "submit", "approve"]
    assert ReportRevision.objects.count() == 2
