"""Asking for a correction of an approved report."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tracker.access.policies import rights_of
from tracker.access.requests import PersonRequest
from tracker.common.errors import NotAllowed, Refused, Stale
from tracker.progress import policies
from tracker.progress.choices import RevisionStatus
from tracker.progress.models import ReportingPeriod
from tracker.progress.services.corrections import ask_for_correction
from tracker.region.models import Mission

from ..corrections import CorrectionForm
from ..finding import find_report


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
