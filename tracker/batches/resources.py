"""The edge to django-import-export: its Result objects, built from the outcomes of a file."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from import_export import resources, results

from .choices import LineOutcome
from .kinds import Column, Kind
from .models import ImportLine
from .plans import Change, Plan, show
from .services import load_file, plan_file

_IMPORT_TYPES: dict[str, str] = {
    "new": results.RowResult.IMPORT_TYPE_NEW,
    "changed": results.RowResult.IMPORT_TYPE_UPDATE,
    "unchanged": results.RowResult.IMPORT_TYPE_SKIP,
}


class _Field:
    """What import-export's pages ask of a field."""

    def __init__(self, column: Column) -> None:
        self.column_name = column.name
        self.help = column.help


class SetBasedResource(resources.Resource):
    """A kind as import-export sees it: whole files through one set-based service, never row by row."""

    kind: Kind

    @classmethod
    def of(cls, kind: Kind) -> type["SetBasedResource"]:
        """The resource of a kind."""
        return type(f"{kind.code.title()}Resource", (cls,), {"kind": kind})

    @classmethod
    def get_display_name(cls) -> str:
        return str(cls.kind.title)

    def get_user_visible_headers(self) -> list[str]:
        return [column.name for column in self.kind.columns]

    def get_user_visible_fields(self) -> list[_Field]:
        return [_Field(column) for column in self.kind.columns]

    def import_data(self, dataset: Any, dry_run: bool = False, **options: Any) -> Any:
        """Load a tablib dataset, all of it or nothing; ``user`` and ``file_name`` come as options."""
        do = plan_file if dry_run else load_file
        checked = do(
            kind=self.kind,
            data=dataset.export("csv").encode(),
            filename=f"{options.get('file_name') or self.kind.code}.csv",
            user=options.get("user"),
        )
        return result_of_plan(kind=self.kind, plan=checked.plan, rows=checked.rows)


def result_of_plan(*, kind: Kind, plan: Plan, rows: int) -> Any:
    """A Result with a row per change and an invalid row per error."""
    result = _result(kind, counts=plan.counts(), errors=len(plan.errors), rows=rows)
    for error in plan.errors:
        _append_error(result, error.row, error.column, error.value, error.message)
    for change in plan.changes:
        _append(result, change.outcome.value, change.row, change.key, _cells_of(change))
    return result


def result_of_batch(
    *, kind: Kind, counts: dict[str, int], errors: int, rows: int, lines: Iterable[ImportLine]
) -> Any:
    """The same from what was kept of a batch: all its counts, and as many lines as are given."""
    result = _result(kind, counts=counts, errors=errors, rows=rows)
    for line in lines:
        if line.outcome == LineOutcome.ERROR:
            _append_error(result, line.row, line.column, line.value, line.message)
        elif line.outcome in (LineOutcome.NEW, LineOutcome.CHANGED):
            cells = {name: (old, new) for name, old, new in line.cells}
            _append(result, line.outcome, line.row or 0, (line.key,), cells)
    return result


def _result(kind: Kind, *, counts: dict[str, int], errors: int, rows: int) -> Any:
    result = results.Result()
    result.diff_headers = [column.name for column in kind.columns]
    result.total_rows = rows
    for outcome, name in _IMPORT_TYPES.items():
        result.totals[name] = counts[outcome]
    result.totals[results.RowResult.IMPORT_TYPE_INVALID] = errors
    return result


def _append_error(result: Any, row: int | None, column: str | None, value: str | None, message: str) -> None:
    said = {column: [message]} if column else [message]
    result.append_invalid_row(row or 0, {column or "": value or ""}, ValidationError(said))


def _append(
    result: Any, outcome: str, number: int, key: tuple[str, ...], cells: dict[str, tuple[str | None, str]]
) -> None:
    row = results.RowResult()
    row.import_type = _IMPORT_TYPES[outcome]
    row.number = number
    row.object_repr = " / ".join(key)
    row.diff = [_diff_of(outcome, *cells.get(name, (None, ""))) for name in result.diff_headers]
    result.append_row_result(row)


def _cells_of(change: Change) -> dict[str, tuple[str | None, str]]:
    return {name: (show(old), show(new)) for name, (old, new) in change.cells.items()}


def _diff_of(outcome: str, old: str | None, new: str) -> str:
    """One cell of the difference: the new value, or the old and the new; nothing where nothing changes."""
    return new if outcome == LineOutcome.NEW or (old is None and not new) else f"{old or ''} → {new}"
