"""Files whose rows and columns lie otherwise than in a template: titles, tags, totals, merged and hidden cells."""

import io
from typing import Any

import xlsxwriter

from .cases import Saved, Wrong, file, unreadable
from .making import HEADER, baselines, lines, text, workbook

KG, TJ = "SP1-O1-I1 / KG", "SP1-O1-I1 / TJ"
THREE = list(HEADER[:3])
TO_5 = f"changed 2 {KG}: baseline_value 1000 → 5"
EXPECTED = (
    "indicator, mission, baseline_value, baseline_numerator, baseline_denominator, baseline_stage, "
    "baseline_date, baseline_source, active_from, active_to, note"
)


@file("titles.xlsx", Saved(f"changed 26 {KG}: baseline_value 1000 → 5"), header_row=25)
def header_in_row_25() -> bytes:
    """Twenty-four rows of titles and notes stand above the header."""
    return workbook([*[[f"Note {number}"] for number in range(1, 25)], THREE, ["SP1-O1-I1", "KG", 5]])


@file(
    "titles.xlsx",
    unreadable(
        "titles.xlsx has no header that is known. Name the columns in row 1; expected are: " + EXPECTED + "."
    ),
)
def header_in_row_26() -> bytes:
    """Twenty-five rows of titles stand above the header: it is looked for in twenty-five rows."""
    return workbook([*[[f"Note {number}"] for number in range(1, 26)], THREE, ["SP1-O1-I1", "KG", 5]])


@file(
    "titles.xlsx",
    Saved(f"changed 27 {KG}: baseline_value 1000 → 5"),
    header_row=26,
    reading={"header_row": "26"},
)
def header_in_row_26_chosen() -> bytes:
    """The same, and the person says which row the header is."""
    return header_in_row_26()


@file("empty-top.xlsx", Saved(f"changed 41 {KG}: baseline_value 1000 → 5"), header_row=40)
def empty_rows_above() -> bytes:
    """The header stands in row 40, below nothing but empty rows."""
    return workbook([*[[]] * 39, THREE, ["SP1-O1-I1", "KG", 5]])


@file("tagged.xlsx", Saved(f"changed 3 {KG}: baseline_value 1000 → 5"))
def tags_below_the_header() -> bytes:
    """A row of HXL tags stands below the header."""
    tags = ["#indicator+code", "#org+code", "#value+baseline"]
    return workbook([THREE, tags, ["SP1-O1-I1", "KG", 5]])


@file("tagged.csv", Saved(TO_5))
def tags_instead_of_a_header() -> bytes:
    """A row of HXL tags is the only header there is."""
    return text("#indicator +code,#org+code,#value+baseline", "SP1-O1-I1,KG,5")


@file("tagged.csv", Saved(f"changed 3 {KG}: baseline_value 1000 → 5"))
def tags_under_foreign_headings() -> bytes:
    """The headings are Russian, and tags below them say what they mean."""
    return text("Показатель,Миссия,Значение", "#indicator+code,#org+code,#value+baseline", "SP1-O1-I1,KG,5")


@file(
    "hidden.xlsx",
    Saved(f"changed 2 {KG}: baseline_value 1000 → 5", f"new 3 {TJ}: baseline_value → 6"),
    warnings=("Row 3 is hidden; it was read too.", "Column C is hidden; it was read too."),
)
def hidden_row_and_column() -> bytes:
    """A row and the column of the values are hidden."""

    def hide(_book: Any, sheet: Any) -> None:
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column(2, 2, None, None, {"hidden": True})

    return workbook([THREE, ["SP1-O1-I1", "KG", 5], ["SP1-O1-I1", "TJ", 6]], more=hide)


@file("hidden-sheet.xlsx", Saved(TO_5))
def hidden_sheet_with_other_rows() -> bytes:
    """A hidden sheet in front, and a very hidden one behind, have other values."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, value in (("Old", 777), ("Data", 5), ("Older", 888)):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, THREE)
            sheet.write_row(1, 0, ["SP1-O1-I1", "KG", value])
            if name == "Data":
                sheet.activate()
                sheet.set_first_sheet()
            elif name == "Old":
                sheet.hide()
            else:
                sheet.very_hidden()
    return out.getvalue()


@file("merged-header.xlsx", Saved(f"changed 3 {KG}: baseline_value 1000 → 5; note → seen"), header_row=2)
def merged_headings() -> bytes:
    """Headings are merged over two rows, and a title over three columns stands between them."""

    def merge(_book: Any, sheet: Any) -> None:
        sheet.merge_range("A1:A2", "indicator")
        sheet.merge_range("B1:B2", "mission")
        sheet.merge_range("C1:D1", "What was found")

    return workbook([[], [None, None, "baseline_value", "note"], ["SP1-O1-I1", "KG", 5, "seen"]], more=merge)


@file(
    "merged-keys.xlsx",
    Saved(f"changed 2 {KG}: baseline_value 1000 → 5", f"new 3 {TJ}: baseline_value → 6"),
    warnings=("In “indicator”, cells merged over several rows count for each of them: rows 2–3.",),
)
def merged_keys() -> bytes:
    """The indicator is merged over the rows of its two missions."""
    rows = [THREE, [None, "KG", 5], [None, "TJ", 6]]
    return workbook(rows, more=lambda _book, sheet: sheet.merge_range("A2:A3", "SP1-O1-I1"))


@file(
    "merged-values.xlsx",
    Wrong(
        (
            2,
            "baseline_value",
            "600",
            "The cell is merged over rows 2–3; unmerge it and say the value once where it belongs.",
        ),
        (
            3,
            "baseline_value",
            "",
            "There is no amount. Fill in the baseline, or delete the row: an unknown baseline is left out, and an "
            "assignment without one goes into the sheet “assignments”.",
        ),
    ),
)
def merged_values() -> bytes:
    """One value is merged over the rows of two missions: nobody knows whose it is."""
    rows = [THREE, ["SP1-O1-I1", "KG"], ["SP1-O1-I1", "TJ"]]
    return workbook(rows, more=lambda _book, sheet: sheet.merge_range("C2:C3", 600))


@file("gaps.csv", Saved(TO_5, f"new 6 {TJ}: baseline_value → 6"))
def empty_rows_between() -> bytes:
    """Rows without anything, or with nothing but spaces and delimiters, stand between."""
    return lines("SP1-O1-I1,KG,5", "", ",,", "  , \t,", "SP1-O1-I1,TJ,6", ",,", "")


@file(
    "ragged.csv",
    Saved(
        f"changed 2 {KG}: baseline_value 1000 → 5; baseline_date 2019-12-31 → ; baseline_source Survey 2019 → ",
        f"new 3 {TJ}: baseline_value → 6; note → counted",
    ),
)
def ragged_rows() -> bytes:
    """Rows end early, or run on with empty cells."""
    return text(",".join(HEADER), "SP1-O1-I1,KG,5", "SP1-O1-I1,TJ,6,,,counted,,,,")


@file(
    "beyond.csv",
    Saved(TO_5),
    warnings=(
        "Row 2 has a value in a column without a heading; such values were not read. Give the column a name, or "
        "delete the value.",
    ),
)
def values_without_a_heading() -> bytes:
    """A row has a value to the right of the last heading."""
    return lines("SP1-O1-I1,KG,5,what is this?")


@file(
    "total.csv",
    Wrong(
        (4, "mission", "", "The cell is empty. Fill in mission."),
        good=(TO_5, f"new 3 {TJ}: baseline_value → 6"),
    ),
)
def trailing_total() -> bytes:
    """The last row has the total."""
    return lines("SP1-O1-I1,KG,5", "SP1-O1-I1,TJ,6", "Total,,11")


@file(
    "printed.csv",
    Wrong(
        (3, "indicator", "indicator", "There is no indicator with the code “indicator”. Check the code."),
        (3, "mission", "mission", "There is no mission with the code “mission”. Check the code."),
        (
            3,
            "baseline_value",
            "baseline_value",
            "“baseline_value” is not a number. Write digits only, for example 1234.5.",
        ),
        good=(TO_5, f"new 4 {TJ}: baseline_value → 6"),
    ),
)
def header_repeated_in_between() -> bytes:
    """The header stands again in the middle, as on every printed page."""
    return lines("SP1-O1-I1,KG,5", ",".join(THREE), "SP1-O1-I1,TJ,6")


@file(
    "twice.csv",
    unreadable(
        "twice.csv has the column “Baseline Value” twice (columns C and D of row 1). Delete or rename one."
    ),
)
def column_twice() -> bytes:
    """Two columns have the same name, apart from case and spaces."""
    return text("indicator,mission,baseline_value,Baseline Value", "SP1-O1-I1,KG,5,6")


@file("loose.csv", Saved(f"changed 2 {KG}: baseline_value 1000 → 5; baseline_date 2019-12-31 → 2020-12-31"))
def headings_written_loosely() -> bytes:
    """Headings are in another order, in capitals, with spaces at their ends and instead of underscores."""
    return text("BASELINE DATE , Baseline  value,\u00a0Mission,InDiCaToR\u200b", "2020,5,KG,SP1-O1-I1")


@file("extra.csv", Saved(TO_5), unknown=("Responsible", "Checked?"))
def unknown_columns() -> bytes:
    """Two columns are nobody's: they are named, and not read."""
    return text("indicator,Responsible,mission,baseline_value,Checked?", "SP1-O1-I1,Ms A,KG,5,yes")


@file(
    "own-words.csv",
    Saved(TO_5),
    reading={"heading": ["Value found", "Checked?"], "column": ["baseline_value", ""]},
)
def unknown_column_given_a_meaning() -> bytes:
    """A heading is somebody's own, and the person says which column it is, and which is left out."""
    return text("indicator,mission,Value found,Checked?", "SP1-O1-I1,KG,5,yes")


@file(
    "missing.csv",
    Wrong((None, "mission", "", "The column “mission” is missing. Add it to the header row and fill it in.")),
    unknown=("country",),
)
def needed_column_missing() -> bytes:
    """The column of the missions has another name."""
    return text("indicator,country,baseline_value", "SP1-O1-I1,KG,5")


@file(
    "one.csv",
    Wrong((None, "mission", "", "The column “mission” is missing. Add it to the header row and fill it in.")),
    delimiter=",",
)
def one_column_only() -> bytes:
    """There is one column alone."""
    return text("indicator", "SP1-O1-I1")


@file("header.csv", unreadable("header.csv has no rows below its header (row 1). Fill in at least one row."))
def header_only() -> bytes:
    """There is a header and no row."""
    return lines()


@file(
    "blank.xlsx",
    unreadable(
        "blank.xlsx has no data: its visible sheets are empty. Fill in the first sheet and upload it again."
    ),
)
def empty_workbook() -> bytes:
    """The workbook has one sheet, and nothing in it."""
    return workbook([])


@file(
    "blank.csv",
    unreadable("blank.csv has no header: its first rows are empty. Put the names of the columns into row 1."),
)
def blank_lines_alone() -> bytes:
    """A text file has nothing but blank lines and spaces."""
    return b"\n  \n\r\n\t\n"


@file(
    "unknown.csv",
    unreadable(
        "unknown.csv has no header that is known. Name the columns in row 1; expected are: " + EXPECTED + "."
    ),
)
def no_known_heading() -> bytes:
    """No heading is one of ours."""
    return text("Indikator,Land,Wert", "SP1-O1-I1,KG,5")


@file(
    "double.csv",
    Wrong(
        (3, "indicator", "sp1-o1-i1 / kg", "Row 2 already has this. Delete one of the two rows."),
        good=(TO_5,),
    ),
)
def duplicate_rows() -> bytes:
    """Two rows speak of the same indicator and mission, one in small letters."""
    return lines("SP1-O1-I1,KG,5", "sp1-o1-i1,kg,6")


@file("nothing-new.xlsx", Saved(unchanged=2))
def what_is_there_already() -> bytes:
    """Every row says what is there: there is nothing to save."""
    return baselines(
        ["SP1-O1-I1", "KG", 1000, "2019-12-31", "Survey 2019"],
        ["SP1-O1-I2", "KG", "40 %", "31.12.2019", "Survey 2019"],
    )
