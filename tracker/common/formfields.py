"""What forms of several capabilities do with their fields."""

from collections.abc import Iterable
from typing import Any

from django import forms


def offer_choices(form: forms.Form, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Let a field of a form choose among these, which are known only now."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)
