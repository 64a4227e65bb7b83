"""One baseline or target with all its versions: what each said, who recorded and withdrew it, when and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.shortcuts import get_object_or_404

from tracker.analysis.wording import show_own, show_regional
from tracker.framework.models import Indicator
from tracker.progress.choices import TargetBasis
from tracker.progress.models import Baseline, Target
from tracker.region.models import Mission


@dataclass(frozen=True)
class VersionRow:
    """A version in print. ``given`` is what was given where the level was added up from it; ``why_withdrawn`` is
    known where nothing followed it.
    """

    pk: int
    level: str
    parts: tuple[Decimal, Decimal] | None
    given: str
    on: date | None
    source: str
    note: str
    recorded_at: datetime
    recorded_by: str
    reason: str
    batch: int | None
    file: str
    withdrawn_at: datetime | None
    withdrawn_by: str
    why_withdrawn: str

    @property
    def holds(self) -> bool:
        return self.withdrawn_at is None


@dataclass(frozen=True)
class Versions:
    """All versions, the first one first; ``now`` is the one that holds, None where it was withdrawn, ``shown`` the one
    that was asked for.
    """

    rows: Sequence[VersionRow]
    shown: VersionRow

    @property
    def first(self) -> VersionRow:
        return self.rows[0]

    @property
    def now(self) -> VersionRow | None:
        return next((row for row in self.rows if row.holds), None)

    @property
    def is_revised(self) -> bool:
        return len(self.rows) > 1


def find_baseline(pk: int) -> Baseline:
    """A baseline; they are open to everybody with a role."""
    found: Baseline = get_object_or_404(
        Baseline.objects.filter(indicator__strategy__is_current=True).select_related(
            "indicator__objective__priority", "mission"
        ),
        pk=pk,
    )
    return found


def find_target(pk: int) -> Target:
    """A target; they are open to everybody with a role."""
    found: Target = get_object_or_404(
        Target.objects.filter(indicator__strategy__is_current=True).select_related(
            "indicator__objective__priority", "mission"
        ),
        pk=pk,
    )
    return found


def holding_baseline(indicator: Indicator, mission: Mission | None) -> Baseline | None:
    """The baseline of a mission, or of the region (None), that holds."""
    return Baseline.objects.in_force().filter(indicator=indicator, mission=mission).first()


def holding_target(indicator: Indicator, mission: Mission | None, *, due_on: date) -> Target | None:
    """The target of a mission, or of the region (None), for a date that holds."""
    return Target.objects.in_force().filter(indicator=indicator, mission=mission, due_on=due_on).first()


def read_versions(shown: Baseline | Target) -> Versions:
    """The versions of what a baseline or a target is one of: two statements."""
    model: Any = type(shown)
    key: dict[str, Any] = {"indicator": shown.indicator_id, "mission": shown.mission_id}
    if isinstance(shown, Target):
        key["due_on"] = shown.due_on
    versions = list(
        model.objects.filter(**key)
        .select_related("recorded_by", "withdrawn_by", "batch")
        .order_by("recorded_at", "pk")
    )
    whys = read_whys(model, [version.pk for version in versions])
    rows = [_row(shown.indicator, shown.mission, version, whys) for version in versions]
    return Versions(rows, next(row for row in rows if row.pk == shown.pk))


def read_whys(model: Any, ids: Sequence[int]) -> dict[int, str]:
    """Why versions were withdrawn with nothing in their place: the history of the rows keeps it."""
    events = model.pgh_event_model.objects.filter(pgh_obj_id__in=ids, withdrawn_at__isnull=False)
    return {
        row: str((context or {}).get("reason", ""))
        for row, context in events.order_by("pgh_id").values_list("pgh_obj_id", "pgh_context")
    }


def _row(
    indicator: Indicator, mission: Mission | None, version: Baseline | Target, whys: dict[int, str]
) -> VersionRow:
    def show(level: Decimal | None) -> str:
        return show_regional(indicator, level) if mission is None else show_own(indicator, level)

    level: Decimal | None = version.value
    given, parts, source, note = "", None, "", ""
    if isinstance(version, Target):
        on: date | None = version.due_on
        is_added_up = indicator.is_flow and version.basis == TargetBasis.PER_YEAR
        if is_added_up and version.given is not None:
            given = show(version.given)
    else:
        on, source, note = version.date, version.source, version.note
        if version.numerator is not None and version.denominator:
            parts = (version.numerator, version.denominator)
            level = version.numerator / version.denominator
    return VersionRow(
        pk=version.pk,
        level=show(level),
        parts=parts,
        given=given,
        on=on,
        source=source,
        note=note,
        recorded_at=version.recorded_at,
        recorded_by=str(version.recorded_by or ""),
        reason=version.reason,
        batch=version.batch_id,
        file=version.batch.filename if version.batch else "",
        withdrawn_at=version.withdrawn_at,
        withdrawn_by=str(version.withdrawn_by or ""),
        why_withdrawn=whys.get(version.pk, ""),
    )
