"""The colours: readable, apart for every kind of sight, and declared once."""

import itertools
import re
from pathlib import Path

import pytest

from tests.analysis.colours import SIGHT, apart, contrast, lab
from tracker.analysis.palette import BLANK, INK, KINDS, NOT_KNOWN, SEQUENCE, spread

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("paint", [*SEQUENCE, *KINDS, NOT_KNOWN, BLANK], ids=lambda paint: paint.ground)
def test_text_is_readable_on_every_ground(paint):
    assert contrast(paint.ground, paint.ink) >= 4.5


@pytest.mark.parametrize("sight", SIGHT)
def test_every_step_is_darker_than_the_one_before_for_every_kind_of_sight(sight):
    light = [lab(paint.ground, sight)[0] for paint in (BLANK, *SEQUENCE)]
    assert light == sorted(light, reverse=True)
    # 10 in L*a*b* is some four times the difference that is just noticed; beside it stands a mark.
    for one, other in itertools.pairwise(SEQUENCE):
        assert apart(one.ground, other.ground, sight) >= 10


@pytest.mark.parametrize("sight", SIGHT)
def test_kinds_stay_apart_for_every_kind_of_sight(sight):
    for one, other in itertools.combinations((*KINDS, NOT_KNOWN), 2):
        assert apart(one.ground, other.ground, sight) >= 15


def test_few_steps_are_spread_over_the_whole_sequence():
    assert spread(0) == ()
    assert spread(1) == (SEQUENCE[2],)
    assert spread(2) == (SEQUENCE[0], SEQUENCE[4])
    assert spread(3) == (SEQUENCE[0], SEQUENCE[2], SEQUENCE[4])
    assert spread(5) == SEQUENCE
    with pytest.raises(ValueError, match="5 steps, not 6"):
        spread(6)


def test_colours_of_drawings_and_reports_are_declared_in_two_places_alone():
    """The palette, and the statuses with their words and shapes."""
    declared = {"palette.py", "statuses.py"}
    drawn = [*ROOT.glob("tracker/analysis/**/*.py"), *ROOT.glob("tracker/reports/renderers/*")]
    drawn += [*ROOT.glob("tracker/explore/**/*.py"), *ROOT.glob("templates/**/*.html")]
    found = {
        path.name
        for path in drawn
        if path.is_file() and re.search(r"#[0-9A-Fa-f]{6}\b(?!;)", path.read_text(errors="ignore"))
    }
    assert found <= declared


def test_the_style_sheet_has_the_same_ink():
    style = (ROOT / "tracker/static/tracker/tracker.css").read_text()
    assert f"--ink: {INK.lower()};" in style
