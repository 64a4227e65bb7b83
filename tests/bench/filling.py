"""A strategy filled with what `invention` invents: indicators, plans, twenty quarters of reports, by COPY.

The strategy, its objectives and its missions are there already. Triggers are switched off, and indexes and
references made anew afterwards, which also looks every reference up: what lies here has no history.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db import connection, models, transaction

from tests.bench.copying import bare, copy, line
from tests.bench.invention import (
    NEEDS,
    NOTHING,
    QUARTERS,
    SEX_AND_AGE,
    STAGES,
    Amount,
    Given,
    InventedIndicator,
    InventedPair,
)
from tracker.framework.models import Breakdown, Cell, Indicator, IndicatorBreakdown, Objective, Strategy
from tracker.progress.models import (
    Baseline,
    CellValue,
    IndicatorAssignment,
    IndicatorResult,
    ProgressReport,
    ReportingPeriod,
    ReportRevision,
    ReviewEvent,
    Target,
)
from tracker.region.models import Mission

FILLED: tuple[type[models.Model], ...] = (
    IndicatorAssignment, Baseline, Target, ProgressReport, ReportRevision, ReviewEvent, IndicatorResult, CellValue,
)  # fmt: skip
RECORDED = "2020-01-01 00:00+00"
CORRECTED = 23
"""Every so many reports were reopened: a second revision says what the first said, with corrections."""
WITHDRAWN = 3
"""Every so many second revisions were withdrawn again."""


@dataclass(frozen=True)
class People:
    """Who reports and who approves, by id."""

    reporter: int
    officer: int


@dataclass(frozen=True)
class Revision:
    """A revision of the report of a mission and a quarter (places from 0), as it ended."""

    id: int
    report: int
    number: int
    mission: int
    quarter: int
    status: str
    is_withdrawn: bool = False


# -- The whole ----------------------------------------------------------------------------------------
@transaction.atomic
def fill(*, strategy: Strategy, indicators: int, people: People, cells_since: int = 0) -> None:
    """So many indicators, assigned to all country missions, with a result in every quarter of each, and with the
    cells of a result from a quarter on (its place from 0).

    Reports are approved, except those of the last quarter: of four missions one is approved, one submitted, and two
    are drafts.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    missions = list(
        Mission.objects.filter(country__isnull=False).order_by("code").values_list("pk", flat=True)
    )
    periods = list(ReportingPeriod.objects.filter(strategy=strategy).order_by("number")[:QUARTERS])
    invented = [InventedIndicator(number) for number in range(indicators)]
    ids = _make_indicators(strategy, invented)
    cells = _ask_for_cells(strategy, dict(zip(ids, invented, strict=True)))
    with bare(FILLED):
        _lay_plans(invented, ids, missions)
        revisions = list(_revisions(len(missions)))
        _lay_reports(revisions, missions, periods, people)
        _lay_results(revisions, invented, ids, cells, people, cells_since)
    with connection.cursor() as cursor:
        for model in FILLED:
            table = model._meta.db_table
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT coalesce(max(id), 1) FROM {table}))"
            )
            cursor.execute(f"ANALYZE {table}")
    # No trigger saw any of this: one write that is seen raises the version of the data.
    strategy.save()


# -- Indicators and plans -----------------------------------------------------------------------------
def _make_indicators(strategy: Strategy, invented: Sequence[InventedIndicator]) -> list[int]:
    """Spread over the objectives; their ids, in the order of their numbers."""
    objectives = list(Objective.objects.filter(strategy=strategy).order_by("priority__order", "order"))
    rows = []
    for one in invented:
        place, round_ = one.number % len(objectives), one.number // len(objectives)
        measure, period_rule, mission_rule = one.rules
        rows.append(
            Indicator(
                strategy=strategy,
                objective=objectives[place],
                code=f"{objectives[place].code}-I{round_ + 1}",
                order=round_ + 1,
                name=f"What is reported as number {one.number + 1} of many",
                unit="persons" if measure == "number" else measure,
                level=("output", "outcome", "output", "impact")[one.number % 4],
                measure=measure,
                direction=one.direction,
                period_rule=period_rule,
                mission_rule=mission_rule,
                frequency=one.frequency,
                threshold=one.threshold,
                counts="people" if one.is_flow else "stock",
                stages=list(STAGES) if measure == "stage" else [],
                decimals=1 if measure == "percentage" else 0,
                definition=f"Counted as the guide says under {one.number + 1}.",
            )
        )
    return [row.pk for row in Indicator.objects.bulk_create(rows)]


def _ask_for_cells(strategy: Strategy, indicators: dict[int, InventedIndicator]) -> list[int]:
    """The ids of the cells: sex and age, then needs. Indicators that have cells ask for both."""
    ids = []
    for code, exclusive, patterns in (("sex-age", True, SEX_AND_AGE), ("needs", False, NEEDS)):
        breakdown = Breakdown.objects.create(strategy=strategy, code=code, name=code, exclusive=exclusive)
        made = Cell.objects.bulk_create(
            Cell(breakdown=breakdown, code=f"c{place}", name=f"Part {place}", order=place)
            for place in range(len(patterns[0]))
        )
        ids += [cell.pk for cell in made]
        IndicatorBreakdown.objects.bulk_create(
            IndicatorBreakdown(indicator_id=pk, breakdown=breakdown)
            for pk, one in indicators.items()
            if one.has_cells
        )
    return ids


def _written(amount: Amount) -> tuple[object, object, object]:
    if amount.value is not None and amount.is_share:
        return amount.value / 10_000, None, None
    return amount.value, amount.numerator, amount.denominator


def _lay_plans(invented: Sequence[InventedIndicator], ids: Sequence[int], missions: Sequence[int]) -> None:
    pairs = [
        (pk, mission, InventedPair(one, place))
        for one, pk in zip(invented, ids, strict=True)
        for place, mission in enumerate(missions)
    ]
    copy(
        IndicatorAssignment,
        "indicator_id, mission_id, active_from, active_to, recorded_at, reason",
        (line(pk, mission, pair.active_from, pair.active_to, RECORDED, "") for pk, mission, pair in pairs),
    )
    baselines = (
        line(pk, mission, *_written(pair.baseline()), pair.baseline_date, RECORDED, "", "", "")
        for pk, mission, pair in pairs
        if pair.knows_baseline
    )
    regional = (
        line(pk, None, 2 if one.counts_missions else _share(one, 40), None, None, None, RECORDED, "", "", "")
        for one, pk in zip(invented, ids, strict=True)
        if one.has_regional_baseline
    )
    columns = (
        "indicator_id, mission_id, value, numerator, denominator, date, recorded_at, reason, source, note"
    )
    copy(Baseline, columns, (*baselines, *regional))
    targets = (
        line(
            pk,
            mission,
            due,
            _share(one, level) if one.rules[0] == "percentage" else level,
            RECORDED,
            "",
            "to_date",
        )
        for pk, mission, pair in pairs
        for one in [pair.indicator]
        for due, level in pair.targets()
    )
    of_region = (
        line(pk, None, date(year, 12, 31), level, RECORDED, "", "to_date")
        for one, pk in zip(invented, ids, strict=True)
        if one.has_regional_target
        for year, level in _regional_targets(one, len(missions))
    )
    columns = "indicator_id, mission_id, due_on, value, recorded_at, reason, basis"
    copy(Target, columns, (*targets, *of_region))


def _share(one: InventedIndicator, level: int) -> object:
    """A level of the region, or of a percentage in ten-thousandths, as the tables have it."""
    return (
        level / 10_000 if one.rules[0] == "percentage" else min(level, one.highest) if one.is_stage else level
    )


def _regional_targets(one: InventedIndicator, missions: int) -> list[tuple[int, object]]:
    """By the ends of 2022 and 2024."""
    if one.counts_missions:
        return [(2022, missions // 3), (2024, missions * 2 // 3)]
    times = missions if one.rules[2] == "sum" and one.rules[0] == "number" else 1
    lower, higher = (2500, 1200) if one.direction == "decrease" else (1200, 2500)
    return [(2022, _share(one, lower * times)), (2024, _share(one, higher * times))]


# -- Reports ------------------------------------------------------------------------------------------
def _revisions(missions: int) -> Iterator[Revision]:
    """Every mission's report of every quarter, one id after the other; some have two revisions."""
    made = 0
    for quarter in range(QUARTERS):
        for mission in range(missions):
            report = quarter * missions + mission + 1
            is_last = quarter == QUARTERS - 1
            status = ("draft", "submitted", "draft", "approved")[mission % 4] if is_last else "approved"
            made += 1
            yield Revision(made, report, 1, mission, quarter, status)
            if report % CORRECTED == 0 and not is_last:
                made += 1
                is_withdrawn = report // CORRECTED % WITHDRAWN == 0
                yield Revision(made, report, 2, mission, quarter, "approved", is_withdrawn)


def _lay_reports(
    revisions: Sequence[Revision], missions: Sequence[int], periods: Sequence[ReportingPeriod], people: People
) -> None:
    """Submitted two weeks after their quarter, approved three."""
    copy(
        ProgressReport,
        "id, mission_id, period_id",
        (line(v.report, missions[v.mission], periods[v.quarter].pk) for v in revisions if v.number == 1),
    )

    def days_after(revision: Revision, days: int) -> datetime:
        ended = datetime.combine(periods[revision.quarter].ends_on, time(12), tzinfo=UTC)
        return ended + timedelta(days=days + 60 * (revision.number - 1))

    rows, events = [], []
    for v in revisions:
        is_in, is_approved = v.status != "draft", v.status == "approved"
        rows.append(
            line(
                *(v.id, v.report, v.number, v.status, "entered", ""),
                *("f", days_after(v, 10), people.reporter),
                *(days_after(v, 14) if is_in else None, people.reporter if is_in else None),
                *(days_after(v, 21) if is_approved else None, people.officer if is_approved else None),
                *((days_after(v, 40), people.officer, "a mistake") if v.is_withdrawn else (None, None, "")),
            )
        )
        steps = [
            ("start", "", "draft", 10),
            ("submit", "draft", "submitted", 14),
            ("approve", "submitted", "approved", 21),
        ]
        for step, old, new, days in steps[: 1 + is_in + is_approved]:
            actor = people.officer if step == "approve" else people.reporter
            events.append(line(v.id, step, old, new, "", actor, days_after(v, days)))
    copy(
        ReportRevision,
        "id, report_id, number, status, origin, source, on_behalf, created_at, created_by_id, submitted_at, "
        "submitted_by_id, approved_at, approved_by_id, withdrawn_at, withdrawn_by_id, withdrawn_reason",
        rows,
    )
    copy(ReviewEvent, "revision_id, transition, from_status, to_status, comment, actor_id, at", events)


_STEPS = (
    ("start", "", "draft", 10),
    ("submit", "draft", "submitted", 14),
    ("approve", "submitted", "approved", 21),
)


def _lay_results(
    revisions: Sequence[Revision],
    invented: Sequence[InventedIndicator],
    ids: Sequence[int],
    cells: Sequence[int],
    people: People,
    cells_since: int,
) -> None:
    """Results and then their cells, indicator by indicator; a result's id follows from where it stands."""
    missions = max(v.mission for v in revisions) + 1

    def given() -> Iterator[tuple[int, int, Revision, InventedIndicator, Given]]:
        number = 0
        for one, pk in zip(invented, ids, strict=True):
            reported = [list(InventedPair(one, mission).reported()) for mission in range(missions)]
            for v in revisions:
                number += 1
                yield number, pk, v, one, _as_corrected(reported[v.mission][v.quarter], v, one)

    copy(
        IndicatorResult,
        "id, revision_id, indicator_id, value, numerator, denominator, not_applicable, comment, covers, origin, "
        "entered_by_id, entered_at, is_copy, held_back, version",
        (
            line(
                *(
                    number,
                    v.id,
                    pk,
                    *_written(said.amount),
                    "ft"[said.not_applicable],
                    said.comment,
                    1,
                    "entered",
                ),
                *(people.reporter, RECORDED, "f", "ft"[_is_held_back(v, one)], 1),
            )
            for number, pk, v, one, said in given()
        ),
    )
    copy(
        CellValue,
        "result_id, cell_id, value, numerator, denominator",
        (
            text
            for number, _pk, v, one, said in given()
            if one.has_cells
            and v.quarter >= cells_since
            and said.amount != NOTHING
            and not said.amount.is_share
            for text in _cell_lines(number, said.amount, cells)
        ),
    )


def _is_held_back(revision: Revision, one: InventedIndicator) -> bool:
    """Of a corrected report some results are not to count yet."""
    return revision.number == 2 and one.number % 11 == 3


def _as_corrected(said: Given, revision: Revision, one: InventedIndicator) -> Given:
    """What the second revision says; every seventh indicator was wrong."""
    if revision.number == 1 or one.number % 7 or not said.amount.value or one.is_stage:
        return said
    return Given(Amount(said.amount.value + 10, is_share=said.amount.is_share), comment="Counted again.")


def _cell_lines(result: int, amount: Amount, cells: Sequence[int]) -> list[str]:
    """The parts of an amount, as COPY takes them: written out, as there are millions of them."""
    shares = SEX_AND_AGE[result % len(SEX_AND_AGE)] + NEEDS[result % len(NEEDS)]
    if (value := amount.value) is not None:
        return [
            f"{result}\t{cell}\t{value * share // 1000}\t\\N\t\\N\n"
            for cell, share in zip(cells, shares, strict=True)
        ]
    n, d = amount.numerator or 0, amount.denominator or 0
    return [
        f"{result}\t{cell}\t\\N\t{n * share // 1000}\t{d * share // 1000}\n"
        for cell, share in zip(cells, shares, strict=True)
    ]
