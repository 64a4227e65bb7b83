"""Who ratified which convention."""

from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tracker.access.guards import readers_only
from tracker.access.requests import PersonRequest
from tracker.batches.downloads import send_sheet
from tracker.region.models import Country

from ..exports import conventions_sheet
from ..filters.region import SubregionFilter
from ..reading.conventions import MARKS, MEANINGS, WORDS, read_matrix
from .shared import query_without


@readers_only
@require_GET
def conventions(request: PersonRequest) -> HttpResponseBase:
    """Conventions against countries and areas; what nobody recorded is said to be not recorded."""
    chosen = SubregionFilter(request.GET, queryset=Country.objects.order_by("name"))
    matrix = read_matrix(list(chosen.qs))
    if answer := send_sheet(
        request,
        lambda tagged: conventions_sheet(matrix, tagged=tagged),
        name="conventions",
        user=request.user,
    ):
        return answer
    return render(
        request,
        "explore/conventions.html",
        {
            "matrix": matrix,
            "filter": chosen,
            "filters": [(words, query_without(request, each)) for each, words in chosen.active()],
            "shown_as": request.GET.urlencode(),
            "marks": [(MARKS[code], words, MEANINGS[code]) for code, words in WORDS.items()],
        },
    )
