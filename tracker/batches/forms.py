"""What an upload asks for, on the pages of imports and in the administration alike."""

from django import forms
from django.utils.translation import gettext_lazy

from .kinds import Option
from .services.receiving import LONGEST_OPTION, SUFFIXES

ACCEPTED = ",".join(filter(None, SUFFIXES))
"""The names of files that a browser offers to choose from."""

_LABELS = {
    Option.SOURCE: (gettext_lazy("Source document"), gettext_lazy("Where the figures come from.")),
    Option.REASON: (
        gettext_lazy("Reason"),
        gettext_lazy("Why figures that are there are changed. Leave it empty where all are new."),
    ),
}


def option_field(option: Option) -> forms.CharField:
    """The field for what is said beside a file; a source has to be named."""
    label, help_text = _LABELS[option]
    return forms.CharField(
        label=label, help_text=help_text, max_length=LONGEST_OPTION, required=option is Option.SOURCE
    )
