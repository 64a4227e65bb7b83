"""Gives the tests a PostgreSQL of their own, started by the first test that needs it, thrown away at the end.

Loaded with `-p tests.plugin`, so that `VAR_DIR` is set before pytest-django reads the settings. Only the
process that was started by hand acts here; the workers of pytest-xdist inherit its environment, and so its
server.
"""

import atexit
import contextlib
import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from tracker.common.embedded import server

_PREFIX = "tracker test "  # the space is there to be met early
_LOCK = "suite"

# Nothing here outlives the tests, so nothing need survive a power cut. Nor is anything left to be vacuumed, and tables
# that were analysed between two tests would be taken to be empty by the next one's statements.
_FAST = "fsync = off\nfull_page_writes = off\nsynchronous_commit = off\nautovacuum = off\n"


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None]:
    """Before pytest-django's own hook: set the stage."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        os.environ.pop("DATABASE_URL", None)  # tests never touch a real database
        _remove_what_killed_runs_left()
        os.environ["VAR_DIR"] = str(_make_var_dir())
    return (yield)


def _make_var_dir() -> Path:
    var = Path(tempfile.mkdtemp(prefix=_PREFIX))
    (var / "pg.conf").write_text(_FAST)
    (var / "static").mkdir()  # whitenoise looks for it
    held = contextlib.ExitStack()
    held.enter_context(server.holder_lock(var, _LOCK))
    held.callback(_remove, var)
    atexit.register(held.close)
    return var


def _remove_what_killed_runs_left() -> None:
    for var in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError, server.AlreadyRunning):
            if var.stat().st_uid == os.geteuid() and (var / f"{_LOCK}.lock").exists():
                with server.holder_lock(var, _LOCK):
                    _remove(var)


def _remove(var: Path) -> None:
    with contextlib.suppress(server.EmbeddedServerError):
        server.stop(var)
    shutil.rmtree(var, ignore_errors=True)
