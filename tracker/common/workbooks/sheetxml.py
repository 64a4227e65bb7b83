"""What an XLSX sheet says beside its values: percentages, errors, hidden and merged cells, how far it reaches.

All of it comes from a few searches over the bytes of the sheet's XML, each of them bounded and linear. Programs
write cells in one usual form; XML in any other form is written anew in that form first, by a real parser.
"""

import re
from collections.abc import Collection

from .grids import Area
from .letters import column_letters, column_number
from .xmlwalk import Attributes, XmlError, local, walk

# The rest of a cell's start tag, after its place: style, type, and notes of newer programs. No second place.
_REST = rb'(?: [stcv]m?="\w{1,9}"){0,5}+ ?/?>'
# A cell that lies beyond Z199999 or is written in another form than the usual; few sheets have any.
_NOT_NEAR = re.compile(rb'<c(?! r="[A-Z]1?\d{1,5}"' + _REST + rb"|[a-zA-Z])")
_NOT_USUAL = re.compile(rb'<c(?! r="[A-Z]{1,3}[1-9]\d{0,6}"' + _REST + rb"|[a-zA-Z])")
_PREFIXED = re.compile(rb":(?:c|row|col|mergeCell|sheetData)[\s>/]")

_CONTENT = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^<>]{0,60}(?<!/)>')
_ERROR = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^<>]{0,60}? t="e"[^<>]{0,60}(?<!/)>')
_ERROR_TYPE = re.compile(rb'(<c r="[A-Z]{1,3}\d{1,7}"[^<>]{0,60}?) t="e"')
_FORMULA = rb"\s{0,9}<f(?: [^<>]{0,300})?(?:/>|>[^<]*</f>)"
_UNCALCULATED = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"([^<>]{0,60})(?<!/)>'
    + _FORMULA
    + rb"\s{0,9}(?:<v ?/>|<v>\s{0,9}</v>)?\s{0,9}</c>"
)
_SHOWN = re.compile(rb"(?:" + _FORMULA + rb")?\s{0,9}<v>([^<]{0,40})</v>")
_SHARED = re.compile(rb' t="s"[^<>]{0,40}><v>(\d{1,9})</v>')
_ROW = re.compile(rb'<row ([^<>]{1,500})>\s{0,9}<c r="[A-Z]{1,3}(\d{1,7})"')
_COLUMN = re.compile(rb"<col ([^<>]{1,500})>")
_MERGED = re.compile(rb"""<mergeCell ref=["']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})["']""")
_ATTRIBUTE = re.compile(rb"""([A-Za-z]{1,30})=["']([^"'<>]{0,60})["']""")
_TRUE = (b"1", b"true")
_MOST_TO_REWRITE = 100 * 1024 * 1024
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_PLACE = re.compile(r"([A-Z]{1,4})0{0,9}([1-9]\d{0,8})", re.ASCII)


class SheetXml:
    """The XML of one sheet. Rows and columns count from 1.

    Raises XmlError where it cannot be understood, or is vast and not in the usual form.
    """

    def __init__(self, xml: bytes) -> None:
        # Whether the sheet is known to end before row 200,000 and column AA.
        self.is_near = _is_plain(xml) and not _NOT_NEAR.search(xml)
        if not self.is_near and not (_is_plain(xml) and not _NOT_USUAL.search(xml)):
            xml = _Rewriter().rewrite(xml)
        self._xml = xml

    def measure(self) -> tuple[int, int]:
        """Give the last row and the last column that hold something."""
        last = 0
        letters = set()
        for match in _CONTENT.finditer(self._xml):
            last = max(last, int(match[2]))
            letters.add(match[1])
        return last, max((column_number(item.decode()) for item in letters), default=0)

    def count_cells(self) -> int:
        """Give the number of cells, empty ones included."""
        return self._xml.count(b"<c ")

    def find_texts(self) -> tuple[int, list[bytes]]:
        """Give how many cells point to a shared text, and the numbers of the texts where they are plain to see."""
        return self._xml.count(b' t="s"'), _SHARED.findall(self._xml)

    def find_errors(self, most: int) -> dict[tuple[int, int], str]:
        """Give the cells (row, column) that show an error, with its code; "" for no result at all.

        The search ends where there are more than `most`.
        """
        errors: dict[tuple[int, int], str] = {}
        if b' t="e"' in self._xml:
            for match in _ERROR.finditer(self._xml):
                shown = _SHOWN.match(self._xml, match.end())
                code = shown[1].decode("utf-8", "replace") if shown else "#N/A"
                errors[int(match[2]), column_number(match[1].decode())] = code
                if len(errors) > most:
                    return errors
        if b"</f>" in self._xml:
            for match in _UNCALCULATED.finditer(self._xml):
                # A formula whose result is an empty text says so by its type.
                if b' t="str"' not in match[3]:
                    errors[int(match[2]), column_number(match[1].decode())] = ""
                    if len(errors) > most:
                        return errors
        return errors

    def find_percents(self, columns: Collection[int], styles: Collection[int]) -> dict[int, set[int]]:
        """Give, for each of the columns, the rows whose cell has one of the styles."""
        rows: dict[int, set[int]] = {column: set() for column in columns}
        if not columns or not styles:
            return rows
        by_letters = {column_letters(column).encode(): rows[column] for column in columns}
        wanted = {str(style).encode() for style in styles}
        pattern = re.compile(rb'<c r="(%b)(\d{1,7})"[^<>]{0,60}? s="(\d{1,6})"' % b"|".join(by_letters))
        for letters, row, style in pattern.findall(self._xml):
            if style in wanted:
                by_letters[letters].add(int(row))
        return rows

    def find_hidden_rows(self) -> set[int]:
        """Give the rows with cells that are hidden, by hand or by a filter."""
        if b" hidden=" not in self._xml:
            return set()
        return {
            int(row)
            for attributes, row in _ROW.findall(self._xml)
            if b"hidden" in attributes and _read(attributes).get(b"hidden") in _TRUE
        }

    def find_hidden_columns(self, most: int) -> set[int]:
        """Give those of the first `most` columns that are hidden."""
        found = _COLUMN.findall(self._xml, 0, max(self._xml.find(b"<sheetData"), 0))
        if len(found) > _LAST_COLUMN:
            raise XmlError("more columns than there can be")
        hidden: set[int] = set()
        for attributes in map(_read, found):
            if attributes.get(b"hidden") in _TRUE:
                first, last = attributes.get(b"min", b""), attributes.get(b"max", b"")
                if first.isdigit() and last.isdigit():
                    hidden.update(range(int(first), min(int(last), most) + 1))
        return hidden

    def find_merged(self) -> list[Area]:
        """Give the merged areas."""
        after = self._xml.rfind(b"</sheetData>")
        areas = []
        for left, top, right, bottom in _MERGED.findall(self._xml, max(after, 0)):
            rows = sorted((int(top), int(bottom)))
            columns = sorted((column_number(left.decode()), column_number(right.decode())))
            areas.append(Area(rows[0], columns[0], rows[1], columns[1]))
        return areas


def find_last_row(xml: bytes) -> int:
    """Give the row of the last value in a sheet's XML, which in any usual sheet is the last row that has one."""
    at = max(xml.rfind(b"</v>"), xml.rfind(b"</is>"))
    match = _CONTENT.match(xml, max(xml.rfind(b'<c r="', 0, at), 0)) if at > 0 else None
    return int(match[2]) if match else SheetXml(xml).measure()[0]


def show_errors(xml: bytes) -> bytes:
    """Give a sheet's XML with its errors as texts: calamine refuses a file for an error it does not know."""
    return _ERROR_TYPE.sub(rb'\1 t="str"', xml) if b' t="e"' in xml else xml


def _is_plain(xml: bytes) -> bool:
    """Tell whether the searches can be relied on: ASCII markup without prefixes, quoted sections and odd quotes."""
    return (
        b"<worksheet" in xml[:1000]
        and b"\0" not in xml[:1000]
        and b"<![CDATA[" not in xml
        and not _PREFIXED.search(xml)
    )


def _read(attributes: bytes) -> dict[bytes, bytes]:
    return dict(_ATTRIBUTE.findall(attributes))


class _Rewriter:
    """Writes what is searched for anew: every cell with its place, where it was only implied."""

    def __init__(self) -> None:
        self._written: list[str] = []
        self._merged: list[str] = []
        self._row = self._column = 0
        self._is_value = False
        self._in_cell = self._in_data = self._has_formula = self._has_content = False
        self._text: list[str] = []
        self._start = ""

    def rewrite(self, xml: bytes) -> bytes:
        """Give the sheet in the usual form. Raises XmlError."""
        if len(xml) > _MOST_TO_REWRITE:
            raise XmlError("vast and unusual")
        try:
            walk(xml, start=self._begin, end=self._end, text=self._add_text)
        except XmlError:
            raise
        except ValueError as error:
            raise XmlError(str(error)) from None
        return "".join(
            ["<worksheet>", *self._written, "</sheetData>", *self._merged, "</worksheet>"]
        ).encode()

    def _begin(self, name: str, attributes: Attributes) -> None:
        tag = local(name)
        if self._in_cell:
            self._has_formula |= tag == "f"
            self._has_content |= tag in ("v", "is")
            self._is_value = tag == "v"
        elif tag == "c":
            self._in_cell, self._has_formula, self._has_content, self._text = True, False, False, []
            self._start = self._write_start(attributes)
        elif tag == "row":
            self._row = int(attributes["r"]) if attributes.get("r") else self._row + 1
            self._column = 0
            hidden = ' hidden="1"' if attributes.get("hidden") in ("1", "true") else ""
            self._written.append(f'<row r="{self._row}"{hidden}>')
        elif tag == "col" and not self._in_data:
            first, last = int(attributes["min"]), int(attributes["max"])
            hidden = attributes.get("hidden", "0")
            self._written.append(f'<col min="{first}" max="{last}" hidden="{hidden}"/>')
        elif tag == "sheetData":
            self._in_data = True
            self._written.append("<sheetData>")
        elif tag == "mergeCell":
            self._merged.append(f'<mergeCell ref="{attributes.get("ref", "").upper()}"/>')

    def _write_start(self, attributes: Attributes) -> str:
        row = self._row
        if "r" in attributes:
            place = _PLACE.fullmatch(attributes["r"].upper())
            if place is None:
                raise ValueError("a cell without a place")
            self._column, row = column_number(place[1]), int(place[2])
        else:
            self._column += 1
        if row > _LAST_ROW or self._column > _LAST_COLUMN:
            raise ValueError("a cell beyond the last")
        written = "".join(
            f' {key}="{attributes[key]}"' for key in ("s", "t") if attributes.get(key, "").isalnum()
        )
        return f'<c r="{column_letters(self._column)}{row}"{written}'

    def _add_text(self, text: str) -> None:
        if self._is_value and len(self._text) < 9:
            self._text.append(text[:40])

    def _end(self, name: str) -> None:
        tag = local(name)
        if self._in_cell and tag == "c":
            self._in_cell = self._is_value = False
            self._written.append(self._start + self._write_content())
        elif self._in_cell:
            self._is_value = False
        elif tag == "row":
            self._written.append("</row>")

    def _write_content(self) -> str:
        """Give what follows the attributes of a cell: its value is of interest only where it is an error."""
        if not self._has_formula and not self._has_content:
            return "/>"
        shown = "".join(self._text).strip()[:40].replace("&", "&amp;").replace("<", "&lt;")
        if not shown and not self._has_formula:
            shown = "1"
        return f">{'<f></f>' if self._has_formula else ''}<v>{shown}</v></c>"
