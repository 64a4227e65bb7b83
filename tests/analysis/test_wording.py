"""The words of a regional figure."""

from decimal import Decimal

import pytest

from tracker.analysis.flag_rules import KINDS, Flag, Kind
from tracker.analysis.terms import Coverage, RegionStanding
from tracker.analysis.wording import compared_note, coverage_sentences, regional_unit, say_flag, show_regional
from tracker.common.formats import THIN_SPACE
from tracker.framework.models import Indicator

PEOPLE = Indicator(code="I1", unit="persons", measure="number", period_rule="sum", mission_rule="sum")
LAWS = Indicator(code="I2", unit="countries", measure="yes_no", mission_rule="count_at_least")


def region(**fields) -> RegionStanding:
    return RegionStanding(status="on_track", target=Decimal(400), basis="mission_targets", **fields)


def test_where_both_figures_are_the_same_there_is_no_note():
    stands = region(value=Decimal(300), compared_value=Decimal("300.0"))
    assert compared_note(PEOPLE, stands) == ""


def test_both_figures_are_named_where_they_differ():
    coverage = Coverage(in_value=("AL", "GE", "KG"), counted=("KG", "AL"), at_baseline=("TJ",))
    stands = region(value=Decimal(800), compared_value=Decimal(300), coverage=coverage)
    assert compared_note(PEOPLE, stands) == (
        "300 in the 3 missions compared; 800 in all (3 reported); 1 without data stands at its baseline"
    )


def test_a_zero_is_named_and_a_gap_is_not():
    coverage = Coverage(in_value=("AL",), at_baseline=("KG", "TJ"))
    assert compared_note(PEOPLE, region(value=Decimal(5), compared_value=Decimal(0), coverage=coverage)) == (
        "0 in the 2 missions compared; 5 in all (1 reported); 2 without data stand at their baseline"
    )
    assert compared_note(PEOPLE, region(value=Decimal(5), compared_value=None)) == ""


def test_counted_missions_are_whole_numbers_of_missions():
    assert regional_unit(LAWS) == "missions"
    assert show_regional(LAWS, Decimal(1)) == "1"
    assert regional_unit(PEOPLE) == "persons"


def test_every_place_of_a_mission_is_named_by_its_name():
    coverage = Coverage(
        kind=("AL", "GE", "KG", "TJ"),
        in_value=("KG",),
        counted=("KG",),
        at_baseline=("GE", "AL"),
        left_out=("TJ",),
        not_applicable=("UZ",),
        stale=("TJ",),
        baseline_unknown=("TJ",),
    )
    names = {"AL": "Albania", "GE": "Georgia", "KG": "Kyrgyzstan", "TJ": "Tajikistan"}
    stands = region(value=Decimal(1), compared_value=Decimal(1), coverage=coverage)
    assert coverage_sentences(LAWS, stands, names) == [
        "The value is made of 1 of 4 missions.",
        "It is judged against the missions’ own targets, over those that have one.",
        "Compared at its own value: Kyrgyzstan.",
        "Without data, taken at their baselines (2): Albania, Georgia.",
        "Left out of the comparison: Tajikistan.",
        "Not applicable in UZ.",
        "The last value is too old to count: Tajikistan.",
        "The baseline of Tajikistan is unknown; it counts as not there yet.",
    ]


# -- What is asked about a result -----------------------------------------------------------------------
FLOW = Indicator(measure="number", period_rule="sum", direction="increase")
STOCK = Indicator(measure="number", period_rule="latest", direction="decrease")
SHARE = Indicator(measure="percentage", period_rule="latest", direction="increase", decimals=1)


def asked(indicator: Indicator, kind: Kind, now: str | None = None, before: str | None = None) -> str:
    """What is asked, with thin spaces as plain ones."""
    flag = Flag(
        kind, now=None if now is None else Decimal(now), before=None if before is None else Decimal(before)
    )
    return say_flag(indicator, flag).replace(THIN_SPACE, " ")


@pytest.mark.parametrize(
    ("indicator", "kind", "now", "before", "said"),
    [
        (STOCK, "falls", "980", "1240", "Fell from 1 240 to 980; this indicator should never fall."),
        (SHARE, "falls", "0.4", "0.525", "Fell from 52.5 % to 40.0 %; this indicator should never fall."),
        (FLOW, "jump", "1240", "118", "11 times the usual (1 240 in a quarter, against 118)."),
        (FLOW, "jump", "300", "118", "2.5 times the usual (300 in a quarter, against 118)."),
        (FLOW, "jump", "11", "118", "Far below the usual (11 in a quarter, against 118)."),
        (FLOW, "jump", "150", "118", "Far from the usual (150 in a quarter, against 118)."),
        (STOCK, "jump", "1240", "118", "11 times the usual (1 240 against 118)."),
        (STOCK, "jump", "0", "118", "Far below the usual (0 against 118)."),
        (STOCK, "jump", "50", "0", "Far from the usual (50 against 0)."),
        (STOCK, "jump", "-50", "5", "Far from the usual (−50 against 5)."),
        (SHARE, "jump", "0.9", "0.09", "10 times the usual (90.0 % against 9.0 %)."),
        (FLOW, "repeated", "40", "40",
         "40 for the third period running: is it the total to date, and not what was new?"),
        (FLOW, "beyond", "1.62", None, "It has come 162 % of the way to its target: do both count the same?"),
        (FLOW, "off_track_unexplained", "12", "80",
         "Off track (12, and 80 was expected), and the comment does not say why."),
        (FLOW, "off_track_unexplained", None, None, "Off track, and the comment does not say why."),
        (SHARE, "against_direction", "0.3", "0.4",
         "Its target, 30.0 %, lies below its baseline, 40.0 %, and the indicator should rise."),
        (STOCK, "against_direction", "50", "40",
         "Its target, 50, lies above its baseline, 40, and the indicator should fall."),
    ],
)  # fmt: skip
def test_what_is_asked_is_said_with_its_figures(indicator, kind, now, before, said):
    assert asked(indicator, kind, now, before) == said


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_question_has_words(kind: Kind):
    assert asked(FLOW, kind, "12", "10").endswith((".", "?"))


def test_a_kind_without_words_is_no_silent_question():
    with pytest.raises(ValueError, match="no words"):
        say_flag(FLOW, Flag("another"))  # type: ignore[arg-type]
