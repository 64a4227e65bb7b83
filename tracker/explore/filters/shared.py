"""What the filters of all lists have in common: rubbish is said and all is shown, and what is in force is told."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

_NO_CHOICE = _("“%(value)s” is not among the choices: all of them are shown.")
_TOO_LONG = _("Search for at most %(limit_value)d characters: all of them are shown.")


def choice_filter(label: Any, choices: Iterable[tuple[Any, Any]] = (), **more: Any) -> Any:
    """A filter by one of a closed list; nothing chosen shows all."""
    return django_filters.ChoiceFilter(
        label=label,
        choices=list(choices),
        empty_label=more.pop("empty_label", _("All")),
        error_messages={"invalid_choice": _NO_CHOICE},
        **more,
    )


def words_filter() -> Any:
    """A search box; the list's filter says by ``searched`` which columns it looks at."""
    return django_filters.CharFilter(
        label=_("Words"),
        method="narrow_by_words",
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "size": 16}),
        error_messages={"max_length": _TOO_LONG},
    )


class ListFilter(django_filters.FilterSet):
    """A filter in an address. ``searched`` are the columns in which every word of the search must stand."""

    searched: tuple[str, ...] = ()

    def offer(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        """Choices that are known only now."""
        self.filters[name].extra["choices"] = list(choices)

    def narrow_by_words(self, things: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        for word in value.replace("\x00", "").split():
            holds = Q()
            for column in self.searched:
                holds |= Q(**{f"{column}__icontains": word})
            things = things.filter(holds)
        return things

    @property
    def problems(self) -> list[str]:
        """What was wrong with what was asked for; then everything is shown."""
        return [str(message) for messages in self.form.errors.values() for message in messages]

    def active(self) -> list[tuple[str, str]]:
        """The filters in force: (name of the parameter, what it says). One that was wrong is none; the others hold."""
        self.form.is_valid()
        said = []
        for name, value in self.form.cleaned_data.items():
            if value:
                words = dict(getattr(self.form.fields[name], "choices", ())).get(value)
                label = self.form.fields[name].label
                said.append((name, f"{label}: {words}" if words else f"“{value}”"))
        return said
