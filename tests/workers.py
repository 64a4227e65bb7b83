"""Real Celery workers for tests: processes of their own, on the tests' database, that can be killed.

    @pytest.mark.django_db(transaction=True)
    def test_something(tmp_path):
        with workers(tmp_path) as start_worker:
            worker = start_worker()
            job = enqueue(task="reports.make_edition")
            wait_until(lambda: Job.objects.get(pk=job.pk).status == "done")
            worker.kill()

The tests must be transactional: a worker sees only what is committed. There is no beat; a test calls
``sweep()`` where beat would.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from celery import Celery, current_app
from django.conf import settings
from django.db import connection

_READY = " ready."


class Worker:
    """A worker's main process with its children (one, unless asked for more), in a group of its own."""

    def __init__(self, process: "subprocess.Popen[bytes]", log: Path) -> None:
        self.process = process
        self.log = log

    def kill(self) -> None:
        """SIGKILL to the main process and all its children at once, as a power cut would."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def wait_until_ready(self, *, seconds: float = 30) -> None:
        """Wait until it takes messages."""
        wait_until(lambda: _READY in self.log.read_text() or self.process.poll() is not None, seconds=seconds)
        if self.process.poll() is not None:
            raise AssertionError(f"The worker did not start:\n{self.log.read_text()}")


@contextmanager
def workers(
    folder: Path, *, include: tuple[str, ...] = ("tests.jobtasks",), environment: dict[str, str] | None = None
) -> Iterator[Callable[..., Worker]]:
    """Give a function that starts a worker, on a broker under ``folder``; at the end kill what still runs.

    Meanwhile this process sends its messages to that broker too. ``include`` names modules of tasks beyond
    the project's own, ``environment`` changes the workers' environment. The function takes ``concurrency``.
    A worker's mail goes to files under ``folder/mail``, its log to ``folder/worker-N.log``.
    """
    started: list[Worker] = []

    def start_worker(*, concurrency: int = 1) -> Worker:
        log = folder / f"worker-{len(started) + 1}.log"
        with log.open("wb") as output:
            process = _start(folder, concurrency, include, environment or {}, output)
        worker = Worker(process, log)
        started.append(worker)
        worker.wait_until_ready()
        return worker

    with broker(folder):
        try:
            yield start_worker
        finally:
            for worker in started:
                # Not asked to leave, which takes seconds: what it does must survive this anyway.
                worker.kill()


@contextmanager
def broker(folder: Path | None = None, *, url: str = "filesystem://") -> Iterator[None]:
    """Send this process's messages to another broker: one of files under ``folder``, or the one at ``url``.

    Without it, all tests that run side by side would share the broker of the settings.
    """
    previous = current_app._get_current_object()
    app = Celery("tests", broker=url, set_as_current=False, fixups=[])
    if folder is not None:
        app.conf.broker_transport_options = broker_options(folder)
    try:
        _use(app)
        yield
    finally:
        _use(previous)
        app.close()


@contextmanager
def beat(folder: Path) -> Iterator[None]:
    """A real beat on the same broker, ticking as the settings say; its log is ``folder/beat.log``."""
    with (folder / "beat.log").open("wb") as output:
        schedule = f"--schedule={folder / 'beat-schedule'}"
        process = _celery(folder, ["beat", "--loglevel=INFO", "--pidfile=", schedule], {}, output)
    try:
        yield
    finally:
        process.kill()
        process.wait()


def broker_options(folder: Path) -> dict[str, str | bool | float]:
    """The filesystem broker under a folder, made here: what both sides of it must agree upon."""
    parts = {
        "data_folder_in": "queue",
        "data_folder_out": "queue",
        "processed_folder": "processed",
        "control_folder": "control",
    }
    for part in parts.values():
        (folder / "broker" / part).mkdir(parents=True, exist_ok=True)
    paths = {option: str(folder / "broker" / part) for option, part in parts.items()}
    return {**paths, "store_processed": True, "polling_interval": 0.05}


def wait_until(condition: Callable[[], object], *, seconds: float = 15) -> None:
    """Wait until something is true; after so many seconds that is a failure."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"Not so within {seconds} seconds."
        time.sleep(0.05)


def _use(app: Celery) -> None:
    app.set_current()
    app.set_default()  # for the threads of a live server


def _start(
    folder: Path, concurrency: int, include: tuple[str, ...], environment: dict[str, str], output: IO[bytes]
) -> "subprocess.Popen[bytes]":
    options = [f"--concurrency={concurrency}", "--loglevel=INFO", f"--hostname=tests-{os.getpid()}@%h"]
    # What workers tell each other; there is nobody to listen.
    options += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    arguments = ["worker", "--pool=prefork", *options, f"--include={','.join(include)}"]
    return _celery(folder, arguments, environment, output)


def _celery(
    folder: Path, arguments: list[str], environment: dict[str, str], output: IO[bytes]
) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "config.celery", *arguments],
        cwd=settings.BASE_DIR,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.worker_settings",
            "TESTS_DATABASE": str(connection.settings_dict["NAME"]),
            "TESTS_FOLDER": str(folder),
            # The suite has checked the project already; here it would cost every worker a second.
            "CELERY_SKIP_CHECKS": "1",
            **environment,
        },
        stdout=output,
        stderr=subprocess.STDOUT,
        # A group of its own, so that all of it can be killed, and nothing else.
        start_new_session=True,
    )
