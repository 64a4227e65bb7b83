"""What the checks of the data find, with the page where each thing is mended."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tracker.analysis.checks import CHECKS, Check, Row, Severity, run_checks

from .places import address_of

MOST_ROWS = 50


@dataclass(frozen=True)
class Told:
    """A check that found something: some of its rows with their addresses, and how many there are."""

    check: Check
    total: int
    rows: Sequence[tuple[Row, str]]

    @property
    def more(self) -> int:
        return self.total - len(self.rows)


def find_check(code: str) -> Check | None:
    """The check of this code."""
    return next((check for check in CHECKS if check.code == code), None)


def tell_findings(only: Check | None = None) -> list[Told]:
    """What all checks find, the first rows of each; of one check alone every row."""
    told = []
    for finding in run_checks([only] if only else None):
        rows = finding.rows if only else finding.rows[:MOST_ROWS]
        kind = finding.check.kind
        placed = [(row, address_of(kind, row.code, row.parent)) for row in rows]
        told.append(Told(finding.check, len(finding.rows), placed))
    return told


def count_by_severity(told: Sequence[Told]) -> list[tuple[str, int]]:
    """How many rows are errors, warnings, notes: (word, count), in this order."""
    words = {Severity.ERROR: _("Errors"), Severity.WARNING: _("Warnings"), Severity.NOTE: _("Notes")}
    return [
        (word, sum(each.total for each in told if each.check.severity == severity))
        for severity, word in words.items()
    ]
