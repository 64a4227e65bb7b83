"""The SQL of the figures, put together once, and what it is given.

It lies in `sql/`, one file a step: what is asked (questions), which results count (results), what they come to
over periods (values), baselines and targets (plans), one mission (missions), its region (regions), and the
status of both (standings); in the period, in the year and to date (flows), of missions and the region (totals); the
results that a value is made of (made_of), with their cells (cells) and one by one (rows); all values over the
periods (series); what stands beside the boxes of a report (beside).
"""

from collections.abc import Collection
from datetime import datetime
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

from tracker.framework.models import Strategy
from tracker.progress.models import ReportingPeriod

SQL = Path(__file__).parent / "sql"


def asked_of(
    strategy: Strategy,
    periods: Collection[ReportingPeriod | int],
    indicators: Collection[int] | None,
    missions: Collection[int] | None,
    provisional: bool,
    known_on: datetime | None,
    drafts: Collection[int] = (),
    *,
    read_to: int = 0,
) -> dict[str, Any]:
    """The parameters of every statement. `drafts` are revisions that count although they are not handed in;
    results are read up to what is judged, and up to the period `read_to`."""
    return {
        "strategy": strategy.pk,
        "periods": sorted({number_of(period) for period in periods}),
        "indicators": None if indicators is None else list(indicators),
        "missions": None if missions is None else list(missions),
        "provisional": provisional,
        "known_on": known_on or "infinity",
        "drafts": list(drafts),
        "read_to": read_to,
    }


def number_of(period: ReportingPeriod | int) -> int:
    """The period as the statements know it: year * 4 + quarter - 1."""
    return period if isinstance(period, int) else period.number


def _read(name: str, **expressions: str) -> str:
    return Template((SQL / f"{name}.sql").read_text()).substitute(expressions).strip()


def _period_of(day: str) -> str:
    return f"(date_part('year', {day})::int * 4 + (date_part('month', {day})::int - 1) / 3)"


def _reached(level: str, *, of: str, direction: str) -> str:
    return _read(
        "reached", level=level, baseline=f"{of}.baseline", target=f"{of}.target", direction=direction
    )


def _weighed(level: str) -> str:
    return _read("weighed", level=level, reached=_reached(level, of="m", direction="q.direction"))


@cache
def _steps() -> dict[str, str]:
    """The steps by name, each one or more common table expressions that build on those before."""
    on_judged = _read("level_on", day="l.judged_on")
    return {
        "questions": _read(
            "questions",
            period_of_start=_period_of("s.starts_on"),
            period_of_begin=_period_of("b.begins_on"),
            period_of_end=_period_of("a.active_to"),
        ),
        "results": _read("results"),
        "values": _read("values"),
        "plans": _read("plans"),
        "missions": _read(
            "missions", level_on_judged=on_judged, level_on_end=_read("level_on", day="l.active_to")
        ),
        "regions": _read(
            "regions",
            level_on_judged=on_judged,
            weighed_value=_weighed("m.value"),
            weighed_level=_weighed("k.level"),
            weighed_baseline=_weighed("m.baseline"),
            weighed_expected=_weighed("m.expected"),
            weighed_target=_weighed("m.target"),
        ),
        "standings": _read(
            "standings",
            reached=_read(
                "reached",
                level="t.compared_value",
                baseline="t.baseline",
                target="t.target",
                direction="w.direction",
            ),
        ),
        "flows": _read("flows"),
        "totals": _read("totals"),
        "made_of": _read("made_of"),
        "cells": _read("cells"),
        "rows": _read("rows"),
        "series": _read("series"),
        "beside": _read("beside"),
    }


@cache
def statement(*names: str) -> str:
    """These steps, the last of which selects."""
    return "WITH " + ",\n".join(_steps()[name] for name in names)
