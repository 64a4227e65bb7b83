"""The questions about the results of a report: against what its mission has handed in, whatever its own state."""

from typing import Any

import pytest

from tests import stage
from tracker.analysis.flags import find_questions
from tracker.framework.models import Indicator, Strategy
from tracker.progress.models import IndicatorResult, ProgressReport, ReportingPeriod, ReportRevision, Target

pytestmark = pytest.mark.django_db


@pytest.fixture
def flow(strategy, missions) -> Indicator:
    indicator = stage.make_indicator()
    stage.assign(indicator, missions["KG"], missions["TJ"])
    Target.objects.create(indicator=indicator, mission=missions["KG"], due_on="2024-12-31", value=100)
    return indicator


def draft(mission, period: str, values: dict[Indicator, Any], *, person, comment: str = "") -> ReportRevision:
    report = ProgressReport.objects.create(
        mission=mission, period=ReportingPeriod.objects.get(code=period, strategy__is_current=True)
    )
    revision = ReportRevision.objects.create(report=report, number=1, created_by=person)
    for indicator, value in values.items():
        IndicatorResult.objects.create(
            revision=revision, indicator=indicator, entered_by=person, comment=comment, **stage.amount(value)
        )
    return revision


def kinds_of(*revisions: ReportRevision) -> dict[int, dict[str, list[str]]]:
    found = find_questions(strategy=Strategy.objects.get(), revisions=[one.pk for one in revisions])
    codes = dict(Indicator.objects.values_list("pk", "code"))
    return {
        pk: {codes[indicator]: [flag.kind for flag in flags] for indicator, flags in of_revision.items()}
        for pk, of_revision in found.items()
    }


def test_a_draft_is_asked_about_as_if_it_were_handed_in(flow, missions, cast) -> None:
    for period in ("2020-Q1", "2020-Q2"):
        stage.approve(missions["KG"], period, {flow: 5}, reporter=cast.reporter, officer=cast.officer)
    # 5 + 5 + 50 = 60 of 100 by the end of 2024, expected by then 15: more than on course.
    revision = draft(missions["KG"], "2020-Q3", {flow: 50}, person=cast.reporter)
    assert kinds_of(revision) == {revision.pk: {flow.code: ["jump"]}}
    IndicatorResult.objects.filter(revision=revision).update(value=5)
    assert kinds_of(revision) == {revision.pk: {flow.code: ["repeated"]}}
    IndicatorResult.objects.filter(revision=revision).update(value=141)
    assert kinds_of(revision) == {revision.pk: {flow.code: ["jump", "beyond"]}}
    IndicatorResult.objects.filter(revision=revision).update(value=6)
    assert kinds_of(revision) == {}


def test_what_another_mission_or_a_later_report_says_does_not_matter(flow, missions, cast) -> None:
    stage.approve(missions["TJ"], "2020-Q1", {flow: 1}, reporter=cast.stranger, officer=cast.officer)
    stage.approve(missions["KG"], "2020-Q3", {flow: 1}, reporter=cast.reporter, officer=cast.officer)
    revision = draft(missions["KG"], "2020-Q2", {flow: 30}, person=cast.reporter)
    assert kinds_of(revision) == {}


def test_off_track_asks_for_a_word_of_why(flow, missions, cast) -> None:
    silent = draft(missions["KG"], "2022-Q4", {flow: 5}, person=cast.reporter)
    assert kinds_of(silent) == {silent.pk: {flow.code: ["off_track_unexplained"]}}
    IndicatorResult.objects.filter(revision=silent).update(comment="The border was closed.")
    assert kinds_of(silent) == {}


def test_approved_history_is_not_asked_about_jumps(flow, missions, cast) -> None:
    stage.approve(missions["TJ"], "2020-Q1", {flow: 5}, reporter=cast.stranger, officer=cast.officer)
    revision = draft(missions["TJ"], "2020-Q2", {flow: 500}, person=cast.stranger)
    assert kinds_of(revision) == {revision.pk: {flow.code: ["jump"]}}
    IndicatorResult.objects.filter(revision=revision).update(origin="historical")
    assert kinds_of(revision) == {}


def test_a_value_beside_the_due_periods_is_held_against_those_before(strategy, missions, cast) -> None:
    yearly = stage.make_indicator("SP1-O1-I2", period_rule="latest", frequency="annual", never_falls=True)
    stage.assign(yearly, missions["KG"])
    stage.approve(missions["KG"], "2020-Q4", {yearly: 9}, reporter=cast.reporter, officer=cast.officer)
    revision = draft(missions["KG"], "2021-Q2", {yearly: 8}, person=cast.reporter)
    assert kinds_of(revision) == {revision.pk: {yearly.code: ["falls"]}}


def test_many_reports_take_the_statements_of_one(flow, missions, cast, django_assert_num_queries) -> None:
    made = [
        draft(missions["KG"], f"{year}-Q{quarter}", {flow: 5}, person=cast.reporter)
        for year in (2020, 2021, 2022)
        for quarter in (1, 2, 3, 4)
    ]
    strategy = Strategy.objects.get()
    for revisions in (made[:1], made):
        with django_assert_num_queries(4):
            find_questions(strategy=strategy, revisions=[one.pk for one in revisions])
    assert kinds_of(*made)[made[2].pk] == {flow.code: ["repeated"]}
    assert find_questions(strategy=Strategy.objects.get(), revisions=[]) == {}
