"""What the framework holds, as its own sheets say it: what goes out comes back unchanged."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from tracker.batches.row_plans import read_held
from tracker.batches.selections import Selection, Taken

from .models import (
    Alignment,
    Cell,
    Indicator,
    Objective,
    Pillar,
    ReferenceFramework,
    ReferenceGoal,
    StrategicPriority,
    Strategy,
)
from .querysets import IndicatorQuerySet
from .services import indicators, references, structure
from .services.structure import strategy_for

Row = Mapping[str, Any]


def plain(value: Any) -> Any:
    """A value as a person would write it: 5 for 5.000000, yes and no, words with semicolons between them."""
    if isinstance(value, Decimal):
        whole = value.to_integral_value()
        return whole if value == whole else value.normalize()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (tuple, list)):
        return "; ".join(value)
    return value


def plain_rows(rows: Iterable[Row]) -> Iterator[Row]:
    """Rows with every value as a person would write it."""
    for row in rows:
        yield {name: plain(value) for name, value in row.items()}


def chosen_indicators(selection: Selection) -> IndicatorQuerySet:
    """The indicators of the strategy that a selection speaks of."""
    found = Indicator.objects.filter(strategy=strategy_for(selection.options))
    if selection.priorities:
        found = found.filter(objective__priority__code__in=selection.priorities)
    if selection.indicators:
        found = found.filter(code__in=selection.indicators)
    return found


def read_strategy(*, selection: Selection, user: object) -> Taken:
    """The strategy, with its thresholds."""
    chosen = Strategy.objects.filter(pk=strategy_for(selection.options).pk)
    return Taken(plain_rows(chosen.values(*structure.STRATEGY_FIELDS)))


def read_pillars(*, selection: Selection, user: object) -> Taken:
    """The pillars, in their order."""
    return Taken(_parts(Pillar, structure.PILLAR_FIELDS, selection, order=("order", "code")))


def read_priorities(*, selection: Selection, user: object) -> Taken:
    """The priorities and areas, in their order."""
    above = {"pillar": "pillar__code"}
    rows = _parts(
        StrategicPriority, structure.PRIORITY_FIELDS, selection, order=("order", "code"), above=above
    )
    return Taken(row for row in rows if not selection.priorities or row["code"] in selection.priorities)


def read_objectives(*, selection: Selection, user: object) -> Taken:
    """The objectives, in their order."""
    rows = _parts(
        Objective,
        structure.OBJECTIVE_FIELDS,
        selection,
        order=("priority__order", "order", "code"),
        above={"priority": "priority__code"},
    )
    return Taken(row for row in rows if not selection.priorities or row["priority"] in selection.priorities)


def _parts(
    model: type[Any],
    fields: Sequence[str],
    selection: Selection,
    *,
    order: Sequence[str],
    above: Mapping[str, str] | None = None,
) -> Iterator[Row]:
    """One level of the tree: ``above`` gives, for the column of the level above, where its code is."""
    above = above or {}
    of_strategy = model.objects.filter(strategy=strategy_for(selection.options)).order_by(*order)
    own = [name for name in fields if name not in above]
    for row in of_strategy.values(*own, *above.values()):
        yield {name: plain(row[above.get(name, name)]) for name in fields}


def read_breakdowns(*, selection: Selection, user: object) -> Taken:
    """The breakdowns, one row for each cell."""
    names = {
        "code": "breakdown__code",
        "name": "breakdown__name",
        "exclusive": "breakdown__exclusive",
        "cell": "code",
        "cell_name": "name",
        "order": "order",
    }
    cells = Cell.objects.filter(breakdown__strategy=strategy_for(selection.options))
    rows = cells.order_by("breakdown__code", "order", "code").values_list(*names.values())
    return Taken({name: plain(value) for name, value in zip(names, row, strict=True)} for row in rows)


def read_indicators(*, selection: Selection, user: object) -> Taken:
    """The indicators, in the order of the framework."""
    held = indicators.read_indicators(strategy_for(selection.options).pk)
    ordered = chosen_indicators(selection).order_by(
        "objective__priority__order", "objective__order", "order", "code"
    )
    codes = ordered.values_list("code", flat=True)
    return Taken(plain_rows(indicators.on_sheet(held[code]) for code in codes))


def read_reference_frameworks(*, selection: Selection, user: object) -> Taken:
    """The reference frameworks, in their order."""
    return Taken(plain_rows(ReferenceFramework.objects.values(*references.FRAMEWORK_FIELDS)))


def read_reference_goals(*, selection: Selection, user: object) -> Taken:
    """The goals of the reference frameworks, in their order."""
    key = ("framework", "code")
    held = read_held(
        ReferenceGoal.objects.all(), references.GOAL_FIELDS, key=key, paths=references.GOAL_PATHS
    )
    return Taken(plain_rows(held.values()))


def read_alignments(*, selection: Selection, user: object) -> Taken:
    """The alignments of the strategy's objectives, in the order of the framework."""
    found = Alignment.objects.filter(objective__strategy=strategy_for(selection.options))
    if selection.priorities:
        found = found.filter(objective__priority__code__in=selection.priorities)
    held = read_held(
        found.order_by(
            "objective__priority__order", "objective__order", "goal__framework__order", "goal__order", "pk"
        ),
        references.ALIGNMENT_FIELDS,
        key=("objective", "framework", "goal"),
        paths=references.ALIGNMENT_PATHS,
    )
    return Taken(plain_rows(held.values()))
