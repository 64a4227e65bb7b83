"""Bars of what was asked for, one year beside the other; the same picture for a page and a PDF.

Amounts come in dollars and are drawn in millions. Nothing asked is said in words where the bar would be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import altair as alt
from django.utils.translation import gettext as _

from tracker.analysis.drawing import GREY, NARROW, WIDTH, Chart, make_chart, wrap
from tracker.analysis.palette import EARLIER, INK, LATEST
from tracker.common.formats import show_number

_MILLION = Decimal(1_000_000)
_BAR, _GAP = 11, 8
_LETTER = 6.6
"""Mean width in pixels of a letter at 11 px."""


@dataclass(frozen=True)
class FundingBars:
    """One group of bars: a place or a goal. ``amounts`` are by year, in the chart's order; None: nothing asked."""

    label: str
    amounts: tuple[Decimal | None, ...]


def in_millions(amount: Decimal) -> str:
    """63.9 for 63,896,000 dollars; what would round to 0.0 keeps the decimals that show it."""
    millions = amount / _MILLION
    decimals = 1
    while amount and not round(millions, decimals) and decimals < 6:
        decimals += 1
    return show_number(millions, decimals)


def funding_chart(
    *,
    title: str,
    scope: str,
    head: str,
    years: Sequence[int],
    latest: int,
    bars: Sequence[FundingBars],
) -> Chart:
    """Paired bars, longest of the last year first; drawn narrow as well. ``head`` names what the bars are of;
    ``latest`` is the last of all years there are, so that a year has its colour shown alone too.
    """
    bars = sorted(bars, key=lambda each: [-(amount or 0) for amount in reversed(each.amounts)])
    subtitle = [_("Millions of US dollars, presumed · requested, not received"), scope]
    rows = [(each.label, *(_in_words(amount, full=True) for amount in each.amounts)) for each in bars]
    spoken = [_("Paired bars. %(finding)s") % {"finding": title}, *subtitle]
    spoken += [
        f"{each.label}: "
        + ", ".join(f"{year} {_in_words(amount)}" for year, amount in zip(years, each.amounts, strict=True))
        for each in bars
    ]
    return make_chart(
        drawing=_draw(bars, years, latest, WIDTH),
        title=title,
        subtitle=subtitle,
        alt_text=". ".join(spoken) + ".",
        columns=(head, *(str(year) for year in years)),
        rows=rows,
        narrow=_draw(bars, years, latest, NARROW),
    )


def _in_words(amount: Decimal | None, *, full: bool = False) -> str:
    if amount is None:
        return _("nothing asked")
    return show_number(amount) if full else in_millions(amount)


def _draw(bars: Sequence[FundingBars], years: Sequence[int], latest: int, width: int) -> alt.LayerChart:
    """Laid out in pixels: names to the left, bars from one zero line, and what they come to at their ends."""
    most_letters = 30 if width == WIDTH else 18
    names = [wrap(each.label, pixels=most_letters * _LETTER) for each in bars]
    left = max((len(line) for lines in names for line in lines), default=0) * _LETTER + 10
    right = 92
    longest = max((amount for each in bars for amount in each.amounts if amount), default=Decimal(1))
    scale = (width - left - right) / float(longest)
    segments, texts = [], []
    top = 0.0
    for place, (each, lines) in enumerate(zip(bars, names, strict=True)):
        height = max(len(years) * _BAR, len(lines) * 13)
        for number, line in enumerate(lines):
            y = top + height / 2 + (number - (len(lines) - 1) / 2) * 13
            texts.append({"x": left - 10, "y": y, "text": line, "colour": INK, "align": "right"})
        first = top + (height - len(years) * _BAR) / 2
        for number, (year, amount) in enumerate(zip(years, each.amounts, strict=True)):
            y = first + number * _BAR
            end = left + float(amount or 0) * scale
            segments.append(
                {
                    "x": left,
                    "x2": end,
                    "y": y,
                    "y2": y + _BAR - 1,
                    "fill": LATEST if year == latest else EARLIER,
                }
            )
            said = _in_words(amount)
            text = f"{year}: {said}" if place == 0 else said
            colour = GREY if amount is None else INK
            texts.append({"x": end + 5, "y": y + _BAR / 2, "text": text, "colour": colour, "align": "left"})
        top += height + _GAP
    return _layers(segments, texts, left=left, width=width, height=max(top - _GAP, 1))


def _layers(
    segments: list[dict[str, object]],
    texts: list[dict[str, object]],
    *,
    left: float,
    width: int,
    height: float,
) -> alt.LayerChart:
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, width], nice=False), axis=None)
    y = alt.Y("y:Q", scale=alt.Scale(domain=[height, 0], nice=False), axis=None)
    layers = [
        alt.Chart(alt.Data(values=segments))
        .mark_rect()
        .encode(x=x, x2="x2:Q", y=y, y2="y2:Q", fill=alt.Fill("fill:N", scale=None)),
        alt.Chart(alt.Data(values=[{"x": left, "y": 0, "y2": height}]))
        .mark_rule(color=GREY, strokeWidth=1)
        .encode(x=x, y=y, y2="y2:Q"),
    ]
    for align in ("left", "right"):
        values = [text for text in texts if text["align"] == align]
        layers.append(
            alt.Chart(alt.Data(values=values))
            .mark_text(align=align, baseline="middle")
            .encode(x=x, y=y, text="text:N", color=alt.Color("colour:N", scale=None))
        )
    return alt.layer(*layers).properties(width=width, height=height)
