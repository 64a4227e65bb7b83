"""What words and marks mean, and which mark stands where there is no figure."""

from decimal import Decimal

import pytest

from tracker.analysis.meanings import GAPS, figure_meanings, status_meanings, why_no_actual
from tracker.analysis.statuses import STATUSES
from tracker.analysis.terms import Coverage, MissionStanding, RegionStanding
from tracker.common.formats import THIN_SPACE
from tracker.framework.models import Strategy

STRATEGY = Strategy(on_track_from=Decimal("0.8750"), at_risk_from=Decimal("0.6000"))


def region(**fields) -> RegionStanding:
    return RegionStanding(**{"status": "no_data", "judged_at": 8087, **fields})


def mission(**fields) -> MissionStanding:
    return MissionStanding(**{"status": "no_data", "judged_at": 8087, "phase": "active", **fields})


@pytest.mark.parametrize(
    ("standing", "gap"),
    [
        (mission(), "not_reported"),
        (mission(not_applicable=True, status="no_target"), "not_applicable"),
        (mission(judged_at=None, phase="not_begun"), "not_due"),
        (region(coverage=Coverage(kind=("KG",))), "not_reported"),
        (region(coverage=Coverage(kind=("KG", "TJ"), not_applicable=("KG",))), "not_reported"),
        (region(coverage=Coverage(kind=("KG",), not_applicable=("KG",))), "not_applicable"),
        (region(), "not_asked"),
        (region(judged_at=None), "not_due"),
        (region(value=Decimal("0.5"), coverage=Coverage(kind=("KG", "TJ"), in_value=("KG",))), "too_few"),
    ],
)
def test_a_figure_is_missing_for_different_reasons(standing, gap):
    assert why_no_actual(standing, is_proposed=False) == gap
    assert gap in GAPS


def test_what_is_only_proposed_was_due_for_nobody():
    assert why_no_actual(mission(), is_proposed=True) == "not_due"


def test_a_mission_that_did_not_report_and_one_that_need_not_have_different_marks():
    marks = {str(GAPS[code].mark) for code in ("not_reported", "not_applicable", "not_due")}
    assert len(marks) == 3
    assert {mark for mark, _ in figure_meanings()} == marks | {"0"}


def test_every_status_is_explained_with_the_strategys_own_thresholds():
    meanings = {style.code: meaning for style, meaning in status_meanings(STRATEGY)}
    assert list(meanings) == list(STATUSES)
    assert f"87.5{THIN_SPACE}%" in meanings["on_track"]
    assert meanings["at_risk"] == f"At least 60{THIN_SPACE}% of it, and less than 87.5{THIN_SPACE}%."
