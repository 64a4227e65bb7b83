"""The outcomes of a file as text: one line for each row that is new, changed, wrong or left out.

The lines are what people are shown, what is kept (by COPY, in just this form) and what is hashed: two plans
with one digest were shown the same. A hundred thousand of them take a fraction of a second, because a sheet
repeats itself and every text is made once.
"""

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from json.encoder import encode_basestring
from typing import Any

from tracker.common.collecting import without_collecting

from .choices import LineOutcome, Outcome
from .plans import Change, Plan, RowError, show

# From a row's key to its sheet ("" where only one was read) and its row there, as people see them.
Place = Callable[[int], tuple[str, int]]

COLUMNS = ("batch_id", "position", "outcome", "sheet", "row", "key", "columns", "cells", "value", "message")
"""In the order in which the lines give them."""

SEPARATOR = " / "
_LINES_A_BLOCK = 2_000
_NULL = "\\N"
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\0": None})


def one_sheet(key: int) -> tuple[str, int]:
    """The place of a row where a single sheet was read: its key is its row."""
    return "", key


class Rendered:
    """The lines of a plan in blocks of text, as COPY takes them, and the digest of all that they say.

    The blocks are made as they are taken, so that the database stores one while the next is written; each time
    they are taken, anew.
    """

    def __init__(self, plan: Plan, batch_id: int, place_of: Place) -> None:
        self._plan, self._batch_id, self._place_of = plan, batch_id, place_of
        self._digest: str | None = None

    def __iter__(self) -> Iterator[bytes]:
        sha = hashlib.sha256(f"{self._plan.counts()}\n".encode())
        lines = enumerate(_lines(self._plan, self._place_of), start=1)
        while some := list(islice(lines, _LINES_A_BLOCK)):
            block = "".join([f"{self._batch_id}\t{place}\t{line}\n" for place, line in some]).encode()
            sha.update(block)
            yield block
        self._digest = sha.hexdigest()

    @property
    def digest(self) -> str:
        """Two plans with one digest were shown the same."""
        if self._digest is None:
            with without_collecting():
                deque(self, maxlen=0)
        assert self._digest is not None
        return self._digest


def render(*, plan: Plan, batch_id: int, place_of: Place = one_sheet) -> Rendered:
    """Write out what a plan shows: its errors, its questions, what is new or changed, what is left out."""
    return Rendered(plan, batch_id, place_of)


def _lines(plan: Plan, place_of: Place) -> Iterator[str]:
    for error in plan.errors:
        yield _error(error, LineOutcome.ERROR, place_of)
    for question in plan.questions:
        yield _error(question, LineOutcome.QUESTION, place_of)
    yield from _changes(plan.changes, place_of)
    for error in plan.left_out:
        yield _error(error, LineOutcome.LEFT_OUT, place_of)


def _error(error: RowError, outcome: LineOutcome, place_of: Place) -> str:
    sheet, row = ("", _NULL) if error.row is None else place_of(error.row)
    columns = _array([error.column]) if error.column else "{}"
    return (
        f"{outcome.value}\t{_text(sheet)}\t{row}\t\t{columns}\t[]"
        f"\t{_text(error.value or '')}\t{_text(error.message)}"
    )


def _changes(changes: list[Change], place_of: Place) -> Iterator[str]:
    """The lines of what is new or changed; a cell is [name, old, new], old null where there was none."""
    new_row, unchanged = Outcome.NEW, Outcome.UNCHANGED
    # By name, values and their types: True and 1 are one key to a dict.
    made: dict[Any, str] = {}
    arrays: dict[tuple[str, ...], str] = {}
    several = place_of is not one_sheet
    for change in changes:
        if change.outcome is unchanged:
            continue
        parts = []
        for name, (old, new) in change.cells.items():
            try:
                part = made[name, old, new, old.__class__, new.__class__]
            except KeyError:
                part = made[name, old, new, old.__class__, new.__class__] = _cell(name, old, new)
            except TypeError:  # a list
                part = _cell(name, old, new)
            parts.append(part)
        names = tuple(change.cells)
        try:
            columns = arrays[names]
        except KeyError:
            columns = arrays[names] = _array(names)
        sheet, row = place_of(change.row) if several else ("", change.row)
        yield (
            f"{'new' if change.outcome is new_row else 'changed'}\t{_text(sheet) if sheet else ''}\t{row}"
            f"\t{_text(SEPARATOR.join(change.key))}\t{columns}\t[{','.join(parts)}]\t\t"
        )


def _cell(name: str, old: Any, new: Any) -> str:
    was = "null" if old is None or old == "" else _json(show(old))
    return f"[{_json(name)},{was},{_json(show(new))}]"


def _array(names: Iterable[str]) -> str:
    """A list of texts as PostgreSQL takes an array, as COPY takes it."""
    quoted = (name.replace("\\", "\\\\").replace('"', '\\"') for name in names)
    return _text("{" + ",".join(f'"{name}"' for name in quoted) + "}")


def _json(text: str) -> str:
    return encode_basestring(text.replace("\0", "")).replace("\\", "\\\\")


def _text(text: str) -> str:
    """A text as COPY takes it."""
    if "\\" in text or not text.isprintable():
        return text.translate(_ESCAPES)
    return text
