"""Opens XLSX workbooks: calamine reads the values, `sheetxml` finds what calamine does not tell.

Calamine never sees the uploaded archive. For each sheet that is read it is given a small one, made here of that
sheet, its texts and its formats: what it lays out has been measured, and what else the file may carry (macros,
links, embedded files) is not touched.
"""

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from python_calamine import CalamineError, CalamineWorkbook

from .containers import refuse_damaged, refuse_swollen
from .grids import Grid, check_extent, check_merged, check_sheets
from .sheets import Limits, SheetChoice, WorkbookError
from .sheetxml import SheetXml, find_last_row, show_errors
from .xmlwalk import Attributes, XmlError, local, walk

_SCHEMAS = "http://schemas.openxmlformats.org/"
_WORKBOOK = (
    f'<workbook xmlns="{_SCHEMAS}spreadsheetml/2006/main" '
    f'xmlns:r="{_SCHEMAS}officeDocument/2006/relationships"><workbookPr%s/>'
    '<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>'
)


def _write_relations(**targets: str) -> str:
    """Give the part that says which part is the workbook, the sheet, its texts, its formats."""
    relations = "".join(
        f'<Relationship Id="rId{number}" Target="{target}" '
        f'Type="{_SCHEMAS}officeDocument/2006/relationships/{kind}"/>'
        for number, (kind, target) in enumerate(targets.items(), start=1)
    )
    return f'<Relationships xmlns="{_SCHEMAS}package/2006/relationships">{relations}</Relationships>'


_FRAME = {
    "_rels/.rels": _write_relations(officeDocument="xl/workbook.xml"),
    "xl/_rels/workbook.xml.rels": _write_relations(
        worksheet="worksheets/sheet1.xml", sharedStrings="sharedStrings.xml", styles="styles.xml"
    ),
}
# The least that a cell with a value takes in XML.
_LEAST_CELL = len("<c><v>1</v></c>")

_BUILT_IN_PERCENTS = frozenset({9, 10})
# Parts of a number format whose % is only printed: quoted, escaped, padding and bracketed characters.
_PRINTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
# What may stand before the first element, and then a document type, where entities are declared.
_DOCUMENT_TYPE = re.compile(rb"(?:\xef\xbb\xbf)?(?>\s+|<\?.*?\?>|<!--.*?-->)*+<!DOCTYPE", re.DOTALL)
# The list of texts, where its tag says more than its name, and each of its texts.
_TEXTS = re.compile(rb"<(?:[^\s<>:/]+:)?sst\s")
_TEXT = re.compile(rb"<(?:[^\s<>:/]+:)?si[\s>/]")


def open_xlsx(*, parts: dict[str, bytes], filename: str, limits: Limits) -> "XlsxBook":
    """Open an unpacked workbook; its sheets are laid out one at a time. Raises WorkbookError."""
    try:
        contents = _Contents(parts)
        check_sheets(len(contents.sheets), filename, limits)
        choices = [SheetChoice(name, find_last_row(parts[path])) for name, path in contents.sheets.items()]
    except (XmlError, KeyError):
        raise refuse_damaged(filename) from None
    warnings = []
    if "xl/vbaproject.bin" in parts or filename.lower().endswith((".xlsm", ".xltm")):
        warnings.append(_("The macros in this workbook were ignored."))
    return XlsxBook([each for each in choices if each.rows], warnings, contents, parts, filename, limits)


class _Contents:
    """What the workbook says of itself: its visible sheets with their parts, its texts and formats."""

    def __init__(self, parts: dict[str, bytes]) -> None:
        self.since_1904 = False
        self.sheets: dict[str, str] = {}
        self.texts = self.styles = self._workbook = ""
        self._found: list[tuple[str, str]] = []
        self._targets: dict[str, tuple[str, str]] = {}
        walk(parts["_rels/.rels"], start=self._read_root)
        folder, _slash, name = self._workbook.rpartition("/")
        self._folder = f"/{folder}"
        walk(parts[f"{folder}/_rels/{name}.rels".lstrip("/")], start=self._read_relation)
        walk(parts[self._workbook], start=self._read_workbook)
        for name, relation in self._found:
            kind, path = self._targets.get(relation, ("", ""))
            if kind == "worksheet":
                if name in self.sheets or not parts.get(path):
                    raise KeyError(name)
                self.sheets[name] = path
        for kind, path in self._targets.values():
            if kind == "sharedStrings":
                self.texts = path
            elif kind == "styles":
                self.styles = path

    def _read_root(self, name: str, attributes: Attributes) -> None:
        if local(name) == "Relationship" and attributes.get("Type", "").endswith("/officeDocument"):
            self._workbook = attributes.get("Target", "").lstrip("/").lower()

    def _read_relation(self, name: str, attributes: Attributes) -> None:
        if local(name) == "Relationship":
            target = attributes.get("Target", "").replace("\\", "/")
            path = posixpath.normpath(posixpath.join(self._folder, target)).lstrip("/").lower()
            self._targets[attributes.get("Id", "")] = attributes.get("Type", "").rpartition("/")[2], path

    def _read_workbook(self, name: str, attributes: Attributes) -> None:
        if local(name) == "sheet" and attributes.get("state", "visible") == "visible":
            relation = next(
                (value for key, value in attributes.items() if key.endswith("relationships id")), ""
            )
            self._found.append((attributes.get("name", ""), relation))
        elif local(name) == "workbookPr":
            self.since_1904 |= attributes.get("date1904") in ("1", "true", "on")


@dataclass(slots=True)
class XlsxBook:
    """An opened XLSX workbook; each sheet can be laid out once."""

    choices: list[SheetChoice]
    warnings: list[str]
    _contents: _Contents
    _parts: dict[str, bytes]
    _filename: str
    _limits: Limits
    encoding: str | None = None
    delimiter: str | None = None

    def open(self, name: str) -> Grid:
        """Lay out a sheet, and forget its XML as soon as nothing more will be asked of it."""
        try:
            grid = self._lay_out(name, self._parts.pop(self._contents.sheets[name]))
        except WorkbookError:
            raise
        except (CalamineError, ValueError, OSError):
            raise refuse_damaged(self._filename) from None
        except BaseException as error:
            # Where calamine itself breaks down, its panic is no ordinary exception.
            if type(error).__name__ == "PanicException":
                raise refuse_damaged(self._filename) from None
            raise
        check_extent(grid.height, len(grid.columns), self._filename, self._limits)
        check_merged(len(grid.merged), self._filename, self._limits)
        return grid

    def _lay_out(self, name: str, content: bytes) -> Grid:
        for path in (self._contents.texts, self._contents.styles):
            refuse_unusual(self._parts.get(path, b""))
        refuse_unusual(content)
        xml = SheetXml(content)
        styles = find_percent_styles(self._parts.get(self._contents.styles, b""))
        self._check_amounts(xml, len(content))
        errors = xml.find_errors(self._limits.errors)
        if len(errors) > self._limits.errors:
            raise WorkbookError(
                ngettext(
                    "%(file)s shows errors in more than %(limit)d cell. Correct its formulas and upload it again.",
                    "%(file)s shows errors in more than %(limit)d cells. Correct its formulas and upload it again.",
                    self._limits.errors,
                )
                % {"file": self._filename, "limit": self._limits.errors}
            )
        grid = Grid(name, [], since_1904=self._contents.since_1904)
        grid.merged = xml.find_merged()
        grid.hidden_rows = xml.find_hidden_rows()
        grid.hidden_columns = xml.find_hidden_columns(self._limits.columns)
        if styles:
            grid.percents = partial(xml.find_percents, styles=styles)
        del xml
        workbook = CalamineWorkbook.from_filelike(self._repack(content))
        del content
        rows = workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
        del workbook
        grid.columns = [[row[column] for row in rows] for column in range(len(rows[0]) if rows else 0)]
        del rows
        grid.put_errors(errors)
        return grid

    def _check_amounts(self, xml: SheetXml, size: int) -> None:
        """Refuse what would be vast once it is laid out, though the file is small."""
        if not xml.is_near:
            check_extent(*xml.measure(), self._filename, self._limits)
        if size > self._limits.cells * _LEAST_CELL and (cells := xml.count_cells()) > self._limits.cells:
            check_extent(1, cells, self._filename, self._limits)
        # Every cell gets a copy of the text that it shares with others.
        lengths = [len(text) for text in _TEXT.split(self._parts.get(self._contents.texts, b""))[1:]]
        longest = max(lengths, default=0)
        if longest * (size // _LEAST_CELL) > self._limits.text_bytes:
            cells, numbers = xml.find_texts()
            if len(numbers) == cells:
                total = sum(lengths[int(number)] for number in numbers if int(number) < len(lengths))
            else:
                total = longest * cells
            if total > self._limits.text_bytes:
                raise refuse_swollen(self._filename, self._limits.text_bytes)

    def _repack(self, content: bytes) -> io.BytesIO:
        """Give an archive of one sheet, its texts and its formats."""
        day_numbers = ' date1904="1"' if self._contents.since_1904 else ""
        inside: dict[str, str | bytes] = {
            **_FRAME,
            "xl/workbook.xml": _WORKBOOK % day_numbers,
            "xl/worksheets/sheet1.xml": show_errors(content),
        }
        if self._contents.texts in self._parts:
            inside["xl/sharedStrings.xml"] = _drop_counts(self._parts[self._contents.texts])
        if self._contents.styles in self._parts:
            inside["xl/styles.xml"] = self._parts[self._contents.styles]
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
            for name, part in inside.items():
                archive.writestr(name, part)
        buffer.seek(0)
        return buffer


def refuse_unusual(xml: bytes) -> None:
    """Raise XmlError for what no spreadsheet program writes, and calamine reads wrongly without a word: a document
    type (cells that name its entities come out empty), and XML in two bytes a letter (all of it does).
    """
    if b"\0" in xml[:4] or _DOCUMENT_TYPE.match(xml):
        raise XmlError("a document type, or UTF-16")


def _drop_counts(texts: bytes) -> bytes:
    """Give the list of texts without its attributes: calamine reserves memory for as many as it says it has.

    Raises XmlError where there is a second list.
    """
    tag = _TEXTS.search(texts)
    if tag is None:
        return texts
    end = texts.find(b">", tag.end())
    if _TEXTS.search(texts, max(end, tag.end())):
        raise XmlError("two lists of texts")
    begin = tag.end() - 1
    return texts[:begin] + (b"/" if texts[end - 1 : end] == b"/" else b"") + texts[end:]


class _PercentStyles:
    """Finds the positions of the cell formats (`cellXfs`) that show a percentage."""

    def __init__(self) -> None:
        self.found: set[int] = set()
        self._formats = set(_BUILT_IN_PERCENTS)
        self._position = -1
        self._in_cell_formats = False

    def begin(self, name: str, attributes: Attributes) -> None:
        tag = local(name)
        if tag == "numFmt":
            number = int(attributes.get("numFmtId", "0"))
            self._formats.discard(number)
            if shows_percent(attributes.get("formatCode", "")):
                self._formats.add(number)
        elif tag == "cellXfs":
            self._in_cell_formats = True
        elif tag == "xf" and self._in_cell_formats:
            self._position += 1
            if int(attributes.get("numFmtId", "0")) in self._formats:
                self.found.add(self._position)

    def end(self, name: str) -> None:
        if local(name) == "cellXfs":
            self._in_cell_formats = False


def find_percent_styles(styles: bytes) -> set[int]:
    """Give the numbers of the cell formats that show a percentage. Raises XmlError."""
    finder = _PercentStyles()
    if styles:
        walk(styles, start=finder.begin, end=finder.end)
    return finder.found


def shows_percent(number_format: str) -> bool:
    """Tell whether a number format multiplies by 100 and prints %: 0.0% does, 0" %" only prints it."""
    return "%" in _PRINTED.sub("", number_format[:1000]).split(";")[0]
