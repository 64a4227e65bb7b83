"""How heavy pages are on a slow line: the first one with everything it brings, each later one by itself."""

import gzip
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Error, Response

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

    def __init__(self, context: BrowserContext) -> None:
        self._context = context
        self._held: set[str] = set()
        self._answers: list[Response] = []
        self._is_first = True
        context.on("response", self._keep)

    def find_fault(self, address: str) -> list[str]:
        """What is wrong with the weight of the page that was just loaded, as a line."""
        weight = self.read()
        most = FIRST_PAGE if self._is_first else HEAVIER.get(address, LATER_PAGE)
        if self._is_first:
            assert weight > 30 * KB, "the style sheets are weighed too"
        self._is_first = False
        return [f"{address} weighs {weight} bytes"] if weight > most else []

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
