"""`manage.py dbshell` over the embedded PostgreSQL, with the psql that comes with it."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management import CommandError
from django.db.backends.postgresql.client import DatabaseClient as PostgresClient

from .. import server
from ..binaries import binary


class DatabaseClient(PostgresClient):
    @classmethod
    def settings_to_cmd_args_env(
        cls, settings_dict: dict[str, Any], parameters: Iterable[str]
    ) -> tuple[list[str], dict[str, str] | None]:
        try:
            host = server.ensure(Path(settings_dict["OPTIONS"]["var_dir"]))
        except server.EmbeddedServerError as error:
            raise CommandError(str(error)) from error
        args, env = super().settings_to_cmd_args_env(
            {**settings_dict, "HOST": host, "PORT": server.PORT}, parameters
        )
        return [os.fspath(binary("psql")), *args[1:]], env
