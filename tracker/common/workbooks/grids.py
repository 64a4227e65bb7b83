"""Sheets as they lie in a file, before anything is known of headers: raw values and marks, by place."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .cells import CellError
from .letters import column_letters
from .sheets import Limits, SheetChoice, WorkbookError


@dataclass(frozen=True, slots=True, order=True)
class Area:
    """Merged cells, from the first row and column to the last, counted from 1 and both included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Grid:
    """The raw values of one sheet, as columns from A and row 1 on, all of one length; "" or None is empty.

    `percents` finds, for the columns asked for (from 1), the rows whose cell is formatted as a percentage.
    `hidden_rows` and `hidden_columns` count from 1. `since_1904`: day numbers count from 1904.
    """

    name: str
    columns: list[Sequence[Any]]
    percents: Callable[[Collection[int]], dict[int, set[int]]] = lambda columns: {}
    hidden_rows: Collection[int] = ()
    hidden_columns: Collection[int] = ()
    merged: list[Area] = field(default_factory=list)
    since_1904: bool = False

    @property
    def height(self) -> int:
        return len(self.columns[0]) if self.columns else 0

    def put_errors(self, errors: dict[tuple[int, int], str]) -> None:
        """Put errors, by (row, column), into their places, which may lie beyond the last value."""
        if not errors:
            return
        height = max(self.height, *(row for row, _column in errors))
        width = max(len(self.columns), *(column for _row, column in errors))
        self.columns.extend([()] * (width - len(self.columns)))
        touched = {column for _row, column in errors}
        self.columns = [
            [*values, *[None] * (height - len(values))]
            if len(values) < height or column in touched
            else values
            for column, values in enumerate(self.columns, start=1)
        ]
        for (row, column), code in errors.items():
            self.columns[column - 1][row - 1] = CellError(code)  # type: ignore[index]


class Book(Protocol):
    """An opened file. A person can choose among its visible sheets that hold something."""

    warnings: list[str]
    encoding: str | None
    delimiter: str | None

    @property
    def choices(self) -> list[SheetChoice]: ...

    def open(self, name: str) -> Grid:
        """Lay out one of the sheets that can be chosen. Raises WorkbookError."""


@dataclass(slots=True)
class LaidOutBook:
    """A book whose sheets were all laid out as it was opened."""

    grids: list[Grid]
    warnings: list[str] = field(default_factory=list)
    encoding: str | None = None
    delimiter: str | None = None

    @property
    def choices(self) -> list[SheetChoice]:
        return [SheetChoice(grid.name, grid.height) for grid in self.grids if grid.height]

    def open(self, name: str) -> Grid:
        return next(grid for grid in self.grids if grid.name == name)


def columns_of(rows: Iterable[Sequence[Any]]) -> list[Sequence[Any]]:
    """Turn rows, which may differ in length, into columns."""
    return list(zip_longest(*rows))


def check_extent(rows: int, columns: int, filename: str, limits: Limits) -> None:
    """Refuse a sheet that reaches too far with a WorkbookError."""
    if rows > limits.rows:
        raise WorkbookError(
            _(
                "%(file)s reaches down to row %(rows)d, where %(limit)d is the most. "
                "Delete what stands below your rows, or split the file into parts."
            )
            % {"file": filename, "rows": rows, "limit": limits.rows}
        )
    if columns > limits.columns:
        raise WorkbookError(
            _(
                "%(file)s reaches across to column %(column)s, where %(limit)s is the last allowed. "
                "Delete what stands to the right of your columns."
            )
            % {
                "file": filename,
                "column": column_letters(columns),
                "limit": column_letters(limits.columns),
            }
        )
    if rows * columns > limits.cells:
        raise WorkbookError(
            _("%(file)s has too many cells (%(rows)d rows × %(columns)d columns). Split it into parts.")
            % {"file": filename, "rows": rows, "columns": columns}
        )


def check_sheets(sheets: int, filename: str, limits: Limits) -> None:
    """Refuse a workbook with too many sheets with a WorkbookError."""
    if sheets > limits.sheets:
        raise WorkbookError(
            ngettext(
                "%(file)s has %(count)d sheet, where %(limit)d are the most. Split it into parts.",
                "%(file)s has %(count)d sheets, where %(limit)d are the most. Split it into parts.",
                sheets,
            )
            % {"file": filename, "count": sheets, "limit": limits.sheets}
        )


def check_merged(areas: int, filename: str, limits: Limits) -> None:
    """Refuse a sheet with too many merged areas with a WorkbookError."""
    if areas > limits.merged:
        raise WorkbookError(
            ngettext(
                "%(file)s has too many merged cells (%(count)d area). Unmerge them and upload it again.",
                "%(file)s has too many merged cells (%(count)d areas). Unmerge them and upload it again.",
                areas,
            )
            % {"file": filename, "count": areas}
        )
