"""Load the strategy from the fixtures, through the same code as any other file. Running it again changes
nothing, and what people changed meanwhile stays.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.batches.lines import SEPARATOR
from tracker.batches.plans import show
from tracker.batches.services import Reloaded, reload_file
from tracker.common.commands import Command as BaseCommand
from tracker.framework.models import Indicator, Objective, StrategicPriority, Strategy
from tracker.imports.registry import KINDS, OF_THE_STRATEGY
from tracker.progress.models import ReportingPeriod
from tracker.progress.services.plans import open_periods
from tracker.region.models import Country, Mission

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
MOST_LEFT_OUT = 20
"""Rows that are named unless all are asked for."""


class Command(BaseCommand):
    help = (
        "Load the region (countries, missions, offices, conventions, key figures), the strategy, its indicators, "
        "assignments and baselines from fixtures/, and its quarters. What was changed since they were last loaded, by "
        "a form, a workbook or another command, stays as it is, and what was taken away stays away; with -v 2 each is "
        "named. The file of a kind, loaded by import_data, replaces it."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        counts: Counter[str] = Counter()
        loaded: dict[str, Reloaded] = {}
        with transaction.atomic():
            strategy_code = None
            for code in OF_THE_STRATEGY:
                loaded[code] = self._load(FIXTURES / f"{code}.csv", code, strategy_code)
                counts.update(loaded[code].plan.counts())
                if code == "strategy":
                    # The others belong to this one, even where the next strategy is current by now.
                    strategy_code = self._find_code(loaded[code])
            strategy = Strategy.objects.get(code=strategy_code)
            counts["new"] += open_periods(strategy=strategy)
        self.stdout.write(
            _(
                "%(countries)d countries and areas, %(missions)d missions, %(priorities)d priorities and areas, "
                "%(objectives)d objectives, %(indicators)d indicators, %(periods)d periods; "
                "rows: %(new)d new, %(changed)d changed, %(unchanged)d unchanged"
            )
            % {
                "countries": Country.objects.count(),
                "missions": Mission.objects.count(),
                "priorities": StrategicPriority.objects.filter(strategy=strategy).count(),
                "objectives": Objective.objects.filter(strategy=strategy).count(),
                "indicators": Indicator.objects.filter(strategy=strategy).count(),
                "periods": ReportingPeriod.objects.filter(strategy=strategy).count(),
                **{outcome: counts[outcome] for outcome in ("new", "changed", "unchanged")},
            }
        )
        for line in say_what_stays(loaded, in_full=options["verbosity"] > 1):
            self.stdout.write(line)

    def _find_code(self, loaded: Reloaded) -> str:
        """The code of the strategy that the fixtures are of."""
        if not loaded.plan.changes:
            raise CommandError(
                _(
                    "The strategy of the fixtures was taken away, so there is nothing to load them into. To have it "
                    "back: manage.py import_data strategy fixtures/strategy.csv --commit"
                )
            )
        return loaded.plan.changes[0].key[0]

    def _load(self, path: Path, code: str, strategy: str | None) -> Reloaded:
        """Load one file; a batch is kept only where it changes something."""
        given: dict[str, Any] = {"decimal_mark": "."}
        if strategy:
            given["strategy"] = strategy
        try:
            data = path.read_bytes()
        except OSError as error:
            raise CommandError(
                _("%(file)s cannot be read: %(reason)s.") % {"file": path, "reason": error.strerror}
            ) from error
        loaded = reload_file(kind=KINDS[code], data=data, filename=path.name, options=given)
        if loaded.plan.errors:
            lines = [
                _("  row %(row)s, %(column)s “%(value)s”: %(message)s") % asdict(error)
                for error in loaded.plan.errors[:20]
            ]
            said = _("%(file)s cannot be loaded; nothing was saved.") % {"file": path.name}
            raise CommandError("\n".join([said, *lines]))
        return loaded


def say_what_stays(loaded: Mapping[str, Reloaded], *, in_full: bool) -> Iterator[str]:
    """What of the fixtures was not loaded, because of what was changed since: how much, and ``in_full`` each."""
    kept = [(code, cell) for code, each in loaded.items() for cell in each.kept]
    gone = [(code, key) for code, each in loaded.items() for key in each.gone]
    left_out = [(code, error) for code, each in loaded.items() for error in each.left_out]
    rows_left_out = len({(code, error.row) for code, error in left_out})
    if kept:
        yield ngettext(
            "%(count)d value that was changed since stays as it is.",
            "%(count)d values that were changed since stay as they are.",
            len(kept),
        ) % {"count": len(kept)}
    for code, cell in kept if in_full else ():
        yield _("  %(kind)s, %(what)s: %(column)s stays “%(held)s”; the fixtures say “%(said)s”") % {
            "kind": code,
            "what": SEPARATOR.join(cell.key),
            "column": cell.column,
            "held": show(cell.held),
            "said": show(cell.said),
        }
    if gone:
        yield ngettext(
            "%(count)d row that was taken away stays away.",
            "%(count)d rows that were taken away stay away.",
            len(gone),
        ) % {"count": len(gone)}
    for code, key in gone if in_full else ():
        yield f"  {code}, {SEPARATOR.join(key)}"
    if left_out:
        yield ngettext(
            "%(count)d row cannot be saved beside what was changed, and is left out:",
            "%(count)d rows cannot be saved beside what was changed, and are left out:",
            rows_left_out,
        ) % {"count": rows_left_out}
    for code, error in left_out if in_full else left_out[:MOST_LEFT_OUT]:
        yield _("  %(kind)s, row %(row)s, %(column)s “%(value)s”: %(message)s") % {
            "kind": code,
            **asdict(error),
        }
    if (kept or gone or len(left_out) > MOST_LEFT_OUT) and not in_full:
        yield _("With -v 2, load_strategy names each of them.")
