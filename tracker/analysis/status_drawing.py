"""The drawing of the status bars: where each segment, mark and word goes. Its words come from the caller.

Laid out in pixels, because a word is written inside a segment only where it fits; what does not fit in
words shows its mark and count, and the row of marks and words on top says what they mean.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from tracker.analysis.drawing import WIDTH
from tracker.analysis.palette import GREY, INK, WHITE
from tracker.analysis.statuses import STATUS_ORDER, STATUSES, StatusStyle

_LETTER = 6.9
"""Mean width in pixels of a letter at 11 px."""
_LEGEND_COLUMNS, _LEGEND_ROW = 4, 20
_BAR, _ROW = 22, 50
_TITLE = 22
"""Room above a bar for its title."""


@dataclass(frozen=True)
class Bar:
    """One bar: its code and title, and how many of which status."""

    code: str
    title: str
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """The length of the bar, in indicators."""
        return sum(self.counts.values())


class _Canvas:
    """Collects rectangles, marks and texts by pixel, and turns them into layers."""

    def __init__(self) -> None:
        self.segments: list[dict[str, Any]] = []
        self.strokes: list[dict[str, Any]] = []
        self.texts: list[dict[str, Any]] = []

    def segment(self, style: StatusStyle, *, left: float, right: float, top: float) -> None:
        # Half a pixel in: the outline of a light segment then lies inside it.
        self.segments.append(
            {
                "x": left + 0.5,
                "x2": right - 1.5,
                "y": top + 0.5,
                "y2": top + _BAR - 0.5,
                "fill": style.ground,
                "stroke": style.colour,
            }
        )

    def mark(self, style: StatusStyle, *, left: float, middle: float, colour: str, ground: str) -> None:
        for stroke in style.strokes:
            paint = ground if stroke.inverse else colour
            self.strokes.append(
                {
                    "x": left,
                    "y": middle - 6,
                    "path": stroke.path,
                    "fill": paint if stroke.pen is None else "transparent",
                    "stroke": "transparent" if stroke.pen is None else paint,
                    "pen": stroke.pen or 0,
                }
            )

    def text(self, text: str, *, left: float, middle: float, colour: str = INK, bold: bool = False) -> None:
        self.texts.append({"x": left, "y": middle, "text": text, "colour": colour, "bold": bold})

    def layers(self, height: float) -> Iterator[alt.Chart]:
        x = alt.X("x:Q", scale=alt.Scale(domain=[0, WIDTH]), axis=None)
        y = alt.Y("y:Q", scale=alt.Scale(domain=[height, 0]), axis=None)

        def layer(rows: Sequence[Mapping[str, Any]]) -> alt.Chart:
            return alt.Chart(alt.Data(values=list(rows))).encode(x=x, y=y)

        colours = {"fill": alt.Fill("fill:N", scale=None), "stroke": alt.Stroke("stroke:N", scale=None)}
        yield layer(self.segments).mark_rect(strokeWidth=1, opacity=1).encode(x2="x2:Q", y2="y2:Q", **colours)
        # A size of 4 draws a path in its own pixels.
        yield (
            layer(self.strokes)
            .mark_point(size=4, opacity=1, strokeCap="round", strokeJoin="round")
            .encode(
                shape=alt.Shape("path:N", scale=None),
                strokeWidth=alt.StrokeWidth("pen:Q", scale=None),
                **colours,
            )
        )
        for bold in (False, True):
            rows = [text for text in self.texts if text["bold"] is bold]
            yield (
                layer(rows)
                .mark_text(align="left", fontWeight="bold" if bold else "normal")
                .encode(text="text:N", color=alt.Color("colour:N", scale=None))
            )


def status_drawing(
    *, bars: Sequence[Bar], words: Mapping[str, str], nothing: str, total: Callable[[int], str]
) -> alt.LayerChart:
    """The words and their marks on top, then a bar for each group, all on one scale from zero.

    ``words`` are those of the statuses that occur, by code; ``nothing`` stands in place of an empty bar;
    ``total`` words a number of indicators.
    """
    canvas = _Canvas()
    for index, (code, word) in enumerate(words.items()):
        left = (index % _LEGEND_COLUMNS) * WIDTH / _LEGEND_COLUMNS
        middle = (index // _LEGEND_COLUMNS) * _LEGEND_ROW + 8
        style = STATUSES[code]
        canvas.mark(style, left=left, middle=middle, colour=style.colour, ground=WHITE)
        canvas.text(word, left=left + 17, middle=middle)
    top = -(-len(words) // _LEGEND_COLUMNS) * _LEGEND_ROW + (12 if words else 0)
    unit = WIDTH / max((bar.total for bar in bars), default=1) if any(bar.total for bar in bars) else 0.0
    code_room = (max((len(bar.code) for bar in bars), default=0) + 1.5) * _LETTER * 1.1
    for bar in bars:
        _draw_bar(
            canvas, bar, top=top, unit=unit, code_room=code_room, words=words, nothing=nothing, total=total
        )
        top += _ROW if bar.total else _TITLE
    return alt.layer(*canvas.layers(top)).properties(
        width=WIDTH, height=top, autosize=alt.AutoSizeParams(type="pad")
    )


def _draw_bar(
    canvas: _Canvas,
    bar: Bar,
    *,
    top: float,
    unit: float,
    code_room: float,
    words: Mapping[str, str],
    nothing: str,
    total: Callable[[int], str],
) -> None:
    size = total(bar.total) if bar.total else nothing
    canvas.text(bar.code, left=0, middle=top + 9, bold=True)
    room = int((WIDTH - code_room) / _LETTER) - len(size) - 3
    title = bar.title if len(bar.title) <= room else bar.title[: room - 1].rstrip() + "…"
    canvas.text(f"{title} · {size}", left=code_room, middle=top + 9, colour=INK if bar.total else GREY)
    left = 0.0
    for code in STATUS_ORDER:
        count = bar.counts.get(code, 0)
        if not count:
            continue
        style, right = STATUSES[code], left + count * unit
        canvas.segment(style, left=left, right=right, top=top + _TITLE)
        _fill_segment(
            canvas, style, str(count), words[code], left=left, right=right, middle=top + _TITLE + _BAR / 2
        )
        left = right


def _fill_segment(
    canvas: _Canvas, style: StatusStyle, count: str, word: str, *, left: float, right: float, middle: float
) -> None:
    """Mark, count and word where they fit; else mark and count; else the count; else nothing."""
    room = right - left - 4
    digits = len(count) * _LETTER
    if room < digits + 2:
        return
    if room < digits + 24:
        canvas.text(count, left=left + (right - left - digits) / 2 - 0.5, middle=middle, colour=style.on_fill)
        return
    text = f"{count} {word.lower()}" if room >= digits + 28 + (len(word) + 1) * _LETTER else count
    canvas.mark(style, left=left + 6, middle=middle, colour=style.on_fill, ground=style.ground)
    canvas.text(text, left=left + 23, middle=middle, colour=style.on_fill)
