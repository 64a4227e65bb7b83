"""Charts: the same picture for a page, a PDF and a mail.

Each comes with a text alternative and the table behind it. A title says the finding where it can be
computed and the question where it cannot.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import altair as alt
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.analysis.drawing import NARROW, WIDTH, Chart, make_chart
from tracker.analysis.labels import DatedLevel
from tracker.analysis.sparklines import sparkline
from tracker.analysis.status_drawing import Bar, status_drawing
from tracker.analysis.statuses import JUDGED, STATUS_ORDER, STATUSES, status_words
from tracker.analysis.trajectory_drawing import DatedValue, Scale, trajectory_drawing
from tracker.common.formats import quarter_end, show_date, show_quarter, show_value

__all__ = [
    "Chart",
    "DatedLevel",
    "QuarterValue",
    "StatusGroup",
    "sparkline",
    "status_bars",
    "status_finding",
    "trajectory_chart",
]


@dataclass(frozen=True)
class QuarterValue:
    """The value as of the end of a quarter (``2021-Q3``); None where there is none, which leaves a gap."""

    period: str
    value: Decimal | None


@dataclass(frozen=True)
class StatusGroup:
    """One bar: a priority or objective, and how many of its indicators have which status."""

    code: str
    title: str
    counts: Mapping[str, int]


def trajectory_chart(
    *,
    name: str,
    unit: str,
    scope: str,
    as_of: str,
    measure: str,
    values: Sequence[QuarterValue],
    trajectory: Sequence[DatedLevel] = (),
    targets: Sequence[DatedLevel] = (),
    baseline: DatedLevel | None = None,
    expected: Decimal | None = None,
    status: str | None = None,
    decimals: int = 0,
    stages: Sequence[str] = (),
    for_phones: bool = False,
) -> Chart:
    """An indicator's value over the quarters, against where it was to be; ``for_phones``: drawn narrow as well.

    ``values`` are what was counted up to each quarter, in order; ``trajectory`` the corners of the planned
    line; ``expected`` its level at ``as_of`` (a quarter's code). ``baseline`` is left out for flows, which
    start from 0. ``measure``, ``decimals`` and ``stages`` are the indicator's; percentages are fractions;
    stages and yes/no are planned as a stair.
    """

    def show(level: Decimal | None) -> str:
        return show_value(level, measure=measure, decimals=decimals, stages=stages)

    judged = DatedLevel(quarter_end(as_of), expected) if expected is not None else None
    latest = next((item for item in reversed(values) if item.value is not None), None)
    title = _finding(
        value=show(latest.value) if latest else None,
        value_of=latest.period if latest else None,
        expected=show(expected) if judged else None,
        as_of=as_of,
        status=status,
    )
    when = _("as of %(quarter)s") % {"quarter": show_quarter(as_of)}
    subtitle = [name, " · ".join(part for part in (unit, scope, when) if part)]

    rows = [(_("Baseline"), show_date(baseline.date), show(baseline.level))] if baseline else []
    rows += [(_("Reported"), show_quarter(item.period), show(item.value)) for item in values]
    if judged:
        rows.append((_("Expected"), show_quarter(as_of), show(judged.level)))
    rows += [(_("Target"), show_date(target.date), show(target.level)) for target in targets]

    def draw(width: int) -> alt.LayerChart:
        return trajectory_drawing(
            series=[DatedValue(quarter_end(item.period), item.value) for item in values],
            trajectory=trajectory,
            targets=targets,
            baseline=baseline,
            expected=judged,
            show=show,
            scale=Scale(measure=measure, whole=decimals == 0, stages=tuple(stages)),
            width=width,
        )

    spoken = [_("Line chart. %(finding)s") % {"finding": title}, " ".join(subtitle)]
    spoken += [f"{what}, {date}: {level}" for what, date, level in rows]
    return make_chart(
        drawing=draw(WIDTH),
        title=title,
        subtitle=subtitle,
        alt_text=". ".join(spoken) + ".",
        columns=(_("What"), _("When"), _("Level")),
        rows=rows,
        narrow=draw(NARROW) if for_phones else None,
    )


def _finding(
    *, value: str | None, value_of: str | None, expected: str | None, as_of: str, status: str | None
) -> str:
    if value is None:
        return _("Nothing has been reported yet")
    parts = {"value": value, "expected": expected, "quarter": show_quarter(as_of)}
    if value_of != as_of:
        # An old value is not passed off as the one of this quarter.
        finding = _("No value for %(quarter)s; the last one was %(value)s in %(last)s") % {
            **parts,
            "last": show_quarter(value_of),
        }
    elif expected is None:
        finding = _("%(value)s by %(quarter)s") % parts
    else:
        finding = _("%(value)s by %(quarter)s, %(expected)s expected") % parts
    return f"{finding}: {status_words(status).lower()}" if status else finding


def status_bars(*, groups: Sequence[StatusGroup], scope: str, as_of: str, title: str = "") -> Chart:
    """How many indicators of each priority have which status: one stacked bar each, with the counts.

    ``as_of`` is a quarter's code. Without a ``title`` the chart says what it finds. A priority without
    indicators says so instead of showing an empty bar.
    """
    counts = {code: sum(group.counts.get(code, 0) for group in groups) for code in STATUS_ORDER}
    title = title or status_finding(counts)
    subtitle = [
        " · ".join(
            (_("Indicators by status"), scope, _("as of %(quarter)s") % {"quarter": show_quarter(as_of)})
        )
    ]
    present = [code for code in STATUS_ORDER if any(group.counts.get(code) for group in groups)]
    columns = [_("Priority"), *(str(STATUSES[code].word) for code in present), _("All")]
    rows = [
        [
            f"{group.code} {group.title}",
            *(str(group.counts.get(code, 0)) for code in present),
            str(sum(group.counts.values())),
        ]
        for group in groups
    ]
    spoken = [_("Stacked bars. %(finding)s") % {"finding": title}, *subtitle]
    spoken += [f"{group.code} {group.title}: {_in_words(group.counts)}" for group in groups]
    return make_chart(
        drawing=status_drawing(
            bars=[Bar(group.code, group.title, group.counts) for group in groups],
            words={code: str(STATUSES[code].word) for code in present},
            nothing=_("No indicators"),
            total=_indicators,
        ),
        title=title,
        subtitle=subtitle,
        alt_text=". ".join(spoken) + ".",
        columns=columns,
        rows=rows,
    )


def status_finding(counts: Mapping[str, int]) -> str:
    """What the numbers of indicators by status say, in one sentence without a full stop."""
    total = sum(counts.get(code, 0) for code in JUDGED)
    if not total:
        return _("No indicator can be judged yet")
    return ngettext(
        "%(good)s of %(total)s indicator that can be judged is achieved or on track",
        "%(good)s of %(total)s indicators that can be judged are achieved or on track",
        total,
    ) % {"good": counts.get("achieved", 0) + counts.get("on_track", 0), "total": total}


def _indicators(count: int) -> str:
    return ngettext("%(count)s indicator", "%(count)s indicators", count) % {"count": count}


def _in_words(counts: Mapping[str, int]) -> str:
    named = [
        f"{counts[code]} {str(STATUSES[code].word).lower()}" for code in STATUS_ORDER if counts.get(code)
    ]
    return ", ".join(named) or _("No indicators").lower()
