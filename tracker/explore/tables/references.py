"""The list of reference frameworks, and the activities of a goal."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from tracker.activities.choices import ActivityStatus, TiedBy
from tracker.activities.models import Activity
from tracker.common.formats import MISSING, show_number
from tracker.framework.models import ReferenceFramework

_NUMBER = {"td": {"class": "num"}, "th": {"class": "num"}}


class FrameworkTable(tables.Table):
    """The outside frames, with how many goals are kept of each and how many objectives serve them."""

    short_name = tables.Column(_("Framework"), order_by=("short_name",))
    kind = tables.Column(_("Kind"))
    owner = tables.Column(_("Whose"), default=MISSING)
    year = tables.Column(_("Year"), attrs=_NUMBER, default=MISSING)
    goal_count = tables.Column(_("Goals"), attrs=_NUMBER)
    objective_count = tables.Column(_("Objectives that serve them"), attrs=_NUMBER)
    source = tables.Column(_("Source"), orderable=False, attrs={"td": {"class": "block source"}})

    class Meta:
        model = ReferenceFramework
        fields = ("short_name", "kind", "owner", "year", "goal_count", "objective_count", "source")
        empty_text = _("No framework fits these filters. Remove one of them, or show all.")

    def render_short_name(self, record: ReferenceFramework) -> SafeString:
        link = format_html('<a href="{}">{}</a>', reverse("reference", args=[record.code]), record.short_name)
        if record.name == record.short_name:
            return link
        return format_html('{} <span class="meta">{}</span>', link, record.name)

    def value_short_name(self, record: ReferenceFramework) -> str:
        return record.name

    def _count(self, value: int) -> str:
        return show_number(value)

    render_goal_count = render_objective_count = _count

    def value_goal_count(self, value: int) -> int:
        return value

    value_objective_count = value_goal_count

    def render_year(self, value: int) -> str:
        return str(value)


class ActivityTable(tables.Table):
    """Activities; those of a document before the strategy say so."""

    title = tables.Column(_("Activity"), linkify=lambda record: reverse("activity", args=[record.code]))
    mission = tables.Column(_("Mission"), order_by=("mission__name", "code"))
    status = tables.Column(_("State"))

    def render_status(self, record: Activity) -> str:
        is_historical = record.status == ActivityStatus.HISTORICAL
        return str(_("Historical") if is_historical else record.get_status_display())


class ObjectiveActivityTable(ActivityTable):
    """The activities of an objective, and why they are tied to it."""

    tie_reason = tables.Column(_("Why"), orderable=False, attrs={"td": {"class": "block"}})
    source = tables.Column(_("Source"), orderable=False, attrs={"td": {"class": "block source"}})

    class Meta:
        model = Activity
        fields = ("title", "mission", "status", "tie_reason", "source")
        empty_text = _("No activity is tied to this objective yet.")

    def render_tie_reason(self, record: Activity, value: str) -> SafeString | str:
        if record.tied_by == TiedBy.TRACKER:
            return format_html('{} <span class="meta">{}</span>', value, _("Tied by us"))
        return value


class GoalActivityTable(ActivityTable):
    """Activities tied to a goal, or to objectives that serve it."""

    tied = tables.Column(_("Tied to"), empty_values=(), orderable=False)
    source = tables.Column(_("Source"), orderable=False, attrs={"td": {"class": "block source"}})

    class Meta:
        model = Activity
        fields = ("title", "mission", "status", "tied", "source")
        empty_text = _("No activity is tied to this goal or to an objective that serves it.")

    def render_tied(self, record: Any) -> SafeString:
        links = [
            (reverse("objective", args=[objective.code]), objective.title, objective.code)
            for objective in record.own_objectives
        ]
        said = format_html_join(", ", '<a href="{}" title="{}">{}</a>', links)
        if links and record.tied_by == TiedBy.TRACKER:
            said = format_html('{} <span class="meta">{}</span>', said, _("tied by us"))
        if record.own_goals:
            codes = ", ".join(goal.code for goal in record.own_goals)
            goals = format_html("<span>{}</span>", _("the goal itself (%(codes)s)") % {"codes": codes})
            return format_html("{}<br>{}", goals, said) if links else goals
        return said
