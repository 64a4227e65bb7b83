"""What calamine does not tell of an ODS sheet: percentages, errors, how far the sheet reaches.

ODS writes equal rows and cells once, with a count; the walk below turns counts back into places. Like
calamine it looks for the usual prefixes (table:, office:), which every program writes.
"""

import re
from collections.abc import Collection, Iterator
from html import unescape
from xml.parsers import expat

_TABLE = re.compile(rb"<table:table\s[^>]*>")
_ROW = re.compile(rb"<table:table-row\b([^>]*?)(?:/>|(?<!/)>(.*?)</table:table-row>)", re.DOTALL)
_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b([^>]*?)/?>")
_ROWS = re.compile(rb'table:number-rows-repeated="(\d+)"')
_COLUMNS = re.compile(rb'table:number-columns-repeated="(\d+)"')
_TEXT = re.compile(rb"<text:p[^>]*>(.*?)</text:p>", re.DOTALL)
_MARKUP = re.compile(rb"<[^>]*>")
_VALUE = b"office:value-type="
_ERROR = b'calcext:value-type="error"'
_PERCENT = b'office:value-type="percentage"'


def check_wellformed(xml: bytes) -> None:
    """Raise ExpatError where the XML is broken: calamine searches for a table's lost end for ever."""
    expat.ParserCreate().Parse(xml, True)


def open_tables(parts: dict[str, bytes]) -> "list[OdsSheet]":
    """Give the tables of an unpacked ODS document, in their order."""
    pieces = _TABLE.split(parts["content.xml"])[1:]
    return [OdsSheet(piece.partition(b"</table:table>")[0]) for piece in pieces]


class OdsSheet:
    """One table of an unpacked ODS document, from the XML inside it."""

    def __init__(self, xml: bytes) -> None:
        self._xml = xml

    def _walk_rows(self) -> Iterator[tuple[int, int, bytes]]:
        """Yield the first row number, how often it is repeated, and the content of every row element."""
        number = 1
        for match in _ROW.finditer(self._xml):
            repeated = _count(_ROWS, match[1])
            yield number, repeated, match[2] or b""
            number += repeated

    def _walk_cells(self, content: bytes) -> Iterator[tuple[int, int, bytes, int]]:
        """Yield the first column, how often it is repeated, the attributes and the end of every start tag."""
        column = 1
        for match in _CELL.finditer(content):
            repeated = _count(_COLUMNS, match[1])
            yield column, repeated, match[1], match.end()
            column += repeated

    def measure(self) -> tuple[int, int]:
        """Give the last row and the last column that hold something."""
        last_row = last_column = 0
        for row, repeated, content in self._walk_rows():
            if _VALUE not in content and b"<text:p" not in content:
                continue
            last_row = row + repeated - 1
            if b"number-columns-repeated" not in content:
                cells = content.count(b"<table:table-cell") + content.count(b"<table:covered-table-cell")
                last_column = max(last_column, cells)
                continue
            for column, times, attributes, _end in self._walk_cells(content):
                if _VALUE in attributes:
                    last_column = max(last_column, column + times - 1)
        return last_row, last_column

    def find_errors(self) -> dict[tuple[int, int], str]:
        """Give the cells (row, column; from 1) that show an error, with its code."""
        errors: dict[tuple[int, int], str] = {}
        if _ERROR not in self._xml:
            return errors
        for row, repeated, content in self._walk_rows():
            if _ERROR not in content:
                continue
            for column, times, attributes, end in self._walk_cells(content):
                if _ERROR in attributes:
                    shown = _TEXT.search(content, end)
                    code = (
                        unescape(_MARKUP.sub(b"", shown[1]).decode("utf-8", "replace")) if shown else "#N/A"
                    )
                    errors |= {
                        (row + down, column + right): code
                        for down in range(repeated)
                        for right in range(times)
                    }
        return errors

    def find_percents(self, columns: Collection[int]) -> dict[int, set[int]]:
        """Give, for each of the columns (from 1), the rows whose cell is a percentage."""
        found: dict[int, set[int]] = {column: set() for column in columns}
        if _PERCENT not in self._xml or not columns:
            return found
        for row, repeated, content in self._walk_rows():
            if _PERCENT not in content:
                continue
            for column, times, attributes, _end in self._walk_cells(content):
                if _PERCENT in attributes:
                    for place in range(column, column + times):
                        if place in found:
                            found[place].update(range(row, row + repeated))
        return found


def _count(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    match = pattern.search(attributes)
    return int(match[1]) if match else 1
