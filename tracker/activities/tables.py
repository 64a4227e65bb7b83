"""The lists of activities and of the amounts asked for."""

from decimal import Decimal
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.common.formats import MISSING, show_number
from tracker.framework.exports import plain

from .choices import ActivityStatus
from .models import Activity, FundingRequirement
from .wording import name_place, say_budget, say_dates

_NUMBER = {"td": {"class": "num"}, "th": {"class": "num"}}


class ActivityTable(tables.Table):
    """What is done, by whom, when, toward what."""

    title = tables.Column(
        gettext_lazy("Activity"), order_by=("title", "code"), attrs={"td": {"class": "of-title"}}
    )
    code = tables.Column(gettext_lazy("Code"), visible=False)
    mission = tables.Column(gettext_lazy("Mission"), order_by=("mission__name", "code"))
    status = tables.Column(gettext_lazy("Status"), order_by=("status", "mission__name", "code"))
    when = tables.Column(
        gettext_lazy("When"), accessor="starts_on", order_by=("starts_on", "source", "code"), empty_values=()
    )
    objectives = tables.Column(gettext_lazy("Objectives"), empty_values=(), orderable=False)
    goals = tables.Column(gettext_lazy("Goals"), empty_values=(), orderable=False)
    tags = tables.Column(gettext_lazy("Tags"), empty_values=(), orderable=False)
    budget = tables.Column(
        gettext_lazy("Budget"), empty_values=(), attrs=_NUMBER, order_by=("currency", "budget", "code")
    )

    class Meta:
        model = Activity
        fields = ("title", "code", "mission", "status", "when", "objectives", "goals", "tags", "budget")

    def __init__(self, *args: Any, is_filtered: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.empty_text = (
            _("No activity fits these filters. Remove one of them, or show all activities.")
            if is_filtered
            else _("There are no activities yet. Missions add theirs here or load them as a workbook.")
        )

    def render_title(self, record: Activity) -> SafeString:
        return format_html(
            '<a href="{}">{}</a><span class="meta">{}</span>',
            reverse("activity", args=[record.code]),
            record.title,
            record.code,
        )

    def value_title(self, record: Activity) -> str:
        return record.title

    def value_mission(self, record: Activity) -> str:
        return record.mission.name

    def render_status(self, record: Activity) -> SafeString:
        return mark_status(record)

    def value_status(self, record: Activity) -> str:
        return str(record.get_status_display())

    def render_when(self, record: Activity) -> str:
        return record.document if record.is_historical else say_dates(record.starts_on, record.ends_on)

    value_when = render_when

    def render_objectives(self, record: Activity) -> SafeString | str:
        links = (
            (reverse("objective", args=[each.code]), each.title, each.code)
            for each in record.objectives.all()
        )
        return format_html_join(" ", '<a class="code-link" href="{}" title="{}">{}</a>', links) or MISSING

    def value_objectives(self, record: Activity) -> str:
        return "; ".join(each.code for each in record.objectives.all())

    def render_goals(self, record: Activity) -> SafeString | str:
        named = ((f"{each.framework.short_name}: {each.title}", each.code) for each in record.goals.all())
        return format_html_join(" ", '<abbr title="{}">{}</abbr>', named) or MISSING

    def value_goals(self, record: Activity) -> str:
        return "; ".join(f"{each.framework.code}:{each.code}" for each in record.goals.all())

    def render_tags(self, record: Activity) -> str:
        return ", ".join(each.name for each in record.tags.all()) or MISSING

    def value_tags(self, record: Activity) -> str:
        return "; ".join(each.code for each in record.tags.all())

    def render_budget(self, record: Activity) -> str:
        return say_budget(record.budget, record.currency)

    def value_budget(self, record: Activity) -> str:
        return say_budget(record.budget, record.currency) if record.budget is not None else ""


def mark_status(activity: Activity) -> SafeString:
    """The state of an activity as a pill; what is over is quiet."""
    weights = {
        ActivityStatus.PLANNED: "pill-draft",
        ActivityStatus.ONGOING: "pill-strong",
        ActivityStatus.COMPLETED: "",
        ActivityStatus.CANCELLED: "pill-quiet",
        ActivityStatus.HISTORICAL: "pill-quiet",
    }
    status = ActivityStatus(activity.status)
    word = _("Historical") if status == ActivityStatus.HISTORICAL else status.label
    return format_html('<span class="pill {}">{}</span>', weights[status], word)


class FundingTable(tables.Table):
    """Every amount, with its note and its source."""

    year = tables.Column(gettext_lazy("Year"), order_by=("year", "mission__name", "goal__order"))
    mission = tables.Column(
        gettext_lazy("Country or area"), order_by=("mission__name", "year", "goal__order")
    )
    goal = tables.Column(gettext_lazy("Goal"), order_by=("goal__order", "year", "mission__name"))
    amount = tables.Column(
        gettext_lazy("Asked for, USD"), attrs=_NUMBER, order_by=("amount", "year", "mission__name")
    )
    amount_printed = tables.Column(gettext_lazy("As printed"), attrs=_NUMBER, empty_values=())
    note = tables.Column(gettext_lazy("Note"), orderable=False, default="", attrs={"td": {"class": "block"}})
    source = tables.Column(gettext_lazy("Source"), orderable=False, attrs={"td": {"class": "block small"}})

    class Meta:
        model = FundingRequirement
        fields = ("year", "mission", "goal", "amount", "amount_printed", "note", "source")

    def value_year(self, record: FundingRequirement) -> int:
        return record.year

    def render_mission(self, record: FundingRequirement) -> str:
        return name_place(record.mission)

    value_mission = render_mission

    def render_amount(self, record: FundingRequirement) -> str:
        return _("nothing asked") if record.nothing_asked else show_number(record.amount)

    def value_amount(self, record: FundingRequirement) -> Decimal | None:
        return None if record.nothing_asked else plain(record.amount)

    def render_amount_printed(self, record: FundingRequirement) -> str:
        return "" if record.amount_printed is None else show_number(record.amount_printed)

    def value_amount_printed(self, record: FundingRequirement) -> Decimal | None:
        return plain(record.amount_printed)
