"""The parts of an ODS file around its tables: styles, validations, settings, what it says of itself."""

import re
from collections.abc import Sequence
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from django.utils.translation import gettext as _

from .letters import column_letters
from .specs import Column, Kind, SheetSpec, find_zone_free
from .unwritable import replace_unwritable
from .validations import LISTS_SHEET, describe, find_limits
from .xlsx_styles import GREY_INK, INK, LINE, PALE

MIME = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in (
        *(
            (name, f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0")
            for name in ("office", "style", "text", "table", "meta", "config")
        ),
        ("number", "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"),
        ("fo", "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"),
        ("of", "urn:oasis:names:tc:opendocument:xmlns:of:1.2"),
        ("dc", "http://purl.org/dc/elements/1.1/"),
        ("ooo", "http://openoffice.org/2004/office"),
    )
)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
# What a number format of Excel says, of those that are common: thousands, decimals, percent.
_NUMBER_FORMAT = re.compile(r"(#,##)?0(?:\.(0+))?(%)?")
_DAY = (
    '<number:day/><number:text> </number:text><number:month number:textual="true"/>'
    '<number:text> </number:text><number:year number:style="long"/>'
)
_TIME = (
    '<number:text> </number:text><number:hours number:style="long"/><number:text>:</number:text>'
    '<number:minutes number:style="long"/>'
)
# Rows below the data that have drop-downs too.
SPARE_ROWS = 500


def open_part(name: str) -> str:
    """Give the beginning of a part of the file, such as document-content."""
    return f'{_DECLARATION}<office:{name} {_NAMES} office:version="1.3">'


def clean(text: str) -> str:
    """Give text that XML can hold, escaped; for the content of elements."""
    return escape(replace_unwritable(text))


def quote(text: str) -> str:
    """Give text as the value of an attribute, in quotation marks."""
    return quoteattr(replace_unwritable(text))


class CellStyles:
    """The looks of cells, by kind and number format, each declared once."""

    def __init__(self) -> None:
        self._names: dict[tuple[Kind | bool, str], str] = {}
        self._declared: list[str] = []

    def name(self, kind: Kind, number_format: str) -> str:
        """Give the name of the style of numbers or dates shown in this way."""
        # A date is shown in one way, whatever its format in Excel.
        key = kind, "" if kind in ("date", "datetime") else number_format
        if key not in self._names:
            number = len(self._names) + 1
            self._names[key] = f"ce{number}"
            self._declared.append(
                _declare_format(f"nf{number}", kind, number_format)
                + f'<style:style style:name="ce{number}" style:family="table-cell" '
                f'style:parent-style-name="Default" style:data-style-name="nf{number}"/>'
            )
        return self._names[key]

    def to_xml(self) -> str:
        """Give the declarations."""
        return "".join(self._declared)


def _declare_format(name: str, kind: Kind, number_format: str) -> str:
    if kind in ("date", "datetime"):
        moment = _TIME if kind == "datetime" else ""
        return f'<number:date-style style:name="{name}">{_DAY}{moment}</number:date-style>'
    match = _NUMBER_FORMAT.fullmatch(number_format)
    if kind == "percent":
        decimals = len(match[2] or "") if match else 1
        return (
            f'<number:percentage-style style:name="{name}"><number:number number:decimal-places="{decimals}" '
            f'number:min-decimal-places="{decimals}" number:min-integer-digits="1"/><number:text>%</number:text>'
            "</number:percentage-style>"
        )
    if not match:
        shown = '<number:number number:min-integer-digits="1"/>'
    else:
        decimals = len(match[2] or "")
        grouping = ' number:grouping="true"' if match[1] else ""
        shown = (
            f'<number:number number:decimal-places="{decimals}" number:min-decimal-places="{decimals}" '
            f'number:min-integer-digits="1"{grouping}/>'
        )
    return f'<number:number-style style:name="{name}">{shown}</number:number-style>'


def write_automatic_styles(sheets: Sequence[SheetSpec], cells: CellStyles) -> str:
    """Give the styles of tables, columns and cells. Column c of sheet s has the style co<s>.<c>."""
    pieces = ["<office:automatic-styles>"]
    for visible in ("true", "false"):
        pieces.append(
            f'<style:style style:name="table-{visible}" style:family="table" style:master-page-name="Default">'
            f'<style:table-properties table:display="{visible}"/></style:style>'
        )
    for position, sheet in enumerate(sheets):
        for index, column in enumerate(sheet.columns):
            centimetres = (column.usual_width * 7 + 5) / 96 * 2.54
            pieces.append(
                f'<style:style style:name="co{position}.{index}" style:family="table-column">'
                f'<style:table-column-properties style:column-width="{centimetres:.2f}cm"/></style:style>'
            )
    pieces.append(
        '<style:style style:name="header" style:family="table-cell" style:parent-style-name="Default">'
        f'<style:table-cell-properties fo:background-color="{PALE}" fo:border-bottom="0.5pt solid {LINE}" '
        'fo:wrap-option="wrap" style:vertical-align="top"/>'
        f'<style:text-properties fo:font-weight="bold" fo:color="{INK}"/></style:style>'
        '<style:style style:name="tag" style:family="table-cell" style:parent-style-name="Default">'
        f'<style:text-properties fo:font-style="italic" fo:color="{GREY_INK}"/></style:style>'
        '<style:style style:name="note" style:family="table-cell" style:parent-style-name="Default">'
        '<style:text-properties fo:font-style="italic"/></style:style>'
    )
    pieces.append(cells.to_xml())
    pieces.append("</office:automatic-styles>")
    return "".join(pieces)


def write_styles() -> str:
    """Give the part of common styles: the usual font, and landscape A4 one page wide."""
    return (
        open_part("document-styles") + "<office:styles>"
        '<style:style style:name="Default" style:family="table-cell">'
        '<style:text-properties fo:font-family="Calibri" fo:font-size="11pt"/></style:style>'
        '</office:styles><office:automatic-styles><style:page-layout style:name="page">'
        '<style:page-layout-properties fo:page-width="29.7cm" fo:page-height="21cm" fo:margin="1.3cm" '
        'style:print-orientation="landscape" style:scale-to-X="1" style:scale-to-Y="0"/></style:page-layout>'
        '</office:automatic-styles><office:master-styles><style:master-page style:name="Default" '
        'style:page-layout-name="page"/></office:master-styles></office:document-styles>'
    )


def write_settings(sheets: Sequence[tuple[str, SheetSpec]]) -> str:
    """Give the part that keeps headers, and the first columns where asked for, in view."""

    def item(name: str, value: int) -> str:
        kind = "short" if name.endswith("Mode") or name == "ActiveSplitRange" else "int"
        return f'<config:config-item config:name="{name}" config:type="{kind}">{value}</config:config-item>'

    tables = "".join(
        f"<config:config-item-map-entry config:name={quote(name)}>"
        + item("HorizontalSplitMode", 2 if sheet.frozen else 0)
        + item("HorizontalSplitPosition", sheet.frozen)
        + item("VerticalSplitMode", 2)
        + item("VerticalSplitPosition", sheet.first_row)
        + item("ActiveSplitRange", 3 if sheet.frozen else 2)
        + item("PositionRight", sheet.frozen)
        + item("PositionBottom", sheet.first_row)
        + "</config:config-item-map-entry>"
        for name, sheet in sheets
    )
    return (
        open_part("document-settings")
        + '<office:settings><config:config-item-set config:name="ooo:view-settings">'
        '<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
        '<config:config-item config:name="ViewId" config:type="string">view1</config:config-item>'
        f'<config:config-item-map-named config:name="Tables">{tables}</config:config-item-map-named>'
        "</config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set>"
        "</office:settings></office:document-settings>"
    )


def write_meta(*, title: str, author: str, created: datetime) -> str:
    """Give the part that says what the file is called, who made it and when."""
    return (
        open_part("document-meta") + f"<office:meta><dc:title>{clean(title)}</dc:title>"
        f"<meta:initial-creator>{clean(author)}</meta:initial-creator>"
        f"<meta:creation-date>{find_zone_free(created).isoformat(timespec='seconds')}</meta:creation-date>"
        "</office:meta></office:document-meta>"
    )


def write_manifest(parts: Sequence[str]) -> str:
    """Give the list of the file's parts."""
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{part}" manifest:media-type="text/xml"/>' for part in parts
    )
    return (
        f'{_DECLARATION}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
        f'manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:media-type="{MIME}"/>'
        f"{entries}</manifest:manifest>"
    )


class OdsValidations:
    """The rules of columns, each declared once, and the hidden table of their choices."""

    def __init__(self) -> None:
        self._names: dict[Column, str] = {}
        self._lists: dict[tuple[str, ...], str] = {}
        self._declared: list[str] = []

    def name(self, column: Column, heading: str) -> str:
        """Give the name of a column's rule, "" where anything may be written."""
        if column.hidden or (column.kind == "text" and not column.choices):
            return ""
        if column not in self._names:
            self._names[column] = name = f"val{len(self._names) + 1}"
            self._declared.append(self._declare(name, column, heading))
        return self._names[column]

    def _declare(self, name: str, column: Column, heading: str) -> str:
        says = _("“%(heading)s” takes this: %(what)s. Correct the value, or leave the cell empty.") % {
            "heading": heading,
            "what": describe(column),
        }
        refuses = str(column.strict).lower()
        return (
            f'<table:content-validation table:name="{name}" table:condition={quote(self._condition(column))} '
            'table:allow-empty-cell="true" table:display-list="unsorted">'
            f'<table:error-message table:message-type="stop" table:display="{refuses}">'
            f"<text:p>{clean(says)}</text:p></table:error-message></table:content-validation>"
        )

    def _condition(self, column: Column) -> str:
        if column.choices:
            letters = self._lists.setdefault(tuple(column.choices), column_letters(len(self._lists) + 1))
            return (
                f"of:cell-content-is-in-list([${LISTS_SHEET}.${letters}$1:.${letters}${len(column.choices)}])"
            )
        if column.kind in ("date", "datetime"):
            kind = "date"
        else:
            kind = "whole-number" if column.whole and column.kind == "number" else "decimal-number"
        low, high = find_limits(column)
        return f"of:cell-content-is-{kind}() and cell-content-is-between({low},{high})"

    def write_lists(self) -> list[list[str | None]]:
        """Give the rows of the hidden table of choices; none where there are no choices."""
        most = max((len(choices) for choices in self._lists), default=0)
        return [
            [choices[row] if row < len(choices) else None for choices in self._lists] for row in range(most)
        ]

    def to_xml(self) -> str:
        """Give the declarations."""
        if not self._declared:
            return ""
        return "<table:content-validations>" + "".join(self._declared) + "</table:content-validations>"
