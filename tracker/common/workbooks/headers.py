"""Where the header of a sheet is, and what its columns are called."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from .cells import Cell, clean_text
from .sheets import WorkbookError
from .xlsx import column_letters

# How many rows that hold anything are looked at for a header, when the expected columns are known: titles and
# notes may stand above it.
HEADER_WITHIN = 25

_HXL_TAG = re.compile(r"#[a-z][a-z0-9_]*(?:\s*\+\s*[a-z][a-z0-9_]*)*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a sheet: the index of its row, and its columns as (index, name, title as written)."""

    row: int
    columns: list[tuple[int, str, str]]
    unknown: list[tuple[int, str]]


def normalise(title: str) -> str:
    """Give the name of a column: lower case, one underscore for spaces, none around a colon.

    "Baseline  Value" and "BASELINE_VALUE" are baseline_value, "Sex : Female" is sex:female.
    """
    name = re.sub(r"[\s_]+", "_", clean_text(title).casefold()).strip("_")
    return re.sub(r"_*:_*", ":", name)


def squeeze(title: str) -> str:
    """Give what two headings must share to be the same: spaces, underscores and case are ignored."""
    return normalise(title).replace("_", "")


def find_header(*, rows: Sequence[Sequence[Cell]], columns: Collection[str] | None, filename: str) -> Header:
    """Find the header among the first rows and name its columns.

    Without `columns` it is the first row that holds anything. With them, it is the row, of the first 25, with
    the most of their names. Raises WorkbookError where there is none, or where a name stands twice.
    """
    filled = [index for index, row in enumerate(rows) if any(cell is not None for cell in row)]
    if not filled:
        raise WorkbookError(
            _("%(file)s has no header: its first rows are empty. Put the names of the columns into row 1.")
            % {"file": filename}
        )
    if columns is None:
        return _name_columns(filled[0], rows[filled[0]], None, filename)
    known = {squeeze(column): column for column in columns}
    matches = [
        (len(known.keys() & {squeeze(_title(cell)) for cell in rows[index] if cell is not None}), -index)
        for index in filled
    ]
    most, index = max(matches)
    if not most:
        raise WorkbookError(
            _("%(file)s has no header that is known. Name the columns in row 1; expected are: %(columns)s.")
            % {"file": filename, "columns": ", ".join(columns)}
        )
    return _name_columns(-index, rows[-index], known, filename)


def _name_columns(row: int, cells: Sequence[Cell], known: dict[str, str] | None, filename: str) -> Header:
    named: dict[str, tuple[int, str]] = {}
    unknown = []
    for index, cell in enumerate(cells):
        if cell is None:
            continue
        title = _title(cell)
        name = normalise(title) if known is None else known.get(squeeze(title))
        if not name:
            unknown.append((index, title))
        elif name in named:
            raise WorkbookError(
                _(
                    "%(file)s has the column “%(title)s” twice (columns %(first)s and %(second)s of row "
                    "%(row)d). Delete or rename one."
                )
                % {
                    "file": filename,
                    "title": title,
                    "first": column_letters(named[name][0] + 1),
                    "second": column_letters(index + 1),
                    "row": row + 1,
                }
            )
        else:
            named[name] = index, title
    return Header(
        row=row, columns=[(index, name, title) for name, (index, title) in named.items()], unknown=unknown
    )


def is_hxl(cells: Sequence[Cell]) -> bool:
    """Tell whether a row consists of HXL tags, such as #country+code."""
    filled = [cell for cell in cells if cell is not None]
    return bool(filled) and all(isinstance(cell, str) and _HXL_TAG.fullmatch(cell) for cell in filled)


def _title(cell: Cell) -> str:
    return format(cell, "f") if isinstance(cell, Decimal) else str(cell)
