"""The fast checks of imports say yes only where the rules find nothing wrong."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tests.drawing import drawn
from tracker.progress.rules import (
    LARGEST,
    Amount,
    Entry,
    EntryRules,
    admits_number,
    admits_parts,
    admits_percentage,
    check_entry,
)

# Around what the rules decide on: signs, decimals, stages, the largest, and 100 %.
NUMBERS = st.one_of(
    st.integers(-3, 12).map(Decimal),
    st.decimals(min_value=-2, max_value=12, places=2),
    st.decimals(min_value=0, max_value=2, places=6),
    st.sampled_from([LARGEST, -LARGEST, LARGEST - 1, 1 - LARGEST, LARGEST - Decimal("0.5"), Decimal("-0.0")]),
)
MAYBE = st.none() | NUMBERS
BREAKDOWNS = st.sampled_from([(), ((1, 2, 3),), ((4, 5),), ((1, 2, 3), (4, 5))])

RULES = st.builds(
    EntryRules,
    measure=st.sampled_from(["number", "percentage", "stage", "yes_no"]),
    period_rule=st.sampled_from(["sum", "latest", "average"]),
    decimals=st.integers(0, 3),
    allows_negative=st.booleans(),
    bounded=st.booleans(),
    stages=st.integers(2, 4),
    exclusive=BREAKDOWNS,
    multiple=BREAKDOWNS,
)
AMOUNTS = st.one_of(
    NUMBERS.map(Amount),
    st.builds(Amount, st.none(), NUMBERS, NUMBERS),
    st.builds(Amount, MAYBE, MAYBE, MAYBE),
)


@drawn(examples=300)
@given(RULES, NUMBERS)
def test_a_number_is_admitted_just_where_nothing_is_wrong_with_it(rules, number) -> None:
    if rules.measure != "percentage":
        assert admits_number(rules)(number) == (check_entry(rules, Entry(Amount(number))) == [])


@drawn(examples=300)
@given(RULES, AMOUNTS)
def test_a_percentage_is_admitted_only_where_nothing_is_wrong_with_it(rules, amount) -> None:
    rules = replace(rules, measure="percentage")
    if admits_percentage(rules)(amount):
        assert check_entry(rules, Entry(amount)) == []


@drawn(examples=300)
@given(RULES, NUMBERS, NUMBERS)
def test_a_fraction_of_something_is_admitted_just_where_nothing_is_wrong_with_it(rules, n, d) -> None:
    rules, amount = replace(rules, measure="percentage"), Amount(None, n, d or Decimal(1))
    assert admits_percentage(rules)(amount) == (check_entry(rules, Entry(amount)) == [])


@drawn(examples=300)
@given(RULES, NUMBERS, st.dictionaries(st.integers(1, 5), NUMBERS, max_size=5))
def test_parts_are_admitted_just_where_nothing_is_wrong_with_them(rules, total, parts) -> None:
    if rules.measure == "percentage" or not admits_number(rules)(total):
        return
    entry = Entry(Amount(total), cells={cell: Amount(number) for cell, number in parts.items()})
    assert admits_parts(rules)(total, parts) == (check_entry(rules, entry) == [])


def test_a_denominator_is_never_negative() -> None:
    rules = EntryRules("percentage", "sum", 0, True, False, 0)
    [finding] = check_entry(rules, Entry(Amount(None, Decimal(1), Decimal(-2))))
    assert finding.problem.value == "negative"
    assert check_entry(rules, Entry(Amount(None, Decimal(-1), Decimal(2)))) == []
