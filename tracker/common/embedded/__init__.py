"""A PostgreSQL of the tracker's own, for the first day and for the tests.

`server` starts and stops one cluster per `VAR_DIR`, shared by any number of processes; `backend` is the
Django database backend that starts it at the first connection. Nothing here is used where `DATABASE_URL` is
set.

The modules, lowest first: `errors`, `locks` (kernel locks on files), `binaries` (which PostgreSQL, run as
whom), `sockets` (where the socket is), `cluster` (one data directory), `server` (who uses it), and `watcher`,
a little process of its own that stops a cluster whose users were all killed. All but `backend` are pure
standard library and know nothing of Django.
"""
