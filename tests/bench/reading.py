"""What it costs to read a large workbook and type its rows, against what calamine takes to open it at all."""

import io

import xlsxwriter
from python_calamine import CalamineWorkbook

from tests.bench.measuring import Line, medians
from tracker.batches.typed_rows import type_rows
from tracker.common.workbooks.reading import read_rows
from tracker.progress.resources import HISTORY

ROWS = 100_000
HEADINGS = (
    "indicator", "mission", "period", "value", "numerator", "denominator", "not_applicable", "comment",
)  # fmt: skip


def make_workbook() -> bytes:
    """Results by indicator, mission and period, every fifth with a comment of its own; half the columns empty."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"constant_memory": True})
    page = book.add_worksheet()
    page.write_row(0, 0, HEADINGS)
    for row in range(1, ROWS + 1):
        period, rest = divmod(row, 6000)
        mission, indicator = divmod(rest, 300)
        page.write_string(row, 0, f"SP1-O1-I{indicator + 1}")
        page.write_string(row, 1, f"{chr(65 + mission)}Z")
        page.write_string(row, 2, f"{2020 + period // 4}-Q{period % 4 + 1}")
        page.write_number(row, 3, row % 997)
        page.write_string(row, 7, "note" if row % 5 else f"note {row}")
    book.close()
    return buffer.getvalue()


def read_and_type(data: bytes) -> None:
    """The way of an import from the file to its typed rows."""
    columns = HISTORY.columns
    sheet = read_rows(
        data=data,
        filename="results.xlsx",
        columns=[column.name for column in columns],
        percent_columns=[column.name for column in columns if column.percent],
        number_columns=[column.name for column in columns if column.holds_numbers],
        date_columns=[column.name for column in columns if column.holds_dates],
        key_columns=[column.name for column in columns if column.key],
    )
    typed = type_rows(kind=HISTORY, columns=columns, sheet=sheet)
    assert (len(typed.rows), typed.errors) == (ROWS, [])


def lines() -> list[Line]:
    data = make_workbook()
    ours, bare = medians(
        lambda: read_and_type(data),
        lambda: CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python(),
    )
    base = "calamine alone × 1.5 + 0.35 s"
    return [Line(f"Reading and typing {ROWS:,} rows", ours, base, bare * 1.5 + 0.35, 1)]
