"""Large files go to a worker: with progress, to be cancelled, killed at any moment, and never half done."""

import random
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from tests import stage
from tests.batches.large import history_of_all, make_world
from tests.batches.sheets import csv_of, load, state_of_tables
from tests.workers import broker, wait_until, workers
from tracker.access.choices import Role
from tracker.access.models import Membership, User
from tracker.batches.models import ImportBatch, ImportLine
from tracker.batches.services import (
    apply_batch,
    cancel_batch,
    check_batch,
    receive_file,
    recheck_batch,
    tend_batches,
)
from tracker.batches.services.life import CHECK_BATCH, SAVE_BATCH
from tracker.common.errors import Stale
from tracker.common.jobs.models import Job
from tracker.common.jobs.running import Run, run_job
from tracker.common.jobs.services import fail_attempt, sweep
from tracker.imports import tasks
from tracker.imports.registry import KINDS
from tracker.progress.models import Baseline, IndicatorResult, ReportRevision

committed = pytest.mark.django_db(transaction=True)
KIND = KINDS["baselines"]
HEADER = "indicator,mission,baseline_value"
TWO = csv_of(HEADER, "SP1-O1-I1,KG,12", "SP1-O1-I1,TJ,13")


@pytest.fixture
def _own_broker(tmp_path):
    with broker(tmp_path):
        yield


@pytest.fixture
def world(_own_broker, settings, strategy, missions, cast):
    """Files of more than one row go to a worker."""
    settings.IMPORT_AT_ONCE_ROWS = 1
    indicator = stage.make_indicator()
    stage.assign(indicator, missions["KG"], missions["TJ"])


def receive(data: bytes = TWO, *, user: User) -> ImportBatch:
    return receive_file(kind=KIND, data=data, filename="base.csv", user=user).batch


def work(batch: ImportBatch) -> ImportBatch:
    """Have a batch's job done in this process."""
    batch.refresh_from_db()
    bodies = {CHECK_BATCH: tasks.check_file, SAVE_BATCH: tasks.save_file}
    run_job(job_id=batch.job_id, task=batch.job.task, body=bodies[batch.job.task])
    return ImportBatch.objects.select_related("job").get(pk=batch.pk)


def confirm(batch: ImportBatch, user: User, digest: str = "") -> bool:
    """Have a batch saved; says whether it went to a worker."""
    digest = digest or batch.plan_digest
    return apply_batch(batch=batch, kind=KIND, digest=digest, user=user).is_queued


@committed
def test_a_large_file_is_checked_and_saved_by_a_worker(world, cast, monkeypatch) -> None:
    said: list[tuple] = []
    progress = Run.progress

    def listen(run: Run, **told) -> None:
        said.append((told.get("stage"), told.get("done"), told.get("total")))
        progress(run, **told)

    monkeypatch.setattr(Run, "progress", listen)
    batch = check_batch(batch=receive(user=cast.officer), kind=KIND)
    assert (batch.status, batch.is_at_work, batch.job.status, batch.job.task) == (
        "waiting", True, "queued", CHECK_BATCH,
    )  # fmt: skip
    batch = work(batch)
    assert (batch.status, batch.new, batch.job.status, batch.lines.count()) == ("checked", 2, "done", 2)
    assert said == [("reading", 0, 0), ("checking", 0, 2), ("keeping", 2, 2)]

    said.clear()
    assert confirm(batch, cast.head)
    batch.refresh_from_db()
    assert (batch.status, batch.saved_by, batch.job.task) == ("saving", cast.head, SAVE_BATCH)
    # Confirmed once more while it waits: it is being saved, and there is one job.
    again = apply_batch(batch=batch, kind=KIND, digest=batch.plan_digest, user=cast.head)
    assert (again.was_already, again.is_queued, Job.objects.count()) == (True, True, 2)
    batch = work(batch)
    assert (batch.status, batch.job.status) == ("applied", "done")
    assert batch.applied_at is not None
    assert said == [("reading", 0, 2), ("saving", 0, 2)]
    assert dict(Baseline.objects.values_list("mission__code", "recorded_by")) == {
        "KG": cast.head.pk, "TJ": cast.head.pk,
    }  # fmt: skip
    event = Baseline.events.rel.related_model.objects.last()
    assert (event.pgh_context["user"], event.pgh_context["batch"]) == (cast.head.pk, batch.pk)


@pytest.mark.django_db
def test_small_files_are_checked_and_saved_at_once(world, cast, settings) -> None:
    batch = check_batch(batch=receive(csv_of(HEADER, "SP1-O1-I1,KG,12"), user=cast.officer), kind=KIND)
    assert (batch.status, batch.job) == ("checked", None)
    assert not confirm(batch, cast.officer)
    assert check_batch(batch=receive(user=cast.officer), kind=KIND, at_once=True).status == "checked"
    settings.IMPORT_AT_ONCE_ROWS, settings.IMPORT_AT_ONCE_BYTES = 10, len(TWO) - 1
    assert check_batch(batch=receive(user=cast.officer), kind=KIND).status == "waiting"


@committed
def test_what_the_data_overtook_goes_back_to_be_looked_at(world, cast) -> None:
    batch = work(check_batch(batch=receive(user=cast.officer), kind=KIND))
    shown = batch.plan_digest
    confirm(batch, cast.officer)
    load("baselines", csv_of(HEADER, "SP1-O1-I1,KG,99"))
    batch = work(batch)
    assert (batch.status, batch.job.status, batch.saved_by, batch.applied_at) == (
        "checked",
        "done",
        None,
        None,
    )
    assert "The data changed since this preview" in batch.message
    assert [(line.key, line.cells) for line in batch.lines.in_order()] == [
        ("SP1-O1-I1 / KG", [["baseline_value", "99", "12"]]),
        ("SP1-O1-I1 / TJ", [["baseline_value", None, "13"]]),
    ]
    with pytest.raises(Stale):
        confirm(batch, cast.officer, shown)
    confirm(batch, cast.officer)
    assert work(batch).status == "applied"
    assert dict(Baseline.objects.in_force().values_list("mission__code", "value")) == {"KG": 12, "TJ": 13}


@committed
def test_a_batch_is_cancelled_while_it_waits_and_while_it_is_worked_at(world, cast, monkeypatch) -> None:
    before = state_of_tables()
    waiting = check_batch(batch=receive(user=cast.officer), kind=KIND)
    assert cancel_batch(batch=waiting, kind=KIND, user=cast.officer).status == "cancelled"
    assert work(waiting).job.status == "cancelled"
    batch = recheck_batch(batch=waiting, kind=KIND, user=cast.officer)
    assert batch.status == "waiting"
    batch = work(batch)
    assert batch.status == "checked"

    confirm(batch, cast.officer)
    progress = Run.progress

    def cancelled_meanwhile(run: Run, **told) -> None:
        if told.get("stage") == "saving":
            cancel_batch(batch=batch, kind=KIND, user=cast.officer)
        progress(run, **told)

    monkeypatch.setattr(Run, "progress", cancelled_meanwhile)
    batch = work(batch)
    assert (batch.status, batch.job.status) == ("cancelled", "cancelled")
    now = state_of_tables()
    assert {table: now[table] for table in now if "job" not in table} == {
        table: before[table] for table in before if "job" not in table
    }


@committed
def test_a_job_that_fails_for_good_leaves_a_batch_that_says_so_and_can_be_tried_again(
    world, cast, monkeypatch
) -> None:
    batch = check_batch(batch=receive(user=cast.officer), kind=KIND)
    Job.objects.filter(pk=batch.job_id).update(status="running", attempt=5)
    assert fail_attempt(job_id=batch.job_id, attempt=5, error="OSError: no space", for_good=False)
    batch = ImportBatch.objects.select_related("job").get(pk=batch.pk)
    assert (batch.status, batch.stands) == ("waiting", "failed")
    assert tend_batches() == 1
    assert tend_batches() == 0
    batch.refresh_from_db()
    assert batch.status == "failed"
    assert "tell an administrator" in batch.message
    assert "OSError" not in batch.message
    batch = work(recheck_batch(batch=batch, kind=KIND, user=cast.officer))
    assert (batch.status, batch.message) == ("checked", "")


@committed
def test_who_is_no_administrator_any_more_saves_no_good_rows(world, cast) -> None:
    data = csv_of(HEADER, "SP1-O1-I1,KG,12", "SP1-O1-I1,TJ,twelve")
    batch = work(check_batch(batch=receive(data, user=cast.administrator), kind=KIND))
    apply_batch(
        batch=batch, kind=KIND, digest=batch.plan_digest, user=cast.administrator, good_rows_only=True
    )
    Membership.objects.filter(user=cast.administrator).update(role=Role.OFFICER)
    batch = work(batch)
    assert (batch.status, batch.job.status) == ("failed", "failed")
    assert batch.message == "Only an administrator saves the good rows of a file that has errors."
    assert not Baseline.objects.exists()


@committed
def test_who_lost_the_right_meanwhile_saves_nothing(world, cast) -> None:
    batch = work(check_batch(batch=receive(user=cast.officer), kind=KIND))
    confirm(batch, cast.officer)
    Membership.objects.filter(user=cast.officer).delete()
    batch = work(batch)
    assert (batch.status, batch.job.status) == ("failed", "failed")
    assert batch.message == "Officer may not load “Baselines”."
    assert not Baseline.objects.exists()


@pytest.mark.django_db
def test_a_file_whose_web_process_died_before_it_was_checked_is_queued(world, cast) -> None:
    batch, fresh = receive(user=cast.officer), receive(user=cast.officer)
    later = timezone.now() + timedelta(minutes=6)
    assert tend_batches() == 0
    assert tend_batches(now=later) == 2
    for each in (batch, fresh):
        each.refresh_from_db()
        assert (each.status, each.job.task) == ("waiting", CHECK_BATCH)
    assert tend_batches(now=later) == 0


@pytest.mark.django_db
def test_a_worker_that_comes_late_finds_nothing_to_do(world, cast) -> None:
    batch = check_batch(batch=receive(user=cast.officer), kind=KIND)
    check_batch(batch=batch, kind=KIND, at_once=True)
    batch = work(batch)
    assert (batch.status, batch.lines.count(), batch.job.status) == ("checked", 2, "done")


# -- Killed --------------------------------------------------------------------------------------------
def stands(batch: ImportBatch, rows: int) -> str:
    """How a batch stands, after looking that nothing of it is there by half."""
    batch = ImportBatch.objects.get(pk=batch.pk)
    saved = IndicatorResult.objects.filter(batch=batch, is_copy=False).count()
    assert saved == (rows if batch.status == "applied" else 0)
    open_ones = ReportRevision.objects.filter(batch=batch).exclude(status="approved")
    assert not open_ones.exists()
    lines = ImportLine.objects.filter(batch=batch).count()
    assert lines == (rows if batch.has_lines else 0)
    if batch.status in ("checked", "saving", "applied"):
        assert (batch.has_lines, batch.new + batch.changed) == (True, rows)
    return batch.status


def is_over(job: Job) -> bool:
    return job.status in ("done", "failed")


def wait_for(job: Job, condition: Callable[[Job], bool]) -> None:
    """Wait for a job, as beat would: what a dead worker left is found once the server has noticed its death."""

    def met() -> bool:
        Job.objects.filter(pk=job.pk, status="queued").update(woken_at=None, run_after=timezone.now())
        sweep()
        job.refresh_from_db()
        return condition(job)

    wait_until(met, seconds=180)


def kill_in_the_middle(
    folder: Path, files: Path, *, rows: int, times: int, span: float, again: float = 0
) -> None:
    """Kill the worker so often, at random moments of checking and of saving; each file is finished after all.

    ``span`` is how long a step takes, about, in seconds; ``again`` how likely its next attempt is killed too.
    """
    chance = random.Random(times)
    missions = stage.make_missions()
    person = stage.make_cast(missions)["administrator"]
    make_world(indicators=rows // 140 + 1, missions=3)
    kind, killed, number = KINDS["history"], 0, 0
    said = {"source": "Matrix", "reason": "Recounted"}
    with workers(folder, environment={"TESTS_FILES": str(files)}) as start:
        while killed < times:
            number += 1
            assert number <= 4 * times, "the steps are over before anybody can be killed"
            data = history_of_all(add=number, most=rows)
            received = receive_file(kind=kind, data=data, filename="h.csv", user=person, options=said)
            batch = check_batch(batch=received.batch, kind=kind, at_once=False)
            while (now := stands(batch, rows)) != "applied":
                batch.refresh_from_db()
                if now == "checked":
                    apply_batch(batch=batch, kind=kind, digest=batch.plan_digest, user=person, at_once=False)
                elif now == "failed":
                    # All attempts were killed: cleanly failed, and taken up again.
                    recheck_batch(batch=batch, kind=kind, user=person, at_once=False)
                else:
                    before = batch.job.attempt
                    worker = start()
                    if killed < times and (not before or chance.random() < again):
                        wait_for(batch.job, lambda job, before=before: job.attempt > before or is_over(job))
                        time.sleep(chance.uniform(0, span))
                        worker.kill()
                        batch.job.refresh_from_db()
                        # A step that was over by then was not killed at work: the next one is tried.
                        killed += not is_over(batch.job)
                    else:
                        wait_for(batch.job, is_over)
                        worker.kill()
                    connection.close()
                    tend_batches()
    last = IndicatorResult.objects.filter(batch=batch, is_copy=False).values_list("value", flat=True)
    assert sorted(map(int, last)) == list(range(number, rows + number))


@committed
def test_a_worker_killed_in_the_middle_leaves_no_half_a_file(tmp_path, kept_files) -> None:
    kill_in_the_middle(tmp_path, kept_files, rows=8_000, times=2, span=0.4)


@pytest.mark.soak
@committed
def test_twenty_kills_leave_no_half_a_file(tmp_path, kept_files) -> None:
    kill_in_the_middle(tmp_path, kept_files, rows=50_000, times=20, span=6, again=0.6)
