"""What an import kind is: its columns, its typed row, who may load it, the services that plan and apply it.

A kind is declared in its capability's ``resources.py`` and joins the list in ``tracker/imports/registry.py``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import Enum
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise

from tracker.common.bulk import area_of

from .cell_readers import OneOf, Parse, as_written, day, last_day, number, share_of_one, whole, yes_no
from .plans import Plan
from .selections import Export
from .undos import Undo

# From the options of a file (such as its strategy) to the codes that may stand in a column.
Codes = Callable[[Mapping[str, Any]], Sequence[str]]


@dataclass(frozen=True)
class Column:
    """A column of the sheet.

    ``required``: every row fills it. ``percent``: a cell shown as 40 % is 40. ``key``: it says what a row is
    about, so that a cell merged over several rows counts for each. ``tag``: its HXL tag, if it has one.
    ``codes``: what may stand in a cell, as the database has it now, for the drop-downs of templates;
    ``or_other``: something else may stand there too.
    """

    name: str
    parse: Parse
    required: bool = False
    percent: bool = False
    help: "str | Promise" = ""
    key: bool = False
    tag: str = ""
    codes: "Codes | None" = None
    or_other: bool = False

    @property
    def holds_numbers(self) -> bool:
        return self.parse in (number, share_of_one, whole, as_written)

    @property
    def holds_dates(self) -> bool:
        return self.parse in (day, last_day)

    @property
    def choices(self) -> tuple[str, ...]:
        """What may stand in a cell, where that is a closed list."""
        if isinstance(self.parse, OneOf):
            return tuple(self.parse.choices.values)
        return ("yes", "no") if self.parse is yes_no else ()


def codes_in(model: type[Model], name: str = "code") -> Codes:
    """The codes in a table, in their order."""

    def read(options: Mapping[str, Any]) -> Sequence[str]:
        return list(model._default_manager.order_by(name).values_list(name, flat=True))

    return read


def no_more_columns(options: Mapping[str, Any]) -> Sequence[Column]:
    """For kinds whose columns are all known beforehand."""
    return ()


class Option(Enum):
    """What a person says beside the file. The values are the names under which batches keep them."""

    SOURCE = "source"
    REASON = "reason"


@dataclass(frozen=True)
class Kind:
    """One kind of file; ``purpose`` says in one line what it is for.

    ``row_type`` is a dataclass with slots: ``row`` (the row's key in the sheet) and one field per column;
    with more columns that depend on the data (years, breakdowns), it has ``more``, a mapping of those that are
    filled.
    ``plan(rows=, given=, options=, user=)`` compares the rows with the database and writes nothing; ``given``
    are the columns that the file has: one that is absent leaves what is there alone.
    ``apply(plan=, batch=, user=)`` writes exactly the plan. ``tables`` are locked meanwhile.
    ``may_load(user)`` says who may. ``of_uploader``: its files hold drafts, so a kept one is opened by whoever
    uploaded it alone. ``undo`` takes a saved file back; None: its rows are restored from their history.
    ``rows_stand_alone``: saving some of them means the same with and without the others, so that the good rows
    of a file with errors may be saved.

    ``export`` gives what the kind holds as its own file would say it; None: it does not go out. ``named_by`` are
    the columns by which a row is known again: they stand a second time, hidden, in what goes out (``ROW_KEY``).
    ``shared`` are columns that all rows with the same first one of these say alike, such as a breakdown's name.
    """

    code: str
    title: "str | Promise"
    purpose: "str | Promise"
    columns: tuple[Column, ...]
    row_type: type
    plan: Callable[..., Plan]
    apply: Callable[..., None]
    may_load: Callable[[Any], bool]
    tables: tuple[type[Model], ...]
    more_columns: Callable[[Mapping[str, Any]], Sequence[Column]] = no_more_columns
    options: tuple[Option, ...] = ()
    needs_person: bool = False
    of_uploader: bool = False
    undo: Undo | None = None
    rows_stand_alone: bool = True
    export: Export | None = None
    named_by: tuple[str, ...] = ("code",)
    shared: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        named = {each.name for each in fields(self.row_type)} - {"row", "more"}
        assert named == {column.name for column in self.columns}, f"{self.code}: row and columns differ"

    @property
    def areas(self) -> list[str]:
        """The capabilities whose tables it writes, such as ``progress``; in order, so that two imports of
        several areas cannot wait for each other.
        """
        return sorted({area_of(table) for table in self.tables})
