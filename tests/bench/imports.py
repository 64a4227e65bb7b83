"""What an import costs: a large workbook of approved progress, read, checked, compared and saved with history.

A row is one result with eight columns (indicator, mission, period, value, numerator, denominator,
not_applicable, comment); a second workbook has ten cells of a breakdown beside each. The base is 300
indicators, 20 missions and 20 quarters. *Bare* is reading the same bytes with python-calamine and copying the
rows into an empty table like that of the results: the same columns, checks, indexes and references, no history.
What COPY into one without references takes is told beside it.
"""

import io
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path
from typing import Any

import tablib
import xlsxwriter
from django.db import connection, transaction
from import_export import fields, resources, widgets
from python_calamine import CalamineWorkbook

from tests import stage
from tests.bench.measuring import Limit, Line, medians, seconds_of
from tracker.access.choices import Role
from tracker.access.models import User
from tracker.batches.services import apply_batch, check_file, plan_file
from tracker.framework.models import Cell, Indicator, IndicatorBreakdown
from tracker.imports.registry import KINDS
from tracker.progress.models import (
    CellValue,
    IndicatorAssignment,
    IndicatorResult,
    ProgressReport,
    ReportingPeriod,
    ReportRevision,
    ReviewEvent,
)
from tracker.region.models import Country, Mission

ROWS = 100_000
STOCK_ROWS = 1_000
PREVIEW_ROWS = 1_000
INDICATORS, MISSIONS = 300, 20
CELLS = [f"{sex}-{age}" for sex in ("female", "male") for age in ("0-4", "5-17", "18-29", "30-59", "60")]

Key = tuple[str, str, str]


# -- The base and the workbooks ------------------------------------------------------------------------
def prepare() -> User:
    """Missions, indicators with a breakdown of ten cells, and everything assigned to everybody."""
    strategy = stage.make_strategy()
    stage.make_missions()
    wanted = MISSIONS - Mission.objects.exclude(code="ROV").count()
    for number in range(wanted):
        code = f"{chr(65 + number)}Z"
        country = Country.objects.create(
            iso2=code, iso3=f"{code}Z", name=code, source_name=code, subregion="central_asia", source="bench"
        )
        Mission.objects.create(
            code=code, name=code, kind="country", country=country, time_zone="Europe/Vienna", source="bench"
        )
    make_bare_tables()
    breakdown = stage.make_breakdown("who", cells=CELLS)
    for number in range(INDICATORS):
        indicator = stage.make_indicator(f"SP1-O1-I{number + 1}")
        IndicatorBreakdown.objects.create(indicator=indicator, breakdown=breakdown)
    IndicatorAssignment.objects.bulk_create(
        IndicatorAssignment(indicator=indicator, mission=mission, active_from=strategy.starts_on)
        for indicator, mission in product(Indicator.objects.all(), Mission.objects.exclude(code="ROV"))
    )
    return stage.make_person("administrator", Role.ADMINISTRATOR)


def keys() -> Iterator[Key]:
    """Indicator, mission and period of each row: whole reports, one after the other."""
    missions = Mission.objects.exclude(code="ROV").values_list("code", flat=True)
    periods = ReportingPeriod.objects.values_list("code", flat=True)
    indicators = Indicator.objects.values_list("code", flat=True)
    return ((i, m, p) for p, m, i in product(list(periods), list(missions), list(indicators)))


HEADER = ["indicator", "mission", "period", "value", "numerator", "denominator", "not_applicable", "comment"]


def make_workbook(*, rows: int, cells: bool = False) -> bytes:
    """The progress workbook; one comment in five is its own, as people write them."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADER + [f"who:{cell}" for cell in CELLS] * cells)
    for number, (indicator, mission, period) in enumerate(islice(keys(), rows), start=1):
        sheet.write_row(number, 0, [indicator, mission, period, number % 9973 + 100])
        sheet.write_string(number, 7, f"note {number}" if number % 5 == 0 else "as planned")
        if cells:
            sheet.write_row(number, 8, [number % 7 + offset for offset in range(len(CELLS))])
    book.close()
    return buffer.getvalue()


# Ordinary tables with the columns, checks and indexes of results and cells, without history: ``loose`` ones, and
# ``bound`` ones in which each row's references are looked up too, as in every table of the program.
BARE = {"loose": "loose_cells", "bound": "bound_cells"}


def make_bare_tables() -> None:
    made = "".join(
        f"CREATE TABLE {results} (LIKE tracker_indicatorresult INCLUDING ALL);"
        f"CREATE TABLE {cells} (LIKE tracker_cellvalue INCLUDING ALL);"
        for results, cells in BARE.items()
    )
    references = {
        "bound": {
            "revision_id": "bare_reports",
            "indicator_id": "tracker_indicator",
            "batch_id": "bare_reports",
            "entered_by_id": "tracker_user",
        },
        "bound_cells": {"result_id": "bound", "cell_id": "tracker_cell"},
    }
    bound = "".join(
        f"ALTER TABLE {table} ADD FOREIGN KEY ({column}) REFERENCES {other} DEFERRABLE INITIALLY DEFERRED;"
        for table, columns in references.items()
        for column, other in columns.items()
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE bare_reports (id bigint PRIMARY KEY);"
            f"INSERT INTO bare_reports SELECT generate_series(1, {ROWS // INDICATORS + 1});{made}{bound}"
        )


# -- The two sides -------------------------------------------------------------------------------------
def read_and_copy(data: bytes, user: User, *, into: str) -> None:
    """The bare cost: calamine, and one COPY of what it gives."""
    indicators = list(Indicator.objects.values_list("pk", flat=True))
    cells = list(Cell.objects.values_list("pk", flat=True))
    grid = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    wide = len(grid[0]) > len(HEADER)
    with transaction.atomic(), connection.cursor() as cursor:
        with cursor.copy(
            f"COPY {into} (id, revision_id, indicator_id, value, numerator, denominator, comment, not_applicable, "
            "covers, origin, batch_id, entered_by_id, is_copy, held_back, version) FROM STDIN"
        ) as copy:
            for number, row in enumerate(grid[1:]):
                revision, place = divmod(number, INDICATORS)
                amount = row[3], row[4] or None, row[5] or None
                what = (number, revision + 1, indicators[place], *amount, row[7], False, 1)
                copy.write_row((*what, "historical", 1, user.pk, False, False, 1))
        if wide:
            with cursor.copy(f"COPY {BARE[into]} (result_id, cell_id, value) FROM STDIN") as copy:
                for number, row in enumerate(grid[1:]):
                    for cell, value in zip(cells, row[8:], strict=True):
                        copy.write_row((number, cell, value))


def load(data: bytes, user: User, *, rows: int) -> None:
    """What an administrator does: upload, look at the preview, save; here, and not in a job."""
    kind = KINDS["history"]
    checked = check_file(
        kind=kind, data=data, filename="progress.xlsx", user=user, options={"source": "benchmark"}
    )
    assert checked.batch is not None
    assert not checked.plan.errors, checked.plan.errors[:3]
    apply_batch(kind=kind, batch=checked.batch, digest=checked.batch.plan_digest, user=user, at_once=True)
    found = IndicatorResult.objects.count()
    assert found == rows, found


def forget_progress() -> None:
    """Empty the tables of progress with their history, and the bare ones, so that every round begins the same."""
    tables = [
        model._meta.db_table
        for tracked in (CellValue, IndicatorResult, ReviewEvent, ReportRevision, ProgressReport)
        for model in (tracked, tracked.pgh_event_model)  # type: ignore[attr-defined]
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join([*tables, *BARE, *BARE.values()])} CASCADE")


class RevisionWidget(widgets.Widget):
    """Finds the draft of a row's mission and period, begun if there is none."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> ReportRevision:
        period = ReportingPeriod.objects.get(code=row["period"])
        mission = Mission.objects.get(code=row["mission"])
        report, _made = ProgressReport.objects.get_or_create(mission=mission, period=period)
        revision, _made = ReportRevision.objects.get_or_create(report=report, number=1)
        return revision


class StockResource(resources.ModelResource):
    """django-import-export as its documentation shows it: a ModelResource, row by row."""

    indicator = fields.Field("indicator", "indicator", widgets.ForeignKeyWidget(Indicator, "code"))
    revision = fields.Field("revision", "period", RevisionWidget())

    class Meta:
        model = IndicatorResult
        fields = ("indicator", "revision", "value", "numerator", "denominator", "comment")
        import_id_fields = ("revision", "indicator")
        skip_unchanged = True


def load_by_stock(data: bytes, *, rows: int) -> None:
    """Dry run, then commit, as its admin does."""
    dataset = tablib.Dataset().load(data, format="xlsx")
    for dry_run in (True, False):
        result = StockResource().import_data(dataset, dry_run=dry_run, use_transactions=True)
        assert not result.has_errors()
        assert not result.has_validation_errors()
    assert IndicatorResult.objects.count() == rows


# -- The lines -----------------------------------------------------------------------------------------
def lines() -> list[Line | Limit]:
    user = prepare()
    try:
        return measure(user)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE {', '.join([*BARE.values(), *BARE, 'bare_reports'])}")


def measure(user: User) -> list[Line | Limit]:
    found: list[Line | Limit] = []
    narrow, wide = make_workbook(rows=ROWS), make_workbook(rows=ROWS, cells=True)
    for name, data, rounds in (("eight columns", narrow, 3), ("ten cells more", wide, 1)):
        ours, bound, loose = medians(
            lambda data=data: load(data, user, rows=ROWS),  # type: ignore[misc]
            lambda data=data: read_and_copy(data, user, into="bound"),  # type: ignore[misc]
            lambda data=data: read_and_copy(data, user, into="loose"),  # type: ignore[misc]
            rounds=rounds,
            after=forget_progress,
        )
        what = f"Import of {ROWS:,} results, {name}: checked, previewed, saved with history"
        copied = "reading the file with calamine and one COPY"
        found.append(Line(what, ours, f"{copied} into a table with the same references", bound, allowed=5))
        found.append(Line(what, ours, f"{copied} into one without references", loose, allowed=8))
    few = make_workbook(rows=STOCK_ROWS)
    ours = seconds_of(lambda: load(few, user, rows=STOCK_ROWS))
    forget_progress()
    stock = seconds_of(lambda: load_by_stock(few, rows=STOCK_ROWS))
    forget_progress()
    found.append(
        Line(
            name=f"Import of {STOCK_ROWS:,} results, checked, previewed, saved with history",
            seconds=ours,
            base="django-import-export's own row-by-row resource",
            base_seconds=stock,
            allowed=1 / 20,
        )
    )
    some = make_workbook(rows=PREVIEW_ROWS)
    kind = KINDS["history"]
    preview = seconds_of(
        lambda: plan_file(kind=kind, data=some, filename="p.xlsx", user=user, options={"source": "benchmark"})
    )
    found.append(Limit(f"Preview of a {PREVIEW_ROWS:,}-row file", preview, "s", most=2))
    found.append(
        Limit(f"Memory of an import of {ROWS:,} results, at its peak", peak_of(narrow, user), "MB", most=600)
    )
    return found


# What a process of its own does to be measured: the whole way of a workbook, in the database of this one.
# (Its ru_maxrss would begin with the memory of this one, from which it was forked.)
_IN_A_PROCESS = """
import re, sys
import django
django.setup()
from tests.bench.imports import ROWS, load
from tracker.access.models import User
load(open(sys.argv[1], "rb").read(), User.objects.get(pk=int(sys.argv[2])), rows=ROWS)
print(re.search(r"VmHWM:\\s+(\\d+) kB", open("/proc/self/status").read())[1])
"""


def peak_of(data: bytes, user: User) -> float:
    """The most memory, in MB, that a process of its own needs to load the workbook."""
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(data)
        file.flush()
        done = subprocess.run(
            [sys.executable, "-c", _IN_A_PROCESS, file.name, str(user.pk)],
            capture_output=True,
            text=True,
            check=True,
            cwd=Path(__file__).parents[2],
        )
    forget_progress()
    return int(done.stdout) / 1024
