"""What is wrong with the data, missing from it or to be known of it, for those who can mend it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tracker.access.policies import can_plan
from tracker.access.requests import PersonRequest
from tracker.analysis.checks import CHECKS, Check, Row, Severity, run_checks

from ..reading.places import address_of

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


@login_required
@require_GET
def checks(request: PersonRequest) -> HttpResponse:
    """What the checks find: errors first, each with what to do; of one check (``?check=``) every row."""
    if not can_plan(request.user):
        raise PermissionDenied(_("The checks of the data are for officers and administrators."))
    known = {each.code: each for each in CHECKS}
    asked = request.GET.get("check", "")
    only = known.get(asked)
    findings = run_checks([only] if only else None)
    told = [
        Told(
            finding.check,
            len(finding.rows),
            [
                (row, address_of(finding.check.kind, row.code, row.parent))
                for row in (finding.rows if only else finding.rows[:MOST_ROWS])
            ],
        )
        for finding in findings
    ]
    words = {Severity.ERROR: _("Errors"), Severity.WARNING: _("Warnings"), Severity.NOTE: _("Notes")}
    counts = [
        (word, sum(each.total for each in told if each.check.severity == severity))
        for severity, word in words.items()
    ]
    return render(
        request,
        "explore/checks.html",
        {
            "told": told,
            "only": only,
            "unknown": "" if only else asked,
            "counts": counts,
            "made": 1 if only else len(CHECKS),
        },
    )
