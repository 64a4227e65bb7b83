"""The statuses as people see them: words, shapes, and colours that can be read."""

import datetime
import itertools
from xml.etree import ElementTree

import pytest

from tests.analysis.colours import SIGHT, apart, contrast
from tracker.analysis.statuses import (
    JUDGED,
    STATUS_ORDER,
    STATUSES,
    count_statuses,
    css_variables,
    status_words,
    style_of,
)

CODES = (
    "achieved",
    "on_track",
    "at_risk",
    "off_track",
    "not_due",
    "no_data",
    "not_applicable",
    "no_baseline",
    "no_target",
)


def test_the_yardstick_is_right_on_known_pairs():
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    # 4.54 is the published ratio of this grey on white.
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


def test_every_status_of_the_rules_has_its_style_in_the_usual_order():
    assert STATUS_ORDER == CODES
    assert CODES[:4] == JUDGED
    assert [style.code for style in STATUSES.values()] == list(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_status_is_readable_on_white_and_on_its_tint_and_inside_a_bar(code):
    style = STATUSES[code]
    assert contrast(style.colour, "#FFFFFF") >= 4.5
    assert contrast("#1B2430", style.tint) >= 4.5
    assert contrast(style.on_fill, style.ground) >= 4.5


@pytest.mark.parametrize("sight", SIGHT)
def test_the_four_judgements_stay_apart_for_every_kind_of_sight(sight):
    # 20 in L*a*b* is some nine times the difference that is just noticed.
    for one, other in itertools.combinations(JUDGED, 2):
        assert apart(STATUSES[one].colour, STATUSES[other].colour, sight) >= 20, (one, other)


def test_no_two_statuses_share_a_word_or_a_drawing():
    assert len({str(style.word) for style in STATUSES.values()}) == 9
    assert len({style.shape for style in STATUSES.values()}) == 9
    assert len({style.strokes for style in STATUSES.values()}) == 9


@pytest.mark.parametrize("code", CODES)
def test_a_mark_is_a_small_picture_that_screen_readers_skip(code):
    root = ElementTree.fromstring(STATUSES[code].mark)
    assert (root.get("width"), root.get("height"), root.get("viewBox")) == ("12", "12", "0 0 12 12")
    assert root.get("aria-hidden") == "true"
    assert STATUSES[code].colour in STATUSES[code].mark
    assert len(list(root)) == len(STATUSES[code].strokes)


def test_a_level_at_its_target_before_the_time_is_worded_so():
    due, judged = datetime.date(2024, 12, 31), datetime.date(2021, 12, 31)
    assert status_words("achieved", target_due=due, judged_on=judged) == "At target, due 31 Dec 2024"
    assert status_words("achieved", target_due=due, judged_on=judged, is_flow=True) == "Achieved"
    assert status_words("achieved", target_due=due, judged_on=due) == "Achieved"
    assert status_words("on_track", target_due=due, judged_on=judged) == "On track"
    assert status_words("no_data") == "No data"


def test_counting_keeps_the_usual_order_and_leaves_out_what_does_not_occur():
    counts = count_statuses(["no_data", "on_track", "achieved", "on_track"])
    assert list(counts.items()) == [("achieved", 1), ("on_track", 2), ("no_data", 1)]


def test_an_unknown_status_is_refused_by_name():
    with pytest.raises(ValueError, match="“fine” is not a status"):
        style_of("fine")


def test_the_style_sheet_gets_every_colour():
    css = css_variables()
    assert "--status-on-track: #187C71;" in css
    assert css.count("--status-") == 18
