"""What an import would do, worked out before anything is written: outcomes per row, or what is wrong."""

import difflib
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar

from django.utils.translation import gettext as _

from tracker.common.workbooks.cells import Percent

from .choices import Outcome

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong and what to do. ``row`` is the row of the sheet, None for the file as a whole."""

    row: int | None
    column: str | None
    value: str | None
    message: str


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one row: ``key`` is how people know the thing, ``cells`` what is new: (old, new).

    Values stand as the sheet says them: 40 for 40 %, a stage by its word.
    """

    row: int
    outcome: Outcome
    key: tuple[str, ...]
    cells: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)

    @property
    def shown_cells(self) -> "list[ShownCell]":
        """The cells as text, for a preview."""
        return [
            ShownCell(name, show(old), show(new), old not in (None, ""))
            for name, (old, new) in self.cells.items()
        ]


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell's old and new value as text."""

    name: str
    old: str
    new: str
    had_value: bool


@dataclass(slots=True)
class Plan:
    """Every row's outcome and every error; ``writes`` is what the kind's apply function will write.

    ``questions`` are of rows that can be saved and look wrong: they are shown, and whoever saves has answered them.
    """

    changes: list[Change] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    writes: Any = None
    questions: list[RowError] = field(default_factory=list)

    def count(self, outcome: Outcome) -> int:
        return sum(change.outcome == outcome for change in self.changes)

    def refuse(self, *, row: int | None, column: str | None, value: object, message: str) -> None:
        """Note an error."""
        self.errors.append(RowError(row, column, None if value is None else show(value), message))

    def ask(self, *, row: int, column: str | None, value: object, message: str) -> None:
        """Note a question."""
        self.questions.append(RowError(row, column, None if value is None else show(value), message))

    def digest(self) -> str:
        """SHA-256 of what the plan says: two plans with one digest do the same and were shown the same."""
        sha = hashlib.sha256()
        for change in self.changes:
            cells = [(name, _canonical(old), _canonical(new)) for name, (old, new) in change.cells.items()]
            line = (change.row, change.outcome.value, change.key, sorted(cells))
            sha.update(repr(line).encode())
        for error in (*self.errors, *self.questions):
            sha.update(repr((error.row, error.column, error.value, error.message)).encode())
        return sha.hexdigest()


def _canonical(value: Any) -> str:
    """One text for one value: 40, 40.0 and 4E+1 are the same amount."""
    if isinstance(value, Decimal):
        return f"number {value.normalize():f}"
    if isinstance(value, (list, tuple)):
        return f"list {[_canonical(item) for item in value]}"
    return f"{type(value).__name__} {value}"


def show(value: Any) -> str:
    """A value as text for errors, previews and JSON; nothing for an empty one."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Percent):
        return f"{value.normalize():f} %"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}" if value.time() != datetime.min.time() else f"{value:%Y-%m-%d}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return "; ".join(show(item) for item in value)
    return str(value)


def compare(
    *, row: int, key: tuple[str, ...], new: Mapping[str, Any], old: Mapping[str, Any] | None
) -> Change:
    """The outcome of one row: ``old`` is None where there is nothing yet."""
    if old is None:
        cells = {name: (None, value) for name, value in new.items() if value not in (None, "", [], ())}
        return Change(row, Outcome.NEW, key, cells)
    cells = {name: (old[name], value) for name, value in new.items() if old[name] != value}
    return Change(row, Outcome.CHANGED if cells else Outcome.UNCHANGED, key, cells)


def fill_row(
    row: Any,
    names: Iterable[str],
    *,
    given: frozenset[str],
    old: Mapping[str, Any] | None,
    defaults: Mapping[str, Any] | None = None,
    empty: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """What a row says in full.

    A column that the file has not leaves the old value. So does an empty cell of a column in ``defaults``,
    which are for new rows; in any other column an empty cell means empty: "", or what ``empty`` says.
    """
    defaults, empty = defaults or {}, empty or {}
    full = {}
    for name in names:
        value = getattr(row, name)
        if value is None:
            if old is not None and (name not in given or name in defaults):
                value = old[name]
            else:
                value = defaults.get(name, empty.get(name, ""))
        full[name] = value
    return full


class Lookup(Generic[T]):
    """Things by their codes, forgiving of case; a sentence with a near one for a code that is not known.

    ``unknown`` is that sentence, with %(code)s in it.
    """

    def __init__(self, things: Mapping[str, T], *, unknown: str) -> None:
        self.things = things
        self._unknown = unknown
        self._folded = {code.casefold(): code for code in things}
        self._sentences: dict[str, str] = {}

    def get(self, code: str | None) -> T | None:
        if code is None:
            return None
        if code in self.things:
            return self.things[code]
        known = self._folded.get(code.casefold())
        return None if known is None else self.things[known]

    def say_unknown(self, code: str) -> str:
        """Why the code is refused; kept, because a sheet repeats its mistakes."""
        if code not in self._sentences:
            near = difflib.get_close_matches(code.casefold(), self._folded, n=3, cutoff=0.6)
            sentence = self._unknown % {"code": code}
            if near:
                names = ", ".join(self._folded[name] for name in near)
                sentence += " " + _("Did you mean %(codes)s?") % {"codes": names}
            else:
                sentence += " " + _("Check the code.")
            self._sentences[code] = sentence
        return self._sentences[code]

    def find(self, code: str, *, plan: Plan, row: int, column: str) -> T | None:
        """The thing, or None after noting the error."""
        thing = self.get(code)
        if thing is None:
            plan.refuse(row=row, column=column, value=code, message=self.say_unknown(code))
        return thing


def refuse_repeats(
    *, plan: Plan, rows: Iterable[R], key: Callable[[R], Any], column: str, value: Callable[[R], str]
) -> list[R]:
    """The rows whose key stands once; later ones are errors that name the first row."""
    first: dict[Any, int] = {}
    kept = []
    for each in rows:
        number: int = each.row  # type: ignore[attr-defined]
        earlier = first.setdefault(key(each), number)
        if earlier == number:
            kept.append(each)
        else:
            plan.refuse(
                row=number,
                column=column,
                value=value(each),
                message=_("Row %(row)d already has this. Delete one of the two rows.") % {"row": earlier},
            )
    return kept
