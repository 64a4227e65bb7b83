"""How an indicator stands: every mission, and the region."""

from collections.abc import Mapping

from ..terms import IndicatorStanding, MissionInput, RegionInput
from .missions import mission_standing
from .questions import Question
from .regions import region_standing


def standing(
    question: Question, missions: Mapping[str, MissionInput], regional: RegionInput | None = None
) -> IndicatorStanding:
    """How an indicator stands: every mission by its code, and the region."""
    each = {code: mission_standing(question, missions[code]) for code in sorted(missions)}
    return IndicatorStanding(question.judged_at, each, region_standing(question, each, regional))
