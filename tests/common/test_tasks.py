"""Whatever a task changes, history says which task it was; one context for each, and none inside another."""

import pghistory.runtime
import pytest
from celery import current_app, shared_task

from tests.workers import broker
from tracker.common.jobs import services
from tracker.common.jobs.models import Job
from tracker.common.jobs.running import Run
from tracker.common.jobs.tasks import HistoryTask, job_task, sweep_jobs

pytestmark = pytest.mark.django_db

seen: list[tuple[object, dict]] = []


def look() -> None:
    context = pghistory.runtime._tracker.value
    seen.append((context.id, dict(context.metadata)))


@shared_task(name="tests.look")
def look_around() -> None:
    look()


@job_task(name="tests.look_in_a_job")
def look_around_in_a_job(run: Run) -> None:
    look()


@pytest.fixture(autouse=True)
def _nothing_seen(tmp_path):
    seen.clear()
    with broker(tmp_path):
        yield


@pytest.fixture
def project():
    """The project's own application, not the one that sends this test's messages."""
    from config.celery import app

    return app


def test_every_task_of_the_project_opens_a_context_without_asking_for_it(project):
    project.loader.import_default_modules()
    tasks = {name: task for name, task in project.tasks.items() if not name.startswith("celery.")}
    assert {"common.sweep_jobs", "common.send_mail", "reports.plan_due_editions"} <= set(tasks)
    assert [name for name, task in tasks.items() if not isinstance(task, HistoryTask)] == []


def test_each_run_of_a_task_has_a_context_of_its_own_that_names_it(project):
    task = project.tasks["tests.look"]
    task.apply()
    task.apply()
    [(first, words), (second, same_words)] = seen
    assert words == same_words == {"task": "tests.look"}
    assert first != second
    assert not hasattr(pghistory.runtime._tracker, "value")


def test_a_job_has_one_context_which_names_the_job_too(project):
    job = services.enqueue(task="tests.look_in_a_job")
    project.tasks["tests.look_in_a_job"].apply(args=[job.pk])
    assert Job.objects.get(pk=job.pk).status == "done"
    assert [words for _id, words in seen] == [{"job": job.pk, "task": "tests.look_in_a_job"}]


def test_a_sweep_finds_what_was_left_behind_under_its_context_too(project):
    assert current_app.main == "tests"
    job = services.enqueue(task="tests.look_in_a_job")
    Job.objects.filter(pk=job.pk).update(status="running", attempt=1, woken_at=None)
    project.tasks[sweep_jobs.name].apply().get()
    job.refresh_from_db()
    assert (job.status, job.woken_at is not None) == ("queued", True)
