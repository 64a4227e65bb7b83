"""The figures of an edition: kept as JSON without loss, and known by their digest."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.reports.samples import edition, empty_edition, flow, long_edition, not_reported, share
from tracker.reports.figures import EditionFigures, IndicatorFigures


@pytest.mark.parametrize("figures", [edition(), long_edition(3), empty_edition()])
def test_figures_come_back_from_json_as_they_were(figures):
    back = EditionFigures.from_json(figures.to_json())
    assert back == figures
    assert back.digest() == figures.digest()
    assert back.to_json() == figures.to_json()


def test_json_keeps_decimals_as_text_and_nothing_as_null():
    content = json.loads(edition().to_json())["figures"]
    rows = content["priorities"][0]["indicators"]
    assert rows[0]["compared_value"] == "1234567"
    assert rows[1]["value"] == "0"
    assert rows[3]["value"] is None
    assert content["generated_on"] == "2022-02-05"
    assert list(content) == sorted(content)


def with_value(value):
    first, *rest = edition().priorities[0].indicators
    rows = (replace(first, value=value), *rest)
    return edition(priorities=(replace(edition().priorities[0], indicators=rows),))


def test_the_digest_knows_a_zero_from_a_gap_but_not_a_trailing_zero():
    assert with_value(Decimal(0)).digest() != with_value(None).digest()
    assert with_value(Decimal("400.000000")).digest() == with_value(Decimal("4E+2")).digest()
    assert with_value(Decimal("-0.0")).digest() == with_value(Decimal(0)).digest()
    assert (
        with_value(Decimal("0.1")).digest()
        != with_value(Decimal("0.10000000000000000000000000000001")).digest()
    )
    assert len(edition().digest()) == 64


def test_the_order_of_counts_does_not_change_the_digest():
    priority = edition().priorities[0]
    turned = replace(priority, status_counts=dict(reversed(list(priority.status_counts.items()))))
    assert edition(priorities=(turned,)).digest() == edition().digest()


def test_a_figure_that_is_no_number_is_refused():
    with pytest.raises(ValueError, match="NaN is not a figure"):
        with_value(Decimal("NaN")).to_json()
    with pytest.raises(TypeError, match="float does not belong"):
        with_value(0.5).to_json()


def change(path, value):
    """The JSON of an edition with one place changed."""
    content = json.loads(edition().to_json())
    place = content
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return json.dumps(content)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "not JSON"),
        ("[]", "not in format 1"),
        (change(["format"], 99), "not in format 1"),
        (change(["figures", "generated_on"], "5 Feb"), "figures.generated_on: “5 Feb” is not a date"),
        (
            change(["figures", "priorities", 0, "indicators", 1, "value"], "many"),
            r"figures.priorities\[0\].indicators\[1\].value: “many” is not a number",
        ),
        (change(["figures", "draft"], "yes"), "figures.draft: expected bool, found str"),
        (change(["figures", "coverage", "missions_due"], True), "expected int, found bool"),
        (change(["figures", "colour"], "red"), "missing or unknown: colour"),
        (change(["figures", "priorities"], None), "expected list, found NoneType"),
    ],
)
def test_json_that_does_not_fit_is_refused_with_its_place(text, message):
    with pytest.raises(ValueError, match=message):
        EditionFigures.from_json(text)


def test_the_compared_value_stands_beside_the_target_and_the_value_alone_without_one():
    assert flow().actual == Decimal("1234567.00")
    assert flow().has_other_value
    alone = IndicatorFigures(code="X", name="X", unit="", value=Decimal(7), status="no_target")
    assert alone.actual == 7
    assert not alone.has_other_value
    assert not share().has_other_value
    # With a target, a value that nothing is compared with does not slip into the comparison.
    odd = replace(not_reported(), value=Decimal(7))
    assert odd.actual is None
    assert odd.has_other_value


def test_a_count_of_missions_is_shown_as_a_number_whatever_is_measured():
    row = replace(share(), shown_as="number", shown_unit="missions", value=Decimal(3))
    assert row.show(row.value) == "3"
    assert row.row_unit == "missions"
    assert row.show_own(Decimal("0.5")) == "50.0\N{NARROW NO-BREAK SPACE}%"


def test_counts_of_all_priorities_add_up():
    doubled = edition(priorities=edition().priorities * 2)
    assert doubled.status_counts == {"on_track": 2, "off_track": 2, "not_applicable": 2, "no_data": 2}
    assert doubled.indicator_count == 8
