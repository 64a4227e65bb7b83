"""One embedded PostgreSQL per `VAR_DIR`, shared by every process that asks for it.

The first process starts it, each holds a kernel lock while it lives, and the last one to leave stops it.
Whoever is killed loses its lock by the kernel's hand, so the count is right after `kill -9` too. Files in
`VAR_DIR`:

    pg/        the data directory           pg.conf     settings of your own (optional; read at start)
    pg.gate    held exclusively while someone starts, stops or counts
    pg.users   held shared by every process that uses the server
    pg.watch   held by the watcher, which stops a server whose users were all killed
    pg.server  held by the server's own processes: while one lives, no other server is started
    pg.socket  where the socket's directory is

Sockets only, no TCP; safe in threads and across forks: a child is no user until it asks itself.
"""

import atexit
import contextlib
import fcntl
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from . import binaries
from .cluster import DATABASE, USER, Cluster
from .errors import EmbeddedServerError
from .locks import AlreadyRunning, close_lock, holder_lock, locked, open_lock, try_lock
from .sockets import PORT

__all__ = ["PORT", "AlreadyRunning", "EmbeddedServerError", "dsn", "ensure", "holder_lock", "release", "stop"]

_mutex = threading.RLock()
_held: dict[Path, int] = {}  # VAR_DIR -> descriptor of its pg.users, locked
_leave_at_exit = False


def ensure(var_dir: Path) -> str:
    """See that the server of `var_dir` runs, count this process among its users; return its socket directory.

    Made and started if need be, together with the database and the role `tracker`. Cheap when all is well, so
    it may be called before every connection; a server that was killed meanwhile is started again. Raises
    `EmbeddedServerError`.
    """
    var = Path(var_dir).resolve()
    cluster = Cluster(var)
    with _mutex, _explaining(var):
        socket_dir = cluster.running() if var in _held else None
        if socket_dir is None:
            var.mkdir(parents=True, exist_ok=True)
            with locked(var / "pg.gate"):
                socket_dir = _join(cluster)
    return socket_dir


def release(var_dir: Path) -> None:
    """Leave the server of `var_dir`; stop it if nobody else uses it. Called at exit; harmless twice."""
    var = Path(var_dir).resolve()
    with _mutex, _explaining(var):
        users = _held.pop(var, None)
        if users is None:
            return
        if not (var / "pg.gate").exists():  # VAR_DIR was deleted: the server sees it and goes by itself
            close_lock(users)
            return
        with locked(var / "pg.gate"):
            try:
                if try_lock(users, fcntl.LOCK_EX):
                    Cluster(var).stop()
            finally:
                close_lock(users)


def stop(var_dir: Path) -> None:
    """Stop the server of `var_dir` whoever uses it: for one who is about to delete or move the directory."""
    var = Path(var_dir).resolve()
    with _mutex, _explaining(var):
        if (var / "pg.gate").exists():
            with locked(var / "pg.gate"):
                Cluster(var).stop()
        if var in _held:
            close_lock(_held.pop(var))


def dsn(var_dir: Path, database: str = DATABASE) -> str:
    """Connection string of a database of the server, for psycopg and pg_dump. Calls `ensure`."""
    return f"host={ensure(var_dir)} port={PORT} user={USER} dbname={database}"


def _join(cluster: Cluster) -> str:
    """Count this process as a user, then start what is not running. Called with the gate held."""
    global _leave_at_exit
    joined_now = cluster.var not in _held
    if joined_now:
        users = open_lock(cluster.var / "pg.users")
        fcntl.flock(users, fcntl.LOCK_SH)
        _held[cluster.var] = users
    try:
        _watch(cluster)  # first, so that a start that is cut short has someone to clear up after it
        socket_dir = cluster.start()
    except BaseException:  # Ctrl-C too: the watcher stops a half-started server
        if joined_now:
            close_lock(_held.pop(cluster.var))
        raise
    if not _leave_at_exit:
        _leave_at_exit = True
        atexit.register(_leave_all)
    return socket_dir


def _watch(cluster: Cluster) -> None:
    """Start a watcher unless there is one. It is a help, and its absence no error."""
    watch = open_lock(cluster.var / "pg.watch")
    free = try_lock(watch, fcntl.LOCK_EX)
    close_lock(watch)
    if not free or not sys.executable:
        return
    stop_command = cluster.stop_command(binaries.choose_server_user(cluster.data))
    script = Path(__file__).with_name("watcher.py")
    with contextlib.suppress(OSError):
        subprocess.run(
            [sys.executable, "-I", "-S", os.fspath(script), os.fspath(cluster.var), *stop_command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env=binaries.clean_environment(),
            start_new_session=True,
            check=False,
        )


@contextlib.contextmanager
def _explaining(var: Path) -> Iterator[None]:
    """Turn what the operating system refuses into a sentence that says what to do."""
    try:
        yield
    except OSError as error:
        raise EmbeddedServerError(
            f"The embedded PostgreSQL in {var} cannot be used: {error}. See that you own that folder and "
            "that its disk has room, or set VAR_DIR to another one."
        ) from error


def _leave_all() -> None:
    """At exit. An impatient Ctrl-C here leaves the rest to the watcher."""
    with contextlib.suppress(KeyboardInterrupt, EmbeddedServerError):
        for var in list(_held):
            release(var)


def _forget_in_child() -> None:
    """A forked child is not a user, and a thread of its parent may have held the mutex (see also `locks`)."""
    global _mutex
    _mutex = threading.RLock()
    _held.clear()


os.register_at_fork(after_in_child=_forget_in_child)
