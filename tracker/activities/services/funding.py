"""Loading what was asked for, and the totals that the documents print."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tracker.batches.lookups import find_missions
from tracker.batches.models import ImportBatch
from tracker.batches.plans import Lookup, Plan
from tracker.batches.row_plans import Refuse, plan_rows, read_held
from tracker.common.bulk import upsert
from tracker.framework.models import ReferenceGoal

from ..choices import DOLLARS
from ..models import FundingRequirement, FundingTotal

FRAMEWORK = "MIGOF"
"""Code of the framework whose goals the funding tables are broken down by."""

FUNDING_FIELDS = (
    "year", "mission", "goal", "amount", "amount_printed", "currency", "nothing_asked", "note", "source",
)  # fmt: skip
TOTAL_FIELDS = ("year", "mission", "goal", "amount", "amount_printed", "note", "source")
KEY = ("year", "mission", "goal")
PATHS = {"mission": "mission__code", "goal": "goal__code"}


@dataclass(frozen=True, slots=True)
class FundingRow:
    """A row of the sheet ``funding``: ``goal`` is a code of the Migration Governance Framework."""

    row: int
    year: int
    mission: str
    goal: str
    amount: Decimal
    amount_printed: Decimal | None
    currency: str | None
    nothing_asked: bool | None
    note: str | None
    source: str


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A row of the sheet ``funding_totals``; no mission: of all missions; no goal: of all goals."""

    row: int
    year: int
    mission: str | None
    goal: str | None
    amount: Decimal
    amount_printed: Decimal
    note: str | None
    source: str


def plan_funding(
    *, rows: Sequence[FundingRow], given: frozenset[str], options: Mapping[str, Any], user: object
) -> Plan:
    """Compare a sheet of amounts with those that there are, by year, mission and goal."""

    def check(new: Mapping[str, Any], refuse: Refuse) -> None:
        _refuse_bad_amounts(new, refuse)
        if new["currency"] != DOLLARS:
            refuse(
                "currency",
                _(
                    "Amounts are added up in US dollars. Give the amount in USD, and the original in the note."
                ),
            )
        if new["nothing_asked"] and new["amount"]:
            refuse("nothing_asked", _("An amount is given, so something was asked. Write no, or empty it."))
        if new["amount_printed"] is not None and new["amount_printed"] == new["amount"]:
            refuse("amount_printed", _("It is the same as the amount. Give it only where they differ."))

    return plan_rows(
        rows=rows,
        names=FUNDING_FIELDS,
        key=KEY,
        held=read_held(FundingRequirement.objects.all(), FUNDING_FIELDS, key=KEY, paths=PATHS),
        given=given,
        references=_lookups(),
        defaults={"currency": DOLLARS, "nothing_asked": False},
        empty={"amount_printed": None},
        check=check,
    )


def plan_totals(
    *, rows: Sequence[TotalRow], given: frozenset[str], options: Mapping[str, Any], user: object
) -> Plan:
    """Compare a sheet of printed totals with those that there are, by year, mission and goal."""

    def check(new: Mapping[str, Any], refuse: Refuse) -> None:
        _refuse_bad_amounts(new, refuse)
        if new["mission"] and new["goal"]:
            refuse("goal", _("A total is of a mission or of a goal. Empty one of the two cells."))

    return plan_rows(
        rows=rows,
        names=TOTAL_FIELDS,
        key=KEY,
        held=read_held(FundingTotal.objects.all(), TOTAL_FIELDS, key=KEY, paths=PATHS),
        given=given,
        references=_lookups(),
        empty={"mission": None, "goal": None},
        check=check,
    )


def _refuse_bad_amounts(new: Mapping[str, Any], refuse: Refuse) -> None:
    if not 1900 <= new["year"] <= 2100:
        refuse("year", _("Give the year in four figures, such as 2019."))
    for column in ("amount", "amount_printed"):
        amount = new[column]
        if amount is not None and (amount < 0 or amount != round(amount, 2)):
            refuse(column, _("Give an amount from 0 up, with at most two decimals."))


def _lookups() -> dict[str, Lookup[int]]:
    goals = ReferenceGoal.objects.filter(framework__code=FRAMEWORK).order_by("order")
    return {
        "mission": find_missions(),
        "goal": Lookup(
            dict(goals.values_list("code", "id")),
            unknown=_("There is no goal “%(code)s” in the Migration Governance Framework."),
        ),
    }


def apply_funding(*, plan: Plan, batch: ImportBatch, user: object) -> None:
    """Write the planned amounts."""
    upsert(
        model=FundingRequirement,
        fields=FUNDING_FIELDS,
        unique=KEY,
        rows=[tuple(row[name] for name in FUNDING_FIELDS) for row in plan.writes],
    )


def apply_totals(*, plan: Plan, batch: ImportBatch, user: object) -> None:
    """Write the planned totals."""
    upsert(
        model=FundingTotal,
        fields=TOTAL_FIELDS,
        unique=KEY,
        rows=[tuple(row[name] for name in TOTAL_FIELDS) for row in plan.writes],
    )
