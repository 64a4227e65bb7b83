"""Marks what is wrong in a person's own workbook, so that they can correct it where they made it.

    mark_up(data=upload, filename="targets.xlsx",
            marks=[Mark("“abc” is not a number. Write digits only.", row=12, letters="D")])

The result is an XLSX workbook: first a sheet that lists all there is to correct, with links, then the sheets of
the file, its wrong cells red and with a note. An XLSX file keeps its looks; of other kinds, and of a file too
large for that, the values are copied; of one larger still, only the rows concerned. Read again, it gives the
same values as the file that came in.
"""

import logging
from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _

from .containers import Kind, find_kind, unpack
from .marks import Mark, PlainSheet, gather
from .markup_copy import write_marked_copy
from .markup_own import mark_own
from .plain_sheets import read_plain_sheets
from .safe_package import Unfit, rebuild_package
from .sheets import AS_FOUND, DEFAULT, Limits, Reading, WorkbookError
from .stamps import Stamp, find_stamp

__all__ = ["Mark", "mark_up"]

_log = logging.getLogger(__name__)
# Marked in a few seconds each: openpyxl takes 4 for a hundred thousand cells, a copy 5 for four times as many.
MOST_OWN_CELLS = 100_000
MOST_COPIED_CELLS = 400_000


def mark_up(
    *,
    data: bytes,
    filename: str,
    marks: Iterable[Mark],
    header_row: int | None = None,
    columns: Collection[str] | None = None,
    reading: Reading = AS_FOUND,
    limits: Limits = DEFAULT,
) -> bytes:
    """Give the bytes of the marked workbook.

    `header_row` is the row of the headings, counted from 1, if it is known; `columns` and `reading` are as they
    were given for reading the rows. Raises WorkbookError where the file cannot be read at all.
    """
    kind = find_kind(data=data, filename=filename, limits=limits)
    zipped = kind in (Kind.XLSX, Kind.ODS)
    parts = unpack(data=data, filename=filename, limits=limits) if zipped else {}
    stamp = find_stamp(parts) or Stamp()
    sheets = read_plain_sheets(
        data=data, filename=filename, kind=kind, parts=parts, columns=columns, reading=reading, limits=limits
    )
    # The list of an earlier marking makes room for the new one.
    sheets = [sheet for sheet in sheets if not sheet.name or sheet.name != stamp.marks]
    gathered = gather(sheets, marks, stamp=stamp, header_row=header_row)
    size = sum(len(row) for sheet in sheets for row in sheet.rows)
    notices = []
    if kind is Kind.XLSX and size <= MOST_OWN_CELLS:
        try:
            package = rebuild_package(data=data, filename=filename, most_cells=MOST_OWN_CELLS)
            return mark_own(package=package, sheets=sheets, stamp=stamp, gathered=gathered, filename=filename)
        except WorkbookError:
            raise
        except Unfit:
            pass
        except Exception:
            # openpyxl fails in many ways on files that other programs write; the values were read all the same.
            _log.warning("A workbook could not be marked in its own looks.", exc_info=True)
    excerpt = size > MOST_COPIED_CELLS
    if kind is Kind.XLSX and not excerpt:
        notices.append(_("This is a copy of the values: the file could not be marked in its own looks."))
    return write_marked_copy(
        sheets=sheets,
        stamp=stamp,
        gathered=gathered,
        filename=filename,
        notices=notices,
        header_row=header_row or reading.header_row or _find_first_row(sheets),
        excerpt=excerpt,
    )


def _find_first_row(sheets: Iterable[PlainSheet]) -> int:
    """Give the first row that holds anything, from 1, of the first sheet that does."""
    for sheet in sheets:
        for number, row in enumerate(sheet.rows, start=1):
            if any(cell is not None for cell in row):
                return number
    return 1
