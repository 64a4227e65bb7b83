"""Where files come in: the kinds a person may load, and what was loaded."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from django_tables2 import RequestConfig

from tracker.access.policies import can_plan
from tracker.access.requests import PersonRequest
from tracker.batches.models import ImportBatch

from .registry import KINDS
from .tables import BatchTable

# The admin's upload page of each kind.
UPLOADED_AT = {
    "indicators": "indicator",
    "breakdowns": "breakdown",
    "assignments": "indicatorassignment",
    "baselines": "baseline",
    "targets": "target",
}


@login_required
@require_GET
def imports(request: PersonRequest) -> HttpResponse:
    """The kinds with their columns, and the batches."""
    if not can_plan(request.user):
        raise PermissionDenied(_("Files are loaded by administrators and, for the setup, officers."))
    table = BatchTable(ImportBatch.objects.select_related("uploaded_by"))
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    kinds = [
        (KINDS[code], reverse(f"admin:tracker_{model}_import"))
        for code, model in UPLOADED_AT.items()
        if KINDS[code].may_load(request.user)
    ]
    return render(request, "imports/imports.html", {"kinds": kinds, "table": table})
