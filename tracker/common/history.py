"""History that code cannot forget: every change of a tracked row is written by the database itself.

Triggers run per statement (row triggers are quadratic in a bulk write) and cover insert, update and
delete; events are append-only. The context (who, through which door) comes from django-pghistory's
middleware on a page, and from the base command and base task elsewhere.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

import pghistory
from django.db import models

M = TypeVar("M", bound=type[models.Model])


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
    tracked_model: Any = model
    events = tracked_model.pgh_event_model.objects.filter(pgh_created_at__lte=moment, **of)
    last = events.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id")
    return [event for event in last if event.pgh_label != pghistory.DeleteEvent.label]


def history_begins(row: models.Model) -> datetime:
    """When the first event of a tracked row was recorded: nothing is known of what it was before."""
    tracked_row: Any = row
    begins: datetime = tracked_row.events.earliest("pgh_id").pgh_created_at
    return begins
