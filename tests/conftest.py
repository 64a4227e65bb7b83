"""The cast and the stage of every test."""

import fcntl
import gc
import subprocess
import sys
from asyncio import AbstractEventLoop, _set_running_loop, get_running_loop
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connections
from django.test import Client, override_settings
from playwright.sync_api import Browser, sync_playwright

from tests import stage
from tests.browser import find_browser
from tests.scenery import SCENE, scenery
from tracker.access.models import User
from tracker.framework.models import Strategy
from tracker.progress.models import ReportingPeriod
from tracker.region.models import Mission


@dataclass(frozen=True)
class Cast:
    """One person for each part. ``reporter`` and ``colleague`` are of Kyrgyzstan, ``stranger`` of Tajikistan;
    ``nobody`` has an account and no role.
    """

    reporter: User
    colleague: User
    lead: User
    stranger: User
    officer: User
    second_officer: User
    head: User
    administrator: User
    viewer: User
    nobody: User


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long: at the end it would keep one process busy and the other waiting."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def pytest_collection_finish() -> None:
    """All modules and tests stay to the end: Python need not search them for garbage again and again, which took a
    tenth of the time, nor search that often.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Migrate once however many processes test: each one's database is made as a copy of the tracker's own,
    which no test uses, in the tests' own cluster.
    """
    database = django_settings.DATABASES["default"]
    migrated = Path(django_settings.VAR_DIR, "migrated")
    with migrated.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not migrated.exists():
            migrate = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
            subprocess.run(migrate, cwd=django_settings.BASE_DIR, check=True)
            migrated.touch()
    database["TEST"]["TEMPLATE"] = connections["default"].settings_dict["TEST"]["TEMPLATE"] = database["NAME"]


@pytest.fixture(scope="session", autouse=True)
def _settings_of_tests() -> Iterator[None]:
    """Addresses of static files without their hashes, which only a collected installation knows; and passwords that
    are quick to check.
    """
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    storages = {**django_settings.STORAGES, "staticfiles": plain}
    quick = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with override_settings(STORAGES=storages, PASSWORD_HASHERS=quick):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    with SCENE.in_database(django_db_blocker):
        yield


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    SCENE.prepare(item)


@scenery
def strategy() -> Strategy:
    """A current strategy with one priority, one objective and the twenty quarters of 2020 to 2024."""
    return stage.make_strategy()


@scenery
def missions() -> dict[str, Mission]:
    """Kyrgyzstan, Tajikistan, Israel (covered by the Regional Office) and the Regional Office."""
    return stage.make_missions()


@scenery
def cast(missions: dict[str, Mission]) -> Cast:
    return Cast(**stage.make_cast(missions))


@scenery
def open_period(strategy: Strategy) -> ReportingPeriod:
    """The last quarter, its window open today."""
    return stage.open_window(strategy, "2024-Q4", today=stage.today())


@pytest.fixture(scope="session")
def chromium() -> Iterator[tuple[Browser, AbstractEventLoop]]:
    """Chromium without a window, and the event loop by which it is spoken to."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=find_browser(),
            args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
        )
        loop = get_running_loop()
        _set_running_loop(None)
        yield launched, loop
        _set_running_loop(loop)
        launched.close()


@pytest.fixture
def browser(chromium: tuple[Browser, AbstractEventLoop], monkeypatch) -> Iterator[Browser]:
    """Chromium as if just started. Playwright runs an event loop in this thread, which Django would refuse; so it is
    said to run for as long as a test looks at pages, and no longer.
    """
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    launched, loop = chromium
    _set_running_loop(loop)
    try:
        yield launched
        for context in launched.contexts:
            context.close()
        # While that loop runs, a test's own statements go through connections kept apart for it (asgiref's
        # doing). Nobody would find them afterwards, and the test database could not be dropped.
        connections.close_all()
    finally:
        _set_running_loop(None)


@pytest.fixture
def sign_in(client: Client):
    """``sign_in(person)`` gives the test client in that person's name."""

    def as_person(person: User) -> Client:
        client.force_login(person)
        return client

    return as_person
