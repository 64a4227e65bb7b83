"""The recount finds nothing where nothing is wrong, and names the row that was changed behind the history's back."""

import json
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.db.models import Model

from tests import stage
from tests.analysis import frameworks
from tests.analysis.frameworks import CASES
from tests.analysis.loading import load
from tracker.analysis import services, tasks
from tracker.analysis.models import Recount
from tracker.analysis.recount import altered
from tracker.analysis.recount.recounting import Outcome, recount
from tracker.common.history import last_rows
from tracker.common.jobs.models import Job
from tracker.common.jobs.running import run_job
from tracker.framework.models import Strategy
from tracker.progress.models import (
    CellValue,
    IndicatorAssignment,
    IndicatorResult,
    ReportingPeriod,
    ReportRevision,
    Target,
)
from tracker.region.models import Country

pytestmark = pytest.mark.django_db


def alter(model: type[Model], sql: str, values: Any = None) -> None:
    """Change rows unseen by any trigger, as someone may who owns the tables."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(sql, values)
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.fixture
def region() -> dict[str, Any]:
    """Kyrgyzstan reports 100, 80, 90, 90 in 2020 and Tajikistan 10 in its last quarter, 4 of them men; to reach 400
    and 50 from nothing.
    """
    strategy, missions = stage.make_strategy(), stage.make_missions()
    strategy.is_current = True
    strategy.save()
    cast = stage.make_cast(missions)
    indicator = stage.make_indicator("SP1-O1-I1")
    cells = stage.ask_by_sex(indicator)
    stage.assign(indicator, missions["KG"], missions["TJ"], active_from=strategy.starts_on)
    for code, level in (("KG", 400), ("TJ", 50)):
        Target.objects.create(
            indicator=indicator,
            mission=missions[code],
            due_on=datetime(2020, 12, 31, tzinfo=UTC),
            value=level,
        )
    people = {"reporter": cast["reporter"], "officer": cast["officer"]}
    for period, value in (("2020-Q1", 100), ("2020-Q2", 80), ("2020-Q3", 90), ("2020-Q4", 90)):
        stage.approve(missions["KG"], period, {indicator: value}, **people)
    stage.approve(missions["TJ"], "2020-Q4", {indicator: 10}, **people)
    return {"strategy": strategy, "indicator": indicator, "missions": missions, "cells": cells}


def result_of(mission: str, period: str) -> int:
    return IndicatorResult.objects.get(
        revision__report__mission__code=mission, revision__report__period__code=period
    ).pk


def shown(outcome: Outcome) -> set[tuple[str, str, str, str]]:
    return {
        (one.place, one.figure, str(one.engine), str(one.recount))
        for each in outcome.disputed
        for one in each.differences
    }


def test_where_nothing_is_wrong_nothing_is_found_in_every_period(region) -> None:
    outcome = recount(strategy=region["strategy"])
    assert outcome.is_clean
    assert len(outcome.periods) == ReportingPeriod.objects.filter(strategy=region["strategy"]).count()


def test_every_worked_case_is_counted_alike() -> None:
    loaded = load([frameworks.framework_of(case) for case in CASES])
    outcome = recount(strategy=loaded.strategy)
    assert (outcome.disputed, outcome.altered.total) == ([], 0)
    assert outcome.figures > 10_000


def test_a_result_changed_behind_the_history_is_named_with_the_figures_it_moves(region) -> None:
    changed = result_of("KG", "2020-Q3")
    alter(IndicatorResult, "UPDATE tracker_indicatorresult SET value = 900 WHERE id = %s", [changed])
    period = ReportingPeriod.objects.get(code="2020-Q4", strategy=region["strategy"]).number
    outcome = recount(strategy=region["strategy"], periods=[period])
    # 360 by Kyrgyzstan and 10 by Tajikistan; 810 more by the row that was changed.
    assert {("KG", "value", "1170", "360"), ("REGION", "value", "1180", "370")} <= {
        (place, figure, str(int(float(engine))), str(int(float(counted))))
        for place, figure, engine, counted in shown(outcome)
        if figure == "value"
    }
    [altered] = outcome.altered.rows
    assert (altered.model, altered.pk, altered.columns) == (IndicatorResult, changed, ["value"])
    assert (altered.in_table["value"], altered.in_history["value"]) == (900, 90)


@pytest.mark.parametrize(
    ("sql", "model", "state"),
    [
        ("DELETE FROM tracker_indicatorresult WHERE id = {result}", IndicatorResult, "deleted"),
        (
            "UPDATE tracker_indicatorresult SET held_back = true WHERE id = {result}",
            IndicatorResult,
            "changed",
        ),
        (
            "UPDATE tracker_reportrevision SET withdrawn_at = now(), withdrawn_reason = 'none', "
            "withdrawn_by_id = approved_by_id WHERE id = "
            "(SELECT revision_id FROM tracker_indicatorresult WHERE id = {result})",
            ReportRevision,
            "changed",
        ),
        ("UPDATE tracker_target SET value = 1000 WHERE value = 400", Target, "changed"),
        (
            "INSERT INTO tracker_target (indicator_id, mission_id, due_on, value, basis, recorded_at, reason) "
            "SELECT indicator_id, mission_id, '2020-06-30', 300, basis, now(), '' FROM tracker_target "
            "WHERE value = 400",
            Target,
            "added",
        ),
        (
            "UPDATE tracker_indicatorassignment SET active_from = '2020-07-01'",
            IndicatorAssignment,
            "changed",
        ),
        ("UPDATE tracker_strategy SET on_track_from = 0.99, at_risk_from = 0.98", Strategy, "changed"),
        ("UPDATE tracker_country SET subregion = 'western_balkans' WHERE iso2 = 'KG'", Country, "changed"),
    ],
)
def test_whatever_row_was_altered_is_found(region, sql: str, model: type[Model], state: str) -> None:
    alter(model, sql.format(result=result_of("KG", "2020-Q4")))
    call_recount(expected=1)
    kept = Recount.objects.get()
    rows = [row for row in kept.findings["altered"] if row["table"] == model._meta.model_name]
    assert {row["state"] for row in rows} == {state}
    assert kept.altered == len(kept.findings["altered"]) == len(rows)


def test_a_cell_altered_behind_the_history_is_found_with_its_indicator(region) -> None:
    result = IndicatorResult.objects.get(pk=result_of("KG", "2020-Q4"))
    male = region["cells"]["male"]
    alter(
        CellValue,
        "INSERT INTO tracker_cellvalue (result_id, cell_id, value) VALUES (%s, %s, 7)",
        [result.pk, male.pk],
    )
    outcome = recount(strategy=region["strategy"])
    [disputed] = outcome.disputed
    assert {one.place for one in disputed.differences} >= {"KG", "REGION"}
    assert {one.figure for one in disputed.differences} == {f"cell {male.pk}"}
    [altered] = outcome.altered.rows
    assert altered.model is CellValue
    call_recount(expected=1)
    [row] = Recount.objects.get().findings["altered"]
    assert (row["indicator"], row["mission"], row["period"], row["state"]) == (
        "SP1-O1-I1",
        "KG",
        "2020-Q4",
        "added",
    )


def test_what_is_not_in_figures_is_not_compared_but_found_all_the_same(region) -> None:
    """A comment moves no figure, and yet nobody may change it unseen."""
    alter(IndicatorResult, "UPDATE tracker_indicatorresult SET comment = 'unseen' WHERE value = 10")
    outcome = recount(strategy=region["strategy"])
    assert not outcome.disputed
    assert [one.columns for one in outcome.altered.rows] == [["comment"]]


def test_of_a_table_altered_as_a_whole_all_rows_are_counted_and_the_first_named(region, monkeypatch) -> None:
    monkeypatch.setattr(altered, "MOST", 3)
    alter(IndicatorResult, "UPDATE tracker_indicatorresult SET value = value + 1")
    found = recount(strategy=region["strategy"]).altered
    assert (found.total, len(found.rows)) == (5, 3)


def test_a_row_that_was_deleted_in_the_open_is_remembered_as_gone(region) -> None:
    report = ReportRevision.objects.get(report__mission__code="TJ", report__period__code="2020-Q4").report
    draft = ReportRevision.objects.create(
        report=report, number=2, created_by=report.revisions.get().created_by
    )
    extra = IndicatorResult.objects.create(
        revision=draft, indicator=region["indicator"], entered_by=draft.created_by, value=5
    )
    pk = extra.pk
    extra.delete()
    assert pk not in [pk for (pk,) in last_rows(IndicatorResult, ["id"])]
    assert recount(strategy=region["strategy"]).is_clean


# The command ---------------------------------------------------------------------------------------


def call_recount(*arguments: str, expected: int) -> str:
    out = StringIO()
    if expected:
        with pytest.raises(SystemExit) as ended:
            call_command("recount", *arguments, stdout=out)
        assert ended.value.code == expected
    else:
        call_command("recount", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_says_that_all_is_well_and_keeps_it(region) -> None:
    assert "0 differences; 0 rows" in call_recount("--period", "2020-Q4", expected=0)
    kept = Recount.objects.get()
    assert (kept.is_clean, kept.periods, kept.job) == (True, 1, None)
    assert kept.ended_at is not None
    assert kept.ended_at > kept.begun_at


def test_the_command_names_the_row_and_what_it_said(region) -> None:
    changed = result_of("KG", "2020-Q3")
    alter(IndicatorResult, "UPDATE tracker_indicatorresult SET value = 900 WHERE id = %s", [changed])
    told = call_recount(expected=1)
    assert f"row concerned: indicatorresult {changed} (SP1-O1-I1 KG 2020-Q3, changed)" in told
    assert "value: 900.000000 in the table, 90.000000 in the history" in told
    found = json.loads(call_recount("--json", expected=1))
    assert (found["altered"], found["findings"]["indicators"][0]["indicator"]) == (1, "SP1-O1-I1")
    assert found["differences"] == found["findings"]["indicators"][0]["count"]


def test_the_command_refuses_a_period_that_is_not_there(region) -> None:
    with pytest.raises(CommandError, match="There is no period 2031-Q1"):
        call_command("recount", "--period", "2031-Q1")


def test_the_command_says_that_there_is_no_strategy() -> None:
    with pytest.raises(CommandError, match="load_strategy"):
        call_command("recount")


# The job -------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_every_night_each_strategy_is_recounted_by_a_job(region) -> None:
    assert services.plan_recounts() == 1
    planned = Recount.objects.get()
    assert (planned.ended_at, planned.job.status) == (None, "queued")
    run_job(job_id=planned.job_id, task=services.RECOUNT, body=tasks.recount_figures)
    planned.refresh_from_db()
    job = Job.objects.get(pk=planned.job_id)
    assert (planned.is_clean, job.status, job.done, job.total) == (True, "done", 1, 1)


def test_a_second_one_is_not_queued_beside_the_first_but_after_it_failed(region) -> None:
    assert (services.plan_recounts(), services.plan_recounts()) == (1, 0)
    Job.objects.update(status="failed", finished_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert services.plan_recounts() == 1
    assert Recount.objects.count() == 2


def test_a_strategy_without_periods_is_not_recounted() -> None:
    assert services.plan_recounts() == 0
    assert not Recount.objects.exists()
