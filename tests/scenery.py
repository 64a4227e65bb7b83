"""Scenery that is left standing from one test to the next, since most tests begin with the same rows.

    @scenery
    def missions() -> dict[str, Mission]:
        return stage.make_missions()

makes a fixture. Its rows are made in a transaction that stays open; the transaction that each test has to itself is
then a savepoint inside it, so the next test with the same scenery finds it as it was made, and Python's objects of it
as copies. A test with other scenery, or with none, has it struck first; so has one that commits.

Its parameters are other scenery, nothing else: what a test changes (settings, files) would not be there for the next.
"""

import functools
import inspect
import pickle
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import TransactionTestCase

Maker = Callable[..., Any]

# Seconds. In the database it is always the moment at which the transaction began.
_LONGEST = 10.0


def scenery(make: Maker) -> Any:
    """Make a fixture of a function that makes rows and returns what may be pickled."""
    parameters = inspect.signature(make).parameters.values()

    @functools.wraps(make)
    def fixture(db: None, **others: Any) -> Any:
        return SCENE.copies[make] if make in SCENE.copies else make(**others)

    database = inspect.Parameter("db", inspect.Parameter.POSITIONAL_OR_KEYWORD)
    fixture.__signature__ = inspect.Signature([database, *parameters])  # type: ignore[attr-defined]
    fixture.makes_scenery = make  # type: ignore[attr-defined]
    return pytest.fixture(fixture)


class Scene:
    """What stands now."""

    def __init__(self) -> None:
        self.copies: dict[Maker, Any] = {}
        """What the fixtures of the running test give."""
        self._unblock: Callable[[], Any] | None = None
        self._standing: tuple[Maker, ...] = ()
        self._pickled = b""
        self._since = 0.0
        self._open = ExitStack()

    @contextmanager
    def in_database(self, blocker: Any) -> Iterator[None]:
        """While the tests have a database; ``blocker`` is pytest-django's."""
        self._unblock = blocker.unblock
        try:
            yield
        finally:
            self.strike()
            self._unblock = None

    def prepare(self, item: pytest.Item) -> None:
        """Before a test's fixtures are set up."""
        self.copies = {}
        if self._unblock is None or not _asks_database(item):
            return
        makers = () if _commits(item) else _makers_of(item)
        with self._unblock():
            if makers != self._standing or not self._is_sound():
                self.strike()
                self._set_up(makers)
        if self._standing:
            self.copies = dict(zip(makers, pickle.loads(self._pickled), strict=True))

    def strike(self) -> None:
        """Leave the database as it was before."""
        if self._standing and self._unblock:
            with self._unblock():
                self._open.close()
        self._standing = ()

    def _set_up(self, makers: tuple[Maker, ...]) -> None:
        if not makers or connection.in_atomic_block:  # of a module's own: there it is made for each test
            return
        with ExitStack() as opened:
            # Deepest first: the block's own exit comes after it was told to roll back.
            opened.enter_context(transaction.atomic())
            opened.callback(transaction.set_rollback, True)
            made: dict[Maker, Any] = {}
            for make in makers:
                names = inspect.signature(make).parameters
                named = {each.__name__: value for each, value in made.items()}
                made[make] = make(**{name: named[name] for name in names})
            self._pickled = pickle.dumps(list(made.values()))
            self._open = opened.pop_all()
        self._standing, self._since = makers, time.monotonic()

    def _is_sound(self) -> bool:
        """Whether the transaction is fit to go on with."""
        if not self._standing:
            return True
        is_whole = connection.in_atomic_block and not (
            connection.closed_in_transaction or connection.needs_rollback
        )
        return is_whole and time.monotonic() - self._since < _LONGEST


SCENE = Scene()


def _asks_database(item: pytest.Item) -> bool:
    has_class_of_its_own = issubclass(getattr(item, "cls", None) or object, TransactionTestCase)
    named = {"db", "transactional_db", "live_server"} & set(_fixtures_of(item))
    return has_class_of_its_own or bool(named) or _marker(item) is not None


def _commits(item: pytest.Item) -> bool:
    marker = _marker(item)
    return bool({"transactional_db", "live_server"} & set(_fixtures_of(item))) or bool(
        marker and (marker.kwargs.get("transaction") or marker.args)
    )


def _marker(item: pytest.Item) -> pytest.Mark | None:
    return item.get_closest_marker("django_db")


def _fixtures_of(item: pytest.Item) -> list[str]:
    return getattr(item, "fixturenames", [])


def _makers_of(item: pytest.Item) -> tuple[Maker, ...]:
    """The scenery of a test, each after what it builds on."""
    definitions = item._fixtureinfo.name2fixturedefs  # type: ignore[attr-defined]
    found: dict[Maker, None] = {}

    def add(name: str) -> None:
        make = getattr(definitions[name][-1].func, "makes_scenery", None) if name in definitions else None
        if make is not None and make not in found:
            for needed in inspect.signature(make).parameters:
                add(needed)
            found[make] = None

    for name in sorted(_fixtures_of(item)):
        add(name)
    return tuple(found)
