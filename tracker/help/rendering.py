"""Markdown of the guides as HTML: no HTML of its own, and links between guides as addresses of this site."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from .reading import GUIDES


@lru_cache(maxsize=512)
def render_markdown(text: str, *, guide: str) -> SafeString:
    """``guide`` is the one that the text stands in: a bare ``#anchor`` means a section of it."""
    markdown = MarkdownIt("commonmark", {"html": False})
    markdown.add_render_rule("link_open", _open_link)
    # Safe: whatever the text holds comes out escaped, for HTML is off.
    return mark_safe(markdown.render(text, {"guide": guide}))


def _open_link(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: Any, env: dict[str, str]
) -> str:
    token = tokens[at]
    file, _hash, anchor = str(token.attrGet("href")).partition("#")
    guide = file.removesuffix(".md") or env["guide"]
    if guide in GUIDES:
        token.attrSet("href", f"{reverse('help-guide', args=[guide])}{'#' + anchor if anchor else ''}")
    return renderer.renderToken(tokens, at, options, env)
