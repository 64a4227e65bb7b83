"""Amounts sorted into classes: worked by hand, and what holds of whatever is drawn."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.drawing import drawn
from tracker.analysis.classes import MOST, Class, make_classes, roundest

D = Decimal


def test_a_few_amounts_get_a_class_each():
    assert make_classes([D(3), D(1), D(3)]) == [Class(D(1), None, only=D(1)), Class(D(3), None, only=D(3))]
    assert make_classes([]) == []


def test_many_amounts_are_cut_into_about_equal_numbers_at_round_ones():
    """Ten amounts, two to a class; between 17 and 23 the roundest is 20, between 48 and 61 it is 50."""
    amounts = [D(n) for n in (1, 4, 8, 17, 23, 31, 42, 48, 61, 93)]
    assert make_classes(amounts) == [
        Class(None, D(5)),
        Class(D(5), D(20)),
        Class(D(20), D(40)),
        Class(D(40), D(50)),
        Class(D(50), None),
    ]


def test_equal_amounts_are_never_parted():
    """Thirteen amounts: the cuts after the fifth and the tenth would part the sevens, and give way together."""
    amounts = [D(7)] * 8 + [D(n) for n in (1, 2, 3, 4, 9)]
    assert make_classes(amounts) == [Class(None, D(4)), Class(D(4), D(8)), Class(D(8), None)]


def test_given_edges_cut_where_they_say():
    half, whole = D("0.5"), D(1)
    assert make_classes([D("0.2")], edges=[half, whole]) == [
        Class(None, half),
        Class(half, whole),
        Class(whole, None),
    ]
    with pytest.raises(ValueError, match="5 edges"):
        make_classes([], edges=[D(n) for n in range(5)])


@pytest.mark.parametrize(
    ("above", "upto", "found"),
    [
        ("17", "23", "20"),
        ("48", "61", "50"),
        ("8", "17", "10"),
        ("3", "4", "4"),
        ("3320000", "3350000", "3350000"),
        ("6900000", "7000000", "7000000"),
        ("0.412", "0.431", "0.42"),
        ("-5", "3", "0"),
        ("-8", "-3", "-5"),
        ("0", "0.004", "0.004"),
        ("0.9", "1", "1"),
    ],
)
def test_the_roundest_number_lies_between(above, upto, found):
    assert roundest(above=D(above), upto=D(upto)) == D(found)


def test_between_a_number_and_itself_there_is_none():
    with pytest.raises(ValueError, match="above 3"):
        roundest(above=D(3), upto=D(3))


@drawn(examples=60)
@given(st.lists(st.decimals(min_value=-(10**9), max_value=10**9, places=2), max_size=40))
def test_every_amount_is_in_exactly_one_class_and_no_class_is_empty(amounts):
    classes = make_classes(amounts)
    assert len(classes) <= MOST
    for amount in amounts:
        assert sum(each.holds(amount) for each in classes) == 1
    for each in classes:
        assert any(each.holds(amount) for amount in amounts)
