"""How the bytes of the files are made, beside what `tests.common.workbooks.files` has."""

import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import xlsxwriter
import xlwt

from tests.common.workbooks.files import ods_cell, ods_row

HEADER = ("indicator", "mission", "baseline_value", "baseline_date", "baseline_source", "note")
SHEET = "xl/worksheets/sheet1.xml"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

Rows = list[list[Any]]


def workbook(
    rows: Rows, *, more: Callable[[Any, Any], None] = lambda book, sheet: None, name: str = "Data"
) -> bytes:
    """An Excel file of one sheet, from A1 on; ``more`` does the rest to the book and its sheet."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                if value is not None:
                    sheet.write(number, place, value)
        more(book, sheet)
    return out.getvalue()


def baselines(*rows: list[Any], header: tuple[str, ...] = HEADER) -> bytes:
    """An Excel file of baselines under the usual header."""
    return workbook([list(header), *rows])


def one_value(value: Any, number_format: str = "", *, indicator: str = "SP1-O1-I1") -> bytes:
    """An Excel file of one baseline of Kyrgyzstan, in C2, its cell formatted."""

    def put(book: Any, sheet: Any) -> None:
        if value is not None:
            sheet.write(
                1, 2, value, book.add_format({"num_format": number_format}) if number_format else None
            )

    return workbook([list(HEADER[:3]), [indicator, "KG"]], more=put)


def one_formula(formula: str, shown: Any) -> bytes:
    """The same, the value a formula with what it showed when the file was saved."""
    return workbook(
        [list(HEADER[:3]), ["SP1-O1-I1", "KG"]],
        more=lambda _book, sheet: sheet.write_formula(1, 2, formula, None, shown),
    )


def one_date(value: Any, number_format: str = "", **how: Any) -> bytes:
    """An Excel file of one baseline of 5, with this in the column of its date."""

    def put(book: Any, sheet: Any) -> None:
        sheet.write(1, 3, value, book.add_format({"num_format": number_format}) if number_format else None)

    return workbook([list(HEADER[:4]), ["SP1-O1-I1", "KG", 5]], more=put)


def lines(*rows: str, end: str = "\n") -> bytes:
    """A text file of these lines under the header of three columns, as UTF-8."""
    return (end.join(["indicator,mission,baseline_value", *rows]) + end).encode()


def text(*rows: str, encoding: str = "utf-8", end: str = "\n") -> bytes:
    """A text file of just these lines."""
    return (end.join(rows) + end).encode(encoding)


def ods_of(*rows: tuple[str, ...]) -> str:
    """Rows of an OpenDocument table, every cell a text."""
    return "".join(ods_row(*row) for row in rows)


def ods_number(value: str) -> str:
    return ods_cell("float", value, value)


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def archive_of(parts: Mapping[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def compound_of(stream: bytes, *, name: str = "Workbook") -> bytes:
    """An OLE compound file with one stream, as old Excel and encrypted workbooks are."""
    out = io.BytesIO()
    xlwt.CompoundDoc.XlsDoc().save(out, stream)
    usual, wanted = "Workbook".encode("utf-16-le"), name.encode("utf-16-le")
    data = out.getvalue()
    place = data.rindex(usual)
    entry = bytearray(data[place : place + 128])
    entry[: len(usual)] = bytes(len(usual))
    entry[: len(wanted)] = wanted
    entry[64:66] = struct.pack("<H", len(wanted) + 2)
    return data[:place] + bytes(entry) + data[place + 128 :]


def biff(number: int, content: bytes = b"") -> bytes:
    """A record of an old Excel file."""
    return struct.pack("<HH", number, len(content)) + content
