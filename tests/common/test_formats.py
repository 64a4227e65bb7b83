"""How figures are shown: numbers, percentages, dates, quarters, and what is not there."""

import datetime
from decimal import Decimal

import pytest
from django.utils import translation

from tracker.common.formats import (
    decimals_to_tell,
    quarter_end,
    show_date,
    show_number,
    show_percent,
    show_quarter,
    show_short,
    show_value,
)

THIN = "\N{NARROW NO-BREAK SPACE}"
DASH = "\N{EN DASH}"
MINUS = "\N{MINUS SIGN}"


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (Decimal("0"), 0, "0"),
        (None, 0, DASH),
        (Decimal("999"), 0, "999"),
        (Decimal("1234567"), 0, f"1{THIN}234{THIN}567"),
        (Decimal("1234.5"), 2, f"1{THIN}234.50"),
        (Decimal("-1234"), 0, f"{MINUS}1{THIN}234"),
        (42, 0, "42"),
        (Decimal("1E+3"), 0, f"1{THIN}000"),
    ],
)
def test_a_number_is_shown_with_thin_spaces_and_a_true_minus(value, decimals, shown):
    assert show_number(value, decimals) == shown


def test_a_zero_is_not_a_gap():
    assert show_number(Decimal(0)) == "0"
    assert show_number(None) == DASH
    assert show_percent(Decimal(0)) == f"0.0{THIN}%"
    assert show_percent(None) == DASH


@pytest.mark.parametrize(
    ("value", "shown"),
    [("0.5", "1"), ("1.5", "2"), ("2.5", "3"), ("-0.5", f"{MINUS}1"), ("-0.4", "0"), ("2.49999", "2")],
)
def test_halves_are_rounded_away_from_zero_and_nothing_rounds_to_minus_zero(value, shown):
    assert show_number(Decimal(value), 0) == shown


def test_rounding_happens_once_however_long_the_figure():
    almost_half = Decimal("123456789012345678901234567.49999999999999999999")
    assert show_number(almost_half, 0).replace(THIN, "") == "123456789012345678901234567"
    assert show_number(Decimal("1" * 40), 2).replace(THIN, "") == "1" * 40 + ".00"
    # Rounded first to Python's usual 28 digits this would become 0.005, and then 1 %.
    assert show_percent(Decimal("0.004" + "9" * 40), 0) == f"0{THIN}%"


@pytest.mark.parametrize(
    ("fraction", "decimals", "shown"),
    [("0.4", 1, "40.0"), ("0.65432", 1, "65.4"), ("0.125", 0, "13"), ("12.5", 0, f"1{THIN}250")],
)
def test_a_percentage_is_shown_from_its_fraction(fraction, decimals, shown):
    assert show_percent(Decimal(fraction), decimals) == f"{shown}{THIN}%"


@pytest.mark.parametrize(
    ("fraction", "decimals"),
    [
        ("0.85", 0), ("0.854", 0), ("0.844", 0), ("0.846", 1), ("0.8496", 2), ("0.8449", 0), ("0.5949", 0),
        ("0.599", 1), ("0.996", 1), ("1.004", 0), ("0.99996", 3), ("-0.2", 0), ("3", 0),
        # What division leaves behind a threshold is no difference.
        ("0.84999999999999999999999999", 0),
    ],
)  # fmt: skip
def test_a_percentage_has_the_decimals_that_tell_on_which_side_of_an_edge_it_lies(fraction, decimals):
    edges = (Decimal("0.60"), Decimal("0.85"), Decimal(1))
    assert decimals_to_tell(Decimal(fraction), edges=edges) == decimals
    assert decimals_to_tell(Decimal(fraction), edges=edges, least=4) == max(decimals, 4)


def test_a_float_is_refused_because_it_has_lost_what_was_typed():
    with pytest.raises(TypeError, match="not from a float"):
        show_number(0.1)
    with pytest.raises(TypeError, match="not from a float"):
        show_percent(0.1)


def test_what_is_no_number_is_refused():
    with pytest.raises(ValueError, match="NaN"):
        show_number(Decimal("NaN"))


def test_a_value_is_shown_as_its_measure():
    stages = ("Not started", "Drafted", "Adopted")
    assert show_value(Decimal(1200), measure="number") == f"1{THIN}200"
    assert show_value(Decimal("0.25"), measure="percentage", decimals=1) == f"25.0{THIN}%"
    assert show_value(Decimal(0), measure="stage", stages=stages) == "Not started"
    assert show_value(Decimal("2.000"), measure="stage", stages=stages) == "Adopted"
    assert show_value(Decimal(1), measure="yes_no") == "Yes"
    assert show_value(Decimal(0), measure="yes_no") == "No"
    assert show_value(None, measure="yes_no") == DASH


def test_a_mean_of_stages_is_shown_as_a_number_not_as_a_stage():
    assert show_value(Decimal("1.5"), measure="stage", stages=("A", "B", "C")) == "1.5"
    assert show_value(Decimal(7), measure="stage", stages=("A", "B", "C")) == "7.0"


def test_dates_and_quarters_read_as_people_write_them():
    assert show_date(datetime.date(2022, 11, 4)) == "4 Nov 2022"
    assert show_date(None) == DASH
    assert show_quarter("2021-Q3") == "Q3 2021"
    assert show_quarter(None) == DASH


def test_months_follow_the_language():
    with translation.override("fr"):
        assert show_date(datetime.date(2022, 11, 4)).startswith("4 ")
        assert show_date(datetime.date(2022, 2, 4)) != "4 Feb 2022"


@pytest.mark.parametrize(
    ("code", "end"),
    [
        ("2020-Q1", datetime.date(2020, 3, 31)),
        ("2020-Q2", datetime.date(2020, 6, 30)),
        ("2021-Q3", datetime.date(2021, 9, 30)),
        ("2024-Q4", datetime.date(2024, 12, 31)),
    ],
)
def test_a_quarter_ends_on_its_last_day(code, end):
    assert quarter_end(code) == end


@pytest.mark.parametrize("code", ["2021-Q5", "Q3 2021", "2021", "", "2021-Q3 "])
def test_what_is_no_quarter_is_refused_by_name(code):
    with pytest.raises(ValueError, match="write it like 2021-Q3"):
        show_quarter(code)


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (0, 0, "0"),
        (7, 0, "7"),
        ("12.34", 1, "12.3"),
        ("123.4", 1, "123"),
        (9_999, 0, f"9{THIN}999"),
        ("9999.7", 1, "10k"),
        (12_345, 0, "12.3k"),
        (999_600, 0, "1M"),
        (35_500_000, 0, "35.5M"),
        (1_500_000_000, 0, "1.5bn"),
        (-45_000, 0, f"{MINUS}45k"),
        ("0.126", 2, "0.13"),
    ],
)
def test_where_there_is_little_room_three_digits_tell_a_number(value, decimals, shown):
    assert show_short(Decimal(value), decimals) == shown
