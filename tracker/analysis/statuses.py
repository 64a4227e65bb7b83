"""The statuses of an indicator as people see them: word, shape and colour, declared once.

Pages, charts, PDF and workbooks all read from here. The codes are those of the rules. The colours of
the four judged statuses keep 4.5:1 against white and stay apart for people with any of three kinds of
colour blindness; the shape and the word say the same without any colour.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.analysis.palette import ACCENT, ALARM, GREY, HAIRLINE, INK, PALE, WHITE
from tracker.common.formats import show_date

_NEUTRAL = GREY


@dataclass(frozen=True)
class Stroke:
    """One part of a mark: an SVG path in a 12 by 12 box, filled, or drawn with a pen of some width."""

    path: str
    pen: float | None = None
    inverse: bool = False
    """Drawn in the colour of the ground, on top of a part before it."""

    def svg(self, *, colour: str, ground: str) -> str:
        """The path as an SVG element."""
        paint = ground if self.inverse else colour
        if self.pen is None:
            return f'<path d="{self.path}" fill="{paint}"/>'
        return (
            f'<path d="{self.path}" fill="none" stroke="{paint}" stroke-width="{self.pen:g}"'
            ' stroke-linecap="round" stroke-linejoin="round"/>'
        )


def _circle(radius: float) -> str:
    half_turn = f"a{radius:g},{radius:g},0,1,0,"
    return f"M{6 - radius:g},6{half_turn}{2 * radius:g},0{half_turn}{-2 * radius:g},0Z"


@dataclass(frozen=True)
class StatusStyle:
    """How one status looks, on a light background."""

    code: str
    word: str | Promise
    shape: str
    """The shape in words, for documentation and tests."""
    colour: str
    strokes: tuple[Stroke, ...]
    """The drawing of the shape; pages, charts and PDF all draw this."""
    fill: str = ""
    """Background of a bar segment: the colour itself for what was judged, a light grey for the others."""

    @property
    def on_fill(self) -> str:
        """Colour of text and mark on ``fill``."""
        return INK if self.fill else WHITE

    @property
    def ground(self) -> str:
        """Colour of a bar segment."""
        return self.fill or self.colour

    @property
    def mark(self) -> SafeString:
        """The 12 by 12 inline SVG that goes before the word. The word says it, so readers skip the mark."""
        drawing = "".join(stroke.svg(colour=self.colour, ground=WHITE) for stroke in self.strokes)
        # Safe: put together from the constants of this module only.
        return mark_safe(
            '<svg xmlns="http://www.w3.org/2000/svg" class="status-mark" width="12" height="12"'
            f' viewBox="0 0 12 12" aria-hidden="true" focusable="false">{drawing}</svg>'
        )

    @property
    def tint(self) -> str:
        """The colour thinned with white: the background of a cell that holds the word in ink."""
        parts = (int(self.colour[at : at + 2], 16) for at in (1, 3, 5))
        return "#" + "".join(f"{round(255 - (255 - part) * 0.14):02X}" for part in parts)


_STYLES = (
    StatusStyle(
        code="achieved",
        word=gettext_lazy("Achieved"),
        shape="check in a filled circle",
        colour=ACCENT,
        strokes=(Stroke(_circle(5.5)), Stroke("M3.4,6.2L5.2,8.1L8.7,4.1", pen=1.4, inverse=True)),
    ),
    StatusStyle(
        code="on_track",
        word=gettext_lazy("On track"),
        shape="filled circle",
        colour="#187C71",
        strokes=(Stroke(_circle(4.8)),),
    ),
    StatusStyle(
        code="at_risk",
        word=gettext_lazy("At risk"),
        shape="triangle",
        colour="#9E5D0E",
        strokes=(Stroke("M6,0.9L11.5,10.8L0.5,10.8Z"),),
    ),
    StatusStyle(
        code="off_track",
        word=gettext_lazy("Off track"),
        shape="filled diamond",
        colour=ALARM,
        strokes=(Stroke("M6,0.3L11.7,6L6,11.7L0.3,6Z"),),
    ),
    StatusStyle(
        code="not_due",
        word=gettext_lazy("Not due yet"),
        shape="empty circle",
        colour=_NEUTRAL,
        strokes=(Stroke(_circle(4.2), pen=1.5),),
        fill=WHITE,
    ),
    StatusStyle(
        code="no_data",
        word=gettext_lazy("No data"),
        shape="dash",
        colour=_NEUTRAL,
        strokes=(Stroke("M2,6L10,6", pen=2),),
        fill="#D5DAE0",
    ),
    StatusStyle(
        code="not_applicable",
        word=gettext_lazy("Not applicable"),
        shape="n/a in small capitals",
        colour=_NEUTRAL,
        strokes=(
            Stroke("M0.7,8.4L0.7,3.6L3.3,8.4L3.3,3.6", pen=1),
            Stroke("M4.5,9.8L6.7,2.2", pen=1),
            Stroke("M7.3,8.4L9.3,3.6L11.3,8.4M8,6.9L10.6,6.9", pen=1),
        ),
        fill="#E6E9ED",
    ),
    StatusStyle(
        code="no_baseline",
        word=gettext_lazy("No baseline"),
        shape="dash with a question mark",
        colour=_NEUTRAL,
        strokes=(
            Stroke("M0.9,6L4.3,6", pen=1.8),
            Stroke("M6.9,4.2C6.9,1.9,10.8,1.9,10.8,4.3C10.8,5.8,8.9,5.9,8.9,7.6", pen=1.4),
            Stroke("M8.9,9.8L8.9,9.9", pen=1.6),
        ),
        fill=HAIRLINE,
    ),
    StatusStyle(
        code="no_target",
        word=gettext_lazy("No target"),
        shape="thin dash",
        colour="#69737F",
        strokes=(Stroke("M2,6L10,6", pen=1),),
        fill=PALE,
    ),
)

STATUSES: Mapping[str, StatusStyle] = {style.code: style for style in _STYLES}
"""Every status by its code, in the order in which they are always listed."""

STATUS_ORDER: tuple[str, ...] = tuple(STATUSES)

JUDGED = ("achieved", "on_track", "at_risk", "off_track")
"""The statuses that are a judgement; the others say why there is none."""


def style_of(code: str) -> StatusStyle:
    """The style of a status. Raises ValueError that names the code where it is none."""
    try:
        return STATUSES[code]
    except KeyError:
        raise ValueError(f"“{code}” is not a status; the statuses are {', '.join(STATUSES)}.") from None


def status_words(
    code: str,
    *,
    target_due: datetime.date | None = None,
    judged_on: datetime.date | None = None,
    is_flow: bool = False,
) -> str:
    """The word of a status; “At target, due 31 Dec 2024” where a level is there before its time.

    ``target_due`` is the date of the final target, ``judged_on`` the day as of which it is judged. A
    flow cannot fall back, so a flow that has reached its target is simply achieved.
    """
    style = style_of(code)
    ahead = target_due is not None and judged_on is not None and target_due > judged_on
    if code == "achieved" and ahead and not is_flow:
        return _("At target, due %(date)s") % {"date": show_date(target_due)}
    return str(style.word)


def count_statuses(codes: Iterable[str]) -> dict[str, int]:
    """How many of each status, in the usual order; only those that occur."""
    counts = dict.fromkeys(STATUS_ORDER, 0)
    for code in codes:
        counts[style_of(code).code] += 1
    return {code: count for code, count in counts.items() if count}


def css_variables() -> str:
    """``--status-on-track: #187C71; …`` for the pages' style sheet, from the same declaration."""
    return " ".join(
        f"--status-{style.code.replace('_', '-')}: {style.colour};"
        f" --status-{style.code.replace('_', '-')}-tint: {style.tint};"
        for style in _STYLES
    )
