"""What calamine does not tell of an XLSX sheet: number formats of cells, errors, how far the sheet reaches.

All of it comes from the sheet's own XML by a few searches over its bytes. Writers put a cell's attributes in
one usual form; XML in any other form is rewritten into that form first, by a real parser.
"""

import io
import posixpath
import re
from collections.abc import Collection
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring, iterparse

_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STRICT_RELATIONS = "{http://purl.oclc.org/ooxml/officeDocument/relationships}"

_BUILT_IN_PERCENTS = frozenset({9, 10})
# Parts of a number format whose % is only printed: quoted, escaped, padding and bracketed characters.
_PRINTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')

_CELL_WITH_CONTENT = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*(?<!/)>')
_FAR_CELL = re.compile(rb'<c r="(?:[A-Z]{2,}\d+|[A-Z](?:[2-9]\d{5}|\d{7,}))"[^>]*(?<!/)>')
_ERROR_CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*? t="e"[^>]*(?<!/)>(.*?)</c>', re.DOTALL)
_UNCALCULATED_CELL = re.compile(
    rb'<c r="([A-Z]+)(\d+)"([^>]*)(?<!/)>\s*<f\b[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>'
)
_SHOWN = re.compile(rb"<v[^>]*>([^<]*)</v>")


class XlsxSheet:
    """One sheet of an unpacked XLSX workbook, by its name."""

    def __init__(self, *, parts: dict[str, bytes], name: str) -> None:
        self._parts = {path.lower(): content for path, content in parts.items()}
        self._percent_styles = self._find_percent_styles()
        self._xml = make_usual(self._parts[self._find_path(name).lower()])

    def _find_path(self, name: str) -> str:
        """Find the part that holds the sheet, through the workbook's list and its relations."""
        relation = ""
        for element in fromstring(self._parts["xl/workbook.xml"]).iter():
            if _tag(element) == "sheet" and element.get("name") == name:
                relation = element.get(f"{_RELATIONS}id") or element.get(f"{_STRICT_RELATIONS}id") or ""
        for element in fromstring(self._parts["xl/_rels/workbook.xml.rels"]).iter():
            if _tag(element) == "Relationship" and element.get("Id") == relation:
                target = element.get("Target", "")
                return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
        raise KeyError(name)

    def is_far_reaching(self) -> bool:
        """Tell whether anything lies beyond column Z or row 199,999; few sheets reach so far."""
        return _FAR_CELL.search(self._xml) is not None

    def measure(self) -> tuple[int, int]:
        """Give the last row and the last column that hold something."""
        found = _CELL_WITH_CONTENT.findall(self._xml)
        if not found:
            return 0, 0
        letters = {letter for letter, _row in found}
        return max(int(row) for _letter, row in found), max(column_number(item.decode()) for item in letters)

    def find_errors(self) -> dict[tuple[int, int], str]:
        """Give the cells (row, column; from 1) that show an error, with its code; "" for no result at all."""
        errors = {}
        if b't="e"' in self._xml:
            for letters, row, content in _ERROR_CELL.findall(self._xml):
                shown = _SHOWN.search(content)
                code = shown[1].decode("utf-8", "replace") if shown else "#N/A"
                errors[int(row), column_number(letters.decode())] = code
        if b"<f" in self._xml:
            for letters, row, attributes in _UNCALCULATED_CELL.findall(self._xml):
                if b't="str"' not in attributes:
                    errors[int(row), column_number(letters.decode())] = ""
        return errors

    def find_percents(self, columns: Collection[int]) -> dict[int, set[int]]:
        """Give, for each of the columns (from 1), the rows whose cell is formatted as a percentage."""
        if not self._percent_styles or not columns:
            return {}
        by_letters = {column_letters(column).encode(): column for column in columns}
        pattern = re.compile(
            rb'<c r="(%b)(\d{1,7})"[^>]*? s="(?:%b)"'
            % (b"|".join(by_letters), b"|".join(str(style).encode() for style in self._percent_styles))
        )
        rows: dict[int, set[int]] = {column: set() for column in columns}
        adders = {letters: rows[column].add for letters, column in by_letters.items()}
        for letters, row in pattern.findall(self._xml):
            adders[letters](int(row))
        return rows

    def _find_percent_styles(self) -> list[int]:
        """Give the positions of the cell formats (`cellXfs`) that show a percentage."""
        content = self._parts.get("xl/styles.xml")
        if not content:
            return []
        formats = set(_BUILT_IN_PERCENTS)
        styles: list[int] = []
        for element in fromstring(content).iter():
            if _tag(element) == "numFmt":
                number = int(element.get("numFmtId", "0"))
                formats.discard(number)
                if shows_percent(element.get("formatCode", "")):
                    formats.add(number)
            elif _tag(element) == "cellXfs":
                styles = [
                    position
                    for position, style in enumerate(child for child in element if _tag(child) == "xf")
                    if int(style.get("numFmtId", "0")) in formats
                ]
        return styles


def shows_percent(number_format: str) -> bool:
    """Tell whether a number format multiplies by 100 and prints %: 0.0% does, 0" %" only prints it."""
    return "%" in _PRINTED.sub("", number_format).split(";")[0]


def make_usual(xml: bytes) -> bytes:
    """Give a sheet's XML with every cell as `<c r="A1" s="…" t="…">`; unchanged if it is so already."""
    cells = xml.count(b"<c ")
    if (
        cells
        and cells == xml.count(b'<c r="')
        and b"<c>" not in xml
        and b"<!" not in xml
        and b"<worksheet" in xml[:1000]
    ):
        return xml
    return _rewrite(xml)


def _rewrite(xml: bytes) -> bytes:
    """Write the cells anew: with their place, where it was only implied, and what is searched for."""
    written = io.BytesIO()
    row_number = column = 0
    for event, element in iterparse(io.BytesIO(xml), events=("start", "end"), forbid_dtd=True):
        tag = _tag(element)
        if event == "start" and tag == "row":
            row_number, column = int(element.get("r") or row_number + 1), 0
        elif event == "start" and tag == "c":
            if place := re.fullmatch(r"([A-Z]+)(\d+)", element.get("r") or ""):
                column, row_number = column_number(place[1]), int(place[2])
            else:
                column += 1
        elif event == "end" and tag == "c":
            written.write(_write_cell(element, f"{column_letters(column)}{row_number}"))
        elif event == "end" and tag == "row":
            element.clear()
    return written.getvalue()


def _write_cell(element: Element, place: str) -> bytes:
    attributes = "".join(f' {key}="{element.get(key)}"' for key in ("s", "t") if element.get(key))
    children = {_tag(child): child for child in element}
    if not children:
        return f'<c r="{place}"{attributes}/>'.encode()
    formula = "<f/>" if "f" in children else ""
    text = (children["v"].text or "") if "v" in children else ""
    shown = f"<v>{text if element.get('t') == 'e' else '1'}</v>" if text else ""
    return f'<c r="{place}"{attributes}>{formula}{shown}</c>'.encode()


def column_number(letters: str) -> int:
    """Give the number of a column from its letters: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """Give the letters of a column from its number, from 1."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
