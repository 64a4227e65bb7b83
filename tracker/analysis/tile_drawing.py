"""The drawing of a tile map: where each square, code, mark and label goes. Its words come from the caller.

Drawn at the size of a phone, nine squares across, and scaled up elsewhere: letters never get smaller than that.
Grounds are fills of an SVG, which print where the backgrounds of a page do not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from tracker.analysis.drawing import FONT, WIDTH, wrap
from tracker.analysis.palette import GREY, INK, Paint
from tracker.analysis.statuses import Stroke

_WIDE, _HIGH, _GAP = 36, 34, 2
_STEP_X, _STEP_Y = _WIDE + _GAP, _HIGH + _GAP
_FEWEST = 9
"""Columns that the map is at least wide: fewer would be drawn larger than the others."""
_ROOM = 48
"""A label of so many letters would fit at a size of 1."""

Legend = tuple[Paint, tuple[Stroke, ...], bool, str, str]
"""Ground, mark, whether it is dashed, label, and the words."""


@dataclass(frozen=True)
class Square:
    """One square as it is drawn: what stands on it, what it says, and its page if it has one."""

    code: str
    said: str
    label: str
    paint: Paint
    strokes: tuple[Stroke, ...]
    dashed: bool
    row: int | None
    column: int | None
    url: str


def draw_map(squares: Sequence[Square], *, label: str) -> str:
    """The squares as an SVG for a page: a group of links and pictures, each with its name."""
    body, width, height = _draw_squares(squares, linked=True)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="tiles" role="group" aria-label="{escape(label)}"'
        f' viewBox="0 0 {width} {height}" text-anchor="middle">{body}</svg>'
    )


def draw_document(
    squares: Sequence[Square], *, title: str, subtitle: str, legend: Sequence[Legend], alt: str
) -> str:
    """The squares with title and legend as one SVG picture, as wide as every chart."""
    body, width, height = _draw_squares(squares, linked=False)
    scale = WIDTH / width
    parts: list[str] = []
    top = 0.0
    for line in wrap(title, pixels=WIDTH, size=14):
        top += 18
        parts.append(
            f'<text y="{top - 4:g}" font-size="14" font-weight="bold" fill="{INK}">{escape(line)}</text>'
        )
    for line in wrap(subtitle, pixels=WIDTH):
        top += 15
        parts.append(f'<text y="{top - 2:g}" font-size="11" fill="{GREY}">{escape(line)}</text>')
    top += 10
    parts.append(f'<g transform="translate(0 {top:g}) scale({scale:g})" text-anchor="middle">{body}</g>')
    top += height * scale + 14
    half = WIDTH / 2
    for place, (paint, strokes, dashed, letter, words) in enumerate(legend):
        left, line_top = half * (place % 2), top + 20 * (place // 2)
        parts.append(
            f'<g transform="translate({left:g} {line_top:g})">{_swatch(paint, strokes, dashed, letter)}'
            f'<text x="34" y="12" font-size="11" fill="{INK}">{escape(words)}</text></g>'
        )
    bottom = top + 20 * -(-len(legend) // 2)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(alt)}" width="{WIDTH}"'
        f' height="{bottom:g}" viewBox="0 0 {WIDTH} {bottom:g}" font-family="{FONT}, Verdana, sans-serif">'
        f"{''.join(parts)}</svg>"
    )


def draw_swatch(paint: Paint, strokes: Sequence[Stroke], dashed: bool, label: str) -> str:
    """What stands for a class in the legend: decoration, as the words beside it say the same."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" class="swatch" width="26" height="17" viewBox="0 0 26 17"'
        f' aria-hidden="true" focusable="false">{_swatch(paint, strokes, dashed, label)}</svg>'
    )


def _draw_squares(squares: Sequence[Square], *, linked: bool) -> tuple[str, int, int]:
    """The squares from north to south and west to east; then, in rows of their own, those without a place."""
    placed = sorted(
        ((square.row, square.column, square) for square in squares if square.row and square.column),
        key=lambda found: found[:2],
    )
    columns = max([_FEWEST, *(column for _, column, _ in placed)])
    rows = max([0, *(row for row, _, _ in placed)])
    drawn = [
        _draw(square, left=(column - 1) * _STEP_X, top=(row - 1) * _STEP_Y, linked=linked)
        for row, column, square in placed
    ]
    top = rows * _STEP_Y + (8 if rows else 0)
    others = [square for square in squares if not (square.row and square.column)]
    for place, square in enumerate(others):
        drawn.append(
            _draw(square, left=place % columns * _STEP_X, top=top + place // columns * _STEP_Y, linked=linked)
        )
    height = top + -(-len(others) // columns) * _STEP_Y if others else rows * _STEP_Y
    return "".join(drawn), columns * _STEP_X - _GAP, max(height - _GAP, 0)


def _draw(square: Square, *, left: int, top: int, linked: bool) -> str:
    size = max(8.0, min(10.5, _ROOM / max(len(square.label), 1)))
    code_size = 10 if len(square.code) < 3 else 8
    inside = (
        f"<title>{escape(square.said)}</title>{_ground(square.paint, square.dashed, _WIDE, _HIGH)}"
        f'<text x="3" y="13.5" font-size="{code_size:g}" font-weight="bold" text-anchor="start"'
        f' fill="{square.paint.ink}">{escape(square.code)}</text>'
    )
    if square.strokes:
        marks = "".join(
            each.svg(colour=square.paint.ink, ground=square.paint.ground) for each in square.strokes
        )
        # Beside the code above the label; below it, and larger, where there is none.
        at = f"{_WIDE - 13.5:g} 4) scale(.85" if square.label else f"{_WIDE // 2 - 6} 17"
        inside += f'<g transform="translate({at})">{marks}</g>'
    if square.label:
        inside += (
            f'<text x="{_WIDE // 2}" y="27.5" font-size="{size:g}" fill="{square.paint.ink}">'
            f"{escape(square.label)}</text>"
        )
    place = f'transform="translate({left} {top})"'
    if not linked:
        return f"<g {place}>{inside}</g>"
    if square.url:
        return f'<a href="{escape(square.url)}" {place}>{inside}</a>'
    return f'<g role="img" {place}>{inside}</g>'


def _ground(paint: Paint, dashed: bool, width: int, height: int) -> str:
    # Half a pixel in: the outline lies inside the square.
    dashes = ' stroke-dasharray="3 2"' if dashed else ""
    return (
        f'<rect x=".5" y=".5" width="{width - 1}" height="{height - 1}" rx="2" fill="{paint.ground}"'
        f' stroke="{GREY}" stroke-width=".75"{dashes}/>'
    )


def _swatch(paint: Paint, strokes: Sequence[Stroke], dashed: bool, label: str) -> str:
    marks = "".join(each.svg(colour=paint.ink, ground=paint.ground) for each in strokes)
    inside = f'<g transform="translate(7 2.5)">{marks}</g>' if marks else ""
    if label:
        inside = (
            f'<text x="13" y="12.5" font-size="11" text-anchor="middle" fill="{paint.ink}">'
            f"{escape(label)}</text>"
        )
    return _ground(paint, dashed, 26, 17) + inside
