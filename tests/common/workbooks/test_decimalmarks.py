"""The decimal mark of a file is told by all its text numbers together, shown, and can be chosen."""

import pytest

from tests.common.workbooks.files import make_xlsx
from tracker.common.workbooks.decimalmarks import Found, find_decimal_mark, tell_mark
from tracker.common.workbooks.numbers import AmbiguousNumber, parse_decimal
from tracker.common.workbooks.reading import Reading, read_rows


def read(*numbers: str, reading: Reading | None = None):
    data = "\n".join(["code;n;note", *(f"X;{number};1,5" for number in numbers)]).encode()
    return read_rows(data=data, filename="a.csv", number_columns=("N",), reading=reading or Reading())


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("1,5", ","), ("1.5", "."), ("0,125", ","), ("1234,567", ","), ("1,2345", ","), (".5", "."), ("-1,5 %", ","),
        ("1.234,5", ","), ("1,234.5", "."), ("1 234,567", ","), ("1'234.50", "."), ("1\u202f234,5", ","),
        ("1,234,567", "."), ("1.234.567", ","), ("１２,５", ","),
        ("1,234", None), ("1.234", None), ("-1,234", None), ("1 234", None), ("1234", None), ("n/a", None),
        ("1,5e3", None),
        ("12,34,5", None), ("", None), ("1,5 or so", None), ("2021-12-31", None), ("31.12.2021", None),
    ],
)  # fmt: skip
def test_a_number_shows_its_decimal_mark_where_it_can_be_read_in_one_way_only(text, mark):
    assert tell_mark(text) == mark


def test_one_number_decides_for_its_neighbours_in_the_file():
    sheet = read("1,234", "12,5", "7")
    assert (sheet.decimal_mark, sheet.mark.found, sheet.mark.example) == (",", Found.FOUND, "12,5")
    assert sheet.mark.sentence == "Numbers written as text were read with a decimal comma, as in “12,5”."
    numbers = [parse_decimal(cell, locale_hint=sheet.decimal_mark) for cell in sheet.columns["n"]]
    assert [str(number) for number in numbers] == ["1.234", "12.5", "7"]
    sheet = read("1,234", "1,234,567")
    assert parse_decimal(sheet.columns["n"][0], locale_hint=sheet.decimal_mark) == 1234


def test_other_columns_decide_nothing():
    sheet = read("1,234", "5")
    assert (sheet.decimal_mark, sheet.mark.found, sheet.mark.sentence) == (None, Found.NOT_FOUND, "")
    with pytest.raises(AmbiguousNumber):
        parse_decimal(sheet.columns["n"][0], locale_hint=sheet.decimal_mark)


def test_where_a_file_uses_both_marks_nothing_is_guessed():
    sheet = read("1,5", "2.5", "1,234")
    assert (sheet.decimal_mark, sheet.mark.found) == (None, Found.MIXED)
    assert "“1,5” and “2.5”" in sheet.mark.sentence


def test_the_mark_that_a_person_chose_goes_first():
    sheet = read("1,234", "1.5", reading=Reading(decimal_mark=","))
    assert (sheet.decimal_mark, sheet.mark.found) == (",", Found.GIVEN)
    assert sheet.mark.sentence == "Numbers written as text were read with a decimal comma, as chosen."
    assert str(parse_decimal(sheet.columns["n"][0], locale_hint=sheet.decimal_mark)) == "1.234"


def test_percentages_as_text_are_read_with_the_mark_of_the_file():
    sheet = read_rows(data=b"p;q\n1,234 %;x\n40,5%;y\n", filename="a.csv", percent_columns=("p",))
    assert [str(cell) for cell in sheet.columns["p"]] == ["1.234", "40.5"]
    sheet = read_rows(data=b"p;q\n1,234 %;x\n", filename="a.csv", percent_columns=("p",))
    assert sheet.columns["p"] == ["1,234 %"]


def test_numbers_of_a_workbook_are_exact_and_only_its_texts_tell_a_mark():
    data = make_xlsx({"A1": "n", "A2": 1.234, "A3": 1234, "A4": "1,234", "A5": "2,5"})
    sheet = read_rows(data=data, filename="a.xlsx", number_columns=("n",))
    numbers = [parse_decimal(cell, locale_hint=sheet.decimal_mark) for cell in sheet.columns["n"]]
    assert [str(number) for number in numbers] == ["1.234", "1234", "1.234", "2.5"]


def test_cells_that_are_no_text_tell_nothing():
    assert find_decimal_mark([[None, True, parse_decimal("1.5")]]).found is Found.NOT_FOUND
