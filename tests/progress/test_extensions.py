"""More time for one mission's report: granted, withdrawn, and what it opens."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests import stage
from tracker.common.errors import NotAllowed, Refused, Stale
from tracker.framework.models import Indicator
from tracker.progress.models import Extension, ReportingPeriod, ReviewEvent
from tracker.progress.rules import Amount, Entry, Timeliness
from tracker.progress.services import reports, results
from tracker.progress.services.due import read_first_submissions, read_states
from tracker.progress.services.extensions import grant_extension, withdraw_extension
from tracker.progress.services.locks import lock_on
from tracker.progress.services.results import Typed

WHY = "The register was down"
TODAY = stage.today()
NEXT_WEEK = TODAY + timedelta(days=7)


@pytest.fixture
def kg(missions, strategy):
    indicator = stage.make_indicator()
    stage.assign(indicator, missions["KG"], missions["TJ"])
    return missions["KG"]


@pytest.fixture
def closed(strategy) -> ReportingPeriod:
    """Due on 20 Jan 2025 and closed since 9 Feb 2025."""
    return ReportingPeriod.objects.get(code="2024-Q4")


def grant(kg, closed, cast, **fields) -> Extension:
    said = {"until": NEXT_WEEK, "reason": WHY, "user": cast.officer, **fields}
    return grant_extension(mission=kg, period=closed, **said)


def write(mission, period, person, value=5):
    typed = {Indicator.objects.get().pk: Typed(Entry(Amount(Decimal(value))))}
    return results.save_results(mission=mission, period=period, user=person, typed=typed).revision


def test_an_extension_opens_a_closed_window_for_one_mission_alone(kg, closed, missions, cast):
    with pytest.raises(Refused, match="closed on 9 Feb 2025"):
        write(kg, closed, cast.reporter)
    grant(kg, closed, cast)
    revision = write(kg, closed, cast.reporter)
    reports.submit_report(revision=revision, user=cast.reporter)
    assert lock_on(mission=missions["TJ"], period=closed, revision=None) is not None
    with pytest.raises(Refused, match="closed on 9 Feb 2025"):
        write(missions["TJ"], closed, cast.stranger)


def test_who_meets_a_lock_is_told_the_officers_by_name(kg, closed, cast):
    with pytest.raises(Refused, match=r"Ask Head, Officer or Second\.Officer to open it again\."):
        write(kg, closed, cast.reporter)


def test_without_officers_it_is_the_contact_of_the_installation(kg, closed, cast, settings):
    settings.CONTACT_EMAIL = "mande@example.org"
    for person in (cast.officer, cast.second_officer, cast.head):
        person.memberships.update(ends_on=date(2020, 1, 1))
    with pytest.raises(Refused, match=r"Ask mande@example\.org to open it again"):
        write(kg, closed, cast.reporter)


def test_once_it_has_ended_the_lock_says_so(kg, closed, cast):
    granted = grant(kg, closed, cast)
    until = TODAY - timedelta(days=1)
    Extension.objects.filter(pk=granted.pk).update(withdrawn_at=timezone.now(), withdrawn_by=cast.officer)
    Extension.objects.create(mission=kg, period=closed, until=until, reason=WHY, granted_by=cast.officer)
    with pytest.raises(Refused, match=r"The extension for Q4 2024 ended on .+ Ask .+ for another one"):
        write(kg, closed, cast.reporter)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"reason": "  "}, "Say why"),
        ({"until": TODAY - timedelta(days=1)}, "has passed"),
        ({"until": TODAY + timedelta(days=400)}, "more than a year ahead"),
    ],
)
def test_what_makes_no_sense_is_refused(kg, closed, cast, fields, sentence):
    with pytest.raises(Refused, match=sentence):
        grant(kg, closed, cast, **fields)
    assert not Extension.objects.exists()


def test_an_extension_ends_after_the_due_date(kg, open_period, cast):
    with pytest.raises(Refused, match="An extension ends after that day"):
        grant(kg, open_period, cast, until=open_period.due_on)
    granted = grant(kg, open_period, cast, until=open_period.due_on + timedelta(days=1))
    state = read_states(missions=[kg], periods=[open_period])[kg.pk, open_period.pk]
    assert (state.deadline, state.is_extended, state.is_open) == (granted.until, True, True)
    with pytest.raises(IntegrityError, match="ends before the report is due"), transaction.atomic():
        Extension.objects.create(
            mission=kg,
            period=ReportingPeriod.objects.get(code="2024-Q3"),
            until=date(2024, 10, 20),
            reason=WHY,
            granted_by=cast.officer,
        )


def test_officers_grant_and_nobody_else(kg, closed, cast):
    for person in (cast.administrator, cast.lead, cast.viewer):
        with pytest.raises(NotAllowed):
            grant(kg, closed, cast, user=person)
    granted = grant(kg, closed, cast, user=cast.head)
    with pytest.raises(NotAllowed):
        withdraw_extension(extension=granted, user=cast.administrator)


def test_where_nothing_is_due_there_is_nothing_to_extend(kg, closed, missions, cast):
    with pytest.raises(Refused, match="Nothing is due from Israel"):
        grant(missions["IL"], closed, cast)


def test_what_is_handed_in_is_returned_or_reopened_instead(kg, open_period, cast):
    until = open_period.closes_on + timedelta(days=5)
    revision = write(kg, open_period, cast.reporter)
    reports.submit_report(revision=revision, user=cast.reporter)
    with pytest.raises(
        Refused, match=r"has submitted its report for Q4 2024\. To have it written on, return it"
    ):
        grant(kg, open_period, cast, until=until)
    reports.approve_reports(revisions=[revision], user=cast.officer)
    with pytest.raises(Refused, match=r"is approved\. To have it corrected, reopen it"):
        grant(kg, open_period, cast, until=until)
    # Reopened, it is with the mission again, and may be given more time than its answer-by date.
    reports.reopen_report(report=revision.report, user=cast.officer, comment="Recount")
    grant(kg, open_period, cast, until=until)
    state = read_states(missions=[kg], periods=[open_period])[kg.pk, open_period.pk]
    assert state.deadline == until


def test_another_one_takes_the_place_of_the_first_and_the_same_twice_is_once(kg, closed, cast):
    first = grant(kg, closed, cast)
    assert grant(kg, closed, cast) == first
    fortnight = {"until": NEXT_WEEK + timedelta(days=7), "user": cast.second_officer}
    with pytest.raises(Stale, match="granted, replaced or withdrawn meanwhile"):
        grant(kg, closed, cast, **fortnight)  # by who saw none
    second = grant(kg, closed, cast, **fortnight, replaces=first.pk)
    first.refresh_from_db()
    assert (first.withdrawn_by, second.withdrawn_at) == (cast.second_officer, None)
    assert lock_on(mission=kg, period=closed, revision=None) is None


def test_what_is_withdrawn_holds_no_more(kg, closed, cast):
    granted = grant(kg, closed, cast)
    assert withdraw_extension(extension=granted, user=cast.officer) is True
    assert withdraw_extension(extension=granted, user=cast.officer) is False
    with pytest.raises(Stale, match="withdrawn or replaced"):
        withdraw_extension(extension=granted, user=cast.head)
    with pytest.raises(Refused, match="closed on 9 Feb 2025"):
        write(kg, closed, cast.reporter)


@pytest.mark.parametrize("change", [{"until": date(2030, 1, 1)}, {"reason": "Another"}])
def test_what_was_granted_is_never_rewritten_or_deleted(kg, closed, cast, change):
    granted = grant(kg, closed, cast)
    for act in (lambda: Extension.objects.update(**change), lambda: granted.delete()):
        with pytest.raises(Exception, match=r"(?i)cannot (update|delete)"), transaction.atomic():
            act()


def test_late_is_on_time_under_the_extension_that_held_when_it_was_handed_in(kg, closed, cast):
    granted = grant(kg, closed, cast)
    revision = write(kg, closed, cast.reporter)
    reports.submit_report(revision=revision, user=cast.reporter)
    [revision] = reports.read_revisions([revision.pk])
    assert read_first_submissions([revision])[revision.report_id].timeliness is Timeliness.UNDER_EXTENSION
    # Withdrawn afterwards, it had held; granted afterwards, it would not have.
    withdraw_extension(extension=granted, user=cast.officer)
    found = read_first_submissions([revision])[revision.report_id]
    assert (found.timeliness, found.said) == (Timeliness.UNDER_EXTENSION, "on time under extension")


@pytest.mark.parametrize(
    ("utc", "on", "judged"),
    [
        # Bishkek is six hours ahead: the due day ends there at 18:00 UTC.
        (datetime(2025, 1, 20, 17, 59, tzinfo=UTC), date(2025, 1, 20), Timeliness.ON_TIME),
        (datetime(2025, 1, 20, 18, 0, tzinfo=UTC), date(2025, 1, 21), Timeliness.LATE),
    ],
)
def test_on_time_goes_by_the_missions_own_clock(kg, closed, cast, utc, on, judged):
    grant(kg, closed, cast)
    revision = write(kg, closed, cast.reporter)
    Extension.objects.update(withdrawn_at=timezone.now(), withdrawn_by=cast.officer)
    ReviewEvent.objects.create(
        revision=revision,
        transition="submit",
        from_status="draft",
        to_status="submitted",
        actor=cast.reporter,
        at=utc,
    )
    [revision] = reports.read_revisions([revision.pk])
    found = read_first_submissions([revision])[revision.report_id]
    assert (found.on, found.timeliness) == (on, judged)


def test_a_returned_report_is_open_to_the_end_of_its_answer_by_day_by_the_missions_clock(
    kg, missions, open_period, cast, monkeypatch
):
    """Returned with an answer by 10 Mar 2027, when its window has long closed."""
    revision = write(kg, open_period, cast.reporter)
    reports.submit_report(revision=revision, user=cast.reporter)
    reports.return_report(revision=revision, user=cast.officer, comment="Look again")
    type(revision).objects.filter(pk=revision.pk).update(answer_by=date(2027, 3, 10))
    revision.refresh_from_db()
    ReportingPeriod.objects.filter(pk=open_period.pk).update(
        opens_on=date(2026, 1, 1), due_on=date(2026, 1, 2), closes_on=date(2026, 1, 3)
    )
    open_period.refresh_from_db()
    # Its last minute in Bishkek is 17:59 UTC; in Vienna, where the server is, the day goes on.
    for moment, is_open in (
        (datetime(2027, 3, 9, 18, 0, tzinfo=UTC), True),
        (datetime(2027, 3, 10, 17, 59, tzinfo=UTC), True),
        (datetime(2027, 3, 10, 18, 0, tzinfo=UTC), False),
    ):
        monkeypatch.setattr("django.utils.timezone.now", lambda moment=moment: moment)
        assert (lock_on(mission=kg, period=open_period, revision=revision) is None) is is_open


def test_as_many_statements_for_one_mission_and_period_as_for_all(
    kg, closed, missions, strategy, cast, django_assert_num_queries
):
    grant(kg, closed, cast)
    with django_assert_num_queries(2):
        read_states(missions=[kg], periods=[closed])
    everyone, periods = list(missions.values()), list(strategy.periods.all())
    with django_assert_num_queries(2):
        assert len(read_states(missions=everyone, periods=periods)) == 80
