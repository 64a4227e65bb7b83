"""Setting many missions up at once: what they report on, from where, and what they mean to reach."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from tracker.batches.plans import Plan
from tracker.common.bulk import own_writes

from ..models import Baseline, IndicatorAssignment, Target
from .baselines import BASELINE_FIELDS, BaselineRow, plan_baselines
from .known import Versions, read_known, record_all
from .locks import PROGRESS
from .plans import ASSIGNMENT_FIELDS
from .targets import TARGET_FIELDS, TargetRow, plan_targets

if TYPE_CHECKING:
    from tracker.access.models import User


@transaction.atomic
def set_up_reporting(
    *,
    baselines: Sequence[BaselineRow],
    targets: Sequence[TargetRow],
    options: Mapping[str, Any],
    user: "User | None",
) -> tuple[Plan, Plan]:
    """Record rows of the sheets ``baselines`` (which make the assignments) and ``targets``, planned as a file of each
    would be; the plans of both say what came of them.

    All or nothing: where any row is wrong nothing is written. Eleven statements where all is new, however many
    rows, and one more for each table in which versions are replaced.
    """
    own_writes(PROGRESS)
    known = read_known(options)
    shared = {**options, "known": known}
    planned = plan_baselines(rows=baselines, given=_names_of(BaselineRow), options=shared, user=user)
    known.learn(planned.writes.assignments, planned.writes.baselines)
    aimed = plan_targets(rows=targets, given=_names_of(TargetRow), options=shared, user=user)
    if not planned.errors and not aimed.errors:
        record_all(
            [
                (IndicatorAssignment, ASSIGNMENT_FIELDS, planned.writes.assignments),
                (Baseline, BASELINE_FIELDS, planned.writes.baselines),
                (Target, TARGET_FIELDS, Versions(aimed.writes.rows, aimed.writes.replaced)),
            ],
            batch=None,
            user=user,
            moment=timezone.now(),
        )
    return planned, aimed


def _names_of(row: type[Any]) -> frozenset[str]:
    return frozenset(field.name for field in fields(row))
