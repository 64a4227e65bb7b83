"""Wrong passwords are counted by all workers of the server together."""

import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection

from tests import stage
from tests.pages import PASSWORD, give_password
from tests.processes import descendants, needs_proc
from tests.workers import wait_until


@contextmanager
def gunicorn(folder: Path) -> Iterator[tuple[str, list[int]]]:
    """The real server with two workers on the tests' database: its address and the workers' numbers."""
    log = folder / "gunicorn.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "config.wsgi", "--workers=2", "--bind=127.0.0.1:0"),
                *("--timeout=120", "--access-logfile=-", "--access-logformat=asked %(p)s %(m)s %(s)s"),
            ],
            cwd=settings.BASE_DIR,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "tests.worker_settings",
                "TESTS_DATABASE": str(connection.settings_dict["NAME"]),
                "TESTS_FOLDER": str(folder),
            },
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        wait_until(
            lambda: log.read_text().count("Booting worker") == 2 or process.poll() is not None, seconds=60
        )
        [address] = re.findall(r"Listening at: (http://\S+)", log.read_text())
        yield address, sorted(descendants(process.pid))
    finally:
        # At once, workers that are halted too.
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextmanager
def halted(pid: int) -> Iterator[None]:
    """Meanwhile this worker answers nobody, so that the other one must."""
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def sign_in(address: str, email: str, password: str) -> str:
    """The page that follows, for a browser of its own."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    url = f"{address}/accounts/login/"
    form = browser.open(url, timeout=60).read().decode()
    [token] = set(re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', form))
    typed = {"csrfmiddlewaretoken": token, "login": email, "password": password}
    answer: str = browser.open(url, urllib.parse.urlencode(typed).encode(), timeout=60).read().decode()
    return answer


@needs_proc
@pytest.mark.django_db(transaction=True)
def test_five_wrong_passwords_told_to_two_workers_lock_the_address_at_both(tmp_path):
    cache.clear()
    person, other = stage.make_person("locked.out"), stage.make_person("not.locked.out")
    give_password(person, other)
    with gunicorn(tmp_path) as (address, (one, two)):
        for halt, tries in ((two, 3), (one, 2)):
            with halted(halt):
                for _ in range(tries):
                    assert "There is no account with this address" in sign_in(address, person.email, "wrong")
        for halt in (one, two):
            with halted(halt):
                assert "Too many wrong passwords" in sign_in(address, person.email, PASSWORD)
        assert "Sign out" in sign_in(address, other.email, PASSWORD)

        def asked() -> list[str]:
            return re.findall(r"asked <(\d+)> POST", (tmp_path / "gunicorn.log").read_text())

        # Written when the answer is gone, by a halted worker only when it goes on.
        wait_until(lambda: len(asked()) == 8)
        assert asked().count(str(one)) >= 4
        assert asked().count(str(two)) >= 3
