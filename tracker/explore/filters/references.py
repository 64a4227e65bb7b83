"""What narrows the list of reference frameworks."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tracker.common.lists import ListFilter, choice_filter, words_filter
from tracker.framework.choices import ReferenceKind
from tracker.framework.models import ReferenceFramework

SERVED, WITH_GOALS, NAMED_ONLY = "served", "goals", "named"
SHOWS = (
    (SERVED, _("With goals that objectives serve")),
    (WITH_GOALS, _("With goals")),
    (NAMED_ONLY, _("Only named in a source document")),
)


class FrameworkFilter(ListFilter):
    """By kind, by what is known of it, by words. The queryset counts goals and objectives (``list_frameworks``)."""

    kind = choice_filter(
        _("Kind"),
        ReferenceKind.choices,
        empty_label=_("All kinds"),
        wrong=_("There is no kind “%(value)s”: all of them are shown."),
    )
    has = choice_filter(_("Goals"), SHOWS, empty_label=_("With and without"), method="narrow_by_goals")
    q = words_filter()
    searched = ("code", "name", "short_name", "owner", "description")

    class Meta:
        model = ReferenceFramework
        fields = ("kind", "has", "q")

    def narrow_by_goals(self, frameworks: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        if value == SERVED:
            return frameworks.filter(objective_count__gt=0)
        return frameworks.filter(goal_count__gt=0) if value == WITH_GOALS else frameworks.filter(goal_count=0)
