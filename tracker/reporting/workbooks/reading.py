"""Reads the workbook of a report that comes back: its rows by what they are about, each cell with its place."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from tracker.common.errors import Refused
from tracker.common.workbooks.cells import Cell, CellError
from tracker.common.workbooks.containers import Kind, find_kind, unpack
from tracker.common.workbooks.marks import Mark
from tracker.common.workbooks.reading import Reading, Sheet, WorkbookError, read_rows
from tracker.common.workbooks.sheets import DEFAULT
from tracker.common.workbooks.stamps import Stamp, find_stamp

from .layout import BREAKDOWNS, KIND, LAYOUTS, NARRATIVE, ROW_KEY, SHOWN, Layout, RowName

_FINGERPRINT = re.compile(r"[0-9a-f]{18}|[0-9a-f]{24}", re.ASCII)
"""Those of a section or an activity, and of a result with its cells."""


@dataclass(frozen=True, slots=True)
class FilledRow:
    """One row: what it is about, the fingerprint of what it showed, its cells and the letters of their columns by
    key, and where it stands.
    """

    name: RowName
    shown: str
    cells: Mapping[str, Cell]
    letters: Mapping[str, str]
    sheet: str
    number: int

    def mark(self, message: str, key: str = "") -> Mark:
        """A note that something is wrong in this row, or in one cell of it."""
        return Mark(message, row=self.number, letters=self.letters.get(key), sheet=self.sheet)


@dataclass(slots=True)
class Filled:
    """What stands in a workbook: of which report it is, its rows by sheet, and what is wrong with the others."""

    mission: str
    period: str
    rows: dict[Layout, list[FilledRow]] = field(default_factory=dict)
    wrong: list[Mark] = field(default_factory=list)


class NoReport(Refused):
    """A file that is no workbook of a report, or none that can be read."""


def read_workbook(*, data: bytes, filename: str) -> Filled:
    """Read the workbook of a report, whatever language it was made in. Raises NoReport."""
    try:
        stamp = _find_stamp(data, filename)
        chosen = stamp.selection.get("language", "")
        with translation.override(
            chosen if chosen in dict(settings.LANGUAGES) else translation.get_language()
        ):
            found = list(_read_sheets(data, filename))
    except WorkbookError as error:
        raise NoReport(str(error)) from error
    names = [row.name for rows in found for row in rows[1]]
    if not names:
        raise NoReport(
            _(
                "%(file)s holds no row of a report. Download the workbook anew, and copy into it what you filled in."
            )
            % {"file": filename}
        )
    filled = Filled(names[0].mission, names[0].period)
    for layout, rows, wrong in found:
        filled.rows[layout] = _take_own(rows, filled)
        filled.wrong += wrong
    return filled


def _find_stamp(data: bytes, filename: str) -> Stamp:
    """What the workbook says of itself: programs may lose it, but nothing else may stand there."""
    try:
        kind = find_kind(data=data, filename=filename, limits=DEFAULT)
    except WorkbookError:
        kind = None
    if kind in (Kind.XLSX, Kind.ODS):
        stamp = find_stamp(unpack(data=data, filename=filename, limits=DEFAULT)) or Stamp()
        if stamp.kind in ("", KIND):
            return stamp
    raise NoReport(
        _(
            "%(file)s is not the workbook of a report. Download the workbook of this report, fill that in, and save "
            "it as XLSX or ODS."
        )
        % {"file": filename}
    )


Read = tuple[Layout, list[FilledRow], list[Mark]]


def _read_sheets(data: bytes, filename: str) -> Iterator[Read]:
    """The sheets that are there; one that was deleted says nothing."""
    refused: WorkbookError | None = None
    is_any = False
    for layout in LAYOUTS:
        titles = layout.titles
        try:
            sheet = read_rows(
                data=data,
                filename=filename,
                columns=list(titles.values()),
                percent_columns=[titles["value"]] if "value" in titles else (),
                reading=Reading(sheet=str(layout.name)),
            )
        except WorkbookError as error:
            if str(layout.name) in [sheet.name for sheet in error.sheets]:
                raise
            refused = refused or error
            continue
        if ROW_KEY in sheet.columns and SHOWN in sheet.columns:
            is_any = True
            yield _read_sheet(layout, sheet)
    if not is_any:
        raise refused or WorkbookError(
            _(
                "%(file)s has lost its hidden columns %(columns)s, by which its rows are known. Download the workbook "
                "anew, and copy into it what you filled in."
            )
            % {"file": filename, "columns": f"{ROW_KEY}, {SHOWN}"}
        )


def _read_sheet(layout: Layout, sheet: Sheet) -> Read:
    rows: list[FilledRow] = []
    wrong: list[Mark] = []
    key_of = {title: key for key, title in layout.titles.items() if title in sheet.columns}
    letters = {key: sheet.letters[title] for title, key in key_of.items()}
    seen: dict[RowName, int] = {}
    for row in sheet.rows:
        cells = {key_of[title]: cell for title, cell in row.cells.items()}
        name = RowName.read(str(cells.get(ROW_KEY) or ""))
        told = FilledRow(
            name or RowName("", "", ""),
            str(cells.get(SHOWN) or ""),
            {key: cells.get(key) for key in layout.filled},
            letters,
            sheet.name,
            row.number,
        )
        if name is None:
            wrong.append(
                told.mark(
                    _(
                        "This row is none of the report’s, so it is not read. Fill in one of those that are there."
                    )
                )
            )
        elif name in seen:
            wrong.append(
                told.mark(_("Row %(row)s is about the same. Delete one of the two.") % {"row": seen[name]})
            )
        # Of a narrative people see words in the place of its code.
        elif layout is not NARRATIVE and str(cells.get("code") or "").strip() != name.code:
            wrong.append(
                told.mark(
                    _(
                        "This row was made for %(meant)s and now says %(written)s. Put it back, or download the "
                        "workbook anew."
                    )
                    % {"meant": name.code, "written": cells.get("code") or _("nothing")},
                    "code",
                )
            )
        elif layout is not BREAKDOWNS and not _FINGERPRINT.fullmatch(told.shown):
            # Without it nobody could say what was changed in the row, and a change would be passed over.
            wrong.append(
                told.mark(
                    _(
                        "What the row showed has gone from its hidden cell in the column %(column)s, so it is not "
                        "read. Download the workbook anew, and fill in the row there."
                    )
                    % {"column": SHOWN}
                )
            )
        elif errors := [(key, cell) for key, cell in told.cells.items() if isinstance(cell, CellError)]:
            wrong += [told.mark(cell.message, key) for key, cell in errors]
        else:
            seen[name] = row.number
            rows.append(told)
    return layout, rows, wrong


def _take_own(rows: list[FilledRow], filled: Filled) -> list[FilledRow]:
    """The rows of the report that the workbook is of."""
    own = []
    for row in rows:
        if (row.name.mission, row.name.period) == (filled.mission, filled.period):
            own.append(row)
        else:
            filled.wrong.append(
                row.mark(
                    _("This row is of another report: %(mission)s, %(period)s. Upload it there.")
                    % {"mission": row.name.mission, "period": row.name.period}
                )
            )
    return own
