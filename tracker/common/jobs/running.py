"""The worker's side of a job: take hold of it, do it, and make its end true exactly once.

The body of a task gets a ``Run`` and typically does three things: it reads and computes with
``run.progress(...)`` on the way, and then writes its result inside ``with run.commit():``, which marks the
job done in the same transaction. Killed before that commit nothing has happened and another worker starts
anew; killed after it, everything has.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pghistory
from celery.exceptions import SoftTimeLimitExceeded
from django.db import connection, transaction
from django.utils.translation import gettext as _

from tracker.common.errors import Refused

from . import services
from .locks import JOBS, LockSession
from .models import Job
from .services import Superseded

log = logging.getLogger(__name__)


class Run:
    """One attempt at one job: what the body of a task knows of it and may say about it."""

    def __init__(self, *, job: Job, session: LockSession) -> None:
        self.job_id: int = job.pk
        self.task: str = job.task
        self.attempt: int = job.attempt
        self._session = session
        self._committing = False
        self._committed = False

    def progress(
        self, *, stage: str | None = None, done: int | None = None, total: int | None = None
    ) -> None:
        """Tell people how far it is (``stage``: 50 characters), seen at once from everywhere.

        One small statement a call: call it per chunk, not per row. Raises Superseded (Cancelled, where a
        person cancelled the job): let it pass, it ends the attempt.
        """
        if self._committing:
            # It would wait for ever: the row is locked by our own transaction on another connection.
            raise RuntimeError("No progress inside run.commit(): tell it before.")
        services.record_progress(
            session=self._session,
            job_id=self.job_id,
            attempt=self.attempt,
            stage=stage,
            done=done,
            total=total,
        )

    def fence(self) -> None:
        """Raise Superseded where this attempt no longer counts; for places with no progress to tell."""
        self.progress()

    @contextmanager
    def commit(self) -> Iterator[None]:
        """The transaction of the result, in which the job is marked done too: both are there, or neither.

        The row stays locked in it, so no other attempt can begin, and a person's *cancel* comes before or
        after. Once in a body, at its end; it must not stand inside another transaction.
        """
        if self._committed:
            raise RuntimeError("run.commit() is the end of a job: use it once.")
        with transaction.atomic(durable=True):
            services.lock_attempt(job_id=self.job_id, attempt=self.attempt)
            self._committing = True
            try:
                yield
                services.finish_attempt(job_id=self.job_id, attempt=self.attempt)
            finally:
                self._committing = False
        self._committed = True

    @property
    def is_committed(self) -> bool:
        """Whether ``commit`` has gone through."""
        return self._committed


def run_job(*, job_id: int, task: str, body: Callable[[Run], None]) -> None:
    """Do a job if there is anything to do and nobody is at it; otherwise return at once.

    Never raises for what the body did: the row says it. A Refused fails the job for good with its
    sentence, another exception puts it back into the queue until its attempts are used up.
    """
    if not services.is_waiting(job_id=job_id, task=task):
        return
    with LockSession(name=f"tracker job {job_id}") as session:
        # Two messages for one job, in two workers: one of them gets the lock.
        if not session.try_lock(space=JOBS, row_id=job_id):
            return
        job = services.claim_job(job_id=job_id, task=task)
        if job is not None:
            _attempt(run=Run(job=job, session=session), body=body)


def _attempt(*, run: Run, body: Callable[[Run], None]) -> None:
    log.info("Job %s (%s): attempt %s begins.", run.job_id, run.task, run.attempt)
    try:
        with pghistory.context(job=run.job_id, task=run.task):
            _end_queries_of_dead_workers()
            body(run)
    except Superseded as over:
        log.warning("%s Nothing was written.", over)
    except Refused as refusal:
        log.warning("Job %s (%s) was refused: %s", run.job_id, run.task, refusal.message)
        _fail(run=run, error=str(refusal.message), for_good=True)
    except SoftTimeLimitExceeded:
        log.error("Job %s (%s): attempt %s ran out of time.", run.job_id, run.task, run.attempt)
        if not connection.in_atomic_block:
            # It may have struck in the middle of a query, whose answer is still on its way.
            connection.close()
        _fail(run=run, error=_("It took longer than a task may, and was stopped."), for_good=False)
    except Exception as error:
        log.exception("Job %s (%s): attempt %s failed.", run.job_id, run.task, run.attempt)
        _fail(run=run, error=f"{type(error).__name__}: {error}", for_good=False)
    else:
        if not run.is_committed:
            services.finish_attempt(job_id=run.job_id, attempt=run.attempt)
        log.info("Job %s (%s): attempt %s ended.", run.job_id, run.task, run.attempt)


def _fail(*, run: Run, error: str, for_good: bool) -> None:
    if not connection.in_atomic_block:
        # The server may have closed the body's connection: these words deserve a new one.
        connection.close_if_unusable_or_obsolete()
    services.fail_attempt(job_id=run.job_id, attempt=run.attempt, error=error, for_good=for_good)


def _end_queries_of_dead_workers() -> None:
    """Have the server look every second, during a long query, whether this worker still lives."""
    # Otherwise the query of a killed worker runs on, and its row locks stop the next attempt.
    with connection.cursor() as cursor:
        cursor.execute("SET client_connection_check_interval = '1s'")
