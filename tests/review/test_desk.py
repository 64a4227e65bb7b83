"""The review desk through its pages."""

from decimal import Decimal

import pytest
from django.urls import reverse

from tests import stage
from tracker.notices.models import Notice
from tracker.progress.models import IndicatorResult, ProgressReport, ReportRevision
from tracker.progress.rules import Amount, Entry
from tracker.progress.services import reports, results
from tracker.progress.services.results import Typed
from tracker.region.models import Mission

pytestmark = pytest.mark.django_db


@pytest.fixture
def indicator(strategy, missions):
    made = stage.make_indicator(name="Migrants assisted")
    stage.assign(made, *missions.values())
    return made


@pytest.fixture
def submitted(indicator, missions, open_period, cast) -> ReportRevision:
    return submit(missions["KG"], open_period, indicator, cast.reporter)


def submit(mission, period, indicator, person, value=12) -> ReportRevision:
    revision = results.save_results(
        mission=mission,
        period=period,
        user=person,
        typed={indicator.pk: Typed(Entry(Amount(Decimal(value))))},
    ).revision
    reports.submit_report(revision=revision, user=person)
    return revision


def page(client, name, *args) -> str:
    return client.get(reverse(name, args=args)).content.decode()


def test_the_queue_names_the_report_its_submitter_and_when(submitted, cast, sign_in):
    text = page(sign_in(cast.officer), "review")
    assert "Kyrgyzstan, Q4 2024" in text
    assert "Reporter" in text


def test_an_empty_desk_says_what_will_come(strategy, missions, cast, sign_in):
    text = page(sign_in(cast.officer), "review")
    assert "No report awaits review" in text


def test_an_officer_sees_that_a_draft_is_there_and_nothing_of_what_it_holds(
    indicator, missions, open_period, cast, sign_in
):
    typed = {indicator.pk: Typed(Entry(Amount(Decimal(4711))))}
    draft = results.save_results(
        mission=missions["KG"], period=open_period, user=cast.reporter, typed=typed
    ).revision
    client = sign_in(cast.officer)
    text = page(client, "review")
    assert "Draft" in text
    assert reverse("review-report", args=[draft.pk]) not in text
    assert client.get(reverse("review-report", args=[draft.pk])).status_code == 404


def test_who_was_told_of_a_report_that_was_recalled_is_led_to_the_desk(submitted, cast, sign_in):
    [link] = Notice.objects.filter(person=cast.officer, kind="submitted").values_list("url", flat=True)
    reports.recall_report(revision=submitted, user=cast.reporter)
    client = sign_in(cast.officer)
    answer = client.get(link, follow=True)
    assert answer.redirect_chain == [(reverse("review"), 302)]
    said = "Kyrgyzstan recalled the report for Q4 2024: it is a draft again, and waits here once it is submitted anew."
    assert said in answer.content.decode()
    # Nobody else is told of it; submitted anew, it is there.
    assert sign_in(cast.viewer).get(link).status_code == 403
    reports.submit_report(revision=submitted, user=cast.reporter)
    assert sign_in(cast.officer).get(link).status_code == 200


def test_approving_through_the_page_says_what_happened(submitted, cast, sign_in):
    answer = sign_in(cast.officer).post(reverse("review-approve", args=[submitted.pk]), follow=True)
    text = answer.content.decode()
    assert "The region’s figures include it now." in text
    assert '<a href="/framework/?period=2024-Q4">See the region as of Q4 2024</a>' in text
    submitted.refresh_from_db()
    assert (submitted.status, submitted.approved_by) == ("approved", cast.officer)


def test_holding_a_result_back_through_the_page(submitted, indicator, cast, sign_in):
    sign_in(cast.officer).post(reverse("review-approve", args=[submitted.pk]), {"hold_back": [indicator.pk]})
    assert not IndicatorResult.objects.counting().exists()


def test_a_return_without_a_comment_gives_the_page_back_with_the_reason(submitted, cast, sign_in):
    answer = sign_in(cast.officer).post(reverse("review-return", args=[submitted.pk]), {"comment": " "})
    assert answer.status_code == 422
    assert "this step needs a comment" in answer.content.decode()
    submitted.refresh_from_db()
    assert submitted.status == "submitted"


def test_a_stale_page_is_told_and_nothing_happens(submitted, cast, sign_in):
    reports.return_report(revision=submitted, user=cast.second_officer, comment="Look again")
    answer = sign_in(cast.officer).post(reverse("review-approve", args=[submitted.pk]), follow=True)
    assert "somebody was there before you" in answer.content.decode()
    submitted.refresh_from_db()
    assert submitted.status == "returned"


def test_a_double_click_approves_once(submitted, cast, sign_in):
    client = sign_in(cast.officer)
    for _ in range(2):
        client.post(reverse("review-approve", args=[submitted.pk]))
    assert submitted.review_events.filter(transition="approve").count() == 1


def test_ones_own_report_shows_no_approval_and_is_refused_when_asked_all_the_same(
    indicator, missions, open_period, cast, sign_in
):
    typed = {indicator.pk: Typed(Entry(Amount(Decimal(5))))}
    revision = results.save_results(
        mission=missions["TJ"], period=open_period, user=cast.officer, typed=typed
    ).revision
    reports.submit_report(revision=revision, user=cast.officer)
    client = sign_in(cast.officer)
    text = page(client, "review-report", revision.pk)
    assert "Approve report" not in text
    assert "another officer or the head approves it" in text
    assert "It can be approved by Head, Second.Officer." in text
    assert client.post(reverse("review-approve", args=[revision.pk])).status_code == 403


def test_an_approved_list_leads_to_the_figures_that_it_moved(submitted, cast, sign_in):
    answer = sign_in(cast.officer).post(
        reverse("review-approve-many"), {"revision": [submitted.pk]}, follow=True
    )
    text = answer.content.decode()
    assert "1 report approved." in text
    assert '<a href="/framework/?period=2024-Q4">See the region as of Q4 2024</a>' in text


def test_a_list_with_one_forbidden_report_changes_nothing(
    submitted, indicator, missions, open_period, cast, sign_in
):
    typed = {indicator.pk: Typed(Entry(Amount(Decimal(5))))}
    own = results.save_results(
        mission=missions["TJ"], period=open_period, user=cast.officer, typed=typed
    ).revision
    reports.submit_report(revision=own, user=cast.officer)
    answer = sign_in(cast.officer).post(
        reverse("review-approve-many"), {"revision": [submitted.pk, own.pk]}, follow=True
    )
    text = answer.content.decode()
    assert "Tajikistan, Q4 2024" in text
    assert "Nothing was approved." in text
    submitted.refresh_from_db()
    assert submitted.status == "submitted"


def test_rubbish_in_a_list_is_refused(submitted, cast, sign_in):
    answer = sign_in(cast.officer).post(
        reverse("review-approve-many"), {"revision": [submitted.pk, "x", "9" * 30]}, follow=True
    )
    submitted.refresh_from_db()
    assert submitted.status == "approved"
    answer = sign_in(cast.officer).post(reverse("review-approve-many"), {"revision": ["999999"]}, follow=True)
    assert "Nothing was approved." in answer.content.decode()


def test_the_desk_takes_the_same_statements_for_two_and_twenty_reports(
    strategy, missions, indicator, open_period, cast, sign_in, django_assert_max_num_queries
):
    client = sign_in(cast.officer)
    submit(missions["KG"], open_period, indicator, cast.reporter)
    submit(missions["TJ"], open_period, indicator, cast.stranger)
    with django_assert_max_num_queries(16) as few:
        client.get(reverse("review"))
    for number in range(18):
        mission = Mission.objects.create(
            code=f"X{number}",
            name=f"Mission {number}",
            kind="regional_office",
            time_zone="UTC",
            source="test",
        )
        ReportRevision.objects.create(
            report=ProgressReport.objects.create(mission=mission, period=open_period),
            number=1,
            status="submitted",
            submitted_by=cast.reporter,
            submitted_at="2024-01-01T00:00Z",
        )
    with django_assert_max_num_queries(len(few)):
        assert client.get(reverse("review")).content.count(b"Mission 1") > 0


def test_a_report_takes_the_same_statements_for_two_and_twenty_results(
    strategy, missions, open_period, cast, sign_in, django_assert_max_num_queries
):
    def submit_with(count: int, code: str, person):
        typed = {}
        for number in range(count):
            made = stage.make_indicator(f"SP1-O1-I{code}{number}")
            stage.ask_by_sex(made)
            stage.assign(made, missions[code])
            typed[made.pk] = Typed(Entry(Amount(Decimal(1))))
        revision = results.save_results(
            mission=missions[code], period=open_period, user=person, typed=typed
        ).revision
        reports.submit_report(revision=revision, user=person)
        return reverse("review-report", args=[revision.pk])

    few_url, many_url = submit_with(2, "KG", cast.reporter), submit_with(20, "TJ", cast.stranger)
    client = sign_in(cast.officer)
    with django_assert_max_num_queries(25) as few:
        client.get(few_url)
    with django_assert_max_num_queries(len(few)):
        client.get(many_url)
