"""The row is the job: done once, by real workers that are killed, doubled, fenced off and cancelled."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pghistory.runtime
import psycopg
import pytest
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from tests import jobtasks
from tests.jobtasks import leave_mark, marks
from tests.processes import descendants, lives, needs_proc
from tests.workers import Worker, broker, wait_until, workers
from tracker.common.errors import Refused
from tracker.common.jobs import services
from tracker.common.jobs.locks import JOBS, LockSession
from tracker.common.jobs.models import Job
from tracker.common.jobs.running import Run, run_job

pytestmark = pytest.mark.django_db

# Where a worker, a lock session or anyone else outside has to see the rows.
committed = pytest.mark.django_db(transaction=True)

TASK = "tests.in_this_process"


@pytest.fixture
def messages(tmp_path: Path) -> Iterator[Callable[[], int]]:
    """A broker of this test's own, and how many messages wait in it."""
    with broker(tmp_path):
        yield lambda: len(list((tmp_path / "broker" / "queue").glob("*.msg")))


@pytest.fixture
def start_worker(tmp_path: Path) -> Iterator[Callable[..., Worker]]:
    with workers(tmp_path) as start:
        yield start


def status(job: Job) -> str:
    return Job.objects.get(pk=job.pk).status


def is_running(job: Job) -> bool:
    """At work, and far enough to have said which process it is."""
    return Job.objects.filter(pk=job.pk, status="running", done__gte=1).exists()


def is_alive(pid: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(pid, 0)
        return True
    return False


def make_due(job: Job) -> None:
    """Have the back-off pass."""
    Job.objects.filter(pk=job.pk).update(run_after=timezone.now() - timedelta(seconds=1))


def do(job: Job, body: Callable[[Run], None]) -> None:
    """One attempt, in this process."""
    run_job(job_id=job.pk, task=TASK, body=body)


def commit_a_mark(run: Run) -> None:
    with run.commit():
        leave_mark(run)


# -- With a real worker --------------------------------------------------------------------------------
@committed
def test_a_worker_does_a_job_once_however_many_messages_wake_it(start_worker, tmp_path):
    start_worker(concurrency=2)
    job = services.enqueue(task=jobtasks.LINGER)
    wait_until(lambda: is_running(job))
    for _ in range(3):  # while it runs
        services.wake(task=job.task, job_id=job.pk)
    processed = tmp_path / "broker" / "processed"
    wait_until(lambda: len(list(processed.glob("*.msg"))) == 4)
    (tmp_path / "go").touch()
    wait_until(lambda: status(job) == "done")
    services.wake(task=job.task, job_id=job.pk)  # and after its end
    last = services.enqueue(task=jobtasks.LEAVE_A_MARK)
    wait_until(lambda: status(last) == "done")
    row = Job.objects.get(pk=job.pk)
    assert (row.attempt, row.error, marks(job.pk)) == (1, "", [1])
    assert row.created_at <= row.started_at <= row.finished_at


@committed
def test_progress_is_seen_from_outside_and_a_sweep_leaves_the_holder_alone(start_worker, tmp_path):
    start_worker()
    job = services.enqueue(task=jobtasks.LINGER)
    wait_until(lambda: Job.objects.filter(pk=job.pk, done=2).exists())
    row = Job.objects.get(pk=job.pk)
    assert (row.status, row.total) == ("running", 3)
    assert is_alive(int(row.stage))
    assert services.sweep() == services.Sweep(left_behind=0, woken=0)
    (tmp_path / "go").touch()
    wait_until(lambda: status(job) == "done")
    assert marks(job.pk) == [1]


@committed
def test_a_killed_child_loses_nothing(start_worker, tmp_path):
    start_worker()
    job = services.enqueue(task=jobtasks.LINGER)
    wait_until(lambda: is_running(job))
    os.kill(int(Job.objects.get(pk=job.pk).stage), signal.SIGKILL)
    (tmp_path / "go").touch()
    wait_until(lambda: services.sweep().left_behind == 1, seconds=3)
    wait_until(lambda: status(job) == "done")
    assert marks(job.pk) == [2]


def living_children(worker: Worker) -> set[int]:
    return set(filter(lives, descendants(worker.process.pid)))


def kill_the_children_again_and_again(times: int, worker: Worker, go: Path) -> None:
    """Each time while one of a worker's two children is at a job and the other one waits for any."""
    for number in range(1, times + 1):
        job = services.enqueue(task=jobtasks.LINGER)
        wait_until(lambda job=job: is_running(job))
        wait_until(lambda: len(living_children(worker)) == 2)
        for pid in living_children(worker):
            os.kill(pid, signal.SIGKILL)
        wait_until(lambda: services.sweep().left_behind == 1, seconds=3)
        wait_until(lambda job=job: is_running(job))  # by the next attempt
        go.touch()
        wait_until(lambda job=job: status(job) == "done")
        assert marks(job.pk) == [2]
        go.unlink()
        assert worker.process.poll() is None, f"The worker ended, at kill {number}."


@needs_proc
@committed
def test_killed_children_lose_nothing_those_neither_that_had_nothing_to_do(start_worker, tmp_path):
    kill_the_children_again_and_again(2, start_worker(concurrency=2), tmp_path / "go")


@needs_proc
@pytest.mark.soak
@committed
def test_children_killed_fifty_times_lose_nothing(start_worker, tmp_path):
    kill_the_children_again_and_again(50, start_worker(concurrency=2), tmp_path / "go")


@committed
def test_a_killed_worker_loses_nothing_and_the_next_one_does_it_once(start_worker, tmp_path):
    job = services.enqueue(task=jobtasks.LINGER)
    for _ in range(2):
        worker = start_worker()
        wait_until(lambda: is_running(job))
        worker.kill()
        assert status(job) == "running"
        wait_until(lambda: services.sweep().left_behind == 1, seconds=3)
        assert status(job) == "queued"
    (tmp_path / "go").touch()
    start_worker()
    wait_until(lambda: status(job) == "done")
    services.sweep()
    assert Job.objects.get(pk=job.pk).attempt == 3
    assert marks(job.pk) == [3]


@committed
def test_a_worker_retries_what_fails_and_keeps_the_error_and_takes_a_no_for_an_answer(start_worker):
    start_worker()
    broken = services.enqueue(task=jobtasks.BREAK, max_attempts=2)
    refused = services.enqueue(task=jobtasks.REFUSE)
    cancelled = services.enqueue(task=jobtasks.LINGER)
    wait_until(lambda: is_running(cancelled))
    assert services.cancel_jobs(job_ids=[cancelled.pk]) == 1
    row = Job.objects.get(pk=broken.pk)
    assert (row.status, row.attempt, row.error) == ("queued", 1, "ValueError: nothing works, 1")
    make_due(broken)
    assert services.sweep().woken == 1
    wait_until(lambda: status(broken) == "failed")  # the only child is free again: the cancelled one stopped
    row = Job.objects.get(pk=broken.pk)
    assert (row.attempt, row.error, marks(broken.pk)) == (2, "ValueError: nothing works, 2", [])
    row = Job.objects.get(pk=refused.pk)
    assert (row.status, row.attempt) == ("failed", 1)
    assert row.error == "The period is not closed yet. Wait until then."
    assert (status(cancelled), marks(cancelled.pk)) == ("cancelled", [])


@committed
def test_a_task_that_hangs_is_stopped_and_one_that_cannot_be_is_killed_and_each_costs_an_attempt(tmp_path):
    with workers(tmp_path, environment={"TASK_SECONDS": "2"}) as start_worker:
        start_worker()
        job = services.enqueue(task=jobtasks.HANG)
        # 4 seconds after its begin: killed, and left behind.
        wait_until(lambda: services.sweep().left_behind == 1)
        # 2 seconds after its second: it fails like any other.
        wait_until(lambda: Job.objects.filter(pk=job.pk, status="queued", attempt=2).exists())
        assert Job.objects.get(pk=job.pk).error == "It took longer than a task may, and was stopped."
        make_due(job)
        services.sweep()
        wait_until(lambda: status(job) == "done")
    assert marks(job.pk) == [3]


# -- Once more, by a person's decision -----------------------------------------------------------------
def test_what_failed_or_was_cancelled_is_queued_again_with_as_many_attempts_as_a_new_job(
    messages, django_capture_on_commit_callbacks
):
    def fail(run: Run) -> None:
        raise ValueError(run.attempt)

    failed = services.enqueue(task=TASK, max_attempts=1)
    do(failed, fail)
    cancelled, waiting = services.enqueue(task=TASK), services.enqueue(task=TASK)
    services.cancel_jobs(job_ids=[cancelled.pk])
    jobs = [failed.pk, cancelled.pk, waiting.pk]
    with django_capture_on_commit_callbacks(execute=True):
        assert services.requeue(job_ids=jobs) == 2
    assert messages() == 2
    assert services.requeue(job_ids=jobs) == 0
    row = Job.objects.get(pk=failed.pk)
    # The attempt number goes on: it tells a late writer of the first attempt from the next one.
    assert (row.status, row.attempt, row.max_attempts) == ("queued", 1, 6)
    assert (row.error, row.finished_at) == ("", None)
    do(failed, commit_a_mark)
    assert (status(failed), marks(failed.pk)) == ("done", [2])


def test_requeueing_takes_the_same_statements_for_few_and_many_jobs(messages, django_assert_num_queries):
    for number in (1, 20):
        jobs = services.enqueue_many(task=TASK, number=number)
        services.cancel_jobs(job_ids=[job.pk for job in jobs])
        with django_assert_num_queries(4):  # two of them open and close the transaction
            assert services.requeue(job_ids=[job.pk for job in jobs]) == number


def test_a_job_that_was_put_back_many_times_still_waits_ten_minutes_at_most(messages):
    job = services.enqueue(task=TASK, max_attempts=100)
    Job.objects.filter(pk=job.pk).update(status="running", attempt=90)
    before = timezone.now()
    assert services.fail_attempt(job_id=job.pk, attempt=90, error="", for_good=False)
    pause = Job.objects.get(pk=job.pk).run_after - before
    assert timedelta(0) <= pause - services.LONGEST_BACK_OFF < timedelta(seconds=1)


# -- Fences, in this process ---------------------------------------------------------------------------
def test_a_late_writer_writes_nothing(messages):
    job = services.enqueue(task=TASK)

    def lose_the_lock_and_be_overtaken(run: Run) -> None:
        if run.attempt == 1:
            with connection.cursor() as cursor:  # as a restart of the server or a broken line would
                cursor.execute("SELECT pg_terminate_backend(%s)", [run._session.backend_pid])
            wait_until(lambda: services.sweep().left_behind == 1)
            do(job, lose_the_lock_and_be_overtaken)
            assert marks(job.pk) == [2]
        commit_a_mark(run)

    do(job, lose_the_lock_and_be_overtaken)
    row = Job.objects.get(pk=job.pk)
    assert (row.status, row.attempt, row.error, marks(job.pk)) == ("done", 2, "", [2])


def test_a_late_failure_does_not_spoil_the_attempt_that_overtook_it(messages):
    job = services.enqueue(task=TASK)

    def fail_late(run: Run) -> None:
        Job.objects.filter(pk=job.pk).update(attempt=F("attempt") + 1)
        raise ValueError("too late")

    do(job, fail_late)
    row = Job.objects.get(pk=job.pk)
    assert (row.status, row.attempt, row.error) == ("running", 2, "")


@committed
def test_a_job_is_done_exactly_when_its_result_is_there(messages):
    job = services.enqueue(task=TASK)
    seen = []

    def look_from_outside(run: Run) -> None:
        with run.commit():
            leave_mark(run)
            with psycopg.connect(**connection.get_connection_params()) as other:
                row = other.execute("SELECT status FROM tracker_job WHERE id = %s", [run.job_id]).fetchone()
                count = other.execute("SELECT count(*) FROM tracker_outbox").fetchone()
            seen.append((row, count))

    do(job, look_from_outside)
    assert seen == [(("running",), (0,))]
    assert (status(job), marks(job.pk)) == ("done", [1])


@committed
def test_a_cancelled_job_stops_at_its_next_progress_and_writes_nothing(messages):
    job = services.enqueue(task=TASK)
    reached = []

    def be_cancelled(run: Run) -> None:
        run.progress(done=1)
        services.cancel_jobs(job_ids=[run.job_id])
        reached.append("before")
        run.progress(done=2)
        reached.append("after")

    do(job, be_cancelled)
    assert reached == ["before"]
    row = Job.objects.get(pk=job.pk)
    assert (row.status, row.done) == ("cancelled", 1)
    assert services.cancel_jobs(job_ids=[job.pk]) == 0


def test_a_job_cancelled_before_its_commit_writes_nothing(messages):
    job = services.enqueue(task=TASK)

    def be_cancelled(run: Run) -> None:
        services.cancel_jobs(job_ids=[run.job_id])
        commit_a_mark(run)

    do(job, be_cancelled)
    assert (status(job), marks(job.pk)) == ("cancelled", [])


def test_back_off_doubles_and_no_message_cuts_it_short(messages):
    job = services.enqueue(task=TASK, max_attempts=3)

    def fail(run: Run) -> None:
        raise ValueError(run.attempt)

    for attempt, pause in [(1, 2), (2, 4)]:
        before = timezone.now()
        do(job, fail)
        do(job, fail)  # too early: does nothing
        row = Job.objects.get(pk=job.pk)
        assert (row.status, row.attempt, row.woken_at) == ("queued", attempt, None)
        assert timedelta(0) <= row.run_after - before - timedelta(seconds=pause) < timedelta(seconds=1)
        assert services.sweep().woken == 0
        make_due(job)
    do(job, fail)
    row = Job.objects.get(pk=job.pk)
    assert (row.status, row.attempt, row.error) == ("failed", 3, "ValueError: 3")
    assert row.finished_at is not None


def test_a_job_that_kills_its_workers_fails_when_its_attempts_are_used_up(messages):
    job = services.enqueue(task=TASK, max_attempts=2)
    Job.objects.filter(pk=job.pk).update(status="running", attempt=2, error="ValueError: before")
    assert services.sweep().left_behind == 1
    do(job, commit_a_mark)
    row = Job.objects.get(pk=job.pk)
    assert (row.status, marks(job.pk)) == ("failed", [])
    assert row.error == (
        "The worker stopped in the middle of attempt 2, the last one allowed.\nValueError: before"
    )


@committed
def test_a_body_without_a_commit_is_done_at_its_end(messages):
    job = services.enqueue(task=TASK)
    do(job, lambda run: run.progress(stage="counting", done=5, total=5))
    row = Job.objects.get(pk=job.pk)
    assert (row.status, row.stage, row.done, row.total) == ("done", "counting", 5, 5)


def test_progress_inside_the_commit_is_refused_instead_of_waiting_for_ever(messages):
    job = services.enqueue(task=TASK, max_attempts=1)

    def tell_too_late(run: Run) -> None:
        with run.commit():
            leave_mark(run)
            run.progress(done=1)

    do(job, tell_too_late)
    assert Job.objects.get(pk=job.pk).error.startswith("RuntimeError: No progress inside run.commit()")
    assert marks(job.pk) == []


def test_history_names_the_job(messages):
    job = services.enqueue(task=TASK)
    contexts = []
    do(job, lambda run: contexts.append(dict(pghistory.runtime._tracker.value.metadata)))
    assert contexts == [{"job": job.pk, "task": TASK}]


def test_a_message_for_another_task_or_no_job_does_nothing(messages):
    job = services.enqueue(task=TASK)
    run_job(job_id=job.pk, task="tests.something_else", body=commit_a_mark)
    run_job(job_id=job.pk + 1, task=TASK, body=commit_a_mark)
    assert (status(job), marks(job.pk)) == ("queued", [])


def test_a_lock_is_held_by_one_session_and_free_when_it_closes():
    with LockSession(name="one") as one, LockSession(name="two") as two:
        assert one.try_lock(space=JOBS, row_id=7)
        assert not two.try_lock(space=JOBS, row_id=7)
        assert two.try_lock(space=JOBS, row_id=8)
        one.close()
        wait_until(lambda: two.try_lock(space=JOBS, row_id=7))


# -- Waking and sweeping -------------------------------------------------------------------------------
def test_a_job_is_woken_on_commit_and_not_before(messages, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        services.enqueue(task=TASK)
        assert messages() == 0
    assert messages() == 1
    with django_capture_on_commit_callbacks(execute=True), suppress(Refused), transaction.atomic():
        services.enqueue(task=TASK)
        raise Refused("no")
    assert (messages(), Job.objects.count()) == (1, 1)


def test_many_jobs_are_queued_in_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        jobs = services.enqueue_many(task=TASK, number=20)
    assert {job.pk for job in jobs} == set(Job.objects.filter(task=TASK).values_list("pk", flat=True))
    assert len(jobs) == 20


def test_a_broker_that_is_down_fails_no_request_and_the_sweep_makes_up_for_it(
    messages, django_capture_on_commit_callbacks
):
    with broker(url="redis://127.0.0.1:1/0"):
        began = time.monotonic()
        with django_capture_on_commit_callbacks(execute=True):
            jobs = services.enqueue_many(task=TASK, number=3)
        assert time.monotonic() - began < 5
        assert services.sweep().woken == 0
    assert messages() == 0
    assert services.sweep().woken == 3
    assert services.sweep().woken == 0  # woken lately
    assert messages() == 3
    Job.objects.filter(pk=jobs[0].pk).update(woken_at=timezone.now() - services.WAKE_AGAIN_AFTER)
    assert services.sweep().woken == 1


def test_a_job_for_later_is_woken_when_it_is_due(messages):
    job = services.enqueue(task=TASK, run_after=timezone.now() + timedelta(hours=1))
    assert (messages(), services.sweep().woken) == (0, 0)
    make_due(job)
    assert (services.sweep().woken, messages()) == (1, 1)


@pytest.mark.parametrize("number", [2, 20])
def test_a_sweep_takes_two_statements_however_many_jobs(number, messages, django_assert_num_queries):
    left, held, due = (services.enqueue_many(task=TASK, number=number) for _ in range(3))
    ids = {name: [job.pk for job in jobs] for name, jobs in [("left", left), ("held", held), ("due", due)]}
    Job.objects.filter(pk__in=ids["left"] + ids["held"]).update(status="running", attempt=1)
    Job.objects.filter(pk__in=ids["due"]).update(woken_at=None)
    with LockSession(name="tests") as session:
        assert all(session.try_lock(space=JOBS, row_id=pk) for pk in ids["held"])
        with django_assert_num_queries(2):
            swept = services.sweep()
    assert swept == services.Sweep(left_behind=number, woken=2 * number)
    assert set(Job.objects.filter(status="running").values_list("pk", flat=True)) == set(ids["held"])


@committed
def test_two_sweeps_at_once_neither_wait_nor_wake_twice(messages):
    jobs = services.enqueue_many(task=TASK, number=2)
    Job.objects.update(woken_at=None)
    with psycopg.connect(**connection.get_connection_params()) as other:
        other.execute("SELECT FROM tracker_job WHERE id = %s FOR UPDATE", [jobs[0].pk])
        assert services.sweep().woken == 1
    assert services.sweep().woken == 1
