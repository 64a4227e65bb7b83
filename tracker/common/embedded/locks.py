"""Kernel locks on files (`flock`): the kernel itself drops them when a process dies, however it dies.

A lock belongs to the *open file*, which a forked child shares with its parent. Left alone, a child could keep
a lock alive after its parent has gone, or give up its parent's. So a child closes what it inherited at once,
which leaves the parent's locks as they are, and a parent unlocks in so many words before it closes.
"""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

_open: set[int] = set()


class AlreadyRunning(RuntimeError):
    """Another process holds the named lock; `pid` is its number, or None where it could not be read."""

    def __init__(self, name: str, pid: int | None) -> None:
        self.name = name
        self.pid = pid
        who = f"process {pid}" if pid else "another process"
        super().__init__(f"“{name}” is already running here, as {who}. Stop that one first, or use it.")


def open_lock(path: Path) -> int:
    """Open a lock file, made if missing, and return its descriptor. It is not locked yet.

    A file made by another user serves for reading only, except on network disks, which lock by writing.
    """
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except PermissionError:
        descriptor = os.open(path, os.O_RDONLY)
    _open.add(descriptor)
    return descriptor


def try_lock(descriptor: int, operation: int) -> bool:
    """Take the lock (`fcntl.LOCK_SH`, `fcntl.LOCK_EX`) if nobody stands in the way, and say whether."""
    try:
        fcntl.flock(descriptor, operation | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def close_lock(descriptor: int) -> None:
    """Unlock and close."""
    # Unlocked by name first: a copy in a child that the fork hook did not reach must not keep it alive.
    with contextlib.suppress(OSError):
        fcntl.flock(descriptor, fcntl.LOCK_UN)
    _open.discard(descriptor)
    os.close(descriptor)


def share_lock(descriptor: int) -> None:
    """Close this process's copy only: a program that was started with the descriptor keeps the lock."""
    _open.discard(descriptor)
    os.close(descriptor)


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the exclusive lock on `path`, waiting for it as long as it takes."""
    descriptor = open_lock(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        close_lock(descriptor)


@contextlib.contextmanager
def holder_lock(var_dir: Path, name: str) -> Iterator[None]:
    """Be the only process that does `name` in `var_dir`, or raise `AlreadyRunning` with the other's number.

    The lock is on `<var_dir>/<name>.lock`, which holds the number of the process that has it, and is free
    again when that process ends, even by `kill -9`. Processes started with `subprocess` do not inherit it.
    """
    var_dir.mkdir(parents=True, exist_ok=True)
    path = var_dir / f"{name}.lock"
    descriptor = open_lock(path)
    try:
        if not try_lock(descriptor, fcntl.LOCK_EX):
            raise AlreadyRunning(name, _read_pid(path))
        with contextlib.suppress(PermissionError):  # another user's file; the lock is what counts
            path.write_text(f"{os.getpid()}\n")
        yield
    finally:
        if descriptor in _open:  # not in a child forked inside the block: it has let go already
            close_lock(descriptor)


def _read_pid(path: Path) -> int | None:
    """The number in a lock file; None where its holder has not written it yet."""
    try:
        return int(path.read_text())
    except (OSError, ValueError):
        return None


def _let_go_in_child() -> None:
    """Close every inherited lock file without unlocking: the locks are the parent's."""
    while _open:
        with contextlib.suppress(OSError):
            os.close(_open.pop())


os.register_at_fork(after_in_child=_let_go_in_child)
