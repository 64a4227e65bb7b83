"""Saying what the mission's activities came to in a period."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import ngettext

from tracker.access.models import User
from tracker.activities.choices import DOLLARS
from tracker.activities.models import Activity
from tracker.common.errors import Refused
from tracker.region.models import Mission

from ..models import ActivityUpdate, ReportingPeriod, ReportRevision
from .writing import Conflict, Typed, Written, open_draft, sort_out

LONGEST_TEXT = 5_000
"""Characters of a comment, and of what may be quoted."""
MOST_MONEY = Decimal(10) ** 14
"""What the column takes no more of."""


@dataclass(frozen=True, slots=True)
class Update:
    """What is said of an activity. ``spent`` and ``people`` are of the period alone; the currency goes with money."""

    status: str = ""
    spent: Decimal | None = None
    currency: str = ""
    people: int | None = None
    quotable: str = ""
    internal: str = ""

    @property
    def is_empty(self) -> bool:
        return self == NOTHING


NOTHING = Update()


def said_by(row: ActivityUpdate) -> Update:
    """An update as it is stored."""
    return Update(row.status, row.spent, row.currency, row.people, row.quotable, row.internal)


def usual_currency(activity: Activity) -> str:
    """In which currency money is asked for, unless the person says otherwise."""
    return activity.currency or DOLLARS


def activities_to_update(
    *,
    mission: Mission,
    period: ReportingPeriod,
    revision: ReportRevision | None,
    more: Collection[str] = (),
) -> list[Activity]:
    """The mission's activities that ran in the period, and those that its revision speaks of, by code; ``more`` are
    codes of others of the mission to be shown beside them.
    """
    spoken_of = ActivityUpdate.objects.filter(revision=revision).values("activity")
    running = Activity.objects.running_in(period.starts_on, period.ends_on).values("pk")
    return list(
        Activity.objects.own()
        .filter(mission=mission)
        .filter(Q(pk__in=running) | Q(pk__in=spoken_of) | Q(code__in=more))
        .order_by("code")
    )


def read_updates(revision: ReportRevision | None) -> dict[int, ActivityUpdate]:
    """What a revision says of activities, by activity id, with who wrote it."""
    if revision is None:
        return {}
    rows = ActivityUpdate.objects.filter(revision=revision).select_related("written_by", "activity")
    return {row.activity_id: row for row in rows}


def updates_before(*, activities: Collection[Activity], period: ReportingPeriod) -> dict[int, ActivityUpdate]:
    """The last approved update of each activity from a period before this one, by activity id."""
    rows = (
        ActivityUpdate.objects.counting()
        .filter(activity__in=activities, revision__report__period__number__lt=period.number)
        .select_related("revision__report__period")
        .order_by("activity_id", "-revision__report__period__number")
        .distinct("activity_id")
    )
    return {row.activity_id: row for row in rows}


def latest_update(activity: Activity) -> ActivityUpdate | None:
    """The last approved update of an activity."""
    return (
        ActivityUpdate.objects.counting()
        .filter(activity=activity)
        .select_related("revision__report__period")
        .order_by("-revision__report__period__number")
        .first()
    )


@transaction.atomic
def save_updates(
    *, mission: Mission, period: ReportingPeriod, user: User, typed: Mapping[int, Typed[Update]]
) -> Written[int, Update]:
    """Write updates, by activity id, into the mission's open revision, begun if need be. One that says nothing is
    taken out.

    What a colleague changed since the page was read is a conflict, and not written. Raises NotAllowed, and Refused
    for a lock or an activity of somebody else.
    """
    written: Written[int, Update] = Written(open_draft(mission=mission, period=period, user=user))
    own = set(Activity.objects.own().filter(pk__in=typed, mission=mission).values_list("pk", flat=True))
    if strangers := set(typed) - own:
        raise Refused(
            ngettext(
                "%(count)s of these activities is not one of %(mission)s.",
                "%(count)s of these activities are not activities of %(mission)s.",
                len(strangers),
            )
            % {"count": len(strangers), "mission": mission}
        )
    rows = read_updates(written.revision)
    wanted, overtaken = sort_out(typed, {pk: said_by(row) for pk, row in rows.items()}, nothing=NOTHING)
    for pk in overtaken:
        row = rows.get(pk)
        written.conflicts[pk] = (
            Conflict(said_by(row), row.written_by, row.written_at) if row else Conflict(NOTHING)
        )
    gone = [rows[pk].pk for pk, said in wanted.items() if said.is_empty and pk in rows]
    if gone:
        ActivityUpdate.objects.filter(pk__in=gone).delete()
    kept = {pk: said for pk, said in wanted.items() if not said.is_empty}
    if kept:
        fields = ["status", "spent", "currency", "people", "quotable", "internal"]
        ActivityUpdate.objects.bulk_create(
            [
                ActivityUpdate(
                    revision=written.revision,
                    activity_id=pk,
                    version=rows[pk].version + 1 if pk in rows else 1,
                    written_by=user,
                    written_at=timezone.now(),
                    is_copy=False,
                    **{name: getattr(said, name) for name in fields},
                )
                for pk, said in kept.items()
            ],
            update_conflicts=True,
            unique_fields=["revision", "activity"],
            update_fields=[*fields, "version", "written_by", "written_at", "is_copy"],
        )
    written.saved = list(wanted)
    return written
