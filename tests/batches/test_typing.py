"""From the cells of a sheet to a kind's typed rows: every bad cell is an error, and a bad row is left out."""

from dataclasses import FrozenInstanceError, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.common.workbooks.files import make_sheets
from tracker.batches.cell_readers import as_written, day, last_day, number, text, yes_no
from tracker.batches.kinds import Column, Kind
from tracker.batches.plans import Plan
from tracker.batches.typed_rows import type_rows
from tracker.common.workbooks.cells import Percent
from tracker.common.workbooks.reading import Reading, Sheet, read_rows


@dataclass(frozen=True, slots=True)
class Thing:
    """A typed row; its fields stand in another order than the columns of the files below."""

    row: int
    code: str
    amount: Decimal | None
    share: Decimal | str | None
    due: date | None
    not_applicable: bool | None
    more: Any = field(default_factory=dict)


KIND = Kind(
    code="things",
    title="Things",
    purpose="For tests.",
    columns=(
        Column("code", text, required=True, key=True),
        Column("amount", number),
        Column("share", as_written, percent=True),
        Column("due", day),
        Column("not_applicable", yes_no),
    ),
    row_type=Thing,
    plan=lambda **_words: Plan(),
    apply=lambda **_words: None,
    may_load=lambda user: True,
    tables=(),
)
MORE = (Column("2021", number), Column("2022", number))


def read(data: bytes, columns=KIND.columns, filename: str = "a.csv", **reading) -> Sheet:
    return read_rows(
        data=data,
        filename=filename,
        columns=[column.name for column in columns],
        number_columns=[column.name for column in columns if column.holds_numbers],
        percent_columns=[column.name for column in columns if column.percent],
        reading=Reading(**reading),
    )


def type_csv(*lines: str, columns=KIND.columns, **reading):
    sheet = read("\n".join(lines).encode(), columns, **reading)
    return type_rows(kind=KIND, columns=columns, sheet=sheet)


def test_rows_are_typed_whatever_the_order_of_the_columns():
    typed = type_csv("due;amount;code", "31.12.2021;1 234,5;X", ";;Y")
    assert typed.rows == [
        Thing(2, "X", Decimal("1234.5"), None, date(2021, 12, 31), None),
        Thing(3, "Y", None, None, None, None),
    ]
    assert (typed.errors, typed.given) == ([], frozenset({"due", "amount", "code"}))


def test_a_typed_row_cannot_be_changed():
    [row] = type_csv("code", "X").rows
    with pytest.raises(FrozenInstanceError):
        row.code = "Y"


def test_every_bad_cell_of_every_row_is_an_error_in_the_order_of_the_sheet():
    typed = type_csv(
        "code,amount,due,not_applicable",
        "X,many,soon,yes",
        "Y,5,2021-12-31,no",
        ",#N/A,2021-12-31,maybe",
        "X,many,2021-12-31,",
    )
    assert [row.row for row in typed.rows] == [3]
    assert [(error.row, error.column, error.value) for error in typed.errors] == [
        (2, "amount", "many"),
        (2, "due", "soon"),
        (4, "code", None),
        (4, "amount", "#N/A"),
        (4, "not_applicable", "maybe"),
        (5, "amount", "many"),
    ]
    messages = [error.message for error in typed.errors]
    assert messages[0] == messages[5] == "“many” is not a number. Write digits only, for example 1234.5."
    assert messages[2] == "The cell is empty. Fill in code."
    assert messages[3].startswith("The cell shows the error #N/A.")


def test_without_a_column_that_every_row_fills_nothing_is_typed():
    typed = type_csv("amount", "5")
    assert typed.rows == []
    [error] = typed.errors
    assert (error.row, error.column) == (None, "code")
    assert error.message == "The column “code” is missing. Add it to the header row and fill it in."


def test_columns_that_depend_on_the_data_are_gathered_where_they_are_filled():
    columns = (*KIND.columns, *MORE)
    typed = type_csv("code,2022,2021", "X,2,1", "Y,,", "Z,3,", columns=columns)
    assert [row.more for row in typed.rows] == [{"2021": 1, "2022": 2}, {}, {"2022": 3}]


def test_a_yes_and_a_number_one_of_one_column_are_not_mixed_up():
    sheet = read(
        make_sheets(Data=[["code", "not_applicable"], [True, True], [1, 1], [0, False]]), filename="a.xlsx"
    )
    typed = type_rows(kind=KIND, columns=KIND.columns, sheet=sheet)
    assert [row.code for row in typed.rows] == ["yes", "1", "0"]
    assert [row.not_applicable for row in typed.rows] == [True, True, False]


def test_a_percentage_and_a_number_of_one_column_are_not_mixed_up():
    typed = type_csv("code,share", "X,40 %", "Y,40", "Z,40%")
    assert [isinstance(row.share, Percent) for row in typed.rows] == [True, False, True]


def test_numbers_that_can_be_read_in_two_ways_follow_the_rest_of_the_file_or_the_choice():
    lines = ("code;amount", "X;1,234", "Y;5")
    [error] = type_csv(*lines).errors
    assert error.message.startswith("“1,234” can be read as 1234 or as 1.234.")
    assert error.message.endswith("Or choose the decimal mark of the file.")
    assert type_csv(*lines, "Z;0,5").rows[0].amount == Decimal("1.234")
    assert type_csv(*lines, decimal_mark=".").rows[0].amount == Decimal(1234)
    assert type_csv(*lines, decimal_mark=",").rows[0].amount == Decimal("1.234")


@pytest.mark.parametrize("column", ["amount", "share"])
def test_a_word_for_no_figure_says_where_it_is_said_that_an_indicator_does_not_apply(column):
    [error] = type_csv(f"code,{column}", "X,n/a").errors
    assert error.message == (
        "“n/a” is no figure. Where there is none, leave the cell empty. "
        "If the indicator does not apply, write yes under not_applicable."
    )


@pytest.mark.parametrize("column", ["amount", "share"])
@pytest.mark.parametrize("written", ["<11", "less than 11"])
def test_a_suppressed_figure_is_refused_as_input(column, written):
    [error] = type_csv(f"code,{column}", f"X,{written}").errors
    assert (error.value, "suppressed in an export" in error.message) == (written, True)


def test_a_word_where_a_stage_may_stand_is_kept():
    assert [row.share for row in type_csv("code,share", "X,Drafted", "Y,40 %").rows] == [
        "Drafted",
        Percent(40),
    ]


def test_rows_of_several_sheets_are_told_apart_by_their_keys():
    data = make_sheets(KG=[["code", "amount"], ["X", 1]], TJ=[["amount", "code"], ["bad", "Y"], [2, "Z"]])
    sheet = read(data, filename="a.xlsx", sheet="*")
    typed = type_rows(kind=KIND, columns=KIND.columns, sheet=sheet)
    assert [(sheet.place_of(row.row), row.code) for row in typed.rows] == [(("KG", 2), "X"), (("TJ", 3), "Z")]
    [error] = typed.errors
    assert (sheet.place_of(error.row), sheet.letter_of(error.row, "amount")) == (("TJ", 2), "A")


def test_a_column_knows_what_it_holds():
    assert [column.holds_numbers for column in KIND.columns] == [False, True, True, False, False]
    assert [column.holds_dates for column in (*KIND.columns, Column("by", last_day))] == [
        False, False, False, True, False, True,
    ]  # fmt: skip
