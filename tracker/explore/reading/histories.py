"""Whose history of changes is shown, to whom, and what it reaches: of an indicator and of an activity."""

from django.db.models import Model, Value
from django.db.models.expressions import Combinable
from django.utils.translation import gettext as _

from tracker.access.policies import Rights
from tracker.activities.models import (
    Activity,
    ActivityCountry,
    ActivityGoal,
    ActivityObjective,
    ActivityOffice,
    ActivityTag,
    Tag,
)
from tracker.framework.models import (
    Alignment,
    Breakdown,
    Indicator,
    IndicatorBreakdown,
    IndicatorReplacement,
    Objective,
    ReferenceGoal,
)
from tracker.region.models import Country, Mission, Office

from .changes import Change, Tie, name_in, named, read_changes


def may_see_changes(rights: Rights) -> bool:
    """The history of what an indicator is: officers and administrators."""
    return rights.is_officer or rights.is_administrator


def may_see_changes_of(rights: Rights, activity: Activity) -> bool:
    """The history of an activity: its mission's own people, officers and administrators."""
    return may_see_changes(rights) or activity.mission_id in rights.missions


def changes_of_indicator(indicator: Indicator) -> list[Change]:
    """Its own columns, what it is broken down by, what it replaces and is replaced by, and what its objective serves
    since it was recorded.
    """
    ties = [
        Tie(
            _("Breakdowns"),
            IndicatorBreakdown,
            by="indicator_id",
            of=indicator.pk,
            to="breakdown_id",
            name=name_in(Breakdown, "breakdown_id", "name"),
        ),
        Tie(
            _("Replaces"),
            IndicatorReplacement,
            by="new_id",
            of=indicator.pk,
            to="old_id",
            name=name_in(Indicator, "old_id", "code"),
        ),
        Tie(
            _("Replaced by"),
            IndicatorReplacement,
            by="old_id",
            of=indicator.pk,
            to="new_id",
            name=name_in(Indicator, "new_id", "code"),
        ),
        Tie(
            # Each of them by itself: it says on what it rests, and why.
            _("Alignment of the objective with %(name)s"),
            Alignment,
            by="objective_id",
            of=indicator.objective_id,
            to="goal_id",
            name=_name_of_goal(),
            says=("basis", "reason", "source"),
        ),
    ]
    return read_changes(indicator, names={"objective": named(Objective, "code")}, ties=ties)


def changes_of_activity(activity: Activity) -> list[Change]:
    """Its own columns, and all that it is tied to."""
    ties: list[tuple[str, type[Model], str, Combinable]] = [
        (
            _("Objectives it serves"),
            ActivityObjective,
            "objective_id",
            name_in(Objective, "objective_id", "code"),
        ),
        (_("Reference goals it serves"), ActivityGoal, "goal_id", _name_of_goal()),
        (_("Tags"), ActivityTag, "tag_id", name_in(Tag, "tag_id", "name")),
        (_("Where it takes place"), ActivityCountry, "country_id", name_in(Country, "country_id", "name")),
        (_("Offices that carry it out"), ActivityOffice, "office_id", name_in(Office, "office_id", "code")),
    ]
    return read_changes(
        activity,
        names={"mission": named(Mission, "name")},
        ties=[
            Tie(what, table, by="activity_id", of=activity.pk, to=to, name=name)
            for what, table, to, name in ties
        ],
    )


def _name_of_goal() -> Combinable:
    return name_in(ReferenceGoal, "goal_id", "framework__short_name", Value(" "), "code")
