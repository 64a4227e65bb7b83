"""History that code cannot forget: every change of a tracked row is written by the database itself.

Triggers run per statement (row triggers are quadratic in a bulk write) and cover insert, update and
delete; events are append-only. The context (who, through which door) comes from django-pghistory's
middleware on a page, and from the base command and base task elsewhere.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, TypeVar

import pghistory
from django.db import models

M = TypeVar("M", bound=type[models.Model])

DELETED = pghistory.DeleteEvent.label


def tracked(*, exclude: list[str] | None = None, read_by: str | None = None) -> Callable[[M], M]:
    """Class decorator: keep the history of this model in ``<Model>Event`` (``exclude`` names secrets).

    ``read_by`` names the reference by which ``rows_as_of`` reads it, which has an index: the others have none.
    """
    index = [models.Index(fields=[read_by], name=f"history_by_{read_by}")] if read_by else []
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        exclude=exclude,
        # Plain numbers, no constraint: history outlives the row it speaks of.
        obj_field=pghistory.ObjForeignKey(related_name="events", related_query_name="+", db_index=True),
        meta={"indexes": index},
    )


def rows_as_of(model: type[models.Model], moment: datetime, **of: Any) -> list[Any]:
    """Rows of a tracked model as they stood at a moment, in one statement: of each its last event up to then
    (the row's own columns beside ``pgh_*``), those deleted by then left out.

    ``of`` narrows by columns that a row keeps for life. A change counts from the moment at which its
    transaction began.
    """
    last = last_events(model, pgh_created_at__lte=moment, **of)
    return [event for event in last if event.pgh_label != DELETED]


def last_rows(model: type[models.Model], columns: Sequence[str], **of: Any) -> Iterator[tuple[Any, ...]]:
    """These columns of the rows of a tracked model as the history has them last, whatever the table says, in the
    order of their ids: one statement, read as it is needed.
    """
    last = last_events(model, **of).values_list("pgh_label", *columns)
    for label, *row in last.iterator(chunk_size=10_000):
        if label != DELETED:
            yield tuple(row)


def last_events(model: type[models.Model], **of: Any) -> models.QuerySet[Any]:
    """The last event of each row of a tracked model, of deleted ones too. ``of``: columns that a row keeps for
    life.
    """
    tracked_model: Any = model
    events = tracked_model.pgh_event_model.objects.filter(**of)
    last: models.QuerySet[Any] = events.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id")
    return last


def history_begins(row: models.Model) -> datetime:
    """When the first event of a tracked row was recorded: nothing is known of what it was before."""
    tracked_row: Any = row
    begins: datetime = tracked_row.events.earliest("pgh_id").pgh_created_at
    return begins
