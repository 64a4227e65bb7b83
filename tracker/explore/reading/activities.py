"""What the pages of activities show."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch
from django.utils.translation import gettext as _

from tracker.activities.models import Activity
from tracker.activities.querysets import ActivityQuerySet
from tracker.batches.plans import says_otherwise, show
from tracker.framework.models import Objective, ReferenceGoal


def list_activities() -> ActivityQuerySet:
    """All activities with everything that a list shows of each, in a fixed number of queries."""
    return (
        Activity.objects.select_related("mission")
        .prefetch_related(
            Prefetch("objectives", Objective.objects.order_by("priority__order", "order", "code")),
            Prefetch(
                "goals",
                ReferenceGoal.objects.select_related("framework").order_by(
                    "framework__order", "order", "code"
                ),
            ),
            "tags",
        )
        .order_by("mission__name", "code")
    )


def count_statuses(activities: ActivityQuerySet) -> dict[str, int]:
    """How many of these have which status."""
    counted = activities.order_by().values_list("status").annotate(Count("pk"))
    return dict(counted)


@dataclass(frozen=True)
class Difference:
    """A field in which what was typed is not what somebody else saved meanwhile."""

    label: str
    kept: str
    typed: str


def differences(
    *, kept: Mapping[str, Any], typed: Mapping[str, Any], labels: Mapping[str, Any]
) -> list[Difference]:
    """Where what was typed differs from what is kept now, both in words; by the columns of the sheet."""
    nothing = _("nothing")
    return [
        Difference(str(labels[name]), show(kept[name]) or nothing, show(value) or nothing)
        for name, value in typed.items()
        if name in kept and says_otherwise(_unordered(kept[name]), _unordered(value))
    ]


def _unordered(value: Any) -> Any:
    """Ties are the same in any order, and nothing is nothing, whether none or an empty text."""
    return tuple(sorted(value)) if isinstance(value, (list, tuple)) else value or None
