"""What the fifty people of ``load`` do, as Locust runs it: in a process of its own, which imports nothing else here.

``CROWD`` names a file with the people, and ``CROWD_SAID`` the one that is written at the end: how it went, and what
the server said it had saved.
"""

import html
import json
import os
import random
import re
from itertools import count
from pathlib import Path
from typing import Any

from locust import HttpUser, between, events, task

PEOPLE: list[dict[str, Any]] = json.loads(Path(os.environ["CROWD"]).read_text())
WRITERS = [one for one in PEOPLE if "page" in one]
READERS = [one for one in PEOPLE if "page" not in one]
READ = {
    "viewer": ("/", "/framework/", "/countries/KG/", "/indicators/SP1-O1-I1/", "/activities/", "/funding/"),
    "officer": (
        "/",
        "/framework/",
        "/review/",
        "/countries/",
        "/indicators/SP1-O1-I1/",
        "/search/?q=reported",
    ),
    "administrator": ("/", "/imports/", "/framework/", "/assignments/", "/indicators/"),
}
FIELD = re.compile(r'name="(\d+-[^"]*)" value="([^"]*)"')
SAVED: list[tuple[int, int, str]] = []
"""What was said to be saved, one after the other: the ids of the draft and the indicator, and the value."""


class Person(HttpUser):
    """Somebody who is signed in, and looks at a page for a while before the next step."""

    abstract = True

    def sign_in(self, one: dict[str, Any]) -> None:
        self.client.cookies.set("sessionid", one["session"])
        # The server lets go of a connection after two seconds; a browser then opens another one, unasked.
        self.client.headers.update({"Accept-Encoding": "gzip", "Connection": "close"})


class Reader(Person):
    """Goes from page to page."""

    fixed_count = len(READERS)
    wait_time = between(5, 15)
    place = count()

    def on_start(self) -> None:
        one = READERS[next(self.place)]
        self.sign_in(one)
        self.pages = READ[one["role"]]

    @task
    def read(self) -> None:
        self.client.get(random.choice(self.pages))


class Writer(Person):
    """Opens a draft's form, types one number, saves, and is back in the form."""

    fixed_count = len(WRITERS)
    wait_time = between(8, 16)
    place = count()

    def on_start(self) -> None:
        self.one = WRITERS[next(self.place)]
        self.sign_in(self.one)
        self.form = ""
        # Above what the cells come to, and never the same twice.
        self.numbers = count(1_000_000 + 1000 * int(self.one["boxes"][0]))

    @task
    def save(self) -> None:
        page = self.one["page"]
        if not self.form:
            self.form = self.client.get(page, name="form").text
            return
        indicator, value = random.choice(self.one["boxes"]), str(next(self.numbers))
        typed = self.typed_of(indicator) | {f"{indicator}-value": value}
        with self.client.post(page, data=typed, name="save", catch_response=True) as answer:
            self.form = answer.text or ""
            if answer.status_code == 200 and "1 result saved." in self.form:
                SAVED.append((self.one["draft"], indicator, value))
            else:
                said = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", self.form))
                answer.failure(f"not saved ({answer.status_code}): {said[:300]}")
                self.form = ""

    def typed_of(self, indicator: int) -> dict[str, str]:
        """The fields of one result as they stand in the form, with what every form of a page carries."""
        fields = {name: html.unescape(text) for name, text in FIELD.findall(self.form)}
        comment = re.search(rf'name="{indicator}-comment"[^>]*>([^<]*)<', self.form)
        carried = {
            name: html.unescape(re.search(rf'name="{name}" value="([^"]*)"', self.form)[1])  # type: ignore[index]
            for name in ("csrfmiddlewaretoken", "page")
        }
        of_result = {name: text for name, text in fields.items() if name.startswith(f"{indicator}-")}
        return carried | of_result | {f"{indicator}-comment": html.unescape(comment[1]) if comment else ""}


@events.quitting.add_listener
def tell(environment: Any, **_kwargs: Any) -> None:
    total = environment.stats.total
    said = {
        "requests": total.num_requests,
        "failures": total.num_failures,
        "errors": [str(error.to_dict()) for error in environment.stats.errors.values()],
        "median": total.get_response_time_percentile(0.5) / 1000,
        "p95": total.get_response_time_percentile(0.95) / 1000,
        "per_second": total.total_rps,
        "saved": SAVED,
        "saves": environment.stats.get("save", "POST").num_requests,
    }
    Path(os.environ["CROWD_SAID"]).write_text(json.dumps(said))
