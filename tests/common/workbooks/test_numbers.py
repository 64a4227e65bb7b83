"""What people type, as numbers, dates, yes and no; what cannot be one of them is refused with a sentence."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from tests.common.workbooks.files import make_xlsx
from tracker.common.workbooks.cells import Percent
from tracker.common.workbooks.numbers import (
    AmbiguousNumber,
    NoFigure,
    NumberError,
    SuppressedFigure,
    parse_date,
    parse_decimal,
    parse_yes_no,
)
from tracker.common.workbooks.reading import CellError, read_rows


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1234", "1234"), ("1 234,5", "1234.5"), ("1\u202f234\u00a0567", "1234567"), ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"), ("1,234,567", "1234567"), ("1.234.567,89", "1234567.89"), ("0,5", "0.5"),
        ("0,125", "0.125"), ("1234,567", "1234.567"), ("12.5", "12.5"), ("−7", "-7"), ("-1 000", "-1000"),
        ("+3", "3"), ("40 %", "40"), ("40%", "40"), ("1'234.50", "1234.5"), ("100", "100"),
        (".5", "0.5"), ("1 234,567", "1234.567"), ("１２３４．５", "1234.5"), ("４０％", "40"),
        ("1’234’567", "1234567"),
        ("\u200b12 ", "12"), ("1\u2009234", "1234"),
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


@pytest.mark.parametrize(
    "text",
    ["n/a", "N/A", "NA", "-", "–", "—", "…", "...", ".", "?", "none", "nil", "TBD", "no data", "Not  applicable",
     "н/д", "Нет данных", " - "],
)  # fmt: skip
def test_a_word_or_dash_for_no_figure_is_refused_with_what_to_do(text):
    with pytest.raises(NoFigure, match=r"is no figure\. Where there is none, leave the cell empty\.$"):
        parse_decimal(text)


@pytest.mark.parametrize("text", ["n/a", "-", "—", "TBD"])
def test_a_word_or_dash_for_no_date_is_refused_with_what_to_do(text):
    with pytest.raises(NumberError, match=r"is no date\. Leave the cell empty\.$"):
        parse_date(text)


@pytest.mark.parametrize(
    "text", ["<11", "< 11", "&lt;11", "≤10", "<=10", "＜11", "less than 11", "<0.5 %", "<5%", "менее 11"]
)
def test_a_suppressed_figure_is_refused_because_it_cannot_be_read_back(text):
    with pytest.raises(
        SuppressedFigure, match=r"suppressed in an export.*Leave the row out, or write the real figure"
    ):
        parse_decimal(text)


@pytest.mark.parametrize(
    ("text", "right"),
    [("5-", "-5"), ("(5)", "-5"), ("( 1,5 )", "-1,5"), ("12.5 -", "-12.5"), ("1 234-", None)],
)
def test_a_minus_in_another_place_is_refused_with_where_it_goes(text, right):
    with pytest.raises(NumberError) as refusal:
        parse_decimal(text)
    if right:
        assert str(refusal.value).endswith(f"may be meant as a negative number. Write it as {right}.")
    else:
        assert "is not a number" in str(refusal.value)


@pytest.mark.parametrize("text", ["٣", "१२", "12٣"])
def test_digits_of_other_scripts_are_refused_with_which_to_use(text):
    with pytest.raises(NumberError, match=r"Write it with the digits 0–9, for example 1234\.5\.$"):
        parse_decimal(text)


@pytest.mark.parametrize("text", ["40 %", "40%", "４０％", "-40 %"])
def test_a_number_with_a_percent_sign_says_so(text):
    assert isinstance(parse_decimal(text), Percent)
    assert not isinstance(parse_decimal(text.strip("%％ ")), Percent)


def test_a_number_cell_is_never_ambiguous():
    data = make_xlsx({"A1": "n", "A2": 1.234, "A3": 1234})
    numbers = [parse_decimal(row.cells["n"]) for row in read_rows(data=data, filename="a.xlsx").rows]
    assert numbers == [Decimal("1.234"), Decimal(1234)]


@pytest.mark.parametrize(
    "value",
    [date(2021, 12, 31), datetime(2021, 12, 31, 23, 59), "2021-12-31", "31.12.2021", "31/12/2021", "31-12-2021",
     "31 Dec 2021", " 31 December 2021", "2021-12-31T00:00:00", "2021-12-31 00:00:00", "31.12.2021 г.", "2021/12/31",
     Decimal(44561), 44561],
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
