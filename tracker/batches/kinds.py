"""What an import kind is: its columns, its typed row, who may load it, the services that plan and apply it.

A kind is declared in its capability's ``resources.py`` and joins the list in ``tracker/imports/registry.py``.
"""

import calendar
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from django.db.models import Model, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from tracker.common.bulk import area_of
from tracker.common.workbooks.cells import Cell, CellError
from tracker.common.workbooks.numbers import NumberError, parse_date, parse_decimal, parse_yes_no

from .plans import Plan, RowError, show

# From a filled cell, and the decimal mark of the file where it is known, to a value; raises NumberError.
Parse = Callable[[Cell, str | None], Any]


@dataclass(frozen=True)
class Column:
    """A column of the sheet. ``required``: every row fills it. ``percent``: a cell shown as 40 % is 40."""

    name: str
    parse: Parse
    required: bool = False
    percent: bool = False
    help: "str | Promise" = ""


def no_more_columns(options: Mapping[str, Any]) -> Sequence[Column]:
    """For kinds whose columns are all known beforehand."""
    return ()


class Option(Enum):
    """What a person says beside the file. The values are the names under which batches keep them."""

    SOURCE = "source"
    REASON = "reason"


@dataclass(frozen=True)
class Kind:
    """One kind of file.

    ``row_type`` is a dataclass with ``row`` (the sheet's row number) and one field per column; with more
    columns that depend on the data (years, breakdowns), it has ``more``, a mapping of those that are filled.
    ``plan(rows=, given=, options=, user=)`` compares the rows with the database and writes nothing; ``given``
    are the columns that the file has: one that is absent leaves what is there alone.
    ``apply(plan=, batch=, user=)`` writes exactly the plan. ``tables`` are locked meanwhile.
    ``may_load(user)`` says who may. ``of_uploader``: its files hold drafts, so a kept one is opened by whoever
    uploaded it alone.
    """

    code: str
    title: "str | Promise"
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

    def __post_init__(self) -> None:
        named = {field.name for field in fields(self.row_type)} - {"row", "more"}
        assert named == {column.name for column in self.columns}, f"{self.code}: row and columns differ"

    @property
    def areas(self) -> list[str]:
        """The capabilities whose tables it writes, such as ``progress``; in order, so that two imports of
        several areas cannot wait for each other.
        """
        return sorted({area_of(table) for table in self.tables})


@dataclass(frozen=True)
class TypedRows:
    """The rows of a file that could be read, typed; what is wrong with the others; the columns it has."""

    rows: list[Any]
    errors: list[RowError]
    given: frozenset[str]


def type_rows(
    *, kind: Kind, columns: Sequence[Column], sheet: Any, decimal_mark: str | None = None
) -> TypedRows:
    """Turn the plain rows of a sheet into the kind's typed rows; every bad cell of every row is an error."""
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
    present = [column for column in columns if column.name in given]
    fixed = {column.name for column in kind.columns}
    absent = dict.fromkeys(fixed - given)
    has_more = len(columns) > len(kind.columns)
    remembered: dict[str, dict[Any, Any]] = {column.name: {} for column in present}
    rows = []
    for row in sheet.rows:
        values: dict[str, Any] = dict(absent)
        more: dict[str, Any] = {}
        bad = False
        for column in present:
            name = column.name
            cell = row.cells[name]
            known = remembered[name]
            # A sheet repeats its codes and figures a great deal; True and 1 are one key to a dict.
            key = (type(cell), cell)
            if key not in known:
                known[key] = _read_cell(column, cell, decimal_mark)
            value = known[key]
            if isinstance(value, NumberError):
                errors.append(RowError(row.number, name, None if cell is None else show(cell), str(value)))
                bad = True
            elif name in fixed:
                values[name] = value
            elif value is not None:
                more[name] = value
        if not bad:
            rows.append(
                kind.row_type(row=row.number, more=more, **values)
                if has_more
                else kind.row_type(row=row.number, **values)
            )
    return TypedRows(rows, errors, given)


def _read_cell(column: Column, cell: Cell, decimal_mark: str | None) -> Any:
    """The value of one cell, None where it is empty, the error where it cannot be read."""
    if isinstance(cell, CellError):
        return NumberError(cell.message)
    if cell is None:
        if column.required:
            return NumberError(_("The cell is empty. Fill in %(column)s.") % {"column": column.name})
        return None
    try:
        return column.parse(cell, decimal_mark)
    except NumberError as error:
        return error


# -- How cells are read -------------------------------------------------------------------------------


def text(cell: Cell, mark: str | None = None) -> str:
    """What the cell says; a number or a date as it is written."""
    return show(cell)


def text_within(most: int) -> Parse:
    """Text of at most so many characters."""

    def read(cell: Cell, mark: str | None = None) -> str:
        value = show(cell)
        if len(value) > most:
            raise NumberError(
                _("The text has %(length)d characters; %(most)d are the most. Shorten it.")
                % {"length": len(value), "most": most}
            )
        return value

    return read


def number(cell: Cell, mark: str | None = None) -> Decimal:
    """A number that the database can hold: at most 14 digits before the point and six after it."""
    value = parse_decimal(cell, locale_hint=mark)  # type: ignore[arg-type]
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


def whole(cell: Cell, mark: str | None = None) -> int:
    """A whole number from 0 up to what an order or a small count can be."""
    value = parse_decimal(cell, locale_hint=mark)  # type: ignore[arg-type]
    if value != int(value) or not 0 <= value <= 32_000:
        raise NumberError(_("%(value)s is not a whole number from 0 up.") % {"value": format(value, "f")})
    return int(value)


def day(cell: Cell, mark: str | None = None) -> date:
    """A date."""
    return parse_date(cell)


_QUARTER = re.compile(r"(\d{4})[-\s]?Q([1-4])", re.IGNORECASE)
_HALF = re.compile(r"(\d{4})[-\s]?H([12])", re.IGNORECASE)
_YEAR = re.compile(r"(19|20)\d{2}")


def last_day(cell: Cell, mark: str | None = None) -> date:
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
    except NumberError:
        raise NumberError(
            _("“%(text)s” is neither a date (2022-12-31) nor a year (2022) nor a quarter (2022-Q4).")
            % {"text": written}
        ) from None


def yes_no(cell: Cell, mark: str | None = None) -> bool:
    """Yes or no."""
    return parse_yes_no(cell)


def one_of(choices: type[TextChoices]) -> Parse:
    """One of the codes of a closed list, however it is written: semi-annual is semi_annual."""
    known = {_fold(value): value for value in choices.values}
    known |= {_fold(str(label)): value for value, label in choices.choices}

    def read(cell: Cell, mark: str | None = None) -> str:
        written = show(cell)
        value = known.get(_fold(written))
        if value is None:
            raise NumberError(
                _("“%(text)s” is none of: %(choices)s.")
                % {"text": written, "choices": ", ".join(choices.values)}
            )
        return str(value)

    return read


def _fold(word: str) -> str:
    return re.sub(r"[\s_\-]+", " ", word).strip().casefold()


def several(cell: Cell, mark: str | None = None) -> tuple[str, ...]:
    """Words separated by semicolons."""
    words = [word.strip() for word in show(cell).split(";")]
    return tuple(word for word in words if word)


def as_written(cell: Cell, mark: str | None = None) -> Decimal | str:
    """A number where it is one, else the word: for cells whose meaning depends on the indicator."""
    try:
        return number(cell, mark)
    except NumberError:
        if isinstance(cell, str) and cell[0].isalpha():
            return cell
        if isinstance(cell, bool):
            return "yes" if cell else "no"
        raise
