"""The cells of a sheet become the typed rows of a kind; every bad cell of every row is an error."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from decimal import Decimal
from itertools import compress, repeat
from types import MappingProxyType, NoneType
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.common.collecting import without_collecting
from tracker.common.workbooks.cells import Cell, CellError, Percent
from tracker.common.workbooks.numbers import AmbiguousNumber, Mark, NoFigure, NumberError
from tracker.common.workbooks.sheets import Sheet

from .kinds import Column, Kind
from .plans import RowError, show


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
