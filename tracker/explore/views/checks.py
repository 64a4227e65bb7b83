"""What is wrong with the data, missing from it or to be known of it, for those who can mend it."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tracker.access.policies import can_plan
from tracker.access.requests import PersonRequest
from tracker.analysis.checks import CHECKS

from ..reading.findings import count_by_severity, find_check, tell_findings


@login_required
@require_GET
def checks(request: PersonRequest) -> HttpResponse:
    """What the checks find: errors first, each with what to do; of one check (``?check=``) every row."""
    if not can_plan(request.user):
        raise PermissionDenied(_("The checks of the data are for officers and administrators."))
    asked = request.GET.get("check", "")
    only = find_check(asked)
    told = tell_findings(only)
    return render(
        request,
        "explore/checks.html",
        {
            "told": told,
            "only": only,
            "unknown": "" if only else asked,
            "counts": count_by_severity(told),
            "made": 1 if only else len(CHECKS),
        },
    )
