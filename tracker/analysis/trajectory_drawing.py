"""The drawing of a trajectory chart: what goes where, in which mark. Its words come from the caller.

The value is a solid line with points, the planned line a thin dashed one, targets are open diamonds;
each carries its label beside it (labels.py), so that there is no legend to look up.
"""

from __future__ import annotations

import datetime
import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import altair as alt
from django.utils.translation import gettext as _

from tracker.analysis.drawing import WIDTH, year_fraction
from tracker.analysis.labels import DatedLevel, Frame, choose_labels, time_after
from tracker.analysis.palette import GREY, HAIRLINE, INK, WHITE
from tracker.common.formats import PERCENTAGE, STAGE, YES_NO

HEIGHT = 250


@dataclass(frozen=True)
class DatedValue:
    """A value on a date, or the gap where there was none."""

    date: datetime.date
    level: Decimal | None


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


def trajectory_drawing(
    *,
    series: Sequence[DatedValue],
    trajectory: Sequence[DatedLevel],
    targets: Sequence[DatedLevel],
    baseline: DatedLevel | None,
    expected: DatedLevel | None,
    show: Callable[[Decimal | None], str],
    scale: Scale,
    width: int = WIDTH,
) -> alt.LayerChart:
    """Layers from the back to the front: years, planned line, baseline, targets, values, labels."""
    known = [DatedLevel(item.date, item.level) for item in series if item.level is not None]
    marked = [*([baseline] if baseline else []), *([expected] if expected else []), *targets]
    levels = [float(item.level) for item in (*known, *trajectory, *marked)]
    dates = [item.date for item in series] + [item.date for item in (*trajectory, *marked)]
    times = [year_fraction(date) for date in dates] or [2020.0, 2021.0]
    first, last = min(times), max(times)
    value = known[-1] if known else None
    domain = _domain(levels, scale)
    across = width - _axis_width(domain, scale)
    start, end = first - 0.04, last + 0.04
    end += time_after(value, show(value.level) if value else "", first=start, last=end, across=across)
    x = alt.X("t:Q", scale=alt.Scale(domain=[start, end]), axis=_year_axis(first, last))
    y = alt.Y(
        "v:Q",
        scale=alt.Scale(domain=domain),
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
    labels = choose_labels(
        value=value,
        expected=expected,
        baseline=baseline,
        targets=targets,
        show=show,
        rising=rising,
        axis_names_levels=bool(scale.steps),
        frame=Frame(across, HEIGHT, times=(start, end), levels=domain),
    )
    for label in labels:
        layers += label.layers(layer([label.at]))
    return alt.layer(*layers).properties(
        width=width,
        height=HEIGHT if levels else 40,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
    )


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


def _axis_width(domain: tuple[float, float], scale: Scale) -> float:
    """About what the names of the levels take of the width."""
    if scale.steps:
        longest = max(len(step) for step in scale.steps)
    else:
        longest = 4 if scale.measure == PERCENTAGE else len(f"{domain[1]:,.0f}")
    return 10 + longest * 6.6


def _domain(levels: Sequence[float], scale: Scale) -> tuple[float, float]:
    """From zero where that costs less than half the height, with room for labels above and below.

    Never less than ten points of a percentage, or a tenth of the level: a change of no weight looks like none.
    """
    if scale.steps:
        return -0.35, len(scale.steps) - 0.65
    low, high = min(levels, default=0.0), max(levels, default=0.0)
    if 0 <= low <= high / 2:
        low = 0.0
    least = 0.1 if scale.measure == PERCENTAGE else max(abs(low), abs(high)) / 10
    if 0 < high - low < least:
        middle, floor = (high + low) / 2, 0.0 if low >= 0 else -math.inf
        low = max(floor, middle - least / 2)
        high = low + least
    room = (high - low) * 0.1 or (0.05 if scale.measure == PERCENTAGE else 1.0)
    return low - room, high + room
