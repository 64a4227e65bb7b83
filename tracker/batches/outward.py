"""A kind on its way out: its columns and what it holds as a sheet that can be written in any format.

    sheet_of(kind=KINDS["targets"], selection=Selection(missions=frozenset({"KG"})), user=user)

The sheet has the columns of the kind's own file, so that it can be corrected and loaded again.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from tracker.common.workbooks import specs

from .cell_readers import as_written, text
from .kinds import Column, Kind, no_more_columns
from .row_keys import ROW_ABOUT, ROW_KEY, key_of
from .selections import Selection, Taken

if TYPE_CHECKING:
    from tracker.access.models import User


def sheet_of(
    *, kind: Kind, selection: Selection, user: "User | None", tagged: bool = False, keyed: bool = False
) -> specs.SheetSpec:
    """What a kind holds, as a sheet.

    ``tagged``: with a row of HXL tags. ``keyed``: with the hidden column by which a row whose code was changed
    is known again. Rows are read when they are written. Raises ValueError where the kind does not go out.
    """
    if kind.export is None:
        raise ValueError(f"The kind {kind.code} does not go out.")
    taken = kind.export.read(selection=selection, user=user)
    columns = columns_out(kind, taken, selection)
    written = [spec_of(column, tagged=tagged) for column in columns]
    rows: Iterable[Mapping[str, Any]] = taken.rows
    if taken.is_explained:
        hxl = "#meta+about" if tagged else ""
        written.append(specs.Column(ROW_ABOUT, hxl=hxl, width=_WIDE, help=_("For you to read; not loaded.")))
    if keyed:
        written.append(specs.Column(ROW_KEY, hidden=True, hxl="#meta+row_key" if tagged else ""))
        rows = _with_keys(kind, rows)
    return specs.SheetSpec(kind.code, written, rows, frozen=1)


def columns_out(kind: Kind, taken: Taken, selection: Selection) -> Sequence[Column]:
    """The kind's own columns, and those of the others that are filled."""
    if not taken.more or kind.more_columns is no_more_columns:
        return kind.columns
    more = {column.name: column for column in kind.more_columns(selection.options)}
    return (*kind.columns, *(more[name] for name in taken.more))


def spec_of(column: Column, *, tagged: bool = False) -> specs.Column:
    """A column of a kind as it is written: 40 stays 40 in a column of percentages, as people write it."""
    return specs.Column(
        column.name,
        kind=_kind_of(column),
        hxl=(column.tag or "#meta") if tagged else "",
        help=column.help,
        required=column.required,
        choices=column.choices,
        width=_width_of(column),
    )


_WIDE, _OF_CODES = 40, 16


def _width_of(column: Column) -> float | None:
    if column.key or column.tag.endswith("+code"):
        return _OF_CODES
    return _WIDE if column.parse is text else None


def _kind_of(column: Column) -> specs.Kind:
    if column.holds_dates:
        return "date"
    return "number" if column.holds_numbers and column.parse is not as_written else "text"


def _with_keys(kind: Kind, rows: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for row in rows:
        yield {**row, ROW_KEY: key_of(kind, row)}
