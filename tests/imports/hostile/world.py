"""The small world that the files are about, and what it holds, read plainly from its tables.

SP1-O1-I1 is a level with two decimals, SP1-O1-I2 a percentage, SP1-O1-I3 people counted by sex and added up,
SP1-O1-I4 a yes or no. Kyrgyzstan (KG) reports on all of them, Tajikistan (TJ) on I1 to I3. What holds before any
file comes: two baselines and one target of Kyrgyzstan, its approved report of Q1 2020, and a draft of today's.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from tests import stage
from tracker.access.models import User
from tracker.progress.models import (
    Baseline,
    CellValue,
    IndicatorAssignment,
    IndicatorResult,
    ReportingPeriod,
    ReportRevision,
    Target,
)
from tracker.region.models import Mission

# What is held, as people know it: by key ("SP1-O1-I1 / KG"), then by column.
Held = dict[str, dict[str, str]]
EMPTY = ""


def make_world(
    missions: dict[str, Mission], open_period: ReportingPeriod, *, reporter: User, officer: User
) -> None:
    kg, tj = missions["KG"], missions["TJ"]
    level = stage.make_indicator("SP1-O1-I1", period_rule="latest", counts="stock", unit="places", decimals=2)
    share = stage.make_indicator(
        "SP1-O1-I2", measure="percentage", period_rule="latest", unit="%", decimals=1
    )
    people = stage.make_indicator("SP1-O1-I3", sensitive=True)
    law = stage.make_indicator(
        "SP1-O1-I4", measure="yes_no", period_rule="latest", mission_rule="count_at_least", threshold=1
    )
    stage.ask_by_sex(people)
    stage.assign(level, kg, tj)
    stage.assign(share, kg, tj)
    stage.assign(people, kg, tj)
    stage.assign(law, kg)
    moment = timezone.now()
    Baseline.objects.create(
        indicator=level, mission=kg, value=1000, date=date(2019, 12, 31), source="Survey 2019",
        recorded_at=moment, recorded_by=officer,
    )  # fmt: skip
    Baseline.objects.create(
        indicator=share, mission=kg, value=Decimal("0.4"), date=date(2019, 12, 31), source="Survey 2019",
        recorded_at=moment, recorded_by=officer,
    )  # fmt: skip
    Target.objects.create(
        indicator=people, mission=kg, due_on=date(2022, 12, 31), value=500, basis="to_date", given=500,
        recorded_at=moment, recorded_by=officer,
    )  # fmt: skip
    stage.approve(kg, "2020-Q1", {people: 10, level: 900}, reporter=reporter, officer=officer)


def read_held(kind: str) -> Held:
    """What a kind's tables hold now, as its sheet writes it."""
    return {
        "baselines": _read_baselines,
        "targets": _read_targets,
        "history": _read_approved,
        "progress": _read_drafts,
    }[kind]()


def lay_over(held: Held, lines: Iterable[Any]) -> Held:
    """What is held once the lines that a preview showed are laid over it. Each old value has to be what is held."""
    after = {key: dict(cells) for key, cells in held.items()}
    for line in lines:
        cells = after.setdefault(line.key, {})
        for name, old, new in line.cells:
            if name.endswith(" to_date"):
                continue  # the running total that the amount beside it was worked out from
            assert cells.get(name, EMPTY) == (old or EMPTY), (line.key, name, old, cells)
            cells[name] = new
    return _without_empty(after)


def _read_baselines() -> Held:
    held: Held = {}
    for found in Baseline.objects.filter(withdrawn_at__isnull=True).select_related("indicator", "mission"):
        is_share = found.indicator.measure == "percentage"
        held[_key(found.indicator.code, found.mission and found.mission.code)] = {
            "baseline_value": _write(
                found.value * 100 if is_share and found.value is not None else found.value
            ),
            "baseline_numerator": _write(found.numerator),
            "baseline_denominator": _write(found.denominator),
            "baseline_date": _write(found.date),
            "baseline_source": found.source,
            "note": found.note,
        }
    for found in IndicatorAssignment.objects.filter(withdrawn_at__isnull=True).select_related(
        "indicator", "mission"
    ):
        key = _key(found.indicator.code, found.mission.code)
        held.setdefault(key, {}).update(
            active_from=_write(found.active_from), active_to=_write(found.active_to)
        )
    return _without_empty(held)


def _read_targets() -> Held:
    held: Held = {}
    for found in Target.objects.filter(withdrawn_at__isnull=True).select_related("indicator", "mission"):
        cells = held.setdefault(_key(found.indicator.code, found.mission and found.mission.code), {})
        due = found.due_on.isoformat()
        is_share = found.indicator.measure == "percentage"
        cells |= {
            f"{due}: level": _write(found.value * 100 if is_share else found.value),
            f"{due}: basis": found.basis,
            f"{due}: given": _write(found.given),
        }
    return _without_empty(held)


def _read_approved() -> Held:
    latest: dict[int, ReportRevision] = {}
    for revision in ReportRevision.objects.filter(status="approved", withdrawn_at__isnull=True).order_by(
        "number"
    ):
        latest[revision.report_id] = revision
    return _read_results(latest.values())


def _read_drafts() -> Held:
    return _read_results(ReportRevision.objects.filter(status__in=["draft", "returned"]))


def _read_results(revisions: Iterable[ReportRevision]) -> Held:
    held: Held = {}
    results = IndicatorResult.objects.filter(revision__in=list(revisions)).select_related(
        "indicator", "revision__report__mission", "revision__report__period"
    )
    for found in results:
        value = found.value
        name = "value"
        if found.indicator.measure == "percentage" and value is not None:
            value *= 100
        report = found.revision.report
        cells = {
            name: _write(value),
            "numerator": _write(found.numerator),
            "denominator": _write(found.denominator),
            "not_applicable": "yes" if found.not_applicable else EMPTY,
            "comment": found.comment,
        }
        for part in CellValue.objects.filter(result=found).select_related("cell__breakdown"):
            cells[f"{part.cell.breakdown.code}:{part.cell.code}"] = _write(part.value)
        period = _name_period(report.period.code, found.covers)
        held[f"{found.indicator.code} / {report.mission.code} / {period}"] = cells
    return _without_empty(held)


def _name_period(code: str, covers: int) -> str:
    year, quarter = code.split("-Q")
    return {1: code, 2: f"{year}-H{int(quarter) // 2}", 4: year}[covers]


def _key(indicator: str, mission: str | None) -> str:
    return f"{indicator} / {mission or 'REGION'}"


def _write(value: Decimal | date | None) -> str:
    """A value as a person writes it: no trailing zeros, dates as 2019-12-31."""
    if value is None:
        return EMPTY
    if isinstance(value, date):
        return value.isoformat()
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _without_empty(held: Held) -> Held:
    cleaned = {key: {name: text for name, text in cells.items() if text} for key, cells in held.items()}
    return {key: cells for key, cells in cleaned.items() if cells}
