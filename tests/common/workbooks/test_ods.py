"""OpenDocument sheets give the same cells as Excel's, from repeated rows and cells, paragraphs and types."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from tests.common.workbooks.files import make_ods, make_ods_of, ods_cell, ods_row, values
from tracker.common.workbooks.numbers import parse_decimal
from tracker.common.workbooks.reading import CellError, Limits, Reading, WorkbookError, read_rows

EMPTY = "<table:table-cell/>"


def read(data: bytes, **options):
    return read_rows(data=data, filename="a.ods", **options)


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def test_repeated_rows_and_cells_stand_in_their_places():
    empty = '<table:table-cell table:number-columns-repeated="2"/>'
    error = ods_cell("string", "#DIV/0!", attributes='calcext:value-type="error"')
    data = make_ods(
        row(EMPTY, attributes='table:number-rows-repeated="2"')
        + row(empty, *(ods_cell("string", heading) for heading in ("p", "due", "e")))
        + row(
            empty,
            ods_cell("percentage", "40 %", "0.4"),
            ods_cell("date", "31.12.21", "2021-12-31"),
            error,
            attributes='table:number-rows-repeated="2"',
        )
        + row(EMPTY, attributes='table:number-rows-repeated="3"')
        + row(empty, ods_cell("float", "0.1", "0.1"))
        + row(
            '<table:table-cell table:number-columns-repeated="16384"/>',
            attributes='table:number-rows-repeated="1048000"',
        )
    )
    sheet = read(data, percent_columns=("p",))
    full = {"p": Decimal(40), "due": date(2021, 12, 31), "e": CellError("#DIV/0!")}
    assert values(sheet) == [(4, full), (5, full), (9, {"p": Decimal("0.1"), "due": None, "e": None})]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (ods_cell("float", "1,5", "1.5"), Decimal("1.5")),
        (ods_cell("currency", "5 €", "5"), Decimal(5)),
        (ods_cell("float", "Err:502", "0"), CellError("Err:502")),
        (ods_cell("float", "#N/A", "0"), CellError("#N/A")),
        ('<table:table-cell office:value-type="float" office:value="1e999"/>', CellError("#NUM!")),
        (ods_cell("date", "x", "2021-12-31T13:05:00"), datetime(2021, 12, 31, 13, 5)),
        (ods_cell("date", "31.12.0000", "0000-12-31"), "31.12.0000"),
        ('<table:table-cell office:value-type="boolean" office:boolean-value="true"/>', True),
        ('<table:table-cell office:value-type="time" office:time-value="PT30H05M00S"/>', "30:05:00"),
        (ods_cell("string", "a<text:s text:c='3'/>b<text:tab/>c<text:line-break/>d"), "a   b\tc\nd"),
        (ods_cell("string", "one</text:p><text:p>two <text:span>three</text:span>"), "one\ntwo three"),
        (ods_cell("string", "val</text:p><office:annotation><text:p>note</text:p></office:annotation><text:p>ue"),
         "val\nue"),
        (ods_cell("string", "val<text:note><text:p>note</text:p></text:note>ue"), "value"),
        (ods_cell("string", "shown", attributes='office:string-value="meant"'), "meant"),
        ('<table:table-cell table:formula="of:=1+1"/>', CellError("")),
        ('<table:table-cell table:formula="of:=A1" office:value-type="string" office:string-value=""/>', None),
    ],
)  # fmt: skip
def test_a_cell_is_what_the_sheet_shows(cell, value):
    sheet = read(make_ods(ods_row("k", "v") + row(ods_cell("string", "X"), cell)))
    assert sheet.columns["v"] == [value]
    assert type(sheet.columns["v"][0]) is type(value)


def test_hidden_and_merged_cells_are_as_in_a_workbook_of_excel():
    data = make_ods(
        '<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
        + ods_row("code", "value", "note")
        + row(
            ods_cell("string", "X", attributes='table:number-rows-spanned="2"'),
            ods_cell("float", "1", "1"),
        )
        + row(
            "<table:covered-table-cell/>", ods_cell("float", "2", "2"), attributes='table:visibility="filter"'
        )
        + row(
            ods_cell("string", "Y"),
            ods_cell("float", "3", "3", 'table:number-rows-spanned="2"'),
        )
        + row(EMPTY, "<table:covered-table-cell/>", ods_cell("string", "n"))
    )
    sheet = read(data, columns=("code", "value", "note"), key_columns=("code",))
    assert sheet.columns["code"] == ["X", "X", "Y", None]
    assert sheet.columns["value"][:2] == [1, 2]
    assert "merged over rows 4–5" in sheet.columns["value"][2].message
    assert sheet.warnings == [
        "In “code”, cells merged over several rows count for each of them: rows 2–3.",
        "Row 3 is hidden; it was read too.",
        "Columns B–C are hidden; they were read too.",
    ]


def test_sheets_are_chosen_as_in_a_workbook_of_excel():
    hidden = (
        '<style:style style:name="h" style:family="table"><style:table-properties table:display="false"/>'
    )
    table = '<table:table table:name="{}" table:style-name="{}">{}</table:table>'
    filled = ods_row("code", "value") + ods_row("X", "1")
    data = make_ods(
        filled,
        more=table.format("More", "", filled) + table.format("Away", "h", filled),
        styles=hidden + "</style:style>",
    )
    assert [choice.name for choice in read(data).sheets] == ["Sheet1", "More"]
    sheet = read(data, reading=Reading(sheet="*"))
    assert [sheet.place_of(key) for key in sheet.numbers] == [("Sheet1", 2), ("More", 2)]


def test_text_numbers_of_a_sheet_tell_the_decimal_mark():
    data = make_ods(ods_row("v") + ods_row("1,5") + ods_row("1,234"))
    sheet = read(data, number_columns=("v",))
    assert [str(parse_decimal(cell, locale_hint=sheet.decimal_mark)) for cell in sheet.columns["v"]] == [
        "1.5",
        "1.234",
    ]


def test_what_other_prefixes_name_is_the_same():
    plain = make_ods(ods_row("code") + ods_row("X"))
    urn = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<o:document-content xmlns:o="{urn}office:1.0" xmlns:t="{urn}table:1.0" xmlns:x="{urn}text:1.0"><o:body>'
        '<o:spreadsheet><t:table t:name="Sheet1">'
        '<t:table-row><t:table-cell o:value-type="string"><x:p>code</x:p></t:table-cell></t:table-row>'
        '<t:table-row><t:table-cell o:value-type="string"><x:p>X</x:p></t:table-cell></t:table-row>'
        "</t:table></o:spreadsheet></o:body></o:document-content>"
    )
    assert values(read(make_ods_of(content))) == values(read(plain)) == [(2, {"code": "X"})]


def test_macros_are_named_and_ignored():
    from tests.common.workbooks.files import add_to_zip

    data = add_to_zip(make_ods(ods_row("code") + ods_row("X")), "Basic/Standard/Module1.xml", b"<x/>")
    assert read(data).warnings == ["The macros in this workbook were ignored."]


@pytest.mark.parametrize(
    ("limits", "sentence"),
    [
        (Limits(rows=7), "down to row 8, where 7"),
        (Limits(columns=2), "across to column C, where B"),
        (Limits(cells=23), r"too many cells \(8 rows × 3 columns\)"),
        (Limits(merged=0), "too many merged cells"),
        (Limits(sheets=0), "has 1 sheet, where 0"),
    ],
)
def test_a_document_beyond_the_limits_is_refused(limits, sentence):
    cell = ods_cell("string", "x", attributes='table:number-columns-repeated="2"')
    merged = ods_cell("string", "x", attributes='table:number-columns-spanned="2"')
    data = make_ods(ods_row("a", "b", "c") + row(cell, merged, attributes='table:number-rows-repeated="7"'))
    assert len(read(data, limits=Limits(rows=8, columns=3, cells=24, merged=1, sheets=1)).numbers) == 7
    with pytest.raises(WorkbookError, match=sentence):
        read(data, limits=limits)


def test_a_cell_repeated_without_end_is_refused_before_it_is_laid_out():
    cell = ods_cell("float", "1", "1", 'table:number-columns-repeated="16384"')
    with pytest.raises(WorkbookError, match="down to row 900000"):
        read(make_ods(row(cell, attributes='table:number-rows-repeated="900000"')))
    far = ods_cell("float", "1", "1", 'table:number-columns-repeated="99999999999999999999"')
    with pytest.raises(WorkbookError, match="across to column"):
        read(make_ods(row(far)))
