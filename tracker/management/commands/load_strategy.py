"""Load the strategy from the fixtures, through the same code as any other file. Running it again changes
nothing.
"""

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from tracker.batches.plans import Plan
from tracker.batches.services import load_file, plan_file
from tracker.common.commands import Command as BaseCommand
from tracker.framework.models import Indicator, Objective, StrategicPriority, Strategy
from tracker.imports.registry import KINDS, OF_THE_STRATEGY
from tracker.progress.models import ReportingPeriod
from tracker.progress.services.plans import open_periods
from tracker.region.models import Country, Mission


class Command(BaseCommand):
    help = (
        "Load the region (countries, missions, offices, conventions, key figures), the strategy, its indicators, "
        "assignments and baselines from fixtures/, and its quarters. What people decided since (statuses, "
        "thresholds, revised baselines) stays."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        fixtures = Path(settings.BASE_DIR) / "fixtures"
        counts: Counter[str] = Counter()
        with transaction.atomic():
            strategy_code = None
            for code in OF_THE_STRATEGY:
                plan = self._load(fixtures / f"{code}.csv", code, strategy_code)
                counts.update(plan.counts())
                if code == "strategy":
                    # The others belong to this one, even where the next strategy is current by now.
                    strategy_code = plan.changes[0].key[0]
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

    def _load(self, path: Path, code: str, strategy: str | None) -> Plan:
        """Load one file; a batch is kept only where it changes something."""
        kind = KINDS[code]
        given: dict[str, Any] = {"keep_decisions": True, "decimal_mark": "."}
        if strategy:
            given["strategy"] = strategy
        try:
            data = path.read_bytes()
        except OSError as error:
            raise CommandError(
                _("%(file)s cannot be read: %(reason)s.") % {"file": path, "reason": error.strerror}
            ) from error
        checked = plan_file(kind=kind, data=data, filename=path.name, user=None, options=given)
        if checked.has_errors:
            lines = [
                _("  row %(row)s, %(column)s “%(value)s”: %(message)s") % asdict(error)
                for error in checked.plan.errors[:20]
            ]
            said = _("%(file)s cannot be loaded; nothing was saved.") % {"file": path.name}
            raise CommandError("\n".join([said, *lines]))
        if any(change.cells for change in checked.plan.changes):
            load_file(kind=kind, data=data, filename=path.name, user=None, options=given)
        return checked.plan
