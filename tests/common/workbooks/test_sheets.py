"""Which sheets of a workbook are read, and how their rows are told apart."""

import openpyxl
import pytest

from tests.common.workbooks.files import make_sheets, save, values
from tracker.common.workbooks.reading import Limits, Reading, WorkbookError, read_rows
from tracker.common.workbooks.sheets import KEY_STEP, SheetChoice

COLUMNS = ("code", "mission", "value")


def read(data: bytes, sheet: str | None = None, **options):
    return read_rows(data=data, filename="a.xlsx", columns=COLUMNS, reading=Reading(sheet=sheet), **options)


@pytest.fixture
def workbook() -> bytes:
    """Three missions on sheets of one template, one of them in another order, and what else people keep."""
    return make_sheets(
        Notes=[["Please fill in every sheet"], ["value is a number"]],
        KG=[["code", "value"], ["X", 1], [None, None], ["Y", 2]],
        Lists=[["mission"], ["KG"], ["TJ"]],
        TJ=[["Tajikistan"], ["value", "code", "colour"], [3, "X", "red"]],
        Empty=[],
        UZ=[["code", "value"]],
    )


def test_the_first_sheet_with_at_least_two_known_columns_is_read_and_the_others_are_named(workbook):
    sheet = read(workbook)
    assert sheet.name == "KG"
    assert values(sheet) == [(2, {"code": "X", "value": 1}), (4, {"code": "Y", "value": 2})]
    assert sheet.warnings == ["Only the sheet “KG” was read; “Notes”, “Lists”, “TJ”, “UZ” were not."]


def test_where_one_column_is_all_there_is_to_know_one_is_enough():
    data = make_sheets(First=[["code"], ["X"]], Second=[["code", "value"], ["Y", 1]])
    assert read_rows(data=data, filename="a.xlsx", columns=("code",)).name == "First"
    assert read_rows(data=data, filename="a.xlsx").name == "First"


def test_a_sheet_with_one_known_column_goes_before_one_with_none():
    data = make_sheets(Notes=[["Please read"], ["this"]], Data=[["value"], [5]], More=[["code"], ["X"]])
    assert read(data).name == "Data"


def test_the_sheets_that_can_be_chosen_are_listed_with_their_last_rows(workbook):
    rows = {"Notes": 2, "KG": 4, "Lists": 3, "TJ": 3, "UZ": 1}
    choices = [SheetChoice(name, last) for name, last in rows.items()]
    assert read(workbook).sheets == choices
    with pytest.raises(WorkbookError) as refusal:
        read_rows(data=workbook, filename="a.xlsx", columns=("unheard of",))
    assert list(refusal.value.sheets) == choices


def test_a_sheet_is_read_by_its_name(workbook):
    sheet = read(workbook, "TJ")
    assert values(sheet) == [(3, {"value": 3, "code": "X"})]
    assert (sheet.name, sheet.header_row, sheet.warnings, sheet.unknown_columns) == ("TJ", 2, [], ["colour"])
    assert sheet.place_of(3) == ("", 3)


@pytest.mark.parametrize("name", ["ZZ", "Empty", "kg"])
def test_a_sheet_that_is_not_there_is_refused_naming_those_that_are(workbook, name):
    with pytest.raises(
        WorkbookError, match=f"no visible sheet “{name}” that holds.*There are: “Notes”, “KG”"
    ):
        read(workbook, name)


def test_a_csv_file_has_no_sheet_to_choose_by_name():
    data = b"code,value\nX,1\n"
    reading = Reading(sheet="*")
    assert values(read_rows(data=data, filename="a.csv", columns=COLUMNS, reading=reading)) == [
        (2, {"code": "X", "value": "1"})
    ]
    with pytest.raises(WorkbookError, match=r"no visible sheet “KG”.*none with a name"):
        read_rows(data=data, filename="a.csv", columns=COLUMNS, reading=Reading(sheet="KG"))


def test_all_sheets_of_one_template_are_read_together_and_the_others_are_named(workbook):
    sheet = read(workbook, "*")
    assert sheet.columns == {"code": ["X", "Y", "X"], "value": [1, 2, 3]}
    assert [sheet.place_of(key) for key in sheet.numbers] == [("KG", 2), ("KG", 4), ("TJ", 3)]
    assert sheet.numbers == [2, 4, KEY_STEP + 3]
    assert [sheet.letter_of(key, "value") for key in sheet.numbers] == ["B", "B", "A"]
    assert sheet.unknown_columns == ["colour"]
    assert sheet.warnings == ["The sheets “Notes”, “Lists” were not read: their columns differ."]


def test_warnings_of_several_sheets_say_which_one_they_are_of():
    data = make_sheets(A=[["code", "value"], ["X", 1, "more"]], B=[["code", "value"], ["Y", 2]])
    assert (
        read(data, "*").warnings[0].startswith("Sheet “A”: Row 2 has a value in a column without a heading")
    )


def test_a_template_that_nobody_filled_in_is_refused():
    data = make_sheets(A=[["code", "value"]], B=[["code", "value"]])
    with pytest.raises(WorkbookError, match="has no rows below its header"):
        read(data, "*")


def test_all_sheets_together_keep_the_limits_of_one():
    data = make_sheets(A=[["code", "value"]] + [["X", 1]] * 5, B=[["code", "value"]] + [["X", 1]] * 5)
    assert len(read(data, "*", limits=Limits(rows=12)).numbers) == 10
    with pytest.raises(WorkbookError, match="down to row 12, where 11 is the most"):
        read(data, "*", limits=Limits(rows=11))


def test_a_workbook_with_too_many_sheets_is_refused():
    data = make_sheets(**{f"S{number}": [["code", "value"], ["X", 1]] for number in range(4)})
    assert read(data, limits=Limits(sheets=4)).numbers == [2]
    with pytest.raises(WorkbookError, match="has 4 sheets, where 3 are the most"):
        read(data, limits=Limits(sheets=3))


def test_other_sheets_hidden_sheets_and_macros_are_named_and_not_read():
    workbook = openpyxl.Workbook()
    workbook.active.sheet_state = "hidden"
    workbook.active["A1"] = "secret"
    for name in ("Data", "More", "Kept away"):
        page = workbook.create_sheet(name)
        page["A1"], page["A2"] = "code", name
    workbook["Kept away"].sheet_state = "veryHidden"
    workbook.active = 1
    sheet = read_rows(data=save(workbook), filename="a.xlsm")
    assert sheet.name == "Data"
    assert values(sheet) == [(2, {"code": "Data"})]
    assert sheet.warnings == [
        "The macros in this workbook were ignored.",
        "Only the sheet “Data” was read; “More” was not.",
    ]
    with pytest.raises(WorkbookError, match="no visible sheet “Sheet”"):
        read_rows(data=save(workbook), filename="a.xlsm", reading=Reading(sheet="Sheet"))


def test_a_chart_sheet_is_no_sheet_to_read():
    workbook = openpyxl.Workbook()
    workbook.create_chartsheet("Chart", 0)
    workbook.active = 1
    page = workbook["Sheet"]
    page["A1"], page["A2"] = "code", "X"
    assert [choice.name for choice in read(save(workbook)).sheets] == ["Sheet"]
