"""What a hostile or messy file is, as a test knows it: its bytes, its name, and exactly what comes of it.

A module of files holds one small function for each, which gives its bytes and says in a line what it is:

    @file("titles.xlsx", Saved("changed 27 SP1-O1-I1 / KG: baseline_value 1000 → 5"), header_row=25)
    def titles_above_the_header() -> bytes:
        \"\"\"Twenty-four rows of titles stand above the header.\"\"\"
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Saved:
    """The file has no error and is saved: a line for each row that is new or changed, and how many are neither.

    A line reads "changed 2 SP1-O1-I1 / KG: baseline_value 1000 → 5; note → counted anew".
    """

    lines: tuple[str, ...]
    unchanged: int = 0
    questions: tuple[str, ...] = ()

    def __init__(self, *lines: str, unchanged: int = 0, questions: tuple[str, ...] = ()) -> None:
        object.__setattr__(self, "lines", lines)
        object.__setattr__(self, "unchanged", unchanged)
        object.__setattr__(self, "questions", questions)


@dataclass(frozen=True)
class Wrong:
    """The file is kept and nothing of it is saved. Each error is (row, column, what stands there, sentence);
    ``good`` are the lines of rows that have none, as in `Saved`.
    """

    errors: tuple[tuple[int | None, str, str, str], ...]
    good: tuple[str, ...] = ()
    unchanged: int = 0

    def __init__(
        self, *errors: tuple[int | None, str, str, str], good: tuple[str, ...] = (), unchanged: int = 0
    ) -> None:
        object.__setattr__(self, "errors", errors)
        object.__setattr__(self, "good", good)
        object.__setattr__(self, "unchanged", unchanged)


def unreadable(sentence: str) -> Wrong:
    """The file as a whole cannot be read: one error without a row."""
    return Wrong((None, "", "", sentence))


@dataclass(frozen=True)
class TurnedAway:
    """The file is refused where it was chosen, and no batch is made of it."""

    sentence: str


Outcome = Saved | Wrong | TurnedAway


@dataclass(frozen=True)
class Case:
    """A file with what is said beside it, and what is to come of it.

    ``who`` of the cast uploads it as ``kind``, with ``options`` beside it and read as ``reading`` says. ``read``
    is how it was read, as the batch keeps it; what is not named there is as in `AS_USUAL`.
    """

    make: Callable[[], bytes]
    name: str
    outcome: Outcome
    kind: str = "baselines"
    who: str = "officer"
    options: Mapping[str, str] = field(default_factory=dict)
    reading: Mapping[str, Any] = field(default_factory=dict)
    read: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return f"{self.make.__module__.rpartition('.')[2]}-{self.make.__name__}"


CASES: list[Case] = []

# How a plain workbook of one sheet is read; of a CSV file `CSV` says more.
AS_USUAL: Mapping[str, Any] = {
    "sheet": "Data",
    "header_row": 1,
    "encoding": None,
    "delimiter": None,
    "decimal_mark": None,
}
CSV: Mapping[str, Any] = {"sheet": "", "encoding": "utf-8", "delimiter": ","}

_READ = frozenset(AS_USUAL)


def file(name: str, outcome: Outcome, **said: Any) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    """Count a function that makes a file among those that are tried. ``said`` are fields of `Case`; what names how
    the file is read (``header_row=25``) may stand among them.
    """
    of_case = {key: value for key, value in said.items() if key not in _READ}
    usual = CSV if name.lower().endswith((".csv", ".txt", ".tsv")) else {}
    read = {**usual, **{key: value for key, value in said.items() if key in _READ}}

    def note(make: Callable[[], bytes]) -> Callable[[], bytes]:
        assert make.__doc__, make
        CASES.append(Case(make, name, outcome, read=read, **of_case))
        return make

    return note
