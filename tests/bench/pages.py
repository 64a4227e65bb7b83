"""What every main page costs, as each role sees it, against an empty page of the same layout.

Through Django's test client with all middleware, compressed as for a browser; twice to warm up and to count queries,
and then one request after the other. The number of queries has to be the same at ten times the indicators.
"""

import statistics
from dataclasses import replace

from django.core.cache import cache
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from tests.bench import databases
from tests.bench.measuring import Limit, Line, Measured, Page, seconds_of
from tests.pages import questions_of
from tracker.access.models import User
from tracker.framework.models import Indicator
from tracker.progress.models import ReportRevision

REQUESTS, AT_LEAST, SECONDS = 30, 3, 2.0
"""So many requests of each page; where they take longer than that together, fewer, and at least so many."""
EMPTY = "/empty/"
FORM = "/reporting/2024-Q4/{mission}/"

PAGES = {
    "viewer": [
        "/", "/framework/", "/objectives/{objective}/", "/indicators/", "/indicators/{indicator}/", "/countries/",
        "/countries/{mission}/", "/activities/", "/funding/", "/assignments/", "/references/", "/reports/",
        "/search/?q=reported",
    ],
    "reporter": ["/", "/reporting/", FORM, "/framework/"],
    "officer": [
        "/", "/?map=on-track", "/framework/", "/indicators/{indicator}/", "/countries/{mission}/", "/review/",
        "/review/{submitted}/",
    ],
    "administrator": ["/", "/imports/", "/checks/"],
}  # fmt: skip


def lines() -> list[Measured]:
    with override_settings(ROOT_URLCONF="tests.bench.empty_page"):
        small = measure("1x")
        drawn_anew = _draw_form_anew()
        large = measure("10x")
    of_small = {(page.role, page.path): page.queries for page in small}
    [form] = [page for page in small if page.path == FORM]
    return [
        *_judge_form(form, drawn_anew),
        *small,
        *(replace(page, queries_at_first=of_small[page.role, page.path]) for page in large),
    ]


def _judge_form(form: Page, drawn_anew: float) -> list[Measured]:
    """The page that missions write in, with a year's indicators and their breakdowns: as it is opened again, and in
    so many seconds after a change, when its rows are drawn anew.
    """
    name = f"The form of a report, {databases.INDICATORS['1x']} indicators, to its last byte"
    return [
        Line(name, form.median, "an empty page of the same layout", form.empty, allowed=10),
        Limit(name, 1000 * form.median, "ms", most=150),
        Limit(f"{name}, drawn anew", 1000 * drawn_anew, "ms", most=None),
        Limit(f"{name}, drawn anew", drawn_anew / form.empty, "times an empty page", most=None),
        Limit(f"{name}, compressed", form.bytes / 1024, "KB", most=60),
    ]


def measure(size: str) -> list[Page]:
    databases.open_size(size)
    names = _names()
    found = []
    for role, paths in PAGES.items():
        client = _client_of(role, names)
        client.get(EMPTY)
        bare = statistics.median(_times(client, EMPTY))
        for path in paths:
            found.append(_page(client, role=role, path=path, names=names, size=size, bare=bare))
    return found


def _draw_form_anew() -> float:
    """Seconds of the form with nothing kept, in the middle of so many requests."""
    databases.open_size("1x")
    names = _names()
    client = _client_of("reporter", names)
    address = FORM.format(**names)
    client.get(address)

    def once() -> float:
        cache.clear()
        return seconds_of(lambda: client.get(address))

    return statistics.median(once() for _ in range(REQUESTS))


def _client_of(role: str, names: dict[str, str]) -> Client:
    client = Client(SERVER_NAME="127.0.0.1", HTTP_ACCEPT_ENCODING="gzip")
    client.force_login(User.objects.get(email=f"{names.get(role, role)}@example.org"))
    return client


def _page(client: Client, *, role: str, path: str, names: dict[str, str], size: str, bare: float) -> Page:
    address = path.format(**names)
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    queries = len(questions_of(asked.captured_queries))
    assert answer.status_code == 200, (role, address, answer.status_code)
    times = _times(client, address)
    return Page(
        role=role,
        path=path,
        size=size,
        requests=len(times),
        median=statistics.median(times),
        p95=statistics.quantiles(times, n=20, method="inclusive")[-1],
        empty=bare,
        queries=queries,
        queries_at_first=queries,
        bytes=len(answer.content),
    )


def _times(client: Client, address: str) -> list[float]:
    """Seconds of the requests."""
    times: list[float] = []
    while len(times) < REQUESTS and (len(times) < AT_LEAST or sum(times) < SECONDS):
        times.append(seconds_of(lambda: client.get(address)))
    return times


def _names() -> dict[str, str]:
    """What stands in the addresses: an indicator and its objective, a mission with a draft, a report that waits."""
    indicator = Indicator.objects.select_related("objective").order_by("code")[0]
    draft = ReportRevision.objects.select_related("report__mission").filter(status="draft").order_by("pk")[0]
    submitted = ReportRevision.objects.filter(status="submitted").order_by("pk")[0]
    mission = draft.report.mission.code
    return {
        "indicator": indicator.code,
        "objective": indicator.objective.code,
        "mission": mission,
        "reporter": f"reporter.{mission.lower()}",
        "submitted": str(submitted.pk),
    }
