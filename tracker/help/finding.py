"""Which guides are a person's, and which of their sections belong to a page."""

from functools import lru_cache

from django.utils.translation import get_language

from tracker.access.policies import Rights

from .reading import GUIDES, Guide, Section, read_guide

# Whose work a page is, by the first word of its address's name; others go by the order of the guides.
_WORK_OF = {"reporting": "reporter", "report": "reporter", "evidence": "reporter", "review": "officer"}


def guides_of(rights: Rights) -> tuple[str, ...]:
    """Officers may enter a report on a mission's behalf, so theirs is the reporter's guide too; administrators share
    the pages of planning with officers.
    """
    mine = {"account"}
    if rights.sees_region:
        mine.add("viewer")
    if rights.is_reporter or rights.is_officer:
        mine.add("reporter")
    if rights.is_officer or rights.is_administrator:
        mine.add("officer")
    if rights.is_administrator:
        mine.add("administrator")
    return tuple(code for code in GUIDES if code in mine)


def read_guides(codes: tuple[str, ...]) -> list[Guide]:
    """In the language of the page."""
    return [read_guide(code, get_language() or "en") for code in codes]


def sections_about(page: str, rights: Rights) -> tuple[Section, ...]:
    """What the guides say of a page, the most important first; ``page`` is the name of its address. Where none of a
    person's own guides speaks of it, whichever does: a session may have ended meanwhile.
    """
    language = get_language() or "en"
    return _sections_about(page, guides_of(rights), language) or _sections_about(page, GUIDES, language)


@lru_cache(maxsize=2048)
def _sections_about(page: str, codes: tuple[str, ...], language: str) -> tuple[Section, ...]:
    work = _WORK_OF.get(page.partition("-")[0], "")
    ordered = sorted(codes, key=lambda code: (code != work, GUIDES.index(code)))
    return tuple(
        section
        for code in ordered
        for section in read_guide(code, language).sections
        if page in section.pages
    )
