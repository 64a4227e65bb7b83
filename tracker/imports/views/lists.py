"""What a person may load, and what was loaded."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tracker.access.models import User
from tracker.access.requests import PersonRequest
from tracker.batches.downloads import send_list
from tracker.common.lists import cut_page

from ..filters import BatchFilter
from ..registry import KINDS
from ..tables import BatchTable
from ..templates import has_template
from .access import batches_of, kinds_of

ROWS_A_PAGE = 25


@login_required
@require_GET
def imports(request: PersonRequest) -> HttpResponseBase:
    """The kinds that this person may load, and the batches that they may see, the latest first."""
    kinds = kinds_of(request.user)
    if not kinds:
        raise PermissionDenied(_("Files are loaded by reporters, officers and administrators."))
    batches = batches_of(request.user)
    people = User.objects.filter(pk__in=batches.order_by().values("uploaded_by")).order_by("name", "email")
    chosen = BatchFilter(
        request.GET, titles={kind.code: kind.title for kind in KINDS.values()}, people=list(people)
    )
    table = BatchTable(
        chosen.narrow(batches.select_related("uploaded_by", "job")),
        titles={kind.code: str(kind.title) for kind in KINDS.values()},
        is_filtered=chosen.is_set,
    )
    cut_page(request, table, usual=ROWS_A_PAGE)
    if answer := send_list(request, table, name="imports", user=request.user):
        return answer
    return render(
        request,
        "imports/imports.html",
        {
            "kinds": [
                (
                    kind,
                    has_template(kind),
                    kind.export is not None and kind.export.may_take(request.user),
                )
                for kind in kinds
            ],
            "table": table,
            "filter": chosen,
        },
    )
