"""What narrows the list of activities. Rubbish in a filter is said, and the filter is as if not there."""

from collections.abc import Iterable
from typing import Any, cast

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.common.lists import ListFilter, choice_filter, words_filter
from tracker.framework.models import Objective, ReferenceGoal, Strategy
from tracker.region.models import Country, Mission

from .choices import ActivityStatus
from .models import Activity, FundingRequirement, Tag
from .querysets import ActivityQuerySet
from .wording import name_place

Choices = Iterable[tuple[Any, Any]]


class ActivityFilter(ListFilter):
    """By text, mission, country, priority, objective, goal, tag, status, and the year or document it is of."""

    q = words_filter()
    mission = choice_filter(
        gettext_lazy("Mission"),
        field_name="mission__code",
        wrong=gettext_lazy("There is no mission “%(value)s”: those of all missions are shown."),
    )
    when = choice_filter(
        gettext_lazy("Year or document"),
        method="by_when",
        wrong=gettext_lazy("“%(value)s” is no year or document of activities: all of them are shown."),
    )
    priority = choice_filter(
        gettext_lazy("Priority"),
        method="by_priority",
        wrong=gettext_lazy("There is no priority “%(value)s”: all of them are shown."),
    )
    objective = choice_filter(
        gettext_lazy("Objective"),
        method="by_objective",
        wrong=gettext_lazy("There is no objective “%(value)s”: all of them are shown."),
    )
    goal = choice_filter(
        gettext_lazy("Reference goal"),
        method="by_goal",
        wrong=gettext_lazy("No activity serves a reference goal “%(value)s”: all activities are shown."),
    )
    country = choice_filter(
        gettext_lazy("Country or area"),
        method="by_country",
        wrong=gettext_lazy("There is no country or area “%(value)s”: all of them are shown."),
    )
    tag = choice_filter(
        gettext_lazy("Tag"),
        method="by_tag",
        wrong=gettext_lazy("There is no tag “%(value)s”: all of them are shown."),
    )
    status = choice_filter(
        gettext_lazy("Status"),
        field_name="status",
        wrong=gettext_lazy("“%(value)s” is no status of activities: all of them are shown."),
    )

    class Meta:
        model = Activity
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, strategy: Strategy | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in self._offers(strategy).items():
            self.offer(name, choices)
        self.form.auto_id = "%s"

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
    def narrow_by_words(self, things: QuerySet[Any], name: str, value: str) -> ActivityQuerySet:
        return cast(ActivityQuerySet, things).saying(value)

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
    def has_more(self) -> bool:
        """One of the filters that are folded away is set."""
        usual = {"q", "mission", "when", "priority"}
        return any(name not in usual for name, _words in self.active()) or bool(set(self.form.errors) - usual)


class FundingFilter(ListFilter):
    """By year, by country or area, by goal."""

    year = choice_filter(
        gettext_lazy("Year"),
        field_name="year",
        wrong=gettext_lazy("There is no year “%(value)s” in the funding tables: both are shown."),
    )
    mission = choice_filter(
        gettext_lazy("Country or area"),
        field_name="mission__code",
        wrong=gettext_lazy("There is no country or area “%(value)s”: all of them are shown."),
    )
    goal = choice_filter(
        gettext_lazy("Goal"),
        field_name="goal__code",
        wrong=gettext_lazy("There is no goal “%(value)s” in the funding tables: all of them are shown."),
    )

    class Meta:
        model = FundingRequirement
        fields: tuple[str, ...] = ()

    def __init__(
        self, *args: Any, years: Iterable[int], goals: Iterable[ReferenceGoal], missions: Iterable[Mission]
    ) -> None:
        super().__init__(*args)
        self.offer("year", [(str(year), str(year)) for year in years])
        self.offer("mission", [(mission.code, name_place(mission)) for mission in missions])
        self.offer("goal", [(goal.code, str(goal)) for goal in goals])
        self.form.auto_id = "%s"
