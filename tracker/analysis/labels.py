"""The labels of a trajectory chart: which point is named, on which side, and which label gives way where two
would run into each other. What gives way is still in the title or in the table behind the chart.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

import altair as alt
from django.utils.translation import gettext as _

from tracker.analysis.drawing import year_fraction
from tracker.analysis.palette import GREY, INK, WHITE
from tracker.common.formats import show_date

_LETTER, _LINE = 7.0, 13
"""Mean width of a letter and height of a line at 11 px."""
_MOST_TARGETS = 6
"""More targets than these are marked and not named on the way."""


@dataclass(frozen=True)
class DatedLevel:
    """A level on a date: a target, a baseline, or a corner of the trajectory."""

    date: datetime.date
    level: Decimal


@dataclass(frozen=True)
class Frame:
    """The plot in pixels, and what its edges stand for: years as fractions, levels."""

    across: float
    height: float
    times: tuple[float, float]
    levels: tuple[float, float]

    def place(self, at: DatedLevel) -> tuple[float, float]:
        """A point in pixels from the upper left corner."""
        (first, last), (low, high) = self.times, self.levels
        along = (year_fraction(at.date) - first) / max(last - first, 0.01)
        down = (high - float(at.level)) / max(high - low, 1e-9)
        return along * self.across, down * self.height


@dataclass(frozen=True)
class Label:
    """A text beside a point; ``dx`` and ``dy`` are pixels from it. ``on_line``: there was no room on the side that
    the line leaves free.
    """

    at: DatedLevel
    text: str
    align: Literal["left", "right"]
    dx: int
    dy: int
    is_bold: bool
    on_line: bool

    def box(self, frame: Frame) -> tuple[float, float, float, float]:
        """Left, top, right and bottom in pixels."""
        x, y = frame.place(self.at)
        left = x + self.dx - (_width(self.text) if self.align == "right" else 0)
        top = y + self.dy - _LINE / 2
        return left, top, left + _width(self.text), top + _LINE

    def overlaps(self, other: Label, frame: Frame) -> bool:
        """Whether the two would run into each other."""
        left, top, right, bottom = self.box(frame)
        other_left, other_top, other_right, other_bottom = other.box(frame)
        return left <= other_right and right >= other_left and top < other_bottom and bottom > other_top

    def layers(self, base: alt.Chart) -> list[alt.Chart]:
        """The text, and a light edge around it that sets it off from the lines."""
        style: dict[str, Any] = {
            "align": self.align,
            "dx": self.dx,
            "dy": self.dy,
            "text": self.text,
            "fontWeight": "bold" if self.is_bold else "normal",
        }
        edge = base.mark_text(**style, color=WHITE, stroke=WHITE, strokeWidth=3, strokeJoin="round")
        return [edge, base.mark_text(**style, color=INK if self.is_bold else GREY)]


def time_after(value: DatedLevel | None, text: str, *, first: float, last: float, across: float) -> float:
    """How many years to leave free on the right of a plot ``across`` pixels wide, so that the text of the last
    value fits beside its point; none for a long text, for which there is more room on the left.
    """
    needed = (_width(text) + 14) / across
    if value is None or needed > 0.25:
        return 0.0
    return max(0.0, (year_fraction(value.date) - first) / (1 - needed) - (last - first))


def choose_labels(
    *,
    value: DatedLevel | None,
    expected: DatedLevel | None,
    baseline: DatedLevel | None,
    targets: Sequence[DatedLevel],
    show: Callable[[Decimal | None], str],
    rising: bool,
    axis_names_levels: bool,
    frame: Frame,
) -> list[Label]:
    """The labels that have room, the most important first. The value and what was expected lie on either side
    of the line; where the axis names the levels, only the value and the final target are named again.
    """
    kept: list[Label] = []

    def name(at: DatedLevel, *choices: tuple[str, bool], is_bold: bool = False) -> None:
        """By the first text, above (True) or below, that has room; none on the line where one is beside it."""
        labels = [
            _beside(at, text, upper=upper, rising=rising, is_bold=is_bold, frame=frame)
            for text, upper in choices
        ]
        free = [label for label in labels if not any(label.overlaps(other, frame) for other in kept)]
        kept.extend(sorted(free, key=lambda label: label.on_line)[:1])

    above = value is not None and (expected is None or value.level >= expected.level)
    if value:
        name(value, (show(value.level), above), (show(value.level), not above), is_bold=True)
    if targets:
        final = targets[-1]
        shown = {"level": show(final.level), "date": show_date(final.date)}
        name(
            final,
            (_("Target %(level)s by %(date)s") % shown, rising),
            (_("Target %(level)s") % shown, rising),
            (_("Target %(level)s") % shown, not rising),
        )
    if axis_names_levels:
        return kept
    if baseline:
        name(baseline, (_("Baseline %(level)s") % {"level": show(baseline.level)}, not rising))
    if expected:
        name(expected, (_("Expected %(level)s") % {"level": show(expected.level)}, not above))
    if len(targets) <= _MOST_TARGETS:
        for target in targets[:-1]:
            name(target, (show(target.level), rising))
    return kept


def _beside(at: DatedLevel, text: str, *, upper: bool, rising: bool, is_bold: bool, frame: Frame) -> Label:
    """On the side that a rising or falling line leaves free, unless the edge of the plot is there."""
    x, _y = frame.place(at)
    leftwards, on_line = upper == rising, False
    dx, dy = (-7 if leftwards else 7), (-11 if upper else 13)
    fits_left, fits_right = x - 7 - _width(text) >= 0, x + 7 + _width(text) <= frame.across
    if leftwards and not fits_left:
        leftwards, on_line, dx = False, True, 7
    elif not leftwards and not fits_right:
        # The line comes from this side: the text ends past the point and keeps further away.
        leftwards, on_line, dx, dy = True, True, 6, (-18 if upper else 20)
    elif not leftwards and x > 0.8 * frame.across:
        # Nothing comes after it: straight beside the point.
        dx, dy = 8, (-4 if upper else 5)
    return Label(at, text, "right" if leftwards else "left", dx, dy, is_bold, on_line)


def _width(text: str) -> float:
    """Of a text in pixels, as if it were bold."""
    return len(text) * _LETTER
