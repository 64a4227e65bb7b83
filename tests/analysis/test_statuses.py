"""The statuses as people see them: words, shapes, and colours that can be read."""

import datetime
import itertools
from xml.etree import ElementTree

import pytest

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

# Machado, Oliveira and Fernandes (2009), full severity, on linear RGB.
SIGHT = {
    "full": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "without red": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "without green": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "without blue": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def linear(colour):
    """Linear red, green and blue of #RRGGBB, as WCAG 2 defines them."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def contrast(one, other):
    """The contrast ratio of WCAG 2, 1 to 21."""
    light = [
        sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear(c), strict=True)) for c in (one, other)
    ]
    return (max(light) + 0.05) / (min(light) + 0.05)


def lab(colour, sight):
    """CIE L*a*b* of a colour as somebody with this sight sees it."""
    seen = [
        min(1, max(0, sum(w * p for w, p in zip(row, linear(colour), strict=True)))) for row in SIGHT[sight]
    ]
    rows = (
        (0.4124564, 0.3575761, 0.1804375),
        (0.2126729, 0.7151522, 0.0721750),
        (0.0193339, 0.1191920, 0.9503041),
    )
    xyz = [sum(w * p for w, p in zip(row, seen, strict=True)) for row in rows]
    x, y, z = (
        t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116
        for t in (v / white for v, white in zip(xyz, (0.95047, 1, 1.08883), strict=True))
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


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
        pairs = zip(lab(STATUSES[one].colour, sight), lab(STATUSES[other].colour, sight), strict=True)
        assert sum((a - b) ** 2 for a, b in pairs) ** 0.5 >= 20, (one, other)


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
