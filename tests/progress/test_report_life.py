"""The life of a report: its transitions, four eyes, and what an approved revision endures."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from tests import stage
from tests.conftest import Cast
from tracker.access.policies import rights_of
from tracker.common.errors import NotAllowed, Refused, Stale
from tracker.framework.models import Indicator
from tracker.progress.choices import RevisionStatus, Transition
from tracker.progress.models import (
    CellValue,
    IndicatorResult,
    ReportingPeriod,
    ReportRevision,
    ReviewEvent,
)
from tracker.progress.rules import Amount, Entry
from tracker.progress.services import reports, results
from tracker.progress.services.results import Typed
from tracker.region.models import Mission

pytestmark = pytest.mark.django_db


@pytest.fixture
def indicator(strategy, missions) -> Indicator:
    made = stage.make_indicator()
    stage.assign(made, *missions.values())
    return made


def type_value(person, mission, period, indicator, value, *, cells=None, comment=""):
    """Type over what stands in the mission's report now."""
    entry = Entry(amount=Amount(value=value), cells=cells or {}, comment=comment)
    shown = stage.shown_of(indicator, mission=mission, period=period)
    return results.save_results(
        mission=mission, period=period, user=person, typed={indicator.pk: Typed(entry, shown)}
    )


@pytest.fixture
def draft(cast: Cast, missions, open_period, indicator) -> ReportRevision:
    saved = type_value(cast.reporter, missions["KG"], open_period, indicator, 12)
    return saved.revision


@pytest.fixture
def submitted(draft: ReportRevision, cast: Cast) -> ReportRevision:
    reports.submit_report(revision=draft, user=cast.reporter)
    draft.refresh_from_db()
    return draft


@pytest.fixture
def approved(submitted: ReportRevision, cast: Cast) -> ReportRevision:
    reports.approve_reports(revisions=[submitted], user=cast.officer)
    submitted.refresh_from_db()
    return submitted


def steps_of(revision: ReportRevision) -> list[str]:
    return list(revision.review_events.order_by("at", "id").values_list("transition", flat=True))


def test_a_report_goes_from_draft_to_approved_and_leaves_an_event_at_every_step(approved, cast):
    assert approved.status == RevisionStatus.APPROVED
    assert approved.submitted_by == cast.reporter
    assert approved.approved_by == cast.officer
    assert steps_of(approved) == ["start", "submit", "approve"]


def test_a_returned_report_carries_the_comment_and_can_be_submitted_again(submitted, cast):
    reports.return_report(revision=submitted, user=cast.officer, comment="Is 12 right?")
    submitted.refresh_from_db()
    assert submitted.status == RevisionStatus.RETURNED
    assert submitted.answer_by is not None
    event = submitted.review_events.last()
    assert (event.comment, event.actor, event.from_status) == ("Is 12 right?", cast.officer, "submitted")
    reports.submit_report(revision=submitted, user=cast.reporter)
    submitted.refresh_from_db()
    assert submitted.status == RevisionStatus.SUBMITTED


def test_a_return_without_a_comment_is_refused(submitted, cast):
    with pytest.raises(Refused, match="needs a comment"):
        reports.return_report(revision=submitted, user=cast.officer, comment="  ")
    submitted.refresh_from_db()
    assert submitted.status == RevisionStatus.SUBMITTED


def test_a_returned_report_is_open_although_its_window_has_closed(submitted, cast, missions, indicator):
    reports.return_report(revision=submitted, user=cast.officer, comment="Look again")
    period = submitted.report.period
    ReportingPeriod.objects.filter(pk=period.pk).update(
        opens_on=date(2025, 1, 1), due_on=date(2025, 1, 20), closes_on=date(2025, 2, 9)
    )
    period.refresh_from_db()
    saved = type_value(cast.reporter, missions["KG"], period, indicator, 13)
    assert saved.saved == [indicator.pk]


def test_who_submitted_cannot_approve_whatever_other_role_they_hold(missions, open_period, indicator, cast):
    stage.Membership.objects.create(user=cast.officer, role="reporter", mission=missions["KG"])
    draft = type_value(cast.reporter, missions["KG"], open_period, indicator, 12).revision
    reports.submit_report(revision=draft, user=cast.officer)
    with pytest.raises(NotAllowed, match="somebody else has to approve"):
        reports.approve_reports(revisions=[draft], user=cast.officer)
    reports.approve_reports(revisions=[draft], user=cast.second_officer)


def test_who_entered_a_result_cannot_approve_it(missions, open_period, indicator, cast):
    saved = type_value(cast.officer, missions["KG"], open_period, indicator, 12)
    assert saved.revision.on_behalf
    reports.submit_report(revision=saved.revision, user=cast.lead)
    with pytest.raises(NotAllowed, match="Kyrgyzstan, Q4 2024"):
        reports.approve_reports(revisions=[saved.revision], user=cast.officer)
    reports.approve_reports(revisions=[saved.revision], user=cast.second_officer)


def test_the_database_itself_refuses_the_submitter_and_the_enterer(submitted, cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportRevision.objects.filter(pk=submitted.pk).update(
            status="approved", approved_by=cast.reporter, approved_at=submitted.submitted_at
        )
    reports.recall_report(revision=submitted, user=cast.reporter)
    IndicatorResult.objects.filter(revision=submitted).update(entered_by=cast.officer)
    stage.submit(submitted, by=cast.reporter)
    with pytest.raises(IntegrityError, match="entered a result"), transaction.atomic():
        ReportRevision.objects.filter(pk=submitted.pk).update(
            status="approved", approved_by=cast.officer, approved_at=submitted.submitted_at
        )


def test_untouched_copies_do_not_make_an_officer_an_author(missions, open_period, indicator, cast):
    """The officer entered the first revision; in the second only the comment is the mission's own."""
    first = type_value(cast.officer, missions["KG"], open_period, indicator, 12).revision
    reports.submit_report(revision=first, user=cast.lead)
    reports.approve_reports(revisions=[first], user=cast.second_officer)
    second = reports.reopen_report(report=first.report, user=cast.second_officer, comment="Add a comment")
    type_value(cast.reporter, missions["KG"], open_period, indicator, 12, comment="From the register")
    reports.submit_report(revision=second, user=cast.reporter)
    assert reports.approve_reports(revisions=[second], user=cast.officer) == 1


def test_a_list_with_one_forbidden_report_is_refused_whole_and_names_it(
    missions, open_period, indicator, cast
):
    mine = type_value(cast.officer, missions["KG"], open_period, indicator, 1).revision
    theirs = type_value(cast.stranger, missions["TJ"], open_period, indicator, 2).revision
    reports.submit_report(revision=mine, user=cast.lead)
    reports.submit_report(revision=theirs, user=cast.stranger)
    with pytest.raises(NotAllowed, match="Kyrgyzstan, Q4 2024") as refusal:
        reports.approve_reports(revisions=[mine, theirs], user=cast.officer)
    assert "Tajikistan" not in str(refusal.value)
    theirs.refresh_from_db()
    assert theirs.status == RevisionStatus.SUBMITTED


def test_approving_two_or_twenty_reports_takes_the_same_statements(
    strategy, missions, indicator, cast, django_assert_num_queries
):
    def submit_all(codes):
        made = []
        for code in codes:
            period = stage.open_window(strategy, code, today=date.today())
            revision = type_value(cast.reporter, missions["KG"], period, indicator, 5).revision
            reports.submit_report(revision=revision, user=cast.reporter)
            made.append(revision)
        return made

    codes = list(strategy.periods.values_list("code", flat=True))
    two, many = submit_all(codes[:2]), submit_all(codes[2:20])
    with django_assert_num_queries(15) as first:
        reports.approve_reports(revisions=two, user=cast.officer)
    with django_assert_num_queries(len(first)):
        reports.approve_reports(revisions=many, user=cast.second_officer)


def test_a_stale_page_changes_nothing_and_is_told(submitted, cast):
    reports.return_report(revision=submitted, user=cast.officer, comment="Look again")
    with pytest.raises(Stale, match="Kyrgyzstan, Q4 2024"):
        reports.approve_reports(revisions=[submitted], user=cast.second_officer)
    submitted.refresh_from_db()
    assert submitted.status == RevisionStatus.RETURNED
    assert steps_of(submitted) == ["start", "submit", "return"]


def test_a_submitted_report_is_recalled_until_an_officer_has_opened_it(submitted, cast):
    reports.recall_report(revision=submitted, user=cast.reporter)
    submitted.refresh_from_db()
    assert submitted.status == RevisionStatus.DRAFT
    reports.submit_report(revision=submitted, user=cast.reporter)
    reports.mark_opened(revision=submitted)
    with pytest.raises(Stale, match="ask them to return it"):
        reports.recall_report(revision=submitted, user=cast.reporter)


def test_a_lead_recalls_what_a_colleague_submitted_and_a_colleague_does_not(submitted, cast):
    with pytest.raises(NotAllowed, match="Whoever submitted the report recalls it, or a lead"):
        reports.recall_report(revision=submitted, user=cast.colleague)
    reports.recall_report(revision=submitted, user=cast.lead)


def test_only_leads_submit_where_the_strategy_says_so(draft, cast, strategy):
    strategy.lead_submits = True
    strategy.save()
    with pytest.raises(NotAllowed, match="lead reporter"):
        reports.submit_report(revision=draft, user=cast.reporter)
    reports.submit_report(revision=draft, user=cast.lead)


def test_what_is_due_and_not_given_stops_the_submission_until_explained(
    strategy, missions, open_period, indicator, cast
):
    other = stage.make_indicator("SP1-O1-I2")
    stage.assign(other, missions["KG"])
    draft = type_value(cast.reporter, missions["KG"], open_period, indicator, 12).revision
    with pytest.raises(Refused, match="SP1-O1-I2"):
        reports.submit_report(revision=draft, user=cast.reporter)
    type_value(cast.reporter, missions["KG"], open_period, other, None, comment="The register is lost")
    reports.submit_report(revision=draft, user=cast.reporter)


# -- An approved revision is never touched again -----------------------------------------------------
def test_nothing_in_an_approved_revision_can_be_changed_by_any_door(approved, indicator):
    result = approved.results.get()
    attempts = [
        lambda: ReportRevision.objects.filter(pk=approved.pk).update(source="other"),
        lambda: ReportRevision.objects.filter(pk=approved.pk).update(status="draft"),
        lambda: ReportRevision.objects.filter(pk=approved.pk).delete(),
        lambda: IndicatorResult.objects.filter(pk=result.pk).update(value=99),
        lambda: IndicatorResult.objects.filter(pk=result.pk).delete(),
        lambda: IndicatorResult.objects.create(
            revision=approved, indicator=stage.make_indicator("SP1-O1-I9")
        ),
        lambda: ReviewEvent.objects.filter(revision=approved).update(comment="other"),
        lambda: ReviewEvent.objects.filter(revision=approved).delete(),
    ]
    for attempt in attempts:
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    result.refresh_from_db()
    assert result.value == 12


def test_cells_of_an_approved_result_stay_too(strategy, missions, open_period, cast):
    indicator = stage.make_indicator("SP1-O1-I5")
    cells = stage.ask_by_sex(indicator)
    stage.assign(indicator, missions["KG"])
    parts = {cells["female"].pk: Amount(value=5), cells["male"].pk: Amount(value=6)}
    saved = type_value(cast.reporter, missions["KG"], open_period, indicator, 12, cells=parts)
    reports.submit_report(revision=saved.revision, user=cast.reporter)
    reports.approve_reports(revisions=[saved.revision], user=cast.officer)
    result = saved.revision.results.get()
    for attempt in (
        lambda: CellValue.objects.filter(result=result).update(value=1),
        lambda: CellValue.objects.filter(result=result).delete(),
        lambda: CellValue.objects.create(result=result, cell=cells["unknown"], value=1),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    assert {c.cell_id: c.value for c in result.cells.all()} == {
        cells["female"].pk: 5,
        cells["male"].pk: 6,
    }


def counting(indicator: Indicator, mission: Mission) -> list[int]:
    rows = IndicatorResult.objects.counting().filter(indicator=indicator, revision__report__mission=mission)
    return [int(r.value) for r in rows]


def test_the_old_revision_counts_until_the_new_one_is_approved(
    approved, indicator, missions, open_period, cast
):
    kg = missions["KG"]
    assert counting(indicator, kg) == [12]
    second = reports.reopen_report(report=approved.report, user=cast.officer, comment="Correct the total")
    assert second.number == 2
    assert [r.value for r in second.results.all()] == [12]
    type_value(cast.reporter, kg, open_period, indicator, 15)
    assert counting(indicator, kg) == [12]
    reports.submit_report(revision=second, user=cast.reporter)
    assert counting(indicator, kg) == [12]
    reports.approve_reports(revisions=[second], user=cast.officer)
    assert counting(indicator, kg) == [15]


def test_a_dropped_revision_leaves_the_old_one_and_the_report_can_be_reopened_again(
    approved, cast, indicator
):
    second = reports.reopen_report(report=approved.report, user=cast.officer, comment="Correct")
    reports.drop_revision(revision=second, user=cast.officer)
    third = reports.reopen_report(report=approved.report, user=cast.officer, comment="Correct after all")
    assert third.number == 3
    assert counting(indicator, approved.report.mission) == [12]


def test_a_first_revision_is_not_dropped(draft, cast):
    with pytest.raises(Refused, match="Only a reopened report"):
        reports.drop_revision(revision=draft, user=cast.officer)


def test_an_open_report_is_not_reopened_again(approved, cast):
    reports.reopen_report(report=approved.report, user=cast.officer, comment="Correct")
    with pytest.raises(Stale, match="open already"):
        reports.reopen_report(report=approved.report, user=cast.second_officer, comment="Correct")


def test_withdrawing_gives_the_revision_before_back_and_needs_a_reason(
    approved, indicator, missions, open_period, cast
):
    kg = missions["KG"]
    second = reports.reopen_report(report=approved.report, user=cast.officer, comment="Correct")
    type_value(cast.reporter, kg, open_period, indicator, 15)
    reports.submit_report(revision=second, user=cast.reporter)
    reports.approve_reports(revisions=[second], user=cast.officer)
    with pytest.raises(Refused, match="Say why"):
        reports.withdraw_figures(revision=second, user=cast.officer, reason="")
    reports.withdraw_figures(revision=second, user=cast.officer, reason="Counted twice")
    assert counting(indicator, kg) == [12]
    with pytest.raises(Stale):
        reports.withdraw_figures(revision=second, user=cast.second_officer, reason="Counted twice")
    reports.withdraw_figures(revision=approved, user=cast.officer, reason="All of it")
    assert counting(indicator, kg) == []


def test_a_report_whose_figures_were_all_withdrawn_can_be_reopened(
    approved, indicator, missions, open_period, cast
):
    reports.withdraw_figures(revision=approved, user=cast.officer, reason="Counted twice")
    second = reports.reopen_report(report=approved.report, user=cast.officer, comment="Count again")
    type_value(cast.reporter, missions["KG"], open_period, indicator, 6)
    reports.submit_report(revision=second, user=cast.reporter)
    reports.approve_reports(revisions=[second], user=cast.officer)
    assert counting(indicator, missions["KG"]) == [6]


def test_what_is_held_back_stays_so_in_the_next_revision_until_it_is_let_go(
    submitted, indicator, missions, open_period, cast
):
    reports.approve_reports(revisions=[submitted], user=cast.officer, hold_back=[indicator.pk])
    second = reports.reopen_report(report=submitted.report, user=cast.officer, comment="Another comment")
    reports.submit_report(revision=second, user=cast.reporter)
    reports.approve_reports(revisions=[second], user=cast.officer)
    assert counting(indicator, missions["KG"]) == []
    third = reports.reopen_report(report=submitted.report, user=cast.officer, comment="It was right")
    reports.submit_report(revision=third, user=cast.reporter)
    reports.approve_reports(revisions=[third], user=cast.officer, hold_back=[])
    assert counting(indicator, missions["KG"]) == [12]


def test_after_a_recall_the_draft_is_the_missions_own_again(submitted, cast):
    assert ReportRevision.objects.readable_by(rights_of(cast.officer)).filter(pk=submitted.pk).exists()
    reports.recall_report(revision=submitted, user=cast.reporter)
    assert not ReportRevision.objects.readable_by(rights_of(cast.officer)).filter(pk=submitted.pk).exists()


def test_a_result_held_back_does_not_count_and_the_one_before_does(
    approved, indicator, missions, open_period, cast
):
    second = reports.reopen_report(report=approved.report, user=cast.officer, comment="Correct")
    type_value(cast.reporter, missions["KG"], open_period, indicator, 1200)
    reports.submit_report(revision=second, user=cast.reporter)
    reports.approve_reports(revisions=[second], user=cast.officer, hold_back=[indicator.pk])
    assert counting(indicator, missions["KG"]) == [12]


# -- The transition table, as the database keeps it ---------------------------------------------------
ALLOWED = {
    ("draft", "submitted"),
    ("returned", "submitted"),
    ("submitted", "draft"),
    ("submitted", "returned"),
    ("submitted", "approved"),
    ("draft", "dropped"),
    ("returned", "dropped"),
}


@pytest.mark.parametrize(("old", "new"), list(product(RevisionStatus.values, repeat=2)))
def test_the_database_lets_a_revision_go_only_where_its_life_goes(old, new, draft, cast):
    """Worked from the page on the life of a report, not from the code's own table."""
    if old == new:
        return
    ways = {
        "draft": [],
        "submitted": ["submitted"],
        "returned": ["submitted", "returned"],
        "approved": ["submitted", "approved"],
        "dropped": ["dropped"],
    }
    rows = ReportRevision.objects.filter(pk=draft.pk)
    for status in ways[old]:
        rows.update(**dressed(status, cast))
    try:
        with transaction.atomic():
            rows.update(**dressed(new, cast))
        went = True
    except DatabaseError:
        went = False
    assert went == ((old, new) in ALLOWED)


def dressed(status: str, cast: Cast) -> dict:
    now = "2024-01-15T10:00:00Z"
    values = {"status": status, "approved_by": None, "approved_at": None}
    if status in ("submitted", "approved"):
        values |= {"submitted_by": cast.reporter, "submitted_at": now}
    if status == "approved":
        values |= {"approved_by": cast.officer, "approved_at": now}
    return values


# -- Windows ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("opens", "due", "closes", "sentence"),
    [(1, 20, 40, "opens on"), (-60, -40, -1, "closed on .* to open it again")],
)
def test_a_window_that_is_not_open_says_which_lock_it_is(
    opens, due, closes, sentence, strategy, missions, indicator, cast
):
    today = date.today()
    period = strategy.periods.get(code="2024-Q4")
    period.opens_on, period.due_on, period.closes_on = (
        today + timedelta(days=n) for n in (opens + (opens > 0), due, closes - (closes < 0))
    )
    period.save()
    with pytest.raises(Refused, match=sentence):
        type_value(cast.reporter, missions["KG"], period, indicator, 1)
    assert not IndicatorResult.objects.exists()


def test_a_submitted_and_an_approved_report_say_so_to_who_writes(
    submitted, cast, missions, open_period, indicator
):
    with pytest.raises(Refused, match="waits for review"):
        type_value(cast.reporter, missions["KG"], open_period, indicator, 13)
    reports.approve_reports(revisions=[submitted], user=cast.officer)
    with pytest.raises(Refused, match=r"approved\. To correct it"):
        type_value(cast.reporter, missions["KG"], open_period, indicator, 13)


def test_every_transition_has_a_word(strategy):
    assert all(step.label for step in Transition)
