"""An uploaded XLSX package without what is not needed to mark it: only sheets, texts, styles, notes, tables.

Pictures, drawings, macros, links to other files, connections, pivot caches and embedded objects are left out
before any program parses the package. A part with a document type, where entities would be, is refused; and a
package is found unfit that would be vast once it is laid out, hidden sheets and all.
"""

import io
import re
import zipfile
from collections.abc import Callable
from xml.etree.ElementTree import Element, tostring
from xml.parsers import expat

from defusedxml.ElementTree import fromstring

from .containers import refuse_damaged
from .letters import column_number
from .xlsx_sheets import MOST_ROWS

# The ends of the types of relations that are kept.
_KEPT = frozenset(
    {
        "officeDocument",
        "core-properties",
        "custom-properties",
        "worksheet",
        "chartsheet",
        "styles",
        "sharedStrings",
        "theme",
        "comments",
        "table",
        "hyperlink",
    }
)
_KEPT_PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/.*|docProps/(?:core|custom)\.xml|.*/_rels/[^/]*\.rels|"
    r"xl/(?:workbook|styles|sharedStrings|comments\d*)\.xml|"
    r"xl/(?:worksheets|theme|tables|comments)/[^/]*\.xml",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{0,7})")
_LEFT_OUT_OF_WORKBOOK = frozenset({"externalReferences", "pivotCaches", "fileRecoveryPr", "webPublishing"})


# Objects take about ten times the room of the XML that they are made from.
_MOST_BYTES = 40 * 1024 * 1024


class Unfit(Exception):
    """The package holds more than can be laid out as objects, one for each cell."""


def rebuild_package(*, data: bytes, filename: str, most_cells: int) -> bytes:
    """Give the package anew with only what is kept. It has been unpacked before, within the limits.

    Raises Unfit where all its sheets together have more cells, or more cells in merged areas and links.
    """
    buffer = io.BytesIO()
    size = 0
    counted = _Counter(most_cells)
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive,
    ):
        for name in old.namelist():
            if not _KEPT_PARTS.fullmatch(name):
                continue
            content = old.read(name)
            size += len(content)
            if size > _MOST_BYTES:
                raise Unfit
            _check_part(content, filename, counted if "/worksheets/" in name.lower() else None)
            if name.lower().endswith(".rels"):
                content = _keep_children(content, _is_kept_relation)
            elif name.lower() == "xl/workbook.xml":
                content = _keep_children(content, lambda child: _tag(child) not in _LEFT_OUT_OF_WORKBOOK)
            archive.writestr(name, content)
    return buffer.getvalue()


class _Counter:
    """Counts the cells of sheets, and those that areas of merged cells and links would be laid out as."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._cells = self._areas = 0

    def see(self, name: str, attributes: dict[str, str]) -> None:
        """Take note of the start of an element. Raises Unfit as soon as there is too much."""
        tag = name.rpartition(":")[2]
        if tag == "c":
            self._cells += 1
        elif tag in ("mergeCell", "hyperlink"):
            self._areas += _measure(attributes.get("ref", ""))
        else:
            return
        if self._cells > self._most or self._areas > self._most:
            raise Unfit


def _measure(area: str) -> int:
    """Give how many cells an area such as A1:B3 has."""
    places = _PLACE.findall(area.upper())
    if len(places) < 2:
        return 1
    (left, top), (right, bottom) = places[0], places[-1]
    across = abs(column_number(right) - column_number(left)) + 1
    return across * (abs(int(bottom or MOST_ROWS) - int(top or 1)) + 1)


def _is_kept_relation(relation: Element) -> bool:
    return str(relation.get("Type", "")).rpartition("/")[2] in _KEPT


def _keep_children(content: bytes, is_kept: Callable[[Element], bool]) -> bytes:
    root = fromstring(content)
    for child in list(root):
        if not is_kept(child):
            root.remove(child)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _check_part(content: bytes, filename: str, counter: _Counter | None) -> None:
    """Refuse XML that declares entities or is broken, and count its cells."""

    def refuse(*args: object) -> None:
        raise refuse_damaged(filename)

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    if counter is not None:
        parser.StartElementHandler = counter.see
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        raise refuse_damaged(filename) from None


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
