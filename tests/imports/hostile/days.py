"""Files whose days, years and periods are written in many ways."""

import io
from datetime import date

import xlsxwriter

from .cases import Saved, Wrong, file
from .layouts import KG
from .making import HEADER, one_date, text

DATED = ",".join(HEADER[:4])


def moved(day: str) -> Saved:
    """The baseline of Kyrgyzstan is 5 now, and of this day."""
    return Saved(f"changed 2 {KG}: baseline_value 1000 → 5; baseline_date 2019-12-31 → {day}")


def wrong_day(value: str, sentence: str) -> Wrong:
    return Wrong((2, "baseline_date", value, sentence))


@file("day.xlsx", moved("2020-12-31"))
def date_cell() -> bytes:
    """A date as Excel keeps it, shown in American order."""
    return one_date(date(2020, 12, 31), "mm/dd/yyyy")


@file("day.xlsx", moved("2020-12-31"))
def serial_number() -> bytes:
    """The number that Excel keeps for a day, without a format."""
    return one_date(44196)


@file("day.xlsx", moved("2020-12-31"))
def serial_number_since_1904() -> bytes:
    """The number of a day in a workbook that counts from 1904, without a format."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "date_1904": True}) as book:
        sheet = book.add_worksheet("Data")
        sheet.write_row(0, 0, HEADER[:4])
        sheet.write_row(1, 0, ["SP1-O1-I1", "KG", 5, 44196 - 1462])
    return out.getvalue()


@file("day.xlsx", moved("2020-12-31"))
def date_cell_since_1904() -> bytes:
    """A date of a workbook that counts from 1904."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "date_1904": True}) as book:
        sheet = book.add_worksheet("Data")
        sheet.write_row(0, 0, HEADER[:4])
        sheet.write_row(1, 0, ["SP1-O1-I1", "KG", 5])
        sheet.write_datetime(1, 3, date(2020, 12, 31), book.add_format({"num_format": "yyyy-mm-dd"}))
    return out.getvalue()


@file("day.csv", moved("2020-12-31"))
def date_as_iso() -> bytes:
    """2020-12-31 as text."""
    return text(DATED, "SP1-O1-I1,KG,5,2020-12-31")


@file("day.csv", moved("2020-12-31"))
def date_with_points() -> bytes:
    """31.12.2020 as text, with the letter for year that Russian adds."""
    return text(DATED, "SP1-O1-I1,KG,5,31.12.2020 г.")


@file(
    "day.csv",
    wrong_day("12/31/2020", "“12/31/2020” has no month 31. Write the day first (31/12/2020), or 2020-12-31."),
)
def date_with_the_month_first() -> bytes:
    """12/31/2020 can only be American; it is not turned silently, since its neighbours could not be told."""
    return text(DATED, "SP1-O1-I1,KG,5,12/31/2020")


@file("day.csv", moved("2020-12-11"))
def date_that_could_be_two() -> bytes:
    """11/12/2020: the day comes first, always, as is said beside the column."""
    return text(DATED, "SP1-O1-I1,KG,5,11/12/2020")


@file("day.csv", wrong_day("30.02.2020", "“30.02.2020” is no day of the calendar."))
def day_that_there_is_not() -> bytes:
    """The thirtieth of February."""
    return text(DATED, "SP1-O1-I1,KG,5,30.02.2020")


@file(
    "day.csv",
    wrong_day(
        "31.12.20", "“31.12.20” is neither a date (2022-12-31) nor a year (2022) nor a quarter (2022-Q4)."
    ),
)
def year_of_two_digits() -> bytes:
    """31.12.20 leaves the century open."""
    return text(DATED, "SP1-O1-I1,KG,5,31.12.20")


@file("day.csv", moved("2020-12-31"))
def year_for_a_date() -> bytes:
    """2020 is its last day."""
    return text(DATED, "SP1-O1-I1,KG,5,2020")


@file("day.xlsx", moved("2020-06-30"))
def half_year_for_a_date() -> bytes:
    """2020-H1 is its last day."""
    return one_date("2020-H1")


@file("day.xlsx", moved("2020-12-31"))
def moment_of_a_day() -> bytes:
    """A date with a time of day."""
    return one_date(44196.75, "yyyy-mm-dd hh:mm")


@file(
    "day.csv",
    wrong_day(
        "last year", "“last year” is neither a date (2022-12-31) nor a year (2022) nor a quarter (2022-Q4)."
    ),
)
def day_in_words() -> bytes:
    """A day in words that only their writer understands."""
    return text(DATED, "SP1-O1-I1,KG,5,last year")
