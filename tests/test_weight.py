"""How heavy the pages are on a slow line: the first one with everything it brings, each later one by itself. Nothing
is asked of another host; that is watched in `test_accessibility` on every page and here again.
"""

import gzip
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Request, Response

from tests.batches.fixtures import kept_files  # noqa: F401
from tests.pages import sign_in
from tests.test_accessibility import PAGES, world  # noqa: F401

KB = 1024
FIRST_PAGE = 150 * KB
LATER_PAGE = 40 * KB
# The form in which a whole quarter is entered.
HEAVIER = {"/reporting/2024-Q4/KG/": 60 * KB}
STATIC = "/static/"


class Scales:
    """Weighs what a browser is sent, as it is when compressed (as in an installation, where static files are
    compressed once); a static file once, since it is kept for a year.
    """

    def __init__(self, context: BrowserContext, base: str) -> None:
        self.others: list[str] = []
        self._context = context
        self._held: set[str] = set()
        self._home = urlsplit(base).netloc
        self._answers: list[Response] = []
        context.on("request", self._see)
        context.on("response", self._keep)

    def _see(self, request: Request) -> None:
        if request.url.startswith("http") and urlsplit(request.url).netloc != self._home:
            self.others.append(request.url)

    def _keep(self, answer: Response) -> None:
        self._answers.append(answer)

    def read(self) -> int:
        """Bytes since the last reading."""
        weight = 0
        for answer in self._answers:
            path = urlsplit(answer.url).path
            if path in self._held or not answer.ok:
                continue
            weight += len(gzip.compress(self._body(answer), 6))
            if path.startswith(STATIC):
                self._held.add(path)
        self._answers.clear()
        return weight

    def _body(self, answer: Response) -> bytes:
        try:
            return answer.body()
        except Error:
            # It came so late that the browser has left its page; asked for again, it is as heavy.
            return self._context.request.get(answer.url).body()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("role", PAGES)
def test_pages_are_light(role, world, live_server, cast, browser: Browser):  # noqa: F811
    entrance = browser.new_context()
    sign_in(entrance.new_page(), live_server.url, getattr(cast, role))
    # Another day: signed in still, and nothing of it held any more.
    context = browser.new_context(storage_state=entrance.storage_state())
    scales = Scales(context, live_server.url)
    page = context.new_page()
    heavy = {}
    for number, address in enumerate(PAGES[role]):
        path = address.format(**world)
        page.goto(live_server.url + path, wait_until="load")
        weight = scales.read()
        if number == 0:
            assert weight > 30 * KB, "the style sheets are weighed too"
        if weight > (HEAVIER.get(path, LATER_PAGE) if number else FIRST_PAGE):
            heavy[path] = weight
    assert heavy == {}
    assert scales.others == []


@pytest.mark.django_db(transaction=True)
def test_the_page_to_sign_in_is_light(live_server, db, browser: Browser):
    context = browser.new_context()
    scales = Scales(context, live_server.url)
    context.new_page().goto(f"{live_server.url}/accounts/login/", wait_until="load")
    assert 30 * KB < scales.read() <= FIRST_PAGE
    assert scales.others == []
