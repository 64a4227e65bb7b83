"""Run every line in a cluster and databases of their own; exit 1 where one does not hold.

With names of groups, only these, which are printed and not written down: ``python -m tests.bench figures pages``.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

# Each a module with ``lines()``. The first ones write in an empty database, which is emptied behind them.
IN_THE_EMPTY = ("history", "reading", "searching", "imports")
IN_THE_FILLED = ("figures", "writing", "pages", "load")
GROUPS = (*IN_THE_EMPTY, *IN_THE_FILLED)


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    # Of nothing at all argparse asks whether it, a list, is among the choices.
    asked.add_argument("groups", nargs="*", choices=[*GROUPS, []], metavar="GROUP", help=", ".join(GROUPS))
    chosen = asked.parse_args().groups
    var = Path(tempfile.mkdtemp(prefix="tracker bench "))
    os.environ.pop("DATABASE_URL", None)
    os.environ |= {"VAR_DIR": str(var), "DJANGO_SETTINGS_MODULE": "config.settings"}
    import django

    django.setup()
    from tracker.common.embedded import server

    try:
        server.ensure(var)
        return measure(chosen)
    finally:
        from django.db import connections

        connections.close_all()
        server.stop(var)
        shutil.rmtree(var, ignore_errors=True)


def measure(chosen: list[str]) -> int:
    from django.conf import settings
    from django.core.management import call_command

    from tests.bench import databases
    from tests.bench.measuring import Measured, say, write_down

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    databases.prepare()
    lines: list[Measured] = []
    # In their order, whichever was asked for: statistics of tables that were emptied mislead the planner of the next.
    for name in [group for group in GROUPS if not chosen or group in chosen]:
        began = time.monotonic()
        databases.use(databases.COMMON)
        found = import_module(f"tests.bench.{name}").lines()
        if name in IN_THE_EMPTY:
            call_command("flush", verbosity=0, interactive=False)
        for line in found:
            print(say(line))
        print(f"({name}: {time.monotonic() - began:.0f} s)", flush=True)
        lines += found
    if not chosen:
        write_down(lines, Path(settings.BASE_DIR) / "docs" / "benchmarks")
    return 0 if all(line.holds for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
