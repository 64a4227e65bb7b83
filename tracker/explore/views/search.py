"""Search over everything, from the top bar."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tracker.access.guards import readers_only
from tracker.access.requests import PersonRequest

from ..forms import SearchForm
from ..reading.search import search
from ..reading.search_kinds import SEARCHED, WHAT_IS_SEARCHED
from ..reading.search_words import LONGEST, MOST_WORDS, read_typed
from .shared import query_without

LAST_LATIN = "\u024f"
"""The last of the letters, accented ones too, in which the documents and the framework are written."""


@readers_only
@require_GET
def search_page(request: PersonRequest) -> HttpResponse:
    """What fits the words, by kind: a few of each, or all of one kind, page by page."""
    form = SearchForm(request.GET, kinds={each.kind for each in SEARCHED})
    given = form.cleaned_data
    asked = read_typed(given["q"])
    found = search(asked, kind=given["kind"], page=given["page"])
    problems = list(form.problems)
    if asked.was_cut:
        problems.append(
            _(
                "Only the beginning was looked for: at most %(words)d words and %(characters)d characters. "
                "Try fewer words."
            )
            % {"words": MOST_WORDS, "characters": LONGEST}
        )
    return render(
        request,
        "explore/search.html",
        {
            "asked": asked,
            "found": found,
            "problems": problems,
            "what": WHAT_IS_SEARCHED,
            "is_not_latin": any(letter.isalpha() and letter > LAST_LATIN for letter in asked.typed),
            "every_kind": query_without(request, "kind", "page"),
            "kept": query_without(request, "page"),
        },
    )
