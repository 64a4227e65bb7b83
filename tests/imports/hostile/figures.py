"""Files whose figures are written in the ways of many people, countries and programs."""

import io

import openpyxl

from tests.common.workbooks.files import replace_in_zip

from .cases import Saved, Wrong, file
from .layouts import KG, THREE, TJ, TO_5
from .making import SHEET, lines, one_formula, one_value, text, workbook

SHARE = "SP1-O1-I2 / KG"


def wrong_value(value: str, sentence: str, row: int = 2) -> Wrong:
    return Wrong((row, "baseline_value", value, sentence))


@file("percent.xlsx", Saved(unchanged=1))
def percentage_shown_as_40_percent() -> bytes:
    """0.4 in a cell that Excel shows as 40 %."""
    return one_value(0.4, "0%", indicator="SP1-O1-I2")


@file("percent.xlsx", Saved(f"changed 2 {SHARE}: baseline_value 40 → 0.4"))
def percentage_without_its_format() -> bytes:
    """0.4 in a cell of a percentage that shows 0.4: it is 0.4 %, and the preview says so."""
    return one_value(0.4, "0.0", indicator="SP1-O1-I2")


@file("percent.csv", Saved(f"changed 2 {SHARE}: baseline_value 40 → 45.5"), delimiter=";", decimal_mark=",")
def percentage_as_text() -> bytes:
    """A percentage is a text with a decimal comma, a no-break space and its sign."""
    return text("indicator;mission;baseline_value", "SP1-O1-I2;KG;45,5\u00a0%")[:-1]


@file(
    "percent.xlsx",
    wrong_value("500 %", "500 % is a percentage, and a number is asked for here. Write the number itself."),
)
def number_shown_as_a_percentage() -> bytes:
    """5 in a cell formatted as a percentage, where a number of places is asked for."""
    return one_value(5, "0 %")


@file("percent.csv", wrong_value("140 %", "A share of a whole is at most 100 per cent."))
def percentage_above_a_hundred() -> bytes:
    """140 % of a percentage that is at most 100 %."""
    return lines("SP1-O1-I2,KG,140 %")


@file("text.xlsx", Saved(f"changed 2 {KG}: baseline_value 1000 → 1234.5"), decimal_mark=".")
def number_stored_as_text() -> bytes:
    """A number is a text in Excel, with an apostrophe in front and spaces around."""
    return one_value("  1234.50 ")


@file(
    "groups.csv",
    Saved(f"changed 2 {KG}: baseline_value 1000 → 1234.5", f"new 3 {TJ}: baseline_value → 1234567.8"),
    delimiter=";",
    decimal_mark=",",
)
def no_break_spaces_between_groups() -> bytes:
    """1 234,5 with a no-break space, and 1 234 567,8 with narrow ones."""
    return text(
        "indicator;mission;baseline_value", "SP1-O1-I1;KG;1\u00a0234,5", "SP1-O1-I1;TJ;1\u202f234\u202f567,8"
    )


@file(
    "groups.csv", Saved(f"changed 2 {KG}: baseline_value 1000 → 1234567.8"), delimiter=";", decimal_mark=","
)
def points_between_groups() -> bytes:
    """1.234.567,8 as it is written in German."""
    return text("indicator;mission;baseline_value", "SP1-O1-I1;KG;1.234.567,8")


@file("groups.csv", Saved(f"changed 2 {KG}: baseline_value 1000 → 1234567.8"), decimal_mark=".")
def apostrophes_between_groups() -> bytes:
    """1'234'567.8 as it is written in Switzerland."""
    return lines("SP1-O1-I1,KG,1'234'567.8")


AMBIGUOUS = (
    "“1,234” can be read as 1234 or as 1.234. Write it without a thousands separator (1234), or with another decimal "
    "(1.2340). Or choose the decimal mark of the file."
)


@file("ambiguous.csv", wrong_value("1,234", AMBIGUOUS), delimiter=";")
def one_comma_that_may_be_either() -> bytes:
    """1,234 may be one thousand or one point two, and nothing in the file tells."""
    return text("indicator;mission;baseline_value", "SP1-O1-I1;KG;1,234")


@file(
    "ambiguous.csv",
    Saved(f"changed 2 {KG}: baseline_value 1000 → 1234", f"new 3 {TJ}: baseline_value → 0.5"),
    delimiter=";",
    decimal_mark=".",
)
def one_comma_told_by_a_neighbour() -> bytes:
    """1,234 is one thousand and more, since another number of the file has a decimal point."""
    return text("indicator;mission;baseline_value", "SP1-O1-I1;KG;1,234", "SP1-O1-I1;TJ;0.5")


@file(
    "ambiguous.csv",
    wrong_value("1.234", "At most 2 decimals."),
    delimiter=";",
    decimal_mark=",",
    reading={"decimal_mark": ","},
)
def one_comma_and_the_mark_chosen() -> bytes:
    """1,234 is a fraction, since the person chose the comma; and then it has a decimal too many."""
    return one_comma_that_may_be_either()


@file(
    "mixed.csv",
    Wrong(
        (2, "baseline_value", "1.234", AMBIGUOUS.replace("1,234”", "1.234”")),
        good=(f"new 3 {TJ}: baseline_value → 0.5", "changed 4 SP1-O1-I2 / KG: baseline_value 40 → 12.5"),
    ),
    delimiter=";",
)
def both_marks_in_one_file() -> bytes:
    """Some numbers have a decimal comma and some a point: what could be either is asked about."""
    return text(
        "indicator;mission;baseline_value", "SP1-O1-I1;KG;1.234", "SP1-O1-I1;TJ;0,5", "SP1-O1-I2;KG;12.5"
    )


@file("negative.csv", wrong_value("(5)", "“(5)” may be meant as a negative number. Write it as -5."))
def negative_in_brackets() -> bytes:
    """(5) as accountants write minus five."""
    return lines("SP1-O1-I1,KG,(5)")


@file("negative.csv", wrong_value("-5", "This cannot be negative."))
def negative_amount() -> bytes:
    """A minus, written as a long dash, where nothing can be negative."""
    return lines("SP1-O1-I1,KG,−5")


@file(
    "short.csv",
    wrong_value(
        "1.23E+05",
        "“1.23E+05” is a shortened number, and digits may be lost. Write all of them, as in 123456.",
    ),
)
def scientific() -> bytes:
    """1.23E+05, as Excel leaves 123456 in a narrow column of a CSV file."""
    return lines("SP1-O1-I1,KG,1.23E+05")


@file("short.xlsx", Saved(f"changed 2 {KG}: baseline_value 1000 → 123000"))
def scientific_format() -> bytes:
    """A number that a workbook shows as 1.23E+05 is kept in full."""
    return one_value(123000, "0.00E+00")


@file("noise.xlsx", Saved(f"changed 2 {KG}: baseline_value 1000 → 0.3"))
def binary_noise() -> bytes:
    """0.1 + 0.2 as a computer keeps it, which a sheet shows as 0.3."""
    return one_value(0.1 + 0.2)


@file("rounded.xlsx", wrong_value("1234.567", "At most 2 decimals."))
def more_decimals_than_are_taken() -> bytes:
    """A number has three decimals where two are taken; nothing is cut off silently."""
    return one_value(1234.567, "0")


@file("huge.csv", wrong_value("1000000000000000", "1000000000000000 is too large to be a figure. Check it."))
def number_too_large() -> bytes:
    """A thousand million million places."""
    return lines("SP1-O1-I1,KG,1000000000000000")


@file(
    "none.csv",
    Wrong(
        (2, "baseline_value", "n/a", "“n/a” is no figure. Where there is none, leave the cell empty."),
        (3, "baseline_value", "–", "“–” is no figure. Where there is none, leave the cell empty."),
    ),
)
def words_and_dashes_for_nothing() -> bytes:
    """n/a and a dash, where there is no figure."""
    return lines("SP1-O1-I1,KG,n/a", "SP1-O1-I1,TJ,–")


@file("zero.xlsx", Saved(f"changed 2 {KG}: baseline_value 1000 → 0"))
def zero() -> bytes:
    """0 is a value, and not nothing."""
    return one_value(0)


@file("yes.xlsx", wrong_value("yes", "The cell holds true or false; a number is expected."))
def true_instead_of_a_number() -> bytes:
    """TRUE stands where a number is asked for."""
    return one_value(True)


@file(
    "digits.csv",
    wrong_value(
        "١٢٣", "“١٢٣” is written with other digits. Write it with the digits 0–9, for example 1234.5."
    ),
)
def digits_of_another_script() -> bytes:
    """123 in Arabic-Indic digits."""
    return lines("SP1-O1-I1,KG,١٢٣")


@file(
    "date.xlsx",
    wrong_value(
        "2021-03-04", "The cell holds a date (2021-03-04); a number is expected. Format the cell as a number."
    ),
)
def number_that_became_a_date() -> bytes:
    """3.4 that Excel has turned into the fourth of March."""
    return one_value(44259, "dd.mm.yyyy")


@file("formula.xlsx", Saved(TO_5))
def formula_with_its_result() -> bytes:
    """The value is a formula; its result counts."""
    return one_formula("=2+3", 5)


@file(
    "formula.xlsx",
    Wrong(
        (
            2,
            "baseline_value",
            "a formula without a result",
            "The cell holds a formula that was never calculated. Open the file in "
            "a spreadsheet program, save it, and upload it again.",
        )
    ),
)
def formula_without_a_result() -> bytes:
    """The value is a formula that a program wrote and no spreadsheet has worked out."""
    book = openpyxl.Workbook()
    book.active.title = "Data"
    book.active.append(THREE)
    book.active.append(["SP1-O1-I1", "KG", "=2+3"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@file("empty-formula.xlsx", Saved(f"changed 2 {KG}: baseline_value 1000 → 5; baseline_source Survey 2019 → "))
def formula_whose_result_is_an_empty_text() -> bytes:
    """A formula gives an empty text, which is an empty cell."""
    data = workbook(
        [[*THREE, "baseline_source"], ["SP1-O1-I1", "KG", 5]],
        more=lambda _book, sheet: sheet.write_formula("D2", '=IF(1=1,"","x")', None, "x"),
    )
    return replace_in_zip(data, SHEET, lambda xml: xml.replace(b"<v>x</v>", b"<v></v>"))


def _says(code: str) -> str:
    return f"The cell shows the error {code}. Correct its formula, or type the value in its place."


@file(
    "errors.xlsx",
    Wrong(
        (2, "baseline_value", "#REF!", _says("#REF!")),
        (3, "baseline_value", "#N/A", _says("#N/A")),
        (4, "baseline_value", "#DIV/0!", _says("#DIV/0!")),
    ),
)
def errors_in_cells() -> bytes:
    """Formulas show #REF!, #N/A and #DIV/0!."""

    def put(_book, sheet) -> None:
        for row, code in ((1, "#REF!"), (2, "#N/A"), (3, "#DIV/0!")):
            sheet.write_formula(row, 2, "=Z99/0", None, code)

    return workbook([THREE, ["SP1-O1-I1", "KG"], ["SP1-O1-I1", "TJ"], ["SP1-O1-I2", "KG"]], more=put)


@file("errors.xlsx", Saved(TO_5), unknown=("check",))
def error_in_a_column_that_is_not_read() -> bytes:
    """#DIV/0! stands in a column that nobody reads."""
    return workbook(
        [[*THREE, "check"], ["SP1-O1-I1", "KG", 5]],
        more=lambda _book, sheet: sheet.write_formula("D2", "=1/0", None, "#DIV/0!"),
    )


@file("errors.csv", Wrong((2, "baseline_value", "#VALUE!", _says("#VALUE!"))))
def error_as_text() -> bytes:
    """An error came into a CSV file as text."""
    return lines("SP1-O1-I1,KG,#VALUE!")


@file("broken.xlsx", Saved(f"changed 2 {KG}: baseline_value 1000 → 7"))
def number_with_spaces_in_its_xml() -> bytes:
    """A program has written a number with line breaks around it."""
    return replace_in_zip(one_value(7), SHEET, lambda xml: xml.replace(b"<v>7</v>", b"<v>\n 7 \n</v>"))


@file("exact.xlsx", Saved(f"changed 2 {KG}: baseline_value 1000 → 12345678901.25"))
def fourteen_digits() -> bytes:
    """A number has as many digits as a sheet can hold; none of them is lost."""
    return one_value(12345678901.25)
