"""What there is already, read in a fixed number of statements before rows are compared with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext as _

from tracker.batches.models import ImportBatch
from tracker.batches.plans import Lookup, Plan, show
from tracker.common.bulk import add_all, columns_of, quote, run
from tracker.common.formats import show_date
from tracker.framework.choices import Direction
from tracker.framework.models import Indicator, Strategy
from tracker.framework.services.structure import strategy_for
from tracker.region.models import Mission

from ..models import Baseline, IndicatorAssignment, ReportingPeriod, Target
from ..rules import Amount
from .amounts import counts_missions, to_sheet

if TYPE_CHECKING:
    from tracker.access.models import User

REGION = "REGION"

# (indicator id, mission id or None for the region)
Key = tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class HeldAssignment:
    pk: int
    active_from: date
    active_to: date | None

    def covers(self, period: ReportingPeriod) -> bool:
        """Whether the mission reports on the indicator in this period: begun by its last day, not over before its
        first.
        """
        return self.active_from <= period.ends_on and (
            self.active_to is None or self.active_to >= period.starts_on
        )


@dataclass(frozen=True, slots=True)
class HeldBaseline:
    pk: int
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    date: date | None
    source: str
    note: str

    @property
    def level(self) -> Decimal:
        """As one number: a fraction, where there are numerator and denominator."""
        return level_of(Amount(self.value, self.numerator, self.denominator))


@dataclass(frozen=True, slots=True)
class HeldTarget:
    pk: int
    due_on: date
    value: Decimal
    basis: str
    given: Decimal | None


@dataclass
class Known:
    """The strategy, its indicators, the missions, and the versions that hold."""

    strategy: Strategy
    indicators: Lookup[Indicator]
    missions: Lookup[int | None]
    assignments: dict[Key, HeldAssignment] = field(default_factory=dict)
    baselines: dict[Key, HeldBaseline] = field(default_factory=dict)
    targets: dict[Key, dict[date, HeldTarget]] = field(default_factory=dict)

    def learn(self, assignments: "Versions", baselines: "Versions") -> None:
        """Take what is about to be recorded for what holds: what is planned next builds on it."""
        for indicator, mission, active_from, active_to, _reason in assignments.rows:
            self.assignments[indicator, mission] = HeldAssignment(0, active_from, active_to)
        for indicator, mission, *values, _reason in baselines.rows:
            self.baselines[indicator, mission] = HeldBaseline(0, *values)

    def find(self, row: Any, *, plan: Plan, region: bool = True) -> tuple[Indicator, int | None] | None:
        """The indicator and the mission of a row, or None after noting what is not known."""
        indicator = self.indicators.find(row.indicator, plan=plan, row=row.row, column="indicator")
        if row.mission.upper() == REGION:
            if not region:
                plan.refuse(
                    row=row.row,
                    column="mission",
                    value=row.mission,
                    message=_("The region is no mission: nobody reports for it. Give a mission’s code."),
                )
                return None
            return (indicator, None) if indicator else None
        mission = self.missions.find(row.mission, plan=plan, row=row.row, column="mission")
        return (indicator, mission) if indicator and mission else None


def read_known(options: Mapping[str, Any], *, baselines: bool = True, targets: bool = True) -> Known:
    """Read what plans are compared with, of the strategy that the file speaks of; ``options["known"]``, where several
    sheets are planned one after the other and it was read for the first of them.
    """
    if (given := options.get("known")) is not None:
        known: Known = given
        return known
    strategy = strategy_for(options)
    indicators = Indicator.objects.filter(strategy=strategy).without_prose()
    known = Known(
        strategy=strategy,
        indicators=Lookup(
            {each.code: each for each in indicators},
            unknown=_("There is no indicator with the code “%(code)s”."),
        ),
        missions=Lookup(
            dict(Mission.objects.values_list("code", "id")),
            unknown=_("There is no mission with the code “%(code)s”."),
        ),
    )
    _read_assignments(known)
    if baselines:
        _read_baselines(known)
    if targets:
        _read_targets(known)
    return known


def _read_assignments(known: Known) -> None:
    for indicator, mission, pk, active_from, active_to in (
        IndicatorAssignment.objects.in_force()
        .filter(indicator__strategy=known.strategy)
        .values_list("indicator_id", "mission_id", "pk", "active_from", "active_to")
    ):
        known.assignments[indicator, mission] = HeldAssignment(pk, active_from, active_to)


def _read_baselines(known: Known) -> None:
    for indicator, mission, *values in (
        Baseline.objects.in_force()
        .filter(indicator__strategy=known.strategy)
        .values_list(
            "indicator_id", "mission_id", "pk", "value", "numerator", "denominator", "date", "source", "note"
        )
    ):
        known.baselines[indicator, mission] = HeldBaseline(*values)


def _read_targets(known: Known) -> None:
    for indicator, mission, *values in (
        Target.objects.in_force()
        .filter(indicator__strategy=known.strategy)
        .values_list("indicator_id", "mission_id", "pk", "due_on", "value", "basis", "given")
    ):
        held = HeldTarget(*values)
        known.targets.setdefault((indicator, mission), {})[held.due_on] = held


@dataclass
class Versions:
    """New versions to record, and the ids of those they replace."""

    rows: list[tuple[Any, ...]]
    replaced: list[int]

    def add(self, row: tuple[Any, ...], held: HeldAssignment | HeldBaseline | None) -> None:
        self.rows.append(row)
        if held is not None:
            self.replaced.append(held.pk)


def is_repeated(plan: Plan, first: dict[Key, int], key: Key, row: Any) -> bool:
    earlier = first.setdefault(key, row.row)
    if earlier == row.row:
        return False
    plan.refuse(
        row=row.row,
        column="indicator",
        value=f"{row.indicator} / {row.mission}",
        message=_("Row %(row)s already has this. Delete one of the two rows.") % {"row": earlier},
    )
    return True


def start_of(
    known: Known, indicator: Indicator, *, active_from: date | None, baseline_on: date | None
) -> date:
    """The day from which a target is worked toward: a target due by then would be over before it began."""
    days = [known.strategy.starts_on, active_from, None if indicator.is_flow else baseline_on]
    return max(day for day in days if day is not None)


def say_over_before(due_on: date, start: date) -> str:
    """Why a target and a start do not fit."""
    return _(
        "The target due on %(due)s would be over before it begins: the indicator starts on %(start)s "
        "(the latest of the strategy’s first day, the assignment’s and the baseline’s "
        "date). Correct one of them."
    ) % {"due": show_date(due_on), "start": show_date(start)}


def level_of(baseline: Amount) -> Decimal:
    """A baseline as one number."""
    value, numerator, denominator = baseline
    if value is None:
        assert numerator is not None
        assert denominator
        return numerator / denominator
    return value


def ask_if_backwards(indicator: Indicator, key: Key, baseline: Decimal, target: Decimal) -> str:
    """The question about a target on the wrong side of its baseline, seen from where the indicator should go;
    nothing where it is on the right one, or where the baseline is not what a target starts from.
    """
    regional = key[1] is None
    counts = counts_missions(indicator, regional=regional)
    falls = indicator.direction == Direction.DECREASE and not counts
    if (indicator.is_flow and not counts) or (target <= baseline if falls else target >= baseline):
        return ""
    if counts:
        sentence = _(
            "The target of %(target)s lies below the baseline of %(baseline)s, and the more missions the better. "
            "Is that right?"
        )
    elif falls:
        sentence = _(
            "The target of %(target)s lies above the baseline of %(baseline)s, and %(code)s should decrease. Is "
            "that right?"
        )
    elif indicator.direction == Direction.INCREASE:
        sentence = _(
            "The target of %(target)s lies below the baseline of %(baseline)s, and %(code)s should increase. Is "
            "that right?"
        )
    else:
        return ""
    return sentence % {
        "target": show(to_sheet(indicator, target, regional=regional)),
        "baseline": show(to_sheet(indicator, baseline, regional=regional)),
        "code": indicator.code,
    }


def record_versions(
    *,
    model: type[models.Model],
    fields: tuple[str, ...],
    rows: list[tuple[Any, ...]],
    replaced: list[int],
    batch: ImportBatch | None,
    user: "User | None",
    moment: datetime,
) -> None:
    """Withdraw the versions that are replaced and record the new ones, at one and the same moment.

    Each row ends with the reason. One moment, so that whoever asks what held at any time finds exactly one.
    """
    record_all([(model, fields, Versions(rows, replaced))], batch=batch, user=user, moment=moment)


def record_all(
    written: Iterable[tuple[type[models.Model], tuple[str, ...], Versions]],
    *,
    batch: ImportBatch | None,
    user: "User | None",
    moment: datetime,
) -> None:
    """The same for several models, each with the fields that its rows have before the reason."""
    person, origin = user.pk if user else None, batch.pk if batch else None
    added: list[tuple[type[models.Model], list[str], Iterable[tuple[Any, ...]]]] = []
    for model, fields, versions in written:
        if versions.replaced:
            run(
                f"UPDATE {quote(model._meta.db_table)} SET withdrawn_at = %s, withdrawn_by_id = %s "
                "WHERE id = ANY(%s) AND withdrawn_at IS NULL",
                [moment, person, versions.replaced],
            )
        if versions.rows:
            columns = columns_of(model, (*fields, "reason", "recorded_at", "recorded_by", "batch"))
            added.append((model, list(columns), ((*row, moment, person, origin) for row in versions.rows)))
    if added:
        add_all(added)
