"""Writes OpenDocument spreadsheets (ODS) from the same descriptions as XLSX.

Values are typed, text stays text, there are no formulas, and equal input gives equal bytes. The tables are
written as a stream: an object for every cell takes a hundred times as long (odfpy: a thousand rows a second).
"""

import io
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import IO, Any

from . import ods_parts as parts
from .archives import add_file
from .letters import column_letters
from .ods_cells import CellWriter, write_text
from .ods_parts import CellStyles, OdsValidations, quote
from .specs import Column, Entry, SheetSpec, pick_values
from .validations import LISTS_SHEET
from .writing import CREATED
from .xlsx_sheets import MOST_ROWS, TooManyRows, name_sheet

# What is written of the tables is kept in memory up to this size, then in a temporary file.
_MOST_IN_MEMORY = 16 * 1024 * 1024
_PIECE = 1024 * 1024


def write_ods(
    sheets: Iterable[SheetSpec], *, title: str = "", author: str = "", created: datetime = CREATED
) -> bytes:
    """Give the bytes of an ODS workbook.

    Where columns have choices or limits, their cells have them too, down to some spare rows below the data.
    """
    taken = {LISTS_SHEET.casefold()}
    named: list[tuple[str, SheetSpec]] = []
    styles, validations = CellStyles(), OdsValidations()
    filters: list[str] = []
    with tempfile.SpooledTemporaryFile(max_size=_MOST_IN_MEMORY) as body:
        for sheet in sheets:
            name = name_sheet(str(sheet.name), taken)
            named.append((name, sheet))
            table = _Table(sheet, styles, validations)
            for piece in table.write(name, len(named) - 1):
                body.write(piece.encode())
            filters.append(_declare_filter(name, len(named) - 1, sheet, table.last))
        if not named:
            raise ValueError("A workbook needs at least one sheet.")
        for piece in _write_lists(validations.write_lists()):
            body.write(piece.encode())
        size = body.tell()
        body.seek(0)
        return _pack(
            body, size, named, styles, validations, filters, title=title, author=author, created=created
        )


def _pack(
    body: IO[bytes],
    size: int,
    named: Sequence[tuple[str, SheetSpec]],
    styles: CellStyles,
    validations: OdsValidations,
    filters: Sequence[str],
    *,
    title: str,
    author: str,
    created: datetime,
) -> bytes:
    top = (
        parts.open_part("document-content")
        + parts.write_automatic_styles([sheet for _name, sheet in named], styles)
        + "<office:body><office:spreadsheet>"
        + validations.to_xml()
    )
    bottom = (
        "<table:database-ranges>" + "".join(filters) + "</table:database-ranges>"
        "</office:spreadsheet></office:body></office:document-content>"
    )

    def write_content() -> Iterator[bytes]:
        yield top.encode()
        while piece := body.read(_PIECE):
            yield piece
        yield bottom.encode()

    others = {
        "styles.xml": parts.write_styles(),
        "settings.xml": parts.write_settings(named),
        "meta.xml": parts.write_meta(title=title, author=author, created=created),
        "META-INF/manifest.xml": parts.write_manifest(
            ["content.xml", "styles.xml", "settings.xml", "meta.xml"]
        ),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        # The kind of file comes first and uncompressed, for programs that look at the first bytes.
        add_file(archive, "mimetype", [parts.MIME.encode()], compress=False)
        add_file(archive, "content.xml", write_content())
        for name, text in others.items():
            add_file(archive, name, [text.encode()])
    return buffer.getvalue()


class _Table:
    """One table: how each of its columns writes a value."""

    def __init__(self, sheet: SheetSpec, styles: CellStyles, validations: OdsValidations) -> None:
        self._sheet = sheet
        self._others: dict[Column, Callable[[Any], str]] = {}
        self._styles = styles
        self._validations = validations
        self._writers = [self._find_writer(column, column.heading) for column in sheet.columns]
        self.last = sheet.first_row - 1

    def write(self, name: str, position: int) -> Iterator[str]:
        """Yield the XML of the table, row by row."""
        sheet = self._sheet
        yield f'<table:table table:name={quote(name)} table:style-name="table-true">'
        for index, column in enumerate(sheet.columns):
            hidden = ' table:visibility="collapse"' if column.hidden else ""
            yield f'<table:table-column table:style-name="co{position}.{index}"{hidden}/>'
        for note in sheet.notes:
            yield _write_row([write_text(str(note), ' table:style-name="note"')])
        if sheet.notes:
            yield "<table:table-row><table:table-cell/></table:table-row>"
        headings = [write_text(column.heading, ' table:style-name="header"') for column in sheet.columns]
        yield f"<table:table-header-rows>{_write_row(headings)}"
        if sheet.is_tagged:
            yield _write_row([write_text(column.hxl, ' table:style-name="tag"') for column in sheet.columns])
        yield "</table:table-header-rows>"
        writers = self._writers
        for row in sheet.rows:
            self.last += 1
            if self.last >= MOST_ROWS:
                raise TooManyRows(sheet)
            cells = []
            for index, value in enumerate(pick_values(row, sheet.columns)):
                if value.__class__ is Entry:
                    cells.append(self._find_writer(value.like, sheet.columns[index].heading)(value.value))
                else:
                    cells.append(writers[index](value))
            yield _write_row(cells)
        spare = [writer(None) for writer in writers]
        if any("validation" in cell for cell in spare):
            yield f'<table:table-row table:number-rows-repeated="{parts.SPARE_ROWS}">{"".join(spare)}</table:table-row>'
        yield "</table:table>"

    def _find_writer(self, column: Column, heading: str) -> Callable[[Any], str]:
        """Give the function that writes a value of a column, or of what a single cell is like, as a cell."""
        if column not in self._others:
            rule = self._validations.name(column, heading)
            self._others[column] = CellWriter(column, rule, self._styles).write
        return self._others[column]


def _write_row(cells: Sequence[str]) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def _write_lists(rows: Sequence[Sequence[str | None]]) -> Iterator[str]:
    """Yield the hidden table of choices."""
    if rows:
        yield f'<table:table table:name="{LISTS_SHEET}" table:style-name="table-false"><table:table-column/>'
        for row in rows:
            yield _write_row([write_text(value or "") for value in row])
        yield "</table:table>"


def _declare_filter(name: str, position: int, sheet: SheetSpec, last: int) -> str:
    """Put filters on the header of a sheet."""
    if not sheet.columns:
        return ""
    quoted = "'" + name.replace("'", "''") + "'"
    area = (
        f"{quoted}.A{sheet.first_row}:{quoted}.{column_letters(len(sheet.columns))}"
        f"{max(last + 1, sheet.first_row)}"
    )
    # LibreOffice knows the unnamed filter of a sheet by this name.
    return (
        f'<table:database-range table:name="__Anonymous_Sheet_DB__{position}" '
        f'table:target-range-address={quote(area)} table:display-filter-buttons="true"/>'
    )
