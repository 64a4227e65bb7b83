"""``manage.py serve``: the whole tracker on this machine, for a first day or a demonstration.

Prepares what is missing (database, strategy, demonstration data, static files), then runs web, worker and
beat together until Ctrl-C, SIGTERM or the closing of its terminal, which stop all that it started; so does
the end of this process in any other way.
"""

import contextlib
import errno
import os
import socket
import time
import urllib.request
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connections
from django.utils.translation import gettext as _

from tracker.common.commands import Command as BaseCommand
from tracker.common.embedded import server
from tracker.common.errors import Refused
from tracker.management.demonstration import describe_accounts
from tracker.management.parts import Part, Running, StopSignals, sole_parts, started

HOST = "127.0.0.1"
WAIT_SECONDS = 60


class Command(BaseCommand):
    help = "Run the tracker with demonstration data: web, worker and beat, until Ctrl-C."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError(
                _(
                    "This runs a demonstration. In production start gunicorn, celery worker and celery beat "
                    "with your process manager; docs/operations.md says how."
                )
            )
        port = read_port(os.environ.get("PORT", ""))
        if not settings.VAR_DIR.exists():  # a first start that is refused leaves no folder behind
            refuse_taken_port(port)
        stop = StopSignals()
        try:
            stop.heed()
            with server.holder_lock(settings.VAR_DIR, "run"):
                self._run(port, stop)
        except KeyboardInterrupt:
            self._say(_("Stopped."))
        except server.AlreadyRunning as other:
            raise CommandError(_already_running(other.pid)) from other
        except Refused as refused:
            raise CommandError(str(refused)) from refused

    def _run(self, port: int, stop: StopSignals) -> None:
        """Prepare and run until something ends it: raises KeyboardInterrupt where it was asked to stop."""
        with sole_parts(
            settings.VAR_DIR,
            when_waiting=lambda: self._say(_("Waiting until what is left of an earlier run has stopped …")),
        ) as lock:
            refuse_taken_port(port)
            try:
                # Held for as long as we run: otherwise every short command would start and stop the server.
                server.ensure(settings.VAR_DIR)
                self._prepare()
                with started(
                    _parts(port), var=settings.VAR_DIR, lock=lock, in_haste=lambda: stop.in_haste
                ) as running:
                    try:
                        self._wait_until_it_answers(port, running)
                        self._say(_welcome(port))
                        self._watch(running, stop)
                    finally:
                        self._say(_("Stopping … (Ctrl-C once more stops at once)"))
            finally:
                connections.close_all()
                server.release(settings.VAR_DIR)

    def _prepare(self) -> None:
        if (settings.VAR_DIR / "static").exists():  # the last of the steps below was done before
            self._say(_("Preparing …"))
        else:
            self._say(_("Preparing … (this first time it takes about half a minute)"))
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("load_strategy", stdout=self.stdout)
        call_command("load_demo", "--if-empty", stdout=self.stdout)
        call_command("collectstatic", interactive=False, verbosity=0)

    @staticmethod
    def _wait_until_it_answers(port: int, running: list[Running]) -> None:
        until = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < until:
            _refuse_without(running)
            if _answers(f"http://{HOST}:{port}/healthz"):
                return
            time.sleep(0.2)
        raise CommandError(
            _("The tracker did not answer within %(seconds)d seconds.") % {"seconds": WAIT_SECONDS}
        )

    @staticmethod
    def _watch(running: list[Running], stop: StopSignals) -> None:
        while not stop.asked:
            _refuse_without(running)
            time.sleep(0.5)
        raise KeyboardInterrupt

    def _say(self, text: str) -> None:
        """Print at once; to a terminal that was closed there is nothing to say."""
        with contextlib.suppress(OSError):
            self.stdout.write(text)
            self.stdout.flush()


def read_port(text: str) -> int:
    """The port that the environment asks for; 8000 where it says nothing. Raises CommandError."""
    wanted = text.strip() or "8000"
    port = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) <= 5 else 0
    if not 1 <= port <= 65535:
        raise CommandError(
            _("PORT=%(text)s is not a port. Give a number from 1 to 65535, for example: PORT=8001 make run")
            % {"text": wanted}
        )
    return port


def refuse_taken_port(port: int) -> None:
    """Raise CommandError where nothing can listen on the port, naming one that is free."""
    error = _error_of_listening(port)
    if error is None:
        return
    first = port + 1 if port >= 1024 else 8000
    others = range(first, min(first + 100, 65536))
    free = next((other for other in others if _error_of_listening(other) is None), 8001)
    if error == errno.EADDRINUSE:
        said = _("Port %(port)d is taken by another program. Choose another: PORT=%(free)d make run")
    else:
        said = _("Port %(port)d is not yours to use (%(reason)s). Choose another: PORT=%(free)d make run")
    raise CommandError(said % {"port": port, "free": free, "reason": os.strerror(error)})


def _error_of_listening(port: int) -> int | None:
    """The system's number for what stands in the way; None where nothing does."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            return error.errno
    return None


def _already_running(pid: int | None) -> str:
    folder = {"folder": settings.VAR_DIR}
    if pid is None:
        said = _("This tracker runs already (its data are in %(folder)s). Use it, or stop it first.") % folder
    else:
        said = _(
            "This tracker runs already, as process %(pid)d (its data are in %(folder)s). Use it, or stop it "
            "first: Ctrl-C in its terminal, or kill %(pid)d."
        ) % {**folder, "pid": pid}
    beside = _(
        "To run a second one beside it, give that a folder and a port of its own: "
        "VAR_DIR=/tmp/second PORT=8001 make run"
    )
    return f"{said}\n{beside}"


def web_server(port: int) -> Part:
    """gunicorn, as this machine's two or more cores bear it."""
    return Part(
        _("web server"),
        "gunicorn",
        [
            "config.wsgi", "--bind", f"{HOST}:{port}", "--workers", "2", "--threads", "4",
            "--timeout", "60", "--log-level", "warning",
        ],
    )  # fmt: skip


def _parts(port: int) -> list[Part]:
    celery = ["--quiet", "-A", "config.celery"]
    return [
        web_server(port),
        Part(
            _("worker"),
            "celery",
            [
                *celery, "worker", "--loglevel", "WARNING", "--without-gossip", "--without-mingle",
                "--without-heartbeat",
            ],
        ),
        Part(_("scheduler"), "celery", [*celery, "beat", "--loglevel", "WARNING", "--pidfile="]),
    ]  # fmt: skip


def _refuse_without(running: list[Running]) -> None:
    """Raise CommandError where a part has ended by itself."""
    for each in running:
        if each.has_ended:
            raise CommandError(
                _("The %(part)s ended by itself (exit code %(code)s); the log above says why.")
                % {"part": each.part.name, "code": each.process.returncode}
            )


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _welcome(port: int) -> str:
    return "\n".join(
        [
            "",
            _("The tracker answers on %(address)s") % {"address": f"http://{HOST}:{port}"},
            *describe_accounts(),
            "",
            _("Stop with Ctrl-C."),
        ]
    )
