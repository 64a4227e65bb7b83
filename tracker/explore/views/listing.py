"""What the pages that list things have in common: sorting, and pages of a size that the reader chooses."""

from typing import Any

import django_tables2 as tables
from django.http import HttpRequest
from django_tables2 import RequestConfig

from .shared import query_without

PAGE_SIZES = (25, 50, 100)


def show_page(request: HttpRequest, table: tables.Table) -> None:
    """Sort the table and cut its page as the query asks; rubbish in it is as if not there."""
    # Not by RequestConfig, which takes any size of a page: less than one row, or a million.
    RequestConfig(request, paginate=False).configure(table)
    table.paginate(per_page=page_size(request))
    table.page = table.paginator.get_page(request.GET.get("page"))


def page_size(request: HttpRequest) -> int:
    """How many rows a page has: one of the sizes on offer."""
    asked = request.GET.get("per_page", "")
    return next((size for size in PAGE_SIZES if str(size) == asked), PAGE_SIZES[0])


def list_context(request: HttpRequest, table: tables.Table) -> dict[str, Any]:
    """What the templates of lists need: the table, the sizes on offer, and the query of what is shown."""
    rest = query_without(request, "page", "per_page")
    return {
        "table": table,
        "sizes": [(size, rest, size == page_size(request)) for size in PAGE_SIZES],
        "shown_as": query_without(request, "page", "per_page", "as"),
    }
