"""A person's own workbook, marked: red cells that say what to do, the same values as before, and no risk."""

import io
import logging
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
import xlsxwriter
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

from tracker.common.workbooks import markup
from tracker.common.workbooks.markup import Mark, mark_up
from tracker.common.workbooks.ods_writing import write_ods
from tracker.common.workbooks.reading import CellError, WorkbookError, read_rows
from tracker.common.workbooks.sheets import Reading
from tracker.common.workbooks.specs import Column, SheetSpec
from tracker.common.workbooks.templates import Template, write_template
from tracker.common.workbooks.writing import write_csv, write_workbook

RED = "FFFFC9CD"
LIST = "What to correct"
COLUMNS = (
    Column("mission", "Mission"),
    Column("value", "Value", kind="number"),
    Column("share", "Share", kind="percent"),
    Column("due", "Due", kind="date"),
    Column("comment", "Comment"),
)
ROWS = (
    ("KG", Decimal("2.5"), Decimal("12.5"), date(2021, 12, 31), "=1+1"),
    ("TJ", 0, None, None, "0012"),
    (None, None, 40, None, "two\nlines"),
)
SPEC = SheetSpec("Data", COLUMNS, ROWS)
WRITERS = {
    "a.xlsx": lambda: write_workbook([SPEC]),
    "a.ods": lambda: write_ods([SPEC]),
    "a.csv": lambda: write_csv(SPEC),
}
SECOND = Mark("“abc” is not a number. Write digits only.", row=3, letters="B")


@pytest.fixture(autouse=True)
def own_looks_are_kept(caplog: pytest.LogCaptureFixture):
    """No test falls back to a plain copy unseen."""
    yield
    warned = [record.getMessage() for record in caplog.get_records("call")]
    assert [text for text in warned if "could not be marked" in text] == []


def save(workbook: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def make_own() -> openpyxl.Workbook:
    workbook = openpyxl.Workbook()
    for row in (["Mission", "Value"], ["KG", 1], ["TJ", 2], ["AM", 3]):
        workbook.active.append(row)
    workbook.active.title = "Data"
    return workbook


def mark(data: bytes, *marks: Mark, filename: str = "a.xlsx", **options: Any) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(mark_up(data=data, filename=filename, marks=marks, **options)))


def read(data: bytes, filename: str = "a.xlsx") -> list[tuple[int, dict[str, Any]]]:
    columns = [column.key for column in COLUMNS]
    sheet = read_rows(data=data, filename=filename, columns=columns, percent_columns=("share",))
    return [(row.number, row.cells) for row in sheet.rows]


def find_red(sheet: Any) -> dict[str, str | None]:
    """Give the red cells with their notes."""
    return {
        cell.coordinate: cell.comment and cell.comment.text
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fill_type == "solid" and cell.fill.fgColor.rgb == RED
    }


def list_rows(workbook: openpyxl.Workbook) -> list[tuple[Any, ...]]:
    """Give the list of what to correct, below its header."""
    rows = [tuple(cell or "" for cell in row[:4]) for row in workbook[LIST].iter_rows(values_only=True)]
    return rows[
        rows.index(("Where", "Column heading", "What it holds", "What is wrong, and what to do")) + 1 :
    ]


# What is marked


@pytest.mark.parametrize("filename", WRITERS)
def test_a_wrong_cell_is_red_says_why_and_is_on_the_list_that_stands_first(filename: str):
    workbook = mark(WRITERS[filename](), SECOND, filename=filename)
    assert workbook.sheetnames[0] == workbook.active.title == LIST
    sheet = workbook.worksheets[1]
    assert find_red(sheet) == {"B3": SECOND.message}
    assert list_rows(workbook) == [("B3", "Value", "0", SECOND.message)]
    link = workbook[LIST]["A" + str(workbook[LIST].max_row)].hyperlink
    assert (link.location.replace("'", ""), link.target) == (f"{sheet.title}!B3", None)
    assert "1 thing to correct in " + filename + "." in [cell.value for cell in workbook[LIST]["A"]]
    assert [each.title for each in workbook.worksheets if each.sheet_view.tabSelected] == [LIST]
    for each in workbook.worksheets:
        assert (each.page_setup.orientation, each.sheet_properties.pageSetUpPr.fitToPage) == (
            "landscape",
            True,
        )


def test_errors_of_a_row_stand_at_its_first_cell_and_those_of_one_cell_are_joined():
    marks = [
        Mark("The row says nothing new. Delete it.", row=4),
        Mark("The column “Source” is missing. Add it."),
        Mark("Second.", row=2, heading=" VALUE "),
        Mark("First.", row=2, letters="b"),
        Mark("First.", row=2, letters="B"),
        Mark("It is empty. Fill it in.", row=3, letters="C"),
    ]
    workbook = mark(write_workbook([SPEC]), *marks)
    assert find_red(workbook["Data"]) == {
        "B2": "Second.\n\nFirst.",
        "C3": "It is empty. Fill it in.",
        "C4": "The row says nothing new. Delete it.",
    }
    assert list_rows(workbook) == [
        ("The whole file", "", "", "The column “Source” is missing. Add it."),
        ("B2", " VALUE ", "2.5", "Second."),
        ("B2", "Value", "2.5", "First."),
        ("B2", "Value", "2.5", "First."),
        ("C3", "Share", "", "It is empty. Fill it in."),
        ("Row 4", "The whole row", "", "The row says nothing new. Delete it."),
    ]


def test_a_mark_names_its_sheet_and_what_a_cell_holds_is_said_as_it_is_seen():
    specs = [SheetSpec("First", COLUMNS, ROWS), SheetSpec("It's", COLUMNS, ROWS)]
    marks = [
        Mark("a", row=2, letters="C", sheet="It's"),
        Mark("b", row=2, letters="D", sheet="It's"),
        Mark("c", row=2, letters="E", sheet="It's"),
    ]
    for data, filename in ((write_workbook(specs), "a.xlsx"), (write_ods(specs), "a.ods")):
        workbook = mark(data, *marks, filename=filename, header_row=1)
        assert (list(find_red(workbook["It's"])), find_red(workbook["First"])) == (["C2", "D2", "E2"], {})
        assert [row[:3] for row in list_rows(workbook)] == [
            ("C2", "Share", "12.5 %"), ("D2", "Due", "31 Dec 2021"), ("E2", "Comment", "=1+1"),
        ]  # fmt: skip
        assert workbook[LIST]["C" + str(workbook[LIST].max_row)].data_type == "s"


def test_a_note_that_was_there_is_kept_below_what_is_wrong():
    own = make_own()
    own.active["B3"].comment = Comment("Ask Aigul", "Me")
    own.active["B4"].comment = Comment("Mine", "Me")
    sheet = mark(save(own), SECOND)["Data"]
    assert sheet["B3"].comment.text == SECOND.message + "\n\nAsk Aigul"
    assert sheet["B4"].comment.text == "Mine"


def test_cells_beyond_the_last_note_are_red_and_on_the_list(monkeypatch: pytest.MonkeyPatch):
    marks = [Mark(f"Wrong {row}.", row=row, letters="B") for row in range(2, 6)]
    for filename, write in WRITERS.items():
        for module in ("markup_own", "markup_copy", "marks"):
            monkeypatch.setattr(f"tracker.common.workbooks.{module}.MOST_NOTES", 2)
        workbook = mark(write(), *marks, filename=filename)
        assert find_red(workbook.worksheets[1]) == {
            "B2": "Wrong 2.",
            "B3": "Wrong 3.",
            "B4": None,
            "B5": None,
        }
        assert len(list_rows(workbook)) == 4
        assert "Only the first 2 cells carry notes; the list below has them all." in [
            cell.value for cell in workbook[LIST]["A"]
        ]


def test_a_list_that_is_too_long_says_how_many_are_missing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("tracker.common.workbooks.marks.MOST_LISTED", 1)
    workbook = mark(write_workbook([SPEC]), SECOND, Mark("More.", row=2, letters="A"))
    assert list_rows(workbook) == [("B3", "Value", "0", SECOND.message)]
    lines = [cell.value for cell in workbook[LIST]["A"]]
    assert "2 things to correct in a.xlsx." in lines
    assert "The list ends here; there is 1 more." in lines


@pytest.mark.parametrize("own_looks", [True, False])
def test_the_first_of_merged_cells_is_marked_for_all_of_them(
    own_looks: bool, monkeypatch: pytest.MonkeyPatch
):
    if not own_looks:
        monkeypatch.setattr(markup, "MOST_OWN_CELLS", 0)
    own = make_own()
    own.active.merge_cells("B2:B4")
    workbook = mark(save(own), SECOND)
    assert list(find_red(workbook["Data"])) == ["B2"]
    assert [str(area) for area in workbook["Data"].merged_cells.ranges] == ["B2:B4"]
    assert list_rows(workbook)[0][0] == "B3"


# What stays as it was


@pytest.mark.parametrize("filename", WRITERS)
def test_a_marked_workbook_reads_the_same_as_before(filename: str):
    data = WRITERS[filename]()
    marked = mark_up(data=data, filename=filename, marks=[SECOND, Mark("Row.", row=4)])
    assert read(marked) == read(data, filename)


def test_a_persons_own_looks_stay():
    own = make_own()
    sheet = own.active
    sheet["B2"].fill = PatternFill("solid", fgColor="FFFFFF00")
    sheet["B3"].number_format = "0.00%"
    sheet["B3"].font = Font(name="Arial", bold=True)
    sheet.column_dimensions["A"].width = 33
    sheet.column_dimensions["C"].hidden = True
    sheet.freeze_panes = "B2"
    sheet.conditional_formatting.add("B2:B9", CellIsRule("greaterThan", ["5"], font=Font(bold=True)))
    choices = DataValidation("list", formula1="Missions")
    choices.add("A2:A9")
    sheet.add_data_validation(choices)
    own.defined_names["Missions"] = DefinedName("Missions", attr_text="Lists!$A$1:$A$3")
    own.create_sheet("Lists").sheet_state = "hidden"
    workbook = mark(save(own), SECOND)
    sheet = workbook["Data"]
    assert sheet["B2"].fill.fgColor.rgb == "FFFFFF00"
    assert (sheet["B3"].number_format, sheet["B3"].font.name, sheet["B3"].font.b) == ("0.00%", "Arial", True)
    assert (sheet.column_dimensions["A"].width, sheet.column_dimensions["C"].hidden) == (33, True)
    assert sheet.freeze_panes == "B2"
    assert [rule.operator for area in sheet.conditional_formatting for rule in area.rules] == ["greaterThan"]
    assert [rule.formula1 for rule in sheet.data_validations.dataValidation] == ["Missions"]
    assert workbook.defined_names["Missions"].value == "Lists!$A$1:$A$3"
    assert workbook["Lists"].sheet_state == "hidden"


def write_formulas(formulas: Mapping[str, tuple[str, Any]]) -> bytes:
    """Give a workbook as Excel leaves it: formulas with the values they showed last."""
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer)
    sheet = workbook.add_worksheet("Data")
    sheet.write_row("A1", ["mission", "value", "share", "due", "comment"])
    for place, (formula, value) in formulas.items():
        sheet.write_formula(place, formula, None, value)
    workbook.close()
    return buffer.getvalue()


def test_formulas_become_the_values_they_showed():
    data = write_formulas(
        {"A2": ('="K"&"G"', "KG"), "B2": ("=1+1.5", 2.5), "B3": ("=1/0", "#DIV/0!"), "E2": ("=1=1", True)}
    )
    marked = mark_up(data=data, filename="a.xlsx", marks=[SECOND])
    assert read(marked) == read(data)
    assert read(marked)[1][1]["value"] == CellError("#DIV/0!")
    with zipfile.ZipFile(io.BytesIO(marked)) as archive:
        xml = b"".join(archive.read(name) for name in archive.namelist() if "worksheets/" in name)
    assert b"<f>" not in xml
    assert "Formulas were replaced by the values they showed; pictures, charts and macros were left out." in [
        cell.value for cell in openpyxl.load_workbook(io.BytesIO(marked))[LIST]["A"]
    ]


def test_a_formula_that_was_never_calculated_is_still_an_error():
    own = make_own()
    own.active["B2"] = "=A1"
    ((_number, cells), *_others) = read(mark_up(data=save(own), filename="a.xlsx", marks=[SECOND]))
    assert isinstance(cells["value"], CellError)


MESSY = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(-1e9, 1e9).map(lambda number: round(number, 6)),
    st.dates(date(1901, 1, 1), date(2199, 12, 31)),
    st.datetimes(datetime(1901, 1, 1), datetime(2199, 12, 31)).map(
        lambda moment: moment.replace(microsecond=0)
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Cf")), max_size=12),
    st.sampled_from(["=1+1", "0012", "1e5", "#N/A", "31.12.2021", "12 %", "  x  ", "a\nb", "TRUE", "'=1"]),
)


@settings(max_examples=15, deadline=None)
@given(rows=st.lists(st.lists(MESSY, min_size=5, max_size=5), min_size=1, max_size=6), percents=st.booleans())
def test_whatever_a_workbook_holds_it_reads_the_same_once_marked(
    rows: Sequence[Sequence[Any]], percents: bool
):
    own = openpyxl.Workbook()
    own.active.append([column.heading for column in COLUMNS])
    for number, row in enumerate([*rows, ["KG", 1, 0.5, None, None]], start=2):
        for index, value in enumerate(row, start=1):
            cell = own.active.cell(number, index)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
            elif percents and index == 3 and type(value) in (int, float):
                cell.number_format = "0.0%"
    data = save(own)
    before = read(data)
    marks = [Mark("Wrong.", row=number, letters="ABCDE"[number % 5]) for number in range(2, 8)]
    assert read(mark_up(data=data, filename="a.xlsx", marks=marks)) == before
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(markup, "MOST_OWN_CELLS", 0)
        assert read(mark_up(data=data, filename="a.xlsx", marks=marks)) == before


# What does not stay


def test_nothing_that_runs_or_reaches_out_is_left():
    own = make_own()
    sheet = own.active
    sheet["A2"].hyperlink = "https://example.org/tracking"
    sheet["A3"] = '=HYPERLINK("https://example.org")'
    for name, text in {
        "Outside": "[1]Data!$A$1",
        "Dde": "cmd|'/c calc'!A1",
        "Web": 'WEBSERVICE("https://example.org")',
        "Inside": "'My data'!$A$1:$B$2",
    }.items():
        own.defined_names[name] = DefinedName(name, attr_text=text)
    for formula in ('WEBSERVICE("x")', "[1]Data!$A$1", '"a,b"', "Data!$A$1:$A$9", "10"):
        rule = DataValidation("list", formula1=formula)
        rule.add("A9")
        sheet.add_data_validation(rule)
    sheet.conditional_formatting.add("A1", FormulaRule(['WEBSERVICE("https://example.org")=1']))
    table = Table(displayName="Figures", ref="A1:B4")
    sheet.add_table(table)
    table._initialise_columns()
    table.tableColumns[1].calculatedColumnFormula = openpyxl.worksheet.table.TableFormula(attr_text="1+1")
    for column, heading in zip(table.tableColumns, ("Mission", "Value"), strict=True):
        column.name = heading
    data = save(own)
    extra = {
        "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0macro",
        "xl/externalLinks/externalLink1.xml": b"<externalLink/>",
        "xl/connections.xml": b"<connections/>",
        "xl/media/image1.png": b"\x89PNG",
        "xl/drawings/drawing1.xml": b"<wsDr/>",
        "xl/embeddings/oleObject1.bin": b"ole",
        "customXml/item1.xml": b"<x/>",
    }
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as archive:
        for part, content in extra.items():
            archive.writestr(part, content)
    marked = mark_up(data=buffer.getvalue(), filename="a.xlsm", marks=[SECOND])
    with zipfile.ZipFile(io.BytesIO(marked)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
        names = set(archive.namelist())
    assert not names & set(extra)
    assert not any(word in name for name in names for word in ("vba", "external", "embed", "connections"))
    for word in (b"example.org", b"WEBSERVICE", b"cmd|", b"HYPERLINK", b"calculatedColumn", b"[1]"):
        assert word not in everything, word
    workbook = openpyxl.load_workbook(io.BytesIO(marked))
    assert list(workbook.defined_names) == ["Inside"]
    rules = [rule.formula1 for rule in workbook["Data"].data_validations.dataValidation]
    assert rules == ['"a,b"', "Data!$A$1:$A$9", "10"]
    assert list(workbook["Data"].tables) == ["Figures"]
    assert [cell.hyperlink for row in workbook["Data"].iter_rows() for cell in row if cell.hyperlink] == []


def test_links_to_other_files_and_charts_are_left_out_of_the_package_before_it_is_opened():
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("Data")
    sheet.write_row("A1", ["mission", "value"])
    sheet.write_row("A2", ["KG", 5])
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=Data!$B$2:$B$2"})
    sheet.insert_chart("D2", chart)
    sheet.write_url("A3", "https://example.org/tracking", string="TJ")
    whole = book.add_chart({"type": "bar"})
    whole.add_series({"values": "=Data!$B$2:$B$2"})
    book.add_chartsheet("Chart").set_chart(whole)
    book.close()
    marked = mark_up(data=buffer.getvalue(), filename="a.xlsx", marks=[SECOND])
    with zipfile.ZipFile(io.BytesIO(marked)) as archive:
        assert not any("chart" in name or "drawings/drawing" in name for name in archive.namelist())
        assert all(b"example.org" not in archive.read(name) for name in archive.namelist())
    assert [cells["mission"] for _number, cells in read(marked)] == ["KG", "TJ"]


def replace_part(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """Give the same workbook with one thing changed in one of its parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                assert old in content
                content = content.replace(old, new, 1)
            target.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("vast", "place"),
    [
        (b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>', "A1"),
        (b'<mergeCells><mergeCell ref="A5:XFD9"/><mergeCell ref="A10:XFD20"/></mergeCells>', "B3"),
        (b'<hyperlinks><hyperlink ref="A1:XFD1048576" location="A1"/></hyperlinks>', "B3"),
    ],
)
def test_areas_that_would_be_vast_once_laid_out_are_copied_instead(vast: bytes, place: str):
    """openpyxl makes an object of every cell of such an area: with a billion of them the process would die."""
    data = replace_part(save(make_own()), "xl/worksheets/sheet1.xml", b"</sheetData>", b"</sheetData>" + vast)
    workbook = mark(data, SECOND)
    assert list(find_red(workbook["Data"])) == [place]
    assert "This is a copy of the values: the file could not be marked in its own looks." in [
        cell.value for cell in workbook[LIST]["A"]
    ]


def test_hidden_sheets_count_too(monkeypatch: pytest.MonkeyPatch):
    own = make_own()
    hidden = own.create_sheet("Hidden")
    hidden.sheet_state = "hidden"
    for number in range(1, 101):
        hidden.cell(number, 1, number)
    monkeypatch.setattr(markup, "MOST_OWN_CELLS", 50)
    workbook = mark(save(own), SECOND)
    assert workbook.sheetnames == [LIST, "Data"]
    monkeypatch.setattr(markup, "MOST_OWN_CELLS", 200)
    assert mark(save(own), SECOND).sheetnames == [LIST, "Data", "Hidden"]


def test_xml_that_declares_entities_is_refused():
    data = write_workbook([SPEC])
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/styles.xml":
                content = content.replace(b"<styleSheet", b'<!DOCTYPE x [<!ENTITY a "b">]><styleSheet', 1)
            new.writestr(name, content)
    with pytest.raises(WorkbookError, match="damaged"):
        mark_up(data=buffer.getvalue(), filename="a.xlsx", marks=[SECOND])
    with pytest.raises(WorkbookError, match="empty"):
        mark_up(data=b"", filename="a.xlsx", marks=[SECOND])


# Again


def make_template() -> bytes:
    rows = [{"key": f"r{number}", "value": number} for number in range(1, 4)]
    columns = [Column("key", hidden=True), Column("value", "Value", kind="number", help="The figure.")]
    return write_template(
        Template(
            kind="progress",
            version="3",
            title="Progress",
            sheets=[SheetSpec("Data", columns, rows)],
            steps=[],
        )
    )


def test_what_was_corrected_is_not_red_when_it_comes_back():
    data = make_template()
    first = mark_up(data=data, filename="a.xlsx", marks=[SECOND, Mark("Wrong.", row=2, letters="B")])
    again = mark_up(data=first, filename="a.xlsx", marks=[Mark("Still.", row=4, letters="B")])
    workbook = openpyxl.load_workbook(io.BytesIO(again))
    assert workbook.sheetnames == [LIST, "Instructions", "Data"]
    assert find_red(workbook["Data"]) == {"B4": "Still."}
    assert workbook["Data"]["B3"].comment is None
    assert workbook["Data"]["B1"].comment.text.startswith("The figure.")
    assert list_rows(workbook) == [("B4", "Value", "3", "Still.")]


def test_a_template_keeps_its_rules_and_what_it_says_of_itself():
    workbook = mark(make_template(), SECOND)
    assert {rule.type for rule in workbook["Data"].data_validations.dataValidation} == {"custom", "decimal"}
    assert workbook["Data"].protection.sheet
    stamp = {each.name: each.value for each in workbook.custom_doc_props.props}
    assert stamp == {
        "tracker kind": "progress", "tracker version": "3", "tracker data": "Data",
        "tracker ignored": "Instructions", "tracker marks": LIST,
    }  # fmt: skip


# Large ones


def test_an_xlsx_file_too_large_for_its_own_looks_is_copied_and_says_so(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(markup, "MOST_OWN_CELLS", 5)
    data = write_workbook([SPEC])
    marked = mark_up(data=data, filename="a.xlsx", marks=[SECOND])
    assert read(marked) == read(data)
    workbook = openpyxl.load_workbook(io.BytesIO(marked))
    assert find_red(workbook["Data"]) == {"B3": SECOND.message}
    assert "This is a copy of the values: the file could not be marked in its own looks." in [
        cell.value for cell in workbook[LIST]["A"]
    ]


@pytest.mark.parametrize("filename", WRITERS)
def test_of_a_very_large_file_the_rows_concerned_are_given_with_their_numbers(
    filename: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(markup, "MOST_OWN_CELLS", 5)
    monkeypatch.setattr(markup, "MOST_COPIED_CELLS", 5)
    workbook = mark(WRITERS[filename](), SECOND, filename=filename)
    sheet = workbook.worksheets[1]
    assert [[cell.value for cell in row][:3] for row in sheet.iter_rows()] == [
        ["Row", "Mission", "Value"],
        [3, "TJ", 0 if filename != "a.csv" else "0"],
    ]
    assert find_red(sheet) == {"C2": SECOND.message}
    link = workbook[LIST]["A" + str(workbook[LIST].max_row)].hyperlink
    assert link.location.replace("'", "") == f"{sheet.title}!C2"
    assert list_rows(workbook)[0][0] == "B3"
    assert [cell.value for cell in workbook[LIST]["A"]][1:3] == [
        f"1 thing to correct in {filename}.",
        "The file is large, so here are only the rows with something to correct, with their row numbers. Correct "
        "them in your own file, and upload that again.",
    ]


def test_a_file_that_openpyxl_cannot_open_is_copied(caplog: pytest.LogCaptureFixture):
    data = write_workbook([SPEC])
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/styles.xml":
                content = content.replace(b'<font><sz val="11"/>', b'<font><sz val="large"/>', 1)
            new.writestr(name, content)
    with caplog.at_level(logging.WARNING):
        marked = mark_up(data=buffer.getvalue(), filename="a.xlsx", marks=[SECOND])
    assert "could not be marked in its own looks" in caplog.text
    caplog.clear()
    assert read(marked) == read(data)
    assert find_red(openpyxl.load_workbook(io.BytesIO(marked))["Data"]) == {"B3": SECOND.message}


# Other ways in which workbooks are made


def make_xls() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Data")
    for index, heading in enumerate(["Mission", "Value", "Share", "Due", "Comment"]):
        sheet.write(0, index, heading)
    sheet.write_merge(1, 2, 0, 0, "KG")
    sheet.write(1, 1, 2.5)
    sheet.write(1, 2, 0.4, xlwt.easyxf(num_format_str="0%"))
    sheet.write(2, 3, date(2021, 12, 31), xlwt.easyxf(num_format_str="dd.mm.yyyy"))
    sheet.write(2, 4, "=1+1")
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_an_old_workbook_comes_back_as_a_new_one_with_its_merged_cells():
    data = make_xls()

    def read_merged(data: bytes, filename: str) -> list[dict[str, Any]]:
        columns = [column.key for column in COLUMNS]
        sheet = read_rows(
            data=data,
            filename=filename,
            columns=columns,
            percent_columns=("share",),
            key_columns=("mission",),
        )
        return [row.cells for row in sheet.rows]

    marked = mark_up(data=data, filename="old.xls", marks=[SECOND])
    assert read_merged(marked, "a.xlsx") == read_merged(data, "old.xls")
    assert read_merged(marked, "a.xlsx")[1]["mission"] == "KG"
    assert read_merged(marked, "a.xlsx")[0]["share"] == 40
    assert find_red(openpyxl.load_workbook(io.BytesIO(marked))["Data"]) == {"B3": SECOND.message}


@pytest.mark.parametrize("own_looks", [True, False])
def test_days_that_count_from_1904_stay_the_same_days(own_looks: bool, monkeypatch: pytest.MonkeyPatch):
    if not own_looks:
        monkeypatch.setattr(markup, "MOST_OWN_CELLS", 0)
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"date_1904": True})
    sheet = book.add_worksheet("Data")
    sheet.write_row("A1", ["mission", "due"])
    sheet.write_datetime("B2", datetime(2021, 12, 31), book.add_format({"num_format": "yyyy-mm-dd"}))
    # The same day as a bare number: 42,733 days after 1 January 1904.
    sheet.write_number("B3", (date(2021, 12, 31) - date(1904, 1, 1)).days)
    book.close()
    marked = mark_up(data=buffer.getvalue(), filename="a.xlsx", marks=[Mark("Wrong.", row=2, letters="A")])
    for data in (buffer.getvalue(), marked):
        sheet = read_rows(data=data, filename="a.xlsx", columns=("mission", "due"), date_columns=("due",))
        assert [row.cells["due"] for row in sheet.rows] == [date(2021, 12, 31)] * 2


def test_a_row_is_marked_where_it_shows_and_hidden_columns_stay_hidden(monkeypatch: pytest.MonkeyPatch):
    for limit in (100_000, 0):
        monkeypatch.setattr(markup, "MOST_OWN_CELLS", limit)
        sheet = mark(make_template(), Mark("Nothing new.", row=3))["Data"]
        assert find_red(sheet) == {"B3": "Nothing new."}
        assert sheet.column_dimensions["A"].hidden


def test_how_a_csv_file_was_read_holds_for_marking_it_too():
    data = "Миссия;value\nКГ;1,5\n".encode("cp1251")
    reading = Reading(encoding="cp1251", delimiter=";")
    marked = mark_up(data=data, filename="a.csv", marks=[Mark("Wrong.", row=2, letters="B")], reading=reading)
    sheet = openpyxl.load_workbook(io.BytesIO(marked)).worksheets[1]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [["Миссия", "value"], ["КГ", "1,5"]]


def test_a_text_too_long_for_a_cell_is_an_error_before_and_after():
    data = ("mission,comment\nKG," + "x" * 40_000 + "\n").encode()
    marked = mark_up(data=data, filename="a.csv", marks=[Mark("Shorten it.", row=2, letters="B")])
    for content, filename in ((data, "a.csv"), (marked, "a.xlsx")):
        assert isinstance(read(content, filename)[0][1]["comment"], CellError)
