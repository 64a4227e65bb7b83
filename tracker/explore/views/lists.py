"""A list as a page: filtered, sorted, in pages of a chosen size, and as a file of exactly what is listed."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django_tables2 import RequestConfig

from tracker.access.requests import PersonRequest
from tracker.batches.downloads import send_list

from ..filters.shared import ListFilter
from .shared import query_without

PAGE_SIZES = (25, 50, 100)


def show_list(
    request: PersonRequest,
    table: Any,
    chosen: ListFilter,
    *,
    name: str,
    context: Mapping[str, Any],
    rows_a_page: int = PAGE_SIZES[0],
) -> HttpResponseBase:
    """The page of a table by the template of that name (``key-figures``: ``explore/key_figures.html``), or the table
    as a file of that name.
    """
    asked = request.GET.get("per_page", "")
    size = int(asked) if asked in map(str, PAGE_SIZES) else rows_a_page
    # Its own reading of the address would take any number, 0 among them.
    RequestConfig(request, paginate=False).configure(table)
    if answer := send_list(request, table, name=name, user=request.user):
        return answer
    table.paginate(page=_page_asked(request, table, size), per_page=size)
    return render(
        request,
        f"explore/{name.replace('-', '_')}.html",
        {
            "table": table,
            "filter": chosen,
            "filters": [(words, query_without(request, each, "page")) for each, words in chosen.active()],
            "kept": query_without(request, "page", "per_page"),
            "sizes": [(each, each == size) for each in PAGE_SIZES] if len(table.rows) > PAGE_SIZES[0] else [],
            **context,
        },
    )


def _page_asked(request: PersonRequest, table: Any, size: int) -> int:
    """The page of the address; the first where it is none, the last where there are not so many."""
    asked = request.GET.get("page", "1")
    last = max(1, -(-len(table.rows) // size))
    return min(max(int(asked), 1), last) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1
