"""What a person sees in a sheet is what its cells hold."""

import io
import re
import zipfile
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from tests.common.workbooks.files import SHEET_1, make_xlsx, replace_in_zip, values
from tracker.common.workbooks.cells import clean_text, read_text
from tracker.common.workbooks.numbers import NumberError, parse_date, parse_decimal
from tracker.common.workbooks.reading import CellError, Limits, read_rows
from tracker.common.workbooks.xlsx import shows_percent


def test_row_numbers_are_those_of_the_sheet_despite_empty_rows_and_columns():
    data = make_xlsx({"B3": "name", "C3": "count", "B4": "a", "C4": 1, "B7": "b", "C7": 2.5})
    sheet = read_rows(data=data, filename="a.xlsx")
    assert values(sheet) == [
        (4, {"name": "a", "count": Decimal(1)}),
        (7, {"name": "b", "count": Decimal("2.5")}),
    ]
    assert (sheet.header_row, sheet.letters) == (3, {"name": "B", "count": "C"})


def test_cells_are_given_by_column_beside_the_numbers_of_their_rows():
    data = make_xlsx({"A1": "name", "B1": "count", "A2": "a", "B2": 1, "A5": "b"})
    sheet = read_rows(data=data, filename="a.xlsx")
    assert sheet.numbers == [2, 5]
    assert sheet.columns == {"name": ["a", "b"], "count": [Decimal(1), None]}
    assert [sheet.place_of(key) for key in sheet.numbers] == [("", 2), ("", 5)]
    assert sheet.letter_of(5, "count") == "B"


def test_a_value_is_exact_typed_and_trimmed():
    cells = {
        "A1": "n", "B1": "m", "C1": "d", "D1": "t", "E1": "yes", "F1": "text", "G1": "blank", "H1": "clock",
        "A2": 0.1, "B2": 3, "C2": date(2021, 12, 31), "D2": datetime(2021, 12, 31, 13, 5), "E2": True,
        "F2": "\u00a0Kyrgyz\u00a0Republic \n", "G2": " \u00a0 ", "H2": timedelta(hours=30, minutes=5),
    }  # fmt: skip
    (row,) = read_rows(data=make_xlsx(cells), filename="a.xlsx").rows
    assert row.cells == {
        "n": Decimal("0.1"),
        "m": Decimal(3),
        "d": date(2021, 12, 31),
        "t": datetime(2021, 12, 31, 13, 5),
        "yes": True,
        "text": "Kyrgyz Republic",
        "blank": None,
        "clock": "30:05:00",
    }
    assert not any(isinstance(value, float) for value in row.cells.values())
    assert str(row.cells["m"]) == "3"


def test_the_noise_of_binary_arithmetic_is_not_read():
    assert 0.1 + 0.2 != 0.3
    (row,) = read_rows(data=make_xlsx({"A1": "n", "A2": 0.1 + 0.2}), filename="a.xlsx").rows
    assert row.cells["n"] == Decimal("0.3")


def test_yes_and_the_number_one_are_not_mixed_up():
    sheet = read_rows(
        data=make_xlsx({"A1": "x", "A2": True, "A3": 1, "A4": 0, "A5": False}), filename="a.xlsx"
    )
    assert [str(cell) for cell in sheet.columns["x"]] == ["True", "1", "0", "False"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("SP1\u200b-O1\u2060-I1", "SP1-O1-I1"),
        ("\u200eKG\u200f", "KG"),
        ("\ufeffBishkek\u2009 city\u3000", "Bishkek  city"),
        ("Миссия в\u00a0Бишкеке", "Миссия в Бишкеке"),
        ("საქართველო", "საქართველო"),
        ("Ереван / Երևան", "Ереван / Երևան"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("'quoted", "'quoted"),
        ("a\r\nb", "a\nb"),
    ],
)
def test_text_of_any_script_is_kept_and_what_nobody_sees_is_dropped(written, read):
    (row,) = read_rows(data=make_xlsx({"A1": "t", "A2": written}), filename="a.xlsx").rows
    assert row.cells == {"t": read}


@pytest.mark.parametrize(
    ("written", "read"),
    [("a\x0bb\u2028c\x85d", "a\nb\nc\nd"), ("be\x00ll\x07 \x7f\x9d", "bell"), ("half \ud800", "half \ufffd")],
)
def test_control_characters_go_and_breaks_of_their_own_kind_are_line_feeds(written, read):
    assert clean_text(written) == read


@given(st.text())
def test_text_that_was_cleaned_once_is_clean(text):
    assert clean_text(clean_text(text)) == clean_text(text)
    assert read_text(text) == read_text(clean_text(text))


def test_a_text_longer_than_a_cell_can_hold_is_an_error_of_that_cell():
    sheet = read_rows(data=b"a,b\n" + b"x" * 40_000 + b",1\ny,2\n", filename="a.csv")
    long, short = sheet.columns["a"]
    assert short == "y"
    assert long.message == "The text has 40000 characters; a cell can hold 32767. Shorten it."


# Errors and formulas


def test_an_error_in_a_cell_is_neither_a_value_nor_nothing():
    workbook = io.BytesIO()
    book = xlsxwriter.Workbook(workbook)
    page = book.add_worksheet()
    page.write_row(0, 0, ["a", "b", "c"])
    page.write_formula(1, 0, "=NA()", None, "#N/A")
    page.write_formula(1, 1, "=1/0", None, "#DIV/0!")
    page.write_formula(1, 2, "=1+1", None, 2)
    book.close()
    (row,) = read_rows(data=workbook.getvalue(), filename="a.xlsx").rows
    assert row.cells == {"a": CellError("#N/A"), "b": CellError("#DIV/0!"), "c": Decimal(2)}
    with pytest.raises(NumberError, match="#DIV/0!"):
        parse_decimal(row.cells["b"])
    (text_row,) = read_rows(data=b"a,b\n#N/A,#REF!\n", filename="a.csv").rows
    assert text_row.cells == {"a": CellError("#N/A"), "b": CellError("#REF!")}


@pytest.mark.parametrize(
    "code", ["#REF!", "#SPILL!", "#CALC!", "#GETTING_DATA", "#FIELD!", "#SOMETHING_NEW!"]
)
def test_an_error_of_any_program_is_an_error_of_its_cell_alone(code):
    def change(xml: bytes) -> bytes:
        return xml.replace(b't="n"><v>1</v>', b't="e"><f>A9</f><v>' + code.encode() + b"</v>")

    data = replace_in_zip(make_xlsx({"A1": "a", "A2": 1, "A3": 'say t="e"'}), SHEET_1, change)
    assert read_rows(data=data, filename="a.xlsx").columns == {"a": [CellError(code), 'say t="e"']}


def test_a_formula_that_was_never_calculated_is_an_error_and_not_an_empty_cell():
    data = make_xlsx({"A1": "a", "B1": "b", "A2": "x", "B2": "=1+1", "B4": "=2+2"})
    first, last = read_rows(data=data, filename="a.xlsx").rows
    assert first.cells == {"a": "x", "b": CellError("")}
    assert (last.number, last.cells) == (4, {"a": None, "b": CellError("")})
    assert "never calculated" in first.cells["b"].message


def test_a_formula_that_points_outside_the_file_is_read_by_its_last_result():
    workbook = io.BytesIO()
    book = xlsxwriter.Workbook(workbook)
    page = book.add_worksheet()
    page.write_string(0, 0, "n")
    page.write_formula(1, 0, "='https://elsewhere.example/[other.xlsx]Data'!A1", None, 7)
    book.close()
    assert read_rows(data=workbook.getvalue(), filename="a.xlsx").columns == {"n": [Decimal(7)]}


# Dates


@pytest.mark.parametrize("since_1904", [False, True])
def test_a_date_is_the_day_that_the_sheet_shows_whichever_year_its_numbers_count_from(since_1904):
    workbook = io.BytesIO()
    book = xlsxwriter.Workbook(workbook, {"date_1904": since_1904})
    page = book.add_worksheet()
    page.write_row(0, 0, ["day", "due", "n"])
    page.write_datetime(1, 0, datetime(2021, 12, 31), book.add_format({"num_format": "d.m.yyyy"}))
    # 31 Dec 2021 without the format of a date: day 44561 since 1900, 1462 days less since 1904.
    page.write_number(1, 1, 44561 - 1462 * since_1904)
    page.write_number(1, 2, 44561)
    book.close()
    sheet = read_rows(data=workbook.getvalue(), filename="a.xlsx", date_columns=("due",))
    (row,) = sheet.rows
    assert row.cells["day"] == date(2021, 12, 31)
    assert parse_date(row.cells["due"]) == date(2021, 12, 31)
    assert row.cells["n"] == Decimal(44561)


def test_a_year_in_a_date_column_stays_a_year_in_a_workbook_that_counts_from_1904():
    workbook = io.BytesIO()
    book = xlsxwriter.Workbook(workbook, {"date_1904": True})
    page = book.add_worksheet()
    page.write_string(0, 0, "due")
    page.write_number(1, 0, 2022)
    book.close()
    sheet = read_rows(data=workbook.getvalue(), filename="a.xlsx", date_columns=("due",))
    assert sheet.columns == {"due": [Decimal(2022)]}


def test_a_date_written_as_iso_in_the_file_is_a_date():
    def change(xml: bytes) -> bytes:
        return xml.replace(b't="n"><v>1</v>', b't="d"><v>2021-12-31</v>')

    data = replace_in_zip(make_xlsx({"A1": "d", "A2": 1}), SHEET_1, change)
    assert read_rows(data=data, filename="a.xlsx").columns == {"d": [date(2021, 12, 31)]}


# Percentages


def test_a_cell_shown_as_forty_percent_is_forty():
    data = make_xlsx(
        {
            "A1": "p", "B1": "q", "A2": 0.4, "B2": 0.4, "A3": 40, "A4": "40 %", "A5": "12,5%", "A6": 0.07, "A7": 1.1,
        },
        {"A2": "0%", "B2": "0%", "A6": "#,##0.00%", "A7": "0.0%;[Red]-0.0%"},
    )  # fmt: skip
    sheet = read_rows(data=data, filename="a.xlsx", percent_columns=("P",))
    assert [str(cell) for cell in sheet.columns["p"]] == ["40", "40", "40", "12.5", "7", "110"]
    assert sheet.columns["q"][0] == Decimal("0.4")


@pytest.mark.parametrize(
    ("number_format", "expected"),
    [
        ("0%", True),
        ("0.0 %;-0.0 %", True),
        ('0" %"', False),
        (r"0\%", False),
        ("General", False),
        ("[Red]0", False),
    ],
)
def test_only_a_bare_percent_sign_in_a_number_format_multiplies(number_format, expected):
    assert shows_percent(number_format) is expected


# The same sheet in other words


def test_texts_that_cells_share_are_read_with_their_parts_and_without_their_pronunciation():
    workbook = io.BytesIO()
    book = xlsxwriter.Workbook(workbook)
    book.add_worksheet().write_column(0, 0, ["t", "one", "two", "", "one"])
    book.close()
    rich = (
        b"<si><r><t>tw</t></r><r><rPr><b/></rPr><t xml:space='preserve'>o parts</t></r>"
        b"<rPh sb='0' eb='1'><t>too</t></rPh></si>"
    )
    data = replace_in_zip(
        workbook.getvalue(), "xl/sharedStrings.xml", lambda xml: xml.replace(b"<si><t>two</t></si>", rich)
    )
    assert read_rows(data=data, filename="a.xlsx").columns == {"t": ["one", "two parts", "one"]}


def test_a_workbook_of_the_strict_kind_is_read():
    def make_strict(xml: bytes) -> bytes:
        xml = xml.replace(
            b"//schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"//purl.oclc.org/ooxml/spreadsheetml/main",
        )
        return xml.replace(
            b"//schemas.openxmlformats.org/officeDocument/2006/", b"//purl.oclc.org/ooxml/officeDocument/"
        )

    data = make_xlsx({"A1": "p", "A2": 0.4}, {"A2": "0%"})
    for part in ("_rels/.rels", "xl/_rels/workbook.xml.rels", "xl/workbook.xml", "xl/styles.xml", SHEET_1):
        data = replace_in_zip(data, part, make_strict)
    assert b"openxmlformats" not in zipfile.ZipFile(io.BytesIO(data)).read(SHEET_1)
    assert read_rows(data=data, filename="a.xlsx", percent_columns=("p",)).columns == {"p": [Decimal(40)]}


def test_a_workbook_whose_parts_have_other_names_is_read():
    renamed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(make_xlsx({"A1": "a", "A2": 1}))) as old,
        zipfile.ZipFile(renamed, "w") as new,
    ):
        for name in old.namelist():
            content = (
                old.read(name).replace(b"workbook.xml", b"workbook2.xml").replace(b"sheet1.xml", b"Data.XML")
            )
            new.writestr(
                name.replace("workbook.xml", "workbook2.xml").replace("sheet1.xml", "Data.XML"), content
            )
    assert read_rows(data=renamed.getvalue(), filename="a.xlsx").columns == {"a": [Decimal(1)]}


def unusual_spacing(xml: bytes) -> bytes:
    return re.sub(rb'<c r="([A-Z]\d)" s="(\d+)"', rb"<c  s='\2' r='\1'", xml)


def without_places(xml: bytes) -> bytes:
    return re.sub(rb'<c r="[A-Z]\d"', b"<c", xml)


def with_prefixes(xml: bytes) -> bytes:
    xml = re.sub(rb"<(/?)([a-zA-Z])", rb"<\1x:\2", xml)
    return xml.replace(b"<x:worksheet xmlns=", b"<x:worksheet xmlns:x=")


def with_comments(xml: bytes) -> bytes:
    return xml.replace(b"<sheetData>", b"<!-- note --><sheetData>").replace(b"</c>", b"</c><!-- cell -->")


def with_sections(xml: bytes) -> bytes:
    return xml.replace(b"<t>p</t>", b"<t><![CDATA[p]]></t>")


def with_style_last(xml: bytes) -> bytes:
    return re.sub(rb'<c r="([A-Z]\d)" s="(\d+)" t="(\w+)"', rb'<c r="\1" t="\3" s="\2"', xml)


@pytest.mark.parametrize(
    "change",
    [unusual_spacing, without_places, with_prefixes, with_comments, with_sections, with_style_last],
)
def test_percentages_errors_hidden_and_merged_cells_are_found_in_xml_written_in_an_unusual_way(change):
    def hide(page) -> None:
        page.row_dimensions[3].hidden = True
        page.column_dimensions["B"].hidden = True
        page.row_dimensions[1].height = 30

    cells = {
        "A1": "p", "B1": "e", "C1": "k", "A2": 0.4, "B2": "#N/A", "C2": "KG", "A3": 40, "B3": 0.1, "A4": "=1+1",
    }  # fmt: skip
    data = make_xlsx(cells, {"A2": "0%", "B3": "0%"}, merged=("C2:C3",), change=hide)
    changed = replace_in_zip(data, SHEET_1, change)
    usual, sheet = (
        read_rows(data=each, filename="a.xlsx", percent_columns=("p",), key_columns=("k",))
        for each in (data, changed)
    )
    assert changed != data
    assert (values(sheet), sheet.warnings) == (values(usual), usual.warnings)
    assert values(sheet) == [
        (2, {"p": Decimal(40), "e": CellError("#N/A"), "k": "KG"}),
        (3, {"p": Decimal(40), "e": Decimal("0.1"), "k": "KG"}),
        (4, {"p": CellError(""), "e": None, "k": None}),
    ]
    assert sheet.warnings == [
        "In “k”, cells merged over several rows count for each of them: rows 2–3.",
        "Row 3 is hidden; it was read too.",
        "Column B is hidden; it was read too.",
    ]


def test_a_limit_on_text_counts_characters_and_not_bytes():
    data = make_xlsx({"A1": "t", "A2": "Ж" * 10})
    assert read_rows(data=data, filename="a.xlsx", limits=Limits(characters=10)).columns == {"t": ["Ж" * 10]}
