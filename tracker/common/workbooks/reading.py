"""Reads a workbook: XLSX, ODS or CSV bytes in, plain rows with their sheet row numbers out.

    sheet = read_rows(data=upload.read(), filename=upload.name, columns=("mission", "value"),
                      percent_columns=("value",))

Nothing here knows what the columns mean. A file that cannot be read as a whole raises WorkbookError, whose
text is a sentence for the person; what is wrong with one cell is left to the caller, who can name row and column.
"""

import io
from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any, NoReturn, Protocol
from xml.parsers.expat import ExpatError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from .cells import Cell, CellError, CellReader, Percent, make_plain
from .containers import Kind, find_kind, refuse_damaged, unpack
from .csvfiles import read_csv
from .headers import HEADER_WITHIN, Header, find_header, is_hxl, normalise, squeeze
from .numbers import NumberError, parse_decimal
from .ods import check_wellformed, open_tables
from .sheets import DEFAULT, Limits, Row, Sheet, WorkbookError
from .xlsx import XlsxSheet, column_letters

__all__ = [
    "DEFAULT",
    "Cell",
    "CellError",
    "Limits",
    "Row",
    "Sheet",
    "WorkbookError",
    "normalise",
    "read_rows",
]


class _Marks(Protocol):
    """What is known of a sheet's cells besides their values. Rows and columns count from 1."""

    def find_errors(self) -> dict[tuple[int, int], str]: ...

    def find_percents(self, columns: Collection[int]) -> dict[int, set[int]]: ...


class _NoMarks:
    """A CSV file has text and nothing else."""

    def find_errors(self) -> dict[tuple[int, int], str]:
        return {}

    def find_percents(self, columns: Collection[int]) -> dict[int, set[int]]:
        return {}


def read_rows(
    *,
    data: bytes,
    filename: str,
    columns: Collection[str] | None = None,
    percent_columns: Collection[str] = (),
    limits: Limits = DEFAULT,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> Sheet:
    """Read the first sheet that holds anything.

    `columns` are the names the caller knows: only they are read, under exactly these names, and other
    headings are reported in `unknown_columns`; None reads every column under its normalised name. In
    `percent_columns` a number is what the person sees: a cell shown as 40 % is 40, and so is the text "40 %".
    `encoding` and `delimiter` overrule what would be found out about a CSV file. Blank rows are skipped.
    Raises WorkbookError.
    """
    kind = find_kind(data=data, filename=filename, limits=limits)
    marks: _Marks
    if kind is Kind.CSV:
        text = read_csv(
            data=data,
            filename=filename,
            columns=columns,
            limits=limits,
            encoding=encoding,
            delimiter=delimiter,
        )
        grid: list[list[Any]] = text.records
        sheet = Sheet(name="", headers=[], rows=[], unknown_columns=[], warnings=text.warnings)
        sheet.encoding, sheet.delimiter = text.encoding, text.delimiter
        marks = _NoMarks()
    else:
        grid, marks, sheet = _read_spreadsheet(data=data, filename=filename, kind=kind, limits=limits)
    _put_errors(grid, marks.find_errors())
    _check_size(grid, filename, limits)
    _fill(sheet=sheet, grid=grid, marks=marks, columns=columns, percents=percent_columns, filename=filename)
    return sheet


def _read_spreadsheet(
    *, data: bytes, filename: str, kind: Kind, limits: Limits
) -> tuple[list[list[Any]], _Marks, Sheet]:
    """Read the raw values of the first sheet that holds anything, from its row 1 and column A on."""
    parts = unpack(data=data, filename=filename, limits=limits)
    warnings = []
    if "xl/vbaProject.bin" in parts or filename.lower().endswith(".xlsm"):
        warnings.append(_("The macros in this workbook were ignored."))
    try:
        if kind is Kind.ODS:
            check_wellformed(parts["content.xml"])
            # Calamine lays out every table of an ODS file as soon as it opens it.
            for table in open_tables(parts):
                _check_extent(*table.measure(), filename, limits)
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        used: list[tuple[str, list[list[Any]], _Marks]] = []
        marks: _Marks
        others = 0
        for position, about in enumerate(workbook.sheets_metadata):
            if about.typ != SheetTypeEnum.WorkSheet or about.visible != SheetVisibleEnum.Visible:
                continue
            if used:
                others += 1
                continue
            marks = (
                open_tables(parts)[position] if kind is Kind.ODS else XlsxSheet(parts=parts, name=about.name)
            )
            if isinstance(marks, XlsxSheet) and marks.is_far_reaching():
                # Calamine would lay out the whole rectangle.
                _check_extent(*marks.measure(), filename, limits)
            raw = workbook.get_sheet_by_index(position)
            if raw.height:
                used.append((about.name, raw.to_python(skip_empty_area=False), marks))
    except PasswordError:
        raise WorkbookError(
            _("%(file)s is protected by a password. Save it without one and upload that.")
            % {"file": filename}
        ) from None
    except WorkbookError:
        raise
    except (
        CalamineError,
        ParseError,
        ExpatError,
        DefusedXmlException,
        KeyError,
        IndexError,
        ValueError,
        OSError,
    ):
        raise refuse_damaged(filename) from None
    except BaseException as error:
        _refuse_panic(error, filename)
    if not used:
        raise WorkbookError(
            _(
                "%(file)s has no data: its visible sheets are empty. Fill in the first sheet and upload it "
                "again."
            )
            % {"file": filename}
        )
    name, grid, marks = used[0]
    if others:
        warnings.append(
            ngettext(
                "Only the sheet “%(sheet)s” was read; %(count)d other sheet was not.",
                "Only the sheet “%(sheet)s” was read; %(count)d other sheets were not.",
                others,
            )
            % {"sheet": name, "count": others}
        )
    return grid, marks, Sheet(name=name, headers=[], rows=[], unknown_columns=[], warnings=warnings)


def _put_errors(grid: list[list[Any]], errors: dict[tuple[int, int], str]) -> None:
    """Put errors in their places, which may lie beyond the last value: calamine sees nothing in them."""
    for (row, column), code in errors.items():
        while len(grid) < row:
            grid.append([])
        values = grid[row - 1]
        values.extend([None] * (column - len(values)))
        values[column - 1] = CellError(code)


def _refuse_panic(error: BaseException, filename: str) -> NoReturn:
    """Refuse the file where calamine itself broke down on it: its panics are no ordinary exceptions."""
    if type(error).__name__ == "PanicException":
        raise refuse_damaged(filename) from None
    raise error


def _check_extent(rows: int, columns: int, filename: str, limits: Limits) -> None:
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


def _check_size(grid: Sequence[Sequence[Any]], filename: str, limits: Limits) -> None:
    _check_extent(len(grid), max((len(row) for row in grid), default=0), filename, limits)


def _fill(
    *,
    sheet: Sheet,
    grid: list[list[Any]],
    marks: _Marks,
    columns: Collection[str] | None,
    percents: Collection[str],
    filename: str,
) -> None:
    """Find the header in the raw values and put what stands below it into the sheet."""
    reader = CellReader()
    top = _read_top(grid, reader, HEADER_WITHIN if columns is not None else 1)
    header = find_header(rows=top, columns=columns, filename=filename)
    sheet.header_row = header.row + 1
    sheet.headers = [name for _index, name, _title in header.columns]
    sheet.titles = {name: title for _index, name, title in header.columns}
    sheet.letters = {name: column_letters(index + 1) for index, name, _title in header.columns}
    sheet.unknown_columns = [title for _index, title in header.unknown]

    indexes = [index for index, _name, _title in header.columns]
    unbroken = indexes == list(range(len(indexes)))
    headed = sorted(indexes + [index for index, _title in header.unknown])
    width = max(headed) + 1
    first = header.row + 1
    without_heading = 0
    for number, raw in enumerate(grid[first:], start=first + 1):
        if len(raw) < width:
            raw = raw + [None] * (width - len(raw))
        values = reader.read(raw)
        if values[headed[0]] is None and not any(values[index] is not None for index in headed):
            # Nothing under any heading; what stands elsewhere in the row has no name and is reported below.
            if any(value is not None for value in values):
                without_heading = without_heading or number
            continue
        if not sheet.rows and not sheet.hxl and is_hxl(values):
            sheet.hxl = {name: str(values[index]) for index, name, _title in header.columns if values[index]}
            continue
        if len(values) > len(headed) and _has_more(values, headed):
            without_heading = without_heading or number
        picked = values if unbroken else [values[index] for index in indexes]
        sheet.rows.append(Row(number, dict(zip(sheet.headers, picked, strict=False))))
    if without_heading:
        sheet.warnings.append(
            _(
                "Row %(row)d has a value in a column without a heading; such values were not read. "
                "Give the column a name, or delete the value."
            )
            % {"row": without_heading}
        )
    if not sheet.rows:
        raise WorkbookError(
            _("%(file)s has no rows below its header (row %(row)d). Fill in at least one row.")
            % {"file": filename, "row": sheet.header_row}
        )
    _read_percents(sheet, header, marks, percents)


def _read_top(grid: list[list[Any]], reader: CellReader, most: int) -> list[list[Cell]]:
    """Convert the rows where the header may be: down to the last of the first `most` that hold anything."""
    rows = []
    filled = 0
    for raw in grid:
        rows.append(reader.read(raw))
        filled += any(value is not None for value in rows[-1])
        if filled == most:
            break
    return rows


def _has_more(values: Sequence[Cell], headed: Sequence[int]) -> bool:
    """Tell whether a row holds more than what stands under its headings."""
    filled = sum(value is not None for value in values)
    return filled > sum(values[index] is not None for index in headed)


def _read_percents(sheet: Sheet, header: Header, marks: _Marks, percents: Collection[str]) -> None:
    """In percent columns, give the number that the person sees: 40 for 0.4 shown as 40 %, and for "40 %"."""
    wanted = {squeeze(name) for name in percents}
    places = {index + 1: name for index, name, _title in header.columns if squeeze(name) in wanted}
    shown = marks.find_percents(places.keys())
    for column, name in places.items():
        rows = shown.get(column, ())
        for row in sheet.rows:
            value = row.cells[name]
            if isinstance(value, Decimal):
                if row.number in rows:
                    row.cells[name] = Percent(make_plain(value.scaleb(2)))
            elif isinstance(value, str) and value.endswith("%"):
                try:
                    row.cells[name] = parse_decimal(value)
                except NumberError:
                    continue  # left as text: the caller parses it again and reports row and column
