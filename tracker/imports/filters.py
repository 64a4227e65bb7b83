"""What narrows the list of batches, and the lines of one."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tracker.access.models import User
from tracker.batches.choices import BatchStatus, LineOutcome
from tracker.batches.querysets import BatchQuerySet, LineQuerySet
from tracker.common.formats import show_number
from tracker.common.formfields import offer_choices

LONGEST_SHOWN = 60


def show_beginning(text: str) -> str:
    """What was given, or as much of it as a sentence bears."""
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"


class _Filter(forms.Form):
    """A filter in an address: what is not among its choices is passed over, and `problems` say so."""

    def chosen(self, name: str) -> str:
        """What was chosen, or nothing."""
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")

    @property
    def problems(self) -> list[str]:
        """What of the address could not be followed, in sentences."""
        return [
            _now("“%(value)s” is nothing that %(field)s can be: it was passed over.")
            % {"value": show_beginning(str(self.data.get(name, ""))), "field": f"“{self.fields[name].label}”"}
            for name in self.errors
        ]

    @property
    def is_set(self) -> bool:
        """Something was chosen."""
        return any(self.chosen(name) for name in self.fields)


class BatchFilter(_Filter):
    """By kind, by state, by person."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *BatchStatus.choices]
    )
    person = forms.ChoiceField(label=_("By"), required=False)

    def __init__(self, *args: Any, titles: Mapping[str, Any], people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choices("kind", list(titles.items()))
        self._choices("person", [(str(person.pk), str(person)) for person in people])

    def _choices(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        offer_choices(self, name, [("", _("All")), *choices])

    def narrow(self, batches: BatchQuerySet) -> BatchQuerySet:
        """The batches that were asked for."""
        if kind := self.chosen("kind"):
            batches = batches.filter(kind=kind)
        if state := self.chosen("state"):
            batches = batches.filter(status=state)
        if person := self.chosen("person"):
            batches = batches.filter(uploaded_by=int(person))
        return batches


class LineFilter(_Filter):
    """By what becomes of a row, by column, by text. ``counts`` are the lines of each outcome."""

    outcome = forms.ChoiceField(label=_("Show"), required=False)
    column = forms.ChoiceField(label=_("Column"), required=False)
    text = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=200,
        widget=forms.SearchInput,
    )

    def __init__(self, *args: Any, counts: Mapping[str, int], columns: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcome, column = self.fields["outcome"], self.fields["column"]
        assert isinstance(outcome, forms.ChoiceField)
        assert isinstance(column, forms.ChoiceField)
        outcome.choices = [("", _("All"))] + [
            (each.value, f"{each.label} ({show_number(counts.get(each.value, 0))})") for each in LineOutcome
        ]
        column.choices = [("", _("All")), *((name, name) for name in columns)]

    def narrow(self, lines: LineQuerySet) -> LineQuerySet:
        """The lines that were asked for."""
        if outcome := self.chosen("outcome"):
            lines = lines.of_outcome(LineOutcome(outcome))
        if column := self.chosen("column"):
            lines = lines.in_column(column)
        return lines.saying(self.chosen("text"))
