"""What narrows the list of indicators."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tracker.framework.choices import Counts, IndicatorStatus, Level, Measure
from tracker.framework.models import Indicator, StrategicPriority

_NO_CHOICE = _("“%(value)s” is not among the choices: all of them are shown.")


class IndicatorFilter(django_filters.FilterSet):
    """By priority, level, measure, what it counts, whether it is adopted, by words."""

    priority = django_filters.ChoiceFilter(
        label=_("Priority"),
        field_name="objective__priority__code",
        empty_label=_("All priorities"),
        error_messages={"invalid_choice": _("There is no priority “%(value)s”: all of them are shown.")},
    )
    status = django_filters.ChoiceFilter(
        label=_("Adopted"),
        choices=IndicatorStatus.choices,
        empty_label=_("Adopted or not"),
        error_messages={"invalid_choice": _NO_CHOICE},
    )
    level = django_filters.ChoiceFilter(
        label=_("Level"),
        choices=Level.choices,
        empty_label=_("All levels"),
        error_messages={"invalid_choice": _NO_CHOICE},
    )
    measure = django_filters.ChoiceFilter(
        label=_("Measured as"),
        choices=Measure.choices,
        empty_label=_("All measures"),
        error_messages={"invalid_choice": _NO_CHOICE},
    )
    counts = django_filters.ChoiceFilter(
        label=_("Counts"),
        choices=Counts.choices,
        empty_label=_("All"),
        error_messages={"invalid_choice": _NO_CHOICE},
    )
    q = django_filters.CharFilter(
        label=_("Words"),
        method="narrow_by_words",
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "size": 14}),
        error_messages={
            "max_length": _("Search for at most %(limit_value)d characters: all of them are shown.")
        },
    )

    class Meta:
        model = Indicator
        fields = ("priority", "status", "level", "measure", "counts", "q")

    def __init__(self, *args: Any, priorities: list[StrategicPriority], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["priority"].extra["choices"] = [(each.code, str(each)) for each in priorities]

    @property
    def problems(self) -> list[str]:
        """What was wrong with what was asked for; then everything is shown."""
        return [str(message) for messages in self.form.errors.values() for message in messages]

    def narrow_by_words(self, indicators: QuerySet[Indicator], name: str, value: str) -> QuerySet[Indicator]:
        """Every word stands in the code, the name, the unit, the definition or the objective."""
        for word in value.split():
            holds: Any = Q()
            for column in ("code", "name", "unit", "definition", "objective__title"):
                holds |= Q(**{f"{column}__icontains": word})
            indicators = indicators.filter(holds)
        return indicators

    def active(self) -> list[tuple[str, str]]:
        """The filters in force: (name of the parameter, what it says)."""
        if not self.form.is_valid():
            return []
        said = []
        for name, value in self.form.cleaned_data.items():
            if value:
                choices = dict(getattr(self.form.fields[name], "choices", ()))
                said.append((name, str(choices.get(value, f"“{value}”"))))
        return said
