"""The colours of everything that is drawn, declared once: pages, charts, maps and PDF read them from here.

The colours of the statuses stand with their words and shapes in `statuses`. No colour says anything alone: each
goes with a word and a shape.
"""

from __future__ import annotations

from dataclasses import dataclass

WHITE = "#FFFFFF"
INK = "#1B2430"
"""The colour of text; used on light fills."""
GREY = "#5F6B7A"
"""Of what is context: axes, planned lines, what is not known."""
HAIRLINE = "#DDE1E6"
PALE = "#EEF0F3"
"""The ground of what is not known, and of heads of tables in files."""
EARLIER, LATEST = "#B4BDC8", "#1D4F91"
"""Of two years: light and dark, so that they part in grey print and for every eye."""
WATERMARK = "#F4F1F2"
ACCENT = "#0B4580"
ALARM = "#94182F"


@dataclass(frozen=True)
class Paint:
    """A ground and the colour of the text on it, at least 4.5:1."""

    ground: str
    ink: str


SEQUENCE: tuple[Paint, ...] = (
    Paint("#E3EEF4", INK),
    Paint("#B3D1E1", INK),
    Paint("#76ABC8", INK),
    Paint("#24709B", WHITE),
    Paint("#0C3D63", WHITE),
)
"""From little to much: one hue, each step darker than the one before, so that it reads without colour too."""

KINDS: tuple[Paint, ...] = (
    Paint("#9DC8E8", INK),
    Paint("#F0B860", INK),
    Paint("#4F9E86", INK),
    Paint("#EFE39A", INK),
)
"""For what has no order; they stay apart for people with any of three kinds of colour blindness."""

NOT_KNOWN = Paint(PALE, INK)
"""For what a document does not say."""
BLANK = Paint(WHITE, INK)


def spread(count: int) -> tuple[Paint, ...]:
    """So many steps of the sequence, as far apart as they go. Raises ValueError where there are not as many."""
    last = len(SEQUENCE) - 1
    if not 0 <= count <= last + 1:
        raise ValueError(f"The sequence has {last + 1} steps, not {count}.")
    if count < 2:
        return SEQUENCE[2 : 2 + count]
    return tuple(SEQUENCE[round(step * last / (count - 1))] for step in range(count))
