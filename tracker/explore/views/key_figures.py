"""The region in numbers, as its documents give it."""

from django.http import HttpResponseBase
from django.views.decorators.http import require_GET

from tracker.access.guards import readers_only
from tracker.access.requests import PersonRequest
from tracker.region.models import Country, KeyFigure

from ..filters.region import KeyFigureFilter
from ..tables.region import KeyFigureTable
from .lists import show_list


@readers_only
@require_GET
def key_figures(request: PersonRequest) -> HttpResponseBase:
    """Every figure with its year, its hedge, the doubt about it, its document and place."""
    everything = KeyFigure.objects.select_related("country").order_by("order", "code")
    chosen = KeyFigureFilter(request.GET, queryset=everything)
    said = list(KeyFigure.objects.order_by().values_list("document", "year", "country_id"))
    chosen.offer("document", [(each, each) for each in sorted({document for document, *_rest in said})])
    years = sorted({year for _document, year, _country in said if year is not None}, reverse=True)
    chosen.offer("year", [(str(year), str(year)) for year in years])
    named = Country.objects.filter(pk__in={country for *_rest, country in said if country is not None})
    chosen.offer("country", named.order_by("name").values_list("iso2", "name"))
    return show_list(
        request, KeyFigureTable(chosen.qs), chosen, name="key-figures", context=lambda: {"listed": len(said)}
    )
