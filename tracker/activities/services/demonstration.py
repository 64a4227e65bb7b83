"""Laying down demonstration activities: through the plan and the write of a file, marked in their source."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from django.db import transaction

from tracker.common.errors import Refused
from tracker.framework.models import Objective, ReferenceGoal, Strategy
from tracker.region.models import Office

from ..models import Tag
from .activities import ActivityRow, apply_activities, plan_activities

_COLUMNS = tuple(each.name for each in fields(ActivityRow) if each.name != "row")


@transaction.atomic
def lay_activities(*, strategy: Strategy, rows: Sequence[Mapping[str, Any]]) -> int:
    """Keep invented activities, given by the columns of their sheet, and say how many. They are carried out by the
    main office of their mission; what they name and the installation has not (a tag, a goal) is left out.
    """
    known = {
        "objectives": set(Objective.objects.filter(strategy=strategy).values_list("code", flat=True)),
        "tags": set(Tag.objects.values_list("code", flat=True)),
        "reference_goals": {
            f"{framework}:{code}"
            for framework, code in ReferenceGoal.objects.values_list("framework__code", "code")
        },
    }
    offices = dict(Office.objects.exclude(kind="sub").order_by("code").values_list("mission__code", "code"))
    sheet = []
    for number, row in enumerate(rows, start=1):
        said = {name: tuple(c for c in row[name] if c in codes) for name, codes in known.items()}
        office = offices.get(row["mission"])
        said["offices"] = (office,) if office else ()
        sheet.append(ActivityRow(row=number, **{**row, **said}))
    plan = plan_activities(
        rows=sheet, given=frozenset(_COLUMNS), options={"strategy": strategy.code}, user=None
    )
    if plan.errors:
        raise Refused(plan.errors[0].message)
    apply_activities(plan=plan, batch=None, user=None)
    return len(sheet)
