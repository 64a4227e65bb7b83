"""Small files for the tests of imports, and the state of the tables around them."""

import csv
import io
from collections.abc import Collection
from typing import Any

import xlsxwriter
from django.apps import apps
from django.db import connection
from django.db.models import Model

from tracker.batches.lines import render
from tracker.batches.models import ImportBatch
from tracker.batches.plans import Plan
from tracker.batches.services import Checked, apply_batch, check_file, plan_file, plan_undo, undo_batch
from tracker.batches.undos import UndoPlan
from tracker.imports.registry import KINDS


def csv_of(header: str, *rows: str) -> bytes:
    """A CSV file; cells are parted by commas, as typed."""
    return "\n".join([header, *rows]).encode()


def csv_of_rows(header: list[str], rows: list[list[Any]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header, *rows])
    return out.getvalue().encode()


def xlsx_of(header: list[str], rows: list[list[Any]], *, percent: tuple[str, ...] = ()) -> bytes:
    """An Excel file; cells of the ``percent`` columns are formatted as percentages, as Excel keeps them."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        as_percent = book.add_format({"num_format": "0 %"})
        sheet.write_row(0, 0, header)
        for number, row in enumerate(rows, start=1):
            for place, value in enumerate(row):
                sheet.write(number, place, value, as_percent if header[place] in percent else None)
    return out.getvalue()


def xlsx_of_sheets(sheets: dict[str, list[list[Any]]]) -> bytes:
    """An Excel file with these sheets, each a list of rows."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return out.getvalue()


def check(
    kind: str,
    data: bytes,
    *,
    user: Any = None,
    filename: str = "sheet.csv",
    reading: dict[str, Any] | None = None,
    **options: Any,
) -> Checked:
    """Check a file and keep it on a batch."""
    return check_file(
        kind=KINDS[kind], data=data, filename=filename, user=user, options=options, reading=reading
    )


def look(kind: str, data: bytes, *, user: Any = None, filename: str = "sheet.csv", **options: Any) -> Checked:
    """Check a file and keep nothing."""
    return plan_file(kind=KINDS[kind], data=data, filename=filename, user=user, options=options)


def load(kind: str, data: bytes, *, user: Any = None, filename: str = "sheet.csv", **options: Any) -> Plan:
    """Check a file that has no errors, and save it: what its preview showed."""
    checked = check(kind, data, user=user, filename=filename, **options)
    assert not checked.plan.errors, checked.plan.errors
    batch = checked.batch
    assert batch is not None
    plan = apply_batch(kind=KINDS[kind], batch=batch, digest=batch.plan_digest, user=user, at_once=True).plan
    assert plan is not None
    return plan


def save(
    kind: str, data: bytes, *, user: Any = None, filename: str = "sheet.csv", **options: Any
) -> ImportBatch:
    """The same, and the batch as it is then."""
    load(kind, data, user=user, filename=filename, **options)
    return ImportBatch.objects.latest("pk")


def undo(batch: ImportBatch, *, user: Any, reason: str = "The wrong file") -> UndoPlan:
    """Take back what a file saved."""
    return undo_batch(batch=batch, kind=KINDS[batch.kind], user=user, reason=reason)


def conflicts(batch: ImportBatch) -> list[tuple[str, str, str]]:
    """What stands in the way of taking a file back: what, why, by whom."""
    found = plan_undo(batch=batch, kind=KINDS[batch.kind]).conflicts
    return [(each.what, each.why, each.by) for each in found]


def content_of(*models: type[Model], but: Collection[str] = ()) -> dict[str, list[dict[str, Any]]]:
    """All rows of these tables, some columns aside."""
    return {
        model.__name__: [
            {name: value for name, value in row.items() if name not in but}
            for row in model._default_manager.order_by("pk").values()
        ]
        for model in models
    }


def counts(plan: Plan) -> dict[str, int]:
    """How many rows are new, changed and unchanged."""
    return {name: plan.count(name) for name in ("new", "changed", "unchanged")}


def digest_of(plan: Plan) -> str:
    """What two plans share when both show the same."""
    return render(plan=plan, batch_id=1).digest


def messages(checked: Checked) -> list[tuple[int | None, str | None, str]]:
    """Row, column and sentence of every error."""
    return [(error.row, error.column, error.message) for error in checked.plan.errors]


def state_of_tables(*, but: Collection[type[Model]] = ()) -> dict[str, tuple[int, str | None]]:
    """Rows and checksum of every table of ours but those of imports: equal where nothing was saved.

    With ``but``, these tables are left out too, and all tables of history.
    """
    asked = []
    for model in apps.get_app_config("tracker").get_models():
        table = model._meta.db_table
        if "importbatch" in table or "importline" in table:
            continue
        if but and (model in but or hasattr(model, "pgh_tracked_model")):
            continue
        asked.append(
            f"SELECT '{table}', count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} t"
        )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        return {table: (count, checksum) for table, count, checksum in cursor.fetchall()}
