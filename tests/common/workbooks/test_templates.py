"""Templates that people fill in: drop-downs, limits, what may be changed, what is said, and what comes back.

What stands in the files is looked at by another program than the one that wrote them: openpyxl.
"""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from tracker.common.workbooks.ods_writing import write_ods
from tracker.common.workbooks.reading import read_rows
from tracker.common.workbooks.specs import Column, Entry, SheetSpec
from tracker.common.workbooks.stamps import Stamp, find_stamp
from tracker.common.workbooks.templates import Template, write_template
from tracker.common.workbooks.validations import describe
from tracker.common.workbooks.writing import write_csv, write_workbook

from .samples import CODES, COLUMNS, MISSIONS, PERCENTAGE, ROWS, STAGE, TAGGED

LAST_ROW = 1_048_576


def make_template(**changes: Any) -> Template:
    template = Template(
        kind="progress",
        version="3",
        title="Progress of Kyrgyzstan",
        sheets=[SheetSpec("Progress", COLUMNS, ROWS, frozen=2)],
        steps=["Fill in the white cells.", "Save the file and upload it."],
        selection={"mission": "KG", "period": "2021-Q3"},
        facts=[("Made for", "Kyrgyzstan, Q3 2021"), ("Made by", "Aigul on 4 Nov 2022")],
        author="The tracker",
        created=datetime(2022, 11, 4, 14, 5),
    )
    return replace(template, **changes)


def open_template(**changes: Any) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(write_template(make_template(**changes))))


def find_rule(sheet: Any, place: str) -> Any:
    """Give the one validation that holds for a cell."""
    (rule,) = [rule for rule in sheet.data_validations.dataValidation if place in rule.sqref]
    return rule


# Drop-downs and limits


def find_choices(workbook: openpyxl.Workbook, place: str) -> list[str]:
    """Give what the drop-down of a cell offers, through the defined name that it refers to."""
    rule = find_rule(workbook["Progress"], place)
    assert rule.type == "list"
    ((sheet, area),) = list(workbook.defined_names[rule.formula1].destinations)
    assert workbook[sheet].sheet_state == "hidden"
    return [cell.value for (cell,) in workbook[sheet][area]]


def test_a_drop_down_offers_long_lists_and_names_with_commas_and_quotes():
    workbook = open_template()
    assert find_choices(workbook, "C2") == list(MISSIONS)
    assert find_choices(workbook, "B6") == list(CODES)
    assert find_rule(workbook["Progress"], "C2").showErrorMessage
    assert find_rule(workbook["Progress"], "C2").errorStyle in (None, "stop")
    assert find_rule(workbook["Progress"], "C2").errorTitle == "Choose from the list"
    assert find_rule(workbook["Progress"], "C2").error == (
        "“Mission” takes one of 4 values, such as KG. Open the list by the arrow beside the cell and choose, or "
        "leave the cell empty."
    )


def test_a_list_that_only_helps_refuses_nothing():
    workbook = open_template()
    assert find_choices(workbook, "H2") == ["border", "health"]
    assert not find_rule(workbook["Progress"], "H2").showErrorMessage


def test_limits_are_those_of_the_column_in_the_way_a_sheet_holds_them():
    sheet = open_template()["Progress"]
    rules = {place: find_rule(sheet, place) for place in ("D2", "E2", "F2", "G2")}
    found = {
        place: (rule.type, Decimal(rule.formula1), Decimal(rule.formula2)) for place, rule in rules.items()
    }
    assert found == {
        "D2": ("decimal", 0, 999_999_999_999_999),
        "E2": ("whole", 0, 10_000),
        "F2": ("decimal", 0, Decimal("0.625")),
        # Day 43,831 is 1 January 2020: 120 years of 365 days, 30 leap days from 1900 on (1900 counted as one), 1.
        "G2": ("date", 43_831, 43_831 + 366 + 365 * 3 + 366 - 1),
    }
    assert all(rule.operator in (None, "between") and rule.allowBlank for rule in rules.values())
    assert rules["F2"].error == (
        "“Share” takes this: A percentage from 0 to 62.5 (40 is 40 %). Correct the value, or leave the cell empty."
    )
    assert [rule for rule in sheet.data_validations.dataValidation if "I2" in rule.sqref] == []


def test_a_cell_may_be_like_another_column_than_its_own():
    workbook = open_template()
    sheet = workbook["Progress"]
    assert (find_rule(sheet, "D3").type, find_rule(sheet, "D3").formula2) == ("decimal", "1")
    assert find_rule(sheet, "D4") is find_rule(sheet, "D3")
    assert find_choices(workbook, "D5") == ["Drafted", "Adopted"]
    assert find_rule(sheet, "D6").formula2 == "999999999999999"
    assert [sheet[f"D{row}"].number_format for row in range(2, 6)] == ["General", "0.0%", "0.0%", "@"]
    assert [sheet[f"D{row}"].value for row in range(2, 6)] == [5, 0.125, None, "Drafted"]


def test_rows_that_are_added_have_the_same_rules_and_formats_down_to_the_end_of_the_sheet():
    workbook = open_template()
    sheet = workbook["Progress"]
    for letter in "BCDEFGH":
        assert find_rule(sheet, f"{letter}{LAST_ROW}") is find_rule(sheet, f"{letter}6")
    assert find_choices(workbook, f"C{LAST_ROW}") == list(MISSIONS)
    formats = {letter: sheet.column_dimensions[letter].number_format for letter in "CDEFGI"}
    assert formats == {"C": "@", "D": "General", "E": "0", "F": "0.0%", "G": "d mmm yyyy", "I": "@"}


def test_many_rules_in_turn_are_laid_over_the_right_cells():
    rows = [{"value": Entry(None, PERCENTAGE if number % 2 else STAGE)} for number in range(601)]
    sheets = [SheetSpec("Progress", [Column("value", kind="number")], rows)]
    sheet = open_template(sheets=sheets)["Progress"]
    kinds: dict[int, list[str]] = {}
    for rule in sheet.data_validations.dataValidation:
        for area in rule.sqref.ranges:
            for row in range(area.min_row, min(area.max_row, 610) + 1):
                kinds.setdefault(row, []).append(rule.type if rule.type == "list" else rule.formula2)
    assert kinds == {
        row: [["list"], ["1"]][row % 2] if row <= 602 else ["999999999999999"] for row in range(2, 611)
    }


def test_messages_are_cut_to_what_a_program_shows():
    long = Column("value", "Värde " * 60, kind="number", maximum=7)
    sheet = open_template(sheets=[SheetSpec("Progress", [long], [])])["Progress"]
    message = find_rule(sheet, "A2").error
    assert len(message) <= 255
    assert message.endswith("…")


# What may be changed


def test_headings_are_locked_and_no_cell_below_them_is_so_that_rows_can_be_sorted_and_deleted():
    sheet = open_template()["Progress"]
    assert all(cell.protection.locked for cell in sheet[1])
    # Cells that the file does not name have the look of their column.
    named = [cell for row in sheet["A2:I5"] for cell in row if cell.has_style]
    assert len(named) > 10
    assert not any(cell.protection.locked for cell in named)
    columns = list(sheet.column_dimensions.values())
    assert max(column.max for column in columns) == 16_384
    assert not any(column.protection.locked for column in columns)
    protection = sheet.protection
    assert (protection.sheet, protection.password) == (True, None)
    # In the file these say what is forbidden.
    for allowed in (
        "sort",
        "autoFilter",
        "insertRows",
        "deleteRows",
        "formatColumns",
        "formatRows",
        "formatCells",
    ):
        assert getattr(protection, allowed) is False, allowed
    assert protection.insertColumns is True
    assert protection.deleteColumns is True


def test_what_says_what_a_row_is_about_is_grey_and_refuses_to_be_typed_over():
    sheet = open_template()["Progress"]
    for place in ("A2", "B2", "B5"):
        rule = find_rule(sheet, place)
        assert (rule.type, rule.formula1, rule.errorTitle) == ("custom", "FALSE", "Leave this as it is")
        assert sheet[place].fill.fgColor.rgb == "FFEDEFF2"
    assert find_rule(sheet, "B6").type == "list"
    assert sheet["C2"].fill.fill_type is None


def test_a_key_is_hidden_and_comes_back_with_its_row():
    data = write_template(make_template())
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Progress"]
    assert sheet.column_dimensions["A"].hidden
    assert [cell.value for cell in sheet["A"]] == ["key", "r1", "r2", "r3", "r4"]


# What a person sees


def test_a_heading_carries_what_the_column_means_and_whether_it_is_required():
    sheet = open_template()["Progress"]
    assert sheet["C1"].comment.text == (
        "The mission that reports.\nRequired: every row needs a value.\n"
        'One of: KG · TJ · Côte d\'Ivoire, North · the "other".'
    )
    assert sheet["D1"].comment.text == (
        "The figure itself.\nMay be left empty.\nAs the row asks:\n– A number, 0 or more\n"
        "– A percentage from 0 to 100 (40 is 40 %)\n– One of: Drafted · Adopted.\nExample: 1250"
    )
    assert sheet["A1"].comment is None
    fills = {cell.value: cell.fill.fgColor.rgb for cell in sheet[1]}
    assert fills["Mission"] == fills["Indicator"] == "FF1B4F7A"
    assert fills["Value"] == fills["Comment"] == "FFDCE6F1"
    assert all(cell.alignment.wrap_text for cell in sheet[1])


def test_a_sheet_is_set_up_for_screen_and_paper():
    workbook = open_template()
    sheet = workbook["Progress"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("C2", "A1:I5", "$1:$1")
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage) == (0, True)
    properties = workbook.properties
    assert (properties.title, properties.creator) == ("Progress of Kyrgyzstan", "The tracker")
    assert properties.created == datetime(2022, 11, 4, 14, 5)
    # Wide enough for the longest value and the longest word of the heading, and no wider than a line of text.
    texts = [{"comment": "x" * 30}, {"comment": "word " * 40}]
    for rows, width in ((texts[:1], 33), (texts, 48), ([], 27)):
        columns = [Column("comment", "Co", width=None)]
        made = open_template(sheets=[SheetSpec("Progress", columns, rows)])["Progress"]
        assert made.column_dimensions["A"].width == pytest.approx(width, abs=1)
    wrapped = open_template(sheets=[SheetSpec("Progress", [Column("comment")], texts)])["Progress"]
    assert wrapped.row_dimensions[2].height is None
    assert wrapped.row_dimensions[3].height >= 4 * 15


def test_tags_belong_to_the_header_and_are_not_sorted_with_the_rows():
    sheets = [SheetSpec("Progress", TAGGED, ROWS, notes=["A note"])]
    sheet = open_template(sheets=sheets)["Progress"]
    assert [sheet["C3"].value, sheet["C4"].value] == ["Mission", "#x+mission"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("A5", "A4:I8", "$3:$4")
    assert all(cell.protection.locked for cell in sheet[4])
    assert find_rule(sheet, "C5").type == "list"


def test_the_instructions_say_what_it_is_how_to_fill_it_in_and_what_the_columns_mean():
    workbook = open_template()
    sheet = workbook.worksheets[0]
    assert (sheet.title, workbook.active.title) == ("Instructions", "Instructions")
    rows = [[cell for cell in row if cell] for row in sheet.iter_rows(values_only=True)]
    rows = [row for row in rows if row]
    assert rows[:6] == [
        ["Progress of Kyrgyzstan"],
        ["Made for", "Kyrgyzstan, Q3 2021"],
        ["Made by", "Aigul on 4 Nov 2022"],
        ["How to fill it in"],
        ["1.  Fill in the white cells."],
        ["2.  Save the file and upload it."],
    ]
    table = rows[rows.index(["The columns of the sheet “Progress”"]) + 1 :]
    assert table[0] == ["Column", "What it means", "Required", "What may stand there", "Example"]
    assert [row[0] for row in table[1:]] == [column.heading for column in COLUMNS if not column.hidden]
    assert table[1] == [
        "Indicator",
        "Yes",
        "One of the 300 values in the list of the cell, from SP1-O1-I1 to SP1-O1-I300. The grey cells are filled in "
        "already.",
        "SP1-O1-I7",
    ]
    assert table[3] == [
        "Value",
        "The figure itself.",
        "As the row asks:\n– A number, 0 or more\n– A percentage from 0 to 100 (40 is 40 %)\n"
        "– One of: Drafted · Adopted",
        "1250",
    ]


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (Column("a"), "Text"),
        (Column("a", kind="number"), "A number"),
        (Column("a", kind="number", maximum=Decimal("1.50")), "A number, at most 1.50"),
        (Column("a", kind="number", whole=True, minimum=1, maximum=4), "A whole number from 1 to 4"),
        (Column("a", kind="percent"), "A percentage (40 is 40 %)"),
        (Column("a", kind="percent", minimum=0), "A percentage of 0 or more (40 is 40 %)"),
        (Column("a", kind="date"), "A date"),
        (Column("a", kind="date", minimum=date(2020, 1, 31)), "A date from 31 Jan 2020 on"),
        (Column("a", choices=["b"]), "One of: b"),
        (Column("a", choices=["b", "c"], strict=False), "For example: b · c"),
    ],
)  # fmt: skip
def test_what_may_stand_in_a_cell_is_said_in_a_line(column: Column, expected: str):
    assert describe(column) == expected


# Coming back


def unpack(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_workbook_that_comes_back_says_what_it_is():
    data = write_template(make_template())
    stamp = find_stamp(unpack(data))
    assert stamp == Stamp(
        kind="progress",
        version="3",
        selection={"mission": "KG", "period": "2021-Q3"},
        data=("Progress",),
        ignored=("Instructions",),
    )
    assert [stamp.holds_rows(name) for name in ("Progress", "Instructions", "Mine")] == [True, False, True]


def test_a_workbook_of_another_make_says_nothing_and_a_long_selection_is_refused():
    assert find_stamp(unpack(write_workbook([SheetSpec("Data", [Column("a")], [])]))) is None
    assert find_stamp({"docProps/custom.xml": b"<broken", "meta.xml": b""}) is None
    assert find_stamp({}) is None
    with pytest.raises(ValueError, match="so long"):
        write_template(make_template(selection={"missions": "KG " * 90}))


def test_a_sheet_named_like_one_of_ours_gets_another_name():
    columns = [Column("a", choices=["x"])]
    sheets = [SheetSpec(name, columns, []) for name in ("Instructions", "Lists", "lists")]
    assert open_template(sheets=sheets).sheetnames == [
        "Instructions", "Instructions (2)", "Lists (2)", "lists (3)", "Lists",
    ]  # fmt: skip


READ = ("key", "indicator", "mission", "value", "people", "share", "due", "tags", "comment")


def read_cells(data: bytes, filename: str, columns: Sequence[str] = READ) -> list[dict[str, Any]]:
    sheet = read_rows(data=data, filename=filename, columns=columns, percent_columns=("share", "value"))
    return [{key: cell for key, cell in row.cells.items() if cell is not None} for row in sheet.rows]


@pytest.mark.parametrize("columns", [COLUMNS, TAGGED], ids=["plain", "tagged"])
def test_nothing_but_its_rows_is_read_from_a_template(columns: Sequence[Column]):
    expected = [
        {**row, "value": row["value"].value if isinstance(row["value"], Entry) else row["value"]}
        for row in ROWS
    ]
    expected = [{key: value for key, value in row.items() if value is not None} for row in expected]
    spec = SheetSpec("Progress", columns, ROWS, notes=["Fill in the white cells."])
    assert read_cells(write_template(make_template(sheets=[spec])), "a.xlsx") == expected
    assert read_cells(write_ods([spec]), "a.ods") == expected


def test_text_in_a_template_is_never_run_and_stays_text_when_its_cell_is_edited():
    texts = [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "＝1+1",
        "https://example.org",
        "<r>a</r>",
        "<r><t>&</t></r>",
    ]
    spec = SheetSpec("Progress", [Column("comment")], [(text,) for text in texts])
    for data in (write_template(make_template(sheets=[spec])), write_workbook([spec])):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            xml = b"".join(archive.read(name) for name in archive.namelist() if "worksheets/" in name)
        assert b"<f>" not in xml
        assert b"hyperlink" not in xml
        sheet = openpyxl.load_workbook(io.BytesIO(data))["Progress"]
        assert [cell.value.rstrip("\u200b") for cell in sheet["A"][1:]] == texts
        assert {cell.data_type for cell in sheet["A"]} == {"s"}
        assert [cell.quotePrefix for cell in sheet["A"][1:]] == [True] * 6 + [False] * 3


def test_a_csv_file_is_guarded_against_formulas_of_every_width():
    spec = SheetSpec("Data", [Column("a")], [("＝1+1",), ("＋1",), ("－1",), ("＠x",)])
    assert write_csv(spec).decode("utf-8-sig").split() == ["a", "'＝1+1", "'＋1", "'－1", "'＠x"]
    assert [row.cells["a"] for row in read_rows(data=write_csv(spec), filename="a.csv").rows] == [
        "＝1+1", "＋1", "－1", "＠x",
    ]  # fmt: skip


def test_the_same_template_gives_the_same_bytes():
    assert write_template(make_template()) == write_template(make_template())
    assert write_template(make_template(version="4")) != write_template(make_template())


def test_what_cannot_be_meant_is_refused():
    with pytest.raises(ValueError, match="at least one sheet"):
        write_template(make_template(sheets=[]))
    with pytest.raises(TypeError, match="not a list"):
        Column("a", choices="KG")
    with pytest.raises(ValueError, match="limit"):
        Column("a", kind="number", minimum=date(2020, 1, 1))
    with pytest.raises(ValueError, match="limit"):
        Column("a", kind="date", minimum=3)
