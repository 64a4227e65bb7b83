"""Statuses counted for every part of the strategy and of the region, against counts by hand."""

from typing import Any

import pytest

from tests import stage
from tracker.analysis.status_counts import count_by_status
from tracker.framework.models import Objective, Pillar, StrategicPriority
from tracker.progress.models import ReportingPeriod, Target

pytestmark = pytest.mark.django_db


@pytest.fixture
def counted(strategy, missions, cast) -> dict[str, Any]:
    """Two objectives of two priorities of one pillar; Kyrgyzstan on course and Tajikistan far behind, in 2020."""
    first = Objective.objects.get()
    other = StrategicPriority.objects.create(
        strategy=strategy,
        pillar=first.priority.pillar,
        code="SP2",
        kind=first.priority.kind,
        title="T",
        order=2,
    )
    second = Objective.objects.create(strategy=strategy, priority=other, code="SP2-O1", title="T", order=2)
    output = stage.make_indicator("SP1-O1-I1", level="output")
    outcome = stage.make_indicator("SP2-O1-I1", level="outcome", objective=second)
    proposed = stage.make_indicator("SP2-O1-I2", level="impact", objective=second, status="proposed")
    for indicator in (output, outcome, proposed):
        stage.assign(indicator, missions["KG"], missions["TJ"])
        for code in ("KG", "TJ"):
            Target.objects.create(indicator=indicator, mission=missions[code], due_on="2020-12-31", value=100)
    for code, reporter, amount in (("KG", cast.reporter, 90), ("TJ", cast.stranger, 10)):
        stage.approve(
            missions[code], "2020-Q4", {output: amount, outcome: 100}, reporter=reporter, officer=cast.officer
        )
    return {"first": first, "second": second, "strategy": strategy}


def test_each_part_counts_its_indicators_once(counted) -> None:
    # By then 200 were to be reached: 100 of them are half, and so off track.
    found = count_by_status(strategy=counted["strategy"], as_of=ReportingPeriod.objects.get(code="2020-Q4"))
    assert found.region.counts() == {"achieved": 1, "off_track": 1}
    assert found.region.counts("output") == {"off_track": 1}
    assert found.region.counts("impact") == {}
    assert {pk: spread.counts() for pk, spread in found.objectives.items()} == {
        counted["first"].pk: {"off_track": 1},
        counted["second"].pk: {"achieved": 1},
    }
    assert {pk: spread.counts() for pk, spread in found.priorities.items()} == {
        counted["first"].priority_id: {"off_track": 1},
        counted["second"].priority_id: {"achieved": 1},
    }
    assert {pk: spread.counts() for pk, spread in found.pillars.items()} == {
        Pillar.objects.get().pk: {"achieved": 1, "off_track": 1}
    }
    assert {code: spread.counts() for code, spread in found.missions.items()} == {
        "KG": {"achieved": 1, "on_track": 1},
        "TJ": {"achieved": 1, "off_track": 1},
    }
    assert {code: spread.counts() for code, spread in found.subregions.items()} == {
        "central_asia": {"achieved": 1, "off_track": 1}
    }


def test_proposed_ones_count_where_they_are_asked_for(counted) -> None:
    found = count_by_status(
        strategy=counted["strategy"],
        as_of=ReportingPeriod.objects.get(code="2020-Q4"),
        with_proposed=True,
    )
    assert found.region.counts("impact") == {"no_data": 1}
    assert found.region.total == 3


def test_the_number_of_statements_does_not_grow(counted, missions, django_assert_num_queries) -> None:
    period = ReportingPeriod.objects.get(code="2020-Q4")
    with django_assert_num_queries(2):
        count_by_status(strategy=counted["strategy"], as_of=period)
    for place in range(3, 23):
        indicator = stage.make_indicator(f"SP1-O1-I{place}")
        stage.assign(indicator, missions["KG"])
    with django_assert_num_queries(2):
        assert count_by_status(strategy=counted["strategy"], as_of=period).region.total == 22
