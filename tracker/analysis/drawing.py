"""How every chart is drawn: one style, one set of fonts, an Altair specification rendered to SVG.

The SVG is cached by the specification it came from, so what was drawn once is not drawn again, and what
changed is never shown stale.
"""

from __future__ import annotations

import datetime
import hashlib
import importlib.metadata
import importlib.util
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache as once
from html import escape
from pathlib import Path
from typing import Any

import altair as alt
import vl_convert
from django.core.cache import cache
from django.utils.safestring import SafeString, mark_safe

from tracker.analysis.palette import GREY, HAIRLINE, INK

FONT = "DejaVu Sans"
WIDTH = 640
"""Width of the drawing in CSS pixels; pages and PDF scale it."""
NARROW = 340
"""Width of the drawing for a phone, where the other one would be too small to read."""

_RENDERED_WITH = tuple(importlib.metadata.version(name) for name in ("vl-convert-python", "matplotlib"))
"""The renderer, and the wheel that the fonts come in."""
_CACHE_SECONDS = 30 * 24 * 3600
_LOCALE = {"decimal": ".", "thousands": "\u202f", "grouping": [3], "currency": ["", ""], "percent": "\u202f%"}
_CONFIG = {
    "font": f"{FONT}, Verdana, sans-serif",
    "background": None,
    "padding": {"left": 1, "right": 1, "top": 4, "bottom": 4},
    "aria": False,
    "view": {"stroke": None},
    "title": {
        "anchor": "start",
        "frame": "bounds",
        "fontSize": 14,
        "fontWeight": "bold",
        "color": INK,
        "subtitleColor": GREY,
        "subtitleFontSize": 11,
        "subtitleLineHeight": 15,
        "subtitlePadding": 5,
        "lineHeight": 18,
        "offset": 14,
    },
    "axis": {
        "domain": False,
        "ticks": False,
        "gridColor": HAIRLINE,
        "labelColor": GREY,
        "labelFontSize": 11,
        "labelPadding": 6,
        "title": None,
    },
    "text": {"fontSize": 11, "color": INK, "baseline": "middle"},
}


@dataclass(frozen=True)
class Chart:
    """A drawn chart: ``svg`` carries its own label, ``alt`` says the same in words, and the table behind
    it is ``columns`` and ``rows``, already worded. ``narrow_svg`` is the same for a phone, empty unless asked for.
    """

    title: str
    svg: str
    alt: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    narrow_svg: str = ""

    @property
    def inline(self) -> SafeString:
        """The SVG for a page."""
        # Safe: rendered from a specification, in which every text is escaped by the renderer.
        return mark_safe(self.svg)

    @property
    def inline_narrow(self) -> SafeString:
        """The SVG for a phone."""
        return mark_safe(self.narrow_svg)  # safe as the other one


def font_directory() -> Path:
    """Where matplotlib's wheel keeps DejaVu Sans: the fonts of charts and PDF on every machine.

    matplotlib itself is never imported: only its files are wanted.
    """
    found = importlib.util.find_spec("matplotlib")
    if found is None or found.origin is None:
        raise RuntimeError("The fonts are missing: install matplotlib, whose wheel carries DejaVu Sans.")
    return Path(found.origin).parent / "mpl-data" / "fonts" / "ttf"


@once
def _register_fonts() -> None:
    vl_convert.register_font_directory(str(font_directory()))


_INNER_ROLES = re.compile(r' (?:role="graphics-[a-z]+"|aria-roledescription="[^"]*")')


def make_chart(
    *,
    drawing: alt.LayerChart,
    title: str,
    subtitle: Sequence[str],
    alt_text: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    narrow: alt.LayerChart | None = None,
) -> Chart:
    """Render a drawing, and the narrow one if there is one, in the one style; put its text alternative and its
    table beside it. ``subtitle`` are lines, broken where they do not fit.
    """

    def specify(drawing: alt.LayerChart, width: int) -> dict[str, Any]:
        lines = [line for text in subtitle for line in wrap(text, pixels=width)]
        titled = drawing.properties(title=alt.Title(text=wrap(title, pixels=width, size=14), subtitle=lines))
        # Checking against the schema would double the time of a chart; a test does it instead.
        return {**titled.to_dict(validate=False), "config": _CONFIG}

    wanted = [specify(drawing, WIDTH), *([specify(narrow, NARROW)] if narrow else [])]
    drawn = [_label(svg, alt_text) for svg in _render(wanted)]
    return Chart(
        title=title,
        svg=drawn[0],
        alt=alt_text,
        columns=tuple(columns),
        rows=tuple(tuple(row) for row in rows),
        narrow_svg=drawn[1] if narrow else "",
    )


def _render(specifications: Sequence[Mapping[str, Any]]) -> list[str]:
    """SVG of each specification; those that were drawn before, by whichever process, come from the cache."""
    texts = [json.dumps(each, sort_keys=True, ensure_ascii=False) for each in specifications]
    keys = [_key_of(text) for text in texts]
    held: dict[str, str] = cache.get_many(keys)
    fresh = {}
    for key, text in zip(keys, texts, strict=True):
        if key not in held:
            _register_fonts()
            held[key] = fresh[key] = vl_convert.vegalite_to_svg(text, format_locale=_LOCALE)
    if fresh:
        cache.set_many(fresh, _CACHE_SECONDS)
    return [held[key] for key in keys]


def _key_of(specification: str) -> str:
    """By all that a drawing follows from: the specification, who draws it, how numbers read, and the fonts."""
    content = "\n".join((*_RENDERED_WITH, json.dumps(_LOCALE, sort_keys=True), specification))
    return "chart-" + hashlib.sha256(content.encode()).hexdigest()


def _label(svg: str, alt_text: str) -> str:
    """Name the picture for screen readers: one picture with one text. The renderer also gives roles to the
    marks inside, which have no names of their own.
    """
    svg = _INNER_ROLES.sub("", svg)
    return svg.replace("<svg ", f'<svg role="img" aria-label="{escape(alt_text)}" ', 1)


def wrap(text: str, *, pixels: float, size: float = 11) -> list[str]:
    """Lines of text that fit a width, by the mean width of DejaVu's letters (0.62 em)."""
    room = max(8, int(pixels / (size * 0.62)))
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def year_fraction(date: datetime.date) -> float:
    """2021.5 for the middle of 2021: a time axis that no time zone can move. A day counts as ended."""
    first = datetime.date(date.year, 1, 1)
    days = (datetime.date(date.year + 1, 1, 1) - first).days
    return round(date.year + ((date - first).days + 1) / days, 5)
