"""What a thing said before: every change of it as its history has it, of its own columns and of what it is tied to,
the latest first.

Ties are rows of tables of their own, each with its history; what was done in one go is put together by its moment
(all of a transaction has one) and its context.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby, pairwise
from typing import Any, NamedTuple

from django.db.models import Model, OuterRef, Subquery, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Concat, JSONObject
from django.utils.translation import gettext as _

from tracker.access.models import User
from tracker.common.formats import MISSING, show_date, show_exact

# From ids to how people know the things, in one statement.
Names = Callable[[Iterable[int]], Mapping[int, str]]


@dataclass(frozen=True)
class Changed:
    """A column, or what the thing was tied to, that was changed: in print."""

    what: str
    old: str
    new: str


@dataclass(frozen=True)
class Change:
    """What was done in one go, by whom (a person, a file or a command; empty: not known) and when. No cells: it
    was recorded then.
    """

    at: datetime
    who: str
    cells: list[Changed]


@dataclass(frozen=True)
class Tie:
    """A table that ties the thing with the id ``of`` to others: ``by`` is its column for the thing, ``to`` the one for
    the other, which is told by the ``name`` that it has now. ``says`` are further columns of the table, which make
    that each tie is told by itself; without them, all ties are told as one list.
    """

    what: str
    table: type[Model]
    by: str
    of: int
    to: str
    name: Combinable
    says: tuple[str, ...] = ()


def name_in(model: type[Model], to: str, *parts: Any) -> Combinable:
    """The name that a row of a model has now, put together from these, by the column that refers to it. A history
    outlives what it refers to, so that a join would lose events.
    """
    rows = model._default_manager.filter(pk=OuterRef(to)).order_by()
    return Subquery(rows.values_list(Concat(Value(""), *parts, output_field=TextField()))[:1])


def named(model: type[Model], column: str) -> Names:
    """The names of things in this column of theirs."""

    def read(ids: Iterable[int]) -> Mapping[int, str]:
        rows: Any = model._default_manager.filter(pk__in=set(ids)).values_list("pk", column)
        return dict(rows)

    return read


def read_changes(
    thing: Model, *, names: Mapping[str, Names] | None = None, ties: Sequence[Tie] = ()
) -> list[Change]:
    """The history of a thing: three statements, however many ties, and one more for each change of what its own
    columns refer to; ``names`` tell that, by the field.

    Ties as they were when the thing was recorded are no change.
    """
    events = _events_of(type(thing)).filter(pgh_obj_id=thing.pk).order_by("pgh_id")
    own = list(events)
    if not own:
        return []
    gone_through = _History()
    for before, after in pairwise(own):
        gone_through.add(after, list(_compare(type(thing), before, after, names or {})))
    for tie, found in zip(ties, _read_ties(ties), strict=True):
        for event, cells in _changes_of_ties(tie, found, since=own[0].pgh_created_at):
            gone_through.add(event, cells, joins=True)
    return gone_through.tell(begun=own[0])


def _events_of(model: Any) -> Any:
    return model.pgh_event_model.objects


@dataclass
class _Step:
    event: Any
    cells: list[Changed]


@dataclass
class _History:
    """Changes as they are found, table by table."""

    steps: list[_Step] = field(default_factory=list)

    def add(self, event: Any, cells: list[Changed], *, joins: bool = False) -> None:
        """Note what an event changed; with ``joins``, to what else was done in the same go."""
        if not cells:
            return
        same = next((step for step in reversed(self.steps) if _go(step.event) == _go(event)), None)
        if joins and same is not None:
            same.cells += cells
        else:
            self.steps.append(_Step(event, cells))

    def tell(self, *, begun: Any) -> list[Change]:
        """The latest first, with the names of who did it."""
        steps = [_Step(begun, []), *sorted(self.steps, key=lambda step: step.event.pgh_created_at)]
        contexts = [step.event.pgh_context or {} for step in steps]
        people = User.objects.in_bulk([user for each in contexts if (user := each.get("user"))])
        return [
            Change(step.event.pgh_created_at, _say_who(context, people), step.cells)
            for step, context in zip(steps, contexts, strict=True)
        ][::-1]


def _go(event: Any) -> tuple[datetime, str]:
    """What events that were written in one go have in common."""
    return event.pgh_created_at, json.dumps(event.pgh_context, sort_keys=True)


def _say_who(context: Mapping[str, Any], people: Mapping[int, User]) -> str:
    """Who or what did it."""
    person = people.get(context.get("user") or 0)
    batch, command = context.get("batch"), context.get("command")
    by = _("import no. %(number)s") % {"number": batch} if batch else command
    return ", ".join(str(part) for part in (person, by) if part)


# -- A thing's own columns ------------------------------------------------------------------------------
def _compare(model: type[Model], before: Any, after: Any, names: Mapping[str, Names]) -> Iterator[Changed]:
    for column in model._meta.concrete_fields:
        old, new = getattr(before, column.attname), getattr(after, column.attname)
        if old == new:
            continue
        if column.name in names:
            known = names[column.name]([each for each in (old, new) if each is not None])
            old, new = known.get(old, old), known.get(new, new)
        yield Changed(str(column.verbose_name), _print(column, old), _print(column, new))


def _print(column: Any, value: Any) -> str:
    """A value of a column in print."""
    if value is None or value in ("", []):
        return MISSING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return "; ".join(value)
    if isinstance(value, date):
        return show_date(value)
    if isinstance(value, Decimal):
        return show_exact(value)
    return str(dict(getattr(column, "flatchoices", ())).get(value, value))


# -- What it is tied to ---------------------------------------------------------------------------------
class _TieEvent(NamedTuple):
    """What an event of a tie says; ``said`` are the values of the tie's ``says``."""

    place: int
    pgh_id: int
    pgh_created_at: datetime
    pgh_label: str
    pgh_context: Any
    row: int
    other: int | None
    name: str | None
    said: Any


def _read_ties(ties: Sequence[Tie]) -> list[list[_TieEvent]]:
    """The events of each of these, in one statement."""
    found: list[list[_TieEvent]] = [[] for _tie in ties]
    parts = [
        _events_of(tie.table)
        .filter(**{tie.by: tie.of})
        .order_by()
        .values_list(
            Value(place),
            "pgh_id",
            "pgh_created_at",
            "pgh_label",
            "pgh_context",
            "pgh_obj_id",
            tie.to,
            tie.name,
            JSONObject(**{name: name for name in tie.says}),
        )
        for place, tie in enumerate(ties)
    ]
    if parts:
        for each in sorted(_TieEvent(*row) for row in parts[0].union(*parts[1:], all=True)):
            found[each.place].append(each)
    return found


def _changes_of_ties(
    tie: Tie, events: Iterable[_TieEvent], *, since: datetime
) -> Iterator[tuple[_TieEvent, list[Changed]]]:
    """What became of a thing's ties after a moment, go by go."""
    there: dict[int, _TieEvent] = {}
    for _key, group in groupby(events, key=_go):
        in_one_go = list(group)
        before = _in_print(tie, there.values())
        for event in in_one_go:
            if event.pgh_label == "delete":
                there.pop(event.row, None)
            else:
                there[event.row] = event
        if in_one_go[0].pgh_created_at > since:
            yield in_one_go[0], list(_differences(tie, before, _in_print(tie, there.values())))


def _in_print(tie: Tie, events: Iterable[_TieEvent]) -> dict[str, str]:
    """Each tie by the name of what it is to, with what it says."""
    return {
        _name(event): "; ".join(
            _print(tie.table._meta.get_field(name), event.said[name]) for name in tie.says
        )
        for event in events
    }


def _name(event: _TieEvent) -> str:
    if event.other is None:
        return _("none")
    return event.name or _("no. %(number)d, which is not there any more") % {"number": event.other}


def _differences(tie: Tie, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Changed]:
    if not tie.says:
        if before.keys() != after.keys():
            yield Changed(tie.what, _list(before), _list(after))
        return
    for name in sorted({*before, *after}):
        old, new = before.get(name), after.get(name)
        if old != new:
            yield Changed(tie.what % {"name": name}, old or MISSING, new or MISSING)


def _list(names: Iterable[str]) -> str:
    return "; ".join(sorted(names)) or MISSING
