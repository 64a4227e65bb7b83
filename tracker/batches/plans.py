"""What an import would do, worked out before anything is written: outcomes per row, or what is wrong."""

import difflib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar

from django.utils.translation import gettext as _

from tracker.common.lookalikes import find_lookalikes, fold_lookalikes
from tracker.common.workbooks.cells import Percent, clean_text
from tracker.common.workbooks.specs import MOST_CHARACTERS, clip_text

from .choices import Outcome

T = TypeVar("T")
R = TypeVar("R")

_NO_CELLS: Mapping[str, tuple[Any, Any]] = {}


class RowKey(int):
    """The key of a row in a file that was read from several sheets: as text, where people find the row."""

    place: tuple[str, int]

    def __new__(cls, key: int, place: tuple[str, int]) -> "RowKey":
        made = super().__new__(cls, key)
        made.place = place
        return made

    def __str__(self) -> str:
        sheet, row = self.place
        return _("%(row)d of sheet “%(sheet)s”") % {"row": row, "sheet": sheet}


# Neither this nor Change is frozen: a large file has a hundred thousand of them, and that costs a second.
@dataclass(slots=True)
class RowError:
    """What is wrong and what to do. ``row`` is the row of the sheet (of several sheets its ``RowKey``), None for
    the file as a whole.
    """

    row: int | None
    column: str | None
    value: str | None
    message: str


@dataclass(slots=True)
class Change:
    """What becomes of one row: ``key`` is how people know the thing, ``cells`` what is new: (old, new).

    Values stand as the sheet says them: 40 for 40 %, a stage by its word.
    """

    row: int
    outcome: Outcome
    key: tuple[str, ...]
    cells: Mapping[str, tuple[Any, Any]] = field(default_factory=lambda: _NO_CELLS)


@dataclass(slots=True)
class Plan:
    """Every row's outcome and every error; ``writes`` is what the kind's apply function will write.

    Where rows have errors, ``changes`` and ``writes`` are of the good ones alone, and ``left_out`` has those
    that have no error and cannot be saved without a row that has. ``refuses_the_file``: something is wrong with
    the file as a whole, or its rows build on each other, so that not even the good ones can be saved.
    ``questions`` are of rows that can be saved and look wrong: they are shown, and whoever saves has answered them.
    """

    changes: list[Change] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    writes: Any = None
    left_out: list[RowError] = field(default_factory=list)
    refuses_the_file: bool = False
    questions: list[RowError] = field(default_factory=list)

    def count(self, outcome: Outcome) -> int:
        """How many rows are new, changed or unchanged."""
        return self.counts()[Outcome(outcome).value]

    def counts(self) -> dict[str, int]:
        """How many rows are new, changed, unchanged."""
        found = Counter([change.outcome for change in self.changes])
        return {outcome.value: found[outcome] for outcome in Outcome}

    def bad_rows(self) -> set[int]:
        """The rows that have errors."""
        return {error.row for error in self.errors if error.row is not None}

    def refuse(self, *, row: int | None, column: str | None, value: object, message: str) -> None:
        """Note an error."""
        self.errors.append(RowError(row, column, None if value is None else show(value), message))

    def ask(self, *, row: int, column: str | None, value: object, message: str) -> None:
        """Note a question."""
        self.questions.append(RowError(row, column, None if value is None else show(value), message))


def show(value: Any) -> str:
    """A value as text for errors, previews and JSON; nothing for an empty one."""
    if value.__class__ is str:
        return str(value)
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


def is_empty(value: Any) -> bool:
    """Nothing was said: None, no text, no list. Zero and no are something."""
    return value is None or (not value and isinstance(value, (str, list, tuple)))


def says_otherwise(old: Any, new: Any) -> bool:
    """Whether a cell says something else than what is kept.

    Text is kept as it was typed or pasted, and read without the spaces around it, with plain spaces for no-break
    ones, and so on: a cell that differs from what is kept by nothing else says the same. So does the beginning of a
    text that was too long for a cell.
    """
    if old == new:
        return False
    if isinstance(old, str) and (isinstance(new, str) or new is None):
        said = _as_read(new or "")
        return said not in (_as_read(old), _as_read(clip_text(old, MOST_CHARACTERS)))
    return True


def _as_read(text: str) -> str:
    """What is left of a text once it went through a file: OpenDocument has tabs as spaces."""
    return clean_text(text.replace("\t", " "))


def compare(
    *, row: int, key: tuple[str, ...], new: Mapping[str, Any], old: Mapping[str, Any] | None
) -> Change:
    """The outcome of one row: ``old`` is None where there is nothing yet."""
    if old is None:
        cells = {name: (None, value) for name, value in new.items() if not is_empty(value)}
        return Change(row, Outcome.NEW, key, cells)
    cells = {name: (old[name], value) for name, value in new.items() if says_otherwise(old[name], value)}
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
        if old is not None and not says_otherwise(old[name], value):
            value = old[name]  # to the letter, since no change of it is shown
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

    def proper(self, code: str | None) -> str | None:
        """A code as it is written where it is known, whatever its case; an unknown one as it is."""
        if code is None or code in self.things:
            return code
        return self._folded.get(code.casefold(), code)

    def say_unknown(self, code: str) -> str:
        """Why the code is refused; kept, because a sheet repeats its mistakes."""
        if code not in self._sentences:
            if meant := self._folded.get(fold_lookalikes(code).casefold()):
                self._sentences[code] = _say_lookalike(code, meant)
                return self._sentences[code]
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


def _say_lookalike(code: str, meant: str) -> str:
    """What nobody sees: a Cyrillic К in KG, a dash in SP1–O1."""
    return _(
        "“%(code)s” looks like %(meant)s, and has other characters in it (%(others)s), of another alphabet "
        "perhaps. Type %(meant)s in its place."
    ) % {"code": code, "meant": meant, "others": ", ".join(find_lookalikes(code))}


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
                message=_("Row %(row)s already has this. Delete one of the two rows.") % {"row": earlier},
            )
    return kept
