"""What a person wants by mail: one choice for each kind of notice."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .choices import HowOften, NoticeKind


class PreferencesForm(forms.Form):
    """A row of a table for each kind, of which one of three is chosen."""

    def __init__(self, kinds: Iterable[NoticeKind], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in kinds:
            self.fields[kind.value] = forms.ChoiceField(
                label=kind.label,
                choices=HowOften.choices,
                widget=forms.RadioSelect,
                error_messages={
                    "required": _("Choose how often."),
                    "invalid_choice": _("Choose one of the three."),
                },
            )

    @property
    def wanted(self) -> Mapping[NoticeKind, HowOften]:
        """What was chosen."""
        return {NoticeKind(name): HowOften(value) for name, value in self.cleaned_data.items()}
