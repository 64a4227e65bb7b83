"""Every write to a job: queued by a service, claimed and finished by a worker, put right by the sweep.

The row is the job. A worker at work holds the advisory lock on it (``locks.JOBS``, its id) from before the
row says *running* until after it says something else, and everything that it writes is bound to its attempt
number. The message that wakes a worker carries the id and nothing else.
"""

import datetime
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from .choices import JobStatus
from .locks import JOBS, LockSession, nobody_holds
from .messages import publish
from .models import Job

WAKE_AGAIN_AFTER = datetime.timedelta(seconds=60)
"""How long the sweep trusts a wake-up that was sent."""

LONGEST_BACK_OFF = datetime.timedelta(minutes=10)

# Two to this power is beyond the longest back-off; without a bound a job put back often would overflow.
_STEEPEST_BACK_OFF = 12

_UNFINISHED = [JobStatus.QUEUED, JobStatus.RUNNING]
_SWEEP_LIMIT = 1_000


class Superseded(Exception):
    """This attempt at a job no longer counts: another one has begun, or the job has ended. Write nothing."""


class Cancelled(Superseded):
    """A person cancelled the job. Write nothing."""


@dataclass(frozen=True, kw_only=True)
class Sweep:
    """What a sweep found: jobs left behind by a dead worker, and jobs woken (again)."""

    left_behind: int
    woken: int


# -- Asking for work -----------------------------------------------------------------------------------
def enqueue(*, task: str, max_attempts: int = 5, run_after: datetime.datetime | None = None) -> Job:
    """Queue one job for the Celery task of that name, in the caller's transaction, and wake it on commit.

    With ``run_after`` it waits until then. The caller's own row points to the job.
    """
    return enqueue_many(task=task, number=1, max_attempts=max_attempts, run_after=run_after)[0]


def enqueue_many(
    *, task: str, number: int, max_attempts: int = 5, run_after: datetime.datetime | None = None
) -> list[Job]:
    """Queue several jobs of one task in a single statement; otherwise as ``enqueue``."""
    values: dict[str, object] = {"task": task, "max_attempts": max_attempts}
    if run_after is None:
        # Counted as woken: should this process die before it sends, the sweep does it a minute later.
        values["woken_at"] = timezone.now()
    else:
        values["run_after"] = run_after
    jobs = Job.objects.bulk_create(Job(**values) for _number in range(number))
    if run_after is None:
        messages = [(job.pk, task) for job in jobs]
        transaction.on_commit(lambda: _wake(messages), robust=True)
    return jobs


def wake(*, task: str, job_id: int) -> None:
    """Tell the workers, when the transaction commits, that a job is waiting. Harmless at any time."""
    transaction.on_commit(lambda: _wake([(job_id, task)]), robust=True)


def cancel_jobs(*, job_ids: list[int]) -> int:
    """Cancel those that have not ended, and return how many; one at work stops at its next step."""
    jobs = Job.objects.filter(pk__in=job_ids, status__in=_UNFINISHED)
    return jobs.update(status=JobStatus.CANCELLED, finished_at=Now())


@transaction.atomic
def requeue(*, job_ids: list[int], more_attempts: int = 5) -> int:
    """Queue again, by a person's decision, what failed or was cancelled, and wake it; return how many.

    The attempt number goes on and the limit moves on with it: from one anew, an attempt that was thought
    dead could take itself for the new one.
    """
    over = Job.objects.filter(pk__in=job_ids, status__in=[JobStatus.FAILED, JobStatus.CANCELLED])
    messages = list(over.select_for_update(no_key=True).order_by("pk").values_list("pk", "task"))
    Job.objects.filter(pk__in=[job_id for job_id, _task in messages]).update(
        status=JobStatus.QUEUED,
        max_attempts=F("attempt") + more_attempts,
        run_after=Now(),
        # Counted as woken, as in enqueue_many.
        woken_at=Now(),
        finished_at=None,
        stage="",
        done=0,
        total=0,
        error="",
    )
    transaction.on_commit(lambda: _wake(messages), robust=True)
    return len(messages)


# -- Doing it ------------------------------------------------------------------------------------------
def is_waiting(*, job_id: int, task: str) -> bool:
    """Whether there is anything to claim: queued and due, or running (its worker may have died)."""
    return _claimable(job_id=job_id, task=task).exists()


def claim_job(*, job_id: int, task: str) -> Job | None:
    """Begin an attempt at a job and return the row as it is now; None where there is nothing to do.

    The caller holds the advisory lock, so a row that says *running* was left behind by a dead worker. A
    job whose attempts are used up fails here.
    """
    job = _claimable(job_id=job_id, task=task).first()
    if job is None:
        return None
    # Compared and set in one statement: a lock can be lost with its connection, and then two claim at once.
    unchanged = Job.objects.filter(pk=job_id, status=job.status, attempt=job.attempt)
    if job.attempt >= job.max_attempts:
        reason = _("The worker stopped in the middle of attempt %(attempt)s, the last one allowed.")
        error = "\n".join(filter(None, [reason % {"attempt": job.attempt}, job.error]))
        unchanged.update(status=JobStatus.FAILED, finished_at=Now(), error=error)
        return None
    job.attempt += 1
    begun = unchanged.update(
        status=JobStatus.RUNNING, attempt=job.attempt, started_at=Now(), stage="", done=0, total=0
    )
    return job if begun else None


def record_progress(
    *, session: LockSession, job_id: int, attempt: int, stage: str | None, done: int | None, total: int | None
) -> None:
    """Write how far a job is, committed at once; None leaves a value as it is.

    Raises Cancelled or Superseded where the attempt no longer counts.
    """
    row = session.fetch(
        f"""UPDATE {Job._meta.db_table}
               SET stage = coalesce(%s, stage), done = coalesce(%s, done), total = coalesce(%s, total)
             WHERE id = %s AND attempt = %s AND status = '{JobStatus.RUNNING}'
            RETURNING id""",
        [stage, done, total, job_id, attempt],
    )
    if row is None:
        raise _why_over(job_id=job_id, attempt=attempt)


def lock_attempt(*, job_id: int, attempt: int) -> None:
    """Lock the row until the transaction ends, so that nothing overtakes the attempt's last writes.

    Raises Cancelled or Superseded where the attempt no longer counts.
    """
    ours = Job.objects.filter(pk=job_id, attempt=attempt, status=JobStatus.RUNNING)
    # no_key: rows that point to the job can still be written meanwhile.
    if not ours.select_for_update(no_key=True).exists():
        raise _why_over(job_id=job_id, attempt=attempt)


def finish_attempt(*, job_id: int, attempt: int) -> bool:
    """Mark a job done, unless the attempt no longer counts (False)."""
    ours = Job.objects.filter(pk=job_id, attempt=attempt, status=JobStatus.RUNNING)
    return bool(ours.update(status=JobStatus.DONE, finished_at=Now(), error=""))


def fail_attempt(*, job_id: int, attempt: int, error: str, for_good: bool) -> bool:
    """Put a job back into the queue, to wait 2, 4, 8 … seconds, or fail it; False where it no longer counts.

    It fails where ``for_good`` says so or its attempts are used up. The error is kept on the row.
    """
    ours = Job.objects.filter(pk=job_id, attempt=attempt, status=JobStatus.RUNNING)
    if not for_good:
        pause = min(datetime.timedelta(seconds=2 ** min(attempt, _STEEPEST_BACK_OFF)), LONGEST_BACK_OFF)
        if ours.filter(max_attempts__gt=attempt).update(
            status=JobStatus.QUEUED, run_after=Now() + pause, woken_at=None, error=error
        ):
            return True
    return bool(ours.update(status=JobStatus.FAILED, finished_at=Now(), error=error))


# -- Putting right -------------------------------------------------------------------------------------
def sweep() -> Sweep:
    """Queue again what dead workers left behind, and wake what is due and was not woken lately.

    Two statements, however many jobs; any number of sweeps may run at once. A job that a worker holds is
    never touched.
    """
    with connection.cursor() as cursor:
        # Status and attempt are compared again under the row's lock: since this statement's snapshot its
        # worker may have finished and let go, or another may have taken it over.
        cursor.execute(
            f"""
            WITH left_behind AS MATERIALIZED (
                SELECT job.id, job.attempt FROM {Job._meta.db_table} job
                 WHERE job.status = '{JobStatus.RUNNING}' AND {nobody_holds(space=JOBS, column="job.id")}
            ), locked AS (
                SELECT job.id FROM {Job._meta.db_table} job
                  JOIN left_behind ON left_behind.id = job.id AND left_behind.attempt = job.attempt
                 WHERE job.status = '{JobStatus.RUNNING}'
                   FOR NO KEY UPDATE OF job SKIP LOCKED
            )
            UPDATE {Job._meta.db_table} job
               SET status = '{JobStatus.QUEUED}', run_after = statement_timestamp(), woken_at = NULL
              FROM locked WHERE job.id = locked.id
            """
        )
        left_behind = cursor.rowcount
        # SKIP LOCKED: two sweeps at once wake each job once, and neither waits for the other.
        cursor.execute(
            f"""
            UPDATE {Job._meta.db_table} job SET woken_at = statement_timestamp()
              FROM (SELECT id FROM {Job._meta.db_table}
                     WHERE status = '{JobStatus.QUEUED}' AND run_after <= statement_timestamp()
                       AND (woken_at IS NULL OR woken_at <= statement_timestamp() - make_interval(secs => %s))
                     ORDER BY run_after LIMIT {_SWEEP_LIMIT}
                       FOR NO KEY UPDATE SKIP LOCKED) due
             WHERE job.id = due.id
            RETURNING job.id, job.task
            """,
            [WAKE_AGAIN_AFTER.total_seconds()],
        )
        messages = sorted(cursor.fetchall())
    return Sweep(left_behind=left_behind, woken=_wake(messages))


def _wake(messages: list[tuple[int, str]]) -> int:
    """Send the wake-ups and return how many went; after the first failure leave the rest to the sweep."""
    for number, (job_id, task) in enumerate(messages):
        if not publish(task=task, args=[job_id]):
            not_sent = [pk for pk, _task in messages[number:]]
            Job.objects.filter(pk__in=not_sent, status=JobStatus.QUEUED).update(woken_at=None)
            return number
    return len(messages)


def _claimable(*, job_id: int, task: str) -> QuerySet[Job]:
    # A message that comes early (a double, during the back-off) must not cut the wait short.
    waiting = Q(status=JobStatus.QUEUED, run_after__lte=Now()) | Q(status=JobStatus.RUNNING)
    return Job.objects.filter(waiting, pk=job_id, task=task)


def _why_over(*, job_id: int, attempt: int) -> Superseded:
    job = Job.objects.filter(pk=job_id).values_list("status", "attempt").first()
    if job == (JobStatus.CANCELLED, attempt):
        return Cancelled(f"Job {job_id} was cancelled during attempt {attempt}.")
    return Superseded(f"Attempt {attempt} at job {job_id} no longer counts; the row says {job}.")
