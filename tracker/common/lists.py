"""What lists have in common: filters that say what they could not follow, sorting, and pages of a chosen size."""

from collections.abc import Iterable
from typing import Any

import django_filters
import django_tables2
from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_tables2 import RequestConfig

# How many rows a page may have.
PAGE_SIZES = (25, 50, 100, 200)

_NO_CHOICE = _("“%(value)s” is not among the choices: all of them are shown.")
_TOO_LONG = _("Search for at most %(limit_value)d characters: all of them are shown.")


def choice_filter(
    label: Any, choices: Iterable[tuple[Any, Any]] = (), *, wrong: Any = _NO_CHOICE, **more: Any
) -> Any:
    """A filter by one of a closed list; nothing chosen shows all, and of any other value ``wrong`` is said."""
    return django_filters.ChoiceFilter(
        label=label,
        choices=list(choices),
        empty_label=more.pop("empty_label", _("All")),
        error_messages={"invalid_choice": wrong},
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

    def chosen(self, name: str) -> str:
        """What was chosen, or nothing."""
        self.form.is_valid()
        return str(self.form.cleaned_data.get(name) or "")

    def active(self) -> list[tuple[str, str]]:
        """The filters in force: (name of the parameter, what it says). One that was wrong is none; the others hold."""
        said = []
        for name, field in self.form.fields.items():
            if value := self.chosen(name):
                words = _flat(getattr(field, "choices", ())).get(value)
                said.append((name, f"{field.label}: {words}" if words else f"“{value}”"))
        return said

    def count_all(self) -> int | None:
        """How many there are without the filters in force, in one query; None where none is in force."""
        return self.queryset.count() if self.active() else None


def _flat(choices: Iterable[tuple[Any, Any]]) -> dict[str, str]:
    """Choices by their values, those in groups too."""
    found: dict[str, str] = {}
    for value, label in choices:
        within = label if isinstance(label, (list, tuple)) else [(value, label)]
        found |= {str(each): str(words) for each, words in within}
    return found


def cut_page(
    request: HttpRequest, table: django_tables2.Table, *, usual: int = PAGE_SIZES[0]
) -> list[tuple[int, bool]]:
    """Sort a table and cut its page as the query asks; rubbish in it is as if not there, and of a page that is not
    there the table says so (``page_said``). Gives the sizes on offer and which of them it is; none where all rows
    fit on the smallest page.
    """
    # Not by RequestConfig, which takes any size of a page: less than one row, or a million.
    RequestConfig(request, paginate=False).configure(table)
    asked = request.GET.get(table.prefixed_per_page_field, "")
    size = next((each for each in PAGE_SIZES if str(each) == asked), usual)
    table.paginate(per_page=size)
    page = request.GET.get(table.prefixed_page_field, "")
    table.page = table.paginator.get_page(page)
    if page and page != str(table.page.number):
        table.page_said = gettext("There is no page “%(page)s”: page %(number)s is shown.") % {
            "page": page[:20],
            "number": table.page.number,
        }
    return [(each, each == size) for each in PAGE_SIZES] if len(table.rows) > PAGE_SIZES[0] else []


def query_without(request: HttpRequest, *names: str) -> str:
    """The page's own query without some of its parts."""
    query = request.GET.copy()
    for name in names:
        query.pop(name, None)
    return query.urlencode()
