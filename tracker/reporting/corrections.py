"""Asking for a correction of an approved report."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from tracker.access.policies import rights_of
from tracker.access.requests import PersonRequest
from tracker.common.errors import NotAllowed, Refused, Stale
from tracker.framework.models import Indicator
from tracker.progress import policies
from tracker.progress.choices import RevisionStatus, Transition
from tracker.progress.models import ReportingPeriod, ReportRevision, ReviewEvent
from tracker.progress.services.corrections import ask_for_correction, open_ask_of
from tracker.region.models import Mission

from .finding import find_report


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


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: PersonRequest, period: str, mission: str) -> HttpResponse:
    """The form by which a mission's people ask, with what was typed where it cannot be sent."""
    of, by, revision = find_report(request, period, mission)
    if not policies.can_ask_for_correction(rights_of(request.user), mission=by):
        raise PermissionDenied(_("The people of %(mission)s ask for its corrections.") % {"mission": by})
    if revision is None or revision.status != RevisionStatus.APPROVED:
        messages.info(request, _("The report is not approved now, so there is nothing to ask for."))
        return redirect("report", period=of.code, mission=by.code)
    if request.method != "POST":
        return _show(request, of, by, CorrectionForm(revision=revision))
    form = CorrectionForm(request.POST, revision=revision)
    if not form.is_valid():
        return _show(request, of, by, form, status=422)
    try:
        ask_for_correction(
            revision=revision,
            user=request.user,
            comment=form.cleaned_data["comment"],
            indicators=list(form.cleaned_data["indicators"]),
        )
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _show(request, of, by, form, status=409 if isinstance(refusal, Stale) else 422)
    messages.success(
        request, _("Asked. An M&E officer reopens the report, or answers why not; you will find it here.")
    )
    return redirect("report", period=of.code, mission=by.code)


def _show(
    request: PersonRequest, of: ReportingPeriod, by: Mission, form: CorrectionForm, *, status: int = 200
) -> HttpResponse:
    return render(request, "reporting/ask.html", {"period": of, "mission": by, "form": form}, status=status)
