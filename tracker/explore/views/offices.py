"""The offices of the region."""

from typing import Any

from django.db.models import Count
from django.http import HttpResponseBase
from django.views.decorators.http import require_GET

from tracker.access.guards import readers_only
from tracker.access.requests import PersonRequest
from tracker.region.models import Country, Office

from ..filters.region import OfficeFilter
from ..tables.region import OfficeTable
from .lists import show_list


@readers_only
@require_GET
def offices(request: PersonRequest) -> HttpResponseBase:
    """Main offices, sub-offices and the Regional Office, each with its source."""
    everything = Office.objects.select_related("country", "mission").order_by(
        "country__name", "kind", "city", "code"
    )
    chosen = OfficeFilter(request.GET, queryset=everything)
    chosen.offer(
        "country", Country.objects.filter(offices__isnull=False).distinct().values_list("iso2", "name")
    )

    def say_more() -> dict[str, Any]:
        counted = dict(Office.objects.order_by().values_list("kind").annotate(Count("pk")))
        return {
            "main": counted.get("main", 0),
            "sub": counted.get("sub", 0),
            "regional": counted.get("regional", 0),
            "without": Country.objects.filter(offices__isnull=True).order_by("name"),
        }

    return show_list(
        request,
        OfficeTable(chosen.qs),
        chosen,
        name="offices",
        rows_a_page=50,
        context=say_more,
    )
