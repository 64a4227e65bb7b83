"""Fifty people at once, for a minute, against the real server: reporters save results in their missions' open drafts,
others read. Afterwards the database is asked whether all that was said to be saved is there.

gunicorn runs as ``manage.py serve`` runs it, with the static files collected, on a copy of the smaller database. The
people are those of ``crowd``, driven by Locust in a process of its own. How long they wait is told and not judged:
the crowd, the server and the database share one machine.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, connections

from tests import stage
from tests.bench import databases
from tests.bench.measuring import Limit
from tracker.access.choices import Role
from tracker.access.models import User
from tracker.management.commands.serve import web_server
from tracker.progress.models import IndicatorAssignment, IndicatorResult, ReportRevision

HOST = "127.0.0.1"
SECONDS = 60
READERS = 30
WRITERS_OF_A_DRAFT = 2
BOXES = 15
"""Each writer has so many results of a draft to themselves."""
ROOT = Path(__file__).parents[2]


def lines() -> list[Limit]:
    with databases.copied("1x"), tempfile.TemporaryDirectory() as folder:
        people = make_people()
        with serving() as address:
            said = drive(address, people, Path(folder))
        lost = count_lost(said["saved"])
    assert said["saved"], "Nobody saved anything."
    many = f"{len(people)} people reading and writing for {SECONDS} s"
    pace = f"{many}, {said['per_second']:.1f} requests a second"
    return [
        Limit(f"{many}: requests that failed, of {said['requests']:,}", said["failures"], "requests", most=0),
        Limit(f"{many}: writes lost, of {len(said['saved']):,} saved", lost, "writes", most=0),
        Limit(f"{pace}: time of a request, half of them", said["median"], "s", most=None),
        Limit(f"{pace}: time of a request, 95 of 100", said["p95"], "s", most=None),
    ]


# -- People -------------------------------------------------------------------------------------------
def make_people() -> list[dict[str, object]]:
    """Who signs in by which session; a writer with the page of a draft and the results that they write in it."""
    people: list[dict[str, object]] = []
    drafts = ReportRevision.objects.select_related("report__mission", "report__period").filter(status="draft")
    for draft in drafts.order_by("pk"):
        mission = draft.report.mission
        assigned = (
            IndicatorAssignment.objects.in_force()
            .filter(mission=mission, active_to=None, indicator__measure="number")
            .order_by("indicator_id")
            .values_list("indicator_id", flat=True)
        )
        for place in range(WRITERS_OF_A_DRAFT):
            writer = stage.make_person(
                f"writer{place}.{mission.code.lower()}", Role.REPORTER, mission=mission
            )
            boxes = list(assigned[place * BOXES : (place + 1) * BOXES])
            page = f"/reporting/{draft.report.period.code}/{mission.code}/"
            people.append({"session": sign_in(writer), "page": page, "draft": draft.pk, "boxes": boxes})
    for place in range(READERS):
        role = (Role.VIEWER, Role.OFFICER, Role.ADMINISTRATOR)[place % 3]
        people.append({"session": sign_in(stage.make_person(f"reader{place}", role)), "role": role.value})
    return people


def sign_in(person: User) -> str:
    """The key of a session of theirs, as signing in leaves it."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    assert session.session_key
    return session.session_key


# -- The server, and the crowd ------------------------------------------------------------------------
@contextmanager
def serving() -> Iterator[str]:
    """gunicorn as it is configured, on a port that is free; its address."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    server = web_server(port)
    connections.close_all()
    process = subprocess.Popen(
        [sys.executable, "-m", server.module, *server.arguments],
        cwd=ROOT,
        env=environment(),
        start_new_session=True,
    )
    try:
        address = f"http://{HOST}:{port}"
        wait_for(f"{address}/healthz", process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=30)


def environment() -> dict[str, str]:
    """That of this process, with the database that it speaks to now."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        "BENCH_DATABASE": connection.settings_dict["NAME"],
    }


def wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"The server did not answer on {address}.")


def drive(address: str, people: list[dict[str, object]], folder: Path) -> dict[str, Any]:
    """Let the people at it; what the crowd says afterwards."""
    crowd, said = folder / "people.json", folder / "said.json"
    crowd.write_text(json.dumps(people))
    command = [
        *("-m", "locust", "-f", str(Path(__file__).with_name("crowd.py")), "--headless", "--only-summary"),
        *("--host", address, "--users", str(len(people)), "--spawn-rate", "25", "--run-time", f"{SECONDS}s"),
        *("--stop-timeout", "30", "--exit-code-on-error", "0", "--loglevel", "WARNING"),
    ]
    done = subprocess.run(
        [sys.executable, *command],
        env={**os.environ, "CROWD": str(crowd), "CROWD_SAID": str(said)},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    if not said.exists():
        raise RuntimeError(f"The crowd ended with {done.returncode}:\n{done.stdout}\n{done.stderr}")
    result: dict[str, Any] = json.loads(said.read_text())
    for error in result["errors"]:
        print(error, file=sys.stderr)
    return result


def count_lost(saved: list[tuple[int, int, str]]) -> int:
    """How many of the writes that the server said it had saved the database does not have: each in the history, and
    the last one of each result in its row.
    """
    of_drafts: dict[str, Any] = {"revision__in": {draft for draft, _indicator, _value in saved}}
    names = ("revision_id", "indicator_id", "value")
    events: Any = IndicatorResult.pgh_event_model  # type: ignore[attr-defined]
    written = set(events.objects.filter(**of_drafts).values_list(*names))
    held = set(IndicatorResult.objects.filter(**of_drafts).values_list(*names))
    said = [(draft, indicator, Decimal(value)) for draft, indicator, value in saved]
    last = {(draft, indicator): value for draft, indicator, value in said}
    lost = {one for one in said if one not in written}
    return len(lost | {(*key, value) for key, value in last.items() if (*key, value) not in held})
