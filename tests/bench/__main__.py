"""Run every line in a cluster and a database of their own; exit 1 where one does not hold."""

import os
import shutil
import sys
import tempfile
from pathlib import Path


def main() -> int:
    var = Path(tempfile.mkdtemp(prefix="tracker bench "))
    os.environ.pop("DATABASE_URL", None)
    os.environ |= {"VAR_DIR": str(var), "DJANGO_SETTINGS_MODULE": "config.settings"}
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from tests.bench import history, imports, reading, searching
    from tests.bench.measuring import say, write_down
    from tracker.common.embedded import server

    try:
        server.ensure(var)
        call_command("migrate", verbosity=0)
        lines = []
        for module in (history, reading, searching, imports):
            lines += module.lines()
            call_command("flush", verbosity=0, interactive=False)
        write_down(lines, Path(settings.BASE_DIR) / "docs" / "benchmarks")
        for line in lines:
            print(say(line))
        return 0 if all(line.holds for line in lines) else 1
    finally:
        from django.db import connections

        connections.close_all()
        server.stop(var)
        shutil.rmtree(var, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
