"""One data directory and its server: made, started, found, stopped.

Every method is called by one process at a time: the callers in `server` hold the gate, a kernel lock.
Only `running` may be called by anyone.
"""

import contextlib
import fcntl
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from . import binaries
from .binaries import ServerUser
from .errors import EmbeddedServerError
from .locks import open_lock, share_lock, try_lock
from .sockets import PORT, SOCKET_NAME, give, remove_socket_dir, take_socket_dir

SUPERUSER = "postgres"
USER = "tracker"
DATABASE = "tracker"

_START_SECONDS = 120  # generous: after a power cut the server first repairs itself
_LEFTOVER_SECONDS = 30
_LOG_LIMIT = 1_000_000  # bytes
_HAS_PROC = Path("/proc/self/cmdline").exists()

_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",  # initdb's guess at the machine's own is often wrong
    "log_timezone": "UTC",
    # The server's own messages only. A failed statement is reported to the one who sent it; kept here too, it
    # would grow the log for ever, and it may quote what people entered.
    "log_min_messages": "log",
    "log_checkpoints": "off",
}

# Asked at each process's first use, as someone may have dropped the database since. The role is an ordinary
# one, as in production; it may make databases, for the tests.
_PREPARE = f"""
select 'create role {USER} login createdb'
 where not exists (select from pg_roles where rolname = '{USER}') \\gexec
select 'create database {DATABASE} owner {USER}'
 where not exists (select from pg_database where datname = '{DATABASE}') \\gexec
"""


class Cluster:
    """The cluster of one `VAR_DIR`. Its data are in `pg/`; settings of one's own, if any, in `pg.conf`."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.data = var / "pg"
        self.log = self.data / "server.log"
        self._pid_file = self.data / "postmaster.pid"

    def running(self) -> str | None:
        """The socket directory of the server that runs over this directory, or None. Takes microseconds."""
        try:
            lines = self._pid_file.read_text().splitlines()
            pid, socket_dir = int(lines[0]), lines[4]
        except (OSError, ValueError, IndexError):
            return None
        if self._is_our_server(pid) and Path(socket_dir, SOCKET_NAME).exists():
            return socket_dir
        return None

    def start(self) -> str:
        """Make what is missing, start the server if it does not run, and return its socket directory."""
        self._check_path()
        user = binaries.choose_server_user(self.data)
        if not self._exists():
            self._initialise(user)
        self._check_version()
        socket_dir = self.running()
        if socket_dir is None:
            self._stop_cut_off(user)
            with self._server_lock() as lock:
                self._remove_leftovers()
                socket_dir = take_socket_dir(self.var, user)
                self._start_server(user, socket_dir, lock)
        self._prepare_database(socket_dir)
        return socket_dir

    def stop(self) -> None:
        """Stop the server, if it runs, and wait until it has: connections are cut, transactions undone."""
        socket_dir = self.running()
        if socket_dir is None:
            return
        code, said = binaries.run(self.stop_command(binaries.choose_server_user(self.data)))
        if code:
            raise EmbeddedServerError(f"PostgreSQL in {self.data} did not stop: {said}")
        remove_socket_dir(socket_dir)

    def stop_command(self, user: ServerUser) -> list[str]:
        """The command line that stops the server."""
        pg_ctl = os.fspath(binaries.binary("pg_ctl"))
        return user.wrap([pg_ctl, "stop", "-w", "-m", "fast", "-D", os.fspath(self.data)])

    # --- the data directory

    def _check_path(self) -> None:
        """pg_ctl and initdb hand paths to a shell in double quotes: refuse what that would not keep whole."""
        for path in (self.data, binaries.binary("postgres")):
            if re.search(r'["$`\\\n]', os.fspath(path)):
                raise EmbeddedServerError(
                    f"PostgreSQL cannot work in {path}: the path holds a quotation mark, a dollar sign, a "
                    "backtick, a backslash or a line break. Move the program, or set VAR_DIR to another one."
                )

    def _exists(self) -> bool:
        if (self.data / "PG_VERSION").exists():
            return True
        if self.data.exists() and any(self.data.iterdir()):
            raise EmbeddedServerError(
                f"{self.data} is there and holds no PostgreSQL database. Move it away, or set VAR_DIR to "
                "another folder."
            )
        return False

    def _check_version(self) -> None:
        made_by = (self.data / "PG_VERSION").read_text().strip()
        ours = binaries.selected_major()
        if made_by == ours:
            return
        if made_by in binaries.MAJORS:
            go_on = f"To go on with them, set the environment variable TRACKER_PG={made_by}; to move them,"
        else:
            go_on = "To move them, go back to the release that made them,"
        raise EmbeddedServerError(
            f"The data in {self.data} were made by PostgreSQL {made_by}, and this would run PostgreSQL "
            f"{ours}. {go_on} make a backup that way and restore it here; to begin afresh, move {self.data} "
            "away."
        )

    def _initialise(self, user: ServerUser) -> None:
        """Make the data directory under another name, renamed when whole: a killed initdb leaves no trap."""
        binaries.check_user_is_known(user)
        new = Path(tempfile.mkdtemp(prefix="pg.new-", dir=self.var))
        give(new, user)
        if binaries.selected_major() == "16":  # knows no builtin locale provider
            utf8 = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
            locale = ["--locale-provider=libc", f"--locale={utf8}"]
        else:
            locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        initdb = [os.fspath(binaries.binary("initdb")), "-D", os.fspath(new), "-U", SUPERUSER, *locale]
        initdb += ["--encoding=UTF8", "--auth-local=trust", "--auth-host=reject", "--no-instructions"]
        if re.search(r"^fsync *=? *off", self._own_settings(), re.MULTILINE):
            initdb.append("--no-sync")
        code, said = binaries.run(user.wrap(initdb))
        if code:
            shutil.rmtree(new, ignore_errors=True)
            raise EmbeddedServerError(
                f"PostgreSQL could not make a database in {self.var} (is the disk full, or not writable?). "
                f"Set VAR_DIR to another folder, or DATABASE_URL to a server of your own. It said:\n{said}"
            )
        with (new / "postgresql.conf").open("a") as file:
            file.write("\ninclude_if_exists = '../pg.conf'\n")
        if self.data.exists():
            self.data.rmdir()  # empty, as seen above
        new.rename(self.data)

    def _own_settings(self) -> str:
        """The text of `pg.conf`, which is made, with nothing but a comment, if missing."""
        path = self.var / "pg.conf"
        if not path.exists():
            path.write_text("# PostgreSQL settings of your own, read when the embedded server starts.\n")
        return path.read_text()

    # --- the server

    def _is_our_server(self, pid: int) -> bool:
        """Whether process `pid` is alive and is this cluster's server.

        A number alone proves nothing. After a power cut it may belong to any other program, and a killed
        server that nobody reaps stays a zombie, which answers to its number for ever.
        """
        if not _HAS_PROC:
            return _answers(pid)
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except OSError:
            return False
        if os.fsencode(self.data) in words:
            return True
        if not Path(os.fsdecode(words[0])).name.startswith("postgres"):
            return False
        try:  # a server that was started by hand may name its directory otherwise
            return Path(f"/proc/{pid}/cwd").samefile(self.data)
        except PermissionError:
            return True
        except OSError:
            return False

    def _stop_cut_off(self, user: ServerUser) -> None:
        """Stop a server that lives and cannot be reached: its socket was deleted."""
        try:
            pid = int(self._pid_file.read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            return
        if self._is_our_server(pid):
            binaries.run(self.stop_command(user))

    def _remove_leftovers(self) -> None:
        """Remove what a killed initdb and a killed server left. Called when no server lives."""
        for leftover in self.var.glob("pg.new-*"):
            shutil.rmtree(leftover, ignore_errors=True)
        if _HAS_PROC:  # elsewhere PostgreSQL judges for itself
            self._pid_file.unlink(missing_ok=True)

    def _start_server(self, user: ServerUser, socket_dir: str, lock: int) -> None:
        """Start the server; `lock` is what its processes are to inherit."""
        if self.log.exists() and self.log.stat().st_size > _LOG_LIMIT:
            self.log.replace(self.log.with_name("server.log.1"))
        size_before = self.log.stat().st_size if self.log.exists() else 0
        options = " ".join(f"-c {name}={value}" for name, value in _SETTINGS.items())
        pg_ctl = [os.fspath(binaries.binary("pg_ctl")), "start", "-w", "-t", str(_START_SECONDS)]
        pg_ctl += ["-D", os.fspath(self.data), "-l", os.fspath(self.log)]
        pg_ctl += ["-o", f"-k {socket_dir} -p {PORT} {options}"]
        code, said = binaries.run(user.wrap(pg_ctl), inherited=lock)
        if code:
            raise EmbeddedServerError(
                f"PostgreSQL did not start in {self.data}. Look into {self.log}; free what it asks for, or "
                "set DATABASE_URL to a server of your own. It said:\n"
                f"{said}\n{self._logged_since(size_before)}"
            )

    @contextlib.contextmanager
    def _server_lock(self) -> Iterator[int]:
        """Take the lock that the server's processes inherit and so keep as long as one of them lives.

        A killed server's children may outlive it until their statements end, and a server in another
        container cannot be seen at all. Two servers over one directory would ruin it, so none starts before
        this is free.
        """
        lock = open_lock(self.var / "pg.server")
        try:
            give_up_at = time.monotonic() + _LEFTOVER_SECONDS
            while not try_lock(lock, fcntl.LOCK_EX):
                if time.monotonic() > give_up_at:
                    raise EmbeddedServerError(
                        f"Another PostgreSQL still works in {self.data}: what is left of one that was "
                        "killed, or one in another container. End those processes (they are called "
                        "postgres), or set VAR_DIR to another folder."
                    )
                time.sleep(0.1)
            yield lock
        finally:
            share_lock(lock)

    def _logged_since(self, size_before: int) -> str:
        if not self.log.exists():
            return ""
        with self.log.open("rb") as file:
            file.seek(size_before)
            return file.read().decode(errors="replace")[-2000:]

    def _prepare_database(self, socket_dir: str) -> None:
        """Make the role and the database where missing; wait for a server that is still coming up."""
        psql = [os.fspath(binaries.binary("psql")), "-X", "-q", "-v", "ON_ERROR_STOP=1"]
        psql += ["-h", socket_dir, "-p", str(PORT), "-U", SUPERUSER, "-d", "postgres"]
        give_up_at = time.monotonic() + _START_SECONDS
        while True:
            code, said = binaries.run(psql, typed=_PREPARE)
            if code == 0:
                return
            # Whoever started it may have been killed before it was ready.
            if "starting up" not in said or time.monotonic() > give_up_at:
                raise EmbeddedServerError(
                    f"PostgreSQL runs in {self.data} and cannot be used. Look into {self.log}. It said:\n"
                    f"{said}"
                )
            time.sleep(0.1)


def _answers(pid: int) -> bool:
    """Whether there is a process of this number, as far as a signal can tell."""
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True
    except OSError:
        return False
    return True
