"""Files of several sheets, and sheets that reach far, say that they do, or repeat themselves."""

import io

import openpyxl

from tests.batches.sheets import xlsx_of_sheets
from tests.common.workbooks.files import make_ods, make_xlsx, replace_in_zip

from .cases import Saved, Wrong, file, unreadable
from .layouts import KG, THREE, TJ, TO_5
from .making import SHEET, ods_number, ods_of, workbook

INSTRUCTIONS = [["How to fill this in"], ["indicator: the code"], ["mission: the code"]]
FOR_2020 = [THREE, ["SP1-O1-I1", "KG", 5]]
FOR_2021 = [THREE, ["SP1-O1-I1", "TJ", 6]]


@file(
    "sheets.xlsx",
    Saved(TO_5),
    sheet="2020",
    warnings=("Only the sheet “2020” was read; “Instructions”, “2021”, “Notes” were not.",),
)
def several_sheets() -> bytes:
    """Instructions stand first; of the two sheets with rows the first is read, and the others are named."""
    return xlsx_of_sheets(
        {"Instructions": INSTRUCTIONS, "2020": FOR_2020, "2021": FOR_2021, "Notes": [["Call her."]]}
    )


@file("sheets.xlsx", Saved(f"new 2 {TJ}: baseline_value → 6"), sheet="2021", reading={"sheet": "2021"})
def several_sheets_one_chosen() -> bytes:
    """The same, and the person chooses the second sheet with rows."""
    return several_sheets()


@file(
    "sheets.xlsx",
    Saved(f"changed 2020!2 {KG}: baseline_value 1000 → 5", f"new 2021!2 {TJ}: baseline_value → 6"),
    sheet="2020, 2021",
    reading={"sheet": "*"},
    warnings=("The sheets “Instructions”, “Notes” were not read: their columns differ.",),
)
def several_sheets_all_chosen() -> bytes:
    """The same, and the person chooses all sheets with these columns."""
    return several_sheets()


@file("chart.xlsx", Saved(TO_5))
def chart_sheet_in_front() -> bytes:
    """A sheet with nothing but a chart stands first."""
    book = openpyxl.Workbook()
    book.active.title = "Data"
    for row in FOR_2020:
        book.active.append(row)
    book.create_chartsheet("Chart", 0)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@file("vast.xlsx", Saved(TO_5))
def declared_to_the_last_cell() -> bytes:
    """The sheet says that it reaches to XFD1048576, and three cells hold something."""
    return replace_in_zip(
        workbook(FOR_2020), SHEET, lambda xml: xml.replace(b'ref="A1:C2"', b'ref="A1:XFD1048576"')
    )


@file(
    "stray.xlsx",
    unreadable(
        "stray.xlsx reaches down to row 1048576, where 250000 is the most. Delete what stands below your rows, or "
        "split the file into parts."
    ),
)
def stray_cell_in_the_last_row() -> bytes:
    """A forgotten space stands in the last row that there can be."""
    return make_xlsx(
        {**{f"{'ABC'[i]}1": name for i, name in enumerate(THREE)}, "A2": "SP1-O1-I1", "A1048576": "x"}
    )


@file(
    "wide.xlsx",
    unreadable(
        "wide.xlsx reaches across to column XFD, where ALL is the last allowed. Delete what stands to the right of "
        "your columns."
    ),
)
def column_16384() -> bytes:
    """Every one of the 16,384 columns has a heading."""
    return workbook([[*THREE, *[f"c{number}" for number in range(3, 16_384)]], ["SP1-O1-I1", "KG", 5]])


@file("formatted.xlsx", Saved(TO_5))
def formatted_far_below() -> bytes:
    """A cell in row 300,001 is formatted, and one row holds something."""
    return workbook(
        FOR_2020,
        more=lambda book, sheet: sheet.write_blank(300_000, 1_500, None, book.add_format({"bold": True})),
    )


@file(
    "repeated.ods",
    Saved(TO_5, f"new 1004 {TJ}: baseline_value → 6"),
    sheet="Sheet1",
)
def ods_with_repeated_empty_rows() -> bytes:
    """An OpenDocument sheet has a thousand empty rows between, and two billion after its last, each written once."""
    empty = "<table:table-row table:number-rows-repeated='{}'><table:table-cell/></table:table-row>"

    def row(mission: str, value: str) -> str:
        return ods_of(("SP1-O1-I1", mission)).replace(
            "</table:table-row>", ods_number(value) + "</table:table-row>"
        )

    return make_ods(
        ods_of(tuple(THREE))
        + row("KG", "5")
        + empty.format(1001)
        + row("TJ", "6")
        + empty.format(2_000_000_000)
    )


@file(
    "repeated.ods",
    unreadable(
        "repeated.ods reaches down to row 16777217, where 250000 is the most. Delete what stands below your rows, or "
        "split the file into parts."
    ),
)
def ods_with_a_row_repeated_two_billion_times() -> bytes:
    """An OpenDocument sheet says of a row with values that it stands there two billion times."""
    row = ods_of(("SP1-O1-I1", "KG", "5")).replace(
        "<table:table-row ", "<table:table-row table:number-rows-repeated='2000000000' "
    )
    return make_ods(ods_of(tuple(THREE)) + row)


@file(
    "repeated.ods",
    Wrong(
        (3, "indicator", "SP1-O1-I1 / KG", "Row 2 already has this. Delete one of the two rows."),
        (4, "indicator", "SP1-O1-I1 / KG", "Row 2 already has this. Delete one of the two rows."),
        good=(TO_5,),
    ),
    sheet="Sheet1",
)
def ods_with_a_row_repeated_three_times() -> bytes:
    """An OpenDocument sheet has the same row three times, written once."""
    row = ods_of(("SP1-O1-I1", "KG", "5")).replace(
        "<table:table-row ", "<table:table-row table:number-rows-repeated='3' "
    )
    return make_ods(ods_of(tuple(THREE)) + row)
