"""Activities, tags and funding as their own sheets say them: what goes out comes back unchanged."""

from typing import Any

from django.db.models import F, QuerySet

from tracker.batches.row_plans import read_held
from tracker.batches.selections import Selection, Taken
from tracker.framework.exports import plain_rows
from tracker.framework.services.structure import strategy_for

from .models import FundingRequirement, FundingTotal, Tag
from .services import activities, funding, tags


def read_tags(*, selection: Selection, user: object) -> Taken:
    """The tags, by code."""
    return Taken(Tag.objects.order_by("code").values(*tags.TAG_FIELDS))


def read_activities(*, selection: Selection, user: object) -> Taken:
    """Activities of the chosen missions, and of the chosen priorities those that serve an objective of them."""
    held = activities.read_activities(
        strategy=strategy_for(selection.options).pk,
        missions=selection.missions,
        priorities=selection.priorities,
    )
    return Taken(plain_rows(held.values()))


def read_funding(*, selection: Selection, user: object) -> Taken:
    """What was asked for, by year, mission and goal."""
    rows = FundingRequirement.objects.order_by("year", "mission__code", "goal__order")
    return Taken(plain_rows(_rows(rows, funding.FUNDING_FIELDS, selection)))


def read_totals(*, selection: Selection, user: object) -> Taken:
    """The printed totals: of missions, of goals, of all."""
    rows = FundingTotal.objects.order_by(
        "year", F("mission__code").asc(nulls_last=True), F("goal__order").asc(nulls_last=True)
    )
    return Taken(plain_rows(_rows(rows, funding.TOTAL_FIELDS, selection)))


def _rows(rows: "QuerySet[Any]", names: tuple[str, ...], selection: Selection) -> Any:
    if selection.missions:
        rows = rows.filter(mission__code__in=selection.missions)
    return read_held(rows, names, key=funding.KEY, paths=funding.PATHS).values()
