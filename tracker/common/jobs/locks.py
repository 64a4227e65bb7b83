"""Session advisory locks: who is at work on a row right now, as the database server itself knows it.

A worker holds such a lock on a connection of its own, apart from the one that Django opens, closes and
replaces. However the worker dies, the server sees its connection end and frees the lock at once; nothing
has to time out. A lock says only that somebody is alive: the attempt number on the row decides whose
result counts, because a connection can also break while its worker lives on.

Locks belong to a session, so a pooler in between (PgBouncer) must work in session mode.
"""

from types import TracebackType
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections

# First half of a lock's key, one number for each kind of row; the second half is the row's id.
JOBS = 7_401
MAIL = 7_402

# Client's side: notice within about a minute that the server's machine is gone.
_KEEPALIVES = {
    "keepalives": 1,
    "keepalives_idle": 20,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "connect_timeout": 10,
}

# Server's side: free the locks of a machine that vanished without a word, and never end the session because
# its owner is busy elsewhere.
_SESSION_SETTINGS = """
    SELECT set_config('tcp_keepalives_idle', '20', false),
           set_config('tcp_keepalives_interval', '10', false),
           set_config('tcp_keepalives_count', '3', false),
           set_config('idle_session_timeout', '0', false)
"""


class LockSession:
    """A database connection of one worker at work, in autocommit, that holds its locks until it is closed.

    What is written through it is committed at once, whatever transaction the work itself is in.
    """

    def __init__(self, *, name: str) -> None:
        """Connect; ``name`` is what the server's list of sessions shows (63 bytes at most)."""
        parameters = {**_KEEPALIVES, **connections[DEFAULT_DB_ALIAS].get_connection_params()}
        parameters["application_name"] = name
        self._connection = psycopg.connect(**parameters, autocommit=True)
        self._connection.execute(_SESSION_SETTINGS)

    def try_lock(self, *, space: int, row_id: int) -> bool:
        """Take the lock on a row (``space`` is JOBS or MAIL) unless another session has it; never wait."""
        row = self.fetch("SELECT pg_try_advisory_lock(%s::int, %s::int)", [space, row_id])
        return bool(row and row[0])

    def unlock(self, *, space: int, row_id: int) -> None:
        """Give one lock back; closing the session gives back all."""
        self.fetch("SELECT pg_advisory_unlock(%s::int, %s::int)", [space, row_id])

    def fetch(self, sql: str, parameters: list[Any]) -> tuple[Any, ...] | None:
        """Run one statement, committed at once, and return its first row (None where there is none)."""
        # The SQL is ours, and its values are parameters.
        return self._connection.execute(sql.encode(), parameters).fetchone()

    @property
    def backend_pid(self) -> int:
        """The server's process of this session."""
        return self._connection.info.backend_pid

    def close(self) -> None:
        """End the session; the server frees what it held."""
        self._connection.close()

    def __enter__(self) -> "LockSession":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def nobody_holds(*, space: int, column: str) -> str:
    """SQL condition: no session of this database holds the lock of ``space`` on the row id in ``column``.

    A statement's snapshot is older than what it reads here, so a row that it sees as taken and finds
    without a lock may just have been finished or taken anew: an UPDATE that rests on this condition must
    compare status and attempt once more under the row's lock.
    """
    return f"""NOT EXISTS (
        SELECT FROM pg_locks held
         WHERE held.locktype = 'advisory' AND held.granted AND held.objsubid = 2
           AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database())
           AND held.classid = {space:d} AND held.objid::bigint = {column}
    )"""
