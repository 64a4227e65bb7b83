"""A small region with goals, tags and an office, and the fixtures' own files beside it."""

from dataclasses import dataclass

from tests import stage
from tests.batches.fixtures import kept_files
from tests.conftest import Cast
from tests.scenery import scenery
from tracker.activities.models import Tag
from tracker.framework.models import Objective, Strategy
from tracker.region.models import Mission, Office

__all__ = ["kept_files"]


@dataclass(frozen=True)
class Scene:
    strategy: Strategy
    missions: dict[str, Mission]
    cast: Cast


@scenery
def scene(strategy: Strategy, missions: dict[str, Mission], cast: Cast) -> Scene:
    """Two objectives (SP1-O1, SP1-O2), two goals (MIGOF:P1, SDG:10.7), two tags and an office in Bishkek."""
    first = Objective.objects.get()
    Objective.objects.create(
        strategy=strategy, priority=first.priority, code="SP1-O2", title="Second objective", order=2
    )
    stage.make_goal("MIGOF", "P1", title="Standards and rights")
    stage.make_goal("SDG", "10.7", title="Safe migration")
    Tag.objects.create(code="labour", name="Labour")
    Tag.objects.create(code="health", name="Health")
    Office.objects.create(
        code="KG-BISHKEK",
        country=missions["KG"].country,
        city="Bishkek",
        kind="main",
        mission=missions["KG"],
        source="test",
    )
    return Scene(strategy, missions, cast)
