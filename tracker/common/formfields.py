"""What forms of several capabilities do with their fields."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


def offer_choices(form: forms.Form, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Let a field of a form choose among these, which are known only now."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


def choice_control(label: Any, *, wrong: Any, **more: Any) -> forms.ChoiceField:
    """A control above a page that may be left alone; of a value that is not offered ``wrong`` is said."""
    return forms.ChoiceField(label=label, required=False, error_messages={"invalid_choice": wrong}, **more)


def words_control(*, wrong: Any) -> forms.CharField:
    """A search box above a page; of more than a hundred characters ``wrong`` is said."""
    return forms.CharField(
        label=_("Words"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "size": 14}),
        error_messages={"max_length": wrong},
    )
