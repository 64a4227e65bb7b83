"""Sparklines: a few values as a tiny inline SVG, one for every row of a table.

The chart renderer takes tens of milliseconds a picture; this takes none, so a table may have hundreds.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from html import escape

from django.utils.safestring import SafeString, mark_safe


def sparkline(
    values: Sequence[Decimal | int | None], *, width: int = 96, height: int = 20, label: str = ""
) -> SafeString:
    """A line of a few values as small inline SVG; a gap stays a gap, and the last value has a dot.

    With a ``label`` it is announced as a picture of that name, else it is decoration.
    """
    numbers = [None if value is None else float(value) for value in values]
    known = [number for number in numbers if number is not None]
    who = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="sparkline" {who} focusable="false"'
        f' width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
    )
    if not known:
        return mark_safe(f"{head}</svg>")
    low, high = min(known), max(known)
    margin = 3
    step = (width - 2 * margin) / max(1, len(numbers) - 1)

    def place(index: int, number: float) -> str:
        share = (number - low) / (high - low) if high > low else 0.5
        return f"{margin + index * step:.1f},{height - margin - share * (height - 2 * margin):.1f}"

    runs: list[list[str]] = [[]]
    last = ""
    for index, number in enumerate(numbers):
        if number is None:
            runs.append([])
        else:
            last = place(index, number)
            runs[-1].append(last)
    # A run of one value is drawn too: a round cap makes a dot of a line that goes nowhere.
    lines = "".join(f"M{' L'.join(run if len(run) > 1 else run * 2)}" for run in runs if run)
    x, y = last.split(",")
    return mark_safe(
        f'{head}<path d="{lines}" fill="none" stroke="currentColor" stroke-width="1.5"'
        f' stroke-linecap="round" stroke-linejoin="round"/><circle cx="{x}" cy="{y}" r="2.2"'
        ' fill="currentColor"/></svg>'
    )
