"""What of a kind is taken out: which missions, periods, priorities and indicators, and for whom."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Selection:
    """What a file is to hold, by codes; nothing chosen means all of it.

    ``strategy`` is the code of one that is not the current one. ``with_small_cells``: small cells of sensitive
    indicators stand in it; no page asks for that.
    """

    missions: frozenset[str] = frozenset()
    periods: frozenset[str] = frozenset()
    priorities: frozenset[str] = frozenset()
    indicators: frozenset[str] = frozenset()
    strategy: str = ""
    with_small_cells: bool = False

    @property
    def options(self) -> Mapping[str, Any]:
        """The strategy as the options of an import name it."""
        return {"strategy": self.strategy} if self.strategy else {}

    def as_text(self) -> dict[str, str]:
        """What was chosen, for people and for the log; nothing where all was."""
        names = ("missions", "periods", "priorities", "indicators")
        chosen = {name: ", ".join(sorted(getattr(self, name))) for name in names}
        return {name: text for name, text in {**chosen, "strategy": self.strategy}.items() if text}


@dataclass(frozen=True, slots=True)
class Taken:
    """What a kind holds: rows by the kind's columns, in a fixed order, read as they are asked for.

    ``more`` names the columns beyond the kind's own that are filled: cells of breakdowns. ``is_explained``: rows
    say under ``about`` (``ROW_ABOUT``) what people should know of them; it is not loaded when the file comes back.
    """

    rows: Iterable[Mapping[str, Any]]
    more: tuple[str, ...] = ()
    is_explained: bool = False


@dataclass(frozen=True, slots=True)
class Export:
    """How a kind goes out.

    ``read(selection=, user=)`` gives what it holds, of it what the person may see, in a fixed number of
    statements and so that it comes back unchanged; ``user`` is None for the operator of the machine.
    ``may_take(user)`` says who takes it away. ``of_drafts``: it holds what does not count yet, which is no part
    of the workbook of the strategy. ``of_people``: it names people, and goes out alone, since that workbook is passed
    on.
    """

    read: Callable[..., Taken]
    may_take: Callable[[Any], bool]
    of_drafts: bool = False
    of_people: bool = False
