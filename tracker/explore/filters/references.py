"""What narrows the list of reference frameworks."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tracker.framework.choices import ReferenceKind
from tracker.framework.models import ReferenceFramework

SERVED, WITH_GOALS, NAMED_ONLY = "served", "goals", "named"
SHOWS = (
    (SERVED, _("With goals that objectives serve")),
    (WITH_GOALS, _("With goals")),
    (NAMED_ONLY, _("Only named in a source document")),
)


class FrameworkFilter(django_filters.FilterSet):
    """By kind, by what is known of it, by words. The queryset counts goals and objectives (``list_frameworks``)."""

    kind = django_filters.ChoiceFilter(
        label=_("Kind"),
        choices=ReferenceKind.choices,
        empty_label=_("All kinds"),
        error_messages={"invalid_choice": _("There is no kind “%(value)s”: all of them are shown.")},
    )
    has = django_filters.ChoiceFilter(
        label=_("Goals"),
        choices=SHOWS,
        empty_label=_("With and without"),
        method="narrow_by_goals",
        error_messages={"invalid_choice": _("“%(value)s” is not among the choices: all of them are shown.")},
    )
    q = django_filters.CharFilter(
        label=_("Words"),
        method="narrow_by_words",
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "size": 18}),
        error_messages={
            "max_length": _("Search for at most %(limit_value)d characters: all of them are shown.")
        },
    )

    class Meta:
        model = ReferenceFramework
        fields = ("kind", "has", "q")

    @property
    def problems(self) -> list[str]:
        """What was wrong with what was asked for; then everything is shown."""
        return [str(message) for messages in self.form.errors.values() for message in messages]

    def narrow_by_goals(self, frameworks: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        if value == SERVED:
            return frameworks.filter(objective_count__gt=0)
        return frameworks.filter(goal_count__gt=0) if value == WITH_GOALS else frameworks.filter(goal_count=0)

    def narrow_by_words(self, frameworks: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Every word stands in the code, a name, the owner or the description."""
        for word in value.split():
            holds: Any = Q()
            for column in ("code", "name", "short_name", "owner", "description"):
                holds |= Q(**{f"{column}__icontains": word})
            frameworks = frameworks.filter(holds)
        return frameworks

    def active(self) -> list[tuple[str, str]]:
        """The filters in force: (name of the parameter, what it says)."""
        if not self.form.is_valid():
            return []
        given = self.form.cleaned_data
        words = {
            "kind": str(dict(ReferenceKind.choices).get(given["kind"], "")),
            "has": str(dict(SHOWS).get(given["has"], "")),
            "q": f"“{given['q']}”" if given["q"] else "",
        }
        return [(name, said) for name, said in words.items() if said]
