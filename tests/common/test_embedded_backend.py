"""The Django backend over the embedded PostgreSQL, in projects of its own."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.common.embedded import environment
from tracker.common.embedded import server

_SETTINGS = """
SECRET_KEY = "x"
USE_TZ = True
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth"]
DATABASES = {"default": {
    "ENGINE": "tracker.common.embedded.backend", "NAME": "tracker", "USER": "tracker",
    "OPTIONS": {"var_dir": VAR, **OPTIONS}, "CONN_HEALTH_CHECKS": True,
}}
"""


class Project:
    """A little Django project in `folder` whose database is embedded under `var`."""

    def __init__(self, folder: Path, var: Path, **options: object) -> None:
        self.folder = folder
        self.var = var
        head = f"VAR, OPTIONS = {str(var)!r}, {options!r}\n"
        (folder / "little_settings.py").write_text(head + _SETTINGS)

    def run(self, *args: str, typed: str = "") -> str:
        """Run Python with the project's settings and return what it printed; it must end well."""
        env = environment(DJANGO_SETTINGS_MODULE="little_settings")
        env["PYTHONPATH"] += f":{self.folder}"
        done = subprocess.run(
            [sys.executable, *args], env=env, input=typed, text=True, capture_output=True, timeout=60
        )
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
        return done.stdout


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The `VAR_DIR` of these tests."""
    var = tmp_path_factory.mktemp("var dir")
    (var / "pg.conf").write_text("fsync = off\nfull_page_writes = off\n")
    yield var
    server.stop(var)


def test_check_and_help_start_nothing(tmp_path: Path) -> None:
    project = Project(tmp_path, tmp_path / "var")
    project.run("-m", "django", "check")
    assert "migrate" in project.run("-m", "django", "help")
    assert not project.var.exists()


def test_the_database_shell_starts_the_server_and_leaves_it_stopped(tmp_path: Path, var: Path) -> None:
    project = Project(tmp_path, var)
    assert project.run("-m", "django", "dbshell", "--", "-At", typed="select current_user;") == "tracker\n"
    assert not (var / "pg" / "postmaster.pid").exists()


@pytest.mark.parametrize("options", [{}, {"pool": {"min_size": 1, "max_size": 2}}], ids=["plain", "pool"])
def test_test_databases_forked_children_and_a_killed_server(
    tmp_path: Path, var: Path, options: dict[str, object]
) -> None:
    program = """
import os, signal, sys, time
from pathlib import Path
import django
django.setup()
from django.conf import settings
from django.db import connection
from django.test.utils import setup_databases, teardown_databases

def database():
    with connection.cursor() as cursor:
        cursor.execute("select current_database(), pg_backend_pid()")
        return cursor.fetchone()

def say(*words):
    print(*words, flush=True)

made = setup_databases(0, False)
say(database()[0])
teardown_databases(made, 0)

mine = database()
if os.fork() == 0:
    theirs = database()
    say("child", theirs[0], theirs[1] != mine[1])
    sys.exit()
say("ended", os.wait()[1])
say("parent", database() == mine)

pid_file = Path(settings.DATABASES["default"]["OPTIONS"]["var_dir"]) / "pg/postmaster.pid"
os.kill(int(pid_file.read_text().split()[0]), signal.SIGKILL)
time.sleep(0.2)
connection.close()  # as at the end of a request
say("back", database()[0])
"""
    assert Project(tmp_path, var, **options).run("-c", program).splitlines() == [
        "test_tracker",
        "child tracker True",
        "ended 0",
        "parent True",
        "back tracker",
    ]
    assert not (var / "pg" / "postmaster.pid").exists()


def test_what_is_wrong_with_the_server_arrives_as_a_database_error(tmp_path: Path) -> None:
    project = Project(tmp_path, tmp_path / "var")
    project.var.write_text("a file, not a folder")
    program = """
import django
django.setup()
from django.db import OperationalError, connection
try:
    connection.cursor()
except OperationalError as error:
    print(error)
"""
    assert "set VAR_DIR to another one" in project.run("-c", program)
