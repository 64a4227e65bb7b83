"""Where in the tables of history the events of a batch lie, and what they say."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from tracker.common.bulk import fetch, quote


def event_model(model: type[Model]) -> type[Model]:
    """The model of a tracked model's events."""
    tracked: Any = model
    events: type[Model] = tracked.pgh_event_model
    return events


def last_events(tables: Iterable[type[Model]]) -> dict[str, int]:
    """The number of the last event in the history of each of these tables, by the table's name; one statement.

    Between two calls, with the tables locked, only one's own events can come: their numbers are in between.
    """
    models = list(tables)
    highest = ", ".join(
        f"(SELECT coalesce(max(pgh_id), 0) FROM {quote(event_model(model)._meta.db_table)})"
        for model in models
    )
    [found] = fetch(f"SELECT {highest}")
    return {model._meta.db_table: last for model, last in zip(models, found, strict=True)}
