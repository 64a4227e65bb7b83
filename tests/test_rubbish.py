"""Rubbish in an address: every page that lists or narrows something says so and shows all of it.

The filters are found on the pages themselves, so that a new page is tried as soon as it is in ``PAGES``.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse

from tests import stage
from tests.conftest import Cast
from tests.test_accessibility import PAGES, make_world

# Each test is undone by itself, inside the transaction that holds the world for all of them.
pytestmark = pytest.mark.django_db

RUBBISH = "rubbish-XYZ"
# What may be typed freely: nothing found is an answer, so only that there is one is looked at.
HOSTILE = ["\x00", "x" * 300, "'\"><script>alert(1)</script>%\\", "999999999999999999999"]
# Understood by every list; each page goes on with the usual where it cannot follow.
OF_LISTS = {"page": RUBBISH, "per_page": RUBBISH, "sort": RUBBISH, "as": RUBBISH}


@dataclass
class Filters(HTMLParser):
    """What the forms of a page that only ask (GET) can be set to, in its main part; and how long its lists are."""

    chosen: set[str] = field(default_factory=set)
    typed: set[str] = field(default_factory=set)
    rows: int = 0
    _is_main: bool = False
    _asks_here: bool = False

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if tag == "main":
            self._is_main = True
        if not self._is_main:
            return
        if tag == "tr":
            self.rows += 1
        if tag == "form":
            action = (given.get("action") or "").split("#")[0]
            self._asks_here = (given.get("method") or "get") == "get" and not action
        name = given.get("name")
        if self._asks_here and name:
            if tag == "select":
                self.chosen.add(name)
            elif tag == "input" and given.get("type") in {"text", "search"}:
                self.typed.add(name)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._asks_here = False


@dataclass(frozen=True)
class Place:
    """A world of every page, made once: its people, and the numbers of rows for the addresses."""

    cast: Cast
    numbers: dict[str, int]


@pytest.fixture(scope="module")
def place(django_db_setup: None, django_db_blocker, tmp_path_factory) -> Iterator[Place]:
    folder = {"location": tmp_path_factory.mktemp("files"), "base_url": None}
    files = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": folder}
    storages = override_settings(STORAGES={**settings.STORAGES, "default": files})
    with django_db_blocker.unblock(), transaction.atomic(), storages:
        strategy, missions = stage.make_strategy(), stage.make_missions()
        cast = Cast(**stage.make_cast(missions))
        period = stage.open_window(strategy, "2024-Q4", today=date.today())
        yield Place(cast, make_world(strategy, missions, cast, period))
        transaction.set_rollback(True)


def split(address: str) -> tuple[str, dict[str, str]]:
    """Its path, and what it asks for."""
    path, _, asked = address.partition("?")
    return path, dict(part.split("=") for part in asked.split("&") if part)


def look(client: Client, address: str, **query: str) -> tuple[Filters, str]:
    path, kept = split(address)
    response = client.get(path, {**kept, **query})
    assert response.status_code in {200, 404} if path == "/nowhere/" else 200, (address, query)
    page = response.content.decode()
    filters = Filters()
    filters.feed(page)
    return filters, page


@pytest.mark.parametrize("role", PAGES)
def test_rubbish_in_a_filter_is_said_and_all_is_shown_and_nothing_typed_breaks_a_page(role, place, client):
    client.force_login(getattr(place.cast, role))
    silent = []
    tried = 0
    seen: set[tuple[str, frozenset[tuple[str, str]]]] = set()
    for address in (each.format(**place.numbers) for each in PAGES[role]):
        if "nowhere" in address or "-I9/" in address:
            continue
        plain, _page = look(client, address)
        for name in sorted(plain.chosen):
            filters, page = look(client, address, **{name: RUBBISH})
            tried += 1
            if f"“{RUBBISH}”" not in page or filters.rows < plain.rows:
                silent.append((address, name))
        look(client, address, **OF_LISTS)
        path, kept = split(address)
        for rubbish in HOSTILE:
            query = dict.fromkeys(plain.typed | plain.chosen | {"page", "sort"}, rubbish)
            # Addresses of one page that differ in what is overwritten here are one.
            if (asked := (path, frozenset({**kept, **query}.items()))) not in seen:
                seen.add(asked)
                _filters, page = look(client, address, **query)
                assert "<script>alert(1)" not in page
    assert silent == []
    assert tried >= {"viewer": 5, "reporter": 2, "officer": 8, "administrator": 8}[role]


def test_the_walk_sees_the_filters_of_a_page(place, client):
    """Otherwise it would find nothing wrong by looking at nothing."""
    client.force_login(place.cast.viewer)
    filters, _page = look(client, reverse("framework"))
    assert filters.chosen >= {"period", "priority", "status"}
    assert filters.typed == {"q"}
