"""Writing one activity by its form: through the plan and the write of a file, with everything said by column."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pghistory
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.batches.choices import Outcome
from tracker.batches.plans import Plan, show
from tracker.common.bulk import own_writes, share_writes
from tracker.common.errors import NotAllowed, Refused, Stale
from tracker.framework.services.structure import strategy_for
from tracker.region.models import Mission

from ..choices import ActivityStatus
from ..models import Activity
from ..policies import may_change, may_write_for
from .activities import ActivityRow, apply_activities, plan_activities, read_activities

if TYPE_CHECKING:
    from tracker.access.models import User

AREA = "activities"
COLUMNS = tuple(each.name for each in fields(ActivityRow) if each.name != "row")
_ROW = 1
A_MOMENT_AGO = timedelta(minutes=10)
"""Who begins the very same activity twice within this time has clicked twice, or sent the page again."""


class CannotBe(Refused):
    """What was typed cannot stand; ``problems`` are (column, sentence), for the fields of the form."""

    def __init__(self, problems: list[tuple[str | None, str]]) -> None:
        super().__init__(" ".join(sentence for _column, sentence in problems))
        self.problems = problems


def as_said(activity: Activity) -> dict[str, Any]:
    """An activity as its sheet says it, with the objectives of the current strategy."""
    held = read_activities(strategy=strategy_for({}).pk, codes=[activity.code])
    return held[activity.code,]


def stamp_of(said: Mapping[str, Any]) -> str:
    """A mark that changes with anything that an activity says; a form carries it, to be told of what came after."""
    written = json.dumps({name: show(said[name]) for name in COLUMNS}, sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()[:32]


@transaction.atomic
def create_activity(*, values: Mapping[str, Any], user: "User") -> Activity:
    """Keep a new activity: ``values`` by the columns of the sheet, in its codes. Without a code it gets the next of
    its mission, such as KG-3; sent twice, it is kept once, and the second is answered as the first.

    Raises NotAllowed for other missions than the person's, and CannotBe.
    """
    # Alone: two who begin an activity at once would draw the same code, and the second overwrite the first.
    own_writes(AREA)
    mission = str(values["mission"])
    code = str(values.get("code") or "")
    for begun in _begun_a_moment_ago(mission, str(values["title"]), user):
        if code in ("", begun.code) and _says_the_same(values, begun, user=user):
            return begun
    code = code or _next_code(mission)
    if Activity.objects.filter(code__iexact=code).exists():
        raise CannotBe([("code", _("There is an activity with the code “%(code)s”.") % {"code": code})])
    return _write({**values, "code": code}, user=user)


@transaction.atomic
def change_activity(*, activity: Activity, values: Mapping[str, Any], stamp: str, user: "User") -> Activity:
    """Replace what is kept of an activity; ``stamp`` is of what the page showed. Its code stays. Objectives that this
    tracker has tied are tied by the mission once they, or the reason, are changed, or ``tied_by`` says so.

    Raises Stale where it says something else since, NotAllowed, and CannotBe.
    """
    return _change(activity, values, stamp=stamp, user=user)


@transaction.atomic
def end_activity(
    *, activity: Activity, ends_on: date, reached: int | None, cancelled: bool, stamp: str, user: "User"
) -> Activity:
    """Mark an activity as completed, or cancelled, on its last day, with how many people it reached where that is
    known. Raises as ``change_activity``, and Refused where it has ended already.
    """
    values: dict[str, Any] = {
        "status": (ActivityStatus.CANCELLED if cancelled else ActivityStatus.COMPLETED).value,
        "end": ends_on,
    }
    if reached is not None:
        values["people_reached"] = reached
    if activity.status in (ActivityStatus.COMPLETED, ActivityStatus.CANCELLED):
        if _says_the_same({**as_said(activity), **values}, activity, user=user):
            return activity
        raise Refused(_("It has ended already. Change it instead, if something about that is wrong."))
    return _change(activity, values, stamp=stamp, user=user)


def _change(activity: Activity, values: Mapping[str, Any], *, stamp: str, user: "User") -> Activity:
    share_writes(AREA)
    # Of two people who save at once, the second waits here, and then finds what the first has written.
    held = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    if not may_change(user, held):
        raise NotAllowed(
            _("A historical activity is changed by a file, which says where it comes from.")
            if held.status == ActivityStatus.HISTORICAL
            else _("You write activities of your own missions only.")
        )
    said = as_said(held)
    if stamp != stamp_of(said):
        if _says_the_same({**said, **values}, held, user=user):
            return held  # Sent twice, or somebody else has written the same: there is nothing to ask about.
        raise Stale(
            _(
                "Somebody changed this activity after you opened it. Nothing of yours was saved, and all that you "
                "typed is still below. Compare it with the activity as it is now, and save again."
            )
        )
    # Who ties it follows from what is changed, unless it is said.
    return _write({**said, "tied_by": None, **values, "code": held.code}, user=user)


def _begun_a_moment_ago(mission: str, title: str, user: "User") -> QuerySet[Activity]:
    """Activities of a mission and title that this person began just now, the last one first."""
    begun = Activity.pgh_event_model.objects.filter(  # type: ignore[attr-defined]
        pgh_label=pghistory.InsertEvent.label,
        mission__code=mission,
        title=title,
        pgh_created_at__gte=timezone.now() - A_MOMENT_AGO,
        pgh_context__user=user.pk,
    )
    return Activity.objects.filter(pk__in=begun.values("pgh_obj_id")).order_by("-pk")


def _says_the_same(values: Mapping[str, Any], kept: Activity, *, user: "User") -> bool:
    """Whether a sheet with these values would change nothing of what is kept."""
    plan = _plan({**values, "code": kept.code}, user=user)
    return not plan.errors and [change.outcome for change in plan.changes] == [Outcome.UNCHANGED]


def _plan(values: Mapping[str, Any], *, user: "User") -> Plan:
    """The plan of a file of one row."""
    row = ActivityRow(row=_ROW, **{name: _cell(values.get(name)) for name in COLUMNS})
    return plan_activities(rows=[row], given=frozenset(COLUMNS), options={}, user=user)


def _write(values: Mapping[str, Any], *, user: "User") -> Activity:
    """By the plan and the write of a file of one row."""
    plan = _plan(values, user=user)
    if plan.errors:
        _refuse_foreign_mission(values, user)
        raise CannotBe([(error.column, error.message) for error in plan.errors])
    apply_activities(plan=plan, batch=None, user=user)
    return Activity.objects.get(code=values["code"])


def _refuse_foreign_mission(values: Mapping[str, Any], user: "User") -> None:
    mission = Mission.objects.filter(code=values["mission"]).first()
    if mission is not None and not may_write_for(user, mission.pk):
        raise NotAllowed(_("You write activities of your own missions only."))


def _cell(value: Any) -> Any:
    """A value as the reader of a file gives it: nothing is None, several are a tuple."""
    if isinstance(value, (list, tuple)):
        return tuple(value) or None
    return None if value == "" else value


def _next_code(mission: str) -> str:
    """The first free of KG-1, KG-2 and so on, after the highest there is."""
    codes = Activity.objects.filter(code__regex=rf"^{re.escape(mission)}-[0-9]{{1,6}}$").values_list(
        "code", flat=True
    )
    return f"{mission}-{max((int(code.rpartition('-')[2]) for code in codes), default=0) + 1}"
