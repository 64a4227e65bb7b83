"""What Celery knows: the base of every task, how a task becomes a job, and what keeps jobs and mail going."""

from collections.abc import Callable
from typing import Any

import pghistory
from celery import Task, shared_task

from . import messages, outbox, services
from .running import Run, run_job


class HistoryTask(Task):
    """The base of every task: runs it inside one history context that names it.

    config/celery.py makes it the application's own class of task; a task need not ask for it.
    """

    opens_context = True
    """False for a task that opens contexts itself: one inside another would make one batch of them all."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if not self.opens_context:
            return super().__call__(*args, **kwargs)
        with pghistory.context(task=self.name):
            return super().__call__(*args, **kwargs)


def job_task(*, name: str, seconds: int | None = None) -> Callable[[Callable[[Run], None]], Any]:
    """Make a Celery task of a function of one ``Run``; the task itself takes the job's id.

    ``services.enqueue(task=name)`` asks for it. The body may be started again after it was killed at any
    point, so it writes its result inside ``with run.commit():`` and nowhere else. ``seconds`` is how long it may
    take, where that is more than tasks may in general.
    """
    limits = {} if seconds is None else {"soft_time_limit": seconds, "time_limit": 2 * seconds}

    def decorate(body: Callable[[Run], None]) -> Any:
        def task(job_id: int) -> None:
            run_job(job_id=job_id, task=name, body=body)

        task.__name__ = body.__name__
        task.__doc__ = body.__doc__
        task.__module__ = body.__module__
        # run_job opens the context: for a command that does a job in its own process, too.
        return shared_task(name=name, base=HistoryTask, opens_context=False, **limits)(task)

    return decorate


@shared_task(name="common.sweep_jobs")
def sweep_jobs() -> None:
    """Every few seconds, by beat: find what nobody is at, and wake the workers for it."""
    services.sweep()
    outbox.sweep_mail()
    messages.prune_processed_messages()


@shared_task(name=outbox.SEND_MAIL)
def send_mail() -> None:
    """Send the mail that is due."""
    outbox.send_pending_mail()
