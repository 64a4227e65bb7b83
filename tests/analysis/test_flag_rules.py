"""The questions about a result, each worked by hand."""

from decimal import Decimal
from typing import Any

import pytest

from tracker.analysis.flag_rules import Flag, Given, find_contradiction, find_flags, find_jump, find_repeat
from tracker.analysis.terms import IndicatorRules, Standing

FLOW = IndicatorRules("number", "increase", "quarterly", "sum", "sum")
LEVEL = IndicatorRules("number", "increase", "quarterly", "latest", "sum")
STAGE = IndicatorRules("stage", "increase", "quarterly", "latest", "count_reached")


def series(*levels: Any, step: int = 1, covers: int = 1) -> list[Given]:
    return [
        Given(period=8000 + place * step, level=Decimal(level), covers=covers)
        for place, level in enumerate(levels)
    ]


@pytest.mark.parametrize(
    ("levels", "usual"),
    [
        # Median 100, deviations 10, 0, 10, 20, 20: MAD 10. 0.6745 × |x − 100| / 10 ≥ 3.5 from 51.9 away.
        ([90, 100, 110, 80, 120, 151], None),
        ([90, 100, 110, 80, 120, 152], 100),
        ([90, 100, 110, 80, 120, 48], 100),
        # Five earlier ones that do not vary: tenfold or a tenth of the last that was not 0.
        ([10, 10, 10, 10, 10, 99], None),
        ([10, 10, 10, 10, 10, 100], 10),
        # Fewer than five earlier ones.
        ([50, 499], None),
        ([50, 500], 50),
        ([50, 5], 50),
        ([50, 6], None),
        ([50, 0, 600], 50),
        ([0, 600], None),
        ([600], None),
    ],
)
def test_a_jump_is_told_by_the_usual_spread_or_tenfold(levels: list[int], usual: int | None) -> None:
    expected = None if usual is None else Flag("jump", now=Decimal(levels[-1]), before=Decimal(usual))
    assert find_jump(LEVEL, series(*levels)) == expected


def test_a_result_whose_indicator_asks_for_evidence_and_has_none_is_asked_for_it() -> None:
    assert find_flags(LEVEL, series=series(5), lacks_evidence=True) == [Flag("no_evidence")]
    assert find_flags(LEVEL, series=series(5)) == []


def test_a_year_at_once_is_no_jump_and_a_stage_never_jumps() -> None:
    year = [*series(10, 11, 12), Given(period=8010, level=Decimal(110), covers=4)]
    assert find_jump(FLOW, year) is None  # 27.5 a quarter
    assert find_jump(LEVEL, [*year[:-1], Given(period=8010, level=Decimal(120), covers=4)]) is not None
    assert find_jump(STAGE, series(0, 1, 10)) is None


@pytest.mark.parametrize(
    ("given", "is_repeated"),
    [
        (series(7, 7, 7), True),
        (series(7, 7), False),
        (series(7, 8, 7), False),
        (series(0, 0, 0), False),
        (series(7, 7, 7, step=2), False),  # a due period without a value lies between
        (series(7, 7, 7, step=2, covers=2), True),
    ],
)
def test_the_same_amount_three_periods_running_is_asked_about(given: list[Given], is_repeated: bool) -> None:
    assert (find_repeat(FLOW, given) is not None) is is_repeated
    assert find_repeat(LEVEL, given) is None


def test_a_level_that_never_falls_is_asked_about_when_it_does() -> None:
    assert find_flags(LEVEL, series=series(8, 7), never_falls=True) == [
        Flag("falls", now=Decimal(7), before=Decimal(8))
    ]
    assert find_flags(LEVEL, series=series(8, 7)) == []
    assert find_flags(LEVEL, series=series(7, 7), never_falls=True) == []


def standing(**figures: Any) -> Standing:
    return Standing(**{"status": "on_track", **figures})


def test_more_than_one_and_a_half_times_the_way_is_asked_about() -> None:
    far = standing(attainment=Decimal("1.51"))
    assert [flag.kind for flag in find_flags(LEVEL, series=[], standing=far)] == ["beyond"]
    assert find_flags(LEVEL, series=[], standing=standing(attainment=Decimal("1.5"))) == []


def test_off_track_needs_a_word_of_why() -> None:
    late = standing(status="off_track", compared_value=Decimal(3), expected=Decimal(9))
    assert find_flags(LEVEL, series=[], standing=late) == [
        Flag("off_track_unexplained", now=Decimal(3), before=Decimal(9))
    ]
    assert find_flags(LEVEL, series=[], standing=late, is_explained=True) == []


@pytest.mark.parametrize(
    ("direction", "baseline", "target", "is_wrong"),
    [
        ("increase", 10, 9, True),
        ("increase", 10, 10, False),
        ("decrease", 10, 11, True),
        ("decrease", 10, 9, False),
        ("maintain", 10, 9, False),
    ],
)
def test_a_target_on_the_wrong_side_is_asked_about(
    direction: str, baseline: int, target: int, is_wrong: bool
) -> None:
    rules = IndicatorRules("number", direction, "quarterly", "latest", "sum")
    found = find_contradiction(rules, standing(baseline=Decimal(baseline), target=Decimal(target)))
    assert (found is not None) is is_wrong
