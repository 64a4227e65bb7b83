"""What is to be corrected in a workbook, by place: for the painted cells, their notes, and the list of all."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.common.formats import show_date

from .cells import Cell, make_plain
from .headers import squeeze
from .letters import column_letters, column_number
from .specs import clip_text
from .stamps import Stamp
from .xlsx_sheets import MOST_ROWS

# Programs become slow with more notes than this; the list has what they would say.
MOST_NOTES = 5_000
MOST_LISTED = 200_000
_MOST_IN_NOTE = 2_000
_MOST_SHOWN = 200
_HEADER_WITHIN = 25
# Merged cells that are looked at; in a sheet with more, a mark may stand under a merged area, and be listed.
_MOST_MERGED = 500_000


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing to be corrected: a sentence that says what is wrong and what to do, and where.

    `row` is the row of the sheet as the person sees it, from 1; without it the mark is about the file as a
    whole. `letters` name the column (A, B …), or its `heading` does; without either it is about the row.
    `sheet` is the name of the sheet; without it, the first one that holds rows is meant.
    """

    message: str
    row: int | None = None
    letters: str | None = None
    heading: str | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the list: where, heading, what is there, message; and the place of the cell, row 0 for none."""

    where: str
    heading: str
    holds: str
    message: str
    sheet: str = ""
    row: int = 0
    column: int = 0


@dataclass(slots=True)
class Gathered:
    """The marks of a workbook: for each sheet the messages of its cells (row and column from 1), and the list.

    `unlisted` says how many found no room on the list.
    """

    cells: dict[str, dict[tuple[int, int], list[str]]] = field(default_factory=dict)
    listed: list[Listed] = field(default_factory=list)
    unlisted: int = 0


@dataclass(frozen=True, slots=True)
class PlainSheet:
    """One visible sheet as plain values, from its row 1 and column A on.

    `percents` gives, for each column (from 1), the rows whose number is shown as a percentage. `merged` are
    areas as (top, left, bottom, right), from 1. `since_1904`: its day numbers count from 1904.
    """

    name: str
    rows: Sequence[Sequence[Cell]]
    percents: Mapping[int, set[int]] = field(default_factory=dict)
    hidden_columns: Collection[int] = ()
    merged: Sequence[tuple[int, int, int, int]] = ()
    since_1904: bool = False

    def find(self, row: int, column: int) -> Cell:
        """Give the value of a cell, counted from 1; None beyond the last one."""
        if 0 < row <= len(self.rows) and 0 < column <= len(self.rows[row - 1]):
            return self.rows[row - 1][column - 1]
        return None


def gather(
    sheets: Sequence[PlainSheet], marks: Iterable[Mark], *, stamp: Stamp, header_row: int | None = None
) -> Gathered:
    """Find the cells that marks are about. A mark on a row goes to its first filled cell that shows.

    `header_row` is the row of the headings, from 1; without it they are looked for in the first rows.
    """
    gathered = Gathered()
    by_name = {sheet.name: sheet for sheet in sheets}
    usual = next((sheet for sheet in sheets if sheet.rows and stamp.holds_rows(sheet.name)), None)
    headings: dict[tuple[str, str], int] = {}
    shown: dict[str, dict[tuple[int, int], tuple[int, int]]] = {}
    for mark in marks:
        sheet = by_name.get(mark.sheet, usual) if mark.sheet else usual
        if sheet is None or mark.row is None or not 0 < mark.row <= MOST_ROWS:
            _list(gathered, Listed(_("The whole file"), mark.heading or "", "", mark.message))
            continue
        column = _find_column(mark, sheet, headings)
        place = mark.row, column or _find_first(sheet, mark.row)
        if sheet.merged:
            if sheet.name not in shown:
                shown[sheet.name] = _find_shown(sheet)
            place = shown[sheet.name].get(place, place)
        gathered.cells.setdefault(sheet.name, {}).setdefault(place, []).append(mark.message)
        heading = mark.heading or _("The whole row")
        if column and not mark.heading:
            heading = _find_heading(sheet, header_row, mark.row, column)
        listed = Listed(
            where=_("Row %(row)d") % {"row": mark.row}
            if not column
            else f"{column_letters(column)}{mark.row}",
            heading=heading,
            holds=_show_cell(sheet, mark.row, column) if column else "",
            message=mark.message,
            sheet=sheet.name,
            row=place[0],
            column=place[1],
        )
        _list(gathered, listed)
    order = {sheet.name: position for position, sheet in enumerate(sheets, start=1)}
    gathered.listed.sort(
        key=lambda listed: (order[listed.sheet] if listed.row else 0, listed.row, listed.column)
    )
    return gathered


def _list(gathered: Gathered, listed: Listed) -> None:
    if len(gathered.listed) < MOST_LISTED:
        gathered.listed.append(listed)
    else:
        gathered.unlisted += 1


def _find_column(mark: Mark, sheet: PlainSheet, found: dict[tuple[str, str], int]) -> int:
    """Give the number of the column that a mark names, 0 for none."""
    if mark.letters:
        return column_number(mark.letters.upper())
    if not mark.heading:
        return 0
    key = sheet.name, squeeze(mark.heading)
    if key not in found:
        found[key] = next(
            (
                index + 1
                for row in sheet.rows[:_HEADER_WITHIN]
                for index, cell in enumerate(row)
                if isinstance(cell, str) and squeeze(cell) == key[1]
            ),
            0,
        )
    return found[key]


def _find_first(sheet: PlainSheet, row: int) -> int:
    cells = sheet.rows[row - 1] if row <= len(sheet.rows) else []
    filled = [index for index, cell in enumerate(cells, start=1) if cell is not None] or [1]
    return next((column for column in filled if column not in sheet.hidden_columns), filled[0])


def _find_shown(sheet: PlainSheet) -> dict[tuple[int, int], tuple[int, int]]:
    """Give, for the cells of merged areas, the first of the area: it alone shows."""
    shown = {}
    width = max(map(len, sheet.rows), default=0)
    for top, left, bottom, right in sheet.merged:
        for row in range(top, min(bottom, len(sheet.rows)) + 1):
            for column in range(left, min(right, width) + 1):
                shown[row, column] = top, left
        if len(shown) > _MOST_MERGED:
            break
    return shown


def _find_heading(sheet: PlainSheet, header_row: int | None, row: int, column: int) -> str:
    """Give the heading of a column; where the header is not known, the first text that stands in it."""
    if header_row is not None:
        return _show(sheet.find(header_row, column))
    for number in range(1, min(row, _HEADER_WITHIN + 1)):
        above = sheet.find(number, column)
        if isinstance(above, str):
            return above
    return ""


def _show_cell(sheet: PlainSheet, row: int, column: int) -> str:
    """Give what a person sees in a cell."""
    cell = sheet.find(row, column)
    if isinstance(cell, Decimal):
        shown = row in sheet.percents.get(column, ())
        return format(make_plain(cell.scaleb(2)), "f") + " %" if shown else format(cell, "f")
    if isinstance(cell, date):
        return show_date(cell)
    return _show(cell)


def _show(cell: Cell) -> str:
    return "" if cell is None else clip_text(str(cell), _MOST_SHOWN)


def join_messages(messages: Sequence[str]) -> str:
    """Give the note of a cell."""
    return clip_text("\n\n".join(dict.fromkeys(messages)), _MOST_IN_NOTE)


def introduce(
    gathered: Gathered, filename: str, notices: Sequence[str], *, excerpt: bool = False
) -> list[str]:
    """Give the lines above the list: how much there is to correct, how, and what is particular."""
    count = len(gathered.listed) + gathered.unlisted
    cells = sum(len(found) for found in gathered.cells.values())
    lines = [
        ngettext("%(count)d thing to correct in %(file)s.", "%(count)d things to correct in %(file)s.", count)
        % {"count": count, "file": filename}
    ]
    if excerpt:
        lines.append(
            _(
                "The file is large, so here are only the rows with something to correct, with their row numbers. "
                "Correct them in your own file, and upload that again."
            )
        )
    else:
        lines.append(
            _("The cells are red and carry notes. Correct them, save the file, and upload it again.")
        )
    lines += notices
    if cells > MOST_NOTES:
        lines.append(
            _("Only the first %(count)d cells carry notes; the list below has them all.")
            % {"count": MOST_NOTES}
        )
    if gathered.unlisted:
        lines.append(
            ngettext(
                "The list ends here; there is %(count)d more.",
                "The list ends here; there are %(count)d more.",
                gathered.unlisted,
            )
            % {"count": gathered.unlisted}
        )
    return lines
