"""Small workbooks for tests: XLSX as openpyxl writes it, old XLS, ODS from its elements, and archives bent by hand."""

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import openpyxl
import xlwt

from tracker.common.workbooks.sheets import Sheet

SHEET_1 = "xl/worksheets/sheet1.xml"


def save(workbook: openpyxl.Workbook) -> bytes:
    """Give the bytes of a workbook."""
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def make_xlsx(
    cells: Mapping[str, object],
    formats: Mapping[str, str] | None = None,
    *,
    merged: tuple[str, ...] = (),
    change: Callable[[Any], None] = lambda page: None,
) -> bytes:
    """Give a workbook with these cells, by address; `change` does the rest to its sheet."""
    workbook = openpyxl.Workbook()
    for place, value in cells.items():
        workbook.active[place] = value
    for place, number_format in (formats or {}).items():
        workbook.active[place].number_format = number_format
    for area in merged:
        workbook.active.merge_cells(area)
    change(workbook.active)
    return save(workbook)


def make_sheets(**sheets: list[list[object]]) -> bytes:
    """Give a workbook with these sheets, row by row."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        page = workbook.create_sheet(name)
        for row in rows:
            page.append(row)
    return save(workbook)


def replace_in_zip(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """Give the same archive with one part changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == part else content)
    return buffer.getvalue()


def add_to_zip(data: bytes, part: str, content: bytes) -> bytes:
    """Give the same archive with one part more."""
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, content)
    return buffer.getvalue()


def make_xls(fill: Callable[[Any], None], *, since_1904: bool = False) -> bytes:
    """Give an old workbook whose first sheet was filled by `fill`."""
    workbook = xlwt.Workbook(encoding="utf-8")
    workbook.dates_1904 = since_1904
    fill(workbook.add_sheet("Data"))
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def make_ods(rows: str, *, more: str = "", styles: str = "") -> bytes:
    """Give a minimal OpenDocument spreadsheet with these table rows; `more` follows the table."""
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
        for prefix in ("office", "table", "text", "style")
    )
    calc = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    return make_ods_of(
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} {calc}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f'<office:spreadsheet><table:table table:name="Sheet1">{rows}</table:table>{more}</office:spreadsheet>'
        "</office:body></office:document-content>"
    )


def make_ods_of(content: str) -> bytes:
    """Give an OpenDocument archive with this content.xml."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return buffer.getvalue()


def ods_cell(kind: str, shown: str, value: str = "", attributes: str = "") -> str:
    """Give one table cell of an OpenDocument spreadsheet."""
    given_value = f'office:{"date-value" if kind == "date" else "value"}="{value}"' if value else ""
    return (
        f'<table:table-cell office:value-type="{kind}" {given_value} {attributes}>'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )


def ods_row(*texts: str, attributes: str = "") -> str:
    """Give one table row of texts."""
    return f"<table:table-row {attributes}>{''.join(ods_cell('string', text) for text in texts)}</table:table-row>"


def values(sheet: Sheet) -> list[tuple[int, dict[str, object]]]:
    """Give the rows of a sheet with their keys."""
    return [(row.number, row.cells) for row in sheet.rows]
