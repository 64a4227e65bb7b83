"""The guides as pages, and what of them belongs beside a page. Open to everybody, for who cannot sign in needs help
too; what they say of pages is no secret.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tracker.access.policies import rights_of

from .finding import guides_of, read_guides, sections_about
from .reading import GUIDES, Section
from .rendering import render_markdown


@require_safe
def guides(request: HttpRequest) -> HttpResponse:
    """The guides of this person, with what is in each; then the others."""
    mine = guides_of(rights_of(request.user))
    others = tuple(code for code in GUIDES if code not in mine)
    return render(request, "help/guides.html", {"guides": read_guides(mine), "others": read_guides(others)})


@require_safe
def guide(request: HttpRequest, code: str) -> HttpResponse:
    """One guide as a whole."""
    if code not in GUIDES:
        raise Http404
    [read] = read_guides((code,))
    return render(
        request,
        "help/guide.html",
        {
            "guide": read,
            "opening": render_markdown(read.opening, guide=code),
            "sections": [_shown(section) for section in read.sections],
        },
    )


@require_safe
def beside(request: HttpRequest, page: str) -> HttpResponse:
    """What stands beside a page when its help is opened; fetched only then. ``page`` is the name of its address."""
    sections = sections_about(page, rights_of(request.user))
    if not sections:
        raise Http404
    first, *others = [_shown(section) for section in sections]
    return render(request, "help/beside.html", {"first": first, "others": others})


def _shown(section: Section) -> dict[str, Any]:
    return {"section": section, "html": render_markdown(section.text, guide=section.guide)}
