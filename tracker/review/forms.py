"""Decisions on a report."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tracker.framework.models import Indicator


class CommentForm(forms.Form):
    """A step that says why."""

    comment = forms.CharField(
        label=_("Comment"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=5000,
        error_messages={"required": _("Say why: this step needs a comment.")},
    )


class DeclineForm(CommentForm):
    """Why an approved report stays as it is."""


class ApproveForm(forms.Form):
    """Approve the whole, or with named results held back."""

    comment = forms.CharField(
        label=_("Comment"),
        help_text=_("Optional."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=5000,
    )
    hold_back = forms.TypedMultipleChoiceField(
        label=_("Hold back"),
        help_text=_("These results do not count until a later revision is approved."),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, indicators: Iterable[Indicator], **kwargs: Any) -> None:
        """``indicators`` are those whose results can be held back."""
        super().__init__(*args, **kwargs)
        field = self.fields["hold_back"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(indicator.pk, str(indicator)) for indicator in indicators]
