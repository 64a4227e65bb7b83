"""The databases that are measured: one size, and ten times as many indicators, each in a database of its own.

20 missions, 20 quarters and 150 indicators make 60,000 results with about a million cells; or 1,500 indicators make
600,000, of which the last two quarters have cells, a million again: ten million would take a minute to make.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.core.management import call_command
from django.db import connection

from tests import stage
from tests.bench.filling import People, fill
from tracker.access.choices import Role
from tracker.access.models import User
from tracker.framework.models import Strategy
from tracker.region.models import Mission

EMPTY = "bench_empty"
COMMON = "tracker"
INDICATORS = {"1x": 150, "10x": 1_500}
CELLS_SINCE = {"1x": 0, "10x": 18}
LAST = "2024-Q4"


def prepare() -> None:
    """Keep the migrated database as it is now, to make others from."""
    use("template1")
    _make_copy(EMPTY, COMMON)
    use(COMMON)


def open_size(size: str) -> None:
    """Connect to the database of a size, made when it is first asked for."""
    use(COMMON)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name_of(size)])
        is_there = cursor.fetchone()
    if is_there is None:
        _make_copy(name_of(size), EMPTY)
    use(name_of(size))
    if is_there is None:
        _build(INDICATORS[size], cells_since=CELLS_SINCE[size])
        with connection.cursor() as cursor:
            # As autovacuum would have done by the time that people come.
            cursor.execute("VACUUM (ANALYZE)")


@contextmanager
def copied(size: str) -> Iterator[None]:
    """Connect to a copy of a size's database, to write in, and drop it afterwards."""
    open_size(size)
    copy = f"{name_of(size)}_copy"
    use(COMMON)
    _make_copy(copy, name_of(size))
    use(copy)
    try:
        yield
    finally:
        use(COMMON)
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {copy} WITH (FORCE)")


def use(name: str) -> None:
    """Speak to another database from now on."""
    connection.close()
    connection.settings_dict["NAME"] = name


def name_of(size: str) -> str:
    return f"bench_{size}"


def _make_copy(new: str, old: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {new} TEMPLATE {old} STRATEGY FILE_COPY")


def _build(indicators: int, *, cells_since: int) -> None:
    """The strategy of the fixtures with its countries, activities and sources, but other indicators; people; and a
    last quarter whose window is open.
    """
    call_command("load_strategy", verbosity=0, stdout=io.StringIO())
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE tracker_indicator, tracker_breakdown CASCADE")
    strategy = Strategy.objects.get(is_current=True)
    stage.open_window(strategy, LAST, today=date.today())
    cast = make_people()
    fill(
        strategy=strategy,
        indicators=indicators,
        cells_since=cells_since,
        people=People(reporter=cast["reporter"].pk, officer=cast["officer"].pk),
    )


def make_people() -> dict[str, User]:
    """Somebody for each role of the region, and a reporter for each mission: "reporter" of the first one, and
    "reporter.KG" and so on.
    """
    people = {role.value: stage.make_person(role.value, role) for role in _OF_THE_REGION}
    people["second.officer"] = stage.make_person("second.officer", Role.OFFICER)
    missions = Mission.objects.filter(country__isnull=False).order_by("code")
    people |= {
        f"reporter.{mission.code}": stage.make_person(
            f"reporter.{mission.code}", Role.REPORTER, mission=mission
        )
        for mission in missions
    }
    return people | {"reporter": people[f"reporter.{missions[0].code}"]}


_OF_THE_REGION = (Role.VIEWER, Role.OFFICER, Role.HEAD, Role.ADMINISTRATOR)
