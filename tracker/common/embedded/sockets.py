"""The directory of a cluster's socket: short, private, and the same at every start as long as it is ours.

The data directory would serve but for the length of its path: a socket's may have 103 bytes. So the directory
is made in the temporary folder under a random name, kept in `VAR_DIR/pg.socket`, and taken again only if it
belongs to the server's user alone. Nobody else can lay it out beforehand, and a connection pool finds a
restarted server where it was. The name also holds a digest of the path, lest a copied `VAR_DIR` use the
original's socket.
"""

import contextlib
import hashlib
import os
import re
import stat
import tempfile
from pathlib import Path

from .binaries import ServerUser

PORT = 5432  # only a part of the socket's name: there is no TCP
SOCKET_NAME = f".s.PGSQL.{PORT}"

_PREFIX = "trk-"
_PATH_LIMIT = 103  # bytes; macOS is the strictest
_NAME_LENGTH = len(f"/{_PREFIX}01234567-01234567/{SOCKET_NAME}")


def take_socket_dir(var: Path, user: ServerUser) -> str:
    """The directory for the socket of the cluster in `var`, empty and open to `user` only.

    Called when no server of `var` runs.
    """
    kept = var / "pg.socket"
    prefix = f"{_PREFIX}{hashlib.sha256(os.fsencode(var)).hexdigest()[:8]}-"
    try:
        path = Path(kept.read_text().strip())
    except OSError:
        path = Path()
    if not path.name.startswith(prefix) or not _is_private_dir(path, user):
        path = Path(tempfile.mkdtemp(prefix=prefix, dir=_short_temporary_dir()))
        give(path, user)
        kept.unlink(missing_ok=True)
        kept.write_text(f"{path}\n")
    for leftover in path.glob(f"{SOCKET_NAME}*"):
        leftover.unlink()
    return os.fspath(path)


def remove_socket_dir(path: str) -> None:
    """Remove the directory of a server that was stopped, unless somebody chose or uses it by hand."""
    if Path(path).name.startswith(_PREFIX):
        with contextlib.suppress(OSError):
            Path(path).rmdir()


def give(path: Path, user: ServerUser) -> None:
    """Hand what was just made to the server's user; only root is somebody else."""
    if os.geteuid() == 0:
        os.chown(path, user.uid, user.gid)


def _is_private_dir(path: Path, user: ServerUser) -> bool:
    """Whether `path`, made if missing, is a directory that only `user` can enter."""
    try:
        path.mkdir(mode=0o700)
    except FileExistsError:
        pass
    except OSError:
        return False
    status = path.lstat()
    if not stat.S_ISDIR(status.st_mode) or stat.S_IMODE(status.st_mode) & 0o077:
        return False
    if status.st_uid == 0 and os.geteuid() == 0:  # just made, or left by one who was killed right here
        give(path, user)
        return True
    return status.st_uid == user.uid


def _short_temporary_dir() -> str:
    """The temporary folder, or /tmp where its path is too long for a socket or would need quoting."""
    folder = tempfile.gettempdir()
    fits = len(os.fsencode(folder)) + _NAME_LENGTH <= _PATH_LIMIT
    return folder if fits and re.fullmatch(r"[\w/.+-]+", folder, re.ASCII) else "/tmp"
