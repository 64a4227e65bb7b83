"""Numbers as people write them: what can only be one is taken, what could be two is asked about."""

from decimal import Decimal as D

import pytest

from tests import stage
from tests.batches.sheets import csv_of, look, messages, xlsx_of
from tracker.common.workbooks.numbers import AmbiguousNumber, NumberError
from tracker.framework.models import Indicator
from tracker.progress.services.amounts import read_typed, say_reading

COUNT = Indicator(code="SP1-O1-I1", measure="number", decimals=0, unit="persons")
MONEY = Indicator(code="SP1-O1-I2", measure="number", decimals=2, unit="US dollars")
RATE = Indicator(code="SP1-O1-I3", measure="number", decimals=3, unit="per 1,000")
SHARE = Indicator(code="SP1-O1-I4", measure="percentage", decimals=1, unit="per cent")

NARROW = "\N{NARROW NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("indicator", "mark", "text", "number"),
    [
        # A count has no 1.234, and a comma is no decimal mark in English: it can only be 1234.
        (COUNT, ".", "1,234", 1234),
        (COUNT, ".", "-1,234", -1234),
        (COUNT, ".", "1 234", 1234),
        (COUNT, ".", "1.234.567", 1234567),
        # In Russian and French it is the other way round.
        (COUNT, ",", "1.234", 1234),
        (MONEY, ".", "1,234", 1234),
        (MONEY, ".", "1,234.50", D("1234.5")),
        (MONEY, ",", "1.234,50", D("1234.5")),
        (MONEY, ",", "2,5", D("2.5")),
        # Where three decimals are taken, the language decides.
        (RATE, ",", "1,234", D("1.234")),
        (SHARE, ".", "10%", 10),
        (SHARE, ".", "10 %", 10),
    ],
)
def test_what_can_only_be_one_number_is_taken(indicator, mark, text, number):
    assert read_typed(text, indicator=indicator, mark=mark) == number


@pytest.mark.parametrize(
    ("indicator", "mark", "text", "says"),
    [
        (
            COUNT,
            ".",
            "1.234",
            "“1.234” is no whole number. If 1234 is meant, write it without the separator.",
        ),
        (
            COUNT,
            ",",
            "1,234",
            "“1,234” is no whole number. If 1234 is meant, write it without the separator.",
        ),
        (
            MONEY,
            ".",
            "1.234",
            "“1.234” has three decimals, and at most 2 are taken. If 1234 is meant, write it without the "
            "separator.",
        ),
        (COUNT, ".", "10%", "10 % is a percentage, and a number is asked for here. Write the number itself."),
        (COUNT, ".", "1e5", "“1e5” is a shortened number, and digits may be lost. Write all of them, as in"),
        (SHARE, ".", "1.23E+05", "“1.23E+05” is a shortened number, and digits may be lost."),
    ],
)
def test_what_is_no_such_number_is_refused_with_what_to_do(indicator, mark, text, says):
    with pytest.raises(NumberError) as refusal:
        read_typed(text, indicator=indicator, mark=mark)
    assert str(refusal.value).startswith(says)


@pytest.mark.parametrize("indicator", [RATE, SHARE])
def test_what_could_be_two_numbers_is_asked_about(indicator):
    for text in ("1,234", "1.234"):
        with pytest.raises(AmbiguousNumber, match=r"can be read as 1234 or as 1\.234"):
            read_typed(text, indicator=indicator, mark=".")


def test_a_numerator_is_no_percentage_and_may_have_three_decimals():
    with pytest.raises(NumberError, match="is a percentage"):
        read_typed("10%", indicator=SHARE, mark=".", is_part=True)
    with pytest.raises(AmbiguousNumber):
        read_typed("1,234", indicator=SHARE, mark=".", is_part=True)


@pytest.mark.parametrize(
    ("text", "number", "mark", "says"),
    [
        ("1,234", D(1234), ".", f"“1,234” as 1{NARROW}234"),
        ("1,5", D("1.5"), ".", "“1,5” as 1.5"),
        ("1.234.567", D(1234567), ".", f"“1.234.567” as 1{NARROW}234{NARROW}567"),
        ("1.234", D(1234), ",", f"“1.234” as 1{NARROW}234"),
        ("1 234", D(1234), ".", ""),
        ("12.5", D("12.5"), ".", ""),
        ("12,5", D("12.5"), ",", ""),
    ],
)
def test_how_a_number_was_read_is_said_where_others_could_read_it_otherwise(text, number, mark, says):
    assert say_reading(text, number, mark=mark) == says


# -- In files -----------------------------------------------------------------------------------------
@pytest.fixture
def indicators(strategy, missions):
    count = stage.make_indicator("SP1-O1-I1")
    stage.ask_by_sex(count)
    level = stage.make_indicator("SP1-O1-I2", measure="percentage", period_rule="latest", decimals=1)
    for indicator in (count, level):
        stage.assign(indicator, missions["KG"])
    return count, level


def test_a_percentage_in_a_file_is_refused_for_a_count_and_taken_for_a_percentage(
    indicators, open_period, cast
):
    head = "indicator,mission,period,value,sex:female"
    checked = look(
        "progress",
        csv_of(head, "SP1-O1-I1,KG,2024-Q4,10%,", "SP1-O1-I2,KG,2024-Q4,10%,"),
        user=cast.reporter,
    )
    assert messages(checked) == [
        (2, "value", "10 % is a percentage, and a number is asked for here. Write the number itself.")
    ]
    assert checked.plan.errors[0].value == "10 %"
    [change] = checked.plan.changes
    assert change.cells["value"] == (None, 10)
    checked = look("progress", csv_of(head, "SP1-O1-I1,KG,2024-Q4,10,5%"), user=cast.reporter)
    assert [(row, column) for row, column, _ in messages(checked)] == [(2, "sex:female")]


def test_a_cell_that_excel_shows_as_ten_per_cent_is_no_count_of_ten(indicators, open_period, cast):
    rows = [["SP1-O1-I1", "KG", "2024-Q4", 0.1], ["SP1-O1-I2", "KG", "2024-Q4", 0.1]]
    data = xlsx_of(["indicator", "mission", "period", "value"], rows, percent=("value",))
    checked = look("progress", data, user=cast.reporter, filename="sheet.xlsx")
    [(row, column, message)] = messages(checked)
    assert (row, column) == (2, "value")
    assert message.startswith("10 % is a percentage")


def test_a_target_of_a_count_is_no_percentage(indicators, cast):
    data = csv_of("indicator,mission,due,target_value,basis", "SP1-O1-I1,KG,2024,40%,to_date")
    [(_row, column, message)] = messages(look("targets", data, user=cast.officer))
    assert column == "target_value"
    assert message.startswith("40 % is a percentage")


def test_parts_in_a_file_that_do_not_add_up_name_the_breakdown(indicators, open_period, cast):
    data = csv_of("indicator,mission,period,value,sex:female,sex:male", "SP1-O1-I1,KG,2024-Q4,90,40,55")
    assert messages(look("progress", data, user=cast.reporter)) == [
        (2, "sex:female", "By sex: 40 + 55 = 95, more than the total of 90.")
    ]
