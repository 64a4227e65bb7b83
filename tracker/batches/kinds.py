"""What an import kind is: its columns, its typed row, who may load it, the services that plan and apply it.

A kind is declared in its capability's ``resources.py`` and joins the list in ``tracker/imports/registry.py``.
"""

import calendar
import re
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cached_property
from itertools import compress, repeat
from types import MappingProxyType, NoneType
from typing import Any

from django.db.models import Model, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.common.bulk import area_of
from tracker.common.collecting import without_collecting
from tracker.common.workbooks.cells import Cell, CellError, Percent
from tracker.common.workbooks.numbers import (
    AmbiguousNumber,
    Mark,
    NoDate,
    NoFigure,
    NumberError,
    SuppressedFigure,
    parse_date,
    parse_decimal,
    parse_yes_no,
)
from tracker.common.workbooks.sheets import Sheet

from .plans import Plan, RowError, show
from .selections import Export
from .undos import Undo

# From a filled cell, and the decimal mark of the file where it is known, to a value; raises NumberError.
Parse = Callable[[Cell, Mark | None], Any]
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
        return self.parse in (number, whole, as_written)

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

    ``row_type`` is a frozen dataclass with slots: ``row`` (the row's key in the sheet) and one field per column;
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

    def __post_init__(self) -> None:
        named = {each.name for each in fields(self.row_type)} - {"row", "more"}
        assert named == {column.name for column in self.columns}, f"{self.code}: row and columns differ"

    @property
    def areas(self) -> list[str]:
        """The capabilities whose tables it writes, such as ``progress``; in order, so that two imports of
        several areas cannot wait for each other.
        """
        return sorted({area_of(table) for table in self.tables})


@dataclass(frozen=True)
class TypedRows:
    """The rows of a file that could be read, typed; what is wrong with the others; the columns it has.

    ``flawed`` are those of the others that have every cell they need: typed, the wrong cells empty. They are never
    saved, but what else is wrong with them can be said at the same time.
    """

    rows: list[Any]
    errors: list[RowError]
    given: frozenset[str]
    flawed: list[Any] = field(default_factory=list)


# The column that says, with its reason in the comment, that there is no figure to give.
NOT_APPLICABLE = "not_applicable"
_NOT_APPLICABLE_HINT = gettext_lazy("If the indicator does not apply, write yes under not_applicable.")
_NO_MORE: Mapping[str, Any] = MappingProxyType({})


def type_rows(*, kind: Kind, columns: Sequence[Column], sheet: Sheet) -> TypedRows:
    """Turn the cells of a sheet into the kind's typed rows; every bad cell of every row is an error.

    It goes column by column and reads each distinct cell once: a sheet repeats its codes, figures and words a
    great deal. The row of an error is its key in the sheet.
    """
    given = frozenset(sheet.headers)
    errors = [
        RowError(
            None,
            column.name,
            None,
            _("The column “%(column)s” is missing. Add it to the header row and fill it in.")
            % {"column": column.name},
        )
        for column in columns
        if column.required and column.name not in given
    ]
    if errors:
        return TypedRows([], errors, given)
    hint = _NOT_APPLICABLE_HINT if NOT_APPLICABLE in {column.name for column in columns} else ""
    typed: dict[str, list[Any]] = {}
    wrong: list[tuple[int, RowError]] = []
    for column in columns:
        if column.name in given:
            cells = sheet.columns[column.name]
            values, has_errors = _type_cells(column, cells, sheet.decimal_mark, str(hint))
            typed[column.name] = values
            if has_errors:
                wrong += _find_wrong(column.name, cells, values, sheet.numbers)
    # The sort keeps the order of the columns within a row.
    wrong.sort(key=lambda each: each[0])
    numbers: Sequence[int] = sheet.numbers
    flawed: list[Any] = []
    if wrong:
        flawed = _make_flawed(kind, columns, numbers, typed, wrong)
        bad = {position for position, _error in wrong}
        good = [position not in bad for position in range(len(numbers))]
        numbers = list(compress(numbers, good))
        typed = {name: list(compress(values, good)) for name, values in typed.items()}
    with without_collecting():
        rows = _make_rows(kind, numbers, typed)
    return TypedRows(rows, [error for _position, error in wrong], given, flawed)


def _make_flawed(
    kind: Kind,
    columns: Sequence[Column],
    numbers: Sequence[int],
    typed: Mapping[str, Sequence[Any]],
    wrong: Sequence[tuple[int, RowError]],
) -> list[Any]:
    """The rows that have errors, and none where a cell is required: typed, their wrong cells empty."""
    required = {column.name for column in columns if column.required}
    unfit = {position for position, error in wrong if error.column in required}
    positions = sorted({position for position, _error in wrong} - unfit)
    cells = {
        name: [None if isinstance(values[at], NumberError) else values[at] for at in positions]
        for name, values in typed.items()
    }
    return _make_rows(kind, [numbers[at] for at in positions], cells)


def _type_cells(
    column: Column, cells: Sequence[Cell], mark: Mark | None, hint: str
) -> tuple[list[Any], bool]:
    """The values of a column, and whether errors are among them, each in the place of a value."""
    types = set(map(type, cells))
    if types <= {NoneType}:
        empty = _read_cell(column, None, mark, hint)
        return [empty] * len(cells), empty is not None
    keys: Sequence[Any] = cells
    # To a dictionary True and 1 are one key, and so are 40 % and 40.
    if len(types & {bool, Decimal, Percent}) > 1:
        keys = [(type(cell), cell) for cell in cells]
    distinct = dict(zip(keys, cells, strict=True))
    known = {key: _read_cell(column, cell, mark, hint) for key, cell in distinct.items()}
    values = [known[key] for key in keys]
    return values, any(isinstance(value, NumberError) for value in known.values())


def _read_cell(column: Column, cell: Cell, mark: Mark | None, hint: str) -> Any:
    """The value of one cell, None where it is empty, the error where it cannot be read."""
    if isinstance(cell, CellError):
        return NumberError(cell.message)
    if cell is None:
        if column.required:
            return NumberError(_("The cell is empty. Fill in %(column)s.") % {"column": column.name})
        return None
    try:
        return column.parse(cell, mark)
    except AmbiguousNumber as error:
        return NumberError(f"{error} {_('Or choose the decimal mark of the file.')}")
    except NoFigure as error:
        return NumberError(f"{error} {hint}".rstrip())
    except NumberError as error:
        return error


def _find_wrong(
    name: str, cells: Sequence[Cell], values: Sequence[Any], numbers: Sequence[int]
) -> list[tuple[int, RowError]]:
    """The errors of a column, each with the position of its row."""
    return [
        (position, RowError(numbers[position], name, None if cell is None else show(cell), str(value)))
        for position, (cell, value) in enumerate(zip(cells, values, strict=True))
        if isinstance(value, NumberError)
    ]


def _make_rows(kind: Kind, numbers: Sequence[int], typed: Mapping[str, Sequence[Any]]) -> list[Any]:
    """The typed rows, made of columns; a column that the file has not is empty."""
    fixed = {column.name for column in kind.columns}
    arguments: dict[str, Iterable[Any]] = {name: typed.get(name, repeat(None)) for name in fixed}
    arguments["row"] = numbers
    names = [name for name in typed if name not in fixed]
    arguments["more"] = [
        {name: value for name, value in zip(names, values, strict=True) if value is not None} or _NO_MORE
        for values in zip(*(typed[name] for name in names), strict=True)
    ] or repeat(_NO_MORE)
    rows: list[Any] = [object.__new__(kind.row_type) for _number in numbers]
    # Field by field, into the slots: a frozen dataclass takes more than twice as long to make row by row.
    for each in fields(kind.row_type):
        slot = getattr(kind.row_type, each.name)
        deque(map(slot.__set__, rows, arguments[each.name]), maxlen=0)
    return rows


# -- How cells are read -------------------------------------------------------------------------------


def text(cell: Cell, mark: Mark | None = None) -> str:
    """What the cell says; a number or a date as it is written."""
    return show(cell)


def text_within(most: int) -> Parse:
    """Text of at most so many characters."""

    def read(cell: Cell, mark: Mark | None = None) -> str:
        value = show(cell)
        if len(value) > most:
            raise NumberError(
                _("The text has %(length)d characters; %(most)d are the most. Shorten it.")
                % {"length": len(value), "most": most}
            )
        return value

    return read


def number(cell: Cell, mark: Mark | None = None) -> Decimal:
    """A number that the database can hold: at most 14 digits before the point and six after it."""
    value = parse_decimal(cell, locale_hint=mark)
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -6:
        raise NumberError(
            _("%(value)s has more than six decimals. Round it.") % {"value": format(value, "f")}
        )
    if value.adjusted() >= 14:
        raise NumberError(
            _("%(value)s is too large to be a figure. Check it.") % {"value": format(value, "f")}
        )
    return value


def whole(cell: Cell, mark: Mark | None = None) -> int:
    """A whole number from 0 up to what an order or a small count can be."""
    value = parse_decimal(cell, locale_hint=mark)
    if value != int(value) or not 0 <= value <= 32_000:
        raise NumberError(_("%(value)s is not a whole number from 0 up.") % {"value": format(value, "f")})
    return int(value)


def day(cell: Cell, mark: Mark | None = None) -> date:
    """A date."""
    return parse_date(cell)


_QUARTER = re.compile(r"(\d{4})[-\s]?Q([1-4])", re.IGNORECASE)
_HALF = re.compile(r"(\d{4})[-\s]?H([12])", re.IGNORECASE)
_YEAR = re.compile(r"(19|20)\d{2}")


def last_day(cell: Cell, mark: Mark | None = None) -> date:
    """A date, or the last day of a year (2022), half-year (2022-H1) or quarter (2022-Q1)."""
    if isinstance(cell, (date, datetime)):
        return parse_date(cell)
    written = show(cell).strip()
    if _YEAR.fullmatch(written):
        return date(int(written), 12, 31)
    for pattern, months in ((_QUARTER, 3), (_HALF, 6)):
        if match := pattern.fullmatch(written):
            year, month = int(match[1]), int(match[2]) * months
            return date(year, month, calendar.monthrange(year, month)[1])
    try:
        return parse_date(cell)
    except NoDate:
        raise NumberError(
            _("“%(text)s” is neither a date (2022-12-31) nor a year (2022) nor a quarter (2022-Q4).")
            % {"text": written}
        ) from None


def yes_no(cell: Cell, mark: Mark | None = None) -> bool:
    """Yes or no."""
    return parse_yes_no(cell)


@dataclass(frozen=True)
class OneOf:
    """Reads one of the codes of a closed list, however it is written: semi-annual is semi_annual."""

    choices: type[TextChoices]

    def __call__(self, cell: Cell, mark: Mark | None = None) -> str:
        written = show(cell)
        value = self._known.get(_fold(written))
        if value is None:
            raise NumberError(
                _("“%(text)s” is none of: %(choices)s.")
                % {"text": written, "choices": ", ".join(self.choices.values)}
            )
        return str(value)

    @cached_property
    def _known(self) -> dict[str, str]:
        known = {_fold(value): value for value in self.choices.values}
        return known | {_fold(str(label)): value for value, label in self.choices.choices}


def one_of(choices: type[TextChoices]) -> Parse:
    """One of the codes of a closed list."""
    return OneOf(choices)


def _fold(word: str) -> str:
    return re.sub(r"[\s_\-]+", " ", word).strip().casefold()


def several(cell: Cell, mark: Mark | None = None) -> tuple[str, ...]:
    """Words separated by semicolons."""
    words = [word.strip() for word in show(cell).split(";")]
    return tuple(word for word in words if word)


def as_written(cell: Cell, mark: Mark | None = None) -> Decimal | str:
    """A number where it is one, else the word: for cells whose meaning depends on the indicator."""
    try:
        return number(cell, mark)
    except (NoFigure, SuppressedFigure):
        raise
    except NumberError:
        if isinstance(cell, str) and cell[0].isalpha():
            return cell
        if isinstance(cell, bool):
            return "yes" if cell else "no"
        raise
