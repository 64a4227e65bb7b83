"""``manage.py recount [--period 2022-Q4 …] [--json]``: work out every figure once more, by another way."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.analysis.models import Recount
from tracker.analysis.recount.recounting import recount
from tracker.analysis.services import keep_outcome
from tracker.common.commands import Command as BaseCommand
from tracker.framework.models import Strategy
from tracker.progress.models import ReportingPeriod

SHOWN_FIGURES = 3


class Command(BaseCommand):
    """Changes no figure; keeps what it found, for the administrators' home. Exit 1 if anything differs."""

    help = (
        "Works out every approved figure of the current strategy from its history, by the rules in plain Python, "
        "compares with what the pages show, and names the rows that are not what their history says. Exit code 1 "
        "if anything differs."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--period", nargs="+", action="extend", metavar="PERIOD", help="all, unless given"
        )
        parser.add_argument("--json", action="store_true", help="as one JSON object")

    def handle(self, *args: Any, period: list[str] | None, **options: Any) -> None:
        strategy = Strategy.objects.current()
        if strategy is None:
            raise CommandError(_("There is no current strategy. Load one with the command load_strategy."))
        begun = timezone.now()
        outcome = recount(
            strategy=strategy,
            periods=_numbers(strategy, period) if period else None,
            progress=None if options["json"] else self._tell_progress,
        )
        kept = Recount(strategy=strategy, begun_at=begun)
        keep_outcome(recount=kept, outcome=outcome)
        if options["json"]:
            self.stdout.write(json.dumps(as_json(kept), indent=1, ensure_ascii=False))
        else:
            self._tell(kept)
        if not kept.is_clean:
            sys.exit(1)

    def _tell_progress(self, done: int, total: int) -> None:
        if self.stderr.isatty():
            said = _("%(done)d of %(total)d indicators") % {"done": done, "total": total}
            self.stderr.write(said, ending="\n" if done == total else "\r")

    def _tell(self, kept: Recount) -> None:
        for each in kept.findings["indicators"]:
            count = each["count"]
            self.stdout.write(
                ngettext(
                    "%(indicator)s: %(count)d figure differs",
                    "%(indicator)s: %(count)d figures differ",
                    count,
                )
                % {"indicator": each["indicator"], "count": count}
            )
            for figure in each["figures"][:SHOWN_FIGURES]:
                self.stdout.write(
                    "  "
                    + _("%(period)s %(place)s %(name)s: %(engine)s on the pages, %(recount)s by the recount")
                    % figure
                )
            for row in each["rows"]:
                self.stdout.write("  " + _("row concerned: %(row)s") % {"row": _row(row)})
        for row in kept.findings["altered"]:
            self.stdout.write(_("Not what its history says: %(row)s") % {"row": _row(row)})
            for name, in_table, in_history in row["columns"]:
                words = {"name": name, "table": in_table, "history": in_history}
                self.stdout.write(
                    "  " + _("%(name)s: %(table)s in the table, %(history)s in the history") % words
                )
        self.stdout.write(summary(kept))


def summary(kept: Recount) -> str:
    """The outcome in one line."""
    return _(
        "%(figures)s figures of %(periods)d periods compared: %(differences)d differences; %(altered)d rows are not "
        "what their history says."
    ) % {
        "figures": f"{kept.figures:,}",
        "periods": kept.periods or 0,
        "differences": kept.differences or 0,
        "altered": kept.altered or 0,
    }


def as_json(kept: Recount) -> dict[str, Any]:
    """``{periods, figures, differences, altered, findings}``, as the recount is kept."""
    names = ("periods", "figures", "differences", "altered", "findings")
    return {name: getattr(kept, name) for name in names}


def _row(row: Mapping[str, Any]) -> str:
    of = " ".join(filter(None, (row["indicator"], row["mission"], row["period"])))
    return f"{row['table']} {row['id']} ({', '.join(filter(None, (of, row['state'])))})"


def _numbers(strategy: Strategy, codes: Iterable[str]) -> list[int]:
    periods = dict(ReportingPeriod.objects.filter(strategy=strategy).values_list("code", "number"))
    if unknown := [code for code in codes if code not in periods]:
        raise CommandError(
            _("There is no period %(codes)s in %(strategy)s. Write a year and a quarter, as in 2022-Q4.")
            % {"codes": ", ".join(unknown), "strategy": strategy.name}
        )
    return [periods[code] for code in codes]
