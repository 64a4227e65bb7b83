"""What an indicator said before: every change of it as its history has it, the latest first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db.models import Field
from django.utils.translation import gettext as _

from tracker.access.models import User
from tracker.access.policies import Rights
from tracker.common.formats import MISSING
from tracker.framework.models import Indicator, Objective


@dataclass(frozen=True)
class Changed:
    """A column that was changed, in print."""

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


def may_see_changes(rights: Rights) -> bool:
    """The history of what an indicator is: officers and administrators."""
    return rights.is_officer or rights.is_administrator


def read_changes(indicator: Indicator) -> list[Change]:
    """The history of an indicator's own columns: two statements, three where it moved between objectives."""
    model: Any = Indicator
    events = list(model.pgh_event_model.objects.filter(pgh_obj_id=indicator.pk).order_by("pgh_id"))
    if not events:
        return []
    moved = {event.objective_id for event in events}
    names = _Names(
        people=_read_people(events),
        objectives=dict(Objective.objects.filter(pk__in=moved).values_list("pk", "code"))
        if len(moved) > 1
        else {},
    )
    changes = [Change(events[0].pgh_created_at, names.who(events[0]), [])]
    for before, after in pairwise(events):
        cells = list(_compare(before, after, names))
        if cells:
            changes.append(Change(after.pgh_created_at, names.who(after), cells))
    return changes[::-1]


@dataclass(frozen=True)
class _Names:
    people: dict[int, str]
    objectives: dict[int, str]

    def who(self, event: Any) -> str:
        """Who or what did it."""
        context = event.pgh_context or {}
        person = self.people.get(context.get("user") or 0, "")
        batch, command = context.get("batch"), context.get("command")
        by = _("import no. %(number)s") % {"number": batch} if batch else command
        return ", ".join(part for part in (person, by) if part)


def _read_people(events: Sequence[Any]) -> dict[int, str]:
    ids = {user for event in events if (user := (event.pgh_context or {}).get("user"))}
    return {person.pk: str(person) for person in User.objects.filter(pk__in=ids)}


def _compare(before: Any, after: Any, names: _Names) -> Iterator[Changed]:
    for field in Indicator._meta.concrete_fields:
        old, new = getattr(before, field.attname), getattr(after, field.attname)
        if old != new:
            yield Changed(str(field.verbose_name), _print(field, old, names), _print(field, new, names))


def _print(field: "Field[Any, Any]", value: Any, names: _Names) -> str:
    """A value of a column in print."""
    if value is None or value in ("", []):
        return MISSING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field.name == "objective":
        return names.objectives.get(value, str(value))
    if isinstance(value, list):
        return "; ".join(value)
    return str(dict(getattr(field, "flatchoices", ())).get(value, value))
