"""The edge to django-import-export: its Result objects, built from the outcomes of a plan."""

from typing import Any

from django.core.exceptions import ValidationError
from import_export import resources, results

from .choices import Outcome
from .kinds import Column, Kind
from .plans import Change, show
from .services import Checked, apply_batch, check_file, plan_file

_IMPORT_TYPES = {
    Outcome.NEW: results.RowResult.IMPORT_TYPE_NEW,
    Outcome.CHANGED: results.RowResult.IMPORT_TYPE_UPDATE,
    Outcome.UNCHANGED: results.RowResult.IMPORT_TYPE_SKIP,
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
        data = dataset.export("csv").encode()
        name = f"{options.get('file_name') or self.kind.code}.csv"
        user = options.get("user")
        if dry_run:
            return make_result(
                kind=self.kind, checked=plan_file(kind=self.kind, data=data, filename=name, user=user)
            )
        checked = check_file(kind=self.kind, data=data, filename=name, user=user)
        if checked.batch is not None and not checked.has_errors:
            apply_batch(kind=self.kind, batch=checked.batch, digest=checked.batch.plan_digest, user=user)
        return make_result(kind=self.kind, checked=checked)


def make_result(*, kind: Kind, checked: Checked, most: int | None = None) -> Any:
    """A Result with a row per change and an invalid row per error; ``most`` limits both, not the totals."""
    plan = checked.plan
    result = results.Result()
    result.diff_headers = [column.name for column in kind.columns]
    result.total_rows = checked.rows
    for outcome, name in _IMPORT_TYPES.items():
        result.totals[name] = plan.count(outcome)
    result.totals[results.RowResult.IMPORT_TYPE_INVALID] = len(plan.errors)
    for error in plan.errors[:most]:
        said = {error.column: [error.message]} if error.column else [error.message]
        result.append_invalid_row(
            error.row or 0, {error.column or "": error.value or ""}, ValidationError(said)
        )
    for change in plan.changes[:most]:
        row = results.RowResult()
        row.import_type = _IMPORT_TYPES[change.outcome]
        row.number = change.row
        row.object_repr = " / ".join(change.key)
        row.diff = [_diff_of(change, name) for name in result.diff_headers]
        result.append_row_result(row)
    return result


def _diff_of(change: Change, name: str) -> str:
    """One cell of the difference: the new value, or the old and the new."""
    if name not in change.cells:
        return ""
    old, new = change.cells[name]
    return show(new) if change.outcome == Outcome.NEW else f"{show(old)} → {show(new)}"
