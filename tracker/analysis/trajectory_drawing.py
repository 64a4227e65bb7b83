"""The drawing of a trajectory chart: what goes where, in which mark. Its words come from the caller.

The value is a solid line with points, the planned line a thin dashed one, targets are open diamonds;
each carries its label beside it, so that there is no legend to look up.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

import altair as alt
from django.utils.translation import gettext as _

from tracker.analysis.drawing import GREY, HAIRLINE, WIDTH, year_fraction
from tracker.analysis.statuses import INK, WHITE
from tracker.common.formats import PERCENTAGE, STAGE, YES_NO, show_date

HEIGHT = 250


@dataclass(frozen=True)
class DatedValue:
    """A value on a date, or the gap where there was none."""

    date: datetime.date
    level: Decimal | None


@dataclass(frozen=True)
class DatedLevel:
    """A level on a date: a target, a baseline, or a corner of the trajectory."""

    date: datetime.date
    level: Decimal


@dataclass(frozen=True)
class Scale:
    """What the vertical axis counts in. ``stages`` are the names of the steps, lowest first."""

    measure: str
    whole: bool
    stages: tuple[str, ...] = ()

    @property
    def steps(self) -> tuple[str, ...]:
        """The names of a scale that has steps, else nothing."""
        if self.measure == YES_NO:
            return (_("No"), _("Yes"))
        return self.stages if self.measure == STAGE else ()


@dataclass(frozen=True)
class _Label:
    at: DatedLevel
    text: str
    upper: bool
    bold: bool = False


def trajectory_drawing(
    *,
    series: Sequence[DatedValue],
    trajectory: Sequence[DatedLevel],
    targets: Sequence[DatedLevel],
    baseline: DatedLevel | None,
    expected: DatedLevel | None,
    show: Callable[[Decimal | None], str],
    scale: Scale,
) -> alt.LayerChart:
    """Layers from the back to the front: years, planned line, baseline, targets, values, labels."""
    known = [DatedLevel(item.date, item.level) for item in series if item.level is not None]
    marked = [*([baseline] if baseline else []), *([expected] if expected else []), *targets]
    dates = [item.date for item in series] + [item.date for item in (*trajectory, *marked)]
    times = [year_fraction(date) for date in dates] or [2020.0, 2021.0]
    first, last = min(times), max(times)
    x = alt.X("t:Q", scale=alt.Scale(domain=[first - 0.04, last + 0.04]), axis=_year_axis(first, last))
    levels = [float(item.level) for item in (*known, *trajectory, *marked)]
    y = alt.Y(
        "v:Q",
        scale=alt.Scale(domain=_domain(levels, scale)),
        axis=_level_axis(scale) if levels else None,
    )

    def layer(items: Sequence[DatedLevel | DatedValue]) -> alt.Chart:
        rows = [
            {"t": year_fraction(item.date), "v": None if item.level is None else float(item.level)}
            for item in items
        ]
        return alt.Chart(alt.Data(values=rows)).encode(x=x, y=y)

    course: Literal["step-after", "linear"] = "step-after" if scale.steps else "linear"
    # Years are told apart by lines at their ends, because a quarter's value stands on its last day.
    ends = [{"t": float(year)} for year in range(int(first), int(last) + 1) if first - 0.04 <= year]
    layers = [alt.Chart(alt.Data(values=ends)).mark_rule(color=HAIRLINE).encode(x=x)]
    if trajectory:
        layers.append(
            layer(trajectory).mark_line(color=GREY, strokeWidth=1.2, strokeDash=[5, 4], interpolate=course)
        )
    if baseline:
        layers.append(layer([baseline]).mark_point(filled=True, size=24, color=GREY, opacity=1))
    if targets:
        layers.append(
            layer(targets).mark_point(
                shape="diamond", size=95, filled=True, fill=WHITE, stroke=GREY, strokeWidth=1.6, opacity=1
            )
        )
    layers.append(
        layer(series).mark_line(
            color=INK, strokeWidth=2.2, interpolate=course, invalid="break-paths-show-domains"
        )
    )
    layers.append(layer(known).mark_point(filled=True, size=30, color=INK, opacity=1))

    ends_at = targets[-1] if targets else known[-1] if known else None
    starts_at = baseline or (trajectory[0] if trajectory else known[0] if known else None)
    rising = ends_at is None or starts_at is None or ends_at.level >= starts_at.level
    labels = _choose_labels(known, targets, baseline, expected, show=show, rising=rising, named=scale.steps)
    for label in labels:
        layers += _write(layer([label.at]), label, rising=rising, first=first, last=last)
    return alt.layer(*layers).properties(
        width=WIDTH,
        height=HEIGHT if levels else 40,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
    )


def _choose_labels(
    known: Sequence[DatedLevel],
    targets: Sequence[DatedLevel],
    baseline: DatedLevel | None,
    expected: DatedLevel | None,
    *,
    show: Callable[[Decimal | None], str],
    rising: bool,
    named: Sequence[str],
) -> list[_Label]:
    """The labels that have room: the value and what was expected lie on either side of the line.

    Where the axis names its steps (``named``), only the value and the final target are named again.
    """
    labels: list[_Label] = []
    if targets:
        final = targets[-1]
        words = _("Target %(level)s by %(date)s") % {
            "level": show(final.level),
            "date": show_date(final.date),
        }
        labels.append(_Label(final, words, upper=rising))
    now = [item.date for item in (known[-1] if known else None, expected) if item]
    labels += [
        _Label(target, show(target.level), upper=rising)
        for target in (targets[:-1] if len(targets) <= 6 and not named else ())
        if all(abs((target.date - date).days) > 120 for date in now)
    ]
    if baseline and not named:
        words = _("Baseline %(level)s") % {"level": show(baseline.level)}
        labels.append(_Label(baseline, words, upper=not rising))
    above = bool(known) and (expected is None or known[-1].level >= expected.level)
    # On the day of the last target, what is expected is the target, and is labelled as such.
    if expected and not named and not (targets and abs((targets[-1].date - expected.date).days) < 45):
        words = _("Expected %(level)s") % {"level": show(expected.level)}
        labels.append(_Label(expected, words, upper=not above))
    if known:
        labels.append(_Label(known[-1], show(known[-1].level), upper=above, bold=True))
    return labels


def _write(base: alt.Chart, label: _Label, *, rising: bool, first: float, last: float) -> list[alt.Chart]:
    """The label beside its point, on the side that a rising or falling line leaves free."""
    leftwards = label.upper == rising
    share = (year_fraction(label.at.date) - first) / max(last - first, 0.01)
    if leftwards and share < 0.2:
        leftwards = False
    elif not leftwards and share > 0.8:
        leftwards = True
    align: Literal["left", "right"] = "right" if leftwards else "left"
    style: dict[str, Any] = {
        "align": align,
        "dx": -7 if leftwards else 7,
        "dy": -11 if label.upper else 13,
        "text": label.text,
        "fontWeight": "bold" if label.bold else "normal",
    }
    halo = base.mark_text(**style, color=WHITE, stroke=WHITE, strokeWidth=3, strokeJoin="round")
    return [halo, base.mark_text(**style, color=INK if label.bold else GREY)]


def _year_axis(first: float, last: float) -> alt.Axis:
    """The year in the middle of what is seen of it."""
    seen = ((max(first, year), min(last, year + 1)) for year in range(int(first), int(last) + 1))
    middles = [(start + end) / 2 for start, end in seen if end - start > 0.2]
    return alt.Axis(values=middles, labelExpr="'' + floor(datum.value)", grid=False)


def _level_axis(scale: Scale) -> alt.Axis:
    if scale.steps:
        # The names travel as a JSON list inside the expression, so that a quote in a name stays a quote.
        return alt.Axis(
            values=list(range(len(scale.steps))), labelExpr=f"{json.dumps(scale.steps)}[datum.value]"
        )
    if scale.measure == PERCENTAGE:
        return alt.Axis(format="~%", tickCount=5)
    return alt.Axis(format=",~f", tickCount=5, tickMinStep=1 if scale.whole else 0.01)


def _domain(levels: Sequence[float], scale: Scale) -> list[float]:
    """From zero where that costs less than half the height, with room for labels above and below."""
    if scale.steps:
        return [-0.35, len(scale.steps) - 0.65]
    low, high = min(levels, default=0.0), max(levels, default=0.0)
    if 0 <= low <= high / 2:
        low = 0.0
    room = (high - low) * 0.1 or (0.05 if scale.measure == PERCENTAGE else 1.0)
    return [low - room, high + room]
