"""Who ratified which convention."""

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tracker.access.guards import readers_only
from tracker.access.requests import PersonRequest
from tracker.batches.downloads import send_sheet
from tracker.common.workbooks.specs import Column, SheetSpec
from tracker.region.models import Country

from ..filters.region import SubregionFilter
from ..reading.conventions import MARKS, MEANINGS, WORDS, Matrix, read_matrix
from .shared import query_without


@readers_only
@require_GET
def conventions(request: PersonRequest) -> HttpResponseBase:
    """Conventions against countries and areas; what nobody recorded is said to be not recorded."""
    chosen = SubregionFilter(request.GET, queryset=Country.objects.order_by("name"))
    matrix = read_matrix(list(chosen.qs))
    if answer := send_sheet(
        request, lambda tagged: _sheet_of(matrix, tagged=tagged), name="conventions", user=request.user
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


def _sheet_of(matrix: Matrix, *, tagged: bool) -> SheetSpec:
    """The matrix as it stands on the page, in words."""

    def column(key: str, title: str, hxl: str, **more: Any) -> Column:
        return Column(key, title, hxl=hxl if tagged else "", **more)

    return SheetSpec(
        name=_("Conventions"),
        columns=[
            column("code", _("Code"), "#meta+code"),
            column("year", _("Year"), "#date+year"),
            column("title", _("Convention"), "#meta+name", width=60),
            *(
                column(each.iso2, each.name, f"#status+{each.iso2.lower()}", width=14)
                for each in matrix.countries
            ),
            column("note", _("Note"), "#description+note", width=40),
            column("source", _("Source"), "#meta+source", width=40),
        ],
        rows=[
            {
                "code": convention.code,
                "year": convention.year,
                "title": convention.title,
                "note": convention.note,
                "source": convention.source,
                **{each.country.iso2: each.words for each in standings},
            }
            for convention, standings in matrix.rows
        ],
        frozen=3,
    )
