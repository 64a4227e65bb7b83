"""How far reports are: given, explained, missing."""

from datetime import date

import pytest

from tests import stage
from tracker.framework.models import Indicator
from tracker.progress.models import (
    IndicatorAssignment,
    IndicatorResult,
    ProgressReport,
    ReportingPeriod,
    ReportRevision,
)
from tracker.progress.rules import Counts
from tracker.progress.services.completeness import count_results, missing_results

pytestmark = pytest.mark.django_db


def period(code: str) -> ReportingPeriod:
    return ReportingPeriod.objects.get(code=code)


def begin(mission, code: str, person) -> ReportRevision:
    report = ProgressReport.objects.create(mission=mission, period=period(code))
    return ReportRevision.objects.create(report=report, number=1, created_by=person)


def say(revision: ReportRevision, indicator: Indicator, value=None, **fields) -> None:
    IndicatorResult.objects.create(revision=revision, indicator=indicator, **stage.amount(value), **fields)


def counts_of(revision: ReportRevision) -> Counts:
    key = (revision.report.mission_id, revision.report.period_id)
    [(found, counts)] = count_results(
        missions=[revision.report.mission], periods=[revision.report.period], revisions={key: revision}
    ).items()
    assert found == key
    return counts


@pytest.fixture
def four(strategy, missions):
    made = [stage.make_indicator(f"SP1-O1-I{n}") for n in range(1, 5)]
    for indicator in made:
        stage.assign(indicator, missions["KG"], missions["TJ"])
    return made


def test_a_zero_and_not_applicable_are_given_a_comment_alone_explains_and_the_rest_is_missing(
    four, missions, cast
):
    draft = begin(missions["KG"], "2024-Q4", cast.reporter)
    say(draft, four[0], 0)
    say(draft, four[1], "na")
    say(draft, four[2], None, comment="The register is lost")
    assert counts_of(draft) == Counts(given=2, explained=1, missing=1)
    assert missing_results(draft) == ["SP1-O1-I4"]
    say(draft, four[3], None)
    assert counts_of(draft) == Counts(given=2, explained=1, missing=1)


def test_of_a_report_that_is_not_begun_all_that_is_due_is_missing_and_what_owes_nothing_is_left_out(
    four, missions
):
    quarter = period("2024-Q4")
    found = count_results(missions=list(missions.values()), periods=[quarter], revisions={})
    assert found == {(missions[code].pk, quarter.pk): Counts(missing=4) for code in ("KG", "TJ")}


def test_what_is_said_without_being_due_counts_as_given_and_covers_for_nothing_that_is_missing(
    strategy, missions, cast
):
    """In Q1 a quarterly indicator alone is due; the others are annual, retired, assigned later, and ended."""
    due = stage.make_indicator("SP1-O1-I1")
    stage.assign(due, missions["KG"])
    annual = stage.make_indicator("SP1-O1-I2", frequency="annual")
    retired = stage.make_indicator("SP1-O1-I3", status="retired")
    stage.assign(annual, missions["KG"])
    stage.assign(retired, missions["KG"])
    later = stage.make_indicator("SP1-O1-I4")
    stage.assign(later, missions["KG"], active_from=date(2022, 1, 1))
    ended = stage.make_indicator("SP1-O1-I5")
    stage.assign(ended, missions["KG"], active_to=date(2020, 12, 31))
    draft = begin(missions["KG"], "2021-Q1", cast.reporter)
    for indicator in (annual, retired, later, ended):
        say(draft, indicator, 5)
    assert counts_of(draft) == Counts(given=4, missing=1)
    assert missing_results(draft) == ["SP1-O1-I1"]
    say(draft, due, 1)
    assert counts_of(draft) == Counts(given=5)


def test_an_assignment_that_was_withdrawn_is_no_reason_to_be_due(four, missions, cast):
    IndicatorAssignment.objects.filter(indicator__in=four[1:]).update(withdrawn_at="2024-01-01T00:00Z")
    draft = begin(missions["KG"], "2024-Q4", cast.reporter)
    say(draft, four[1], 7)
    assert counts_of(draft) == Counts(given=1, missing=1)


def test_a_half_year_or_a_year_answers_the_quarters_before_that_it_speaks_for(four, missions, cast):
    """The year of one and the half-year of another are kept in Q4; a third says something of its own in Q3."""
    annual = stage.make_indicator("SP1-O1-I5", frequency="semi_annual")
    stage.assign(annual, missions["KG"])
    wide = begin(missions["KG"], "2024-Q4", cast.reporter)
    say(wide, four[0], 10, covers=4)
    say(wide, four[1], 10, covers=2)
    say(wide, annual, 10, covers=4)
    third, first = (begin(missions["KG"], code, cast.reporter) for code in ("2024-Q3", "2024-Q1"))
    say(third, four[1], None, comment="In the half-year")
    say(third, four[2], 3)
    # Q4 itself: I1, I2 and I5 are given, I3 and I4 are missing.
    assert counts_of(wide) == Counts(given=3, missing=2)
    # Q3: I1 by the year; I2 explained; I3 given; I4 missing. I5 falls due in Q2 and Q4 alone.
    assert counts_of(third) == Counts(given=2, explained=1, missing=1)
    assert missing_results(third) == ["SP1-O1-I4"]
    # Q1: only the year speaks for it.
    assert counts_of(first) == Counts(given=1, missing=3)
    assert missing_results(first) == ["SP1-O1-I2", "SP1-O1-I3", "SP1-O1-I4"]
    # Nobody else's, and not a report that was given up.
    assert missing_results(begin(missions["TJ"], "2024-Q1", cast.stranger)) == [i.code for i in four]
    wide.status = "dropped"
    wide.save()
    assert counts_of(first) == Counts(missing=4)
    # A report that is not begun is answered too.
    say(begin(missions["TJ"], "2023-Q4", cast.stranger), four[3], 5, covers=4)
    found = count_results(missions=[missions["TJ"]], periods=[period("2023-Q2")], revisions={})
    assert list(found.values()) == [Counts(given=1, missing=3)]


def test_counting_takes_as_many_statements_for_one_report_as_for_twenty(
    four, strategy, missions, cast, django_assert_num_queries
):
    periods = list(strategy.periods.all())
    revisions = {}
    for each in periods:
        revision = begin(missions["KG"], each.code, cast.reporter)
        say(revision, four[0], 1)
        revisions[missions["KG"].pk, each.pk] = revision
    with django_assert_num_queries(3):
        one = count_results(missions=[missions["KG"]], periods=periods[:1], revisions={
            key: revision for key, revision in revisions.items() if key[1] == periods[0].pk
        })  # fmt: skip
    with django_assert_num_queries(3):
        every = count_results(missions=[missions["KG"]], periods=periods, revisions=revisions)
    assert one == {(missions["KG"].pk, periods[0].pk): Counts(given=1, missing=3)}
    assert set(every.values()) == {Counts(given=1, missing=3)}
    assert len(every) == 20
