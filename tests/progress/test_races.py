"""Two people at the same instant: one wins, the other is told, and nothing is half-written."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from tests import stage
from tracker.common.errors import Refused, Stale
from tracker.progress.models import Extension, IndicatorResult, ProgressReport, ReportRevision, ReviewEvent
from tracker.progress.rules import Amount, Entry
from tracker.progress.services import corrections, extensions, reports, results
from tracker.progress.services.results import Typed, fingerprint

pytestmark = pytest.mark.django_db(transaction=True)

TIMES = 5


@pytest.fixture
def indicator(strategy, missions):
    made = stage.make_indicator()
    stage.assign(made, missions["KG"])
    return made


def together(*acts: Callable[[], object]) -> list[object]:
    """Start all of them at once, each on a connection of its own; what each gave back, or its refusal."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        barrier.wait()
        try:
            return act()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def save(person, mission, period, indicator, value, over=None):
    typed = {indicator.pk: Typed(Entry(Amount(value)), fingerprint(Entry(Amount(over))))}
    return results.save_results(mission=mission, period=period, user=person, typed=typed)


def test_of_two_officers_who_approve_and_return_one_wins(indicator, missions, open_period, cast):
    revision = save(cast.reporter, missions["KG"], open_period, indicator, 1).revision
    for _ in range(TIMES):
        reports.submit_report(revision=revision, user=cast.reporter)
        outcomes = together(
            lambda: reports.return_report(revision=revision, user=cast.officer, comment="Look again"),
            lambda: reports.return_report(revision=revision, user=cast.head, comment="Look again, please"),
        )
        assert sorted(type(o).__name__ for o in outcomes) == ["NoneType", "Stale"]
    assert revision.review_events.filter(transition="return").count() == TIMES
    reports.submit_report(revision=revision, user=cast.reporter)
    outcomes = together(
        lambda: reports.approve_reports(revisions=[revision], user=cast.officer),
        lambda: reports.return_report(revision=revision, user=cast.head, comment="Look again"),
    )
    assert [isinstance(o, Stale) for o in outcomes].count(True) == 1
    revision.refresh_from_db()
    last = revision.review_events.last()
    assert (last.to_status, last.from_status) == (revision.status, "submitted")


def test_two_colleagues_who_begin_at_once_share_one_report(indicator, missions, open_period, cast):
    other = stage.make_indicator("SP1-O1-I2")
    stage.assign(other, missions["KG"])
    together(
        lambda: save(cast.reporter, missions["KG"], open_period, indicator, 1),
        lambda: save(cast.colleague, missions["KG"], open_period, other, 2),
    )
    assert ProgressReport.objects.count() == 1
    assert ReportRevision.objects.count() == 1
    assert sorted(r.value for r in IndicatorResult.objects.all()) == [1, 2]


def test_a_save_while_the_report_is_approved_is_refused_or_came_first(indicator, missions, open_period, cast):
    revision = save(cast.reporter, missions["KG"], open_period, indicator, 1).revision
    reports.submit_report(revision=revision, user=cast.reporter)
    saved, approved = together(
        lambda: save(cast.colleague, missions["KG"], open_period, indicator, 2, over=1),
        lambda: reports.approve_reports(revisions=[revision], user=cast.officer),
    )
    assert isinstance(saved, Refused)
    assert approved == 1
    assert IndicatorResult.objects.get().value == 1


def test_of_two_officers_who_reopen_one_wins(indicator, missions, open_period, cast):
    revision = save(cast.reporter, missions["KG"], open_period, indicator, 1).revision
    reports.submit_report(revision=revision, user=cast.reporter)
    reports.approve_reports(revisions=[revision], user=cast.officer)
    outcomes = together(
        lambda: reports.reopen_report(report=revision.report, user=cast.officer, comment="Correct"),
        lambda: reports.reopen_report(report=revision.report, user=cast.head, comment="Correct"),
    )
    assert sorted(type(o).__name__ for o in outcomes) == ["ReportRevision", "Stale"]
    assert ReportRevision.objects.count() == 2


def test_two_writers_of_one_cell_never_overwrite_each_other_silently(indicator, missions, open_period, cast):
    save(cast.reporter, missions["KG"], open_period, indicator, 1)
    for round_ in range(TIMES):
        shown = IndicatorResult.objects.get().value
        first, second = together(
            lambda over=shown, n=round_: save(
                cast.reporter, missions["KG"], open_period, indicator, 100 + n, over
            ),
            lambda over=shown, n=round_: save(
                cast.colleague, missions["KG"], open_period, indicator, 200 + n, over
            ),
        )
        assert sorted([len(first.saved), len(second.saved)]) == [0, 1]
        loser = first if not first.saved else second
        assert loser.conflicts[indicator.pk].theirs.value == IndicatorResult.objects.get().value


def test_of_two_officers_who_extend_at_once_one_wins(indicator, missions, open_period, cast):
    def grant(person, days, replaces=None):
        return extensions.grant_extension(
            mission=missions["KG"],
            period=open_period,
            until=open_period.closes_on + timedelta(days=days),
            reason="Flood",
            user=person,
            replaces=replaces,
        )

    # The first extension, which nothing stands in the way of but the database.
    outcomes = together(lambda: grant(cast.officer, 1), lambda: grant(cast.head, 2))
    assert sorted(type(o).__name__ for o in outcomes) == ["Extension", "Stale"]
    # A double click.
    seen = Extension.objects.in_force().get().pk
    first, second = together(lambda: grant(cast.officer, 3, seen), lambda: grant(cast.officer, 3, seen))
    held = Extension.objects.in_force().get()
    assert held.until == open_period.closes_on + timedelta(days=3)
    assert first == second == held
    assert Extension.objects.count() == 2


def test_an_extension_comes_before_a_submission_or_meets_it(indicator, missions, open_period, cast):
    revision = save(cast.reporter, missions["KG"], open_period, indicator, 1).revision
    for days in range(1, TIMES + 1):
        until = open_period.closes_on + timedelta(days=days)
        held = Extension.objects.in_force().values_list("pk", flat=True).first()
        granted, submitted = together(
            lambda until=until, held=held: extensions.grant_extension(
                mission=missions["KG"],
                period=open_period,
                until=until,
                reason="Flood",
                user=cast.officer,
                replaces=held,
            ),
            lambda: reports.submit_report(revision=revision, user=cast.reporter),
        )
        assert submitted is None
        at = revision.review_events.filter(transition="submit").latest("at").at
        if isinstance(granted, Extension):
            assert granted.granted_at <= at
        else:
            assert isinstance(granted, Refused)
            assert "has submitted its report" in str(granted)
        reports.recall_report(revision=revision, user=cast.reporter)


def test_of_two_colleagues_who_ask_for_a_correction_at_once_one_is_told(
    indicator, missions, open_period, cast
):
    revision = save(cast.reporter, missions["KG"], open_period, indicator, 1).revision
    reports.submit_report(revision=revision, user=cast.reporter)
    reports.approve_reports(revisions=[revision], user=cast.officer)

    def ask(person):
        return corrections.ask_for_correction(revision=revision, user=person, comment="Recount")

    outcomes = together(lambda: ask(cast.reporter), lambda: ask(cast.colleague))
    assert sorted(type(o).__name__ for o in outcomes) == ["ReviewEvent", "Stale"]
    [asked] = ReviewEvent.objects.open_asks()
    declined, reopened = together(
        lambda: corrections.decline_correction(asked=asked, user=cast.officer, comment="No"),
        lambda: reports.reopen_report(report=revision.report, user=cast.head, comment="Yes"),
    )
    assert isinstance(reopened, ReportRevision)
    assert isinstance(declined, ReviewEvent | Stale)
    assert not ReviewEvent.objects.open_asks().exists()
