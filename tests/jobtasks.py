"""Tasks for the tests of jobs, and a mail server for those of the outbox.

A task that gets through leaves a mark: a row of the outbox that nobody sends.
"""

import os
import signal
import time
from pathlib import Path
from typing import Any

from django.core.mail.backends.base import BaseEmailBackend

from tracker.common.errors import Refused
from tracker.common.jobs.choices import MailStatus
from tracker.common.jobs.models import Outbox
from tracker.common.jobs.running import Run
from tracker.common.jobs.tasks import job_task

LEAVE_A_MARK = "tests.leave_a_mark"
LINGER = "tests.linger"
BREAK = "tests.break"
REFUSE = "tests.refuse"
HANG = "tests.hang"


def leave_mark(run: Run) -> None:
    Outbox.objects.create(
        message_id=f"<{run.job_id}.{run.attempt}.{os.getpid()}@tests>",
        to="mark@example.org",
        subject=f"job {run.job_id}",
        status=MailStatus.FAILED,
    )


def marks(job_id: int) -> list[int]:
    """The attempts that left a mark for a job."""
    ids = Outbox.objects.filter(subject=f"job {job_id}").values_list("message_id", flat=True)
    return sorted(int(message_id.split(".")[1]) for message_id in ids)


@job_task(name=LEAVE_A_MARK)
def leave_a_mark(run: Run) -> None:
    with run.commit():
        leave_mark(run)


@job_task(name=LINGER)
def linger(run: Run) -> None:
    """Say which process does it, and wait to be killed, cancelled, or told to go on."""
    go = Path(os.environ["TESTS_FOLDER"]) / "go"
    run.progress(stage=str(os.getpid()), done=1, total=3)
    while not go.exists():
        time.sleep(0.05)
        run.progress(done=2)
    with run.commit():
        leave_mark(run)


@job_task(name=BREAK)
def break_down(run: Run) -> None:
    with run.commit():
        leave_mark(run)
        raise ValueError(f"nothing works, {run.attempt}")


@job_task(name=REFUSE)
def refuse(run: Run) -> None:
    raise Refused("The period is not closed yet. Wait until then.")


@job_task(name=HANG)
def hang(run: Run) -> None:
    """Hang as a library that does not come back to Python, then as Python does; then get through."""
    if run.attempt == 1:
        # The signal of the first limit: not seen until the library is back, which is never.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
    if run.attempt <= 2:
        time.sleep(60)
    with run.commit():
        leave_mark(run)


class HangingMailServer(BaseEmailBackend):
    """Takes a mail and never answers; says in a file which process waits for it."""

    def send_messages(self, messages: Any) -> int:
        taken = Path(os.environ["TESTS_FOLDER"]) / "taken"
        taken.with_suffix(".new").write_text(str(os.getpid()))
        taken.with_suffix(".new").rename(taken)
        time.sleep(60)
        return 0
