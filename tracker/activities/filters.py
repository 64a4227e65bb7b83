"""What narrows the list of activities. Rubbish in a filter is said, and the filter is as if not there."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.framework.models import Objective, ReferenceGoal, Strategy
from tracker.region.models import Country, Mission

from .choices import ActivityStatus
from .models import Activity, FundingRequirement, Tag
from .querysets import ActivityQuerySet
from .wording import name_place

LONGEST_SEARCH = 100
Choices = Iterable[tuple[Any, Any]]


def _choice(label: Any, *, wrong: Any, method: str = "", field: str = "") -> django_filters.ChoiceFilter:
    """A drop-down whose choices come when the page is asked for; ``wrong`` is said of any other value."""
    how: dict[str, Any] = {"method": method} if method else {"field_name": field}
    return django_filters.ChoiceFilter(
        label=label, empty_label=gettext_lazy("All"), error_messages={"invalid_choice": wrong}, **how
    )


class ActivityFilter(django_filters.FilterSet):
    """By text, mission, country, priority, objective, goal, tag, status, and the year or document it is of."""

    q = django_filters.CharFilter(
        label=gettext_lazy("Words"),
        method="by_words",
        max_length=LONGEST_SEARCH,
        widget=forms.TextInput(attrs={"type": "search", "size": 18}),
        error_messages={
            "max_length": gettext_lazy(
                "Search for at most %(limit_value)d characters: all activities are shown."
            )
        },
    )
    mission = _choice(
        gettext_lazy("Mission"),
        field="mission__code",
        wrong=gettext_lazy("There is no mission “%(value)s”: those of all missions are shown."),
    )
    when = _choice(
        gettext_lazy("Year or document"),
        method="by_when",
        wrong=gettext_lazy("“%(value)s” is no year or document of activities: all of them are shown."),
    )
    priority = _choice(
        gettext_lazy("Priority"),
        method="by_priority",
        wrong=gettext_lazy("There is no priority “%(value)s”: all of them are shown."),
    )
    objective = _choice(
        gettext_lazy("Objective"),
        method="by_objective",
        wrong=gettext_lazy("There is no objective “%(value)s”: all of them are shown."),
    )
    goal = _choice(
        gettext_lazy("Reference goal"),
        method="by_goal",
        wrong=gettext_lazy("No activity serves a reference goal “%(value)s”: all activities are shown."),
    )
    country = _choice(
        gettext_lazy("Country or area"),
        method="by_country",
        wrong=gettext_lazy("There is no country or area “%(value)s”: all of them are shown."),
    )
    tag = _choice(
        gettext_lazy("Tag"),
        method="by_tag",
        wrong=gettext_lazy("There is no tag “%(value)s”: all of them are shown."),
    )
    status = _choice(
        gettext_lazy("Status"),
        field="status",
        wrong=gettext_lazy("“%(value)s” is no status of activities: all of them are shown."),
    )

    class Meta:
        model = Activity
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, strategy: Strategy | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form.auto_id = "%s"
        for name, choices in self._offers(strategy).items():
            self.form.fields[name].choices = [("", _("All")), *choices]

    def _offers(self, strategy: Strategy | None) -> dict[str, Choices]:
        objectives: list[Objective] = list(
            Objective.objects.filter(strategy=strategy)
            .select_related("priority")
            .order_by("priority__order", "order", "code")
        )
        priorities = {objective.priority.code: objective.priority for objective in objectives}
        goals: list[ReferenceGoal] = list(
            ReferenceGoal.objects.filter(activity_links__isnull=False)
            .select_related("framework")
            .distinct()
            .order_by("framework__order", "order", "code")
        )
        years = range(strategy.starts_on.year, strategy.ends_on.year + 1) if strategy else ()
        return {
            "mission": Mission.objects.order_by("name").values_list("code", "name"),
            "country": Country.objects.order_by("name").values_list("iso2", "name"),
            "priority": [(code, str(each)) for code, each in priorities.items()],
            "objective": [
                (str(each), [(o.code, f"{o.code} {o.title}") for o in objectives if o.priority_id == each.pk])
                for each in priorities.values()
            ],
            "goal": [
                (f"{g.framework.code}:{g.code}", f"{g.framework.short_name} {g.code} {g.title}")
                for g in goals
            ],
            "tag": Tag.objects.order_by("name").values_list("code", "name"),
            "status": [
                (status.value, _("Historical") if status == ActivityStatus.HISTORICAL else status.label)
                for status in ActivityStatus
            ],
            "when": [
                *((document, document) for document in Activity.objects.documents()),
                *((str(year), str(year)) for year in years),
            ],
        }

    # -- How each narrows ------------------------------------------------------------------------------
    def by_words(self, activities: ActivityQuerySet, name: str, value: str) -> ActivityQuerySet:
        return activities.saying(value)

    def by_when(self, activities: ActivityQuerySet, name: str, value: str) -> ActivityQuerySet:
        return activities.of_year(int(value)) if value.isdigit() else activities.of_document(value)

    def by_priority(self, activities: ActivityQuerySet, name: str, value: str) -> ActivityQuerySet:
        return activities.for_priority(value)

    def by_objective(self, activities: ActivityQuerySet, name: str, value: str) -> ActivityQuerySet:
        return activities.for_objective(value)

    def by_goal(self, activities: ActivityQuerySet, name: str, value: str) -> ActivityQuerySet:
        return activities.for_goal(*value.split(":", 1))

    def by_country(self, activities: ActivityQuerySet, name: str, value: str) -> ActivityQuerySet:
        return activities.in_country(value)

    def by_tag(self, activities: ActivityQuerySet, name: str, value: str) -> ActivityQuerySet:
        return activities.tagged(value)

    # -- What the page says of it ----------------------------------------------------------------------
    @property
    def problems(self) -> list[str]:
        """What was wrong with what was asked."""
        return [str(message) for messages in self.form.errors.values() for message in messages]

    @property
    def has_more(self) -> bool:
        """One of the filters that are folded away is set."""
        usual = {"q", "mission", "when", "priority"}
        return any(name not in usual for name, _words in self.active()) or bool(set(self.form.errors) - usual)

    def active(self) -> list[tuple[str, str]]:
        """The filters in force: (name of the parameter, what it says)."""
        self.form.is_valid()
        return [
            (name, f"{self.form.fields[name].label}: {self._words(name, value)}")
            for name, value in self.form.cleaned_data.items()
            if value
        ]

    def _words(self, name: str, value: str) -> str:
        field = self.form.fields[name]
        if not isinstance(field, forms.ChoiceField):
            return f"“{value}”"
        flat: dict[str, str] = {}
        choices: Any = field.choices
        for code, label in choices:
            flat |= {
                str(c): str(t) for c, t in (label if isinstance(label, (list, tuple)) else [(code, label)])
            }
        return flat.get(value, value)


class FundingFilter(django_filters.FilterSet):
    """By year, by country or area, by goal."""

    year = _choice(
        gettext_lazy("Year"),
        field="year",
        wrong=gettext_lazy("There is no year “%(value)s” in the funding tables: both are shown."),
    )
    mission = _choice(
        gettext_lazy("Country or area"),
        field="mission__code",
        wrong=gettext_lazy("There is no country or area “%(value)s”: all of them are shown."),
    )
    goal = _choice(
        gettext_lazy("Goal"),
        field="goal__code",
        wrong=gettext_lazy("There is no goal “%(value)s” in the funding tables: all of them are shown."),
    )

    class Meta:
        model = FundingRequirement
        fields: tuple[str, ...] = ()

    def __init__(
        self, *args: Any, years: Iterable[int], goals: Iterable[ReferenceGoal], missions: Iterable[Mission]
    ) -> None:
        super().__init__(*args)
        self.form.auto_id = "%s"
        offers: dict[str, Choices] = {
            "year": [(str(year), str(year)) for year in years],
            "mission": [(mission.code, name_place(mission)) for mission in missions],
            "goal": [(goal.code, str(goal)) for goal in goals],
        }
        for name, choices in offers.items():
            self.form.fields[name].choices = [("", _("All")), *choices]

    @property
    def problems(self) -> list[str]:
        """What was wrong with what was asked."""
        return [str(message) for messages in self.form.errors.values() for message in messages]

    def chosen(self, name: str) -> str:
        """What was chosen, or nothing."""
        self.form.is_valid()
        return str(self.form.cleaned_data.get(name) or "")

    def active(self) -> list[tuple[str, str]]:
        """The filters in force: (name of the parameter, what it says)."""
        said = []
        for name in self.form.fields:
            field: Any = self.form.fields[name]
            if value := self.chosen(name):
                said.append((name, f"{field.label}: {dict(field.choices)[value]}"))
        return said
