"""Rows under the figures that are not what their history says: changed, added or deleted behind its back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models

from tracker.common.bulk import fetch, quote
from tracker.common.history import DELETED
from tracker.framework.models import Indicator, Strategy
from tracker.progress.models import (
    Baseline,
    CellValue,
    IndicatorAssignment,
    IndicatorResult,
    ProgressReport,
    ReportingPeriod,
    ReportRevision,
    Target,
)
from tracker.region.models import Country, Mission

IN_FIGURES: tuple[type[models.Model], ...] = (
    IndicatorResult, CellValue, ReportRevision, ProgressReport, ReportingPeriod, Target, Baseline,
    IndicatorAssignment, Indicator, Strategy, Mission, Country,
)  # fmt: skip

MOST = 200
"""So many of each table are named; the first says enough of a table that was changed as a whole."""

Columns = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Altered:
    """A row: its columns in the table and in the history, or None where it is not in the one or the other."""

    model: type[models.Model]
    pk: int
    in_table: Columns | None
    in_history: Columns | None

    @property
    def columns(self) -> list[str]:
        """Those that differ."""
        if self.in_table is None or self.in_history is None:
            return []
        return [name for name, value in self.in_table.items() if value != self.in_history[name]]

    def of(self, column: str) -> Any:
        """What stands in a column, in the history first."""
        row = self.in_history if self.in_history is not None else self.in_table
        return None if row is None else row.get(column)


@dataclass(frozen=True, slots=True)
class AlteredRows:
    """The rows that differ: the first of each table, and how many there are in all."""

    rows: Sequence[Altered] = ()
    total: int = 0


def find_altered() -> AlteredRows:
    """Of every table whose rows are in figures, those that differ from their last event; a statement a table."""
    rows: list[Altered] = []
    total = 0
    for model in IN_FIGURES:
        table: Any = model
        event = table.pgh_event_model._meta
        kept = {field.column for field in event.concrete_fields}
        columns = [field.column for field in table._meta.concrete_fields if field.column in kept]
        ours, theirs = (
            ", ".join(f"{side}.{quote(column)}" for column in columns) for side in ("held", "last")
        )
        found = fetch(
            f"""
            WITH last AS (
                SELECT * FROM (
                    SELECT DISTINCT ON (pgh_obj_id) * FROM {quote(event.db_table)}
                    ORDER BY pgh_obj_id, pgh_id DESC
                ) AS events WHERE pgh_label <> %s
            )
            SELECT
                coalesce(held.id, last.pgh_obj_id), to_jsonb(held), to_jsonb(last), count(*) OVER ()
            FROM {quote(table._meta.db_table)} AS held
            FULL JOIN last ON last.pgh_obj_id = held.id
            WHERE ({ours}) IS DISTINCT FROM ({theirs})
            ORDER BY 1 LIMIT {MOST}
            """,
            [DELETED],
        )
        rows += [
            Altered(model, pk, _only(columns, in_table), _only(columns, in_history))
            for pk, in_table, in_history, _of_all in found
        ]
        total += found[0][-1] if found else 0
    return AlteredRows(rows, total)


def _only(columns: list[str], row: str | None) -> Columns | None:
    if row is None:
        return None
    known = json.loads(row, parse_float=Decimal)
    return {column: known[column] for column in columns}
