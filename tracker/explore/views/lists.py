"""A list as a page: filtered, sorted, in pages of a chosen size, and as a file of exactly what is listed."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render

from tracker.access.requests import PersonRequest
from tracker.batches.downloads import send_list
from tracker.common.lists import PAGE_SIZES, ListFilter, cut_page

from .shared import query_without


def show_list(
    request: PersonRequest,
    table: Any,
    chosen: ListFilter,
    *,
    name: str,
    context: Callable[[], Mapping[str, Any]],
    rows_a_page: int = PAGE_SIZES[0],
) -> HttpResponseBase:
    """The page of a table by the template of that name (``key-figures``: ``explore/key_figures.html``), or the table
    as a file of that name. ``context`` gives what the page says besides the list; a file does not ask for it.
    """
    sizes = cut_page(request, table, usual=rows_a_page)
    if answer := send_list(request, table, name=name, user=request.user):
        return answer
    return render(
        request,
        f"explore/{name.replace('-', '_')}.html",
        {
            "table": table,
            "filter": chosen,
            "filters": [(words, query_without(request, each, "page")) for each, words in chosen.active()],
            "total": chosen.count_all(),
            "kept": query_without(request, "page", "per_page"),
            "sizes": sizes,
            **context(),
        },
    )
