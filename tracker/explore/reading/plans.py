"""Baselines and targets as they were recorded: what holds now, and the first one beside it where they differ."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import TypeVar

from tracker.analysis.wording import show_own, show_regional
from tracker.framework.models import Indicator
from tracker.progress.models import Baseline, Target
from tracker.region.models import Mission

V = TypeVar("V", Baseline, Target)


@dataclass(frozen=True)
class PlanRow:
    """A baseline or a target of a mission, or (None) of the region.

    ``pk`` is of the version that holds, or held last; ``level`` is empty where none holds any more. ``first`` is the
    level first recorded, set where it is another one; ``reason`` says why it was revised.
    """

    pk: int
    mission: Mission | None
    is_target: bool
    on: date | None
    level: str
    parts: tuple[Decimal, Decimal] | None
    first: str
    first_on: date | None
    reason: str
    source: str
    note: str


@dataclass(frozen=True)
class Plans:
    """The baselines and targets, which everybody with a role reads."""

    of_region: list[PlanRow]
    of_missions: list[PlanRow]

    @property
    def baselines_of_region(self) -> list[PlanRow]:
        return [row for row in self.of_region if not row.is_target]


def read_plans(indicator: Indicator) -> Plans:
    """The region's baseline and targets, and each mission's in the missions' order: two statements."""
    baselines = (
        Baseline.objects.filter(indicator=indicator)
        .select_related("mission")
        .order_by("mission_id", "recorded_at", "pk")
    )
    targets = (
        Target.objects.filter(indicator=indicator)
        .select_related("mission")
        .order_by("mission_id", "due_on", "recorded_at", "pk")
    )
    rows = [*_baseline_rows(indicator, list(baselines)), *_target_rows(indicator, list(targets))]
    rows.sort(key=lambda row: (row.is_target, row.on or date.min))
    of_missions = [(row.mission.kind, row.mission.name, row) for row in rows if row.mission is not None]
    return Plans(
        of_region=[row for row in rows if row.mission is None],
        of_missions=[row for *_, row in sorted(of_missions, key=lambda found: found[:2])],
    )


def _baseline_rows(indicator: Indicator, versions: list[Baseline]) -> Iterator[PlanRow]:
    for _mission_id, group in groupby(versions, key=lambda v: v.mission_id):
        of_one = list(group)
        first, now = of_one[0], _holding(of_one)
        shown = now or of_one[-1]
        is_other = now is None or _level_of(first) != _level_of(now)
        yield PlanRow(
            pk=shown.pk,
            mission=shown.mission,
            is_target=False,
            on=shown.date,
            level=_show(indicator, shown.mission, _level_of(now)) if now else "",
            parts=(
                (now.numerator, now.denominator)
                if now and now.numerator is not None and now.denominator is not None
                else None
            ),
            first=_show(indicator, shown.mission, _level_of(first)) if is_other else "",
            first_on=first.recorded_at.date() if is_other else None,
            reason=shown.reason if is_other else "",
            source=shown.source,
            note=shown.note,
        )


def _target_rows(indicator: Indicator, versions: list[Target]) -> Iterator[PlanRow]:
    for _key, group in groupby(versions, key=lambda v: (v.mission_id, v.due_on)):
        of_one = list(group)
        first, now = of_one[0], _holding(of_one)
        shown = now or of_one[-1]
        is_other = now is None or first.value != now.value
        yield PlanRow(
            pk=shown.pk,
            mission=shown.mission,
            is_target=True,
            on=shown.due_on,
            level=_show(indicator, shown.mission, now.value) if now else "",
            parts=None,
            first=_show(indicator, shown.mission, first.value) if is_other else "",
            first_on=first.recorded_at.date() if is_other else None,
            reason=shown.reason if is_other else "",
            source="",
            note="",
        )


def _holding(versions: list[V]) -> V | None:
    return next((version for version in versions if version.withdrawn_at is None), None)


def _level_of(baseline: Baseline) -> Decimal | None:
    if baseline.numerator is not None and baseline.denominator:
        return baseline.numerator / baseline.denominator
    return baseline.value


def _show(indicator: Indicator, mission: Mission | None, level: Decimal | None) -> str:
    return show_regional(indicator, level) if mission is None else show_own(indicator, level)
