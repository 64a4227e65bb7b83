"""Planning a sheet whose rows are one to a thing that is known by its key: what most kinds of the setup do."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from .plans import Lookup, Plan, compare, fill_row, is_empty, refuse_repeats, show

# What else is wrong with a row: it gets the row in full (``fill_row``) and says it by ``refuse(column, message)``.
Refuse = Callable[[str, str], None]
Check = Callable[[Mapping[str, Any], Refuse], None]


def read_held(
    things: QuerySet[Any], names: Sequence[str], *, key: Sequence[str], paths: Mapping[str, str] | None = None
) -> dict[tuple[Any, ...], dict[str, Any]]:
    """What there is, as the sheet says it, by the values of its ``key``; for ``plan_rows``, and for the way out.

    ``paths`` gives for the columns that are no field of that name where they are read: ``{"country":
    "country__iso2"}``.
    """
    paths = paths or {}
    said = (
        {name: each[paths.get(name, name)] for name in names}
        for each in things.values(*(paths.get(n, n) for n in names))
    )
    return {tuple(each[column] for column in key): each for each in said}


def plan_rows(
    *,
    rows: Sequence[Any],
    names: Sequence[str],
    key: Sequence[str],
    held: Mapping[tuple[Any, ...], Mapping[str, Any]],
    given: frozenset[str],
    references: Mapping[str, Lookup[Any]] | None = None,
    defaults: Mapping[str, Any] | None = None,
    empty: Mapping[str, Any] | None = None,
    check: Check | None = None,
) -> Plan:
    """Compare rows with what is held, both as the sheet says it, and write nothing.

    ``names`` are the columns; ``key`` those that name a row, ``held`` what there is, by their values. Each column
    of ``references`` holds a code, or several, of what its lookup finds; an empty cell is nobody. ``defaults`` and
    ``empty`` as for ``fill_row``. ``plan.writes`` has a mapping for each row that is new or changed, in which
    references are what the lookup found, or a list of that. What is wrong with a row is said in the order of ``names``.
    """
    references = references or {}
    plan = Plan(writes=[])
    place: dict[str | None, int] = {name: number for number, name in enumerate(names)}

    def name_of(row: Any) -> tuple[Any, ...]:
        return tuple(
            references[column].proper(getattr(row, column)) if column in references else getattr(row, column)
            for column in key
        )

    rows = refuse_repeats(
        plan=plan, rows=rows, key=name_of, column=key[-1], value=lambda row: show(getattr(row, key[-1]))
    )
    for row in rows:
        errors = len(plan.errors)
        name = name_of(row)
        old = held.get(name)
        new = fill_row(row, names, given=given, old=old, defaults=defaults, empty=empty)
        found: dict[str, Any] = {}
        for column, lookup in references.items():
            said = new[column]
            if isinstance(said, (list, tuple)):
                found[column] = [lookup.find(each, plan=plan, row=row.row, column=column) for each in said]
                new[column] = type(said)(lookup.proper(each) for each in said)
            elif is_empty(said):
                found[column] = None
            else:
                found[column] = lookup.find(said, plan=plan, row=row.row, column=column)
                new[column] = lookup.proper(said)

        def refuse(column: str, message: str, row: Any = row, new: Mapping[str, Any] = new) -> None:
            plan.refuse(row=row.row, column=column, value=new[column], message=message)

        if check is not None:
            check(new, refuse)
        if len(plan.errors) > errors:
            plan.errors[errors:] = sorted(plan.errors[errors:], key=lambda error: place[error.column])
            continue
        change = compare(row=row.row, key=tuple(show(part) for part in name), new=new, old=old)
        plan.changes.append(change)
        if change.cells:
            plan.writes.append({**new, **found})
    return plan
