"""Marks up a person's own XLSX workbook by openpyxl: their looks stay, cells turn red and carry notes.

Formulas become the values they showed, so that what is read from the marked file is what was read before, and
nothing is left in it that could run or reach out: see `safe_package`, and `_make_harmless` below.
"""

import io
import re
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import replace
from typing import Any

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.comments import Comment
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Border, Color, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedNameDict
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from .cells import CellError
from .marks import MOST_NOTES, Gathered, PlainSheet, introduce, join_messages
from .markup_copy import LIST_WIDTHS, find_lines, list_titles, quote_sheet
from .specs import fit_text
from .stamps import Stamp
from .xlsx_sheets import LINE_HEIGHT, NOTE_AUTHOR, NOTE_WIDTH, count_lines, name_sheet
from .xlsx_styles import ACCENT, ERROR_FILL, ERROR_INK, INK, LINE, PALE

# A constant, a quoted list, a name or a range of this workbook; nothing that is worked out.
_PLAIN = re.compile(
    r"""=?\s*(?:
        -?\d+(?:\.\d+)?(?:[eE][+-]?\d+)? | "(?:[^"]|"")*" | [\w.]+ |
        (?:(?:'(?:[^'\[\]|]|'')+'|[\w.]+)!)?\$?[A-Z]{0,3}\$?\d*(?::\$?[A-Z]{0,3}\$?\d*)?
    )""",
    re.VERBOSE,
)


def mark_own(
    *, package: bytes, sheets: Sequence[PlainSheet], stamp: Stamp, gathered: Gathered, filename: str
) -> bytes:
    """Give the bytes of the workbook with its marks; `package` has been made safe."""
    workbook = openpyxl.load_workbook(
        io.BytesIO(package), data_only=True, keep_vba=False, keep_links=False, rich_text=False
    )
    if stamp.marks in workbook.sheetnames:
        del workbook[stamp.marks]
    _make_harmless(workbook)
    for plain in sheets:
        _put_errors(workbook[plain.name], plain)
    _take_away_earlier_marks(workbook)
    painter = _Painter()
    room = MOST_NOTES
    for name, cells in gathered.cells.items():
        room -= painter.paint(workbook[name], cells, room)
    title = name_sheet(_("What to correct"), {name.casefold() for name in workbook.sheetnames})
    notices = [
        _("Formulas were replaced by the values they showed; pictures, charts and macros were left out.")
    ]
    _write_list(workbook.create_sheet(title, 0), gathered, introduce(gathered, filename, notices))
    _put_stamp(workbook, replace(stamp, marks=title))
    for sheet in workbook.worksheets:
        # Sheets that are selected together would all be changed at once.
        sheet.sheet_view.tabSelected = sheet.title == title
    workbook.active = 0
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _put_stamp(workbook: Workbook, stamp: Stamp) -> None:
    for name, value in stamp.to_properties().items():
        if name in workbook.custom_doc_props.names:
            del workbook.custom_doc_props[name]
        workbook.custom_doc_props.append(StringProperty(name=name, value=value))


def _make_harmless(workbook: Workbook) -> None:
    """Take away what could reach out of the workbook or work something out as it is opened."""
    workbook.defined_names = _keep_plain_names(workbook.defined_names)
    for sheet in workbook.worksheets:
        sheet.defined_names = _keep_plain_names(sheet.defined_names)
        for cell in sheet._cells.values():
            if cell.hyperlink is not None:
                cell.hyperlink = None
            if cell.comment is not None:
                _fit_note(cell.comment)
        rules = sheet.data_validations
        rules.dataValidation = [
            rule for rule in rules.dataValidation if _is_plain(rule.formula1, rule.formula2)
        ]
        formats = sheet.conditional_formatting
        sheet.conditional_formatting = ConditionalFormattingList()
        for area in formats:
            for rule in area.rules:
                if _is_plain(*rule.formula):
                    sheet.conditional_formatting.add(str(area.sqref), rule)
        for table in sheet.tables.values():
            table.tableType = table.connectionId = None
            for column in table.tableColumns:
                column.calculatedColumnFormula = column.totalsRowFormula = None


def _keep_plain_names(names: DefinedNameDict) -> DefinedNameDict:
    kept = DefinedNameDict()
    for name, defined in names.items():
        if _is_plain(defined.value) and not defined.function and not defined.vbProcedure:
            kept[name] = defined
    return kept


def _is_plain(*formulas: str | None) -> bool:
    return all(formula is None or _PLAIN.fullmatch(str(formula).strip()) for formula in formulas)


def _put_errors(sheet: Worksheet, plain: PlainSheet) -> None:
    """Let a formula that was never calculated show an error: without it the cell would be empty."""
    for row, values in enumerate(plain.rows, start=1):
        for column, value in enumerate(values, start=1):
            if isinstance(value, CellError) and not value.code and not value.sentence:
                cell = sheet.cell(row, column)
                cell._value, cell.data_type = "#N/A", "e"


def _take_away_earlier_marks(workbook: Workbook) -> None:
    """Take away the paint and the notes of an earlier marking: what was corrected is not red any more."""
    red = Color(_argb(ERROR_FILL))
    painted = {index for index, fill in enumerate(workbook._fills) if getattr(fill, "fgColor", None) == red}
    for sheet in workbook.worksheets:
        for cell in sheet._cells.values():
            if cell.has_style and cell._style.fillId in painted:
                cell.fill = PatternFill()
                font = copy(cell.font)
                font.color = None
                cell.font = font
                if cell.comment is not None and cell.comment.author == NOTE_AUTHOR:
                    cell.comment = None


class _Painter:
    """Paints cells red, each of the workbook's own looks worked out once."""

    def __init__(self) -> None:
        self._red: dict[tuple[int, ...], StyleArray] = {}
        self._fill = PatternFill("solid", fgColor=_argb(ERROR_FILL))

    def paint(self, sheet: Worksheet, cells: Mapping[tuple[int, int], Sequence[str]], room: int) -> int:
        """Paint these cells, with notes for at most `room` of them; give how many notes were written."""
        notes = 0
        for row, column in sorted(cells):
            cell = sheet.cell(row, column)
            self._paint_cell(cell)
            if notes < room:
                self._write_note(cell, join_messages(cells[row, column]))
                notes += 1
        return notes

    def _paint_cell(self, cell: Cell) -> None:
        own = tuple(cell._style or ())
        if own not in self._red:
            cell.fill = self._fill
            font = copy(cell.font)
            font.color = Color(_argb(ERROR_INK))
            cell.font = font
            self._red[own] = copy(cell._style)
        else:
            cell._style = copy(self._red[own])

    def _write_note(self, cell: Cell, text: str) -> None:
        if cell.comment is not None:
            text = f"{text}\n\n{cell.comment.text}"
        cell.comment = Comment(text, NOTE_AUTHOR)
        _fit_note(cell.comment)


def _fit_note(comment: Comment) -> None:
    """Make a note as large as its text needs: how large it was is lost when the workbook is opened."""
    comment.width, comment.height = 300, 22 + 15 * count_lines(comment.text, NOTE_WIDTH)


def _write_list(sheet: Worksheet, gathered: Gathered, lines: Sequence[str]) -> None:
    """Write all that is to be corrected, with links to the cells."""
    for index, width in enumerate(LIST_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.sheet_view.showGridLines = False
    _write_text(sheet, 1, 1, sheet.title, font=_font(bold=True, size=16, color=ACCENT))
    sheet.row_dimensions[1].height = 28
    ink = _font()
    for row, line in enumerate(lines, start=2):
        _write_text(sheet, row, 1, line, font=ink)
    header = len(lines) + 3
    side = Side(style="thin", color=_argb(LINE))
    border = Border(left=side, right=side, top=side, bottom=side)
    head = {
        "font": _font(bold=True),
        "fill": PatternFill("solid", fgColor=_argb(PALE)),
        "border": border,
    }
    for index, heading in enumerate(list_titles(), start=1):
        _write_text(sheet, header, index, heading, **head)
    looks = {"font": ink, "border": border, "alignment": Alignment(wrap_text=True, vertical="top")}
    link = {**looks, "font": _font(color=ACCENT, underline="single")}
    for row, listed in enumerate(gathered.listed, start=header + 1):
        texts = (listed.where, listed.heading, listed.holds, listed.message)
        for index, text in enumerate(texts, start=1):
            _write_text(sheet, row, index, text, **(link if index == 1 and listed.row else looks))
        if listed.row:
            place = f"{quote_sheet(listed.sheet)}!{get_column_letter(listed.column)}{listed.row}"
            sheet.cell(row, 1).hyperlink = Hyperlink(ref=f"A{row}", location=place)
        sheet.row_dimensions[row].height = LINE_HEIGHT * find_lines(texts)
    sheet.freeze_panes = f"A{header + 1}"
    sheet.auto_filter.ref = f"A{header}:D{header + len(gathered.listed)}"
    sheet.print_title_rows = f"{header}:{header}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _write_text(sheet: Worksheet, row: int, column: int, text: str, **looks: Any) -> None:
    """Write text as a string, whatever it looks like."""
    cell = sheet.cell(row, column)
    cell._value, cell.data_type = ILLEGAL_CHARACTERS_RE.sub("\ufffd", fit_text(text)), "s"
    for name, look in looks.items():
        setattr(cell, name, look)


def _font(*, color: str = INK, size: int = 11, **more: Any) -> Font:
    return Font(name="Calibri", size=size, color=_argb(color), **more)


def _argb(colour: str) -> str:
    return "FF" + colour.lstrip("#")
