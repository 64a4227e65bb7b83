"""Reads the guides: Markdown in docs/guide/, one for each role, one for reading and one for signing in.

A guide has one title, a few lines of opening, and sections of the second level. A comment on the line below a section's
heading names the pages that it is about, by the names of their addresses::

    ## Paste a block from a sheet

    <!-- pages: report -->
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from django.conf import settings
from markdown_it import MarkdownIt

GUIDES = ("administrator", "officer", "reporter", "viewer", "account")
"""By the names of their files. Where a page has sections in several, those of the first come first."""

_PAGES = re.compile(r"^<!-- pages: (.+) -->$", re.MULTILINE)


@dataclass(frozen=True)
class Section:
    """A part of a guide. ``anchor`` is the one that code-hosting pages give the heading, so that links hold in both
    places; ``text`` is Markdown, without heading and comment.
    """

    guide: str
    anchor: str
    title: str
    pages: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Guide:
    """``language`` is the one that it is written in; ``opening`` is Markdown."""

    code: str
    language: str
    title: str
    opening: str
    sections: tuple[Section, ...]


def folder() -> Path:
    return Path(settings.BASE_DIR, "docs", "guide")


@lru_cache(maxsize=64)
def read_guide(code: str, language: str) -> Guide:
    """A guide in a language (such as ``en-gb``) where there is one in it, otherwise in English. Read once a process."""
    for spoken in (language, language.partition("-")[0]):
        path = folder() / spoken / f"{code}.md"
        if path.is_file():
            return parse_guide(code, spoken, path.read_text(encoding="utf-8"))
    return parse_guide(code, "en", (folder() / f"{code}.md").read_text(encoding="utf-8"))


def parse_guide(code: str, language: str, source: str) -> Guide:
    lines = source.splitlines()
    # (level, first line, line after the heading, words) of each heading.
    heads = [
        (token.tag, token.map[0], token.map[1], words.content)
        for token, words in pairwise(MarkdownIt("commonmark").parse(source))
        if token.type == "heading_open" and token.level == 0 and token.map
    ]
    [(_tag, _first, below, title), *rest] = heads
    ends = [first for _tag, first, _below, _words in rest] + [len(lines)]
    sections = []
    for (_tag, _first, after, words), end in zip(rest, ends[1:], strict=True):
        text = "\n".join(lines[after:end])
        named = _PAGES.search(text)
        pages = tuple(named[1].split()) if named else ()
        sections.append(Section(code, anchor_of(words), words, pages, _PAGES.sub("", text).strip()))
    return Guide(code, language, title, "\n".join(lines[below : ends[0]]).strip(), tuple(sections))


def anchor_of(heading: str) -> str:
    """As code-hosting pages make it: small letters, hyphens for spaces, no punctuation."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")
