"""Spreadsheets in and out: what a person sees in a sheet is what the rows hold, and nothing is lost on the way."""

import io
import re
import struct
import zipfile
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.common.workbooks.numbers import (
    AmbiguousNumber,
    NumberError,
    parse_date,
    parse_decimal,
    parse_yes_no,
)
from tracker.common.workbooks.reading import (
    CellError,
    Limits,
    Reading,
    Sheet,
    WorkbookError,
    normalise,
    read_rows,
)
from tracker.common.workbooks.writing import Column, SheetSpec, write_csv, write_workbook
from tracker.common.workbooks.xlsx import shows_percent


def make_xlsx(cells: dict[str, object], formats: dict[str, str] | None = None) -> bytes:
    """Give a workbook with these cells, by address, as openpyxl writes it."""
    workbook = openpyxl.Workbook()
    for place, value in cells.items():
        workbook.active[place] = value
    for place, number_format in (formats or {}).items():
        workbook.active[place].number_format = number_format
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def replace_in_zip(data: bytes, part: str, change) -> bytes:
    """Give the same archive with one part changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == part else content)
    return buffer.getvalue()


def make_ods(rows: str) -> bytes:
    """Give a minimal OpenDocument spreadsheet with these table rows."""
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
        for prefix in ("office", "table", "text")
    )
    calc = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} {calc}><office:body>'
        f'<office:spreadsheet><table:table table:name="Sheet1">{rows}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return buffer.getvalue()


def ods_cell(kind: str, shown: str, value: str = "", attributes: str = "") -> str:
    """Give one table cell of an OpenDocument spreadsheet."""
    given_value = f'office:{"date-value" if kind == "date" else "value"}="{value}"' if value else ""
    return (
        f'<table:table-cell office:value-type="{kind}" {given_value} {attributes}>'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )


def values(sheet: Sheet) -> list[tuple[int, dict[str, object]]]:
    return [(row.number, row.cells) for row in sheet.rows]


# Values and places


def test_row_numbers_are_those_of_the_sheet_despite_empty_rows_and_columns():
    data = make_xlsx({"B3": "name", "C3": "count", "B4": "a", "C4": 1, "B7": "b", "C7": 2.5})
    sheet = read_rows(data=data, filename="a.xlsx")
    assert values(sheet) == [
        (4, {"name": "a", "count": Decimal(1)}),
        (7, {"name": "b", "count": Decimal("2.5")}),
    ]
    assert (sheet.header_row, sheet.letters) == (3, {"name": "B", "count": "C"})


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


def test_headings_are_found_whatever_their_case_and_spaces():
    data = make_xlsx(
        {"A1": " Baseline\u00a0 Value", "B1": "MISSION", "C1": "Sex : Female", "D1": 2021, "A2": 5}
    )
    sheet = read_rows(
        data=data, filename="a.xlsx", columns=("mission", "baseline_value", "sex:female", "2020")
    )
    assert sheet.headers == ["baseline_value", "mission", "sex:female"]
    assert sheet.titles["baseline_value"] == "Baseline  Value"
    assert sheet.unknown_columns == ["2021"]
    assert values(sheet) == [(2, {"baseline_value": Decimal(5), "mission": None, "sex:female": None})]
    assert normalise(" Baseline\u00a0 Value ") == "baseline_value"


def test_the_header_is_found_below_titles_and_notes():
    data = make_xlsx({"A1": "Targets of the mission", "A3": "code", "B3": "value", "A4": "X", "B4": 1})
    sheet = read_rows(data=data, filename="a.xlsx", columns=("code", "value"))
    assert (sheet.header_row, values(sheet)) == (3, [(4, {"code": "X", "value": Decimal(1)})])


def test_a_row_of_hxl_tags_is_recognised_and_skipped():
    csv_file = b"code,value\n#country+code,#indicator + value + num\nKG,4\n"
    sheet = read_rows(data=csv_file, filename="a.csv")
    assert sheet.hxl == {"code": "#country+code", "value": "#indicator + value + num"}
    assert values(sheet) == [(3, {"code": "KG", "value": "4"})]


def test_an_error_in_a_cell_is_neither_a_value_nor_nothing():
    workbook = io.BytesIO()
    book = xlsxwriter.Workbook(workbook)
    page = book.add_worksheet()
    page.write_row(0, 0, ["a", "b", "c", "d"])
    page.write_formula(1, 0, "=NA()", None, "#N/A")
    page.write_formula(1, 1, "=1/0", None, "#DIV/0!")
    page.write_formula(1, 2, "=1+1", None, 2)
    page.write_formula(1, 3, '=""', None, "")
    book.close()
    (row,) = read_rows(data=workbook.getvalue(), filename="a.xlsx").rows
    assert row.cells["a"] == CellError("#N/A")
    assert row.cells["b"] == CellError("#DIV/0!")
    assert row.cells["c"] == Decimal(2)
    with pytest.raises(NumberError, match="#DIV/0!"):
        parse_decimal(row.cells["b"])
    (text_row,) = read_rows(data=b"a,b\n#N/A,#REF!\n", filename="a.csv").rows
    assert text_row.cells == {"a": CellError("#N/A"), "b": CellError("#REF!")}


def test_a_formula_that_was_never_calculated_is_an_error_and_not_an_empty_cell():
    data = make_xlsx({"A1": "a", "B1": "b", "A2": "x", "B2": "=1+1", "B4": "=2+2"})
    first, last = read_rows(data=data, filename="a.xlsx").rows
    assert first.cells == {"a": "x", "b": CellError("")}
    assert (last.number, last.cells) == (4, {"a": None, "b": CellError("")})
    assert "never calculated" in first.cells["b"].message


def test_other_sheets_hidden_sheets_and_macros_are_named_and_not_read():
    workbook = openpyxl.Workbook()
    workbook.active.sheet_state = "hidden"
    workbook.active["A1"] = "secret"
    for name in ("Data", "More"):
        page = workbook.create_sheet(name)
        page["A1"], page["A2"] = "code", name
    workbook.active = 1
    buffer = io.BytesIO()
    workbook.save(buffer)
    sheet = read_rows(data=buffer.getvalue(), filename="a.xlsm")
    assert sheet.name == "Data"
    assert values(sheet) == [(2, {"code": "Data"})]
    assert sheet.warnings == [
        "The macros in this workbook were ignored.",
        "Only the sheet “Data” was read; “More” was not.",
    ]


def test_a_value_without_a_heading_is_reported():
    sheet = read_rows(data=b"a,b\n1,2\n3,4,5\n", filename="a.csv")
    assert values(sheet)[1] == (3, {"a": "3", "b": "4"})
    assert sheet.warnings[0].startswith("Row 3 has a value in a column without a heading")


# Percentages


def test_a_cell_shown_as_forty_percent_is_forty():
    data = make_xlsx(
        {
            "A1": "p",
            "B1": "q",
            "A2": 0.4,
            "B2": 0.4,
            "A3": 40,
            "A4": "40 %",
            "A5": "12,5%",
            "A6": 0.07,
            "A7": 1.1,
        },
        {"A2": "0%", "B2": "0%", "A6": "#,##0.00%", "A7": "0.0%;[Red]-0.0%"},
    )
    sheet = read_rows(data=data, filename="a.xlsx", percent_columns=("P",))
    assert [str(row.cells["p"]) for row in sheet.rows] == ["40", "40", "40", "12.5", "7", "110"]
    assert sheet.rows[0].cells["q"] == Decimal("0.4")


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


def test_percent_cells_are_found_in_xml_written_in_an_unusual_way():
    data = make_xlsx({"A1": "p", "B1": "e", "A2": 0.4, "B2": "#N/A", "A3": 40}, {"A2": "0%"})
    usual = read_rows(data=data, filename="a.xlsx", percent_columns=("p",))

    def change(xml: bytes) -> bytes:
        xml = re.sub(rb'<c r="([A-Z]\d)" s="(\d+)"', rb"<c  s='\2' r='\1'", xml)
        return xml.replace(b'<c r="A1"', b"<c").replace(b"<sheetData>", b"<!-- note --><sheetData>")

    changed = replace_in_zip(data, "xl/worksheets/sheet1.xml", change)
    sheet = read_rows(data=changed, filename="a.xlsx", percent_columns=("p",))
    assert changed != data
    assert values(sheet) == values(usual)
    assert values(sheet) == [
        (2, {"p": Decimal(40), "e": CellError("#N/A")}),
        (3, {"p": Decimal(40), "e": None}),
    ]


def test_an_opendocument_sheet_gives_the_same_rows():
    empty = '<table:table-cell table:number-columns-repeated="2"/>'
    data = make_ods(
        '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
        f"<table:table-row>{empty}{ods_cell('string', 'p')}{ods_cell('string', 'due')}{ods_cell('string', 'e')}"
        "</table:table-row>"
        f'<table:table-row table:number-rows-repeated="2">{empty}{ods_cell("percentage", "40 %", "0.4")}'
        f"{ods_cell('date', '31.12.21', '2021-12-31')}"
        f"{ods_cell('string', '#DIV/0!', attributes='calcext:value-type=' + chr(34) + 'error' + chr(34))}"
        "</table:table-row>"
        '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
        f"<table:table-row>{empty}{ods_cell('float', '0.1', '0.1')}</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    sheet = read_rows(data=data, filename="a.ods", percent_columns=("p",))
    full = {"p": Decimal(40), "due": date(2021, 12, 31), "e": CellError("#DIV/0!")}
    assert values(sheet) == [(4, full), (5, full), (9, {"p": Decimal("0.1"), "due": None, "e": None})]


# CSV


def test_a_cyrillic_csv_file_of_windows_is_read():
    text = "Миссия;Значение;Комментарий\r\nКыргызстан;1 234,5;да\r\n\r\nТуркменистан;40 %;нет\r\n"
    sheet = read_rows(data=text.encode("cp1251"), filename="a.csv", percent_columns=("значение",))
    assert (sheet.encoding, sheet.delimiter) == ("cp1251", ";")
    assert values(sheet) == [
        (2, {"миссия": "Кыргызстан", "значение": "1 234,5", "комментарий": "да"}),
        (4, {"миссия": "Туркменистан", "значение": Decimal(40), "комментарий": "нет"}),
    ]
    assert "Windows Cyrillic (cp1251)" in sheet.warnings[0]
    assert parse_decimal(sheet.rows[0].cells["значение"]) == Decimal("1234.5")


@pytest.mark.parametrize(
    ("encoding", "text", "delimiter"),
    [
        ("utf-8", "mission,note\nMoldova,Chișinău; Bălți\n", ","),
        ("utf-8-sig", "mission;note\nMoldova;Chișinău, Bălți\n", ";"),
        ("utf-16", "mission\tnote\nMoldova\tChișinău, Bălți\n", "\t"),
        ("utf-16-le", "mission\tnote\nMoldova\tChișinău, Bălți\n", "\t"),
        ("cp1252", "mission;note\nFrançois;été, déjà vu\n", ";"),
        ("utf-8", "sep=;\nmission;note\nMoldova;a, b\n", ";"),
    ],
)
def test_encoding_and_delimiter_are_found_out(encoding, text, delimiter):
    sheet = read_rows(data=text.encode(encoding), filename="a.csv")
    record = text.strip().split("\n")[-1]
    assert values(sheet) == [(2, dict(zip(("mission", "note"), record.split(delimiter), strict=True)))]
    assert sheet.delimiter == delimiter


def test_encoding_and_delimiter_can_be_overruled():
    data = "name;x\nČapljina;1\n".encode("cp1250")
    sheet = read_rows(data=data, filename="a.csv", reading=Reading(encoding="cp1250", delimiter=";"))
    assert sheet.rows[0].cells == {"name": "Čapljina", "x": "1"}


def test_an_unclosed_quotation_mark_is_refused_with_its_row():
    with pytest.raises(WorkbookError, match="from row 3 on: a quotation mark"):
        read_rows(data=b'a,b\n1,2\n"3,4\n5,6\n', filename="a.csv")


# Files that are refused


def lying_zip() -> bytes:
    """Give a workbook whose sheet is larger than the archive's directory says."""
    data = bytearray(replace_in_zip(make_xlsx({"A1": "a", "A2": 1}), "", bytes))
    place = data.rindex(b"xl/worksheets/sheet1.xml") - 46
    data[place + 24 : place + 28] = struct.pack("<I", 10)
    return bytes(data)


REFUSED = {
    "nothing at all": (b"", "a.xlsx", "is empty"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(50), "a.xlsx", "is no workbook"),
    "a picture as text": (b"\x89PNG\r\n\x1a\n" + bytes(50), "a.csv", "is no CSV file"),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3", "a.xlsx", "is no workbook"),
    "random bytes": (bytes(range(1, 250)) * 9, "a.xlsx", "is no workbook"),
    "random bytes as text": (bytes(range(1, 250)) * 9, "a.csv", "is no CSV file"),
    "a web page": (b"<!DOCTYPE html><html></html>", "a.csv", "is no CSV file"),
    "half an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.xls", "is damaged"),
    "a password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        "a.xlsx",
        "protected by a password",
    ),
    "half a file": (make_xlsx({"A1": "a", "A2": 1})[:2000], "a.xlsx", "is damaged"),
    "a lying archive": (lying_zip(), "a.xlsx", "is damaged"),
    "broken XML": (
        replace_in_zip(make_xlsx({"A1": "a", "A2": 1}), "xl/workbook.xml", lambda xml: xml[:80]),
        "a.xlsx",
        "is damaged",
    ),
    "an unfinished table": (
        replace_in_zip(make_ods(""), "content.xml", lambda xml: xml.replace(b"</table:table>", b"")),
        "a.ods",
        "is damaged",
    ),
    "an empty sheet": (make_xlsx({}), "a.xlsx", "has no data"),
    "blank text": (b" \n\n", "a.csv", "has no header"),
    "only a header": (make_xlsx({"A1": "a", "B1": "b"}), "a.xlsx", "has no rows below its header"),
    "only a header and tags": (b"a,b\n#adm1,#affected\n", "a.csv", "has no rows"),
    "a heading twice": (
        make_xlsx({"A1": "Due", "C1": " due ", "A2": 1}),
        "a.xlsx",
        r"“due” twice \(columns A and C of row 1\)",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_read_is_refused_with_a_clear_sentence(name):
    data, filename, sentence = REFUSED[name]
    with pytest.raises(WorkbookError, match=sentence) as refusal:
        read_rows(data=data, filename=filename)
    assert str(refusal.value).startswith(filename)


def test_a_sheet_without_any_known_column_is_refused():
    with pytest.raises(WorkbookError, match="expected are: code, value"):
        read_rows(data=b"x,y\n1,2\n", filename="a.csv", columns=("code", "value"))


@pytest.mark.parametrize(
    ("limits", "sentence"),
    [
        (Limits(file_bytes=1000), "where 0.0 MB is the most"),
        (Limits(unpacked_bytes=2000), "too large when unpacked"),
        (Limits(rows=5), "down to row 6, where 5"),
        (Limits(columns=2), "across to column C, where B"),
        (Limits(cells=17), r"too many cells \(6 rows × 3 columns\)"),
    ],
)
def test_a_file_beyond_the_limits_is_refused(limits, sentence):
    data = make_xlsx({"A1": "a", "B1": "b", "C1": "c", "A6": 1})
    assert read_rows(data=data, filename="a.xlsx", limits=Limits(rows=6, columns=3, cells=18)).rows
    with pytest.raises(WorkbookError, match=sentence):
        read_rows(data=data, filename="a.xlsx", limits=limits)


def test_a_stray_cell_in_the_last_corner_is_refused_before_the_rectangle_is_laid_out():
    with pytest.raises(WorkbookError, match="down to row 1048576"):
        read_rows(data=make_xlsx({"A1": "a", "A2": 1, "XFD1048576": 1}), filename="a.xlsx")
    cell = ods_cell("float", "1", "1", 'table:number-columns-repeated="16384"')
    with pytest.raises(WorkbookError, match="down to row 900000"):
        read_rows(
            data=make_ods(f'<table:table-row table:number-rows-repeated="900000">{cell}</table:table-row>'),
            filename="a.ods",
        )


def test_formatting_without_content_far_below_does_no_harm():
    data = make_xlsx({"A1": "a", "A2": 1}, {"AZ1000000": "0%"})
    assert values(read_rows(data=data, filename="a.xlsx")) == [(2, {"a": Decimal(1)})]


# Numbers, dates, yes and no


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1234", "1234"), ("1 234,5", "1234.5"), ("1\u202f234\u00a0567", "1234567"), ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"), ("1,234,567", "1234567"), ("1.234.567,89", "1234567.89"), ("0,5", "0.5"),
        ("0,125", "0.125"), ("1234,567", "1234.567"), ("12.5", "12.5"), ("−7", "-7"), ("-1 000", "-1000"),
        ("+3", "3"), ("40 %", "40"), ("40%", "40"), ("1'234.50", "1234.5"), ("100", "100"),
        (".5", "0.5"), ("1 234,567", "1234.567"),
    ],
)  # fmt: skip
def test_a_number_is_read_in_the_ways_people_write_it(text, expected):
    assert format(parse_decimal(text), "f") == expected


@pytest.mark.parametrize(("text", "sign"), [("1,234", 1), ("1.234", 1), ("-1,234", -1)])
def test_what_can_be_two_numbers_is_not_guessed(text, sign):
    with pytest.raises(AmbiguousNumber, match="can be read as") as refusal:
        parse_decimal(text)
    assert refusal.value.readings == (Decimal(1234) * sign, Decimal("1.234") * sign)
    mark = "," if "," in text else "."
    assert parse_decimal(text, locale_hint=mark) == Decimal("1.234") * sign
    assert parse_decimal(text, locale_hint="." if mark == "," else ",") == 1234 * sign


@pytest.mark.parametrize(
    "value",
    ["abc", "12 abc", "nan", "inf", "-Infinity", "1e309", "1e3", "1.23E+05", "1,2,3", "12 34",
     "40%%", "1,23.4", "--5", "5-", "٣", "%", "",
     None, True, date(2021, 1, 1), Decimal("NaN"), Decimal("1E+300"), float("inf"), 10**30, CellError("#N/A")],
)  # fmt: skip
def test_what_is_no_number_is_refused_with_a_sentence(value):
    with pytest.raises(NumberError, match=r"^[“T].*\.$"):
        parse_decimal(value)


def test_a_number_cell_is_never_ambiguous():
    data = make_xlsx({"A1": "n", "A2": 1.234, "A3": 1234})
    numbers = [parse_decimal(row.cells["n"]) for row in read_rows(data=data, filename="a.xlsx").rows]
    assert numbers == [Decimal("1.234"), Decimal(1234)]


@pytest.mark.parametrize(
    "value",
    [date(2021, 12, 31), datetime(2021, 12, 31, 23, 59), "2021-12-31", "31.12.2021", "31/12/2021", "31-12-2021",
     "31 Dec 2021", " 31 December 2021", "2021-12-31T00:00:00", "2021-12-31 00:00:00", Decimal(44561), 44561],
)  # fmt: skip
def test_a_date_is_read_in_the_ways_people_write_it(value):
    assert parse_date(value) == date(2021, 12, 31)


def test_the_day_comes_before_the_month():
    assert parse_date("04/11/2022") == date(2022, 11, 4)
    with pytest.raises(NumberError, match=r"no month 31.*31/12/2021.*2021-12-31"):
        parse_date("12/31/2021")


@pytest.mark.parametrize(
    "value",
    ["", None, "soon", "31.12.21", "31.02.2021", "0021-12-31", 2021, True, Decimal("0.5"), CellError("#N/A")],
)
def test_what_is_no_date_is_refused_with_a_sentence(value):
    with pytest.raises(NumberError, match=r"^[“T].*\.$"):
        parse_date(value)


def test_yes_and_no_are_read_in_several_languages():
    assert all(parse_yes_no(value) for value in ("Yes", "TRUE", "1", Decimal(1), "x", "Да", "oui", True))
    assert not any(parse_yes_no(value) for value in ("no", "false", "0", Decimal(0), "нет", "Non", False))
    for value in ("maybe", None, " ", 2, CellError("#N/A")):
        with pytest.raises(NumberError):
            parse_yes_no(value)


# Writing

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", " =1+1", "'=1", "''+2", "'quoted'", "=cmd|' /C calc'!A0", "5"]


def test_text_never_becomes_a_formula():
    spec = SheetSpec(name="Data", columns=[Column("text")], rows=[{"text": text} for text in FORMULAS])
    workbook = write_workbook([spec])
    page = openpyxl.load_workbook(io.BytesIO(workbook))["Data"]
    assert {cell.data_type for cell in page["A"]} == {"s"}
    assert [cell.value for cell in page["A"][1:]] == FORMULAS
    lines = write_csv(spec).decode("utf-8-sig").split("\r\n")[1:-1]
    assert not any(re.match(r"\s*[=+\-@]", line.strip('"')) for line in lines)
    for data, name in ((workbook, "a.xlsx"), (write_csv(spec), "a.csv")):
        read = [row.cells["text"] for row in read_rows(data=data, filename=name).rows]
        assert read == [text.strip() for text in FORMULAS]


def test_a_written_workbook_has_real_numbers_dates_and_percentages():
    spec = SheetSpec(
        name="Targets: 2021/2022",
        columns=[
            Column("mission", "Mission", width=30, hxl="#country"),
            Column("due", "Due", kind="date"),
            Column("share", "Share", kind="percent"),
            Column("count", "Count", kind="number", number_format="#,##0"),
            Column("sure", "Sure"),
        ],
        rows=[
            {
                "mission": "KG",
                "due": date(2021, 12, 31),
                "share": Decimal("12.5"),
                "count": 1234,
                "sure": True,
            },
            {"mission": "TJ", "count": 0},
        ],
        notes=["Made for the test"],
    )
    page = openpyxl.load_workbook(io.BytesIO(write_workbook([spec, spec]))).worksheets[0]
    assert page.title == "Targets  2021 2022"
    assert (page.freeze_panes, page.auto_filter.ref, page.column_dimensions["A"].width > 29) == (
        "A4",
        "A3:E6",
        True,
    )
    assert [cell.value for cell in page[5]] == ["KG", datetime(2021, 12, 31), 0.125, 1234, True]
    assert [page[f"{letter}5"].number_format for letter in "BCD"] == ["d mmm yyyy", "0.0%", "#,##0"]
    assert [cell.value for cell in page[6]] == ["TJ", None, None, 0, None]

    columns = ("mission", "due", "share", "count", "sure")
    sheet = read_rows(
        data=write_workbook([spec]), filename="a.xlsx", columns=columns, percent_columns=("share",)
    )
    assert sheet.hxl == {"mission": "#country"}
    first, second = sheet.rows
    assert first.number == 5
    assert first.cells == {
        "mission": "KG", "due": date(2021, 12, 31), "share": Decimal("12.5"), "count": Decimal(1234), "sure": True,
    }  # fmt: skip
    assert second.cells == {"mission": "TJ", "due": None, "share": None, "count": Decimal(0), "sure": None}


def test_the_same_rows_give_the_same_bytes():
    def write(created: datetime | None = None) -> bytes:
        spec = SheetSpec(
            name="Data", columns=[Column("a"), Column("b", kind="number")], rows=[("x", 1), ("y", 2)]
        )
        return write_workbook([spec]) if created is None else write_workbook([spec], created=created)

    assert write() == write()
    assert write(datetime(2022, 11, 4, tzinfo=UTC)) != write()


def test_what_a_workbook_cannot_hold_is_cut_or_refused_and_never_lost_silently():
    long = SheetSpec(name="Data", columns=[Column("a")], rows=[("x" * 40_000,)])
    (row,) = read_rows(data=write_workbook([long]), filename="a.xlsx").rows
    assert len(row.cells["a"]) == 32_767
    assert row.cells["a"].endswith("x…")
    for data in (float("nan"), Decimal("Infinity")):
        spec = SheetSpec(name="Data", columns=[Column("a")], rows=[(data,)])
        for write in (write_csv, lambda one: write_workbook([one])):
            with pytest.raises((ValueError, TypeError)):
                write(spec)
    with pytest.raises(ValueError, match="1 values for 2 columns"):
        write_csv(SheetSpec(name="Data", columns=[Column("a"), Column("b")], rows=[("x",)]))


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), max_size=20).map(
    lambda text: text.strip("\ufeff\u200b\u00a0\u2007\u202f ") or "text"
).filter(lambda text: not re.search("[\u00a0\u2007\u202f\u200b\ufeff]", text) and text == text.strip()
         and not text.startswith("#"))  # fmt: skip
NUMBERS = st.decimals(min_value=-(10**9), max_value=10**9, places=4)
DATES = st.dates(date(1901, 1, 1), date(2199, 12, 31))
ROWS = st.lists(
    st.tuples(TEXTS, st.none() | NUMBERS, st.none() | NUMBERS, st.none() | DATES), min_size=1, max_size=8
)
COLUMNS = [
    Column("text"),
    Column("number", kind="number"),
    Column("share", kind="percent"),
    Column("day", kind="date"),
]


@settings(max_examples=60, deadline=None)
@given(rows=ROWS)
def test_what_is_written_is_read_again(rows):
    spec = SheetSpec(name="Data", columns=COLUMNS, rows=rows)
    sheet = read_rows(data=write_workbook([spec]), filename="a.xlsx", percent_columns=("share",))
    assert [tuple(row.cells.values()) for row in sheet.rows] == rows
    assert [row.number for row in sheet.rows] == list(range(2, len(rows) + 2))

    text = read_rows(data=write_csv(spec), filename="a.csv", percent_columns=("share",))
    read = [
        (
            row.cells["text"],
            row.cells["number"] and parse_decimal(row.cells["number"]),
            row.cells["share"] and parse_decimal(row.cells["share"]),
            row.cells["day"] and parse_date(row.cells["day"]),
        )
        for row in text.rows
    ]
    assert read == rows
