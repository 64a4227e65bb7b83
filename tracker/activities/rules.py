"""What holds for an activity, whichever way it comes in; pure."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

LONGEST_NAME = 150
"""Letters of a donor's or partner's name."""
MOST_PEOPLE = 2_147_483_647

_CODE = re.compile(r"[\w.+-]+")
_TAKEN_BY_PAGES = ("new",)
_CURRENCY = re.compile(r"[A-Z]{3}")


class Problem(Enum):
    """What is wrong with an activity; said in words by ``tracker.activities.wording``."""

    CODE_UNFIT = "code_unfit"
    ENDS_BEFORE_ITS_START = "ends_before_its_start"
    BUDGET_WITHOUT_CURRENCY = "budget_without_currency"
    CURRENCY_WITHOUT_BUDGET = "currency_without_budget"
    CURRENCY_UNKNOWN = "currency_unknown"
    BUDGET_NEGATIVE = "budget_negative"
    BUDGET_TOO_FINE = "budget_too_fine"
    PEOPLE_NOT_WHOLE = "people_not_whole"
    NAME_TOO_LONG = "name_too_long"
    HISTORICAL_WITHOUT_SOURCE = "historical_without_source"


def find_problems(said: Mapping[str, Any]) -> Iterator[tuple[str, Problem]]:
    """What is wrong with an activity as its sheet says it: (column, problem)."""
    if not _CODE.fullmatch(said["code"]) or said["code"].lower() in _TAKEN_BY_PAGES:
        yield "code", Problem.CODE_UNFIT
    start: date | None = said["start"]
    end: date | None = said["end"]
    if start and end and end < start:
        yield "end", Problem.ENDS_BEFORE_ITS_START
    yield from _budget_problems(said["budget"], said["currency"])
    for column in ("people_planned", "people_reached"):
        if not _is_a_number_of_people(said[column]):
            yield column, Problem.PEOPLE_NOT_WHOLE
    for column in ("donors", "partners"):
        if any(len(name) > LONGEST_NAME for name in said[column]):
            yield column, Problem.NAME_TOO_LONG
    if said["status"] == "historical" and not said["source"]:
        yield "source", Problem.HISTORICAL_WITHOUT_SOURCE


def _budget_problems(budget: Decimal | None, currency: str) -> Iterator[tuple[str, Problem]]:
    if budget is None:
        if currency:
            yield "currency", Problem.CURRENCY_WITHOUT_BUDGET
        return
    if budget < 0:
        yield "budget", Problem.BUDGET_NEGATIVE
    if budget != round(budget, 2):
        yield "budget", Problem.BUDGET_TOO_FINE
    if not currency:
        yield "currency", Problem.BUDGET_WITHOUT_CURRENCY
    elif not _CURRENCY.fullmatch(currency):
        yield "currency", Problem.CURRENCY_UNKNOWN


def _is_a_number_of_people(value: Decimal | int | None) -> bool:
    return value is None or (value == int(value) and 0 <= value <= MOST_PEOPLE)
