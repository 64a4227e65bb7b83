"""Taking back assignments: who may, in how many statements, and what counts as leaning on one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import stage
from tracker.access.policies import rights_of
from tracker.common.errors import NotAllowed, Refused
from tracker.progress.models import Baseline, IndicatorAssignment
from tracker.progress.services.taking_back import look_at_taking_back, take_back


@pytest.fixture
def pairs(strategy, missions) -> list[tuple[str, str]]:
    """Six assignments: three indicators of two missions."""
    indicators = [stage.make_indicator(f"SP1-O1-I{number}") for number in range(1, 4)]
    for indicator in indicators:
        stage.assign(indicator, missions["KG"], missions["TJ"])
    return [(indicator.code, code) for indicator in indicators for code in ("KG", "TJ")]


def test_many_take_as_many_statements_as_one(strategy, pairs, cast) -> None:
    rights_of(cast.officer)  # read once for each person
    counts = []
    for some in (pairs[:1], pairs[1:]):
        with CaptureQueriesContext(connection) as asked:
            found = look_at_taking_back(strategy=strategy, pairs=some)
            take_back(strategy=strategy, pairs=some, digest=found.digest, reason="Why", user=cast.officer)
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert not IndicatorAssignment.objects.in_force().exists()


def test_only_who_plans_takes_back_and_says_why(strategy, pairs, cast) -> None:
    found = look_at_taking_back(strategy=strategy, pairs=pairs)
    asked = {"strategy": strategy, "pairs": pairs, "digest": found.digest}
    for person in (cast.viewer, cast.reporter, cast.lead, cast.nobody):
        with pytest.raises(NotAllowed):
            take_back(**asked, reason="Why", user=person)
    with pytest.raises(Refused, match="Say why"):
        take_back(**asked, reason=" ", user=cast.head)
    assert IndicatorAssignment.objects.in_force().count() == 6
    assert len(take_back(**asked, reason="Why", user=cast.administrator).assignments) == 6


def test_what_is_the_regions_or_was_withdrawn_leans_on_nothing(strategy, pairs, missions, cast) -> None:
    assignment = IndicatorAssignment.objects.get(indicator__code=pairs[0][0], mission__code="KG")
    flow = assignment.indicator
    Baseline.objects.create(indicator=flow, mission=None, value=1)
    Baseline.objects.create(indicator=flow, mission=missions["KG"], value=1, withdrawn_at="2024-01-01T00:00Z")
    Baseline.objects.create(indicator=flow, mission=missions["TJ"], value=1)
    found = look_at_taking_back(strategy=strategy, pairs=[*pairs, pairs[0], (flow.code, "IL")])
    assert (len(found.assignments), found.unassigned) == (6, 1)
    assert [(each.indicator, each.mission, each.has_baseline) for each in found.leant_on] == [
        (flow.code, "TJ", True)
    ]
