"""What a check of the data is, and how all of them are run: one statement, however many checks and rows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    CharField,
    Expression,
    F,
    IntegerField,
    QuerySet,
    TextChoices,
    TextField,
    Value,
)
from django.db.models.functions import Cast, JSONObject
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Facts = Mapping[str, Any]
Rows = QuerySet[Any, Any]


class Severity(TextChoices):
    """How bad it is: figures are wrong, something is missing or odd, or it is only to be known."""

    ERROR = "error", _("Error")
    WARNING = "warning", _("Warning")
    NOTE = "note", _("Note")


@dataclass(frozen=True)
class Row:
    """One thing that a check found: its code (``parent``: of what it lies in), and what of it, in words."""

    code: str
    parent: str = ""
    says: str = ""


@dataclass(frozen=True)
class Check:
    """Something that may be wrong with the data.

    ``wrong`` says what, ``todo`` what to do. ``kind`` is what its rows are (country, indicator …). ``find`` gives
    the rows shaped by `shaped`, in one query; or, where they are not in the database, the rows themselves. ``says``
    puts the facts of a row in words.
    """

    code: str
    severity: Severity
    kind: str
    wrong: Promise
    todo: Promise
    find: Callable[[], Rows | Sequence[Row]]
    says: Callable[[Facts], str]


@dataclass(frozen=True)
class Finding:
    """A check that found something."""

    check: Check
    rows: Sequence[Row]


CHECKS: list[Check] = []


def check(
    *,
    severity: Severity,
    kind: str,
    wrong: Promise,
    todo: Promise,
    says: Callable[[Facts], str] = lambda facts: "",
) -> Callable[[Callable[[], Rows | Sequence[Row]]], Callable[[], Rows | Sequence[Row]]]:
    """Enters a function in the list of checks; its name with hyphens is the check's code."""

    def enter(find: Callable[[], Rows | Sequence[Row]]) -> Callable[[], Rows | Sequence[Row]]:
        code = find.__name__.replace("_", "-")
        CHECKS.append(Check(code, severity, kind, wrong, todo, find, says))
        return find

    return enter


def shaped(rows: Rows, *, code: Any = "code", parent: Any = "", **facts: Any) -> Rows:
    """Rows as checks give them: a code, the code of what they lie in, and facts for their sentence.

    ``code`` and ``facts`` are columns or expressions; so is ``parent``, which may be left out.
    """
    return (
        rows.order_by()
        .annotate(
            c_code=_text(code),
            c_parent=_text(parent) if parent else Value("", output_field=TextField()),
            c_facts=JSONObject(
                **{name: F(each) if isinstance(each, str) else each for name, each in facts.items()}
            ),
        )
        .values_list("c_code", "c_parent", "c_facts")
    )


def _text(column: Any) -> Expression:
    return Cast(column, CharField())


def run_checks(checks: Iterable[Check] | None = None) -> list[Finding]:
    """What the checks find (all of them, unless told which): errors first, then warnings, then notes."""
    chosen = list(CHECKS if checks is None else checks)
    rows: dict[str, list[Row]] = {each.code: [] for each in chosen}
    asked: list[Rows] = []
    for number, each in enumerate(chosen):
        found = each.find()
        if isinstance(found, QuerySet):
            asked.append(_numbered(found, number))
        else:
            rows[each.code] += found
    if asked:
        whole = asked[0].union(*asked[1:], all=True)
        for code, parent, facts, number in whole:
            each = chosen[number]
            rows[each.code].append(Row(code, parent, each.says(facts)))
    order = list(Severity)
    return [
        Finding(each, sorted(rows[each.code], key=lambda row: (row.parent, row.code, row.says)))
        for each in sorted(chosen, key=lambda each: order.index(each.severity))
        if rows[each.code]
    ]


def _numbered(found: Rows, number: int) -> Rows:
    return found.annotate(c_check=Value(number, output_field=IntegerField())).values_list(
        "c_code", "c_parent", "c_facts", "c_check"
    )
