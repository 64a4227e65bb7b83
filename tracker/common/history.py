"""History that code cannot forget: every change of a tracked row is written by the database itself.

Triggers run per statement (row triggers are quadratic in a bulk write) and cover insert, update and
delete; events are append-only. The context (who, through which door) comes from django-pghistory's
middleware on a page, and from the base command and base task elsewhere.
"""

from collections.abc import Callable
from typing import TypeVar

import pghistory
from django.db import models

M = TypeVar("M", bound=type[models.Model])


def tracked(*, exclude: list[str] | None = None) -> Callable[[M], M]:
    """Class decorator: keep the history of this model in ``<Model>Event`` (``exclude`` names secrets)."""
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        exclude=exclude,
        # Plain numbers, no constraint: history outlives the row it speaks of.
        obj_field=pghistory.ObjForeignKey(related_name="events", related_query_name="+"),
    )
