"""Loading the subjects of activities."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.batches.models import ImportBatch
from tracker.batches.plans import Plan
from tracker.batches.row_plans import plan_rows, read_held
from tracker.common.bulk import upsert

from ..models import Tag

TAG_FIELDS = ("code", "name")


@dataclass(frozen=True, slots=True)
class TagRow:
    """A row of the sheet ``tags``."""

    row: int
    code: str
    name: str


def plan_tags(
    *, rows: Sequence[TagRow], given: frozenset[str], options: Mapping[str, Any], user: object
) -> Plan:
    """Compare a sheet of tags with those that there are, by code."""
    held = read_held(Tag.objects.all(), TAG_FIELDS, key=["code"])
    return plan_rows(rows=rows, names=TAG_FIELDS, key=["code"], held=held, given=given)


def apply_tags(*, plan: Plan, batch: ImportBatch, user: object) -> None:
    """Write the planned tags."""
    upsert(
        model=Tag,
        fields=TAG_FIELDS,
        unique=["code"],
        rows=[tuple(row[name] for name in TAG_FIELDS) for row in plan.writes],
    )
