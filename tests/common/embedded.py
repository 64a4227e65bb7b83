"""Processes that use an embedded server, for the tests of it."""

import os
import pwd
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

import psycopg

ROOT = Path(__file__).resolve().parents[2]

# Uses the server of its argument, says where the socket is, and does so again for every line it is sent.
_USE = """
import sys
from pathlib import Path
from tracker.common.embedded import server
while True:
    print(server.ensure(Path(sys.argv[1])), flush=True)
    if not sys.stdin.readline():
        break
"""


def environment(**extra: str) -> dict[str, str]:
    """This process's environment, with the project importable."""
    return {**os.environ, "PYTHONPATH": str(ROOT), **extra}


def run_python(program: str, *args: object, **extra: str) -> subprocess.CompletedProcess[str]:
    """Run a Python program to its end, with `extra` in its environment."""
    command = [sys.executable, "-c", program, *map(str, args)]
    return subprocess.run(command, env=environment(**extra), text=True, capture_output=True, timeout=60)


class ServerUser:
    """A process that uses the server of `var` until it is told to leave or killed.

    It may run another program than the usual, or behind a command such as `setpriv`.
    """

    _started: ClassVar[list["ServerUser"]] = []

    def __init__(
        self,
        var: Path,
        *,
        program: str = _USE,
        prefix: Sequence[str] = (),
        env: Mapping[str, str] | None = None,
    ) -> None:
        self.process = subprocess.Popen(
            [*prefix, sys.executable, "-c", program, str(var)],
            env=environment(**(env or {})),
            cwd="/",
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._started.append(self)

    @classmethod
    def kill_all(cls) -> None:
        """Kill what a failed test left running."""
        while cls._started:
            cls._started.pop().kill()

    def read_line(self) -> str:
        """The next line it prints; waits for it."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def socket_dir(self) -> str:
        """Where the socket is; waits for the server."""
        return self.read_line()

    def use_again(self) -> str:
        """Ask for the server once more."""
        assert self.process.stdin is not None
        self.process.stdin.write("again\n")
        self.process.stdin.flush()
        return self.socket_dir()

    def leave(self) -> int:
        """End in the ordinary way; the exit code."""
        self._end()
        return self.process.returncode

    def kill(self) -> None:
        """End by `kill -9`."""
        self.process.kill()
        self._end()

    def _end(self) -> None:
        assert self.process.stdin is not None
        if not self.process.stdin.closed:
            self.process.communicate(timeout=60)


def ask(socket_dir: str, query: str, *, database: str = "tracker") -> Any:
    """The first value of the answer to a query, sent as the role `tracker`."""
    with psycopg.connect(host=socket_dir, port=5432, user="tracker", dbname=database) as connection:
        cursor = connection.execute(query)  # type: ignore[call-overload]
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None


def wait_until(condition: Callable[[], bool], *, seconds: float = 15) -> bool:
    """Whether the condition comes true in time."""
    give_up_at = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > give_up_at:
            return False
        time.sleep(0.05)
    return True


def as_ordinary_user() -> tuple[int, list[str]]:
    """The number of an ordinary user, and what to put before a command so that it runs as that user.

    Root becomes `nobody`, who may read every file (this checkout may lie in root's own folder) and write
    none.
    """
    if os.geteuid() != 0:
        return os.geteuid(), []
    nobody = pwd.getpwnam("nobody")
    keep = "-all,+dac_read_search"
    return nobody.pw_uid, [
        "setpriv",
        f"--reuid={nobody.pw_uid}",
        f"--regid={nobody.pw_gid}",
        "--clear-groups",
        f"--inh-caps={keep}",
        f"--ambient-caps={keep}",
        f"--bounding-set={keep}",
    ]
