"""Hidden rows and columns, and merged cells: nothing is skipped, multiplied or read unseen without a word."""

from decimal import Decimal

import pytest

from tests.common.workbooks.files import SHEET_1, make_xlsx, replace_in_zip, values
from tracker.common.workbooks.reading import CellError, WorkbookError, read_rows
from tracker.common.workbooks.spans import name_spans

COLUMNS = ("code", "mission", "value", "comment")


def read(data: bytes, filename: str = "a.xlsx"):
    return read_rows(data=data, filename=filename, columns=COLUMNS, key_columns=("code", "mission"))


def grid(*rows: str) -> dict[str, object]:
    """Cells from texts, one line each, parted by spaces; a dot is an empty cell, digits are a number."""
    cells: dict[str, object] = {}
    for number, row in enumerate(rows, start=1):
        for letter, text in zip("ABCDEFGH", row.split(), strict=False):
            if text != ".":
                cells[f"{letter}{number}"] = int(text) if text.isdigit() else text
    return cells


def test_hidden_rows_and_columns_are_read_and_named_once():
    def hide(page) -> None:
        for row in (1, 3, 4, 6, 8):
            page.row_dimensions[row].hidden = True
        for letter in "BDE":
            page.column_dimensions[letter].hidden = True

    rows = ["A KG 1 x u", "B KG 2 x u", "C KG 3 x u", "D KG 4 x u", "E KG 5 x u"]
    sheet = read(make_xlsx(grid("code mission value comment other", *rows), change=hide))
    assert [row["code"] for _key, row in values(sheet)] == ["A", "B", "C", "D", "E"]
    # Row 1 is the header, row 8 is empty, column E is not read.
    assert sheet.warnings == [
        "Rows 3–4 and 6 are hidden; they were read too.",
        "Columns B and D are hidden; they were read too.",
    ]


def test_rows_hidden_by_a_filter_are_hidden_rows():
    def hide(page) -> None:
        page.auto_filter.ref = "A1:B3"
        page.row_dimensions[3].hidden = True

    sheet = read(make_xlsx(grid("code value", "A 1", "B 2"), change=hide))
    assert sheet.warnings == ["Row 3 is hidden; it was read too."]


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        ([5], "5"),
        ([5, 6], "5–6"),
        ([12, 9, 8, 7, 6, 5], "5–9 and 12"),
        ([1, 3, 5], "1, 3 and 5"),
        ([*range(1, 20, 2), 30, 31], "1, 3, 5, 7, 9, 11, 13, 15 and 4 more"),
        ([], ""),
    ],
)
def test_numbers_in_a_row_are_said_as_spans(numbers, text):
    assert name_spans(numbers) == text


# Merged cells


def test_a_key_cell_merged_over_several_rows_counts_for_each_of_them_and_is_said():
    rows = ["code mission value", "A KG 1", ". . 2", ". TJ 3", "B KG 4"]
    sheet = read(make_xlsx(grid(*rows), merged=("A2:A4", "B2:B3")))
    assert values(sheet) == [
        (2, {"code": "A", "mission": "KG", "value": Decimal(1)}),
        (3, {"code": "A", "mission": "KG", "value": Decimal(2)}),
        (4, {"code": "A", "mission": "TJ", "value": Decimal(3)}),
        (5, {"code": "B", "mission": "KG", "value": Decimal(4)}),
    ]
    assert sheet.warnings == [
        "In “code”, cells merged over several rows count for each of them: rows 2–4.",
        "In “mission”, cells merged over several rows count for each of them: rows 2–3.",
    ]


def test_a_key_cell_that_is_not_merged_counts_for_its_own_row():
    assert values(read(make_xlsx(grid("code value", "A 1", ". 2"))))[1] == (3, {"code": None, "value": 2})


def test_a_merged_key_makes_no_rows_of_its_own():
    sheet = read(make_xlsx(grid("code mission value", "A KG 1", ". . .", "B KG 4"), merged=("A2:A3",)))
    assert (sheet.numbers, sheet.warnings) == ([2, 4], [])


def test_any_other_cell_merged_over_several_rows_is_an_error_on_its_first_row():
    sheet = read(make_xlsx(grid("code value", "A 7", "B .", "C ."), merged=("B2:B4",)))
    error, *others = sheet.columns["value"]
    assert others == [None, None]
    assert isinstance(error, CellError)
    assert str(error) == "7"
    assert error.message == (
        "The cell is merged over rows 2–4; unmerge it and say the value once where it belongs."
    )


def test_a_cell_merged_over_two_columns_that_are_read_is_an_error():
    sheet = read(make_xlsx(grid("code mission value comment", "A KG 5 ."), merged=("C2:D2",)))
    assert "merged over columns C–D; unmerge it" in sheet.columns["value"][0].message
    assert sheet.columns["comment"] == [None]


def test_a_cell_merged_with_columns_that_are_not_read_is_read():
    sheet = read(make_xlsx(grid("code value comment", "A 5 fine"), merged=("C2:F2",)))
    assert values(sheet) == [(2, {"code": "A", "value": Decimal(5), "comment": "fine"})]


def test_an_empty_merged_cell_is_empty():
    sheet = read(make_xlsx(grid("code value", "A .", "B 2"), merged=("B2:B2", "C2:D9")))
    assert sheet.columns["value"] == [None, Decimal(2)]


def test_a_value_that_lies_unseen_under_a_merged_cell_is_not_read():
    def merge(xml: bytes) -> bytes:
        return xml.replace(b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A2:A3"/></mergeCells>')

    data = make_xlsx(grid("code value", "A 1", "unseen 2", "B 3"))
    sheet = read(replace_in_zip(data, SHEET_1, merge))
    assert sheet.columns == {"code": ["A", "A", "B"], "value": [1, 2, 3]}
    assert sheet.warnings == [
        "In “code”, cells merged over several rows count for each of them: rows 2–3.",
        "Values that lie unseen under merged cells were not read: rows 3.",
    ]


def test_a_title_merged_down_from_the_header_says_nothing_of_the_data():
    sheet = read(make_xlsx(grid("code value Note", "A 1", "B 2"), merged=("C1:C3",)))
    assert sheet.columns == {"code": ["A", "B"], "value": [1, 2]}


def test_merged_areas_that_overlap_are_no_work_of_a_spreadsheet_program():
    def merge(xml: bytes) -> bytes:
        areas = b'<mergeCell ref="A2:XFD1048576"/>' * 1000
        return xml.replace(b"</sheetData>", b"</sheetData><mergeCells>" + areas + b"</mergeCells>")

    data = make_xlsx(grid("code value", "A 1", "B 2"))
    with pytest.raises(WorkbookError, match="is damaged"):
        read(replace_in_zip(data, SHEET_1, merge))


def test_sixteen_thousand_merged_cells_are_read():
    def merge(xml: bytes) -> bytes:
        areas = b"".join(b'<mergeCell ref="A%d:A%d"/>' % (row, row + 1) for row in range(2, 32_002, 2))
        return xml.replace(b"</sheetData>", b"</sheetData><mergeCells>" + areas + b"</mergeCells>")

    cells: dict[str, object] = {"A1": "code", "B1": "value"}
    cells |= {f"A{row}": f"C{row}" for row in range(2, 32_002, 2)} | {
        f"B{row}": 1 for row in range(2, 32_002)
    }
    sheet = read(replace_in_zip(make_xlsx(cells), SHEET_1, merge))
    assert sheet.columns["code"][:4] == ["C2", "C2", "C4", "C4"]
    assert (len(sheet.numbers), sheet.columns["code"][-1]) == (32_000, "C32000")
    assert len(sheet.warnings) == 1
