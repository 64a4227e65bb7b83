"""The words of a regional figure."""

from decimal import Decimal

from tracker.analysis.terms import Coverage, RegionStanding
from tracker.analysis.wording import compared_note, coverage_sentences, regional_unit, show_regional
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
