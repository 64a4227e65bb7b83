"""Asking for a correction of an approved report."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from tracker.access.policies import rights_of
from tracker.access.requests import PersonRequest
from tracker.framework.models import Indicator
from tracker.progress import policies
from tracker.progress.choices import RevisionStatus, Transition
from tracker.progress.models import ReportRevision, ReviewEvent
from tracker.progress.services.corrections import open_ask_of
from tracker.region.models import Mission


@dataclass(frozen=True)
class Correction:
    """What is said of correcting an approved report: who asked and waits for an answer, with the indicators that
    they named; or how the last asking was declined. ``may_ask``: this person, now.
    """

    asked: ReviewEvent | None
    named: tuple[Indicator, ...]
    declined: ReviewEvent | None
    may_ask: bool


def read_correction(
    request: PersonRequest, *, mission: Mission, revision: ReportRevision | None
) -> Correction | None:
    """What the page of an approved report says of correcting it: at most two statements; None for any other."""
    if revision is None or revision.status != RevisionStatus.APPROVED:
        return None
    asked = open_ask_of(revision)
    declined: ReviewEvent | None = None
    named: tuple[Indicator, ...] = ()
    if asked is not None:
        concerned = asked.named.values("indicator_id")
        named = tuple(Indicator.objects.filter(pk__in=concerned).in_order())
    else:
        answers = revision.review_events.filter(transition=Transition.DECLINE).select_related("actor")
        declined = answers.order_by("at", "pk").last()
    return Correction(
        asked=asked,
        named=named,
        declined=declined,
        may_ask=asked is None and policies.can_ask_for_correction(rights_of(request.user), mission=mission),
    )


class CorrectionForm(forms.Form):
    """Why an approved report should be opened again, and which of its results are concerned."""

    comment = forms.CharField(
        label=gettext_lazy("What is to be corrected, and why"),
        help_text=gettext_lazy("An officer decides by it whether the report is reopened."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=5000,
        error_messages={"required": gettext_lazy("Say what is to be corrected: officers decide by it.")},
    )
    indicators = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Indicators concerned"),
        help_text=gettext_lazy("If you know which."),
        queryset=Indicator.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, revision: ReportRevision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["indicators"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = Indicator.objects.filter(results__revision=revision).in_order()
