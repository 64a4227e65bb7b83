"""The parts of a running tracker (web, worker, beat): started together, watched, stopped together.

Each leads a process group of its own, so that Ctrl-C reaches it through its starter, in order, and so that it
can be killed with its children. Each ends with its starter (see `lifeline`). And each inherits, with its
children, the open file of a kernel lock: as long as one of them lives, `VAR_DIR/parts.lock` is held, and the
next start waits.
"""

import contextlib
import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from tracker.common.embedded import locks
from tracker.common.errors import Refused

from .lifeline import STOP_SECONDS

PATIENCE_SECONDS = STOP_SECONDS + 5
"""How long a start waits for the parts of an earlier run, which kill themselves before that."""

_LOCK = "parts.lock"


@dataclass(frozen=True)
class Part:
    """A Python module with its arguments, and what people call it."""

    name: str
    module: str
    arguments: Sequence[str]


@dataclass(frozen=True)
class Running:
    """A part at work."""

    part: Part
    process: "subprocess.Popen[bytes]"

    @property
    def has_ended(self) -> bool:
        return self.process.poll() is not None

    def kill(self) -> None:
        """End it with its children, those too that lost their parent. Its number is its group's."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class StopSignals:
    """Ctrl-C, SIGTERM and the closing of the terminal: the first one interrupts, no further one does.

    A second Ctrl-C asks for haste. `make` and a closing terminal send the other two more than once.
    """

    def __init__(self) -> None:
        self.asked = False
        self.in_haste = False

    def heed(self) -> None:
        """From now on; but for what `nohup` or a shell's `&` has switched off."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) != signal.SIG_IGN:
                signal.signal(number, self._take)

    def _take(self, number: int, _frame: object) -> None:
        if self.asked:
            self.in_haste = self.in_haste or number == signal.SIGINT
            return
        self.asked = True
        raise KeyboardInterrupt


@contextlib.contextmanager
def sole_parts(var: Path, *, when_waiting: Callable[[], None]) -> Iterator[int]:
    """Wait until no part of an earlier run lives, and give the lock's descriptor for the parts to inherit.

    Those of a run that was killed stop by themselves (see `lifeline`). Raises Refused where they do not.
    """
    lock = locks.open_lock(var / _LOCK)
    try:
        give_up_at = time.monotonic() + PATIENCE_SECONDS
        waits = False
        while not locks.try_lock(lock, fcntl.LOCK_EX):
            if not waits:
                waits = True
                when_waiting()
            if time.monotonic() > give_up_at:
                raise Refused(
                    _(
                        "Parts of an earlier run of this tracker do not stop. End them, then start again: "
                        "kill -9 %(processes)s"
                    )
                    % {"processes": (var / _LOCK).read_text().strip()}
                )
            time.sleep(0.1)
        yield lock
    finally:
        locks.share_lock(lock)  # this copy only: parts that live on keep theirs


@contextlib.contextmanager
def started(
    parts: Sequence[Part], *, var: Path, lock: int, in_haste: Callable[[], bool]
) -> Iterator[list[Running]]:
    """Start the parts; in the end stop them all, at once where ``in_haste`` says so."""
    running: list[Running] = []
    follows, held = os.pipe()
    try:
        for part in parts:
            running.append(Running(part, _start(part, follows=follows, lock=lock)))
        (var / _LOCK).write_text(" ".join(str(each.process.pid) for each in running))
        yield running
    finally:
        _stop(running, in_haste)
        os.close(held)
        os.close(follows)


def _start(part: Part, *, follows: int, lock: int) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "tracker.management.lifeline", str(follows), part.module, *part.arguments],
        cwd=Path(settings.BASE_DIR),
        # A newcomer may well be root on a machine of their own; nothing here listens to the outside.
        env={**os.environ, "PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges"},
        stdin=subprocess.DEVNULL,
        pass_fds=(follows, lock),
        start_new_session=True,
    )


def _stop(running: Sequence[Running], in_haste: Callable[[], bool]) -> None:
    for each in running:
        each.process.terminate()
    until = time.monotonic() + STOP_SECONDS
    while not all(each.has_ended for each in running):
        if in_haste() or time.monotonic() > until:
            break
        time.sleep(0.05)
    for each in running:
        each.kill()
