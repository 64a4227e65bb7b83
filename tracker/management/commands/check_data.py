"""`manage.py check_data`: whether the data is whole and contradicts itself nowhere."""

import json
import sys
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.analysis.checks import CHECKS, Check, Finding, Severity, run_checks

MOST_ROWS = 20
"""Of each check, on a screen; JSON has all of them."""


class Command(BaseCommand):
    """Reads only. Exit 1 if there is any error; warnings and notes are no failure."""

    help = (
        "Checks the data: what is missing, does not add up or contradicts itself, with what to do. "
        "Exit code 1 if there is any error."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="as one JSON object, with every row")
        parser.add_argument("--check", nargs="+", action="extend", metavar="CODE", help="these checks alone")

    def handle(self, *args: Any, check: list[str] | None, **options: Any) -> None:
        findings = run_checks(_chosen(check))
        if options["json"]:
            self.stdout.write(json.dumps(as_json(findings), indent=1, ensure_ascii=False))
        else:
            for finding in findings:
                self._tell(finding)
            self.stdout.write(_summary(findings, checks=len(check or CHECKS)))
        if any(finding.check.severity == Severity.ERROR for finding in findings):
            sys.exit(1)

    def _tell(self, finding: Finding) -> None:
        check = finding.check
        self.stdout.write(
            _("%(severity)s  %(wrong)s  [%(code)s]")
            % {"severity": check.severity.label.upper(), "wrong": check.wrong, "code": check.code}
        )
        for row in finding.rows[:MOST_ROWS]:
            self.stdout.write(
                "  " + "  ".join(part for part in (_place(row.parent, row.code), row.says) if part)
            )
        if (more := len(finding.rows) - MOST_ROWS) > 0:
            said = ngettext(
                "  … and %(count)d more (--json has it)", "  … and %(count)d more (--json has them)", more
            )
            self.stdout.write(said % {"count": more})
        self.stdout.write("  " + _("What to do: %(todo)s") % {"todo": check.todo} + "\n")


def _place(parent: str, code: str) -> str:
    return code if not parent or parent == code else f"{parent} {code}"


def _chosen(codes: list[str] | None) -> list[Check] | None:
    if codes is None:
        return None
    known = {each.code: each for each in CHECKS}
    if unknown := [code for code in codes if code not in known]:
        raise CommandError(
            _("There is no check %(codes)s. There are: %(known)s.")
            % {"codes": ", ".join(unknown), "known": ", ".join(sorted(known))}
        )
    return [known[code] for code in dict.fromkeys(codes)]


def _summary(findings: Sequence[Finding], *, checks: int) -> str:
    rows = dict.fromkeys(Severity, 0)
    for finding in findings:
        rows[finding.check.severity] += len(finding.rows)
    counts = ", ".join(
        [
            ngettext("%(count)d error", "%(count)d errors", rows[Severity.ERROR])
            % {"count": rows[Severity.ERROR]},
            ngettext("%(count)d warning", "%(count)d warnings", rows[Severity.WARNING])
            % {"count": rows[Severity.WARNING]},
            ngettext("%(count)d note", "%(count)d notes", rows[Severity.NOTE])
            % {"count": rows[Severity.NOTE]},
        ]
    )
    done = ngettext("%(count)d check", "%(count)d checks", checks) % {"count": checks}
    return f"{done}: {counts}"


def as_json(findings: Sequence[Finding]) -> dict[str, Any]:
    """``{"errors", "warnings", "notes": rows; "findings": [{code, severity, kind, wrong, todo, rows: [{code, parent,
    says}]}]}``.
    """
    counts = dict.fromkeys(Severity, 0)
    for finding in findings:
        counts[finding.check.severity] += len(finding.rows)
    return {
        **{f"{severity.value}s": count for severity, count in counts.items()},
        "findings": [
            {
                "code": finding.check.code,
                "severity": finding.check.severity.value,
                "kind": finding.check.kind,
                "wrong": str(finding.check.wrong),
                "todo": str(finding.check.todo),
                "rows": [{"code": row.code, "parent": row.parent, "says": row.says} for row in finding.rows],
            }
            for finding in findings
        ],
    }
