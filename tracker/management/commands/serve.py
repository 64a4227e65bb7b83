"""``manage.py serve``: the whole tracker on this machine, for a first day or a demonstration.

Prepares what is missing (database, strategy, demonstration data, static files), then runs web, worker and
beat together until Ctrl-C, which stops all that it started.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from tracker.common.commands import Command as BaseCommand
from tracker.common.embedded import server

WAIT_SECONDS = 60
STOP_SECONDS = 15


class Command(BaseCommand):
    help = "Run the tracker with demonstration data: web, worker and beat, until Ctrl-C."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError(
                "This runs a demonstration. In production start gunicorn, celery worker and celery beat "
                "with your process manager; docs/operations.md says how."
            )
        port = int(os.environ.get("PORT", "8000"))
        # Stopping by SIGTERM is as good as Ctrl-C.
        signal.signal(signal.SIGTERM, _interrupt)
        try:
            with server.holder_lock(settings.VAR_DIR, "run"):
                self._run(port)
        except server.AlreadyRunning as other:
            raise CommandError(
                f"The tracker already runs here (process {other.pid}). Stop that one first, or use it. To run "
                "a second one beside it, give it a folder and a port: VAR_DIR=… PORT=… make run"
            ) from other

    def _run(self, port: int) -> None:
        self._refuse_taken_port(port)
        # Held for as long as we run: otherwise every short command would start and stop the server.
        server.ensure(settings.VAR_DIR)
        self.stdout.write("Preparing …")
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("load_strategy", stdout=self.stdout)
        call_command("load_demo", "--if-empty", stdout=self.stdout)
        call_command("collectstatic", interactive=False, verbosity=0)
        with _processes(self._commands(port)) as running:
            self._wait_until_it_answers(port, running)
            self.stdout.write(_welcome(port))
            self.stdout.flush()
            with contextlib.suppress(KeyboardInterrupt):
                while not (ended := [p for p in running if p.poll() is not None]):
                    time.sleep(0.5)
                raise CommandError(f"{ended[0].args} stopped by itself; the log above says why.")  # type: ignore[str-bytes-safe]
        self.stdout.write("Stopped.")

    @staticmethod
    def _commands(port: int) -> list[list[str]]:
        python = [sys.executable, "-m"]
        return [
            [
                *python, "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2",
                "--threads", "4", "--timeout", "60", "--log-level", "warning",
            ],
            [
                *python, "celery", "--quiet", "-A", "config.celery", "worker", "--loglevel", "WARNING",
                "--without-gossip", "--without-mingle", "--without-heartbeat",
            ],
            [*python, "celery", "--quiet", "-A", "config.celery", "beat", "--loglevel", "WARNING", "--pidfile="],
        ]  # fmt: skip

    @staticmethod
    def _refuse_taken_port(port: int) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as taken:
                raise CommandError(
                    f"Port {port} is in use by another program. Choose another: PORT=8001 make run"
                ) from taken

    def _wait_until_it_answers(self, port: int, running: list["subprocess.Popen[bytes]"]) -> None:
        until = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < until:
            if any(p.poll() is not None for p in running):
                raise CommandError("A part of the tracker did not start; the log above says why.")
            if _answers(f"http://127.0.0.1:{port}/healthz"):
                return
            time.sleep(0.2)
        raise CommandError(f"The tracker did not answer within {WAIT_SECONDS} seconds.")


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


@contextlib.contextmanager
def _processes(commands: list[list[str]]) -> Iterator[list["subprocess.Popen[bytes]"]]:
    """Start each in a session of its own, so that Ctrl-C reaches them through us and in order."""
    running: list[subprocess.Popen[bytes]] = []
    # A newcomer may well be root on a machine of their own; nothing here listens to the outside.
    quiet = "ignore:You're running the worker with superuser privileges"
    environment = {**os.environ, "PYTHONWARNINGS": quiet}
    try:
        for command in commands:
            running.append(
                subprocess.Popen(
                    command, cwd=Path(settings.BASE_DIR), env=environment, start_new_session=True
                )
            )
        yield running
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        for process in running:
            process.terminate()
        until = time.monotonic() + STOP_SECONDS
        for process in running:
            try:
                process.wait(timeout=max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _welcome(port: int) -> str:
    from tracker.management.demonstration import ACCOUNTS, PASSWORD

    width = max(len(a.email) for a in ACCOUNTS)
    lines = [f"  {a.email:<{width}}  {a.what}" for a in ACCOUNTS]
    return "\n".join(
        [
            "",
            f"The tracker answers on http://127.0.0.1:{port}",
            f"Demonstration accounts (the password of all is {PASSWORD}):",
            *lines,
            "",
            "Stop with Ctrl-C.",
        ]
    )
