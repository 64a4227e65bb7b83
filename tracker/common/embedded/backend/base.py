"""Django's PostgreSQL backend, which starts the embedded server at the first connection and never at import.

    DATABASES = {"default": {
        "ENGINE": "tracker.common.embedded.backend",
        "NAME": "tracker",
        "USER": "tracker",
        "OPTIONS": {"var_dir": VAR_DIR},
        "CONN_HEALTH_CHECKS": True,
    }}

All else is Django's: the psycopg pool (`"pool": True` in OPTIONS), health checks, test databases, `dbshell`.
"""

import os
from pathlib import Path
from typing import Any, ClassVar

from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connections
from django.db.backends.postgresql import base

from .. import server
from .client import DatabaseClient


class DatabaseWrapper(base.DatabaseWrapper):
    client_class = DatabaseClient
    _connection_pools: ClassVar[dict[str, Any]] = {}  # by alias; its own, apart from those of Django's class

    def get_connection_params(self) -> dict[str, Any]:
        """Where to connect. Django asks before every connection, so a killed server comes back here."""
        params = super().get_connection_params()
        var_dir = params.pop("var_dir", None)
        if not var_dir:
            raise ImproperlyConfigured('Set OPTIONS["var_dir"] of this database to the folder for its data.')
        try:
            host = server.ensure(Path(var_dir))
        except server.EmbeddedServerError as error:
            # What Django, and whoever checks the site's health, expects from a database out of reach.
            raise OperationalError(str(error)) from error
        return {**params, "host": host, "port": server.PORT}


# What a forked child found on its hands; kept, as tidying it away would close the parent's.
_inherited: list[Any] = []


def _forget_inherited_connections() -> None:
    """Let a forked child (of gunicorn with --preload, of Celery) open connections of its own.

    A connection is one conversation: parent and child speaking in turns would garble it. And a pool's threads
    do not survive the fork.
    """
    _inherited.extend(DatabaseWrapper._connection_pools.values())
    DatabaseWrapper._connection_pools.clear()
    for connection in connections.all(initialized_only=True):
        if isinstance(connection, DatabaseWrapper) and connection.connection is not None:
            _inherited.append(connection.connection)
            connection.connection = None


os.register_at_fork(after_in_child=_forget_inherited_connections)
