"""Stops a cluster whose users have all gone. Run as a program of its own, one per running cluster.

A process that ends in the ordinary way stops the server itself if it was the last to use it. One that is
killed, or whose terminal is closed, cannot: the kernel drops its lock, and this program, which looks once a
second, sees it.

    python -I -S watcher.py VAR_DIR COMMAND-THAT-STOPS-THE-SERVER...

Started by `server`, which holds the gate meanwhile, and self-contained, so that it starts in milliseconds and
outlives a virtual environment. See `server` for what the lock files mean.
"""

import fcntl
import os
import sys
import time

_EXCLUSIVE = fcntl.LOCK_EX | fcntl.LOCK_NB


def main(var: str, stop_command: list[str]) -> None:
    watch = _open(f"{var}/pg.watch")
    try:
        fcntl.flock(watch, _EXCLUSIVE)  # before the starter goes on: it may then rely on it
    except BlockingIOError:
        return  # there is one already
    if os.fork():
        os._exit(0)  # the starter waits for this one only
    gate, users = _open(f"{var}/pg.gate"), _open(f"{var}/pg.users")
    while True:
        time.sleep(1)
        # Users are only ever counted by one who holds the gate, so no count disturbs another.
        fcntl.flock(gate, fcntl.LOCK_EX)
        try:
            fcntl.flock(users, _EXCLUSIVE)
        except BlockingIOError:
            fcntl.flock(gate, fcntl.LOCK_UN)
            continue
        if _is_still(users, f"{var}/pg.users") and os.path.exists(f"{var}/pg/postmaster.pid"):  # noqa: PTH110
            os.spawnv(os.P_WAIT, stop_command[0], stop_command)
            _remove_socket_dir(f"{var}/pg.socket")
        return


def _open(path: str) -> int:
    """Open a lock file, as `locks.open_lock` does; the starter has made it."""
    try:
        return os.open(path, os.O_RDWR)
    except PermissionError:
        return os.open(path, os.O_RDONLY)


def _is_still(descriptor: int, path: str) -> bool:
    """Whether the open file is the one at `path`: a VAR_DIR deleted and made anew is not ours to stop."""
    try:
        return os.path.samestat(os.fstat(descriptor), os.stat(path))  # noqa: PTH116
    except FileNotFoundError:
        return False


def _remove_socket_dir(kept: str) -> None:
    """Remove the socket's directory, which is empty once the server has stopped."""
    try:
        with open(kept) as file:  # noqa: PTH123
            os.rmdir(file.read().strip())  # noqa: PTH106
    except OSError:
        pass  # it will be used again


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
